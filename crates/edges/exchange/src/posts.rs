//! The posts that this one knows, and by whose word.

use std::collections::BTreeMap;

use db::{DbError, Row, Tx};
use journal::{Audience, Journal};
use kernel::Stop;

use crate::card::{checked_name, checked_place};
use crate::fold::{ENROLLED, OPENED, Stated, Statement};
use crate::refused::failed;
use crate::seal::ReceiveKey;
use crate::send::record;
use crate::{Card, Level, Refused};

/// The setting that holds this post's short name once it is opened.
pub(crate) const OWN: &str = "exchange.post";

/// The dated tree of places, as far as the exchange asks it.
pub trait Territory {
    /// Whether the place `below` lies in the place `above` today.
    ///
    /// # Errors
    ///
    /// If the store fails.
    fn contains(&self, tx: &mut Tx<'_>, above: &str, below: &str) -> Result<bool, DbError>;
}

/// A place lies in itself, whatever the tree says.
pub(crate) fn within(
    tx: &mut Tx<'_>,
    territory: &dyn Territory,
    above: &str,
    below: &str,
) -> Result<bool, DbError> {
    Ok(above == below || territory.contains(tx, above, below)?)
}

/// Who acts, and when.
#[derive(Clone, Debug)]
pub struct Hand {
    /// The person.
    pub person: String,
    /// The person's office.
    pub office: String,
    /// This post's clock, in milliseconds since 1970.
    pub at_millis: i64,
}

/// What a known post is to this one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Relation {
    /// This post.
    Own,
    /// The post above, noted here.
    Parent,
    /// A post below, enrolled here.
    Child,
    /// Above the parent, by the parent's word.
    Above,
    /// Enrolled by another known post.
    Below,
}

/// A known post.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// Its card, as the post that vouches for it stated it.
    pub card: Card,
    /// What it is to this post.
    pub relation: Relation,
    /// The short name of the post that vouches for it.
    pub by: String,
    /// When that post did, by its clock, in milliseconds since 1970.
    pub since_millis: i64,
}

/// The posts that this one knows: itself, those that it noted, those above its parent by each
/// parent's word, and those below any of them by the word of the post that enrolled them.
///
/// A post vouches only for posts of a higher level whose territory holds its own, or of a lower
/// level in its own territory; and only those above are believed on who is above. So a post below
/// can present no false nation, and nobody can present a post of another territory.
#[derive(Clone, Debug, Default)]
pub struct Posts {
    me: String,
    known: BTreeMap<String, Known>,
}

struct Said {
    post_id: String,
    relation: Stated,
    card: Card,
    since_millis: i64,
}

impl Posts {
    /// The posts known here.
    ///
    /// # Errors
    ///
    /// If the store fails.
    pub fn load(
        journal: &Journal,
        tx: &mut Tx<'_>,
        territory: &dyn Territory,
    ) -> Result<Self, DbError> {
        Self::of(&journal.post_id(), tx, territory)
    }

    /// The posts known to the post of this short name.
    pub(crate) fn of(
        me: &str,
        tx: &mut Tx<'_>,
        territory: &dyn Territory,
    ) -> Result<Self, DbError> {
        let mut said: BTreeMap<String, Vec<Said>> = BTreeMap::new();
        for row in &tx.query(include_str!("../sql/statements.sql"), &[])? {
            said.entry(row.text("by_post")?.to_owned()).or_default().push(read(row)?);
        }
        let mut posts = Self { me: me.to_owned(), known: BTreeMap::new() };
        let own = said.get(me).and_then(|it| it.iter().find(|it| it.relation == Stated::Own));
        let Some(own) = own else { return Ok(posts) };
        posts.admit(me, own, Relation::Own);
        let above = posts.follow(tx, &said, vec![me.to_owned()], Stated::Parent, territory)?;
        posts.follow(tx, &said, above, Stated::Child, territory)?;
        Ok(posts)
    }

    /// Follows one kind of statement from these posts on; returns them and all posts met.
    fn follow(
        &mut self,
        tx: &mut Tx<'_>,
        said: &BTreeMap<String, Vec<Said>>,
        mut order: Vec<String>,
        stated: Stated,
        territory: &dyn Territory,
    ) -> Result<Vec<String>, DbError> {
        let mut at = 0;
        while let Some(by) = order.get(at).cloned() {
            at += 1;
            let Some(voucher) = self.known.get(&by).map(|it| it.card.clone()) else { continue };
            for it in said.get(&by).into_iter().flatten().filter(|it| it.relation == stated) {
                let (above, below) = match stated {
                    Stated::Parent => (&it.card, &voucher),
                    Stated::Own | Stated::Child => (&voucher, &it.card),
                };
                if !self.known.contains_key(&it.post_id) && is_above(tx, territory, above, below)? {
                    let relation = match (stated, by == self.me) {
                        (Stated::Parent, true) => Relation::Parent,
                        (Stated::Parent, false) => Relation::Above,
                        (_, true) => Relation::Child,
                        (_, false) => Relation::Below,
                    };
                    self.admit(&by, it, relation);
                    order.push(it.post_id.clone());
                }
            }
        }
        Ok(order)
    }

    fn admit(&mut self, by: &str, it: &Said, relation: Relation) {
        let known = Known {
            card: it.card.clone(),
            relation,
            by: by.to_owned(),
            since_millis: it.since_millis,
        };
        self.known.insert(it.post_id.clone(), known);
    }

    /// This post's card, once it is opened.
    pub fn own(&self) -> Option<&Card> {
        self.get(&self.me).map(|it| &it.card)
    }

    /// The post of this short name, if it is known.
    pub fn get(&self, post_id: &str) -> Option<&Known> {
        self.known.get(post_id)
    }

    /// All known posts, by short name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Known)> {
        self.known.iter().map(|(id, it)| (id.as_str(), it))
    }

    /// The posts with which this one exchanges: the one above, then those below that it enrolled.
    pub fn peers(&self) -> Vec<(&str, &Known)> {
        let of = |relation| self.iter().filter(move |(_, it)| it.relation == relation);
        of(Relation::Parent).chain(of(Relation::Child)).collect()
    }

    /// The post above; the one noted last if its PC was replaced.
    pub fn parent(&self) -> Option<&Known> {
        let above = self.known.values().filter(|it| it.relation == Relation::Parent);
        above.max_by_key(|it| it.since_millis)
    }

    /// What people call a post; its short name if it is not known.
    pub fn name(&self, post_id: &str) -> String {
        self.get(post_id).map_or_else(|| post_id.to_owned(), |it| it.card.name.clone())
    }

    pub(crate) fn me(&self) -> &str {
        &self.me
    }

    pub(crate) fn is_me(&self, post_id: &str) -> bool {
        self.me == post_id
    }
}

/// Whether one post is above another: a higher level, and a territory that holds the other's.
pub(crate) fn is_above(
    tx: &mut Tx<'_>,
    territory: &dyn Territory,
    above: &Card,
    below: &Card,
) -> Result<bool, DbError> {
    Ok(below.level < above.level && within(tx, territory, &above.territory, &below.territory)?)
}

fn read(row: &Row) -> Result<Said, DbError> {
    let unreadable = |what: &str| DbError::Unreadable(format!("post: {what}"));
    let key =
        |column: &str| <[u8; 32]>::try_from(row.bytes(column)?).map_err(|_| unreadable(column));
    Ok(Said {
        post_id: row.text("post_id")?.to_owned(),
        relation: Stated::read(row.text("relation")?).ok_or_else(|| unreadable("relation"))?,
        card: Card {
            name: row.text("name")?.to_owned(),
            level: row.text("level")?.parse().map_err(|()| unreadable("level"))?,
            territory: row.text("territory")?.to_owned(),
            public_key: key("public_key")?,
            receive_key: key("receive_key")?,
        },
        since_millis: row.int("since_millis")?,
    })
}

/// Opens this post: gives it its name, level and place, and the key for what others send it.
/// Opening it again with the same words changes nothing; with others, renames it.
///
/// # Errors
///
/// If a field is empty or unreadable, or the store fails.
pub fn open_post(
    journal: &Journal,
    tx: &mut Tx<'_>,
    territory: &dyn Territory,
    hand: &Hand,
    (name, level, place): (&str, Level, &str),
) -> Result<Card, Stop<Refused>> {
    let card = Card {
        name: checked_name(name).ok_or(Refused::Field { field: "nom" })?,
        level,
        territory: checked_place(place).ok_or(Refused::Field { field: "lieu" })?,
        public_key: journal.key().public(),
        receive_key: ReceiveKey::ensure(journal, tx).map_err(failed)?.public(),
    };
    // The status line knows this post by it, without the journal.
    Journal::set_setting(tx, OWN, &card.id()).map_err(failed)?;
    if Posts::load(journal, tx, territory)?.own() != Some(&card) {
        state(journal, tx, hand, &card.territory, (OPENED, Stated::Own), &card)?;
    }
    Ok(card)
}

/// Enrols a post below this one by its card: from then on its packages are taken in, here and, once
/// this entry has travelled, at all posts above.
///
/// # Errors
///
/// If the card cannot be read or was changed, if its post is not below this one, or the store fails.
pub fn enrol(
    journal: &Journal,
    tx: &mut Tx<'_>,
    territory: &dyn Territory,
    hand: &Hand,
    card: &Card,
) -> Result<(), Stop<Refused>> {
    relate(journal, tx, territory, hand, (Stated::Child, card))
}

/// Notes the post above this one by its card.
///
/// # Errors
///
/// If the card cannot be read or was changed, if its post is not above this one, or the store fails.
pub fn note_parent(
    journal: &Journal,
    tx: &mut Tx<'_>,
    territory: &dyn Territory,
    hand: &Hand,
    card: &Card,
) -> Result<(), Stop<Refused>> {
    relate(journal, tx, territory, hand, (Stated::Parent, card))
}

fn relate(
    journal: &Journal,
    tx: &mut Tx<'_>,
    territory: &dyn Territory,
    hand: &Hand,
    (stated, card): (Stated, &Card),
) -> Result<(), Stop<Refused>> {
    let posts = Posts::load(journal, tx, territory)?;
    let own = posts.own().ok_or(Refused::NotOpened)?;
    let id = card.id();
    if posts.is_me(&id) {
        return Err(Refused::OwnCard.into());
    }
    let (post, other) = (own.name.clone(), card.name.clone());
    let (holds, wanted, rule) = if stated == Stated::Parent {
        let rule = Refused::NotAbove { post, parent: other };
        (is_above(tx, territory, card, own)?, Relation::Parent, rule)
    } else {
        let rule = Refused::NotBelow { post, child: other };
        (is_above(tx, territory, own, card)?, Relation::Child, rule)
    };
    if !holds {
        return Err(rule.into());
    }
    let same = posts.get(&id).is_some_and(|it| it.relation == wanted && it.card == *card);
    if !same {
        let scope = own.territory.clone();
        state(journal, tx, hand, &scope, (ENROLLED, stated), card)?;
    }
    Ok(())
}

fn state(
    journal: &Journal,
    tx: &mut Tx<'_>,
    hand: &Hand,
    scope: &str,
    (kind, stated): (&str, Stated),
    card: &Card,
) -> Result<(), Stop<Refused>> {
    let place = (Audience::Nomenclature, scope, kind, card.id());
    record(journal, tx, hand, place, &Statement::new(stated, card))
}
