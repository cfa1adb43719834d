//! The service as a browser and as a stranger meet it, over a socket.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};

use axum::extract::RawForm;
use db::testing::{Empty, sqlite};
use journal::{Folds, Journal};
use kernel::Failure;
use web::{Access, App, Catalogue, Fill, PageFailure, Routes, Shell, Visit};

const SECRET: &str = "le-fleuve-passe-a-Segou";

fn app(base: &Empty) -> App {
    base.db.write(identity::migrate).unwrap();
    let journal = Journal::open(base.db.clone(), Folds::new(vec![identity::fold()])).unwrap();
    let mut words = web::words().to_vec();
    words.push(graphics::words());
    let shell = Shell {
        menu: Vec::new(),
        status: Vec::new(),
        places: Vec::new(),
        duties: Vec::new(),
        place_name: |_, code, _| Ok((code == "EX-CERCLE").then(|| "Cercle d’exemple".to_owned())),
        pdf: |_| Err(Failure::told("no typesetter in this test")),
        paper: |_| Err(Failure::told("no typesetter in this test")),
        picture: |_, _| Err(Failure::told("no pictures in this test")),
    };
    let fill = Fill {
        is_due: |tx| Ok(Journal::setting(tx, "filled")?.is_none()),
        run: |journal| Ok(journal.db().write(|tx| Journal::set_setting(tx, "filled", "1"))?),
    };
    App::with_fill(journal, Catalogue::new(&words).unwrap(), shell, Some(fill))
}

async fn stops(_: Visit) -> Result<String, PageFailure> {
    panic!("in the middle of a page")
}

async fn length(RawForm(bytes): RawForm) -> String {
    bytes.len().to_string()
}

fn routes() -> Routes {
    web::routes().get("/panne", Access::Public, stops).upload(
        "/fichier",
        Access::Public,
        5 * 1024 * 1024,
        length,
    )
}

/// Serves the pages of any post to `asks`.
fn serve(asks: impl FnOnce(SocketAddr)) {
    let base = sqlite();
    let app = app(&base);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    let listening =
        runtime.block_on(web::listen(app, routes(), ([127, 0, 0, 1], 0).into())).unwrap();
    let address = listening.address;
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let served = runtime.spawn(listening.run(async {
        let _ = stopped.await;
    }));
    asks(address);
    let _ = stop.send(());
    runtime.block_on(served).unwrap().unwrap();
}

struct Answer {
    status: u16,
    head: String,
    body: String,
}

/// Asks with these lines of head, each with its end; a `Host` of one's own replaces the server's.
fn ask(server: SocketAddr, what: &str, head: &str, body: &str) -> Answer {
    let mut stream = TcpStream::connect(server).unwrap();
    let host = if head.contains("Host: ") { String::new() } else { format!("Host: {server}\r\n") };
    let kind = "Content-Type: application/x-www-form-urlencoded\r\n";
    let length = body.len();
    write!(
        stream,
        "{what} HTTP/1.1\r\n{host}{head}{kind}Content-Length: {length}\r\nConnection: close\r\n\r\n{body}"
    )
    .unwrap();
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).unwrap();
    // Spaces of any width count as one.
    let text = String::from_utf8_lossy(&bytes).replace(['\u{202f}', '\u{a0}'], " ");
    let (head, body) = text.split_once("\r\n\r\n").unwrap();
    Answer {
        status: head.split(' ').nth(1).unwrap().parse().unwrap(),
        head: head.to_lowercase(),
        body: body.to_owned(),
    }
}

const PAGE: &str = "Accept: text/html\r\n";

fn armoured(answer: &Answer) {
    for name in ["content-security-policy", "x-content-type-options", "referrer-policy"] {
        assert!(answer.head.contains(name), "{name} lacks in {}", answer.head);
    }
}

#[test]
fn only_the_machines_own_names_are_answered() {
    serve(|server| {
        let strange = ask(server, "GET /connexion", "Host: ailleurs.example:8400\r\n", "");
        assert_eq!(strange.status, 421);
        assert!(strange.body.contains("sa propre machine"), "{}", strange.body);
        armoured(&strange);
        let english = ask(server, "GET /connexion?langue=en", "Host: ailleurs.example\r\n", "");
        assert!(english.body.contains("its own machine"), "{}", english.body);
        assert_eq!(ask(server, "GET /connexion", "Host: localhost\r\n", "").status, 200);
        assert_eq!(ask(server, "GET /connexion", PAGE, "").status, 200);
    });
}

#[test]
fn invisible_signs_are_refused_wherever_they_come_in() {
    serve(|server| {
        for (what, body) in [
            ("GET /connexion?suite=%00", ""),
            ("GET /connexion/%1b", ""),
            ("POST /connexion", "identifiant=a%00b&mot_de_passe=c"),
        ] {
            let answer = ask(server, what, PAGE, body);
            assert_eq!(answer.status, 422, "{what}");
            assert!(answer.body.contains("un signe invisible"), "{}", answer.body);
        }
        let answer = ask(server, "GET /connexion?suite=%00", "", "");
        assert!(answer.body.contains("\"code\":\"error-control-signs\""), "{}", answer.body);
        let lines = ask(server, "POST /connexion", PAGE, "identifiant=a%0D%0A&mot_de_passe=c");
        assert!(lines.body.contains("ne convient pas"), "{}", lines.body);
    });
}

#[test]
fn what_is_too_large_is_told_with_its_limit() {
    serve(|server| {
        let body = format!("identifiant={}", "a".repeat(2 * 1024 * 1024));
        let form = ask(server, "POST /connexion", PAGE, &body);
        assert_eq!(form.status, 413);
        assert!(form.body.contains("2,0 Mo"), "{}", form.body);
        let file = ask(server, "POST /fichier", PAGE, &body);
        assert_eq!((file.status, file.body), (200, body.len().to_string()));
        let large = ask(server, "POST /fichier", "", &"a".repeat(5 * 1024 * 1024 + 1));
        assert_eq!(large.status, 413);
        assert!(large.body.contains("error-too-large"), "{}", large.body);
    });
}

#[test]
fn a_page_that_stops_half_way_is_told_in_both_languages() {
    serve(|server| {
        let french = ask(server, "GET /panne", PAGE, "");
        assert_eq!(french.status, 500);
        assert!(french.body.contains("La faute ne vient pas de vous"), "{}", french.body);
        armoured(&french);
        let english = ask(server, "GET /panne?langue=en", PAGE, "");
        assert!(english.body.contains("lang=\"en\""), "{}", english.body);
        assert!(!english.body.contains("La faute"), "{}", english.body);
        let program = ask(server, "GET /panne", "", "");
        assert!(program.body.contains("\"code\":\"error-broken-text\""), "{}", program.body);
    });
}

/// A browser with its cookies.
struct Browser {
    server: SocketAddr,
    cookies: String,
}

impl Browser {
    fn get(&self, path: &str) -> Answer {
        ask(self.server, &format!("GET {path}"), &format!("{PAGE}Cookie: {}\r\n", self.cookies), "")
    }

    fn post(&mut self, path: &str, fields: &str) -> Answer {
        let page = self.get("/compte").body;
        let token = page
            .split_once("name=\"jeton\" value=\"")
            .and_then(|it| it.1.split_once('"'))
            .map(|it| format!("&jeton={}", it.0))
            .unwrap_or_default();
        let head = format!("{PAGE}Cookie: {}\r\n", self.cookies);
        let answer = ask(self.server, &format!("POST {path}"), &head, &format!("{fields}{token}"));
        for line in answer.head.lines().filter_map(|it| it.strip_prefix("set-cookie: ")) {
            let pair = line.split(';').next().unwrap_or_default();
            self.cookies = format!("{pair}; {}", self.cookies);
        }
        answer
    }
}

#[test]
fn an_empty_post_is_filled_then_opened_at_its_machine() {
    serve(|server| {
        let far = format!("{PAGE}X-Forwarded-For: 203.0.113.7\r\n");
        for (what, fields) in [
            ("GET /installation", ""),
            ("POST /installation", "lieu=EX-CERCLE"),
            ("POST /installation/contenu", ""),
        ] {
            let answer = ask(server, what, &far, fields);
            assert_eq!(answer.status, 422, "{what}");
            assert!(answer.body.contains("sur la machine même"), "{}", answer.body);
        }
        let mut fanta = Browser { server, cookies: String::new() };
        let page = fanta.get("/installation").body;
        assert!(page.contains("Charger le contenu de référence"), "{page}");
        assert!(!page.contains("name=\"identifiant\""), "{page}");
        assert_eq!(fanta.post("/installation/contenu", "").status, 303);
        let page = fanta.get("/installation").body;
        assert!(page.contains("name=\"identifiant\"") && !page.contains("Charger le contenu"));

        let who = format!(
            "lieu=EX-CERCLE&nom=Fanta+Coulibaly&fonction=cercle-adviser&titre=Conseil&\
             identifiant=fanta&mot_de_passe={SECRET}"
        );
        assert_eq!(fanta.post("/installation", &who).status, 303);
        assert_eq!(fanta.post("/installation/contenu", "").status, 303);
        assert_eq!(fanta.get("/compte").status, 200);
        let again = fanta.post("/installation", &who);
        assert!(again.head.contains("location: /connexion"), "{}", again.head);

        // People: one's own row, and another's.
        let page = fanta.get("/personnes").body;
        assert!(page.contains("Se déconnecter partout") && !page.contains(">Déconnecter<"));
        let moussa = format!(
            "nom=Moussa+Keita&identifiant=moussa&mot_de_passe={SECRET}&fonction=cercle-adviser&\
             titre=Conseil&lieu=EX-CERCLE&debut=2024-01-01"
        );
        let bad = fanta.post("/personnes", &format!("{moussa}&fin=demain"));
        assert_eq!(bad.status, 422);
        assert!(bad.body.contains("« demain » n’est pas une date"), "{}", bad.body);
        assert_eq!(fanta.post("/personnes", &moussa).status, 303);
        let page = fanta.get("/personnes").body;
        assert!(page.contains(">Déconnecter<"), "{page}");

        // An end that is no day is no reason to end today.
        let office = page
            .match_indices("/fonctions/")
            .map(|it| page[it.0..].split('"').next().unwrap_or_default().to_owned())
            .collect::<Vec<_>>();
        let bad = fanta.post(&office[0], "fin=31%2F12");
        assert_eq!(bad.status, 422);
        assert!(bad.body.contains("« 31/12 » n’est pas une date"), "{}", bad.body);
        assert!(bad.body.contains("value=\"31/12\" type=\"text\""), "kept as typed");
        let ends: Vec<u16> = office.iter().map(|it| fanta.post(it, "").status).collect();
        assert_eq!(ends.iter().filter(|it| **it == 422).count(), 1, "the last administrator stays");
    });
}
