//! An inhabitant, somebody who decides, a commune: refusals first, on both engines.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]

use identity::{Actor, Ctx, Office, OfficeKind};
use journal::{Audience, Draft, Folds, Journal};
use kernel::{Date, Failure, Id, Stop};
use observations::{SendRefused, State, Typed};

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn opened(base: &db::testing::Empty) -> Journal {
    base.db
        .write(|tx| {
            identity::migrate(tx)?;
            observations::migrate(tx)
        })
        .unwrap();
    let folds = Folds::new(vec![identity::fold(), territory::fold(), observations::fold()]);
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

fn holder(offices: &[(OfficeKind, &str)], on: Date) -> Actor {
    let id = Id::mint();
    let offices = offices.iter().map(|(kind, place)| Office {
        id: Id::mint(),
        person_id: id,
        kind: *kind,
        title: format!("{kind} de {place}"),
        place: (*place).to_owned(),
        from: on.plus_days(-30),
        to: None,
    });
    Actor::person(id, "A. Diarra".to_owned(), offices.collect(), on)
}

fn act<T, E: From<db::DbError>>(
    journal: &Journal,
    actor: &Actor,
    on: Date,
    work: impl FnOnce(&mut Ctx<'_, '_>) -> Result<T, E>,
) -> Result<T, E> {
    let at = on.to_millis() + 36_000_000;
    journal.db().write(|tx| work(&mut Ctx::new(tx, journal, actor, at)))
}

fn typed(secret: u8, text: &str) -> Typed {
    Typed {
        secret: format!("{secret:032x}"),
        commune: "EX-C1".to_owned(),
        village: " quartier  du marché ".to_owned(),
        subject: "forage".to_owned(),
        text: text.to_owned(),
        hide_village: false,
        contact: "76 00 00 00".to_owned(),
    }
}

#[test]
fn an_observation_from_the_telephone_to_its_settlement() {
    for base in db::testing::both() {
        let journal = opened(&base);
        let today = day("2025-01-20");
        let nobody = Actor::anonymous();
        let commune = holder(&[(OfficeKind::MunicipalSecretary, "EX-C1")], today);
        let other = holder(&[(OfficeKind::MunicipalSecretary, "EX-C2")], today);
        let cercle = holder(&[(OfficeKind::CercleAdviser, "EX-CERCLE")], today);
        let association = holder(&[(OfficeKind::CitizenModerator, "EX-NATION")], today);
        let judge = holder(
            &[(OfficeKind::CercleAdviser, "EX-CERCLE"), (OfficeKind::MunicipalSecretary, "EX-C1")],
            today,
        );

        // What cannot be used is told field by field, and nothing is written.
        let wrong = Typed { subject: "lune".to_owned(), ..typed(1, "panne") };
        let refused =
            act(&journal, &nobody, today, |ctx| observations::send(ctx, &wrong, Ok(None)));
        let Err(Stop::Refused(SendRefused(fields))) = refused else { panic!("{refused:?}") };
        let fields: Vec<&str> = fields.iter().map(|it| it.0).collect();
        assert_eq!(fields, ["sujet", "texte"]);
        for (code, secret) in [("EX-CERCLE", "a".repeat(32)), ("EX-C1", "court".to_owned())] {
            let it =
                Typed { commune: code.to_owned(), secret, ..typed(1, "La pompe est cassée.") };
            assert!(
                act(&journal, &nobody, today, |ctx| observations::send(ctx, &it, Ok(None)))
                    .is_err()
            );
        }

        // Sent by somebody who is signed in: no name enters the journal. Twice is once.
        let it = typed(2, "Le forage du marché est en panne, dit Untel.");
        let first =
            act(&journal, &commune, today, |ctx| observations::send(ctx, &it, Ok(None))).unwrap();
        let again =
            act(&journal, &nobody, today, |ctx| observations::send(ctx, &it, Ok(None))).unwrap();
        assert_eq!((&first.code, again.again), (&again.code, true));
        let code = first.code;
        let id = journal.db().read(|tx| observations::by_code(tx, &code)).unwrap().unwrap();
        let written = journal.db().read(|tx| Journal::history(tx, &id, None)).unwrap();
        assert_eq!(written.len(), 1);
        assert_eq!((written[0].person.as_str(), written[0].office.as_str()), ("anonyme", ""));

        // The commune does not decide about itself, whatever else its people are.
        let publish = |actor: &Actor, shown: &str| {
            act(&journal, actor, today, |ctx| observations::publish(ctx, &id, shown, (false, true)))
        };
        let of_here: Vec<Actor> = OfficeKind::ALL
            .into_iter()
            .map(|it| holder(&[(OfficeKind::CitizenModerator, "EX-NATION"), (it, "EX-C1")], today))
            .collect();
        for actor in [&nobody, &commune, &other, &judge].into_iter().chain(&of_here) {
            let done = publish(actor, &it.text);
            assert!(matches!(done, Err(Stop::Failed(Failure::Denied(_)))), "{done:?}");
        }
        assert!(matches!(publish(&cercle, "Le forage marche."), Err(Stop::Refused(_))));
        let answer = |actor: &Actor, text: &str| {
            act(&journal, actor, today, |ctx| observations::answer(ctx, &id, text, false))
        };
        assert!(matches!(answer(&commune, "Ah."), Err(Stop::Failed(Failure::NotFound))));

        // An association asks, the sender answers with the code, the association publishes.
        act(&journal, &association, today, |ctx| observations::ask(ctx, &id, "Depuis quand ?"))
            .unwrap();
        let state = || {
            let found = journal.db().read(|tx| observations::observation(tx, &id)).unwrap();
            found.unwrap().state()
        };
        assert_eq!(state(), State::Question);
        let lower = code.to_lowercase();
        act(&journal, &nobody, today, |ctx| observations::complete(ctx, &lower, "Lundi.")).unwrap();
        publish(&association, "Le forage du marché est en panne, dit […].").unwrap();
        assert_eq!(state(), State::Signalee);
        let waiting = |actor: &Actor| {
            let of = |tx: &mut db::Tx<'_>| {
                observations::awaiting_answer(tx, actor, &[State::Signalee], today)
            };
            journal.db().read(of).unwrap().len()
        };
        assert_eq!((waiting(&commune), waiting(&other)), (1, 0));

        // An office of the cercle or of the nation does not answer in the commune's place.
        for place in ["EX-CERCLE", "EX-NATION"] {
            let above = holder(&[(OfficeKind::MunicipalSecretary, place)], today);
            let done = answer(&above, "Tout va bien.");
            assert!(matches!(done, Err(Stop::Failed(Failure::Denied(_)))), "{place}: {done:?}");
            assert_eq!(waiting(&above), 0, "{place}");
        }

        // The commune answers, corrects its answer, and only the last one is shown.
        assert!(matches!(answer(&other, "Non."), Err(Stop::Failed(Failure::Denied(_)))));
        answer(&commune, "Le réparateur passe jeudi.").unwrap();
        answer(&commune, "Le réparateur passe vendredi.").unwrap();
        let seen = journal.db().read(|tx| observations::observation(tx, &id)).unwrap().unwrap();
        let answers: Vec<&str> = seen.answers().iter().map(|it| it.1.text.as_str()).collect();
        assert_eq!(answers, ["Le réparateur passe vendredi."]);
        assert_eq!(seen.public().unwrap().village, "quartier du marché");

        // What travels holds neither the name nor the question; the contact is nowhere in it.
        let written = journal.db().read(|tx| Journal::history(tx, &id, None)).unwrap();
        for entry in &written {
            let payload = String::from_utf8_lossy(&entry.payload).into_owned();
            assert!(!payload.contains("76 00"), "{payload}");
            if entry.audience != Audience::Local {
                assert!(!payload.contains("Untel") && !payload.contains("Lundi"), "{payload}");
            }
        }

        // Settled by the sender: the contact is gone.
        let contact = || {
            let now = today.to_millis();
            journal.db().read(|tx| observations::contact_of(tx, &id, now)).unwrap()
        };
        assert_eq!(contact().as_deref(), Some("76 00 00 00"));
        act(&journal, &nobody, today, |ctx| observations::settle_as_sender(ctx, &code)).unwrap();
        assert_eq!((state(), contact()), (State::Reglee, None));
        act(&journal, &cercle, today, |ctx| observations::reopen(ctx, &id, "Encore en panne."))
            .unwrap();
        assert_eq!(state(), State::Repondue);
        act(&journal, &cercle, today, |ctx| {
            observations::withdraw(ctx, &id, "faux", "Vérifié sur place.")
        })
        .unwrap();
        assert_eq!(state(), State::Retiree);
        assert_eq!(journal.db().read(|tx| observations::in_commune(tx, "EX-C1", 10)).unwrap(), []);

        // The tables are the fold of the journal.
        let rebuilt = journal.rebuild_and_compare(&mut |_| {}).unwrap();
        assert_eq!(rebuilt.changed, Vec::<String>::new());
        assert_eq!(state(), State::Retiree);
    }
}

#[test]
fn a_flood_of_one_commune_closes_no_other() {
    let base = db::testing::sqlite();
    let journal = opened(&base);
    let (today, nobody) = (day("2025-01-20"), Actor::anonymous());
    let send = |secret: u8, commune: &str| {
        let it = Typed { commune: commune.to_owned(), ..typed(secret, "La pompe est cassée.") };
        act(&journal, &nobody, today, |ctx| observations::send(ctx, &it, Ok(None)))
    };
    for at in 0..40 {
        send(at, "EX-C1").unwrap();
    }
    let Err(Stop::Refused(SendRefused(why))) = send(40, "EX-C1") else { panic!("no end") };
    assert!(format!("{why:?}").contains("observations-flood"), "{why:?}");
    send(41, "EX-C2").unwrap();

    // Who decides about them reads one line.
    let catalogue = web::Catalogue::new(&[observations::words()]).unwrap();
    let duties = |place: &str| {
        let actor = holder(&[(OfficeKind::CitizenModerator, place)], today);
        let reader = web::Reader {
            actor: &actor,
            today,
            language: kernel::Language::French,
            catalogue: &catalogue,
        };
        let found = journal.db().read(|tx| observations::duties(tx, &reader)).unwrap();
        found.into_iter().map(|it| (it.text, it.href)).collect::<Vec<_>>()
    };
    let line = ("41 observations à décider".to_owned(), "/observations/moderation".to_owned());
    assert_eq!(duties("EX-CERCLE"), [line]);
}

#[test]
fn signs_that_turn_the_reading_do_not_come_in() {
    let base = db::testing::sqlite();
    let journal = opened(&base);
    let (today, nobody) = (day("2025-01-20"), Actor::anonymous());
    let it = Typed {
        village: "quartier \u{2067}nord".to_owned(),
        ..typed(2, "La pompe \u{202e}ne donne plus d’eau.\u{202c}")
    };
    let code =
        act(&journal, &nobody, today, |ctx| observations::send(ctx, &it, Ok(None))).unwrap().code;
    let id = journal.db().read(|tx| observations::by_code(tx, &code)).unwrap().unwrap();
    let kept = journal.db().read(|tx| observations::observation(tx, &id)).unwrap().unwrap();
    let sent = kept.sent().unwrap();
    assert_eq!(sent.text, "La pompe ne donne plus d’eau.");
    assert_eq!(sent.village, "quartier nord");
}

#[test]
fn a_contact_is_erased_after_half_a_year() {
    let base = db::testing::sqlite();
    let journal = opened(&base);
    let (sent, nobody) = (day("2025-01-20"), Actor::anonymous());
    let it = typed(3, "La piste est coupée par l’eau.");
    let code =
        act(&journal, &nobody, sent, |ctx| observations::send(ctx, &it, Ok(None))).unwrap().code;
    let id = journal.db().read(|tx| observations::by_code(tx, &code)).unwrap().unwrap();
    for (later, expected) in [(0, true), (180, true), (190, false)] {
        let now = sent.plus_days(later).to_millis();
        let seen = journal.db().read(|tx| observations::contact_of(tx, &id, now)).unwrap();
        assert_eq!(seen.is_some(), expected, "{later} days");
    }
}
