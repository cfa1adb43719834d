//! An observation: what was done to it, and the state that follows.
//!
//! The state is a function of the *set* of acts, never of their order: posts learn them in
//! different orders and must agree. What undoes an act names it by its mark.

use std::fmt;
use std::str::FromStr;

use kernel::Date;
use serde::{Deserialize, Serialize};

/// What an observation is about. The list is fixed; each subject belongs to a sector.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Subject {
    /// A well or a pump that gives no water.
    Forage,
    /// A school.
    Ecole,
    /// A health centre.
    Sante,
    /// A road, a track, a bridge.
    Route,
    /// Public money: a tax, a contract, an account.
    Argent,
    /// Anything else.
    Autre,
}

impl Subject {
    /// All of them, in the order of the form.
    pub const ALL: [Self; 6] =
        [Self::Forage, Self::Ecole, Self::Sante, Self::Route, Self::Argent, Self::Autre];

    /// The word stored, also the end of its keys in the catalogues.
    pub fn word(self) -> &'static str {
        match self {
            Self::Forage => "forage",
            Self::Ecole => "ecole",
            Self::Sante => "sante",
            Self::Route => "route",
            Self::Argent => "argent",
            Self::Autre => "autre",
        }
    }
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl FromStr for Subject {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|it| it.word() == text).ok_or(())
    }
}

/// Why an observation is not published, or its publication taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ground {
    /// What it says was checked and is not so.
    Faux,
    /// It names or shows a private person.
    Personne,
    /// It insults, threatens, or puts somebody in danger.
    Danger,
    /// It is not about a public service or public money of this commune.
    HorsSujet,
    /// Another observation says the same.
    Doublon,
}

impl Ground {
    /// All of them, in the order of the form.
    pub const ALL: [Self; 5] =
        [Self::Faux, Self::Personne, Self::Danger, Self::HorsSujet, Self::Doublon];

    /// The word stored, also the end of its keys in the catalogues.
    pub fn word(self) -> &'static str {
        match self {
            Self::Faux => "faux",
            Self::Personne => "personne",
            Self::Danger => "danger",
            Self::HorsSujet => "hors-sujet",
            Self::Doublon => "doublon",
        }
    }
}

impl FromStr for Ground {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|it| it.word() == text).ok_or(())
    }
}

/// A photograph, cleaned of all that is not the picture.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Photo {
    /// `jpg` or `png`.
    pub kind: String,
    /// BLAKE3 of its bytes, in hexadecimal.
    pub hash: String,
    /// Its bytes, in base64; empty in the table, where they lie apart.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub content: String,
}

/// The payload of [`crate::SENT`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sent {
    /// What it is about.
    pub subject: Subject,
    /// The village or quarter, as the census spells it where it knows it; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub village: String,
    /// The sender asks that the village be not shown.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub hide_village: bool,
    /// What was seen, in the sender's words.
    pub text: String,
    /// A photograph.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub photo: Option<Photo>,
    /// The day on which it came in.
    pub day: Date,
    /// Written for an example: nobody saw this.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub invented: bool,
}

/// The payload of [`crate::ASKED`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    /// The question.
    pub text: String,
    /// When.
    pub day: Date,
}

/// The payload of [`crate::COMPLETED`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Completed {
    /// The mark of the question.
    pub question: String,
    /// The answer.
    pub text: String,
    /// When.
    pub day: Date,
}

/// The payload of [`crate::REFUSED`]; the reason stands in the entry's head.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refused {
    /// Why.
    pub ground: Ground,
    /// When.
    pub day: Date,
}

/// The payload of [`crate::PUBLISHED`]: all that the public sees.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Published {
    /// What it is about.
    pub subject: Subject,
    /// The village; empty if it is hidden or was not given.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub village: String,
    /// The village is hidden, for the safety of people.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub hidden: bool,
    /// The sender's words; what was left out stands as « […] ».
    pub text: String,
    /// The photograph, if it is shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub photo: Option<Photo>,
    /// The day on which it came in.
    pub sent: Date,
    /// The day of publication.
    pub day: Date,
    /// Written for an example.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub invented: bool,
}

/// The payload of [`crate::WITHDRAWN`]; the reason stands in the entry's head.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Withdrawn {
    /// The mark of the publication taken back.
    pub publication: String,
    /// Why.
    pub ground: Ground,
    /// When.
    pub day: Date,
}

/// The payload of [`crate::ANSWERED`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answered {
    /// What the commune says.
    pub text: String,
    /// The commune says that the facts are not so.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub contests: bool,
    /// The marks of earlier answers that this one takes the place of.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub replaces: Vec<String>,
    /// When.
    pub day: Date,
}

/// The payload of [`crate::SETTLED`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settled {
    /// The sender says so; else the person in charge.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub by_sender: bool,
    /// What was done; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// When.
    pub day: Date,
}

/// The payload of [`crate::REOPENED`]; the reason stands in the entry's head.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reopened {
    /// The marks of the settlements that do not hold.
    pub settled: Vec<String>,
    /// When.
    pub day: Date,
}

/// One thing done to an observation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    /// It was sent.
    Sent(Sent),
    /// The sender was asked something.
    Asked(Asked),
    /// The sender answered.
    Completed(Completed),
    /// It was not published.
    Refused(Refused),
    /// It was published.
    Published(Published),
    /// A publication was taken back.
    Withdrawn(Withdrawn),
    /// The commune answered.
    Answered(Answered),
    /// It is settled.
    Settled(Settled),
    /// It is not settled.
    Reopened(Reopened),
}

impl Act {
    /// The day on which it was done, where it was done.
    pub fn day(&self) -> Date {
        match self {
            Self::Sent(it) => it.day,
            Self::Asked(it) => it.day,
            Self::Completed(it) => it.day,
            Self::Refused(it) => it.day,
            Self::Published(it) => it.day,
            Self::Withdrawn(it) => it.day,
            Self::Answered(it) => it.day,
            Self::Settled(it) => it.day,
            Self::Reopened(it) => it.day,
        }
    }

    /// Its rank within a day: what usually comes first is shown first.
    fn rank(&self) -> u8 {
        match self {
            Self::Sent(_) => 0,
            Self::Asked(_) => 1,
            Self::Completed(_) => 2,
            Self::Refused(_) => 3,
            Self::Published(_) => 4,
            Self::Answered(_) => 5,
            Self::Settled(_) => 6,
            Self::Reopened(_) => 7,
            Self::Withdrawn(_) => 8,
        }
    }
}

/// An act with who did it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// The mark of its entry.
    pub mark: String,
    /// The office in which it was done; empty for the sender.
    pub office: String,
    /// Why, where a reason was asked for.
    pub reason: String,
    /// What was done.
    pub act: Act,
}

/// How far an observation is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// It waits for the person in charge.
    Attente,
    /// The sender was asked something.
    Question,
    /// It is not published.
    Refusee,
    /// It is public; the commune has not answered.
    Signalee,
    /// The commune answered.
    Repondue,
    /// It is settled.
    Reglee,
    /// It was public and is no more.
    Retiree,
}

impl State {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Attente,
        Self::Question,
        Self::Refusee,
        Self::Signalee,
        Self::Repondue,
        Self::Reglee,
        Self::Retiree,
    ];

    /// The word stored, also the end of its keys in the catalogues.
    pub fn word(self) -> &'static str {
        match self {
            Self::Attente => "attente",
            Self::Question => "question",
            Self::Refusee => "refusee",
            Self::Signalee => "signalee",
            Self::Repondue => "repondue",
            Self::Reglee => "reglee",
            Self::Retiree => "retiree",
        }
    }

    /// The icon of its tag.
    pub fn icon(self) -> &'static str {
        match self {
            Self::Attente => "todo",
            Self::Question => "draft",
            Self::Refusee | Self::Retiree => "stopped",
            Self::Signalee => "late",
            Self::Repondue => "current",
            Self::Reglee => "done",
        }
    }

    /// Whether everybody may read it.
    pub fn is_public(self) -> bool {
        matches!(self, Self::Signalee | Self::Repondue | Self::Reglee)
    }
}

impl FromStr for State {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|it| it.word() == text).ok_or(())
    }
}

/// An observation with all that was done to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Observation {
    /// Its identifier.
    pub id: String,
    /// The commune observed.
    pub commune: String,
    /// What was done to it, by day.
    pub acts: Vec<Said>,
}

impl Observation {
    /// The observation of these acts, in whatever order they came.
    pub fn of(id: String, commune: String, mut acts: Vec<Said>) -> Self {
        acts.sort_by(|a, b| {
            (a.act.day(), a.act.rank(), &a.mark).cmp(&(b.act.day(), b.act.rank(), &b.mark))
        });
        acts.dedup_by(|a, b| a.mark == b.mark);
        Self { id, commune, acts }
    }

    /// What came in, at the post that received it.
    pub fn sent(&self) -> Option<&Sent> {
        self.acts.iter().find_map(|it| match &it.act {
            Act::Sent(sent) => Some(sent),
            _ => None,
        })
    }

    /// The publication in force: the last of those that were not taken back.
    pub fn publication(&self) -> Option<(&Said, &Published)> {
        self.acts.iter().rev().find_map(|it| match &it.act {
            Act::Published(published) if !self.is_withdrawn(&it.mark) => Some((it, published)),
            _ => None,
        })
    }

    /// What the public may see of it: the publication in force.
    pub fn public(&self) -> Option<&Published> {
        self.publication().map(|it| it.1)
    }

    fn is_withdrawn(&self, mark: &str) -> bool {
        self.acts
            .iter()
            .any(|it| matches!(&it.act, Act::Withdrawn(withdrawn) if withdrawn.publication == mark))
    }

    /// The marks of all the publications in force.
    pub fn publications(&self) -> Vec<String> {
        let published = |it: &&Said| matches!(it.act, Act::Published(_));
        let all = self.acts.iter().filter(published).map(|it| it.mark.clone());
        all.filter(|it| !self.is_withdrawn(it)).collect()
    }

    /// The commune's answers in force: those that no later one took the place of.
    pub fn answers(&self) -> Vec<(&Said, &Answered)> {
        let all: Vec<(&Said, &Answered)> = self
            .acts
            .iter()
            .filter_map(|it| match &it.act {
                Act::Answered(answered) => Some((it, answered)),
                _ => None,
            })
            .collect();
        let replaced = |mark: &String| all.iter().any(|it| it.1.replaces.contains(mark));
        all.iter().filter(|it| !replaced(&it.0.mark)).copied().collect()
    }

    /// The settlements that nobody contradicted.
    pub fn settlements(&self) -> Vec<(&Said, &Settled)> {
        let undone = |mark: &String| {
            self.acts
                .iter()
                .any(|it| matches!(&it.act, Act::Reopened(back) if back.settled.contains(mark)))
        };
        self.acts
            .iter()
            .filter_map(|it| match &it.act {
                Act::Settled(settled) if !undone(&it.mark) => Some((it, settled)),
                _ => None,
            })
            .collect()
    }

    /// The questions to the sender that wait for an answer: mark and text.
    pub fn open_questions(&self) -> Vec<(&str, &str)> {
        let answered = |mark: &str| {
            self.acts
                .iter()
                .any(|it| matches!(&it.act, Act::Completed(done) if done.question == mark))
        };
        self.acts
            .iter()
            .filter_map(|it| match &it.act {
                Act::Asked(asked) if !answered(&it.mark) => {
                    Some((it.mark.as_str(), asked.text.as_str()))
                }
                _ => None,
            })
            .collect()
    }

    /// How far it is.
    pub fn state(&self) -> State {
        let has = |wanted: fn(&Act) -> bool| self.acts.iter().any(|it| wanted(&it.act));
        if self.public().is_some() {
            return if !self.settlements().is_empty() {
                State::Reglee
            } else if !self.answers().is_empty() {
                State::Repondue
            } else {
                State::Signalee
            };
        }
        if has(|it| matches!(it, Act::Published(_))) {
            State::Retiree
        } else if has(|it| matches!(it, Act::Refused(_))) {
            State::Refusee
        } else if !self.open_questions().is_empty() {
            State::Question
        } else {
            State::Attente
        }
    }
}

/// What stands for words that were left out.
pub const LEFT_OUT: &str = "[…]";

/// Whether `shown` is what `sent` says, with words left out as « […] » and nothing else changed:
/// the person in charge may hide a name and never puts words into a citizen's mouth.
pub fn masks(sent: &str, shown: &str) -> bool {
    let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let (sent, shown) = (plain(sent), plain(shown));
    let pieces: Vec<&str> = shown.split(LEFT_OUT).map(str::trim).collect();
    let [first, rest @ ..] = pieces.as_slice() else { return false };
    let Some(mut left) = sent.strip_prefix(first) else { return false };
    let Some((last, between)) = rest.split_last() else { return left.is_empty() };
    for piece in between {
        let Some((_, after)) = left.split_once(piece) else { return false };
        left = after;
    }
    left.ends_with(last)
}

#[cfg(test)]
mod tests;
