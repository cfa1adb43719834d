//! The note that answers a question: one page with its words, its chart, its map, its table, the
//! rule for the changes of boundaries and the sources. Made anew each time, on the figures of the
//! day.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use documents::{Align, Block, Document, Figure, Orientation, Row, Table, Text, Tone};
use identity::Actor;
use kernel::{Date, Failure, Language, Reject};
use web::{Access, Chrome, PageFailure, Routes, Visit};

use super::super::answer::{Answer, Cell, answer};
use super::super::asked::{self, Depth, Question, Shape};
use super::super::table::Pivot;
use super::super::{draw, files, page, told};
use super::{Kept, may_change, store};
use crate::analysis::Say;

/// More rows than this would fill more than a page with the chart, and with the chart and the map.
const MOST_ROWS: usize = 26;
const MOST_ROWS_BESIDE_A_MAP: usize = 14;
/// The kind of a text document.
const DOCX: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

pub(super) fn routes() -> Routes {
    Routes::new().get("/suivi/explorer/notes/{id}", Access::Public, show)
}

/// The pages of documents say everything in blocks; so does the page of a note.
#[derive(Template)]
#[template(path = "explorer/note.html")]
struct View {
    chrome: Chrome,
    document: Document,
    files: [(&'static str, String, &'static str); 2],
    answer: String,
    edit: String,
}

impl View {
    fn leans(&self, table: &Table, column: &usize) -> bool {
        table.columns.get(*column).is_some_and(|it| it.align == Align::End)
    }
}

async fn show(visit: Visit, Path(last): Path<String>) -> Result<Response, PageFailure> {
    let (id, ending) = match last.split_once('.') {
        None => (last.clone(), ""),
        Some((id, ending @ ("pdf" | "docx"))) => (id.to_owned(), ending),
        Some(_) => return Err(PageFailure::NotFound),
    };
    let (seer, code) = (visit.clone(), id.clone());
    let on_page = ending.is_empty();
    let (document, may_edit, query, invented) = visit
        .app
        .read::<_, PageFailure>(move |tx| {
            let today = seer.today();
            let kept = store::kept(tx, &seer.actor, &code, today)?.ok_or(PageFailure::NotFound)?;
            let newest = crate::questionnaire::newest(tx)?;
            let refuse = |it: asked::Refused| PageFailure::Refused(it.message());
            let pairs: Vec<(String, String)> = kept
                .content
                .query
                .split('&')
                .filter_map(|it| it.split_once('='))
                .map(|it| (it.0.to_owned(), super::super::choose::decoded(it.1)))
                .collect();
            let question = asked::read(&newest, &pairs).map_err(refuse)?;
            let say = page::say(&seer);
            let found = answer(tx, &seer.actor, today, &say, &question)?.map_err(refuse)?;
            let mapped = answer(tx, &seer.actor, today, &say, &of_map(&found))?.map_err(refuse)?;
            let anybody = Actor::anonymous();
            let more = seer.actor.is_signed_in() && {
                let public = answer(tx, &anybody, today, &say, &question)?.ok();
                shows_more(&found, public.as_ref())
            };
            let document = document(&say, &kept, (&found, &mapped), more, today, on_page);
            let object = store::object(tx, &kept.content.place, today)?;
            let may_edit = may_change(&seer.actor, &kept, &object);
            Ok((document, may_edit, kept.content.query, found.land.invented))
        })
        .await?;
    match ending {
        "pdf" => {
            let writer = visit.app.shell().pdf;
            let bytes = visit.app.work(move || writer(&document)).await?;
            Ok(visit.file("note.pdf", "application/pdf", bytes))
        }
        "docx" => {
            let picture = visit.app.shell().picture;
            let bytes = visit
                .app
                .work(move || {
                    let draw = |svg: &str, wide: u32| picture(svg, wide).ok();
                    documents::docx::write_with(&document, &draw).map_err(Failure::broken)
                })
                .await?;
            Ok(visit.file("note.docx", DOCX, bytes))
        }
        _ => visit.page(&View {
            chrome: visit
                .chrome_titled(document.title.clone())
                .with_place(document.place_and_period())
                .with_invented(invented),
            answer: format!("{}?{query}", page::PAGE),
            edit: if may_edit { format!("{}/{id}", super::page::LIST) } else { String::new() },
            document,
            files: [("pdf", "print"), ("docx", "file")]
                .map(|(it, icon)| (it, format!("/suivi/explorer/notes/{id}.{it}"), icon)),
        }),
    }
}

/// The question that the map of a note answers: the last period, seen on the ground.
fn of_map(found: &Answer) -> Question {
    found.question.with(|it| {
        it.shape = match found.measures.first() {
            Some(one) if one.is_count(&found.questionnaire) => Shape::Symbols,
            _ => Shape::Map,
        };
        it.splits.clear();
        it.measures.truncate(1);
        if !found.measures.is_empty()
            && let Some(last) = found.periods.get(found.last_period(0))
        {
            it.times = vec![crate::explorer::Time::One(*last)];
        }
        if it.depth == Depth::Alone {
            it.depth = Depth::Children;
        }
    })
}

/// The shape of the chart of a note, where the question only asks for a table.
fn charted(found: &Answer) -> Shape {
    match found.question.shape {
        Shape::Table | Shape::Map | Shape::Symbols if 1 < found.periods.len() => {
            if 6 < found.single_places().count() { Shape::Multiples } else { Shape::Lines }
        }
        Shape::Table | Shape::Map | Shape::Symbols => Shape::Bars,
        other => other,
    }
}

/// Whether an answer shows a figure that everybody may not see.
fn shows_more(found: &Answer, public: Option<&Answer>) -> bool {
    let place_of = |code: &str| public?.places.iter().position(|it| it.code == code);
    let period_of = |period| public?.periods.iter().position(|it| *it == period);
    let part_of = |name: &str| public?.parts.iter().position(|it| it.name == name);
    let seen = |place: usize, measure: usize, part: usize, at: usize| {
        let public = public?;
        let place = place_of(&found.places[place].code)?;
        let part = part_of(&found.parts[part].name)?;
        let at = period_of(found.periods[at])?;
        (measure < public.measures.len()).then(|| public.cell(place, measure, part, at))
    };
    (0..found.places.len()).any(|place| {
        (0..found.measures.len()).any(|measure| {
            (0..found.parts.len()).any(|part| {
                (0..found.periods.len()).any(|at| {
                    let indicator = &found.indicators[measure];
                    found.cell(place, measure, part, at).value(indicator).is_some()
                        && !matches!(seen(place, measure, part, at), Some(Cell::Known(_)))
                })
            })
        })
    })
}

fn document(
    say: &Say<'_>,
    kept: &Kept,
    (found, mapped): (&Answer, &Answer),
    more_than_public: bool,
    today: Date,
    on_page: bool,
) -> Document {
    let it = &kept.content;
    let table = files::table(say, found, &Pivot::of(found));
    let mut pictures = draw::in_shape(say, found, charted(found), on_page);
    pictures.truncate(1);
    pictures.extend(draw::pictures(say, mapped, on_page).into_iter().take(1));
    let mut blocks = Vec::new();
    // Two pictures and the table hold on the one page only if all is set close.
    let most = if 1 < pictures.len() {
        blocks.push(Block::Dense);
        MOST_ROWS_BESIDE_A_MAP
    } else {
        MOST_ROWS
    };
    let colon = match say.language {
        Language::French => "\u{a0}: ",
        Language::English => ": ",
    };
    if !it.asked_by.is_empty() || it.asked_on.is_some() {
        let day = it.asked_on.map(|it| say.language.long_date(it)).unwrap_or_default();
        let who = [it.asked_by.as_str(), day.as_str()];
        let who: Vec<&str> = who.into_iter().filter(|it| !it.is_empty()).collect();
        blocks.push(Block::Paragraph(
            Text::default()
                .bold(format!("{}{colon}", say.t("note-asked-by")))
                .plain(format!("{}.", who.join(", "))),
        ));
    }
    let finding = told::finding(say, found);
    if !finding.is_empty() {
        blocks.push(Block::Paragraph(Text::default().bold(finding)));
    }
    for line in it.text.lines().map(str::trim).filter(|it| !it.is_empty()) {
        blocks.push(Block::Paragraph(line.into()));
    }
    if more_than_public {
        blocks.push(Block::Paragraph(Text::default().bold(say.t("note-restricted"))));
    }
    if found.provisional {
        blocks.push(Block::Paragraph(
            Text::default()
                .bold(say.t("analysis-provisional-title"))
                .plain(format!(" {}", say.t("analysis-provisional-text"))),
        ));
    }
    for picture in pictures {
        // The note has said the finding: the caption says what is drawn.
        let caption = picture.notes.first().cloned().unwrap_or(picture.title);
        let notes: Vec<String> = picture.notes.into_iter().skip(1).collect();
        blocks.push(Block::Figure(Figure {
            svg: picture.svg,
            caption: caption.trim_end_matches('.').to_owned(),
            alternative: picture.description,
            twin: None,
        }));
        if !notes.is_empty() {
            blocks.push(Block::Paragraph(Text::default().italic(notes.join(" "))));
        }
    }
    let rows = table.rows.len();
    let table = Table { rows: table.rows.into_iter().take(most).collect(), ..table };
    let table = if most < rows {
        let arguments = [("shown", most.to_string()), ("all", rows.to_string())];
        table.note(say.with("explorer-more-rows", &arguments))
    } else {
        table
    };
    // On a sheet set close, notes right under a table would run into its last row.
    let mut table = table;
    let notes = if most < MOST_ROWS { std::mem::take(&mut table.notes) } else { Vec::new() };
    blocks.push(Block::Table(table));
    blocks.extend(notes.into_iter().map(Block::Paragraph));
    let cautions = told::cautions(say, found);
    if !cautions.is_empty() {
        blocks.push(Block::Paragraph(Text::default().italic(cautions.join(" "))));
    }
    Document {
        language: say.language,
        orientation: Orientation::Portrait,
        kind: say.t("note-kind"),
        title: it.name.clone(),
        subtitle: told::title(say, found),
        place: told::places(say, found),
        period: told::span(say, found),
        made_on: found.stamp.day().unwrap_or(today),
        code: None,
        sources: files::sources(say, found),
        blocks,
    }
}
