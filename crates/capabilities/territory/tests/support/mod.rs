//! A post filled with shipped content, served on a local port, and a reader that asks it.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};

use db::testing::Empty;
use identity::{Actor, Ctx, NewOffice, NewPerson, OfficeKind};
use journal::{Audience, Draft, Folds, Journal, JournalError};
use kernel::{Date, Failure, Stop};
use territory::Shipped;
use web::{App, Catalogue, Shell};

/// A draft of shipped content, written on 1 January 2026.
#[allow(dead_code, reason = "not every test drafts")]
pub fn draft(it: Shipped) -> Draft {
    let day: Date = "2026-01-01".parse().unwrap();
    Draft {
        audience: Audience::Local,
        scope: "*".to_owned(),
        person: "programme".to_owned(),
        office: String::new(),
        reason: String::new(),
        kind: it.kind.to_owned(),
        subject: it.subject,
        payload: it.payload,
        at_millis: day.to_millis(),
    }
}

/// The journal of a base filled with the territory.
pub fn filled(base: &Empty) -> Journal {
    base.db.write(identity::migrate).unwrap();
    let folds = Folds::new(vec![identity::fold(), territory::fold()]);
    let journal = Journal::open(base.db.clone(), folds).unwrap();
    let content = territory::shipped().unwrap().into_iter().chain([territory::example().unwrap()]);
    base.db
        .write(|tx| {
            for it in content {
                journal.append(tx, draft(it))?;
            }
            Ok::<(), JournalError>(())
        })
        .unwrap();
    journal
}

/// The application over a journal, with the words of the shell and of the territory.
#[allow(dead_code, reason = "not every test serves")]
pub fn app(journal: Journal) -> App {
    let mut parts = web::words().to_vec();
    parts.extend([territory::words(), graphics::words()]);
    let shell = Shell {
        menu: vec![("/territoire", "nav-territory")],
        status: Vec::new(),
        places: Vec::new(),
        duties: Vec::new(),
        place_name: |_, _, _| Ok(None),
        pdf: |_| Err(Failure::told("no typesetter in this test")),
        paper: |_| Err(Failure::told("no typesetter in this test")),
        picture: |_, _| Err(Failure::told("no pictures in this test")),
    };
    App::new(journal, Catalogue::new(&parts).unwrap(), shell)
}

/// An answer: status, head, body.
#[allow(dead_code, reason = "not every test asks")]
pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: String,
}

/// Serves the application and runs `asks` with its address.
#[allow(dead_code, reason = "not every test serves")]
pub fn serve(app: App, asks: impl FnOnce(SocketAddr)) {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    let listening = runtime
        .block_on(web::listen(app, territory::routes(), ([127, 0, 0, 1], 0).into()))
        .unwrap();
    let address = listening.address;
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let served = runtime.spawn(listening.run(async {
        let _ = stopped.await;
    }));
    asks(address);
    let _ = stop.send(());
    runtime.block_on(served).unwrap().unwrap();
}

/// Adds a person who holds an office, and signs them in: the cookie to send.
#[allow(dead_code, reason = "not every test signs in")]
pub fn sign_in(app: &App, login: &str, kind: OfficeKind, place: &str) -> String {
    let (journal, now) = (app.journal(), app.now_millis());
    let session = journal.db().write(|tx| {
        let actor = Actor::program();
        let mut ctx = Ctx::new(tx, journal, &actor, now);
        let person = NewPerson {
            name: format!("{login} Traoré"),
            login: login.to_owned(),
            password: "une phrase de passe".to_owned(),
        };
        let id = identity::add_person(&mut ctx, &person)?;
        let office = NewOffice {
            kind,
            title: "agent".to_owned(),
            place: place.to_owned(),
            from: Date::from_millis(now).plus_days(-30),
            to: None,
        };
        identity::add_office(&mut ctx, id, &office)?;
        Ok::<_, Stop<identity::PersonRefused>>(identity::open_for_device(ctx.tx, id, None, now)?)
    });
    format!("benkadi={}", session.unwrap().0)
}

/// Asks for an address as a browser in French would.
#[allow(dead_code, reason = "not every test asks")]
pub fn get(server: SocketAddr, path: &str) -> Answer {
    ask(server, &format!("GET {path}"), "", &[])
}

/// Asks with some more lines of head (each with its end) and a body.
#[allow(dead_code, reason = "not every test asks")]
pub fn ask(server: SocketAddr, what: &str, head: &str, body: &[u8]) -> Answer {
    let mut stream = TcpStream::connect(server).unwrap();
    write!(
        stream,
        "{what} HTTP/1.1\r\nHost: {server}\r\nAccept: text/html\r\nAccept-Language: fr\r\n\
         {head}Content-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    )
    .unwrap();
    // A server that refuses a long body closes before its end.
    let _ = stream.write_all(body);
    let mut bytes = Vec::new();
    let _ = stream.read_to_end(&mut bytes);
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let (head, body) = text.split_once("\r\n\r\n").unwrap();
    Answer {
        status: head.split(' ').nth(1).unwrap().parse().unwrap(),
        head: head.to_owned(),
        body: body.to_owned(),
    }
}
