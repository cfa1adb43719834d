//! The tables of the slice as a fold of its entries, and what pages ask of them.

use std::collections::BTreeSet;

use db::{DbError, Tx};
use identity::{Action, Actor, Object, allow};
use journal::{Entry, Fold, FoldError};
use kernel::{Date, Failure};

use crate::assessment::{Assessment, Granted, Saved, Ungranted};
use crate::{GRANTED, SAVED, UNGRANTED};

pub(crate) struct AssessmentsFold;

impl Fold for AssessmentsFold {
    fn name(&self) -> &'static str {
        "assessments"
    }

    fn schema(&self) -> &'static str {
        include_str!("../sql/schema.sql")
    }

    fn tables(&self) -> &'static [&'static str] {
        &["assessment_saving", "assessment_grant"]
    }

    fn kinds(&self) -> &'static [&'static str] {
        &[SAVED, GRANTED, UNGRANTED]
    }

    fn apply(&self, tx: &mut Tx<'_>, entry: &Entry) -> Result<(), FoldError> {
        let payload = String::from_utf8_lossy(&entry.payload).into_owned();
        match entry.kind.as_str() {
            SAVED => {
                entry.read::<Saved>()?;
                tx.execute(
                    include_str!("../sql/put_saving.sql"),
                    &[
                        entry.mark().into(),
                        entry.subject.as_str().into(),
                        entry.scope.as_str().into(),
                        payload.into(),
                    ],
                )?;
            }
            kind => {
                if kind == GRANTED {
                    entry.read::<Granted>()?;
                } else {
                    entry.read::<Ungranted>()?;
                }
                tx.execute(
                    include_str!("../sql/put_grant.sql"),
                    &[
                        entry.mark().into(),
                        entry.scope.as_str().into(),
                        kind.into(),
                        payload.into(),
                    ],
                )?;
            }
        }
        Ok(())
    }
}

fn read<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, DbError> {
    serde_json::from_str(text).map_err(|error| DbError::Unreadable(error.to_string()))
}

/// The assessment of this identifier, for whoever may see it: ask [`may_read`].
///
/// # Errors
///
/// If the store fails, as for every function here.
pub fn find(tx: &mut Tx<'_>, id: &str) -> Result<Option<Assessment>, DbError> {
    let rows = tx.query(include_str!("../sql/savings.sql"), &[id.into()])?;
    let Some(first) = rows.first() else { return Ok(None) };
    let commune = first.text("commune")?.to_owned();
    let mut savings: Vec<(String, Saved)> = Vec::new();
    for row in &rows {
        savings.push((row.text("mark")?.to_owned(), read(row.text("payload")?)?));
    }
    Ok(Assessment::of(id.to_owned(), commune, &savings))
}

/// The assessments of a commune, the oldest meeting first; drafts without a day last.
///
/// # Errors
///
/// If the store fails.
pub fn of_commune(tx: &mut Tx<'_>, commune: &str) -> Result<Vec<Assessment>, DbError> {
    let rows = tx.query(include_str!("../sql/of_commune.sql"), &[commune.into()])?;
    let mut all = Vec::new();
    for row in &rows {
        all.extend(find(tx, row.text("id")?)?);
    }
    all.sort_by(|a, b| {
        let key = |it: &Assessment| (it.content.held.is_none(), it.content.held, it.id.clone());
        key(a).cmp(&key(b))
    });
    Ok(all)
}

/// What the commune granted and did not take back: mark, office, place.
pub(crate) fn grants(tx: &mut Tx<'_>, commune: &str) -> Result<Vec<(String, Granted)>, DbError> {
    let rows = tx.query(include_str!("../sql/grants.sql"), &[commune.into()])?;
    let mut granted: Vec<(String, Granted)> = Vec::new();
    let mut back = BTreeSet::new();
    for row in &rows {
        if row.text("kind")? == GRANTED {
            granted.push((row.text("mark")?.to_owned(), read(row.text("payload")?)?));
        } else {
            back.extend(read::<Ungranted>(row.text("payload")?)?.granted);
        }
    }
    granted.retain(|it| !back.contains(&it.0));
    Ok(granted)
}

/// What rights look at: the commune and all that lies above it today.
pub(crate) fn object(tx: &mut Tx<'_>, commune: &str, today: Date) -> Result<Object, Failure> {
    let mut codes = vec![commune.to_owned()];
    codes.extend(territory::chain(tx, commune, today)?.into_iter().rev().map(|it| it.code));
    Ok(Object::at(codes))
}

/// Whether this person keeps the assessments of a commune.
pub(crate) fn may_keep(
    tx: &mut Tx<'_>,
    actor: &Actor,
    commune: &str,
    today: Date,
) -> Result<bool, Failure> {
    Ok(allow(actor, Action::AssessCommune, &object(tx, commune, today)?))
}

/// Whether this person may read them: who keeps them, and those to whom the commune granted it.
pub(crate) fn may_read(
    tx: &mut Tx<'_>,
    actor: &Actor,
    commune: &str,
    today: Date,
) -> Result<bool, Failure> {
    if may_keep(tx, actor, commune, today)? {
        return Ok(true);
    }
    let granted = grants(tx, commune)?;
    Ok(granted.iter().any(|(_, it)| {
        actor
            .offices
            .iter()
            .any(|office| office.kind.word() == it.office && office.place == it.place)
    }))
}

/// The communes whose assessments this person may read: their own, and those that granted it.
pub(crate) fn communes_of(
    tx: &mut Tx<'_>,
    actor: &Actor,
    today: Date,
) -> Result<Vec<String>, Failure> {
    let mut out = BTreeSet::new();
    for office in &actor.offices {
        let keeps = allow(actor, Action::AssessCommune, &Object::at([office.place.as_str()]));
        let place = territory::place_near(tx, &office.place, today)?;
        if keeps && place.is_some_and(|it| it.level == territory::Level::Commune) {
            out.insert(office.place.clone());
        }
    }
    for row in tx.query(include_str!("../sql/granting.sql"), &[])? {
        let commune = row.text("commune")?.to_owned();
        if may_read(tx, actor, &commune, today)? {
            out.insert(commune);
        }
    }
    Ok(out.into_iter().collect())
}
