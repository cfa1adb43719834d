//! The places that can be asked for.

use super::answer::Shown;
use super::figures::Figures;
use super::land::Land;
use crate::questionnaire::Level;
use kernel::search::fold;
use kernel::{Date, Failure};

impl Figures {
    pub(crate) fn shown_at(land: &Land, place: usize) -> Shown {
        Shown {
            code: land.tree.units()[place].code.clone(),
            name: land.name(place).to_owned(),
            level: land.level(place),
        }
    }

    /// A place on a day; `None` if the circuit has none of this code then.
    ///
    /// # Errors
    ///
    /// If the units of that day do not make a tree.
    pub fn place(&self, code: &str, day: Date) -> Result<Option<Shown>, Failure> {
        let land = self.maps.on(day)?;
        Ok(land.place(code).map(|it| Self::shown_at(land, it)))
    }

    /// The places of a level under another (itself included, if it is of that level) on a day, by
    /// name: never in the order of a value. Nothing if there is no such place.
    ///
    /// # Errors
    ///
    /// If the units of that day do not make a tree.
    pub fn below(&self, code: &str, level: Level, day: Date) -> Result<Vec<Shown>, Failure> {
        let land = self.maps.on(day)?;
        let Some(place) = land.place(code) else { return Ok(Vec::new()) };
        Ok(by_name(land.tree.at_level(place, level).map(|it| Self::shown_at(land, it)).collect()))
    }

    /// The codes of the places of a level under another on a day, in the order of the map; `None`
    /// if there is no such place then.
    pub(crate) fn codes_below(&self, code: &str, level: Level, day: Date) -> Option<Vec<String>> {
        let land = self.maps.on(day).ok()?;
        let place = land.place(code)?;
        let units = land.tree.units();
        Some(land.tree.at_level(place, level).map(|it| units[it].code.clone()).collect())
    }

    /// How many they are.
    pub(crate) fn count_below(&self, code: &str, level: Level, day: Date) -> usize {
        let land = self.maps.on(day).ok();
        let found = land.and_then(|it| Some(it.tree.at_level(it.place(code)?, level).count()));
        found.unwrap_or_default()
    }

    /// The places directly under another on a day, by name.
    ///
    /// # Errors
    ///
    /// If the units of that day do not make a tree.
    pub fn children(&self, code: &str, day: Date) -> Result<Vec<Shown>, Failure> {
        let land = self.maps.on(day)?;
        let Some(place) = land.place(code) else { return Ok(Vec::new()) };
        let under = land.tree.under(place);
        let of = |it: &usize| land.tree.units()[*it].parent == Some(place);
        Ok(by_name(under.filter(of).map(|it| Self::shown_at(land, it)).collect()))
    }

    /// The codes from a place up to its country on a day; nothing if there is no such place.
    ///
    /// # Errors
    ///
    /// If the units of that day do not make a tree.
    pub fn path(&self, code: &str, day: Date) -> Result<Vec<String>, Failure> {
        let land = self.maps.on(day)?;
        let path = land.place(code).map(|it| land.path(it).map(str::to_owned).collect());
        Ok(path.unwrap_or_default())
    }
}

fn by_name(mut places: Vec<Shown>) -> Vec<Shown> {
    places.sort_by_cached_key(|it| (fold(&it.name), it.code.clone()));
    places
}
