//! The catalogues are complete and well set.

use kernel::{Language, Reject};

use crate::{Part, Refused};

fn refusals() -> Vec<Refused> {
    let post = || "CCC de Kati".to_owned();
    let place = || "ML0207".to_owned();
    let mut out = vec![
        Refused::NotAPackage,
        Refused::Newer { version: 2 },
        Refused::ForAnother { to: post() },
        Refused::UnknownPost { name: post(), id: post() },
        Refused::Forged { post: post() },
        Refused::Changed { post: post(), seq: 12 },
        Refused::ForeignPlace { post: post(), place: place() },
        Refused::Private { post: post() },
        Refused::NotBelow { post: post(), child: post() },
        Refused::NotAbove { post: post(), parent: post() },
        Refused::Gap { post: post(), place: place(), from: 12, to: 15 },
        Refused::Fork { post: post(), place: place(), seq: 3 },
        Refused::Unreadable { post: post(), seq: 3 },
        Refused::NotOpened,
        Refused::OwnCard,
        Refused::SameLevel { post: post() },
        Refused::NotACard,
        Refused::CardLine { line: "nom" },
        Refused::CardForged,
        Refused::NothingToSend { post: post() },
    ];
    for part in [Part::Header, Part::Frame(3), Part::Trailer] {
        out.push(Refused::Damaged { part });
        out.push(Refused::CutOff { at: 812, whole: 2034, part });
    }
    for what in ["file", "header", "frame", "entries", "streams", "entry"] {
        out.push(Refused::TooLarge { what, limit: 9 });
    }
    for field in ["nom", "niveau", "lieu"] {
        out.push(Refused::Field { field });
    }
    out
}

#[test]
fn every_refusal_says_itself_in_both_languages_and_what_to_do() {
    let words = web::Catalogue::new(&[crate::words()]).unwrap();
    for rule in refusals() {
        for language in [Language::French, Language::English] {
            let told = words.tell(language, &rule.message());
            assert!(!told.contains("??") && !told.contains('{'), "{rule:?}: {told}");
            assert!(told.ends_with('.') && told.contains(". "), "{rule:?}: {told}");
        }
    }
    let gap = Refused::Gap {
        post: "CCC de Kati".to_owned(),
        place: "ML0207".to_owned(),
        from: 12,
        to: 15,
    };
    assert_eq!(
        words.tell(Language::French, &gap.message()),
        "Il manque les écritures 12 à 15 de «\u{202f}CCC de Kati\u{202f}» pour ML0207. Importez \
         d’abord l’envoi précédent, ou demandez un envoi complet."
    );
}

#[test]
fn both_catalogues_hold_the_same_keys_and_french_is_set_as_french() {
    let (french, english) = crate::words();
    let keys = |text: &str| -> Vec<String> {
        let lines = text.lines().filter(|it| it.starts_with(|letter: char| letter.is_alphabetic()));
        lines.filter_map(|it| it.split_once(" =")).map(|it| it.0.to_owned()).collect()
    };
    assert_eq!(keys(french), keys(english));
    for (at, line) in french.lines().enumerate() {
        for wrong in [" ;", " !", " ?", " :", "« ", " »", "'"] {
            assert!(!line.contains(wrong), "fr.ftl, line {}: {wrong:?}", at + 1);
        }
    }
}
