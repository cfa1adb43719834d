//! What a person owes to the circuit, and until when: the steps of their offices that the plan gives
//! a day, and what others wait for from them. The days are those of the plan, the same by which
//! promptness is counted.

use super::ground_of;
use super::plan::Act;
use super::question_pages;
use super::threads::{Turn, may_ask, may_speak, threads};
use super::{doubts, waiting_for};
use crate::entry::page::forms_href;
use crate::questionnaire::{self, Level, Tier};
use crate::store::{Ground, Stage, State, filings_of, passages};
use db::Tx;
use identity::{Actor, Office, OfficeKind};
use kernel::{Date, Failure, Quarter};
use web::{Duty, Reader};

/// The quarters before the one being collected in which a step may still be owed.
const BACK: i32 = 2;

/// A step that an office owes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Owed {
    /// The step.
    pub act: Act,
    /// The place.
    pub place: String,
    /// Its name.
    pub name: String,
    /// The quarter.
    pub quarter: Quarter,
    /// The last day in time.
    pub due: Date,
    /// How many of those awaited have not come; a commune awaits nobody.
    pub missing: usize,
}

impl Owed {
    /// Where the step is taken.
    pub fn href(&self) -> String {
        match self.act {
            Act::File => forms_href(&self.place, self.quarter, Tier::Core),
            _ => format!("/suivi/circuit/{}/{}", self.place, self.quarter),
        }
    }
}

/// The step that an office takes for its own place.
fn act_of(kind: OfficeKind) -> Option<Act> {
    match kind {
        OfficeKind::MunicipalSecretary => Some(Act::File),
        OfficeKind::CercleAdviser => Some(Act::Close),
        OfficeKind::RegionalOfficer => Some(Act::Validate),
        OfficeKind::NationalOfficer => Some(Act::Publish),
        _ => None,
    }
}

/// The steps that the offices of an actor owe: those of the quarter being collected, and of the ones
/// before of which something is known here.
///
/// # Errors
///
/// If the store fails.
pub fn owed(tx: &mut Tx<'_>, actor: &Actor, today: Date) -> Result<Vec<Owed>, Failure> {
    let mut found: Vec<Owed> = Vec::new();
    for office in &actor.offices {
        for quarter in quarters(today) {
            if let Some((ground, state)) = at(tx, &office.place, quarter)? {
                let is_last = quarter == Quarter::of(today).plus(-1);
                found.extend(owed_by(tx, office, &ground, &state, quarter, is_last)?);
            }
        }
    }
    found.sort_by(|a, b| (a.due, &a.name).cmp(&(b.due, &b.name)));
    found.dedup();
    Ok(found)
}

fn quarters(today: Date) -> impl Iterator<Item = Quarter> {
    let collected = Quarter::of(today).plus(-1);
    (0..=BACK).map(move |it| collected.plus(-it))
}

fn at(tx: &mut Tx<'_>, place: &str, quarter: Quarter) -> Result<Option<(Ground, State)>, Failure> {
    let ground = match ground_of(tx, place, quarter) {
        Ok(it) => it,
        Err(Failure::NotFound) => return Ok(None),
        Err(failure) => return Err(failure),
    };
    let state = passages(tx, &ground)?;
    Ok(Some((ground, state)))
}

fn owed_by(
    tx: &mut Tx<'_>,
    office: &Office,
    ground: &Ground,
    state: &State,
    quarter: Quarter,
    is_last: bool,
) -> Result<Option<Owed>, Failure> {
    let place = ground.place();
    let Some(act) = act_of(office.kind) else { return Ok(None) };
    let came = |units: Vec<&str>, tx: &mut Tx<'_>| -> Result<(usize, usize), Failure> {
        let filed = filings_of(tx, &units, (quarter, quarter))?;
        let here = units.iter().filter(|it| filed.get(**it).is_some_and(|it| !it.is_empty()));
        Ok((here.count(), units.len()))
    };
    let passed = |stage, places: &[String]| {
        let here = places.iter().filter(|it| state.standing(it, quarter, stage).is_some());
        (here.count(), places.len())
    };
    // What has come, what is awaited, and whether the step was taken.
    let (here, all, is_done) = match (act, ground.level()) {
        (Act::File, Level::Commune) => {
            let (here, all) = came(vec![place], tx)?;
            (here, all, 0 < here || state.furthest(ground, place, quarter).is_some())
        }
        (Act::Close, _) if !ground.closes(place).is_empty() => {
            let closed = state.standing(place, quarter, Stage::Closed).is_some();
            let communes = ground.closes(place).into_iter().filter(|it| *it != place).collect();
            let (here, all) = came(communes, tx)?;
            (here, all, closed)
        }
        (Act::Validate, Level::Region) => {
            let awaited = ground.awaited(quarter).into_iter().map(str::to_owned);
            let (here, all) = passed(Stage::Closed, &awaited.collect::<Vec<_>>());
            (here, all, state.last(place, quarter, Stage::Validated).is_some())
        }
        (Act::Publish, Level::Nation) => {
            let regions = ground.tree.at_level(0, Level::Region);
            let regions: Vec<String> =
                regions.map(|it| ground.tree.units()[it].code.clone()).collect();
            let (here, all) = passed(Stage::Validated, &regions);
            (here, all, state.last(place, quarter, Stage::Published).is_some())
        }
        _ => return Ok(None),
    };
    let questionnaire = questionnaire::in_force(tx, quarter)?;
    let due = ground.due(&questionnaire, place, act, quarter);
    let Some(due) = due.filter(|_| !is_done && (is_last || 0 < here)) else { return Ok(None) };
    Ok(Some(Owed {
        act,
        place: place.to_owned(),
        name: ground.name(place).to_owned(),
        quarter,
        due,
        missing: if act == Act::File { 0 } else { all - here },
    }))
}

/// What waits for a person in monitoring: their steps, questions to answer or to read, requests to
/// reopen, figures to look at again.
///
/// # Errors
///
/// If the store fails.
pub fn duties(tx: &mut Tx<'_>, reader: &Reader<'_>) -> Result<Vec<Duty>, Failure> {
    let mut found = Vec::new();
    for it in owed(tx, reader.actor, reader.today)? {
        let quarter = reader.language.short_quarter(it.quarter);
        let key = format!("duty-{}", it.act.word());
        let mut text = reader.say(&key, &[("place", it.name.clone()), ("quarter", quarter)]);
        if 0 < it.missing {
            text.push_str(&reader.say("duty-missing", &[("count", it.missing.to_string())]));
        }
        found.push(Duty { due: Some(it.due), text, href: it.href() });
    }
    for office in &reader.actor.offices {
        for quarter in quarters(reader.today) {
            if let Some((ground, _)) = at(tx, &office.place, quarter)? {
                asked_of(tx, reader, (&ground, office), quarter, &mut found)?;
            }
        }
    }
    found.dedup();
    Ok(found)
}

/// What others wait for.
fn asked_of(
    tx: &mut Tx<'_>,
    reader: &Reader<'_>,
    (ground, office): (&Ground, &Office),
    quarter: Quarter,
    found: &mut Vec<Duty>,
) -> Result<(), Failure> {
    let actor = reader.actor;
    let short = reader.language.short_quarter(quarter);
    for it in threads(tx, ground, quarter)? {
        let asks = it.place == office.place && may_ask(actor, ground, &it.unit);
        // Those below answer; whoever asked reads the answer.
        let key = match it.turn() {
            Turn::Asked
                if it.place != office.place
                    && it.asked.contains(&office.place)
                    && may_speak(actor, ground, &it.unit) =>
            {
                "duty-answer"
            }
            Turn::Answered if asks => "duty-read",
            _ => continue,
        };
        let text = it.question().map(|it| it.text.clone()).unwrap_or_default();
        let given = [("place", ground.name(&it.unit).to_owned()), ("text", shortened(&text))];
        let href = question_pages::one_href(&it.mark);
        found.push(Duty { due: None, text: reader.say(key, &given), href });
    }
    for it in waiting_for(tx, ground, quarter)? {
        let given = [("place", ground.name(&it.place).to_owned()), ("quarter", short.clone())];
        let href = format!("/suivi/circuit/{}/{quarter}#f-reouvertures", ground.place());
        found.push(Duty { due: None, text: reader.say("duty-reopening", &given), href });
    }
    if office.kind == OfficeKind::MunicipalSecretary {
        let sent = doubts(tx, actor, ground, quarter)?;
        let count = sent.iter().filter(|it| it.sent_back.is_some()).count();
        if 0 < count {
            let given = [("count", count.to_string()), ("quarter", short)];
            let href = format!("/suivi/alertes/{}/{quarter}", ground.place());
            found.push(Duty { due: None, text: reader.say("duty-sent-back", &given), href });
        }
    }
    Ok(())
}

/// The beginning of a long question.
fn shortened(text: &str) -> String {
    const LONG: usize = 80;
    if text.chars().count() <= LONG {
        return text.to_owned();
    }
    let mut cut: String = text.chars().take(LONG).collect();
    cut.truncate(cut.rfind(' ').unwrap_or(cut.len()));
    cut.push('…');
    cut
}
