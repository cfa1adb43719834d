//! The power goes while somebody types: every cell whose saving was answered is there afterwards,
//! and at most the one on its way is lost.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

mod support;

use std::collections::BTreeMap;
use std::thread;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use support::web::{Browser, between};
use support::{Base, PASSWORD, Served, embedded, server};

const FORM: &str = "/suivi/saisie/EX-C1/2024T4/J02";
/// Cells of the form, typed one after the other, again and again.
const CELLS: [&str; 6] = [
    "EDI_RESTIT_PART.SEXE-F",
    "EDI_RESTIT_PART.SEXE-H",
    "EDI_PRESENCE.SEXE-F",
    "EDI_PRESENCE.SEXE-H",
    "EDI_REQ",
    "EDI_REQ_TR",
];
/// The cut comes at most this long after the first cell of a round.
const LONGEST_MILLIS: u64 = 400;

#[test]
fn the_embedded_base_keeps_every_answered_cell() {
    cut_again_and_again(&embedded(), 15);
}

#[test]
fn the_server_base_keeps_every_answered_cell() {
    cut_again_and_again(&server(), 5);
}

fn cut_again_and_again(base: &Base, rounds: u32) {
    base.done(&["init", "--content", "exercise", "--place", "EX-CERCLE"]);
    assert_eq!(base.person("moussa.keita", "cercle-adviser", "EX-CERCLE").code, 0);
    let seed = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_nanos() as u64;
    let mut dice = seed;
    let mut browser = Browser::new("");
    let mut typed = 0_u64;
    let mut held: BTreeMap<&str, String> = CELLS.iter().map(|it| (*it, String::new())).collect();
    for round in 0..rounds {
        let served = Served::start(base, &[]);
        browser.address.clone_from(&served.address);
        if round == 0 {
            browser.sign_in("moussa.keita", PASSWORD);
        }
        let token = browser.token(FORM);
        dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let wait = Duration::from_millis((dice >> 33) % LONGEST_MILLIS);
        let cut = thread::spawn(move || {
            thread::sleep(wait);
            served.kill();
        });
        // Cells without an answer are known neither as kept nor as lost: at most one a round.
        let on_its_way = type_until_the_cut(&mut browser, &token, &mut held, &mut typed);
        cut.join().unwrap();

        base.done(&["verify"]);
        let served = Served::start(base, &[]);
        browser.address.clone_from(&served.address);
        let page = browser.get(&format!("{FORM}?palier=complet")).unwrap().body;
        for (cell, value) in &mut held {
            let found = shown(&page, cell);
            let lost = on_its_way.as_ref().is_some_and(|it| it.0 == *cell && it.1 == found);
            assert!(
                found == *value || lost,
                "{}, round {round}, seed {seed}: {cell} holds {found:?}, not {value:?}",
                base.engine()
            );
            *value = found;
        }
    }
    assert!(u64::from(rounds) < typed, "only {typed} cells were answered in {rounds} rounds");
    let entries = &base.done(&["verify"])["entries"];
    assert_eq!(entries, &base.done(&["doctor"])["entries"]);
}

/// Types cell after cell until the program is gone; gives the cell that got no answer.
fn type_until_the_cut(
    browser: &mut Browser,
    token: &str,
    held: &mut BTreeMap<&'static str, String>,
    typed: &mut u64,
) -> Option<(&'static str, String)> {
    // More cells than can be typed before the cut.
    for at in 0..100_000 {
        let cell = CELLS[at % CELLS.len()];
        let value = (1 + *typed % 900).to_string();
        let url = format!("{FORM}/cellule");
        let fields = [
            ("jeton", token),
            ("palier", "complet"),
            ("case", cell),
            ("valeur", &value),
            ("nsp", ""),
            ("note", ""),
            ("avant", &held[cell]),
        ];
        match browser.post(&url, &fields) {
            Ok(answer) => {
                assert_eq!(answer.status, 200, "{cell}: {}", answer.body);
                held.insert(cell, value);
                *typed += 1;
            }
            Err(_) => return Some((cell, value)),
        }
    }
    None
}

/// The value of a cell on the form.
fn shown(page: &str, cell: &str) -> String {
    let input = between(page, &format!("name=\"v.{cell}\" value=\""), "\"");
    input.to_owned()
}
