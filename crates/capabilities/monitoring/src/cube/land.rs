//! The places of all countries under every map, as sets of units.

use super::portions::{Portions, divide};
use crate::aggregation::Tree;
use crate::circuit::{Plan, plan};
use crate::questionnaire::{Level, french};
use crate::store::{Ground, level};
use ::cube::{Labelled, Span};
use db::Tx;
use kernel::{Date, Failure, Quarter};
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use territory::Atlas;

/// All maps. A unit has one number under all of them; under the newest one, those of a place
/// follow each other.
#[derive(Debug)]
pub(crate) struct Maps {
    atlases: Vec<Atlas>,
    // The first days of the maps but the oldest.
    days: Vec<Date>,
    lands: Vec<OnceLock<Land>>,
    codes: Vec<String>,
    // Looked up, never walked through.
    numbers: HashMap<String, u32>,
    restated: Mutex<Restatements>,
    // By map and day.
    kinds: Mutex<BTreeMap<(usize, Date), Option<Kinds>>>,
    // By country.
    plans: BTreeMap<String, Plan>,
}

/// The places of a map when the figures were counted under another one.
#[derive(Debug)]
pub(crate) struct Restated {
    /// The units of each place.
    pub(crate) spans: Vec<Span>,
    /// How many of them are of each level, under the map of the figures.
    pub(crate) counts: Vec<[u32; 4]>,
    /// What places take of units that were divided in known shares, beside their own.
    pub(crate) portions: Portions,
}

/// By the map under which figures were counted and by that under which they are shown.
type Restatements = BTreeMap<(usize, usize), Arc<Restated>>;

/// The kinds of communes met on a day, and the label of each unit, by its place among them.
pub(crate) type Kinds = Arc<(Vec<String>, Vec<u8>)>;

/// Days whose kinds are kept.
const KINDS_KEPT: usize = 400;

/// The places under one map. Those of all countries are in one tree, with several tops.
#[derive(Debug)]
pub(crate) struct Land {
    /// Which map it is.
    pub(crate) map: usize,
    pub(crate) tree: Tree,
    /// The number of each place.
    pub(crate) units: Vec<u32>,
    /// The units of each place.
    pub(crate) spans: Vec<Span>,
    // The tree as a circuit sees it.
    ground: Ground,
    // The place of each unit.
    places: Vec<Option<u32>>,
    counts: Vec<[u32; 4]>,
    names: Vec<String>,
}

impl Maps {
    /// Reads the maps of all countries.
    pub(crate) fn read(tx: &mut Tx<'_>) -> Result<Self, Failure> {
        let mut atlases = Vec::new();
        let mut plans = BTreeMap::new();
        for country in territory::countries(tx)? {
            atlases.push(Atlas::read(tx, &country)?);
            plans.insert(country.clone(), plan(tx, &country)?);
        }
        let starts = atlases.iter().flat_map(Atlas::maps).filter_map(|it| it.from);
        let mut days: Vec<Date> = starts.collect();
        days.sort_unstable();
        days.dedup();
        let lands = (0..=days.len()).map(|_| OnceLock::new()).collect();
        let mut maps = Self {
            atlases,
            days,
            lands,
            codes: Vec::new(),
            numbers: HashMap::new(),
            restated: Mutex::default(),
            kinds: Mutex::default(),
            plans,
        };
        // The newest map first: its places are runs. Then what only older maps have.
        for map in (0..maps.lands.len()).rev() {
            for code in maps.tree(map)?.0.units().iter().map(|it| it.code.clone()) {
                let number = u32::try_from(maps.codes.len()).unwrap_or(u32::MAX);
                if let std::collections::hash_map::Entry::Vacant(free) =
                    maps.numbers.entry(code.clone())
                {
                    free.insert(number);
                    maps.codes.push(code);
                }
            }
        }
        Ok(maps)
    }

    /// The codes of all units, by number.
    pub(crate) fn codes(&self) -> &[String] {
        &self.codes
    }

    /// The places of a day as the circuit of a country sees them.
    pub(crate) fn ground(&self, land: &Land, country: &str, quarter: Quarter) -> Ground {
        let plan = self.plans.get(country).cloned();
        let plan = plan.unwrap_or_else(|| Plan::shipped().clone());
        land.ground.clone().with_plan(plan, quarter)
    }

    /// What the territory says of the kind of a unit on a day: `urbaine`, `rurale`.
    pub(crate) fn kind(&self, code: &str, day: Date) -> Option<&str> {
        self.atlases.iter().find_map(|it| it.kind(code, day))
    }

    /// The number of a unit.
    pub(crate) fn number(&self, code: &str) -> Option<u32> {
        self.numbers.get(code).copied()
    }

    /// The places on a day.
    ///
    /// # Errors
    ///
    /// If the units of that day do not make a tree.
    pub(crate) fn on(&self, day: Date) -> Result<&Land, Failure> {
        self.land(self.days.partition_point(|it| *it <= day))
    }

    fn land(&self, map: usize) -> Result<&Land, Failure> {
        let kept = self.lands.get(map).ok_or_else(|| Failure::told("no such map"))?;
        if let Some(land) = kept.get() {
            return Ok(land);
        }
        let (tree, names) = self.tree(map)?;
        Ok(kept.get_or_init(|| self.planted(map, tree, names)))
    }

    /// A day of a map.
    fn day(&self, map: usize) -> Date {
        let first = map.checked_sub(1).and_then(|it| self.days.get(it)).copied();
        let before = || self.days.first().map(|it| it.plus_days(-1));
        first.or_else(before).unwrap_or_else(|| Date::from_millis(0))
    }

    fn tree(&self, map: usize) -> Result<(Tree, BTreeMap<String, String>), Failure> {
        let day = self.day(map);
        let mut names = BTreeMap::new();
        let mut units: Vec<(String, Level, Option<String>)> = Vec::new();
        for atlas in &self.atlases {
            let nodes = atlas.tree_on(day);
            // What keeps no post hangs what lies under it on what lies above.
            let mut posts: Vec<Option<usize>> = Vec::with_capacity(nodes.len());
            for (at, node) in nodes.iter().enumerate() {
                let above = node.parent.and_then(|it| posts[it]);
                let Some(level) = level(node.level) else {
                    posts.push(above);
                    continue;
                };
                posts.push(Some(at));
                names.insert(node.code.clone(), french(&node.name));
                units.push((node.code.clone(), level, above.map(|it| nodes[it].code.clone())));
            }
        }
        let given = units.iter().map(|it| (it.0.as_str(), it.1, it.2.as_deref()));
        Ok((Tree::new(given).map_err(Failure::broken)?, names))
    }

    fn planted(&self, map: usize, tree: Tree, names: BTreeMap<String, String>) -> Land {
        let all = tree.units();
        let units: Vec<u32> =
            all.iter().map(|it| self.number(&it.code).unwrap_or(u32::MAX)).collect();
        let mut places = vec![None; self.codes.len()];
        for (place, unit) in (0..).zip(&units) {
            places[*unit as usize] = Some(place);
        }
        let mut counts = vec![[0; 4]; all.len()];
        let mut spans = Vec::with_capacity(all.len());
        for (place, counts) in counts.iter_mut().enumerate() {
            let under = tree.under(place);
            spans.push(Span::of(under.clone().map(|it| units[it])));
            for it in under {
                counts[all[it].level as usize] += 1;
            }
        }
        let shown = all.iter().map(|it| names.get(&it.code).unwrap_or(&it.code).clone()).collect();
        let ground = Ground::of_country(tree.clone(), String::new(), names, false);
        Land { map, tree, units, spans, ground, places, counts, names: shown }
    }

    /// The units of each place of a map, when the figures were counted under another one. The
    /// units of a country are the same in both: its totals are equal.
    pub(crate) fn restated(&self, counted: &Land, shown: &Land) -> Arc<Restated> {
        let key = (counted.map, shown.map);
        let mut kept = self.restated.lock().unwrap_or_else(PoisonError::into_inner);
        let made = kept.entry(key).or_insert_with(|| {
            let (spans, portions) = self.restate(counted, shown);
            let counts = spans.iter().map(|it| counted.counts_in(it)).collect();
            Arc::new(Restated { spans, counts, portions })
        });
        Arc::clone(made)
    }

    /// The kinds of the communes of a map on a day; `None` if there are more than labels.
    pub(crate) fn kinds(&self, land: &Land, day: Date) -> Option<Kinds> {
        let key = (land.map, day);
        let kept = || self.kinds.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(found) = kept().get(&key) {
            return found.clone();
        }
        let communes = (0..land.units.len()).filter(|it| land.level(*it) == Level::Commune);
        let kind = |place: usize| self.kind(&land.tree.units()[place].code, day);
        let named = communes.map(|it| (land.units[it], kind(it).unwrap_or_default()));
        let made = labelled(self.codes.len(), named).map(Arc::new);
        let mut kept = kept();
        if KINDS_KEPT <= kept.len() {
            kept.clear();
        }
        kept.insert(key, made.clone());
        made
    }

    fn restate(&self, counted: &Land, shown: &Land) -> (Vec<Span>, Portions) {
        let mut portions = Portions::new();
        if counted.map == shown.map {
            return (shown.spans.clone(), portions);
        }
        let (from, to) = (self.day(counted.map), self.day(shown.map));
        let mut held: Vec<Vec<u32>> = vec![Vec::new(); shown.units.len()];
        for atlas in &self.atlases {
            let passage = atlas.passage(from, to);
            let Some(top) = counted.tree.place(&atlas.country) else { continue };
            let country = Arc::new(counted.spans[top].clone());
            for place in counted.tree.under(top) {
                let code = counted.tree.units()[place].code.as_str();
                let parts = passage.parts(code);
                let places: Option<Vec<usize>> = match parts {
                    None => shown.place(code).map(|it| vec![it]),
                    Some(parts) => {
                        parts.iter().map(|it| shown.nearest(atlas, &it.code, to)).collect()
                    }
                };
                let at = places.as_deref().and_then(|it| shown.holding(it));
                // A country that is not on the other map shows nothing there.
                let Some(at) = at.or_else(|| shown.place(&atlas.country)) else { continue };
                for it in std::iter::once(at).chain(shown.tree.above(at)) {
                    held[it].push(counted.units[place]);
                }
                if let (Some(parts), Some(places)) = (parts, &places) {
                    let unit = (counted.units[place], counted.level(place), &country);
                    divide(&mut portions, &shown.tree, unit, parts, (places.as_slice(), at));
                }
            }
        }
        (held.into_iter().map(Span::of).collect(), portions)
    }
}

/// The names met, in order, and by unit the place of its name among them; `None` if there are more
/// than labels.
pub(crate) fn labelled<'a>(
    units: usize,
    named: impl Iterator<Item = (u32, &'a str)>,
) -> Option<(Vec<String>, Vec<u8>)> {
    let mut names: Vec<String> = Vec::new();
    let mut labels = vec![Labelled::NONE; units];
    for (unit, name) in named {
        let at = names.iter().position(|it| it == name).unwrap_or_else(|| {
            names.push(name.to_owned());
            names.len() - 1
        });
        let label = u8::try_from(at).ok().filter(|it| *it != Labelled::NONE);
        labels[unit as usize] = label?;
    }
    Some((names, labels))
}

impl Land {
    /// The place of this code.
    pub(crate) fn place(&self, code: &str) -> Option<usize> {
        self.tree.place(code)
    }

    /// The place of a unit.
    pub(crate) fn place_of(&self, unit: u32) -> Option<usize> {
        self.places.get(unit as usize).copied().flatten().map(|it| it as usize)
    }

    /// The level of a place.
    pub(crate) fn level(&self, place: usize) -> Level {
        self.tree.units()[place].level
    }

    /// The name of a place.
    pub(crate) fn name(&self, place: usize) -> &str {
        &self.names[place]
    }

    /// How many units of a level a place holds.
    pub(crate) fn count(&self, place: usize, level: Level) -> u32 {
        self.counts[place][level as usize]
    }

    /// How many units of each level a set holds.
    fn counts_in(&self, span: &Span) -> [u32; 4] {
        let mut out = [0; 4];
        for place in span.units().filter_map(|it| self.place_of(it)) {
            out[self.level(place) as usize] += 1;
        }
        out
    }

    /// The country of a place.
    pub(crate) fn top(&self, place: usize) -> usize {
        self.tree.above(place).last().unwrap_or(place)
    }

    /// The codes from a place up to its country.
    pub(crate) fn path(&self, place: usize) -> impl Iterator<Item = &str> {
        let all = self.tree.units();
        std::iter::once(place).chain(self.tree.above(place)).map(|it| all[it].code.as_str())
    }

    /// The place of a unit of the territory, or of the nearest above it that keeps a post.
    fn nearest(&self, atlas: &Atlas, code: &str, day: Date) -> Option<usize> {
        atlas.path(code, day).into_iter().find_map(|it| self.place(it))
    }

    /// The nearest place that holds all these.
    fn holding(&self, places: &[usize]) -> Option<usize> {
        let (first, others) = places.split_first()?;
        std::iter::once(*first)
            .chain(self.tree.above(*first))
            .find(|it| others.iter().all(|other| self.tree.under(*it).contains(other)))
    }
}
