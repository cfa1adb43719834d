//! A post filled with shipped content, served on a local port, and readers that ask it.
#![allow(dead_code, reason = "each test file uses a part of it")]

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};

use db::testing::Empty;
use identity::{Actor, Ctx, NewOffice, NewPerson, OfficeKind};
use journal::{Audience, Draft, Folds, Journal, JournalError};
use kernel::{Date, Failure, Stop};
use territory::Shipped;
use web::{App, Catalogue, Shell};

/// A draft of shipped content, written on 1 January 2026.
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

/// The journal of a base filled with the territory and the register.
pub fn filled(base: &Empty) -> Journal {
    base.db.write(identity::migrate).unwrap();
    let folds = Folds::new(vec![identity::fold(), territory::fold(), register::fold()]);
    let journal = Journal::open(base.db.clone(), folds).unwrap();
    let content = territory::shipped().unwrap().into_iter().chain(register::shipped().unwrap());
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

/// The application over a journal.
pub fn app(journal: Journal) -> App {
    let mut parts = web::words().to_vec();
    parts.extend([territory::words(), register::words(), graphics::words()]);
    let shell = Shell {
        menu: vec![("/registre", "nav-register")],
        status: Vec::new(),
        places: Vec::new(),
        duties: Vec::new(),
        place_name: |_, _, _| Ok(None),
        pdf: |document| document.blocks.first().map(|_| b"%PDF-".to_vec()).ok_or(Failure::NotFound),
        paper: |_| Err(Failure::told("no typesetter in this test")),
        picture: |_, _| Err(Failure::NotFound),
    };
    App::new(journal, Catalogue::new(&parts).unwrap(), shell)
}

/// Adds a person who holds an office, and signs them in: the cookie to send.
pub fn sign_in(app: &App, login: &str, kind: OfficeKind, place: &str) -> String {
    let journal = app.journal();
    let now = app.now_millis();
    let today = Date::from_millis(now);
    let actor = Actor::program();
    let (login, place) = (login.to_owned(), place.to_owned());
    let session = journal
        .db()
        .write(|tx| {
            let mut ctx = Ctx::new(tx, journal, &actor, now);
            let person = NewPerson {
                name: format!("{login} Traoré"),
                login: login.clone(),
                password: "une phrase de passe".to_owned(),
            };
            let id = identity::add_person(&mut ctx, &person)?;
            let office = NewOffice {
                kind,
                title: "agent du registre".to_owned(),
                place: place.clone(),
                from: today.plus_days(-30),
                to: None,
            };
            identity::add_office(&mut ctx, id, &office)?;
            Ok::<_, Stop<identity::PersonRefused>>(identity::open_for_device(
                ctx.tx, id, None, now,
            )?)
        })
        .unwrap()
        .0;
    format!("benkadi={session}")
}

/// An answer: status, head, body.
pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub fn location(&self) -> String {
        let found = self.head.lines().find_map(|it| it.strip_prefix("location: "));
        found.unwrap_or_default().trim().to_owned()
    }
}

/// Serves the application and runs `asks` with its address.
pub fn serve(app: App, asks: impl FnOnce(SocketAddr)) {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    let routes = register::routes().and(territory::routes());
    let listening = runtime.block_on(web::listen(app, routes, ([127, 0, 0, 1], 0).into())).unwrap();
    let address = listening.address;
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let served = runtime.spawn(listening.run(async {
        let _ = stopped.await;
    }));
    asks(address);
    let _ = stop.send(());
    runtime.block_on(served).unwrap().unwrap();
}

fn send(server: SocketAddr, request: &str) -> Answer {
    let mut stream = TcpStream::connect(server).unwrap();
    stream.write_all(request.as_bytes()).unwrap();
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).unwrap();
    let at = bytes.windows(4).position(|it| it == b"\r\n\r\n").unwrap();
    let head = String::from_utf8_lossy(&bytes[..at]).into_owned();
    let chunked = head.contains("transfer-encoding: chunked");
    let body = bytes[at + 4..].to_vec();
    Answer {
        status: head.split(' ').nth(1).unwrap().parse().unwrap(),
        body: if chunked { dechunk(&body) } else { body },
        head,
    }
}

fn dechunk(mut body: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    while let Some(end) = body.windows(2).position(|it| it == b"\r\n") {
        let size = usize::from_str_radix(std::str::from_utf8(&body[..end]).unwrap(), 16).unwrap();
        if size == 0 {
            break;
        }
        out.extend_from_slice(&body[end + 2..end + 2 + size]);
        body = &body[end + 2 + size + 2..];
    }
    out
}

/// Asks for an address as a browser in French would.
pub fn get(server: SocketAddr, path: &str, cookie: &str) -> Answer {
    send(
        server,
        &format!(
            "GET {path} HTTP/1.1\r\nHost: {server}\r\nAccept: text/html\r\nAccept-Language: fr\r\n\
             Cookie: {cookie}\r\nConnection: close\r\n\r\n"
        ),
    )
}

/// Sends a form with the token of the page `from`.
pub fn post(
    server: SocketAddr,
    path: &str,
    from: &str,
    fields: &[(&str, &str)],
    cookie: &str,
) -> Answer {
    let page = get(server, from, cookie).text();
    let hidden = |name: &str| {
        let mark = format!("name=\"{name}\" value=\"");
        page.split(&mark).nth(1).and_then(|it| it.split('"').next()).unwrap_or_default().to_owned()
    };
    let mut body = format!("jeton={}&vu={}", hidden("jeton"), hidden("vu"));
    for (name, value) in fields {
        body.push_str(&format!("&{name}={}", encoded(value)));
    }
    send(
        server,
        &format!(
            "POST {path} HTTP/1.1\r\nHost: {server}\r\nAccept: text/html\r\nAccept-Language: fr\r\n\
             Sec-Fetch-Site: same-origin\r\nCookie: {cookie}\r\n\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\
             Connection: close\r\n\r\n{body}",
            body.len()
        ),
    )
}

/// A text inside an address.
pub fn encoded(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}
