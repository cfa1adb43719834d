//! Random countries with a reform: the figures are those of the reference under the map of each
//! quarter, and the totals of a country are the same under every map.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

mod common;

use common::{Content, Post, day, quarter};
use db::testing;
use identity::Actor;
use journal::{Audience, Draft};
use kernel::{Date, Decimal, Failure, Period};
use monitoring::aggregation::Data;
use monitoring::cube::{self, Ask, Map, Measure, Part, Term};
use monitoring::questionnaire::{Cells, Questionnaire};
use monitoring::store::{self, ReturnFiled, View};
use proptest::prelude::*;
use std::collections::BTreeMap;
use territory::{Level, Load, Source, Unit, Version};

const COMMUNES: usize = 9;
const QUARTERS: [&str; 3] = ["2023T3", "2023T4", "2024T1"];
const REFORM: &str = "2024-01-01";

/// Where each commune lies before and after; `None` where it does not exist.
type Places = Vec<(Option<usize>, Option<usize>)>;

fn draft(kind: &str, subject: &str, payload: &impl serde::Serialize) -> Draft {
    Draft {
        audience: Audience::Local,
        scope: "*".to_owned(),
        person: "programme".to_owned(),
        office: String::new(),
        reason: String::new(),
        kind: kind.to_owned(),
        subject: subject.to_owned(),
        payload: serde_json::to_vec(payload).unwrap(),
        at_millis: day("2024-06-01").to_millis(),
    }
}

fn unit(code: &str, level: Level) -> Unit {
    Unit {
        code: code.to_owned(),
        country: "XX".to_owned(),
        level,
        kind: None,
        official: None,
        aliases: Vec::new(),
        former: None,
        latitude: None,
        longitude: None,
        point_kind: None,
        source: "essai.csv".to_owned(),
        invented: true,
    }
}

fn version(code: &str, parent: Option<&str>, from: Option<Date>, to: Option<Date>) -> Version {
    Version {
        code: code.to_owned(),
        name: code.to_owned(),
        parent: parent.map(str::to_owned),
        valid_from: from,
        valid_to: to,
        unknown_parent: false,
        kind: None,
    }
}

/// Two regions of two cercles each before; after, a third region takes one of the cercles, and
/// communes go from one cercle to another, begin or end.
fn country(places: &Places) -> Load {
    let mut load = Load::of(Source {
        name: "essai.csv".to_owned(),
        title: "Essai".to_owned(),
        licence: String::new(),
        hash: String::new(),
        lines: 1,
        note: None,
        invented: true,
    });
    let reform = Some(day(REFORM));
    load.units.push(unit("XX", Level::Pays));
    load.versions.push(version("XX", None, None, None));
    for region in ["XX-R0", "XX-R1", "XX-R2"] {
        load.units.push(unit(region, Level::Region));
        let from = (region == "XX-R2").then_some(reform).flatten();
        load.versions.push(version(region, Some("XX"), from, None));
    }
    for cercle in 0..4 {
        let code = format!("XX-C{cercle}");
        load.units.push(unit(&code, Level::Cercle));
        let before = format!("XX-R{}", cercle / 2);
        if cercle == 3 {
            load.versions.push(version(&code, Some(&before), None, reform));
            load.versions.push(version(&code, Some("XX-R2"), reform, None));
        } else {
            load.versions.push(version(&code, Some(&before), None, None));
        }
    }
    for (number, (before, after)) in places.iter().enumerate() {
        let code = format!("XX-{number}");
        load.units.push(unit(&code, Level::Commune));
        let above = |it: usize| format!("XX-C{it}");
        if let Some(it) = before {
            load.versions.push(version(&code, Some(&above(*it)), None, reform));
        }
        if let Some(it) = after {
            load.versions.push(version(&code, Some(&above(*it)), reform, None));
        }
    }
    load
}

fn returned(unit: &str, quarter: &str, values: &[Option<i64>; 4]) -> ReturnFiled {
    let cells = ["SAN_REC", "SAN_ACC", "SAN_CPN1", "SAN_CPN4"];
    let given = cells.iter().zip(values);
    let held: BTreeMap<String, String> = given
        .filter_map(|(cell, value)| Some(((*cell).to_owned(), (*value)?.to_string())))
        .collect();
    ReturnFiled {
        unit: unit.to_owned(),
        quarter: quarter.to_owned(),
        questionnaire: Questionnaire::shipped().unwrap().mark().to_owned(),
        day: day("2024-05-01"),
        values: BTreeMap::from([(quarter.to_owned(), held)]),
        ..serde_json::from_value(serde_json::json!({
            "unit": "", "quarter": "", "questionnaire": "", "day": "2024-05-01", "values": {}
        }))
        .unwrap()
    }
}

fn values() -> impl Strategy<Value = Option<i64>> {
    prop_oneof![1 => Just(None), 4 => (0..90_000_i64).prop_map(Some)]
}

fn commune() -> impl Strategy<Value = (Option<usize>, Option<usize>)> {
    prop_oneof![
        6 => (0..4_usize, 0..4_usize).prop_map(|it| (Some(it.0), Some(it.1))),
        1 => (0..4_usize).prop_map(|it| (Some(it), None)),
        1 => (0..4_usize).prop_map(|it| (None, Some(it))),
    ]
}

/// A cell that somebody is typing: the commune, the quarter, which of four cells, its value.
fn typed() -> impl Strategy<Value = (usize, usize, usize, Option<i64>)> {
    (0..COMMUNES, 0..QUARTERS.len(), 0..4_usize, values())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn pages_read_the_figures_that_are_computed_one_by_one(
        places in prop::collection::vec(commune(), COMMUNES),
        filed in prop::collection::vec(prop::array::uniform4(values()), COMMUNES * 3),
        drafts in prop::collection::vec(typed(), 0..10),
    ) {
        let base = testing::sqlite();
        let post = Post::open(base, Content::Empty);
        let learn = |it: Draft| {
            post.base.db.write(|tx| post.journal.append(tx, it).map(|_| ())).unwrap();
        };
        learn(draft(territory::SOURCE_LOADED, "essai.csv", &country(&places)));
        for (at, values) in filed.iter().enumerate() {
            let code = format!("XX-{}", at / 3);
            learn(draft(store::RETURN_FILED, &code, &returned(&code, QUARTERS[at % 3], values)));
        }
        let all = QUARTERS.map(quarter);
        assert!(0 < common::holds_to_reference(&post, "XX", &all));
        for (number, at, cell, value) in drafts {
            let unit = format!("XX-{number}");
            let cell = ["SAN_REC", "SAN_ACC", "SAN_CPN1", "SAN_CPN4"][cell].to_owned();
            let (period, value) = (QUARTERS[at].to_owned(), value.map(|it| it.to_string()));
            let entered =
                store::CellEntered { unit, period, cell, value, comment: None, source: None };
            learn(draft(store::CELL_ENTERED, &entered.unit, &entered));
        }
        assert!(0 < common::holds_to_reference(&post, "XX", &all));
    }

    #[test]
    fn a_reform_moves_places_and_no_total(
        places in prop::collection::vec(commune(), COMMUNES),
        filed in prop::collection::vec(prop::array::uniform4(values()), COMMUNES * 3),
        again in prop::collection::vec((0..COMMUNES * 3, prop::array::uniform4(values())), 0..6),
    ) {
        let base = testing::sqlite();
        let post = Post::open(base, Content::Empty);
        let learn = |it: Draft| {
            post.base.db.write(|tx| post.journal.append(tx, it).map(|_| ())).unwrap();
        };
        learn(draft(territory::SOURCE_LOADED, "essai.csv", &country(&places)));
        let file = |at: usize, values: &[Option<i64>; 4]| {
            let (number, quarter) = (at / 3, QUARTERS[at % 3]);
            let there = if quarter < "2024" { places[number].0 } else { places[number].1 };
            if there.is_some() {
                let code = format!("XX-{number}");
                learn(draft(store::RETURN_FILED, &code, &returned(&code, quarter, values)));
            }
        };
        filed.iter().enumerate().for_each(|(at, values)| file(at, values));
        post.base.db.read(|tx| cube::figures(tx).map(|_| ())).unwrap();
        // Corrections come one by one, in any order, and each is taken in by itself.
        for (at, values) in &again {
            file(*at, values);
            post.base.db.read(|tx| cube::figures(tx).map(|_| ())).unwrap();
        }
        let questionnaire = Questionnaire::shipped().unwrap();
        let program = Actor::program();
        post.base.db.read(|tx| {
            let figures = cube::figures(tx)?;
            for text in QUARTERS {
                let quarter = quarter(text);
                let Some(ground) = store::ground(tx, "XX", quarter.last_day())? else { continue };
                let span = (store::first_period_of(quarter), quarter);
                let values = store::values_between(tx, &program, &ground, View::Filed, span)?;
                let returns = store::returns(tx, &program, &ground, View::Filed, quarter)?;
                let data =
                    Data { questionnaire, tree: &ground.tree, values: &values, returns: &returns };
                let here: Vec<String> =
                    ground.tree.units().iter().map(|it| it.code.clone()).collect();
                for code in ["SAN_REC", "SAN_ACC", "SAN_CPN1", "SAN_CPN4"] {
                    let element = questionnaire.element_number(code).unwrap();
                    let measure = Measure::Element(Term { element, part: Part::Whole });
                    let ask = |places: Vec<String>, map, partial| Ask {
                        measures: vec![measure.clone()],
                        places,
                        periods: vec![Period::Quarter(quarter)],
                        map,
                        partial,
                    };
                    let cells = Cells::all(element, questionnaire.element(element));
                    for partial in [false, true] {
                        let question = ask(here.clone(), Map::AsItWas, partial);
                        let answer = figures.answer(&program, &question).unwrap();
                        for (_, p, _, value) in answer.iter() {
                            let place = ground.tree.place(&here[p]).unwrap();
                            let expected = data.aggregate(place, &cells, Period::Quarter(quarter));
                            assert_eq!(value.value, expected.value, "{code} {} {text}", here[p]);
                            assert_eq!(value.respondents, expected.respondents);
                            assert_eq!(value.expected, expected.expected);
                        }
                    }
                    let total = |places: &[&str], map| -> (Decimal, u32) {
                        let places = places.iter().map(|it| (*it).to_owned()).collect();
                        let answer = figures.answer(&program, &ask(places, map, false)).unwrap();
                        answer.iter().fold((Decimal::ZERO, 0), |sum, (_, _, _, it)| {
                            (sum.0 + it.value.unwrap_or_default(), sum.1 + it.respondents)
                        })
                    };
                    let then = total(&["XX"], Map::AsItWas);
                    let (before, after) = (Map::On(day("2023-12-31")), Map::On(day(REFORM)));
                    assert_eq!(total(&["XX"], before), then, "{code} {text}");
                    assert_eq!(total(&["XX"], after), then, "{code} {text}");
                    // What ended or had not begun is held above its cercle at most: a commune that
                    // is on both maps counts in the region that holds it on the map asked for.
                    if places.iter().all(|it| it.0.is_some() && it.1.is_some()) {
                        assert_eq!(total(&["XX-R0", "XX-R1"], before), then, "{code} {text}");
                        let regions = ["XX-R0", "XX-R1", "XX-R2"];
                        assert_eq!(total(&regions, after), then, "{code} {text}");
                        let moved: Vec<String> = (0..COMMUNES)
                            .filter(|it| places[*it].1 == Some(3))
                            .map(|it| format!("XX-{it}"))
                            .collect();
                        let moved: Vec<&str> = moved.iter().map(String::as_str).collect();
                        assert_eq!(total(&["XX-C3"], after), total(&moved, after));
                        assert_eq!(total(&["XX-R2"], after), total(&moved, before));
                    }
                }
            }
            Ok::<_, Failure>(())
        }).unwrap();
    }
}
