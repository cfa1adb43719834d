//! The worked example, as files give it.

use std::sync::Arc;

use super::*;
use crate::questionnaire::{Gathering, Level, Questionnaire};
use crate::testing::Country;
use crate::values::example;
use kernel::Language;
use web::Catalogue;

fn land(country: &Country, invented: bool) -> Arc<Land> {
    Arc::new(Land { tree: country.tree.clone(), invented, ..Land::default() })
}

fn computed(country: &Country) -> Computed {
    let questionnaire = Questionnaire::shipped().unwrap();
    let quarter = "2024T4".parse().unwrap();
    Computed::new(&country.data(), questionnaire, land(country, true), quarter)
}

pub(crate) fn catalogue() -> Catalogue {
    let mut parts = web::words().to_vec();
    parts.push(words());
    parts.push((include_str!("../engine.fr.ftl"), include_str!("../engine.en.ftl")));
    Catalogue::new(&parts).unwrap()
}

#[test]
fn the_file_is_the_expected_one_to_the_byte() {
    let computed = computed(&Country::example(false));
    // Timeliness and completeness depend on days that the example's values do not hold.
    let counted =
        |it: &usize| computed.questionnaire().indicators()[*it].gathering != Gathering::Counted;
    let numbers: Vec<usize> =
        (0..computed.questionnaire().indicators().len()).filter(counted).collect();
    let units = ["EX-CERCLE", "EX-C2", "EX-C1", "EX-C3", "EX-C1"].map(str::to_owned);
    let found = csv(&lines(&computed, &numbers, &units, None, false)).unwrap();
    assert_eq!(String::from_utf8(found).unwrap(), example::RESULTS);
}

#[test]
fn restricted_figures_are_not_published_for_a_commune_alone_nor_for_a_few() {
    let computed = computed(&Country::example(true));
    let withheld = Withheld::of(&computed);
    let number = number_of(computed.questionnaire(), "I003").unwrap();
    assert!(is_restricted(
        computed.questionnaire(),
        &computed.questionnaire().indicators()[number]
    ));
    for (unit, hidden) in
        [("EX-C1", true), ("EX-C2", true), ("EX-C3", true), ("EX-CERCLE", false), ("NATION", false)]
    {
        assert_eq!(withheld.holds(&computed, number, unit), hidden, "{unit}");
    }
    let units = ["EX-C1", "EX-CERCLE"].map(str::to_owned);
    let found = lines(&computed, &[number], &units, Some(&withheld), false);
    let text = String::from_utf8(csv(&found).unwrap()).unwrap();
    assert!(text.contains("I003,EX-C1,2024T4,,,restreint,1/1\n"), "{text}");
    assert!(text.contains("I003,EX-CERCLE,2024T4,1213.0000,60718.0000,2.0,3/3\n"), "{text}");
    let open = number_of(computed.questionnaire(), "I010").unwrap();
    assert!(!withheld.holds(&computed, open, "EX-C1"));
}

#[test]
fn a_figure_that_its_neighbours_would_give_away_is_withheld_too() {
    let mut country = Country::new(&[
        ("R", Level::Region, None),
        ("K1", Level::Cercle, Some("R")),
        ("K2", Level::Cercle, Some("R")),
        ("K3", Level::Cercle, Some("R")),
        ("A", Level::Commune, Some("K1")),
        ("B", Level::Commune, Some("K1")),
        ("C", Level::Commune, Some("K2")),
        ("D", Level::Commune, Some("K2")),
        ("E", Level::Commune, Some("K3")),
        ("F", Level::Commune, Some("K3")),
    ]);
    for (unit, displaced) in
        [("A", "2"), ("B", "3"), ("C", "20"), ("D", "9"), ("E", "50"), ("F", "60")]
    {
        country.fill(unit, "2024", &[("DEM_POP", "1000"), ("DEM_DEPLACES", displaced)]);
    }
    let computed = computed(&country);
    let withheld = Withheld::of(&computed);
    let number = number_of(computed.questionnaire(), "I003").unwrap();
    let hidden = |unit: &str| withheld.holds(&computed, number, unit);
    // K1 counts five persons. Were it alone, R minus K2 minus K3 would tell: K2 goes with it.
    assert_eq!([hidden("R"), hidden("K1"), hidden("K2"), hidden("K3")], [false, true, true, false]);
}

#[test]
fn formulas_are_said_in_words_in_both_languages() {
    let catalogue = catalogue();
    let questionnaire = Questionnaire::shipped().unwrap();
    for language in [Language::French, Language::English] {
        let say = Say { catalogue: &catalogue, language };
        for indicator in questionnaire.indicators() {
            let told = format!("{:?}", define(&say, questionnaire, indicator));
            assert!(!told.contains("??"), "{}: {told}", indicator.code);
        }
    }
    let say = Say { catalogue: &catalogue, language: Language::French };
    let women = questionnaire.indicator("I010").unwrap();
    assert_eq!(
        define(&say, questionnaire, women).numerator,
        "conseillers en exercice (femmes / filles)"
    );
    let sessions = questionnaire.indicator("I015").unwrap();
    assert_eq!(
        define(&say, questionnaire, sessions).numerator,
        "somme, sur quatre trimestres, de\u{a0}: sessions ordinaires du conseil tenues"
    );
}

#[test]
fn a_percentage_is_set_as_each_language_sets_it() {
    let catalogue = catalogue();
    let women = Questionnaire::shipped().unwrap().indicator("I010").unwrap();
    for (language, told) in [(Language::French, "31,3\u{a0}%"), (Language::English, "31.3%")] {
        let say = Say { catalogue: &catalogue, language };
        assert_eq!(say.value(women, Some("31.25".parse().unwrap())), told);
    }
}

#[test]
fn both_catalogues_hold_the_same_keys_and_french_is_well_set() {
    let keys = |text: &str| -> Vec<String> {
        let lines = text.lines().filter(|it| !it.starts_with([' ', '#', '}']));
        lines.filter_map(|it| it.split_once(" = ")).map(|it| it.0.to_owned()).collect()
    };
    let (french, english) = words();
    assert_eq!(keys(french), keys(english));
    for line in french.lines().filter(|it| !it.starts_with('#')) {
        for wrong in [" ;", " !", " ?", " :", "« ", " »", "'"] {
            assert!(!line.contains(wrong), "{wrong:?} in {line}");
        }
    }
    let mut sources = String::new();
    for folder in ["src/analysis", "src/reports", "templates/analysis", "templates/reports"] {
        gather(&std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(folder), &mut sources);
    }
    for key in keys(french) {
        // Keys whose end is a word of the data are built from their beginning.
        let built = [
            "analysis-level-",
            "analysis-move",
            "analysis-function-",
            "analysis-series-",
            "report-ccc-",
            "report-cro-",
            "report-cno-",
            "report-late-",
            "report-absent-",
            "report-col-",
        ];
        let used = sources.contains(&format!("\"{key}\""));
        assert!(used || built.iter().any(|it| key.starts_with(it)), "nothing says {key}");
    }
}

/// All the texts under a folder.
fn gather(folder: &std::path::Path, into: &mut String) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            gather(&path, into);
        } else {
            into.push_str(&std::fs::read_to_string(&path).unwrap());
        }
    }
}
