//! `/voix/{language}/texte.pdf`: what is to be read aloud, for the recording session.

use axum::extract::Path;
use axum::response::Response;
use documents::{Align, Block, Callout, Document, Orientation, Table, Tone};
use web::{PageFailure, Visit};

use super::language::lines;

/// A box to tick by hand.
const BOX: &str = "[\u{a0}\u{a0}\u{a0}]";

pub(super) async fn pdf(visit: Visit, Path(code): Path<String>) -> Result<Response, PageFailure> {
    let (grammar, lines) = lines(&visit, &code).await?;
    let chrome = visit.chrome("voices-script-title");
    let mut table = Table::new(chrome.t("voices-script-table"))
        .column(chrome.t("voices-script-number"), Align::End, 1)
        .column(chrome.t("voices-script-words"), Align::Start, 8)
        .column(chrome.t("voices-script-key"), Align::Start, 4)
        .column(chrome.t("voices-script-done"), Align::Center, 2);
    let missing = lines.iter().filter(|it| it.is_missing());
    for (at, it) in missing.enumerate() {
        let number = (at + 1).to_string();
        table = table.row([number.as_str(), &it.words, &it.key, BOX]);
    }
    let mut sources = vec![grammar.source.clone()];
    if !grammar.verified {
        sources.push(chrome.t("voices-unverified"));
    }
    let document = Document {
        language: visit.language,
        orientation: Orientation::Portrait,
        kind: chrome.t("voices-keep-title"),
        title: chrome.title.clone(),
        subtitle: grammar.name.clone(),
        place: grammar.name.clone(),
        period: visit.language.long_date(visit.today()),
        made_on: visit.today(),
        code: None,
        sources,
        blocks: vec![
            Block::Callout(Callout {
                tone: Tone::Note,
                title: chrome.t("voices-script-how"),
                text: chrome.t("voices-script-text").into(),
            }),
            Block::Table(table),
        ],
    };
    let write = visit.app.shell().pdf;
    let bytes = visit.app.work(move || write(&document)).await?;
    Ok(visit.file(&format!("voix-{code}.pdf"), "application/pdf", bytes))
}
