//! The lines of larger places on the board: a cercle seen from its region, a region from the nation.

use super::Line;
use crate::circuit::Act;
use crate::entry::page::Progress;
use crate::questionnaire::{Level, Questionnaire};
use crate::store::{Ground, Stage, State};
use kernel::{Date, Quarter};

/// A cercle seen from its region.
pub(super) fn gathered(
    ground: &Ground,
    state: &State,
    closer: &str,
    quarter: Quarter,
    under: Vec<Line>,
    (due, today): (Date, Date),
    day: &dyn Fn(Date) -> String,
) -> Line {
    let closed = state.standing(closer, quarter, Stage::Closed);
    let sum = |of: fn(&Line) -> usize| under.iter().map(of).sum();
    let received = under.iter().filter(|it| !matches!(it.progress, Progress::Todo)).count();
    Line {
        code: closer.to_owned(),
        name: ground.name(closer).to_owned(),
        href: format!("/suivi?lieu={closer}&trimestre={quarter}"),
        progress: match closed {
            Some(_) => Progress::of(state, ground, closer, quarter, (true, false)),
            None => Progress::Todo,
        },
        is_late: closed.is_none() && due < today,
        day: closed.map(|it| day(it.day)).unwrap_or_default(),
        done: u32::try_from(received).unwrap_or_default(),
        all: u32::try_from(under.len()).unwrap_or_default(),
        blocking: sum(|it| it.blocking),
        warning: sum(|it| it.warning),
        information: sum(|it| it.information),
        sent_back: sum(|it| it.sent_back),
        under,
    }
}

/// The regions seen from the nation: what they sent, without reading a value.
pub(super) fn regions(
    ground: &Ground,
    questionnaire: &Questionnaire,
    state: &State,
    quarter: Quarter,
    today: Date,
    day: &dyn Fn(Date) -> String,
) -> Vec<Line> {
    let closers = ground.closers();
    ground
        .tree
        .at_level(0, Level::Region)
        .map(|it| ground.tree.units()[it].code.as_str())
        .map(|code| {
            let under = closers.iter().filter(|it| ground.holder(it, Level::Region) == Some(code));
            let closed =
                under.clone().filter(|it| state.standing(it, quarter, Stage::Closed).is_some());
            let passed = state.last(code, quarter, Stage::Validated);
            let published = state.last(ground.place(), quarter, Stage::Published);
            Line {
                code: code.to_owned(),
                name: ground.name(code).to_owned(),
                href: format!("/suivi?lieu={code}&trimestre={quarter}"),
                progress: match (passed, published) {
                    (Some(it), Some(by)) if by.is_over(it) => Progress::Passed(Stage::Published),
                    (Some(_), _) => Progress::Passed(Stage::Validated),
                    (None, _) => Progress::Todo,
                },
                is_late: passed.is_none()
                    && ground
                        .due(questionnaire, code, Act::Validate, quarter)
                        .is_some_and(|due| due < today),
                day: passed.map(|it| day(it.day)).unwrap_or_default(),
                done: u32::try_from(closed.count()).unwrap_or_default(),
                all: u32::try_from(under.count()).unwrap_or_default(),
                blocking: 0,
                warning: 0,
                information: 0,
                sent_back: 0,
                under: Vec::new(),
            }
        })
        .collect()
}
