//! The doors at which a secret is asked for, on both engines.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

use db::testing::{Empty, both};
use identity::{
    Actor, Ctx, NewOffice, NewPerson, OfficeKind, PasswordRefused, PersonRefused, SignInRefused,
};
use journal::{Folds, Journal};
use kernel::{Date, Failure, Id, Stop};

const SECRET: &str = "le fleuve passe à Ségou";
const OTHER: &str = "le fleuve passe à Mopti";
const PIN: &str = "402917";
const NOON: i64 = 1_750_000_000_000;
const MINUTE: i64 = 60_000;

fn journal(base: &Empty) -> Journal {
    base.db.write(identity::migrate).unwrap();
    Journal::open(base.db.clone(), Folds::new(vec![identity::fold()])).unwrap()
}

fn office(kind: OfficeKind) -> NewOffice {
    NewOffice {
        kind,
        title: "Responsable du poste".to_owned(),
        place: "EX-CERCLE".to_owned(),
        from: Date::from_millis(NOON).plus_days(-10),
        to: None,
    }
}

fn candidate(login: &str) -> NewPerson {
    NewPerson {
        name: "Fanta Coulibaly".to_owned(),
        login: login.to_owned(),
        password: SECRET.to_owned(),
    }
}

fn add(journal: &Journal, login: &str, kind: OfficeKind) -> Id {
    let actor = Actor::program();
    journal
        .db()
        .write(|tx| {
            let mut ctx = Ctx::new(tx, journal, &actor, NOON);
            let id = identity::add_person(&mut ctx, &candidate(login))?;
            identity::add_office(&mut ctx, id, &office(kind))?;
            Ok::<_, Stop<PersonRefused>>(id)
        })
        .unwrap()
}

fn actor(journal: &Journal, id: Id) -> Actor {
    let it = journal.db().read(|tx| identity::person(tx, id)).unwrap().unwrap();
    Actor::person(it.id, it.name, it.offices, Date::from_millis(NOON))
}

fn is_alive(journal: &Journal, session: &str, now: i64) -> bool {
    journal.db().read(|tx| identity::find(tx, session, now)).unwrap().is_some()
}

#[test]
fn failures_at_any_door_cost_a_wait_at_all_doors() {
    for base in both() {
        let journal = journal(&base);
        let id = add(&journal, "fanta", OfficeKind::CercleAdviser);
        let fanta = actor(&journal, id);
        let (session, device) =
            identity::open(&journal, "Fanta", SECRET, None, NOON).unwrap().unwrap();

        // One wrong secret at each door: the four that are free.
        let wrong = Err(SignInRefused::Wrong);
        let opened = identity::open(&journal, "fanta", OTHER, None, NOON).unwrap();
        assert_eq!(opened.map(|_| ()), wrong, "{}", base.engine);
        assert_eq!(identity::unlock(&journal, &session, OTHER, NOON).unwrap(), wrong);
        let switched = identity::switch(&journal, &device, id, OTHER, NOON).unwrap();
        assert_eq!(switched.map(|_| ()), wrong);
        let changed = identity::change_password(&journal, &fanta, None, OTHER, SECRET, NOON);
        assert!(matches!(changed, Err(Stop::Refused(PasswordRefused::Door(SignInRefused::Wrong)))));

        // Now even the right one must wait, at each door.
        let waits = |it: &SignInRefused| matches!(it, SignInRefused::Wait { .. });
        assert!(waits(
            &identity::open(&journal, "fanta", SECRET, None, NOON).unwrap().unwrap_err()
        ));
        assert!(waits(&identity::unlock(&journal, &session, SECRET, NOON).unwrap().unwrap_err()));
        let it = identity::switch(&journal, &device, id, SECRET, NOON).unwrap().unwrap_err();
        assert!(waits(&it));
        match identity::change_password(&journal, &fanta, None, SECRET, OTHER, NOON) {
            Err(Stop::Refused(PasswordRefused::Door(it))) => assert!(waits(&it)),
            other => panic!("{other:?}"),
        }

        // The wait over, the right one opens and the failures are forgiven.
        let later = NOON + MINUTE;
        identity::unlock(&journal, &session, SECRET, later).unwrap().unwrap();
        for _ in 0..4 {
            assert_eq!(identity::unlock(&journal, &session, OTHER, later).unwrap(), wrong);
        }
        let it = identity::unlock(&journal, &session, OTHER, later).unwrap().unwrap_err();
        assert!(waits(&it));
    }
}

#[test]
fn a_name_that_nobody_has_is_answered_like_one_that_somebody_has() {
    for base in both() {
        let journal = journal(&base);
        add(&journal, "fanta", OfficeKind::CercleAdviser);
        let long = "x".repeat(300);
        for login in ["fanta", "fatou"] {
            let ask = |secret: &str, now| {
                identity::open(&journal, login, secret, None, now).unwrap().unwrap_err()
            };
            // What is too long to be a secret is no attempt.
            assert_eq!(ask(&long, NOON), SignInRefused::Wrong);
            for _ in 0..4 {
                assert_eq!(ask(OTHER, NOON), SignInRefused::Wrong, "{login}");
            }
            assert_eq!(ask(OTHER, NOON), SignInRefused::Wait { seconds: 2 }, "{login}");
        }
        let rows = |journal: &Journal| {
            journal
                .db()
                .read(|tx| Ok::<_, Failure>(tx.query("select login from sign_in_failure", &[])?))
                .unwrap()
                .len()
        };
        assert_eq!(rows(&journal), 2);
        let refused = identity::open(&journal, &"a".repeat(65), OTHER, None, NOON).unwrap();
        assert_eq!(refused.unwrap_err(), SignInRefused::Wrong);
        assert_eq!(rows(&journal), 2, "a name that none can have is not kept");
        let tomorrow = NOON + 25 * 60 * MINUTE;
        let _ = identity::open(&journal, "awa", OTHER, None, tomorrow).unwrap();
        assert_eq!(rows(&journal), 1, "yesterday's failures are forgotten");
    }
}

#[test]
fn a_pin_sleeps_after_five_wrong_ones_until_the_password_is_given() {
    for base in both() {
        let journal = journal(&base);
        let id = add(&journal, "fanta", OfficeKind::CercleAdviser);
        identity::set_pin(&journal, &actor(&journal, id), PIN).unwrap();
        let (session, _) = identity::open(&journal, "fanta", SECRET, None, NOON).unwrap().unwrap();
        identity::unlock(&journal, &session, PIN, NOON).unwrap().unwrap();
        let mut now = NOON;
        for _ in 0..5 {
            now += 20 * MINUTE;
            let it = identity::unlock(&journal, &session, "402918", now).unwrap();
            assert_eq!(it, Err(SignInRefused::Wrong));
        }
        now += 20 * MINUTE;
        let it = identity::unlock(&journal, &session, PIN, now).unwrap();
        assert_eq!(it, Err(SignInRefused::Wrong), "{}: the PIN sleeps", base.engine);
        now += 20 * MINUTE;
        identity::unlock(&journal, &session, SECRET, now).unwrap().unwrap();
        identity::unlock(&journal, &session, PIN, now).unwrap().unwrap();
    }
}

#[test]
fn a_new_password_ends_the_other_sessions() {
    for base in both() {
        let journal = journal(&base);
        let id = add(&journal, "fanta", OfficeKind::CercleAdviser);
        let open = || identity::open(&journal, "fanta", SECRET, None, NOON).unwrap().unwrap().0;
        let (own, other) = (open(), open());
        let fanta = actor(&journal, id);
        let short = identity::change_password(&journal, &fanta, Some(&own), SECRET, "court", NOON);
        assert!(matches!(
            short,
            Err(Stop::Refused(PasswordRefused::Rule(PersonRefused::ShortPassword)))
        ));
        assert!(is_alive(&journal, &other, NOON));
        identity::change_password(&journal, &fanta, Some(&own), SECRET, OTHER, NOON).unwrap();
        assert!(is_alive(&journal, &own, NOON));
        assert!(!is_alive(&journal, &other, NOON));
        assert!(identity::open(&journal, "fanta", OTHER, None, NOON).unwrap().is_ok());
    }
}

#[test]
fn the_name_of_a_device_is_kept_only_if_it_was_given_here() {
    for base in both() {
        let journal = journal(&base);
        add(&journal, "fanta", OfficeKind::CercleAdviser);
        let moussa = add(&journal, "moussa", OfficeKind::CercleAdviser);
        let planted = "a".repeat(64);
        let (_, device) =
            identity::open(&journal, "fanta", SECRET, Some(&planted), NOON).unwrap().unwrap();
        assert_ne!(device, planted);
        let (first, same) =
            identity::open(&journal, "moussa", SECRET, Some(&device), NOON).unwrap().unwrap();
        assert_eq!(same, device);
        let (second, same) =
            identity::switch(&journal, &device, moussa, SECRET, NOON).unwrap().unwrap();
        assert_eq!(same, device);
        assert!(is_alive(&journal, &second, NOON) && !is_alive(&journal, &first, NOON));
    }
}

#[test]
fn an_administrator_gives_themself_nothing_and_the_last_one_stays() {
    for base in both() {
        let journal = journal(&base);
        let id = add(&journal, "fanta", OfficeKind::Administrator);
        let other = add(&journal, "moussa", OfficeKind::CercleAdviser);
        let fanta = actor(&journal, id);
        let today = Date::from_millis(NOON);
        let act = |work: &dyn Fn(&mut Ctx<'_, '_>) -> Result<(), Stop<PersonRefused>>| {
            journal.db().write(|tx| work(&mut Ctx::new(tx, &journal, &fanta, NOON)))
        };
        let give =
            |to: Id, kind| act(&|ctx| identity::add_office(ctx, to, &office(kind)).map(|_| ()));
        let own = fanta.offices[0].id;
        let end = |office: Id| act(&|ctx| identity::end_office(ctx, office, today, ""));
        let refused = |it| match it {
            Err(Stop::Refused(rule)) => rule,
            other => panic!("{}: {other:?}", base.engine),
        };
        assert_eq!(refused(give(id, OfficeKind::CercleAdviser)), PersonRefused::OwnOffice);
        give(other, OfficeKind::RegisterKeeper).unwrap();
        assert_eq!(refused(end(own)), PersonRefused::LastAdministrator);
        give(other, OfficeKind::Administrator).unwrap();
        end(own).unwrap();
        let left = actor(&journal, other);
        let last = left.offices.iter().find(|it| it.kind == OfficeKind::Administrator).unwrap();
        assert_eq!(refused(end(last.id)), PersonRefused::LastAdministrator);
    }
}
