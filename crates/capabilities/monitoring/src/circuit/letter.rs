//! The letter that reminds a late place: on the screen, and on paper as PDF and DOCX.

use super::plan::Act;
use super::reception::{days_between, reception};
use crate::analysis::{Say, encoded};
use crate::entry::page::{self, chrome};
use crate::questionnaire::{self, french};
use crate::reports::{Format, Writers};
use crate::store::{Ground, Stage};
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use documents::{Block, Document, Letterhead, List, Orientation, Signature, Text};
use identity::Action;
use kernel::{Date, Failure, Quarter};
use web::{Access, Chrome, PageFailure, Routes, Visit};

pub(super) fn routes() -> Routes {
    let read = Access::Needs(Action::ReadUnpublished);
    Routes::new().get("/suivi/rappel/{place}/{quarter}", read, show)
}

/// The address of the letter that reminds a place.
pub(crate) fn letter_href(place: &str, quarter: Quarter) -> String {
    format!("/suivi/rappel/{}/{quarter}", encoded(place))
}

/// A letter to a place that is late.
#[derive(Template)]
#[template(path = "circuit/letter.html")]
struct Letter {
    chrome: Chrome,
    place: String,
    from: String,
    office: String,
    name: String,
    day: Date,
    today: String,
    quarter: String,
    due: String,
    days: i32,
    /// The units whose return is not here.
    missing: Vec<String>,
    back: String,
    files: [(&'static str, String, &'static str); 2],
}

impl Letter {
    /// The same letter for paper.
    fn document(&self, say: &Say<'_>) -> Document {
        let t = |key: &str, name: &str, value: &str| say.with(key, &[(name, value.to_owned())]);
        let paragraph = |text: String| Block::Paragraph(text.into());
        let subject = t("letter-subject", "quarter", &self.quarter);
        let late = match self.days {
            1.. => super::two(&self.chrome, "letter-late", "day", &self.due, "days", self.days),
            _ => t("letter-due", "day", &self.due),
        };
        let mut blocks = vec![
            Block::Letterhead(Letterhead {
                from: vec![self.from.clone(), self.office.clone()],
                place_and_day: super::two(
                    &self.chrome,
                    "letter-place-day",
                    "place",
                    &self.from,
                    "day",
                    &self.today,
                ),
                to: vec![self.place.clone(), say.t("letter-to-whom")],
                subject: Text::default().bold(subject.clone()),
            }),
            paragraph(say.t("letter-greeting")),
            paragraph(late),
        ];
        if !self.missing.is_empty() {
            blocks.push(paragraph(self.chrome.t1("letter-missing", "count", self.missing.len())));
            let items = self.missing.iter().map(|it| Text::from(it.as_str())).collect();
            blocks.push(Block::List(List { ordered: false, items }));
        }
        blocks.push(paragraph(say.t("letter-ask")));
        blocks.push(paragraph(say.t("letter-close")));
        blocks.push(Block::Closing(Signature {
            office: self.office.clone(),
            name: self.name.clone(),
        }));
        Document {
            language: say.language,
            orientation: Orientation::Portrait,
            kind: String::new(),
            title: subject,
            subtitle: String::new(),
            place: self.place.clone(),
            period: self.quarter.clone(),
            made_on: self.day,
            code: None,
            sources: vec![t("letter-source", "day", &self.today)],
            blocks,
        }
    }
}

async fn show(
    visit: Visit,
    Path((place, last)): Path<(String, String)>,
) -> Result<Response, PageFailure> {
    let (quarter, format) = match last.rsplit_once('.') {
        None => (last.as_str(), None),
        Some((quarter, "pdf")) => (quarter, Some(Format::Pdf)),
        Some((quarter, "docx")) => (quarter, Some(Format::Docx)),
        Some(_) => return Err(PageFailure::NotFound),
    };
    let quarter = page::quarter(quarter, visit.today())?;
    let letter = letter(&visit, &place, quarter).await?;
    let Some(format) = format else { return visit.page(&letter) };
    let document =
        letter.document(&Say { catalogue: visit.app.catalogue(), language: visit.language });
    let writers = Writers::of(&visit.app);
    let bytes = visit.app.work(move || writers.written(&document, format)).await?;
    let ending = format.ending();
    let name = format!("rappel-{place}-{quarter}.{ending}");
    Ok(visit.file(&name, Format::media_of(ending), bytes))
}

async fn letter(visit: &Visit, place: &str, quarter: Quarter) -> Result<Letter, PageFailure> {
    let (code, actor, today) = (place.to_owned(), visit.actor.clone(), visit.today());
    let read = visit.app.read(move |tx| {
        let ground = page::visible(tx, &actor, &code, quarter)?;
        let questionnaire = questionnaire::in_force(tx, quarter)?;
        let found = reception(tx, &actor, &ground, quarter, today, false)?;
        let act = if ground.closes(&code).is_empty() { Act::File } else { Act::Close };
        let due = ground.due(&questionnaire, &code, act, quarter).ok_or(Failure::NotFound)?;
        let above = match act {
            Act::File => ground.takes(&code, Stage::Closed, quarter),
            _ => ground.takes(&code, Stage::Validated, quarter),
        };
        let above = above.unwrap_or(&code).to_owned();
        Ok::<_, Failure>((ground, found, due, above))
    });
    let (ground, found, due, above) = read.await.map_err(|it: Failure| PageFailure::from(it))?;
    let language = visit.language;
    let named = |ground: &Ground, code: &str| french(ground.name(code));
    let missing = found
        .rows
        .iter()
        .flat_map(|it| &it.cells)
        .filter(|it| !it.standing.is_in() && it.unit != place)
        .map(|it| named(&ground, &it.unit))
        .collect();
    let title = visit.app.catalogue().say(language, "letter-title", &[]);
    let here = letter_href(place, quarter);
    Ok(Letter {
        place: named(&ground, place),
        from: named(&ground, &above),
        office: visit.actor.main_office().map(|it| french(&it.title)).unwrap_or_default(),
        name: french(&visit.actor.name),
        day: today,
        today: language.long_date(today),
        quarter: language.quarter(quarter),
        due: language.long_date(due),
        days: days_between(due, today),
        missing,
        back: format!("/suivi/reception/{}/{quarter}", encoded(&above)),
        files: [("pdf", format!("{here}.pdf"), "print"), ("docx", format!("{here}.docx"), "file")],
        chrome: chrome(visit, title, &ground, quarter),
    })
}
