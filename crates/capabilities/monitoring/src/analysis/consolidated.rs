//! The results of a whole country, computed once for each state of the journal and kept.

use std::collections::{BTreeSet, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};

use db::{DbError, Tx};
use identity::{Action, Actor, Object, allow};
use journal::{Journal, Position};
use kernel::{Date, Failure, Period, Quarter};

use crate::aggregation::Data;
use crate::questionnaire::{self, french};
use crate::store::{self, Stage, View};

use super::{Computed, Land, Rule, Say, Withheld, from_cube, restated};

/// The formulas add at most four quarters, the last one included.
pub(crate) const QUARTERS_READ: i32 = 4;
/// The units whose results are kept, over all countries and quarters: those of Mali for a dozen
/// quarters, some forty megabytes.
const UNITS_KEPT: usize = 9_000;

/// Which values the results are made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Version {
    /// As they stand at this post, with what is being typed.
    Working,
    /// As the nation published them.
    Published,
}

impl Version {
    fn view(self) -> View {
        match self {
            Self::Working => View::Working,
            Self::Published => View::Published,
        }
    }
}

/// The results of a country, and what may not be published of them.
#[derive(Clone, Debug)]
pub struct Consolidated {
    /// The results.
    pub computed: Arc<Computed>,
    /// What may not be published.
    pub withheld: Arc<Withheld>,
    /// How the figures came under another map than that of the quarter; `None` under its own.
    pub rule: Option<Rule>,
}

/// Computes the results of a place and of all that lies under it, as they stand at this post. For
/// the commands of the operator and for measures: nothing is kept.
///
/// # Errors
///
/// [`Failure::NotFound`] if there is no such place in the circuit, or if the store fails.
pub fn consolidate(tx: &mut Tx<'_>, place: &str, quarter: Quarter) -> Result<Computed, Failure> {
    compute(tx, place, quarter, View::Working)?.ok_or(Failure::NotFound)
}

/// The results of a place as they are computed from its values, one by one: what those that pages
/// read from the figures held in memory must equal. `None` if there is no such place in the
/// circuit.
///
/// # Errors
///
/// If the store fails.
pub fn reference(
    tx: &mut Tx<'_>,
    place: &str,
    quarter: Quarter,
    version: Version,
) -> Result<Option<Computed>, Failure> {
    compute(tx, place, quarter, version.view())
}

fn compute(
    tx: &mut Tx<'_>,
    place: &str,
    quarter: Quarter,
    view: View,
) -> Result<Option<Computed>, Failure> {
    let questionnaire = questionnaire::in_force(tx, quarter)?;
    let Some(ground) = store::ground(tx, place, quarter.last_day())? else { return Ok(None) };
    let land = Arc::new(land(&ground, territory::outlines(tx)?));
    // Who may see what is decided by those who show the results.
    let actor = Actor::program();
    let from = quarter.plus(1 - QUARTERS_READ);
    let values = store::values_between(tx, &actor, &ground, view, (from, quarter))?;
    let returns = store::returns(tx, &actor, &ground, view, quarter)?;
    let data = Data {
        questionnaire: &questionnaire,
        tree: &land.tree,
        values: &values,
        returns: &returns,
    };
    Ok(Some(Computed::new(&data, &questionnaire, Arc::clone(&land), quarter)))
}

/// The units with their names and with the outlines that draw them.
pub(crate) fn land(ground: &store::Ground, outlines: Arc<graphics::Outlines>) -> Land {
    let mut land = Land { tree: ground.tree.clone(), invented: ground.invented, ..Land::default() };
    for (code, _) in &ground.above {
        land.names.insert(code.clone(), french(ground.name(code)));
        land.above.push(code.clone());
        if outlines.has(code) {
            land.outlines.insert(code.clone(), code.clone());
        }
    }
    for unit in ground.tree.units() {
        // Sources type straight apostrophes.
        land.names.insert(unit.code.clone(), french(ground.name(&unit.code)));
        if outlines.has(&unit.code) {
            land.outlines.insert(unit.code.clone(), unit.code.clone());
        }
    }
    land.shapes = outlines;
    land
}

/// What makes figures public here: a publication, and what came down of one.
const PUBLISHING: [&str; 2] = [store::QUARTER_PUBLISHED, crate::national::RESULTS_PUBLISHED];

type Key = (Vec<Option<Position>>, String, Quarter, Version, Option<Date>);

static KEPT: Mutex<VecDeque<(Key, Arc<Consolidated>)>> = Mutex::new(VecDeque::new());

/// The results of a country for a quarter, or of a part of it as it stands, from those kept or
/// computed now. `None` if there is no such place in the circuit that day.
///
/// # Errors
///
/// If the store fails.
pub fn consolidated(
    tx: &mut Tx<'_>,
    root: &str,
    quarter: Quarter,
    version: Version,
) -> Result<Option<Arc<Consolidated>>, Failure> {
    consolidated_under(tx, root, quarter, version, None)
}

/// As [`consolidated`], under the map of another day, of the whole country `root`.
///
/// # Errors
///
/// If the store fails.
pub fn consolidated_under(
    tx: &mut Tx<'_>,
    root: &str,
    quarter: Quarter,
    version: Version,
    map: Option<Date>,
) -> Result<Option<Arc<Consolidated>>, Failure> {
    // The hash of an entry is like no other of any base: it names the state of all the tables.
    let land = Journal::last_of(tx, &territory::MAP_KINDS)?;
    let facts = match version {
        Version::Working => Journal::last_of(tx, &facts())?,
        // What is public changes when a quarter is published; a new edition numbers anew.
        Version::Published => {
            let deciding = questionnaire::records::DECIDING;
            Journal::last_of(tx, &[&PUBLISHING[..], &deciding[..]].concat())?
        }
    };
    let key: Key = (vec![land, facts], root.to_owned(), quarter, version, map);
    {
        let mut kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(at) = kept.iter().position(|it| it.0 == key)
            && let Some(found) = kept.remove(at)
        {
            let results = Arc::clone(&found.1);
            kept.push_back(found);
            return Ok(Some(results));
        }
    }
    let (computed, rule) = match map {
        None => match from_cube::compute(tx, root, quarter, version)? {
            None => (compute(tx, root, quarter, version.view())?, None),
            found => (found, None),
        },
        Some(day) => match restated::compute(tx, root, quarter, version.view(), day)? {
            Some((computed, rule)) => (Some(computed), Some(rule)),
            None => (None, None),
        },
    };
    let Some(mut computed) = computed else { return Ok(None) };
    if version == Version::Published && map.is_none() {
        crate::national::lay_over(tx, &mut computed, root)?;
    }
    let mut withheld = Withheld::of(&computed);
    if map.is_some()
        && let Some(own) = consolidated(tx, root, quarter, version)?
    {
        // Two sums of almost the same communes would give away the one that differs.
        withheld.where_others_sum(&computed, &own.computed);
    }
    let withheld = Arc::new(withheld);
    let results = Arc::new(Consolidated { computed: Arc::new(computed), withheld, rule });
    let mut kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
    // The same question about an older state will not be asked again.
    kept.retain(|it| (&it.0.1, it.0.2, it.0.3, it.0.4) != (&key.1, key.2, key.3, key.4));
    kept.push_back((key, Arc::clone(&results)));
    let size = |it: &VecDeque<(Key, Arc<Consolidated>)>| -> usize {
        it.iter().map(|it| it.1.computed.land.tree.units().len()).sum()
    };
    while UNITS_KEPT < size(&kept) && 1 < kept.len() {
        kept.pop_front();
    }
    Ok(Some(results))
}

/// Whether the nation has published a quarter.
///
/// # Errors
///
/// If the store fails.
pub(crate) fn is_published(tx: &mut Tx<'_>, root: &str, quarter: Quarter) -> Result<bool, Failure> {
    Ok(store::state(tx, root, quarter)?.is_some_and(|it| it.stage == Stage::Published))
}

/// The country of a place; `None` if there is no such place.
///
/// # Errors
///
/// If the store fails.
pub(crate) fn root_of(tx: &mut Tx<'_>, place: &str) -> Result<Option<String>, Failure> {
    Ok(territory::unit(tx, place)?.map(|it| it.country))
}

/// The quarters of a place that the actor may see, oldest first: those published and, with the
/// right of the place, those for which anything is known.
///
/// # Errors
///
/// If the store fails.
pub(crate) fn quarters(
    tx: &mut Tx<'_>,
    actor: &Actor,
    root: &str,
    place: &str,
    today: Date,
) -> Result<Vec<Quarter>, Failure> {
    let mut found = BTreeSet::new();
    for row in tx.query(include_str!("sql/published_quarters.sql"), &[root.into()])? {
        found.insert(row.parse::<Quarter>("quarter")?);
    }
    if entitled(tx, actor, place, today)? {
        let under = territory::subtree(tx, place, today)?;
        let under: BTreeSet<String> = under.into_iter().map(|it| it.0).collect();
        for row in tx.query(include_str!("sql/filed_quarters.sql"), &[])? {
            if under.contains(row.text("unit")?) {
                found.insert(row.parse::<Quarter>("quarter")?);
            }
        }
        for row in tx.query(include_str!("sql/typed_periods.sql"), &[])? {
            if under.contains(row.text("unit")?)
                && let Period::Quarter(quarter) = row.parse::<Period>("period")?
            {
                found.insert(quarter);
            }
        }
    }
    Ok(found.into_iter().collect())
}

/// As [`quarters`], of the place of a ground.
///
/// # Errors
///
/// If the store fails.
pub(crate) fn quarters_of(
    tx: &mut Tx<'_>,
    actor: &Actor,
    ground: &store::Ground,
    today: Date,
) -> Result<Vec<Quarter>, Failure> {
    let place = ground.place();
    let root = ground.above.last().map_or(place, |it| it.0.as_str());
    quarters(tx, actor, root, place, today)
}

/// Whether the actor may see the values of a place that are not published yet.
///
/// # Errors
///
/// If the store fails.
pub(crate) fn entitled(
    tx: &mut Tx<'_>,
    actor: &Actor,
    place: &str,
    day: Date,
) -> Result<bool, DbError> {
    if !actor.is_signed_in() && !actor.is_program() {
        return Ok(false);
    }
    let above = territory::chain(tx, place, day)?;
    let path = std::iter::once(place.to_owned()).chain(above.into_iter().rev().map(|it| it.code));
    Ok(allow(actor, Action::ReadUnpublished, &Object::at(path)))
}

/// The place that a page opens on when its address names none: that of the office, that of the
/// post, or the first country that has published anything.
///
/// # Errors
///
/// If the store fails.
pub(crate) fn home(tx: &mut Tx<'_>, actor: &Actor, today: Date) -> Result<Option<String>, Failure> {
    let own = match actor.main_office() {
        Some(office) => Some(office.place.clone()),
        None => Journal::setting(tx, "post.place")?,
    };
    let mut known: Vec<String> = own.into_iter().collect();
    let roots = territory::roots(tx, today)?;
    known.extend(roots.iter().map(|it| it.code.clone()));
    for code in &known {
        let Some(root) = root_of(tx, code)? else { continue };
        if !quarters(tx, actor, &root, code, today)?.is_empty() {
            return Ok(Some(code.clone()));
        }
    }
    Ok(known.into_iter().next())
}

/// The latest fact that a page or a document is made of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Stamp(pub(crate) Option<Position>);

/// The kinds of the facts that figures and texts are made of. What becomes of a document, and a
/// question kept by a person, change none of them.
fn facts() -> Vec<&'static str> {
    let about = crate::reports::ABOUT_DOCUMENTS;
    let kept = [crate::explorer::QUERY_KEPT, crate::explorer::QUERY_RETIRED];
    store::fold()
        .kinds()
        .iter()
        .copied()
        .filter(|it| !about.contains(it) && !kept.contains(it))
        .collect()
}

/// The latest fact of the monitoring that this post knows.
///
/// # Errors
///
/// If the store fails.
pub(crate) fn stamp(tx: &mut Tx<'_>) -> Result<Stamp, Failure> {
    Ok(Stamp(Journal::last_of(tx, &facts())?))
}

impl Stamp {
    /// The civil date on which this post learned it.
    pub(crate) fn day(&self) -> Option<Date> {
        self.0.map(|it| Date::from_millis(it.known_millis))
    }

    /// Its place in the journal, in words.
    pub(crate) fn told(&self, say: &Say<'_>) -> String {
        match self.0 {
            None => say.t("analysis-source-empty"),
            Some(it) => {
                let mark = it.hash[..4].iter().map(|it| format!("{it:02x}")).collect::<String>();
                let arguments = [
                    ("day", say.language.long_date(Date::from_millis(it.known_millis))),
                    ("position", say.language.integer(it.arrival)),
                    ("mark", mark),
                ];
                say.with("analysis-source-journal", &arguments)
            }
        }
    }
}
