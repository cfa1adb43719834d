//! The document as its reader sees it: what it is about, then blocks in reading order.

use kernel::{Date, Language};

use crate::{CheckCode, Text, WriteError};

/// A document: everything that its pages show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// The language of the text.
    pub language: Language,
    /// How the paper lies.
    pub orientation: Orientation,
    /// The kind, over the title: `Rapport d’activité`.
    pub kind: String,
    /// The title.
    pub title: String,
    /// Under the title; may be empty.
    pub subtitle: String,
    /// The place, repeated at the top of each page: `Cercle de Kati`.
    pub place: String,
    /// The period, repeated at the top of each page: `4e trimestre 2024`.
    pub period: String,
    /// The day on which it was made, given by the caller since nothing here reads a clock.
    pub made_on: Date,
    /// The code at the foot of each page.
    pub code: Option<CheckCode>,
    /// Where it comes from, in small letters at the foot of each page: the version of its model,
    /// the position of the journal. One or two short lines.
    pub sources: Vec<String>,
    /// The content.
    pub blocks: Vec<Block>,
}

/// How the A4 paper lies.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Orientation {
    /// Upright.
    #[default]
    Portrait,
    /// On its side, for wide tables.
    Landscape,
}

/// A part of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A heading of level 1 (a section) to 3.
    Heading(u8, String),
    /// A paragraph.
    Paragraph(Text),
    /// A list.
    List(List),
    /// A table.
    Table(Table),
    /// A chart or a map.
    Figure(Figure),
    /// A few numbers to remember, set large.
    KeyFigures(Vec<KeyFigure>),
    /// A remark set apart.
    Callout(Callout),
    /// What follows starts a page.
    PageBreak,
    /// The zone where people sign, side by side.
    Signatures(Vec<Signature>),
    /// Small pictures, each with its figure and its sentence, side by side.
    Cards(Vec<Card>),
    /// A drawing as large as the page lets it be, without a number: a code to be scanned.
    Poster(Figure),
    /// The head of a letter; it takes the place of the title and of what follows it.
    Letterhead(Letterhead),
    /// The end of a letter: who signs, at the right.
    Closing(Signature),
    /// The document is set small, with narrow margins, so that it holds on one page. Shows nothing.
    Dense,
}

/// A small picture with what it says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Card {
    /// A drawing of one ink, legible in black and white: an SVG document.
    pub svg: String,
    /// What is counted.
    pub title: String,
    /// The number as people read it.
    pub value: String,
    /// The same in one plain sentence.
    pub text: String,
    /// More, in small letters; may be empty.
    pub note: String,
}

/// Who writes to whom.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Letterhead {
    /// Who writes, a line each.
    pub from: Vec<String>,
    /// `Kati, le 20 janvier 2025`.
    pub place_and_day: String,
    /// To whom, a line each.
    pub to: Vec<String>,
    /// What it is about, with its word before it.
    pub subject: Text,
}

/// A list of short texts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct List {
    /// Whether the items are numbered.
    pub ordered: bool,
    /// The items.
    pub items: Vec<Text>,
}

/// A table. Its header is repeated on each page that it covers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// The caption, numbered by the writer: `Population par commune`.
    pub caption: String,
    /// The columns; at least one.
    pub columns: Vec<Column>,
    /// The rows; there may be none, which the table then says.
    pub rows: Vec<Row>,
    /// Notes under the table: units, sources, what is missing.
    pub notes: Vec<Text>,
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// The words of the header.
    pub title: String,
    /// Where the cells lean.
    pub align: Align,
    /// The share of the width of the table, relative to the other columns; 0 counts as 1.
    pub width: u16,
}

/// Where the text of a column leans.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Align {
    /// To the left: words.
    #[default]
    Start,
    /// In the middle: marks.
    Center,
    /// To the right: numbers.
    End,
}

/// A row of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Row {
    /// One cell per column.
    Cells(Vec<Text>),
    /// A line over the whole width that names the rows that follow.
    Group(Text),
    /// One cell per column, for a total.
    Total(Vec<Text>),
}

/// A chart or a map.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    /// The drawing: an SVG document that needs nothing outside itself, neither style sheet nor
    /// image.
    pub svg: String,
    /// The caption, numbered by the writer: it states the finding.
    pub caption: String,
    /// What the figure shows, for those who do not see it.
    pub alternative: String,
    /// The same values as a table: printed by the formats that hold no drawing.
    pub twin: Option<Table>,
}

/// A number to remember.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeyFigure {
    /// The number as people read it: `11 / 12`.
    pub value: String,
    /// What it counts: `communes ont transmis`.
    pub label: String,
    /// More, in small letters; may be empty.
    pub note: String,
}

/// A remark set apart from the text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Callout {
    /// What it asks of the reader.
    pub tone: Tone,
    /// The first words; may be empty.
    pub title: String,
    /// The text.
    pub text: Text,
}

/// What a callout asks of the reader.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// To know it.
    #[default]
    Note,
    /// To act on it.
    Attention,
}

/// The place where one person signs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Signature {
    /// The office: `Le préfet du cercle`.
    pub office: String,
    /// The name, if it is known; else empty.
    pub name: String,
}

impl Table {
    /// A table without columns yet.
    pub fn new(caption: impl Into<String>) -> Self {
        Self { caption: caption.into(), ..Self::default() }
    }

    /// Adds a column.
    #[must_use]
    pub fn column(mut self, title: impl Into<String>, align: Align, width: u16) -> Self {
        self.columns.push(Column { title: title.into(), align, width });
        self
    }

    /// Adds a row of one cell per column.
    #[must_use]
    pub fn row<T: Into<Text>>(mut self, cells: impl IntoIterator<Item = T>) -> Self {
        self.rows.push(Row::Cells(cells.into_iter().map(Into::into).collect()));
        self
    }

    /// Adds a row of totals, one cell per column.
    #[must_use]
    pub fn total<T: Into<Text>>(mut self, cells: impl IntoIterator<Item = T>) -> Self {
        self.rows.push(Row::Total(cells.into_iter().map(Into::into).collect()));
        self
    }

    /// Adds a line that names the rows that follow.
    #[must_use]
    pub fn group(mut self, title: impl Into<Text>) -> Self {
        self.rows.push(Row::Group(title.into()));
        self
    }

    /// Adds a note.
    #[must_use]
    pub fn note(mut self, note: impl Into<Text>) -> Self {
        self.notes.push(note.into());
        self
    }

    /// Tells whether every row has one cell per column.
    ///
    /// # Errors
    ///
    /// If there is no column, or on the first row that does not fit.
    pub fn check(&self) -> Result<(), WriteError> {
        let expected = self.columns.len();
        if expected == 0 {
            return Err(WriteError::NoColumn { table: self.caption.clone() });
        }
        for (at, row) in self.rows.iter().enumerate() {
            let found = match row {
                Row::Cells(cells) | Row::Total(cells) => cells.len(),
                Row::Group(_) => expected,
            };
            if found != expected {
                let table = self.caption.clone();
                return Err(WriteError::Cells { table, row: at + 1, expected, found });
            }
        }
        Ok(())
    }
}

impl Document {
    /// Tells whether every table of the document, twins included, is well made.
    ///
    /// # Errors
    ///
    /// On the first table that is not.
    pub fn check(&self) -> Result<(), WriteError> {
        for block in &self.blocks {
            match block {
                Block::Table(table) => table.check()?,
                Block::Figure(Figure { twin: Some(table), .. }) => table.check()?,
                _ => {}
            }
        }
        Ok(())
    }

    /// `Cercle de Kati — 4e trimestre 2024`, or the one that there is.
    pub fn place_and_period(&self) -> String {
        let parts = [self.place.as_str(), self.period.as_str()];
        parts.into_iter().filter(|it| !it.is_empty()).collect::<Vec<_>>().join(" — ")
    }
}

/// The level at which a heading is written: never more than one below the heading before it, since
/// a reader who listens to the outline would believe that something is missing.
pub fn heading_level(previous: u8, wanted: u8) -> u8 {
    wanted.clamp(1, 3).min(previous + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_that_does_not_fit_is_refused() {
        let table = Table::new("Écoles").column("Commune", Align::Start, 2);
        let table = table.column("Élèves", Align::End, 1).row(["Baguinéda", "12"]).group("Kati");
        assert!(table.check().is_ok());
        let told = table.row(["Ouélessébougou"]).check().unwrap_err().to_string();
        assert_eq!(told, "table \"Écoles\", row 3: 1 cells for 2 columns");
        assert!(Table::new("Vide").check().is_err());
    }

    #[test]
    fn headings_go_down_one_step_at_a_time() {
        for (previous, wanted, expected) in
            [(0, 1, 1), (0, 3, 1), (1, 3, 2), (2, 3, 3), (3, 1, 1), (1, 0, 1), (3, 9, 3)]
        {
            assert_eq!(heading_level(previous, wanted), expected, "{previous} {wanted}");
        }
    }
}
