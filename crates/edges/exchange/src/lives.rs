//! What a post holds after its base was lost, restored or copied.
//!
//! A restored post writes in a new life (`journal::Journal::begin_life`). It tells the others, with
//! what it still holds; from then on what it held before counts no more, and the posts around it
//! send it again what it lost, its own entries too: the post above is the backup.

use std::collections::{BTreeMap, BTreeSet};

use db::{DbError, Tx};
use journal::{Audience, Journal, Planted, Stream, planted};
use kernel::Stop;

use crate::fold::{Begun, LIFE};
use crate::package::Yours;
use crate::refused::failed;
use crate::send::{record, signed};
use crate::{Hand, Posts, Refused};

/// The lives of a post, as far as it told of them.
pub(crate) struct Lives {
    /// Each life that told, with those before it or beside it.
    told: BTreeMap<String, BTreeSet<String>>,
}

impl Lives {
    pub(crate) fn of(tx: &mut Tx<'_>, post_id: &str) -> Result<Self, DbError> {
        let mut told: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for row in &tx.query(include_str!("../sql/lives.sql"), &[post_id.into()])? {
            let earlier = row.text("earlier")?.to_owned();
            told.entry(row.text("life")?.to_owned()).or_default().insert(earlier);
        }
        Ok(Self { told })
    }

    /// Whether the post ever began anew.
    pub(crate) fn began_anew(&self) -> bool {
        !self.told.is_empty()
    }

    /// Whether another life of the post came after this one.
    fn is_past(&self, life: &str) -> bool {
        self.told.values().any(|it| it.contains(life))
    }

    /// The lives after which no other is known: one, except while two copies of one post do not
    /// know of each other.
    fn last(&self) -> Vec<&String> {
        self.told.keys().filter(|it| !self.is_past(it)).collect()
    }
}

/// How far a post is known to hold each chain, as it said or as this post saw, in its last life. If
/// two copies of a post both seem alive, only what both hold.
pub(crate) fn holdings(
    tx: &mut Tx<'_>,
    me: &str,
    post_id: &str,
) -> Result<BTreeMap<String, u64>, DbError> {
    let lives = Lives::of(tx, post_id)?;
    let mut by_life: BTreeMap<String, BTreeMap<String, u64>> = BTreeMap::new();
    let mut in_any: BTreeMap<String, u64> = BTreeMap::new();
    for row in &tx.query(include_str!("../sql/holdings.sql"), &[post_id.into(), me.into()])? {
        let length = u64::try_from(row.int("length")?).unwrap_or_default();
        let stream = row.text("stream_id")?.to_owned();
        let most = in_any.entry(stream.clone()).or_default();
        *most = length.max(*most);
        by_life.entry(row.text("life")?.to_owned()).or_default().insert(stream, length);
    }
    if !lives.began_anew() || planted(Planted::LivesIgnored) {
        return Ok(in_any);
    }
    let mut last = lives.last().into_iter().map(|it| by_life.remove(it).unwrap_or_default());
    let Some(mut both) = last.next() else { return Ok(BTreeMap::new()) };
    for other in last {
        both.retain(|stream, length| {
            *length = other.get(stream).copied().unwrap_or_default().min(*length);
            0 < *length
        });
    }
    Ok(both)
}

/// Whether another post holds more than this one of what this one wrote in its present life: then
/// this base is older than what was done with it.
pub(crate) fn is_older(
    journal: &Journal,
    tx: &mut Tx<'_>,
    yours: Option<&[Yours]>,
) -> Result<bool, Stop<Refused>> {
    let Some(yours) = yours.filter(|it| !it.is_empty()) else { return Ok(false) };
    if planted(Planted::RollbackUnseen) {
        return Ok(false);
    }
    let life = Journal::incarnation(tx).map_err(failed)?;
    let lengths: BTreeMap<String, u64> =
        Journal::streams(tx).map_err(failed)?.into_iter().map(|it| (it.id, it.length)).collect();
    let key = journal.key().public();
    Ok(yours.iter().filter(|it| it.incarnation == life).any(|it| {
        let Ok(audience) = it.audience.parse() else { return false };
        let id = Stream::new(key, &it.incarnation, audience, &it.scope).id;
        lengths.get(&id).copied().unwrap_or_default() < it.length
    }))
}

/// Tells the other posts that this one lives a new life, unless they were told: after a restore, or
/// once it learns that another base wrote with its key.
pub(crate) fn tell(
    journal: &Journal,
    tx: &mut Tx<'_>,
    hand: &Hand,
    posts: &Posts,
) -> Result<(), Stop<Refused>> {
    let Some(own) = posts.own() else { return Ok(()) };
    let me = own.id();
    let streams = Journal::streams(tx).map_err(failed)?;
    let mut life = Journal::incarnation(tx).map_err(failed)?;
    let lives = Lives::of(tx, &me)?;
    if lives.is_past(&life) {
        life = journal.begin_life(tx).map_err(failed)?;
    }
    let others: BTreeSet<String> = streams
        .iter()
        .filter(|it| it.post_id == me && it.incarnation != life && 0 < it.length)
        .map(|it| it.incarnation.clone())
        .collect();
    let known = lives.told.get(&life).is_some_and(|told| others.is_subset(told));
    if others.is_empty() || known || planted(Planted::LifeNotStated) {
        return Ok(());
    }
    let begun = Begun {
        earlier: others.into_iter().collect(),
        holds: streams
            .iter()
            .filter(|it| it.audience != Audience::Local && 0 < it.length)
            .map(|it| (it.id.clone(), signed(it.length)))
            .collect(),
    };
    let place = (Audience::Nomenclature, own.territory.as_str(), LIFE, me);
    record(journal, tx, hand, place, &begun)
}
