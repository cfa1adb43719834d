//! What the slices say on two pages that belong to no one of them: the page of a place, and the
//! first page of a person. The program lists the sayers in [`crate::Shell`].

use db::Tx;
use identity::Actor;
use kernel::{Date, Failure, Language};

use crate::Catalogue;

/// For whom, and in which words.
pub struct Reader<'a> {
    /// Who reads.
    pub actor: &'a Actor,
    /// Today, by the clock of the post.
    pub today: Date,
    /// In which language.
    pub language: Language,
    /// The words.
    pub catalogue: &'a Catalogue,
}

impl Reader<'_> {
    /// A sentence of the catalogue.
    pub fn t(&self, key: &str) -> String {
        self.catalogue.say(self.language, key, &[])
    }

    /// A sentence of the catalogue with its arguments.
    pub fn say(&self, key: &str, arguments: &[(&str, String)]) -> String {
        self.catalogue.say(self.language, key, arguments)
    }
}

/// A panel on the page of a place: what one slice knows of it, and where to read on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Panel {
    /// Its heading.
    pub title: String,
    /// What there is to know, a sentence each; none if the links say enough.
    pub sentences: Vec<String>,
    /// Where to read on: address and words.
    pub links: Vec<(String, String)>,
}

/// The panels of one slice for the place of this code on this day; none if it knows nothing of it,
/// or nothing that this reader may see.
pub type OfPlace = fn(&mut Tx<'_>, &str, Date, &Reader<'_>) -> Result<Vec<Panel>, Failure>;

/// Something that waits for a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Duty {
    /// Until when; nothing if there is no term.
    pub due: Option<Date>,
    /// What to do, in words that name the place: « Clore T1 2025, Cercle de Kati ».
    pub text: String,
    /// Where it is done.
    pub href: String,
}

impl Duty {
    /// Whether its term is over.
    pub fn is_late(&self, today: Date) -> bool {
        self.due.is_some_and(|it| it < today)
    }
}

/// What waits for this person in one slice.
pub type Duties = fn(&mut Tx<'_>, &Reader<'_>) -> Result<Vec<Duty>, Failure>;

/// All that waits for a person: first what is due first, then what has no term.
///
/// # Errors
///
/// The base does not answer.
pub fn all_duties(
    tx: &mut Tx<'_>,
    sayers: &[Duties],
    reader: &Reader<'_>,
) -> Result<Vec<Duty>, Failure> {
    let mut all = Vec::new();
    for say in sayers {
        all.extend(say(tx, reader)?);
    }
    in_order(&mut all);
    Ok(all)
}

fn in_order(all: &mut [Duty]) {
    all.sort_by(|a, b| (a.due.is_none(), a.due, &a.text).cmp(&(b.due.is_none(), b.due, &b.text)));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_due_first_stands_first_and_what_has_no_term_last() {
        let day = |it: &str| it.parse::<Date>().ok();
        let duty = |due, text: &str| Duty { due, text: text.to_owned(), href: String::new() };
        let mut all = vec![
            duty(None, "Répondre à une question"),
            duty(day("2025-04-30"), "Valider T1 2025"),
            duty(day("2025-04-15"), "Clore T1 2025"),
        ];
        in_order(&mut all);
        let texts: Vec<&str> = all.iter().map(|it| it.text.as_str()).collect();
        assert_eq!(texts, ["Clore T1 2025", "Valider T1 2025", "Répondre à une question"]);
        let today = "2025-04-15".parse().unwrap();
        assert!(!all[0].is_late(today), "the last day is still in time");
        assert!(all[0].is_late("2025-04-16".parse().unwrap()));
        assert!(!all[2].is_late("2999-01-01".parse().unwrap()));
    }
}
