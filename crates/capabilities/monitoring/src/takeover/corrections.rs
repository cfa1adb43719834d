//! Corrections by a file: cells of returns that were filed, of a whole nation and many years at
//! once. One entry for each unit carries what changes and nothing else, so that a hundredth of
//! twenty million values is corrected in the time of a breath.

use super::lines::{Line, Lines};
use super::{At, Land, Lands, TakenOver, Wrong, level, refusal};
use crate::circuit;
use crate::entry::ImportRefused;
use crate::questionnaire::series;
use crate::store::{QuarterCorrected, VALUES_CORRECTED, ValuesCorrected, versions_of};
use db::Tx;
use identity::{Action, Actor, Ctx, Fact, allow};
use journal::Audience;
use kernel::{Date, Failure, Period, Quarter, Stop};
use std::collections::BTreeMap;
use std::io::BufRead;

/// The subject of the corrections of a unit in the journal.
pub(crate) fn corrections_of(unit: &str) -> String {
    format!("{unit}/corrections")
}

/// Looks at what a file of corrections would change, and writes nothing.
///
/// # Errors
///
/// The first line that is refused.
pub fn look_at_corrections(
    tx: &mut Tx<'_>,
    actor: &Actor,
    today: Date,
    file: &str,
    source: &mut dyn BufRead,
) -> Result<TakenOver, Stop<ImportRefused>> {
    read(tx, actor, today, file, source, |_, _| Ok(()))
}

/// Corrects cells of returns that were filed: `element,unite_org,periode,options,valeur`, in any
/// order, cells of quarterly forms only. All others stay as they are; where a unit had filed nothing
/// for a quarter, what the file says of it is its return. `reason` says why, and where the figures
/// come from.
///
/// # Errors
///
/// The first line that is refused, as in [`super::take_over`]. Nothing is then kept.
pub fn correct(
    ctx: &mut Ctx<'_, '_>,
    file: &str,
    source: &mut dyn BufRead,
    reason: &str,
) -> Result<TakenOver, Stop<ImportRefused>> {
    let (actor, today, now, journal) = (ctx.actor, ctx.today(), ctx.now_millis, ctx.journal());
    read(ctx.tx, actor, today, file, source, |tx, it| {
        Ctx::new(tx, journal, actor, now).record(Fact {
            kind: VALUES_CORRECTED,
            subject: &corrections_of(&it.unit),
            audience: Audience::Territory,
            scope: &it.unit,
            reason,
            payload: it,
        })?;
        Ok(())
    })
}

fn read(
    tx: &mut Tx<'_>,
    actor: &Actor,
    today: Date,
    file: &str,
    source: &mut dyn BufRead,
    mut record: impl FnMut(&mut Tx<'_>, &ValuesCorrected) -> Result<(), Failure>,
) -> Result<TakenOver, Stop<ImportRefused>> {
    let editions = series(tx)?;
    let lines = Lines::read(editions.editions.newest(), file, source)?;
    if lines.all.is_empty() {
        return Err(Stop::Refused(ImportRefused::Empty(file.to_owned())));
    }
    let mut done = TakenOver { values: lines.all.len(), ..TakenOver::default() };
    let mut lands = Lands::default();
    for of_unit in lines.all.chunk_by(|a, b| a.unit == b.unit) {
        let unit = lines.unit(&of_unit[0]);
        let standing = standing(tx, &lines, of_unit)?;
        let mut quarters = BTreeMap::new();
        for run in of_unit.chunk_by(|a, b| a.period == b.period) {
            let at = (file, u64::from(run[0].line), unit);
            let Period::Quarter(quarter) = lines.period(&run[0]) else {
                return Err(refusal(at, Wrong::Yearly));
            };
            let Land { ground, state } = lands.of(tx, unit, quarter, at)?;
            let level = level(ground, unit, at)?;
            if !allow(actor, Action::ImportValues, &ground.object(unit)) {
                return Err(refusal(at, Wrong::Other));
            }
            if today < quarter.first_day() {
                return Err(refusal(at, Wrong::NotBegun(Period::Quarter(quarter))));
            }
            if let Some(by) = state.furthest(ground, unit, quarter) {
                let rule = circuit::Refused::locked(quarter, by, ground.name(&by.place));
                return Err(refusal(at, Wrong::Locked(Box::new(rule))));
            }
            let of = standing.get(&quarter).cloned().unwrap_or_default();
            let questionnaire = match of.as_str() {
                "" => editions.in_force(quarter).mark().to_owned(),
                _ => String::new(),
            };
            let mut values = BTreeMap::new();
            for line in run {
                let cell = lines.cell(line);
                let at: At<'_> = (file, u64::from(line.line), unit);
                if cell.level != level {
                    return Err(refusal(at, Wrong::NoUnit));
                }
                let newest = editions.editions.newest();
                if !newest.element(cell.id.element).asks(cell.id.cell, quarter) {
                    let edition = editions.number(editions.editions.place(quarter));
                    let (cell, period) = (cell.text.clone(), Period::Quarter(quarter));
                    return Err(refusal(at, Wrong::NotAsked { cell, period, edition }));
                }
                values.insert(cell.text.clone(), lines.value(line));
            }
            quarters.insert(quarter.to_string(), QuarterCorrected { of, questionnaire, values });
        }
        done.returns += quarters.len();
        let (unit, file) = (unit.to_owned(), file.to_owned());
        record(tx, &ValuesCorrected { unit, day: today, file, quarters })?;
    }
    Ok(done)
}

/// The mark of the version that stands for each quarter of a unit that the lines name.
fn standing(
    tx: &mut Tx<'_>,
    lines: &Lines,
    of_unit: &[Line],
) -> Result<BTreeMap<Quarter, String>, Failure> {
    let quarter = |it: &Line| match lines.period(it) {
        Period::Quarter(quarter) => Some(quarter),
        Period::Year(_) => None,
    };
    let named = || of_unit.iter().filter_map(quarter);
    let Some((from, to)) = named().min().zip(named().max()) else { return Ok(BTreeMap::new()) };
    let versions = versions_of(tx, lines.unit(&of_unit[0]), (from, to))?;
    Ok(versions.into_iter().map(|it| (it.quarter, it.mark)).collect())
}
