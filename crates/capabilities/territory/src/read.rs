//! What other rooms of the house may ask of the territory.

use std::collections::{BTreeMap, BTreeSet};

use db::{DbError, Row, Tx, Value};
use kernel::{Date, Id};

use crate::fold::day;
use crate::tokens::{Asked, asked};
use crate::{Foreign, Level, Locality, Population, Source, Unit, Version};

/// A unit as a list or a chain shows it on one day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Its code.
    pub code: String,
    /// Its name that day.
    pub name: String,
    /// Its level.
    pub level: Level,
    /// `urbaine`, `rurale`, where the source says so.
    pub kind: Option<String>,
    /// No source gives the unit above.
    pub unknown_parent: bool,
    /// Written for an example.
    pub invented: bool,
}

impl Place {
    /// Whether it is a unit above communes whose own place no source gives: it holds together what
    /// a reform has not placed yet.
    pub fn is_of_unknown_place(&self) -> bool {
        self.level == Level::Inconnu || (self.unknown_parent && self.level != Level::Commune)
    }

    /// The level that lists show: of unknown place, before anything else.
    pub fn shown_level(&self) -> Level {
        if self.is_of_unknown_place() { Level::Inconnu } else { self.level }
    }
}

/// The sum of the communes under a unit, for one year and source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Total {
    /// The year counted.
    pub year: i64,
    /// Who counted, and what.
    pub source: String,
    /// Persons.
    pub persons: i64,
    /// Communes whose population is known.
    pub counted: i64,
    /// Communes under the unit that day.
    pub communes: i64,
}

/// What a search finds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Hit {
    /// A unit of the tree.
    Unit(Place),
    /// A village, and the commune that holds it.
    Locality(Locality, Place),
    /// A local government of another country.
    Foreign(Foreign),
}

fn place(row: &Row) -> Result<Place, DbError> {
    Ok(Place {
        code: row.text("code")?.to_owned(),
        name: row.text("name")?.to_owned(),
        level: row.parse("level")?,
        kind: row.opt_text("kind")?.map(str::to_owned),
        unknown_parent: row.int("unknown_parent")? == 1,
        invented: row.int("invented")? == 1,
    })
}

pub(crate) fn version(row: &Row) -> Result<Version, DbError> {
    Ok(Version {
        code: row.text("code")?.to_owned(),
        name: row.text("name")?.to_owned(),
        parent: row.opt_text("parent")?.map(str::to_owned),
        valid_from: day(row.text("valid_from")?)?,
        valid_to: day(row.text("valid_to")?)?,
        unknown_parent: row.int("unknown_parent")? == 1,
        kind: row.opt_text("kind")?.map(str::to_owned),
    })
}

/// A unit without its other spellings.
pub(crate) fn bare_unit(row: &Row) -> Result<Unit, DbError> {
    let owned = |column: &str| row.opt_text(column).map(|it| it.map(str::to_owned));
    Ok(Unit {
        code: row.text("code")?.to_owned(),
        country: row.text("country")?.to_owned(),
        level: row.parse("level")?,
        kind: owned("kind")?,
        official: owned("official")?,
        aliases: Vec::new(),
        former: owned("former")?,
        latitude: owned("latitude")?,
        longitude: owned("longitude")?,
        point_kind: owned("point_kind")?,
        source: row.text("source")?.to_owned(),
        invented: row.int("invented")? == 1,
    })
}

fn population(row: &Row) -> Result<Population, DbError> {
    Ok(Population {
        code: row.text("code")?.to_owned(),
        year: row.int("year")?,
        source: row.text("source")?.to_owned(),
        persons: row.int("persons")?,
        households: row.opt_int("households")?,
        corrected: day(row.text("corrected")?)?,
    })
}

fn locality_of(row: &Row) -> Result<Locality, DbError> {
    Ok(Locality {
        code: row.text("code")?.to_owned(),
        commune: row.text("commune")?.to_owned(),
        name: row.text("name")?.to_owned(),
        setting: row.text("setting")?.to_owned(),
        persons: row.int("persons")?,
        women: row.int("women")?,
        men: row.int("men")?,
        households: row.int("households")?,
    })
}

/// Where the loaded lines come from.
///
/// # Errors
///
/// If the store fails, as for every function here.
pub fn sources(tx: &mut Tx<'_>) -> Result<Vec<Source>, DbError> {
    tx.query(include_str!("../sql/sources.sql"), &[])?
        .iter()
        .map(|row| {
            Ok(Source {
                name: row.text("name")?.to_owned(),
                title: row.text("title")?.to_owned(),
                licence: row.text("licence")?.to_owned(),
                hash: row.text("hash")?.to_owned(),
                lines: row.int("lines")?,
                note: row.opt_text("note")?.map(str::to_owned),
                invented: row.int("invented")? == 1,
            })
        })
        .collect()
}

/// The unit of this code, with its other spellings.
///
/// # Errors
///
/// If the store fails.
pub fn unit(tx: &mut Tx<'_>, code: &str) -> Result<Option<Unit>, DbError> {
    let rows = tx.query(include_str!("../sql/unit.sql"), &[code.into()])?;
    let Some(row) = rows.first() else { return Ok(None) };
    let aliases = tx
        .query(include_str!("../sql/aliases.sql"), &[code.into()])?
        .iter()
        .map(|it| Ok(it.text("alias")?.to_owned()))
        .collect::<Result<_, DbError>>()?;
    Ok(Some(Unit { aliases, ..bare_unit(row)? }))
}

/// The code in addresses of the unit of 2023 that bears this official code.
///
/// # Errors
///
/// If the store fails.
pub fn code_of_official(tx: &mut Tx<'_>, official: &str) -> Result<Option<String>, DbError> {
    let rows = tx.query(include_str!("../sql/unit_of_official.sql"), &[official.into()])?;
    rows.first().map(|it| it.text("code").map(str::to_owned)).transpose()
}

/// All the versions of a unit, oldest first.
///
/// # Errors
///
/// If the store fails.
pub fn versions(tx: &mut Tx<'_>, code: &str) -> Result<Vec<Version>, DbError> {
    tx.query(include_str!("../sql/versions.sql"), &[code.into()])?.iter().map(version).collect()
}

/// The unit as it is on a day.
///
/// # Errors
///
/// If the store fails.
pub fn version_on(tx: &mut Tx<'_>, code: &str, on: Date) -> Result<Option<Version>, DbError> {
    let rows =
        tx.query(include_str!("../sql/version_on.sql"), &[code.into(), on.to_string().into()])?;
    rows.first().map(version).transpose()
}

/// The unit as it is on a day or, if it does not exist that day, as it last was.
///
/// # Errors
///
/// If the store fails.
pub fn version_near(tx: &mut Tx<'_>, code: &str, on: Date) -> Result<Option<Version>, DbError> {
    let rows =
        tx.query(include_str!("../sql/last_version.sql"), &[code.into(), on.to_string().into()])?;
    rows.first().map(version).transpose()
}

fn places(tx: &mut Tx<'_>, sql: &str, values: &[Value]) -> Result<Vec<Place>, DbError> {
    tx.query(sql, values)?.iter().map(place).collect()
}

/// The countries known on a day; the invented one last.
///
/// # Errors
///
/// If the store fails.
pub fn roots(tx: &mut Tx<'_>, on: Date) -> Result<Vec<Place>, DbError> {
    places(tx, include_str!("../sql/roots.sql"), &[on.to_string().into()])
}

/// The codes of all the countries ever known, whatever the day.
///
/// # Errors
///
/// If the store fails.
pub fn countries(tx: &mut Tx<'_>) -> Result<Vec<String>, DbError> {
    let rows = tx.query(include_str!("../sql/countries.sql"), &[])?;
    rows.iter().map(|it| it.text("code").map(str::to_owned)).collect()
}

/// The units directly under another on a day, by name; unknown attachments last.
///
/// # Errors
///
/// If the store fails.
pub fn children(tx: &mut Tx<'_>, code: &str, on: Date) -> Result<Vec<Place>, DbError> {
    let values = [code.into(), on.to_string().into()];
    let mut out = places(tx, include_str!("../sql/children.sql"), &values)?;
    // Neither engine orders accents as people do.
    out.sort_by_key(|it| {
        (it.is_of_unknown_place(), kernel::search::fold(&it.name), it.code.clone())
    });
    Ok(out)
}

/// The units above another on a day, from the widest.
///
/// # Errors
///
/// If the store fails.
pub fn chain(tx: &mut Tx<'_>, code: &str, on: Date) -> Result<Vec<Place>, DbError> {
    places(tx, include_str!("../sql/chain.sql"), &[code.into(), on.to_string().into()])
}

/// The region (or the District) that holds a unit on a day, itself included.
///
/// # Errors
///
/// If the store fails.
pub fn region_of(tx: &mut Tx<'_>, code: &str, on: Date) -> Result<Option<String>, DbError> {
    let is_region = |it: Level| matches!(it, Level::Region | Level::District);
    if unit(tx, code)?.is_some_and(|it| is_region(it.level)) {
        return Ok(Some(code.to_owned()));
    }
    let above = chain(tx, code, on)?;
    Ok(above.into_iter().find(|it| is_region(it.level)).map(|it| it.code))
}

/// The unit and all that lies under it on a day, with their levels, by code.
///
/// # Errors
///
/// If the store fails.
pub fn subtree(tx: &mut Tx<'_>, code: &str, on: Date) -> Result<Vec<(String, Level)>, DbError> {
    tx.query(include_str!("../sql/subtree.sql"), &[code.into(), on.to_string().into()])?
        .iter()
        .map(|row| Ok((row.text("code")?.to_owned(), row.parse("level")?)))
        .collect()
}

/// How many units of a country have no known unit above on a day, by level.
///
/// # Errors
///
/// If the store fails.
pub fn carried(tx: &mut Tx<'_>, country: &str, on: Date) -> Result<BTreeMap<Level, i64>, DbError> {
    let values = [country.into(), on.to_string().into()];
    tx.query(include_str!("../sql/carried.sql"), &values)?
        .iter()
        .map(|it| Ok((it.parse("level")?, it.int("c")?)))
        .collect()
}

/// All the units of a country on a day, by code.
///
/// # Errors
///
/// If the store fails.
pub(crate) fn units_of_country(
    tx: &mut Tx<'_>,
    country: &str,
    on: Date,
) -> Result<Vec<Place>, DbError> {
    let values = [country.into(), on.to_string().into()];
    places(tx, include_str!("../sql/units_of_country.sql"), &values)
}

/// The populations published for a unit itself.
///
/// # Errors
///
/// If the store fails.
pub fn populations(tx: &mut Tx<'_>, code: &str) -> Result<Vec<Population>, DbError> {
    let rows = tx.query(include_str!("../sql/populations.sql"), &[code.into()])?;
    rows.iter().map(population).collect()
}

/// All the populations ever stated for a unit or village, those corrected since too.
///
/// # Errors
///
/// If the store fails.
pub fn populations_stated(tx: &mut Tx<'_>, code: &str) -> Result<Vec<Population>, DbError> {
    let rows = tx.query(include_str!("../sql/populations_stated.sql"), &[code.into()])?;
    rows.iter().map(population).collect()
}

/// The populations stated for the villages of a commune, by village, year and source.
///
/// # Errors
///
/// If the store fails.
pub fn locality_populations(tx: &mut Tx<'_>, commune: &str) -> Result<Vec<Population>, DbError> {
    let rows = tx.query(include_str!("../sql/locality_populations.sql"), &[commune.into()])?;
    rows.iter().map(population).collect()
}

/// The populations published for the units directly under another on a day, by code.
///
/// # Errors
///
/// If the store fails.
pub fn child_populations(
    tx: &mut Tx<'_>,
    code: &str,
    on: Date,
) -> Result<Vec<Population>, DbError> {
    let values = [code.into(), on.to_string().into()];
    let rows = tx.query(include_str!("../sql/child_populations.sql"), &values)?;
    rows.iter().map(population).collect()
}

/// The sums of the communes under a unit on a day, by year and source: never one figure made of
/// two sources. Nothing for a year in which no commune was counted. Where reforms divided or joined
/// communes since they were counted, figures pass with the lineage: no person is lost.
///
/// # Errors
///
/// If the store fails.
pub fn totals(tx: &mut Tx<'_>, code: &str, on: Date) -> Result<Vec<Total>, DbError> {
    if let Some(unit) = unit(tx, code)?
        && crate::reform::changed_by_reforms(tx, &unit.country)?
    {
        let atlas = crate::Atlas::read(tx, &unit.country)?;
        let populations = commune_populations(tx, &unit.country)?;
        return Ok(atlas.totals(&populations, code, on));
    }
    tx.query(include_str!("../sql/total.sql"), &[code.into(), on.to_string().into()])?
        .iter()
        .map(|row| {
            Ok(Total {
                year: row.int("year")?,
                source: row.text("source")?.to_owned(),
                persons: row.int("persons")?,
                counted: row.int("counted")?,
                communes: row.int("communes")?,
            })
        })
        .collect()
}

/// The populations of all the communes of a country.
///
/// # Errors
///
/// If the store fails.
pub(crate) fn commune_populations(
    tx: &mut Tx<'_>,
    country: &str,
) -> Result<Vec<Population>, DbError> {
    let rows = tx.query(include_str!("../sql/commune_populations.sql"), &[country.into()])?;
    rows.iter().map(population).collect()
}

/// The villages of a commune, by name.
///
/// # Errors
///
/// If the store fails.
pub fn localities(tx: &mut Tx<'_>, commune: &str) -> Result<Vec<Locality>, DbError> {
    let rows = tx.query(include_str!("../sql/localities.sql"), &[commune.into()])?;
    rows.iter().map(locality_of).collect()
}

/// The village of this census code.
///
/// # Errors
///
/// If the store fails.
pub fn locality(tx: &mut Tx<'_>, code: &str) -> Result<Option<Locality>, DbError> {
    let rows = tx.query(include_str!("../sql/locality.sql"), &[code.into()])?;
    rows.first().map(locality_of).transpose()
}

/// The later units that bear the name of this one. A hint, never a passage table.
///
/// # Errors
///
/// If the store fails.
pub fn same_name_later(tx: &mut Tx<'_>, code: &str) -> Result<Vec<String>, DbError> {
    tx.query(include_str!("../sql/same_name_later.sql"), &[code.into()])?
        .iter()
        .map(|it| Ok(it.text("code")?.to_owned()))
        .collect()
}

/// The names and levels of all the units of a country on a day, by code.
///
/// # Errors
///
/// If the store fails.
pub fn names(
    tx: &mut Tx<'_>,
    country: &str,
    on: Date,
) -> Result<BTreeMap<String, (String, Level)>, DbError> {
    tx.query(include_str!("../sql/names.sql"), &[country.into(), on.to_string().into()])?
        .iter()
        .map(|row| {
            let name = (row.text("name")?.to_owned(), row.parse("level")?);
            Ok((row.text("code")?.to_owned(), name))
        })
        .collect()
}

/// The local government of another country that has this identifier.
///
/// # Errors
///
/// If the store fails.
pub fn foreign(tx: &mut Tx<'_>, id: Id) -> Result<Option<Foreign>, DbError> {
    let key = id.to_string();
    let rows = tx.query(include_str!("../sql/foreign.sql"), &[key.as_str().into()])?;
    let Some(row) = rows.first() else { return Ok(None) };
    let aliases = tx
        .query(include_str!("../sql/foreign_aliases.sql"), &[key.as_str().into()])?
        .iter()
        .map(|it| Ok(it.text("alias")?.to_owned()))
        .collect::<Result<_, DbError>>()?;
    Ok(Some(Foreign {
        id,
        country: row.text("country")?.to_owned(),
        level: row.parse("level")?,
        name: row.text("name")?.to_owned(),
        aliases,
        country_note: row.opt_text("country_note")?.map(str::to_owned),
    }))
}

/// The units that a word of a question names, by their own name or that of one of their villages.
///
/// # Errors
///
/// If the store fails.
pub fn units_of_word(tx: &mut Tx<'_>, word: &Asked) -> Result<Vec<String>, DbError> {
    let values = [(&word.from).into(), (&word.until).into(), (&word.sound).into()];
    tx.query(include_str!("../sql/units_of_word.sql"), &values)?
        .iter()
        .map(|row| Ok(row.text("unit")?.to_owned()))
        .collect()
}

/// The village of a unit by which a word of a question finds it.
///
/// # Errors
///
/// If the store fails.
pub fn village_of_word(
    tx: &mut Tx<'_>,
    unit: &str,
    word: &Asked,
) -> Result<Option<String>, DbError> {
    let values = [unit.into(), (&word.from).into(), (&word.sound).into()];
    let rows = tx.query(include_str!("../sql/village_of_word.sql"), &values)?;
    rows.first().map(|it| it.text("name").map(str::to_owned)).transpose()
}

/// Everything that holds all the words of a question: units first, then foreign partners, then
/// villages; what bears exactly that name comes before the rest. At most `limit` of each.
///
/// # Errors
///
/// If the store fails.
pub fn search(
    tx: &mut Tx<'_>,
    question: &str,
    on: Date,
    limit: usize,
) -> Result<Vec<Hit>, DbError> {
    let mut held: Option<BTreeSet<(String, String)>> = None;
    for word in asked(question) {
        let values = [(&word.from).into(), (&word.until).into(), (&word.sound).into()];
        let found: BTreeSet<(String, String)> = tx
            .query(include_str!("../sql/hits_of_word.sql"), &values)?
            .iter()
            .map(|row| Ok((row.text("what")?.to_owned(), row.text("code")?.to_owned())))
            .collect::<Result<_, DbError>>()?;
        held = Some(match held {
            Some(before) => before.intersection(&found).cloned().collect(),
            None => found,
        });
    }
    let wanted = kernel::search::fold(question);
    // `false` sorts first.
    let other = |name: &str| kernel::search::fold(name) != wanted;
    let (mut units, mut villages, mut partners) = (Vec::new(), Vec::new(), Vec::new());
    for (what, code) in held.unwrap_or_default() {
        match what.as_str() {
            "unit" => units.extend(place_near(tx, &code, on)?),
            "foreign" => {
                if let Ok(id) = code.parse() {
                    partners.extend(foreign(tx, id)?);
                }
            }
            _ => villages.push(code),
        }
    }
    units.sort_by_key(|it| (other(&it.name), it.level, it.name.clone(), it.code.clone()));
    partners.sort_by_key(|it| (other(&it.name), it.name.clone(), it.id));
    let mut found = Vec::new();
    for code in villages {
        found.extend(locality(tx, &code)?);
    }
    found.sort_by_key(|it| (other(&it.name), it.name.clone(), it.code.clone()));
    let mut out: Vec<Hit> = units.into_iter().take(limit).map(Hit::Unit).collect();
    out.extend(partners.into_iter().take(limit).map(Hit::Foreign));
    for village in found.into_iter().take(limit) {
        if let Some(commune) = place_near(tx, &village.commune, on)? {
            out.push(Hit::Locality(village, commune));
        }
    }
    Ok(out)
}

/// A unit as a list shows it, on a day or as it last was.
///
/// # Errors
///
/// If the store fails.
pub fn place_near(tx: &mut Tx<'_>, code: &str, on: Date) -> Result<Option<Place>, DbError> {
    let Some(unit) = unit(tx, code)? else { return Ok(None) };
    let Some(version) = version_near(tx, code, on)? else { return Ok(None) };
    Ok(Some(Place {
        code: unit.code,
        name: version.name,
        level: unit.level,
        kind: version.kind.or(unit.kind),
        unknown_parent: version.unknown_parent,
        invented: unit.invented,
    }))
}
