use super::*;
use crate::values::{UnitValues, Value, Values};
use kernel::{Period, Quarter};

fn quarter(text: &str) -> Quarter {
    text.parse().unwrap()
}

fn set(sheet: Sheet, key: &str, cells: &[(&str, &str)]) -> Change {
    let cells = cells.iter().map(|(column, text)| ((*column).to_owned(), (*text).to_owned()));
    Change { sheet, key: key.to_owned(), cells: Some(cells.collect()), after: None }
}

fn retire(sheet: Sheet, key: &str) -> Change {
    Change { sheet, key: key.to_owned(), cells: None, after: None }
}

fn first() -> Editions {
    Editions::first(Tables::read(SHIPPED).unwrap()).unwrap()
}

/// A new element, with all that the file asks of one.
fn element(code: &str, like: &str) -> Change {
    let tables = Tables::read(SHIPPED).unwrap();
    let mut cells = tables.row(Sheet::Elements, like).unwrap().cells.clone();
    cells.insert("code".to_owned(), code.to_owned());
    cells.insert("libelle_fr".to_owned(), "Réunions du comité".to_owned());
    Change {
        sheet: Sheet::Elements,
        key: code.to_owned(),
        cells: Some(cells),
        after: Some(like.to_owned()),
    }
}

#[test]
fn an_old_quarter_keeps_its_form() {
    // SOC_CONFLITS_REG is used by V043 and I111: they go with it.
    let changes = [
        element("SOC_COMITE", "SOC_CONFLITS"),
        retire(Sheet::Rules, "V043"),
        retire(Sheet::Indicators, "I111"),
        retire(Sheet::Elements, "SOC_CONFLITS_REG"),
        set(Sheet::Elements, "SOC_CONFLITS", &[("libelle_fr", "Conflits signalés")]),
    ];
    let before = first();
    let editions = before.with(quarter("2025T1"), &changes).unwrap();
    let (old, new) = (editions.in_force(quarter("2024T4")), editions.in_force(quarter("2025T1")));
    let form = |it: &Questionnaire| -> Vec<String> {
        let number = it.element(it.element_number("SOC_CONFLITS").unwrap()).data_set;
        let form = it.form(number, Tier::Complete);
        form.parts.iter().map(|part| it.element(part.element).code.clone()).collect()
    };
    let (old_form, new_form) = (form(&old), form(&new));
    assert!(old_form.contains(&"SOC_CONFLITS_REG".to_owned()));
    assert!(!old_form.contains(&"SOC_COMITE".to_owned()));
    assert!(!new_form.contains(&"SOC_CONFLITS_REG".to_owned()));
    // The new question stands where it was put on paper, not at the end.
    let at = new_form.iter().position(|it| it == "SOC_COMITE").unwrap();
    assert_eq!(new_form[at - 1], "SOC_CONFLITS");
    let label = |it: &Questionnaire| {
        it.element(it.element_number("SOC_CONFLITS").unwrap()).label.french.clone()
    };
    assert_ne!(label(&old), label(&new));
    assert_eq!(label(&new), "Conflits signalés");
    // Values of all quarters are read with one numbering, and the shipped numbers did not move.
    for it in before.newest().elements() {
        let numbers = [&old, &new, before.newest()].map(|one| one.element_number(&it.code));
        assert!(numbers.iter().all(|one| *one == numbers[0]), "{}", it.code);
    }
    assert_eq!(old.mark(), before.newest().mark());
    assert_ne!(old.mark(), new.mark());
    assert!(new.rules().iter().all(|it| it.code != "V043"));
    assert!(!new.indicator("I111").unwrap().in_force);
}

#[test]
fn a_total_adds_the_cells_that_its_quarter_asked() {
    // INSTR gains an option; what was counted before it has a total all the same.
    let new = [("dimension", "CANAL"), ("option", "MOBILE"), ("libelle_fr", "Argent mobile")];
    let new = [new.as_slice(), &[("libelle_dimension_fr", "Canal")]].concat();
    let changes = [set(Sheet::Options, "CANAL/MOBILE", &new)];
    let editions = first().with(quarter("2025T1"), &changes).unwrap();
    let newest = editions.newest();
    let number = newest.element_number("COO_RECU").unwrap();
    let element = newest.element(number);
    let cells = Cells::all(number, element);
    let mut values = Values::default();
    for (at, _) in element.cells.iter().enumerate() {
        let id = CellId { element: number, cell: u16::try_from(at).unwrap() };
        let is_new = newest.cell_text(id).contains("CANAL=MOBILE");
        for period in ["2024T4", "2025T1"] {
            if !is_new || period == "2025T1" {
                let period = Period::Quarter(quarter(period));
                values.set("A", period, id, Value::Number(10.into()));
            }
        }
    }
    let total = |values: &UnitValues, at: &str| values.total(Period::Quarter(quarter(at)), &cells);
    let count = i64::try_from(element.cells.len()).unwrap();
    let own = values.of("A").unwrap();
    // Ten in each cell that the quarter asks.
    let split = first().newest().element(number).cells.len();
    assert_eq!(total(own, "2024T4"), Some((10 * i64::try_from(split).unwrap()).into()));
    assert_eq!(total(own, "2025T1"), Some((10 * count).into()));
    // A return of 2025T1 that was filled in with the paper of before is read under its own.
    let period = Period::Quarter(quarter("2025T1"));
    values.read_as("A", period, quarter("2024T4"));
    let own = values.of("A").unwrap();
    assert_eq!(total(own, "2025T1"), Some((10 * i64::try_from(split).unwrap()).into()));
}

#[test]
fn an_edition_that_does_not_hold_together_is_refused_where_it_is_wrong() {
    let edition = |changes: &[Change]| first().with(quarter("2025T1"), changes).unwrap_err();
    let indicator = |cells: &[(&str, &str)]| set(Sheet::Indicators, "I010", cells);
    for (changes, row, column, character, problem) in [
        (
            vec![indicator(&[("numerateur", "[EDI_CONS|SEXE=F]+[EDI_CONSX]")])],
            "I010",
            "numerateur",
            Some(19),
            ContentProblem::Unknown("EDI_CONSX".into()),
        ),
        (
            vec![indicator(&[("numerateur", "[EDI_CONS]+[FIN_TDRL]")])],
            "I010",
            "numerateur",
            Some(11),
            ContentProblem::Units(expressions::UnitProblem::Sum("personnes".into(), "FCFA".into())),
        ),
        (
            vec![indicator(&[("numerateur", "[FIN_TDRL]")])],
            "I010",
            "unite",
            None,
            ContentProblem::OtherUnit { announced: "%".into(), found: "FCFA".into() },
        ),
        (
            vec![indicator(&[("numerateur", "CUMUL4([EDI_CONS])")])],
            "I010",
            "numerateur",
            Some(8),
            ContentProblem::NotAFlow("EDI_CONS".into()),
        ),
        (
            vec![indicator(&[("numerateur", "1+[DEM_POP_SRC]")])],
            "I010",
            "numerateur",
            Some(3),
            ContentProblem::Words("DEM_POP_SRC".into()),
        ),
        (
            vec![retire(Sheet::Elements, "SOC_CONFLITS_REG")],
            "V043",
            "gauche",
            Some(1),
            ContentProblem::Retired("SOC_CONFLITS_REG".into()),
        ),
        (
            vec![retire(Sheet::Options, "SEXE/F")],
            "V004",
            "gauche",
            Some(1),
            ContentProblem::Retired("F".into()),
        ),
        (
            vec![set(Sheet::Elements, "SOC_CONFLITS", &[("unite", "personnes")])],
            "SOC_CONFLITS",
            "unite",
            None,
            ContentProblem::OtherMeaning("SOC_CONFLITS".into()),
        ),
        (
            vec![set(Sheet::Parameters, "P_SESS_AN", &[("periode_validite", "un jour")])],
            "P_SESS_AN",
            "periode_validite",
            None,
            ContentProblem::NotATime("un jour".into()),
        ),
    ] {
        let error = edition(&changes);
        let found = (error.row(), error.column.as_str(), error.character(), &error.problem);
        assert_eq!(found, (row, column, character, &problem), "{error}");
    }
    // What is collected once a year changes when its year begins.
    let yearly = [element("DEM_ESSAI", "DEM_MENAGES")];
    assert!(first().with(quarter("2025T1"), &yearly).is_ok());
    let error = first().with(quarter("2025T2"), &yearly).unwrap_err();
    assert_eq!(error.problem, ContentProblem::WithinYear("DEM_ESSAI".into()));
}

#[test]
fn every_mistake_of_an_edition_is_told_and_none_twice() {
    let indicator = |code: &str, cells: &[(&str, &str)]| set(Sheet::Indicators, code, cells);
    let changes = [
        // A form that does not exist: the rules that read the element are not wrong for that.
        set(Sheet::Elements, "SOC_CONFLITS", &[("jeu", "J99")]),
        retire(Sheet::Elements, "SOC_CONFLITS_REG"),
        set(Sheet::Rules, "V001", &[("gravite", "grave")]),
        indicator("I010", &[("numerateur", "[EDI_CONS|SEXE=F]+["), ("denominateur", "[EDI_X]")]),
        indicator("I001", &[("decimales", "neuf")]),
    ];
    let wrong = first().check(quarter("2025T1"), &changes).unwrap_err();
    let found: Vec<(&str, &str, Option<usize>)> =
        wrong.iter().map(|it| (it.row(), it.column.as_str(), it.character())).collect();
    assert_eq!(
        found,
        [
            ("SOC_CONFLITS", "jeu", None),
            ("V001", "gravite", None),
            ("V043", "gauche", Some(1)),
            ("I001", "decimales", None),
            ("I010", "numerateur", Some(20)),
            ("I010", "denominateur", Some(1)),
            ("I111", "numerateur", Some(8)),
        ]
    );
    // Mended one by one, each leaves the others.
    for at in 0..changes.len() {
        let mut rest = changes.to_vec();
        rest.remove(at);
        let left = first().check(quarter("2025T1"), &rest).unwrap_err();
        assert!(left.len() < wrong.len(), "{:?}", changes[at].key);
    }
    // The first is the one that refuses the whole.
    assert_eq!(first().with(quarter("2025T1"), &changes).unwrap_err(), wrong[0]);
}

#[test]
fn a_parameter_holds_for_its_time() {
    let new = [
        ("code", "P_HAB_PEM"),
        ("libelle_fr", "Norme de desserte"),
        ("valeur", "300"),
        ("unite", "personnes"),
        ("periode_validite", "depuis 2025T2"),
    ];
    let changes = [set(Sheet::Parameters, "P_HAB_PEM@2025-04-01", &new)];
    let editions = first().with(quarter("2025T1"), &changes).unwrap();
    for (at, expected) in [("2024T4", 400), ("2025T1", 400), ("2025T2", 300), ("2031T1", 300)] {
        let held = editions.in_force(quarter(at)).parameters()["P_HAB_PEM"].value;
        assert_eq!(held, expected.into(), "{at}");
    }
    assert_eq!(editions.newest().parameters()["P_HAB_PEM"].value, 300.into());
}

#[test]
fn the_changes_between_two_editions_make_one_into_the_other() {
    let before = first();
    let changes = [
        element("SOC_COMITE", "SOC_CONFLITS"),
        retire(Sheet::Rules, "V043"),
        set(Sheet::Elements, "SOC_CONFLITS", &[("libelle_fr", "Conflits"), ("reference", "")]),
    ];
    let after = before.with(quarter("2025T1"), &changes).unwrap();
    let found = before.last().tables.changes_to(&after.last().tables);
    let mut again = before.last().tables.clone();
    found.iter().for_each(|it| again.apply(it));
    let same = |sheet: Sheet| {
        let rows = |it: &Tables| -> Vec<_> {
            it.rows(sheet).iter().map(|it| (it.key.clone(), it.cells.clone())).collect()
        };
        rows(&again) == rows(&after.last().tables)
    };
    assert!(Sheet::ALL.into_iter().all(same));
    let kinds: Vec<(&str, bool)> =
        found.iter().map(|it| (it.key.as_str(), it.cells.is_some())).collect();
    assert_eq!(kinds, [("SOC_CONFLITS", true), ("SOC_COMITE", true), ("V043", false)]);
    let size = serde_json::to_vec(&found).unwrap().len();
    assert!(size < 2_000, "{size} bytes");
}
