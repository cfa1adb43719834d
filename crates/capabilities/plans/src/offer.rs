//! What the registry counts of what OISE asks about plans. It is offered beside the field: the
//! person decides, and nothing is ever entered by itself.

use std::collections::BTreeMap;

use db::Tx;
use kernel::{Date, Failure};

use crate::{Figures, Funding, Scope, State, in_force, read};

/// What the registry counts for the cells of a form, for one commune and one period.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Offered {
    /// The page that explains the counts.
    pub href: String,
    /// The counts, by the cell as OISE writes it: `PLA_ACT_PREV`, `PLA_COUT_REAL|ORIGINE_FIN=ANICT`.
    pub cells: BTreeMap<String, i64>,
}

/// The counts of a commune for the year of `last`, as known on that day; none without a plan in
/// force, since the registry may not know it yet. A sum is offered only if every part of it is
/// known.
///
/// # Errors
///
/// If the store fails.
pub fn offered(tx: &mut Tx<'_>, commune: &str, last: Date) -> Result<Option<Offered>, Failure> {
    let plans = read::plans_of(tx, commune)?;
    let Some(plan) = in_force(&plans, last) else { return Ok(None) };
    let year = i64::from(last.year());
    let (lines, steps) = (read::lines(tx, plan.id)?, read::steps(tx, plan.id)?);
    let figures = Figures::of(&lines, &steps, Scope { year: Some(year), day: last });
    let mut cells = BTreeMap::from([
        ("PLA_PDSEC".to_owned(), 1),
        ("PLA_ACT_PREV".to_owned(), figures.lines),
        ("PLA_ACT_REAL".to_owned(), figures.count(State::Done)),
    ]);
    if 0 < figures.lines && figures.costed == figures.lines {
        cells.insert("PLA_COUT_PREV".to_owned(), figures.cost);
    }
    for (funding, paid) in &figures.paid_by {
        cells.insert(format!("PLA_COUT_REAL|ORIGINE_FIN={funding}"), *paid);
    }
    // Actions of decentralised cooperation that are under way and stand in the plan.
    let under_way = lines.iter().filter(|it| {
        let steps = steps.get(&it.id).map_or(&[][..], Vec::as_slice);
        it.funding.contains(&Funding::Partner) && crate::state_on(steps, last) == State::UnderWay
    });
    let count = i64::try_from(under_way.count()).unwrap_or(i64::MAX);
    cells.insert("COO_ACT_PDSEC".to_owned(), count);
    Ok(Some(Offered { href: format!("/plans/{}/pia/{year}", plan.id), cells }))
}
