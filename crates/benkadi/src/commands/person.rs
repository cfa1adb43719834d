//! Adds a person from the machine itself, or lets one in again.

use std::io::Read;

use identity::{Actor, Ctx, NewOffice, NewPerson, OfficeKind, PersonRefused};
use kernel::{Date, Message, Stop};
use serde_json::json;

use crate::assembly;
use crate::cli::{Base, NewPerson as Options};
use crate::say::{Refusal, Voice};

pub fn person(base: &Base, options: &Options, voice: &Voice) -> Result<(), Refusal> {
    if options.reset { reset(base, options, voice) } else { add(base, options, voice) }
}

/// The password on the standard input, without the end of its line.
fn password() -> Result<String, Refusal> {
    let mut typed = String::new();
    std::io::stdin().take(1024).read_to_string(&mut typed)?;
    Ok(typed.trim_end_matches(['\r', '\n']).to_owned())
}

fn reset(base: &Base, options: &Options, voice: &Voice) -> Result<(), Refusal> {
    let password = password()?;
    let journal = assembly::open(base)?;
    let actor = Actor::program();
    let now = super::now_millis();
    let done = journal.db().write(|tx| {
        let mut ctx = Ctx::new(tx, &journal, &actor, now);
        identity::reset_password(&mut ctx, &options.login, &password)
    });
    let person = done.map_err(|stop| match stop {
        Stop::Refused(PersonRefused::Unknown) => {
            Message::new("command-no-person").with("login", &options.login).into()
        }
        other => Refusal::from(other),
    })?;
    voice.done(
        &Message::new("command-person-reset").with("name", &person.name),
        json!({ "person": person.id.to_string() }),
    );
    Ok(())
}

fn add(base: &Base, options: &Options, voice: &Voice) -> Result<(), Refusal> {
    // The command line asks for all of them unless a password is only set anew.
    let said = |it: &Option<String>| it.clone().unwrap_or_default();
    let (name, office) = (said(&options.name), said(&options.office));
    let (title, place) = (said(&options.title), said(&options.place));
    let kind: OfficeKind =
        office.parse().map_err(|()| Message::new("command-no-office").with("office", &office))?;
    let password = password()?;
    let journal = assembly::open(base)?;
    let now = super::now_millis();
    let today = Date::from_millis(now);
    let known = journal.db().read(|tx| territory::version_near(tx, &place, today))?;
    if known.is_none() {
        return Err(Message::new("command-no-place").with("place", &place).into());
    }
    let person = NewPerson { name: name.clone(), login: options.login.clone(), password };
    let office = NewOffice { kind, title, place, from: today, to: None };
    let actor = Actor::program();
    let id = journal.db().write(|tx| {
        let mut ctx = Ctx::new(tx, &journal, &actor, now);
        let id = identity::add_person(&mut ctx, &person)?;
        identity::add_office(&mut ctx, id, &office)?;
        Ok::<_, Stop<identity::PersonRefused>>(id)
    })?;
    voice.done(
        &Message::new("command-person-added").with("name", &name),
        json!({ "person": id.to_string() }),
    );
    Ok(())
}
