//! What the exchange is for.

use journal::Audience;

use super::world::{Codes, ENGINES, post, rule, tree};
use crate::{Level, Refused, Relation, Unsent};

#[test]
fn a_quarter_goes_up_by_the_region_and_the_receipt_comes_down() {
    for engine in ENGINES {
        let it = tree(engine);
        it.kati.notes_value("POP", "1200");
        it.kati.notes_value("EAU", "40");
        let waiting =
            |post: &super::world::Post| post.base.db.read(|tx| crate::unsent(tx, &Codes)).unwrap();
        let expected = Unsent { records: 2, entries: 2, unreceipted: 0 };
        assert_eq!(waiting(&it.kati), Some(expected), "{engine}");
        assert_eq!(waiting(&it.nation), None, "nobody is above the nation");

        let package = it.kati.sends(&it.koulikoro);
        assert_eq!(package.file_name, "BENKADI-ML0207-ML02-1.bkd");
        let expected = Unsent { records: 0, entries: 0, unreceipted: 2 };
        assert_eq!(waiting(&it.kati), Some(expected), "{engine}");

        let before = it.koulikoro.state();
        let preview = it.koulikoro.previews(&package.bytes).unwrap();
        assert_eq!(it.koulikoro.state(), before, "{engine}: a preview writes nothing");
        assert_eq!(preview.from.name, "CCC de Kati");
        assert_eq!(preview.kinds.get("values.noted"), Some(&2));
        assert_eq!(it.koulikoro.accepts(&package.bytes).unwrap(), preview, "{engine}");
        assert_eq!(it.koulikoro.values(), ["ML0207 EAU", "ML0207 POP"]);

        // The nation never saw the cercle's card: the region's enrolment brings it.
        let forwarded = it.koulikoro.sends(&it.nation);
        it.nation.accepts(&forwarded.bytes).unwrap();
        assert_eq!(it.nation.values(), ["ML0207 EAU", "ML0207 POP"]);
        let kati = it.nation.posts().get(&it.kati.id()).cloned().unwrap();
        assert_eq!((kati.relation, kati.by), (Relation::Below, it.koulikoro.id()));

        // « reçu par la région le … », and then by the nation, by the same way down.
        let down = it.nation.sends(&it.koulikoro);
        it.koulikoro.accepts(&down.bytes).unwrap();
        let down = it.koulikoro.sends(&it.kati);
        it.kati.accepts(&down.bytes).unwrap();
        let sendings =
            it.kati.base.db.read(|tx| crate::sendings(&it.kati.journal, tx, 10)).unwrap();
        assert_eq!(sendings.len(), 1);
        assert!(sendings[0].accepted_millis.is_some(), "{engine}");
        assert_eq!(waiting(&it.kati), Some(Unsent::default()), "{engine}");
        for post in [&it.kati, &it.koulikoro, &it.nation] {
            post.holds_together();
        }
    }
}

#[test]
fn twice_is_once() {
    for engine in ENGINES {
        let it = tree(engine);
        it.kati.notes_value("POP", "1200");
        let package = it.kati.sends(&it.koulikoro);
        it.koulikoro.accepts(&package.bytes).unwrap();
        let before = it.koulikoro.state();
        let again = it.koulikoro.accepts(&package.bytes).unwrap();
        assert_eq!(again.new, 0, "{engine}");
        assert_eq!(again.known, package.entries);
        assert_eq!(it.koulikoro.state(), before, "{engine}");
    }
}

#[test]
fn two_packages_in_either_order_bring_the_same() {
    for engine in ENGINES {
        let tables = |first_first: bool| {
            let it = tree(engine);
            it.kati.notes_value("POP", "1200");
            let first = it.kati.sends(&it.koulikoro);
            it.kati.notes_value("POP", "1210");
            it.kati.notes_value("EAU", "40");
            let second = it.kati.sends(&it.koulikoro);
            let order = if first_first { [&first, &second] } else { [&second, &first] };
            for package in order {
                it.koulikoro.accepts(&package.bytes).unwrap();
            }
            it.koulikoro.holds_together();
            it.koulikoro.state().0.remove("noted")
        };
        assert_eq!(tables(true), tables(false), "{engine}");
    }
}

#[test]
fn a_receipt_makes_the_next_package_small_and_its_loss_is_seen() {
    for engine in ENGINES {
        let it = tree(engine);
        for subject in ["A", "B", "C"] {
            it.kati.notes_value(subject, "1");
        }
        let first = it.kati.sends(&it.koulikoro);
        it.koulikoro.accepts(&first.bytes).unwrap();
        it.kati.accepts(&it.koulikoro.sends(&it.kati).bytes).unwrap();
        it.kati.notes_value("D", "1");
        let next = it.kati.sends(&it.koulikoro);
        assert!(next.entries < first.entries, "{engine}: {}", next.entries);

        // A region that starts again with an empty base lacks what was receipted: it says what.
        let lost = post(engine, "CSR de Koulikoro", Level::Region, "ML02");
        lost.enrols(&it.kati).unwrap();
        it.kati.notes(&lost).unwrap();
        assert_eq!(
            lost.accepts(&next.bytes),
            Err(Refused::ForAnother { to: it.koulikoro.id() }),
            "{engine}"
        );
        // What the old region wrote is still in the cercle's base: the nation vouches for it.
        let whole = rule(it.kati.tries_to_send(&lost, true)).unwrap();
        let old = it.koulikoro.id();
        let expected = Refused::UnknownPost { name: old.clone(), id: old };
        assert_eq!(lost.accepts(&whole.bytes), Err(expected), "{engine}");
        it.nation.enrols(&lost).unwrap();
        lost.notes(&it.nation).unwrap();
        lost.accepts(&it.nation.sends(&lost).bytes).unwrap();
        lost.accepts(&whole.bytes).unwrap();
        assert_eq!(lost.values().len(), 4, "{engine}");
    }
}

#[test]
fn what_is_missing_is_named() {
    for engine in ENGINES {
        let it = tree(engine);
        it.kati.notes_value("A", "1");
        let first = it.kati.sends(&it.koulikoro);
        let mut kept = Vec::new();
        it.koulikoro.journal.copy_to(&mut kept).unwrap();
        it.koulikoro.accepts(&first.bytes).unwrap();
        it.kati.accepts(&it.koulikoro.sends(&it.kati).bytes).unwrap();
        it.kati.notes_value("B", "1");
        it.kati.notes_value("C", "1");
        let second = it.kati.sends(&it.koulikoro);

        let restored = super::world::restored(engine, &it.koulikoro, &kept);
        let before = restored.state();
        let refused = restored.accepts(&second.bytes).unwrap_err();
        assert_eq!(
            refused,
            Refused::Gap {
                post: "CCC de Kati".to_owned(),
                place: "ML0207".to_owned(),
                from: 1,
                to: 1
            },
            "{engine}"
        );
        assert_eq!(restored.state(), before, "{engine}");
        let whole = rule(it.kati.tries_to_send(&it.koulikoro, true)).unwrap();
        restored.accepts(&whole.bytes).unwrap();
        assert_eq!(restored.values().len(), 3, "{engine}");
    }
}

#[test]
fn lists_go_down_to_all_and_a_neighbours_values_to_nobody() {
    for engine in ENGINES {
        let it = tree(engine);
        let kita = post(engine, "CCC de Kolokani", Level::Cercle, "ML0204");
        it.koulikoro.enrols(&kita).unwrap();
        kita.notes(&it.koulikoro).unwrap();
        it.nation.writes(Audience::Nomenclature, "*", "questionnaire", "{}");
        it.nation.writes(Audience::Territory, "ML", "secret-of-the-nation", "{}");
        it.nation.writes(Audience::Local, "ML", "draft", "{}");
        it.kati.notes_value("POP", "1200");
        it.koulikoro.accepts(&it.kati.sends(&it.koulikoro).bytes).unwrap();
        it.koulikoro.accepts(&it.nation.sends(&it.koulikoro).bytes).unwrap();
        kita.accepts(&it.koulikoro.sends(&kita).bytes).unwrap();
        assert_eq!(kita.values(), ["* questionnaire"], "{engine}");
        assert_eq!(it.koulikoro.values(), ["* questionnaire", "ML0207 POP"], "{engine}");
        kita.holds_together();
    }
}

#[test]
fn there_is_nothing_to_send_twice() {
    for engine in ENGINES {
        let it = tree(engine);
        it.kati.notes_value("POP", "1200");
        it.koulikoro.accepts(&it.kati.sends(&it.koulikoro).bytes).unwrap();
        it.kati.accepts(&it.koulikoro.sends(&it.kati).bytes).unwrap();
        // One more exchange carries the last receipt; then both are at rest.
        it.koulikoro.accepts(&it.kati.sends(&it.koulikoro).bytes).unwrap();
        assert_eq!(
            rule(it.koulikoro.tries_to_send(&it.kati, false)).map(|_| ()),
            Err(Refused::NothingToSend { post: "CCC de Kati".to_owned() }),
            "{engine}"
        );
    }
}
