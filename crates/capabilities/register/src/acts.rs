//! What people do to the register: each act loads, asks for the right, decides, records.

use db::Tx;
use identity::{Action, Ctx, Fact, Object};
use journal::Audience;
use kernel::format::read_date;
use kernel::search::fold;
use kernel::{Date, Failure, Id, Message, Reject, Stop};
use territory::{Foreign, Hit};

use crate::history::known_on;
use crate::partnership::MalianParty;
use crate::{
    CHANGED, ChangeRefused, Confidence, Event, Known, Partnership, Recorded, STATUS_RECORDED,
    Status, StatusEvent, UNDONE, Undone, map_of_the_register, read_years,
};

mod new;

pub use new::{TypedPartnership, add};

/// The longest reason or motive, in letters: the head of an entry, which holds it, stays small.
const LONGEST_REASON: usize = 2000;
/// The longest line of a form, in letters.
const LONGEST_LINE: usize = 300;

/// What is wrong with what was typed: the field (empty for the whole) and the sentence.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Refusals(pub Vec<(String, Message)>);

impl Refusals {
    fn of(field: &str, rule: &impl Reject) -> Self {
        Self(vec![(field.to_owned(), rule.message())])
    }

    fn push(&mut self, field: &str, key: &str, value: &str) {
        self.0.push((field.to_owned(), Message::new(key).with("value", value)));
    }

    /// A reason is needed, and is no letter.
    fn reason(&mut self, text: &str) {
        if text.trim().is_empty() {
            self.0.push(("raison".to_owned(), ChangeRefused::NoReason.message()));
        }
        self.length("raison", text, LONGEST_REASON);
    }

    /// Refuses a text beyond `most` letters; whether it passes.
    fn length(&mut self, field: &str, text: &str, most: usize) -> bool {
        let fits = text.trim().chars().count() <= most;
        if !fits {
            let message = Message::new("register-too-long").with("most", most);
            self.0.push((field.to_owned(), message));
        }
        fits
    }

    fn check(self) -> Result<(), Stop<Self>> {
        if self.0.is_empty() { Ok(()) } else { Err(Stop::Refused(self)) }
    }
}

fn refuse<T>(field: &str, rule: &impl Reject) -> Result<T, Stop<Refusals>> {
    Err(Stop::Refused(Refusals::of(field, rule)))
}

/// What rights look at: the places of the Malian sides and all that lies above them, under the map
/// of the register and under today's, so that a reform takes nobody's rights away.
///
/// # Errors
///
/// If the store fails.
pub fn object_of(tx: &mut Tx<'_>, it: &Partnership, today: Date) -> Result<Object, Failure> {
    object_of_sides(tx, &it.malian, today)
}

fn object_of_sides(tx: &mut Tx<'_>, sides: &[MalianParty], today: Date) -> Result<Object, Failure> {
    let mut codes = vec!["ML".to_owned()];
    for side in sides {
        codes.extend(side.place.clone());
        codes.extend(side.region().map(str::to_owned));
        let members = side.members.iter().map(|it| &it.place);
        for place in side.place.iter().chain(members) {
            codes.push(place.clone());
            for map in [map_of_the_register(), today] {
                codes.extend(territory::chain(tx, place, map)?.into_iter().map(|it| it.code));
            }
        }
    }
    Ok(Object::at(codes))
}

fn scope_of(it: &Partnership) -> String {
    let place = |it: &MalianParty| {
        it.place.clone().or_else(|| it.members.first().map(|it| it.place.clone()))
    };
    it.malian.iter().find_map(place).unwrap_or_else(|| "*".to_owned())
}

fn load(ctx: &mut Ctx<'_, '_>, id: Id) -> Result<Known, Failure> {
    let known = known_on(ctx.tx, id, None)?.ok_or(Failure::NotFound)?;
    let object = object_of(ctx.tx, &known.partnership, ctx.today())?;
    ctx.authorize(Action::EditRegister, &object)?;
    Ok(known)
}

/// Whoever changes a partnership must have the right over it before and after, and over each Malian
/// side that changes: a partnership is neither pushed into another's place nor taken out of it.
fn may_become(ctx: &mut Ctx<'_, '_>, now: &Partnership, next: &Partnership) -> Result<(), Failure> {
    let today = ctx.today();
    let object = object_of(ctx.tx, next, today)?;
    ctx.authorize(Action::EditRegister, &object)?;
    for (before, after) in now.malian.iter().zip(&next.malian) {
        if before != after {
            for side in [before, after] {
                let object = object_of_sides(ctx.tx, std::slice::from_ref(side), today)?;
                ctx.authorize(Action::EditRegister, &object)?;
            }
        }
    }
    Ok(())
}

fn reason(text: &str) -> Result<&str, Stop<Refusals>> {
    let mut refusals = Refusals::default();
    refusals.reason(text);
    refusals.check()?;
    Ok(text.trim())
}

/// The mark of the last entry of a partnership: a form carries it, so that nobody overwrites what
/// another wrote meanwhile.
pub fn last_mark(known: &Known) -> String {
    known.steps.last().map(|it| it.entry.mark()).unwrap_or_default()
}

/// Changes fields of a partnership. `seen` is the mark of the last entry that the person saw.
///
/// # Errors
///
/// What cannot be understood, field by field; or the actor may not.
pub fn edit(
    ctx: &mut Ctx<'_, '_>,
    id: Id,
    seen: &str,
    wanted: &[(String, String)],
    why: &str,
) -> Result<(), Stop<Refusals>> {
    let known = load(ctx, id)?;
    if seen != last_mark(&known) {
        return refuse("", &Message::new("register-changed-since"));
    }
    let now = &known.partnership;
    let mut refusals = Refusals::default();
    let mut fields: Vec<(String, String)> = Vec::new();
    for (field, typed) in wanted {
        let typed = typed.trim();
        let kind = crate::kind_of(field);
        if kind != "remark" && !refusals.length(field, typed, LONGEST_LINE) {
            continue;
        }
        match kind {
            "years" => match read_years(typed) {
                Some(years) => {
                    let years: Vec<String> = years.iter().map(ToString::to_string).collect();
                    fields.push((field.clone(), years.join("|")));
                }
                None => refusals.push(field, "register-bad-years", typed),
            },
            "country" => fields.push((field.clone(), typed.to_uppercase())),
            "place" => {
                let old = now.value(field).unwrap_or_default();
                match place(ctx.tx, typed)? {
                    Ok(code) if code == old => {}
                    Ok(code) => fields.extend(placed(ctx.tx, field, &code)?),
                    Err(refused) => refusals.0.push((field.clone(), refused)),
                }
            }
            _ => fields.push((field.clone(), typed.to_owned())),
        }
    }
    let mut changes = Vec::new();
    for (field, value) in fields {
        match now.changes_to([(field.as_str(), value)]) {
            Ok(them) => changes.extend(them),
            Err(ChangeRefused::Nothing) => {}
            Err(rule) => refusals.0.push((field, rule.message())),
        }
    }
    refusals.reason(why);
    refusals.check()?;
    if changes.is_empty() {
        return refuse("", &ChangeRefused::Nothing);
    }
    let mut next = now.clone();
    let recorded = Recorded { entry: String::new(), event: Event::Changed(changes.clone()) };
    if let Err(rule) = next.apply(&recorded) {
        return refuse("", &rule);
    }
    may_become(ctx, now, &next)?;
    name_partners(ctx, &next, now, why)?;
    ctx.record(Fact {
        kind: CHANGED,
        subject: &id.to_string(),
        audience: Audience::Territory,
        scope: &scope_of(now),
        reason: why.trim(),
        payload: &changes,
    })?;
    Ok(())
}

/// The changes that follow from another place: its region, and that a person chose it.
fn placed(tx: &mut Tx<'_>, field: &str, code: &str) -> Result<Vec<(String, String)>, Failure> {
    let side = field.trim_end_matches("place");
    let region = territory::region_of(tx, code, map_of_the_register())?;
    let confidence = if code.is_empty() { Confidence::Aucune } else { Confidence::Personne };
    Ok(vec![
        (field.to_owned(), code.to_owned()),
        (format!("{side}region-found"), region.unwrap_or_default()),
        (format!("{side}confidence"), confidence.to_string()),
    ])
}

/// The place that a code or an exact name means; nothing for nothing. A name borne by several
/// places is refused with all of them.
fn place(tx: &mut Tx<'_>, typed: &str) -> Result<Result<String, Message>, Failure> {
    if typed.is_empty() {
        return Ok(Ok(String::new()));
    }
    for code in [typed.to_owned(), typed.to_uppercase()] {
        if territory::unit(tx, &code)?.is_some_and(|it| it.country == "ML") {
            return Ok(Ok(code));
        }
    }
    let map = map_of_the_register();
    let wanted = fold(typed);
    let mut found = Vec::new();
    for hit in territory::search(tx, typed, map, 50)? {
        if let Hit::Unit(it) = hit
            && fold(&it.name) == wanted
            && territory::version_on(tx, &it.code, map)?.is_some()
            && it.code.starts_with("ML")
        {
            found.push(it);
        }
    }
    Ok(match found.as_slice() {
        [] => Err(Message::new("register-bad-place").with("value", typed)),
        [only] => Ok(only.code.clone()),
        several => {
            let codes: Vec<&str> = several.iter().map(|it| it.code.as_str()).collect();
            Err(Message::new("register-several-places")
                .with("value", typed)
                .with("codes", codes.join(", ")))
        }
    })
}

/// Records the partners that a partnership names and the territory does not know yet.
fn name_partners(
    ctx: &mut Ctx<'_, '_>,
    next: &Partnership,
    before: &Partnership,
    why: &str,
) -> Result<(), Failure> {
    let mut news = Vec::new();
    for side in &next.foreign {
        let same = before.foreign.iter().any(|it| it.id == side.id);
        if !same && territory::foreign_of(ctx.tx, side.id)?.is_none() {
            let mut town = Foreign::named(&side.country, side.level, &side.name);
            town.also_written(&side.written);
            news.push(town);
        }
    }
    if news.is_empty() {
        return Ok(());
    }
    let subject = next.id.to_string();
    ctx.record(Fact {
        kind: territory::FOREIGN_NAMED,
        subject: &subject,
        audience: Audience::Territory,
        scope: &scope_of(next),
        reason: why.trim(),
        payload: &news,
    })?;
    Ok(())
}

/// Undoes an entry of a partnership, named by its mark.
///
/// # Errors
///
/// If there is nothing to undo there, or a later change touched the same field.
pub fn undo_change(
    ctx: &mut Ctx<'_, '_>,
    id: Id,
    entry: &str,
    why: &str,
) -> Result<(), Stop<Refusals>> {
    let known = load(ctx, id)?;
    let why = reason(why)?;
    let history: Vec<Recorded> = known.steps.iter().filter_map(|it| it.recorded.clone()).collect();
    let (entry, changes) = match crate::undo(&history, entry) {
        Ok(Event::Undone { entry, changes }) => (entry, changes),
        Ok(_) => return refuse("", &ChangeRefused::NoEntry),
        Err(rule) => return refuse("", &rule),
    };
    let event = Event::Undone { entry: entry.clone(), changes: changes.clone() };
    let mut next = known.partnership.clone();
    if let Err(rule) = next.apply(&Recorded { entry: String::new(), event }) {
        return refuse("", &rule);
    }
    may_become(ctx, &known.partnership, &next)?;
    ctx.record(Fact {
        kind: UNDONE,
        subject: &id.to_string(),
        audience: Audience::Territory,
        scope: &scope_of(&known.partnership),
        reason: why,
        payload: &Undone { entry, changes },
    })?;
    Ok(())
}

/// A status as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedStatus {
    /// Its word.
    pub status: String,
    /// From which day.
    pub from: String,
    /// The motive of a suspension.
    pub motive: String,
}

impl TypedStatus {
    fn read(&self, refusals: &mut Refusals) -> Option<StatusEvent> {
        let before = refusals.0.len();
        let status = self.status.parse::<Status>().ok();
        if status.is_none() {
            refusals.push("statut", "register-bad-status", &self.status);
        }
        let from = self.from.trim();
        let day = read_date(from);
        if day.is_none() && !from.is_empty() {
            refusals.push("depuis", "register-bad-day", from);
        }
        if status == Some(Status::Suspendu) && self.motive.trim().is_empty() {
            refusals.0.push(("motif".to_owned(), ChangeRefused::NoMotive.message()));
        }
        refusals.length("motif", &self.motive, LONGEST_REASON);
        let event = StatusEvent {
            status: status?,
            from: day,
            written: String::new(),
            motive: self.motive.trim().to_owned(),
            entry: None,
        };
        (before == refusals.0.len()).then_some(event)
    }
}

/// Records where a relation stands from a day on.
///
/// # Errors
///
/// What cannot be understood, field by field; or the actor may not.
pub fn record_status(
    ctx: &mut Ctx<'_, '_>,
    id: Id,
    typed: &TypedStatus,
    why: &str,
) -> Result<(), Stop<Refusals>> {
    let known = load(ctx, id)?;
    let mut refusals = Refusals::default();
    let event = typed.read(&mut refusals);
    if event.is_some() && typed.from.trim().is_empty() {
        // A status without a day would hide under the one that came with the source.
        refusals.push("depuis", "register-bad-day", "");
    }
    refusals.reason(why);
    refusals.check()?;
    let Some(event) = event else {
        return Err(Failure::told("a status was neither read nor refused").into());
    };
    ctx.record(Fact {
        kind: STATUS_RECORDED,
        subject: &id.to_string(),
        audience: Audience::Territory,
        scope: &scope_of(&known.partnership),
        reason: why.trim(),
        payload: &event,
    })?;
    Ok(())
}
