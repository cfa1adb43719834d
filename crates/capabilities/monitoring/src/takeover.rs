//! Taking over the figures of past quarters that another system kept (« reprise de l'existant »):
//! a file of any size becomes filed returns, whole or not at all.
//!
//! What a person types waits as a draft until its return is filed; figures that were final
//! elsewhere need not. Alerts on them stay open, and the cercle answers them before it closes.

mod corrections;
mod lines;
mod source;

pub use source::source;

pub(crate) use corrections::corrections_of;
pub use corrections::{correct, look_at_corrections};

use crate::circuit;
use crate::entry::ImportRefused;
use crate::questionnaire::{Level, Questionnaire, Rhythm, series};
use crate::store::{self, Ground, RETURN_FILED, ReturnFiled, State, filings_of, passages, periods};
use db::Tx;
use identity::{Action, Actor, Ctx, Fact, allow};
use journal::Audience;
use kernel::{Date, Failure, Period, Quarter, Stop};
use lines::{Line, Lines};
use std::collections::{BTreeMap, BTreeSet};
use std::io::BufRead;

/// What a file of past figures would change, or has changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TakenOver {
    /// Values read.
    pub values: usize,
    /// Returns filed: one for a unit and a quarter.
    pub returns: usize,
    /// Returns that already hold what the file says.
    pub same: usize,
}

/// The values of one period, by cell, as a return carries them.
type Cells = BTreeMap<String, String>;

/// Looks at what a file of past figures would change, and writes nothing.
///
/// # Errors
///
/// The first line that is refused.
pub fn look(
    tx: &mut Tx<'_>,
    actor: &Actor,
    today: Date,
    file: &str,
    source: &mut dyn BufRead,
) -> Result<TakenOver, Stop<ImportRefused>> {
    read(tx, actor, today, file, source, |_, _| Ok(()))
}

/// Takes over a file of past figures: `element,unite_org,periode,options,valeur`, in any order.
/// What a return held and the file does not name stays. `reason` says where the figures come from.
///
/// # Errors
///
/// The first line that is refused: an unknown code, a value that does not fit its question, a cell
/// that comes twice, a quarter that has not begun or was passed on. Nothing is then kept.
pub fn take_over(
    ctx: &mut Ctx<'_, '_>,
    file: &str,
    source: &mut dyn BufRead,
    reason: &str,
) -> Result<TakenOver, Stop<ImportRefused>> {
    let (actor, today, now, journal) = (ctx.actor, ctx.today(), ctx.now_millis, ctx.journal());
    read(ctx.tx, actor, today, file, source, |tx, it| {
        Ctx::new(tx, journal, actor, now).record(Fact {
            kind: RETURN_FILED,
            subject: &format!("{}/{}", it.unit, it.quarter),
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
    mut file_return: impl FnMut(&mut Tx<'_>, &ReturnFiled) -> Result<(), Failure>,
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
        let quarters = quarters(&lines, of_unit);
        let first = *quarters.first().unwrap_or(&quarters_of(lines.period(&of_unit[0])));
        let last = *quarters.last().unwrap_or(&first);
        let held = filings_of(tx, &[unit], (first, last))?.remove(unit).unwrap_or_default();
        for quarter in quarters {
            let here = Period::Quarter(quarter);
            let line = of_unit.iter().find(|it| lines.period(it) == here).unwrap_or(&of_unit[0]);
            let at = (file, u64::from(line.line), unit);
            let Land { ground, state } = lands.of(tx, unit, quarter, at)?;
            let level = level(ground, unit, at)?;
            if !allow(actor, Action::ImportValues, &ground.object(unit)) {
                return Err(refusal(at, Wrong::Other));
            }
            if today < quarter.first_day() {
                return Err(refusal(at, Wrong::NotBegun(Period::Quarter(quarter))));
            }
            let questionnaire = editions.in_force(quarter);
            let edition = editions.number(editions.editions.place(quarter));
            let before = held.iter().rev().find(|it| it.quarter == quarter);
            let before = before.map(store::Filing::content).transpose()?;
            let it = overlaid(
                &lines,
                of_unit,
                (&questionnaire, edition),
                (level, quarter),
                before.as_ref(),
                at,
            )?;
            if before.is_some_and(|it_was| it_was.values == it.values) {
                done.same += 1;
                continue;
            }
            if let Some(by) = state.furthest(ground, unit, quarter) {
                let rule = circuit::Refused::locked(quarter, by, ground.name(&by.place));
                return Err(refusal(at, Wrong::Locked(Box::new(rule))));
            }
            file_return(tx, &ReturnFiled { day: today, ..it })?;
            done.returns += 1;
        }
    }
    Ok(done)
}

/// The return of a quarter: what it held, overlaid by what the file says.
fn overlaid(
    lines: &Lines,
    of_unit: &[Line],
    (questionnaire, edition): (&Questionnaire, u32),
    (level, quarter): (Level, Quarter),
    before: Option<&ReturnFiled>,
    at: At<'_>,
) -> Result<ReturnFiled, Stop<ImportRefused>> {
    let mut values: BTreeMap<String, Cells> = BTreeMap::new();
    for period in periods(questionnaire, level, quarter) {
        let name = period.to_string();
        let held = before.and_then(|it| it.values.get(&name)).cloned().unwrap_or_default();
        values.insert(name, held);
    }
    for line in of_unit {
        let cell = lines.cell(line);
        let period = lines.period(line);
        if cell.rhythm.period(quarter) != period {
            continue;
        }
        if cell.level != level {
            return Err(refusal((at.0, u64::from(line.line), at.2), Wrong::NoUnit));
        }
        let cells = values.entry(period.to_string()).or_default();
        let value = lines.value(line);
        // What is held already is left: it may have come with the paper of before.
        let asks = questionnaire.element(cell.id.element).asks(cell.id.cell, quarter);
        if !asks && cells.get(&cell.text) != Some(&value) {
            let wrong = Wrong::NotAsked { cell: cell.text.clone(), period, edition };
            return Err(refusal((at.0, u64::from(line.line), at.2), wrong));
        }
        cells.insert(cell.text.clone(), value);
    }
    Ok(ReturnFiled {
        unit: at.2.to_owned(),
        quarter: quarter.to_string(),
        questionnaire: questionnaire.mark().to_owned(),
        day: Date::from_millis(0),
        values,
        emptied: BTreeMap::new(),
        comments: before.map(|it| it.comments.clone()).unwrap_or_default(),
        sources: before.map(|it| it.sources.clone()).unwrap_or_default(),
        answers: before.map(|it| it.answers.clone()).unwrap_or_default(),
        double_entry: before.map(|it| it.double_entry.clone()).unwrap_or_default(),
    })
}

/// The quarters whose returns the lines of a unit belong to: those they name, and for a yearly
/// value of a year without any, the last quarter that shows it.
fn quarters(lines: &Lines, of_unit: &[Line]) -> BTreeSet<Quarter> {
    let mut found = BTreeSet::new();
    for run in of_unit.chunk_by(|a, b| a.period == b.period) {
        if let Period::Quarter(quarter) = lines.period(&run[0]) {
            found.insert(quarter);
        }
    }
    for line in of_unit {
        let period = lines.period(line);
        let rhythm = lines.cell(line).rhythm;
        if matches!(period, Period::Year(_)) && !found.iter().any(|it| rhythm.period(*it) == period)
        {
            found.insert(match rhythm {
                Rhythm::SchoolYear => quarters_of(period).plus(3),
                _ => quarters_of(period),
            });
        }
    }
    found
}

/// The quarter itself, or the last of the year.
fn quarters_of(period: Period) -> Quarter {
    match period {
        Period::Quarter(it) => it,
        Period::Year(year) => {
            Quarter::new(year, 4).unwrap_or_else(|| Quarter::of(Date::from_millis(0)))
        }
    }
}

/// The places of a country for a quarter, and how far the quarter is in the circuit.
struct Land {
    ground: Ground,
    state: State,
}

/// The countries by quarter, read once each.
#[derive(Default)]
struct Lands {
    countries: BTreeMap<String, String>,
    known: BTreeMap<(String, Quarter), Land>,
}

impl Lands {
    fn of(
        &mut self,
        tx: &mut Tx<'_>,
        unit: &str,
        quarter: Quarter,
        at: At<'_>,
    ) -> Result<&Land, Stop<ImportRefused>> {
        if !self.countries.contains_key(unit) {
            let Some(it) = territory::unit(tx, unit)? else {
                return Err(refusal(at, Wrong::NoUnit));
            };
            self.countries.insert(unit.to_owned(), it.country);
        }
        let key = (self.countries[unit].clone(), quarter);
        if !self.known.contains_key(&key) {
            let ground = store::ground(tx, &key.0, quarter.last_day())?
                .ok_or_else(|| refusal(at, Wrong::NoUnit))?;
            let state = passages(tx, &ground)?;
            self.known.insert(key.clone(), Land { ground, state });
        }
        self.known.get(&key).ok_or_else(|| refusal(at, Wrong::NoUnit))
    }
}

fn level(ground: &Ground, unit: &str, at: At<'_>) -> Result<Level, Stop<ImportRefused>> {
    let place = ground.tree.place(unit).ok_or_else(|| refusal(at, Wrong::NoUnit))?;
    Ok(ground.tree.units()[place].level)
}

/// A line of the file and the unit that it speaks of.
type At<'a> = (&'a str, u64, &'a str);

enum Wrong {
    NoUnit,
    Yearly,
    Other,
    NotAsked { cell: String, period: Period, edition: u32 },
    NotBegun(Period),
    Locked(Box<circuit::Refused>),
}

fn refusal((file, line, unit): At<'_>, wrong: Wrong) -> Stop<ImportRefused> {
    let (file, unit) = (file.to_owned(), unit.to_owned());
    Stop::Refused(match wrong {
        Wrong::NoUnit => ImportRefused::NoUnit { file, line, unit },
        Wrong::Other => ImportRefused::OtherPlace { file, line, unit },
        Wrong::NotAsked { cell, period, edition } => {
            ImportRefused::NotAsked { file, line, cell, period, edition }
        }
        Wrong::Yearly => ImportRefused::YearlyCorrection { file, line },
        Wrong::NotBegun(period) => ImportRefused::NotBegun { file, line, period },
        Wrong::Locked(rule) => ImportRefused::Locked { file, line, rule: *rule },
    })
}
