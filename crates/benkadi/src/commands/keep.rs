//! Looking after a base: rebuild, verify, backup, restore, doctor.

use std::fs::{self, File};
use std::io::{BufReader, BufWriter, Write};
use std::path::Path;

use journal::{CopyError, Fault, Journal, ReceiveError};
use kernel::{Failure, Language, Message};
use serde_json::{Value, json};

use super::reporter;
use crate::assembly;
use crate::cli::Base;
use crate::say::{Refusal, Voice};

pub fn rebuild(base: &Base, voice: &Voice) -> Result<(), Refusal> {
    let journal = assembly::open(base)?;
    let before = journal.db().read(|tx| journal.digests(tx))?;
    let entries = journal.rebuild(&mut reporter(voice))?;
    let after = journal.db().read(|tx| journal.digests(tx))?;
    let changed: Vec<&String> =
        after.iter().filter(|it| before.get(it.0) != Some(it.1)).map(|it| it.0).collect();
    voice.done(
        &Message::new("command-rebuilt")
            .with("entries", entries)
            .with("tables", after.len())
            .with("changed", changed.len()),
        json!({ "entries": entries, "tables": after, "changed": changed }),
    );
    Ok(())
}

pub fn verify(base: &Base, voice: &Voice) -> Result<(), Refusal> {
    let journal = assembly::open(base)?;
    let verdict = journal.verify(&mut reporter(voice))?;
    if let Some(first) = verdict.faults.first() {
        for fault in &verdict.faults {
            voice.detail(&told(fault));
        }
        return Err(told(first).into());
    }
    voice.done(
        &Message::new("command-verified")
            .with("entries", verdict.entries)
            .with("streams", verdict.streams)
            .with("tables", verdict.tables),
        json!({
            "entries": verdict.entries,
            "chains": verdict.streams,
            "tables": verdict.tables,
        }),
    );
    Ok(())
}

fn told(fault: &Fault) -> Message {
    match fault {
        Fault::Entry { arrival, stream_id, seq, what } => Message::new("command-fault-entry")
            .with("arrival", arrival)
            .with("stream", stream_id)
            .with("seq", seq)
            .with("what", what),
        Fault::Chain { stream_id } => Message::new("command-fault-chain").with("stream", stream_id),
        Fault::Table { name } => Message::new("command-fault-table").with("table", name),
    }
}

impl From<CopyError> for Refusal {
    fn from(error: CopyError) -> Self {
        match error {
            CopyError::Unreadable(item) => {
                Message::new("command-copy-unreadable").with("item", item).into()
            }
            CopyError::Receive(
                ReceiveError::Unreadable { seq, .. }
                | ReceiveError::Forged { seq, .. }
                | ReceiveError::Changed { seq, .. }
                | ReceiveError::Fork { seq, .. }
                | ReceiveError::Gap { from: seq, .. },
            ) => Message::new("command-copy-changed").with("seq", seq).into(),
            other => Failure::broken(other).into(),
        }
    }
}

pub fn backup(base: &Base, file: &Path, voice: &Voice) -> Result<(), Refusal> {
    let journal = assembly::open(base)?;
    // Written beside and renamed at the end: a stick pulled out half-way leaves no half copy under
    // the name that people trust.
    let beside = file.with_extension("partiel");
    let mut out = zstd::Encoder::new(BufWriter::new(File::create(&beside)?), 9)?;
    let entries = journal.copy_to(&mut out)?;
    let mut inner = out.finish()?;
    inner.flush()?;
    inner.into_inner().map_err(|it| it.into_error())?.sync_all()?;
    fs::rename(&beside, file)?;
    let bytes = fs::metadata(file)?.len();
    voice.done(
        &Message::new("command-copied").with("entries", entries).with("file", file.display()),
        json!({ "entries": entries, "file": file, "bytes": bytes }),
    );
    Ok(())
}

pub fn restore(base: &Base, file: &Path, voice: &Voice) -> Result<(), Refusal> {
    let input = File::open(file)?;
    let journal = assembly::open(base)?;
    if !crate::content::is_empty(&journal)? {
        return Err(Message::new("command-init-not-empty").into());
    }
    let unreadable = || Message::new("command-copy-unreadable").with("item", 0);
    let mut input = zstd::Decoder::new(BufReader::new(input)).map_err(|_| unreadable())?;
    let entries = journal.restore_from(&mut input).map_err(|error| match error {
        // The packing ends too early or was damaged.
        CopyError::Io(_) => unreadable().into(),
        other => Refusal::from(other),
    })?;
    voice.done(
        &Message::new("command-restored").with("entries", entries),
        json!({ "entries": entries }),
    );
    Ok(())
}

pub fn doctor(base: &Base, voice: &Voice) -> Result<(), Refusal> {
    let journal = assembly::open(base)?;
    let ((entries, last), place, name) = journal.db().read(|tx| {
        Ok::<_, journal::JournalError>((
            Journal::extent(tx)?,
            Journal::setting(tx, "post.place")?,
            Journal::setting(tx, "post.name")?,
        ))
    })?;
    let now = super::now_millis();
    // A clock earlier than the last entry is wrong, or was wrong then: either way a person should
    // look. Nothing is refused for it.
    let clock_doubtful = last.is_some_and(|it| now < it);
    let last_said = last.map(|it| Language::French.instant(it)).unwrap_or_default();
    voice.detail(&Message::new("doctor-version").with("version", env!("CARGO_PKG_VERSION")));
    voice.detail(&Message::new("doctor-engine").with("engine", journal.db().engine()));
    voice.detail(
        &Message::new("doctor-post")
            .with("post", journal.post_id())
            .with("name", name.as_deref().unwrap_or("–"))
            .with("place", place.as_deref().unwrap_or("–")),
    );
    if clock_doubtful {
        voice.detail(&Message::new("doctor-clock").with("last", &last_said));
    }
    voice.done(
        &Message::new("doctor-entries").with("entries", entries).with("last", &last_said),
        json!({
            "version": env!("CARGO_PKG_VERSION"),
            "engine": journal.db().engine(),
            "post": journal.post_id(),
            "name": name,
            "place": place,
            "entries": entries,
            "last_millis": last.map_or(Value::Null, Value::from),
            "clock_doubtful": clock_doubtful,
        }),
    );
    Ok(())
}
