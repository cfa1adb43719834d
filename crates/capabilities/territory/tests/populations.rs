//! Populations by spreadsheet: by year and source, never one in the place of another.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]

mod support;

use db::{DbError, testing};
use identity::{Actor, Ctx};
use journal::Journal;
use kernel::{Date, Failure, Stop};
use territory::{ListRefused, ReadPopulations, read_populations, state_populations};

const NATION: &str = "EX-NATION";

fn today() -> Date {
    "2025-06-01".parse().unwrap()
}

fn look(journal: &Journal, text: &str) -> Result<ReadPopulations, Vec<String>> {
    let read = journal
        .db()
        .read(|tx| {
            Ok::<_, DbError>(read_populations(tx, NATION, ("p.csv", text.as_bytes()), today()))
        })
        .unwrap();
    read.map_err(|it| match it {
        Stop::Refused(ListRefused::Faults(all)) => {
            all.into_iter().map(|it| format!("{} {} {}", it.line, it.column, it.what.key)).collect()
        }
        other => vec![other.to_string(), format!("{other:?}")],
    })
}

fn take(journal: &Journal, read: &ReadPopulations) {
    let actor = Actor::program();
    journal
        .db()
        .write(|tx| {
            let mut ctx = Ctx::new(tx, journal, &actor, today().to_millis());
            state_populations(&mut ctx, NATION, &read.news)
                .map_err(|it| Failure::told(format!("{it:?}")))
        })
        .unwrap();
}

/// Year, source and persons of the communes of the cercle, as sums are made of them.
fn sums(journal: &Journal) -> Vec<(i64, String, i64, i64)> {
    journal
        .db()
        .read(|tx| {
            let all = territory::totals(tx, "EX-CERCLE", today())?;
            Ok::<_, DbError>(
                all.into_iter().map(|it| (it.year, it.source, it.persons, it.counted)).collect(),
            )
        })
        .unwrap()
}

#[test]
fn changing_2024_leaves_2023_untouched() {
    for base in testing::both() {
        let journal = support::filled(&base);
        let first = look(
            &journal,
            "Code;Année;Source;Population\nEX-C1;2023;INSTAT;12 500\nEX-C2;2023;INSTAT;8 000\n\
             EX-C1;2024;INSTAT;12 900\n",
        )
        .unwrap();
        assert_eq!((first.news.len(), first.same, first.beside, first.corrections), (3, 0, 0, 0));
        take(&journal, &first);
        let of_2023 = (2023, "INSTAT".to_owned(), 20_500, 2);
        assert_eq!(sums(&journal), [of_2023.clone(), (2024, "INSTAT".to_owned(), 12_900, 1)]);

        // The same figure again is known; another one of the same source is refused, by its line.
        let again = look(&journal, "code,annee,source,personnes\nEX-C1,2024,INSTAT,12900\n");
        assert_eq!((again.unwrap().same), 1);
        let other =
            "code,annee,source,personnes\nEX-C2,2024,INSTAT,8100\nEX-C1,2024,INSTAT,13100\n";
        assert_eq!(look(&journal, other).unwrap_err(), ["3 source people-stands"]);

        // Another source stands beside; a correction has its day.
        let more = look(
            &journal,
            "code;annee;source;personnes;corrige le\nEX-C1;2024;Mairie;13 400;\n\
             EX-C1;2024;INSTAT;13 100;12/03/2025\n",
        )
        .unwrap();
        assert_eq!((more.news.len(), more.beside, more.corrections), (2, 2, 1));
        take(&journal, &more);
        assert_eq!(
            sums(&journal),
            [
                of_2023,
                (2024, "INSTAT".to_owned(), 13_100, 1),
                (2024, "Mairie".to_owned(), 13_400, 1),
            ],
            "{}",
            base.engine
        );
        // Both figures of the source are kept.
        let stated = journal.db().read(|tx| territory::populations_stated(tx, "EX-C1")).unwrap();
        let of_source: Vec<i64> = stated
            .iter()
            .filter(|it| it.year == 2024 && it.source == "INSTAT")
            .map(|it| it.persons)
            .collect();
        assert_eq!(of_source, [12_900, 13_100]);
        let verdict = journal.verify(&mut |_| {}).unwrap();
        assert_eq!(verdict.faults, []);
    }
}

#[test]
fn each_mistake_is_named_by_line_and_column() {
    let base = testing::sqlite();
    let journal = support::filled(&base);
    let refused = look(
        &journal,
        "code;annee;source;personnes;menages;corrige le\n\
         EX-C1;deux mille;INSTAT;100;;\n\
         EX-C1;2026;INSTAT;100;;\n\
         EX-C1;2024;;100;;\n\
         EX-C1;2024;INSTAT;cent;;\n\
         EX-C1;2024;INSTAT;100;beaucoup;\n\
         EX-C9;2024;INSTAT;100;;\n\
         ML020503;2024;INSTAT;100;;\n\
         EX-C1;2024;INSTAT;100;;12/03/2999\n\
         EX-C1;2024;INSTAT;100;;bientôt\n",
    )
    .unwrap_err();
    assert_eq!(
        refused,
        [
            "2 annee people-no-year",
            "3 annee people-year-to-come",
            "4 source people-no-source",
            "5 personnes people-no-persons",
            "6 menages people-no-households",
            "7 code people-unknown-place",
            "8 code people-unknown-place",
            "9 corrige le people-no-correction-day",
            "10 corrige le people-no-correction-day",
        ]
    );
    let refused = look(&journal, "code;annee;personnes\nEX-C1;2024;100\n").unwrap_err();
    assert!(refused[1].contains("NoColumn(\"source\")"), "{refused:?}");
}
