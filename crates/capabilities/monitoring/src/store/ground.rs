//! The units of a place on a day, with their names and with what lies above them.

use super::states::Stage;
use crate::aggregation::Tree;
use crate::circuit::{Act, Plan, Step, plan};
use crate::questionnaire::{Level, Questionnaire};
use db::Tx;
use identity::Object;
use kernel::{Date, Failure, Quarter};
use std::collections::BTreeMap;

/// A place of the circuit and all that lies under it, on a day.
#[derive(Clone, Debug)]
pub struct Ground {
    /// The units, those under a unit following it.
    pub tree: Tree,
    /// What lies above the place, the nearest first, its country last.
    pub above: Vec<(String, Level)>,
    /// Written for an example.
    pub invented: bool,
    place: String,
    names: BTreeMap<String, String>,
    plan: Plan,
    /// The quarter of the day.
    quarter: Quarter,
    /// Places that close and that lie elsewhere, but whose quarters this place validates.
    guests: Vec<String>,
    /// Those places and the units whose quarters they close.
    guest_units: Vec<String>,
}

impl Ground {
    /// A whole country of which everything is known already, with the circuit that ships:
    /// [`Ground::with_plan`] gives it its own.
    pub(crate) fn of_country(
        tree: Tree,
        place: String,
        names: BTreeMap<String, String>,
        invented: bool,
    ) -> Self {
        let (plan, quarter) = (Plan::shipped().clone(), Quarter::of(Date::from_millis(0)));
        Self {
            tree,
            above: Vec::new(),
            invented,
            place,
            names,
            plan,
            quarter,
            guests: Vec::new(),
            guest_units: Vec::new(),
        }
    }

    /// The same with the plan of its circuit, on a day of this quarter.
    #[must_use]
    pub(crate) fn with_plan(self, plan: Plan, quarter: Quarter) -> Self {
        Self { plan, quarter, ..self }
    }

    /// The place itself.
    pub fn place(&self) -> &str {
        &self.place
    }

    /// Its level.
    pub fn level(&self) -> Level {
        self.tree.units().first().map_or(Level::Commune, |it| it.level)
    }

    /// The name of a unit, or of a place above; its code if the name is not known.
    pub fn name<'a>(&'a self, code: &'a str) -> &'a str {
        self.names.get(code).map_or(code, String::as_str)
    }

    /// The codes from a unit up to its country.
    pub fn path(&self, code: &str) -> Vec<String> {
        let Some(place) = self.tree.place(code) else { return vec![code.to_owned()] };
        std::iter::once(place)
            .chain(self.tree.above(place))
            .map(|it| self.tree.units()[it].code.clone())
            .chain(self.above.iter().map(|it| it.0.clone()))
            .collect()
    }

    /// The unit as rights see it: with the places above it, and with those that take a step for it
    /// though they do not hold it.
    pub fn object(&self, code: &str) -> Object {
        Object::at(self.answering(code))
    }

    /// The places that answer for a unit: those of its path, and those elsewhere that take a step
    /// for it.
    pub fn answering(&self, code: &str) -> Vec<String> {
        let mut path = self.path(code);
        let held = self.plan.sent_elsewhere().filter(|it| path.iter().any(|at| at == it.0));
        let others: Vec<String> = held.map(|it| it.1.to_owned()).collect();
        path.extend(others);
        path
    }

    /// Whether a unit lies here, or elsewhere but under the care of this place.
    pub fn cares_for(&self, code: &str) -> bool {
        self.tree.place(code).is_some() || self.guest_units.iter().any(|it| it == code)
    }

    /// The places elsewhere whose closed quarters this place validates.
    pub fn guests(&self) -> &[String] {
        &self.guests
    }

    /// The places that close here and whose quarters this place validates, then those elsewhere.
    pub fn awaited(&self, quarter: Quarter) -> Vec<&str> {
        let own = self.closers().into_iter();
        let own = own.filter(|it| {
            self.takes(it, Stage::Validated, quarter).is_none_or(|to| to == self.place)
        });
        own.chain(self.guests.iter().map(String::as_str)).collect()
    }

    /// The place of this level that holds a unit, itself included.
    pub fn holder(&self, code: &str, level: Level) -> Option<&str> {
        let place = self.tree.place(code)?;
        std::iter::once(place)
            .chain(self.tree.above(place))
            .map(|it| &self.tree.units()[it])
            .find(|it| it.level == level)
            .map(|it| it.code.as_str())
            .or_else(|| self.above.iter().find(|it| it.1 == level).map(|it| it.0.as_str()))
    }

    /// The plan of the circuit that holds here.
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// The row of the plan for a step of a unit.
    pub fn step(&self, code: &str, act: Act, quarter: Quarter) -> Option<&Step> {
        self.plan.step(act, &self.path(code), quarter)
    }

    /// The place that takes a step for a unit in a quarter; `None` if the step is not taken there.
    pub fn takes(&self, code: &str, stage: Stage, quarter: Quarter) -> Option<&str> {
        let step = self.step(code, Act::of(stage), quarter)?;
        if !step.to.is_empty() {
            return Some(&step.to);
        }
        let levels = step.levels.iter().filter_map(|it| Level::from_word(it));
        levels.into_iter().find_map(|it| self.holder(code, it))
    }

    /// The last day on which a step of a unit comes in time.
    pub fn due(
        &self,
        questionnaire: &Questionnaire,
        code: &str,
        act: Act,
        quarter: Quarter,
    ) -> Option<Date> {
        let days = self.step(code, act, quarter)?.days(questionnaire);
        Some(quarter.last_day().plus_days(days))
    }

    /// The place that closes quarters for a unit: its cercle, or the District for its communes,
    /// which have no cercle.
    pub fn closer(&self, code: &str) -> Option<&str> {
        self.takes(code, Stage::Closed, self.quarter)
    }

    /// The units whose quarters this place closes: itself if it has forms of its own, and its
    /// communes.
    pub fn closes(&self, place: &str) -> Vec<&str> {
        self.tree
            .units()
            .iter()
            .filter(|it| matches!(it.level, Level::Commune | Level::Cercle))
            .map(|it| it.code.as_str())
            .filter(|it| self.closer(it) == Some(place))
            .collect()
    }

    /// The places that close quarters here: cercles, and the District if it is among them.
    pub fn closers(&self) -> Vec<&str> {
        let mut found: Vec<&str> = Vec::new();
        for unit in self.tree.units() {
            let closer = match unit.level {
                Level::Commune | Level::Cercle => self.closer(&unit.code),
                Level::Region | Level::Nation => None,
            };
            if let Some(closer) = closer.filter(|it| !found.contains(it)) {
                found.push(closer);
            }
        }
        found
    }
}

/// The level of the circuit at which a unit of the territory stands, if it keeps a post.
pub(crate) fn level(level: territory::Level) -> Option<Level> {
    match level {
        territory::Level::Pays => Some(Level::Nation),
        territory::Level::Region | territory::Level::District => Some(Level::Region),
        territory::Level::Cercle | territory::Level::Departement => Some(Level::Cercle),
        territory::Level::Commune => Some(Level::Commune),
        // Neither keeps a post: what lies under them hangs on what lies above.
        territory::Level::Ville | territory::Level::Inconnu => None,
    }
}

/// The place and all that lies under it on a day; `None` if there is no such place, or if it is
/// not part of the circuit.
///
/// # Errors
///
/// If the store fails.
pub fn ground(tx: &mut Tx<'_>, place: &str, day: Date) -> Result<Option<Ground>, Failure> {
    let Some(mut found) = within_tree(tx, place, day)? else { return Ok(None) };
    let others: Vec<(String, String)> =
        found.plan.sent_elsewhere().map(|it| (it.0.to_owned(), it.1.to_owned())).collect();
    for (from, to) in others {
        if let Some(it) = territory::place_near(tx, &to, day)? {
            found.names.entry(it.code).or_insert(it.name);
        }
        if to != place {
            continue;
        }
        let Some(there) = within_tree(tx, &from, day)? else { continue };
        for closer in there.closers() {
            if there.takes(closer, Stage::Validated, found.quarter) == Some(place)
                && !found.guests.iter().any(|it| it == closer)
            {
                found.guests.push(closer.to_owned());
                found.guest_units.push(closer.to_owned());
                found.guest_units.extend(there.closes(closer).into_iter().map(str::to_owned));
            }
        }
        found.names.extend(there.names);
    }
    Ok(Some(found))
}

/// As [`ground`], without what lies elsewhere.
fn within_tree(tx: &mut Tx<'_>, place: &str, day: Date) -> Result<Option<Ground>, Failure> {
    let Some(root) = territory::place_near(tx, place, day)? else { return Ok(None) };
    let Some(top) = level(root.level) else { return Ok(None) };
    let mut names = BTreeMap::from([(root.code.clone(), root.name)]);
    let mut above = Vec::new();
    for it in territory::chain(tx, place, day)?.into_iter().rev() {
        if let Some(level) = level(it.level) {
            names.insert(it.code.clone(), it.name);
            above.push((it.code, level));
        }
    }
    let mut units = vec![(root.code.clone(), top, None)];
    let mut waiting = vec![(root.code.clone(), root.code.clone())];
    while let Some((at, parent)) = waiting.pop() {
        for it in territory::children(tx, &at, day)? {
            let under = match level(it.level) {
                None => parent.clone(),
                Some(level) => {
                    units.push((it.code.clone(), level, Some(parent.clone())));
                    names.insert(it.code.clone(), it.name);
                    it.code.clone()
                }
            };
            if it.level != territory::Level::Commune {
                waiting.push((it.code, under));
            }
        }
    }
    let given = units.iter().map(|(code, level, above)| (code.as_str(), *level, above.as_deref()));
    let tree = Tree::new(given).map_err(Failure::broken)?;
    let nation = match top {
        Level::Nation => Some(root.code.as_str()),
        _ => above.iter().find(|it| it.1 == Level::Nation).map(|it| it.0.as_str()),
    };
    let plan = match nation {
        Some(nation) => plan(tx, nation)?,
        None => Plan::shipped().clone(),
    };
    Ok(Some(Ground {
        tree,
        above,
        invented: root.invented,
        place: root.code,
        names,
        plan,
        quarter: Quarter::of(day),
        guests: Vec::new(),
        guest_units: Vec::new(),
    }))
}

/// The tree of a place on a day, for computations.
///
/// # Errors
///
/// [`Failure::NotFound`] if there is no such place, or if the store fails.
pub fn tree(tx: &mut Tx<'_>, place: &str, day: Date) -> Result<Tree, Failure> {
    ground(tx, place, day)?.map(|it| it.tree).ok_or(Failure::NotFound)
}
