//! What is known of the map of each country, act by act, and the tables that follow from it.

use std::collections::{BTreeMap, BTreeSet};

use db::{DbError, Row, Tx, Value};
use journal::{Entry, FoldError};
use kernel::{Date, Message};

use super::weave::{Content, Fate, Layer, weave};
use super::{LIST_LOADED, List, REFORM_ENTERED, Reform, Undoing};
use crate::lineage::Atlas;
use crate::{Load, Unit, Version};

/// An act on the map of a country, as pages show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Act {
    /// The mark of its entry, also its address.
    pub mark: String,
    /// The country.
    pub country: String,
    /// `create`, `split`… or `list`.
    pub word: String,
    /// Its first day; of a list, the first day that it gives, if any.
    pub day: Option<Date>,
    /// The text that orders it, or the source of the list.
    pub title: String,
    /// The number of the text.
    pub number: String,
    /// The date of the text.
    pub text_day: Option<Date>,
    /// The units concerned.
    pub units: Vec<String>,
    /// The reform itself; `None` for a list.
    pub reform: Option<Reform>,
    /// Who wrote it: the identifier of a person of the post that wrote it.
    pub person: String,
    /// In which office.
    pub office: String,
    /// Why.
    pub reason: String,
    /// When, by the author's clock, in milliseconds since 1970.
    pub at_millis: i64,
    /// What became of it.
    pub state: State,
}

/// What became of an act.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// It makes the map from its day on.
    InForce,
    /// Another act contradicts it; a person decides.
    SetAside(Message),
    /// It was undone.
    Undone {
        /// Why.
        reason: String,
        /// In which office.
        office: String,
        /// When, in milliseconds since 1970.
        at_millis: i64,
    },
}

/// The place of an act in the order of all: as written, whatever the order of arrival.
/// `number` is that of the entry in its chain.
pub(crate) fn rank_of(at_millis: i64, number: u64, mark: &str) -> String {
    format!("1-{:015}-{number:020}-{mark}", at_millis.max(0))
}

/// Keeps shipped lines as layers of their countries, and weaves again those that acts changed.
/// `true` for a country that was woven: its tables need nothing more.
///
/// # Errors
///
/// If the store fails.
pub(crate) fn put_shipped(tx: &mut Tx<'_>, load: &Load) -> Result<BTreeSet<String>, FoldError> {
    let mut countries: BTreeMap<String, (Vec<Unit>, Vec<Version>)> = BTreeMap::new();
    let mut of: BTreeMap<&str, String> =
        load.units.iter().map(|it| (it.code.as_str(), it.country.clone())).collect();
    for it in &load.units {
        countries.entry(it.country.clone()).or_default().0.push(it.clone());
    }
    for it in &load.versions {
        let country = match of.get(it.code.as_str()) {
            Some(country) => country.clone(),
            // A file may say more of a unit that an earlier one gave.
            None => match crate::unit(tx, &it.code)? {
                Some(unit) => of.entry(&it.code).or_insert(unit.country).clone(),
                None => continue,
            },
        };
        countries.entry(country).or_default().1.push(it.clone());
    }
    let mut woven = BTreeSet::new();
    for (country, lines) in countries {
        let row = tx.query(include_str!("../../sql/count_layers.sql"), &[(&country).into()])?;
        let (all, acts) = match row.first() {
            Some(row) => (row.int("all_layers")?, row.int("acts")?),
            None => (0, 0),
        };
        put_layer(tx, &country, &format!("0-{all:06}"), "", "lines", &json(&lines)?)?;
        if 0 < acts {
            settle(tx, &country)?;
            woven.insert(country);
        }
    }
    Ok(woven)
}

/// Applies an entry of this module's kinds.
///
/// # Errors
///
/// If its payload is not what its kind promises, or the store fails.
pub(crate) fn apply(tx: &mut Tx<'_>, entry: &Entry) -> Result<(), FoldError> {
    let mark = entry.mark();
    let rank = rank_of(entry.at_millis, entry.seq, &mark);
    let text = std::str::from_utf8(&entry.payload).map_err(|error| FoldError::Payload {
        kind: entry.kind.clone(),
        reason: error.to_string(),
    })?;
    let country = match entry.kind.as_str() {
        REFORM_ENTERED => {
            let reform: Reform = entry.read()?;
            put_layer(tx, &reform.country, &rank, &mark, "reform", text)?;
            put_act(tx, entry, &reform.country, &told(&reform))?;
            reform.country
        }
        LIST_LOADED => {
            let list: List = entry.read()?;
            put_layer(tx, &list.country, &rank, &mark, "list", text)?;
            put_act(tx, entry, &list.country, &told_list(&list))?;
            crate::fold::put_source(tx, &list.load.source)?;
            crate::fold::put_populations(tx, &rank, &list.load.populations)?;
            list.country
        }
        _ => {
            let undoing: Undoing = entry.read()?;
            put_layer(tx, &undoing.country, &rank, &mark, "undoing", text)?;
            let values = [
                (&mark).into(),
                (&undoing.act).into(),
                (&entry.office).into(),
                (&entry.reason).into(),
                entry.at_millis.into(),
            ];
            tx.execute(include_str!("../../sql/put_undoing.sql"), &values)?;
            undoing.country
        }
    };
    settle(tx, &country)
}

fn json<T: serde::Serialize>(value: &T) -> Result<String, FoldError> {
    serde_json::to_string(value).map_err(|error| FoldError::Payload {
        kind: crate::SOURCE_LOADED.to_owned(),
        reason: error.to_string(),
    })
}

fn put_layer(
    tx: &mut Tx<'_>,
    country: &str,
    rank: &str,
    mark: &str,
    kind: &str,
    content: &str,
) -> Result<(), DbError> {
    let values = [country.into(), rank.into(), mark.into(), kind.into(), content.into()];
    tx.execute(include_str!("../../sql/put_layer.sql"), &values)?;
    Ok(())
}

/// What the table of acts says of one, before its author.
struct Told {
    word: &'static str,
    day: String,
    title: String,
    number: String,
    text_day: String,
    units: Vec<String>,
}

fn told(reform: &Reform) -> Told {
    Told {
        word: reform.operation.word(),
        day: reform.day.to_string(),
        title: reform.text.title.clone(),
        number: reform.text.number.clone(),
        text_day: reform.text.date.map(|it| it.to_string()).unwrap_or_default(),
        units: reform.operation.units().into_iter().map(str::to_owned).collect(),
    }
}

fn told_list(list: &List) -> Told {
    let first = list.load.versions.iter().filter_map(|it| it.valid_from).min();
    Told {
        word: "list",
        day: first.map(|it| it.to_string()).unwrap_or_default(),
        title: list.load.source.title.clone(),
        number: String::new(),
        text_day: String::new(),
        units: Vec::new(),
    }
}

fn put_act(tx: &mut Tx<'_>, entry: &Entry, country: &str, told: &Told) -> Result<(), DbError> {
    let values = [
        entry.mark().into(),
        country.into(),
        rank_of(entry.at_millis, entry.seq, &entry.mark()).into(),
        told.word.into(),
        told.day.as_str().into(),
        told.title.as_str().into(),
        told.number.as_str().into(),
        told.text_day.as_str().into(),
        // Between spaces, so that one code is found and not another that begins so.
        format!(" {} ", told.units.join(" ")).into(),
        entry.person.as_str().into(),
        entry.office.as_str().into(),
        entry.reason.as_str().into(),
        entry.at_millis.into(),
    ];
    tx.execute(include_str!("../../sql/put_act.sql"), &values)?;
    Ok(())
}

/// All that is known of the map of a country.
///
/// # Errors
///
/// If the store fails or holds what is no layer.
pub(super) fn layers(tx: &mut Tx<'_>, country: &str) -> Result<Vec<Layer>, DbError> {
    let rows = tx.query(include_str!("../../sql/layers.sql"), &[country.into()])?;
    rows.iter()
        .map(|row| {
            let content = row.text("content")?;
            let unreadable = |it: serde_json::Error| DbError::Unreadable(it.to_string());
            let content = match row.text("kind")? {
                "lines" => {
                    let (units, versions) = serde_json::from_str(content).map_err(unreadable)?;
                    Content::Lines(units, versions)
                }
                "reform" => Content::Reform(serde_json::from_str(content).map_err(unreadable)?),
                "list" => Content::List(serde_json::from_str(content).map_err(unreadable)?),
                _ => {
                    let it: Undoing = serde_json::from_str(content).map_err(unreadable)?;
                    Content::Undoing(it.act)
                }
            };
            Ok(Layer {
                rank: row.text("rank")?.to_owned(),
                mark: row.text("mark")?.to_owned(),
                content,
            })
        })
        .collect()
}

/// Weaves a country again and writes what differs.
fn settle(tx: &mut Tx<'_>, country: &str) -> Result<(), FoldError> {
    let layers = layers(tx, country)?;
    let (woven, fates) = weave(country, &layers);
    let mut written = Atlas::read(tx, country)?;
    for row in tx.query(include_str!("../../sql/atlas_aliases.sql"), &[country.into()])? {
        if let Some(unit) = written.units.get_mut(row.text("code")?) {
            unit.aliases.push(row.text("alias")?.to_owned());
        }
    }
    let codes: BTreeSet<&String> = written.units.keys().chain(woven.units.keys()).collect();
    let changed: Vec<&str> = codes
        .into_iter()
        .filter(|it| {
            written.units.get(*it) != woven.units.get(*it)
                || written.versions.get(*it) != woven.versions.get(*it)
        })
        .map(String::as_str)
        .collect();
    for code in &changed {
        for sql in [
            "delete from territory_unit where code = $1",
            "delete from territory_alias where code = $1",
            "delete from territory_version where code = $1",
            "delete from territory_token where what = 'unit' and code = $1",
        ] {
            tx.execute(sql, &[(*code).into()])?;
        }
    }
    let units: Vec<Unit> = changed.iter().filter_map(|it| woven.units.get(*it)).cloned().collect();
    crate::fold::put_units(tx, &units)?;
    let versions: Vec<Version> =
        changed.iter().filter_map(|it| woven.versions.get(*it)).flatten().cloned().collect();
    crate::fold::put_versions(tx, &versions)?;
    put_lineage(tx, &woven)?;
    for (mark, fate) in fates {
        let (state, refusal, by) = match fate {
            Fate::InForce => ("in-force", None, None),
            Fate::SetAside(message) => ("set-aside", Some(json(&pairs(&message))?), None),
            Fate::Undone(by) => ("undone", None, Some(by)),
        };
        let values: [Value; 4] = [mark.into(), state.into(), refusal.into(), by.into()];
        tx.execute(include_str!("../../sql/settle_act.sql"), &values)?;
    }
    Ok(())
}

/// A sentence as its key and its arguments.
fn pairs(message: &Message) -> (String, Vec<(String, String)>) {
    (message.key.clone(), message.arguments.clone())
}

fn put_lineage(tx: &mut Tx<'_>, atlas: &Atlas) -> Result<(), DbError> {
    let country = atlas.country.as_str();
    tx.execute("delete from territory_lineage where country = $1", &[country.into()])?;
    let edges = atlas.events.iter().flat_map(|event| event.edges.iter().map(move |it| (event, it)));
    let rows: Vec<Vec<Value>> = (0_i64..)
        .zip(edges)
        .map(|(place, (event, it))| {
            vec![
                country.into(),
                place.into(),
                event.day.to_string().into(),
                event.act.as_str().into(),
                it.from.as_str().into(),
                it.to.as_str().into(),
                it.share.map(|it| it.to_string()).into(),
                it.back.map(|it| it.to_string()).into(),
            ]
        })
        .collect();
    tx.insert(
        "territory_lineage",
        &["country", "place", "day", "act", "from_code", "to_code", "share", "back"],
        "",
        &rows,
    )?;
    Ok(())
}

fn read_act(row: &Row) -> Result<Act, DbError> {
    let unreadable = |it: serde_json::Error| DbError::Unreadable(it.to_string());
    let state = match row.text("state")? {
        "in-force" => State::InForce,
        "undone" => State::Undone {
            reason: row.opt_text("undone_reason")?.unwrap_or_default().to_owned(),
            office: row.opt_text("undone_office")?.unwrap_or_default().to_owned(),
            at_millis: row.opt_int("undone_at")?.unwrap_or_default(),
        },
        _ => {
            let text = row.opt_text("refusal")?.unwrap_or("[\"reform-set-aside\",[]]");
            let (key, arguments): (String, Vec<(String, String)>) =
                serde_json::from_str(text).map_err(unreadable)?;
            State::SetAside(Message { key, arguments })
        }
    };
    let word = row.text("word")?.to_owned();
    let reform = match row.opt_text("content")? {
        Some(content) if word != "list" => Some(serde_json::from_str(content).map_err(unreadable)?),
        _ => None,
    };
    let day = |column: &str| Ok::<_, DbError>(row.text(column)?.parse().ok());
    Ok(Act {
        mark: row.text("mark")?.to_owned(),
        country: row.text("country")?.to_owned(),
        day: day("day")?,
        title: row.text("title")?.to_owned(),
        number: row.text("number")?.to_owned(),
        text_day: day("text_day")?,
        units: row.text("units")?.split_whitespace().map(str::to_owned).collect(),
        person: row.text("person")?.to_owned(),
        office: row.text("office")?.to_owned(),
        reason: row.text("reason")?.to_owned(),
        at_millis: row.int("at_millis")?,
        word,
        reform,
        state,
    })
}

/// The acts on the map of a country, the latest day first.
///
/// # Errors
///
/// If the store fails.
pub fn acts(tx: &mut Tx<'_>, country: &str) -> Result<Vec<Act>, DbError> {
    let rows = tx.query(include_str!("../../sql/acts.sql"), &[country.into()])?;
    rows.iter().map(read_act).collect()
}

/// The act of this mark.
///
/// # Errors
///
/// If the store fails.
pub fn act(tx: &mut Tx<'_>, mark: &str) -> Result<Option<Act>, DbError> {
    let rows = tx.query(include_str!("../../sql/act.sql"), &[mark.into()])?;
    rows.first().map(read_act).transpose()
}

/// Whether acts changed the map of a country, so that figures may have to pass from unit to unit.
///
/// # Errors
///
/// If the store fails.
pub(crate) fn changed_by_reforms(tx: &mut Tx<'_>, country: &str) -> Result<bool, DbError> {
    let rows = tx.query(include_str!("../../sql/count_layers.sql"), &[country.into()])?;
    rows.first().map_or(Ok(false), |row| Ok(0 < row.int("acts")?))
}
