//! Files in and out by commands: what a program at another office scripts.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

mod support;

use std::collections::BTreeSet;

use serde_json::json;
use support::{Base, Folder, both, embedded};

const VALUES: &str = include_str!("../../../reference/oise/example_values.csv");
const RESULTS: &str = include_str!("../../../reference/oise/example_results.csv");
const HEAD: &str = "element,unite_org,periode,options,valeur";

/// The lines of the quarter that the exercise leaves out.
fn last_quarter() -> Vec<&'static str> {
    let of_it = |line: &&str| matches!(line.split(',').nth(2), Some("2024T4" | "2024"));
    VALUES.lines().skip(1).filter(of_it).collect()
}

fn write(folder: &Folder, name: &str, lines: &[&str]) -> String {
    let file = folder.file(name);
    std::fs::write(&file, format!("{HEAD}\n{}\n", lines.join("\n"))).unwrap();
    file.display().to_string()
}

fn entries(base: &Base) -> i64 {
    base.done(&["doctor"])["entries"].as_i64().unwrap()
}

#[test]
fn a_file_of_values_is_looked_at_then_taken_once() {
    let folder = Folder::new();
    let lines = last_quarter();
    let file = write(&folder, "valeurs.csv", &lines);
    for base in both() {
        base.done(&["init", "--content", "exercise", "--place", "EX-CERCLE"]);
        let before = entries(&base);
        let seen = base.done(&["import", "values", &file, "--preview"]);
        let count = |it: &str| seen[it].as_u64().unwrap() as usize;
        assert_eq!(count("new") + count("same"), lines.len(), "{seen}");
        assert_eq!(count("changed"), 0);
        assert_eq!(entries(&base), before, "a preview writes nothing");

        let taken = base.done(&["import", "values", &file]);
        assert_eq!((&taken["new"], &taken["same"]), (&seen["new"], &seen["same"]));
        assert_eq!(entries(&base), before + 1, "one act, one entry");
        let again = base.done(&["import", "values", &file]);
        assert_eq!((&again["new"], &again["changed"]), (&json!(0), &json!(0)));
        base.done(&["verify"]);
    }
}

#[test]
fn one_wrong_line_refuses_the_whole_file_with_its_number() {
    let folder = Folder::new();
    let base = embedded();
    base.done(&["init", "--content", "exercise", "--place", "EX-CERCLE"]);
    let before = entries(&base);
    let lines = last_quarter();
    for (name, wrong) in [
        ("valeur", "EDI_DELIB,EX-C1,2024T4,,douze"),
        ("unite", "EDI_DELIB,EX-C9,2024T4,,12"),
        ("donnee", "EDI_RIEN,EX-C1,2024T4,,12"),
        ("periode", "EDI_DELIB,EX-C1,2024T5,,12"),
        ("options", "EDI_DELIB,EX-C1,2024T4,SEXE=X,12"),
        ("borne", "EDI_DELIB,EX-C1,2024T4,,-1"),
        ("colonnes", "EDI_DELIB,EX-C1"),
    ] {
        let mut all = lines[..20].to_vec();
        all[6] = wrong;
        let file = write(&folder, &format!("{name}.csv"), &all);
        let (_, sentence) = base.refused(&["import", "values", &file]);
        assert!(sentence.contains("ligne 8"), "{name}: {sentence}");
        assert_eq!(entries(&base), before, "{name} left something behind");
    }
    let latin = folder.file("latin.csv");
    std::fs::write(&latin, b"element\xe9").unwrap();
    base.refused(&["import", "values", latin.to_str().unwrap()]);
    let (code, _) = base.refused(&["import", "values", "il-n-y-a-rien-ici.csv"]);
    assert_eq!(code, "command-file-unreadable");
}

#[test]
fn the_results_of_the_example_are_those_expected_on_both_engines() {
    let folder = Folder::new();
    for base in both() {
        base.done(&["init", "--content", "example", "--place", "EX-CERCLE"]);
        let file = folder.file("resultats.csv");
        let to = file.to_str().unwrap();
        let place = ["--place", "EX-CERCLE", "--period", "2024T4"];
        base.done(&[&["export", "indicators", to][..], &place].concat());
        let text = std::fs::read_to_string(&file).unwrap();
        assert_eq!(text.lines().next(), RESULTS.lines().next(), "the same columns");
        let found: BTreeSet<&str> = text.lines().collect();
        let missing: Vec<&str> = RESULTS.lines().filter(|it| !found.contains(it)).collect();
        assert!(missing.is_empty(), "{}: {missing:#?}", base.engine());
        let (code, _) = base.refused(&["export", "indicators", to]);
        assert_eq!(code, "command-needs-place");
    }
}

#[test]
fn the_register_leaves_as_csv_without_a_name_of_a_person() {
    let folder = Folder::new();
    let base = embedded();
    base.done(&["init", "--content", "reference", "--place", "ML"]);
    let file = folder.file("registre.csv");
    base.done(&["export", "register", file.to_str().unwrap()]);
    let text = std::fs::read_to_string(&file).unwrap();
    assert_eq!(text.lines().count(), 1 + 184 + 29);
    assert!(text.contains("Sanankoroba"));
    assert!(!text.contains("Joyal"), "a contact leaves the post");
}

#[test]
fn posts_exchange_cards_and_packages_by_commands() {
    let folder = Folder::new();
    let at = |name: &str| folder.file(name).display().to_string();
    let post = |place: &str| {
        let base = embedded();
        base.done(&["init", "--content", "exercise", "--place", place]);
        let card = at(place);
        base.done(&["export", "card", &card]);
        (base, card)
    };
    let (cercle, cercle_card) = post("EX-CERCLE");
    let (region, region_card) = post("EX-REGION");
    let known = cercle.done(&["import", "card", &region_card]);
    region.done(&["import", "card", &cercle_card]);
    let (_, sentence) = region.refused(&["import", "card", &region_card]);
    assert!(sentence.contains("celle de ce poste"), "{sentence}");

    let out = at("");
    let region_id = known["post"].as_str().unwrap();
    let made = cercle.done(&["export", "package", &out, "--post", region_id]);
    let file = made["file"].as_str().unwrap().to_owned();
    let before = entries(&region);
    let seen = region.done(&["import", "package", &file, "--preview"]);
    assert_eq!(entries(&region), before, "a preview writes nothing");
    let taken = region.done(&["import", "package", &file]);
    assert_eq!(taken["new"], seen["new"]);
    let after = entries(&region);
    let again = region.done(&["import", "package", &file]);
    assert_eq!(again["new"], 0);
    assert_eq!(entries(&region), after, "twice changes nothing");

    let bytes = std::fs::read(&file).unwrap();
    let mut flipped = bytes.clone();
    flipped[bytes.len() / 2] ^= 1;
    for (name, wrong) in [
        ("abime.bkd", flipped),
        ("coupe.bkd", bytes[..bytes.len() - 9].to_vec()),
        ("lettre.txt", b"Bonjour".to_vec()),
    ] {
        std::fs::write(folder.file(name), wrong).unwrap();
        region.refused(&["import", "package", &at(name)]);
        assert_eq!(entries(&region), after, "{name} changed something");
    }
    // The file is meant for the region, not for whoever finds the stick.
    cercle.refused(&["import", "package", &file]);
    region.done(&["verify"]);
}

#[test]
fn results_of_a_place_that_does_not_exist_are_refused_with_its_code() {
    let folder = Folder::new();
    let base = embedded();
    base.done(&["init", "--content", "exercise", "--place", "EX-CERCLE"]);
    let file = folder.file("resultats.csv").display().to_string();
    let words = ["export", "indicators", &file, "--place", "NOPE", "--period", "2024T3"];
    let (code, sentence) = base.refused(&words);
    assert_eq!(code, "command-no-place");
    assert!(sentence.contains("NOPE"), "{sentence}");
}
