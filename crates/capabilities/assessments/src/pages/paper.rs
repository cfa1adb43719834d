//! The grid on A4: blank for the meeting, filled in after it.

use axum::response::Response;
use documents::{Align, Block, Callout, Document, Orientation, Signature, Table, Tone};
use web::{PageFailure, Visit};

use crate::Assessment;
use crate::assessment::GROUPS;
use crate::grid::Grid;

/// A box to tick by hand.
const BOX: &str = "[\u{a0}\u{a0}\u{a0}]";
/// Lines for actions on the blank form.
const ACTION_LINES: usize = 6;

pub(super) async fn answer(
    visit: &Visit,
    document: Document,
    name: &str,
) -> Result<Response, PageFailure> {
    let write = visit.app.shell().pdf;
    let bytes = visit.app.work(move || write(&document)).await?;
    Ok(visit.file(name, "application/pdf", bytes))
}

fn frame(visit: &Visit, grid: &Grid, (place, period): (String, String)) -> Document {
    let chrome = visit.chrome_titled("");
    Document {
        language: visit.language,
        orientation: Orientation::Portrait,
        kind: chrome.t("assessments-kicker"),
        title: grid.title.say(visit.language).to_owned(),
        subtitle: chrome.t("assessments-private"),
        place,
        period,
        made_on: visit.today(),
        code: None,
        sources: vec![
            grid.source.say(visit.language).to_owned(),
            chrome.t1("assessments-edition", "day", visit.language.long_date(grid.edition)),
        ],
        blocks: Vec::new(),
    }
}

fn signatures(visit: &Visit) -> Block {
    let chrome = visit.chrome_titled("");
    let office = |key: &str| Signature { office: chrome.t(key), name: String::new() };
    Block::Signatures(vec![office("assessments-sign-mayor"), office("assessments-sign-rapporteur")])
}

pub(super) fn blank(visit: &Visit, grid: &Grid) -> Document {
    let chrome = visit.chrome_titled("");
    let language = visit.language;
    let line = "_".repeat(100);
    let mut document = frame(visit, grid, (chrome.t("assessments-blank-place"), String::new()));
    let mut people = Table::new(chrome.t("assessments-participants"))
        .column(chrome.t("assessments-group"), Align::Start, 4)
        .column(chrome.t("assessments-women"), Align::Center, 2)
        .column(chrome.t("assessments-men"), Align::Center, 2);
    for word in GROUPS {
        people = people.row([
            chrome.t(&format!("assessments-group-{word}")),
            String::new(),
            String::new(),
        ]);
    }
    document.blocks.push(Block::Callout(Callout {
        tone: Tone::Note,
        title: chrome.t("assessments-blank-how"),
        text: chrome.t("assessments-blank-text").into(),
    }));
    document.blocks.push(Block::Table(people));
    for domain in &grid.domains {
        document.blocks.push(Block::Heading(1, domain.name.say(language).to_owned()));
        for it in &domain.criteria {
            let mut table = Table::new(it.name.say(language))
                .column(chrome.t("assessments-level"), Align::Center, 2)
                .column(chrome.t("assessments-seen"), Align::Start, 12)
                .column(chrome.t("assessments-tick"), Align::Center, 2);
            for (at, told) in it.levels.iter().enumerate() {
                let number = (at + 1).to_string();
                table = table.row([number.as_str(), told.say(language), BOX]);
            }
            let proof = chrome.t("assessments-evidence");
            document.blocks.push(Block::Table(table));
            document.blocks.push(Block::Paragraph(format!("{proof}\u{a0}: {line}").into()));
        }
    }
    let mut actions = actions_table(visit);
    for _ in 0..ACTION_LINES {
        actions = actions.row(["\u{a0}\n\u{a0}", "", ""]);
    }
    document.blocks.push(Block::Heading(1, chrome.t("assessments-actions")));
    document.blocks.push(Block::Table(actions));
    document.blocks.push(signatures(visit));
    document
}

fn actions_table(visit: &Visit) -> Table {
    let chrome = visit.chrome_titled("");
    Table::new(chrome.t("assessments-actions"))
        .column(chrome.t("assessments-what"), Align::Start, 6)
        .column(chrome.t("assessments-owner"), Align::Start, 3)
        .column(chrome.t("assessments-due"), Align::Start, 3)
}

pub(super) fn filled(visit: &Visit, grid: &Grid, it: &Assessment, commune: &str) -> Document {
    let chrome = visit.chrome_titled("");
    let language = visit.language;
    let held = it.content.held;
    let when = held.map_or_else(|| chrome.t("assessments-no-day-yet"), |it| language.long_date(it));
    let mut document = frame(visit, grid, (commune.to_owned(), when));
    if !it.content.closed {
        document.blocks.push(Block::Callout(Callout {
            tone: Tone::Attention,
            title: chrome.t("word-draft"),
            text: chrome.t("assessments-draft-text").into(),
        }));
    }
    let mut people = Table::new(chrome.t("assessments-participants"))
        .column(chrome.t("assessments-group"), Align::Start, 4)
        .column(chrome.t("assessments-women"), Align::End, 2)
        .column(chrome.t("assessments-men"), Align::End, 2);
    for word in GROUPS {
        let name = chrome.t(&format!("assessments-group-{word}"));
        people = match it.content.groups.get(word) {
            Some(it) => people.row([name, it.women.to_string(), it.men.to_string()]),
            None => people.row([name, chrome.t("word-no-data"), chrome.t("word-no-data")]),
        };
    }
    document.blocks.push(Block::Table(people));
    for domain in &grid.domains {
        document.blocks.push(Block::Heading(1, domain.name.say(language).to_owned()));
        let mut table = Table::new(domain.name.say(language))
            .column(chrome.t("assessments-criterion"), Align::Start, 4)
            .column(chrome.t("assessments-level"), Align::Center, 2)
            .column(chrome.t("assessments-seen"), Align::Start, 6)
            .column(chrome.t("assessments-evidence"), Align::Start, 5);
        for criterion in &domain.criteria {
            let mark = it.content.marks.get(&criterion.code).cloned().unwrap_or_default();
            let told =
                mark.level.and_then(|it| criterion.levels.get(usize::from(it).wrapping_sub(1)));
            table = table.row([
                criterion.name.say(language).to_owned(),
                mark.level.map(|it| it.to_string()).unwrap_or_default(),
                match told {
                    Some(it) => it.say(language).to_owned(),
                    None => chrome.t("assessments-not-discussed"),
                },
                mark.evidence,
            ]);
        }
        document.blocks.push(Block::Table(table));
    }
    document.blocks.push(Block::Heading(1, chrome.t("assessments-actions")));
    let mut actions = actions_table(visit);
    for it in &it.content.actions {
        let due = it.due.map(|it| language.long_date(it)).unwrap_or_default();
        actions = actions.row([it.what.clone(), it.owner.clone(), due]);
    }
    document.blocks.push(Block::Table(actions));
    document.blocks.push(signatures(visit));
    document
}
