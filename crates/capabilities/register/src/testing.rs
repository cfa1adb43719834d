//! Partnerships for tests.

use territory::{Foreign, ForeignLevel};

use crate::partnership::{BY_HAND, Contact, ForeignParty, MalianParty, Origin, Origins};
use crate::{Confidence, Form, MalianLevel, Partnership};

pub(crate) fn partnership(
    foreign: &str,
    country: &str,
    malian: &str,
    place: Option<&str>,
) -> Partnership {
    let level = ForeignLevel::Commune;
    Partnership {
        id: kernel::Id::mint(),
        origins: Origins {
            source: BY_HAND.to_owned(),
            line: None,
            printed_line: None,
            split: String::new(),
            section: String::new(),
        },
        form: Form::NonPrecise,
        malian: vec![MalianParty {
            written: malian.to_owned(),
            name: malian.to_owned(),
            level: MalianLevel::Commune,
            region_written: String::new(),
            region_declared: None,
            place: place.map(str::to_owned),
            region_found: place.map(|it| it[..4].to_owned()),
            confidence: if place.is_some() { Confidence::Haute } else { Confidence::Aucune },
            found_by: String::new(),
            locality: None,
            candidates: Vec::new(),
            note: String::new(),
            group: None,
            members: Vec::new(),
        }],
        foreign: vec![ForeignParty {
            id: Foreign::identify(country, level, foreign),
            written: foreign.to_owned(),
            name: foreign.to_owned(),
            country: country.to_owned(),
            country_note: String::new(),
            level,
        }],
        origin: Origin::default(),
        statuses: Vec::new(),
        contact: Contact::default(),
        flags: Vec::new(),
        reading_note: String::new(),
        remark: String::new(),
    }
}
