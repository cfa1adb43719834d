//! The tree of Mali under its maps, on both engines.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]

use db::testing;
use journal::{Audience, Draft, Folds, Journal};
use kernel::Date;
use territory::{Hit, Level, Shipped};

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn draft(it: Shipped) -> Draft {
    Draft {
        audience: Audience::Local,
        scope: "*".to_owned(),
        person: "programme".to_owned(),
        office: String::new(),
        reason: String::new(),
        kind: it.kind.to_owned(),
        subject: it.subject,
        payload: it.payload,
        at_millis: day("2026-01-01").to_millis(),
    }
}

fn filled(base: &testing::Empty) -> Journal {
    let journal = Journal::open(base.db.clone(), Folds::new(vec![territory::fold()])).unwrap();
    let content = territory::shipped().unwrap().into_iter().chain([territory::example().unwrap()]);
    base.db
        .write(|tx| {
            for it in content {
                journal.append(tx, draft(it))?;
            }
            Ok::<(), journal::JournalError>(())
        })
        .unwrap();
    journal
}

#[test]
fn the_tree_of_mali() {
    for base in testing::both() {
        let journal = filled(&base);
        same_totals_under_every_map(&base);
        a_commune_before_and_after_the_reform(&base);
        a_search_forgives(&base);
        the_example_stands_apart(&base);
        let verdict = journal.verify(&mut |_| {}).unwrap();
        assert_eq!(verdict.faults, [], "{}", base.engine);
    }
}

fn same_totals_under_every_map(base: &testing::Empty) {
    base.db
        .read(|tx| {
            for on in [
                "1999-08-10",
                "2001-06-06",
                "2001-06-07",
                "2006-01-01",
                "2023-03-12",
                "2023-03-13",
                "2024-01-01",
                "2030-12-31",
            ] {
                let totals = territory::totals(tx, "ML", day(on))?;
                let whole = totals
                    .iter()
                    .find(|it| it.year == 2009 && it.source == territory::CENSUS_2009)
                    .unwrap();
                assert_eq!(whole.persons, 14_528_662, "{on} on {}", base.engine);
                assert_eq!(whole.counted, 703, "{on} on {}", base.engine);
                // Under the map of 2023 the 33 communes read stand beside those of before, and
                // no source counted them.
                let communes = if on < "2023-03-13" { 703 } else { 736 };
                assert_eq!(whole.communes, communes, "{on} on {}", base.engine);
            }
            // The census of 2022 is published by region: the sum of communes says nothing of it.
            let totals = territory::totals(tx, "ML", day("2024-01-01"))?;
            assert!(totals.iter().all(|it| it.year != 2022));
            let published = territory::populations(tx, "2023-01")?;
            assert_eq!(published[0].persons, 1_826_564);
            // Each region of before equals the sum of its communes.
            for region in territory::children(tx, "ML", day("2006-01-01"))? {
                let own = territory::populations(tx, &region.code)?;
                let sum = territory::totals(tx, &region.code, day("2006-01-01"))?;
                assert_eq!(own[0].persons, sum[0].persons, "{}", region.code);
            }
            Ok::<(), db::DbError>(())
        })
        .unwrap();
}

fn a_commune_before_and_after_the_reform(base: &testing::Empty) {
    base.db
        .read(|tx| {
            let names = |chain: Vec<territory::Place>| {
                chain.into_iter().map(|it| it.name).collect::<Vec<_>>()
            };
            let before = territory::chain(tx, "ML010102", day("2006-01-01"))?;
            assert_eq!(names(before), ["Mali", "Kayes", "Bafoulabé"]);
            let after = territory::chain(tx, "ML010102", day("2024-01-01"))?;
            assert_eq!(after.len(), 3);
            assert!(after[1..].iter().all(territory::Place::is_of_unknown_place), "{after:?}");
            let regions = |on| {
                territory::children(tx, "ML", day(on))
                    .map(|them| them.iter().filter(|it| it.shown_level() == Level::Region).count())
            };
            let (mut then, now) = (regions, 19);
            assert_eq!(then("2006-01-01")?, 8);
            assert_eq!(then("2024-01-01")?, now);
            // The same name is a hint, nothing more.
            assert_eq!(territory::unit(tx, "2023-01")?.unwrap().former.unwrap(), "ML01");
            assert!(territory::same_name_later(tx, "ML01")?.contains(&"2023-01".to_owned()));
            assert_eq!(territory::code_of_official(tx, "0207")?.unwrap(), "2023-0207");
            assert!(territory::unit(tx, "ML99")?.is_none());
            Ok::<(), db::DbError>(())
        })
        .unwrap();
}

fn a_search_forgives(base: &testing::Empty) {
    base.db
        .read(|tx| {
            for (question, name) in [
                ("ouelessebougou", "Ouélessébougou"),
                ("Sanankoroba", "Sanankoroba"),
                ("wélésébougou", "Ouélessébougou"),
            ] {
                let hits = territory::search(tx, question, day("2006-01-01"), 20)?;
                let found = hits.iter().any(|hit| matches!(hit, Hit::Unit(it) if it.name == name));
                assert!(found, "{question} on {}: {hits:?}", base.engine);
            }
            let hits = territory::search(tx, "Kayes N'Di", day("2006-01-01"), 20)?;
            assert!(
                hits.iter().any(|hit| matches!(hit,
                    Hit::Locality(village, commune)
                        if village.code == "1101001" && commune.code == "ML010312")),
                "{hits:?}"
            );
            assert_eq!(territory::search(tx, "zzzz", day("2006-01-01"), 20)?, []);
            Ok::<(), db::DbError>(())
        })
        .unwrap();
}

fn the_example_stands_apart(base: &testing::Empty) {
    base.db
        .read(|tx| {
            let below = territory::subtree(tx, "EX-NATION", day("2024-10-01"))?;
            let codes: Vec<&str> = below.iter().map(|it| it.0.as_str()).collect();
            assert_eq!(codes, ["EX-C1", "EX-C2", "EX-C3", "EX-CERCLE", "EX-NATION", "EX-REGION"]);
            assert!(territory::unit(tx, "EX-C1")?.unwrap().invented);
            assert!(territory::sources(tx)?.iter().any(|it| it.invented));
            Ok::<(), db::DbError>(())
        })
        .unwrap();
}
