//! Looking after a base: rebuild, verify, backup, restore, doctor.

use std::fs::{self, File};
use std::io::{BufReader, BufWriter};
use std::path::{Path, PathBuf};

use journal::{CopyError, Fault, Journal, ReceiveError};
use kernel::{Date, Failure, Language, Message};
use serde_json::{Value, json};

use super::reporter;
use crate::assembly;
use crate::cli::Base;
use crate::private::{self, Beside};
use crate::say::{Refusal, Voice};

/// The faults that an answer names one by one.
const NAMED: usize = 20;

pub fn rebuild(base: &Base, voice: &Voice) -> Result<(), Refusal> {
    let journal = assembly::open(base)?;
    let done = journal.rebuild_and_compare(&mut reporter(voice))?;
    voice.done(
        &Message::new("command-rebuilt")
            .with("entries", done.entries)
            .with("tables", done.tables.len())
            .with("changed", done.changed.len()),
        json!({ "entries": done.entries, "tables": done.tables, "changed": done.changed }),
    );
    Ok(())
}

pub fn verify(base: &Base, voice: &Voice) -> Result<(), Refusal> {
    let journal = assembly::open_as_is(base)?;
    let verdict = journal.verify(&mut reporter(voice))?;
    if !verdict.faults.is_empty() {
        let mut said: Vec<Message> =
            verdict.faults.iter().take(NAMED).map(|it| told(it, voice)).collect();
        if NAMED < verdict.faults.len() {
            let more = verdict.faults.len() - NAMED;
            said.push(Message::new("command-fault-more").with("count", more));
        }
        return Err(Refusal::Several(said));
    }
    if verdict.entries == 0 {
        return Err(Message::new("command-verify-nothing").into());
    }
    let key = match verdict.tables_left_out {
        true => "command-verified-journal",
        false => "command-verified",
    };
    voice.done(
        &Message::new(key)
            .with("entries", verdict.entries)
            .with("streams", verdict.streams)
            .with("tables", verdict.tables),
        json!({
            "entries": verdict.entries,
            "chains": verdict.streams,
            "tables": verdict.tables,
            "tables_left_out": verdict.tables_left_out,
        }),
    );
    Ok(())
}

fn told(fault: &Fault, voice: &Voice) -> Message {
    match fault {
        Fault::Entry { arrival, stream_id, seq, what } => Message::new("command-fault-entry")
            .with("arrival", arrival)
            .with("stream", stream_id)
            .with("seq", seq)
            .with("what", voice.words(&Message::new(format!("fault-{what}")))),
        Fault::Chain { stream_id } => Message::new("command-fault-chain").with("stream", stream_id),
        Fault::Post { stream_id } => Message::new("command-fault-post").with("stream", stream_id),
        Fault::Table { name } => Message::new("command-fault-table").with("table", name),
        Fault::Missing { name } => Message::new("command-fault-missing").with("name", name),
        Fault::File { reason } => Message::new("command-fault-file").with("reason", reason),
        Fault::Setting { name } => Message::new("command-fault-setting").with("name", name),
        Fault::OtherEdition => Message::new("command-fault-edition"),
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
    let journal = assembly::open_to_read(base)?;
    let unwritable = |it: &std::io::Error| private::unwritable(file, it);
    let (beside, raw) = Beside::begin(file)?;
    let mut out = zstd::Encoder::new(BufWriter::new(raw), 9).map_err(|it| unwritable(&it))?;
    let entries = journal.copy_with(&mut out, identity::COPIED).map_err(|error| match error {
        CopyError::Io(it) => unwritable(&it),
        other => other.into(),
    })?;
    let raw = out
        .finish()
        .and_then(|it| it.into_inner().map_err(|it| it.into_error()))
        .map_err(|it| unwritable(&it))?;
    beside.finish(&raw)?;
    let bytes = fs::metadata(file).map_err(|it| unwritable(&it))?.len();
    voice.done(
        &Message::new("command-copied").with("entries", entries).with("file", file.display()),
        json!({ "entries": entries, "file": file, "bytes": bytes }),
    );
    Ok(())
}

pub fn restore(base: &Base, file: &Path, voice: &Voice) -> Result<(), Refusal> {
    let input = File::open(file).map_err(|it| private::unreadable(file, &it))?;
    let journal = assembly::create(base)?;
    if !crate::content::is_empty(&journal)? {
        return Err(Message::new("command-init-not-empty").into());
    }
    let unreadable = || Message::new("command-copy-unreadable").with("item", 0);
    let mut input = zstd::Decoder::new(BufReader::new(input)).map_err(|_| unreadable())?;
    let entries =
        journal.restore_with(&mut input, identity::COPIED).map_err(|error| match error {
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
    let journal = assembly::open_to_read(base)?;
    let ((entries, last), place, name) = journal.db().read(|tx| {
        Ok::<_, journal::JournalError>((
            Journal::extent(tx)?,
            Journal::setting(tx, "post.place")?,
            Journal::setting(tx, "post.name")?,
        ))
    })?;
    let now = super::now_millis();
    let places = exchange::Places::on(Date::from_millis(now));
    let posts = journal.db().read(|tx| exchange::Posts::load(&journal, tx, &places))?;
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
    for (post, it) in posts.peers() {
        voice.detail(
            &Message::new("doctor-peer")
                .with("post", post)
                .with("name", &it.card.name)
                .with("place", &it.card.territory),
        );
    }
    let peers: Vec<Value> = posts
        .peers()
        .into_iter()
        .map(|(post, it)| json!({ "post": post, "name": it.card.name, "place": it.card.territory }))
        .collect();
    let paths = paths(base);
    let open = private::open_to_others(&paths);
    for path in &open {
        voice.detail(&Message::new("doctor-open").with("path", path.display()));
    }
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
            "peers": peers,
            "entries": entries,
            "last_millis": last.map_or(Value::Null, Value::from),
            "clock_doubtful": clock_doubtful,
            "read_only": journal.db().is_read_only(),
            "open_to_others": open,
        }),
    );
    Ok(())
}

/// The folder and the files of an embedded base.
fn paths(base: &Base) -> Vec<PathBuf> {
    if base.database.is_some() {
        return Vec::new();
    }
    let names = ["benkadi.db", "benkadi.db-wal", "benkadi.db-shm"];
    let files = names.iter().map(|it| base.data.join(it));
    std::iter::once(base.data.clone()).chain(files).collect()
}
