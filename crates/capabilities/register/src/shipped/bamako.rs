//! The page of Bamako: twinnings, conventions, relations to come, networks.

use kernel::search::fold;
use serde::Deserialize;
use territory::{Foreign, ForeignLevel, ShippedError};

use super::{BAMAKO, BAMAKO_PLACE, Towns, id_of, rows, source, wrong};
use crate::partnership::{Contact, ForeignParty, MalianParty, Origin, Origins};
use crate::vocabulary::RECOUPEMENT;
use crate::{Confidence, Form, Load, MalianLevel, Network, Partnership, Status, StatusEvent};

#[derive(Deserialize)]
struct BamakoRow {
    seq: i64,
    kind: String,
    partner_raw: String,
    partner: String,
    country: String,
    year: String,
    membership_role: String,
    status: String,
    reading_note: String,
}

pub(super) fn load(guide: &Load, towns: &mut Towns) -> Result<Load, ShippedError> {
    let lines: Vec<BamakoRow> = rows(BAMAKO)?;
    let mut load = Load {
        source: source(
            BAMAKO,
            lines.len(),
            "Page de la direction du jumelage, mairie du District de Bamako",
            None,
        ),
        partnerships: Vec::new(),
        networks: Vec::new(),
    };
    for row in &lines {
        if row.kind == "réseau" {
            load.networks.push(Network {
                line: row.seq,
                written: row.partner_raw.clone(),
                name: row.partner.clone(),
                years: row.year.clone(),
                role: row.membership_role.clone(),
                status: row.status.clone(),
                reading_note: row.reading_note.clone(),
            });
        } else {
            load.partnerships.push(accord(row, guide, towns)?);
        }
    }
    Ok(load)
}

fn accord(row: &BamakoRow, guide: &Load, towns: &mut Towns) -> Result<Partnership, ShippedError> {
    let (form, status) = match (row.kind.as_str(), row.status.as_str()) {
        ("jumelage", "signé") => (Form::Jumelage, Status::Signe),
        ("convention", "signée") => (Form::Convention, Status::Convention),
        ("en gestation", "en gestation") => (Form::NonPrecise, Status::EnGestation),
        _ => return Err(wrong(BAMAKO, row.seq, "kind and status")),
    };
    let known = towns
        .values()
        .find(|it| it.country == row.country && fold(&it.name) == fold(&row.partner))
        .map(|it| it.id);
    let level = if row.reading_note.starts_with("intercommunalité") {
        ForeignLevel::Intercommunalite
    } else {
        ForeignLevel::NonPrecise
    };
    let id = known.unwrap_or_else(|| Foreign::identify(&row.country, level, &row.partner));
    let town = towns.entry(id).or_insert_with(|| Foreign::named(&row.country, level, &row.partner));
    town.also_written(&row.partner_raw);
    let side = ForeignParty {
        id,
        written: row.partner_raw.clone(),
        name: row.partner.clone(),
        country: row.country.clone(),
        country_note: String::new(),
        level: town.level,
    };
    let mut flags = Vec::new();
    if row.reading_note.contains("contradiction") {
        flags.push("CONTRADICTION".to_owned());
    }
    let cited = guide.partnerships.iter().any(|it| {
        it.foreign.iter().any(|side| side.id == id)
            && it.malian.iter().any(|side| side.place.as_deref() == Some(BAMAKO_PLACE))
    });
    if cited {
        flags.push(RECOUPEMENT.to_owned());
    }
    let year = match row.year.as_str() {
        "" => None,
        text => Some(text.parse().map_err(|_| wrong(BAMAKO, row.seq, "year"))?),
    };
    Ok(Partnership {
        id: id_of(BAMAKO.0, row.seq),
        origins: Origins {
            source: BAMAKO.0.to_owned(),
            line: Some(row.seq),
            printed_line: None,
            split: String::new(),
            section: row.kind.clone(),
        },
        form,
        malian: vec![MalianParty {
            written: "Bamako".to_owned(),
            name: "Bamako".to_owned(),
            level: MalianLevel::District,
            region_written: String::new(),
            region_declared: None,
            place: Some(BAMAKO_PLACE.to_owned()),
            region_found: Some(BAMAKO_PLACE.to_owned()),
            confidence: Confidence::Haute,
            found_by: String::new(),
            locality: None,
            candidates: Vec::new(),
            note: String::new(),
            group: None,
            members: Vec::new(),
        }],
        foreign: vec![side],
        origin: Origin { written: row.year.clone(), years: year.into_iter().collect() },
        statuses: vec![StatusEvent {
            status,
            from: None,
            written: row.status.clone(),
            motive: String::new(),
            entry: None,
        }],
        contact: Contact::default(),
        flags,
        reading_note: row.reading_note.clone(),
        remark: String::new(),
    })
}
