//! Making a package for another post, and what waits to be sent.

use std::collections::BTreeMap;

use db::Tx;
use journal::{Audience, Draft, Journal, Planted, Sealed, Stream, planted};
use kernel::{Failure, Stop};

use crate::fold::{self, MADE, PREFIX};
use crate::lives::{self, Lives};
use crate::package::{Chosen, Contents, Yours, limit, write};
use crate::posts::OWN;
use crate::refused::failed;
use crate::rights::{EVERYWHERE, concerns, may_write};
use crate::{Card, Hand, Posts, Refused, Territory};

/// A package that was made.
#[derive(Clone, Debug)]
pub struct Package {
    /// `BENKADI-ML0207-ML02-3.bkd`.
    pub file_name: String,
    /// The file.
    pub bytes: Vec<u8>,
    /// The how-manieth from this post to that one.
    pub number: u64,
    /// Entries in it.
    pub entries: u64,
    /// Entries that did not fit: make another package once this one is receipted.
    pub left: u64,
    /// Entries that concern the receiver but that it would refuse, because their writer may not
    /// write for that place.
    pub withheld: u64,
}

/// Makes a package for another post: all that concerns it and that it has not receipted. `whole`
/// sends again what it has receipted, for a post that lost its base.
///
/// # Errors
///
/// If this post is not opened, the other is not known, there is nothing to send, or the store fails.
pub fn export(
    journal: &Journal,
    tx: &mut Tx<'_>,
    territory: &dyn Territory,
    hand: &Hand,
    (to_post, whole): (&str, bool),
) -> Result<Package, Stop<Refused>> {
    let posts = Posts::load(journal, tx, territory)?;
    let own = posts.own().ok_or(Refused::NotOpened)?;
    let Some(to) = posts.get(to_post).filter(|_| !posts.is_me(to_post)).map(|it| &it.card) else {
        let (name, id) = (to_post.to_owned(), to_post.to_owned());
        return Err(Refused::UnknownPost { name, id }.into());
    };
    lives::tell(journal, tx, hand, &posts)?;
    let mut held = if whole { BTreeMap::new() } else { lives::holdings(tx, &own.id(), to_post)? };
    if planted(Planted::SentIsHeld) && !whole {
        held = fold::sent(tx, &own.id(), to_post)?;
    }
    // A post that lost its base gets back what it wrote itself.
    let returned = whole || Lives::of(tx, to_post)?.began_anew();
    let returned = returned && !planted(Planted::OwnNotReturned);
    let (streams, withheld) = chosen_streams(tx, &posts, territory, to, (&held, returned))?;
    let life = Journal::incarnation(tx).map_err(failed)?;
    let (mut entries, left) = chosen_entries(tx, &streams)?;
    let streams = only_used(streams, &mut entries);
    if entries.is_empty() {
        return Err(Refused::NothingToSend { post: to.name.clone() }.into());
    }
    let number = next_number(tx, journal, to_post)?;
    let contents = Contents {
        from: own,
        to,
        number: u64::try_from(number).unwrap_or_default(),
        made_millis: hand.at_millis,
        streams: &streams,
        entries: &entries,
        left,
        life: &life,
        yours: &yours_of(tx, to_post)?,
    };
    let bytes = sealed(journal, &contents)?;
    let mut lengths: Vec<i64> = streams.iter().map(|(_, after)| signed(*after)).collect();
    for it in &entries {
        lengths[it.stream] += 1;
    }
    let made = fold::Made {
        to: to_post.to_owned(),
        number,
        entries: signed(entries.len() as u64),
        bytes: signed(bytes.len() as u64),
        hash: blake3::hash(&bytes).to_hex().to_string(),
        streams: streams.iter().map(|(it, _)| it.id.clone()).zip(lengths).collect(),
    };
    let place = (Audience::Local, EVERYWHERE, MADE, to_post.to_owned());
    record(journal, tx, hand, place, &made)?;
    Ok(Package {
        file_name: format!("BENKADI-{}-{}-{number}.bkd", own.territory, to.territory),
        number: contents.number,
        entries: entries.len() as u64,
        bytes,
        left,
        withheld,
    })
}

/// The package as its sender writes it; a hostile one, in a trial, otherwise.
fn sealed(journal: &Journal, contents: &Contents<'_>) -> Result<Vec<u8>, Stop<Refused>> {
    #[cfg(feature = "trials")]
    if let Some(bytes) = crate::hostile::sealed(journal, contents)? {
        return Ok(bytes);
    }
    write(journal.key(), journal.chance(), contents)
}

pub(crate) fn signed(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// Appends an entry of this slice.
pub(crate) fn record(
    journal: &Journal,
    tx: &mut Tx<'_>,
    hand: &Hand,
    (audience, scope, kind, subject): (Audience, &str, &str, String),
    payload: &impl serde::Serialize,
) -> Result<(), Stop<Refused>> {
    let payload = serde_json::to_vec(payload).map_err(|error| failed(Failure::broken(error)))?;
    let draft = Draft {
        audience,
        scope: scope.to_owned(),
        person: hand.person.clone(),
        office: hand.office.clone(),
        reason: String::new(),
        kind: kind.to_owned(),
        subject,
        payload,
        at_millis: hand.at_millis,
    };
    journal.append(tx, draft).map_err(failed)?;
    Ok(())
}

/// How far this post holds what another wrote itself.
fn yours_of(tx: &mut Tx<'_>, to_post: &str) -> Result<Vec<Yours>, Stop<Refused>> {
    let streams = Journal::streams(tx).map_err(failed)?;
    let own = streams.into_iter().filter(|it| it.post_id == to_post && 0 < it.length);
    Ok(own
        .filter(|it| it.audience != Audience::Local)
        .take(limit::STREAMS)
        .map(|it| Yours {
            incarnation: it.incarnation,
            audience: it.audience.word().to_owned(),
            scope: it.scope,
            length: it.length,
        })
        .collect())
}

fn next_number(tx: &mut Tx<'_>, journal: &Journal, to: &str) -> Result<i64, Stop<Refused>> {
    let sql = include_str!("../sql/last_number.sql");
    let rows = tx.query(sql, &[journal.post_id().into(), to.into()])?;
    let last = rows.first().map(|it| it.opt_int("number")).transpose()?.flatten();
    Ok(last.unwrap_or_default() + 1)
}

/// Chains of which a receiver lacks something, each with the length that it holds.
type Lacking = Vec<(Stream, u64)>;

/// The chains of which the receiver lacks something, each with what it holds; and how many entries
/// it would refuse. `returned` says whether what the receiver wrote itself is sent to it too.
fn chosen_streams(
    tx: &mut Tx<'_>,
    posts: &Posts,
    territory: &dyn Territory,
    to: &Card,
    (held, returned): (&BTreeMap<String, u64>, bool),
) -> Result<(Lacking, u64), Stop<Refused>> {
    let mut withheld = 0;
    let mut out = Vec::new();
    let receiver = to.id();
    for stream in Journal::streams(tx).map_err(failed)? {
        let after = held.get(&stream.id).copied().unwrap_or_default().min(stream.length);
        let place = (stream.audience, stream.scope.as_str());
        let lacking = (returned || stream.post_id != receiver) && after < stream.length;
        if !lacking || !concerns(tx, territory, to, place)? {
            continue;
        }
        match may_write(tx, posts, territory, to, &stream.post_id, place) {
            Ok(()) => out.push((stream, after)),
            Err(Stop::Refused(_)) if planted(Planted::SendsForeignPlace) => {
                out.push((stream, after))
            }
            Err(Stop::Refused(_)) if planted(Planted::LocalSent) => out.push((stream, after)),
            Err(Stop::Refused(_)) => withheld += stream.length - after,
            Err(stop) => return Err(stop),
        }
    }
    Ok((out, withheld))
}

/// The entries after what the receiver holds, in the order in which this post learned them, as far
/// as a package may go; and how many did not fit.
fn chosen_entries(
    tx: &mut Tx<'_>,
    streams: &[(Stream, u64)],
) -> Result<(Vec<Chosen>, u64), Stop<Refused>> {
    let mut all: Vec<(i64, usize, Sealed)> = Vec::new();
    let mut waiting = 0;
    for (at, (stream, after)) in streams.iter().enumerate() {
        waiting += stream.length - after;
        let found = Journal::travelling_after(tx, &stream.id, *after, limit::ENTRIES);
        all.extend(found.map_err(failed)?.into_iter().map(|(arrival, it)| (arrival, at, it)));
    }
    if planted(Planted::OrderLost) {
        all.sort_by_key(|it| (std::cmp::Reverse(streams[it.1].0.id.clone()), it.0));
    } else {
        all.sort_unstable_by_key(|it| it.0);
    }
    // A beginning of that order never leaves a hole in a chain.
    let mut room = limit::SENT;
    let mut out = Vec::new();
    for (_, stream, sealed) in all.into_iter().take(limit::ENTRIES as usize) {
        let size = 64 + sealed.header.len() + sealed.payload.as_ref().map_or(0, Vec::len) + 128;
        let Some(rest) = room.checked_sub(size as u64) else { break };
        room = rest;
        out.push(Chosen { stream, sealed });
    }
    let left = waiting - out.len() as u64;
    Ok((out, left))
}

/// Leaves out the chains of which nothing fitted.
fn only_used(streams: Lacking, entries: &mut [Chosen]) -> Lacking {
    let mut places = vec![None; streams.len()];
    let mut used = Vec::new();
    for it in entries {
        let place = *places[it.stream].get_or_insert_with(|| {
            used.push(streams[it.stream].clone());
            used.len() - 1
        });
        it.stream = place;
    }
    used
}

/// What waits for one post.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unsent {
    /// Records with something that no package holds yet. A record with personal data beside its
    /// public data counts for each.
    pub records: u64,
    /// Entries that no package holds yet.
    pub entries: u64,
    /// Entries that a package holds, but that the other post has not receipted.
    pub unreceipted: u64,
}

/// What waits for one post. The exchange's own entries (cards, receipts) travel too, but are no work
/// of people and are not counted.
///
/// # Errors
///
/// If the store fails.
pub fn unsent_for(
    tx: &mut Tx<'_>,
    territory: &dyn Territory,
    posts: &Posts,
    to: &Card,
) -> Result<Unsent, Failure> {
    let receiver = to.id();
    let held = lives::holdings(tx, posts.me(), &receiver)?;
    let returned = Lives::of(tx, &receiver)?.began_anew();
    let sent = fold::sent(tx, posts.me(), &receiver)?;
    let (streams, _) =
        chosen_streams(tx, posts, territory, to, (&held, returned)).map_err(stopped)?;
    let mut out = Unsent::default();
    for (stream, after) in streams {
        let gone = sent.get(&stream.id).copied().unwrap_or_default().max(after);
        for it in Journal::tally_after(tx, &stream.id, gone)? {
            if !it.kind.starts_with(PREFIX) {
                out.records += it.subjects;
                out.entries += it.entries;
            }
        }
        if after < gone {
            let people = |tally: Vec<journal::Tally>| -> u64 {
                tally.iter().filter(|it| !it.kind.starts_with(PREFIX)).map(|it| it.entries).sum()
            };
            let beyond = people(Journal::tally_after(tx, &stream.id, gone)?);
            out.unreceipted += people(Journal::tally_after(tx, &stream.id, after)?) - beyond;
        }
    }
    Ok(out)
}

/// What waits for the post above, for the status line; `None` if no post above is noted.
///
/// # Errors
///
/// If the store fails.
pub fn unsent(tx: &mut Tx<'_>, territory: &dyn Territory) -> Result<Option<Unsent>, Failure> {
    let Some(me) = Journal::setting(tx, OWN)? else { return Ok(None) };
    let posts = Posts::of(&me, tx, territory)?;
    let Some(parent) = posts.parent() else { return Ok(None) };
    unsent_for(tx, territory, &posts, &parent.card).map(Some)
}

fn stopped(stop: Stop<Refused>) -> Failure {
    match stop {
        Stop::Failed(it) => it,
        Stop::Refused(it) => Failure::broken(it),
    }
}
