//! A small village register kept in the journal: written, read again, rebuilt, tampered with,
//! copied and received by another post, on both engines.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

use std::sync::Arc;

use db::testing::{self, Empty};
use db::{Database, DbError, Tx};
use journal::{
    Audience, Draft, Entry, Fault, Fold, FoldError, Folds, Journal, ReceiveError, Reception,
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
