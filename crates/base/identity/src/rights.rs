//! One table, one function.

use crate::{Actor, OfficeKind};

/// What can be done to something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Action {
    /// See values that are not published yet.
    ReadUnpublished,
    /// Enter and correct the values of a commune's open quarter.
    EnterValues,
    /// Import values from a file.
    ImportValues,
    /// Compare values with another source, and decide about the gaps.
    CrossCheck,
    /// Close a quarter at the cercle.
    CloseQuarter,
    /// Validate a quarter at the region.
    ValidateQuarter,
    /// Consolidate and publish a quarter at the nation.
    PublishQuarter,
    /// Add and change partnerships.
    EditRegister,
    /// Write the plan of a commune and say what became of its lines.
    EditPlans,
    /// See the names and numbers of contact persons.
    ReadContacts,
    /// Make and accept packages.
    Exchange,
    /// Enrol other posts.
    EnrolPosts,
    /// Load territory sources and outlines.
    EditTerritory,
    /// Add people, end offices, sign people out.
    ManagePeople,
    /// Prepare and issue editions of the questionnaire.
    EditQuestionnaire,
    /// Give support that a commune asks for to a provider, and close it with a report.
    GiveSupport,
    /// Set who takes which step of the circuit by when.
    EditCircuit,
    /// Read the activity journal of the post.
    ReadJournal,
    /// Publish, refuse and settle what citizens observed. Not the commune observed itself.
    ModerateObservations,
    /// Answer, for a commune, what citizens observed there.
    AnswerObservations,
    /// Hold and keep the self-assessment of a commune, and say who else may read it.
    AssessCommune,
    /// Keep the recordings from which key figures are spoken.
    KeepVoices,
}

impl Action {
    /// All of them, in the order of the matrix.
    pub const ALL: [Self; 22] = [
        Self::ReadUnpublished,
        Self::EnterValues,
        Self::ImportValues,
        Self::CrossCheck,
        Self::CloseQuarter,
        Self::ValidateQuarter,
        Self::PublishQuarter,
        Self::EditRegister,
        Self::EditPlans,
        Self::ReadContacts,
        Self::Exchange,
        Self::EnrolPosts,
        Self::EditTerritory,
        Self::ManagePeople,
        Self::EditQuestionnaire,
        Self::GiveSupport,
        Self::EditCircuit,
        Self::ReadJournal,
        Self::ModerateObservations,
        Self::AnswerObservations,
        Self::AssessCommune,
        Self::KeepVoices,
    ];
}

/// The thing acted upon, as far as rights care.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Object {
    /// Something of this post as a whole.
    Post,
    /// Something of a place: the codes from the place itself up to its country, today.
    Place(Vec<String>),
}

impl Object {
    /// Something of the place with this path (itself first, its country last).
    pub fn at(path: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self::Place(path.into_iter().map(Into::into).collect())
    }
}

/// How far a right reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// The office's own place and all that lies below it.
    Within,
    /// The office's own place and nothing below it: what belongs to a commune alone.
    Exactly,
    /// Everything of this post.
    Post,
}

/// The rights: an office not listed for an action does not have it.
const TABLE: &[(Action, OfficeKind, Reach)] = {
    use Action::*;
    use OfficeKind::*;
    use Reach::*;
    &[
        (ReadUnpublished, MunicipalSecretary, Within),
        (ReadUnpublished, CercleAdviser, Within),
        (ReadUnpublished, RegionalOfficer, Within),
        (ReadUnpublished, NationalOfficer, Within),
        (EnterValues, MunicipalSecretary, Within),
        (EnterValues, CercleAdviser, Within),
        (ImportValues, CercleAdviser, Within),
        (CrossCheck, CercleAdviser, Within),
        (CrossCheck, RegionalOfficer, Within),
        (CrossCheck, NationalOfficer, Within),
        (CloseQuarter, CercleAdviser, Within),
        (ValidateQuarter, RegionalOfficer, Within),
        (PublishQuarter, NationalOfficer, Within),
        (EditRegister, MunicipalSecretary, Within),
        (EditRegister, CercleAdviser, Within),
        (EditRegister, RegionalOfficer, Within),
        (EditRegister, NationalOfficer, Within),
        (EditRegister, RegisterKeeper, Within),
        (EditPlans, MunicipalSecretary, Within),
        (EditPlans, CercleAdviser, Within),
        (ReadContacts, MunicipalSecretary, Within),
        (ReadContacts, CercleAdviser, Within),
        (ReadContacts, RegionalOfficer, Within),
        (ReadContacts, NationalOfficer, Within),
        (ReadContacts, RegisterKeeper, Within),
        (Exchange, CercleAdviser, Post),
        (Exchange, RegionalOfficer, Post),
        (Exchange, NationalOfficer, Post),
        (EnrolPosts, Administrator, Post),
        (EnrolPosts, CercleAdviser, Post),
        (EnrolPosts, RegionalOfficer, Post),
        (EnrolPosts, NationalOfficer, Post),
        (EditTerritory, NationalOfficer, Within),
        (EditQuestionnaire, NationalOfficer, Within),
        (GiveSupport, CercleAdviser, Within),
        (EditCircuit, NationalOfficer, Within),
        (ManagePeople, Administrator, Post),
        (ReadJournal, Administrator, Post),
        (ReadJournal, RegionalOfficer, Post),
        (ReadJournal, NationalOfficer, Post),
        (ModerateObservations, CercleAdviser, Within),
        (ModerateObservations, RegionalOfficer, Within),
        (ModerateObservations, NationalOfficer, Within),
        (ModerateObservations, CitizenModerator, Within),
        (AnswerObservations, MunicipalSecretary, Exactly),
        (AssessCommune, MunicipalSecretary, Exactly),
        (KeepVoices, CercleAdviser, Within),
        (KeepVoices, RegionalOfficer, Within),
        (KeepVoices, NationalOfficer, Within),
        (KeepVoices, CitizenModerator, Within),
    ]
};

/// Whether this actor may do this to that.
pub fn allow(actor: &Actor, action: Action, object: &Object) -> bool {
    if actor.is_program() {
        return true;
    }
    actor.offices.iter().any(|office| {
        TABLE.iter().filter(|it| it.0 == action && it.1 == office.kind).any(|it| {
            match (it.2, object) {
                (Reach::Post, _) | (_, Object::Post) => true,
                (Reach::Within, Object::Place(path)) => path.contains(&office.place),
                (Reach::Exactly, Object::Place(path)) => path.first() == Some(&office.place),
            }
        })
    })
}

/// The table, written out for people: one line an action, one column an office.
pub fn matrix() -> String {
    let mut out = String::from("| |");
    for office in OfficeKind::ALL {
        out.push_str(&format!(" {} |", office.word()));
    }
    out.push_str("\n|---|");
    out.push_str(&"---|".repeat(OfficeKind::ALL.len()));
    out.push('\n');
    for action in Action::ALL {
        out.push_str(&format!("| {action:?} |"));
        for office in OfficeKind::ALL {
            let cell = match TABLE.iter().find(|it| it.0 == action && it.1 == office).map(|it| it.2)
            {
                Some(Reach::Within) => "its place",
                Some(Reach::Exactly) => "its place alone",
                Some(Reach::Post) => "the post",
                None => "",
            };
            out.push_str(&format!(" {cell} |"));
        }
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use kernel::{Date, Id};

    use super::*;
    use crate::Office;

    fn holder(kind: OfficeKind, place: &str) -> Actor {
        let today: Date = "2025-01-20".parse().unwrap();
        let id = Id::mint();
        let office = Office {
            id: Id::mint(),
            person_id: id,
            kind,
            title: "agent".to_owned(),
            place: place.to_owned(),
            from: today.plus_days(-30),
            to: None,
        };
        Actor::person(id, "A. Traoré".to_owned(), vec![office], today)
    }

    #[test]
    fn a_right_ends_at_the_border_of_its_place() {
        let kati = Object::at(["ML020503", "ML0205", "ML02", "ML"]);
        let kolokani = Object::at(["ML020601", "ML0206", "ML02", "ML"]);
        let adviser = holder(OfficeKind::CercleAdviser, "ML0205");
        assert!(allow(&adviser, Action::CloseQuarter, &kati));
        assert!(!allow(&adviser, Action::CloseQuarter, &kolokani));
        assert!(!allow(&adviser, Action::ReadUnpublished, &kolokani));
        let region = holder(OfficeKind::RegionalOfficer, "ML02");
        assert!(allow(&region, Action::ReadUnpublished, &kolokani));
        assert!(!allow(&region, Action::EnterValues, &kolokani));
    }

    #[test]
    fn what_is_the_communes_own_is_reached_from_no_place_above() {
        let kati = Object::at(["ML020503", "ML0205", "ML02", "ML"]);
        for (place, alone, enters) in [
            ("ML020503", true, true),
            ("ML020504", false, false),
            ("ML0205", false, true),
            ("ML", false, true),
        ] {
            let secretary = holder(OfficeKind::MunicipalSecretary, place);
            for action in [Action::AssessCommune, Action::AnswerObservations] {
                assert_eq!(allow(&secretary, action, &kati), alone, "{place} {action:?}");
            }
            assert_eq!(allow(&secretary, Action::EnterValues, &kati), enters, "{place}");
        }
    }

    #[test]
    fn an_administrator_writes_no_content_and_a_visitor_nothing() {
        let kati = Object::at(["ML0205", "ML02", "ML"]);
        let administrator = holder(OfficeKind::Administrator, "ML");
        for action in Action::ALL {
            let of_the_post =
                matches!(action, Action::ManagePeople | Action::EnrolPosts | Action::ReadJournal);
            assert_eq!(allow(&administrator, action, &kati), of_the_post, "{action:?}");
            assert!(!allow(&Actor::anonymous(), action, &kati), "{action:?}");
        }
    }

    #[test]
    fn an_office_that_ended_gives_nothing() {
        let today: Date = "2025-01-20".parse().unwrap();
        let mut actor = holder(OfficeKind::NationalOfficer, "ML");
        actor.offices[0].to = Some(today.plus_days(-1));
        let after = Actor::person(Id::mint(), actor.name.clone(), actor.offices, today);
        assert!(!allow(&after, Action::PublishQuarter, &Object::at(["ML"])));
    }

    #[test]
    fn the_matrix_in_the_repository_is_the_table() {
        let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../docs/rights.md");
        let page = std::fs::read_to_string(file).unwrap_or_default();
        assert!(
            page.contains(&matrix()),
            "docs/rights.md does not show today's rights; it should hold:\n\n{}",
            matrix()
        );
    }
}
