//! Questions of a region or of the nation on the figures of a cercle, and what is answered: a
//! thread that hangs on a cell, an indicator, an alert or a whole quarter, and travels both ways
//! with the packages. A blocking question keeps the quarter from being validated, as far as the
//! plan of the circuit asks ([`super::Demand`]).

use super::alerts::doubts;
use super::ground_of;
use super::payload::{QUESTION_ASKED, QUESTION_CONTINUED, QuestionAsked, QuestionContinued};
use super::plan::Demand;
use super::refused::{LONGEST, Refused};
use crate::aggregation::Data;
use crate::questionnaire;
use crate::results;
use crate::store::{self, Ground, Stage, View, first_period_of, values_between};
use db::{DbError, Row, Tx};
use identity::{Action, Actor, Ctx, Fact, Office, allow};
use journal::{Audience, Entry};
use kernel::{Date, Failure, Quarter, Stop};
use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

/// What a question is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum About {
    /// The whole quarter of the unit.
    Quarter,
    /// A cell, as stored: `SAN_ACC`, `DEM_POP|SEXE=F;AGE_POP=A00`.
    Cell(String),
    /// An indicator, by its code.
    Indicator(String),
    /// An alert, as the circuit names it: `V018`.
    Alert(String),
}

impl fmt::Display for About {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Quarter => f.write_str("quarter"),
            Self::Cell(it) => write!(f, "cell:{it}"),
            Self::Indicator(it) => write!(f, "indicator:{it}"),
            Self::Alert(it) => write!(f, "alert:{it}"),
        }
    }
}

impl FromStr for About {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        match text.split_once(':') {
            None if text == "quarter" => Ok(Self::Quarter),
            Some(("cell", it)) => Ok(Self::Cell(it.to_owned())),
            Some(("indicator", it)) => Ok(Self::Indicator(it.to_owned())),
            Some(("alert", it)) => Ok(Self::Alert(it.to_owned())),
            _ => Err(()),
        }
    }
}

/// A question and all that was said of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Thread {
    /// Its short hash, which names it.
    pub mark: String,
    /// The unit asked about.
    pub unit: String,
    /// The quarter.
    pub quarter: Quarter,
    /// What it is about.
    pub about: About,
    /// The figure as it stood when it was asked, as a program writes it; empty if there was none.
    pub seen: String,
    /// Whether the quarter waits for its answer.
    pub blocking: bool,
    /// The place that asks.
    pub place: String,
    /// The places that are asked: the unit, and those above it up to the one that closes.
    pub asked: Vec<String>,
    /// The question first, then what followed, in the order in which it was said.
    pub messages: Vec<Said>,
}

/// One thing said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// Its place in the thread; two that did not know each other bear the same number.
    pub number: i64,
    /// What is said; may be empty with the last word.
    pub text: String,
    /// The last word.
    pub closes: bool,
    /// Whether the synthesis quotes the exchange; counts with the last word.
    pub quoted: bool,
    /// The place that speaks.
    pub place: String,
    /// Who speaks.
    pub person: String,
    /// In what office.
    pub office: String,
    /// When.
    pub day: Date,
    mark: String,
}

/// How far a thread is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Turn {
    /// The asked have still to answer: the unit, or the place that closes its quarters.
    Asked,
    /// They answered; the place that asked reads.
    Answered,
    /// It is settled.
    Settled,
}

impl Turn {
    /// The end of its keys in the catalogues.
    pub fn word(self) -> &'static str {
        match self {
            Self::Asked => "asked",
            Self::Answered => "answered",
            Self::Settled => "settled",
        }
    }
}

impl Turn {
    /// The name of its icon.
    pub fn kind(self) -> &'static str {
        match self {
            Self::Asked => "late",
            Self::Answered => "current",
            Self::Settled => "done",
        }
    }
}

impl Thread {
    /// The question itself.
    pub fn question(&self) -> Option<&Said> {
        self.messages.first()
    }

    /// How far it is: what the place that asks and the asked said last decides. A region that must
    /// validate does not answer in their place what the nation asks: its words change nothing.
    pub fn turn(&self) -> Turn {
        if self.messages.last().is_some_and(|it| it.closes) {
            return Turn::Settled;
        }
        let asks = |it: &&Said| it.place == self.place;
        let answers = |it: &&Said| self.asked.contains(&it.place);
        match self.messages.iter().rev().find(|it| asks(it) || answers(it)) {
            Some(it) if !asks(&it) => Turn::Answered,
            _ => Turn::Asked,
        }
    }

    /// Whether a synthesis quotes it: it is settled, and who settled it wants it quoted.
    pub fn is_quoted(&self) -> bool {
        self.messages.last().is_some_and(|it| it.closes && it.quoted)
    }

    /// Whether it keeps the quarter from being validated.
    pub fn holds_up(&self, demand: Demand) -> bool {
        self.blocking
            && match demand {
                Demand::Nothing => false,
                Demand::Answered => self.turn() == Turn::Asked,
                Demand::Settled => self.turn() != Turn::Settled,
            }
    }
}

/// The threads about a place and all the units under it for a quarter, by unit, then by day. What
/// the reader may see of them is the caller's to ask: they are for those who may see the figures
/// that are not published; a public synthesis takes those that are [`Thread::is_quoted`].
///
/// # Errors
///
/// If the store fails.
pub fn threads(tx: &mut Tx<'_>, ground: &Ground, quarter: Quarter) -> Result<Vec<Thread>, Failure> {
    let quarter = quarter.to_string();
    let rows = tx.query(include_str!("sql/questions.sql"), &[quarter.as_str().into()])?;
    let mut found = rows.iter().map(thread).collect::<Result<Vec<_>, DbError>>()?;
    found.retain(|it| ground.cares_for(&it.unit));
    let rows = tx.query(include_str!("sql/question_messages.sql"), &[quarter.as_str().into()])?;
    let mut said: BTreeMap<String, Vec<Said>> = BTreeMap::new();
    for row in &rows {
        said.entry(row.text("question")?.to_owned()).or_default().push(message(row)?);
    }
    for it in &mut found {
        it.asked = match ground.tree.place(&it.unit) {
            Some(_) => asked(ground, &it.unit, it.quarter),
            // It lies elsewhere: what closes it is not seen from here.
            None => asked(&ground_of(tx, &it.unit, it.quarter)?, &it.unit, it.quarter),
        };
        it.messages.extend(said.remove(&it.mark).unwrap_or_default());
        // A question comes first; what followed is in the order of what its writers had read.
        it.messages.sort_by(|a, b| (a.number, &a.mark).cmp(&(b.number, &b.mark)));
    }
    Ok(found)
}

/// The thread of this name.
///
/// # Errors
///
/// [`Failure::NotFound`] if there is none here, or if the store fails.
pub fn thread_of(tx: &mut Tx<'_>, mark: &str) -> Result<(Ground, Thread), Failure> {
    let rows = tx.query(include_str!("sql/question.sql"), &[mark.into()])?;
    let found = rows.first().map(thread).transpose()?.ok_or(Failure::NotFound)?;
    let ground = ground_of(tx, &found.unit, found.quarter)?;
    let all = threads(tx, &ground, found.quarter)?;
    let thread = all.into_iter().find(|it| it.mark == mark).ok_or(Failure::NotFound)?;
    Ok((ground, thread))
}

fn thread(row: &Row) -> Result<Thread, DbError> {
    let about = row.text("about")?;
    let question = Said {
        number: 0,
        text: row.text("body")?.to_owned(),
        closes: false,
        quoted: false,
        place: row.text("place")?.to_owned(),
        person: row.text("person")?.to_owned(),
        office: row.text("office")?.to_owned(),
        day: row.parse("day")?,
        mark: row.text("mark")?.to_owned(),
    };
    Ok(Thread {
        mark: question.mark.clone(),
        unit: row.text("unit")?.to_owned(),
        quarter: row.parse("quarter")?,
        // A newer program may ask about what this one does not know: the words remain.
        about: about.parse().unwrap_or(About::Quarter),
        seen: row.text("seen")?.to_owned(),
        blocking: row.int("is_blocking")? == 1,
        place: question.place.clone(),
        asked: Vec::new(),
        messages: vec![question],
    })
}

fn message(row: &Row) -> Result<Said, DbError> {
    Ok(Said {
        number: row.int("number")?,
        text: row.text("body")?.to_owned(),
        closes: row.int("closes")? == 1,
        quoted: row.int("quoted")? == 1,
        place: row.text("place")?.to_owned(),
        person: row.text("person")?.to_owned(),
        office: row.text("office")?.to_owned(),
        day: row.parse("day")?,
        mark: row.text("mark")?.to_owned(),
    })
}

/// Whether the actor may ask questions on a unit: whoever validates or publishes its quarter.
pub fn may_ask(actor: &Actor, ground: &Ground, unit: &str) -> bool {
    let object = ground.object(unit);
    [Action::ValidateQuarter, Action::PublishQuarter].iter().any(|it| allow(actor, *it, &object))
}

/// Whether the actor may speak in the threads on a unit: whoever asks, and whoever answers for its
/// figures.
pub fn may_speak(actor: &Actor, ground: &Ground, unit: &str) -> bool {
    let object = ground.object(unit);
    may_ask(actor, ground, unit) || allow(actor, Action::EnterValues, &object)
}

/// Whether the actor may settle a thread: an office of the place that asked.
pub fn may_settle(actor: &Actor, ground: &Ground, thread: &Thread) -> bool {
    may_ask(actor, ground, &thread.unit) && actor.offices.iter().any(|it| it.place == thread.place)
}

/// The office in which the actor speaks of a unit: the first whose place holds it.
fn speaker<'a>(actor: &'a Actor, ground: &Ground, unit: &str) -> Option<&'a Office> {
    let path = ground.answering(unit);
    actor.offices.iter().find(|it| path.contains(&it.place))
}

/// The place that keeps the threads on a unit: the one that closes its quarters. What is said
/// travels between it and the places above, and no further down.
fn scope(ground: &Ground, unit: &str, quarter: Quarter) -> String {
    ground.takes(unit, Stage::Closed, quarter).unwrap_or(unit).to_owned()
}

/// The places that answer for a unit: from itself up to the one that closes its quarters.
fn asked(ground: &Ground, unit: &str, quarter: Quarter) -> Vec<String> {
    let mut path = ground.path(unit);
    let closer = scope(ground, unit, quarter);
    let last = path.iter().position(|it| *it == closer).unwrap_or(0);
    path.truncate(last + 1);
    path
}

fn text(typed: &str, may_be_empty: bool) -> Result<String, Refused> {
    let text = typed.trim();
    if text.is_empty() && !may_be_empty {
        return Err(Refused::NoText);
    }
    if LONGEST < text.chars().count() {
        return Err(Refused::LongReason);
    }
    Ok(text.to_owned())
}

/// Asks a question on something of a unit.
///
/// # Errors
///
/// A rule of [`Refused`]; the lack of the right to validate or publish the quarter of the unit.
pub fn ask(
    ctx: &mut Ctx<'_, '_>,
    unit: &str,
    quarter: Quarter,
    about: &About,
    question: &str,
    blocking: bool,
) -> Result<Entry, Stop<Refused>> {
    let ground = ground_of(ctx.tx, unit, quarter)?;
    if !may_ask(ctx.actor, &ground, unit) {
        return Err(Failure::Denied("ValidateQuarter".to_owned()).into());
    }
    let seen = seen(ctx.tx, ctx.actor, &ground, quarter, about)?;
    let seen = seen.ok_or_else(|| Stop::Refused(Refused::NoSuch(about.to_string())))?;
    let office = speaker(ctx.actor, &ground, unit);
    let fact = QuestionAsked {
        unit: unit.to_owned(),
        quarter: quarter.to_string(),
        about: about.to_string(),
        seen,
        text: text(question, false).map_err(Stop::Refused)?,
        blocking,
        place: office.map(|it| it.place.clone()).unwrap_or_default(),
        office: office.map(|it| it.title.clone()).unwrap_or_default(),
        day: ctx.today(),
    };
    Ok(ctx.record(Fact {
        kind: QUESTION_ASKED,
        subject: &format!("{unit}/{quarter}/{about}"),
        audience: Audience::Territory,
        scope: &scope(&ground, unit, quarter),
        reason: "",
        payload: &fact,
    })?)
}

/// What is said in a thread.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Saying {
    /// The words; may be empty with the last word.
    pub text: String,
    /// The last word: only the side that asked may say it.
    pub closes: bool,
    /// Whether the synthesis quotes the exchange.
    pub quoted: bool,
}

/// Answers a question, asks on, or settles it.
///
/// # Errors
///
/// A rule of [`Refused`]; the lack of the right to speak of the unit, or to settle what another
/// place asked.
pub fn say(ctx: &mut Ctx<'_, '_>, mark: &str, saying: &Saying) -> Result<Entry, Stop<Refused>> {
    let (ground, thread) = thread_of(ctx.tx, mark)?;
    let denied = |action: &str| Err(Failure::Denied(action.to_owned()).into());
    if !may_speak(ctx.actor, &ground, &thread.unit) {
        return denied("EnterValues");
    }
    if saying.closes && !may_settle(ctx.actor, &ground, &thread) {
        return denied("ValidateQuarter");
    }
    if thread.turn() == Turn::Settled {
        return Err(Stop::Refused(Refused::Settled));
    }
    let mut own = ctx.actor.offices.iter();
    let office = match saying.closes {
        true => own.find(|it| it.place == thread.place),
        false => speaker(ctx.actor, &ground, &thread.unit),
    };
    let fact = QuestionContinued {
        question: thread.mark.clone(),
        number: thread.messages.iter().map(|it| it.number).max().unwrap_or_default() + 1,
        text: text(&saying.text, saying.closes).map_err(Stop::Refused)?,
        closes: saying.closes,
        quoted: saying.closes && saying.quoted,
        place: office.map(|it| it.place.clone()).unwrap_or_default(),
        office: office.map(|it| it.title.clone()).unwrap_or_default(),
        day: ctx.today(),
    };
    Ok(ctx.record(Fact {
        kind: QUESTION_CONTINUED,
        subject: &format!("{}/{}/{}", thread.unit, thread.quarter, thread.about),
        audience: Audience::Territory,
        scope: &scope(&ground, &thread.unit, thread.quarter),
        reason: "",
        payload: &fact,
    })?)
}

/// The figure that a question on the place of this ground would be about, as a program writes it,
/// empty if it is absent; `None` if there is no such thing.
///
/// # Errors
///
/// If the store fails.
pub fn seen(
    tx: &mut Tx<'_>,
    actor: &Actor,
    ground: &Ground,
    quarter: Quarter,
    about: &About,
) -> Result<Option<String>, Failure> {
    let questionnaire = &*questionnaire::in_force(tx, quarter)?;
    let unit = ground.place();
    let read = |tx: &mut Tx<'_>| {
        let span = (first_period_of(quarter), quarter);
        values_between(tx, actor, ground, View::Working, span)
    };
    Ok(match about {
        About::Quarter => Some(String::new()),
        About::Cell(text) => {
            let Some(cell) = questionnaire.cell_of(text) else { return Ok(None) };
            let element = questionnaire.element(cell.element);
            let values = read(tx)?;
            let value = values.get(unit, element.rhythm.period(quarter), cell);
            (element.level == ground.level())
                .then(|| value.map(ToString::to_string).unwrap_or_default())
        }
        About::Indicator(code) => {
            if !questionnaire.indicators().iter().any(|it| it.code == *code) {
                return Ok(None);
            }
            let values = read(tx)?;
            let returns = store::returns(tx, actor, ground, View::Working, quarter)?;
            let data =
                Data { questionnaire, tree: &ground.tree, values: &values, returns: &returns };
            let computed = results::compute(&data, quarter);
            let own = computed.iter().find(|(it, at, _)| it.code == *code && *at == unit);
            Some(own.map(|it| it.2.shown.to_string()).unwrap_or_default())
        }
        About::Alert(rule) => doubts(tx, actor, ground, quarter)?
            .into_iter()
            .find(|it| it.alert.unit == unit && it.rule == *rule)
            .map(|it| it.left()),
    })
}
