//! The explorer, asked as people and programs ask.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

mod common;

use common::served::{get, pages, serve, text};
use common::{Content, Post, adviser, bases, officer, secretary};
use identity::{Actor, OfficeKind};
use kernel::{Failure, Stop};
use monitoring::explorer::{KeepRefused, QueryKept, Sharing, change, keep, retire};
use monitoring::values::example;

/// The rows of a CSV answer.
fn rows(text: &str) -> Vec<Vec<String>> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    reader.records().map(|it| it.unwrap().iter().map(str::to_owned).collect()).collect()
}

#[test]
fn the_worked_example_comes_out_to_the_last_digit_on_both_engines() {
    for base in bases() {
        let post = Post::open(base, Content::Example);
        serve(&post, |server| {
            let expected = rows(example::RESULTS);
            let mut codes: Vec<&str> = expected.iter().map(|it| it[0].as_str()).collect();
            codes.dedup();
            let mut checked = 0;
            for some in codes.chunks(20) {
                let found = rows(&text(
                    server,
                    &format!(
                        "/suivi/explorer.csv?mesure={}&lieu=EX-CERCLE&periode=2024T4",
                        some.join(",")
                    ),
                ));
                for it in expected.iter().filter(|it| some.contains(&it[0].as_str())) {
                    let same = |row: &&Vec<String>| row[0] == it[0] && row[2] == it[1];
                    let row = found.iter().find(same).unwrap_or_else(|| panic!("no {it:?}"));
                    // Restricted figures are no concern of the public that asks here.
                    if row.last().unwrap().contains("restreint") {
                        continue;
                    }
                    let number = |it: &str| it.parse::<kernel::Decimal>().ok();
                    assert_eq!(number(&row[6]), number(&it[5]), "{it:?} {row:?}");
                    assert_eq!(format!("{}/{}", row[10], row[11]), it[6], "{it:?} {row:?}");
                    checked += 1;
                }
            }
            assert!(280 < checked, "{checked}");
        });
    }
}

#[test]
fn a_flow_adds_over_the_year_and_a_rate_is_never_a_mean() {
    for base in bases() {
        let post = Post::open(base, Content::Example);
        serve(&post, |server| {
            let path = "/suivi/explorer.csv?mesure=EDI_DELIB&lieu=EX-CERCLE&detail=seul";
            let quarters: i64 = rows(&text(server, &format!("{path}&periode=2024T1-2024T4")))
                .iter()
                .map(|it| it[6].parse::<i64>().unwrap())
                .sum();
            let year = rows(&text(server, &format!("{path}&periode=2024")));
            assert_eq!(year[0][6].parse::<i64>().unwrap(), quarters);
            // Women and men are all the councillors.
            let parts = rows(&text(
                server,
                "/suivi/explorer.csv?mesure=EDI_CONS&par=SEXE&lieu=EX-CERCLE&detail=seul&periode=2024T4",
            ));
            let value = |at: usize| parts[at][7].parse::<i64>().unwrap();
            assert_eq!(value(0), value(1) + value(2), "{parts:?}");
        });
    }
}

#[test]
fn every_shape_and_every_file_answers() {
    let post = Post::open(bases().into_iter().next().unwrap(), Content::Example);
    serve(&post, |server| {
        let question = "mesure=I010&mesure=DEM_POP&lieu=EX-CERCLE&periode=4T";
        for shape in ["tableau", "barres", "courbes", "points", "vignettes", "carte", "cercles"] {
            let page = text(server, &format!("/suivi/explorer?{question}&forme={shape}"));
            assert!(page.contains("id=\"answer\""), "{shape}: every shape has its table");
            assert!(!page.contains("??"), "{shape}");
        }
        let (_, book) = get(server, &format!("/suivi/explorer.xlsx?{question}"));
        assert!(book.starts_with(b"PK"));
        let (_, paper) = get(server, &format!("/suivi/explorer.pdf?{question}&forme=courbes"));
        assert!(paper.starts_with(b"%PDF"));
        let svg = text(server, &format!("/suivi/explorer.svg?{question}&forme=courbes&figure=1"));
        assert!(svg.starts_with("<svg"));
        assert_eq!(get(server, &format!("/suivi/explorer.svg?{question}&figure=9")).0, 404);
        for (wrong, parameter) in [
            ("mesure=I999", "I999"),
            ("periode=hier", "hier"),
            ("lieu=NULLE-PART", "NULLE-PART"),
            ("par=SEX", "SEX"),
        ] {
            let (status, body) = get(server, &format!("/suivi/explorer?{wrong}"));
            assert_eq!(status, 422, "{wrong}");
            assert!(String::from_utf8_lossy(&body).contains(parameter), "{wrong}");
        }
    });
}

#[test]
fn a_kept_question_belongs_to_a_person_or_is_shared_and_the_nation_speaks_to_all() {
    for base in bases() {
        let post = Post::open(base, Content::Example);
        let content = |sharing: Sharing| QueryKept {
            name: "Les femmes au conseil".to_owned(),
            query: "mesure=I010&lieu=EX-CERCLE&periode=8T".to_owned(),
            sharing,
            ..QueryKept::default()
        };
        let nameless = QueryKept { name: "  ".to_owned(), ..content(Sharing::Person) };
        let refused = post.act(&adviser(), |ctx| keep(ctx, nameless)).unwrap_err();
        assert!(matches!(refused, Stop::Refused(KeepRefused::Nameless)));
        let own = post.act(&adviser(), |ctx| keep(ctx, content(Sharing::Person))).unwrap();
        let shared = post.act(&adviser(), |ctx| keep(ctx, content(Sharing::Place))).unwrap();
        let denied = post.act(&adviser(), |ctx| keep(ctx, content(Sharing::Everybody)));
        assert!(matches!(denied, Err(Stop::Failed(Failure::Denied(_)))));
        let nation = officer(OfficeKind::NationalOfficer, "EX-NATION");
        let public = post.act(&nation, |ctx| keep(ctx, content(Sharing::Everybody))).unwrap();
        // Nobody else changes what a person keeps; nothing shared is taken back.
        let other = secretary("EX-C1");
        let change_of = |id: &str, sharing| QueryKept { id: id.to_owned(), ..content(sharing) };
        let denied = post.act(&other, |ctx| change(ctx, change_of(&own, Sharing::Person)));
        assert!(matches!(denied, Err(Stop::Failed(Failure::Denied(_)))));
        let narrowed = post.act(&nation, |ctx| change(ctx, change_of(&public, Sharing::Person)));
        assert!(matches!(narrowed, Err(Stop::Refused(KeepRefused::Narrowed))));
        serve(&post, |server| {
            let list = text(server, "/suivi/explorer/questions");
            assert!(list.contains(&public) && !list.contains(&own) && !list.contains(&shared));
            assert_eq!(get(server, &format!("/suivi/explorer/notes/{own}")).0, 404);
            let note = text(server, &format!("/suivi/explorer/notes/{public}"));
            assert!(note.contains("Les femmes au conseil") && note.contains("<svg"));
            let (_, paper) = get(server, &format!("/suivi/explorer/notes/{public}.pdf"));
            assert!(paper.starts_with(b"%PDF"));
            let (_, words) = get(server, &format!("/suivi/explorer/notes/{public}.docx"));
            assert!(words.starts_with(b"PK"));
        });
        post.act(&nation, |ctx| retire(ctx, &public)).unwrap();
        let again = post.act(&nation, |ctx| retire(ctx, &public));
        assert!(matches!(again, Err(Stop::Refused(KeepRefused::Unknown))));
    }
}

#[test]
fn a_question_without_data_makes_no_document_and_says_so() {
    let post = Post::open(bases().into_iter().next().unwrap(), Content::Example);
    serve(&post, |server| {
        for ending in ["pdf", "xlsx"] {
            for rest in ["", "?lieu=EX-CERCLE&periode=4T", "?lieu=EX-CERCLE&forme=carte"] {
                let (status, body) = get(server, &format!("/suivi/explorer.{ending}{rest}"));
                let told = String::from_utf8_lossy(&body);
                assert_eq!(status, 422, "{ending}{rest}: {told}");
                assert!(told.contains("Aucune donnée n’est choisie"), "{told}");
            }
        }
        assert_eq!(get(server, "/suivi/explorer.csv").0, 200);
    });
}

/// The communes of the example as squares of a degree, as a humanitarian office publishes them.
fn outlined(post: &Post) {
    let features: Vec<_> = [("EX-C1", -11), ("EX-C2", -10), ("EX-C3", -9)]
        .map(|(code, west)| {
            let east = west + 1;
            serde_json::json!({
                "type": "Feature",
                "properties": { "ADM3_PCODE": code },
                "geometry": {
                    "type": "Polygon",
                    "coordinates": [[[west, 13], [east, 13], [east, 15], [west, 15], [west, 13]]],
                },
            })
        })
        .into();
    let file = serde_json::json!({ "type": "FeatureCollection", "features": features });
    let bytes = file.to_string().into_bytes();
    let today = common::day(common::TODAY);
    let prepared = post.base.db.read(|tx| territory::prepare_outlines(tx, today, "essai", &bytes));
    let prepared = prepared.unwrap();
    let program = Actor::program();
    let loaded = |ctx: &mut identity::Ctx<'_, '_>| {
        territory::load_outlines(ctx, &prepared, "Essai", "CC BY")
    };
    post.act(&program, loaded).unwrap();
}

#[test]
fn a_note_with_a_chart_and_a_map_holds_on_one_page() {
    let post = Post::open(bases().into_iter().next().unwrap(), Content::Example);
    outlined(&post);
    let nation = officer(OfficeKind::NationalOfficer, "EX-NATION");
    let kept = |query: &str| {
        let content = QueryKept {
            name: "Les femmes au conseil".to_owned(),
            query: query.to_owned(),
            text: "Le comité a demandé ces chiffres.\nIls viennent des rapports.".to_owned(),
            sharing: Sharing::Everybody,
            ..QueryKept::default()
        };
        post.act(&nation, |ctx| keep(ctx, content)).unwrap()
    };
    let ids = [
        "mesure=I010&lieu=EX-CERCLE&periode=8T",
        "mesure=DEM_POP&lieu=EX-CERCLE&periode=4T",
        "mesure=I010&mesure=I015&mesure=I040&mesure=I130&lieu=EX-CERCLE&periode=8T",
    ]
    .map(kept);
    serve(&post, |server| {
        for id in ids {
            let page = text(server, &format!("/suivi/explorer/notes/{id}"));
            assert_eq!(page.matches("<figure").count(), 2, "a chart and a map");
            let (_, paper) = get(server, &format!("/suivi/explorer/notes/{id}.pdf"));
            if let Some(folder) = std::env::var_os("BENKADI_SAMPLES") {
                let name = format!("note-{id}.pdf");
                std::fs::write(std::path::Path::new(&folder).join(name), &paper).unwrap();
            }
            assert_eq!(pages(&paper), 1);
        }
    });
}
