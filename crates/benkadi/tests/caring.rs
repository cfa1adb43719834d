//! A base on its machine: who may read it, what makes one, what a copy holds.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

mod support;

use support::web::Browser;
use support::{Base, Folder, PASSWORD, Served, both, embedded, find_once, run, server};

fn filled(base: &Base) {
    base.done(&["init", "--content", "exercise", "--place", "EX-CERCLE"]);
    let added = base.person("moussa.keita", "cercle-adviser", "EX-CERCLE");
    assert_eq!(added.code, 0, "{added:?}");
}

#[test]
fn only_commands_that_begin_a_base_make_one() {
    let folder = Folder::new();
    let file = folder.file("valeurs.csv");
    std::fs::write(&file, "element,unite_org,periode,options,valeur\n").unwrap();
    let file = file.to_str().unwrap();
    let out = folder.file("sortie").display().to_string();
    let commands: [&[&str]; 8] = [
        &["doctor"],
        &["verify"],
        &["rebuild"],
        &["backup", &out],
        &["import", "values", file],
        &["export", "register", &out],
        &["export", "card", &out],
        &["person", "--login", "awa", "--reset"],
    ];
    let nothing = embedded();
    let empty_file = embedded();
    std::fs::write(empty_file.file(), b"").unwrap();
    for base in [nothing, empty_file, server()] {
        for words in commands {
            let (code, sentence) = base.refused(words);
            assert!(code.starts_with("command-no-base"), "{words:?}: {code}: {sentence}");
            assert!(!std::fs::exists(&out).unwrap(), "{words:?}");
        }
        if let Base::Embedded(_) = &base {
            let (_, sentence) = base.refused(&["doctor"]);
            assert!(sentence.contains(&base.words()[1]), "{sentence}");
            let length = std::fs::metadata(base.file()).map(|it| it.len()).unwrap_or_default();
            assert_eq!(length, 0, "something was made");
        }
    }
}

#[test]
fn a_base_without_entries_has_nothing_to_verify() {
    for base in both() {
        base.done(&["init", "--content", "empty"]);
        assert_eq!(base.refused(&["verify"]).0, "command-verify-nothing");
    }
}

#[test]
fn people_sign_in_after_a_restore_and_sessions_stay_behind() {
    let folder = Folder::new();
    for (number, (from, to)) in [(embedded(), server()), (server(), embedded())].iter().enumerate()
    {
        filled(from);
        let served = Served::start(from, &[]);
        Browser::new(&served.address).sign_in("moussa.keita", PASSWORD);
        let copy = folder.file(&format!("copie-{number}.bkd")).display().to_string();
        from.done(&["backup", &copy]);
        to.done(&["restore", &copy]);
        assert_eq!(count(from, "session"), 1);
        assert_eq!(count(to, "session"), 0);
        let restored = Served::start(to, &[]);
        Browser::new(&restored.address).sign_in("moussa.keita", PASSWORD);
    }
}

fn count(base: &Base, table: &str) -> usize {
    let work = |tx: &mut db::Tx<'_>| tx.query(&format!("select * from {table}"), &[]);
    match base {
        Base::Embedded(_) => db::Database::open(&base.file()).unwrap().read(work).unwrap().len(),
        Base::Server(empty, _) => empty.db.read(work).unwrap().len(),
    }
}

#[test]
fn what_follows_the_end_of_a_copy_is_refused() {
    let folder = Folder::new();
    let from = embedded();
    filled(&from);
    let copy = folder.file("copie.bkd");
    from.done(&["backup", copy.to_str().unwrap()]);
    let mut bytes = std::fs::read(&copy).unwrap();
    bytes.extend(bytes.clone());
    std::fs::write(&copy, bytes).unwrap();
    let (code, _) = embedded().refused(&["restore", copy.to_str().unwrap()]);
    assert_eq!(code, "command-copy-unreadable");
}

#[test]
fn a_copy_that_cannot_be_finished_leaves_nothing_and_takes_nobodys_file() {
    let folder = Folder::new();
    let base = embedded();
    filled(&base);
    let own = folder.file("copie.partiel");
    std::fs::write(&own, "à moi").unwrap();
    // A folder bears the name already: the last step fails.
    let taken = folder.file("copie.bkd");
    std::fs::create_dir(&taken).unwrap();
    let (code, sentence) = base.refused(&["backup", taken.to_str().unwrap()]);
    assert_eq!(code, "command-file-unwritable");
    assert!(sentence.contains("copie.bkd"), "{sentence}");
    let nowhere = folder.file("absent/copie.bkd").display().to_string();
    let (code, sentence) = base.refused(&["backup", &nowhere]);
    assert!(code == "command-file-unwritable" && sentence.contains(&nowhere), "{sentence}");
    let parent = own.parent().unwrap();
    let mut names: Vec<_> =
        std::fs::read_dir(parent).unwrap().map(|it| it.unwrap().file_name()).collect();
    names.sort();
    assert_eq!(names, ["copie.bkd", "copie.partiel"]);
    assert_eq!(std::fs::read_to_string(own).unwrap(), "à moi");
}

#[test]
fn each_fault_is_told_once_and_in_words() {
    let base = embedded();
    filled(&base);
    let place = find_once(&base.file(), "\"title\":\"Conseiller\"");
    let mut bytes = std::fs::read(base.file()).unwrap();
    bytes[place + 10] ^= 0b100;
    std::fs::write(base.file(), bytes).unwrap();
    let own = base.words();
    for (language, expected) in
        [("fr", "le contenu a changé après la signature"), ("en", "changed after signing")]
    {
        let answer = run(&["verify", &own[0], &own[1], "--langue", language]);
        assert_eq!(answer.code, 1);
        let all = format!("{}{}", answer.said, answer.told);
        assert_eq!(all.matches(expected).count(), 1, "{all}");
    }
    let answer = base.run(&["verify"]);
    assert_eq!(answer.json["all"].as_array().unwrap().len(), 1, "{answer:?}");
}

#[test]
fn an_index_that_is_gone_is_found_and_made_again() {
    for base in both() {
        filled(&base);
        let drop = |tx: &mut db::Tx<'_>| tx.batch("drop index entry_by_kind;");
        match &base {
            Base::Embedded(_) => db::Database::open(&base.file()).unwrap().write(drop).unwrap(),
            Base::Server(empty, _) => empty.db.write(drop).unwrap(),
        }
        let (code, sentence) = base.refused(&["verify"]);
        assert_eq!(code, "command-fault-missing", "{sentence}");
        assert!(sentence.contains("entry_by_kind"), "{sentence}");
        base.done(&["rebuild"]);
        base.done(&["verify"]);
    }
}

#[cfg(unix)]
#[test]
fn a_base_and_its_copies_are_their_owners_alone() {
    use std::os::unix::fs::PermissionsExt;
    let mode =
        |path: &std::path::Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let folder = Folder::new();
    let data = folder.file("donnees");
    let own = data.display().to_string();
    let copy = folder.file("copie.bkd");
    let register = folder.file("registre.csv");
    for words in [
        &["init", "--content", "exercise", "--place", "EX-CERCLE"][..],
        &["backup", copy.to_str().unwrap()],
        &["export", "register", register.to_str().unwrap()],
    ] {
        let answer = run(&[words, &["--data", &own]].concat());
        assert_eq!(answer.code, 0, "{answer:?}");
    }
    assert_eq!(mode(&data), 0o700);
    for file in [data.join("benkadi.db"), copy, register] {
        assert_eq!(mode(&file), 0o600, "{}", file.display());
    }
    let answer = run(&["doctor", "--data", &own, "--json"]);
    assert_eq!(answer.json["open_to_others"], serde_json::json!([]), "{answer:?}");
    std::fs::set_permissions(&data, std::fs::Permissions::from_mode(0o755)).unwrap();
    let answer = run(&["doctor", "--data", &own]);
    assert!(answer.said.contains("ouvert à d’autres utilisateurs"), "{answer:?}");
}
