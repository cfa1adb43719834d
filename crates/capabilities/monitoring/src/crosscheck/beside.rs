//! What another source says of one figure of ours, on the page of that figure.

use super::compare::span;
use super::mapping::{named, target};
use super::result_page::{number, percent};
use super::store::{Source, decisions, sources};
use super::{Gap, compare};
use crate::questionnaire::{Indicator, Leaf, Questionnaire};
use crate::store::{View, ground, may_read_unpublished, values_between};
use db::Tx;
use identity::Actor;
use kernel::{Date, Failure, Language, Period};
use std::collections::BTreeSet;
use web::Chrome;

/// More than this would bury the figure.
const MOST: usize = 24;

/// Their figure and ours, as a page shows them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Beside {
    /// The name of the source.
    pub(crate) source: String,
    /// Where the whole source is compared; empty if the visitor may not see it.
    pub(crate) href: String,
    /// Our data.
    pub(crate) what: String,
    /// The period.
    pub(crate) period: String,
    /// Our figure.
    pub(crate) ours: String,
    /// `11/12`, where some of those below did not answer.
    pub(crate) partial: String,
    /// Theirs.
    pub(crate) theirs: String,
    /// Theirs less ours, in hundredths of ours.
    pub(crate) percent: String,
    /// Whether they agree, in a word, and the sign that goes with it.
    pub(crate) standing: (&'static str, String),
    /// What was decided, and why.
    pub(crate) decided: String,
    pub(crate) reason: String,
}

/// The data that an indicator is made of.
fn elements(indicator: &Indicator) -> BTreeSet<u16> {
    let formulas = [&indicator.numerator, &indicator.denominator];
    let leaves = formulas.into_iter().flat_map(|it| it.leaves());
    leaves
        .filter_map(|it| match it {
            Leaf::Cells(cells) => Some(cells.element),
            Leaf::Every => None,
        })
        .collect()
}

/// The figures of other sources about the data of an indicator, at one place and for one period,
/// each beside ours. Nothing for those who may not read what is not published there.
///
/// # Errors
///
/// If the store fails.
pub(crate) fn beside(
    tx: &mut Tx<'_>,
    (actor, today): (&Actor, Date),
    chrome: &Chrome,
    language: Language,
    (questionnaire, indicator): (&Questionnaire, &Indicator),
    (place, period): (&str, Period),
) -> Result<Vec<Beside>, Failure> {
    let mut found = Vec::new();
    if !actor.is_signed_in() {
        return Ok(found);
    }
    let wanted = elements(indicator);
    for mut source in sources(tx)? {
        source.values.retain(|it| {
            let about = target(questionnaire, &it.target).map(|it| it.cells.element);
            it.unit == place
                && about.is_some_and(|it| wanted.contains(&it))
                && it.period.parse().is_ok_and(|it| speaks_of(it, period))
        });
        if source.values.is_empty() {
            continue;
        }
        for gap in gaps(tx, (actor, today), questionnaire, &source, place)? {
            if gap.theirs.is_some() && found.len() < MOST {
                let open = super::decide::may_see(tx, actor, &source, today)?;
                found.push(told(chrome, language, questionnaire, (&source, open), &gap));
            }
        }
    }
    Ok(found)
}

/// Whether a figure of this period is about the period of a page: itself, or the year around it.
fn speaks_of(theirs: Period, page: Period) -> bool {
    match (theirs, page) {
        (Period::Year(year), Period::Quarter(quarter)) => quarter.year() == year,
        _ => theirs == page,
    }
}

fn gaps(
    tx: &mut Tx<'_>,
    (actor, today): (&Actor, Date),
    questionnaire: &Questionnaire,
    source: &Source,
    place: &str,
) -> Result<Vec<Gap>, Failure> {
    let day = super::decide::day_of(source, today);
    let Some(ground) = ground(tx, place, day)? else { return Ok(Vec::new()) };
    if !may_read_unpublished(actor, &ground, place) {
        return Ok(Vec::new());
    }
    let periods = source.values.iter().filter_map(|it| it.period.parse().ok());
    let Some(span) = span(periods) else { return Ok(Vec::new()) };
    let values = values_between(tx, actor, &ground, View::Working, span)?;
    let decided = decisions(tx, &source.id)?;
    let mut found = compare(questionnaire, &ground, &values, source, &decided);
    found.retain(|it| it.unit == place);
    Ok(found)
}

fn told(
    chrome: &Chrome,
    language: Language,
    questionnaire: &Questionnaire,
    (source, is_open): (&Source, bool),
    gap: &Gap,
) -> Beside {
    let sign = match gap.standing {
        super::Standing::Agrees => "done",
        super::Standing::Differs => "late",
        super::Standing::OnlyTheirs | super::Standing::OnlyOurs => "stopped",
    };
    let decided = gap.decided.as_ref();
    Beside {
        source: source.name.clone(),
        href: if is_open { format!("/suivi/recoupement/{}", source.id) } else { String::new() },
        what: named(questionnaire, &gap.target, language),
        period: language.period(gap.period),
        ours: number(language, gap.ours),
        partial: match gap.answered {
            Some((answered, all)) if answered < all => format!("{answered}/{all}"),
            _ => String::new(),
        },
        theirs: number(language, gap.theirs),
        percent: percent(language, gap),
        standing: (sign, chrome.t(&format!("crosscheck-standing-{}", gap.standing.word()))),
        decided: decided
            .map(|it| chrome.t(&format!("crosscheck-decided-{}", it.decision)))
            .unwrap_or_default(),
        reason: decided.map(|it| it.reason.clone()).unwrap_or_default(),
    }
}
