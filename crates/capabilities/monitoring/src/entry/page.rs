//! What the pages of entry and of the circuit share.

use crate::circuit::ground_of;
use crate::questionnaire::{Level, Severity, Tier};
use crate::store::{Ground, Stage, State, may_read_unpublished};
use db::Tx;
use identity::Actor;
use kernel::{Date, Failure, Language, Quarter};
use web::{Chrome, PageFailure, Visit};

/// The first year of the quarters that addresses may name: no local government has older figures.
const FIRST_YEAR: u16 = 1990;

/// The quarter of an address, if it may hold something: from 1990 to the one after today's.
pub(crate) fn quarter(text: &str, today: Date) -> Result<Quarter, PageFailure> {
    let read: Option<Quarter> = text.parse().ok();
    let first = Quarter::new(FIRST_YEAR, 1);
    let last = Quarter::of(today).plus(1);
    read.filter(|it| first <= Some(*it) && *it <= last).ok_or(PageFailure::NotFound)
}

/// The place of an address for a quarter, if the visitor may see what is not published of it.
pub(crate) fn visible(
    tx: &mut Tx<'_>,
    actor: &Actor,
    place: &str,
    quarter: Quarter,
) -> Result<Ground, Failure> {
    let ground = ground_of(tx, place, quarter)?;
    if may_read_unpublished(actor, &ground, place) {
        return Ok(ground);
    }
    Err(Failure::Denied("unpublished".to_owned()))
}

/// `noyau` or `complet`, as addresses say it; the core where nothing is said.
pub(crate) fn tier(word: &str) -> Tier {
    if word == "complet" { Tier::Complete } else { Tier::Core }
}

/// The word of addresses for a tier.
pub(crate) fn tier_word(tier: Tier) -> &'static str {
    match tier {
        Tier::Core => "noyau",
        Tier::Complete => "complet",
    }
}

/// The shell of a page about a place and a quarter.
pub(crate) fn chrome(visit: &Visit, title: String, ground: &Ground, quarter: Quarter) -> Chrome {
    let name = ground.name(ground.place());
    let line = format!("{name}, {}", visit.language.quarter(quarter));
    visit.chrome_titled(title).with_place(line).with_invented(ground.invented)
}

/// How far a unit is with a quarter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Progress {
    Todo,
    Draft,
    Filed,
    Passed(Stage),
}

impl Progress {
    pub(crate) fn of(
        state: &State,
        ground: &Ground,
        unit: &str,
        quarter: Quarter,
        (filed, typed): (bool, bool),
    ) -> Self {
        match state.furthest(ground, unit, quarter) {
            Some(it) => Self::Passed(it.stage),
            None if typed => Self::Draft,
            None if filed => Self::Filed,
            None => Self::Todo,
        }
    }

    /// The name of its icon.
    pub(crate) fn kind(self) -> &'static str {
        match self {
            Self::Todo => "todo",
            Self::Draft => "draft",
            Self::Filed => "current",
            Self::Passed(Stage::Closed | Stage::Validated) => "lock",
            Self::Passed(Stage::Published) => "done",
        }
    }

    /// The key of its words.
    pub(crate) fn key(self) -> &'static str {
        match self {
            Self::Todo => "progress-todo",
            Self::Draft => "progress-draft",
            Self::Filed => "progress-filed",
            Self::Passed(Stage::Closed) => "progress-closed",
            Self::Passed(Stage::Validated) => "progress-validated",
            Self::Passed(Stage::Published) => "progress-published",
        }
    }
}

/// The name of the icon of a severity, which is also the word of its colour.
pub(crate) fn gravity(severity: Severity) -> &'static str {
    match severity {
        Severity::Blocking => "blocked",
        Severity::Warning => "late",
        Severity::Information => "info",
    }
}

/// The key of the words of a severity.
pub(crate) fn severity_key(severity: Severity) -> &'static str {
    match severity {
        Severity::Blocking => "oise-severity-blocking",
        Severity::Warning => "oise-severity-warning",
        Severity::Information => "oise-severity-information",
    }
}

/// The key of the words for what a place does with a quarter.
pub(crate) fn pass_key(level: Level) -> &'static str {
    match level {
        Level::Commune | Level::Cercle => "circuit-close",
        Level::Region => "circuit-validate",
        Level::Nation => "circuit-publish",
    }
}

/// A side of an alert as people read it.
pub(crate) fn side(language: Language, text: String) -> String {
    if text.is_empty() { text } else { language.written(&text) }
}

/// The address of the forms of a unit.
pub(crate) fn forms_href(unit: &str, quarter: Quarter, tier: Tier) -> String {
    format!("/suivi/saisie/{unit}/{quarter}?palier={}", tier_word(tier))
}

/// The address of a form, at a cell or an element of it.
pub(crate) fn form_href(
    (unit, quarter, form): (&str, Quarter, &str),
    tier: Tier,
    at: &str,
) -> String {
    let anchor = if at.is_empty() { String::new() } else { format!("#{at}") };
    format!("/suivi/saisie/{unit}/{quarter}/{form}?palier={}{anchor}", tier_word(tier))
}
