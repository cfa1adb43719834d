//! Invented partnerships in any number, to measure the register as it would be if every town of the
//! world took part. Never part of a release: the feature `generate` builds it.

use territory::{Foreign, ForeignLevel, Level, Shipped, ShippedError, Source};

use crate::partnership::{Contact, ForeignParty, MalianParty, Origin, Origins};
use crate::shipped::id_of;
use crate::{Confidence, Form, Load, MalianLevel, Partnership, SOURCE_LOADED, Status, StatusEvent};

/// Partnerships of one entry: a journal carries entries of a few megabytes at most.
const CHUNK: usize = 2000;
/// Invented towns per partnership, so that a town has about thirty of them.
const PER_TOWN: usize = 30;

/// A plain generator: the same seed always gives the same register (SplitMix64).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^= z >> 31;
        let sides = u64::try_from(sides.max(1)).unwrap_or(1);
        usize::try_from(z % sides).unwrap_or(0)
    }

    fn pick<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.roll(all.len())]
    }
}

/// `count` invented partnerships with every commune of Mali, as entries to journal after the
/// shipped territory.
///
/// # Errors
///
/// If the shipped territory cannot be read, or the facts cannot be written.
pub fn generate(count: usize, seed: u64) -> Result<Vec<Shipped>, ShippedError> {
    let mut communes = Vec::new();
    for it in territory::shipped()?.iter().filter(|it| it.subject == "territory_mali.csv") {
        let load: territory::Load = serde_json::from_slice(&it.payload)?;
        for (unit, version) in load.units.iter().zip(&load.versions) {
            if unit.level == Level::Commune {
                communes.push((unit.code.clone(), version.name.clone()));
            }
        }
    }
    let mut dice = Dice(seed);
    let towns: Vec<Foreign> = (0..count / PER_TOWN + 1).map(|_| town(&mut dice)).collect();
    let mut out = vec![Shipped {
        kind: territory::FOREIGN_NAMED,
        subject: "generated-towns".to_owned(),
        payload: serde_json::to_vec(&towns)?,
    }];
    for first in (0..count).step_by(CHUNK) {
        let last = (first + CHUNK).min(count);
        let name = format!("generated-{}", first / CHUNK);
        let partnerships = (first..last)
            .map(|line| {
                let town = dice.pick(&towns).clone();
                let commune = dice.pick(&communes).clone();
                partnership(&mut dice, &name, i64::try_from(line).unwrap_or(0), &town, &commune)
            })
            .collect();
        let load = Load {
            source: Source {
                name: name.clone(),
                title: "Partenariats inventés".to_owned(),
                licence: "inventé".to_owned(),
                hash: String::new(),
                lines: i64::try_from(last - first).unwrap_or(0),
                note: None,
                invented: true,
            },
            partnerships,
            networks: Vec::new(),
        };
        out.push(Shipped {
            kind: SOURCE_LOADED,
            subject: name,
            payload: serde_json::to_vec(&load)?,
        });
    }
    Ok(out)
}

fn town(dice: &mut Dice) -> Foreign {
    const STARTS: [&str; 24] = [
        "Mont", "Bel", "Vil", "Char", "Beau", "Roche", "Cour", "Brian", "Aubi", "Ger", "Lan",
        "Mar", "Neu", "Or", "Pont", "Ru", "Sau", "Tour", "Ver", "Cas", "Dom", "Fon", "Gran",
        "Haut",
    ];
    const ENDS: [&str; 20] = [
        "ville", "gny", "mont", "court", "sac", "bourg", "lieu", "champ", "val", "ières", "igny",
        "on", "eaux", "ac", "ange", "ay", "ens", "les", "iers", "rac",
    ];
    const RIVERS: [&str; 12] = [
        "Loire", "Marne", "Seine", "Oise", "Saône", "Rhône", "Isère", "Cher", "Orne", "Vienne",
        "Meuse", "Sarthe",
    ];
    const SAINTS: [&str; 12] = [
        "Martin", "Pierre", "Jean", "Denis", "Étienne", "Germain", "Laurent", "Hilaire", "Maurice",
        "Quentin", "Vincent", "Agnès",
    ];
    let stem = format!("{}{}", dice.pick(&STARTS), dice.pick(&ENDS));
    let name = match dice.roll(10) {
        0 => format!("Saint-{}-{stem}", dice.pick(&SAINTS)),
        1 | 2 => format!("{stem}-sur-{}", dice.pick(&RIVERS)),
        3 => format!("{stem}-lès-{}{}", dice.pick(&STARTS), dice.pick(&ENDS)),
        _ => stem,
    };
    let country = match dice.roll(20) {
        0 => "DE",
        1 => "CA",
        2 => "ES",
        3 => "SN",
        _ => "FR",
    };
    let level = match dice.roll(12) {
        0 => ForeignLevel::Departement,
        1 => ForeignLevel::Intercommunalite,
        _ => ForeignLevel::Commune,
    };
    Foreign::named(country, level, &name)
}

fn partnership(
    dice: &mut Dice,
    source: &str,
    line: i64,
    town: &Foreign,
    (code, name): &(String, String),
) -> Partnership {
    let year = 1960 + i64::try_from(dice.roll(65)).unwrap_or(0);
    let status = dice.pick(Status::ALL);
    let region = code[..4].to_owned();
    Partnership {
        id: id_of(source, line),
        origins: Origins {
            source: source.to_owned(),
            line: Some(line),
            printed_line: None,
            split: String::new(),
            section: String::new(),
        },
        form: *dice.pick(Form::ALL),
        malian: vec![MalianParty {
            written: name.clone(),
            name: name.clone(),
            level: MalianLevel::Commune,
            region_written: String::new(),
            region_declared: Some(region.clone()),
            place: Some(code.clone()),
            region_found: Some(region),
            confidence: Confidence::Haute,
            found_by: String::new(),
            locality: None,
            candidates: Vec::new(),
            note: String::new(),
            group: None,
            members: Vec::new(),
        }],
        foreign: vec![ForeignParty {
            id: town.id,
            written: town.name.clone(),
            name: town.name.clone(),
            country: town.country.clone(),
            country_note: String::new(),
            level: town.level,
        }],
        origin: Origin { written: year.to_string(), years: vec![year] },
        statuses: vec![StatusEvent {
            status: *status,
            from: None,
            written: String::new(),
            motive: String::new(),
            entry: None,
        }],
        contact: Contact::default(),
        flags: Vec::new(),
        reading_note: String::new(),
        remark: String::new(),
    }
}
