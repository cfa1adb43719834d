//! The pages of the territory: places, for everybody; outlines, for those who may change them.

mod competences;
mod country;
mod groups;
mod localities;
mod map;
mod outlines;
mod people;
mod populations;
mod reform;
mod unit;

use kernel::format::read_date;
use kernel::{Date, Language};
use web::{Access, Routes};

use crate::{Place, Population, Total};

/// The routes of the slice.
pub fn routes() -> Routes {
    Routes::new()
        .get("/territoire", Access::Public, country::show)
        .get("/territoire/competences", Access::Public, competences::show)
        .get("/territoire/{code}", Access::Public, unit::show)
        .and(outlines::routes())
        .and(reform::routes())
        .get("/territoire/{code}/localites", Access::Public, localities::show)
        .and(people::routes())
        .and(populations::routes())
        .and(groups::routes())
}

/// The name of a place in a list. A node of unknown attachment says so, since it bears the name of
/// its former unit.
pub fn named(chrome: &web::Chrome, place: &Place) -> String {
    if place.is_of_unknown_place() {
        chrome.t1("territory-unknown-node", "name", &place.name)
    } else {
        place.name.clone()
    }
}

/// The name of a village as a page shows it: the census list holds a few whose letters were lost
/// before it reached us. What can be read is shown, with the reason for the rest.
fn legible(chrome: &web::Chrome, name: &str) -> String {
    match name.split_once("ï¿") {
        Some((head, _)) => chrome.t1("territory-illegible", "head", head),
        None => name.to_owned(),
    }
}

/// The day that an address asks for: as typed, and as read.
struct AskedDay {
    typed: String,
    /// `None` when no day was typed, or when it is no day.
    day: Option<Date>,
    wrong: bool,
}

impl AskedDay {
    fn read(pairs: &[(String, String)]) -> Self {
        let typed = last(pairs, "le");
        let day = read_date(&typed);
        Self { wrong: day.is_none() && !typed.is_empty(), day, typed }
    }
}

/// The last value of a name in an address, without the spaces around it.
fn last(pairs: &[(String, String)], name: &str) -> String {
    let found = pairs.iter().rev().find(|it| it.0 == name);
    found.map(|it| it.1.trim().to_owned()).unwrap_or_default()
}

/// A population as a table shows it.
struct PopulationRow {
    year: i64,
    source: String,
    published: String,
    summed: String,
    communes: String,
    /// The sum is that of all communes, and is not what was published.
    differs: bool,
}

/// Published populations and sums of communes, one line for each year and source. Nothing is put
/// where nothing is known.
fn population_rows(
    language: Language,
    published: &[Population],
    totals: &[Total],
) -> Vec<PopulationRow> {
    let mut keys: Vec<(i64, &str)> = published
        .iter()
        .map(|it| (it.year, it.source.as_str()))
        .chain(totals.iter().map(|it| (it.year, it.source.as_str())))
        .collect();
    keys.sort_unstable();
    keys.dedup();
    keys.into_iter()
        .map(|(year, source)| {
            let own = published.iter().find(|it| it.year == year && it.source == source);
            let sum = totals.iter().find(|it| it.year == year && it.source == source);
            let number = |it: i64| language.integer(it);
            PopulationRow {
                year,
                source: source.to_owned(),
                published: own.map(|it| number(it.persons)).unwrap_or_default(),
                summed: sum.map(|it| number(it.persons)).unwrap_or_default(),
                communes: sum
                    .map(|it| format!("{}/{}", number(it.counted), number(it.communes)))
                    .unwrap_or_default(),
                differs: match (own, sum) {
                    (Some(own), Some(sum)) => {
                        sum.counted == sum.communes && own.persons != sum.persons
                    }
                    _ => false,
                },
            }
        })
        .collect()
}

/// The latest population of each unit, as « 1 993 615 (2009) »: the year is never left out.
fn latest(language: Language, all: &[Population], code: &str) -> String {
    all.iter()
        .filter(|it| it.code == code)
        .max_by_key(|it| (it.year, it.source.as_str()))
        .map(|it| format!("{} ({})", language.integer(it.persons), it.year))
        .unwrap_or_default()
}

/// The sums of the communes under nodes of unknown attachment, which nobody publishes.
fn sums_of_unknown(
    tx: &mut db::Tx<'_>,
    places: &[Place],
    day: Date,
) -> Result<Vec<Population>, db::DbError> {
    let mut out = Vec::new();
    for it in places.iter().filter(|it| it.is_of_unknown_place()) {
        out.extend(crate::totals(tx, &it.code, day)?.into_iter().map(|total| Population {
            code: it.code.clone(),
            year: total.year,
            source: total.source,
            persons: total.persons,
            households: None,
            corrected: None,
        }));
    }
    Ok(out)
}

/// A shorthand of the day switch: a day that says something, with its words.
struct DayLink {
    href: String,
    label: String,
    current: bool,
}

/// The days that readers ask for most: before the reform, and now.
fn day_links(path: &str, chrome: &web::Chrome, shown: Date, today: Date) -> Vec<DayLink> {
    let before = Date::new(2006, 1, 1);
    let named = [(before, "territory-day-2006"), (Some(today), "territory-day-today")];
    named
        .into_iter()
        .filter_map(|(day, key)| {
            let day = day?;
            Some(DayLink {
                href: format!("{path}?le={day}"),
                label: chrome.t(key),
                current: day == shown,
            })
        })
        .collect()
}
