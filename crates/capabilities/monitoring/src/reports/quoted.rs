//! What a synthesis quotes of the circuit: corrections of quarters already closed, and the
//! questions and answers that their writers want quoted.

use db::Tx;
use documents::{Align, Block, Callout, Table, Text, Tone};
use kernel::{Failure, Quarter};

use super::material::Material;
use crate::circuit::{About, Correction, Thread, corrections, threads};
use crate::questionnaire::{Questionnaire, french};
use crate::store::Ground;

/// The quarters whose corrections are told: the one of the document and those of a year before.
const BACK: i32 = 4;
/// The most corrections and exchanges that a document names.
const MOST: usize = 12;

/// What is quoted.
#[derive(Clone, Debug, Default)]
pub(crate) struct Quoted {
    corrections: Vec<(Quarter, Correction)>,
    threads: Vec<Thread>,
}

impl Quoted {
    /// Reads it. The edition for everybody keeps to what is public and not restricted.
    ///
    /// # Errors
    ///
    /// If the store fails.
    pub(crate) fn read(
        tx: &mut Tx<'_>,
        ground: &Ground,
        quarter: Quarter,
        questionnaire: &Questionnaire,
        public: bool,
    ) -> Result<Self, Failure> {
        let mut out = Self::default();
        for back in (0..=BACK).rev() {
            let at = quarter.plus(-back);
            for it in corrections(tx, ground, at)? {
                let restricted = questionnaire
                    .cell_of(&it.cell)
                    .is_none_or(|cell| questionnaire.element(cell.element).restricted);
                if !public || (it.is_public && !restricted) {
                    out.corrections.push((at, it));
                }
            }
        }
        out.threads = threads(tx, ground, quarter)?;
        out.threads.retain(Thread::is_quoted);
        Ok(out)
    }
}

/// The exchanges, then the corrections; nothing where there are none.
pub(crate) fn blocks(material: &Material<'_>) -> Vec<Block> {
    let mut blocks: Vec<Block> =
        material.quoted.threads.iter().take(MOST).map(|it| exchange(material, it)).collect();
    blocks.extend(corrected(material));
    blocks
}

fn exchange(material: &Material<'_>, thread: &Thread) -> Block {
    let say = &material.say;
    let title = say.with(
        "quoted-about",
        &[
            ("place", material.unit_name(&thread.unit).to_owned()),
            ("about", about(material, &thread.about)),
        ],
    );
    let mut text = Text::default();
    for (at, it) in thread.messages.iter().filter(|it| !it.text.is_empty()).enumerate() {
        let lead = if at == 0 { "" } else { "\n" };
        let (office, day) = (french(&it.office), say.language.short_date(it.day));
        let who = if office.is_empty() { day } else { format!("{office}, {day}") };
        let who = format!("{lead}{who}");
        text = text.italic(who).plain(format!(" – {}", french(&it.text)));
    }
    Block::Callout(Callout { tone: Tone::Note, title, text })
}

fn about(material: &Material<'_>, about: &About) -> String {
    let say = &material.say;
    match about {
        About::Quarter => say.quarter(material.quarter),
        About::Cell(cell) => label(material, cell),
        About::Indicator(code) => {
            material.measure(code).map_or_else(|| code.clone(), |it| material.label(it))
        }
        About::Alert(rule) => rule.clone(),
    }
}

fn label(material: &Material<'_>, cell: &str) -> String {
    let say = &material.say;
    let Some(id) = material.questionnaire.cell_of(cell) else { return cell.to_owned() };
    let element = material.questionnaire.element(id.element);
    let options = material.questionnaire.cell_options(id);
    std::iter::once(element.label.say(say.language))
        .chain(options.map(|it| it.1.label.say(say.language)))
        .collect::<Vec<_>>()
        .join(", ")
}

fn corrected(material: &Material<'_>) -> Option<Block> {
    let say = &material.say;
    let all = &material.quoted.corrections;
    if all.is_empty() {
        return None;
    }
    let mut table = Table::new(say.t("quoted-corrections"))
        .column(say.t("recommend-quarter"), Align::Start, 2)
        .column(say.t("analysis-col-place"), Align::Start, 3)
        .column(say.t("report-col-measure"), Align::Start, 5)
        .column(say.t("quoted-before"), Align::End, 2)
        .column(say.t("quoted-after"), Align::End, 2)
        .column(say.t("quoted-why"), Align::Start, 5);
    let number = |text: &str| {
        if text.is_empty() { say.t("analysis-none") } else { say.language.written(text) }
    };
    for (quarter, it) in all.iter().rev().take(MOST) {
        let day = say.language.short_date(it.day);
        let office = french(&it.office);
        let by = if office.is_empty() { day } else { format!("{office} ({day})") };
        let why = if it.why.is_empty() { by } else { format!("{} – {by}", french(&it.why)) };
        table = table.row([
            say.language.short_quarter(*quarter),
            material.unit_name(&it.unit).to_owned(),
            label(material, &it.cell),
            number(&it.before),
            number(&it.after),
            why,
        ]);
    }
    if MOST < all.len() {
        let more = [("count", (all.len() - MOST).to_string())];
        table = table.note(say.with("quoted-more", &more));
    }
    Some(Block::Table(table))
}
