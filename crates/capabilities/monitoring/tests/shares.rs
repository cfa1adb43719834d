//! Units that a reform divided in known shares: what is answered under another map is what the
//! lineage of the reforms says, value by value, and no total of a country changes.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

mod common;

use common::{Content, Post, day, officer, quarter};
use db::{Tx, testing};
use identity::{Actor, OfficeKind};
use journal::{Audience, Draft};
use kernel::{Decimal, Failure, Period, Quarter};
use monitoring::analysis::{Version, consolidated_under};
use monitoring::cube::{self, Ask, Figures, Map, Measure, Part, Term, Value};
use monitoring::questionnaire::{Gathering, Leaf, OverTerritory, Questionnaire};
use monitoring::store::{self, ReturnFiled, View};
use proptest::prelude::*;
use std::collections::BTreeMap;
use territory::{
    Atlas, Joined, LegalText, Level, Load, NewUnit, Operation, Piece, Reform, ReformRefused, Share,
    Source, Taker, Unit,
};

const CELLS: [&str; 7] = [
    "SAN_CPN1",
    "SAN_CPN4",
    "SAN_REC",
    "SAN_DEP",
    "FOR_JOURS",
    "EDI_PRESENCE|SEXE=F",
    "EDI_PRESENCE|SEXE=H",
];
const ELEMENTS: [&str; 6] =
    ["SAN_CPN1", "SAN_CPN4", "SAN_REC", "SAN_DEP", "FOR_JOURS", "EDI_PRESENCE"];
const REFORMS: [&str; 4] = ["2024-02-01", "2024-05-01", "2024-08-01", "2024-11-01"];
const MAPS: [&str; 5] = ["2023-06-30", "2024-03-01", "2024-06-01", "2024-09-01", "2025-01-01"];
const QUARTERS: [&str; 7] = ["2023T1", "2023T2", "2023T3", "2023T4", "2024T1", "2024T2", "2024T4"];

fn learn(post: &Post, kind: &str, subject: &str, payload: &impl serde::Serialize) {
    let draft = Draft {
        audience: Audience::Local,
        scope: "*".to_owned(),
        person: "programme".to_owned(),
        office: String::new(),
        reason: String::new(),
        kind: kind.to_owned(),
        subject: subject.to_owned(),
        payload: serde_json::to_vec(payload).unwrap(),
        at_millis: day("2025-01-05").to_millis(),
    };
    post.base.db.write(|tx| post.journal.append(tx, draft).map(|_| ())).unwrap();
}

/// A region of three cercles of two communes each, and another region with one cercle.
fn country(post: &Post) {
    let mut load = Load::of(Source {
        name: "essai.csv".to_owned(),
        title: "Essai".to_owned(),
        licence: String::new(),
        hash: String::new(),
        lines: 1,
        note: None,
        invented: true,
    });
    let mut add = |code: &str, level: Level, parent: Option<&str>| {
        let unit = serde_json::json!({
            "code": code, "country": "XX", "level": level, "source": "essai.csv", "invented": true
        });
        let version = serde_json::json!({ "code": code, "name": code, "parent": parent });
        load.units.push(serde_json::from_value::<Unit>(unit).unwrap());
        load.versions.push(serde_json::from_value(version).unwrap());
    };
    add("XX", Level::Pays, None);
    for region in 0..2 {
        add(&format!("XX-R{region}"), Level::Region, Some("XX"));
    }
    for cercle in 0..4 {
        let region = format!("XX-R{}", cercle / 3);
        add(&format!("XX-C{cercle}"), Level::Cercle, Some(&region));
    }
    for commune in 0..8 {
        let cercle = format!("XX-C{}", commune / 2);
        add(&format!("XX-{commune}"), Level::Commune, Some(&cercle));
    }
    learn(post, territory::SOURCE_LOADED, "essai.csv", &load);
}

/// Enters a reform; what the territory refuses changes nothing.
fn reform(post: &Post, on: &str, operation: Operation) -> bool {
    let actor = officer(OfficeKind::NationalOfficer, "XX");
    let reform = Reform {
        country: "XX".to_owned(),
        day: day(on),
        text: LegalText { title: "Décret d’essai".to_owned(), ..LegalText::default() },
        operation,
    };
    let done =
        post.act::<_, ReformRefused>(&actor, |ctx| territory::enter_reform(ctx, &reform, "essai"));
    done.is_ok()
}

fn commune(code: &str, parent: &str) -> Taker {
    Taker::New(NewUnit {
        code: code.to_owned(),
        name: format!("Commune {code}"),
        level: Level::Commune,
        parent: parent.to_owned(),
        kind: None,
        official: None,
    })
}

fn piece(taker: Taker, share: Option<Share>) -> Piece {
    Piece { taker, share, takes: Vec::new() }
}

fn file(post: &Post, unit: &str, quarter: &str, values: &BTreeMap<String, String>) {
    let filed = ReturnFiled {
        unit: unit.to_owned(),
        quarter: quarter.to_owned(),
        questionnaire: Questionnaire::shipped().unwrap().mark().to_owned(),
        day: day("2025-01-05"),
        values: BTreeMap::from([(quarter.to_owned(), values.clone())]),
        ..serde_json::from_value(serde_json::json!({
            "unit": "", "quarter": "", "questionnaire": "", "day": "2025-01-05", "values": {}
        }))
        .unwrap()
    };
    learn(post, store::RETURN_FILED, unit, &filed);
}

fn communes(post: &Post, on: &str) -> Vec<String> {
    let found = post.base.db.read(|tx| {
        let ground = store::ground(tx, "XX", day(on))?.unwrap();
        let units = ground.tree.units().iter();
        let level = monitoring::questionnaire::Level::Commune;
        let codes = units.filter(|it| it.level == level).map(|it| it.code.clone());
        Ok::<Vec<String>, Failure>(codes.collect())
    });
    found.unwrap()
}

fn answered(
    figures: &Figures,
    measure: &Measure,
    places: &[String],
    quarter: Quarter,
    map: Map,
) -> Vec<Value> {
    let ask = Ask {
        measures: vec![measure.clone()],
        places: places.to_vec(),
        periods: vec![Period::Quarter(quarter)],
        map,
        partial: false,
    };
    figures.answer(&Actor::program(), &ask).unwrap().values().to_vec()
}

/// The sums of an element by place under a map, as the lineage passes each value of each cell.
fn passed(
    tx: &mut Tx<'_>,
    code: &str,
    quarter: Quarter,
    map: &str,
    places: &[String],
) -> Result<Vec<Option<Decimal>>, Failure> {
    let questionnaire = Questionnaire::shipped().unwrap();
    let atlas = Atlas::read(tx, "XX")?;
    let then = store::ground(tx, "XX", quarter.last_day())?.unwrap();
    let now = store::ground(tx, "XX", day(map))?.unwrap();
    let program = Actor::program();
    let span = (quarter, quarter);
    let values = store::values_between(tx, &program, &then, View::Filed, span)?;
    let mut cells: BTreeMap<String, BTreeMap<String, Decimal>> = BTreeMap::new();
    for unit in values.units() {
        for (_, cell, value) in values.of(unit).into_iter().flat_map(|it| it.all()) {
            let text = questionnaire.cell_text(cell).to_owned();
            if text.split('|').next() == Some(code) {
                let value = value.number().unwrap().normalize();
                cells.entry(text).or_default().insert(unit.to_owned(), value);
            }
        }
    }
    let passage = atlas.passage(quarter.last_day(), day(map));
    let mut at: Vec<(String, Decimal)> = Vec::new();
    for given in cells.values() {
        let scale = given.values().map(Decimal::scale).max().unwrap();
        let whole = |it: &Decimal| i64::try_from((*it * Decimal::from(10_i64.pow(scale))).trunc());
        let whole = given.iter().map(|it| (it.0.clone(), whole(it.1).unwrap())).collect();
        let restated = passage.restate(&whole);
        let held = restated.held.iter().map(|it| (it.at.clone(), it.value));
        for (code, value) in restated.values.clone().into_iter().chain(held) {
            at.push((code, Decimal::new(value, scale)));
        }
    }
    let under = |place: &String| {
        let all = now.tree.under(now.tree.place(place).unwrap());
        let held = |code: &str| now.tree.place(code).is_some_and(|it| all.contains(&it));
        let here = at.iter().filter(|it| held(&it.0)).map(|it| it.1);
        here.reduce(|sum, it| sum + it)
    };
    Ok(places.iter().map(under).collect())
}

/// Holds every figure under every map to the lineage. Returns how many indicators were compared.
fn holds(post: &Post) -> usize {
    let questionnaire = Questionnaire::shipped().unwrap();
    let mut compared = 0;
    let read = post.base.db.read(|tx| {
        let figures = cube::figures(tx)?;
        for (text, map) in QUARTERS.iter().flat_map(|it| MAPS.map(|map| (*it, map))) {
            let at = quarter(text);
            let now = store::ground(tx, "XX", day(map))?.unwrap();
            let places: Vec<String> = now.tree.units().iter().map(|it| it.code.clone()).collect();
            let country = vec!["XX".to_owned()];
            for code in ELEMENTS {
                let element = questionnaire.element_number(code).unwrap();
                let measure = Measure::Element(Term { element, part: Part::Whole });
                let found = answered(&figures, &measure, &places, at, Map::On(day(map)));
                let expected = passed(tx, code, at, map, &places)?;
                for ((place, found), expected) in places.iter().zip(&found).zip(&expected) {
                    assert_eq!(found.value, *expected, "{code} {place} {text} under {map}");
                    assert_eq!(found.value.is_some(), 0 < found.respondents);
                    assert!(found.respondents <= found.expected, "{code} {place} {text} {map}");
                }
                let own = answered(&figures, &measure, &country, at, Map::AsItWas);
                assert_eq!(own[0].value, found[0].value, "{code} {text} under {map}");
            }
            // Four quarters of one map: what adds them up reads all of them under it.
            if text != "2023T4" || map == MAPS[0] {
                continue;
            }
            let reference = consolidated_under(tx, "XX", at, Version::Working, Some(day(map)))?;
            let reference = reference.unwrap();
            for (number, indicator) in questionnaire.indicators().iter().enumerate() {
                let given = |leaf: &Leaf| match leaf {
                    Leaf::Cells(cells) => {
                        let element = questionnaire.element(cells.element);
                        element.over_territory == OverTerritory::Sum
                            && ELEMENTS.contains(&element.code.as_str())
                    }
                    Leaf::Every => false,
                };
                let mut leaves = indicator.numerator.leaves().chain(indicator.denominator.leaves());
                if !leaves.all(given) || indicator.gathering == Gathering::Counted {
                    continue;
                }
                let measure = Measure::Indicator(number);
                let found = answered(&figures, &measure, &places, at, Map::On(day(map)));
                for (place, found) in places.iter().zip(&found) {
                    let expected = reference.computed.figure(number, place);
                    let expected = expected.unwrap_or_default();
                    let what = format!("{} {place} {text} under {map}", indicator.code);
                    let plain = |it: Option<Decimal>| it.map(|it| it.normalize());
                    assert_eq!(plain(found.numerator), plain(expected.numerator), "{what}");
                    assert_eq!(plain(found.denominator), plain(expected.denominator), "{what}");
                    compared += 1;
                }
            }
        }
        Ok::<_, Failure>(())
    });
    read.unwrap();
    compared
}

/// A reform drawn at random: what it is, two communes, a cercle and a share in twelfths.
type Drawn = (u8, usize, usize, usize, u64);

fn enter(post: &Post, step: usize, (kind, a, b, cercle, twelfths): Drawn) -> bool {
    let alive = communes(post, REFORMS[step]);
    let (a, b) = (&alive[a % alive.len()], &alive[b % alive.len()]);
    let cercle = format!("XX-C{cercle}");
    let (one, two) = (format!("XX-N{step}A"), format!("XX-N{step}B"));
    let share = |it: u64| Share::new(it, 12);
    let operation = match kind {
        // A part stays, one goes far away.
        0..=3 => Operation::Split {
            unit: a.clone(),
            parts: vec![
                piece(Taker::Known(a.clone()), share(twelfths)),
                piece(commune(&one, &cercle), share(12 - twelfths)),
            ],
        },
        // Three parts, none of which keeps the code.
        4 => Operation::Split {
            unit: a.clone(),
            parts: vec![
                piece(commune(&one, "XX-C0"), share(twelfths.min(6))),
                piece(commune(&two, &cercle), share(1)),
                piece(Taker::Known(b.clone()), share(11 - twelfths.min(6))),
            ],
        },
        // Nobody knows the shares.
        5 => Operation::Split {
            unit: a.clone(),
            parts: vec![piece(Taker::Known(a.clone()), None), piece(commune(&one, &cercle), None)],
        },
        6 | 7 => {
            let back = |it| if kind == 6 { share(it) } else { None };
            Operation::Merge {
                units: vec![
                    Joined { code: a.clone(), back: back(twelfths) },
                    Joined { code: b.clone(), back: back(12 - twelfths) },
                ],
                into: a.clone(),
                new: None,
            }
        }
        8 => Operation::Move { units: vec![a.clone()], parent: cercle },
        9 => Operation::Move { units: vec![cercle], parent: "XX-R1".to_owned() },
        _ => Operation::Close { unit: a.clone() },
    };
    reform(post, REFORMS[step], operation)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10))]

    #[test]
    fn what_is_answered_under_another_map_is_what_the_lineage_says(
        drawn in prop::collection::vec((0..11_u8, 0..16_usize, 0..16_usize, 0..4_usize, 1..11_u64), REFORMS.len()),
        numbers in prop::collection::vec(0..100_000_u32, 400..600),
    ) {
        let post = Post::open(testing::sqlite(), Content::Empty);
        country(&post);
        for (step, drawn) in drawn.into_iter().enumerate() {
            enter(&post, step, drawn);
        }
        let mut numbers = numbers.iter().cycle();
        for text in QUARTERS {
            for unit in communes(&post, &quarter(text).last_day().to_string()) {
                // Some do not file: all of a year or nothing, so that no sum lacks a side.
                let silent = unit == "XX-3" || (text.starts_with("2024") && unit.ends_with('1'));
                if silent {
                    continue;
                }
                let values = CELLS.map(|cell| {
                    let number = numbers.next().unwrap();
                    let value = Decimal::new(i64::from(*number), u32::from(cell == "FOR_JOURS") * 2);
                    (cell.to_owned(), value.normalize().to_string())
                });
                file(&post, &unit, text, &BTreeMap::from(values));
            }
        }
        prop_assert!(0 < holds(&post));
    }
}

#[test]
fn a_commune_divided_in_thirds_gives_each_part_its_own_and_the_country_all() {
    let post = Post::open(testing::sqlite(), Content::Empty);
    country(&post);
    let parts = vec![
        piece(Taker::Known("XX-0".to_owned()), Share::new(2, 3)),
        piece(commune("XX-8", "XX-C1"), Share::new(1, 3)),
    ];
    let split = Operation::Split { unit: "XX-0".to_owned(), parts };
    assert!(reform(&post, REFORMS[0], split));
    for (unit, cpn1, cpn4) in [("XX-0", 101, 50), ("XX-1", 7, 5), ("XX-2", 1_000, 800)] {
        let values = BTreeMap::from([
            ("SAN_CPN1".to_owned(), cpn1.to_string()),
            ("SAN_CPN4".to_owned(), cpn4.to_string()),
        ]);
        for quarter in ["2023T1", "2023T2", "2023T3", "2023T4"] {
            file(&post, unit, quarter, &values);
        }
    }
    let questionnaire = Questionnaire::shipped().unwrap();
    let element = questionnaire.element_number("SAN_CPN1").unwrap();
    let visits = Measure::Element(Term { element, part: Part::Whole });
    let completed = questionnaire.indicators().iter().position(|it| it.code == "I043").unwrap();
    let read = post.base.db.read(|tx| {
        let figures = cube::figures(tx)?;
        let last = quarter("2023T4");
        let places = ["XX-0", "XX-8", "XX-C0", "XX-C1", "XX-R0", "XX"].map(str::to_owned);
        // 101 visits: 67⅓ and 33⅔; the visit left over goes to the larger remainder.
        let now = Map::On(day(MAPS[4]));
        let found = answered(&figures, &visits, &places, last, now);
        let plain = |it: Option<Decimal>| it.map(|it| it.normalize().to_string());
        let values: Vec<_> = found.iter().map(|it| plain(it.value).unwrap()).collect();
        assert_eq!(values, ["67", "34", "74", "1034", "1108", "1108"]);
        // The divided commune answers once in each place that takes a part, once above them.
        let answers: Vec<_> = found.iter().map(|it| (it.respondents, it.expected)).collect();
        assert_eq!(answers, [(1, 1), (1, 1), (2, 2), (2, 3), (3, 6), (3, 8)]);
        // Each quarter is divided by itself: 4 × 33 of 50, 4 × 17; 4 × 67 of 101, 4 × 34.
        let found = answered(&figures, &Measure::Indicator(completed), &places, last, now);
        let sides: Vec<_> = found
            .iter()
            .map(|it| (plain(it.numerator).unwrap(), plain(it.denominator).unwrap()))
            .collect();
        let sides: Vec<(&str, &str)> = sides.iter().map(|it| (&*it.0, &*it.1)).collect();
        let expected = [
            ("132", "268"),
            ("68", "136"),
            ("152", "296"),
            ("3268", "4136"),
            ("3420", "4432"),
            ("3420", "4432"),
        ];
        assert_eq!(sides, expected);
        // The first communes are those of the map asked for.
        let rank = cube::Rank {
            measure: visits.clone(),
            within: "XX".to_owned(),
            level: monitoring::questionnaire::Level::Commune,
            period: Period::Quarter(last),
            map: now,
            partial: false,
            most: 3,
            largest: true,
        };
        let top = figures.top(&Actor::program(), &rank).unwrap();
        let top: Vec<_> = top.iter().map(|it| (&*it.0.code, plain(it.1.value))).collect();
        let number = |it: &str| Some(it.to_owned());
        let first = [("XX-2", number("1000")), ("XX-0", number("67")), ("XX-8", number("34"))];
        assert_eq!(top, first);
        Ok::<_, Failure>(())
    });
    read.unwrap();
}

#[test]
fn who_may_see_a_part_must_have_the_right_of_the_whole_unit() {
    let post = Post::open(testing::sqlite(), Content::Empty);
    country(&post);
    let parts = vec![
        piece(Taker::Known("XX-0".to_owned()), Share::new(2, 3)),
        piece(commune("XX-8", "XX-C1"), Share::new(1, 3)),
    ];
    assert!(reform(&post, REFORMS[0], Operation::Split { unit: "XX-0".to_owned(), parts }));
    let values = BTreeMap::from([("SAN_CPN1".to_owned(), "101".to_owned())]);
    file(&post, "XX-0", "2023T4", &values);
    let questionnaire = Questionnaire::shipped().unwrap();
    let element = questionnaire.element_number("SAN_CPN1").unwrap();
    let ask = Ask {
        measures: vec![Measure::Element(Term { element, part: Part::Whole })],
        places: vec!["XX-8".to_owned(), "XX-C1".to_owned()],
        periods: vec![Period::Quarter(quarter("2023T4"))],
        map: Map::On(day(MAPS[4])),
        partial: false,
    };
    let seen = |actor: &Actor| -> Vec<Option<Decimal>> {
        let read = post.base.db.read(|tx| {
            let figures = cube::figures(tx)?;
            let answer = figures.answer(actor, &ask).unwrap();
            Ok::<_, Failure>(answer.values().iter().map(|it| it.value).collect())
        });
        read.unwrap()
    };
    // Its figures were not published, and were in the charge of another cercle.
    assert_eq!(seen(&officer(OfficeKind::CercleAdviser, "XX-C1")), [None, None]);
    let all = [Some(Decimal::from(34)), Some(Decimal::from(34))];
    assert_eq!(seen(&officer(OfficeKind::NationalOfficer, "XX")), all);
}
