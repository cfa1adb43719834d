//! What the commune does with its assessments.

use identity::{Action, Ctx, Fact, OfficeKind};
use journal::{Audience, Journal};
use kernel::{Failure, Id, Message, Stop};

use crate::assessment::{Assessment, Content, Granted, Saved, Ungranted};
use crate::fold::{grants, object};
use crate::grid::{Grid, LEVELS};
use crate::{GRANTED, SAVED, UNGRANTED};

/// The longest evidence or action, in letters.
pub const LONGEST: usize = 600;
/// The longest name of an office, in letters.
const LONGEST_OWNER: usize = 120;
/// Actions of one assessment.
pub const ACTIONS: usize = 10;
/// The most people of one group.
const MOST_PEOPLE: u32 = 10_000;

/// What is wrong: the field and the sentence.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Refusals(pub Vec<(String, Message)>);

impl Refusals {
    /// One refusal that belongs to no field.
    pub fn whole(key: &str) -> Self {
        Self(vec![(String::new(), Message::new(key))])
    }

    /// One more refusal.
    pub fn push(&mut self, field: impl Into<String>, message: Message) {
        self.0.push((field.into(), message));
    }
}

fn authorize(ctx: &mut Ctx<'_, '_>, commune: &str) -> Result<(), Failure> {
    let today = ctx.today();
    let object = object(ctx.tx, commune, today)?;
    ctx.authorize(Action::AssessCommune, &object)
}

fn record(
    ctx: &mut Ctx<'_, '_>,
    (kind, subject, commune): (&str, &str, &str),
    payload: &impl serde::Serialize,
) -> Result<(), Failure> {
    // Private to the commune: it never leaves the post that keeps it.
    let audience = Audience::Local;
    ctx.record(Fact { kind, subject, audience, scope: commune, reason: "", payload })?;
    Ok(())
}

/// Opens a new assessment of a commune; gives its identifier.
///
/// # Errors
///
/// [`Failure::NotFound`] if the place is no commune; the lack of the right.
pub fn begin(ctx: &mut Ctx<'_, '_>, commune: &str, grid: &Grid) -> Result<String, Failure> {
    let place = territory::place_near(ctx.tx, commune, ctx.today())?.ok_or(Failure::NotFound)?;
    if place.level != territory::Level::Commune {
        return Err(Failure::NotFound);
    }
    authorize(ctx, commune)?;
    let id = Id::mint().to_string();
    let content = Content { invented: place.invented, ..Content::blank(grid) };
    let saved = Saved { replaces: Vec::new(), content, day: ctx.today() };
    record(ctx, (SAVED, &id, commune), &saved)?;
    Ok(id)
}

/// What must hold of any saving, and, of one that is closed, what must be there.
fn check(grid: &Grid, content: &Content, today: kernel::Date) -> Refusals {
    let mut out = Refusals::default();
    let said = |key: &str| Message::new(key);
    for (group, it) in &content.groups {
        if MOST_PEOPLE < it.women.max(it.men) {
            out.push(
                format!("{group}-f"),
                said("assessments-many-people").with("most", MOST_PEOPLE),
            );
        }
    }
    if content.held.is_some_and(|it| today < it) && content.closed {
        out.push("tenue", said("assessments-future"));
    }
    for (code, mark) in &content.marks {
        let known = grid.criterion(code).is_some();
        let fits = mark.level.is_none_or(|it| (1..=LEVELS).contains(&usize::from(it)));
        if !known || !fits {
            out.push(format!("n-{code}"), said("assessments-bad-level"));
        }
        if LONGEST < mark.evidence.chars().count() {
            out.push(format!("p-{code}"), said("assessments-long").with("most", LONGEST));
        }
        if content.closed && mark.level.is_some() && mark.evidence.is_empty() {
            let name = grid.criterion(code).map(|it| it.name.fr.clone()).unwrap_or_default();
            out.push(format!("p-{code}"), said("assessments-no-evidence").with("name", name));
        }
    }
    for (at, it) in content.actions.iter().enumerate() {
        if LONGEST < it.what.chars().count() || LONGEST_OWNER < it.owner.chars().count() {
            out.push(format!("a-{at}"), said("assessments-long").with("most", LONGEST_OWNER));
        }
        if content.closed && (it.what.is_empty() || it.owner.is_empty() || it.due.is_none()) {
            out.push(format!("a-{at}"), said("assessments-action-parts").with("number", at + 1));
        }
    }
    if content.closed {
        if content.held.is_none() {
            out.push("tenue", said("assessments-no-day"));
        }
        let people = content.participants();
        if people.women == 0 && people.men == 0 {
            out.push("elus-f", said("assessments-nobody"));
        }
        if content.marks.values().all(|it| it.level.is_none()) {
            out.push("", said("assessments-no-level"));
        }
    }
    out
}

/// The field that carries [`Assessment::seen`], and the refusal of a saving that did not see what
/// it would take the place of.
pub(crate) const SEEN: &str = "vu";

/// Who saved it since: the people and offices of the savings that hold.
fn meanwhile(ctx: &mut Ctx<'_, '_>, it: &Assessment) -> Result<Refusals, Failure> {
    let written = Journal::history(ctx.tx, &it.id, None)?;
    let mut who: Vec<String> = Vec::new();
    for entry in written.iter().filter(|entry| it.current.contains(&entry.mark())) {
        let name = match entry.person.parse::<Id>() {
            Ok(id) => identity::person(ctx.tx, id)?.map(|it| it.name),
            Err(_) => Some(entry.person.clone()),
        };
        let by = name.into_iter().chain([entry.office.clone()]).filter(|it| !it.is_empty());
        let by = by.collect::<Vec<_>>().join(", ");
        if !who.contains(&by) {
            who.push(by);
        }
    }
    let mut out = Refusals::default();
    out.push(SEEN, Message::new("assessments-meanwhile").with("who", who.join("\u{a0}; ")));
    Ok(out)
}

/// Saves what was found so far, or, closed, what the meeting agreed on. An assessment that is
/// closed can be corrected: the journal keeps both. `seen` is [`Assessment::seen`] of what the form
/// was made from: what somebody else saved since is not lost unseen.
///
/// # Errors
///
/// What cannot be kept, field by field; the lack of the right.
pub fn save(
    ctx: &mut Ctx<'_, '_>,
    (id, seen): (&str, &str),
    content: Content,
) -> Result<(), Stop<Refusals>> {
    let it: Assessment = crate::find(ctx.tx, id)?.ok_or(Failure::NotFound)?;
    authorize(ctx, &it.commune)?;
    let grid = crate::grid(&it.content.grid)
        .ok_or_else(|| Failure::told("the grid of an assessment is not shipped any more"))?;
    let content = Content {
        grid: it.content.grid.clone(),
        edition: it.content.edition,
        invented: it.content.invented,
        ..content
    };
    // A form that is sent twice is no conflict: what it says holds already.
    if content == it.content {
        return Ok(());
    }
    if seen != it.seen() {
        return Err(Stop::Refused(meanwhile(ctx, &it)?));
    }
    if it.content.closed && !content.closed {
        return Err(Stop::Refused(Refusals::whole("assessments-stays-closed")));
    }
    let refused = check(grid, &content, ctx.today());
    if !refused.0.is_empty() {
        return Err(Stop::Refused(refused));
    }
    let saved = Saved { replaces: it.current.clone(), content, day: ctx.today() };
    Ok(record(ctx, (SAVED, id, &it.commune), &saved)?)
}

/// Lets an office read the assessments of a commune.
///
/// # Errors
///
/// A sentence that the person can act on; the lack of the right.
pub fn grant(
    ctx: &mut Ctx<'_, '_>,
    commune: &str,
    office: &str,
    place: &str,
) -> Result<(), Stop<Message>> {
    authorize(ctx, commune)?;
    let refuse = |key: &str| Err(Stop::Refused(Message::new(key)));
    let Ok(kind) = office.parse::<OfficeKind>() else { return refuse("assessments-bad-office") };
    if kind == OfficeKind::Administrator {
        return refuse("assessments-bad-office");
    }
    if territory::place_near(ctx.tx, place, ctx.today())?.is_none() {
        return refuse("assessments-bad-place");
    }
    let known = grants(ctx.tx, commune)?;
    if known.iter().any(|it| it.1.office == kind.word() && it.1.place == place) {
        return Ok(());
    }
    let granted =
        Granted { office: kind.word().to_owned(), place: place.to_owned(), day: ctx.today() };
    Ok(record(ctx, (GRANTED, commune, commune), &granted)?)
}

/// Takes back what was granted.
///
/// # Errors
///
/// [`Failure::NotFound`] if it was not granted; the lack of the right.
pub fn ungrant(ctx: &mut Ctx<'_, '_>, commune: &str, mark: &str) -> Result<(), Failure> {
    authorize(ctx, commune)?;
    if !grants(ctx.tx, commune)?.iter().any(|it| it.0 == mark) {
        return Err(Failure::NotFound);
    }
    let back = Ungranted { granted: vec![mark.to_owned()], day: ctx.today() };
    record(ctx, (UNGRANTED, commune, commune), &back)
}
