//! The figures held in memory are those of the slow reference, to the last digit.

mod common;

use common::{Content, Post, bases, quarter};
use identity::Actor;
use kernel::{Decimal, Failure, Period, Quarter};
use monitoring::aggregation::Data;
use monitoring::cube::{self, Ask, Map, Measure, Part, Standing, Term};
use monitoring::questionnaire::{Cells, Questionnaire};
use monitoring::results;
use monitoring::store::{self, View};

/// The quarters of the worked example.
fn quarters() -> Vec<Quarter> {
    (0..8).map(|it| quarter("2023T1").plus(it)).collect()
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
