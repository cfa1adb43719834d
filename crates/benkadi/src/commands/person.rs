//! Adds a person from the machine itself.

use std::io::Read;

use identity::{Actor, Ctx, NewOffice, NewPerson, OfficeKind};
use kernel::{Date, Message, Stop};
use serde_json::json;

use crate::assembly;
use crate::cli::{Base, NewPerson as Options};
use crate::say::{Refusal, Voice};

pub fn add(base: &Base, options: &Options, voice: &Voice) -> Result<(), Refusal> {
    let kind: OfficeKind = options
        .office
        .parse()
        .map_err(|()| Message::new("command-no-office").with("office", &options.office))?;
    let mut password = String::new();
    std::io::stdin().take(1024).read_to_string(&mut password)?;
    let journal = assembly::open(base)?;
    let now = super::now_millis();
    let today = Date::from_millis(now);
    let known = journal.db().read(|tx| territory::version_near(tx, &options.place, today))?;
    if known.is_none() {
        return Err(Message::new("command-no-place").with("place", &options.place).into());
    }
    let person = NewPerson {
        name: options.name.clone(),
        login: options.login.clone(),
        password: password.trim_end_matches(['\r', '\n']).to_owned(),
    };
    let office = NewOffice {
        kind,
        title: options.title.clone(),
        place: options.place.clone(),
        from: today,
        to: None,
    };
    let actor = Actor::program();
    let id = journal.db().write(|tx| {
        let mut ctx = Ctx::new(tx, &journal, &actor, now);
        let id = identity::add_person(&mut ctx, &person)?;
        identity::add_office(&mut ctx, id, &office)?;
        Ok::<_, Stop<identity::PersonRefused>>(id)
    })?;
    voice.done(
        &Message::new("command-person-added").with("name", &options.name),
        json!({ "person": id.to_string() }),
    );
    Ok(())
}
