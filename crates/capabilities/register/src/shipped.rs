//! The register that ships with the program: the guide's list and the page of Bamako.

mod bamako;

use std::collections::BTreeMap;

use kernel::Id;
use kernel::search::fold;
use serde::Deserialize;
use territory::{Foreign, ForeignLevel, Shipped, ShippedError, Source};

use crate::partnership::{Contact, ForeignParty, MalianParty, Origin, Origins};
use crate::{Confidence, Form, Load, MalianLevel, Partnership, SOURCE_LOADED, Status, StatusEvent};

const GUIDE: File =
    ("partnerships.csv", include_bytes!("../../../../reference/register/partnerships.csv"));
const MATCHES: File = (
    "partnership_matches.csv",
    include_bytes!("../../../../reference/register/partnership_matches.csv"),
);
const BAMAKO: File =
    ("bamako_accords.csv", include_bytes!("../../../../reference/register/bamako_accords.csv"));

/// The name of the guide's list as a source.
pub const GUIDE_SOURCE: &str = GUIDE.0;
/// The name of the page of Bamako as a source.
pub const BAMAKO_SOURCE: &str = BAMAKO.0;
/// The District of Bamako in the territory.
const BAMAKO_PLACE: &str = "ML09";

type File = (&'static str, &'static [u8]);

/// All that the register ships, in the order in which it must be journalled, after the territory.
///
/// # Errors
///
/// If a shipped file is not what the program expects.
pub fn shipped() -> Result<Vec<Shipped>, ShippedError> {
    let (guide, mut towns) = guide()?;
    let bamako = bamako::load(&guide, &mut towns)?;
    let foreign: Vec<Foreign> = towns.into_values().collect();
    let mut out = vec![Shipped {
        kind: territory::FOREIGN_NAMED,
        subject: GUIDE.0.to_owned(),
        payload: serde_json::to_vec(&foreign)?,
    }];
    for load in [guide, bamako] {
        out.push(Shipped {
            kind: SOURCE_LOADED,
            subject: load.source.name.clone(),
            payload: serde_json::to_vec(&load)?,
        });
    }
    Ok(out)
}

/// The identifier that every post gives to this line of this source.
pub(crate) fn id_of(source: &str, line: i64) -> Id {
    let mut hasher = blake3::Hasher::new();
    hasher.update(b"register.partnership\0");
    hasher.update(source.as_bytes());
    hasher.update(&[0]);
    hasher.update(&line.to_le_bytes());
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hasher.finalize().as_bytes()[..16]);
    Id::from_hash(bytes)
}

/// Foreign local governments by identifier.
type Towns = BTreeMap<Id, Foreign>;

fn rows<T: serde::de::DeserializeOwned>(file: File) -> Result<Vec<T>, ShippedError> {
    csv::Reader::from_reader(file.1)
        .deserialize()
        .collect::<Result<_, _>>()
        .map_err(|error| ShippedError::Table { file: file.0, error })
}

fn wrong(file: File, line: i64, what: &str) -> ShippedError {
    ShippedError::Line {
        file: file.0,
        line: usize::try_from(line + 1).unwrap_or_default(),
        what: what.to_owned(),
    }
}

fn list(text: &str) -> Vec<String> {
    text.split('|').filter(|it| !it.is_empty()).map(str::to_owned).collect()
}

fn some(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

/// The region of the old numbers: 1 to 8, and D for the District.
fn region(text: &str) -> Option<String> {
    match text {
        "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" => Some(format!("ML0{text}")),
        "D" => Some(BAMAKO_PLACE.to_owned()),
        _ => None,
    }
}

fn source(file: File, lines: usize, title: &str, note: Option<&str>) -> Source {
    Source {
        name: file.0.to_owned(),
        title: title.to_owned(),
        licence: "nos propres tableaux de faits".to_owned(),
        hash: blake3::hash(file.1).to_hex().to_string(),
        lines: i64::try_from(lines).unwrap_or(i64::MAX),
        note: note.map(str::to_owned),
        invented: false,
    }
}

#[derive(Deserialize)]
struct GuideRow {
    seq: i64,
    source_row: i64,
    split: String,
    section: String,
    foreign_name_raw: String,
    foreign_name: String,
    foreign_country: String,
    country_note: String,
    foreign_level: String,
    mali_name_raw: String,
    mali_level: String,
    mali_region_raw: String,
    mali_region_code: String,
    origin_raw: String,
    origin_years: String,
    status_hint: String,
    contact_raw: String,
    url: String,
    phone: String,
    phone_kind: String,
    flags: String,
    reading_note: String,
}

#[derive(Deserialize)]
struct MatchRow {
    seq: i64,
    mali_name: String,
    match_code: String,
    match_kind: String,
    match_confidence: String,
    locality_code: String,
    region_match: String,
    candidates: String,
    note: String,
}

fn guide() -> Result<(Load, Towns), ShippedError> {
    let lines: Vec<GuideRow> = rows(GUIDE)?;
    let mut matches: BTreeMap<i64, Vec<MatchRow>> = BTreeMap::new();
    for row in rows::<MatchRow>(MATCHES)? {
        matches.entry(row.seq).or_default().push(row);
    }
    let known = named_alone(&lines)?;
    let mut towns = Towns::new();
    let mut partnerships = Vec::with_capacity(lines.len());
    for row in &lines {
        let foreign = foreign_sides(row, &known)?;
        for it in &foreign {
            let town = towns
                .entry(it.id)
                .or_insert_with(|| Foreign::named(&it.country, it.level, &it.name));
            town.also_written(&it.written);
            if town.country_note.is_none() {
                town.country_note = some(&it.country_note);
            }
        }
        let places = matches.remove(&row.seq).unwrap_or_default();
        let years = row
            .origin_years
            .split('|')
            .filter(|it| !it.is_empty())
            .map(|it| it.parse().map_err(|_| wrong(GUIDE, row.seq, "origin_years")))
            .collect::<Result<_, _>>()?;
        let written = some(&row.status_hint).map(|written| StatusEvent {
            status: Status::Inconnu,
            from: None,
            written,
            motive: String::new(),
            entry: None,
        });
        partnerships.push(Partnership {
            id: id_of(GUIDE.0, row.seq),
            origins: Origins {
                source: GUIDE.0.to_owned(),
                line: Some(row.seq),
                printed_line: Some(row.source_row),
                split: row.split.clone(),
                section: row.section.clone(),
            },
            form: Form::NonPrecise,
            malian: places.iter().map(|it| malian_side(row, it)).collect::<Result<_, _>>()?,
            foreign,
            origin: Origin { written: row.origin_raw.clone(), years },
            statuses: written.into_iter().collect(),
            contact: Contact {
                personal: names_a_person(&row.contact_raw),
                written: row.contact_raw.clone(),
                url: row.url.clone(),
                phone: row.phone.clone(),
                phone_kind: row.phone_kind.clone(),
            },
            flags: list(&row.flags),
            reading_note: row.reading_note.clone(),
            remark: String::new(),
        });
    }
    let title = "Guide de la coopération décentralisée au Mali, point de repère 4";
    let note = "Situation vers 2005 : 181 lignes imprimées, 184 partenariats.";
    let source = source(GUIDE, lines.len(), title, Some(note));
    Ok((Load { source, partnerships, networks: Vec::new() }, towns))
}

fn malian_side(row: &GuideRow, it: &MatchRow) -> Result<MalianParty, ShippedError> {
    let confidence = match it.match_confidence.as_str() {
        "haute" => Confidence::Haute,
        "moyenne" => Confidence::Moyenne,
        "basse" => Confidence::Basse,
        "aucune" => Confidence::Aucune,
        _ => return Err(wrong(MATCHES, row.seq, "match_confidence")),
    };
    let attached = confidence.attaches();
    Ok(MalianParty {
        written: row.mali_name_raw.clone(),
        name: it.mali_name.clone(),
        level: match row.mali_level.as_str() {
            "commune" => MalianLevel::Commune,
            "cercle" => MalianLevel::Cercle,
            "région" => MalianLevel::Region,
            "district" => MalianLevel::District,
            "autre" => MalianLevel::Autre,
            "non précisé" => MalianLevel::NonPrecise,
            _ => return Err(wrong(GUIDE, row.seq, "mali_level")),
        },
        region_written: row.mali_region_raw.clone(),
        region_declared: region(&row.mali_region_code),
        place: some(&it.match_code).filter(|_| attached),
        region_found: region(&it.region_match).filter(|_| attached),
        confidence,
        found_by: it.match_kind.clone(),
        locality: some(&it.locality_code).filter(|_| attached),
        candidates: list(&it.candidates),
        note: it.note.clone(),
        group: None,
        members: Vec::new(),
    })
}

/// The records of towns cited alone, by name and country: a town cited with another is one of
/// them when it bears the same name.
fn named_alone(
    lines: &[GuideRow],
) -> Result<BTreeMap<(String, String), ForeignLevel>, ShippedError> {
    let mut known = BTreeMap::new();
    for row in lines.iter().filter(|it| !is_several(it)) {
        let level = foreign_level(row)?;
        if level != ForeignLevel::NonPrecise {
            let key = (fold(&row.foreign_name), row.foreign_country.clone());
            known.entry(key).or_insert(level);
        }
    }
    Ok(known)
}

fn is_several(row: &GuideRow) -> bool {
    row.flags.split('|').any(|it| it == "DEUX_COLLECTIVITES")
}

fn foreign_level(row: &GuideRow) -> Result<ForeignLevel, ShippedError> {
    Ok(match row.foreign_level.as_str() {
        "commune" => ForeignLevel::Commune,
        "département" => ForeignLevel::Departement,
        "région" => ForeignLevel::Region,
        "intercommunalité" => ForeignLevel::Intercommunalite,
        "autre" => ForeignLevel::NonPrecise,
        _ => return Err(wrong(GUIDE, row.seq, "foreign_level")),
    })
}

/// The local governments that a line names. The file joins two with « / », or with a hyphen where
/// the reading note tells them apart; only lines that it flags so are taken apart.
fn foreign_sides(
    row: &GuideRow,
    known: &BTreeMap<(String, String), ForeignLevel>,
) -> Result<Vec<ForeignParty>, ShippedError> {
    let level = foreign_level(row)?;
    let names: Vec<&str> = if !is_several(row) {
        vec![&row.foreign_name]
    } else if row.foreign_name.contains(" / ") {
        row.foreign_name.split(" / ").collect()
    } else {
        row.foreign_name.split('-').collect()
    };
    let alone = names.len() == 1;
    let sides = names.into_iter().enumerate().map(|(rank, name)| {
        let country = country_of_side(row, name);
        let found = known.get(&(fold(name), country.clone())).copied();
        let level = match found {
            _ if alone => level,
            Some(level) => level,
            // The heading of the list says it for the communes of France; for others no one does.
            None if row.section == "France – communes" => ForeignLevel::Commune,
            None if rank == 0 => level,
            None => ForeignLevel::NonPrecise,
        };
        ForeignParty {
            id: Foreign::identify(&country, level, name),
            written: row.foreign_name_raw.clone(),
            name: name.to_owned(),
            country,
            country_note: row.country_note.clone(),
            level,
        }
    });
    Ok(sides.collect())
}

/// « Bous : Allemagne ; Quétigny : France (FR) » puts Quétigny in France and Bous where the
/// column says.
fn country_of_side(row: &GuideRow, name: &str) -> String {
    row.country_note
        .split(" ; ")
        .filter_map(|it| it.split_once(" : "))
        .find(|(side, _)| *side == name)
        .and_then(|(_, country)| country.split_once('(')?.1.strip_suffix(')'))
        .filter(|it| it.len() == 2)
        .unwrap_or(&row.foreign_country)
        .to_owned()
}

/// Whether a contact cell names somebody: it holds a capitalised word other than « Tel » and
/// « Fax ». Its numbers are then that person's.
fn names_a_person(contact: &str) -> bool {
    contact.split_whitespace().any(|word| {
        let letters: String = word.chars().filter(|it| it.is_alphabetic()).collect();
        let usual = ["tel", "tél", "fax"].contains(&letters.to_lowercase().as_str());
        word.starts_with(char::is_uppercase) && !usual
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn the_guide_gives_184_partnerships_with_all_their_notes() {
        let (load, _) = guide().unwrap();
        assert_eq!(load.partnerships.len(), 184);
        let printed: BTreeSet<_> =
            load.partnerships.iter().map(|it| it.origins.printed_line).collect();
        assert_eq!(printed.len(), 181);
        let sides = || load.partnerships.iter().flat_map(|it| &it.malian);
        assert_eq!(sides().count(), 186);
        assert_eq!(sides().filter(|it| it.place.is_some()).count(), 147);
        assert_eq!(sides().filter(|it| it.region_contradicts()).count(), 8);
        assert_eq!(load.partnerships.iter().filter(|it| !it.flags.is_empty()).count(), 76);
        let known = |it: &String| crate::vocabulary::FLAGS.contains(&it.as_str());
        assert!(load.partnerships.iter().flat_map(|it| &it.flags).all(known));
        // The source states no status: none is made up.
        assert!(load.partnerships.iter().all(|it| it.status() == Status::Inconnu));
        let personal: Vec<i64> = load
            .partnerships
            .iter()
            .filter(|it| it.contact.personal)
            .filter_map(|it| it.origins.line)
            .collect();
        assert_eq!(personal, [179, 180, 181]);
    }

    #[test]
    fn three_sided_relations_keep_their_three_sides() {
        let (load, towns) = guide().unwrap();
        let line =
            |seq: i64| load.partnerships.iter().find(|it| it.origins.line == Some(seq)).unwrap();
        let names = |seq| {
            line(seq)
                .foreign
                .iter()
                .map(|it| (it.name.as_str(), it.country.as_str()))
                .collect::<Vec<_>>()
        };
        assert_eq!(names(168), [("Bous", "DE"), ("Quétigny", "FR")]);
        assert_eq!(names(169), [("Haßloch", "DE"), ("Viroflay", "FR")]);
        assert_eq!(names(77), [("Lyon", "FR"), ("Bron", "FR")]);
        assert_eq!(names(179), [("MRC de D'Autray", "CA"), ("Sainte-Élisabeth", "CA")]);
        assert!(line(168).is_triangular());
        // Viroflay is the same town here and among the communes of France.
        assert_eq!(line(169).foreign[1].id, line(142).foreign[0].id);
        assert_eq!(line(26).malian.len(), 2);
        assert!(towns.len() < 184, "{} towns", towns.len());
    }

    #[test]
    fn every_spelling_leads_to_one_record() {
        let (load, mut towns) = guide().unwrap();
        let accords = bamako::load(&load, &mut towns).unwrap();
        let town = |name: &str| towns.values().find(|it| it.name == name).unwrap();
        assert_eq!(town("Achgabat").aliases, ["Achkabad (ex-URSS)", "Achkhabad"]);
        assert!(town("Achgabat").country_note.as_deref().unwrap().contains("ex-URSS"));
        assert_eq!(town("Ljubljana").country, "SI");
        assert_eq!(accords.partnerships.len(), 29);
        assert_eq!(accords.networks.len(), 7);
        let flagged: Vec<&str> = accords
            .partnerships
            .iter()
            .filter(|it| it.flags.iter().any(|it| it == "CONTRADICTION"))
            .map(|it| it.foreign[0].name.as_str())
            .collect();
        assert_eq!(flagged, ["Parakou", "Fès", "Parakou", "Fès"]);
    }
}
