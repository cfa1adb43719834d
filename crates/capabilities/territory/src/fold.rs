//! The territory's tables as a fold of its entries.

use std::collections::BTreeSet;

use db::{DbError, Tx, Value};
use journal::{Entry, Fold, FoldError};
use kernel::Date;

use crate::people::POPULATION_STATED;
use crate::reform::{LIST_LOADED, REFORM_ENTERED, REFORM_UNDONE};
use crate::tokens::tokens_of;
use crate::{
    FOREIGN_NAMED, Foreign, GROUP_WRITTEN, Load, Locality, OUTLINES_LOADED, Population,
    SOURCE_LOADED, Source, Unit, Version, outlines, reform,
};

/// The end of a version that lasts, in the table.
const OPEN: &str = "9999-12-31";

pub(crate) struct TerritoryFold;

impl Fold for TerritoryFold {
    fn name(&self) -> &'static str {
        "territory"
    }

    fn schema(&self) -> &'static str {
        include_str!("../sql/schema.sql")
    }

    fn tables(&self) -> &'static [&'static str] {
        &[
            "territory_source",
            "territory_unit",
            "territory_alias",
            "territory_version",
            "territory_lineage",
            "territory_layer",
            "territory_reform",
            "territory_undoing",
            "territory_population",
            "territory_locality",
            "territory_foreign",
            "territory_foreign_alias",
            "territory_token",
            "territory_outlines",
            "territory_group",
            "territory_group_member",
        ]
    }

    fn kinds(&self) -> &'static [&'static str] {
        &[
            SOURCE_LOADED,
            FOREIGN_NAMED,
            OUTLINES_LOADED,
            REFORM_ENTERED,
            REFORM_UNDONE,
            LIST_LOADED,
            POPULATION_STATED,
            GROUP_WRITTEN,
        ]
    }

    fn apply(&self, tx: &mut Tx<'_>, entry: &Entry) -> Result<(), FoldError> {
        if entry.kind == OUTLINES_LOADED {
            return outlines::apply(tx, entry);
        }
        if entry.kind == GROUP_WRITTEN {
            return crate::groups::apply(tx, entry);
        }
        if entry.kind == FOREIGN_NAMED {
            let foreign: Vec<Foreign> = entry.read()?;
            return Ok(put_foreign(tx, &foreign)?);
        }
        if [REFORM_ENTERED, REFORM_UNDONE, LIST_LOADED].contains(&entry.kind.as_str()) {
            return reform::apply(tx, entry);
        }
        if entry.kind == POPULATION_STATED {
            let stated: Vec<Population> = entry.read()?;
            let rank = reform::rank_of(entry.at_millis, entry.seq, &entry.mark());
            return Ok(put_populations(tx, &rank, &stated)?);
        }
        let load: Load = entry.read()?;
        put_source(tx, &load.source)?;
        // The lines of a country that acts have changed are woven with those acts.
        let woven = reform::put_shipped(tx, &load)?;
        let plain = woven.is_empty();
        if plain {
            put_units(tx, &load.units)?;
            put_versions(tx, &load.versions)?;
        } else {
            put_unwoven(tx, &load, &woven)?;
        }
        // What ships with the program comes before all that people write.
        put_populations(tx, "0", &load.populations)?;
        put_localities(tx, &load.localities)?;
        put_foreign(tx, &load.foreign)?;
        Ok(())
    }
}

/// The lines of the countries that no act has changed.
fn put_unwoven(tx: &mut Tx<'_>, load: &Load, woven: &BTreeSet<String>) -> Result<(), DbError> {
    let units: Vec<Unit> =
        load.units.iter().filter(|it| !woven.contains(&it.country)).cloned().collect();
    put_units(tx, &units)?;
    let mut versions = Vec::new();
    for it in &load.versions {
        if crate::unit(tx, &it.code)?.is_some_and(|it| !woven.contains(&it.country)) {
            versions.push(it.clone());
        }
    }
    put_versions(tx, &versions)
}

pub(crate) fn put_source(tx: &mut Tx<'_>, source: &Source) -> Result<(), DbError> {
    tx.execute(
        include_str!("../sql/put_source.sql"),
        &[
            source.name.as_str().into(),
            source.title.as_str().into(),
            source.licence.as_str().into(),
            source.hash.as_str().into(),
            source.lines.into(),
            source.note.clone().into(),
            i64::from(source.invented).into(),
        ],
    )?;
    Ok(())
}

pub(crate) fn put_units(tx: &mut Tx<'_>, units: &[Unit]) -> Result<(), DbError> {
    let rows: Vec<Vec<Value>> = units
        .iter()
        .map(|it| {
            vec![
                it.code.as_str().into(),
                it.country.as_str().into(),
                it.level.word().into(),
                it.kind.clone().into(),
                it.official.clone().into(),
                it.former.clone().into(),
                it.latitude.clone().into(),
                it.longitude.clone().into(),
                it.point_kind.clone().into(),
                it.source.as_str().into(),
                i64::from(it.invented).into(),
            ]
        })
        .collect();
    tx.insert(
        "territory_unit",
        &[
            "code",
            "country",
            "level",
            "kind",
            "official",
            "former",
            "latitude",
            "longitude",
            "point_kind",
            "source",
            "invented",
        ],
        "on conflict (code) do update set country = excluded.country, level = excluded.level, \
         kind = excluded.kind, official = excluded.official, former = excluded.former, \
         latitude = excluded.latitude, longitude = excluded.longitude, \
         point_kind = excluded.point_kind, source = excluded.source, invented = excluded.invented",
        &rows,
    )?;
    let aliases: Vec<Vec<Value>> = units
        .iter()
        .flat_map(|it| it.aliases.iter().map(|alias| vec![it.code.as_str().into(), alias.into()]))
        .collect();
    tx.insert("territory_alias", &["code", "alias"], "on conflict do nothing", &aliases)?;
    let words = units.iter().flat_map(|it| {
        tokens_of(it.aliases.iter().map(String::as_str))
            .into_iter()
            .map(|token| (token, it.code.as_str()))
    });
    put_tokens(tx, "unit", words.map(|(token, code)| (token, code, code)))
}

pub(crate) fn put_versions(tx: &mut Tx<'_>, versions: &[Version]) -> Result<(), DbError> {
    let rows: Vec<Vec<Value>> = versions
        .iter()
        .map(|it| {
            vec![
                it.code.as_str().into(),
                it.valid_from.map(|day| day.to_string()).unwrap_or_default().into(),
                it.valid_to.map_or_else(|| OPEN.to_owned(), |day| day.to_string()).into(),
                it.name.as_str().into(),
                it.parent.clone().into(),
                i64::from(it.unknown_parent).into(),
                it.kind.clone().into(),
            ]
        })
        .collect();
    tx.insert(
        "territory_version",
        &["code", "valid_from", "valid_to", "name", "parent", "unknown_parent", "kind"],
        "on conflict (code, valid_from) do update set valid_to = excluded.valid_to, \
         name = excluded.name, parent = excluded.parent, \
         unknown_parent = excluded.unknown_parent, kind = excluded.kind",
        &rows,
    )?;
    let words = versions
        .iter()
        // A node of unknown attachment bears the name of a former cercle: it would only hide it.
        .filter(|it| !it.unknown_parent)
        .flat_map(|it| {
            tokens_of([it.name.as_str()]).into_iter().map(|token| (token, it.code.as_str()))
        });
    put_tokens(tx, "unit", words.map(|(token, code)| (token, code, code)))
}

/// Keeps populations of this rank: of two figures for one year and source, the first written
/// holds.
pub(crate) fn put_populations(
    tx: &mut Tx<'_>,
    rank: &str,
    populations: &[Population],
) -> Result<(), DbError> {
    // One statement may not touch a row twice; the first line of a file holds.
    let mut seen = BTreeSet::new();
    let rows: Vec<Vec<Value>> = populations
        .iter()
        .filter(|it| seen.insert((&it.code, it.year, &it.source, it.corrected)))
        .map(|it| {
            vec![
                it.code.as_str().into(),
                it.year.into(),
                it.source.as_str().into(),
                it.persons.into(),
                it.households.into(),
                it.corrected.map(|it| it.to_string()).unwrap_or_default().into(),
                rank.into(),
            ]
        })
        .collect();
    tx.insert(
        "territory_population",
        &["code", "year", "source", "persons", "households", "corrected", "rank"],
        "on conflict (code, year, source, corrected) do update set persons = excluded.persons, \
         households = excluded.households, rank = excluded.rank \
         where excluded.rank < territory_population.rank",
        &rows,
    )?;
    Ok(())
}

fn put_localities(tx: &mut Tx<'_>, localities: &[Locality]) -> Result<(), DbError> {
    let rows: Vec<Vec<Value>> = localities
        .iter()
        .map(|it| {
            vec![
                it.code.as_str().into(),
                it.commune.as_str().into(),
                it.name.as_str().into(),
                it.setting.as_str().into(),
                it.persons.into(),
                it.women.into(),
                it.men.into(),
                it.households.into(),
            ]
        })
        .collect();
    tx.insert(
        "territory_locality",
        &["code", "commune", "name", "setting", "persons", "women", "men", "households"],
        "on conflict (code) do nothing",
        &rows,
    )?;
    let words = localities.iter().flat_map(|it| {
        tokens_of([it.name.as_str()])
            .into_iter()
            .map(|token| (token, it.code.as_str(), it.commune.as_str()))
    });
    put_tokens(tx, "locality", words)
}

fn put_foreign(tx: &mut Tx<'_>, foreign: &[Foreign]) -> Result<(), DbError> {
    for it in foreign {
        tx.execute(
            include_str!("../sql/put_foreign.sql"),
            &[
                it.id.to_string().into(),
                it.country.as_str().into(),
                it.level.word().into(),
                it.name.as_str().into(),
                it.country_note.clone().into(),
            ],
        )?;
    }
    let aliases: Vec<Vec<Value>> = foreign
        .iter()
        .flat_map(|it| it.aliases.iter().map(|alias| vec![it.id.to_string().into(), alias.into()]))
        .collect();
    tx.insert("territory_foreign_alias", &["id", "alias"], "on conflict do nothing", &aliases)?;
    let ids: Vec<String> = foreign.iter().map(|it| it.id.to_string()).collect();
    let words = foreign.iter().zip(&ids).flat_map(|(it, id)| {
        let names = it.aliases.iter().map(String::as_str).chain([it.name.as_str()]);
        tokens_of(names).into_iter().map(move |token| (token, id.as_str(), ""))
    });
    put_tokens(tx, "foreign", words)
}

fn put_tokens<'a>(
    tx: &mut Tx<'_>,
    what: &'static str,
    words: impl Iterator<Item = (String, &'a str, &'a str)>,
) -> Result<(), DbError> {
    let rows: Vec<Vec<Value>> = words
        .map(|(token, code, unit)| vec![token.into(), what.into(), code.into(), unit.into()])
        .collect();
    tx.insert(
        "territory_token",
        &["token", "what", "code", "unit"],
        "on conflict do nothing",
        &rows,
    )?;
    Ok(())
}

/// A day of the table, absent where it stands for no day.
pub(crate) fn day(text: &str) -> Result<Option<Date>, DbError> {
    if text.is_empty() || text == OPEN {
        return Ok(None);
    }
    text.parse().map(Some).map_err(|_| DbError::Unreadable(format!("day = {text:?}")))
}
