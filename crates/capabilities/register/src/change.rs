//! What can happen to a partnership, as pure rules: changes of fields, statuses, and their undoing.

use kernel::{Message, Reject};
use serde::{Deserialize, Serialize};
use territory::{Foreign, ForeignLevel};

use crate::{Partnership, StatusEvent};

/// A field that a person may change, by its path: `form`, `years`, `url`, `phone`, `remark`,
/// `malian.0.name`, `malian.0.level`, `malian.0.place`, `malian.0.region-found`,
/// `malian.0.confidence`, `foreign.0.name`, `foreign.0.country`, `foreign.0.level`.
///
/// What the source wrote is no field: it never changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldChange {
    /// The field.
    pub field: String,
    /// Its value before, as text.
    pub old: String,
    /// Its value after, as text.
    pub new: String,
}

/// What happened to a partnership.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Event {
    /// A person changed fields.
    #[serde(rename = "changed")]
    Changed(Vec<FieldChange>),
    /// A person recorded where the relation stands.
    #[serde(rename = "status")]
    Status(StatusEvent),
    /// A person undid an earlier change.
    #[serde(rename = "undone")]
    Undone {
        /// The entry undone.
        entry: String,
        /// Its changes, turned round; empty when it recorded a status.
        changes: Vec<FieldChange>,
    },
}

/// An event with the mark of its entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recorded {
    /// The mark of the entry.
    pub entry: String,
    /// What happened.
    pub event: Event,
}

/// The rules that a change can break.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ChangeRefused {
    /// There is no such field.
    #[error("no field {0:?}")]
    NoField(String),
    /// The value does not fit the field.
    #[error("the field {field} cannot hold {value:?}")]
    Value {
        /// The field.
        field: String,
        /// The value.
        value: String,
    },
    /// Somebody changed the field meanwhile.
    #[error("the field {field} now holds {found:?}")]
    Meanwhile {
        /// The field.
        field: String,
        /// What it holds now.
        found: String,
    },
    /// Nothing would change.
    #[error("nothing would change")]
    Nothing,
    /// There is no such entry among the partnership's, or it is not a change.
    #[error("no change to undo there")]
    NoEntry,
    /// The entry was undone already.
    #[error("already undone")]
    AlreadyUndone,
    /// A later change touched the same field.
    #[error("a later change touched {0}")]
    LaterChange(String),
    /// The person did not say why.
    #[error("no reason given")]
    NoReason,
    /// A suspension has no motive.
    #[error("no motive given")]
    NoMotive,
}

impl Reject for ChangeRefused {
    fn message(&self) -> Message {
        match self {
            Self::NoField(field) => Message::new("register-no-field").with("field", field),
            Self::Value { field, value } => {
                Message::new(format!("register-bad-{}", kind_of(field))).with("value", value)
            }
            Self::Meanwhile { found, .. } => {
                Message::new("register-changed-meanwhile").with("found", found)
            }
            Self::Nothing => Message::new("register-nothing-changed"),
            Self::NoEntry => Message::new("register-undo-no-entry"),
            Self::AlreadyUndone => Message::new("register-undo-already"),
            Self::LaterChange(_) => Message::new("register-undo-later-change"),
            Self::NoReason => Message::new("register-reason-missing"),
            Self::NoMotive => Message::new("register-motive-missing"),
        }
    }
}

/// The last part of a field's path, which names its kind: `malian.0.place` → `place`.
pub fn kind_of(field: &str) -> &str {
    field.rsplit('.').next().unwrap_or(field)
}

impl Partnership {
    /// The value of a field as text; `None` if there is no such field.
    pub fn value(&self, field: &str) -> Option<String> {
        let mut parts = field.split('.');
        let (head, at, leaf) = (parts.next()?, parts.next(), parts.next());
        Some(match (head, at, leaf) {
            ("form", None, None) => self.form.to_string(),
            ("years", None, None) => {
                self.origin.years.iter().map(ToString::to_string).collect::<Vec<_>>().join("|")
            }
            ("url", None, None) => self.contact.url.clone(),
            ("phone", None, None) => self.contact.phone.clone(),
            ("remark", None, None) => self.remark.clone(),
            ("malian", Some(at), Some(leaf)) => {
                let it = self.malian.get(at.parse::<usize>().ok()?)?;
                match leaf {
                    "name" => it.name.clone(),
                    "level" => it.level.to_string(),
                    "place" => it.place.clone().unwrap_or_default(),
                    "region-found" => it.region_found.clone().unwrap_or_default(),
                    "confidence" => it.confidence.to_string(),
                    _ => return None,
                }
            }
            ("foreign", Some(at), Some(leaf)) => {
                let it = self.foreign.get(at.parse::<usize>().ok()?)?;
                match leaf {
                    "name" => it.name.clone(),
                    "country" => it.country.clone(),
                    "level" => it.level.to_string(),
                    _ => return None,
                }
            }
            _ => return None,
        })
    }

    fn set(&mut self, field: &str, value: &str) -> Result<(), ChangeRefused> {
        let bad = || ChangeRefused::Value { field: field.to_owned(), value: value.to_owned() };
        let none = || ChangeRefused::NoField(field.to_owned());
        let some = || (!value.is_empty()).then(|| value.to_owned());
        let mut parts = field.split('.');
        let (head, at, leaf) = (parts.next().unwrap_or_default(), parts.next(), parts.next());
        match (head, at, leaf) {
            ("form", None, None) => self.form = value.parse().map_err(|_| bad())?,
            ("years", None, None) => self.origin.years = read_years(value).ok_or_else(bad)?,
            ("url", None, None) if is_url(value) => self.contact.url = value.to_owned(),
            ("phone", None, None) if is_phone(value) => self.contact.phone = value.to_owned(),
            ("remark", None, None) if value.chars().count() <= LONGEST_REMARK => {
                self.remark = value.to_owned();
            }
            ("url" | "phone" | "remark", None, None) => return Err(bad()),
            ("malian", Some(at), Some(leaf)) => {
                let at: usize = at.parse().map_err(|_| none())?;
                let it = self.malian.get_mut(at).ok_or_else(none)?;
                match leaf {
                    "name" if is_name(value) || value.is_empty() => it.name = value.to_owned(),
                    "name" => return Err(bad()),
                    "level" => it.level = value.parse().map_err(|_| bad())?,
                    "place" => it.place = some(),
                    "region-found" => it.region_found = some(),
                    "confidence" => it.confidence = value.parse().map_err(|_| bad())?,
                    _ => return Err(none()),
                }
            }
            ("foreign", Some(at), Some(leaf)) => {
                let at: usize = at.parse().map_err(|_| none())?;
                let it = self.foreign.get_mut(at).ok_or_else(none)?;
                match leaf {
                    "name" if is_name(value) => it.name = value.to_owned(),
                    "country" if crate::COUNTRIES.contains(&value) => {
                        it.country = value.to_owned();
                    }
                    "level" => it.level = value.parse::<ForeignLevel>().map_err(|_| bad())?,
                    "name" | "country" => return Err(bad()),
                    _ => return Err(none()),
                }
                it.id = Foreign::identify(&it.country, it.level, &it.name);
            }
            _ => return Err(none()),
        }
        Ok(())
    }

    /// What a person asks for, as changes; those that change nothing are left out.
    ///
    /// # Errors
    ///
    /// If a field does not exist, a value does not fit, or nothing would change.
    pub fn changes_to<'a>(
        &self,
        wanted: impl IntoIterator<Item = (&'a str, String)>,
    ) -> Result<Vec<FieldChange>, ChangeRefused> {
        let mut tried = self.clone();
        let mut changes = Vec::new();
        for (field, new) in wanted {
            let old = self.value(field).ok_or_else(|| ChangeRefused::NoField(field.to_owned()))?;
            // What is left as it was is not judged: a source may hold stranger things.
            if old != new {
                tried.set(field, &new)?;
                changes.push(FieldChange { field: field.to_owned(), old, new });
            }
        }
        if changes.is_empty() { Err(ChangeRefused::Nothing) } else { Ok(changes) }
    }

    /// Applies what happened. Applying the same events in the same order always gives the same
    /// partnership.
    ///
    /// # Errors
    ///
    /// If a change does not start from what the partnership holds; it is then unchanged.
    pub fn apply(&mut self, recorded: &Recorded) -> Result<(), ChangeRefused> {
        let mut next = self.clone();
        match &recorded.event {
            Event::Changed(changes) => next.apply_changes(changes)?,
            Event::Status(event) => next
                .statuses
                .push(StatusEvent { entry: Some(recorded.entry.clone()), ..event.clone() }),
            Event::Undone { entry, changes } => {
                next.apply_changes(changes)?;
                next.statuses.retain(|it| it.entry.as_ref() != Some(entry));
            }
        }
        *self = next;
        Ok(())
    }

    fn apply_changes(&mut self, changes: &[FieldChange]) -> Result<(), ChangeRefused> {
        for it in changes {
            let found =
                self.value(&it.field).ok_or_else(|| ChangeRefused::NoField(it.field.clone()))?;
            if found != it.old {
                return Err(ChangeRefused::Meanwhile { field: it.field.clone(), found });
            }
            self.set(&it.field, &it.new)?;
        }
        Ok(())
    }
}

/// The longest remark, in letters: about a page.
pub(crate) const LONGEST_REMARK: usize = 3000;

/// A name on one line, of 160 letters at most, with at least one letter in it.
pub(crate) fn is_name(text: &str) -> bool {
    text.chars().count() <= 160
        && text.chars().any(char::is_alphabetic)
        && !text.chars().any(char::is_control)
}

/// Nothing, or a web address on one line.
pub(crate) fn is_url(text: &str) -> bool {
    let known = text.starts_with("http://") || text.starts_with("https://");
    text.is_empty()
        || (known
            && text.len() <= 300
            && !text.chars().any(|it| it.is_whitespace() || it.is_control()))
}

/// Nothing, or numbers as people write them.
pub(crate) fn is_phone(text: &str) -> bool {
    text.len() <= 80 && text.chars().all(|it| it.is_ascii_digit() || " +-./();".contains(it))
}

/// Years written `1974|1995`, or typed with commas, spaces or « et »; in order, once each.
pub fn read_years(text: &str) -> Option<Vec<i64>> {
    let mut years = text
        .split(['|', ',', ';', ' '])
        .filter(|it| !it.is_empty() && *it != "et")
        .map(|it| it.parse::<i64>().ok().filter(|year| (1900..=2100).contains(year)))
        .collect::<Option<Vec<i64>>>()?;
    years.sort_unstable();
    years.dedup();
    Some(years)
}

/// How to undo an entry of this history.
///
/// # Errors
///
/// If the entry is not there, was undone already, or a later change touched one of its fields: the
/// later one must then be undone first.
pub fn undo(history: &[Recorded], entry: &str) -> Result<Event, ChangeRefused> {
    let at = history.iter().position(|it| it.entry == entry).ok_or(ChangeRefused::NoEntry)?;
    let undone = |mark: &str| {
        history.iter().any(|it| matches!(&it.event, Event::Undone { entry, .. } if entry == mark))
    };
    if undone(entry) {
        return Err(ChangeRefused::AlreadyUndone);
    }
    let changes: &[FieldChange] = match &history[at].event {
        Event::Changed(changes) | Event::Undone { changes, .. } => changes,
        Event::Status(_) => &[],
    };
    if let Event::Undone { changes, .. } = &history[at].event
        && changes.is_empty()
    {
        // A status that was withdrawn is recorded again, not brought back.
        return Err(ChangeRefused::NoEntry);
    }
    for later in &history[at + 1..] {
        // What was undone touched nothing in the end, nor did its undoing.
        let taken_back = match &later.event {
            Event::Undone { entry, .. } => {
                history[at + 1..].iter().any(|it| &it.entry == entry) || undone(&later.entry)
            }
            _ => undone(&later.entry),
        };
        let touched: &[FieldChange] = match &later.event {
            Event::Changed(changes) | Event::Undone { changes, .. } => changes,
            Event::Status(_) => &[],
        };
        if !taken_back
            && let Some(same) =
                touched.iter().find(|it| changes.iter().any(|mine| mine.field == it.field))
        {
            return Err(ChangeRefused::LaterChange(same.field.clone()));
        }
    }
    let changes = changes
        .iter()
        .rev()
        .map(|it| FieldChange { field: it.field.clone(), old: it.new.clone(), new: it.old.clone() })
        .collect();
    Ok(Event::Undone { entry: entry.to_owned(), changes })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn recorded(entry: &str, event: Event) -> Recorded {
        Recorded { entry: entry.to_owned(), event }
    }

    fn change(field: &str, old: &str, new: &str) -> FieldChange {
        FieldChange { field: field.to_owned(), old: old.to_owned(), new: new.to_owned() }
    }

    #[test]
    fn a_change_starts_from_what_is_there() {
        let mut it = crate::testing::partnership("Angers", "FR", "Bamako", Some("ML09"));
        let changes =
            it.changes_to([("years", "1974|1995".to_owned()), ("url", String::new())]).unwrap();
        assert_eq!(changes, [change("years", "", "1974|1995")]);
        it.apply(&recorded("a", Event::Changed(changes.clone()))).unwrap();
        assert_eq!(it.origin.years, [1974, 1995]);
        let refused = it.apply(&recorded("b", Event::Changed(changes)));
        assert_eq!(
            refused,
            Err(ChangeRefused::Meanwhile {
                field: "years".to_owned(),
                found: "1974|1995".to_owned()
            })
        );
    }

    #[test]
    fn a_wrong_change_is_refused_with_its_field() {
        let it = crate::testing::partnership("Angers", "FR", "Bamako", Some("ML09"));
        for (field, value, expected) in [
            ("years", "dix-neuf", true),
            ("years", "1974, 1995", false),
            ("form", "mariage", true),
            ("malian.0.level", "cercle", false),
            ("malian.7.level", "cercle", true),
            ("foreign.0.country", "FRA", true),
            ("foreign.0.name", " ", true),
            ("url", "angers.fr", true),
            ("url", "https://www.angers.fr", false),
            ("phone", "appelez-moi", true),
            ("written", "x", true),
        ] {
            let changed = it.changes_to([(field, value.to_owned())]);
            assert_eq!(changed.is_err(), expected, "{field} = {value}: {changed:?}");
        }
    }

    #[test]
    fn an_undo_refuses_when_a_later_change_touched_the_same_field() {
        let first = recorded("a", Event::Changed(vec![change("url", "", "x")]));
        let second = recorded("b", Event::Changed(vec![change("url", "x", "y")]));
        let other = recorded("c", Event::Changed(vec![change("remark", "", "vu")]));
        let history = [first.clone(), second.clone(), other];
        assert_eq!(undo(&history, "a"), Err(ChangeRefused::LaterChange("url".to_owned())));
        assert_eq!(undo(&history, "z"), Err(ChangeRefused::NoEntry));
        let back = undo(&history, "b").unwrap();
        let expected =
            Event::Undone { entry: "b".to_owned(), changes: vec![change("url", "y", "x")] };
        assert_eq!(back, expected);
        // Once the later one is undone, the earlier one can be.
        let history = [first, second, recorded("d", back)];
        assert!(undo(&history, "a").is_ok());
        assert_eq!(undo(&history, "b"), Err(ChangeRefused::AlreadyUndone));
    }

    #[test]
    fn years_are_read_as_people_type_them() {
        for (text, expected) in [
            ("", Some(vec![])),
            ("1974", Some(vec![1974])),
            ("1995 et 1974", Some(vec![1974, 1995])),
            ("2003, 2004", Some(vec![2003, 2004])),
            ("1974|1974", Some(vec![1974])),
            ("74", None),
            ("vers 1974", None),
        ] {
            assert_eq!(read_years(text), expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn undoing_gives_back_what_was(values in prop::collection::vec("[a-z]{0,4}", 1..6)) {
            let start = crate::testing::partnership("Angers", "FR", "Bamako", Some("ML09"));
            let mut it = start.clone();
            let mut history: Vec<Recorded> = Vec::new();
            for (rank, value) in values.iter().enumerate() {
                if let Ok(changes) = it.changes_to([("remark", value.clone())]) {
                    let next = recorded(&rank.to_string(), Event::Changed(changes));
                    it.apply(&next).unwrap();
                    history.push(next);
                }
            }
            for rank in (0..history.len()).rev() {
                let entry = history[rank].entry.clone();
                let back = recorded(&format!("u{rank}"), undo(&history, &entry).unwrap());
                it.apply(&back).unwrap();
                history.push(back);
            }
            prop_assert_eq!(it, start);
        }
    }
}
