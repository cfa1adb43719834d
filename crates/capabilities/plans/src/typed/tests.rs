//! What is read, what is refused, and where.

use super::*;
use crate::testing::day;

fn ground() -> Ground {
    Ground {
        plan: Plan {
            id: Id::mint(),
            commune: "ML020503".to_owned(),
            title: "PDSEC 2023-2027".to_owned(),
            first: 2023,
            last: 2027,
            revises: None,
            invented: false,
            adoption: None,
        },
        villages: vec![
            ("20503001".to_owned(), "DIALAKORO".to_owned()),
            ("20503002".to_owned(), "SIKORO".to_owned()),
            ("20503003".to_owned(), "SIKORO".to_owned()),
        ],
        owners: Vec::new(),
    }
}

fn well() -> TypedLine {
    TypedLine {
        sector: "eau".to_owned(),
        action: "Forage équipé".to_owned(),
        years: "2024".to_owned(),
        cost: "8 500 000 FCFA".to_owned(),
        funding: "ANICT, commune".to_owned(),
        priority: "1".to_owned(),
        ..TypedLine::default()
    }
}

#[test]
fn a_line_of_one_year_costs_in_it_what_it_costs_in_all() {
    let line = well().read(&ground(), Id::mint()).unwrap();
    assert_eq!((line.sector.as_str(), line.cost, line.priority), ("HYD", Some(8_500_000), Some(1)));
    assert_eq!(line.years, [Tranche { year: 2024, cost: Some(8_500_000) }]);
    assert_eq!(line.funding, [Funding::Anict, Funding::Own]);
}

#[test]
fn years_are_written_in_many_ways() {
    for (written, expected) in [
        ("2024", Some(vec![2024])),
        ("2024-2026", Some(vec![2024, 2025, 2026])),
        ("2024 à 2025", Some(vec![2024, 2025])),
        ("2025, 2024; 2025", Some(vec![2024, 2025])),
        ("2024/2025", Some(vec![2024, 2025])),
        ("", Some(vec![])),
        ("2026-2024", None),
        ("24", None),
        ("bientôt", None),
    ] {
        assert_eq!(years(written), expected, "{written}");
    }
}

#[test]
fn what_a_year_costs_is_told_or_stays_unknown() {
    let read = |years: &str, cost: &str, costs: &[(i64, &str)]| {
        let typed = TypedLine {
            years: years.to_owned(),
            cost: cost.to_owned(),
            costs: costs.iter().map(|it| (it.0, it.1.to_owned())).collect(),
            ..well()
        };
        typed
            .read(&ground(), Id::mint())
            .map(|it| (it.cost, it.years.iter().map(|it| (it.year, it.cost)).collect::<Vec<_>>()))
    };
    // Two years and one cost: nobody said how it is divided.
    let both = vec![(2024, None), (2025, None)];
    assert_eq!(read("2024-2025", "10 000 000", &[]), Ok((Some(10_000_000), both)));
    // Costs year by year give the years and the whole.
    let both = vec![(2024, Some(4_000_000)), (2025, Some(6_000_000))];
    let costs = [(2024, "4 000 000"), (2025, "6000000")];
    assert_eq!(read("", "", &costs), Ok((Some(10_000_000), both.clone())));
    assert_eq!(read("", "10 000 000", &costs), Ok((Some(10_000_000), both)));
    let refused = read("", "9 000 000", &costs).unwrap_err();
    assert_eq!(refused.0[0].1.key, "plans-costs-differ");
    // A part of the years without a cost: the whole may be more.
    let part = vec![(2024, Some(4_000_000)), (2025, None)];
    assert_eq!(read("2024-2025", "9000000", &costs[..1]), Ok((Some(9_000_000), part)));
    let part = vec![(2024, Some(4_000_000)), (2025, None)];
    assert_eq!(read("2024-2025", "", &costs[..1]), Ok((None, part)));
}

#[test]
fn each_mistake_is_named_with_its_field() {
    let wrong = |change: fn(&mut TypedLine)| {
        let mut typed = well();
        change(&mut typed);
        let refusals = typed.read(&ground(), Id::mint()).unwrap_err();
        refusals.0.into_iter().map(|it| format!("{} {}", it.0, it.1.key)).collect::<Vec<_>>()
    };
    for (change, expected) in [
        ((|it| it.action = " ".to_owned()) as fn(&mut TypedLine), "action plans-no-action"),
        (|it| it.action = "a".repeat(601), "action plans-too-long"),
        (|it| it.sector = "astronomie".to_owned(), "secteur plans-bad-sector"),
        (|it| it.place = "Tombouctou".to_owned(), "lieu plans-bad-village"),
        (|it| it.place = "Sikoro".to_owned(), "lieu plans-several-villages"),
        (|it| it.years = "bientôt".to_owned(), "annees plans-bad-years"),
        (|it| it.years = "2028".to_owned(), "annees plans-year-outside"),
        (|it| it.years = String::new(), "annees plans-no-years"),
        (|it| it.cost = "beaucoup".to_owned(), "cout plans-bad-amount"),
        (|it| it.cost = "-5".to_owned(), "cout plans-bad-amount"),
        (|it| it.cost = "1,5".to_owned(), "cout plans-bad-amount"),
        (|it| it.funding = "loterie".to_owned(), "financement plans-bad-funding"),
        (|it| it.priority = "0".to_owned(), "priorite plans-bad-priority"),
        (|it| it.owner = "Syndicat du fleuve".to_owned(), "maitre_ouvrage plans-bad-owner"),
    ] {
        assert_eq!(wrong(change), [expected]);
    }
}

#[test]
fn a_village_is_known_by_its_name_or_its_code() {
    for (typed, code) in
        [("dialakoro", Some("20503001")), ("20503002", Some("20503002")), ("", None)]
    {
        let line = TypedLine { place: typed.to_owned(), ..well() };
        let read = line.read(&ground(), Id::mint()).unwrap();
        assert_eq!(read.village.as_deref(), code, "{typed}");
    }
}

#[test]
fn giving_up_needs_a_reason_and_money_needs_a_source() {
    let step = |state: &str, paid: &str, funding: &str, reason: &str| {
        let typed = TypedStep {
            state: state.to_owned(),
            day: "12/03/2024".to_owned(),
            paid: paid.to_owned(),
            funding: funding.to_owned(),
            reason: reason.to_owned(),
        };
        typed
            .read(Id::mint(), day("2024-06-01"))
            .map(|it| (it.state, it.paid))
            .map_err(|it| it.0.into_iter().map(|it| it.0).collect::<Vec<_>>())
    };
    let fields = |it: &[&str]| Err(it.iter().map(|it| (*it).to_owned()).collect());
    assert_eq!(step("realisee", "500000", "ANICT", ""), Ok((State::Done, Some(500_000))));
    assert_eq!(step("realisee", "", "ANICT", ""), Ok((State::Done, None)));
    assert_eq!(step("abandonnee", "", "", ""), fields(&["motif"]));
    assert_eq!(step("abandonnee", "", "", "nappe trop profonde"), Ok((State::GivenUp, None)));
    assert_eq!(step("en-cours", "500000", "", ""), fields(&["financement"]));
    assert_eq!(step("finie", "", "", ""), fields(&["etat"]));
}

#[test]
fn a_plan_has_a_title_and_up_to_fifteen_years() {
    let read = |title: &str, first: &str, last: &str| {
        let typed =
            TypedPlan { title: title.to_owned(), first: first.to_owned(), last: last.to_owned() };
        typed.read().map_err(|it| it.0.into_iter().map(|it| it.0).collect::<Vec<_>>())
    };
    let fields = |it: &[&str]| Err(it.iter().map(|it| (*it).to_owned()).collect());
    assert_eq!(read(" PDSEC ", "2023", "2027"), Ok(("PDSEC".to_owned(), 2023, 2027)));
    assert_eq!(read("PDSEC", "2024", "2024"), Ok(("PDSEC".to_owned(), 2024, 2024)));
    assert_eq!(read("PDSEC", "2027", "2023"), fields(&["a"]));
    assert_eq!(read("PDSEC", "2010", "2025"), fields(&["a"]));
    assert_eq!(read("", "x", "2025"), fields(&["titre", "de"]));
}
