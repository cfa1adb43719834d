//! Files in and out: values, packages, cards, the register, results.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use exchange::{Hand, Level, Places};
use identity::{Actor, Ctx};
use journal::Journal;
use kernel::{Date, Failure, Message, Period, Reject, Stop};
use monitoring::questionnaire::{AdoptRefused, Sheet};
use monitoring::takeover;
use serde_json::json;

use crate::assembly;
use crate::cli::{Base, Export, Exportable, Import, Importable};
use crate::private;
use crate::say::{Refusal, Voice};

/// The largest file that is read whole: 64 MiB.
const LARGEST: u64 = 64 * 1024 * 1024;

/// The codes that an answer names one by one.
const NAMED: usize = 20;

fn read(file: &Path) -> Result<Vec<u8>, Refusal> {
    let size = fs::metadata(file).map_err(|it| private::unreadable(file, &it))?.len();
    if size > LARGEST {
        return Err(private::unreadable(file, &format!("> {} MiB", LARGEST / 1024 / 1024)));
    }
    fs::read(file).map_err(|it| private::unreadable(file, &it))
}

fn write(file: &Path, bytes: &[u8], voice: &Voice) -> Result<(), Refusal> {
    private::write(file, bytes)?;
    voice.done(
        &Message::new("command-written").with("file", file.display()).with("bytes", bytes.len()),
        json!({ "file": file, "bytes": bytes.len() }),
    );
    Ok(())
}

fn hand(at_millis: i64) -> Hand {
    Hand { person: "programme".to_owned(), office: String::new(), at_millis }
}

pub fn import(base: &Base, options: &Import, voice: &Voice) -> Result<(), Refusal> {
    if matches!(options.what, Importable::Returns) {
        return returns(&assembly::open(base)?, options, voice);
    }
    if matches!(options.what, Importable::Questionnaire) {
        return questionnaire(&assembly::open(base)?, options, voice);
    }
    let bytes = read(&options.file)?;
    let journal = assembly::open(base)?;
    match options.what {
        Importable::Returns => returns(&journal, options, voice),
        Importable::Values => values(&journal, options, &bytes, voice),
        Importable::Package => package(&journal, options, &bytes, voice),
        Importable::Card => card(&journal, &bytes, voice),
        Importable::Outlines => outlines(&journal, options, &bytes, voice),
        Importable::Units => units(&journal, options, &bytes, voice),
        Importable::Questionnaire => questionnaire(&journal, options, voice),
    }
}

fn values(journal: &Journal, options: &Import, bytes: &[u8], voice: &Voice) -> Result<(), Refusal> {
    let name = options.file.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let read = monitoring::entry::ValuesText::read(&name, bytes).map_err(|it| it.message())?;
    let text = read.text.as_str();
    let actor = Actor::program();
    let now = super::now_millis();
    let today = Date::from_millis(now);
    let report =
        journal.db().read(|tx| monitoring::entry::report(tx, &actor, today, &name, text))?;
    if !report.faults.is_empty() {
        let told = report.faults.iter().map(|it| it.rule.message_with_cause());
        return Err(Refusal::Several(told.flatten().collect()));
    }
    let preview = report.preview.filter(|_| options.preview);
    let (key, new, changed, same) = if let Some(it) = preview {
        ("command-values-preview", it.new, it.changed.len(), it.same)
    } else {
        let it = journal.db().write(|tx| {
            let mut ctx = Ctx::new(tx, journal, &actor, now);
            monitoring::entry::import(&mut ctx, &name, text, None)
        })?;
        ("command-values-imported", it.new, it.changed, it.same)
    };
    voice.done(
        &Message::new(key)
            .with("count", new + changed + same)
            .with("new", new)
            .with("changed", changed)
            .with("same", same),
        json!({ "new": new, "changed": changed, "same": same, "preview": options.preview }),
    );
    Ok(())
}

/// Read as it comes: twenty years of a nation do not fit in the memory of an old machine.
fn returns(journal: &Journal, options: &Import, voice: &Voice) -> Result<(), Refusal> {
    let name = options.file.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let file =
        fs::File::open(&options.file).map_err(|it| private::unreadable(&options.file, &it))?;
    let mut source = monitoring::takeover::source(&name, file)?;
    let actor = Actor::program();
    let now = super::now_millis();
    let (key, it) = if options.preview {
        let today = Date::from_millis(now);
        let it = journal.db().read(|tx| {
            if options.corrections {
                return takeover::look_at_corrections(tx, &actor, today, &name, &mut source);
            }
            takeover::look(tx, &actor, today, &name, &mut source)
        })?;
        let key = if options.corrections { "corrections" } else { "returns" };
        (format!("command-{key}-preview"), it)
    } else {
        let reason = options.source.as_deref().unwrap_or(&name);
        let it = journal.db().write(|tx| {
            let mut ctx = Ctx::new(tx, journal, &actor, now);
            if options.corrections {
                return takeover::correct(&mut ctx, &name, &mut source, reason);
            }
            takeover::take_over(&mut ctx, &name, &mut source, reason)
        })?;
        let key = if options.corrections { "corrections-taken" } else { "returns-filed" };
        (format!("command-{key}"), it)
    };
    voice.done(
        &Message::new(key)
            .with("values", it.values)
            .with("returns", it.returns)
            .with("same", it.same),
        json!({
            "values": it.values,
            "returns": it.returns,
            "same": it.same,
            "preview": options.preview,
        }),
    );
    Ok(())
}

/// A folder of CSV files, of which the names are known and the others are left alone.
fn questionnaire(journal: &Journal, options: &Import, voice: &Voice) -> Result<(), Refusal> {
    let mut files = BTreeMap::new();
    for sheet in Sheet::ALL {
        let path = options.file.join(sheet.file());
        if !path.exists() {
            continue;
        }
        let text = String::from_utf8(read(&path)?).map_err(|error| {
            let valid = &error.as_bytes()[..error.utf8_error().valid_up_to()];
            let lines = valid.iter().filter(|it| **it == b'\n').count();
            AdoptRefused::not_text(sheet, lines as u64 + 1).message()
        })?;
        files.insert(sheet.file().to_owned(), text);
    }
    let from = options.from.as_deref().unwrap_or_default();
    let (key, it) = if options.preview {
        let it = monitoring::questionnaire::look(&files).map_err(|it| it.message())?;
        ("command-questionnaire-preview", it)
    } else {
        let actor = Actor::program();
        let it = journal.db().write(|tx| {
            let mut ctx = Ctx::new(tx, journal, &actor, super::now_millis());
            monitoring::questionnaire::adopt(&mut ctx, &files, from)
        })?;
        ("command-questionnaire-loaded", it)
    };
    voice.done(
        &Message::new(key)
            .with("forms", it.forms)
            .with("elements", it.elements)
            .with("cells", it.cells)
            .with("rules", it.rules)
            .with("indicators", it.indicators),
        json!({
            "forms": it.forms,
            "elements": it.elements,
            "cells": it.cells,
            "rules": it.rules,
            "indicators": it.indicators,
            "preview": options.preview,
        }),
    );
    Ok(())
}

fn outlines(
    journal: &Journal,
    options: &Import,
    bytes: &[u8],
    voice: &Voice,
) -> Result<(), Refusal> {
    let name = options.file.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let now = super::now_millis();
    let it = journal
        .db()
        .read(|tx| territory::prepare_outlines(tx, Date::from_millis(now), &name, bytes))?;
    if !options.preview {
        let actor = Actor::program();
        let source = options.source.as_deref().unwrap_or_default();
        journal.db().write(|tx| {
            let mut ctx = Ctx::new(tx, journal, &actor, now);
            territory::load_outlines(&mut ctx, &it, source, &options.mention)
        })?;
    }
    let key = if options.preview { "command-outlines-preview" } else { "command-outlines-loaded" };
    let unmatched: Vec<&str> = it.unmatched.iter().map(String::as_str).collect();
    let uncovered: Vec<&str> = it.uncovered.iter().map(|it| it.code.as_str()).collect();
    let listed = |codes: &[&str]| match codes.len() {
        0 => "0".to_owned(),
        count => {
            let more = if NAMED < count { ", …" } else { "" };
            format!("{count} ({}{more})", codes[..count.min(NAMED)].join(", "))
        }
    };
    voice.done(
        &Message::new(key)
            .with("read", it.read)
            .with("matched", it.count())
            .with("unmatched", listed(&unmatched))
            .with("uncovered", listed(&uncovered)),
        json!({
            "read": it.read,
            "matched": it.count(),
            "unmatched": unmatched,
            "uncovered": uncovered,
            "bytes": it.size(),
            "preview": options.preview,
        }),
    );
    Ok(())
}

fn units(journal: &Journal, options: &Import, bytes: &[u8], voice: &Voice) -> Result<(), Refusal> {
    let name = options.file.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let now = super::now_millis();
    let source = options.source.as_deref().unwrap_or_default();
    let read = journal.db().read(|tx| {
        Ok::<_, db::DbError>(territory::read_list(
            tx,
            &options.country,
            source,
            (&name, bytes),
            now,
        ))
    })?;
    let it = match read {
        Ok(it) => it,
        Err(Stop::Refused(it)) if !it.faults().is_empty() => {
            let fault = |fault: &territory::Fault| {
                Message::new("command-units-fault")
                    .with("line", fault.line)
                    .with("column", fault.column)
                    .with("what", voice.words(&fault.what))
            };
            let told = std::iter::once(it.message()).chain(it.faults().iter().map(fault));
            return Err(Refusal::Several(told.collect()));
        }
        Err(it) => return Err(it.into()),
    };
    if !options.preview {
        let actor = Actor::program();
        journal.db().write(|tx| {
            let mut ctx = Ctx::new(tx, journal, &actor, now);
            territory::enter_list(&mut ctx, &it.list)
        })?;
    }
    let count = |change| it.preview.changes.iter().filter(|it| it.change == change).count();
    let key = if options.preview { "command-units-preview" } else { "command-units-loaded" };
    let (begin, end) = (count(territory::Change::Begins), count(territory::Change::Ends));
    let (renamed, moved) = (count(territory::Change::Renamed), count(territory::Change::Moves));
    voice.done(
        &Message::new(key)
            .with("lines", it.list.load.versions.len())
            .with("begin", begin)
            .with("end", end)
            .with("renamed", renamed)
            .with("moved", moved)
            .with("missing", it.missing.len()),
        json!({
            "lines": it.list.load.versions.len(),
            "begin": begin,
            "end": end,
            "renamed": renamed,
            "moved": moved,
            "missing": it.missing.iter().map(|it| &it.0).collect::<Vec<_>>(),
            "preview": options.preview,
        }),
    );
    Ok(())
}

fn package(
    journal: &Journal,
    options: &Import,
    bytes: &[u8],
    voice: &Voice,
) -> Result<(), Refusal> {
    let now = super::now_millis();
    let places = Places::on(Date::from_millis(now));
    let it = exchange::import(journal, &places, &hand(now), bytes, !options.preview)?;
    let key = if options.preview { "command-package-preview" } else { "command-package-accepted" };
    voice.done(
        &Message::new(key).with("from", &it.from.name).with("new", it.new).with("known", it.known),
        json!({
            "from": it.from.name,
            "number": it.number,
            "new": it.new,
            "known": it.known,
            "kinds": it.kinds,
            "preview": options.preview,
        }),
    );
    Ok(())
}

/// A card is the parent's or a child's: the places say which.
fn card(journal: &Journal, bytes: &[u8], voice: &Voice) -> Result<(), Refusal> {
    let text = String::from_utf8_lossy(bytes);
    let card = exchange::Card::from_text(&text).map_err(Stop::Refused)?;
    let now = super::now_millis();
    let places = Places::on(Date::from_millis(now));
    let own = opened(journal, now)?;
    journal.db().write(|tx| {
        if card.level > own.level {
            exchange::note_parent(journal, tx, &places, &hand(now), &card)
        } else {
            exchange::enrol(journal, tx, &places, &hand(now), &card)
        }
    })?;
    voice.done(
        &Message::new("command-card-taken").with("name", &card.name),
        json!({ "post": card.id(), "name": card.name }),
    );
    Ok(())
}

/// This post's card; it is opened with the name and place of its base if it was not yet.
fn opened(journal: &Journal, now: i64) -> Result<exchange::Card, Refusal> {
    let today = Date::from_millis(now);
    let places = Places::on(today);
    let card = journal.db().write(|tx| -> Result<_, Stop<exchange::Refused>> {
        let told = |it| Stop::Failed(Failure::broken(it));
        let place = Journal::setting(tx, "post.place").map_err(told)?.unwrap_or_default();
        let name = Journal::setting(tx, "post.name").map_err(told)?.unwrap_or_default();
        let level = territory::unit(tx, &place)?.map(|it| it.level);
        let level = match level {
            Some(territory::Level::Commune) => Level::Commune,
            Some(territory::Level::Cercle) => Level::Cercle,
            Some(territory::Level::Region | territory::Level::District) => Level::Region,
            Some(territory::Level::Pays) => Level::Nation,
            _ => return Err(Stop::Refused(exchange::Refused::NotOpened)),
        };
        exchange::open_post(journal, tx, &places, &hand(now), (&name, level, &place))
    })?;
    Ok(card)
}

pub fn export(base: &Base, options: &Export, voice: &Voice) -> Result<(), Refusal> {
    let journal = assembly::open_to_read(base)?;
    let now = super::now_millis();
    match options.what {
        Exportable::Card => {
            let card = opened(&journal, now)?;
            write(&options.to, card.to_text(journal.key()).as_bytes(), voice)
        }
        Exportable::Package => {
            let post = options.post.as_deref().ok_or_else(|| Message::new("command-needs-post"))?;
            let places = Places::on(Date::from_millis(now));
            let it = journal
                .db()
                .write(|tx| exchange::export(&journal, tx, &places, &hand(now), (post, false)))?;
            private::make_folder(&options.to)?;
            write(&options.to.join(it.file_name), &it.bytes, voice)
        }
        Exportable::Register => {
            let bytes = journal.db().read(register::whole_csv)?;
            write(&options.to, &bytes, voice)
        }
        Exportable::Indicators => {
            let (Some(place), Some(Period::Quarter(quarter))) =
                (options.place.as_deref(), options.period)
            else {
                return Err(Message::new("command-needs-place").into());
            };
            let bytes = journal
                .db()
                .read(|tx| monitoring::analysis::export(tx, place, quarter))
                .map_err(|it| match it {
                    Failure::NotFound => {
                        Message::new("command-no-place").with("place", place).into()
                    }
                    other => Refusal::from(other),
                })?;
            write(&options.to, &bytes, voice)
        }
    }
}
