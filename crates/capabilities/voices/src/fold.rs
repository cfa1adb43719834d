//! The tables of the slice as a fold of its entries, and what pages ask of them.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use db::{DbError, Tx};
use journal::{Entry, Fold, FoldError};
use kernel::{Date, base64};

use crate::grammar::{Grammar, shipped};
use crate::keep::{Loaded, Recorded, Withdrawn};
use crate::opus::Recording;
use crate::{LOADED, RECORDED, WITHDRAWN};

pub(crate) struct VoicesFold;

impl Fold for VoicesFold {
    fn name(&self) -> &'static str {
        "voices"
    }

    fn schema(&self) -> &'static str {
        include_str!("../sql/schema.sql")
    }

    fn tables(&self) -> &'static [&'static str] {
        &["voice_recording", "voice_withdrawn", "voice_language"]
    }

    fn kinds(&self) -> &'static [&'static str] {
        &[RECORDED, WITHDRAWN, LOADED]
    }

    fn apply(&self, tx: &mut Tx<'_>, entry: &Entry) -> Result<(), FoldError> {
        let wrong = |reason: &str| FoldError::Payload {
            kind: entry.kind.clone(),
            reason: reason.to_owned(),
        };
        let mark = entry.mark();
        match entry.kind.as_str() {
            RECORDED => {
                let mut it: Recorded = entry.read()?;
                let sound = base64::decode(&std::mem::take(&mut it.content))
                    .ok_or_else(|| wrong("the sound is no base64"))?;
                Recording::read(&sound).map_err(|error| wrong(&error.to_string()))?;
                let payload =
                    serde_json::to_string(&it).map_err(|error| wrong(&error.to_string()))?;
                tx.execute(
                    "insert into voice_recording (mark, language, fragment, scope, payload, \
                     sound) values ($1, $2, $3, $4, $5, $6) on conflict do nothing",
                    &[
                        mark.into(),
                        it.language.as_str().into(),
                        it.fragment.as_str().into(),
                        entry.scope.as_str().into(),
                        payload.into(),
                        sound.into(),
                    ],
                )?;
            }
            WITHDRAWN => {
                for mark in entry.read::<Withdrawn>()?.recordings {
                    tx.execute(
                        "insert into voice_withdrawn (mark) values ($1) on conflict do nothing",
                        &[mark.into()],
                    )?;
                }
            }
            _ => {
                let it: Loaded = entry.read()?;
                let payload =
                    serde_json::to_string(&it).map_err(|error| wrong(&error.to_string()))?;
                tx.execute(
                    "insert into voice_language (mark, language, payload) values ($1, $2, $3) \
                     on conflict do nothing",
                    &[mark.into(), it.grammar.language.as_str().into(), payload.into()],
                )?;
            }
        }
        Ok(())
    }
}

fn read<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, DbError> {
    serde_json::from_str(text).map_err(|error| DbError::Unreadable(error.to_string()))
}

/// A fragment that was recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// The mark of its entry.
    pub mark: String,
    /// The place for which it was recorded: it is heard there and below.
    pub scope: String,
    /// How the person who speaks wishes to be named; may be empty.
    pub speaker: String,
    /// When it was recorded here.
    pub day: Date,
    /// How long it is heard, in milliseconds.
    pub millis: u64,
}

/// The codes from a place up to its country, today: what is recorded for one of them is heard there.
///
/// # Errors
///
/// If the store fails.
pub fn path_of(tx: &mut Tx<'_>, place: &str, today: Date) -> Result<Vec<String>, DbError> {
    let mut codes = vec![place.to_owned()];
    codes.extend(territory::chain(tx, place, today)?.into_iter().rev().map(|it| it.code));
    Ok(codes)
}

/// The recordings of a language in use: fragment and recording.
pub(crate) fn recordings(tx: &mut Tx<'_>, language: &str) -> Result<Vec<(String, Kept)>, DbError> {
    let rows = tx.query(include_str!("../sql/recordings.sql"), &[language.into()])?;
    let mut out = Vec::new();
    for row in &rows {
        let it: Recorded = read(row.text("payload")?)?;
        let kept = Kept {
            mark: row.text("mark")?.to_owned(),
            scope: row.text("scope")?.to_owned(),
            speaker: it.speaker,
            day: it.day,
            millis: it.millis,
        };
        out.push((row.text("fragment")?.to_owned(), kept));
    }
    Ok(out)
}

/// Of recordings of one fragment, the one that is heard at the place of this path: what was
/// recorded for other places is not heard there. That of the nearest place counts, then that of the
/// latest day, then of the greater mark.
pub(crate) fn heard<'a>(all: impl Iterator<Item = &'a Kept>, path: &[String]) -> Option<&'a Kept> {
    let near = |it: &'a Kept| Some((path.iter().position(|code| *code == it.scope)?, it));
    let rank = |it: &(usize, &'a Kept)| (Reverse(it.0), it.1.day, it.1.mark.clone());
    all.filter_map(near).max_by_key(rank).map(|it| it.1)
}

/// The recordings of a language that are heard at a place, by fragment; `path` is [`path_of`] the
/// place.
///
/// # Errors
///
/// If the store fails, as for every function here.
pub fn kept(
    tx: &mut Tx<'_>,
    language: &str,
    path: &[String],
) -> Result<BTreeMap<String, Kept>, DbError> {
    let mut by_fragment: BTreeMap<String, Vec<Kept>> = BTreeMap::new();
    for (fragment, it) in recordings(tx, language)? {
        by_fragment.entry(fragment).or_default().push(it);
    }
    let chosen = by_fragment.into_iter().filter_map(|(fragment, all)| {
        let it = heard(all.iter(), path)?.clone();
        Some((fragment, it))
    });
    Ok(chosen.collect())
}

/// The sound of a recording.
///
/// # Errors
///
/// If the store fails.
pub fn recording(tx: &mut Tx<'_>, mark: &str) -> Result<Option<Vec<u8>>, DbError> {
    let sql = "select sound from voice_recording where mark = $1 \
               and mark not in (select mark from voice_withdrawn)";
    let rows = tx.query(sql, &[mark.into()])?;
    rows.first().map(|row| row.bytes("sound").map(<[u8]>::to_vec)).transpose()
}

/// The place for which a recording in use was made.
pub(crate) fn scope_of(tx: &mut Tx<'_>, mark: &str) -> Result<Option<String>, DbError> {
    let sql = "select scope from voice_recording where mark = $1 \
               and mark not in (select mark from voice_withdrawn)";
    let rows = tx.query(sql, &[mark.into()])?;
    rows.first().map(|row| row.text("scope").map(str::to_owned)).transpose()
}

/// All the languages: those shipped, and those loaded, which take their place. Of two loaded of one
/// code, that of the later edition holds, then that of the greater mark.
///
/// # Errors
///
/// If the store fails.
pub fn languages(tx: &mut Tx<'_>) -> Result<Vec<Grammar>, DbError> {
    let mut out: BTreeMap<String, Grammar> = BTreeMap::new();
    for row in tx.query("select payload from voice_language order by mark", &[])? {
        let it: Loaded = read(row.text("payload")?)?;
        let newer =
            out.get(&it.grammar.language).is_none_or(|old| old.edition <= it.grammar.edition);
        if newer {
            out.insert(it.grammar.language.clone(), it.grammar);
        }
    }
    for it in shipped() {
        out.entry(it.language.clone()).or_insert_with(|| it.clone());
    }
    Ok(out.into_values().collect())
}
