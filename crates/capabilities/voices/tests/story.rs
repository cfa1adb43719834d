//! Fragments are recorded with consent, heard, and taken back.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]

use identity::{Actor, Ctx, Office, OfficeKind};
use journal::{Audience, Draft, Folds, Journal};
use kernel::{Date, Failure, Id, Stop};
use voices::{Consent, KeepRefused, Recording};

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn opened(base: &db::testing::Empty) -> Journal {
    base.db.write(identity::migrate).unwrap();
    let folds = Folds::new(vec![identity::fold(), territory::fold(), voices::fold()]);
    let journal = Journal::open(base.db.clone(), folds).unwrap();
    let it = territory::example().unwrap();
    let draft = Draft {
        audience: Audience::Local,
        scope: "*".to_owned(),
        person: "programme".to_owned(),
        office: String::new(),
        reason: String::new(),
        kind: it.kind.to_owned(),
        subject: it.subject,
        payload: it.payload,
        at_millis: day("2025-01-01").to_millis(),
    };
    base.db.write(|tx| journal.append(tx, draft)).unwrap();
    journal
}

fn holder(kind: OfficeKind, place: &str) -> Actor {
    let (id, on) = (Id::mint(), day("2025-02-01"));
    let office = Office {
        id: Id::mint(),
        person_id: id,
        kind,
        title: kind.to_string(),
        place: place.to_owned(),
        from: on.plus_days(-30),
        to: None,
    };
    Actor::person(id, "F. Keita".to_owned(), vec![office], on)
}

fn act<T, E: From<db::DbError>>(
    journal: &Journal,
    actor: &Actor,
    work: impl FnOnce(&mut Ctx<'_, '_>) -> Result<T, E>,
) -> Result<T, E> {
    let at = day("2025-02-01").to_millis() + 36_000_000;
    journal.db().write(|tx| work(&mut Ctx::new(tx, journal, actor, at)))
}

/// A file of so many packets of 20 ms.
fn file(packets: u8) -> Vec<u8> {
    let packets = (0..packets).map(|it| vec![0x48, it, 1, 2]).collect();
    voices::assemble(&[&Recording { pre_skip: 312, packets, trim: 100 }]).unwrap()
}

#[test]
fn a_fragment_is_recorded_heard_and_taken_back() {
    for base in db::testing::both() {
        let journal = opened(&base);
        let keeper = holder(OfficeKind::CercleAdviser, "EX-CERCLE");
        let nation = holder(OfficeKind::NationalOfficer, "EX-NATION");
        let commune = holder(OfficeKind::MunicipalSecretary, "EX-C1");
        let agreed = Consent { speaker: "Awa D.".to_owned(), given: true };
        let record = |actor: &Actor, key: &str, consent: &Consent, bytes: &[u8]| {
            act(&journal, actor, |ctx| voices::record(ctx, ("fr", key), consent, bytes))
        };
        let done = record(&commune, "mille", &agreed, &file(20));
        assert!(matches!(done, Err(Stop::Failed(Failure::Denied(_)))), "{done:?}");
        for (key, consent, bytes, expected) in [
            ("mille", Consent { given: false, ..agreed.clone() }, file(20), "no consent"),
            ("million-de-choses", agreed.clone(), file(20), "no such fragment"),
            ("lieu-EX-CERCLE", agreed.clone(), file(20), "no such fragment"),
            ("mille", agreed.clone(), Vec::new(), "no file"),
            ("mille", agreed.clone(), b"RIFF".to_vec(), "no Ogg Opus file"),
        ] {
            let Err(Stop::Refused(rule)) = record(&keeper, key, &consent, &bytes) else {
                panic!("{key}: {expected}")
            };
            assert_eq!(rule.to_string(), expected);
        }
        record(&keeper, "mille", &agreed, &file(20)).unwrap();
        record(&keeper, "lieu-EX-C1", &agreed, &file(30)).unwrap();
        record(&keeper, "mille", &agreed, &file(25)).unwrap();
        let kept_at = |place: &str| {
            let heard = |tx: &mut db::Tx<'_>| {
                let path = voices::path_of(tx, place, day("2025-02-01"))?;
                voices::kept(tx, "fr", &path)
            };
            journal.db().read(heard).unwrap()
        };
        let kept = || kept_at("EX-C1");
        let keys: Vec<String> = kept().into_keys().collect();
        assert_eq!(keys, ["lieu-EX-C1", "mille"]);
        let mark = kept()["lieu-EX-C1"].mark.clone();
        let sound = journal.db().read(|tx| voices::recording(tx, &mark)).unwrap().unwrap();
        assert_eq!(Recording::read(&sound).unwrap().played(), 30 * 960 - 412);

        let back =
            |reason: &str| act(&journal, &keeper, |ctx| voices::withdraw(ctx, &mark, reason));
        assert!(matches!(back(" "), Err(Stop::Refused(KeepRefused::NoReason))));
        back("La personne retire son accord.").unwrap();
        assert!(!kept().contains_key("lieu-EX-C1"));
        assert_eq!(journal.db().read(|tx| voices::recording(tx, &mark)).unwrap(), None);

        // What the nation recorded is heard everywhere, and a cercle neither replaces it elsewhere
        // nor takes it back. Of two, the nearer is heard.
        record(&nation, "mille", &agreed, &file(40)).unwrap();
        record(&nation, "cent", &agreed, &file(40)).unwrap();
        assert_eq!(kept_at("EX-C1")["mille"].scope, "EX-CERCLE");
        assert_eq!(kept_at("EX-C1")["cent"].scope, "EX-NATION");
        assert_eq!(kept_at("EX-NATION")["mille"].scope, "EX-NATION");
        assert_eq!(kept_at("ML02").len(), 0);
        let take = |actor: &Actor, mark: &str| {
            act(&journal, actor, |ctx| voices::withdraw(ctx, mark, "Mauvais son."))
        };
        let of_all = kept_at("EX-C1")["cent"].mark.clone();
        let done = take(&keeper, &of_all);
        assert!(matches!(done, Err(Stop::Failed(Failure::Denied(_)))), "{done:?}");
        take(&nation, &kept_at("EX-C1")["mille"].mark).unwrap();
        // The cercle's first recording of it is in use again, until it is taken back as well.
        take(&keeper, &kept_at("EX-C1")["mille"].mark).unwrap();
        assert_eq!(kept_at("EX-C1")["mille"].scope, "EX-NATION");
        let foreign = holder(OfficeKind::CercleAdviser, "ML0205");
        let done = record(&foreign, "lieu-EX-C1", &agreed, &file(20));
        assert!(matches!(done, Err(Stop::Failed(Failure::Denied(_)))), "{done:?}");

        // A newer edition of a language takes the place of the shipped one; an older does not.
        let load = |edition: &str| {
            let text = serde_json::json!({
                "language": "bm", "name": "bamanankan", "verified": true, "edition": edition,
                "source": "Relu par des locuteurs (exemple inventé).",
                "fragments": { "a": "kelen", "b": "fila" },
                "numbers": { "words": { "0": ["a", "b"], "1": ["a"], "2": ["b"] }, "steps": [],
                    "greatest": 2 },
                "sentences": {},
            });
            let bytes = serde_json::to_vec(&text).unwrap();
            let done = act(&journal, &keeper, |ctx| voices::load_language(ctx, &bytes));
            assert!(matches!(done, Err(Stop::Failed(Failure::Denied(_)))), "{done:?}");
            act(&journal, &nation, |ctx| voices::load_language(ctx, &bytes)).unwrap();
        };
        let verified = || {
            let all = journal.db().read(voices::languages).unwrap();
            all.iter().find(|it| it.language == "bm").unwrap().verified
        };
        assert!(!verified());
        load("2026-02-01");
        assert!(verified());
        let rebuilt = journal.rebuild_and_compare(&mut |_| {}).unwrap();
        assert_eq!(rebuilt.changed, Vec::<String>::new());
    }
}
