//! The posts of the tests, with a slice of values beside the exchange.

use std::collections::BTreeMap;
use std::sync::Arc;

use db::Tx;
use db::testing::Empty;
use journal::{Audience, Draft, Entry, Fold, FoldError, Folds, Journal};
use kernel::Stop;

use crate::{Card, Hand, Level, Package, Posts, Preview, Refused, Territory};

pub(super) const NOON: i64 = 1_739_361_600_000;

/// Codes of the reference territory: a place's code begins with that of the place above.
pub(super) struct Codes;

impl Territory for Codes {
    fn contains(&self, _: &mut Tx<'_>, above: &str, below: &str) -> Result<bool, db::DbError> {
        Ok(below.starts_with(above))
    }
}

/// A slice with one table, so that tests see whether anything changed.
struct Values;

impl Fold for Values {
    fn name(&self) -> &'static str {
        "values"
    }

    fn schema(&self) -> &'static str {
        "create table if not exists noted (
            place text not null, subject text not null, body bytea not null,
            primary key (place, subject)
        );"
    }

    fn tables(&self) -> &'static [&'static str] {
        &["noted"]
    }

    fn kinds(&self) -> &'static [&'static str] {
        &["values.noted"]
    }

    fn apply(&self, tx: &mut Tx<'_>, entry: &Entry) -> Result<(), FoldError> {
        let _: BTreeMap<String, String> = entry.read()?;
        tx.execute(
            "insert into noted (place, subject, body) values ($1, $2, $3)
             on conflict (place, subject) do update set body = excluded.body",
            &[
                entry.scope.as_str().into(),
                entry.subject.as_str().into(),
                entry.payload.as_slice().into(),
            ],
        )?;
        Ok(())
    }
}

pub(super) struct Post {
    pub(super) journal: Journal,
    pub(super) card: Card,
    pub(super) base: Empty,
}

pub(super) fn hand() -> Hand {
    Hand { person: "p1".to_owned(), office: "CCC".to_owned(), at_millis: NOON }
}

impl Post {
    pub(super) fn new(base: Empty, name: &str, level: Level, place: &str) -> Self {
        let folds = Folds::new(vec![crate::fold(), Arc::new(Values)]);
        let journal = Journal::open(base.db.clone(), folds).unwrap();
        let card = base
            .db
            .write(|tx| crate::open_post(&journal, tx, &Codes, &hand(), (name, level, place)))
            .unwrap();
        Self { journal, card, base }
    }

    pub(super) fn id(&self) -> String {
        self.card.id()
    }

    pub(super) fn enrols(&self, child: &Self) -> Result<(), Stop<Refused>> {
        let card = Card::from_text(&child.card.to_text(child.journal.key())).unwrap();
        self.base.db.write(|tx| crate::enrol(&self.journal, tx, &Codes, &hand(), &card))
    }

    pub(super) fn notes(&self, parent: &Self) -> Result<(), Stop<Refused>> {
        let card = Card::from_text(&parent.card.to_text(parent.journal.key())).unwrap();
        self.base.db.write(|tx| crate::note_parent(&self.journal, tx, &Codes, &hand(), &card))
    }

    pub(super) fn writes(&self, audience: Audience, place: &str, subject: &str, json: &str) {
        let draft = Draft {
            audience,
            scope: place.to_owned(),
            person: "p1".to_owned(),
            office: "CCC".to_owned(),
            reason: String::new(),
            kind: "values.noted".to_owned(),
            subject: subject.to_owned(),
            payload: json.as_bytes().to_vec(),
            at_millis: NOON,
        };
        self.base.db.write(|tx| self.journal.append(tx, draft)).unwrap();
    }

    /// A value of this post's own territory.
    pub(super) fn notes_value(&self, subject: &str, value: &str) {
        let json = format!("{{\"{subject}\":\"{value}\"}}");
        self.writes(Audience::Territory, &self.card.territory, subject, &json);
    }

    pub(super) fn sends(&self, to: &Self) -> Package {
        self.tries_to_send(to, false).unwrap()
    }

    pub(super) fn tries_to_send(&self, to: &Self, all: bool) -> Result<Package, Stop<Refused>> {
        let to = to.id();
        self.base.db.write(|tx| crate::export(&self.journal, tx, &Codes, &hand(), (&to, all)))
    }

    pub(super) fn previews(&self, bytes: &[u8]) -> Result<Preview, Refused> {
        rule(crate::import(&self.journal, &Codes, &hand(), bytes, false))
    }

    pub(super) fn accepts(&self, bytes: &[u8]) -> Result<Preview, Refused> {
        rule(crate::import(&self.journal, &Codes, &hand(), bytes, true))
    }

    pub(super) fn posts(&self) -> Posts {
        self.base.db.read(|tx| Posts::load(&self.journal, tx, &Codes)).unwrap()
    }

    /// The tables and the length of the journal: whatever changes, this changes.
    pub(super) fn state(&self) -> (BTreeMap<String, String>, i64) {
        self.base
            .db
            .read(|tx| {
                let digests = self.journal.digests(tx)?;
                Ok::<_, journal::JournalError>((digests, Journal::extent(tx)?.0))
            })
            .unwrap()
    }

    /// The values that this post knows, as `place subject`.
    pub(super) fn values(&self) -> Vec<String> {
        self.base
            .db
            .read(|tx| {
                let rows = tx.query("select place, subject from noted order by 1, 2", &[])?;
                rows.iter()
                    .map(|it| Ok(format!("{} {}", it.text("place")?, it.text("subject")?)))
                    .collect::<Result<_, db::DbError>>()
            })
            .unwrap()
    }

    pub(super) fn holds_together(&self) {
        let verdict = self.journal.verify(&mut |_| {}).unwrap();
        assert_eq!(verdict.faults, [], "{}", self.base.engine);
    }
}

pub(super) fn rule<T>(result: Result<T, Stop<Refused>>) -> Result<T, Refused> {
    result.map_err(|stop| match stop {
        Stop::Refused(it) => it,
        Stop::Failed(it) => panic!("{it}"),
    })
}

/// A cercle, its region and the nation, enrolled from above and noted from below.
pub(super) struct Tree {
    pub(super) kati: Post,
    pub(super) koulikoro: Post,
    pub(super) nation: Post,
}

fn base(engine: &str) -> Empty {
    match engine {
        "SQLite" => db::testing::sqlite(),
        _ => db::testing::postgres(),
    }
}

pub(super) const ENGINES: [&str; 2] = ["SQLite", "PostgreSQL"];

pub(super) fn post(engine: &str, name: &str, level: Level, place: &str) -> Post {
    Post::new(base(engine), name, level, place)
}

pub(super) fn tree(engine: &str) -> Tree {
    let kati = post(engine, "CCC de Kati", Level::Cercle, "ML0207");
    let koulikoro = post(engine, "CSR de Koulikoro", Level::Region, "ML02");
    let nation = post(engine, "CCN", Level::Nation, "ML");
    kati.notes(&koulikoro).unwrap();
    koulikoro.enrols(&kati).unwrap();
    koulikoro.notes(&nation).unwrap();
    nation.enrols(&koulikoro).unwrap();
    Tree { kati, koulikoro, nation }
}

/// A post that lost its base and starts again from an old copy, with its key.
pub(super) fn restored(engine: &str, lost: &Post, copy: &[u8]) -> Post {
    let base = base(engine);
    let folds = || Folds::new(vec![crate::fold(), Arc::new(Values)]);
    let journal = Journal::open(base.db.clone(), folds()).unwrap();
    journal.restore_from(&mut &copy[..]).unwrap();
    // The key is read when the journal is opened.
    let journal = Journal::open(base.db.clone(), folds()).unwrap();
    assert_eq!(journal.post_id(), lost.id());
    Post { journal, card: lost.card.clone(), base }
}
