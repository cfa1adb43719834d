//! What people write in a report, beside what the program counts.

use db::Tx;
use identity::{Action, Ctx, Fact};
use journal::{Audience, Entry};
use kernel::{Date, Failure, Message, Quarter, Reject, Stop};
use serde::{Deserialize, Serialize};

use crate::questionnaire::Level;
use crate::store::Ground;

/// The kind of entry that keeps the texts of a report. Its payload is a [`Written`].
pub const HIGHLIGHTS_WRITTEN: &str = "monitoring.highlights-written";

/// The most lines of highlights. Source: plan of the report RAP-CCC, section 2.
pub const MOST_LINES: usize = 10;
/// The most difficulties: a page of paper.
pub const MOST_DIFFICULTIES: usize = 6;
/// The most characters of a text, and of a cell of the table of difficulties.
const LONGEST: usize = 6_000;
const LONGEST_CELL: usize = 300;

/// The texts of the report of a place and a quarter.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Texts {
    /// One fact a line, ten lines at most.
    pub highlights: String,
    /// Trends, gaps between communes, explanations collected.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub analysis: String,
    /// The day of the exchange with the regional officer about the analysis.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub discussed_on: Option<Date>,
    /// Difficulties and what is planned.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub difficulties: Vec<Difficulty>,
}

/// A line of the table of difficulties.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Difficulty {
    /// What hinders.
    pub difficulty: String,
    /// What is done about it.
    pub solution: String,
    /// Who does it.
    pub responsible: String,
    /// Until when, in the person's words.
    pub due: String,
}

impl Difficulty {
    fn cells(&self) -> [&str; 4] {
        [&self.difficulty, &self.solution, &self.responsible, &self.due]
    }

    fn is_empty(&self) -> bool {
        self.cells().iter().all(|it| it.is_empty())
    }
}

/// The payload of [`HIGHLIGHTS_WRITTEN`]: the whole of the texts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Written {
    /// The place.
    pub place: String,
    /// The quarter, as `2024T4`.
    pub quarter: String,
    /// The texts.
    pub texts: Texts,
}

/// The texts as they are kept, with who wrote them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// The texts.
    pub texts: Texts,
    /// The person's identifier.
    pub person: String,
    /// The office in which they were written.
    pub office: String,
    /// The day on which this post learned them.
    pub day: Date,
}

/// A text cannot be kept.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// The highlights have more than [`MOST_LINES`] lines.
    #[error("{0} lines of highlights")]
    TooManyLines(usize),
    /// A text is too long.
    #[error("{field} has {found} characters")]
    TooLong {
        /// The field.
        field: &'static str,
        /// How many characters it has.
        found: usize,
        /// How many it may have.
        most: usize,
    },
    /// The day is not one.
    #[error("not a day: {0:?}")]
    Day(String),
    /// Nothing was written at all.
    #[error("nothing written")]
    Empty,
}

impl Refused {
    /// The field of the form at fault.
    pub fn field(&self) -> &'static str {
        match self {
            Self::TooManyLines(_) | Self::Empty => "faits",
            Self::TooLong { field, .. } => field,
            Self::Day(_) => "echange",
        }
    }
}

impl Reject for Refused {
    fn message(&self) -> Message {
        match self {
            Self::TooManyLines(found) => {
                Message::new("report-refused-lines").with("found", found).with("most", MOST_LINES)
            }
            Self::TooLong { found, most, .. } => {
                Message::new("report-refused-long").with("found", found).with("most", most)
            }
            Self::Day(found) => Message::new("report-refused-day").with("found", found),
            Self::Empty => Message::new("report-refused-empty"),
        }
    }
}

impl Texts {
    /// The texts without spaces at their ends and without empty lines.
    ///
    /// # Errors
    ///
    /// If there is nothing, or too much.
    pub fn checked(mut self) -> Result<Self, Refused> {
        let lines: Vec<&str> =
            self.highlights.lines().map(str::trim).filter(|it| !it.is_empty()).collect();
        if MOST_LINES < lines.len() {
            return Err(Refused::TooManyLines(lines.len()));
        }
        self.highlights = lines.join("\n");
        self.analysis = self.analysis.trim().replace("\r\n", "\n");
        for it in &mut self.difficulties {
            for cell in [&mut it.difficulty, &mut it.solution, &mut it.responsible, &mut it.due] {
                *cell = cell.split_whitespace().collect::<Vec<_>>().join(" ");
            }
        }
        self.difficulties.retain(|it| !it.is_empty());
        for (field, text, most) in
            [("faits", &self.highlights, LONGEST / 2), ("analyse", &self.analysis, LONGEST)]
        {
            let found = text.chars().count();
            if most < found {
                return Err(Refused::TooLong { field, found, most });
            }
        }
        let cells = self.difficulties.iter().flat_map(Difficulty::cells);
        if let Some(found) = cells.map(|it| it.chars().count()).find(|it| LONGEST_CELL < *it) {
            return Err(Refused::TooLong { field: "difficultes", found, most: LONGEST_CELL });
        }
        let nothing = self.highlights.is_empty()
            && self.analysis.is_empty()
            && self.difficulties.is_empty()
            && self.discussed_on.is_none();
        if nothing { Err(Refused::Empty) } else { Ok(self) }
    }
}

/// What a person must be allowed to do to write the report of a place of this level.
pub fn action(level: Level) -> Action {
    match level {
        Level::Commune | Level::Cercle => Action::CloseQuarter,
        Level::Region => Action::ValidateQuarter,
        Level::Nation => Action::PublishQuarter,
    }
}

/// Keeps the texts of the report of the place of `ground`.
///
/// # Errors
///
/// A rule of [`Refused`], or the lack of the right to write there.
pub fn write(
    ctx: &mut Ctx<'_, '_>,
    ground: &Ground,
    quarter: Quarter,
    texts: Texts,
) -> Result<Entry, Stop<Refused>> {
    let place = ground.place();
    ctx.authorize(action(ground.level()), &ground.object(place))?;
    let texts = texts.checked().map_err(Stop::Refused)?;
    let written = Written { place: place.to_owned(), quarter: quarter.to_string(), texts };
    let entry = ctx.record(Fact {
        kind: HIGHLIGHTS_WRITTEN,
        subject: &format!("report/{place}/{quarter}"),
        audience: Audience::Territory,
        scope: place,
        reason: "",
        payload: &written,
    })?;
    Ok(entry)
}

/// The texts of a place and a quarter, if somebody wrote any.
///
/// # Errors
///
/// If the store fails.
pub fn kept(tx: &mut Tx<'_>, place: &str, quarter: Quarter) -> Result<Option<Kept>, Failure> {
    let rows =
        tx.query(include_str!("sql/get.sql"), &[place.into(), quarter.to_string().into()])?;
    let Some(row) = rows.first() else { return Ok(None) };
    let written: Written =
        serde_json::from_slice(row.bytes("content")?).map_err(Failure::broken)?;
    Ok(Some(Kept {
        texts: written.texts,
        person: row.text("person")?.to_owned(),
        office: row.text("office")?.to_owned(),
        day: Date::from_millis(row.int("known_millis")?),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_tidied_and_bounded() {
        let texts =
            |highlights: &str| Texts { highlights: highlights.to_owned(), ..Texts::default() };
        assert_eq!(texts(" un \r\n\r\n deux\n").checked().unwrap().highlights, "un\ndeux");
        assert_eq!(texts(" \n ").checked(), Err(Refused::Empty));
        let eleven = "ligne\n".repeat(11);
        assert_eq!(texts(&eleven).checked(), Err(Refused::TooManyLines(11)));
        let long = texts(&"a".repeat(3_001)).checked().unwrap_err();
        assert_eq!(long.field(), "faits");
        let empty_row = Texts { difficulties: vec![Difficulty::default()], ..texts("x") };
        assert!(empty_row.checked().unwrap().difficulties.is_empty());
    }
}
