use super::*;
use crate::testing::Country;
use crate::values::example;

fn quarter(text: &str) -> Quarter {
    text.parse().unwrap()
}

fn written(alert: &Alert) -> String {
    let number = |it: Option<Decimal>| it.map(|it| it.normalize().to_string()).unwrap_or_default();
    let (left, right) = (number(alert.left), number(alert.right));
    let Alert { rule, unit, quarter, severity, .. } = alert;
    format!("{rule},{unit},{quarter},{},{left},{right}", severity.word())
}

#[test]
fn the_worked_example_raises_exactly_the_expected_alerts() {
    let expected: Vec<&str> = example::ALERTS.lines().skip(1).collect();
    for (tall, top) in [(false, "EX-CERCLE"), (true, "NATION")] {
        let country = Country::example(tall);
        let alerts = run_under(&country.data(), country.place(top), quarter("2024T4"));
        let found: Vec<String> = alerts.iter().map(written).collect();
        assert_eq!(found, expected);
    }
}

#[test]
fn an_alert_says_its_numbers_as_each_language_prints_them() {
    let country = Country::example(false);
    let alerts = run_under(&country.data(), country.place("EX-C3"), quarter("2024T4"));
    let said =
        |code: &str| alerts.iter().find(|it| it.rule == code).unwrap().message.french.clone();
    assert_eq!(
        said("V003"),
        "Le total par niveau d’instruction (24) diffère du nombre de conseillers (22)."
    );
    assert_eq!(
        said("V060"),
        "Le registre des transferts (6\u{202f}224\u{202f}880) et la comptabilité \
         (7\u{202f}724\u{202f}880) ne concordent pas."
    );
    let english = alerts.iter().find(|it| it.rule == "V060").unwrap();
    assert_eq!(
        english.message.english,
        "The register of transfers (6,224,880) and the accounts (7,724,880) do not agree."
    );
    assert_eq!(english.advice.english, "Reconcile with the tax collector.");
    for Alert { message: Label { french, english }, .. } in &alerts {
        assert!(![french, english].iter().any(|it| it.contains(['{', '}', '\''])), "{english}");
    }
}

fn commune() -> Country {
    Country::new(&[("K", Level::Cercle, None), ("A", Level::Commune, Some("K"))])
}

fn codes(country: &Country, unit: &str, period: &str) -> Vec<String> {
    let alerts = run(&country.data(), country.place(unit), quarter(period));
    alerts.into_iter().map(|it| it.rule).collect()
}

#[test]
fn each_kind_of_rule_at_its_edge() {
    for (cells, expected) in [
        // Nothing is filled in: nothing is wrong.
        (&[][..], &[][..]),
        // Between: 3 to 20 people in a household.
        (&[("2024", "DEM_POP", "300"), ("2024", "DEM_MENAGES", "100")][..], &[][..]),
        (&[("2024", "DEM_POP", "299"), ("2024", "DEM_MENAGES", "100")], &["V068"]),
        (&[("2024", "DEM_POP", "2001"), ("2024", "DEM_MENAGES", "100")], &["V068"]),
        // A division by zero is not an answer.
        (&[("2024", "DEM_POP", "300"), ("2024", "DEM_MENAGES", "0")], &[]),
        // Variation: at most 10 % in a year.
        (&[("2024", "DEM_POP", "110"), ("2023", "DEM_POP", "100")], &[]),
        (&[("2024", "DEM_POP", "111"), ("2023", "DEM_POP", "100")], &["V067"]),
        (&[("2024", "DEM_POP", "89"), ("2023", "DEM_POP", "100")], &["V067"]),
        (&[("2024", "DEM_POP", "89"), ("2023", "DEM_POP", "0")], &[]),
        // Present if: participants are wanted when a session was held, and only then.
        (&[("2024T4", "FOR_SESS", "0")], &[]),
        (&[("2024T4", "FOR_SESS", "1")], &["V014", "V016"]),
        (&[("2024T4", "FOR_SESS", "1"), ("2024T4", "FOR_PART", "0")], &["V014", "V016"]),
        (&[("2024T4", "FOR_SESS", "NSP")], &[]),
        // Zero if: no resolution without a session.
        (
            &[
                ("2024T4", "EDI_DELIB", "2"),
                ("2024T4", "EDI_SESS_ORD", "0"),
                ("2024T4", "EDI_SESS_EXT", "0"),
            ],
            &["V007", "V010"],
        ),
        (
            &[
                ("2024T4", "EDI_DELIB", "0"),
                ("2024T4", "EDI_SESS_ORD", "0"),
                ("2024T4", "EDI_SESS_EXT", "0"),
            ],
            &["V007"],
        ),
        (&[("2024T4", "EDI_DELIB", "2"), ("2024T4", "EDI_SESS_ORD", "0")], &["V007"]),
        // A tolerance of one tenth on the right side.
        (&[("2024T4", "ECO_MARCH_REC", "110"), ("2024T4", "ECO_MARCH_DU", "100")], &[]),
        (&[("2024T4", "ECO_MARCH_REC", "111"), ("2024T4", "ECO_MARCH_DU", "100")], &["V041"]),
        (&[("2024T4", "ECO_MARCH_REC", "111"), ("2024T4", "ECO_MARCH_DU", "0")], &[]),
        // The law's scale of seats; a school is controlled on the part that is known.
        (&[("2024", "DEM_POP", "10001"), ("2024T4", "EDI_SIEGES", "11")], &["V001"]),
        (&[("2024", "EDU_ECOLES", "3"), ("2024", "EDU_LATR", "4")], &["V027", "V028"]),
    ] {
        let mut country = commune();
        for (period, cell, typed) in cells {
            country.fill("A", period, &[(cell, typed)]);
        }
        assert_eq!(codes(&country, "A", "2024T4"), expected, "{cells:?}");
    }
}

#[test]
fn a_sentence_calls_an_element_by_the_end_of_its_code() {
    let mut country = commune();
    country.fill("A", "2024", &[("DEM_POP", "10001")]);
    country.fill("A", "2024T4", &[("EDI_SIEGES", "11")]);
    let alerts = run(&country.data(), country.place("A"), quarter("2024T4"));
    assert_eq!(
        alerts[0].message.french,
        "Le nombre de sièges saisi (11) ne correspond pas à celui que la loi fixe pour \
         10\u{202f}001 habitants (17)."
    );
}

#[test]
fn a_cercle_is_compared_with_its_communes() {
    let mut country = commune();
    country.fill("K", "2024T4", &[("CER_ACTES", "20"), ("EDI_DELIB_TRANS", "11")]);
    assert!(codes(&country, "K", "2024T4").is_empty(), "a commune is awaited");
    country.fill("A", "2024T4", &[("EDI_DELIB_TRANS", "11")]);
    assert_eq!(codes(&country, "K", "2024T4"), ["V066"]);
    country.fill("A", "2024T4", &[("EDI_DELIB_TRANS", "12")]);
    let alerts = run(&country.data(), country.place("K"), quarter("2024T4"));
    let total = alerts.iter().find(|it| it.rule == "V070").unwrap();
    let element = country.questionnaire.element(total.element.unwrap());
    assert_eq!(element.code, "EDI_DELIB_TRANS");
    assert_eq!((total.left, total.right), (Some(11.into()), Some(12.into())));
}

#[test]
fn every_refusal_has_words_in_both_languages() {
    let keys = |text: &str| -> Vec<String> {
        let lines = text.lines().filter_map(|it| it.split_once(" = "));
        lines.map(|(key, _)| key.to_owned()).filter(|it| !it.starts_with([' ', '#'])).collect()
    };
    let french = keys(include_str!("../engine.fr.ftl"));
    assert_eq!(french, keys(include_str!("../engine.en.ftl")));
    let sources = [
        include_str!("../aggregation/tree.rs"),
        include_str!("../questionnaire/content.rs"),
        include_str!("../values/read.rs"),
        include_str!("../../../../base/expressions/src/error.rs"),
    ];
    let mut used = 0;
    for source in sources {
        for key in source.split("Message::new(\"").skip(1).filter_map(|it| it.split('"').next()) {
            assert!(french.iter().any(|it| it == key), "{key}");
            used += 1;
        }
    }
    assert_eq!(used, french.len() - 7, "all the sentences serve, besides severities and levels");
}
