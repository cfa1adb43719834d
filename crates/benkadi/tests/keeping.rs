//! Looking after a base: what was written is found again, and one changed byte is seen.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

mod support;

use std::collections::BTreeMap;

use serde_json::Value;
use support::{Base, Folder, both, embedded, find_once, server};

fn filled(base: &Base) -> i64 {
    base.done(&["init", "--content", "exercise", "--place", "EX-CERCLE"]);
    let added = base.person("moussa.keita", "cercle-adviser", "EX-CERCLE");
    assert_eq!(added.code, 0, "{added:?}");
    base.done(&["doctor"])["entries"].as_i64().unwrap()
}

/// The digest of every table.
fn digests(base: &Base) -> BTreeMap<String, Value> {
    let told = base.done(&["rebuild"]);
    assert_eq!(told["changed"], serde_json::json!([]), "{} is not its fold", base.engine());
    told["tables"].as_object().unwrap().clone().into_iter().collect()
}

#[test]
fn the_tables_are_the_fold_of_the_journal_on_both_engines() {
    let bases = both();
    for base in &bases {
        let entries = filled(base);
        let found = base.done(&["verify"]);
        assert_eq!(found["entries"], entries, "{}", base.engine());
        let tables = digests(base);
        assert_eq!(found["tables"], tables.len());
        assert_eq!(digests(base), tables, "a second rebuild changes nothing");
        base.done(&["verify"]);
    }
}

#[test]
fn a_copy_is_taken_over_by_the_other_engine() {
    let folder = Folder::new();
    let pairs = [(embedded(), server()), (server(), embedded())];
    for (number, (from, to)) in pairs.iter().enumerate() {
        let entries = filled(from);
        let copy = folder.file(&format!("copie-{number}.bkd"));
        let copy = copy.to_str().unwrap();
        let made = from.done(&["backup", copy]);
        assert_eq!(made["entries"], entries);
        assert_eq!(made["bytes"], std::fs::metadata(copy).unwrap().len());
        assert_eq!(to.done(&["restore", copy])["entries"], entries);
        // The same tables on the other engine, byte for byte, the same post, and a sound chain.
        assert_eq!(digests(to), digests(from), "{} → {}", from.engine(), to.engine());
        assert_eq!(to.done(&["doctor"])["post"], from.done(&["doctor"])["post"]);
        assert_eq!(to.done(&["verify"])["entries"], entries);
        let (code, _) = to.refused(&["restore", copy]);
        assert_eq!(code, "command-init-not-empty", "a base in use is not overwritten");
    }
}

#[test]
fn a_damaged_or_truncated_copy_changes_nothing() {
    let from = embedded();
    filled(&from);
    let folder = Folder::new();
    let copy = folder.file("copie.bkd");
    from.done(&["backup", copy.to_str().unwrap()]);
    let whole = std::fs::read(&copy).unwrap();
    let half = whole.len() / 2;
    let mut flipped = whole.clone();
    flipped[half] ^= 1;
    let cut = whole[..half].to_vec();
    for (name, bytes) in
        [("flipped", flipped), ("cut", cut), ("empty", vec![]), ("other", b"PK\x03\x04".to_vec())]
    {
        let file = folder.file(name);
        std::fs::write(&file, bytes).unwrap();
        let to = embedded();
        let (code, sentence) = to.refused(&["restore", file.to_str().unwrap()]);
        let expected = if name == "flipped" {
            // The bit may fall into the packing or into an entry.
            ["command-copy-unreadable", "command-copy-changed"].contains(&code.as_str())
        } else {
            code == "command-copy-unreadable"
        };
        assert!(expected, "{name}: {code}: {sentence}");
        assert_eq!(to.done(&["doctor"])["entries"], 0, "{name} left something behind");
    }
}

#[test]
fn one_flipped_byte_in_the_file_is_found_with_its_entry() {
    // The entry before last is the person, the last the office.
    for (text, back, at) in
        [("\"login\":\"moussa.keita\"", 1, 10), ("\"title\":\"Conseiller\"", 0, 10)]
    {
        let base = embedded();
        let entry = filled(&base) - back;
        let place = find_once(&base.file(), text);
        let mut bytes = std::fs::read(base.file()).unwrap();
        bytes[place + at] ^= 0b100;
        std::fs::write(base.file(), bytes).unwrap();
        let (code, sentence) = base.refused(&["verify"]);
        assert_eq!(code, "command-fault-entry", "{sentence}");
        assert!(sentence.contains(&format!("n° {entry} ")), "{sentence}");
    }
}

#[test]
fn a_changed_table_is_found_and_mended_from_the_journal() {
    for base in both() {
        filled(&base);
        let before = digests(&base);
        tamper(&base, "update person set name = 'Quelqu’un'");
        let (code, sentence) = base.refused(&["verify"]);
        assert_eq!(code, "command-fault-table", "{sentence}");
        assert!(sentence.contains("person"), "{sentence}");
        let told = base.done(&["rebuild"]);
        assert_eq!(told["changed"], serde_json::json!(["person"]), "{}", base.engine());
        assert_eq!(digests(&base), before);
        base.done(&["verify"]);
    }
}

#[test]
fn an_entry_changed_or_taken_away_on_the_server_is_found() {
    let base = server();
    let entries = filled(&base);
    tamper(&base, &format!("delete from entry where arrival = {entries}"));
    let (code, sentence) = base.refused(&["verify"]);
    assert!(code.starts_with("command-fault-"), "{code}: {sentence}");

    let base = server();
    let entries = filled(&base);
    tamper(
        &base,
        &format!("update entry set kind = 'identity.office-ended' where arrival = {entries}"),
    );
    let (code, sentence) = base.refused(&["verify"]);
    assert_eq!(code, "command-fault-entry", "{sentence}");
    assert!(sentence.contains(&format!("n° {entries} ")), "{sentence}");
}

/// Writes to a table behind the journal's back.
fn tamper(base: &Base, sql: &str) {
    let work = |tx: &mut db::Tx<'_>| tx.execute(sql, &[]);
    let touched = match base {
        Base::Embedded(_) => db::Database::open(&base.file()).unwrap().write(work).unwrap(),
        Base::Server(empty, _) => empty.db.write(work).unwrap(),
    };
    assert_eq!(touched, 1, "{sql}");
}
