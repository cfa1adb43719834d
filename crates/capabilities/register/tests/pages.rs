//! The pages of the register, as a visitor without an account reads them.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]

mod support;

use support::{app, filled, get, serve};

#[test]
fn the_register_is_readable_by_everybody() {
    let base = db::testing::sqlite();
    serve(app(filled(&base)), |server| {
        for (path, status, expected) in [
            ("/registre", 200, "213 partenariats"),
            ("/registre?source=partnerships.csv", 200, "184 partenariats"),
            ("/registre?q=ouelessebougou", 200, "Ouélessébougou"),
            ("/registre?q=sanankoroba", 200, "D&#39;Autray"),
            ("/registre?pays=CA", 200, "Matapédia"),
            ("/registre?pays=ZZ", 422, "n’est pas un code de pays"),
            ("/registre?annee_min=jadis", 422, "jadis"),
            ("/registre?annee_min=2000&annee_max=1990", 422, "vient avant"),
            ("/registre?q=falani", 200, "trouvé par le village de FALANI COUNGO"),
            ("/registre?q=-", 422, "ni lettre ni chiffre"),
            ("/registre?q=%25", 422, "ni lettre ni chiffre"),
            ("/registre/carte?q=%F0%9F%98%80", 422, "ni lettre ni chiffre"),
            ("/registre.json?q=!", 422, "\"champ\":\"q\""),
            ("/registre?q=xyzzy", 200, "Aucun partenariat ne répond"),
            ("/registre?region=D&annee_min=1970&annee_max=1980", 200, "Angers"),
            ("/registre?lieu=kati&tri=annee", 200, "Puteaux"),
            ("/registre?page=3", 200, "101–150 sur 213"),
            ("/registre/statistiques", 200, "Partenariats par décennie"),
            ("/registre/statistiques?pays=ZZ", 422, "n’est pas un code de pays"),
            ("/registre/carte", 200, "Partenariats par lieu"),
            ("/registre/carte", 200, "Mopti (cercle)"),
            ("/registre/carte", 200, "San (commune)"),
            ("/registre?q=leipzig", 200, "<small>District de Bamako</small>"),
            ("/registre/questions", 200, "REGION_DOUTEUSE"),
            ("/registre/questions?question=MENTION_TRONQUEE", 200, "Saint-Malo"),
            ("/registre/questions?question=AUTRE", 422, "n’est pas un repère"),
            ("/registre/bamako", 200, "La page se contredit"),
            ("/registre/bamako", 200, "Leipzig"),
            ("/registre/pas-une-fiche", 404, "Cette page n’existe pas"),
            ("/registre/00000000-0000-8000-8000-000000000000", 404, "Cette page n’existe pas"),
            ("/registre.json?pays=DE", 200, "\"nombre\":5"),
            ("/registre.json?pays=ZZ", 422, "\"champ\":\"pays\""),
            ("/registre.csv?source=partnerships.csv&pays=DE", 200, "Bous / Quétigny"),
            ("/registre.csv?pays=ZZ", 422, "n’est pas un code de pays"),
            ("/registre.pdf", 200, "%PDF-"),
        ] {
            let answer = get(server, path, "");
            assert_eq!(answer.status, status, "{path}: {}", answer.text());
            let text = answer.text();
            assert!(text.contains(expected), "{path} lacks {expected:?}: {text}");
            assert!(!text.contains("??"), "{path} shows a raw key: {text}");
        }
        for path in [
            "/registre",
            "/registre/statistiques",
            "/registre/carte",
            "/registre/questions",
            "/registre/bamako",
        ] {
            let text = get(server, &format!("{path}?langue=en"), "").text();
            assert!(!text.contains("??"), "{path} in English shows a raw key: {text}");
        }
        // The notes of the sources are in French, whatever the page speaks.
        for path in ["/registre/bamako?langue=en", "/registre/questions?langue=en"] {
            assert!(get(server, path, "").text().contains(" lang=\"fr\">"), "{path}");
        }
        let text = get(server, "/registre", "").text();
        assert!(!text.contains("commune ou cercle de District"), "{text}");
        // What was typed is kept.
        let text = get(server, "/registre?pays=ZZ&q=kati", "").text();
        assert!(text.contains("value=\"kati\"") && text.contains("<option value=\"ZZ\" selected"));
        // A spreadsheet is a zip.
        let sheet = get(server, "/registre.xlsx", "");
        assert_eq!((sheet.status, &sheet.body[..2]), (200, &b"PK"[..]));
        every_record_opens(server);
        names_of_persons_stay_inside(server);
    });
}

fn records(server: std::net::SocketAddr, query: &str) -> Vec<serde_json::Value> {
    let body = get(server, &format!("/registre.json?{query}"), "").body;
    let list: serde_json::Value = serde_json::from_slice(&body).unwrap();
    list["partenariats"].as_array().unwrap().clone()
}

fn every_record_opens(server: std::net::SocketAddr) {
    let all = records(server, "");
    assert_eq!(all.len(), 213);
    for it in all {
        let path = format!("/registre/{}", it["id"].as_str().unwrap());
        let page = get(server, &path, "");
        assert_eq!(page.status, 200, "{path}");
        let text = page.text();
        assert!(!text.contains("statut\u{a0}: non renseigné"), "{path}: {text}");
        assert!(!text.contains("??"), "{path} shows a raw key: {text}");
        // Old web addresses are told, never linked.
        assert!(!text.contains("href=\"http"), "{path} links outside: {text}");
    }
    let angers = &records(server, "q=angers&source=partnerships.csv")[0];
    let path = format!("/registre/{}", angers["id"].as_str().unwrap());
    for (query, status, expected) in [
        ("", 200, "1974 et 1995"),
        ("?connu_le=2026-06-01", 200, "telle que ce poste la connaissait"),
        ("?connu_le=2020-01-01", 422, "ne connaissait pas encore"),
        ("?connu_le=hier", 422, "n’est pas une date"),
    ] {
        let page = get(server, &format!("{path}{query}"), "");
        assert_eq!(page.status, status, "{query}");
        assert!(page.text().contains(expected), "{query}: {}", page.text());
    }
}

fn names_of_persons_stay_inside(server: std::net::SocketAddr) {
    let it = &records(server, "q=sanankoroba&source=partnerships.csv")[0];
    let path = format!("/registre/{}", it["id"].as_str().unwrap());
    let mut seen = get(server, &path, "").text();
    for path in [format!("{path}.json"), "/registre.csv".into(), "/registre.json".into()] {
        seen.push_str(&get(server, &path, "").text());
    }
    for secret in ["Joyal", "Poirier", "450-836-7007", "LOCAT", "450-834-5441"] {
        assert!(!seen.contains(secret), "{secret} is public");
    }
    assert!(seen.contains("réservé aux personnes autorisées"));
}

#[test]
fn a_base_without_content_says_so() {
    let base = db::testing::sqlite();
    base.db.write(identity::migrate).unwrap();
    let folds = journal::Folds::new(vec![identity::fold(), territory::fold(), register::fold()]);
    let journal = journal::Journal::open(base.db.clone(), folds).unwrap();
    serve(app(journal), |server| {
        for (path, expected) in [
            ("/registre", "Le registre est vide"),
            ("/registre?q=kati", "Aucun partenariat ne répond"),
            ("/registre/carte", "0 partenariat"),
            ("/registre/statistiques", "0 partenariat"),
            ("/registre/questions", "Questions"),
            ("/registre/bamako", "Accords"),
        ] {
            let answer = get(server, path, "");
            assert_eq!(answer.status, 200, "{path}: {}", answer.text());
            assert!(answer.text().contains(expected), "{path}: {}", answer.text());
        }
    });
}

#[test]
fn the_catalogues_say_the_same_things() {
    let (french, english) = register::words();
    let keys = |text: &str| {
        text.lines()
            .filter(|it| !it.starts_with([' ', '#']))
            .filter_map(|it| it.split_once(" = "))
            .map(|it| it.0.to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(keys(french), keys(english));
    for line in french.lines().filter(|it| !it.starts_with('#')) {
        for (bad, why) in [
            (" ;", "U+202F before ;"),
            (" !", "U+202F before !"),
            (" ?", "U+202F before ?"),
            (" :", "U+00A0 before :"),
            ("« ", "U+202F inside guillemets"),
            (" »", "U+202F inside guillemets"),
            ("'", "the apostrophe ’"),
        ] {
            assert!(!line.contains(bad), "{why}: {line}");
        }
    }
}
