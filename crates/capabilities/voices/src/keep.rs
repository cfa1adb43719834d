//! What the person in charge of recordings does.

use db::Tx;
use identity::{Action, Actor, Ctx, Fact, Object};
use journal::Audience;
use kernel::{Date, Failure, Message, Reject, Stop, base64};
use serde::{Deserialize, Serialize};

use crate::fold::{path_of, scope_of};
use crate::grammar::{Grammar, GrammarRefused};
use crate::opus::{OpusRefused, Recording};
use crate::{LOADED, RECORDED, WITHDRAWN};

/// The longest name of a speaker, in letters.
const LONGEST_NAME: usize = 80;

/// The payload of [`RECORDED`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recorded {
    /// The language.
    pub language: String,
    /// The fragment.
    pub fragment: String,
    /// How the person who speaks wishes to be named; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub speaker: String,
    /// How long it is heard, in milliseconds.
    pub millis: u64,
    /// The file, in base64; empty in the table, where it lies apart.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub content: String,
    /// When.
    pub day: Date,
}

/// The payload of [`WITHDRAWN`]; the reason stands in the entry's head.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Withdrawn {
    /// The marks of the recordings that are used no more.
    pub recordings: Vec<String>,
    /// When.
    pub day: Date,
}

/// The payload of [`LOADED`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Loaded {
    /// The language.
    pub grammar: Grammar,
    /// When.
    pub day: Date,
}

/// Who speaks, and that they agree.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Consent {
    /// How they wish to be named; may be empty.
    pub speaker: String,
    /// The person in charge says that they agreed to be heard in public.
    pub given: bool,
}

/// Why a recording is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeepRefused {
    /// The person who speaks did not agree.
    #[error("no consent")]
    NoConsent,
    /// There is no such fragment.
    #[error("no such fragment")]
    NoFragment,
    /// There is no file.
    #[error("no file")]
    Nothing,
    /// The name is too long.
    #[error("the name is too long")]
    LongName,
    /// There is no reason.
    #[error("no reason")]
    NoReason,
    /// The file cannot be used.
    #[error(transparent)]
    Opus(#[from] OpusRefused),
    /// The language cannot be used.
    #[error(transparent)]
    Grammar(#[from] GrammarRefused),
}

impl Reject for KeepRefused {
    fn message(&self) -> Message {
        match self {
            Self::NoConsent => Message::new("voices-no-consent"),
            Self::NoFragment => Message::new("voices-no-fragment"),
            Self::Nothing => Message::new("voices-nothing"),
            Self::LongName => Message::new("voices-long-name").with("most", LONGEST_NAME),
            Self::NoReason => Message::new("voices-no-reason"),
            Self::Opus(it) => it.message(),
            Self::Grammar(it) => it.message(),
        }
    }
}

/// The places for which this person keeps recordings, from the widest: those of their offices.
pub(crate) fn places(
    tx: &mut Tx<'_>,
    actor: &Actor,
    today: Date,
) -> Result<Vec<Vec<String>>, Failure> {
    let mut out = Vec::new();
    for office in &actor.offices {
        let own = Object::at([office.place.as_str()]);
        if identity::allow(actor, Action::KeepVoices, &own) {
            out.push(path_of(tx, &office.place, today)?);
        }
    }
    out.sort_by_key(|it| (it.len(), it.clone()));
    Ok(out)
}

fn denied() -> Failure {
    Failure::Denied("KeepVoices".to_owned())
}

/// The place for which this person records a fragment: how far the recording travels, and where it
/// is heard. The name of a commune is recorded by who has the right over that commune.
fn place_for(ctx: &mut Ctx<'_, '_>, fragment: &str) -> Result<String, Failure> {
    let today = ctx.today();
    let of = match fragment.strip_prefix("lieu-") {
        Some(code) => Some(path_of(ctx.tx, code, today)?),
        None => None,
    };
    let own = places(ctx.tx, ctx.actor, today)?.into_iter().filter_map(|it| it.into_iter().next());
    let mut own = own.filter(|place| of.as_ref().is_none_or(|it| it.contains(place)));
    own.next().ok_or_else(denied)
}

/// The country of this person's office, if it is one of a country: what is decided there holds for
/// all who hear it.
pub(crate) fn country(
    tx: &mut Tx<'_>,
    actor: &Actor,
    today: Date,
) -> Result<Option<String>, Failure> {
    for path in places(tx, actor, today)? {
        let Some(code) = path.into_iter().next() else { continue };
        let place = territory::place_near(tx, &code, today)?;
        if place.is_some_and(|it| it.level == territory::Level::Pays) {
            return Ok(Some(code));
        }
    }
    Ok(None)
}

fn refuse<T>(rule: KeepRefused) -> Result<T, Stop<KeepRefused>> {
    Err(Stop::Refused(rule))
}

/// Whether a fragment of this key may be recorded: one of the language's, or the name of a commune.
fn is_known(ctx: &mut Ctx<'_, '_>, grammar: &Grammar, fragment: &str) -> Result<bool, Failure> {
    if grammar.fragments.contains_key(fragment) {
        return Ok(true);
    }
    let Some(code) = fragment.strip_prefix("lieu-") else { return Ok(false) };
    let place = territory::place_near(ctx.tx, code, ctx.today())?;
    Ok(place.is_some_and(|it| it.level == territory::Level::Commune))
}

/// Keeps a recording of a fragment. The one before it stays in the journal and is heard no more.
///
/// # Errors
///
/// A rule of [`KeepRefused`]; the lack of the right.
pub fn record(
    ctx: &mut Ctx<'_, '_>,
    (language, fragment): (&str, &str),
    consent: &Consent,
    bytes: &[u8],
) -> Result<(), Stop<KeepRefused>> {
    let today = ctx.today();
    if places(ctx.tx, ctx.actor, today)?.is_empty() {
        return Err(denied().into());
    }
    let all = crate::languages(ctx.tx)?;
    let grammar = all.iter().find(|it| it.language == language).ok_or(Failure::NotFound)?;
    if !is_known(ctx, grammar, fragment)? {
        return refuse(KeepRefused::NoFragment);
    }
    let place = place_for(ctx, fragment)?;
    if !consent.given {
        return refuse(KeepRefused::NoConsent);
    }
    let speaker = consent.speaker.trim();
    if LONGEST_NAME < speaker.chars().count() {
        return refuse(KeepRefused::LongName);
    }
    if bytes.is_empty() {
        return refuse(KeepRefused::Nothing);
    }
    let sound = Recording::read(bytes).map_err(|it| Stop::Refused(KeepRefused::Opus(it)))?;
    // What the file says besides the sound (who, where, with what) is left out.
    let plain = crate::assemble(&[&sound]).map_err(Failure::broken)?;
    let recorded = Recorded {
        language: language.to_owned(),
        fragment: fragment.to_owned(),
        speaker: speaker.to_owned(),
        millis: sound.millis(),
        content: base64::encode(&plain),
        day: ctx.today(),
    };
    ctx.record(Fact {
        kind: RECORDED,
        subject: &format!("{language}/{fragment}"),
        audience: Audience::Nomenclature,
        scope: &place,
        reason: "",
        payload: &recorded,
    })?;
    Ok(())
}

/// Uses a recording no more: the person who speaks took their word back, or it is bad. It takes the
/// right over the place for which it was recorded.
///
/// # Errors
///
/// A rule of [`KeepRefused`]; the lack of the right.
pub fn withdraw(ctx: &mut Ctx<'_, '_>, mark: &str, reason: &str) -> Result<(), Stop<KeepRefused>> {
    let place = scope_of(ctx.tx, mark)?.ok_or(Failure::NotFound)?;
    let today = ctx.today();
    let object = Object::at(path_of(ctx.tx, &place, today)?);
    ctx.authorize(Action::KeepVoices, &object)?;
    let reason = reason.trim();
    if reason.is_empty() {
        return refuse(KeepRefused::NoReason);
    }
    if 300 < reason.chars().count() {
        return refuse(KeepRefused::LongName);
    }
    let withdrawn = Withdrawn { recordings: vec![mark.to_owned()], day: ctx.today() };
    ctx.record(Fact {
        kind: WITHDRAWN,
        subject: mark,
        audience: Audience::Nomenclature,
        scope: &place,
        reason,
        payload: &withdrawn,
    })?;
    Ok(())
}

/// Loads a language, or a newer edition of one. All hear it: it takes an office of a country.
///
/// # Errors
///
/// A rule of [`KeepRefused`]; the lack of the right.
pub fn load_language(ctx: &mut Ctx<'_, '_>, bytes: &[u8]) -> Result<String, Stop<KeepRefused>> {
    let today = ctx.today();
    let place = country(ctx.tx, ctx.actor, today)?.ok_or_else(denied)?;
    if bytes.is_empty() {
        return refuse(KeepRefused::Nothing);
    }
    let grammar = Grammar::read(bytes).map_err(|it| Stop::Refused(KeepRefused::Grammar(it)))?;
    let language = grammar.language.clone();
    ctx.record(Fact {
        kind: LOADED,
        subject: &language,
        audience: Audience::Nomenclature,
        scope: &place,
        reason: "",
        payload: &Loaded { grammar, day: ctx.today() },
    })?;
    Ok(language)
}
