//! Figures, files and reports, asked for as people and programs ask.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

mod common;

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};

use common::{Content, Post, TODAY, adviser, bases, day, officer, quarter, secretary};
use documents::{Block, Document};
use identity::{Actor, OfficeKind};
use kernel::{Failure, Language, Stop};
use monitoring::analysis::{self, Refused as Unseen, Sight};
use monitoring::reports::{self, Difficulty, Refused, Texts};
use monitoring::store;
use monitoring::values::example;
use web::{App, Catalogue, Shell};

const Q: &str = "2024T4";

fn catalogue() -> Catalogue {
    let mut parts = web::words().to_vec();
    parts.extend([graphics::words(), register::words(), analysis::words(), reports::words()]);
    parts.push((include_str!("../src/engine.fr.ftl"), include_str!("../src/engine.en.ftl")));
    Catalogue::new(&parts).unwrap()
}

struct Answer {
    status: u16,
    body: String,
}

/// Serves the pages of a post and runs `asks` with its address.
fn serve(post: &Post, asks: impl FnOnce(SocketAddr)) {
    post.base.db.write(identity::migrate).unwrap();
    let shell = Shell {
        menu: vec![("/suivi", "nav-monitoring")],
        status: Vec::new(),
        places: Vec::new(),
        duties: Vec::new(),
        place_name: |_, _, _| Ok(None),
        pdf: |document| pdf::write(document).map_err(Failure::broken),
        paper: |_| Err(Failure::NotFound),
        picture: |svg, width| pdf::picture(svg, width).map_err(Failure::broken),
    };
    let app = App::new(post.journal.clone(), catalogue(), shell);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    let listening =
        runtime.block_on(web::listen(app, analysis::routes(), ([127, 0, 0, 1], 0).into())).unwrap();
    let address = listening.address;
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let served = runtime.spawn(listening.run(async {
        let _ = stopped.await;
    }));
    asks(address);
    let _ = stop.send(());
    runtime.block_on(served).unwrap().unwrap();
}

fn get(server: SocketAddr, path: &str, accept: &str) -> Answer {
    let mut stream = TcpStream::connect(server).unwrap();
    write!(
        stream,
        "GET {path} HTTP/1.1\r\nHost: {server}\r\nAccept: {accept}\r\nAccept-Language: fr\r\n\
         Connection: close\r\n\r\n"
    )
    .unwrap();
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).unwrap();
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let (head, body) = text.split_once("\r\n\r\n").unwrap();
    Answer { status: head.split(' ').nth(1).unwrap().parse().unwrap(), body: body.to_owned() }
}

/// The lines of a file, without those that count returns: the expected file does not hold them.
fn comparable(text: &str) -> Vec<&str> {
    text.lines().filter(|it| !it.starts_with("I182,") && !it.starts_with("I183,")).collect()
}

#[test]
fn pages_read_the_figures_that_are_computed_one_by_one() {
    let all: Vec<_> = (0..8).map(|it| quarter("2023T1").plus(it)).collect();
    for base in bases() {
        let post = Post::open(base, Content::Example);
        let places = ["EX-NATION", "EX-REGION", "EX-CERCLE", "EX-C1"];
        for place in places {
            assert!(1_000 < common::holds_to_reference(&post, place, &all), "{place}");
        }
        // Cells being typed count where they are seen: some of a quarter, some of a year.
        let adviser = adviser();
        let typed = [("SAN_ACC", "4321"), ("DEM_SUPERFICIE", "77,25"), ("EDI_SIEGES", "13")];
        let mut entered = 0;
        for (code, text) in typed {
            let done = post.act(&adviser, |ctx| {
                let newest = monitoring::questionnaire::newest(ctx.tx)?;
                let cell = newest.cell_of(code).unwrap();
                let text = monitoring::entry::Typed { text: text.into(), ..Default::default() };
                monitoring::entry::enter(ctx, "EX-C2", quarter(Q), &[(cell, text)])
            });
            entered += done.unwrap_or_default();
        }
        let exercise = Post::open(bases().into_iter().next().unwrap(), Content::Exercise);
        assert!(1_000 < common::holds_to_reference(&exercise, "EX-NATION", &all));
        println!("{entered} cells typed");
        for place in places {
            common::holds_to_reference(&post, place, &all);
        }
    }
}

#[test]
fn the_operator_exports_the_expected_file_on_both_engines() {
    for base in bases() {
        let post = Post::open(base, Content::Example);
        let found = post.base.db.read(|tx| analysis::export(tx, "EX-CERCLE", quarter(Q))).unwrap();
        let text = String::from_utf8(found).unwrap();
        assert_eq!(comparable(&text), example::RESULTS.lines().collect::<Vec<_>>());
    }
}

#[test]
fn the_public_file_is_the_expected_one_save_what_is_restricted() {
    let [base, _] = bases();
    let post = Post::open(base, Content::Example);
    serve(&post, |server| {
        let path = format!("/suivi/indicateurs.csv?lieu=EX-CERCLE&sous=1&periode={Q}");
        let answer = get(server, &path, "text/csv");
        assert_eq!(answer.status, 200);
        let found = comparable(&answer.body);
        let expected: Vec<&str> = example::RESULTS.lines().collect();
        assert_eq!(found.len(), expected.len());
        let mut withheld = Vec::new();
        for (found, expected) in found.iter().zip(&expected) {
            if found != expected {
                assert!(found.ends_with(",,,restreint,1/1"), "{found}");
                withheld.push(found.split(",2024").next().unwrap());
            }
        }
        assert_eq!(withheld, ["I003,EX-C1", "I003,EX-C2", "I003,EX-C3"]);
        // One line, whatever the way in which it is asked for.
        for query in [
            "indicateur=I010&lieu=EX-C1&lieu=EX-C2",
            "indicateur=i010&lieu=EX-C1,EX-C2",
            "lieu=EX-C2,EX-C1,EX-C2&indicateur=I010",
        ] {
            let path = format!("/suivi/indicateurs.csv?{query}&periode={Q}");
            let answer = get(server, &path, "*/*");
            assert_eq!(
                answer.body,
                "indicateur,unite_org,periode,numerateur,denominateur,valeur_affichee,repondants\n\
                 I010,EX-C1,2024T4,5.0000,16.0000,31.3,1/1\n\
                 I010,EX-C2,2024T4,4.0000,10.0000,40.0,1/1\n",
                "{query}"
            );
        }
    });
}

#[test]
fn what_an_address_gets_wrong_is_named() {
    let [base, _] = bases();
    let post = Post::open(base, Content::Example);
    serve(&post, |server| {
        for (query, parameter) in [
            ("indicateur=I999", "indicateur"),
            ("lieu=NULLE-PART", "lieu"),
            ("periode=2024", "periode"),
            ("periode=hier", "periode"),
            ("lieu=EX-C1&periode=2031T1", "periode"),
        ] {
            for file in ["indicateurs.csv", "indicateurs.json", "indicateurs.xlsx", "indicateurs"] {
                let answer = get(server, &format!("/suivi/{file}?{query}"), "*/*");
                assert_eq!(answer.status, 422, "{file}?{query}");
                let named = format!("Paramètre «\u{202f}{parameter}\u{202f}»");
                assert!(answer.body.contains(&named), "{file}?{query}: {}", answer.body);
            }
            let page = get(server, &format!("/suivi/indicateurs?{query}"), "text/html");
            assert_eq!(page.status, 422, "{query}");
            assert!(page.body.contains("<html"), "{query}");
        }
    });
}

#[test]
fn values_that_are_not_published_stay_with_those_who_have_the_place() {
    let [base, _] = bases();
    let post = Post::open(base, Content::Exercise);
    let me = adviser();
    let typed = common::last_quarter();
    post.act(&me, |ctx| monitoring::entry::import(ctx, "valeurs.csv", &typed, None)).unwrap();
    let sight = |actor: &Actor, place: &str| {
        post.base.db.read(|tx| Sight::open(tx, actor, "EX-NATION", place, quarter(Q))).unwrap()
    };
    let mine = sight(&me, "EX-CERCLE").unwrap();
    assert!(mine.provisional);
    let women = analysis::number_of(mine.computed.questionnaire(), "I010").unwrap();
    assert_eq!(mine.value(women, "EX-C2").unwrap().to_string(), "40.0");
    // Restricted data are shown to those who enter them.
    let displaced = analysis::number_of(mine.computed.questionnaire(), "I003").unwrap();
    assert!(mine.value(displaced, "EX-C1").is_some());
    assert!(sight(&secretary("EX-C1"), "EX-C1").is_ok());
    for (actor, place) in [
        (Actor::anonymous(), "EX-CERCLE"),
        (secretary("EX-C1"), "EX-C2"),
        (secretary("EX-C1"), "EX-CERCLE"),
        (officer(OfficeKind::CercleAdviser, "ML0205"), "EX-CERCLE"),
        (officer(OfficeKind::Administrator, "EX-NATION"), "EX-CERCLE"),
        (me.clone(), "EX-REGION"),
    ] {
        let refused = sight(&actor, place).unwrap_err();
        assert!(matches!(refused, Unseen::Unpublished { .. }), "{place}: {refused:?}");
    }
    serve(&post, |server| {
        for path in [
            format!("/suivi/indicateurs.csv?lieu=EX-CERCLE&periode={Q}"),
            format!("/suivi/indicateurs?lieu=EX-C2&periode={Q}"),
            format!("/suivi/rapports/EX-CERCLE/{Q}"),
            format!("/suivi/rapports/EX-CERCLE/{Q}.pdf"),
            format!("/suivi/rapports/EX-CERCLE/{Q}.xlsx"),
        ] {
            let answer = get(server, &path, "text/html");
            assert_eq!(answer.status, 422, "{path}");
            assert!(!answer.body.contains("40,0"), "{path}");
        }
        assert_eq!(get(server, "/suivi/indicateurs.csv?periode=2024T3", "*/*").status, 200);
    });
}

#[test]
fn pages_speak_both_languages_without_a_raw_key() {
    let [base, _] = bases();
    let post = Post::open(base, Content::Example);
    serve(&post, |server| {
        for path in [
            "/suivi/indicateurs?",
            "/suivi/indicateurs?lieu=EX-C1&",
            "/suivi/indicateurs?indicateur=I010&lieu=EX-CERCLE&",
            "/suivi/indicateurs?indicateur=I003&lieu=EX-C1&",
            "/suivi/indicateurs?indicateur=I180&lieu=EX-NATION&",
            "/suivi/indicateurs?indicateur=I010,I003,I045&lieu=EX-CERCLE&",
            "/suivi/rapports/EX-CERCLE/2024T4?",
            "/suivi/rapports/EX-CERCLE/2023T1?",
            "/suivi/rapports/EX-REGION/2024T4?",
            "/suivi/rapports/EX-NATION/2024T4?",
            "/suivi/rapports/EX-CERCLE/2024T4/syn-clo?",
            "/suivi/rapports/EX-C1/2024T4?",
            "/suivi/documents/EX-CERCLE/2024T4?",
            "/suivi/documents/EX-C1/2024T4?",
            "/suivi/documents/EX-NATION/2024T4?",
            "/donnees?",
            "/donnees/EX-NATION/2024T4?",
            "/suivi/documents/verifier?",
            "/suivi/documents/verifier?empreinte=00112233&",
        ] {
            for language in ["fr", "en"] {
                let answer = get(server, &format!("{path}langue={language}"), "text/html");
                assert_eq!(answer.status, 200, "{path}{language}");
                assert!(!answer.body.contains("??"), "{path}{language}");
                assert!(answer.body.contains(&format!("lang=\"{language}\"")), "{path}");
            }
        }
        assert_eq!(get(server, "/suivi/rapports/EX-C1/2024T4/rap-ccc", "text/html").status, 404);
        assert_eq!(get(server, "/suivi/rapports/EX-CERCLE/2024T4.odt", "text/html").status, 404);
    });
}

#[test]
fn open_data_are_the_same_each_time_and_hold_nothing_restricted() {
    let [base, _] = bases();
    let post = Post::open(base, Content::Example);
    serve(&post, |server| {
        let path = format!("/donnees/EX-NATION/{Q}");
        let results = get(server, &format!("{path}.csv"), "*/*");
        assert_eq!(results.status, 200);
        assert!(results.body.contains("I010,EX-C1,2024T4,5.0000,16.0000,31.3,1/1"));
        assert!(!results.body.contains("restreint") && !results.body.contains("I003,EX-C1"));
        let package = get(server, &format!("{path}.json"), "*/*").body;
        let package: serde_json::Value = serde_json::from_str(&package).unwrap();
        assert_eq!(package["profile"], "tabular-data-package");
        let hash = blake3::hash(results.body.as_bytes()).to_hex();
        assert_eq!(package["resources"][0]["hash"], format!("blake3:{hash}"));
        let zip = |_| get(server, &format!("{path}.zip"), "*/*").body;
        assert_eq!(zip(1), zip(2));
        assert_eq!(get(server, "/donnees/EX-NATION/2025T1.zip", "*/*").status, 404);
        let portals = get(server, "/donnees/catalogue.jsonld", "*/*").body;
        let portals: serde_json::Value = serde_json::from_str(&portals).unwrap();
        assert_eq!(portals["dcat:dataset"].as_array().unwrap().len(), 8);
    });
}

fn document(post: &Post, language: Language, place: &str) -> Document {
    let words = catalogue();
    post.base
        .db
        .read(|tx| reports::report(tx, &words, language, place, quarter(Q), day(TODAY)))
        .unwrap()
}

fn headings(document: &Document) -> Vec<&str> {
    document
        .blocks
        .iter()
        .filter_map(|it| match it {
            Block::Heading(1, words) => Some(words.as_str()),
            _ => None,
        })
        .collect()
}

#[test]
fn the_report_has_its_fourteen_headings_and_comes_out_the_same_each_time() {
    let [base, _] = bases();
    let post = Post::open(base, Content::Example);
    let report = document(&post, Language::French, "EX-CERCLE");
    let found = headings(&report);
    assert_eq!(found.len(), 14);
    assert_eq!(found[0], "1. Page de garde et identification");
    assert_eq!(found[13], "14. Visa");
    assert_eq!(report.made_on, day(TODAY), "the day of the last entry that it is made from");
    assert_eq!(report, document(&post, Language::French, "EX-CERCLE"));
    let begun = std::time::Instant::now();
    let bytes = pdf::write(&report).unwrap();
    assert!(begun.elapsed().as_secs() < 30, "a debug build is slow, not that slow");
    assert!(pdf::conforms(&bytes));
    assert_eq!(bytes, pdf::write(&report).unwrap());
    let docx = documents::docx::write(&report).unwrap();
    assert_eq!(docx, documents::docx::write(&report).unwrap());
    for place in ["EX-REGION", "EX-NATION"] {
        assert_eq!(headings(&document(&post, Language::English, place)).len(), 7, "{place}");
    }
    // The six alerts stand in the annex, each with its reason.
    let told = format!("{report:?}");
    for rule in ["V003", "V011", "V018", "V028", "V033", "V060"] {
        assert!(told.contains(rule), "{rule}");
    }
    assert!(told.contains("anomalie placée à dessein"));
}

#[test]
fn what_people_write_stands_in_the_report_and_survives_a_rebuild() {
    for base in bases() {
        let post = Post::open(base, Content::Example);
        let texts = Texts {
            highlights: "Forage de la commune 2 réceptionné.\n\nDeux conventions signées."
                .to_owned(),
            analysis: "Les écarts viennent des pistes coupées.".to_owned(),
            discussed_on: Some(day("2025-01-09")),
            difficulties: vec![Difficulty {
                difficulty: "Pas de carburant".to_owned(),
                solution: "Dotation".to_owned(),
                responsible: "Préfecture".to_owned(),
                due: "mars".to_owned(),
            }],
        };
        let write = |actor: &Actor, texts: Texts| {
            post.act(actor, |ctx| {
                let ground = store::ground(ctx.tx, "EX-CERCLE", quarter(Q).last_day())?.unwrap();
                reports::write(ctx, &ground, quarter(Q), texts)
            })
        };
        for actor in [secretary("EX-C1"), officer(OfficeKind::CercleAdviser, "ML0205")] {
            let done = write(&actor, texts.clone());
            assert!(matches!(done, Err(Stop::Failed(Failure::Denied(_)))));
        }
        let eleven = Texts { highlights: "x\n".repeat(11), ..Texts::default() };
        let done = write(&adviser(), eleven);
        assert!(matches!(done, Err(Stop::Refused(Refused::TooManyLines(11)))));
        write(&adviser(), texts).unwrap();
        let before = document(&post, Language::French, "EX-CERCLE");
        let told = format!("{before:?}");
        for words in [
            "Forage de la commune 2",
            "pistes coupées",
            "Pas de carburant",
            "chargé de suivi régional le 9",
        ] {
            assert!(told.contains(words), "{words}");
        }
        post.journal.rebuild(&mut |_| {}).unwrap();
        assert_eq!(before, document(&post, Language::French, "EX-CERCLE"));
    }
}
