//! The country of Bendugu: two regions, three cercles, seven communes.

use std::collections::BTreeMap;

use kernel::{Date, Reject};
use proptest::prelude::*;

use super::refused::ReformRefused as Refused;
use super::weave::{Content, Fate, Layer, weave};
use super::*;
use crate::lineage::Atlas;
use crate::{Unit, Version};

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

const UNITS: [(&str, Level, &str); 13] = [
    ("B", Level::Pays, ""),
    ("B1", Level::Region, "B"),
    ("B2", Level::Region, "B"),
    ("B11", Level::Cercle, "B1"),
    ("B12", Level::Cercle, "B1"),
    ("B21", Level::Cercle, "B2"),
    ("B111", Level::Commune, "B11"),
    ("B112", Level::Commune, "B11"),
    ("B113", Level::Commune, "B11"),
    ("B121", Level::Commune, "B12"),
    ("B122", Level::Commune, "B12"),
    ("B211", Level::Commune, "B21"),
    ("B212", Level::Commune, "B21"),
];

fn shipped() -> Layer {
    let units = UNITS.map(|(code, level, _)| Unit {
        code: code.to_owned(),
        country: "B".to_owned(),
        level,
        kind: (level == Level::Commune).then(|| "rurale".to_owned()),
        official: None,
        aliases: Vec::new(),
        former: None,
        latitude: None,
        longitude: None,
        point_kind: None,
        source: "essai".to_owned(),
        invented: true,
    });
    let versions = UNITS.map(|(code, _, parent)| Version {
        code: code.to_owned(),
        name: format!("Unité {code}"),
        parent: (!parent.is_empty()).then(|| parent.to_owned()),
        valid_from: None,
        valid_to: None,
        unknown_parent: false,
        kind: None,
    });
    Layer {
        rank: "0-000000".to_owned(),
        mark: String::new(),
        content: Content::Lines(units.into(), versions.into()),
    }
}

fn atlas() -> Atlas {
    weave("B", &[shipped()]).0
}

fn on(text: &str, operation: Operation) -> Reform {
    Reform {
        country: "B".to_owned(),
        day: day(text),
        text: LegalText { title: "Décret d’essai".to_owned(), ..LegalText::default() },
        operation,
    }
}

fn new(code: &str, level: Level, parent: &str) -> NewUnit {
    NewUnit {
        code: code.to_owned(),
        name: format!("Unité {code}"),
        level,
        parent: parent.to_owned(),
        kind: None,
        official: None,
    }
}

fn part(taker: Taker, share: Option<(u64, u64)>, takes: &[&str]) -> Piece {
    Piece {
        taker,
        share: share.and_then(|it| Share::new(it.0, it.1)),
        takes: takes.iter().map(|it| (*it).to_owned()).collect(),
    }
}

fn kept(code: &str) -> Taker {
    Taker::Known(code.to_owned())
}

fn joined(codes: &[(&str, Option<(u64, u64)>)]) -> Vec<Source> {
    let one = |it: &(&str, Option<(u64, u64)>)| Source {
        code: it.0.to_owned(),
        back: it.1.and_then(|it| Share::new(it.0, it.1)),
    };
    codes.iter().map(one).collect()
}

/// The cercle B11 is divided: B111 stays, B112 and B113 go to the new cercle B13.
fn split_of_a_cercle() -> Operation {
    Operation::Split {
        unit: "B11".to_owned(),
        parts: vec![
            part(kept("B11"), Some((1, 3)), &["B111"]),
            part(Taker::New(new("B13", Level::Cercle, "B1")), Some((2, 3)), &["B112", "B113"]),
        ],
    }
}

fn unit(code: &str) -> String {
    code.to_owned()
}

#[test]
fn what_a_reform_may_not_do_is_refused_with_its_field() {
    let split = |parts| Operation::Split { unit: unit("B111"), parts };
    let north = |share| part(Taker::New(new("N", Level::Commune, "B11")), share, &[]);
    for (operation, expected, field) in [
        (
            Operation::Create { unit: new("B111", Level::Commune, "B11") },
            "reform-code-taken",
            "code",
        ),
        (Operation::Create { unit: new("à", Level::Commune, "B11") }, "reform-bad-code", "code"),
        (Operation::Create { unit: new("N", Level::Pays, "B11") }, "reform-bad-level", "niveau"),
        (Operation::Create { unit: new("N", Level::Commune, "X") }, "reform-no-parent", "parent"),
        (Operation::Create { unit: new("N", Level::Cercle, "B11") }, "reform-not-above", "parent"),
        (
            Operation::Create {
                unit: NewUnit { name: " ".to_owned(), ..new("N", Level::Commune, "B11") },
            },
            "reform-bad-name",
            "nom",
        ),
        (Operation::Rename { unit: unit("X"), name: unit("Y") }, "reform-not-alive", "unite"),
        (
            Operation::Rename { unit: unit("B1"), name: unit("Unité B1") },
            "reform-nothing-changes",
            "unite",
        ),
        (
            Operation::Kind { unit: unit("B111"), kind: unit("rurale") },
            "reform-nothing-changes",
            "unite",
        ),
        (Operation::Move { units: vec![], parent: unit("B1") }, "reform-nothing-changes", "unite"),
        (
            Operation::Move { units: vec![unit("B11")], parent: unit("B111") },
            "reform-circle",
            "parent",
        ),
        (
            Operation::Move { units: vec![unit("B11")], parent: unit("B21") },
            "reform-not-above",
            "parent",
        ),
        (
            Operation::Move { units: vec![unit("B")], parent: unit("B21") },
            "reform-is-country",
            "unite",
        ),
        (Operation::Close { unit: unit("B") }, "reform-is-country", "unite"),
        (Operation::Close { unit: unit("B11") }, "reform-orphans", "sous"),
        (split(vec![]), "reform-one-part", "unite"),
        (split(vec![north(None)]), "reform-one-part", "unite"),
        (
            split(vec![part(kept("B111"), Some((1, 2)), &[]), north(None)]),
            "reform-some-shares",
            "part",
        ),
        (
            split(vec![part(kept("B111"), Some((1, 2)), &[]), north(Some((1, 3)))]),
            "reform-not-whole",
            "part",
        ),
        (split(vec![north(None), north(None)]), "reform-twice", "sous"),
        (
            split(vec![
                part(kept("B111"), None, &[]),
                part(Taker::New(new("N", Level::Cercle, "B1")), None, &[]),
            ]),
            "reform-other-level",
            "sous",
        ),
        (
            Operation::Split {
                unit: unit("B11"),
                parts: vec![
                    part(Taker::New(new("N", Level::Cercle, "B1")), None, &["B111"]),
                    part(Taker::New(new("M", Level::Cercle, "B1")), None, &[]),
                ],
            },
            "reform-orphans",
            "sous",
        ),
        (
            Operation::Split {
                unit: unit("B11"),
                parts: vec![
                    part(kept("B11"), None, &[]),
                    part(Taker::New(new("M", Level::Cercle, "B1")), None, &["B121"]),
                ],
            },
            "reform-not-under",
            "sous",
        ),
        (
            Operation::Merge { units: joined(&[("B111", None)]), into: unit("B111"), new: None },
            "reform-one-unit",
            "unite",
        ),
        (
            Operation::Merge {
                units: joined(&[("B111", None), ("B11", None)]),
                into: unit("B111"),
                new: None,
            },
            "reform-other-level",
            "sous",
        ),
    ] {
        let refused: Refused =
            atlas().apply("m", &on("2024-01-01", operation.clone())).unwrap_err();
        assert_eq!(refused.message().key, expected, "{operation:?}");
        assert_eq!(refused.field(), field, "{operation:?}");
    }
}

#[test]
fn a_cercle_is_divided_on_its_day_and_not_before() {
    let mut atlas = atlas();
    atlas.apply("m", &on("2024-01-01", split_of_a_cercle())).unwrap();
    assert_eq!(atlas.children("B11", day("2023-12-31")), ["B111", "B112", "B113"]);
    assert_eq!(atlas.children("B11", day("2024-01-01")), ["B111"]);
    assert_eq!(atlas.children("B13", day("2024-01-01")), ["B112", "B113"]);
    assert_eq!(atlas.path("B112", day("2024-01-01")), ["B112", "B13", "B1", "B"]);
    // A figure of the cercle itself passes with its key; those of its communes follow them.
    let values = BTreeMap::from([(unit("B11"), 10), (unit("B112"), 4)]);
    let now = atlas.passage(day("2023-12-31"), day("2024-01-01")).restate(&values);
    let expected = [(unit("B11"), 3), (unit("B112"), 4), (unit("B13"), 7)];
    assert_eq!(now.values, BTreeMap::from(expected));
    // It cannot be ended before it is divided.
    let ended = atlas.apply("n", &on("2023-06-01", Operation::Close { unit: unit("B11") }));
    assert_eq!(ended.unwrap_err().message().key, "reform-changes-later");
}

#[test]
fn communes_are_joined_renamed_and_change_their_kind() {
    let mut atlas = atlas();
    let merge = Operation::Merge {
        units: joined(&[("B121", Some((1, 4))), ("B122", Some((3, 4)))]),
        into: unit("B123"),
        new: Some(new("B123", Level::Commune, "B12")),
    };
    atlas.apply("a", &on("2020-07-01", merge)).unwrap();
    let rename = Operation::Rename { unit: unit("B123"), name: unit("Bendugu-la-Neuve") };
    atlas.apply("b", &on("2021-01-01", rename)).unwrap();
    let kind = Operation::Kind { unit: unit("B123"), kind: unit("urbaine") };
    atlas.apply("c", &on("2021-01-01", kind)).unwrap();
    assert_eq!(atlas.children("B12", day("2021-01-01")), ["B123"]);
    assert_eq!(atlas.name("B123", day("2020-12-31")), "Unité B123");
    let now = atlas.version_on("B123", day("2021-01-01")).unwrap();
    assert_eq!((now.name.as_str(), now.kind.as_deref()), ("Bendugu-la-Neuve", Some("urbaine")));
    let later = BTreeMap::from([(unit("B123"), 101)]);
    let before = atlas.passage(day("2022-01-01"), day("2020-01-01")).restate(&later);
    assert_eq!(before.values, BTreeMap::from([(unit("B121"), 25), (unit("B122"), 76)]));
}

#[test]
fn one_unit_alone_may_become_another_level() {
    let mut atlas = atlas();
    let merge = Operation::Merge {
        units: joined(&[("B21", None)]),
        into: unit("B3"),
        new: Some(new("B3", Level::Region, "B")),
    };
    atlas.apply("a", &on("2023-03-13", merge)).unwrap();
    assert_eq!(atlas.path("B211", day("2023-03-13")), ["B211", "B3", "B"]);
    let values = BTreeMap::from([(unit("B21"), 7)]);
    let now = atlas.passage(day("2020-01-01"), day("2024-01-01")).restate(&values);
    assert_eq!(now.values, BTreeMap::from([(unit("B3"), 7)]));
}

fn layer(at: i64, mark: &str, content: Content) -> Layer {
    Layer { rank: super::store::rank_of(at, 1, mark), mark: mark.to_owned(), content }
}

#[test]
fn acts_that_contradict_each_other_are_set_aside_whatever_their_order() {
    let rename = |at, mark: &str, name: &str| {
        let operation = Operation::Rename { unit: unit("B113"), name: unit(name) };
        layer(at, mark, Content::Reform(on("2025-01-01", operation)))
    };
    let close = Operation::Close { unit: unit("B113") };
    let close = layer(2, "close", Content::Reform(on("2024-01-01", close)));
    let undone = layer(9, "undo", Content::Undoing(unit("other")));
    let all = [
        shipped(),
        rename(1, "other", "Ailleurs"),
        close.clone(),
        rename(5, "later", "Ici"),
        undone,
    ];
    let (first, fates) = weave("B", &all);
    assert_eq!(fates["other"], Fate::Undone(unit("undo")));
    assert_eq!(fates["close"], Fate::InForce);
    let Fate::SetAside(why) = &fates["later"] else { panic!("{fates:?}") };
    assert_eq!(why.key, "reform-not-alive");
    let backwards: Vec<Layer> = all.iter().rev().cloned().collect();
    assert_eq!(weave("B", &backwards), (first, fates));
}

/// A reform drawn from numbers: it may or may not fit.
fn drawn(atlas: &Atlas, at: usize, (what, a, b, c): (u8, usize, usize, u64)) -> Reform {
    let months = i32::try_from(at * 5 + a % 4).unwrap_or(0);
    let on_day = day("2010-01-01").plus_months(months);
    let alive: Vec<&str> = atlas
        .versions
        .keys()
        .filter(|it| atlas.is_alive(it, on_day.plus_days(-1)))
        .map(String::as_str)
        .collect();
    let pick = |it: usize| alive[it % alive.len()];
    let (one, other) = (pick(a), pick(b));
    let level = atlas.level(one).unwrap_or(Level::Commune);
    let up = |code: &str| {
        let version = atlas.version_on(code, on_day);
        version.and_then(|it| it.parent.clone()).unwrap_or_else(|| unit("B"))
    };
    let fresh = |n: usize| new(&format!("N{at}-{n}"), level, &up(one));
    let share = Share::new(c % 8, 8);
    let rest = Share::new(8 - c % 8, 8);
    let shares = if c % 5 == 0 { (None, None) } else { (share, rest) };
    let operation = match what % 7 {
        0 => Operation::Create { unit: new(&format!("N{at}"), Level::Commune, other) },
        1 | 2 => {
            let children: Vec<String> =
                atlas.children(one, on_day).into_iter().map(str::to_owned).collect();
            let (stay, go) = children.split_at(children.len() / 2);
            let first = if c % 2 == 0 { kept(one) } else { Taker::New(fresh(1)) };
            let second = match (c % 3 == 0, one != other) {
                (true, true) => kept(other),
                _ => Taker::New(fresh(2)),
            };
            Operation::Split {
                unit: unit(one),
                parts: vec![
                    Piece { taker: first, share: shares.0, takes: stay.to_vec() },
                    Piece { taker: second, share: shares.1, takes: go.to_vec() },
                ],
            }
        }
        3 => {
            let units = vec![
                Source { code: unit(one), back: shares.0 },
                Source { code: unit(other), back: shares.1 },
            ];
            if c % 2 == 0 {
                Operation::Merge { units, into: unit(other), new: None }
            } else {
                Operation::Merge { units, into: format!("N{at}-1"), new: Some(fresh(1)) }
            }
        }
        4 => Operation::Move { units: vec![unit(one)], parent: unit(other) },
        5 => Operation::Close { unit: unit(one) },
        _ => Operation::Rename { unit: unit(one), name: format!("Nom {at}") },
    };
    Reform { country: unit("B"), day: on_day, text: LegalText::default(), operation }
}

fn some_reforms() -> impl Strategy<Value = Vec<(u8, usize, usize, u64)>> {
    prop::collection::vec((any::<u8>(), 0..40_usize, 0..40_usize, 0..1_000_u64), 1..14)
}

fn reformed(drawn_from: &[(u8, usize, usize, u64)]) -> (Atlas, Vec<Layer>) {
    let mut layers = vec![shipped()];
    let mut atlas = atlas();
    for (at, it) in drawn_from.iter().enumerate() {
        let reform = drawn(&atlas, at, *it);
        let mut next = atlas.clone();
        if next.apply(&format!("m{at}"), &reform).is_ok() {
            atlas = next;
            let at_millis = i64::try_from(at).unwrap_or(0);
            layers.push(layer(at_millis, &format!("m{at}"), Content::Reform(reform)));
        }
    }
    (atlas, layers)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_map_is_a_tree_without_gap_or_overlap(drawn_from in some_reforms()) {
        let (atlas, _) = reformed(&drawn_from);
        prop_assert!(atlas.orphans().is_empty());
        for map in atlas.maps() {
            let Some(on) = map.day() else { continue };
            let alive = atlas.versions.values().flatten().filter(|it| it.holds_on(on)).count();
            // Each unit has one version that day, and hangs on the country.
            prop_assert_eq!(atlas.tree_on(on).len(), alive);
        }
    }

    #[test]
    fn no_value_is_lost_under_any_map(
        drawn_from in some_reforms(),
        amounts in prop::collection::vec(-1_000_000_000_i64..1_000_000_000, 30),
    ) {
        let (atlas, _) = reformed(&drawn_from);
        let days: Vec<Date> = atlas.maps().iter().filter_map(crate::Map::day).collect();
        for from in &days {
            let values: BTreeMap<String, i64> = atlas
                .tree_on(*from)
                .iter()
                .zip(amounts.iter().cycle())
                .map(|(it, amount)| (it.code.clone(), *amount))
                .collect();
            let total: i128 = values.values().map(|it| i128::from(*it)).sum();
            for to in &days {
                let passage = atlas.passage(*from, *to);
                let found = passage.restate(&values);
                prop_assert_eq!(found.total(), total, "{} to {}", from, to);
                let at = found.values.keys().chain(found.held.iter().map(|it| &it.at));
                for code in at {
                    prop_assert!(atlas.is_alive(code, *to), "{} on {}", code, to);
                }
                let whole = passage.restate_whole(&values);
                prop_assert_eq!(whole.total(), total);
                if from == to {
                    prop_assert!(passage.is_same());
                }
                // And back again.
                let back = atlas.passage(*to, *from).restate(&found.values);
                let held: i128 = found.held.iter().map(|it| i128::from(it.value)).sum();
                prop_assert_eq!(back.total() + held, total);
            }
        }
    }

    #[test]
    fn the_order_of_arrival_changes_nothing(drawn_from in some_reforms(), seed in any::<u64>()) {
        let (atlas, layers) = reformed(&drawn_from);
        let mut shuffled = layers.clone();
        shuffled.sort_by_key(|it| {
            it.rank.bytes().fold(seed, |sum, byte| sum.wrapping_mul(31) ^ u64::from(byte))
        });
        let (woven, fates) = weave("B", &shuffled);
        prop_assert!(fates.values().all(|it| *it == Fate::InForce));
        prop_assert_eq!(&woven.versions, &atlas.versions);
        let (again, _) = weave("B", &layers);
        prop_assert_eq!(woven, again);
    }
}
