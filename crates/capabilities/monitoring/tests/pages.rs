//! The pages, asked for as a browser does.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

mod common;

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::{Duration, Instant};

use common::{Content, Post};
use identity::{Actor, Ctx, NewOffice, NewPerson, OfficeKind, PersonRefused};
use journal::Journal;
use kernel::{Date, Failure, Language, Stop};
use web::{App, Catalogue, Shell};

struct Site {
    address: SocketAddr,
    cookie: String,
    post: Post,
    _runtime: tokio::runtime::Runtime,
}

struct Page {
    status: u16,
    head: String,
    body: String,
}

fn catalogue() -> Catalogue {
    let mut parts = web::words().to_vec();
    parts.push(graphics::words());
    parts.extend(monitoring::words());
    Catalogue::new(&parts).unwrap()
}

fn now() -> i64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
    i64::try_from(since.as_millis()).unwrap()
}

impl Site {
    fn open(content: Content) -> Self {
        let post = Post::open(db::testing::sqlite(), content);
        post.base.db.write(identity::migrate).unwrap();
        let shell = Shell {
            menu: vec![("/suivi", "nav-monitoring")],
            status: Vec::new(),
            places: Vec::new(),
            duties: Vec::new(),
            place_name: |tx, code, on| Ok(territory::version_near(tx, code, on)?.map(|it| it.name)),
            pdf: |_| Err(Failure::NotFound),
            paper: |_| Err(Failure::told("no typesetter in this test")),
            picture: |_, _| Err(Failure::NotFound),
        };
        let app = App::new(post.journal.clone(), catalogue(), shell);
        let runtime = tokio::runtime::Runtime::new().unwrap();
        let any = "127.0.0.1:0".parse().unwrap();
        let listening = runtime.block_on(web::listen(app, monitoring::routes(), any)).unwrap();
        let address = listening.address;
        runtime.spawn(async { listening.run(std::future::pending()).await });
        Self { address, cookie: String::new(), post, _runtime: runtime }
    }

    /// Signs in as the holder of an office.
    fn as_(&mut self, login: &str, kind: OfficeKind, place: &str) {
        let program = Actor::program();
        let password = "un mot de passe long";
        let person = NewPerson {
            name: login.to_owned(),
            login: login.to_owned(),
            password: password.to_owned(),
        };
        let from = Date::from_millis(now()).plus_days(-1);
        let office =
            NewOffice { kind, title: login.to_owned(), place: place.to_owned(), from, to: None };
        let session = self.post.base.db.write(|tx| {
            let mut ctx = Ctx::new(tx, &self.post.journal, &program, now());
            let id = identity::add_person(&mut ctx, &person)?;
            identity::add_office(&mut ctx, id, &office)?;
            let (session, _) = identity::open_for_device(ctx.tx, id, None, now())?;
            Ok::<_, Stop<PersonRefused>>(session)
        });
        self.cookie = format!("benkadi={}", session.unwrap());
    }

    fn ask(&self, request: &str, accept: &str, body: &str) -> Page {
        let mut stream = TcpStream::connect(self.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        let text = format!(
            "{request} HTTP/1.1\r\nHost: {}\r\nAccept: {accept}\r\nCookie: {}\r\n\
             Connection: close\r\nContent-Type: application/x-www-form-urlencoded\r\n\
             Content-Length: {}\r\n\r\n{body}",
            self.address,
            self.cookie,
            body.len()
        );
        stream.write_all(text.as_bytes()).unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        let answer = String::from_utf8(answer).unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        Page { status, head: head.to_owned(), body: body.to_owned() }
    }

    fn get(&self, address: &str) -> Page {
        self.ask(&format!("GET {address}"), "text/html", "")
    }

    fn token(&self) -> String {
        let page = self.get("/suivi").body;
        page.split("name=\"jeton\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
    }

    fn post(&self, address: &str, fields: &str) -> Page {
        let body = format!("jeton={}&{fields}", self.token());
        self.ask(&format!("POST {address}"), "text/html", &body)
    }

    fn cell(&self, name: &str, text: &str, before: &str) -> Page {
        let address = "/suivi/saisie/EX-C1/2024T4/J04/cellule";
        let body = format!("jeton={}&case={name}&valeur={text}&avant={before}", self.token());
        self.ask(&format!("POST {address}"), "application/json", &body)
    }
}

#[test]
fn every_page_opens_in_both_languages_without_a_raw_key() {
    let mut site = Site::open(Content::Exercise);
    for (login, kind, place, pages) in [
        (
            "awa",
            OfficeKind::CercleAdviser,
            "EX-CERCLE",
            vec![
                "/suivi",
                "/suivi?trimestre=2024T3",
                "/suivi/saisie/EX-C1/2024T4",
                "/suivi/saisie/EX-C1/2024T3",
                "/suivi/saisie/EX-C1/2024T4/J02",
                "/suivi/saisie/EX-C1/2024T4/J02?palier=complet",
                "/suivi/saisie/EX-C1/2024T3/J01",
                "/suivi/saisie/EX-CERCLE/2024T4/J14",
                "/suivi/alertes/EX-CERCLE/2024T4",
                "/suivi/alertes/EX-CERCLE/2024T3",
                "/suivi/circuit/EX-CERCLE/2024T4",
                "/suivi/circuit/EX-CERCLE/2024T3",
                "/suivi/importer",
            ],
        ),
        (
            "fanta",
            OfficeKind::RegionalOfficer,
            "EX-REGION",
            vec!["/suivi", "/suivi/circuit/EX-REGION/2024T4", "/suivi/circuit/EX-REGION/2024T3"],
        ),
        (
            "moussa",
            OfficeKind::NationalOfficer,
            "EX-NATION",
            vec!["/suivi", "/suivi/circuit/EX-NATION/2024T4", "/suivi/circuit/EX-NATION/2024T3"],
        ),
    ] {
        site.as_(login, kind, place);
        for address in pages {
            for language in ["fr", "en"] {
                let mark = if address.contains('?') { '&' } else { '?' };
                let page = site.get(&format!("{address}{mark}langue={language}"));
                assert_eq!(page.status, 200, "{login} {address} {language}");
                assert!(!page.body.contains("??"), "{address} {language}: a raw key");
                assert!(page.body.contains("EX-") || address == "/suivi/importer", "{address}");
            }
        }
    }
    site.cookie.clear();
    let page = site.get("/suivi");
    assert_eq!(page.status, 200);
    assert!(page.body.contains("2024") && !page.body.contains("EX-C1"));
}

#[test]
fn nobody_reads_what_is_not_published_elsewhere() {
    let mut site = Site::open(Content::Exercise);
    let addresses = [
        "/suivi/saisie/EX-C1/2024T4",
        "/suivi/saisie/EX-C1/2024T4/J02",
        "/suivi/alertes/EX-C1/2024T4",
        "/suivi/alertes/EX-CERCLE/2024T4",
        "/suivi/circuit/EX-CERCLE/2024T4",
        "/suivi/importer",
    ];
    for address in addresses {
        let page = site.get(address);
        assert_eq!(page.status, 303, "{address}: sign in first");
        assert!(page.head.contains("/connexion"), "{address}");
    }
    site.as_("secretaire", OfficeKind::MunicipalSecretary, "EX-C2");
    for address in addresses {
        assert_eq!(site.get(address).status, 403, "{address}");
    }
    for (address, status) in [
        ("/suivi/saisie/EX-C2/2024T4/J02", 200),
        ("/suivi/saisie/EX-C2/2024T4/J14", 404),
        ("/suivi/saisie/EX-C2/2024T4/J99", 404),
        ("/suivi/saisie/EX-C2/hier", 404),
        ("/suivi/saisie/EX-C9/2024T4", 404),
        ("/suivi?trimestre=hier", 404),
        // Quarters that can hold nothing.
        ("/suivi?trimestre=1989T4", 404),
        ("/suivi/saisie/EX-C2/1800T1", 404),
        ("/suivi/saisie/EX-C2/9999T4/J02", 404),
        ("/suivi/alertes/EX-C2/2150T1", 404),
        ("/suivi/circuit/EX-CERCLE/2150T1", 404),
        ("/suivi/rapports/EX-CERCLE/2150T1", 404),
        ("/suivi/rapports/EX-CERCLE/1800T1.pdf", 404),
    ] {
        assert_eq!(site.get(address).status, status, "{address}");
    }
    let answer = site.cell("SAN_CPN1", "12", "");
    assert_eq!(answer.status, 403, "another commune's cell");
}

#[test]
fn a_base_without_content_says_so() {
    let site = Site::open(Content::Empty);
    for address in ["/suivi", "/suivi/indicateurs"] {
        let page = site.get(address);
        assert_eq!(page.status, 200, "{address}");
        assert!(!page.body.contains("??"), "{address}: {}", page.body);
    }
    assert!(site.get("/suivi/indicateurs").body.contains("Aucun trimestre à montrer"));
}

#[test]
fn the_board_leads_to_the_next_useful_act() {
    let mut site = Site::open(Content::Exercise);
    site.as_("awa", OfficeKind::CercleAdviser, "EX-CERCLE");
    let primary = |address: &str| {
        let body = site.get(address).body;
        let at = body.split("class=\"btn primary\" href=\"").nth(1).unwrap().to_owned();
        at.split('"').next().unwrap().to_owned()
    };
    assert_eq!(primary("/suivi?trimestre=2024T4"), "/suivi/circuit/EX-CERCLE/2024T4");
    assert_eq!(primary("/suivi?trimestre=2024T3"), "/suivi/rapports/EX-CERCLE/2024T3");
    // A commune files its forms, and closes nothing.
    let commune = |it: &str| primary(&format!("/suivi?lieu=EX-C1&trimestre={it}"));
    assert!(commune("2024T4").starts_with("/suivi/saisie/EX-C1/2024T4"));
    assert!(commune("2024T3").starts_with("/suivi/indicateurs?lieu=EX-C1"));
    let body = site.get("/suivi?trimestre=2024T3").body;
    for expected in ["Clos le", "Validé le", "Publié le"] {
        assert!(body.contains(expected), "{expected}: {body}");
    }
}

#[test]
fn a_figure_goes_back_to_its_commune() {
    let mut site = Site::open(Content::Exercise);
    site.as_("ibrahim", OfficeKind::MunicipalSecretary, "EX-C1");
    for (name, text) in [("SAN_ACC", "30"), ("SAN_ACC_TOT", "20")] {
        let answer = site.cell(name, text, "");
        assert_eq!(answer.status, 200, "{}", answer.body);
    }
    let alerts = "/suivi/alertes/EX-C1/2024T4";
    let ask = format!("{alerts}/renvoi");
    assert_eq!(site.post(&ask, "unite=EX-C1&regle=V018&motif=encore").status, 403);
    assert!(!site.get(alerts).body.contains("Renvoyer à la commune"));
    let commune = std::mem::take(&mut site.cookie);
    site.as_("awa", OfficeKind::CercleAdviser, "EX-CERCLE");
    assert!(site.get(alerts).body.contains("Renvoyer à la commune"));
    let refused = site.post(&ask, "unite=EX-C1&regle=V018&motif=");
    assert_eq!(refused.status, 422);
    assert!(refused.body.contains("href=\"#f-renvoi-EX-C1.V018\""), "{}", refused.body);
    let done = site.post(&ask, "unite=EX-C1&regle=V018&motif=Registre+du+CSCOM");
    assert_eq!(done.status, 303, "{}", done.body);
    assert!(site.get("/suivi?trimestre=2024T4").body.contains("1 à revoir"));
    let cercle = std::mem::replace(&mut site.cookie, commune);
    for address in [alerts, "/suivi/saisie/EX-C1/2024T4"] {
        let body = site.get(address).body;
        assert!(body.contains("Registre du CSCOM") && !body.contains("??"), "{address}: {body}");
    }
    site.cookie = cercle;
    assert_eq!(site.post(&ask, "unite=EX-C1&regle=V018&faire=retirer").status, 303);
    assert!(!site.get("/suivi/saisie/EX-C1/2024T4").body.contains("Registre du CSCOM"));
}

#[test]
fn a_cell_is_saved_when_it_is_left() {
    let mut site = Site::open(Content::Exercise);
    site.as_("ibrahim", OfficeKind::MunicipalSecretary, "EX-C1");
    let answer = site.cell("SAN_CPN1", "1+234", "");
    assert_eq!(answer.status, 200, "{}", answer.body);
    let json: serde_json::Value = serde_json::from_str(&answer.body).unwrap();
    assert_eq!(json["held"], "1234");
    assert_eq!(json["value"], "1\u{202f}234");
    assert_eq!(json["done"], 1);
    let refused = site.cell("SAN_CPN1", "douze", "1234");
    assert_eq!(refused.status, 422);
    assert!(refused.body.contains("douze"));
    let conflict = site.cell("SAN_CPN1", "9", "");
    assert_eq!(conflict.status, 409);
    assert!(conflict.body.contains("\"held\":\"1234\""), "{}", conflict.body);
    assert_eq!(site.cell("SAN_CPNX", "9", "").status, 404);
    // An alert comes with the cell that raises it, and goes with the one that settles it.
    let market = |cell: &str, text: &str, before: &str| -> serde_json::Value {
        let fields = format!("palier=complet&case={cell}&valeur={text}&avant={before}");
        let body = format!("jeton={}&{fields}", site.token());
        let address = "POST /suivi/saisie/EX-C1/2024T4/J07/cellule";
        let answer = site.ask(address, "application/json", &body);
        assert_eq!(answer.status, 200, "{}", answer.body);
        serde_json::from_str(&answer.body).unwrap()
    };
    assert_eq!(market("ECO_MARCH_DU", "100", "")["notes"], serde_json::json!({}));
    let doubted = market("ECO_MARCH_REC", "500", "");
    assert!(doubted["notes"]["ECO_MARCH_REC"]["html"].as_str().unwrap().contains("V041"));
    assert_eq!(market("ECO_MARCH_REC", "100", "500")["notes"], serde_json::json!({}));
    let address = "/suivi/saisie/EX-C1/2024T4/J07/cellule";
    let forged = site.ask(&format!("POST {address}"), "application/json", "jeton=&case=SAN_ACC");
    assert_eq!(forged.status, 403, "a form of another site");
}

#[test]
fn a_whole_form_comes_back_as_it_was_typed() {
    let mut site = Site::open(Content::Exercise);
    site.as_("ibrahim", OfficeKind::MunicipalSecretary, "EX-C1");
    let address = "/suivi/saisie/EX-C1/2024T4/J04";
    let page = site.post(address, "palier=noyau&v.SAN_CPN1=abc&v.SAN_CSCOM=2&nsp=SAN_ACC");
    assert_eq!(page.status, 422);
    for expected in ["href=\"#f-SAN_CPN1\"", "value=\"abc\"", "value=\"SAN_ACC\"", "checked"] {
        assert!(page.body.contains(expected), "{expected}");
    }
    let page = site.post(address, "palier=noyau&v.SAN_CPN1=12&v.SAN_CSCOM=2&nsp=SAN_ACC");
    assert_eq!(page.status, 303, "{}", page.body);
    assert!(page.head.contains("enregistre=3"), "{}", page.head);
    assert!(site.get(address).body.contains("3/12"));
}

#[test]
fn a_form_opens_and_a_cell_is_saved_within_the_budget() {
    let mut site = Site::open(Content::Exercise);
    site.as_("awa", OfficeKind::CercleAdviser, "EX-CERCLE");
    site.get("/suivi/saisie/EX-C1/2024T4/J02?palier=complet");
    let token = site.token();
    // Medians, since builders share the machine: the budgets are those of the release program.
    let median = |work: &dyn Fn(usize)| {
        let mut times: Vec<Duration> = (0..9)
            .map(|it| {
                let start = Instant::now();
                work(it);
                start.elapsed()
            })
            .collect();
        times.sort();
        times[4]
    };
    let open = median(&|_| {
        let page = site.get("/suivi/saisie/EX-C1/2024T4/J02?palier=complet");
        assert_eq!(page.status, 200);
    });
    let save = median(&|it| {
        let body = format!("jeton={token}&case=SAN_CPN1&valeur={}&avant=", it + 100);
        let before = if it == 0 { String::new() } else { (it + 99).to_string() };
        let address = "POST /suivi/saisie/EX-C1/2024T4/J04/cellule";
        let page = site.ask(address, "application/json", &format!("{body}{before}"));
        assert_eq!(page.status, 200, "{}", page.body);
    });
    println!("form {open:?}, cell {save:?}");
    assert!(open < Duration::from_millis(400), "{open:?}");
    assert!(save < Duration::from_millis(400), "{save:?}");
}

#[test]
fn the_words_are_complete_in_both_languages() {
    let catalogue = catalogue();
    let words = include_str!("../src/fr.ftl");
    for line in words.lines().filter(|it| !it.starts_with([' ', '#'])) {
        let Some((key, text)) = line.split_once(" = ") else { continue };
        assert!(catalogue.has(Language::English, key), "{key}");
        for sign in [" ;", " !", " ?", " :", "« ", " »", "'"] {
            assert!(!text.contains(sign), "{key}: {sign:?} without a no-break space");
        }
    }
    let english = include_str!("../src/en.ftl");
    for line in english.lines().filter(|it| !it.starts_with([' ', '#'])) {
        let Some((key, _)) = line.split_once(" = ") else { continue };
        assert!(catalogue.has(Language::French, key), "{key}");
    }
}

#[test]
fn programs_ask_for_analyses_by_address() {
    let mut site = Site::open(Content::Example);
    let json = |site: &Site, address: &str| -> serde_json::Value {
        let page = site.ask(&format!("GET {address}"), "application/json", "");
        assert_eq!(page.status, 200, "{address}: {}", page.body);
        assert!(page.head.to_lowercase().contains("content-type: application/json"));
        serde_json::from_str(&page.body).unwrap()
    };
    // The value of the worked example, as `example_results.csv` writes it.
    let found = json(&site, "/api/analyses?mesure=I010&lieu=EX-CERCLE&periode=2024T4");
    let expected = monitoring::values::example::RESULTS
        .lines()
        .find(|it| it.starts_with("I010,EX-CERCLE,2024T4,"))
        .unwrap();
    let expected: Vec<&str> = expected.split(',').collect();
    let row = &found["valeurs"][0];
    assert_eq!(row[3].to_string(), expected[5], "{found}");
    assert_eq!(format!("{}/{}", row[6], row[7]), expected[6]);
    assert_eq!(row[8], "publie");
    assert_eq!(found["lieux"][0]["niveau"], "cercle");
    let rows = |it: &serde_json::Value| it["valeurs"].as_array().unwrap().len();
    let address = "/api/analyses?mesure=SAN_CONS&ventilation=SEXE&lieu=EX-NATION&sous=commune\
                   &periode=2023T1..2024T4";
    let found = json(&site, address);
    assert_eq!(rows(&found), 2 * 3 * 8);
    let address = "/api/analyses?rapport=SAN_CPN4/SAN_CPN1&lieu=EX-CERCLE&periode=2024&partiel=1\
                   &carte=2024-12-31";
    let found = json(&site, address);
    let row = &found["valeurs"][0];
    let part = |at: usize| row[at].as_f64().unwrap();
    assert!((part(3) - 100.0 * part(4) / part(5)).abs() < 0.0001, "{row}");
    // A grid says the same, its axes once.
    for asked in [
        "mesure=SAN_CONS,I010,SAN_ACC&lieu=EX-NATION&sous=commune&periode=2023T1..2024T4",
        "rapport=SAN_CPN4/SAN_CPN1&lieu=EX-CERCLE,EX-C1&periode=2023,2024&partiel=1",
        "mesure=DEM_POP%7CSEXE%3DF&lieu=EX-C1&periode=2024T4",
    ] {
        let lines = json(&site, &format!("/api/analyses?{asked}"));
        let grid = json(&site, &format!("/api/analyses?forme=grille&{asked}"));
        let axis = |name: &str| grid[name].as_array().unwrap().clone();
        let (places, periods) = (axis("lieux"), axis("periodes"));
        let column = |name: &str, at: usize| match &grid[name] {
            serde_json::Value::Array(all) => all[at].clone(),
            same => same.clone(),
        };
        for (at, line) in lines["valeurs"].as_array().unwrap().iter().enumerate() {
            let period = at % periods.len();
            let place = at / periods.len() % places.len();
            let measure = at / periods.len() / places.len();
            assert_eq!(line[0], axis("mesures")[measure], "{asked}");
            assert_eq!(line[1], places[place]["code"], "{asked}");
            assert_eq!(line[2], periods[period], "{asked}");
            assert_eq!(line[3], column("valeurs", at), "{asked}");
            assert_eq!(line[6], column("repondants", at), "{asked}");
            assert_eq!(line[7], column("attendus", at), "{asked}");
            assert_eq!(line[8], column("etats", at), "{asked}");
            if grid.get("denominateurs").is_some() {
                assert_eq!(line[4], column("numerateurs", at), "{asked}");
                assert_eq!(line[5], column("denominateurs", at), "{asked}");
            }
        }
    }
    let csv =
        site.get("/api/analyses.csv?mesure=SAN_ACC,DEM_POP%7CSEXE%3DF&lieu=EX-C1&periode=2024T4");
    let lines: Vec<&str> = csv.body.lines().collect();
    let head = "mesure,lieu,periode,valeur,numerateur,denominateur,repondants,attendus,etat";
    assert_eq!((lines.len(), lines[0]), (3, head));
    assert!(lines[2].starts_with("DEM_POP|SEXE=F,EX-C1,2024T4,"), "{}", lines[2]);
    let found = json(&site, "/api/analyses/completude?lieu=EX-NATION&sous=commune&periode=2024T4");
    assert_eq!(rows(&found), 3);
    assert!(found["valeurs"][0][2].as_u64().unwrap() > 50, "{found}");
    let address = "/api/analyses/comparaisons?regle=SAN_CPN4%3E0.5*SAN_CPN1&lieu=EX-NATION\
                   &periode=2023T1..2024T4";
    let found = json(&site, address);
    assert_eq!(found["valeurs"][0][1], 24, "{found}");
    let found = json(&site, "/api/analyses/groupes?lieu=EX-NATION&par=cercle&periode=2024T4");
    assert!(0 < rows(&found));
    // Each refusal names its parameter; nothing ranks communes in public.
    for (address, parameter) in [
        ("/api/analyses?lieu=EX-C1&periode=2024T4", "mesure"),
        ("/api/analyses?mesure=RIEN&lieu=EX-C1", "mesure"),
        ("/api/analyses?mesure=I010&lieu=RIEN&periode=2024T4", "lieu"),
        ("/api/analyses?mesure=I010&lieu=EX-C1&periode=2024T5", "periode"),
        ("/api/analyses?mesure=I010&lieu=EX-C1&periode=0001T1..9999T4", "periode"),
        ("/api/analyses?mesure=I010&lieu=EX-C1&carte=hier", "carte"),
        ("/api/analyses?mesure=I010&lieu=EX-C1&sous=village", "sous"),
        ("/api/analyses?mesure=I010&ventilation=SEXE&lieu=EX-C1", "ventilation"),
        ("/api/analyses/comparaisons?regle=SAN_ACC&lieu=EX-C1", "regle"),
        ("/api/analyses/groupes?lieu=EX-NATION&par=couleur", "par"),
        ("/api/analyses?mesure=I010&lieu=EX-C1&forme=cube", "forme"),
        ("/api/analyses/premiers?mesure=SAN_ACC&lieu=EX-CERCLE&periode=2024", "lieu"),
    ] {
        for (language, quote) in [("fr", "«\u{202f}"), ("en", "“")] {
            let asked = format!("GET {address}&langue={language}");
            let page = site.ask(&asked, "application/json", "");
            assert_eq!(page.status, 422, "{address}: {}", page.body);
            let named = page.body.contains(&format!("{quote}{parameter}"));
            assert!(named, "{address}: {}", page.body);
            let told: serde_json::Value = serde_json::from_str(&page.body).unwrap();
            assert_ne!(told["code"], told["message"], "{address}");
        }
    }
    site.as_("awa", OfficeKind::CercleAdviser, "EX-CERCLE");
    let address = "/api/analyses/premiers?mesure=SAN_ACC&lieu=EX-CERCLE&periode=2024&nombre=2";
    let found = json(&site, address);
    let first = found["premiers"].as_array().unwrap();
    assert_eq!(first.len(), 2);
    assert!(first[1]["valeur"].as_u64() <= first[0]["valeur"].as_u64());
}

/// Answers are kept no longer than they are true: whoever commits to the base, through whichever
/// connection, is seen by the next question; so is the end of a session.
#[test]
fn the_next_answer_holds_what_anybody_has_committed() {
    let mut site = Site::open(Content::Nothing);
    site.as_("cercle", OfficeKind::CercleAdviser, "EX-CERCLE");
    let now = monitoring::circuit::example(now()).unwrap();
    let returns: Vec<_> = now
        .into_iter()
        .filter(|it| it.kind == monitoring::store::RETURN_FILED && it.subject == "EX-C1/2024T4")
        .collect();
    let address = "GET /api/analyses?mesure=COO_ACT&lieu=EX-C1&periode=2024T4";
    let value = |site: &Site| -> serde_json::Value {
        let page = site.ask(address, "application/json", "");
        let answer: serde_json::Value = serde_json::from_str(&page.body).unwrap();
        answer["valeurs"][0].clone()
    };
    for _ in 0..3 {
        assert_eq!(value(&site)[3], serde_json::Value::Null);
    }
    // Another program on the same base files a return.
    let other = Journal::open(site.post.base.reopened(), Post::folds()).unwrap();
    for draft in returns {
        other.db().write(|tx| other.append(tx, draft).map(|_| ())).unwrap();
    }
    for _ in 0..3 {
        assert_eq!(value(&site)[3], 6);
        assert_eq!(value(&site)[8], "provisoire");
    }
    // Another program ends the session: what is not published is shown no more.
    let session = site.cookie.trim_start_matches("benkadi=").to_owned();
    other.db().write(|tx| identity::close(tx, &session)).unwrap();
    assert_eq!(value(&site)[8], "non-publie");
}
