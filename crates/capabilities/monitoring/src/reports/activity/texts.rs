//! Sections 2, 11 and 12: what people wrote, printed as French is.

use documents::{Align, Block, List, Table};

use crate::questionnaire::{Level, french};
use crate::reports::blocks::{attention, paragraph, paragraphs};
use crate::reports::material::Material;
use crate::reports::quoted;

/// The highlights, one a line.
pub(crate) fn highlights(material: &Material<'_>) -> Vec<Block> {
    let say = &material.say;
    let text = material.kept.as_ref().map_or("", |it| it.texts.highlights.as_str());
    let items: Vec<_> = text.lines().map(|it| french(it).into()).collect();
    if items.is_empty() {
        return vec![attention(
            say.t("report-highlights-missing"),
            say.t("report-highlights-missing-text"),
        )];
    }
    vec![Block::List(List { ordered: false, items })]
}

/// The qualitative analysis, and the day on which it was discussed.
pub(crate) fn analysis(material: &Material<'_>) -> Vec<Block> {
    let say = &material.say;
    let texts = material.kept.as_ref().map(|it| &it.texts);
    let mut blocks = paragraphs(&french(texts.map_or("", |it| it.analysis.as_str())));
    if blocks.is_empty() {
        blocks.push(paragraph(say.t("report-analysis-missing")));
    }
    blocks.push(paragraph(match texts.and_then(|it| it.discussed_on) {
        Some(day) => say.with("report-discussed", &[("day", say.language.long_date(day))]),
        None => say.t("report-not-discussed"),
    }));
    if material.ground.level() == Level::Cercle {
        blocks.extend(quoted::blocks(material));
    }
    blocks
}

/// Difficulties, solutions, who, until when.
pub(crate) fn difficulties(material: &Material<'_>) -> Vec<Block> {
    let say = &material.say;
    let mut table = Table::new(say.t("report-difficulties-caption"))
        .column(say.t("report-col-difficulty"), Align::Start, 4)
        .column(say.t("report-col-solution"), Align::Start, 4)
        .column(say.t("report-col-responsible"), Align::Start, 2)
        .column(say.t("report-col-due"), Align::Start, 2);
    let rows = material.kept.iter().flat_map(|it| &it.texts.difficulties);
    let mut none = true;
    for it in rows {
        none = false;
        let cells = [&it.difficulty, &it.solution, &it.responsible, &it.due];
        table = table.row(cells.map(|it| french(it)));
    }
    if none {
        // Lines to be filled in by pen at the committee's table.
        for _ in 0..3 {
            table = table.row(["\u{a0}", "", "", ""]);
        }
    }
    vec![Block::Table(table)]
}
