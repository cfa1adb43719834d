//! One figure explained: what it is made of, who answered, how it is computed.

use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use web::{Access, Chrome, PageFailure, Routes, Visit};

use crate::analysis::{self, Definition, define};
use crate::crosscheck::{Beside, beside};

use super::answer::{Answer, Cell};
use super::asked::Depth;
use super::measure::Subject;
use super::page::{self, Pairs, ask};
use super::time::Time;
use super::told;

/// The address.
pub(super) const PAGE: &str = "/suivi/explorer/chiffre";
/// The quarters shown when one goes on from a single figure.
const NEXT: u16 = 8;

pub(super) fn routes() -> Routes {
    Routes::new().get(PAGE, Access::Public, show)
}

#[derive(Template)]
#[template(path = "explorer/figure.html")]
struct View {
    chrome: Chrome,
    kicker: String,
    title: String,
    lede: String,
    provisional: bool,
    value: String,
    unit: String,
    numerator: String,
    denominator: String,
    answered: u32,
    expected: u32,
    answered_label: String,
    missing: String,
    others: Vec<Beside>,
    definition: Definition,
    years: String,
    cautions: Vec<String>,
    onward: Vec<(String, String)>,
    back: String,
    stamp: String,
}

async fn show(visit: Visit, Query(pairs): Pairs) -> Result<Response, PageFailure> {
    let view = ask(&visit, pairs, |tx, visit, answer| {
        let mut view = View::of(visit, answer).ok_or(PageFailure::NotFound)?;
        view.others = others(tx, visit, &view.chrome, answer)?;
        Ok(view)
    });
    visit.page(&view.await?)
}

/// What other sources say of the same figure.
fn others(
    tx: &mut db::Tx<'_>,
    visit: &Visit,
    chrome: &Chrome,
    answer: &Answer,
) -> Result<Vec<Beside>, kernel::Failure> {
    let place = answer.whole().or((!answer.places.is_empty()).then_some(0));
    let (Some(place), Some(indicator), Some(period)) =
        (place, answer.indicators.first(), answer.periods.last())
    else {
        return Ok(Vec::new());
    };
    let of = (answer.questionnaire.as_ref(), indicator);
    let place = answer.places[place].code.as_str();
    let seer = (&visit.actor, visit.today());
    beside(tx, seer, chrome, visit.language, of, (place, *period))
}

impl View {
    fn of(visit: &Visit, answer: &Answer) -> Option<Self> {
        let say = page::say(visit);
        let place = answer.whole().or((!answer.places.is_empty()).then_some(0))?;
        let indicator = answer.indicators.first()?;
        let at = answer.periods.len().checked_sub(1)?;
        let cell = answer.cell(place, 0, 0, at);
        let figure = match cell {
            Cell::Known(figure) => figure,
            _ => analysis::Figure::default(),
        };
        let (text, _) = told::cell(
            &say,
            answer,
            (super::table::Spot { place, measure: 0, part: 0, period: at }, cell),
        );
        let value = figure.rounded(indicator);
        let name = answer.places[place].name.clone();
        let when = told::long_period(&say, answer.periods[at]);
        let definition = define(&say, &answer.questionnaire, indicator);
        let measure = &answer.measures[0];
        let missing = answer.missing(place, 0, at);
        let looks_back = !super::figures::adds_quarters(indicator);
        let years = match answer.periods[at] {
            kernel::Period::Quarter(_) => String::new(),
            kernel::Period::Year(_) if looks_back => say.t("explorer-year-end"),
            kernel::Period::Year(_) => say.t("explorer-year-sum"),
        };
        let to = |question: &super::Question| question.href(page::PAGE, &answer.questionnaire);
        let mut onward = Vec::new();
        if let (Subject::Indicator(_), true, kernel::Period::Quarter(quarter)) =
            (measure.subject, measure.kept.is_empty(), answer.periods[at])
        {
            let code = measure.code(&answer.questionnaire);
            let href = analysis::page_href(&[code], &answer.places[place].code, quarter);
            onward.push((href, say.t("explorer-to-indicator")));
        }
        if answer.places[place].below.is_some() {
            let question = answer.question.with(|it| it.depth = Depth::Children);
            onward.push((to(&question), say.t("explorer-to-below")));
        }
        let over_time = answer.question.with(|it| {
            it.depth = Depth::Alone;
            it.times = vec![Time::LastQuarters(NEXT)];
            it.shape = super::Shape::Lines;
        });
        onward.push((to(&over_time), say.t("explorer-to-time")));
        for dimension in measure.splits(&answer.questionnaire) {
            let label =
                answer.questionnaire.dimensions()[usize::from(dimension)].label.say(say.language);
            let question = answer.question.with(|it| {
                it.depth = Depth::Alone;
                it.splits = vec![dimension];
            });
            let arguments = [("split", analysis::lowered(label))];
            onward.push((to(&question), say.with("explorer-to-split", &arguments)));
        }
        let arguments = [
            ("level", indicator.level.word().to_owned()),
            ("expected", figure.expected.to_string()),
            ("period", when.clone()),
        ];
        Some(Self {
            kicker: format!("{} · {}", say.sector(&indicator.sector), indicator.code),
            title: definition.name.clone(),
            lede: format!("{name}, {when}"),
            provisional: answer.provisional,
            value: text,
            unit: if value.is_some() { say.unit(&indicator.unit) } else { String::new() },
            numerator: say.number(figure.numerator),
            denominator: say.number(figure.denominator),
            answered: figure.respondents,
            expected: figure.expected,
            answered_label: say.with("explorer-answered", &arguments),
            missing: analysis::some_names(&say, &missing),
            others: Vec::new(),
            years,
            cautions: told::cautions(&say, answer),
            onward,
            back: to(&answer.question.with(|it| it.depth = Depth::Children)),
            stamp: answer.stamp.told(&say),
            chrome: visit
                .chrome_titled(format!("{} – {name}", definition.name))
                .with_place(format!("{name} · {}", told::period(&say, answer.periods[at])))
                .with_invented(answer.land.invented),
            definition,
        })
    }
}
