//! A partnership: what a source wrote, beside what was understood, and what became of it.

use kernel::{Date, Id};
use serde::{Deserialize, Serialize};
use territory::ForeignLevel;

use crate::{Confidence, Form, MalianLevel, Status};

/// The Malian side.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MalianParty {
    /// The name as the source writes it.
    pub written: String,
    /// The name as understood; empty when the source names no place.
    pub name: String,
    /// The level that the source gives.
    pub level: MalianLevel,
    /// The region as the source writes it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub region_written: String,
    /// The region that the source declares, as a code of the territory, even when it is wrong.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region_declared: Option<String>,
    /// The place found, attached only when it is sure enough.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// The region of the place found.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region_found: Option<String>,
    /// How sure the place is.
    pub confidence: Confidence,
    /// How it was found, in the words of the file.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub found_by: String,
    /// The village named, when the place is the commune that holds it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub locality: Option<String>,
    /// Places that could be meant, when none was attached.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub candidates: Vec<String>,
    /// What the file says of the search for the place.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// The syndicat that is the party, in the place of one local government.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<Id>,
    /// The members of the syndicat on the day on which the partnership was written, with their
    /// parts: who joins or leaves later does not change what was signed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub members: Vec<PartyMember>,
}

/// A member of a syndicat that is a party.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartyMember {
    /// The local government.
    pub place: String,
    /// Its region.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    /// Its part; absent if the statutes give none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub share: Option<territory::Share>,
}

impl MalianParty {
    /// Whether the region declared is not that of the place found.
    pub fn region_contradicts(&self) -> bool {
        match (&self.region_declared, &self.region_found) {
            (Some(declared), Some(found)) => declared != found,
            _ => false,
        }
    }

    /// The region for statistics: that of the place found, else the one declared.
    pub fn region(&self) -> Option<&str> {
        self.region_found.as_deref().or(self.region_declared.as_deref())
    }
}

/// One of the foreign sides.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ForeignParty {
    /// The record of the local government in the territory.
    pub id: Id,
    /// The name as the source writes it.
    pub written: String,
    /// The name as understood.
    pub name: String,
    /// The country today, ISO 3166-1 alpha-2.
    pub country: String,
    /// What the source says of the country of then.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub country_note: String,
    /// Its level.
    pub level: ForeignLevel,
}

/// When the relation began, as far as a source says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// As the source writes it: « 1974 et 1995 », « En cours », « - ».
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub written: String,
    /// The years understood, in order; empty when none is known.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub years: Vec<i64>,
}

/// Where the relation stood from a day on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatusEvent {
    /// The status.
    pub status: Status,
    /// The first day, when it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Date>,
    /// As the source writes it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub written: String,
    /// Why: required for a suspension.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub motive: String,
    /// The entry that recorded it; absent for what came with the source.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entry: Option<String>,
}

/// How to reach the partner, as noted by the source some twenty years ago.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// The whole cell. It may name persons: only for those who hold the right.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub written: String,
    /// The web address, never shown as a live link.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub url: String,
    /// The telephone or fax.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub phone: String,
    /// `téléphone` or `fax`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub phone_kind: String,
    /// The cell names a person: its numbers are restricted with it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub personal: bool,
}

/// Where a record comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origins {
    /// The source: `partnerships.csv`, `bamako_accords.csv`, or [`BY_HAND`].
    pub source: String,
    /// Its number in the source.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<i64>,
    /// The rank of the printed line, when it differs from the number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub printed_line: Option<i64>,
    /// `1/2` when a printed line held several partnerships.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub split: String,
    /// The heading under which the source prints it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub section: String,
}

/// The source of a record that a person added.
pub const BY_HAND: &str = "saisie";

/// A partnership.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Partnership {
    /// Its identifier, the same on every post for what ships.
    pub id: Id,
    /// Where it comes from.
    pub origins: Origins,
    /// Its form.
    pub form: Form,
    /// The Malian side or sides.
    pub malian: Vec<MalianParty>,
    /// The foreign side or sides.
    pub foreign: Vec<ForeignParty>,
    /// When it began.
    #[serde(default)]
    pub origin: Origin,
    /// Where it stood, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub statuses: Vec<StatusEvent>,
    /// How to reach the partner.
    #[serde(default)]
    pub contact: Contact,
    /// The reading questions that it raises.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub flags: Vec<String>,
    /// The reading note of the file.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reading_note: String,
    /// What a person of the register adds.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub remark: String,
}

impl Partnership {
    /// Where the relation stood on a day: the last event that began by then. An event without a
    /// day came with the source and holds until another begins.
    pub fn status_on(&self, day: Date) -> Status {
        self.status_event_on(day).map_or(Status::Inconnu, |it| it.status)
    }

    /// The event behind [`Partnership::status_on`].
    pub fn status_event_on(&self, day: Date) -> Option<&StatusEvent> {
        self.statuses
            .iter()
            .filter(|it| it.from.is_none_or(|from| from <= day))
            .max_by_key(|it| it.from)
    }

    /// Where the relation stands at the end of what is known.
    pub fn status(&self) -> Status {
        self.statuses.iter().max_by_key(|it| it.from).map_or(Status::Inconnu, |it| it.status)
    }

    /// The foreign sides as one name: « Bous / Quétigny ».
    pub fn foreign_name(&self) -> String {
        self.foreign.iter().map(|it| it.name.as_str()).collect::<Vec<_>>().join(" / ")
    }

    /// The Malian sides as one name; what the source wrote where no name was understood.
    pub fn malian_name(&self) -> String {
        let said = |it: &MalianParty| {
            if it.name.is_empty() { it.written.clone() } else { it.name.clone() }
        };
        self.malian.iter().map(said).collect::<Vec<_>>().join(" / ")
    }

    /// Whether more than two local governments are bound together.
    pub fn is_triangular(&self) -> bool {
        2 < self.foreign.len() + self.malian.len()
    }
}

/// A network to which a local government belongs, as its source lists it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Network {
    /// Its number in the source.
    pub line: i64,
    /// As written.
    pub written: String,
    /// As understood.
    pub name: String,
    /// The years given, as written.
    pub years: String,
    /// The role of the member.
    pub role: String,
    /// `membre`, `dissoute`.
    pub status: String,
    /// The reading note.
    pub reading_note: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_status_of_a_day_is_the_last_that_began_by_then() {
        let day = |text: &str| text.parse::<Date>().unwrap();
        let event = |status, from: Option<&str>| StatusEvent {
            status,
            from: from.map(day),
            written: String::new(),
            motive: String::new(),
            entry: None,
        };
        let mut it = crate::testing::partnership("Angers", "FR", "Bamako", Some("ML09"));
        assert_eq!(it.status_on(day("2005-01-01")), Status::Inconnu);
        it.statuses = vec![
            event(Status::EnGestation, None),
            event(Status::Suspendu, Some("2012-03-22")),
            event(Status::Actif, Some("2005-06-01")),
        ];
        for (on, expected) in [
            ("2005-05-31", Status::EnGestation),
            ("2005-06-01", Status::Actif),
            ("2012-03-21", Status::Actif),
            ("2012-03-22", Status::Suspendu),
        ] {
            assert_eq!(it.status_on(day(on)), expected, "{on}");
        }
        assert_eq!(it.status(), Status::Suspendu);
    }
}
