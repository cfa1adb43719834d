//! Taking in another post's package: the preview, then the whole of it or nothing.

use std::collections::BTreeMap;

use db::Tx;
use journal::{
    Audience, Entry, FoldError, Journal, JournalError, Planted, ReceiveError, Reception, Sealed,
    Stream, planted,
};
use kernel::Stop;

use crate::fold::{self, ACCEPTED, ENROLLED, OPENED, Stated, Statement};
use crate::lives;
use crate::package::{Opened, receiver};
use crate::posts::{is_above, within};
use crate::refused::failed;
use crate::rights::may_write;
use crate::seal::ReceiveKey;
use crate::send::{record, signed};
use crate::{Card, Hand, Posts, Refused, Territory};

/// What a package brings, or brought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preview {
    /// Its sender, as this post knows it.
    pub from: Card,
    /// The how-manieth from that sender to this post.
    pub number: u64,
    /// When it was made, by the sender's clock, in milliseconds since 1970.
    pub made_millis: i64,
    /// Entries that this post did not know.
    pub new: u64,
    /// Entries that it knew.
    pub known: u64,
    /// New entries by kind.
    pub kinds: BTreeMap<String, u64>,
    /// What it brings of each chain.
    pub chains: Vec<Chain>,
    /// Entries that the sender could not fit and will send after the receipt.
    pub left: u64,
    /// Entries of the whole package concern these places, with the number of new ones.
    pub places: BTreeMap<String, u64>,
}

/// What a package brings of one chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chain {
    /// The name of the post that writes it.
    pub post: String,
    /// Its audience.
    pub audience: Audience,
    /// The place that it concerns, or `*`.
    pub place: String,
    /// The number of its first entry here.
    pub from: u64,
    /// The number of its last entry here.
    pub to: u64,
    /// Entries that this post did not know.
    pub new: u64,
}

/// Reads a package and says what taking it in would do. Nothing is kept.
///
/// # Errors
///
/// The reason for which it would be refused.
pub fn inspect(
    journal: &Journal,
    tx: &mut Tx<'_>,
    territory: &dyn Territory,
    hand: &Hand,
    bytes: &[u8],
) -> Result<Preview, Stop<Refused>> {
    tx.batch("savepoint exchange;")?;
    let result = take(journal, tx, territory, hand, bytes);
    give_up(tx)?;
    result.map(|(preview, _)| preview)
}

/// Takes a package in, and writes the receipt that travels back. All of it or, on any error,
/// nothing: the transaction stands as before and may go on.
///
/// # Errors
///
/// The reason for which it is refused.
pub fn accept(
    journal: &Journal,
    tx: &mut Tx<'_>,
    territory: &dyn Territory,
    hand: &Hand,
    bytes: &[u8],
) -> Result<Preview, Stop<Refused>> {
    tx.batch("savepoint exchange;")?;
    #[cfg(feature = "trials")]
    crate::hostile::receipt_first(journal, tx, territory, hand, bytes)?;
    let result = take(journal, tx, territory, hand, bytes).and_then(|(preview, taken)| {
        receipt(journal, tx, territory, hand, bytes, &preview, taken)?;
        Ok(preview)
    });
    if result.is_ok() {
        tx.batch("release savepoint exchange;")?;
    } else {
        give_up(tx)?;
    }
    result
}

/// Reads a package (`accept` false) or takes it in, in a transaction of its own: for the command
/// line.
///
/// # Errors
///
/// The reason for which it is or would be refused.
pub fn import(
    journal: &Journal,
    territory: &dyn Territory,
    hand: &Hand,
    bytes: &[u8],
    accepted: bool,
) -> Result<Preview, Stop<Refused>> {
    let act = if accepted { accept } else { inspect };
    journal.db().write(|tx| act(journal, tx, territory, hand, bytes))
}

fn give_up(tx: &mut Tx<'_>) -> Result<(), Stop<Refused>> {
    if planted(Planted::RefusedPackageKept) {
        return Ok(tx.batch("release savepoint exchange;")?);
    }
    tx.batch("rollback to savepoint exchange; release savepoint exchange;")?;
    Ok(())
}

/// What the receipt says beside the preview.
pub(crate) struct Reached {
    streams: Vec<fold::Reach>,
    /// Whether something new is more than an answer to what this post sent.
    deserves_receipt: bool,
    /// The life of the sender.
    life: String,
}

pub(crate) fn take(
    journal: &Journal,
    tx: &mut Tx<'_>,
    territory: &dyn Territory,
    hand: &Hand,
    bytes: &[u8],
) -> Result<(Preview, Reached), Stop<Refused>> {
    let mut posts = Posts::load(journal, tx, territory)?;
    let to = receiver(bytes)?;
    let me = posts.own().cloned().ok_or(Refused::NotOpened)?;
    if to != me.id() {
        return Err(Refused::ForAnother { to: posts.name(&to) }.into());
    }
    let key = ReceiveKey::find(tx).map_err(failed)?.ok_or(Refused::NotOpened)?;
    let package = Opened::read(bytes, &key, &to)?;
    let sender = package.from.id();
    let stranger = planted(Planted::StrangerTaken).then(|| package.from.clone());
    let Some(from) = posts.get(&sender).map(|it| it.card.clone()).or(stranger) else {
        let name = package.from.name;
        return Err(Refused::UnknownPost { name, id: sender }.into());
    };

    let held = Journal::streams(tx).map_err(failed)?;
    let mut returned = false;
    let mut chains = Chains::new(&package, &posts, &held);
    let mut preview = Preview {
        from,
        number: package.header.number,
        made_millis: package.header.made_millis,
        new: 0,
        known: 0,
        kinds: BTreeMap::new(),
        chains: Vec::new(),
        left: package.header.left,
        places: BTreeMap::new(),
    };
    for (at, seq, sealed) in package.entries {
        let Some(stream) = package.streams.get(at) else { continue };
        chains.check(tx, (at, seq), stream, (&posts, territory, &me))?;
        let reception = receive(journal, tx, (stream, hand), sealed);
        match reception.map_err(|it| refuse(it, &posts, stream, seq))? {
            Reception::Known => preview.known += 1,
            Reception::New(entry) => {
                chains.count(at);
                preview.new += 1;
                *preview.kinds.entry(entry.kind.clone()).or_default() += 1;
                *preview.places.entry(entry.scope.clone()).or_default() += 1;
                returned |= entry.post_id == me.id()
                    && entry.incarnation == Journal::incarnation(tx).map_err(failed)?;
                if entry.kind == OPENED || entry.kind == ENROLLED {
                    enrolment(tx, &entry, &posts, territory)?;
                    posts = Posts::load(journal, tx, territory)?;
                }
            }
        }
    }
    if returned || lives::is_older(journal, tx, package.header.yours.as_deref())? {
        // This base is older than it knew: it was put back behind the program's back.
        journal.begin_life(tx).map_err(failed)?;
    }
    let answers = preview.kinds.get(ACCEPTED).copied().unwrap_or_default();
    let reached = Reached {
        streams: chains.reached(&package.streams),
        deserves_receipt: (answers < preview.new)
            || (planted(Planted::ReceiptForReceipts) && 0 < preview.new)
            || planted(Planted::ReceiptForNothing),
        life: package.header.life.unwrap_or_default(),
    };
    preview.chains = chains.told(&package.streams, &posts);
    Ok((preview, reached))
}

/// The chains of a package while it is read.
struct Chains {
    ranges: Vec<(u64, u64)>,
    held: Vec<u64>,
    new: Vec<u64>,
    allowed: Vec<bool>,
}

impl Chains {
    fn new(package: &Opened, posts: &Posts, known: &[Stream]) -> Self {
        let lengths: BTreeMap<&str, u64> =
            known.iter().map(|it| (it.id.as_str(), it.length)).collect();
        let held = |it: &Stream| lengths.get(it.id.as_str()).copied().unwrap_or_default();
        Self {
            ranges: package.header.streams.iter().map(|it| (it.after, it.count)).collect(),
            held: package.streams.iter().map(held).collect(),
            new: vec![0; package.streams.len()],
            // What this post wrote itself comes back from a post that kept it.
            allowed: package.streams.iter().map(|it| posts.is_me(&it.post_id)).collect(),
        }
    }

    /// Whether the chain's writer may write for its place; asked once for each chain, when its
    /// first new entry comes, since an earlier entry may have enrolled the writer. What is known
    /// already was taken under the rules of its day.
    fn check(
        &mut self,
        tx: &mut Tx<'_>,
        (at, seq): (usize, u64),
        stream: &Stream,
        (posts, territory, me): (&Posts, &dyn Territory, &Card),
    ) -> Result<(), Stop<Refused>> {
        if self.allowed[at] || seq <= self.held[at] {
            return Ok(());
        }
        let place = (stream.audience, stream.scope.as_str());
        may_write(tx, posts, territory, me, &stream.post_id, place)?;
        self.allowed[at] = true;
        Ok(())
    }

    fn count(&mut self, at: usize) {
        if let Some(it) = self.new.get_mut(at) {
            *it += 1;
        }
    }

    fn reached(&self, streams: &[Stream]) -> Vec<fold::Reach> {
        let more = u64::from(planted(Planted::ReceiptTooFar));
        let ends = self.ranges.iter().map(|(after, count)| signed(after + count + more));
        streams.iter().map(|it| it.id.clone()).zip(ends).collect()
    }

    fn told(&self, streams: &[Stream], posts: &Posts) -> Vec<Chain> {
        streams
            .iter()
            .zip(&self.ranges)
            .zip(&self.new)
            .map(|((stream, (after, count)), new)| Chain {
                post: posts.name(&stream.post_id),
                audience: stream.audience,
                place: stream.scope.clone(),
                from: after + 1,
                to: after + count,
                new: *new,
            })
            .collect()
    }
}

/// An enrolment counts only by the word of a post above: a false one is refused with the package,
/// so that a person looks at it.
fn enrolment(
    tx: &mut Tx<'_>,
    entry: &Entry,
    posts: &Posts,
    territory: &dyn Territory,
) -> Result<(), Stop<Refused>> {
    let statement: Statement = entry.read().map_err(|it| failed(JournalError::Fold(it)))?;
    let (Some(card), Some(by)) = (statement.card(), posts.get(&entry.post_id)) else {
        return Ok(());
    };
    if statement.relation == Stated::Child && !is_above(tx, territory, &by.card, &card)? {
        let (post, child) = (by.card.name.clone(), card.name);
        return Err(Refused::NotBelow { post, child }.into());
    }
    Ok(())
}

fn refuse(error: ReceiveError, posts: &Posts, stream: &Stream, seq: u64) -> Stop<Refused> {
    let (post, place) = (posts.name(&stream.post_id), stream.scope.clone());
    Stop::Refused(match error {
        ReceiveError::Unreadable { .. } => Refused::Unreadable { post, seq },
        ReceiveError::Forged { .. } => Refused::Forged { post },
        ReceiveError::Changed { .. } => Refused::Changed { post, seq },
        ReceiveError::Gap { from, to, .. } => Refused::Gap { post, place, from, to },
        ReceiveError::Fork { .. } => Refused::Fork { post, place, seq },
        ReceiveError::Journal(JournalError::Fold(FoldError::Payload { .. })) => {
            Refused::Unreadable { post, seq }
        }
        ReceiveError::Journal(it) => return failed(it),
    })
}

/// Takes one entry. Where another base of this very post was heard first, this one gives way: it
/// writes what it had there again, in a new life.
fn receive(
    journal: &Journal,
    tx: &mut Tx<'_>,
    (stream, hand): (&Stream, &Hand),
    sealed: Sealed,
) -> Result<Reception, ReceiveError> {
    let known_millis = hand.at_millis;
    if planted(Planted::ClockRefused) {
        let header: Option<journal::Header> = minicbor::decode(&sealed.header).ok();
        if header.is_some_and(|it| known_millis + 86_400_000 < it.at_millis) {
            return Err(ReceiveError::Unreadable { stream: stream.id.clone(), seq: 0 });
        }
    }
    if stream.post_id != journal.post_id() {
        return journal.receive(tx, stream, sealed, known_millis);
    }
    match journal.receive(tx, stream, sealed.clone(), known_millis) {
        Err(ReceiveError::Fork { stream: id, seq }) => {
            journal.give_way(tx, &id, seq)?;
            journal.receive(tx, stream, sealed, known_millis)
        }
        other => other,
    }
}

/// Writes the receipt, for the lower of the two places, so that both posts and those above hold it.
pub(crate) fn receipt(
    journal: &Journal,
    tx: &mut Tx<'_>,
    territory: &dyn Territory,
    hand: &Hand,
    bytes: &[u8],
    preview: &Preview,
    reached: Reached,
) -> Result<(), Stop<Refused>> {
    let posts = Posts::load(journal, tx, territory)?;
    lives::tell(journal, tx, hand, &posts)?;
    if !reached.deserves_receipt {
        return Ok(());
    }
    let Some(own) = posts.own() else { return Ok(()) };
    let below = within(tx, territory, &own.territory, &preview.from.territory)?;
    let scope = if below { &preview.from.territory } else { &own.territory };
    let from = preview.from.id();
    let taken = fold::Taken {
        from: from.clone(),
        number: signed(preview.number),
        entries: signed(preview.new),
        hash: blake3::hash(bytes).to_hex().to_string(),
        streams: reached.streams,
        life: reached.life,
    };
    let place = (Audience::Territory, scope.as_str(), ACCEPTED, from);
    record(journal, tx, hand, place, &taken)
}
