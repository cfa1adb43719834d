use super::*;
use crate::questionnaire::{Cells, Level};
use crate::testing::Country;
use crate::values::example;
use kernel::Quarter;

fn quarter(text: &str) -> Quarter {
    text.parse().unwrap()
}

/// The lines of `example_results.csv`, written from the outcomes of these units.
fn written(results: &Results<'_>, units: &[(&str, &str)]) -> Vec<String> {
    let mut lines = Vec::new();
    for (indicator, unit, outcome) in results.iter() {
        let Some((_, shown_as)) = units.iter().find(|(code, _)| *code == unit) else {
            continue;
        };
        // Timeliness and completeness depend on dates that the example does not hold.
        if indicator.gathering == crate::questionnaire::Gathering::Counted {
            continue;
        }
        lines.push(format!(
            "{},{shown_as},{},{},{},{},{}",
            indicator.code,
            results.quarter(),
            outcome.numerator_text(),
            outcome.denominator_text(),
            outcome.shown,
            outcome.respondents_text(),
        ));
    }
    lines
}

fn sorted(lines: impl IntoIterator<Item = String>) -> Vec<String> {
    let mut lines: Vec<String> = lines.into_iter().collect();
    lines.sort();
    lines
}

#[test]
fn the_worked_example_gives_the_expected_results_to_the_character() {
    let country = Country::example(false);
    let data = country.data();
    let results = compute(&data, quarter("2024T4"));
    let units =
        [("EX-C1", "EX-C1"), ("EX-C2", "EX-C2"), ("EX-C3", "EX-C3"), ("EX-CERCLE", "EX-CERCLE")];
    let expected: Vec<String> = example::RESULTS.lines().skip(1).map(str::to_owned).collect();
    assert_eq!(expected.len(), 300);
    let found = sorted(written(&results, &units));
    assert_eq!(found.len(), expected.len());
    for (found, expected) in found.iter().zip(sorted(expected)) {
        assert_eq!(*found, expected);
    }
}

#[test]
fn a_region_and_a_nation_show_what_their_only_cercle_shows() {
    let country = Country::example(true);
    let data = country.data();
    let results = compute(&data, quarter("2024T4"));
    let expected: Vec<String> = example::RESULTS
        .lines()
        .filter(|it| it.contains(",EX-CERCLE,"))
        .map(str::to_owned)
        .collect();
    assert_eq!(expected.len(), 78);
    for unit in ["EX-CERCLE", "REGION", "NATION"] {
        assert_eq!(sorted(written(&results, &[(unit, "EX-CERCLE")])), sorted(expected.clone()));
    }
    assert_eq!(results.missing("I045", "NATION"), ["EX-C2"]);
    assert_eq!(results.missing("I019", "EX-CERCLE"), ["EX-C1"]);
    assert!(results.missing("I010", "REGION").is_empty());
}

/// Two communes of one cercle, a third that has sent nothing, and a commune of the district, which
/// has no cercle.
fn two_answers_of_four() -> Country {
    let mut country = Country::new(&[
        ("MALI", Level::Nation, None),
        ("R", Level::Region, Some("MALI")),
        ("D", Level::Region, Some("MALI")),
        ("K", Level::Cercle, Some("R")),
        ("A", Level::Commune, Some("K")),
        ("B", Level::Commune, Some("K")),
        ("C", Level::Commune, Some("K")),
        ("I", Level::Commune, Some("D")),
    ]);
    // Councillors: 3 women of 11, 1 woman of 4.
    country.fill("A", "2024T1", &[("EDI_CONS", "0"), ("EDI_CONS|SEXE=F;AGE_ELU=E35", "3")]);
    country.fill("A", "2024T1", &[("EDI_CONS|SEXE=H;AGE_ELU=E60P", "8")]);
    country.fill("B", "2024T1", &[("EDI_CONS", "1"), ("EDI_CONS|SEXE=H;AGE_ELU=E35", "3")]);
    // The third has filled one cell only, the fourth does not know.
    country.fill("C", "2024T1", &[("EDI_CONS|SEXE=F;AGE_ELU=E35", "9")]);
    country.fill("I", "2024T1", &[("EDI_CONS", "NSP")]);
    // Days without medicine: 10 days in 3 centres, 30 days in 1 centre.
    country.fill("A", "2024T1", &[("SAN_RUPT", "10"), ("SAN_CSCOM", "3")]);
    country.fill("B", "2024T1", &[("SAN_RUPT", "30"), ("SAN_CSCOM", "1")]);
    country.fill("I", "2024T1", &[("SAN_RUPT", "5")]);
    // No market place at all in A.
    country.fill("A", "2024T1", &[("ECO_PLACES", "0"), ("ECO_PLACES_OCC", "0")]);
    country.fill("B", "2024T1", &[("ECO_PLACES", "8"), ("ECO_PLACES_OCC", "2")]);
    country
}

#[test]
fn a_small_country_computed_by_hand() {
    let country = two_answers_of_four();
    let data = country.data();
    let results = compute(&data, quarter("2024T1"));
    for (indicator, unit, expected) in [
        // 3/11, 1/4, then 4/15: not the mean of 27.3 and 25.
        ("I010", "A", "3.0000 11.0000 27.3 1/1"),
        ("I010", "B", "1.0000 4.0000 25.0 1/1"),
        ("I010", "C", "  n.d. 0/1"),
        ("I010", "I", "  n.d. 0/1"),
        ("I010", "K", "4.0000 15.0000 26.7 2/3"),
        ("I010", "D", "  n.d. 0/1"),
        ("I010", "MALI", "4.0000 15.0000 26.7 2/4"),
        // (10×3 + 30×1)/4; the commune of the district has no weight.
        ("I048", "I", "5.0000 1.0000 5.0 1/1"),
        ("I048", "K", "60.0000 4.0000 15.0 2/3"),
        ("I048", "MALI", "60.0000 4.0000 15.0 2/4"),
        // Zero is an answer: A counts among the respondents and has no rate of its own.
        ("I100", "A", "0.0000 0.0000 n.d. 1/1"),
        ("I100", "R", "2.0000 8.0000 25.0 2/3"),
    ] {
        let it = results.outcome(indicator, unit).unwrap();
        let found = format!(
            "{} {} {} {}",
            it.numerator_text(),
            it.denominator_text(),
            it.shown,
            it.respondents_text()
        );
        assert_eq!(found, expected, "{indicator} {unit}");
    }
    assert_eq!(results.missing("I010", "MALI"), ["C", "I"]);
    assert_eq!(results.missing("I048", "MALI"), ["C", "I"]);
    assert_eq!(results.outcome("I180", "A"), None, "the centre answers for the cercle");
    assert!(results.outcome("I180", "K").is_some());
}

#[test]
fn parity_is_computed_again_on_those_who_answer_both_parts() {
    let mut country = two_answers_of_four();
    for (unit, girls, boys, at_7) in [("A", "30", "50", "100"), ("B", "90", "80", "100")] {
        let girls = ("EDU_ELEVES|SEXE=F;CYCLE=F1;STATUT_ECOLE=PUB", girls);
        let boys = ("EDU_ELEVES|SEXE=H;CYCLE=F1;STATUT_ECOLE=PUB", boys);
        country.fill(unit, "2023", &[("EDU_ELEVES", "0"), girls, boys]);
        let (girls, boys) = ("DEM_POP|SEXE=F;AGE_POP=A07_12", "DEM_POP|SEXE=H;AGE_POP=A07_12");
        country.fill(unit, "2024", &[("DEM_POP", "0"), (girls, at_7), (boys, at_7)]);
    }
    // Pupils without a population: nothing can be said, nor added.
    country.fill("C", "2023", &[("EDU_ELEVES", "500")]);
    let data = country.data();
    let results = compute(&data, quarter("2024T1"));
    let cercle = results.outcome("I062", "K").unwrap();
    // (30+90)/200 over (50+80)/200.
    assert_eq!(cercle.numerator_text(), "0.6000");
    assert_eq!(cercle.denominator_text(), "0.6500");
    assert_eq!((cercle.shown.as_str(), cercle.respondents_text().as_str()), ("0.92", "2/3"));
}

#[test]
fn timeliness_and_completeness_are_counted() {
    let mut country = two_answers_of_four();
    for (unit, on_time) in [("A", 9), ("B", 0)] {
        let returns = crate::aggregation::Returns { expected: 9, on_time };
        country.returns.insert(unit.to_owned(), returns);
    }
    let data = country.data();
    let results = compute(&data, quarter("2024T1"));
    let timeliness = results.outcome("I182", "K").unwrap();
    assert_eq!(
        (timeliness.shown.as_str(), timeliness.respondents_text().as_str()),
        ("50.0", "2/3")
    );
    // A: six cells of councillors and one of health centres, of the 120 of the quarter.
    let completeness = results.outcome("I183", "A").unwrap();
    assert_eq!(completeness.numerator_text(), "7.0000");
    assert_eq!(completeness.denominator_text(), "120.0000");
    let unknown = results.outcome("I183", "I").unwrap();
    assert_eq!(unknown.numerator_text(), "5.0000", "« ne sait pas » is not a value");
}

#[test]
fn the_values_of_a_larger_unit_say_who_answered() {
    let mut country = two_answers_of_four();
    country.fill("A", "2024T1", &[("EDI_MAIRE_F", "oui"), ("EDI_SESS_ORD", "1")]);
    country.fill("B", "2024T1", &[("EDI_MAIRE_F", "non")]);
    for period in ["2024T2", "2024T3", "2024T4"] {
        country.fill("A", period, &[("EDI_SESS_ORD", "1"), ("SAN_CSCOM", "4")]);
    }
    let data = country.data();
    for (code, unit, period, expected) in [
        ("EDI_MAIRE_F", "MALI", "2024T1", "1 2/4"),
        ("SAN_RUPT", "K", "2024T1", "20 2/3"),
        ("SAN_RUPT", "C", "2024T1", "- 0/1"),
        ("SAN_CSCOM", "R", "2024T1", "4 2/3"),
        ("EDI_CONS", "MALI", "2024T1", "15 2/4"),
        // A year: four sessions, and the health centres of the last quarter.
        ("EDI_SESS_ORD", "K", "2024", "4 1/3"),
        ("SAN_CSCOM", "K", "2024", "4 1/3"),
        ("DEM_POP_SRC", "K", "2024", "- 0/3"),
        ("CCC_CT", "A", "2024T1", "- 0/0"),
    ] {
        let number = data.questionnaire.element_number(code).unwrap();
        let cells = Cells::all(number, data.questionnaire.element(number));
        let it = data.aggregate(country.place(unit), &cells, period.parse().unwrap());
        let value = it.value.map_or("-".to_owned(), |it| it.normalize().to_string());
        let found = format!("{value} {}/{}", it.respondents, it.expected);
        assert_eq!(found, expected, "{code} {unit} {period}");
    }
}

/// The communes of Mali at the time of the guide, in its regions and cercles, each answering as one
/// of the example's communes does.
#[test]
fn the_whole_country_is_consolidated_and_conserves_sums() {
    let example = Country::example(false);
    let mut units = vec![("M".to_owned(), Level::Nation, None)];
    let mut copies = Vec::new();
    for commune in 0..703 {
        let cercle = commune % 49;
        let (region, cercle) = (format!("R{}", cercle % 9), format!("K{cercle}"));
        if !units.iter().any(|(code, ..)| *code == region) {
            units.push((region.clone(), Level::Region, Some("M".to_owned())));
        }
        if !units.iter().any(|(code, ..)| *code == cercle) {
            units.push((cercle.clone(), Level::Cercle, Some(region)));
        }
        let code = format!("C{commune:03}");
        copies.push((code.clone(), ["EX-C1", "EX-C2", "EX-C3"][commune % 3]));
        units.push((code, Level::Commune, Some(cercle)));
    }
    let units: Vec<_> = units
        .iter()
        .map(|(code, level, above)| (code.as_str(), *level, above.as_deref()))
        .collect();
    let mut country = Country::new(&units);
    for (code, model) in &copies {
        country.values.copy(model, &example.values, code);
    }
    let data = country.data();
    let started = std::time::Instant::now();
    let results = compute(&data, quarter("2024T4"));
    println!("consolidation of {} units: {:?}", units.len(), started.elapsed());
    for indicator in data.questionnaire.indicators() {
        let total = |level| -> (Decimal, Decimal, u32) {
            let places = data.tree.at_level(0, level);
            places.fold((Decimal::ZERO, Decimal::ZERO, 0), |(top, bottom, count), it| {
                let it = results.outcome(&indicator.code, &data.tree.units()[it].code).unwrap();
                let sum = |sum: Decimal, it: Option<Decimal>| sum + it.unwrap_or_default();
                (sum(top, it.numerator), sum(bottom, it.denominator), count + it.respondents)
            })
        };
        if indicator.gathering == crate::questionnaire::Gathering::Recomputed {
            continue;
        }
        assert_eq!(total(Level::Region), total(Level::Nation), "{}", indicator.code);
        assert_eq!(total(Level::Region).2, total(Level::Cercle).2, "{}", indicator.code);
    }
    // One commune of three misses the vaccine, as in the example.
    let vaccine = results.outcome("I045", "M").unwrap();
    assert_eq!(vaccine.respondents_text(), "469/703");
}

/// A population is the denominator of its own year alone.
#[test]
fn changing_the_population_of_2024_leaves_2023_untouched() {
    let before = Country::example(true);
    let mut after = Country::example(true);
    let number = after.questionnaire.element_number("DEM_POP").unwrap();
    let count = after.questionnaire.element(number).cells.len();
    let year: kernel::Period = "2024".parse().unwrap();
    for unit in ["EX-C1", "EX-C2", "EX-C3"] {
        for (cell, _) in (0..).zip(0..count) {
            let id = crate::questionnaire::CellId { element: number, cell };
            let value = after.values.get(unit, year, id).and_then(crate::values::Value::number);
            let doubled = crate::values::Value::Number(value.unwrap() * Decimal::TWO);
            after.values.set(unit, year, id, doubled);
        }
    }
    let (before, after) = (before.data(), after.data());
    let differ = |at: &str| {
        let (one, other) = (compute(&before, quarter(at)), compute(&after, quarter(at)));
        one.iter().zip(other.iter()).filter(|(one, other)| one.2 != other.2).count()
    };
    for at in ["2023T1", "2023T2", "2023T3", "2023T4"] {
        assert_eq!(differ(at), 0, "{at}");
    }
    assert!(0 < differ("2024T4"));
}
