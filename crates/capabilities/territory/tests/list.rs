//! An official list: read, compared, refused by line and column, entered.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]

mod support;

use db::{DbError, testing};
use identity::{Actor, Ctx};
use journal::Journal;
use kernel::{Date, Failure, Reject, Stop};
use territory::{Change, Level, ListRefused, ReadList};

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn now() -> i64 {
    day("2026-01-15").to_millis()
}

fn read(journal: &Journal, country: &str, file: &str) -> Result<ReadList, ListRefused> {
    let found = journal.db().write(|tx| {
        Ok::<_, DbError>({
            let file = ("liste.csv", file.as_bytes());
            territory::read_list(tx, country, "Essai 2026", file, now())
        })
    });
    match found.unwrap() {
        Ok(it) => Ok(it),
        Err(Stop::Refused(it)) => Err(it),
        Err(Stop::Failed(it)) => panic!("{it}"),
    }
}

fn enter(journal: &Journal, read: &ReadList) {
    let actor = Actor::program();
    journal
        .db()
        .write(|tx| {
            let mut ctx = Ctx::new(tx, journal, &actor, now());
            match territory::enter_list(&mut ctx, &read.list) {
                Ok(_) => Ok(()),
                Err(Stop::Refused(it)) => Err(Failure::told(format!("{it:?}"))),
                Err(Stop::Failed(it)) => Err(it),
            }
        })
        .unwrap();
}

/// A country of two maps: in 2023 one cercle becomes two, and a commune is divided.
const TREE: &str = "\
Code;Nom;Niveau;Parent;Du;Au;Anciens codes
ZZ;Pays d’essai;pays;;;;
ZZ1;Région;région;ZZ;;;
ZZ11;Cercle du sud;cercle;ZZ1;;;
ZZ12;Cercle du nord;cercle;ZZ1;13/03/2023;;
A;Alpha;commune;ZZ11;;;
B;Bêta;commune;ZZ11;;12/03/2023;
B;Bêta-la-Neuve;commune;ZZ12;13/03/2023;;
C;Gamma;commune;ZZ11;;12/03/2023;
C1;Gamma est;commune;ZZ11;13/03/2023;;C:1/4
C2;Gamma ouest;commune;ZZ12;13/03/2023;;C:3/4
";

#[test]
fn a_tree_under_two_maps_comes_in_one_file() {
    for base in testing::both() {
        let journal = support::filled(&base);
        let found = read(&journal, "ZZ", TREE).unwrap();
        assert_eq!(found.missing, []);
        assert_eq!(found.list.load.units.len(), 9);
        enter(&journal, &found);
        base.db
            .read(|tx| {
                let atlas = territory::Atlas::read(tx, "ZZ")?;
                let codes = |on: &str| -> Vec<String> {
                    atlas.tree_on(day(on)).into_iter().map(|it| it.code).collect()
                };
                assert_eq!(codes("2023-03-12"), ["ZZ", "ZZ1", "ZZ11", "A", "B", "C"]);
                assert_eq!(
                    codes("2023-03-13"),
                    ["ZZ", "ZZ1", "ZZ11", "A", "C1", "ZZ12", "B", "C2"]
                );
                let passage = atlas.passage(day("2023-03-12"), day("2023-03-13"));
                let values = [("A", 5), ("B", 6), ("C", 10)];
                let restated = passage.restate(&values.map(|it| (it.0.to_owned(), it.1)).into());
                // A quarter of ten is two and a half: the two halves are equal remainders.
                assert_eq!(restated.values["C1"] + restated.values["C2"], 10);
                assert_eq!(restated.held, []);
                assert_eq!(
                    territory::sources(tx)?.iter().filter(|it| it.title == "Essai 2026").count(),
                    1
                );
                Ok::<_, DbError>(())
            })
            .unwrap();
        let verdict = journal.verify(&mut |_| {}).unwrap();
        assert_eq!(verdict.faults, [], "{}", base.engine);
        // The same again changes nothing.
        let again = read(&journal, "ZZ", TREE).unwrap();
        assert_eq!(again.preview.changes, []);
    }
}

#[test]
fn a_new_list_of_communes_is_compared_with_the_map() {
    let base = testing::sqlite();
    let journal = support::filled(&base);
    let list = "code,name,level,parent,from,former codes\n\
                EX-C1,Commune un,commune,EX-CERCLE,2025-01-01,\n\
                EX-C9,Commune neuve,commune,EX-CERCLE,2025-01-01,EX-C2\n";
    let found = read(&journal, "EX-NATION", list).unwrap();
    let told: Vec<_> =
        found.preview.changes.iter().map(|it| (it.code.as_str(), it.change)).collect();
    let expected = [("EX-C1", Change::Renamed), ("EX-C2", Change::Ends), ("EX-C9", Change::Begins)];
    assert_eq!(told, expected);
    assert_eq!(found.missing, [("EX-C3".to_owned(), "Commune d’exemple 3".to_owned())]);
    assert_eq!(found.preview.before.units[&Level::Commune], 3);
    assert_eq!(found.preview.after.units[&Level::Commune], 3);
}

#[test]
fn faults_are_told_by_line_and_column() {
    let base = testing::sqlite();
    let journal = support::filled(&base);
    for (file, expected) in [
        ("nom,niveau,parent\n", vec![(0, "", "list-no-column")]),
        ("code,code,nom,niveau,parent\n", vec![(0, "", "list-column-twice")]),
        ("code,nom,niveau,parent\n", vec![(0, "", "list-empty")]),
        (
            "code,nom,niveau,parent\né,,hameau,EX-CERCLE\n",
            vec![
                (2, "code", "list-bad-code"),
                (2, "niveau", "list-bad-level"),
                (2, "nom", "list-bad-name"),
            ],
        ),
        (
            "code,nom,niveau,parent,du,au\nN,Neuve,commune,EX-CERCLE,2025,2024-12-31\n",
            vec![(2, "du", "list-bad-day")],
        ),
        (
            "code,nom,niveau,parent,du,au\nN,Neuve,commune,EX-CERCLE,2025-01-01,2024-12-31\n",
            vec![(2, "au", "list-ends-before")],
        ),
        (
            "code,nom,niveau,parent\n\nN,Neuve,commune,X\nM,Même,cercle,EX-C1\n",
            vec![(3, "parent", "list-unknown-parent"), (4, "parent", "list-not-above")],
        ),
        (
            "code,nom,niveau,parent\nEX-C1,Un,cercle,EX-REGION\n",
            vec![(2, "niveau", "list-other-level")],
        ),
        (
            "code,nom,niveau,parent,du,au\nN,Neuve,commune,EX-CERCLE,,2025-01-01\nN,Neuve,commune,EX-CERCLE,2024-01-01,\n",
            vec![(3, "du", "list-overlap")],
        ),
        (
            "code,nom,niveau,parent\nML01,Un,commune,EX-CERCLE\n",
            vec![(2, "code", "list-foreign-code")],
        ),
        (
            "code,nom,niveau,parent,du,anciens codes\nN,Neuve,commune,EX-CERCLE,,EX-C1\nM,Neuve,commune,EX-CERCLE,2024-01-01,X\n",
            vec![(2, "du", "list-former-without-day"), (3, "anciens codes", "list-unknown-former")],
        ),
        (
            "code,nom,niveau,parent,du,anciens codes\nN,N,commune,EX-CERCLE,2024-01-01,EX-C1:1/3\nM,M,commune,EX-CERCLE,2024-01-01,EX-C1:1/3\n",
            vec![(3, "anciens codes", "list-not-whole")],
        ),
        (
            "code,nom,niveau,parent,du\nEX-N,Nord,cercle,EX-REGION,2024-01-01\nN,Neuve,commune,EX-N,2023-01-01\n",
            vec![(3, "parent", "list-orphan")],
        ),
    ] {
        let refused = read(&journal, "EX-NATION", file).unwrap_err();
        let told: Vec<(usize, &str, String)> = match refused.faults() {
            [] => vec![(0, "", refused.message().key)],
            faults => faults.iter().map(|it| (it.line, it.column, it.what.key.clone())).collect(),
        };
        let expected: Vec<_> = expected.iter().map(|it| (it.0, it.1, it.2.to_owned())).collect();
        assert_eq!(told, expected, "{file}");
    }
    // An old spreadsheet writes accents otherwise: they are read all the same.
    let read = journal.db().write(|tx| {
        let file: &[u8] = b"code;nom;niveau;parent\nN;Commune r\xe9v\xe9e;commune;EX-CERCLE\n";
        Ok::<_, DbError>(territory::read_list(tx, "EX-NATION", "Essai", ("l.csv", file), now()))
    });
    assert_eq!(read.unwrap().unwrap().list.load.versions[0].name, "Commune révée");
}
