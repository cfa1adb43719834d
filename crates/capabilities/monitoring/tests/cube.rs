//! The figures held in memory are those of the slow reference, to the last digit.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

mod common;

use std::sync::Arc;

use common::{Content, Post, bases, day, officer, quarter};
use identity::{Actor, OfficeKind};
use journal::Draft;
use kernel::{Decimal, Failure, Period, Quarter};
use monitoring::aggregation::Data;
use monitoring::circuit;
use monitoring::cube::{
    self, Ask, Comparison, Figures, Map, Measure, Part, Rank, Refused, Standing, Term,
};
use monitoring::questionnaire::{Cells, Level, Questionnaire};
use monitoring::results;
use monitoring::store::{self, View};
use monitoring::takeover;

/// Eight quarters: those of the worked example.
fn quarters() -> Vec<Quarter> {
    (0..8).map(|it| quarter("2023T1").plus(it)).collect()
}

/// Appends one entry, and asks: the figures follow.
fn learn(post: &Post, draft: Draft) -> Arc<Figures> {
    post.base.db.write(|tx| post.journal.append(tx, draft).map(|_| ())).unwrap();
    post.base.db.read(cube::figures).unwrap()
}

fn corrected(draft: &Draft, cell: &str, value: &str) -> Draft {
    let mut payload: serde_json::Value = serde_json::from_slice(&draft.payload).unwrap();
    for period in payload["values"].as_object_mut().unwrap().values_mut() {
        if let Some(it) = period.get_mut(cell) {
            *it = value.into();
        }
    }
    Draft { payload: serde_json::to_vec(&payload).unwrap(), ..draft.clone() }
}

fn ask(measures: Vec<Measure>, places: Vec<String>, periods: Vec<Period>) -> Ask {
    Ask { measures, places, periods, ..Ask::default() }
}

/// Compares all that can be asked of a country with the reference, for a reader and a view.
fn compare(post: &Post, actor: &Actor, view: View, root: &str) -> usize {
    let questionnaire = Questionnaire::shipped().unwrap();
    let mut compared = 0;
    post.base
        .db
        .read(|tx| {
            let figures = cube::figures(tx)?;
            for quarter in quarters() {
                let Some(ground) = store::ground(tx, root, quarter.last_day())? else { continue };
                let span = (store::first_period_of(quarter), quarter);
                let program = Actor::program();
                let values = store::values_between(tx, &program, &ground, view, span)?;
                let returns = store::returns(tx, &program, &ground, view, quarter)?;
                let data =
                    Data { questionnaire, tree: &ground.tree, values: &values, returns: &returns };
                let places: Vec<String> =
                    ground.tree.units().iter().map(|it| it.code.clone()).collect();
                let periods = vec![Period::Quarter(quarter), Period::Year(quarter.year())];
                let results = results::compute(&data, quarter);
                let measures =
                    (0..questionnaire.indicators().len()).map(Measure::Indicator).collect();
                let question = ask(measures, places.clone(), periods.clone());
                let answer = figures.answer(actor, &question).unwrap();
                for (m, p, t, value) in answer.iter().filter(|it| it.2 == 0) {
                    let indicator = &questionnaire.indicators()[m];
                    let what = format!("{} {} {}", indicator.code, places[p], periods[t]);
                    if !value.is_seen() {
                        assert!(
                            view == View::Published || value.standing == Standing::NotThere,
                            "{what} {value:?}"
                        );
                        continue;
                    }
                    let expected = results.outcome(&indicator.code, &places[p]).unwrap();
                    compared += 1;
                    let text = |it: Option<Decimal>| it.map(|it| it.normalize().to_string());
                    assert_eq!(text(value.numerator), text(expected.numerator), "{what}");
                    assert_eq!(text(value.denominator), text(expected.denominator), "{what}");
                    assert_eq!(value.shown(indicator), expected.shown, "{what}");
                    let respondents = expected.respondents_text();
                    assert_eq!(value.respondents_text(), respondents, "{what}");
                }
                for (number, element) in (0..).zip(questionnaire.elements()) {
                    let mut terms = vec![(Part::Whole, Cells::all(number, element))];
                    for (cell, _) in (0..).zip(&element.cells) {
                        let id = monitoring::questionnaire::CellId { element: number, cell };
                        terms.push((Part::Cell(cell), Cells::one(id, questionnaire)));
                    }
                    let term = |part| Measure::Element(Term { element: number, part });
                    let measures = terms.iter().map(|it| term(it.0)).collect();
                    let question = ask(measures, places.clone(), periods.clone());
                    let answer = figures.answer(actor, &question).unwrap();
                    for (m, p, t, value) in answer.iter().filter(|it| it.3.is_seen()) {
                        let period = periods[t];
                        // The values of other quarters of the year are not all read here.
                        if matches!(period, Period::Year(_)) && quarter.number() != 4 {
                            continue;
                        }
                        let asked = match period {
                            Period::Quarter(it) => element.rhythm.period(it),
                            year => year,
                        };
                        let place = ground.tree.place(&places[p]).unwrap();
                        let expected = data.aggregate(place, &terms[m].1, asked);
                        let what = format!("{} {} {period}", element.code, places[p]);
                        compared += 1;
                        assert_eq!(value.value, expected.value, "{what} {value:?}");
                        assert_eq!(value.respondents, expected.respondents, "{what}");
                        assert_eq!(value.expected, expected.expected, "{what}");
                    }
                }
            }
            Ok::<_, Failure>(())
        })
        .unwrap();
    compared
}

#[test]
fn what_was_filed_is_answered_as_the_reference_does() {
    for base in bases() {
        let post = Post::open(base, Content::Example);
        assert!(10_000 < compare(&post, &Actor::program(), View::Filed, "EX-NATION"));
    }
}

#[test]
fn what_was_published_is_answered_as_the_reference_does() {
    for base in bases() {
        let post = Post::open(base, Content::Example);
        assert!(5_000 < compare(&post, &Actor::anonymous(), View::Published, "EX-NATION"));
    }
}

#[test]
fn figures_follow_the_journal_entry_by_entry_in_any_order() {
    let now = day(common::TODAY).to_millis();
    let all = circuit::example(now).unwrap();
    let (returns, passes): (Vec<Draft>, Vec<Draft>) =
        all.into_iter().partition(|it| it.kind == store::RETURN_FILED);
    for (base, turn) in bases().into_iter().zip([0, 13]) {
        let post = Post::open(base, Content::Nothing);
        let mut drafts = returns.clone();
        // The last quarters first, then those of before: an earlier one makes all figures anew.
        drafts.rotate_left(turn);
        for draft in &drafts {
            learn(&post, draft.clone());
        }
        compare(&post, &Actor::program(), View::Filed, "EX-NATION");
        for draft in passes.clone() {
            learn(&post, draft);
        }
        assert!(5_000 < compare(&post, &Actor::anonymous(), View::Published, "EX-NATION"));
        // A figure of an old quarter is corrected, and one of a year; nothing of it is public yet.
        learn(&post, corrected(&returns[4], "SAN_ACC", "4321"));
        learn(&post, corrected(&returns[20], "DEM_SUPERFICIE", "77.25"));
        compare(&post, &Actor::program(), View::Filed, "EX-NATION");
        compare(&post, &Actor::anonymous(), View::Published, "EX-NATION");
        // Passed on again, it is.
        for draft in passes.clone() {
            learn(&post, draft);
        }
        compare(&post, &Actor::anonymous(), View::Published, "EX-NATION");
    }
}

#[test]
fn a_file_of_corrections_moves_what_it_names_in_the_figures() {
    let heading = "element,unite_org,periode,options,valeur\n";
    let correct = |post: &Post, lines: &str| {
        let text = format!("{heading}{lines}");
        let program = Actor::program();
        let done = post.act(&program, |ctx| {
            takeover::correct(ctx, "fautes.csv", &mut text.as_bytes(), "Relevé")
        });
        done.unwrap();
    };
    let filled = |base| {
        let post = Post::open(base, Content::Nothing);
        let program = Actor::program();
        let text = monitoring::values::example::VALUES;
        let done = post.act(&program, |ctx| {
            takeover::take_over(ctx, "passe.csv", &mut text.as_bytes(), "Ancienne base")
        });
        done.unwrap();
        post
    };
    for (base, asked_before) in bases().into_iter().zip([true, false]) {
        let post = filled(base);
        if asked_before {
            // The figures follow; otherwise they are made of all at once.
            post.base.db.read(cube::figures).unwrap();
        }
        correct(&post, "SAN_ACC,EX-C1,2024T4,,43\nSAN_CONS,EX-C2,2024T1,SEXE=F;AGE_SAN=M05,5\n");
        correct(&post, "SAN_ACC,EX-C1,2024T4,,44\nSAN_CONS,EX-C2,2024T1,SEXE=H;AGE_SAN=P05,6\n");
        correct(&post, "SAN_ACC,EX-C3,2025T1,,12\n");
        compare(&post, &Actor::program(), View::Filed, "EX-NATION");
        let figures = post.base.db.read(cube::figures).unwrap();
        assert_eq!(figures.quarters().unwrap().1, quarter("2025T1"));
        let measure = Measure::element(figures.questionnaire(), "SAN_ACC").unwrap();
        let question =
            ask(vec![measure], vec!["EX-C1".into()], vec![Period::Quarter(quarter("2024T4"))]);
        let answer = figures.answer(&Actor::program(), &question).unwrap();
        assert_eq!(answer.get(0, 0, 0).unwrap().value, Some(44.into()));
        // A return filed anew stands over the corrections of the one before.
        let now = day(common::TODAY).to_millis();
        let all = circuit::example(now).unwrap();
        let again =
            all.iter().find(|it| it.kind == store::RETURN_FILED && it.subject == "EX-C1/2024T4");
        learn(&post, again.unwrap().clone());
        compare(&post, &Actor::program(), View::Filed, "EX-NATION");
    }
}

#[test]
fn the_first_places_are_those_of_the_values_under_any_map() {
    let [base, _] = bases();
    let post = Post::open(base, Content::Example);
    let figures = post.base.db.read(cube::figures).unwrap();
    let questionnaire = figures.questionnaire();
    let program = Actor::program();
    let places: Vec<String> = figures
        .below("EX-NATION", Level::Commune, day("2024-12-31"))
        .unwrap()
        .iter()
        .map(|it| it.code.clone())
        .collect();
    let mut compared = 0;
    for element in questionnaire.elements() {
        let Some(measure) = Measure::element(questionnaire, &element.code) else { continue };
        for (map, partial) in [(Map::AsItWas, false), (Map::On(day("2024-12-31")), true)] {
            let period = Period::Year(2024);
            let question =
                Ask { map, partial, ..ask(vec![measure.clone()], places.clone(), vec![period]) };
            let answer = figures.answer(&program, &question).unwrap();
            let mut expected: Vec<Decimal> = answer.iter().filter_map(|it| it.3.value).collect();
            expected.sort_by(|a, b| b.cmp(a));
            let rank = Rank {
                measure: measure.clone(),
                within: "EX-NATION".to_owned(),
                level: Level::Commune,
                period,
                map,
                partial,
                most: 10,
                largest: true,
            };
            let found = figures.top(&program, &rank).unwrap();
            let found: Vec<Decimal> = found.iter().filter_map(|it| it.1.value).collect();
            assert_eq!(found, expected, "{} {map:?}", element.code);
            compared += found.len();
        }
    }
    assert!(200 < compared, "{compared}");
}

#[test]
fn what_is_typed_or_done_elsewhere_keeps_the_figures() {
    let [base, _] = bases();
    let post = Post::open(base, Content::Example);
    let before = post.base.db.read(cube::figures).unwrap();
    let again = post.base.db.read(cube::figures).unwrap();
    assert!(Arc::ptr_eq(&before, &again));
    assert!(0 < before.values().0);
}

#[test]
fn only_those_in_charge_see_what_is_not_published_and_who_comes_first() {
    let [base, _] = bases();
    let post = Post::open(base, Content::Exercise);
    let now = day(common::TODAY).to_millis();
    let last = circuit::example(now).unwrap();
    let of_last = |it: &Draft| {
        it.kind == store::RETURN_FILED && String::from_utf8_lossy(&it.payload).contains("2024T4\"")
    };
    let mut figures = None;
    for draft in last.into_iter().filter(of_last) {
        figures = Some(learn(&post, draft));
    }
    let figures = figures.unwrap();
    let measure = Measure::element(figures.questionnaire(), "SAN_CONS").unwrap();
    let period = Period::Quarter(quarter("2024T4"));
    let standing = |actor: &Actor, place: &str, map| {
        let question = Ask { map, ..ask(vec![measure.clone()], vec![place.into()], vec![period]) };
        let answer = figures.answer(actor, &question).unwrap();
        let value = *answer.get(0, 0, 0).unwrap();
        assert_eq!(value.value.is_some(), value.is_seen());
        value.standing
    };
    let cercle = officer(OfficeKind::CercleAdviser, "EX-CERCLE");
    let commune = officer(OfficeKind::MunicipalSecretary, "EX-C1");
    for map in [Map::AsItWas, Map::On(day("2024-12-31"))] {
        assert_eq!(standing(&Actor::anonymous(), "EX-C1", map), Standing::Unpublished);
        assert_eq!(standing(&cercle, "EX-C1", map), Standing::Provisional);
        assert_eq!(standing(&cercle, "EX-NATION", map), Standing::Unpublished);
        assert_eq!(standing(&commune, "EX-C1", map), Standing::Provisional);
        assert_eq!(standing(&commune, "EX-C2", map), Standing::Unpublished);
        assert_eq!(standing(&commune, "EX-CERCLE", map), Standing::Unpublished);
    }
    let rank = Rank {
        measure: measure.clone(),
        within: "EX-CERCLE".to_owned(),
        level: Level::Commune,
        period,
        map: Map::AsItWas,
        partial: false,
        most: 2,
        largest: true,
    };
    let found = figures.top(&cercle, &rank).unwrap();
    assert_eq!(found.len(), 2);
    assert!(found[1].1.value < found[0].1.value);
    let all = figures.below("EX-CERCLE", Level::Commune, day("2024-12-31")).unwrap();
    let question = ask(vec![measure], all.iter().map(|it| it.code.clone()).collect(), vec![period]);
    let answer = figures.answer(&cercle, &question).unwrap();
    let most = answer.iter().map(|it| it.3.value).max().unwrap();
    assert_eq!(found[0].1.value, most);
    let refused = figures.top(&commune, &rank).unwrap_err();
    assert!(matches!(refused, kernel::Stop::Refused(Refused::NotYours(_))), "{refused:?}");
}

#[test]
fn restricted_figures_are_withheld_as_on_the_pages() {
    let [base, _] = bases();
    let post = Post::open(base, Content::Example);
    let questionnaire = Questionnaire::shipped().unwrap();
    let anonymous = Actor::anonymous();
    let mut withheld = 0;
    post.base
        .db
        .read(|tx| {
            let figures = cube::figures(tx)?;
            for quarter in quarters() {
                let version = monitoring::analysis::Version::Published;
                let found = monitoring::analysis::consolidated(tx, "EX-NATION", quarter, version)?;
                let found = found.unwrap();
                let units = found.computed.land.tree.units();
                let places: Vec<String> = units.iter().map(|it| it.code.clone()).collect();
                for (number, indicator) in questionnaire.indicators().iter().enumerate() {
                    let measures = vec![Measure::Indicator(number)];
                    let question = ask(measures, places.clone(), vec![Period::Quarter(quarter)]);
                    let answer = figures.answer(&anonymous, &question).unwrap();
                    for (_, p, _, value) in answer.iter() {
                        let expected = found.withheld.holds(&found.computed, number, &places[p]);
                        let is = value.standing == Standing::Withheld;
                        assert_eq!(is, expected, "{} {} {quarter}", indicator.code, places[p]);
                        withheld += usize::from(is);
                        assert!(!is || value.value.or(value.numerator).is_none());
                    }
                    // Another map could tell by difference what this one hides.
                    if figures.is_restricted(&Measure::Indicator(number)) {
                        let question = Ask { map: Map::On(day("2024-12-31")), ..question };
                        let answer = figures.answer(&anonymous, &question).unwrap();
                        assert!(answer.iter().all(|it| it.3.standing == Standing::Withheld));
                    }
                }
                // Nor may a restricted element of one commune be found through comparisons.
                let term = |code| Term {
                    element: questionnaire.element_number(code).unwrap(),
                    part: Part::Whole,
                };
                let comparison = Comparison {
                    left: term("SAN_DECES_MAT"),
                    factor: Decimal::ONE,
                    right: term("SAN_ACC"),
                };
                let periods = [Period::Quarter(quarter)];
                let found = figures.compare(&anonymous, &[comparison], "EX-CERCLE", &periods);
                assert!(found.is_err());
            }
            Ok::<_, Failure>(())
        })
        .unwrap();
    assert!(0 < withheld);
}
