//! The tables of the plans as a fold of their entries. Two posts may write of the same plan: what
//! is kept depends on the entries, never on the order in which they came.

use db::{DbError, Tx, Value};
use journal::{Entry, Fold, FoldError};
use kernel::Id;
use serde::{Deserialize, Serialize};

use crate::{Adoption, Line, Plan, Step, Tranche};

/// The kind of entry with which a plan begins; its payload is [`Written`].
pub const PLAN_WRITTEN: &str = "plans.plan-written";
/// The kind of entry that adds and changes lines; its payload is [`Lines`].
pub const LINES_WRITTEN: &str = "plans.lines-written";
/// The kind of entry that says how a plan was adopted; its payload is [`Adopted`].
pub const PLAN_ADOPTED: &str = "plans.plan-adopted";
/// The kind of entry that says what became of a line; its payload is a [`Step`].
pub const LINE_FOLLOWED: &str = "plans.line-followed";
/// The kind of entry that takes back a step written by mistake; its payload is [`Withdrawn`].
pub const STEP_WITHDRAWN: &str = "plans.step-withdrawn";

/// The payload of [`PLAN_WRITTEN`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Written {
    /// The plan.
    pub plan: Plan,
    /// Its first lines: those of the plan that it revises.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lines: Vec<Line>,
}

/// The payload of [`LINES_WRITTEN`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lines {
    /// The lines, each with its turn.
    pub lines: Vec<Turn<Line>>,
    /// The file that they came from; empty for lines typed by hand.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub file: String,
    /// The BLAKE3 hash of that file, in hexadecimal.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub hash: String,
}

/// Something that is written again and again: the writer saw the turn before this one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Turn<T> {
    /// 0 for the first.
    #[serde(default)]
    pub turn: i64,
    /// What is written.
    #[serde(flatten)]
    pub what: T,
}

/// The payload of [`PLAN_ADOPTED`].
pub type Adopted = Turn<Adoption>;

/// The payload of [`STEP_WITHDRAWN`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Withdrawn {
    /// The mark of the entry taken back.
    pub mark: String,
    /// The line.
    pub line: Id,
}

pub(crate) struct PlansFold;

impl Fold for PlansFold {
    fn name(&self) -> &'static str {
        "plans"
    }

    fn schema(&self) -> &'static str {
        include_str!("../sql/schema.sql")
    }

    fn tables(&self) -> &'static [&'static str] {
        &["plans_plan", "plans_adoption", "plans_line", "plans_step", "plans_withdrawal"]
    }

    fn kinds(&self) -> &'static [&'static str] {
        &[PLAN_WRITTEN, LINES_WRITTEN, PLAN_ADOPTED, LINE_FOLLOWED, STEP_WITHDRAWN]
    }

    fn apply(&self, tx: &mut Tx<'_>, entry: &Entry) -> Result<(), FoldError> {
        match entry.kind.as_str() {
            PLAN_WRITTEN => {
                let it: Written = entry.read()?;
                put_plan(tx, &it.plan, &rank(0, entry))?;
                if let Some(adoption) = &it.plan.adoption {
                    put_adoption(tx, &it.plan.id.to_string(), adoption, &rank(0, entry))?;
                }
                let lines: Vec<Turn<Line>> =
                    it.lines.into_iter().map(|what| Turn { turn: 0, what }).collect();
                put_lines(tx, &it.plan.id.to_string(), &lines, entry)?;
            }
            LINES_WRITTEN => {
                let it: Lines = entry.read()?;
                put_lines(tx, &entry.subject, &it.lines, entry)?;
            }
            PLAN_ADOPTED => {
                let it: Adopted = entry.read()?;
                put_adoption(tx, &entry.subject, &it.what, &rank(it.turn, entry))?;
            }
            LINE_FOLLOWED => put_step(tx, &entry.read()?, entry)?,
            _ => {
                let it: Withdrawn = entry.read()?;
                tx.execute(
                    include_str!("../sql/withdrawal.sql"),
                    &[it.mark.into(), entry.reason.as_str().into()],
                )?;
            }
        }
        Ok(())
    }
}

/// A later turn holds over an earlier one; of the same turn, what was written last.
fn rank(turn: i64, entry: &Entry) -> String {
    let at = entry.at_millis.max(0);
    format!("{:010}-{at:015}-{:020}-{}", turn.max(0), entry.seq, entry.mark())
}

/// The turn of a rank.
pub(crate) fn turn_of(rank: &str) -> i64 {
    rank.split('-').next().and_then(|it| it.parse().ok()).unwrap_or(0)
}

fn put_plan(tx: &mut Tx<'_>, it: &Plan, rank: &str) -> Result<(), DbError> {
    tx.insert(
        "plans_plan",
        &["id", "commune", "title", "first_year", "last_year", "revises", "invented", "rank"],
        "on conflict (id) do update set commune = excluded.commune, title = excluded.title, \
         first_year = excluded.first_year, last_year = excluded.last_year, \
         revises = excluded.revises, invented = excluded.invented, rank = excluded.rank \
         where plans_plan.rank < excluded.rank",
        &[vec![
            it.id.to_string().into(),
            it.commune.as_str().into(),
            it.title.as_str().into(),
            it.first.into(),
            it.last.into(),
            it.revises.map(|it| it.to_string()).into(),
            i64::from(it.invented).into(),
            rank.into(),
        ]],
    )?;
    Ok(())
}

fn put_adoption(tx: &mut Tx<'_>, plan: &str, it: &Adoption, rank: &str) -> Result<(), DbError> {
    tx.insert(
        "plans_adoption",
        &["plan", "day", "number", "document", "hash", "rank"],
        "on conflict (plan) do update set day = excluded.day, number = excluded.number, \
         document = excluded.document, hash = excluded.hash, rank = excluded.rank \
         where plans_adoption.rank < excluded.rank",
        &[vec![
            plan.into(),
            it.day.to_string().into(),
            it.number.as_str().into(),
            it.document.as_str().into(),
            it.hash.as_str().into(),
            rank.into(),
        ]],
    )?;
    Ok(())
}

fn put_lines(
    tx: &mut Tx<'_>,
    plan: &str,
    lines: &[Turn<Line>],
    entry: &Entry,
) -> Result<(), DbError> {
    // One statement may not touch a row twice; the last of a payload holds.
    let mut last = std::collections::BTreeMap::new();
    for it in lines {
        last.insert(it.what.id, it);
    }
    let rows: Vec<Vec<Value>> = last
        .values()
        .map(|Turn { turn, what: it }| {
            let funding: Vec<&str> = it.funding.iter().map(|it| it.word()).collect();
            vec![
                plan.into(),
                it.id.to_string().into(),
                it.sector.as_str().into(),
                it.objective.as_str().into(),
                it.action.as_str().into(),
                it.village.clone().into(),
                written_years(&it.years).into(),
                it.cost.into(),
                funding.join(" ").into(),
                it.priority.into(),
                it.owner.map(|it| it.to_string()).into(),
                i64::from(it.removed).into(),
                rank(*turn, entry).into(),
            ]
        })
        .collect();
    tx.insert(
        "plans_line",
        &[
            "plan",
            "line",
            "sector",
            "objective",
            "action",
            "village",
            "years",
            "cost",
            "funding",
            "priority",
            "owner",
            "removed",
            "rank",
        ],
        "on conflict (plan, line) do update set sector = excluded.sector, \
         objective = excluded.objective, action = excluded.action, village = excluded.village, \
         years = excluded.years, cost = excluded.cost, funding = excluded.funding, \
         priority = excluded.priority, owner = excluded.owner, removed = excluded.removed, \
         rank = excluded.rank where plans_line.rank < excluded.rank",
        &rows,
    )?;
    Ok(())
}

fn put_step(tx: &mut Tx<'_>, it: &Step, entry: &Entry) -> Result<(), DbError> {
    tx.insert(
        "plans_step",
        &["mark", "line", "state", "day", "reason", "paid", "funding", "office", "rank"],
        "on conflict (mark) do nothing",
        &[vec![
            entry.mark().into(),
            it.line.to_string().into(),
            it.state.word().into(),
            it.day.to_string().into(),
            it.reason.as_str().into(),
            it.paid.into(),
            it.funding.map(|it| it.word()).into(),
            entry.office.as_str().into(),
            rank(0, entry).into(),
        ]],
    )?;
    Ok(())
}

fn written_years(years: &[Tranche]) -> String {
    let told = |it: &Tranche| {
        format!("{}:{}", it.year, it.cost.map(|it| it.to_string()).unwrap_or_default())
    };
    years.iter().map(told).collect::<Vec<_>>().join(" ")
}

/// The years of a line as its row writes them.
pub(crate) fn read_years(text: &str) -> Result<Vec<Tranche>, DbError> {
    let read = |it: &str| {
        let (year, cost) = it.split_once(':')?;
        let cost = if cost.is_empty() { None } else { Some(cost.parse().ok()?) };
        Some(Tranche { year: year.parse().ok()?, cost })
    };
    text.split(' ')
        .filter(|it| !it.is_empty())
        .map(|it| read(it).ok_or_else(|| DbError::Unreadable(format!("years of a line: {text:?}"))))
        .collect()
}
