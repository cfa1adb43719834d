//! The facts that a document is made of: their day, their place in the journal.

use db::Tx;
use kernel::{Date, Failure, Quarter};

use super::issue::Issued;
use crate::analysis::{self, Say};
use crate::store::{self, Ground, Passed, Stage};

/// What a document says of its facts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Origin {
    /// The day of the publication, or that of the latest fact; none on an empty base.
    pub(crate) day: Option<Date>,
    /// The position in the journal of this post.
    pub(crate) position: i64,
    /// The beginning of the hash of that entry, in hexadecimal.
    pub(crate) mark: String,
    /// Whether they are those of a publication, which nothing later changes.
    pub(crate) published: bool,
}

/// The digits of a mark that are printed.
const DIGITS: usize = 8;

impl Origin {
    /// The latest fact of the monitoring: for documents of a quarter still in the circuit.
    ///
    /// # Errors
    ///
    /// If the store fails.
    pub(crate) fn latest(tx: &mut Tx<'_>) -> Result<Self, Failure> {
        let Some(it) = analysis::stamp(tx)?.0 else { return Ok(Self::default()) };
        let mark: String = it.hash.iter().map(|it| format!("{it:02x}")).collect();
        Ok(Self {
            day: Some(Date::from_millis(it.known_millis)),
            position: it.arrival,
            mark: mark.chars().take(DIGITS).collect(),
            published: false,
        })
    }

    /// The publication itself: what the post learns later leaves the document as it is.
    pub(crate) fn publication(passed: &Passed) -> Self {
        Self {
            day: Some(passed.day),
            position: passed.arrival,
            mark: passed.mark.chars().take(DIGITS).collect(),
            published: true,
        }
    }

    /// The publication of a quarter that stands today; `None` if it is not public.
    ///
    /// # Errors
    ///
    /// If the store fails.
    pub(crate) fn standing(
        tx: &mut Tx<'_>,
        ground: &Ground,
        quarter: Quarter,
    ) -> Result<Option<Self>, Failure> {
        let root = ground.above.last().map_or(ground.place(), |it| it.0.as_str()).to_owned();
        let passed = store::state(tx, &root, quarter)?.filter(|it| it.stage == Stage::Published);
        Ok(passed.as_ref().map(Self::publication))
    }

    /// Whether a document was issued on an earlier publication than this one: the nation has
    /// published the quarter again since.
    pub(crate) fn replaces(&self, issued: &Issued) -> bool {
        self.published && issued.stage == Stage::Published.word() && issued.mark != self.mark
    }

    /// In words, at the foot of each page.
    pub(crate) fn told(&self, say: &Say<'_>) -> String {
        let Some(day) = self.day else { return say.t("analysis-source-empty") };
        let key =
            if self.published { "document-source-published" } else { "analysis-source-journal" };
        let arguments = [
            ("day", say.language.long_date(day)),
            ("position", say.language.integer(self.position)),
            ("mark", self.mark.clone()),
        ];
        say.with(key, &arguments)
    }
}
