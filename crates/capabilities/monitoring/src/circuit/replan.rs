//! The nation changes its circuit: a row more, a row that has not begun less, what validation asks of
//! blocking questions. A change holds from a quarter on that nobody has published: the quarters
//! before keep the circuit under which they were passed on.

use super::ground_of;
use super::payload::{CIRCUIT_SET, CircuitSet};
use super::plan::{Act, Demand, LONGEST_DELAY, MOST_ROWS, Plan, Step, current, plan};
use super::refused::{Refused, reason};
use crate::questionnaire::{self, Level, Questionnaire};
use crate::store::{self, Ground, Stage, passages};
use db::Tx;
use identity::{Action, Ctx, Fact};
use journal::{Audience, Entry};
use kernel::{Date, Failure, Quarter, Stop};
use std::collections::BTreeSet;

/// A change to a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Replan {
    /// A row more, in the place of one for the same step, place and quarter.
    Add(Step),
    /// The row of this number, from 0, is taken out.
    Remove(usize),
    /// What validation asks of blocking questions from now on.
    Questions(Demand),
}

/// The first quarter that a change may touch: the one that is being collected, or the one after the
/// last that the nation published.
///
/// # Errors
///
/// If the store fails.
pub fn first_open(tx: &mut Tx<'_>, nation: &str, today: Date) -> Result<Quarter, Failure> {
    let collected = Quarter::of(today).plus(-1);
    let published = store::published(tx, nation)?.into_iter().max();
    Ok(published.map_or(collected, |it| it.plus(1).max(collected)))
}

/// Whether a row has not begun before this quarter.
pub(super) fn is_free(step: &Step, first: Quarter) -> bool {
    step.first().is_some_and(|it| first <= it)
}

/// The plan after a change, which touches no quarter before `first`.
///
/// # Errors
///
/// The rule that it breaks, naming the field.
pub fn replanned(old: &Plan, change: &Replan, first: Quarter) -> Result<Plan, Refused> {
    let mut new = old.clone();
    match change {
        Replan::Add(step) => {
            if !is_free(step, first) {
                return Err(Refused::PlanQuarter { first });
            }
            let days: Option<i32> = step.delay.trim().parse().ok();
            if !days.is_some_and(|it| (0..=LONGEST_DELAY).contains(&it)) {
                return Err(Refused::PlanDelay { longest: LONGEST_DELAY });
            }
            if !step.to.is_empty() && step.act != Act::Validate {
                return Err(Refused::PlanTo);
            }
            let same =
                |it: &Step| it.act == step.act && it.within == step.within && it.from == step.from;
            match new.steps.iter_mut().find(|it| same(it)) {
                Some(it) => *it = step.clone(),
                None => new.steps.push(step.clone()),
            }
            if MOST_ROWS < new.steps.len() {
                return Err(Refused::PlanFull { most: MOST_ROWS });
            }
        }
        Replan::Remove(at) => {
            let row = new.steps.get(*at).ok_or(Refused::PlanBegun)?;
            if !is_free(row, first) {
                return Err(Refused::PlanBegun);
            }
            new.steps.remove(*at);
        }
        Replan::Questions(demand) => new.questions = *demand,
    }
    if new == *old {
        return Err(Refused::PlanSame);
    }
    new.check()?;
    Ok(new)
}

/// Who takes a step for a unit and by when; nothing if nobody does.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Taken {
    /// The place.
    pub place: Option<String>,
    /// The last day in time.
    pub due: Option<Date>,
}

/// Units for which a step changes in the same way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    /// The step.
    pub act: Act,
    /// Before. Its place is set only where the place changes.
    pub before: Taken,
    /// After.
    pub after: Taken,
    /// The codes of the units.
    pub units: Vec<String>,
}

/// What a change would do to its first quarter.
#[derive(Clone, Debug)]
pub struct Replanning {
    /// The plan after it.
    pub plan: Plan,
    /// The first quarter that it touches; nothing if it touches no row.
    pub from: Option<Quarter>,
    /// The country on the last day of that quarter, under the plan of today.
    pub ground: Ground,
    /// The steps that change.
    pub moved: Vec<Moved>,
}

/// Looks at what a change would do. Nothing is written.
///
/// # Errors
///
/// A rule of [`Refused`]; if the store fails.
pub fn preview_replan(
    tx: &mut Tx<'_>,
    nation: &str,
    change: &Replan,
    today: Date,
) -> Result<Replanning, Stop<Refused>> {
    let first = first_open(tx, nation, today)?;
    let old = plan(tx, nation)?;
    let new = replanned(&old, change, first).map_err(Stop::Refused)?;
    let from = match change {
        Replan::Add(step) => step.first(),
        Replan::Remove(at) => old.steps.get(*at).and_then(Step::first),
        Replan::Questions(_) => None,
    };
    let quarter = from.unwrap_or(first);
    let ground = ground_of(tx, nation, quarter)?;
    if let Replan::Add(step) = change {
        check_places(&ground, step).map_err(Stop::Refused)?;
    }
    let questionnaire = questionnaire::in_force(tx, quarter)?;
    let after = ground.clone().with_plan(new.clone(), quarter);
    let moved = match from {
        Some(_) => moved((&ground, &after), &questionnaire, quarter),
        None => Vec::new(),
    };
    if let Some(from) = from
        && let Some(first) = first_free(tx, (&ground, &new), (from, today))?
    {
        return Err(Stop::Refused(Refused::PlanQuarter { first }));
    }
    Ok(Replanning { plan: new, from, ground, moved })
}

/// The first quarter from which a change touches nothing that is closed; `None` if that is the one
/// from which it shall hold. Who passed a quarter on is found through the plan: another plan would
/// no longer find them, and what they locked would be open.
fn first_free(
    tx: &mut Tx<'_>,
    (ground, new): (&Ground, &Plan),
    (from, today): (Quarter, Date),
) -> Result<Option<Quarter>, Failure> {
    let state = passages(tx, ground)?;
    let mut quarter = Quarter::of(today);
    while from <= quarter {
        let questionnaire = questionnaire::in_force(tx, quarter)?;
        let before = ground.clone().with_plan(ground.plan().clone(), quarter);
        let after = ground.clone().with_plan(new.clone(), quarter);
        let moved = moved((&before, &after), &questionnaire, quarter);
        let touched: BTreeSet<&str> =
            moved.iter().flat_map(|it| &it.units).map(String::as_str).collect();
        let is_closed = |code: &str| state.furthest(&before, code, quarter).is_some();
        let mut units = before.tree.units().iter().filter(|it| it.level <= Level::Cercle);
        let is_held = units.any(|it| {
            before.path(&it.code).iter().any(|at| touched.contains(at.as_str()))
                && is_closed(&it.code)
        });
        if is_held {
            return Ok(Some(quarter.plus(1)));
        }
        quarter = quarter.plus(-1);
    }
    Ok(None)
}

/// The places that a row names are places of the country, and the one that validates can.
fn check_places(ground: &Ground, step: &Step) -> Result<(), Refused> {
    let level = |code: &str| ground.tree.place(code).map(|it| ground.tree.units()[it].level);
    if !step.within.is_empty() && level(&step.within).is_none() {
        return Err(Refused::PlanPlace(step.within.clone()));
    }
    if !step.to.is_empty() {
        if level(&step.to) != Some(Level::Region) {
            return Err(Refused::PlanOffice(step.to.clone()));
        }
        // What a place validates for another is named by that other: a whole country has no office
        // elsewhere.
        if matches!(level(&step.within), None | Some(Level::Nation)) {
            return Err(Refused::PlanPlace(step.within.clone()));
        }
    }
    Ok(())
}

fn moved(
    (before, after): (&Ground, &Ground),
    questionnaire: &Questionnaire,
    quarter: Quarter,
) -> Vec<Moved> {
    let mut found: Vec<Moved> = Vec::new();
    for act in Act::ALL {
        for unit in before.tree.units() {
            let is_asked = match act {
                Act::File | Act::Close => unit.level <= Level::Cercle,
                Act::Validate => unit.level == Level::Cercle,
                Act::Publish => unit.level == Level::Region,
            };
            if !is_asked {
                continue;
            }
            let mut one = taken(before, questionnaire, (act, &unit.code), quarter);
            let mut two = taken(after, questionnaire, (act, &unit.code), quarter);
            if one == two {
                continue;
            }
            if one.place == two.place {
                (one.place, two.place) = (None, None);
            }
            let same = |it: &&mut Moved| it.act == act && it.before == one && it.after == two;
            match found.iter_mut().find(same) {
                Some(it) => it.units.push(unit.code.clone()),
                None => {
                    let units = vec![unit.code.clone()];
                    found.push(Moved { act, before: one, after: two, units });
                }
            }
        }
    }
    found
}

fn taken(
    ground: &Ground,
    questionnaire: &Questionnaire,
    (act, code): (Act, &str),
    quarter: Quarter,
) -> Taken {
    let place = match act {
        Act::File => ground.step(code, act, quarter).map(|_| code),
        Act::Close => ground.takes(code, Stage::Closed, quarter),
        Act::Validate => ground.takes(code, Stage::Validated, quarter),
        Act::Publish => ground.takes(code, Stage::Published, quarter),
    };
    Taken { place: place.map(str::to_owned), due: ground.due(questionnaire, code, act, quarter) }
}

/// Sets the plan of a nation anew, with a reason. It goes down with the next packages.
///
/// # Errors
///
/// A rule of [`Refused`]; the lack of the right to edit the circuit.
pub fn replan(
    ctx: &mut Ctx<'_, '_>,
    nation: &str,
    change: &Replan,
    why: &str,
) -> Result<Entry, Stop<Refused>> {
    let today = ctx.today();
    let ground = ground_of(ctx.tx, nation, Quarter::of(today))?;
    ctx.authorize(Action::EditCircuit, &ground.object(nation))?;
    if ground.level() != Level::Nation {
        return Err(Stop::Refused(Refused::NotHere(ground.name(nation).to_owned())));
    }
    let seen = preview_replan(ctx.tx, nation, change, today)?;
    let why = reason(why).map_err(Stop::Refused)?;
    let number = current(ctx.tx, nation)?.map_or(1, |it| it.number + 1);
    let set = CircuitSet {
        nation: nation.to_owned(),
        number,
        plan: seen.plan,
        reason: why.clone(),
        office: ctx.actor.main_office().map(|it| it.title.clone()).unwrap_or_default(),
        day: today,
    };
    Ok(ctx.record(Fact {
        kind: CIRCUIT_SET,
        subject: &format!("{nation}/circuit"),
        audience: Audience::Nomenclature,
        scope: nation,
        reason: &why,
        payload: &set,
    })?)
}

/// The plans that a nation set, the latest first.
///
/// # Errors
///
/// If the store fails.
pub fn plans_set(tx: &mut Tx<'_>, nation: &str) -> Result<Vec<(CircuitSet, String)>, Failure> {
    let rows = tx.query(include_str!("sql/plans.sql"), &[nation.into()])?;
    let mut found = Vec::new();
    for row in &rows {
        let set = serde_json::from_slice(row.bytes("content")?).map_err(Failure::broken)?;
        found.push((set, row.text("person")?.to_owned()));
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn step(text: &str) -> Step {
        let head = "depuis,dans,etape,niveaux,fonction,delai,chez\n,,clore,cercle,cercle-adviser,15,\n\
                    ,,publier,national,national-officer,45,\n";
        Plan::read(&format!("{head}{text}\n")).unwrap().steps.remove(2)
    }

    #[test]
    fn a_change_touches_no_quarter_before_the_first_open_one() {
        let first: Quarter = "2025T1".parse().unwrap();
        let old = Plan::shipped();
        let add = |text: &str| replanned(old, &Replan::Add(step(text)), first);
        let row = "2025T1,ML0205,clore,cercle,cercle-adviser,20,";
        let new = add(row).unwrap();
        let kati: Vec<String> = ["ML0205", "ML02", "ML"].map(str::to_owned).to_vec();
        for act in Act::ALL {
            let before = "2024T4".parse().unwrap();
            assert_eq!(new.step(act, &kati, before), old.step(act, &kati, before), "{act:?}");
        }
        let delay = |it: &Plan| it.step(Act::Close, &kati, first).unwrap().delay.clone();
        assert_eq!((delay(old).as_str(), delay(&new).as_str()), ("P_DELAI_SAISIE", "20"));

        let again = Replan::Add(step("2025T1,ML0205,clore,cercle,cercle-adviser,25,"));
        let again = replanned(&new, &again, first).unwrap();
        assert_eq!((again.steps.len(), delay(&again).as_str()), (new.steps.len(), "25"));
        assert_eq!(replanned(&new, &Replan::Remove(4), first).as_ref(), Ok(old));
        assert_eq!(
            replanned(&new, &Replan::Questions(Demand::Settled), first).unwrap().steps,
            new.steps
        );

        for (change, refusal) in [
            (
                Replan::Add(step("2024T4,,clore,cercle,cercle-adviser,20,")),
                Refused::PlanQuarter { first },
            ),
            (
                Replan::Add(step(",,clore,cercle,cercle-adviser,20,")),
                Refused::PlanQuarter { first },
            ),
            (Replan::Remove(0), Refused::PlanBegun),
            (Replan::Remove(40), Refused::PlanBegun),
            (Replan::Questions(Demand::Answered), Refused::PlanSame),
            (Replan::Add(step(row)), Refused::PlanSame),
        ] {
            let plan = if refusal == Refused::PlanSame { &new } else { old };
            assert_eq!(replanned(plan, &change, first), Err(refusal), "{change:?}");
        }
        let late = Step { delay: "400".to_owned(), ..step(row) };
        let refused = replanned(old, &Replan::Add(late), first);
        assert_eq!(refused, Err(Refused::PlanDelay { longest: 366 }));
        let elsewhere = Step { to: "ML03".to_owned(), ..step(row) };
        assert_eq!(replanned(old, &Replan::Add(elsewhere), first), Err(Refused::PlanTo));
    }
}
