//! The register's tables as a fold of its entries.

use db::{DbError, Tx, Value};
use journal::{Entry, Fold, FoldError};
use kernel::Id;
use territory::Foreign;

use crate::{
    ADDED, CHANGED, Event, FieldChange, Load, Partnership, Recorded, SOURCE_LOADED,
    STATUS_RECORDED, StatusEvent, UNDONE, Undone,
};

pub(crate) struct RegisterFold;

impl Fold for RegisterFold {
    fn name(&self) -> &'static str {
        "register"
    }

    fn schema(&self) -> &'static str {
        include_str!("../sql/schema.sql")
    }

    fn tables(&self) -> &'static [&'static str] {
        &[
            "register_source",
            "register_partnership",
            "register_line",
            "register_token",
            "register_party",
            "register_question",
            "register_network",
        ]
    }

    fn kinds(&self) -> &'static [&'static str] {
        &[SOURCE_LOADED, ADDED, CHANGED, UNDONE, STATUS_RECORDED, territory::FOREIGN_NAMED]
    }

    fn apply(&self, tx: &mut Tx<'_>, entry: &Entry) -> Result<(), FoldError> {
        match entry.kind.as_str() {
            SOURCE_LOADED => load(tx, &entry.read()?),
            ADDED => add(tx, &[entry.read()?]),
            // The territory's own fold came before: the records hold their new spellings.
            territory::FOREIGN_NAMED => respell(tx, &entry.read::<Vec<Foreign>>()?),
            _ => change(tx, entry),
        }
    }
}

/// The event of an entry of this kind, if it is one that changes a partnership.
///
/// # Errors
///
/// If the payload is not what the kind promises.
pub(crate) fn event_of(entry: &Entry) -> Result<Option<Recorded>, FoldError> {
    let event = match entry.kind.as_str() {
        CHANGED => Event::Changed(entry.read::<Vec<FieldChange>>()?),
        STATUS_RECORDED => Event::Status(entry.read::<StatusEvent>()?),
        UNDONE => {
            let it: Undone = entry.read()?;
            Event::Undone { entry: it.entry, changes: it.changes }
        }
        _ => return Ok(None),
    };
    Ok(Some(Recorded { entry: entry.mark(), event }))
}

fn load(tx: &mut Tx<'_>, load: &Load) -> Result<(), FoldError> {
    let source = &load.source;
    tx.execute(
        include_str!("../sql/put_source.sql"),
        &[
            source.name.as_str().into(),
            source.title.as_str().into(),
            source.hash.as_str().into(),
            source.lines.into(),
            source.note.clone().into(),
        ],
    )?;
    let networks = load
        .networks
        .iter()
        .map(|it| {
            Ok(vec![source.name.as_str().into(), it.line.into(), json(SOURCE_LOADED, it)?.into()])
        })
        .collect::<Result<Vec<Vec<Value>>, FoldError>>()?;
    tx.insert(
        "register_network",
        &["source", "line", "state"],
        "on conflict do nothing",
        &networks,
    )?;
    add(tx, &load.partnerships)
}

/// Adds those that are not known yet: a source loaded again changes nothing that people changed.
fn add(tx: &mut Tx<'_>, partnerships: &[Partnership]) -> Result<(), FoldError> {
    let rows = tx.query(include_str!("../sql/last_n.sql"), &[])?;
    let mut n = rows.first().map_or(Ok(0), |it| it.int("n"))?;
    let mut rows = Rows::default();
    for it in partnerships {
        if find(tx, it.id)?.is_some() {
            continue;
        }
        n += 1;
        rows.state.push(vec![
            n.into(),
            it.id.to_string().into(),
            it.origins.source.as_str().into(),
            it.origins.line.into(),
            json(ADDED, it)?.into(),
        ]);
        rows.index(tx, n, it)?;
    }
    Ok(rows.put(tx)?)
}

fn change(tx: &mut Tx<'_>, entry: &Entry) -> Result<(), FoldError> {
    let wrong = |reason: String| FoldError::Payload { kind: entry.kind.clone(), reason };
    let Some(recorded) = event_of(entry)? else { return Ok(()) };
    let id: Id = entry.subject.parse().map_err(|_| wrong("the subject is no identifier".into()))?;
    let (n, mut it) =
        find(tx, id)?.ok_or_else(|| wrong(format!("the partnership {id} is not there")))?;
    it.apply(&recorded).map_err(|refused| wrong(refused.to_string()))?;
    tx.execute(include_str!("../sql/put_state.sql"), &[n.into(), json(&entry.kind, &it)?.into()])?;
    reindex(tx, n, &it)
}

fn respell(tx: &mut Tx<'_>, foreign: &[Foreign]) -> Result<(), FoldError> {
    for town in foreign {
        let found = tx.query(include_str!("../sql/of_party.sql"), &[town.id.to_string().into()])?;
        for row in found {
            let it: Partnership = state(row.text("state")?)?;
            reindex(tx, row.int("n")?, &it)?;
        }
    }
    Ok(())
}

fn reindex(tx: &mut Tx<'_>, n: i64, it: &Partnership) -> Result<(), FoldError> {
    for sql in [
        include_str!("../sql/drop_lines.sql"),
        include_str!("../sql/drop_tokens.sql"),
        include_str!("../sql/drop_parties.sql"),
        include_str!("../sql/drop_questions.sql"),
    ] {
        tx.execute(sql, &[n.into()])?;
    }
    let mut rows = Rows::default();
    rows.index(tx, n, it)?;
    Ok(rows.put(tx)?)
}

/// The partnership of this identifier, with its number.
pub(crate) fn find(tx: &mut Tx<'_>, id: Id) -> Result<Option<(i64, Partnership)>, DbError> {
    let rows = tx.query(include_str!("../sql/find.sql"), &[id.to_string().into()])?;
    let Some(row) = rows.first() else { return Ok(None) };
    Ok(Some((row.int("n")?, state(row.text("state")?)?)))
}

/// A partnership as the table holds it.
pub(crate) fn state<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, DbError> {
    serde_json::from_str(text).map_err(|error| DbError::Unreadable(error.to_string()))
}

fn json(kind: &str, it: &impl serde::Serialize) -> Result<String, FoldError> {
    serde_json::to_string(it)
        .map_err(|error| FoldError::Payload { kind: kind.to_owned(), reason: error.to_string() })
}

/// Rows gathered for few statements.
#[derive(Default)]
struct Rows {
    state: Vec<Vec<Value>>,
    lines: Vec<Vec<Value>>,
    tokens: Vec<Vec<Value>>,
    parties: Vec<Vec<Value>>,
    questions: Vec<Vec<Value>>,
}

impl Rows {
    fn index(&mut self, tx: &mut Tx<'_>, n: i64, it: &Partnership) -> Result<(), DbError> {
        let keys = it.sort_keys();
        let lines = it.lines();
        let extra = i64::from(1 < lines.len());
        let status = it.status();
        for line in lines {
            self.lines.push(vec![
                n.into(),
                extra.into(),
                i64::from(line.main).into(),
                keys.name.as_str().into(),
                keys.place.as_str().into(),
                keys.year.into(),
                it.origins.source.as_str().into(),
                it.form.word().into(),
                status.word().into(),
                line.country.into(),
                line.foreign_level.into(),
                line.malian_level.into(),
                line.place.into(),
                line.region.into(),
                line.year.into(),
            ]);
        }
        let mut spellings = Vec::new();
        for side in &it.foreign {
            self.parties.push(vec![side.id.to_string().into(), n.into()]);
            if let Some(town) = territory::foreign_of(tx, side.id)? {
                spellings.extend(town.aliases);
                spellings.push(town.name);
            }
        }
        for place in it.malian.iter().filter_map(|side| side.place.as_deref()) {
            self.parties.push(vec![place.into(), n.into()]);
        }
        let tokens = it.tokens(spellings.iter().map(String::as_str));
        self.tokens.extend(tokens.into_iter().map(|token| vec![token.into(), n.into()]));
        for flag in it.questions() {
            let line = it.origins.line.into();
            self.questions.push(vec![
                flag.into(),
                n.into(),
                it.origins.source.as_str().into(),
                line,
            ]);
        }
        Ok(())
    }

    fn put(&self, tx: &mut Tx<'_>) -> Result<(), DbError> {
        tx.insert(
            "register_partnership",
            &["n", "id", "source", "line", "state"],
            "",
            &self.state,
        )?;
        tx.insert(
            "register_line",
            &[
                "n",
                "extra",
                "main",
                "sort_name",
                "sort_place",
                "sort_year",
                "source",
                "form",
                "status",
                "country",
                "foreign_level",
                "malian_level",
                "place",
                "region",
                "year",
            ],
            "",
            &self.lines,
        )?;
        let once = "on conflict do nothing";
        tx.insert("register_token", &["token", "n"], once, &self.tokens)?;
        tx.insert("register_party", &["party", "n"], once, &self.parties)?;
        tx.insert("register_question", &["flag", "n", "source", "line"], once, &self.questions)?;
        Ok(())
    }
}
