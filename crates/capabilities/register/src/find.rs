//! Lists, counts and statistics of the register, by SQL on both engines.
//!
//! Statements are put together from the fragments below, all of them the program's own; what a
//! person typed only ever travels as a parameter.

use db::{DbError, Row, Tx, Value};

use crate::filter::{Filter, Sort};
use crate::fold::state;
use crate::{Network, Partnership, SourceLine};

/// Partnerships on one page of a list.
pub const PAGE: i64 = 50;

/// The condition of a filter: common table, tables, comparisons, parameters.
#[derive(Default)]
struct Condition {
    with: String,
    /// Column, then the rest of the comparison.
    compared: Vec<(&'static str, String)>,
    values: Vec<Value>,
}

impl Condition {
    fn bind(&mut self, value: impl Into<Value>) -> String {
        self.values.push(value.into());
        format!("${}", self.values.len())
    }

    /// A list of parameters, filled up to a power of two with the last one so that the engines
    /// prepare few different statements.
    fn bind_all(&mut self, values: &[String]) -> String {
        let room = values.len().next_power_of_two();
        let last = values.last().cloned().unwrap_or_default();
        let filled = values.iter().cloned().chain(std::iter::repeat(last)).take(room);
        let names: Vec<String> = filled.map(|it| self.bind(it)).collect();
        names.join(", ")
    }

    fn of(tx: &mut Tx<'_>, filter: &Filter) -> Result<Self, DbError> {
        let mut it = Self::default();
        let mut words = Vec::new();
        for word in &filter.words {
            let (from, until) = (it.bind(&word.from), it.bind(&word.until));
            let mut found =
                format!("select n from register_token where token >= {from} and token < {until}");
            if !word.sound.is_empty() {
                let sound = it.bind(&word.sound);
                found.push_str(&format!(
                    " union select n from register_token where token = {sound}"
                ));
            }
            let units = territory::units_of_word(tx, word)?;
            if !units.is_empty() {
                let units = it.bind_all(&units);
                found.push_str(&format!(
                    " union select n from register_party where party in ({units})"
                ));
            }
            words.push(format!("select n from ({found}) as w{}", words.len()));
        }
        if !words.is_empty() {
            it.with = format!("with hit as ({}) ", words.join(" intersect "));
        }
        let texts = [
            ("l.country", filter.country.clone()),
            ("l.region", filter.region.clone()),
            ("l.status", filter.status.map(|it| it.word().to_owned())),
            ("l.form", filter.form.map(|it| it.word().to_owned())),
            ("l.source", filter.source.clone()),
        ];
        for (column, value) in texts {
            if let Some(value) = value {
                let name = it.bind(value);
                it.compared.push((column, format!("= {name}")));
            }
        }
        if let Some(level) = &filter.level {
            let name = it.bind(level);
            let either = format!("= {name} or l.malian_level = {name})");
            it.compared.push(("(l.foreign_level", either));
        }
        if let Some(places) = &filter.places {
            let names = it.bind_all(places);
            it.compared.push(("l.place", format!("in ({names})")));
        }
        for (sign, year) in [(">=", filter.year_from), ("<=", filter.year_to)] {
            if let Some(year) = year {
                let name = it.bind(year);
                it.compared.push(("l.year", format!("{sign} {name}")));
            }
        }
        Ok(it)
    }

    /// The tables and comparisons. `by_order` says that the rows are to be met in their order, or
    /// by their number, and not through the index of a filter: the empty text added to a column
    /// changes nothing but the engines' choice.
    fn from(&self, by_order: bool, more: Option<&str>) -> String {
        let words = !self.with.is_empty();
        let mut compared: Vec<String> = self
            .compared
            .iter()
            .map(|(column, rest)| match *column {
                column if !(by_order || words) => format!("{column} {rest}"),
                "l.year" => format!("l.year + 0 {rest}"),
                column => format!("{column} || '' {rest}"),
            })
            .collect();
        if words {
            compared.insert(0, "l.n = h.n".to_owned());
        }
        compared.extend(more.map(str::to_owned));
        let compared = if compared.is_empty() {
            String::new()
        } else {
            format!(" where {}", compared.join(" and "))
        };
        let hit = if words { "hit h cross join " } else { "" };
        format!("from {hit}register_line l{compared}")
    }
}

/// How many partnerships answer.
///
/// # Errors
///
/// If the store fails, as for every function here.
pub fn count(tx: &mut Tx<'_>, filter: &Filter) -> Result<i64, DbError> {
    let it = Condition::of(tx, filter)?;
    let sql = match (it.with.is_empty(), it.compared.is_empty()) {
        (true, true) => "select count(*) as c from register_partnership".to_owned(),
        (false, true) => format!("{}select count(*) as c from hit", it.with),
        // Most partnerships have one line and need no distinct.
        _ => format!(
            "{}select count(case when l.extra = 0 then 1 end) \
             + count(distinct case when l.extra = 1 then l.n end) as c {}",
            it.with,
            it.from(false, None)
        ),
    };
    let rows = tx.query(&sql, &it.values)?;
    rows.first().map_or(Ok(0), |row| row.int("c"))
}

/// How many partnerships answer, and the page of the list that the filter asks for.
///
/// # Errors
///
/// If the store fails.
pub fn page(tx: &mut Tx<'_>, filter: &Filter) -> Result<(i64, Vec<Partnership>), DbError> {
    let skip = (filter.page - 1).saturating_mul(PAGE);
    if filter.words.is_empty() {
        let count = count(tx, filter)?;
        return Ok((count, sorted(tx, filter, count, PAGE, skip)?));
    }
    // What the words find is gathered once, counted and sorted together.
    let mut it = Condition::of(tx, filter)?;
    let key = key_of(filter.sort);
    let from = it.from(false, None);
    let (most, skip) = (it.bind(PAGE), it.bind(skip));
    let sql = format!(
        "{}, found as (select distinct {key} as k, l.n as n {from}) \
         select n, (select count(*) from found) as c from found order by k, n \
         limit {most} offset {skip}",
        it.with.trim_end()
    );
    let rows = tx.query(&sql, &it.values)?;
    let Some(row) = rows.first() else {
        // A page after the last one holds no row to tell the count.
        return Ok((if filter.page == 1 { 0 } else { count(tx, filter)? }, Vec::new()));
    };
    Ok((row.int("c")?, hydrate_all(tx, &rows)?))
}

fn key_of(sort: Sort) -> &'static str {
    match sort {
        Sort::Name => "l.sort_name",
        Sort::Place => "l.sort_place",
        Sort::Year => "l.sort_year",
    }
}

/// The partnerships that answer, in the order of the filter, from the `skip`-th.
///
/// # Errors
///
/// If the store fails.
pub fn list(
    tx: &mut Tx<'_>,
    filter: &Filter,
    most: i64,
    skip: i64,
) -> Result<Vec<Partnership>, DbError> {
    let count = count(tx, filter)?;
    sorted(tx, filter, count, most, skip)
}

/// Above this many answers a list sorted otherwise than by name is met in its order, and each row
/// asked whether it answers; below, the answers are gathered through a filter's index, then sorted.
/// By name the index of a filter gives the order too.
const BROAD: i64 = 8000;

fn sorted(
    tx: &mut Tx<'_>,
    filter: &Filter,
    count: i64,
    most: i64,
    skip: i64,
) -> Result<Vec<Partnership>, DbError> {
    let mut it = Condition::of(tx, filter)?;
    let key = key_of(filter.sort);
    let from = it.from(BROAD < count && filter.sort != Sort::Name, None);
    let (most, skip) = (it.bind(most), it.bind(skip));
    let sql = format!(
        "{}select distinct {key} as k, l.n as n {from} order by {key}, l.n limit {most} offset {skip}",
        it.with
    );
    let rows = tx.query(&sql, &it.values)?;
    hydrate_all(tx, &rows)
}

fn hydrate_all(tx: &mut Tx<'_>, rows: &[Row]) -> Result<Vec<Partnership>, DbError> {
    let numbers = rows.iter().map(|row| row.int("n")).collect::<Result<Vec<i64>, _>>()?;
    let mut out = Vec::with_capacity(numbers.len());
    for chunk in numbers.chunks(500) {
        out.extend(hydrate(tx, chunk)?);
    }
    Ok(out)
}

/// The partnerships of these numbers, in that order.
fn hydrate(tx: &mut Tx<'_>, numbers: &[i64]) -> Result<Vec<Partnership>, DbError> {
    let Some(last) = numbers.last() else { return Ok(Vec::new()) };
    let room = numbers.len().next_power_of_two();
    let values: Vec<Value> =
        numbers.iter().chain(std::iter::repeat(last)).take(room).map(|it| (*it).into()).collect();
    let names: Vec<String> = (1..=room).map(|it| format!("${it}")).collect();
    let sql =
        format!("select n, state from register_partnership where n in ({})", names.join(", "));
    let mut found = std::collections::BTreeMap::new();
    for row in tx.query(&sql, &values)? {
        found.insert(row.int("n")?, state::<Partnership>(row.text("state")?)?);
    }
    Ok(numbers.iter().filter_map(|n| found.remove(n)).collect())
}

/// What a statistic counts by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Axis {
    /// The country of a foreign partner: a relation with two countries counts in each.
    Country,
    /// The region of a Malian partner: that of the place found, else the one declared.
    Region,
    /// The level of a Malian partner.
    MalianLevel,
    /// The level of a foreign partner.
    ForeignLevel,
    /// The decade of the first year.
    Decade,
    /// The status.
    Status,
    /// The form.
    Form,
    /// The source.
    Source,
    /// The place found.
    Place,
}

/// How many partnerships there are for each value of an axis; the absent value is `None`.
///
/// # Errors
///
/// If the store fails.
pub fn tally(
    tx: &mut Tx<'_>,
    filter: &Filter,
    axis: Axis,
) -> Result<Vec<(Option<String>, i64)>, DbError> {
    let it = Condition::of(tx, filter)?;
    let (column, more) = match axis {
        Axis::Country => ("l.country", None),
        Axis::Region => ("l.region", Some("l.main = 1")),
        Axis::MalianLevel => ("l.malian_level", None),
        Axis::ForeignLevel => ("l.foreign_level", None),
        // The year stands for its decade below; those without a year are 9999.
        Axis::Decade => ("cast(l.sort_year / 10 * 10 as text)", None),
        Axis::Status => ("l.status", None),
        Axis::Form => ("l.form", None),
        Axis::Source => ("l.source", None),
        Axis::Place => ("l.place", None),
    };
    let sql = format!(
        "{}select {column} as k, count(distinct l.n) as c {} group by {column} order by {column}",
        it.with,
        it.from(false, more)
    );
    let read = |row: &Row| {
        let key = row.opt_text("k")?.filter(|it| *it != "9990").map(str::to_owned);
        Ok((key, row.int("c")?))
    };
    tx.query(&sql, &it.values)?.iter().map(read).collect()
}

/// The sources loaded.
///
/// # Errors
///
/// If the store fails.
pub fn sources(tx: &mut Tx<'_>) -> Result<Vec<SourceLine>, DbError> {
    tx.query(include_str!("../sql/sources.sql"), &[])?
        .iter()
        .map(|row| {
            Ok(SourceLine {
                name: row.text("name")?.to_owned(),
                title: row.text("title")?.to_owned(),
                hash: row.text("hash")?.to_owned(),
                lines: row.int("lines")?,
                note: row.opt_text("note")?.map(str::to_owned),
            })
        })
        .collect()
}

/// The networks that a source lists.
///
/// # Errors
///
/// If the store fails.
pub fn networks(tx: &mut Tx<'_>, source: &str) -> Result<Vec<Network>, DbError> {
    tx.query(include_str!("../sql/networks.sql"), &[source.into()])?
        .iter()
        .map(|row| state(row.text("state")?))
        .collect()
}

/// The partnerships of a source, in its order.
///
/// # Errors
///
/// If the store fails.
pub fn of_source(tx: &mut Tx<'_>, source: &str) -> Result<Vec<Partnership>, DbError> {
    tx.query(include_str!("../sql/of_source.sql"), &[source.into()])?
        .iter()
        .map(|row| state(row.text("state")?))
        .collect()
}

/// How many partnerships raise each question, by source and flag.
///
/// # Errors
///
/// If the store fails.
pub fn question_counts(tx: &mut Tx<'_>) -> Result<Vec<(String, String, i64)>, DbError> {
    tx.query(include_str!("../sql/question_counts.sql"), &[])?
        .iter()
        .map(|row| {
            Ok((row.text("source")?.to_owned(), row.text("flag")?.to_owned(), row.int("c")?))
        })
        .collect()
}

/// The partnerships that raise a question, by source and line; `None` for any question.
///
/// # Errors
///
/// If the store fails.
pub fn with_question(
    tx: &mut Tx<'_>,
    flag: Option<&str>,
    most: i64,
    skip: i64,
) -> Result<Vec<Partnership>, DbError> {
    let (sql, mut values): (_, Vec<Value>) = match flag {
        Some(flag) => (include_str!("../sql/with_question.sql"), vec![flag.into()]),
        None => (include_str!("../sql/with_any_question.sql"), Vec::new()),
    };
    values.extend([most.into(), skip.into()]);
    tx.query(sql, &values)?.iter().map(|row| state(row.text("state")?)).collect()
}

/// The countries of the partners in the register, by code.
///
/// # Errors
///
/// If the store fails.
pub fn countries(tx: &mut Tx<'_>) -> Result<Vec<String>, DbError> {
    tx.query(include_str!("../sql/countries.sql"), &[])?
        .iter()
        .map(|row| Ok(row.text("k")?.to_owned()))
        .collect()
}
