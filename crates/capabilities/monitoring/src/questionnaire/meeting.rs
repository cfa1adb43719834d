//! Editions that meet: two posts of the nation issued one each after the same edition. One holds,
//! alike at all posts, until a person decides; what the other changed is not lost.

use super::draft::{DraftOf, Refused, draft_of, may_begin};
use super::records::{EDITION_CHOSEN, EditionChosen};
use super::{Change, Issued, Meeting, Series, Sheet, Tables, series};
use db::Tx;
use identity::{Action, Ctx, Fact, Object};
use journal::{Audience, Journal};
use kernel::{Date, Failure, Quarter, Stop};
use std::collections::BTreeSet;

/// The longest reason of a choice, in characters.
const LONGEST_REASON: usize = 1_000;
/// What the entries of the choices are about.
const SUBJECT: &str = "edition";

/// Who chose between editions that met, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chosen {
    /// The day, by the clock of the post where the choice was made.
    pub day: Date,
    /// In what office.
    pub office: String,
    /// Why.
    pub reason: String,
}

/// The choice that holds between editions that met; `None` while nobody has chosen.
///
/// # Errors
///
/// If the store fails.
pub fn chosen(tx: &mut Tx<'_>, meeting: &Meeting) -> Result<Option<Chosen>, Failure> {
    let Some(held) = meeting.editions.first().filter(|_| meeting.is_settled) else {
        return Ok(None);
    };
    // Of several choices the latest holds, as in the fold.
    let mut found: Option<(i64, String, Chosen)> = None;
    for entry in Journal::history(tx, SUBJECT, None).map_err(Failure::broken)? {
        if entry.kind != EDITION_CHOSEN {
            continue;
        }
        let it: EditionChosen = entry.read().map_err(Failure::broken)?;
        let rank = (entry.at_millis, entry.mark());
        let is_later = found.as_ref().is_none_or(|last| (last.0, &last.1) < (rank.0, &rank.1));
        if it.after == meeting.after && it.chosen == held.entry && is_later {
            let choice = Chosen {
                day: Date::from_millis(entry.at_millis),
                office: entry.office,
                reason: entry.reason,
            };
            found = Some((rank.0, rank.1, choice));
        }
    }
    Ok(found.map(|it| it.2))
}

/// The rows of the edition that several follow.
pub fn ground<'a>(series: &'a Series, meeting: &Meeting) -> Option<&'a Tables> {
    let at = series.editions.marked(&meeting.after)?;
    series.editions.editions().get(at).map(|it| &it.tables)
}

/// The editions that were issued on top of the one that holds: they fall with it.
pub fn on_top<'a>(series: &'a Series, meeting: &Meeting) -> &'a [Issued] {
    let held = meeting.editions.first().map(|it| it.entry.as_str());
    let at = series.issued.iter().position(|it| Some(it.entry.as_str()) == held);
    at.and_then(|it| series.issued.get(it + 1..)).unwrap_or_default()
}

/// The changes of an edition that does not hold, on rows that the one that holds leaves alone.
pub fn untaken(meeting: &Meeting, entry: &str) -> Vec<Change> {
    let row = |it: &Change| (it.sheet, it.key.clone());
    let held: BTreeSet<(Sheet, String)> =
        meeting.editions.iter().take(1).flat_map(|it| it.changes.iter().map(row)).collect();
    let other = meeting.editions.iter().skip(1).find(|it| it.entry == entry);
    let changes = other.iter().flat_map(|it| it.changes.iter());
    changes.filter(|it| !held.contains(&row(it))).cloned().collect()
}

fn found(series: &Series, after: &str, entry: &str) -> Result<Meeting, Refused> {
    let meeting = series.meetings.iter().find(|it| it.after == after);
    let known = meeting.filter(|it| it.editions.iter().any(|it| it.entry == entry));
    known.cloned().ok_or_else(|| Refused::NoRow(entry.to_owned()))
}

/// Decides which of the editions that met holds, and says why.
///
/// # Errors
///
/// If there is no such edition, if no reason is given, or for lack of the right.
pub fn choose(
    ctx: &mut Ctx<'_, '_>,
    after: &str,
    entry: &str,
    reason: &str,
) -> Result<(), Stop<Refused>> {
    ctx.authorize(Action::EditQuestionnaire, &Object::Post)?;
    let series = series(ctx.tx)?;
    found(&series, after, entry).map_err(Stop::Refused)?;
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(Stop::Refused(Refused::NoReason));
    }
    if LONGEST_REASON < reason.chars().count() {
        return Err(Stop::Refused(Refused::TooLong("motif".to_owned())));
    }
    let payload = EditionChosen { after: after.to_owned(), chosen: entry.to_owned() };
    ctx.record(Fact {
        kind: EDITION_CHOSEN,
        subject: SUBJECT,
        audience: Audience::Nomenclature,
        scope: "*",
        reason,
        payload: &payload,
    })?;
    Ok(())
}

/// Prepares an edition out of what the one that was not kept changed. Rows that both changed are
/// left to a person.
///
/// # Errors
///
/// If an edition is in preparation already, if nothing is left to take up, or for lack of the
/// right.
pub fn take_up(ctx: &mut Ctx<'_, '_>, after: &str, entry: &str) -> Result<(), Stop<Refused>> {
    ctx.authorize(Action::EditQuestionnaire, &Object::Post)?;
    let series = series(ctx.tx)?;
    let meeting = found(&series, after, entry).map_err(Stop::Refused)?;
    let changes = untaken(&meeting, entry);
    let other = meeting.editions.iter().find(|it| it.entry == entry);
    let Some(other) = other.filter(|_| !changes.is_empty()) else {
        return Err(Stop::Refused(Refused::NothingChanged));
    };
    if super::draft(ctx.tx)?.is_some() {
        return Err(Stop::Refused(Refused::DraftExists));
    }
    let from = first_free(ctx, other.from)?;
    draft_of(ctx, DraftOf { from, title: &other.title, changes: &changes })
}

/// The quarter, or the first one after it in which an edition may begin.
fn first_free(ctx: &mut Ctx<'_, '_>, wanted: Quarter) -> Result<Quarter, Stop<Refused>> {
    match may_begin(ctx, wanted) {
        Err(Stop::Refused(Refused::TooEarly(last))) => first_free(ctx, last),
        Err(Stop::Refused(Refused::Filed(last))) => Ok(last.plus(1)),
        other => other.map(|()| wanted),
    }
}
