//! The sectors of public action, and which level of local government holds each, since when, by
//! which text.
//!
//! Both tables ship with the program, each line with its source. A level that no line names is
//! unknown, never excluded: nobody is told that they lack a competence on the silence of a table.

use std::sync::OnceLock;

use kernel::search::fold;
use kernel::{Date, Language};
use serde::Deserialize;

use crate::Level;

const SECTORS: &[u8] = include_bytes!("../../../../reference/territory/sectors.csv");
const COMPETENCES: &[u8] = include_bytes!("../../../../reference/territory/competences.csv");

/// A sector of public action.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sector {
    /// Its code: `SAN`.
    pub code: String,
    /// Its French name.
    pub french: String,
    /// Its English name.
    pub english: String,
    /// Other ways of writing it.
    pub spellings: Vec<String>,
    /// The documents that name it.
    pub source: String,
    /// What a reader must know of it.
    pub note: String,
}

impl Sector {
    /// Its name in this language.
    pub fn name(&self, language: Language) -> &str {
        match language {
            Language::French => &self.french,
            Language::English => &self.english,
        }
    }
}

/// A competence that a text gives to a level of local government.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Competence {
    /// The sector.
    pub sector: String,
    /// The level that holds it.
    pub level: Level,
    /// The first day.
    pub from: Date,
    /// The last day, included; absent while it lasts.
    pub to: Option<Date>,
    /// The text: `décret 02-313`.
    pub text: String,
    /// The day of the text.
    pub text_day: Date,
    /// What the text is about.
    pub about: String,
    /// Where the line comes from.
    pub source: String,
    /// What a reader must know of it.
    pub note: String,
}

impl Competence {
    /// Whether it is in force on a day.
    pub fn holds_on(&self, day: Date) -> bool {
        self.from <= day && self.to.is_none_or(|it| day <= it)
    }
}

/// How a level stands to a sector on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// A text gives it the competence.
    Held(&'static Competence),
    /// A text gives it the competence, from a later day on.
    NotYet(&'static Competence),
    /// A text gives the competence to a level above, and none to this one.
    Above(&'static Competence),
    /// No text of ours says.
    Unknown,
}

struct Tables {
    sectors: Vec<Sector>,
    competences: Vec<Competence>,
}

#[derive(Deserialize)]
struct SectorLine {
    code: String,
    nom: String,
    name: String,
    ecritures: String,
    source: String,
    note: String,
}

#[derive(Deserialize)]
struct CompetenceLine {
    secteur: String,
    niveau: String,
    du: Date,
    au: Option<Date>,
    texte: String,
    date_texte: Date,
    objet: String,
    source: String,
    note: String,
}

/// Reads the shipped tables. A test reads them, so that a released program never falls back.
fn read() -> Result<Tables, csv::Error> {
    let sectors = csv::Reader::from_reader(SECTORS)
        .deserialize()
        .map(|line| {
            let it: SectorLine = line?;
            let spellings = it.ecritures.split('|').filter(|it| !it.is_empty());
            Ok(Sector {
                code: it.code,
                french: it.nom,
                english: it.name,
                spellings: spellings.map(str::to_owned).collect(),
                source: it.source,
                note: it.note,
            })
        })
        .collect::<Result<_, csv::Error>>()?;
    let competences = csv::Reader::from_reader(COMPETENCES)
        .deserialize()
        .map(|line| {
            let it: CompetenceLine = line?;
            Ok(Competence {
                sector: it.secteur,
                level: it.niveau.parse().unwrap_or(Level::Inconnu),
                from: it.du,
                to: it.au,
                text: it.texte,
                text_day: it.date_texte,
                about: it.objet,
                source: it.source,
                note: it.note,
            })
        })
        .collect::<Result<_, csv::Error>>()?;
    Ok(Tables { sectors, competences })
}

fn tables() -> &'static Tables {
    static TABLES: OnceLock<Tables> = OnceLock::new();
    TABLES.get_or_init(|| read().unwrap_or(Tables { sectors: Vec::new(), competences: Vec::new() }))
}

/// The sectors, in the order of lists.
pub fn sectors() -> &'static [Sector] {
    &tables().sectors
}

/// The sector of this code.
pub fn sector(code: &str) -> Option<&'static Sector> {
    sectors().iter().find(|it| it.code == code)
}

/// The sector that a person means: by its code, its name in either language, or another spelling.
pub fn sector_of(written: &str) -> Option<&'static Sector> {
    let wanted = fold(written);
    if wanted.is_empty() {
        return None;
    }
    sectors().iter().find(|it| {
        let names = [&it.code, &it.french, &it.english].into_iter().chain(&it.spellings);
        names.into_iter().any(|it| fold(it) == wanted)
    })
}

/// The competences that texts give, oldest first within a sector.
pub fn competences() -> &'static [Competence] {
    &tables().competences
}

/// How a level, under these levels, stands to a sector on a day.
///
/// Source: the principle of progressive transfer, Guide de la coopération décentralisée, 1.1.
pub fn standing(sector: &str, level: Level, above: &[Level], day: Date) -> Standing {
    let of = || competences().iter().filter(|it| it.sector == sector);
    let own = || of().filter(|it| it.level == level);
    if let Some(it) = own().find(|it| it.holds_on(day)) {
        return Standing::Held(it);
    }
    if let Some(it) = own().filter(|it| day < it.from).min_by_key(|it| it.from) {
        return Standing::NotYet(it);
    }
    match of().find(|it| above.contains(&it.level) && it.holds_on(day)) {
        Some(it) => Standing::Above(it),
        None => Standing::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn the_shipped_tables_hold_together() {
        let it = read().unwrap();
        assert_eq!((it.sectors.len(), it.competences.len()), (18, 22));
        let codes: BTreeSet<&str> = it.sectors.iter().map(|it| it.code.as_str()).collect();
        assert_eq!(codes.len(), it.sectors.len());
        let mut written = BTreeSet::new();
        for sector in &it.sectors {
            for name in [&sector.code, &sector.french].into_iter().chain(&sector.spellings) {
                assert!(written.insert(fold(name)), "{name} means two sectors");
            }
        }
        for competence in &it.competences {
            assert!(codes.contains(competence.sector.as_str()), "{competence:?}");
            assert_ne!(competence.level, Level::Inconnu, "{competence:?}");
            assert!(competence.to.is_none_or(|to| competence.from <= to), "{competence:?}");
            assert!(competence.text_day <= competence.from, "{competence:?}");
        }
    }

    #[test]
    fn a_sector_is_known_by_its_code_its_names_and_its_spellings() {
        for (written, code) in [
            ("SAN", "SAN"),
            ("santé", "SAN"),
            ("CSCOM", "SAN"),
            ("CSRéf", "SAN-REF"),
            ("Eau", "HYD"),
            ("Hydraulique rurale et urbaine", "HYD"),
            ("Voirie", "VOI"),
            ("Youth exchange", "JEU"),
        ] {
            assert_eq!(sector_of(written).map(|it| it.code.as_str()), Some(code), "{written}");
        }
        assert!(sector_of("astronomie").is_none());
        assert!(sector_of("").is_none());
    }

    #[test]
    fn competences_pass_step_by_step_and_level_by_level() {
        use Level::{Cercle, Commune, District, Pays, Region};
        let rural = [Cercle, Region, Pays];
        let bamako = [District, Pays];
        let told = |sector, above: &[Level], on| match standing(sector, Commune, above, day(on)) {
            Standing::Held(it) => format!("held by {}", it.text),
            Standing::NotYet(it) => format!("from {} by {}", it.from, it.text),
            Standing::Above(it) => format!("{} by {}", it.level, it.text),
            Standing::Unknown => "unknown".to_owned(),
        };
        for (sector, above, on, expected) in [
            ("EDU", &rural[..], "2002-06-03", "from 2002-06-04 by décret 02-313"),
            ("EDU", &rural, "2002-06-04", "held by décret 02-313"),
            ("EDU", &rural, "2015-10-19", "held by décret 02-313"),
            ("EDU", &rural, "2015-10-20", "held by décret 2015-0678"),
            ("SAN", &rural, "2024-01-01", "held by décret 02-314"),
            ("SAN-REF", &rural, "2024-01-01", "cercle by décret 02-314"),
            ("HYD", &rural, "2001-01-01", "from 2002-06-04 by décret 02-315"),
            // Streets are a matter of the whole city in Bamako; elsewhere no text of ours says.
            ("VOI", &bamako, "2024-01-01", "district by loi 96-025"),
            ("JEU", &bamako, "2024-01-01", "district by loi 96-025"),
            ("VOI", &rural, "2024-01-01", "unknown"),
            ("MAR", &rural, "2024-01-01", "unknown"),
        ] {
            assert_eq!(told(sector, above, on), expected, "{sector} {on}");
        }
    }
}
