//! Each command.

mod files;
mod keep;
mod person;
mod serve;

use std::time::{SystemTime, UNIX_EPOCH};

use db::Tx;
use journal::{Journal, Progress};
use kernel::Message;
use serde_json::json;

use crate::cli::{Arguments, Base, Command, Content, Init, Serve};
use crate::say::{Refusal, Voice};
use crate::{assembly, content};

/// Runs the command of the line.
pub fn run(arguments: &Arguments, voice: &Voice) -> Result<(), Refusal> {
    let base = &arguments.base;
    match &arguments.command {
        None => {
            let listen = ([127, 0, 0, 1], 8400).into();
            serve::serve(base, &Serve { listen, empty: false }, voice)
        }
        Some(Command::Serve(options)) => serve::serve(base, options, voice),
        Some(Command::Init(options)) => init(base, options, voice),
        Some(Command::Import(options)) => files::import(base, options, voice),
        Some(Command::Export(options)) => files::export(base, options, voice),
        Some(Command::Rebuild) => keep::rebuild(base, voice),
        Some(Command::Verify) => keep::verify(base, voice),
        Some(Command::Backup { file }) => keep::backup(base, file, voice),
        Some(Command::Restore { file }) => keep::restore(base, file, voice),
        Some(Command::Doctor) => keep::doctor(base, voice),
        Some(Command::Person(options)) => person::person(base, options, voice),
    }
}

/// The clock of the machine, in milliseconds since 1970.
pub fn now_millis() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}

fn init(base: &Base, options: &Init, voice: &Voice) -> Result<(), Refusal> {
    let journal = assembly::create(base)?;
    if !content::is_empty(&journal)? {
        return Err(Message::new("command-init-not-empty").into());
    }
    let today = kernel::Date::from_millis(now_millis());
    let entries = fill(&journal, options.content, voice, |tx| {
        let Some(place) = &options.place else { return Ok(()) };
        let name = territory::version_near(tx, place, today)?
            .map(|it| it.name)
            .ok_or_else(|| Message::new("command-no-place").with("place", place))?;
        Journal::set_setting(tx, "post.place", place)?;
        Journal::set_setting(tx, "post.name", options.name.as_deref().unwrap_or(&name))?;
        Ok(())
    })?;
    voice.done(
        &Message::new("command-init-done").with("entries", entries),
        json!({ "entries": entries, "post": journal.post_id() }),
    );
    Ok(())
}

/// Fills an empty base and says so.
fn fill(
    journal: &Journal,
    content: Content,
    voice: &Voice,
    settle: impl FnOnce(&mut Tx<'_>) -> Result<(), Refusal>,
) -> Result<usize, Refusal> {
    voice.progress(&Message::new("command-filling"));
    content::fill(journal, content, now_millis(), settle)
}

/// Says how far a walk through the journal has come.
fn reporter(voice: &Voice) -> impl FnMut(Progress) {
    |progress| {
        // A short journal needs no news of its progress.
        if progress.total > 2000 {
            voice.progress(
                &Message::new("command-progress")
                    .with("done", progress.done)
                    .with("total", progress.total),
            );
        }
    }
}
