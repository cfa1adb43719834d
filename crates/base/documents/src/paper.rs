//! Forms to be filled in by hand and typed again: boxes for figures, in the order of the screen.
//!
//! Like the [`crate::Document`], the model holds what the reader sees, in the reader's language.

use kernel::{Date, Language};

use crate::CheckCode;

/// The forms of some places, one booklet each, printed one after the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Booklets {
    /// The language of the text.
    pub language: Language,
    /// The title of the file: `Fiches du 4e trimestre 2024`.
    pub title: String,
    /// The day on which they were made.
    pub made_on: Date,
    /// The words that every page repeats.
    pub words: PaperWords,
    /// The booklets. Each begins a page and counts its own pages.
    pub booklets: Vec<Booklet>,
}

/// The words printed around the boxes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PaperWords {
    /// Before the page number.
    pub page: String,
    /// Between the page number and how many there are.
    pub of: String,
    /// Before the code, which is typed to open the form.
    pub code: String,
    /// « Ne sait pas », short: `NSP`.
    pub unknown: String,
    /// How to fill in, at the foot of each page; one or two short lines.
    pub help: Vec<String>,
    /// Over the line for the document of origin.
    pub source: String,
    /// The day, in the zone of signatures.
    pub day: String,
    /// The signature, there too.
    pub signature: String,
}

/// The forms of one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Booklet {
    /// Who answers: `Commune de Baguinéda`, with its code.
    pub place: String,
    /// What holds it: `Cercle de Kati, région de Koulikoro`.
    pub above: String,
    /// The period: `4e trimestre 2024`.
    pub period: String,
    /// The version of the form: `Noyau, questionnaire oise-1a2b3c`.
    pub version: String,
    /// The forms, in paper order.
    pub forms: Vec<PaperForm>,
    /// Who signs at the end.
    pub signatures: Vec<String>,
}

/// One form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaperForm {
    /// `J04 Santé`, with its period where it is not that of the booklet.
    pub title: String,
    /// Over the last values: `T3 2024`.
    pub last: String,
    /// The code that opens it.
    pub code: CheckCode,
    /// The same as a QR code: an SVG document.
    pub qr: String,
    /// Its lines.
    pub lines: Vec<PaperLine>,
}

/// A line of a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PaperLine {
    /// What the lines that follow split.
    Group {
        /// What is counted.
        label: String,
        /// Its code.
        code: String,
    },
    /// One cell.
    Cell(PaperCell),
}

/// One cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaperCell {
    /// What is asked.
    pub label: String,
    /// The code of the element; empty under a group.
    pub code: String,
    /// Whether it is a part of the group before it.
    pub is_part: bool,
    /// Where the answer is written.
    pub boxes: Boxes,
    /// The unit, after the boxes.
    pub unit: String,
    /// The last value, in grey; empty if there is none.
    pub last: String,
}

/// Where an answer is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Boxes {
    /// One box a digit, with gaps between thousands.
    Digits {
        /// Boxes before the comma.
        whole: u8,
        /// Boxes after the comma.
        decimals: u8,
        /// Whether a sign may come first.
        signed: bool,
    },
    /// One box to tick a choice.
    Choices(Vec<String>),
}
