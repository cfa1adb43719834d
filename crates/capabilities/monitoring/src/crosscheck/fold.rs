//! The tables of the cross-check as a fold of its entries.

use super::store::{
    GAP_DECIDED, GapDecided, MAPPING_SAVED, MappingSaved, SOURCE_LOADED, SourceLoaded, key,
};
use db::Tx;
use journal::{Entry, Fold, FoldError};
use std::sync::Arc;

/// The slice's fold.
pub fn fold() -> Arc<dyn Fold> {
    Arc::new(Crosscheck)
}

struct Crosscheck;

impl Fold for Crosscheck {
    fn name(&self) -> &'static str {
        "crosscheck"
    }

    fn schema(&self) -> &'static str {
        include_str!("sql/schema.sql")
    }

    fn tables(&self) -> &'static [&'static str] {
        &["other_source", "source_mapping", "gap_decision"]
    }

    fn kinds(&self) -> &'static [&'static str] {
        &[SOURCE_LOADED, MAPPING_SAVED, GAP_DECIDED]
    }

    fn apply(&self, tx: &mut Tx<'_>, entry: &Entry) -> Result<(), FoldError> {
        match entry.kind.as_str() {
            SOURCE_LOADED => {
                let it: SourceLoaded = entry.read()?;
                tx.execute(
                    include_str!("sql/put_source.sql"),
                    &[
                        (&entry.subject).into(),
                        it.place.into(),
                        it.hash.into(),
                        entry.arrival.into(),
                        (&entry.office).into(),
                        entry.payload.as_slice().into(),
                    ],
                )?;
            }
            MAPPING_SAVED => {
                let it: MappingSaved = entry.read()?;
                tx.execute(
                    include_str!("sql/put_mapping.sql"),
                    &[key(&it.name).into(), it.name.into(), entry.payload.as_slice().into()],
                )?;
            }
            _ => {
                let it: GapDecided = entry.read()?;
                tx.execute(
                    include_str!("sql/put_decision.sql"),
                    &[
                        it.source.into(),
                        it.source_name.into(),
                        it.unit.into(),
                        it.period.into(),
                        it.target.into(),
                        entry.arrival.into(),
                        it.decision.into(),
                        it.reason.into(),
                        it.ours.into(),
                        it.theirs.into(),
                        it.office.into(),
                        it.day.to_string().into(),
                    ],
                )?;
            }
        }
        Ok(())
    }
}
