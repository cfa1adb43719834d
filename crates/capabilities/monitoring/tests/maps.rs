//! The worked example read under other maps than its own: communes divided with and without a key,
//! joined, moved; every total stays what it was.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

mod common;

use std::sync::Arc;

use common::{Content, Post, TODAY, bases, day, officer, quarter};
use identity::{Actor, OfficeKind};
use monitoring::analysis::{Carte, Consolidated, Refused, Sight, Version, consolidated_under};
use monitoring::questionnaire::{Gathering, Leaf, OverTerritory};
use territory::{
    Joined, LegalText, Level, NewUnit, Operation, Piece, Reform, ReformRefused, Share, Taker,
};

const Q: &str = "2024T4";

fn reform(post: &Post, on: &str, operation: Operation) {
    let actor = officer(OfficeKind::NationalOfficer, "EX-NATION");
    let reform = Reform {
        country: "EX-NATION".to_owned(),
        day: day(on),
        text: LegalText { title: "Décret d’essai".to_owned(), ..LegalText::default() },
        operation,
    };
    post.act::<_, ReformRefused>(&actor, |ctx| territory::enter_reform(ctx, &reform, "essai"))
        .unwrap();
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

/// In 2025 the cercle is divided, C2 gives a third to a new commune of the new cercle, C3 is divided
/// and nobody knows how; in 2026 C1 and the new commune are joined.
fn reformed(post: &Post) {
    let north = NewUnit {
        code: "EX-NORD".to_owned(),
        name: "Cercle du nord".to_owned(),
        level: Level::Cercle,
        parent: "EX-REGION".to_owned(),
        kind: None,
        official: None,
    };
    let cercle = Operation::Split {
        unit: "EX-CERCLE".to_owned(),
        parts: vec![
            Piece {
                taker: Taker::Known("EX-CERCLE".to_owned()),
                share: Share::new(1, 3),
                takes: vec!["EX-C1".to_owned()],
            },
            Piece {
                taker: Taker::New(north),
                share: Share::new(2, 3),
                takes: vec!["EX-C2".to_owned(), "EX-C3".to_owned()],
            },
        ],
    };
    reform(post, "2025-01-01", cercle);
    let known = Operation::Split {
        unit: "EX-C2".to_owned(),
        parts: vec![
            piece(Taker::Known("EX-C2".to_owned()), Share::new(2, 3)),
            piece(commune("EX-C4", "EX-CERCLE"), Share::new(1, 3)),
        ],
    };
    reform(post, "2025-03-01", known);
    let unknown = Operation::Split {
        unit: "EX-C3".to_owned(),
        parts: vec![
            piece(Taker::Known("EX-C3".to_owned()), None),
            piece(commune("EX-C5", "EX-NORD"), None),
        ],
    };
    reform(post, "2025-06-01", unknown);
    let joined = Operation::Merge {
        units: ["EX-C1", "EX-C4"].map(|it| Joined { code: it.to_owned(), back: None }).to_vec(),
        into: "EX-C1".to_owned(),
        new: None,
    };
    reform(post, "2026-01-01", joined);
}

fn under(post: &Post, map: Option<&str>) -> Arc<Consolidated> {
    let map = map.map(day);
    let found = post
        .base
        .db
        .read(|tx| consolidated_under(tx, "EX-NATION", quarter(Q), Version::Working, map));
    found.unwrap().unwrap()
}

#[test]
fn totals_are_the_same_under_every_map() {
    for base in bases() {
        let post = Post::open(base, Content::Example);
        let own = under(&post, None);
        reformed(&post);
        // The quarter under its own map is as it was, whatever came later.
        let again = under(&post, None);
        let questionnaire = own.computed.questionnaire();
        for map in ["2025-01-01", "2025-03-01", "2025-06-01", "2026-01-01", "2030-01-01"] {
            let then = under(&post, Some(map));
            let mut compared = 0;
            for (number, it) in questionnaire.indicators().iter().enumerate() {
                for unit in ["EX-NATION", "EX-REGION"] {
                    let (Some(before), Some(after)) =
                        (own.computed.figure(number, unit), then.computed.figure(number, unit))
                    else {
                        continue;
                    };
                    assert_eq!(again.computed.figure(number, unit), Some(before), "{}", it.code);
                    // How many answered, and when, is of the units of then.
                    let units = |it: &Consolidated| it.computed.land.communes(unit).len();
                    let same = units(&own) == units(&then)
                        && (before.expected, before.respondents)
                            == (after.expected, after.respondents);
                    if !same || it.gathering == Gathering::Counted {
                        continue;
                    }
                    let sums = (before.numerator, before.denominator);
                    assert_eq!((after.numerator, after.denominator), sums, "{} {map}", it.code);
                    compared += 1;
                }
            }
            if map == "2025-01-01" {
                assert!(100 < compared, "{compared}");
            }
        }
        // Sums of what people counted, the units being others: population and births of communes.
        let last = under(&post, Some("2026-01-01"));
        let land = &last.computed.land;
        let communes = land.communes("EX-NORD");
        assert!(communes.iter().any(|it| it.starts_with("~EX-C3")), "{communes:?}");
        assert!(communes.contains(&"EX-C2"));
        // What is no sum of the two communes joined stands apart too, beside their sums.
        assert_eq!(land.communes("EX-CERCLE"), ["EX-C1", "~EX-C1.EX-C1"]);
        let rule = last.rule.clone().unwrap();
        assert_eq!(rule.since, Some(day("2026-01-01")));
        assert_eq!(rule.moved, 2);
        assert!(0 < rule.held, "{rule:?}");
    }
}

#[test]
fn additive_components_are_equal_to_the_last_unit_whatever_the_units() {
    let [base, _] = bases();
    let post = Post::open(base, Content::Example);
    let own = under(&post, None);
    reformed(&post);
    let last = under(&post, Some("2026-01-01"));
    let questionnaire = own.computed.questionnaire();
    let mut compared = 0;
    for (number, it) in questionnaire.indicators().iter().enumerate() {
        let sums = it.numerator.leaves().chain(it.denominator.leaves()).all(|leaf| match leaf {
            Leaf::Cells(cells) => {
                questionnaire.element(cells.element).over_territory == OverTerritory::Sum
            }
            Leaf::Every => false,
        });
        let (Some(before), Some(after)) =
            (own.computed.figure(number, "EX-NATION"), last.computed.figure(number, "EX-NATION"))
        else {
            continue;
        };
        let counted = it.gathering == Gathering::Counted;
        if sums && !counted && before.respondents == before.expected {
            assert_eq!(after.numerator, before.numerator, "{}", it.code);
            assert_eq!(after.denominator, before.denominator, "{}", it.code);
            compared += 1;
        }
    }
    assert!(20 < compared, "{compared}");
}

#[test]
fn a_right_under_the_map_of_today_does_not_open_the_values_of_another_place() {
    let [base, _] = bases();
    let post = Post::open(base, Content::Exercise);
    reformed(&post);
    let seen = |actor: &Actor, place: &str| {
        let found = post.base.db.read(|tx| {
            Sight::open(
                tx,
                actor,
                "EX-NATION",
                place,
                (quarter("2024T4"), Carte::On(day("2026-01-01")).day(day(TODAY))),
            )
        });
        found.map(|it| it.map(|it| it.provisional)).unwrap()
    };
    // Not published: the new cercle took communes that were another's, the nation's cell had them all.
    let north = officer(OfficeKind::CercleAdviser, "EX-NORD");
    let refused = seen(&north, "EX-NORD").unwrap_err();
    assert!(matches!(refused, Refused::Unpublished { .. }), "{refused:?}");
    let nation = officer(OfficeKind::NationalOfficer, "EX-NATION");
    assert_eq!(seen(&nation, "EX-NORD"), Ok(true));
    let nobody = Actor::anonymous();
    assert!(seen(&nobody, "EX-NATION").is_err());
}
