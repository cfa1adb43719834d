//! The tables of the exchange, and the entries that change them.

use db::{DbError, Tx};
use journal::{Entry, Fold, FoldError};
use serde::{Deserialize, Serialize};

use crate::text::{hex, unhex};
use crate::{Card, Level};

/// This post says who it is.
pub(crate) const OPENED: &str = "exchange.post-opened";
/// A post enrols one below it, or notes the one above it.
pub(crate) const ENROLLED: &str = "exchange.post-enrolled";
/// A package was made. Never leaves the post: a trace of sending is nothing to send.
pub(crate) const MADE: &str = "exchange.package-made";
/// A package was taken in. It travels back: the receipt.
pub(crate) const ACCEPTED: &str = "exchange.package-accepted";
/// A post begins a new life, or tells that it knows another of its lives: what it holds now.
pub(crate) const LIFE: &str = "exchange.life-begun";
/// What all kinds of this slice begin with.
pub(crate) const PREFIX: &str = "exchange.";

/// What one post is to the one that states it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Stated {
    /// Itself.
    Own,
    /// The one above.
    Parent,
    /// One below.
    Child,
}

impl Stated {
    fn word(self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::Parent => "parent",
            Self::Child => "child",
        }
    }

    pub(crate) fn read(word: &str) -> Option<Self> {
        [Self::Own, Self::Parent, Self::Child].into_iter().find(|it| it.word() == word)
    }
}

/// The payload of [`OPENED`] and [`ENROLLED`].
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Statement {
    pub(crate) relation: Stated,
    name: String,
    level: String,
    territory: String,
    public_key: String,
    receive_key: String,
}

impl Statement {
    pub(crate) fn new(relation: Stated, card: &Card) -> Self {
        Self {
            relation,
            name: card.name.clone(),
            level: card.level.word().to_owned(),
            territory: card.territory.clone(),
            public_key: hex(&card.public_key),
            receive_key: hex(&card.receive_key),
        }
    }

    /// The card, or `None` if a field is not of its type.
    pub(crate) fn card(&self) -> Option<Card> {
        Some(Card {
            name: crate::card::checked_name(&self.name)?,
            level: self.level.parse::<Level>().ok()?,
            territory: crate::card::checked_place(&self.territory)?,
            public_key: unhex(&self.public_key)?,
            receive_key: unhex(&self.receive_key)?,
        })
    }

    /// Whether the relation suits the kind, and a post that opens opens itself.
    pub(crate) fn suits(&self, entry: &Entry, card: &Card) -> bool {
        let own = entry.post_id == card.id();
        match self.relation {
            Stated::Own => entry.kind == OPENED && own,
            Stated::Parent | Stated::Child => entry.kind == ENROLLED && !own,
        }
    }
}

/// How far a chain goes.
pub(crate) type Reach = (String, i64);

/// The payload of [`MADE`].
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Made {
    pub(crate) to: String,
    pub(crate) number: i64,
    pub(crate) entries: i64,
    pub(crate) bytes: i64,
    pub(crate) hash: String,
    pub(crate) streams: Vec<Reach>,
}

/// The payload of [`ACCEPTED`].
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Taken {
    pub(crate) from: String,
    pub(crate) number: i64,
    pub(crate) entries: i64,
    pub(crate) hash: String,
    pub(crate) streams: Vec<Reach>,
    /// The life of the sender; empty if an earlier program made the package.
    #[serde(default)]
    pub(crate) life: String,
}

/// The payload of [`LIFE`].
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Begun {
    /// The lives of this post before, or beside, the one that writes.
    pub(crate) earlier: Vec<String>,
    /// What it holds at that moment.
    pub(crate) holds: Vec<Reach>,
}

/// The fold of this slice.
pub struct Exchange;

impl Fold for Exchange {
    fn name(&self) -> &'static str {
        "exchange"
    }

    fn schema(&self) -> &'static str {
        include_str!("../sql/schema.sql")
    }

    fn tables(&self) -> &'static [&'static str] {
        &["post", "package", "package_sent", "package_receipt", "package_holding", "post_life"]
    }

    fn kinds(&self) -> &'static [&'static str] {
        &[OPENED, ENROLLED, MADE, ACCEPTED, LIFE]
    }

    fn apply(&self, tx: &mut Tx<'_>, entry: &Entry) -> Result<(), FoldError> {
        match entry.kind.as_str() {
            OPENED | ENROLLED => state(tx, entry),
            MADE => Ok(made(tx, entry, &entry.read()?)?),
            LIFE => Ok(begun(tx, entry, &entry.read()?)?),
            _ => Ok(taken(tx, entry, &entry.read()?)?),
        }
    }
}

fn state(tx: &mut Tx<'_>, entry: &Entry) -> Result<(), FoldError> {
    let statement: Statement = entry.read()?;
    let card = statement.card().filter(|it| statement.suits(entry, it)).ok_or_else(|| {
        FoldError::Payload { kind: entry.kind.clone(), reason: "no card of a post".to_owned() }
    })?;
    tx.execute(
        include_str!("../sql/state_post.sql"),
        &[
            entry.post_id.as_str().into(),
            card.id().into(),
            statement.relation.word().into(),
            card.name.into(),
            card.level.word().into(),
            card.territory.into(),
            card.public_key[..].into(),
            card.receive_key[..].into(),
            entry.at_millis.into(),
        ],
    )?;
    Ok(())
}

fn made(tx: &mut Tx<'_>, entry: &Entry, it: &Made) -> Result<(), DbError> {
    let from = entry.post_id.as_str();
    tx.execute(
        include_str!("../sql/add_package.sql"),
        &[
            from.into(),
            it.to.as_str().into(),
            it.number.into(),
            entry.at_millis.into(),
            it.entries.into(),
            it.bytes.into(),
            it.hash.as_str().into(),
            entry.person.as_str().into(),
            entry.incarnation.as_str().into(),
        ],
    )?;
    for (stream, length) in &it.streams {
        tx.execute(
            include_str!("../sql/extend_sent.sql"),
            &[from.into(), it.to.as_str().into(), stream.into(), (*length).into()],
        )?;
    }
    Ok(())
}

fn taken(tx: &mut Tx<'_>, entry: &Entry, it: &Taken) -> Result<(), DbError> {
    let (by, from) = (entry.post_id.as_str(), it.from.as_str());
    tx.execute(
        include_str!("../sql/add_receipt.sql"),
        &[
            from.into(),
            by.into(),
            it.number.into(),
            entry.at_millis.into(),
            it.entries.into(),
            it.hash.as_str().into(),
            entry.person.as_str().into(),
            it.life.as_str().into(),
        ],
    )?;
    // The receiver holds what it took, and the sender holds what it sent.
    hold(tx, (by, &entry.incarnation, by), &it.streams)?;
    hold(tx, (from, &it.life, by), &it.streams)
}

fn begun(tx: &mut Tx<'_>, entry: &Entry, it: &Begun) -> Result<(), DbError> {
    let (post, life) = (entry.post_id.as_str(), entry.incarnation.as_str());
    for earlier in it.earlier.iter().filter(|it| *it != life) {
        let row = [post.into(), life.into(), earlier.as_str().into()];
        tx.execute(include_str!("../sql/add_life.sql"), &row)?;
    }
    hold(tx, (post, life, post), &it.holds)
}

fn hold(
    tx: &mut Tx<'_>,
    (holder, life, by): (&str, &str, &str),
    reaches: &[Reach],
) -> Result<(), DbError> {
    for (stream, length) in reaches {
        tx.execute(
            include_str!("../sql/extend_holding.sql"),
            &[holder.into(), life.into(), by.into(), stream.into(), (*length).into()],
        )?;
    }
    Ok(())
}

/// How far each chain went in the packages made here for a post.
pub(crate) fn sent(
    tx: &mut Tx<'_>,
    me: &str,
    post_id: &str,
) -> Result<std::collections::BTreeMap<String, u64>, DbError> {
    tx.query(include_str!("../sql/sent.sql"), &[me.into(), post_id.into()])?
        .iter()
        .map(|row| {
            let length = u64::try_from(row.int("length")?).unwrap_or_default();
            Ok((row.text("stream_id")?.to_owned(), length))
        })
        .collect()
}
