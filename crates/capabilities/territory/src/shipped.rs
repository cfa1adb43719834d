//! The reference content of the territory, read from the files that ship with the program.

use kernel::Date;
use serde::Deserialize;

use crate::carry::{carry_before_2001, carry_through_2023};
use crate::{Level, Load, Locality, Population, Shipped, ShippedError, Source, Unit, Version};

const MALI: (&str, &[u8]) =
    ("territory_mali.csv", include_bytes!("../../../../reference/territory/territory_mali.csv"));
const LOCALITIES: (&str, &[u8]) = (
    "territory_mali_localities.csv",
    include_bytes!("../../../../reference/territory/territory_mali_localities.csv"),
);
const REFORM: (&str, &[u8]) = (
    "territory_reform_2023.csv",
    include_bytes!("../../../../reference/territory/territory_reform_2023.csv"),
);
const SENEGAL: (&str, &[u8]) = (
    "territory_senegal.csv",
    include_bytes!("../../../../reference/territory/territory_senegal.csv"),
);
const EXAMPLE: (&str, &[u8]) =
    ("example_units.csv", include_bytes!("../../../../reference/territory/example_units.csv"));

/// The census of 2009, as its populations are cited.
pub const CENSUS_2009: &str = "INSTAT, RGPH 2009";
/// The census of 2022: ordinary households only.
pub const CENSUS_2022: &str = "INSTAT, RGPH5 2022 (ménages ordinaires)";

type File = (&'static str, &'static [u8]);

/// All that the territory ships, in the order in which it must be journalled.
///
/// # Errors
///
/// If a shipped file is not what the program expects.
pub fn shipped() -> Result<Vec<Shipped>, ShippedError> {
    let mali = mali()?;
    let reform = reform()?;
    let before = carry_before_2001(&mali);
    let through = carry_through_2023(&mali, MALI.1, REFORM.1);
    [mali, localities()?, before, reform, through, senegal()?].iter().map(crate::loaded).collect()
}

/// The invented tree of the worked example, apart from the rest.
///
/// # Errors
///
/// If the shipped file is not what the program expects.
pub fn example() -> Result<Shipped, ShippedError> {
    crate::loaded(&example_load()?)
}

fn source(file: File, lines: usize, title: &str, licence: &str) -> Source {
    Source {
        name: file.0.to_owned(),
        title: title.to_owned(),
        licence: licence.to_owned(),
        hash: blake3::hash(file.1).to_hex().to_string(),
        lines: i64::try_from(lines).unwrap_or(i64::MAX),
        note: None,
        invented: false,
    }
}

fn rows<T: serde::de::DeserializeOwned>(file: File) -> Result<Vec<T>, ShippedError> {
    csv::Reader::from_reader(file.1)
        .deserialize()
        .collect::<Result<_, _>>()
        .map_err(|error| ShippedError::Table { file: file.0, error })
}

/// `None` for an empty cell.
fn cell(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

fn read<T: std::str::FromStr>(
    file: File,
    line: usize,
    text: &str,
) -> Result<Option<T>, ShippedError> {
    if text.is_empty() {
        return Ok(None);
    }
    // The first line holds the names of the columns, and lines are counted from 1.
    text.parse().map(Some).map_err(|_| ShippedError::Line {
        file: file.0,
        line: line + 2,
        what: format!("unreadable value {text:?}"),
    })
}

fn level(file: File, line: usize, text: &str) -> Result<Level, ShippedError> {
    Ok(match text {
        "pays" | "nation" => Level::Pays,
        "région" | "region" => Level::Region,
        "district" => Level::District,
        "cercle" => Level::Cercle,
        "département" => Level::Departement,
        "ville" => Level::Ville,
        "commune" => Level::Commune,
        _ => {
            return Err(ShippedError::Line {
                file: file.0,
                line: line + 2,
                what: format!("unknown level {text:?}"),
            });
        }
    })
}

#[derive(Deserialize)]
struct MaliRow {
    code: String,
    parent_code: String,
    level: String,
    name: String,
    name_alt: String,
    kind: String,
    valid_from: String,
    valid_to: String,
    population: String,
    population_year: String,
    households: String,
    code_instat: String,
    lat: String,
    lon: String,
    coord_kind: String,
    source: String,
}

pub(crate) fn mali() -> Result<Load, ShippedError> {
    let rows: Vec<MaliRow> = rows(MALI)?;
    let mut load = Load::of(source(
        MALI,
        rows.len(),
        "Découpage du Mali d’avant le 13 mars 2023",
        "INSTAT, CC BY 4.0 ; p-codes DNCT et OCHA Mali, COD-AB, CC BY",
    ));
    for (line, row) in rows.into_iter().enumerate() {
        load.versions.push(Version {
            code: row.code.clone(),
            name: row.name,
            parent: cell(&row.parent_code),
            valid_from: read::<Date>(MALI, line, &row.valid_from)?,
            valid_to: read::<Date>(MALI, line, &row.valid_to)?,
            unknown_parent: false,
            kind: None,
        });
        if let (Some(persons), Some(year)) =
            (read(MALI, line, &row.population)?, read(MALI, line, &row.population_year)?)
        {
            load.populations.push(Population {
                code: row.code.clone(),
                year,
                source: CENSUS_2009.to_owned(),
                persons,
                households: read(MALI, line, &row.households)?,
                corrected: None,
            });
        }
        load.units.push(Unit {
            level: level(MALI, line, &row.level)?,
            code: row.code,
            country: "ML".to_owned(),
            kind: cell(&row.kind),
            official: cell(&row.code_instat),
            aliases: row.name_alt.split('|').filter_map(cell).collect(),
            former: None,
            latitude: cell(&row.lat),
            longitude: cell(&row.lon),
            point_kind: cell(&row.coord_kind),
            source: row.source,
            invented: false,
        });
    }
    Ok(load)
}

#[derive(Deserialize)]
struct LocalityRow {
    code_instat: String,
    commune_code: String,
    name: String,
    milieu: String,
    households: i64,
    men: i64,
    women: i64,
    population: i64,
}

fn localities() -> Result<Load, ShippedError> {
    let rows: Vec<LocalityRow> = rows(LOCALITIES)?;
    let mut load = Load::of(source(
        LOCALITIES,
        rows.len(),
        "Villages, fractions et quartiers du Mali en 2009",
        "INSTAT, RGPH 2009, CC BY 4.0",
    ));
    load.localities = rows
        .into_iter()
        .map(|row| Locality {
            code: row.code_instat,
            commune: row.commune_code,
            name: row.name,
            setting: row.milieu,
            persons: row.population,
            women: row.women,
            men: row.men,
            households: row.households,
        })
        .collect();
    Ok(load)
}

#[derive(Deserialize)]
struct ReformRow {
    code_ct: String,
    parent_code: String,
    level: String,
    name: String,
    former_code: String,
    population: String,
    population_year: String,
    code_status: String,
    valid_from: String,
    valid_to: String,
    source: String,
}

/// The code of a unit of 2023 in addresses.
fn code_of_2023(row: &ReformRow) -> String {
    if row.code_ct.is_empty() {
        let name = kernel::search::fold(&row.name).replace(' ', "-");
        format!("2023-{}-{name}", row.parent_code)
    } else {
        format!("2023-{}", row.code_ct)
    }
}

pub(crate) fn reform() -> Result<Load, ShippedError> {
    let rows: Vec<ReformRow> = rows(REFORM)?;
    let mut load = Load::of(source(
        REFORM,
        rows.len(),
        "Découpage du Mali de la loi 2023-007, incomplet",
        "faits relevés dans des listes publiques ; populations INSTAT, CC BY 4.0",
    ));
    load.source.note = Some(
        "Incomplet : 149 cercles sur 159 et 33 communes. Ne pas s’en servir comme référentiel légal."
            .to_owned(),
    );
    for (line, row) in rows.into_iter().enumerate() {
        let code = code_of_2023(&row);
        let parent = match row.parent_code.as_str() {
            "" => None,
            "ML" => Some("ML".to_owned()),
            other => Some(format!("2023-{other}")),
        };
        load.versions.push(Version {
            code: code.clone(),
            name: row.name,
            parent,
            valid_from: read::<Date>(REFORM, line, &row.valid_from)?,
            valid_to: read::<Date>(REFORM, line, &row.valid_to)?,
            unknown_parent: false,
            kind: None,
        });
        if let (Some(persons), Some(year)) =
            (read(REFORM, line, &row.population)?, read(REFORM, line, &row.population_year)?)
        {
            load.populations.push(Population {
                code: code.clone(),
                year,
                source: CENSUS_2022.to_owned(),
                persons,
                households: None,
                corrected: None,
            });
        }
        load.units.push(Unit {
            code,
            country: "ML".to_owned(),
            level: level(REFORM, line, &row.level)?,
            kind: None,
            official: cell(&row.code_ct),
            aliases: Vec::new(),
            former: cell(&row.former_code),
            latitude: None,
            longitude: None,
            point_kind: None,
            source: format!("{} (code {})", row.source, row.code_status),
            invented: false,
        });
    }
    Ok(load)
}

#[derive(Deserialize)]
struct SenegalRow {
    code: String,
    parent_code: String,
    level: String,
    name: String,
    name_alt: String,
    valid_from: String,
    valid_to: String,
    source: String,
}

fn senegal() -> Result<Load, ShippedError> {
    let rows: Vec<SenegalRow> = rows(SENEGAL)?;
    let mut load = Load::of(source(
        SENEGAL,
        rows.len(),
        "Découpage du Sénégal, codes internes",
        "faits relevés dans des listes publiques",
    ));
    for (line, row) in rows.into_iter().enumerate() {
        load.versions.push(Version {
            code: row.code.clone(),
            name: row.name,
            parent: cell(&row.parent_code),
            valid_from: read::<Date>(SENEGAL, line, &row.valid_from)?,
            valid_to: read::<Date>(SENEGAL, line, &row.valid_to)?,
            unknown_parent: false,
            kind: None,
        });
        load.units.push(Unit {
            level: level(SENEGAL, line, &row.level)?,
            code: row.code,
            country: "SN".to_owned(),
            kind: None,
            official: None,
            aliases: row.name_alt.split('|').filter_map(cell).collect(),
            former: None,
            latitude: None,
            longitude: None,
            point_kind: None,
            source: row.source,
            invented: false,
        });
    }
    Ok(load)
}

#[derive(Deserialize)]
struct ExampleRow {
    code: String,
    nom: String,
    niveau: String,
    parent: String,
}

fn example_load() -> Result<Load, ShippedError> {
    let rows: Vec<ExampleRow> = rows(EXAMPLE)?;
    let mut load = Load::of(source(
        EXAMPLE,
        rows.len(),
        "Arbre inventé de l’exemple de suivi",
        "écrit pour le projet",
    ));
    load.source.invented = true;
    // The file begins at the cercle: the two floors above it are needed to consolidate.
    let above = [
        ("EX-NATION", "Nation d’exemple", Level::Pays, None),
        ("EX-REGION", "Région d’exemple", Level::Region, Some("EX-NATION")),
    ];
    let mut add = |code: &str, name: &str, level: Level, parent: Option<&str>| {
        load.versions.push(Version {
            code: code.to_owned(),
            name: name.to_owned(),
            parent: parent.map(str::to_owned),
            valid_from: None,
            valid_to: None,
            unknown_parent: false,
            kind: None,
        });
        load.units.push(Unit {
            code: code.to_owned(),
            country: "EX-NATION".to_owned(),
            level,
            kind: None,
            official: None,
            aliases: Vec::new(),
            former: None,
            latitude: None,
            longitude: None,
            point_kind: None,
            source: EXAMPLE.0.to_owned(),
            invented: true,
        });
    };
    for (code, name, level, parent) in above {
        add(code, name, level, parent);
    }
    for (line, row) in rows.iter().enumerate() {
        let level = level(EXAMPLE, line, &row.niveau)?;
        let parent = match (row.parent.as_str(), level) {
            ("", Level::Cercle) => "EX-REGION",
            (parent, _) => parent,
        };
        add(&row.code, &row.nom.replace('\'', "’"), level, Some(parent));
    }
    Ok(load)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn the_shipped_files_are_whole() {
        let mali = mali().unwrap();
        let count = |load: &Load, level| load.units.iter().filter(|it| it.level == level).count();
        assert_eq!(count(&mali, Level::Region), 8);
        assert_eq!(count(&mali, Level::District), 1);
        assert_eq!(count(&mali, Level::Cercle), 49);
        assert_eq!(count(&mali, Level::Commune), 703);
        let reform = reform().unwrap();
        assert_eq!(count(&reform, Level::Region), 19);
        assert_eq!(count(&reform, Level::Cercle), 149);
        assert_eq!(count(&reform, Level::Commune), 33);
        assert_eq!(localities().unwrap().localities.len(), 11_351);
        assert_eq!(count(&senegal().unwrap(), Level::Commune), 552);
        assert_eq!(example_load().unwrap().units.len(), 6);
    }

    #[test]
    fn no_code_is_given_twice_and_every_parent_exists() {
        let loads =
            [mali().unwrap(), reform().unwrap(), senegal().unwrap(), example_load().unwrap()];
        let mut codes = BTreeSet::new();
        for unit in loads.iter().flat_map(|it| &it.units) {
            assert!(codes.insert(unit.code.clone()), "{} is given twice", unit.code);
        }
        for version in loads.iter().flat_map(|it| &it.versions) {
            if let Some(parent) = &version.parent {
                assert!(codes.contains(parent), "{} has no parent {parent}", version.code);
            }
        }
    }
}
