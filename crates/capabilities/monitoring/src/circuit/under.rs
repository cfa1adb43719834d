//! What a mark is put under: the edition of the questionnaire, the map, the plan of the circuit. The
//! signed entry states them (J3.4), so that two posts that count otherwise can be told apart.

use super::plan::current;
use crate::questionnaire::{self, Level};
use crate::store::{Ground, Under};
use db::Tx;
use kernel::{Failure, Quarter};

/// What a place of this ground passes a quarter on under.
///
/// # Errors
///
/// If the store fails.
pub fn under(tx: &mut Tx<'_>, ground: &Ground, quarter: Quarter) -> Result<Under, Failure> {
    let series = questionnaire::series(tx)?;
    let nation = ground.above.last().map_or(ground.place(), |it| it.0.as_str()).to_owned();
    let day = quarter.last_day();
    let map = territory::maps(tx, &nation)?
        .into_iter()
        .filter_map(|it| it.from)
        .filter(|it| *it <= day)
        .max();
    let units = ground.tree.units();
    Ok(Under {
        edition: series.number(series.editions.place(quarter)),
        questionnaire: series.in_force(quarter).mark().to_owned(),
        map,
        territory: territory_hash(ground),
        communes: units.iter().filter(|it| it.level == Level::Commune).count(),
        circuit: current(tx, &nation)?.map_or(0, |it| it.number),
    })
}

/// The short hash of the units: in the order of their codes, so that it tells the map and not the
/// order in which it is read.
fn territory_hash(ground: &Ground) -> String {
    let units = ground.tree.units();
    let mut lines: Vec<String> = units
        .iter()
        .map(|it| {
            let above = it.parent.map_or("", |at| units[at].code.as_str());
            format!("{} {} {above}\n", it.code, it.level.word())
        })
        .collect();
    lines.sort_unstable();
    let hash = blake3::hash(lines.concat().as_bytes()).to_hex();
    hash.as_str()[..16].to_owned()
}
