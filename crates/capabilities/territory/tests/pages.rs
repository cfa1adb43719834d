//! The pages of the territory, as a visitor without an account reads them.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]

mod support;

use support::{app, filled, get, serve};

#[test]
fn the_territory_is_readable_by_everybody() {
    let base = db::testing::sqlite();
    serve(app(filled(&base)), |server| {
        for (path, status, expected) in [
            ("/territoire", 200, "rattachement inconnu"),
            ("/territoire?le=2006-01-01", 200, "14\u{202f}528\u{202f}662"),
            ("/territoire?le=2024-01-01", 200, "14\u{202f}528\u{202f}662"),
            ("/territoire?q=ouelessebougou", 200, "Ouélessébougou"),
            ("/territoire?q=kayes%20n%27di", 200, "commune de Kayes"),
            ("/territoire?q=xyzzy", 200, "Aucun lieu ne porte ce nom"),
            ("/territoire?le=2006-02-30", 422, "n’est pas une date"),
            ("/territoire/ML0103?le=2006-01-01", 200, "Kayes"),
            ("/territoire/2023-01?le=01/01/2006", 200, "n’existe pas à cette date"),
            ("/territoire/2023-01?le=2006-01-01", 200, "n’existe pas à cette date"),
            ("/territoire/ML0103?le=hier", 422, "n’est pas une date"),
            ("/territoire/ML010312?le=2024-01-01", 200, "Rattachement inconnu"),
            ("/territoire/ML010312?le=2006-01-01", 200, "KAYES N&#39;DI"),
            ("/territoire/0207", 200, "Siby"),
            ("/territoire/2023-0207", 200, "Siby"),
            ("/territoire/SN", 200, "Dakar"),
            ("/territoire/EX-C1", 200, "inventées"),
            ("/territoire/ML99", 404, "Cette page n’existe pas"),
            ("/territoire/%3Cscript%3E", 404, "Cette page n’existe pas"),
            ("/territoire/ML0103.json?le=2006-01-01", 200, "\"nom\":\"Kayes\""),
            ("/territoire/2023-01.json?le=2006-01-01", 200, "\"existe\":false"),
            ("/territoire/ML0103.json?le=x", 422, "\"champ\":\"le\""),
        ] {
            let answer = get(server, path);
            assert_eq!(answer.status, status, "{path}: {}", answer.body);
            assert!(answer.body.contains(expected), "{path} lacks {expected:?}: {}", answer.body);
            assert!(!answer.body.contains("??"), "{path} shows a raw key: {}", answer.body);
        }
        // The day asked for stays in the addresses of the page.
        let page = get(server, "/territoire/ML01?le=2006-01-01").body;
        assert!(page.contains("/territoire/ML0103?le=2006-01-01"), "{page}");
        // English is complete.
        let page = get(server, "/territoire/ML010312?langue=en");
        assert!(page.body.contains("Unknown attachment") && !page.body.contains("??"));
        assert!(page.head.contains("content-security-policy"), "{}", page.head);
    });
}

#[test]
fn the_catalogues_say_the_same_things() {
    let (french, english) = territory::words();
    let keys = |text: &str| {
        text.lines()
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
