//! The programme of a year as a document to sign.

use documents::{
    Align, Block, Callout, Document, KeyFigure, Orientation, Signature, Table, Text, Tone,
};
use web::{Chrome, Visit};

use super::amount;
use super::show::tiles;
use super::whole::{Row, Whole};
use crate::Scope;

/// The programme (PIA) of a year of a plan.
pub(super) fn programme(visit: &Visit, whole: &Whole, year: i64, scope: Scope) -> Document {
    let plan = whole.plan();
    let chrome = visit.chrome("plans-title");
    let figures = whole.figures(scope);
    let groups = whole.groups(&chrome, scope);
    let mut blocks = vec![Block::KeyFigures(
        tiles(&chrome, &figures)
            .into_iter()
            .map(|(label, value, note)| KeyFigure { value, label, note })
            .collect(),
    )];
    let mut table = Table::new(chrome.t1("plans-year-caption", "year", year))
        .column(chrome.t("plans-col-priority"), Align::End, 2)
        .column(chrome.t("plans-col-action"), Align::Start, 9)
        .column(chrome.t("plans-col-place"), Align::Start, 4)
        .column(chrome.t1("plans-col-cost-year", "year", year), Align::End, 4)
        .column(chrome.t("plans-col-funding"), Align::Start, 5)
        .column(chrome.t("plans-col-owner"), Align::Start, 4)
        .column(chrome.t("plans-col-state"), Align::Start, 3);
    let mut notices = Vec::new();
    for group in &groups {
        table = table.group(group.name.as_str());
        for row in &group.rows {
            table = table.row(cells(row));
            if !row.notice.is_empty() {
                notices.push((row.action.clone(), row.notice.clone()));
            }
        }
    }
    let total = amount(&chrome, (0 < figures.costed).then_some(figures.cost));
    let blank = String::new;
    table =
        table.total([blank(), chrome.t("plans-total"), blank(), total, blank(), blank(), blank()]);
    if figures.costed < figures.lines {
        let count = figures.lines - figures.costed;
        table = table.note(chrome.t1("plans-without-cost", "count", count));
    }
    blocks.push(Block::Table(table));
    for (action, notice) in notices {
        blocks.push(Block::Callout(Callout {
            tone: Tone::Note,
            title: action,
            text: notice.into(),
        }));
    }
    blocks.push(Block::Signatures(vec![
        Signature { office: chrome.t("plans-signs-secretary"), name: String::new() },
        Signature { office: chrome.t("plans-signs-mayor"), name: String::new() },
    ]));
    Document {
        language: visit.language,
        orientation: Orientation::Landscape,
        kind: chrome.t("plans-year-kind"),
        title: chrome.t1("plans-year-title", "year", year),
        subtitle: plan.title.clone(),
        place: whole.place.name.clone(),
        period: year.to_string(),
        made_on: visit.today(),
        code: None,
        sources: sources(&chrome, whole),
        blocks,
    }
}

fn cells(row: &Row) -> Vec<Text> {
    let action = match row.objective.is_empty() {
        true => Text::from(row.action.as_str()),
        false => Text::from(row.action.as_str()).italic(format!(" ({})", row.objective)),
    };
    vec![
        row.priority.as_str().into(),
        action,
        row.place.as_str().into(),
        row.cost.as_str().into(),
        row.funding.as_str().into(),
        row.owner.as_str().into(),
        row.state.1.as_str().into(),
    ]
}

fn sources(chrome: &Chrome, whole: &Whole) -> Vec<String> {
    let plan = whole.plan();
    let mut out = Vec::new();
    out.push(match &plan.adoption {
        Some(it) => chrome.t2(
            "plans-adopted-by",
            ("number", &it.number),
            ("day", chrome.language().long_date(it.day)),
        ),
        None => chrome.t("plans-printed-project"),
    });
    if plan.invented {
        out.push(chrome.t("invented-text"));
    }
    out
}
