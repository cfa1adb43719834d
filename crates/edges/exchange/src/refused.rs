//! Why an exchange did not happen. Nothing was written.

use kernel::{Failure, Message, Reject, Stop};

/// The part of a package in which something is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The description at its beginning.
    Header,
    /// A block of entries, from 1.
    Frame(u32),
    /// The signature at its end.
    Trailer,
}

impl Part {
    /// For the sentence: `start`, `end`, or the number of a block.
    fn word(self) -> String {
        match self {
            Self::Header => "start".to_owned(),
            Self::Frame(number) => number.to_string(),
            Self::Trailer => "end".to_owned(),
        }
    }
}

/// The rules that a card, a package or a post can break.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// The file is something else.
    #[error("not a package")]
    NotAPackage,
    /// A newer program made it.
    #[error("package format {version} is newer than this program")]
    Newer {
        /// The version of its format.
        version: u8,
    },
    /// The end of the file is missing.
    #[error("cut off at byte {at} of {whole}, in {part:?}")]
    CutOff {
        /// How many bytes there are.
        at: u64,
        /// How many there should be.
        whole: u64,
        /// Where the cut falls.
        part: Part,
    },
    /// The bytes are not those that were sent.
    #[error("damaged in {part:?}")]
    Damaged {
        /// Where.
        part: Part,
    },
    /// It exceeds what a package may hold.
    #[error("too large: {what} exceeds {limit}")]
    TooLarge {
        /// What is too large, in a word: `file`, `header`, `frame`, `entries`, `streams`, `entry`.
        what: &'static str,
        /// The most that is accepted, in bytes or pieces.
        limit: u64,
    },
    /// It is addressed to another post.
    #[error("for another post: {to}")]
    ForAnother {
        /// That post's name if it is known here, else its short name.
        to: String,
    },
    /// Its sender, or the writer of one of its chains, is not enrolled here.
    #[error("unknown post {id}")]
    UnknownPost {
        /// What the post calls itself, when the package says so; else its short name.
        name: String,
        /// Its short name.
        id: String,
    },
    /// A signature is not that of the post that it names.
    #[error("forged: not signed by {post}")]
    Forged {
        /// The post named.
        post: String,
    },
    /// The content of an entry is not the one that was signed.
    #[error("entry {seq} of {post} was changed after signing")]
    Changed {
        /// The post that wrote it.
        post: String,
        /// Its number.
        seq: u64,
    },
    /// A post writes for a place that is not its own.
    #[error("{post} writes for {place}, which is not in its territory")]
    ForeignPlace {
        /// The post.
        post: String,
        /// The place.
        place: String,
    },
    /// Entries that should never have left a post.
    #[error("local entries of {post}")]
    Private {
        /// The post.
        post: String,
    },
    /// A post enrols another that is not below it.
    #[error("{post} may not enrol {child}")]
    NotBelow {
        /// The post that enrols.
        post: String,
        /// The one that it enrols.
        child: String,
    },
    /// A post names as its parent one that is not above it.
    #[error("{parent} is not above {post}")]
    NotAbove {
        /// The post.
        post: String,
        /// The one that it names.
        parent: String,
    },
    /// Entries between what is known and what came are missing.
    #[error("entries {from} to {to} of {post} for {place} are missing")]
    Gap {
        /// The post that wrote them.
        post: String,
        /// The place that they concern.
        place: String,
        /// The first missing.
        from: u64,
        /// The last missing.
        to: u64,
    },
    /// Two different entries bear one number: a copied base.
    #[error("two different entries {seq} of {post} for {place}")]
    Fork {
        /// The post.
        post: String,
        /// The place.
        place: String,
        /// The number.
        seq: u64,
    },
    /// An entry's content is not what its kind promises.
    #[error("entry {seq} of {post} is unreadable")]
    Unreadable {
        /// The post.
        post: String,
        /// The number.
        seq: u64,
    },
    /// This post has no card yet.
    #[error("this post is not opened yet")]
    NotOpened,
    /// A field of this post's own card cannot stand.
    #[error("the field {field} of the card is empty or unreadable")]
    Field {
        /// `nom`, `niveau` or `lieu`.
        field: &'static str,
    },
    /// A card of this very post.
    #[error("the card is this post's own")]
    OwnCard,
    /// A post of the same level, with which none is exchanged.
    #[error("{post} is at the same level")]
    SameLevel {
        /// The other post.
        post: String,
    },
    /// The text is not a card.
    #[error("not a card")]
    NotACard,
    /// A line of the card is missing or unreadable.
    #[error("the line {line} of the card is missing or unreadable")]
    CardLine {
        /// The word at its beginning.
        line: &'static str,
    },
    /// The card is not as it was signed.
    #[error("the card was changed after signing")]
    CardForged,
    /// The other post has everything already.
    #[error("nothing to send to {post}")]
    NothingToSend {
        /// The other post.
        post: String,
    },
}

impl Refused {
    /// Where in the file the fault lies, if the rule says it.
    pub fn part(&self) -> Option<Part> {
        match self {
            Self::CutOff { part, .. } | Self::Damaged { part } => Some(*part),
            _ => None,
        }
    }
}

impl Reject for Refused {
    fn message(&self) -> Message {
        let say = Message::new;
        match self {
            Self::NotAPackage => say("exchange-not-a-package"),
            Self::Newer { version } => say("exchange-newer").with("version", version),
            Self::CutOff { at, whole, part } => say("exchange-cut-off")
                .with("at", at)
                .with("whole", whole)
                .with("part", part.word()),
            Self::Damaged { part } => say("exchange-damaged").with("part", part.word()),
            Self::TooLarge { what, limit } => {
                say("exchange-too-large").with("what", what).with("limit", limit)
            }
            Self::ForAnother { to } => say("exchange-for-another").with("to", to),
            Self::UnknownPost { name, id } => {
                say("exchange-unknown-post").with("name", name).with("id", id)
            }
            Self::Forged { post } => say("exchange-forged").with("post", post),
            Self::Changed { post, seq } => {
                say("exchange-changed").with("post", post).with("seq", seq)
            }
            Self::ForeignPlace { post, place } => {
                say("exchange-foreign-place").with("post", post).with("place", place)
            }
            Self::Private { post } => say("exchange-private").with("post", post),
            Self::NotBelow { post, child } => {
                say("exchange-not-below").with("post", post).with("child", child)
            }
            Self::NotAbove { post, parent } => {
                say("exchange-not-above").with("post", post).with("parent", parent)
            }
            Self::Gap { post, place, from, to } => say("exchange-gap")
                .with("post", post)
                .with("place", place)
                .with("from", from)
                .with("to", to),
            Self::Fork { post, place, seq } => {
                say("exchange-fork").with("post", post).with("place", place).with("seq", seq)
            }
            Self::Unreadable { post, seq } => {
                say("exchange-unreadable").with("post", post).with("seq", seq)
            }
            Self::NotOpened => say("exchange-not-opened"),
            Self::Field { field } => say("exchange-field").with("field", field),
            Self::OwnCard => say("exchange-own-card"),
            Self::SameLevel { post } => say("exchange-same-level").with("post", post),
            Self::NotACard => say("exchange-not-a-card"),
            Self::CardLine { line } => say("exchange-card-line").with("line", line),
            Self::CardForged => say("exchange-card-forged"),
            Self::NothingToSend { post } => say("exchange-nothing-to-send").with("post", post),
        }
    }
}

impl From<Refused> for Stop<Refused> {
    fn from(rule: Refused) -> Self {
        Self::Refused(rule)
    }
}

/// Stops for the operator.
pub(crate) fn failed(error: impl Into<Failure>) -> Stop<Refused> {
    Stop::Failed(error.into())
}
