//! The receipt of a filed return: when, by whom, its code, and the whole quarter as one QR code.

use super::packed::{self, Content, Pieces};
use super::second_href;
use crate::analysis::{Say, encoded};
use crate::circuit::double_entry;
use crate::entry::page::{self, chrome, forms_href};
use crate::questionnaire::{self, Tier, french};
use crate::store::filings;
use askama::Template;
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Redirect, Response};
use documents::{Align, Block, Document, Figure, Orientation, Table};
use identity::Action;
use kernel::{Failure, Quarter};
use serde::Deserialize;
use web::{Access, Chrome, PageFailure, Routes, Visit};

pub(super) fn routes() -> Routes {
    let read = Access::Needs(Action::ReadUnpublished);
    Routes::new().get("/suivi/recu/{unit}/{quarter}", read, show)
}

/// The address of the receipt of a unit for a quarter.
pub(crate) fn receipt_href(unit: &str, quarter: Quarter) -> String {
    format!("/suivi/recu/{}/{quarter}", encoded(unit))
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Asked {
    morceaux: String,
}

#[derive(Template)]
#[template(path = "paper/receipt.html")]
struct View {
    chrome: Chrome,
    title: String,
    quarter: String,
    back: String,
    pdf_href: String,
    cuts: [(String, String, bool); 2],
    facts: Vec<(String, String)>,
    codes: Vec<(String, String)>,
    how: String,
}

/// The receipt as it is shown and printed.
struct Receipt {
    place: String,
    day: kernel::Date,
    facts: Vec<(String, String)>,
    /// The drawings with their captions; none if the return does not fit.
    codes: Vec<(String, String)>,
    chrome: Chrome,
}

async fn show(
    visit: Visit,
    Path((unit, last)): Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> Result<Response, PageFailure> {
    let (quarter, paper) = match last.strip_suffix(".pdf") {
        Some(quarter) => (quarter, true),
        None => (last.as_str(), false),
    };
    let quarter = page::quarter(quarter, visit.today())?;
    // A receipt holds every form: whoever keys one for the second time waits for the comparison.
    if let Some(form) = hidden(&visit, &unit, quarter).await? {
        return Ok(Redirect::to(&second_href(&unit, quarter, &form)).into_response());
    }
    let small = asked.morceaux == "petits";
    let cut = if small { Pieces::Small } else { Pieces::Large };
    let receipt = receipt(&visit, &unit, quarter, cut).await?;
    let say = Say { catalogue: visit.app.catalogue(), language: visit.language };
    let how = match receipt.codes.as_slice() {
        [] => say.t("receipt-too-large"),
        [_] => say.t("receipt-how"),
        many => say.with("receipt-how-many", &[("count", many.len().to_string())]),
    };
    if paper {
        let document = document(&say, receipt, quarter, how);
        let writer = visit.app.shell().pdf;
        let bytes = visit.app.work(move || writer(&document)).await?;
        return Ok(visit.file(&format!("recu-{unit}-{quarter}.pdf"), "application/pdf", bytes));
    }
    let here = receipt_href(&unit, quarter);
    let query = if small { "?morceaux=petits" } else { "" };
    visit.page(&View {
        title: receipt.place,
        quarter: visit.language.quarter(quarter),
        back: forms_href(&unit, quarter, Tier::Core),
        pdf_href: format!("{here}.pdf{query}"),
        cuts: [
            (here.clone(), say.t("receipt-one"), !small),
            (format!("{here}?morceaux=petits"), say.t("receipt-small"), small),
        ],
        facts: receipt.facts,
        codes: receipt.codes,
        how,
        chrome: receipt.chrome,
    })
}

/// The form of the unit that the reader is keying for the second time, if there is one.
async fn hidden(
    visit: &Visit,
    unit: &str,
    quarter: Quarter,
) -> Result<Option<String>, PageFailure> {
    let (actor, code) = (visit.actor.clone(), unit.to_owned());
    let read = visit.app.read(move |tx| {
        for set in questionnaire::in_force(tx, quarter)?.data_sets() {
            if double_entry::is_hidden_from(tx, &actor, (&code, quarter, &set.code))? {
                return Ok(Some(set.code.clone()));
            }
        }
        Ok(None)
    });
    read.await.map_err(|it: Failure| PageFailure::from(it))
}

async fn receipt(
    visit: &Visit,
    unit: &str,
    quarter: Quarter,
    cut: Pieces,
) -> Result<Receipt, PageFailure> {
    let (code, seer) = (unit.to_owned(), visit.clone());
    let read = visit.app.read::<_, PageFailure>(move |tx| {
        let ground = page::visible(tx, &seer.actor, &code, quarter)?;
        let filed = filings(tx, &code, quarter)?.pop();
        let filed = filed.ok_or(PageFailure::NotFound)?;
        let at = filed.written_at(tx)?;
        let questionnaire = questionnaire::in_force(tx, quarter)?;
        let content = Content::of(&filed.content()?);
        let millis = at.unwrap_or_else(|| filed.day.to_millis());
        let bytes = packed::pack(
            (&questionnaire, ground.level()),
            (&code, quarter),
            (millis, &filed.mark),
            &content,
            seer.app.journal().key(),
        );
        let bytes = bytes.map_err(Failure::broken)?;
        Ok((ground, filed, at, content.count(), bytes))
    });
    let (ground, filed, at, count, bytes) = read.await?;
    let language = visit.language;
    let say = |key: &str, given: &[(&str, String)]| visit.app.catalogue().say(language, key, given);
    let name = french(ground.name(unit));
    let when = at.map_or_else(|| language.short_date(filed.day), |it| language.instant(it));
    let (texts, resistance) =
        packed::pieces(&bytes, cut).unwrap_or((Vec::new(), graphics::Resistance::Low));
    let all = texts.len();
    let codes = (1..)
        .zip(&texts)
        .map(|(at, text): (usize, _)| {
            let short = text.split(':').nth(2).unwrap_or_default();
            let given = [
                ("number", at.to_string()),
                ("all", all.to_string()),
                ("code", short.to_owned()),
                ("place", name.clone()),
            ];
            let caption = say("receipt-code-caption", &given);
            let drawn = graphics::qr(text.as_bytes(), resistance, &caption);
            drawn.map(|it| (it, caption))
        })
        .collect::<Option<Vec<_>>>();
    let told = |key: &str, value: String| (say(key, &[]), value);
    let title = say("receipt-title", &[]);
    Ok(Receipt {
        facts: vec![
            told("receipt-when", when),
            told("receipt-office", french(&filed.office)),
            told("receipt-code", filed.mark.clone()),
            told("receipt-values", language.integer(i64::try_from(count).unwrap_or(i64::MAX))),
        ],
        place: name,
        day: filed.day,
        codes: codes.unwrap_or_default(),
        chrome: chrome(visit, title, &ground, quarter),
    })
}

fn document(say: &Say<'_>, receipt: Receipt, quarter: Quarter, how: String) -> Document {
    let mut table = Table::new(say.t("receipt-caption"))
        .column(say.t("receipt-what"), Align::Start, 2)
        .column(say.t("receipt-said"), Align::Start, 5);
    for (key, value) in receipt.facts {
        table = table.row([key, value]);
    }
    let mut blocks = vec![Block::Dense, Block::Table(table), Block::Paragraph(how.into())];
    let many = 1 < receipt.codes.len();
    for (svg, caption) in receipt.codes {
        if many {
            blocks.push(Block::PageBreak);
        }
        let alternative = caption.clone();
        blocks.push(Block::Poster(Figure { svg, caption, alternative, twin: None }));
    }
    Document {
        language: say.language,
        orientation: Orientation::Portrait,
        kind: say.t("receipt-title"),
        title: receipt.place.clone(),
        subtitle: String::new(),
        place: receipt.place,
        period: say.quarter(quarter),
        made_on: receipt.day,
        code: None,
        sources: vec![say.t("receipt-source")],
        blocks,
    }
}
