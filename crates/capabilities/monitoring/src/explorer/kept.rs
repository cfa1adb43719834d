//! Questions that people keep: for themselves, for their place, or for everybody. A kept question
//! is an address with a name; it is asked again on the figures of the day. With a few words it is
//! a note that answers somebody.

pub(crate) mod fold;
mod note;
mod page;
mod store;

use identity::{Action, Actor, Ctx, Fact, Object, allow};
use journal::Audience;
use kernel::{Date, Failure, Id, Message, Reject, Stop};
use serde::{Deserialize, Serialize};

pub(crate) use page::LIST;
pub(crate) use store::{Kept, visible};

/// A question was kept, or changed. Payload: [`QueryKept`].
pub const QUERY_KEPT: &str = "monitoring.query-kept";
/// A kept question is used no more. Payload: [`QueryRetired`].
pub const QUERY_RETIRED: &str = "monitoring.query-retired";

/// The longest name.
const LONGEST_NAME: usize = 160;
/// The longest address.
const LONGEST_QUERY: usize = 8_000;
/// The longest text of a note: more would not stand on its page.
const LONGEST_TEXT: usize = 2_500;

/// Who sees a kept question.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sharing {
    /// The person who keeps it. It never leaves this post.
    #[default]
    Person,
    /// Those who work at the place, above it and below it.
    Place,
    /// Everybody. Kept by the nation.
    Everybody,
}

impl Sharing {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Person, Self::Place, Self::Everybody];

    /// The word in forms and tables.
    pub fn word(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Place => "place",
            Self::Everybody => "everybody",
        }
    }

    /// The sharing of this word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.word() == word)
    }

    fn audience(self) -> Audience {
        match self {
            Self::Person => Audience::Local,
            Self::Place => Audience::Territory,
            Self::Everybody => Audience::Nomenclature,
        }
    }
}

/// The payload of [`QUERY_KEPT`]: the whole of it, each time.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct QueryKept {
    /// Its identifier.
    pub id: String,
    /// Its name, or the question as it was asked.
    pub name: String,
    /// What follows the question mark of the address of the explorer.
    pub query: String,
    /// Who sees it.
    pub sharing: Sharing,
    /// The place of those who keep it.
    pub place: String,
    /// Who asked; empty if it is no note.
    #[serde(default)]
    pub asked_by: String,
    /// When it was asked.
    #[serde(default)]
    pub asked_on: Option<Date>,
    /// What the officer writes of the answer.
    #[serde(default)]
    pub text: String,
}

/// The payload of [`QUERY_RETIRED`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QueryRetired {
    /// Its identifier.
    pub id: String,
}

/// The rules that keeping a question can break.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeepRefused {
    /// It has no name.
    #[error("no name")]
    Nameless,
    /// A text is too long.
    #[error("{field}: {found} characters for {most}")]
    TooLong {
        /// The field of the form.
        field: &'static str,
        /// How many characters it has.
        found: usize,
        /// How many it may have.
        most: usize,
    },
    /// The day is not one.
    #[error("not a day: {0:?}")]
    Day(String),
    /// The person has no office, so no place to share with.
    #[error("no office")]
    NoOffice,
    /// What was shared cannot be taken back: it may have travelled.
    #[error("shared already")]
    Narrowed,
    /// There is no such question, or it was retired.
    #[error("unknown")]
    Unknown,
}

impl KeepRefused {
    /// The field of the form at fault.
    pub fn field(&self) -> &'static str {
        match self {
            Self::Nameless | Self::Unknown => "nom",
            Self::TooLong { field, .. } => field,
            Self::Day(_) => "demande_le",
            Self::NoOffice | Self::Narrowed => "partage",
        }
    }
}

impl Reject for KeepRefused {
    fn message(&self) -> Message {
        match self {
            Self::Nameless => Message::new("kept-refused-name"),
            Self::TooLong { found, most, .. } => {
                Message::new("kept-refused-long").with("found", found).with("most", most)
            }
            Self::Day(found) => Message::new("kept-refused-day").with("found", found),
            Self::NoOffice => Message::new("kept-refused-office"),
            Self::Narrowed => Message::new("kept-refused-narrowed"),
            Self::Unknown => Message::new("kept-refused-unknown"),
        }
    }
}

impl QueryKept {
    fn checked(mut self) -> Result<Self, KeepRefused> {
        self.name = self.name.split_whitespace().collect::<Vec<_>>().join(" ");
        self.asked_by = self.asked_by.split_whitespace().collect::<Vec<_>>().join(" ");
        self.text = self.text.trim().replace("\r\n", "\n");
        if self.name.is_empty() {
            return Err(KeepRefused::Nameless);
        }
        for (field, text, most) in [
            ("nom", &self.name, LONGEST_NAME),
            ("demande_par", &self.asked_by, LONGEST_NAME),
            ("texte", &self.text, LONGEST_TEXT),
            ("nom", &self.query, LONGEST_QUERY),
        ] {
            let found = text.chars().count();
            if most < found {
                return Err(KeepRefused::TooLong { field, found, most });
            }
        }
        Ok(self)
    }
}

/// Whether the actor may change or retire a kept question.
pub(crate) fn may_change(actor: &Actor, kept: &Kept, object: &Object) -> bool {
    match kept.content.sharing {
        Sharing::Person => kept.owner == person_of(actor),
        Sharing::Place => {
            kept.owner == person_of(actor) || allow(actor, Action::ReadUnpublished, object)
        }
        Sharing::Everybody => allow(actor, Action::PublishQuarter, object),
    }
}

/// The person as entries name them.
pub(crate) fn person_of(actor: &Actor) -> String {
    actor.person_id.map(|it| it.to_string()).unwrap_or_default()
}

fn authorize(
    ctx: &mut Ctx<'_, '_>,
    sharing: Sharing,
    place: &str,
) -> Result<(), Stop<KeepRefused>> {
    let today = ctx.today();
    let object = store::object(ctx.tx, place, today)?;
    match sharing {
        // What a person keeps for themselves needs no right.
        Sharing::Person => Ok(()),
        Sharing::Place => Ok(ctx.authorize(Action::ReadUnpublished, &object)?),
        Sharing::Everybody => Ok(ctx.authorize(Action::PublishQuarter, &object)?),
    }
}

/// Keeps a new question; gives its identifier.
///
/// # Errors
///
/// A rule of [`KeepRefused`], or the lack of the right to share so widely.
pub fn keep(ctx: &mut Ctx<'_, '_>, content: QueryKept) -> Result<String, Stop<KeepRefused>> {
    let Some(place) = ctx.actor.main_office().map(|it| it.place.clone()) else {
        return Err(Stop::Refused(KeepRefused::NoOffice));
    };
    let place = match content.sharing {
        Sharing::Everybody => store::root(ctx.tx, &place)?,
        _ => place,
    };
    let content = QueryKept { id: Id::mint().to_string(), place, ..content };
    let content = content.checked().map_err(Stop::Refused)?;
    authorize(ctx, content.sharing, &content.place)?;
    write(ctx, QUERY_KEPT, &content, &content)?;
    Ok(content.id)
}

/// Changes a kept question: the whole of it, its address too.
///
/// # Errors
///
/// A rule of [`KeepRefused`], or the lack of the right.
pub fn change(ctx: &mut Ctx<'_, '_>, content: QueryKept) -> Result<(), Stop<KeepRefused>> {
    let before = find(ctx, &content.id)?;
    if content.sharing < before.content.sharing {
        return Err(Stop::Refused(KeepRefused::Narrowed));
    }
    let place = match content.sharing {
        Sharing::Everybody => store::root(ctx.tx, &before.content.place)?,
        _ => before.content.place,
    };
    let content = QueryKept { place, ..content }.checked().map_err(Stop::Refused)?;
    authorize(ctx, content.sharing, &content.place)?;
    write(ctx, QUERY_KEPT, &content, &content)
}

/// Retires a kept question: it stays in the journal and is shown no more.
///
/// # Errors
///
/// If there is no such question, or the lack of the right.
pub fn retire(ctx: &mut Ctx<'_, '_>, id: &str) -> Result<(), Stop<KeepRefused>> {
    let before = find(ctx, id)?;
    let content = &before.content;
    authorize(ctx, content.sharing, &content.place)?;
    write(ctx, QUERY_RETIRED, content, &QueryRetired { id: id.to_owned() })
}

/// The question as it is kept, if the actor may change it.
fn find(ctx: &mut Ctx<'_, '_>, id: &str) -> Result<Kept, Stop<KeepRefused>> {
    let found = store::one(ctx.tx, id)?.ok_or(Stop::Refused(KeepRefused::Unknown))?;
    let today = ctx.today();
    let object = store::object(ctx.tx, &found.content.place, today)?;
    if may_change(ctx.actor, &found, &object) {
        Ok(found)
    } else {
        Err(Stop::Failed(Failure::Denied("kept question".to_owned())))
    }
}

fn write<P: Serialize>(
    ctx: &mut Ctx<'_, '_>,
    kind: &str,
    content: &QueryKept,
    payload: &P,
) -> Result<(), Stop<KeepRefused>> {
    ctx.record(Fact {
        kind,
        subject: &format!("query/{}", content.id),
        audience: content.sharing.audience(),
        scope: if content.sharing == Sharing::Place { &content.place } else { "*" },
        reason: "",
        payload,
    })?;
    Ok(())
}

/// The addresses of kept questions and notes.
pub(crate) fn routes() -> web::Routes {
    page::routes().and(note::routes())
}
