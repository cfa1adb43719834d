//! One post: the product's journal and exchange over a base in memory.

use std::collections::BTreeMap;
use std::sync::Arc;

use db::{Database, DbError, Tx};
use exchange::{Card, Hand, Level, Package, Preview, Refused, Territory, Unsent};
use journal::{Audience, Chance, Draft, Fold, Folds, Journal, JournalError};
use kernel::{Failure, Stop};

use crate::Luck;
use crate::slice::{Folly, Revision, Slice, heads};
use crate::swarm::Clock;

/// The tree of the runs: a place's code begins with that of the place above.
pub struct Codes;

impl Territory for Codes {
    fn contains(&self, _: &mut Tx<'_>, above: &str, below: &str) -> Result<bool, DbError> {
        Ok(below.starts_with(above))
    }
}

/// When the machine stops.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stops {
    /// It does not.
    Never,
    /// After the work, before it is on the disk.
    Before,
    /// Once it is on the disk, before anyone sees it.
    After,
}

/// What came of an act.
pub enum Done<T> {
    /// It was done.
    Yes(T),
    /// It was refused.
    Refused(Refused),
    /// The machine stopped.
    Stopped,
}

/// A post.
pub struct Post {
    /// What people call it.
    pub name: String,
    /// Its place.
    pub place: String,
    /// Its level.
    pub level: Level,
    /// The post above, by its number in the world.
    pub parent: Option<usize>,
    /// Whether any post lies below it.
    pub leaf: bool,
    /// The day on which it is enrolled.
    pub joins: i64,
    /// Its clock.
    pub clock: Clock,
    /// Whether it runs the newer release.
    pub newer: bool,
    /// Whether it is a second disk of another post, by its number.
    pub twin_of: Option<usize>,
    /// Whether it is still used.
    pub alive: bool,
    /// Its journal.
    pub journal: Journal,
    /// Its card.
    pub card: Card,
    folly: Option<Folly>,
    chance: Chance,
}

const CRASH: &str = "the machine stopped";

fn folds(newer: bool, folly: Option<Folly>) -> Folds {
    let slice: Arc<dyn Fold> = Arc::new(Slice { newer, folly });
    Folds::new(vec![exchange::fold(), slice])
}

/// The failure's words.
fn told(failure: &Failure) -> String {
    failure.to_string()
}

impl Post {
    /// A new post, opened.
    ///
    /// # Errors
    ///
    /// If the product fails.
    pub fn open(
        (name, place, level, parent): (String, String, Level, Option<usize>),
        (newer, clock, folly): (bool, Clock, Option<Folly>),
        luck: &Luck,
    ) -> Result<Self, String> {
        let drawn = luck.clone();
        let chance = Chance::drawn(move |bytes| drawn.fill(bytes));
        let journal = opened(db::testing::memory(), newer, folly, &chance)?;
        let hand = hand(clock.shows(0));
        let card = journal
            .db()
            .write(|tx| exchange::open_post(&journal, tx, &Codes, &hand, (&name, level, &place)))
            .map_err(|it| stop_words(&it))?;
        Ok(Self {
            name,
            place,
            level,
            parent,
            leaf: true,
            joins: 0,
            clock,
            newer,
            twin_of: None,
            alive: true,
            journal,
            card,
            folly,
            chance,
        })
    }

    /// Its short name.
    pub fn id(&self) -> String {
        self.card.id()
    }

    /// Enrols a post below.
    ///
    /// # Errors
    ///
    /// If the product fails or refuses.
    pub fn enrols(&self, child: &Self, minute: i64) -> Result<(), String> {
        let card = Card::from_text(&child.card.to_text(child.journal.key()))
            .map_err(|it| it.to_string())?;
        let hand = hand(self.clock.shows(minute));
        let act = |tx: &mut Tx<'_>| exchange::enrol(&self.journal, tx, &Codes, &hand, &card);
        self.journal.db().write(act).map_err(|it| stop_words(&it))
    }

    /// Notes the post above.
    ///
    /// # Errors
    ///
    /// If the product fails or refuses.
    pub fn notes(&self, parent: &Self, minute: i64) -> Result<(), String> {
        let card = Card::from_text(&parent.card.to_text(parent.journal.key()))
            .map_err(|it| it.to_string())?;
        let hand = hand(self.clock.shows(minute));
        let act = |tx: &mut Tx<'_>| exchange::note_parent(&self.journal, tx, &Codes, &hand, &card);
        self.journal.db().write(act).map_err(|it| stop_words(&it))
    }

    /// Somebody enters a revision.
    ///
    /// # Errors
    ///
    /// If the product fails.
    pub fn writes(
        &self,
        (kind, audience, scope): (&str, Audience, &str),
        revision: &Revision,
        minute: i64,
        stops: Stops,
    ) -> Result<Done<()>, String> {
        let draft = Draft {
            audience,
            scope: scope.to_owned(),
            person: "p1".to_owned(),
            office: "CCC".to_owned(),
            reason: String::new(),
            kind: kind.to_owned(),
            subject: revision.id.clone(),
            payload: serde_json::to_vec(revision).map_err(|it| it.to_string())?,
            at_millis: self.clock.shows(minute),
        };
        let done = self.journal.db().write(|tx| {
            self.journal.append(tx, draft).map_err(|it| Stop::Failed(it.into()))?;
            if stops == Stops::Before { Err(crash()) } else { Ok(()) }
        });
        settled(done, stops)
    }

    /// The revisions of a record that this post sees as current.
    ///
    /// # Errors
    ///
    /// If the store fails.
    pub fn sees(&self, record: &str) -> Result<Vec<String>, String> {
        self.journal.db().read(|tx| heads(tx, record)).map_err(|it| it.to_string())
    }

    /// A package for another post.
    ///
    /// # Errors
    ///
    /// If the product fails.
    pub fn sends(
        &self,
        to: &str,
        whole: bool,
        minute: i64,
        stops: Stops,
    ) -> Result<Done<Package>, String> {
        let hand = hand(self.clock.shows(minute));
        let done = self.journal.db().write(|tx| {
            let made = exchange::export(&self.journal, tx, &Codes, &hand, (to, whole))?;
            if stops == Stops::Before { Err(crash()) } else { Ok(made) }
        });
        settled(done, stops)
    }

    /// Takes a file in.
    ///
    /// # Errors
    ///
    /// If the product fails.
    pub fn takes(&self, bytes: &[u8], minute: i64, stops: Stops) -> Result<Done<Preview>, String> {
        let hand = hand(self.clock.shows(minute));
        let done = self.journal.db().write(|tx| {
            // A refusal is an outcome here: what the product left in its transaction must hold.
            match exchange::accept(&self.journal, tx, &Codes, &hand, bytes) {
                Ok(it) if stops != Stops::Before => Ok(Ok(it)),
                Ok(_) => Err(crash()),
                Err(Stop::Refused(it)) => Ok(Err(it)),
                Err(stop) => Err(stop),
            }
        });
        match settled(done, if stops == Stops::After { Stops::After } else { Stops::Never })? {
            Done::Yes(Ok(it)) => Ok(Done::Yes(it)),
            Done::Yes(Err(it)) => Ok(Done::Refused(it)),
            Done::Refused(it) => Ok(Done::Refused(it)),
            Done::Stopped => Ok(Done::Stopped),
        }
    }

    /// Starts the program again on the same base.
    ///
    /// # Errors
    ///
    /// If the product fails.
    pub fn restarts(&mut self) -> Result<(), String> {
        self.journal = opened(self.journal.db().clone(), self.newer, self.folly, &self.chance)?;
        Ok(())
    }

    /// Installs the newer release.
    ///
    /// # Errors
    ///
    /// If the product fails.
    pub fn upgrades(&mut self) -> Result<(), String> {
        self.newer = true;
        self.restarts()
    }

    /// A copy, as the command of the product makes it.
    ///
    /// # Errors
    ///
    /// If the product fails.
    pub fn copy(&self) -> Result<Vec<u8>, String> {
        let mut out = Vec::new();
        self.journal.copy_to(&mut out).map_err(|it| it.to_string())?;
        Ok(out)
    }

    /// An empty base, filled from a copy as the command of the product does. `image` makes it what
    /// it was to the byte: the disk put back, not the product's own restore.
    ///
    /// # Errors
    ///
    /// If the product fails.
    pub fn restored(&self, copy: &[u8], image: bool) -> Result<Journal, String> {
        let db = db::testing::memory();
        let journal = opened(db.clone(), self.newer, self.folly, &self.chance)?;
        journal.restore_from(&mut &copy[..]).map_err(|it| it.to_string())?;
        if image {
            let life = self.life_in(copy)?;
            let set = |tx: &mut Tx<'_>| Journal::set_setting(tx, "post.incarnation", &life);
            db.write(set).map_err(|it| it.to_string())?;
        }
        // The key is read when the journal is opened.
        opened(db, self.newer, self.folly, &self.chance)
    }

    /// The life that a copy was made in.
    fn life_in(&self, copy: &[u8]) -> Result<String, String> {
        // The title, then the settings by name: a length of four bytes, then a CBOR item.
        let mut rest = copy;
        while let Some((length, after)) = rest.split_first_chunk::<4>() {
            let Some((item, after)) = after.split_at_checked(u32::from_le_bytes(*length) as usize)
            else {
                break;
            };
            let name = b"post.incarnation";
            if let Some(at) = item.windows(name.len()).position(|it| it == name) {
                // The text after it: 16 digits behind one byte of its length.
                let text = item.get(at + name.len() + 1..).unwrap_or_default();
                return Ok(String::from_utf8_lossy(text).into_owned());
            }
            rest = after;
        }
        Err("the copy names no life".to_owned())
    }

    /// Another post on the same key: a disk copied.
    pub fn twin(&self, number: usize, journal: Journal) -> Self {
        Self {
            name: format!("{} (copie)", self.name),
            place: self.place.clone(),
            level: self.level,
            parent: self.parent,
            leaf: true,
            joins: self.joins,
            clock: self.clock,
            newer: self.newer,
            twin_of: Some(number),
            alive: true,
            journal,
            card: self.card.clone(),
            folly: self.folly,
            chance: self.chance.clone(),
        }
    }

    /// What its page says that waits for each other post.
    ///
    /// # Errors
    ///
    /// If the store fails.
    pub fn waits(&self) -> Result<Vec<(String, Unsent)>, String> {
        let all = self.journal.db().read(|tx| {
            let posts = exchange::Posts::load(&self.journal, tx, &Codes)?;
            exchange::waiting(tx, &Codes, &posts)
        });
        let all = all.map_err(|it| told(&it))?;
        Ok(all.into_iter().map(|(known, it)| (known.card.territory, it)).collect())
    }

    /// How many entries it holds.
    ///
    /// # Errors
    ///
    /// If the store fails.
    pub fn extent(&self) -> Result<i64, String> {
        self.journal.db().read(Journal::extent).map(|it| it.0).map_err(|it| it.to_string())
    }

    /// The digests of its tables.
    ///
    /// # Errors
    ///
    /// If the store fails.
    pub fn digests(&self) -> Result<BTreeMap<String, String>, String> {
        self.journal.db().read(|tx| self.journal.digests(tx)).map_err(|it: DbError| it.to_string())
    }
}

/// The hand of whoever acts.
fn hand(at_millis: i64) -> Hand {
    Hand { person: "p1".to_owned(), office: "CCC".to_owned(), at_millis }
}

fn opened(
    db: Database,
    newer: bool,
    folly: Option<Folly>,
    chance: &Chance,
) -> Result<Journal, String> {
    Journal::open_with(db, folds(newer, folly), chance.clone())
        .map_err(|it: JournalError| it.to_string())
}

fn crash() -> Stop<Refused> {
    Stop::Failed(Failure::told(CRASH))
}

fn stop_words(stop: &Stop<Refused>) -> String {
    match stop {
        Stop::Refused(it) => it.to_string(),
        Stop::Failed(it) => told(it),
    }
}

fn settled<T>(done: Result<T, Stop<Refused>>, stops: Stops) -> Result<Done<T>, String> {
    match done {
        Ok(_) if stops == Stops::After => Ok(Done::Stopped),
        Ok(it) => Ok(Done::Yes(it)),
        Err(Stop::Refused(it)) => Ok(Done::Refused(it)),
        Err(Stop::Failed(it)) if told(&it).contains(CRASH) => Ok(Done::Stopped),
        Err(Stop::Failed(it)) => Err(told(&it)),
    }
}
