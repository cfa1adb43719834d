//! Two posts in the browser: cards, a package, its preview, its receipt.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};

use db::testing::Empty;
use identity::{NewOffice, NewPerson, OfficeKind};
use journal::{Audience, Draft, Folds, Journal};
use kernel::{Date, Failure};

use super::world::NOON;

/// A post that serves its pages to one signed-in person.
struct Site {
    // First, so that it ends first: the base must not be closed by a thread of the server.
    _runtime: tokio::runtime::Runtime,
    journal: Journal,
    base: Empty,
    address: SocketAddr,
    cookie: String,
}

/// An answer: its status, its headers, its body.
struct Answer {
    status: u16,
    head: String,
    body: Vec<u8>,
}

impl Answer {
    fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    fn header(&self, name: &str) -> String {
        self.head
            .lines()
            .find_map(|it| it.split_once(": ").filter(|it| it.0.eq_ignore_ascii_case(name)))
            .map(|it| it.1.to_owned())
            .unwrap_or_default()
    }
}

fn now() -> i64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
    i64::try_from(since.as_millis()).unwrap()
}

impl Site {
    fn new(base: Empty, kind: OfficeKind, place: &str) -> Self {
        let folds = Folds::new(vec![
            identity::fold(),
            territory::fold(),
            monitoring::fold(),
            crate::fold(),
        ]);
        let journal = Journal::open(base.db.clone(), folds).unwrap();
        let example = territory::example().unwrap();
        let cookie = base
            .db
            .write(|tx| -> Result<String, Failure> {
                identity::migrate(tx)?;
                crate::migrate(tx)?;
                let draft = Draft {
                    audience: Audience::Local,
                    scope: "*".to_owned(),
                    person: "programme".to_owned(),
                    office: String::new(),
                    reason: String::new(),
                    kind: example.kind.to_owned(),
                    subject: example.subject.clone(),
                    payload: example.payload.clone(),
                    at_millis: NOON,
                };
                journal.append(tx, draft)?;
                let program = identity::Actor::program();
                let mut ctx = identity::Ctx::new(tx, &journal, &program, now());
                let person = NewPerson {
                    name: "Awa Traoré".to_owned(),
                    login: "awa".to_owned(),
                    password: "une phrase assez longue".to_owned(),
                };
                let office = NewOffice {
                    kind,
                    title: "agent".to_owned(),
                    place: place.to_owned(),
                    from: Date::from_millis(NOON),
                    to: None,
                };
                let id = identity::first_person(&mut ctx, &person, &office)
                    .map_err(|_| Failure::told("no first person"))?;
                Ok(identity::open_for_device(tx, id, None, now())?.0)
            })
            .unwrap();
        let catalogue = web::Catalogue::new(&[&web::words()[..], &[crate::words()]].concat());
        let shell = web::Shell {
            menu: vec![("/echanges", "nav-exchange")],
            status: vec![crate::status],
            places: Vec::new(),
            duties: Vec::new(),
            place_name: |tx, code, on| Ok(territory::version_near(tx, code, on)?.map(|it| it.name)),
            pdf: |_| Err(Failure::NotFound),
            paper: |_| Err(Failure::told("no typesetter in this test")),
            picture: |_, _| Err(Failure::NotFound),
        };
        let app = web::App::new(journal.clone(), catalogue.unwrap(), shell);
        let runtime = tokio::runtime::Runtime::new().unwrap();
        let local = SocketAddr::from(([127, 0, 0, 1], 0));
        let listening = runtime.block_on(web::listen(app, crate::routes(), local)).unwrap();
        let address = listening.address;
        runtime.spawn(listening.run(std::future::pending()));
        Self { _runtime: runtime, journal, base, address, cookie }
    }

    fn ask(&self, method: &str, path: &str, kind: &str, body: &[u8]) -> Answer {
        let mut stream = TcpStream::connect(self.address).unwrap();
        let head = format!(
            "{method} {path} HTTP/1.1\r\nhost: {}\r\naccept: text/html\r\ncookie: benkadi={}\r\n\
             accept-language: fr\r\nconnection: close\r\ncontent-type: {kind}\r\n\
             content-length: {}\r\n\r\n",
            self.address,
            self.cookie,
            body.len()
        );
        stream.write_all(head.as_bytes()).unwrap();
        stream.write_all(body).unwrap();
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).unwrap();
        let end = bytes.windows(4).position(|it| it == b"\r\n\r\n").unwrap();
        let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        let answer = Answer { status, head, body: bytes[end + 4..].to_vec() };
        // Raw keys show between question marks; the bytes of a package may hold anything.
        let is_page = answer.head.contains("text/html");
        assert!(!is_page || !answer.text().contains("??"), "{path}: {}", answer.text());
        answer
    }

    fn page(&self, path: &str) -> String {
        let answer = self.ask("GET", path, "text/plain", b"");
        assert_eq!(answer.status, 200, "{path}: {}", answer.text());
        answer.text()
    }

    /// The token of the forms of this session.
    fn token(&self) -> String {
        let page = self.page("/postes");
        let (_, rest) = page.split_once("name=\"jeton\" value=\"").unwrap();
        rest.split_once('"').unwrap().0.to_owned()
    }

    fn submit(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let mut body = format!("jeton={}", self.token());
        for (name, value) in fields {
            body.push_str(&format!("&{name}="));
            for byte in value.bytes() {
                body.push_str(&format!("%{byte:02X}"));
            }
        }
        self.ask("POST", path, "application/x-www-form-urlencoded", body.as_bytes())
    }

    fn upload(&self, path: &str, token: &str, parts: &[(&str, &[u8])]) -> Answer {
        let mut body = Vec::new();
        let mut part = |name: &str, bytes: &[u8]| {
            let file = if name == "fichier" { "; filename=\"un.bkd\"" } else { "" };
            let head = format!(
                "--limite\r\ncontent-disposition: form-data; name=\"{name}\"{file}\r\n\r\n"
            );
            body.extend_from_slice(head.as_bytes());
            body.extend_from_slice(bytes);
            body.extend_from_slice(b"\r\n");
        };
        part("jeton", token.as_bytes());
        for (name, bytes) in parts {
            part(name, bytes);
        }
        body.extend_from_slice(b"--limite--\r\n");
        self.ask("POST", path, "multipart/form-data; boundary=limite", &body)
    }

    fn length(&self) -> i64 {
        self.base.db.read(Journal::extent).unwrap().0
    }

    fn opens(&self, name: &str, level: &str, place: &str) -> Vec<u8> {
        let fields = [("nom", name), ("niveau", level), ("lieu", place)];
        let answer = self.submit("/postes/ouverture", &fields);
        assert_eq!(answer.status, 303, "{}", answer.text());
        let card = self.ask("GET", "/postes/carte", "text/plain", b"");
        assert!(card.header("content-disposition").contains("carte.txt"));
        card.body
    }

    /// Registers a card as a person does: reads it, compares the words, agrees.
    fn registers(&self, card: &[u8]) {
        let check = self.upload("/postes/cartes", &self.token(), &[("fichier", card)]);
        assert_eq!(check.status, 200, "{}", check.text());
        let words = crate::Card::from_text(std::str::from_utf8(card).unwrap()).unwrap().words();
        assert!(check.text().contains(&words));
        let text = String::from_utf8(card.to_vec()).unwrap();
        let done = self.submit("/postes/liens", &[("carte", &text)]);
        assert_eq!(done.header("location"), "/postes?fait=lien", "{}", done.text());
    }
}

#[test]
fn a_package_goes_from_page_to_page() {
    let cercle = Site::new(db::testing::sqlite(), OfficeKind::CercleAdviser, "EX-CERCLE");
    let region = Site::new(db::testing::postgres(), OfficeKind::RegionalOfficer, "EX-REGION");
    assert!(cercle.page("/echanges").contains("Ce poste n’a pas encore de carte."));
    let wrong = cercle.submit("/postes/ouverture", &[("nom", "CCC"), ("lieu", "NULLE-PART")]);
    assert_eq!(wrong.status, 422);
    assert!(wrong.text().contains("NULLE-PART"), "what was typed is kept");

    let cercle_card = cercle.opens("CCC d’exemple", "cercle", "EX-CERCLE");
    let region_card = region.opens("CSR d’exemple", "region", "EX-REGION");
    cercle.registers(&region_card);
    region.registers(&cercle_card);
    let broken = cercle.upload("/postes/cartes", &cercle.token(), &[("carte", b"bonjour")]);
    assert_eq!(broken.status, 422);
    assert!(broken.text().contains("bonjour") && broken.text().contains("pas une carte"));

    let draft = Draft {
        audience: Audience::Territory,
        scope: "EX-CERCLE".to_owned(),
        person: "p1".to_owned(),
        office: "agent".to_owned(),
        reason: String::new(),
        kind: "monitoring.values-entered".to_owned(),
        subject: "EX-C1/2024T4".to_owned(),
        payload: b"{}".to_vec(),
        at_millis: now(),
    };
    cercle.base.db.write(|tx| cercle.journal.append(tx, draft)).unwrap();
    let page = cercle.page("/echanges");
    assert!(page.contains("1 fiche non envoyée"), "{page}");

    let to = crate::Card::from_text(std::str::from_utf8(&region_card).unwrap()).unwrap().id();
    let file = cercle.submit("/echanges/envois", &[("poste", &to)]);
    assert_eq!(file.status, 200, "{}", file.text());
    assert!(file.header("content-disposition").contains("BENKADI-EX-CERCLE-EX-REGION-1.bkd"));
    assert!(cercle.page("/echanges").contains("Pas encore d’accusé de réception"));

    let before = region.length();
    let cut = &file.body[..file.body.len() / 2];
    let refused = region.upload("/echanges/receptions", &region.token(), &[("fichier", cut)]);
    assert_eq!(refused.status, 422);
    assert!(refused.text().contains("Le fichier est coupé"), "{}", refused.text());
    let strange = region.upload("/echanges/receptions", "autre", &[("fichier", &file.body)]);
    assert_eq!(strange.status, 403, "a form of no page of this session");
    let kept = region.upload("/echanges/receptions", &region.token(), &[("fichier", &file.body)]);
    assert_eq!(kept.status, 303, "{}", kept.text());
    let preview = kept.header("location");
    let page = region.page(&preview);
    assert!(page.contains("CCC d’exemple") && page.contains("Rien n’est encore enregistré"));
    assert_eq!(region.length(), before, "a preview writes nothing");
    let done = region.submit(&preview, &[]);
    assert!(done.header("location").starts_with("/echanges?accepte="), "{}", done.text());
    assert!(before < region.length());
    assert!(region.page(&done.header("location")).contains("est accepté"));
    let again = region.submit(&preview, &[]);
    assert_eq!(again.status, 422, "the file no longer waits");

    // The receipt comes down and is shown.
    let to = crate::Card::from_text(std::str::from_utf8(&cercle_card).unwrap()).unwrap().id();
    let receipt = region.submit("/echanges/envois", &[("poste", &to)]);
    let kept =
        cercle.upload("/echanges/receptions", &cercle.token(), &[("fichier", &receipt.body)]);
    cercle.submit(&kept.header("location"), &[]);
    let page = cercle.page("/echanges");
    assert!(page.contains("Reçu par CSR d’exemple le"), "{page}");
    assert!(page.contains("Rien en attente d’envoi"));
    let english = cercle.page("/echanges?langue=en");
    assert!(english.contains("Received by CSR d’exemple on"), "{english}");
}

#[test]
fn a_visitor_and_a_municipal_secretary_exchange_nothing() {
    let mut site = Site::new(db::testing::sqlite(), OfficeKind::MunicipalSecretary, "EX-C1");
    let denied = site.ask("GET", "/echanges", "text/plain", b"");
    assert_eq!(denied.status, 403);
    site.cookie = String::new();
    for path in ["/echanges", "/postes", "/postes/carte", "/echanges/receptions/abc"] {
        let answer = site.ask("GET", path, "text/plain", b"");
        assert_eq!(answer.status, 303, "{path}: to the sign-in page");
    }
}
