//! The slice of the trials: records with revisions, their conflicts, and a kind that only the newer
//! release knows.

use db::Tx;
use journal::{Entry, Fold, FoldError};
use serde::{Deserialize, Serialize};

/// A revision of a record.
pub const SAID: &str = "trial.said";
/// The same, of a kind that came with the newer release.
pub const LATER: &str = "trial.later";

/// The content of both kinds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Revision {
    /// Its name, also the entry's subject.
    pub id: String,
    /// The record.
    pub record: String,
    /// What it says now.
    pub value: String,
    /// Whether it withdraws the record.
    pub withdrawn: bool,
    /// The revisions that its author saw and replaces.
    pub replaces: Vec<String>,
}

/// A fault planted in this slice: the failures of folds that other systems had.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Folly {
    /// The latest clock wins, and the other value is gone.
    ClockWins,
    /// A withdrawal wins over an edit that did not know it.
    WithdrawalWins,
    /// What comes last wins.
    ArrivalWins,
    /// A revision closes the conflict even if it saw only one side.
    ConflictClosedBlindly,
}

/// The fold.
pub struct Slice {
    /// Whether the post runs the newer release.
    pub newer: bool,
    /// What is planted.
    pub folly: Option<Folly>,
}

impl Fold for Slice {
    fn name(&self) -> &'static str {
        if self.newer { "trial-newer" } else { "trial" }
    }

    fn schema(&self) -> &'static str {
        include_str!("../sql/schema.sql")
    }

    fn tables(&self) -> &'static [&'static str] {
        &["trial_revision", "trial_conflict", "trial_count"]
    }

    fn kinds(&self) -> &'static [&'static str] {
        if self.newer { &[SAID, LATER] } else { &[SAID] }
    }

    fn apply(&self, tx: &mut Tx<'_>, entry: &Entry) -> Result<(), FoldError> {
        let it: Revision = entry.read()?;
        tx.execute(
            "insert into trial_count (scope, audience, kind, entries) values ($1, $2, $3, 1)
             on conflict (scope, audience, kind) do update set entries = trial_count.entries + 1",
            &[
                entry.scope.as_str().into(),
                entry.audience.word().into(),
                entry.kind.as_str().into(),
            ],
        )?;
        tx.execute(
            "insert into trial_revision (
                 revision_id, record, scope, audience, kind, value, withdrawn, at_millis, known,
                 replaced
             ) values ($1, $2, $3, $4, $5, $6, $7, $8, 1, 0)
             on conflict (revision_id) do update
             set record = excluded.record, scope = excluded.scope, audience = excluded.audience,
                 kind = excluded.kind, value = excluded.value, withdrawn = excluded.withdrawn,
                 at_millis = excluded.at_millis, known = 1",
            &[
                it.id.as_str().into(),
                it.record.as_str().into(),
                entry.scope.as_str().into(),
                entry.audience.word().into(),
                entry.kind.as_str().into(),
                it.value.as_str().into(),
                i64::from(it.withdrawn).into(),
                entry.at_millis.into(),
            ],
        )?;
        for replaced in &it.replaces {
            tx.execute(
                "insert into trial_revision (
                     revision_id, record, scope, audience, kind, value, withdrawn, at_millis,
                     known, replaced
                 ) values ($1, $2, '', '', '', '', 0, 0, 0, 1)
                 on conflict (revision_id) do update set replaced = 1",
                &[replaced.as_str().into(), it.record.as_str().into()],
            )?;
        }
        self.decide_wrongly(tx, &it)?;
        tx.execute("delete from trial_conflict where record = $1", &[it.record.as_str().into()])?;
        let heads = heads(tx, &it.record)?;
        let blind = self.folly == Some(Folly::ConflictClosedBlindly) && !it.replaces.is_empty();
        if 1 < heads.len() && !blind {
            for head in heads {
                tx.execute(
                    "insert into trial_conflict (record, revision_id) values ($1, $2)",
                    &[it.record.as_str().into(), head.into()],
                )?;
            }
        }
        Ok(())
    }
}

impl Slice {
    fn decide_wrongly(&self, tx: &mut Tx<'_>, it: &Revision) -> Result<(), FoldError> {
        let record = it.record.as_str();
        match self.folly {
            Some(Folly::ClockWins) => tx.execute(
                "update trial_revision set replaced = 1
                 where record = $1 and known = 1 and at_millis < (
                     select max(at_millis) from trial_revision where record = $1
                 )",
                &[record.into()],
            )?,
            Some(Folly::WithdrawalWins) => tx.execute(
                "update trial_revision set replaced = 1
                 where record = $1 and known = 1 and withdrawn = 0 and exists (
                     select 1 from trial_revision as other
                     where other.record = $1 and other.withdrawn = 1 and other.replaced = 0
                 )",
                &[record.into()],
            )?,
            Some(Folly::ArrivalWins) => tx.execute(
                "update trial_revision set replaced = 1
                 where record = $1 and known = 1 and revision_id <> $2",
                &[record.into(), it.id.as_str().into()],
            )?,
            _ => 0,
        };
        Ok(())
    }
}

/// The revisions of a record that no known one replaces.
///
/// # Errors
///
/// If the store fails.
pub fn heads(tx: &mut Tx<'_>, record: &str) -> Result<Vec<String>, db::DbError> {
    let sql = "select revision_id from trial_revision
               where record = $1 and known = 1 and replaced = 0 order by revision_id";
    let rows = tx.query(sql, &[record.into()])?;
    rows.iter().map(|it| it.text("revision_id").map(str::to_owned)).collect()
}
