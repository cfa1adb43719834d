//! A small village register kept in the journal: written, read again, rebuilt, tampered with,
//! copied and received by another post, on both engines.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

use std::sync::Arc;

use db::testing::{self, Empty};
use db::{Database, DbError, Tx};
use journal::{
    Audience, Draft, Entry, Fault, Fold, FoldError, Folds, Journal, JournalError, ReceiveError,
    Reception,
};

struct Wells;

impl Fold for Wells {
    fn name(&self) -> &'static str {
        "wells"
    }

    fn schema(&self) -> &'static str {
        "create table well (village text not null primary key, wells bigint not null);"
    }

    fn tables(&self) -> &'static [&'static str] {
        &["well"]
    }

    fn kinds(&self) -> &'static [&'static str] {
        &["wells.counted"]
    }

    fn apply(&self, tx: &mut Tx<'_>, entry: &Entry) -> Result<(), FoldError> {
        let wells: i64 = entry.read()?;
        tx.execute(
            "insert into well (village, wells) values ($1, $2)
             on conflict (village) do update set wells = excluded.wells",
            &[entry.subject.as_str().into(), wells.into()],
        )?;
        Ok(())
    }
}

fn open(db: &Database) -> Journal {
    Journal::open(db.clone(), Folds::new(vec![Arc::new(Wells)])).unwrap()
}

fn counted(village: &str, wells: i64, at_millis: i64) -> Draft {
    Draft {
        audience: Audience::Territory,
        scope: "ML0205".to_owned(),
        person: "A. Traoré".to_owned(),
        office: "Conseiller".to_owned(),
        reason: "tournée".to_owned(),
        kind: "wells.counted".to_owned(),
        subject: village.to_owned(),
        payload: wells.to_string().into_bytes(),
        at_millis,
    }
}

fn wells(db: &Database, village: &str) -> Option<i64> {
    let sql = "select wells from well where village = $1";
    let rows = db.read(|tx| tx.query(sql, &[village.into()])).unwrap();
    rows.first().map(|it| it.int("wells").unwrap())
}

fn write(journal: &Journal, drafts: &[Draft]) {
    journal
        .db()
        .write(|tx| {
            for draft in drafts {
                journal.append(tx, draft.clone())?;
            }
            Ok::<_, journal::JournalError>(())
        })
        .unwrap();
}

fn bases() -> [Empty; 2] {
    testing::both()
}

#[test]
fn an_entry_changes_the_tables_and_tells_its_history() {
    for base in bases() {
        let journal = open(&base.db);
        write(&journal, &[counted("Banco", 3, 1000), counted("Banco", 4, 2000)]);
        assert_eq!(wells(&base.db, "Banco"), Some(4), "{}", base.engine);
        let (all, known_before) = base
            .db
            .read(|tx| {
                Ok::<_, journal::JournalError>((
                    Journal::history(tx, "Banco", None)?,
                    Journal::history(tx, "Banco", Some(1500))?,
                ))
            })
            .unwrap();
        assert_eq!(all.len(), 2);
        assert_eq!(all[1].person, "A. Traoré");
        // As known on a date: the second count was not there yet.
        assert_eq!(known_before.len(), 1);
        assert_eq!(known_before[0].payload, b"3");
    }
}

#[test]
fn tables_rebuilt_are_the_same() {
    for base in bases() {
        let journal = open(&base.db);
        write(&journal, &[counted("Banco", 3, 1), counted("Diré", 9, 2), counted("Banco", 5, 3)]);
        let before = base.db.read(|tx| journal.digests(tx)).unwrap();
        base.db.write(|tx| tx.execute("delete from well", &[])).unwrap();
        assert_eq!(journal.rebuild(&mut |_| {}).unwrap(), 3);
        let after = base.db.read(|tx| journal.digests(tx)).unwrap();
        assert_eq!(before, after, "{}", base.engine);
        assert!(journal.verify(&mut |_| {}).unwrap().faults.is_empty());
    }
}

#[test]
fn one_flipped_byte_is_found_in_its_entry() {
    // Each column of the second entry, with the statement that flips something in it.
    for (column, change) in [
        ("payload", "update entry set payload = $1 where arrival = 2"),
        ("header", "update entry set header = $1 where arrival = 2"),
        ("signature", "update entry set signature = $1 where arrival = 2"),
        ("salt", "update entry set salt = $1 where arrival = 2"),
        ("hash", "update entry set hash = $1 where arrival = 2"),
        ("seal", "update entry set seal = $1 where arrival = 2"),
    ] {
        for base in bases() {
            let journal = open(&base.db);
            write(&journal, &[counted("Banco", 3, 1), counted("Diré", 9, 2), counted("Gao", 5, 3)]);
            base.db
                .write(|tx| {
                    let read = format!("select {column} from entry where arrival = 2");
                    let mut bytes = tx.query(&read, &[])?[0].bytes(column)?.to_vec();
                    let last = bytes.len() - 1;
                    bytes[last] ^= 1;
                    tx.execute(change, &[bytes.into()])?;
                    Ok::<_, DbError>(())
                })
                .unwrap();
            let verdict = journal.verify(&mut |_| {}).unwrap();
            let first = verdict.faults.first().expect("the change is found");
            assert!(
                matches!(first, Fault::Entry { arrival: 2, .. }),
                "{column} on {}: {first:?}",
                base.engine
            );
        }
    }
}

#[test]
fn a_table_changed_behind_the_journals_back_is_found() {
    for base in bases() {
        let journal = open(&base.db);
        write(&journal, &[counted("Banco", 3, 1)]);
        base.db.write(|tx| tx.execute("update well set wells = 99", &[])).unwrap();
        let verdict = journal.verify(&mut |_| {}).unwrap();
        assert_eq!(verdict.faults, [Fault::Table { name: "well".to_owned() }]);
        // Looking changed nothing.
        assert_eq!(wells(&base.db, "Banco"), Some(99));
    }
}

#[test]
fn an_entry_taken_away_is_missed() {
    for base in bases() {
        let journal = open(&base.db);
        write(&journal, &[counted("Banco", 3, 1), counted("Diré", 9, 2)]);
        base.db.write(|tx| tx.execute("delete from entry where arrival = 2", &[])).unwrap();
        let verdict = journal.verify(&mut |_| {}).unwrap();
        assert!(matches!(verdict.faults[..], [Fault::Chain { .. }]), "{:?}", verdict.faults);
    }
}

#[test]
fn a_copy_restores_everything_into_either_engine() {
    let [lite, server] = bases();
    let journal = open(&lite.db);
    write(&journal, &[counted("Banco", 3, 1), counted("Diré", 9, 2)]);
    let mut copy = Vec::new();
    assert_eq!(journal.copy_to(&mut copy).unwrap(), 2);
    let other = open(&server.db);
    assert_eq!(other.restore_from(&mut &copy[..]).unwrap(), 2);
    let other = open(&server.db);
    assert_eq!(
        lite.db.read(|tx| journal.digests(tx)).unwrap(),
        server.db.read(|tx| other.digests(tx)).unwrap()
    );
    assert_eq!(journal.post_id(), other.post_id());
    assert!(other.verify(&mut |_| {}).unwrap().faults.is_empty());
    // A copy cut anywhere restores nothing.
    for length in [0, 3, 20, copy.len() / 2, copy.len() - 1] {
        let empty = testing::sqlite();
        let fresh = open(&empty.db);
        assert!(fresh.restore_from(&mut &copy[..length]).is_err(), "cut at {length}");
        assert_eq!(wells(&empty.db, "Banco"), None);
    }
}

#[test]
fn another_posts_entries_are_taken_once_and_in_order() {
    for base in bases() {
        let cercle_base = testing::sqlite();
        let cercle = open(&cercle_base.db);
        write(&cercle, &[counted("Banco", 3, 1), counted("Diré", 9, 2), counted("Gao", 1, 3)]);
        let (stream, sealed) = cercle_base
            .db
            .read(|tx| {
                let stream = Journal::streams(tx)?.remove(0);
                let sealed = Journal::sealed_after(tx, &stream.id, 0)?;
                Ok::<_, journal::JournalError>((stream, sealed))
            })
            .unwrap();
        let region = open(&base.db);
        let receive = |at: usize, change: fn(&mut journal::Sealed)| {
            let mut it = sealed[at].clone();
            change(&mut it);
            base.db.write(|tx| region.receive(tx, &stream, it, 77))
        };
        // Out of order, forged, changed: refused.
        assert!(matches!(receive(1, |_| {}), Err(ReceiveError::Gap { from: 1, to: 1, .. })));
        assert!(matches!(
            receive(0, |it| it.signature[5] ^= 1),
            Err(ReceiveError::Forged { seq: 1, .. })
        ));
        assert!(matches!(
            receive(0, |it| it.payload = Some(b"300".to_vec())),
            Err(ReceiveError::Changed { seq: 1, .. })
        ));
        assert!(matches!(receive(0, |it| it.header.push(0)), Err(ReceiveError::Unreadable { .. })));
        assert_eq!(wells(&base.db, "Banco"), None, "{}", base.engine);
        // In order: taken; twice: known.
        assert!(matches!(receive(0, |_| {}), Ok(Reception::New(_))));
        assert!(matches!(receive(0, |_| {}), Ok(Reception::Known)));
        assert!(matches!(receive(1, |_| {}), Ok(Reception::New(_))));
        assert_eq!(wells(&base.db, "Diré"), Some(9), "{}", base.engine);
        assert!(region.verify(&mut |_| {}).unwrap().faults.is_empty());
    }
}

#[test]
fn what_is_too_long_or_holds_a_nul_is_never_journaled() {
    let long = |count: usize| "é".repeat(count);
    let cases: [(&str, Draft); 5] = [
        ("reason", Draft { reason: long(17_000), ..counted("Banco", 3, 1) }),
        ("subject", Draft { subject: long(17_000), ..counted("Banco", 3, 1) }),
        ("payload", Draft { payload: vec![b'1'; (16 << 20) + 1], ..counted("Banco", 3, 1) }),
        ("nul", Draft { office: "Con\0seiller".to_owned(), ..counted("Banco", 3, 1) }),
        ("escaped", Draft { payload: br#""\u0000""#.to_vec(), ..counted("Banco", 3, 1) }),
    ];
    for base in bases() {
        let journal = open(&base.db);
        for (what, draft) in &cases {
            let told = base.db.write(|tx| journal.append(tx, draft.clone())).unwrap_err();
            match *what {
                "nul" | "escaped" => assert!(matches!(told, JournalError::Nul(_)), "{told}"),
                _ => assert!(matches!(told, JournalError::TooLong { .. }), "{what}: {told}"),
            }
        }
        assert_eq!(base.db.read(Journal::extent).unwrap().0, 0, "{}", base.engine);
    }
}

/// Does something to a base behind the journal's back, and gives what `verify` then says.
fn found_after(base: &Empty, statements: &[&str]) -> Vec<Fault> {
    let journal = open(&base.db);
    write(&journal, &[counted("Banco", 3, 1), counted("Diré", 9, 2)]);
    for sql in statements {
        base.db.write(|tx| tx.batch(sql)).unwrap();
    }
    let as_is = Journal::open_as_is(base.db.clone(), Folds::new(vec![Arc::new(Wells)])).unwrap();
    as_is.verify(&mut |_| {}).unwrap().faults
}

#[test]
fn pieces_settings_and_names_of_posts_are_verified() {
    let missing = |name: &str| Fault::Missing { name: name.to_owned() };
    for base in bases() {
        let faults = found_after(&base, &["drop index entry_by_subject;"]);
        assert_eq!(faults, [missing("entry_by_subject")], "{}", base.engine);
    }
    for base in bases() {
        let faults = found_after(&base, &["drop table well;"]);
        assert_eq!(faults, [missing("well")], "{}", base.engine);
        open(&base.db).rebuild_and_compare(&mut |_| {}).unwrap();
        assert_eq!(wells(&base.db, "Diré"), Some(9), "{}", base.engine);
    }
    for base in bases() {
        let faults = found_after(
            &base,
            &["update setting set value = 'x' where name = 'post.incarnation';"],
        );
        assert_eq!(faults, [Fault::Setting { name: "post.incarnation" }], "{}", base.engine);
    }
    for base in bases() {
        let faults = found_after(&base, &["update stream set post_id = 'un autre';"]);
        assert!(matches!(faults[..], [Fault::Post { .. }]), "{}: {faults:?}", base.engine);
    }
    for base in bases() {
        let faults =
            found_after(&base, &["update setting set value = 'x' where name = 'fold.mark';"]);
        assert!(faults.contains(&Fault::OtherEdition), "{}: {faults:?}", base.engine);
        // Looking rebuilt nothing.
        let mark = base.db.read(|tx| Journal::setting(tx, "fold.mark")).unwrap();
        assert_eq!(mark.as_deref(), Some("x"), "{}", base.engine);
    }
}

#[test]
fn an_index_that_misses_a_row_is_found_and_mended() {
    let base = testing::sqlite();
    // While the engine does not know the index, a row moves: the index still names its old place.
    let faults = found_after(
        &base,
        &["create table kept as select * from sqlite_schema where name = 'entry_by_subject';
             pragma writable_schema = on;
             delete from sqlite_schema where name = 'entry_by_subject';
             pragma writable_schema = reset;
             create table moved as select * from entry where arrival = 1;
             delete from entry where arrival = 1;
             insert into entry select * from moved;
             drop table moved;
             pragma writable_schema = on;
             insert into sqlite_schema select * from kept;
             pragma writable_schema = reset;
             drop table kept;"],
    );
    assert!(!faults.is_empty(), "the damage is found");
    for fault in &faults {
        let Fault::File { reason } = fault else { panic!("{fault:?}") };
        assert!(reason.contains("entry_by_subject"), "{reason}");
    }
    let journal = open(&base.db);
    let done = journal.rebuild_and_compare(&mut |_| {}).unwrap();
    assert_eq!((done.entries, done.changed), (2, vec![]));
    assert!(journal.verify(&mut |_| {}).unwrap().faults.is_empty());
}

#[test]
fn an_erased_content_breaks_neither_verifying_nor_rebuilding() {
    for base in bases() {
        let journal = open(&base.db);
        write(&journal, &[counted("Banco", 3, 1), counted("Diré", 9, 2)]);
        let erase = "update entry set salt = null, payload = null where arrival = 1";
        base.db.write(|tx| tx.execute(erase, &[])).unwrap();
        journal.rebuild(&mut |_| {}).unwrap();
        assert_eq!(wells(&base.db, "Banco"), None, "{}", base.engine);
        assert_eq!(wells(&base.db, "Diré"), Some(9), "{}", base.engine);
        assert!(journal.verify(&mut |_| {}).unwrap().faults.is_empty(), "{}", base.engine);
    }
}

#[test]
fn a_copy_takes_along_the_tables_that_are_in_no_journal() {
    let schema = "create table if not exists secret (
        who text not null primary key, hash bytea, tries bigint, note text);";
    let [lite, server] = bases();
    let journal = open(&lite.db);
    write(&journal, &[counted("Banco", 3, 1)]);
    lite.db
        .write(|tx| {
            tx.batch(schema)?;
            let row = ["awa".into(), vec![0_u8, 255].into(), 2.into(), db::Value::Null];
            tx.execute("insert into secret (who, hash, tries, note) values ($1, $2, $3, $4)", &row)
        })
        .unwrap();
    let mut copy = Vec::new();
    journal.copy_with(&mut copy, &["secret"]).unwrap();
    let other = open(&server.db);
    server.db.write(|tx| tx.batch(schema)).unwrap();
    // Rows of a table that the caller did not name are refused, and so is what follows the end.
    assert!(other.restore_from(&mut &copy[..]).is_err());
    let longer = [&copy[..], b"x"].concat();
    assert!(other.restore_with(&mut &longer[..], &["secret"]).is_err());
    other.restore_with(&mut &copy[..], &["secret"]).unwrap();
    let rows = server.db.read(|tx| tx.query("select * from secret", &[])).unwrap();
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0].bytes("hash").unwrap(), [0, 255]);
    assert_eq!(rows[0].int("tries").unwrap(), 2);
    assert_eq!(rows[0].opt_text("note").unwrap(), None);
}

#[test]
fn a_base_without_journal_is_not_opened_by_looking() {
    for base in bases() {
        let folds = Folds::new(vec![Arc::new(Wells)]);
        let looked = Journal::open_as_is(base.db.clone(), folds);
        assert!(matches!(looked, Err(JournalError::Absent)), "{}", base.engine);
        assert!(base.db.read(|tx| tx.shape()).unwrap().is_empty(), "{}", base.engine);
    }
}

#[test]
fn copies_of_the_first_form_still_read() {
    let [lite, server] = bases();
    let journal = open(&lite.db);
    write(&journal, &[counted("Banco", 3, 1)]);
    let mut copy = Vec::new();
    journal.copy_to(&mut copy).unwrap();
    let title = b"benkadi copy 2";
    let at = copy.windows(title.len()).position(|it| it == title).unwrap();
    copy[at + title.len() - 1] = b'1';
    assert_eq!(open(&server.db).restore_from(&mut &copy[..]).unwrap(), 1);
    assert_eq!(wells(&server.db, "Banco"), Some(3));
}

#[test]
fn what_may_not_be_journaled_is_not_received_either() {
    let long = "é".repeat(17_000);
    for base in bases() {
        let journal = open(&base.db);
        let author = journal::PostKey::generate().unwrap();
        let stream = journal::Stream::new(author.public(), "1", Audience::Territory, "ML0205");
        for (reason, payload) in
            [(long.as_str(), &b"3"[..]), ("tour\0née", b"3"), ("tournée", br#""\u0000""#)]
        {
            let salt = [7; 16];
            let header = journal::Header {
                version: 1,
                stream_id: stream.id.clone(),
                seq: 1,
                previous: [0; 32],
                at_millis: 1,
                person: "A. Traoré".to_owned(),
                office: "Conseiller".to_owned(),
                reason: reason.to_owned(),
                kind: "wells.counted".to_owned(),
                subject: "Banco".to_owned(),
                payload_hash: *blake3::hash(&[&salt[..], payload].concat()).as_bytes(),
            };
            let header = minicbor::to_vec(&header).unwrap();
            let sealed = journal::Sealed {
                signature: author.sign(&[&b"benkadi entry 1\0"[..], &header].concat()),
                header,
                salt: Some(salt.to_vec()),
                payload: Some(payload.to_vec()),
            };
            let told = base.db.write(|tx| journal.receive(tx, &stream, sealed, 7));
            assert!(matches!(told, Err(ReceiveError::Unreadable { .. })), "{told:?}");
        }
    }
}
