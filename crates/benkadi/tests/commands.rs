//! The commands as scripts see them: exit codes, answers in JSON, words on the error output.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

mod support;

use std::net::TcpListener;
use std::process::{Command, Stdio};

use support::web::{Browser, between};
use support::{Served, both, embedded, run};

#[test]
fn exit_codes_tell_done_refused_and_misused() {
    let base = embedded();
    let data = base.words()[1].clone();
    for (words, code) in [
        (vec!["doctor", "--data", &data], 1),
        (vec!["--version"], 0),
        (vec!["--help"], 0),
        (vec!["init", "--content", "empty", "--data", &data], 0),
        (vec!["doctor", "--data", &data], 0),
        (vec!["restore", "il-n-y-a-rien-ici", "--data", &data], 1),
        (vec!["import", "values", "il-n-y-a-rien-ici.csv", "--data", &data], 1),
        (vec!["jumeler", "--data", &data], 2),
        (vec!["serve", "--listen", "partout", "--data", &data], 2),
        (vec!["init", "--content", "tout", "--data", &data], 2),
        (vec!["--langue", "bm"], 2),
        (vec!["import", "values"], 2),
    ] {
        let answer = run(&words);
        assert_eq!(answer.code, code, "{words:?}: {answer:?}");
        if code != 0 {
            // Words on the error output, nothing that a pipe would take for a result.
            assert!(!answer.told.trim().is_empty(), "{words:?} says nothing");
            assert!(answer.said.is_empty(), "{words:?} says {:?} to pipes", answer.said);
        }
    }
}

#[test]
fn a_refusal_is_said_in_the_language_asked_for() {
    let base = embedded();
    let data = base.words()[1].clone();
    for (language, expected) in [("fr", "Aucun lieu"), ("en", "No place")] {
        let words = ["init", "--content", "empty", "--place", "ML", "--data", &data];
        let answer = run(&[&words[..], &["--langue", language]].concat());
        assert_eq!(answer.code, 1);
        assert!(answer.told.contains(expected), "{answer:?}");
    }
}

#[test]
fn a_base_is_prepared_once_and_for_a_place_that_exists() {
    for base in both() {
        let (code, sentence) = base.refused(&["init", "--place", "EX-CERCEL"]);
        assert_eq!(code, "command-no-place");
        assert!(sentence.contains("EX-CERCEL"), "{sentence}");
        // The refusal left nothing behind: the same command with the right place goes through.
        let made = base.done(&["init", "--place", "EX-CERCLE", "--content", "exercise"]);
        assert!(made["entries"].as_i64().unwrap() > 0, "{made}");
        let (code, _) = base.refused(&["init"]);
        assert_eq!(code, "command-init-not-empty");
        let doctor = base.done(&["doctor"]);
        assert_eq!(doctor["engine"], base.engine());
        assert_eq!(doctor["place"], "EX-CERCLE");
        assert_eq!(doctor["entries"], made["entries"]);
        assert_eq!(doctor["post"], made["post"]);
        assert_eq!(doctor["clock_doubtful"], false);
    }
}

#[test]
fn a_person_is_added_once_with_an_office_of_a_place() {
    for base in both() {
        base.done(&["init", "--content", "exercise", "--place", "EX-CERCLE"]);
        let added = base.person("moussa.keita", "cercle-adviser", "EX-CERCLE");
        assert_eq!(added.code, 0, "{added:?}");
        for (login, office, place, code) in [
            ("moussa.keita", "cercle-adviser", "EX-CERCLE", "person-login-taken"),
            ("é", "cercle-adviser", "EX-CERCLE", "person-bad-login"),
            ("fanta", "griotte", "EX-CERCLE", "command-no-office"),
            ("fanta", "cercle-adviser", "EX-CERCEL", "command-no-place"),
        ] {
            let answer = base.person(login, office, place);
            assert_eq!((answer.code, answer.json["code"].as_str()), (1, Some(code)), "{answer:?}");
        }
        // None of the refused ones was half-written.
        let found = base.done(&["verify"]);
        let doctor = base.done(&["doctor"]);
        assert_eq!(found["entries"], doctor["entries"]);
        let served = Served::start(&base, &[]);
        Browser::new(&served.address).sign_in("moussa.keita", support::PASSWORD);
    }
}

#[test]
fn serve_says_one_line_when_it_is_ready_and_ends_when_asked() {
    for base in both() {
        let served = Served::start(&base, &["--empty"]);
        let expected = format!("Benkadi est prêt\u{a0}: http://{}/\n", served.address);
        assert_eq!(served.ready, expected);
        let mut browser = Browser::new(&served.address);
        let health = browser.get("/sante").unwrap();
        assert_eq!(health.status, 200);
        let health: serde_json::Value = serde_json::from_str(&health.body).unwrap();
        assert_eq!(health["status"], "ok");
        assert_eq!(health["engine"], base.engine());
        assert_eq!(health["entries"], 0, "--empty fills nothing");
        let page = browser.get("/").unwrap();
        assert_eq!(page.status, 200);
        assert!(page.head.contains("server-timing: total;dur="), "{}", page.head);
        let (code, rest) = served.terminate();
        assert_eq!((code, rest.as_str()), (Some(0), ""));
    }
    let base = embedded();
    let served = Served::start(&base, &["--empty", "--json"]);
    let ready: serde_json::Value = serde_json::from_str(&served.ready).unwrap();
    assert_eq!(ready["address"], format!("http://{}/", served.address));
    assert_eq!(ready["ok"], true);
}

#[test]
fn an_empty_base_is_filled_at_the_first_start_only() {
    let base = embedded();
    let served = Served::start(&base, &[]);
    let entries = |served: &Served| {
        let page = Browser::new(&served.address).get("/sante").unwrap();
        serde_json::from_str::<serde_json::Value>(&page.body).unwrap()["entries"].clone()
    };
    let first = entries(&served);
    assert_ne!(first, 0);
    served.terminate();
    assert_eq!(entries(&Served::start(&base, &[])), first);
}

#[test]
fn a_taken_address_is_refused_with_its_name() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let base = embedded();
    let (code, sentence) = base.refused(&["serve", "--empty", "--listen", &address]);
    assert_eq!(code, "command-cannot-listen");
    assert!(sentence.contains(&address), "{sentence}");
}

#[test]
fn the_database_may_be_named_by_the_environment() {
    let base = support::server();
    let address = base.words()[1].clone();
    let output = Command::new(env!("CARGO_BIN_EXE_benkadi"))
        .args(["init", "--content", "empty", "--json"])
        .env("BENKADI_DATABASE", address)
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let said: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(said["ok"], true, "{said}");
    assert_eq!(base.done(&["doctor"])["post"], said["post"]);
}

#[test]
fn a_server_that_does_not_answer_is_told_without_a_panic() {
    let answer = run(&["doctor", "--database", "postgresql://nobody@127.0.0.1:1/rien", "--json"]);
    assert_eq!(answer.code, 1, "{answer:?}");
    assert_eq!(answer.json["code"], "command-failed");
    assert!(!answer.told.contains("panicked"), "{}", answer.told);
}

#[test]
fn a_command_line_that_is_not_understood_is_told_in_both_languages() {
    for (words, french, english) in [
        (vec!["jumeler"], "«\u{202f}jumeler\u{202f}» n’est pas connu", "“jumeler” is not known"),
        (vec!["doctor", "--loin"], "«\u{202f}--loin\u{202f}» n’est pas", "“--loin” is not known"),
        (vec!["serve", "--listen", "partout"], "partout", "“partout” does not fit"),
        (vec!["init", "--content", "tout"], "empty, reference, exercise", "Choose among"),
        (vec!["import", "values"], "Il manque\u{a0}: <FILE>", "Missing: <FILE>"),
        (vec!["person", "--login", "awa"], "--name <NOM>", "Missing: --name <NOM>"),
    ] {
        for (language, expected) in [("fr", french), ("en", english)] {
            let answer = run(&[&words[..], &["--langue", language]].concat());
            assert_eq!(answer.code, 2, "{answer:?}");
            assert!(answer.told.contains(expected), "{language}: {answer:?}");
        }
    }
}

#[test]
fn the_address_may_be_a_name() {
    let served = Served::start(&embedded(), &["--empty", "--listen", "localhost:0"]);
    assert!(served.address.ends_with(|it: char| it.is_ascii_digit()), "{}", served.address);
}

#[test]
fn a_base_begun_empty_stays_empty() {
    for base in both() {
        Served::start(&base, &["--empty"]).terminate();
        let served = Served::start(&base, &[]);
        let page = Browser::new(&served.address).get("/sante").unwrap();
        let health: serde_json::Value = serde_json::from_str(&page.body).unwrap();
        assert_eq!(health["entries"], 0, "{}", base.engine());
    }
}

#[test]
fn a_lost_password_is_given_anew_and_old_sessions_end() {
    for base in both() {
        base.done(&["init", "--content", "exercise", "--place", "EX-CERCLE"]);
        assert_eq!(base.person("moussa.keita", "cercle-adviser", "EX-CERCLE").code, 0);
        let served = Served::start(&base, &[]);
        let mut before = Browser::new(&served.address);
        before.sign_in("moussa.keita", support::PASSWORD);
        assert_eq!(before.get("/compte").unwrap().status, 200);
        let page = before.get("/").unwrap().body;
        let day = between(&page, "Enregistré le ", " à ");
        assert_eq!(day.len(), "25/11/2026".len(), "{day}");

        let reset = ["person", "--login", "moussa.keita", "--reset"];
        for (words, input, code) in [
            (["person", "--login", "fanta", "--reset"], "une autre phrase", "command-no-person"),
            (reset, "court", "person-short-password"),
            (reset, "Moussa Keïta", "person-easy-password"),
        ] {
            let answer = base.typed(&words, input);
            assert_eq!((answer.code, answer.json["code"].as_str()), (1, Some(code)), "{answer:?}");
        }
        assert_eq!(before.get("/compte").unwrap().status, 200, "nothing was changed");

        let answer = base.typed(&reset, "une autre phrase\n");
        assert_eq!(answer.code, 0, "{answer:?}");
        assert_ne!(before.get("/compte").unwrap().status, 200, "the old session is over");
        Browser::new(&served.address).sign_in("moussa.keita", "une autre phrase");
    }
}

#[test]
fn a_name_or_title_longer_than_any_is_refused() {
    let base = embedded();
    base.done(&["init", "--content", "exercise", "--place", "EX-CERCLE"]);
    let long = "é".repeat(201);
    for (name, title, code) in
        [(long.as_str(), "Conseiller", "person-long-name"), ("Awa", &long, "office-long-title")]
    {
        let words = ["person", "--login", "awa", "--office", "cercle-adviser", "--name", name];
        let words = [&words[..], &["--title", title, "--place", "EX-CERCLE"]].concat();
        let answer = base.typed(&words, support::PASSWORD);
        assert_eq!((answer.code, answer.json["code"].as_str()), (1, Some(code)), "{answer:?}");
    }
}
