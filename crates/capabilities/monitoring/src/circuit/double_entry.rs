//! Keying a sample of forms twice: the draw, the second keying by another person who does not see
//! the first, the comparison, and the decision on each cell in which the two differ. The error rate
//! travels with the return; who keyed what stays at the post.
//!
//! The draw depends on nothing but its seed and the forms that were filled in: the same seed draws
//! the same forms, whatever the machine.

mod compare;
mod decide;
mod refused;

pub use compare::{Keying, Rate, by_form, keying, keyings, of_unit, rates};
pub use decide::{Choice, Decided, decide, decisions};
pub use refused::Refused;

use super::payload::{SECOND_DRAWN, SECOND_KEYED, SecondDrawn, SecondKeyed};
use super::{begun, ground_of};
use crate::questionnaire::{self, CellId, Questionnaire};
use crate::store::{self, Ground, View, drafts, filings, locked, passages, values_between};
use crate::values::{Values, read};
use db::Tx;
use identity::{Action, Actor, Ctx, Fact};
use journal::{Audience, Entry};
use kernel::{Date, Failure, Period, Quarter, Stop};
use std::collections::{BTreeMap, BTreeSet};

/// The longest seed, in characters.
const LONGEST_SEED: usize = 64;
/// The share drawn where nobody says otherwise, in percent.
pub const PERCENT: u32 = 10;

/// A draw of forms to be keyed twice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draw {
    /// Its short hash, which names it.
    pub mark: String,
    /// The place whose units are in it.
    pub place: String,
    /// The quarter.
    pub quarter: Quarter,
    /// What it was made from.
    pub seed: String,
    /// The share asked for, in percent.
    pub percent: u32,
    /// How many forms it was made of.
    pub of: usize,
    /// The forms drawn, as (unit, form), by unit, then by form.
    pub drawn: Vec<(String, String)>,
    /// Who drew.
    pub person: String,
    /// When.
    pub day: Date,
}

/// The forms drawn from these by a seed, at least one if there is any: those with the smallest
/// BLAKE3 of the seed and their name, the share rounded up. Returned in the order of `from`.
pub fn sample(from: &[(String, String)], seed: &str, percent: u32) -> Vec<(String, String)> {
    let wanted = (from.len() * percent.min(100) as usize).div_ceil(100);
    let lot = |it: &(String, String)| {
        let mut hasher = blake3::Hasher::new();
        for part in [seed, &it.0, &it.1] {
            hasher.update(&(part.len() as u64).to_le_bytes());
            hasher.update(part.as_bytes());
        }
        *hasher.finalize().as_bytes()
    };
    let mut lots: Vec<_> = from.iter().map(|it| (lot(it), it)).collect();
    lots.sort_unstable();
    let chosen: BTreeSet<_> = lots.into_iter().take(wanted).map(|it| it.1).collect();
    from.iter().filter(|it| chosen.contains(it)).cloned().collect()
}

/// The forms of the units that this place closes that hold at least one value for the quarter.
fn filled_in(
    questionnaire: &Questionnaire,
    ground: &Ground,
    values: &Values,
    quarter: Quarter,
) -> Forms {
    let mut found = Forms::new();
    let place = ground.place();
    let mut units = ground.closes(place);
    if units.is_empty() {
        units.push(place);
    }
    for unit in units {
        for set in questionnaire.data_sets() {
            let cells = cells_of(questionnaire, set.elements.iter().copied());
            let period = |cell: &CellId| questionnaire.element(cell.element).rhythm.period(quarter);
            if cells.iter().any(|it| values.get(unit, period(it), *it).is_some()) {
                found.push((unit.to_owned(), set.code.clone()));
            }
        }
    }
    found
}

type Forms = Vec<(String, String)>;

/// The cells of these elements, in paper order.
fn cells_of(questionnaire: &Questionnaire, elements: impl Iterator<Item = u16>) -> Vec<CellId> {
    let cells = |element: u16| {
        let all = (0..).zip(&questionnaire.element(element).cells);
        all.map(move |(cell, _)| CellId { element, cell })
    };
    elements.flat_map(cells).collect()
}

/// The cells of a form, complete, in paper order.
fn cells_of_form(questionnaire: &Questionnaire, form: &str) -> Result<Vec<CellId>, Failure> {
    let (_, set) = questionnaire.data_set(form).ok_or(Failure::NotFound)?;
    Ok(cells_of(questionnaire, set.elements.iter().copied()))
}

/// Draws forms of a place's units to be keyed twice. The seed is written down with the draw, so
/// that anybody can draw again.
///
/// # Errors
///
/// A rule of [`Refused`]: no seed, no share, nothing filled in; or the lack of the right to enter
/// values.
pub fn draw(
    ctx: &mut Ctx<'_, '_>,
    place: &str,
    quarter: Quarter,
    seed: &str,
    percent: u32,
) -> Result<Draw, Stop<Refused>> {
    let refuse = |it| Err(Stop::Refused(it));
    let ground = ground_of(ctx.tx, place, quarter)?;
    ctx.authorize(Action::EnterValues, &ground.object(place))?;
    let seed = seed.trim();
    if seed.is_empty() || LONGEST_SEED < seed.chars().count() {
        return refuse(Refused::Seed { longest: LONGEST_SEED });
    }
    if !(1..=100).contains(&percent) {
        return refuse(Refused::Share);
    }
    let values = values_between(ctx.tx, ctx.actor, &ground, View::Working, (quarter, quarter))?;
    let questionnaire = questionnaire::in_force(ctx.tx, quarter)?;
    let from = filled_in(&questionnaire, &ground, &values, quarter);
    if from.is_empty() {
        return refuse(Refused::NothingKeyed { quarter });
    }
    let fact = SecondDrawn {
        place: place.to_owned(),
        quarter: quarter.to_string(),
        seed: seed.to_owned(),
        percent,
        drawn: sample(&from, seed, percent),
        from: from.into_iter().map(|(unit, form)| format!("{unit}/{form}")).collect(),
        day: ctx.today(),
    };
    let entry = ctx.record(Fact {
        kind: SECOND_DRAWN,
        subject: &format!("{place}/{quarter}"),
        audience: Audience::Local,
        scope: place,
        reason: "",
        payload: &fact,
    })?;
    let all = draws(ctx.tx, place, quarter)?;
    let mark = entry.mark();
    let found = all.into_iter().find(|it| it.mark == mark);
    found.ok_or_else(|| Stop::Failed(Failure::told("a draw left no trace")))
}

/// The draws of a place for a quarter, the oldest first.
///
/// # Errors
///
/// If the store fails.
pub fn draws(tx: &mut Tx<'_>, place: &str, quarter: Quarter) -> Result<Vec<Draw>, Failure> {
    let sql = include_str!("sql/draws.sql");
    let rows = tx.query(sql, &[place.into(), quarter.to_string().into()])?;
    let mut found = Vec::new();
    for row in &rows {
        let content: SecondDrawn =
            serde_json::from_slice(row.bytes("content")?).map_err(Failure::broken)?;
        found.push(Draw {
            mark: row.text("mark")?.to_owned(),
            place: content.place,
            quarter,
            seed: content.seed,
            percent: content.percent,
            of: content.from.len(),
            drawn: content.drawn,
            person: row.text("person")?.to_owned(),
            day: content.day,
        });
    }
    Ok(found)
}

/// Persons by the cell that each is typing.
type Typing = BTreeMap<(Period, CellId), String>;

/// Who keyed the cells of a form of a unit first, as far as this post knows: by cell for what is
/// being typed, the person who filed for the rest.
fn first_persons(
    tx: &mut Tx<'_>,
    unit: &str,
    quarter: Quarter,
) -> Result<(Typing, String), Failure> {
    let typed = drafts(tx, unit)?.into_iter().map(|it| ((it.period, it.cell), it.person)).collect();
    let filed = filings(tx, unit, quarter)?.pop().map(|it| it.person).unwrap_or_default();
    Ok((typed, filed))
}

/// The identifier of a person in the journal.
fn identifier(actor: &Actor) -> String {
    actor.person_id.map(|it| it.to_string()).unwrap_or_default()
}

/// Keys a form of a unit for the second time, on a draw. The whole form is given each time; it may
/// be given again until `finished`, which compares the two and shows the differences. Nothing of
/// the first keying is shown before.
///
/// # Errors
///
/// The cells that are no answers; a rule of [`Refused`]: above all, the same person keyed it first;
/// or the lack of the right to enter values.
pub fn key(
    ctx: &mut Ctx<'_, '_>,
    (unit, quarter, form): (&str, Quarter, &str),
    typed: &[(CellId, String)],
    finished: bool,
) -> Result<Entry, Stop<Refused>> {
    let refuse = |it| Err(Stop::Refused(it));
    let ground = ground_of(ctx.tx, unit, quarter)?;
    ctx.authorize(Action::EnterValues, &ground.object(unit))?;
    begun(ctx, quarter).map_err(|_| Stop::Refused(Refused::NotDrawn))?;
    let closer = ground.takes(unit, store::Stage::Closed, quarter).unwrap_or(unit).to_owned();
    let mut drawn = draws(ctx.tx, &closer, quarter)?;
    drawn.extend(draws(ctx.tx, unit, quarter)?);
    if !drawn.iter().any(|it| it.drawn.iter().any(|it| it.0 == unit && it.1 == form)) {
        return refuse(Refused::NotDrawn);
    }
    let me = identifier(ctx.actor);
    if let Some(before) = keying(ctx.tx, unit, quarter, form)? {
        if before.compared.is_some() {
            return refuse(Refused::Finished);
        }
        if before.person != me {
            return refuse(Refused::OtherPerson);
        }
    }
    let questionnaire = &*questionnaire::in_force(ctx.tx, quarter)?;
    let cells = cells_of_form(questionnaire, form)?;
    let (by_cell, filed) = first_persons(ctx.tx, unit, quarter)?;
    let first_of = |cell: &CellId| {
        let period = questionnaire.element(cell.element).rhythm.period(quarter);
        by_cell.get(&(period, *cell)).unwrap_or(&filed).clone()
    };
    if cells.iter().any(|it| first_of(it) == me) {
        return refuse(Refused::SamePerson);
    }
    let mut wrong = Vec::new();
    let mut keyed = BTreeMap::new();
    for (cell, text) in typed {
        if !cells.contains(cell) {
            wrong.push((*cell, None));
            continue;
        }
        match read(questionnaire, questionnaire.element(cell.element), text) {
            Ok(Some(value)) => {
                keyed.insert(questionnaire.cell_text(*cell).to_owned(), value.to_string());
            }
            Ok(None) => {}
            Err(rule) => wrong.push((*cell, Some(rule))),
        }
    }
    if !wrong.is_empty() {
        return refuse(Refused::Cells(wrong));
    }
    let compared = match finished {
        false => None,
        true => {
            let values =
                values_between(ctx.tx, ctx.actor, &ground, View::Working, (quarter, quarter))?;
            let first = |cell: CellId| {
                let period = questionnaire.element(cell.element).rhythm.period(quarter);
                values.get(unit, period, cell).map(ToString::to_string).unwrap_or_default()
            };
            Some(compare::compare(questionnaire, &cells, first, &keyed, first_of))
        }
    };
    let fact = SecondKeyed {
        unit: unit.to_owned(),
        quarter: quarter.to_string(),
        form: form.to_owned(),
        cells: keyed,
        compared,
        office: ctx.actor.main_office().map(|it| it.title.clone()).unwrap_or_default(),
        day: ctx.today(),
    };
    Ok(ctx.record(Fact {
        kind: SECOND_KEYED,
        subject: &format!("{unit}/{quarter}/{form}"),
        audience: Audience::Local,
        scope: unit,
        reason: "",
        payload: &fact,
    })?)
}

/// Whether the values of a form must not be shown to this person now: they are keying it for the
/// second time and have not finished.
///
/// # Errors
///
/// If the store fails.
pub fn is_hidden_from(
    tx: &mut Tx<'_>,
    actor: &Actor,
    (unit, quarter, form): (&str, Quarter, &str),
) -> Result<bool, Failure> {
    let found = keying(tx, unit, quarter, form)?;
    Ok(found.is_some_and(|it| it.compared.is_none() && it.person == identifier(actor)))
}

/// The values of a form can still change: its quarter is open.
fn is_open(
    tx: &mut Tx<'_>,
    ground: &Ground,
    unit: &str,
    cell: CellId,
    quarter: Quarter,
) -> Result<bool, Failure> {
    let rhythm = questionnaire::in_force(tx, quarter)?.element(cell.element).rhythm;
    let state = passages(tx, ground)?;
    Ok(locked(&state, ground, unit, (rhythm, rhythm.period(quarter))).is_none())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn forms(count: usize) -> Vec<(String, String)> {
        (0..count).map(|it| (format!("C{}", it / 13), format!("J{:02}", it % 13 + 1))).collect()
    }

    #[test]
    fn a_tenth_is_drawn_and_the_same_seed_draws_the_same() {
        let all = forms(39);
        let drawn = sample(&all, "Kati 2024T4", 10);
        assert_eq!(drawn.len(), 4, "39 × 10 % is rounded up");
        assert_eq!(sample(&all, "Kati 2024T4", 10), drawn);
        assert_ne!(sample(&all, "Kati 2025T1", 10), drawn);
        assert_eq!(sample(&[], "Kati", 10), []);
        assert_eq!(sample(&all[..1], "Kati", 1).len(), 1, "at least one");
        assert_eq!(sample(&all, "Kati", 100), all);
    }

    proptest! {
        #[test]
        fn who_is_drawn_does_not_depend_on_the_order_of_the_forms(
            count in 0..60usize, seed in "[a-z]{1,8}", percent in 1..=100u32, turn in 0..60usize,
        ) {
            let all = forms(count);
            let mut turned = all.clone();
            if count > 0 { turned.rotate_left(turn % count); }
            let mut found = sample(&turned, &seed, percent);
            let mut expected = sample(&all, &seed, percent);
            found.sort();
            expected.sort();
            prop_assert_eq!(found.len(), (count * percent as usize).div_ceil(100));
            prop_assert_eq!(found, expected);
        }
    }
}
