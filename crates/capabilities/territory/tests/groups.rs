//! Who may bind a local government in a syndicat, and who may throw one out.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]

use db::{DbError, testing};
use identity::{Actor, Ctx, Office, OfficeKind};
use journal::{Audience, Draft, Folds, Journal, JournalError};
use kernel::{Date, Failure, Id, Stop};
use territory::{GroupRefused, TypedGroup, TypedMember};

fn today() -> Date {
    "2025-06-01".parse().unwrap()
}

fn filled(base: &testing::Empty) -> Journal {
    base.db.write(identity::migrate).unwrap();
    let folds = Folds::new(vec![identity::fold(), territory::fold()]);
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
        at_millis: today().to_millis(),
    };
    base.db.write(|tx| journal.append(tx, draft).map(drop)).map_err(|it: JournalError| it).unwrap();
    journal
}

fn person(kind: OfficeKind, place: &str) -> Actor {
    let id = Id::mint();
    let office = Office {
        id: Id::mint(),
        person_id: id,
        kind,
        title: "agent".to_owned(),
        place: place.to_owned(),
        from: "2020-01-01".parse().unwrap(),
        to: None,
    };
    Actor::person(id, "A. Traoré".to_owned(), vec![office], today())
}

fn member(place: &str, share: &str) -> TypedMember {
    TypedMember {
        place: place.to_owned(),
        share: share.to_owned(),
        deliberation: "12/CC-2019".to_owned(),
        ..TypedMember::default()
    }
}

fn syndicat(members: Vec<TypedMember>) -> TypedGroup {
    TypedGroup {
        name: "Syndicat du fleuve".to_owned(),
        statutes: "3 mars 2019".to_owned(),
        from: "15/04/2019".to_owned(),
        members,
        ..TypedGroup::default()
    }
}

/// The syndicat, or what refuses it: field and key.
fn write(
    journal: &Journal,
    actor: &Actor,
    changed: Option<(Id, i64)>,
    typed: &TypedGroup,
) -> Result<Id, Vec<String>> {
    let told = journal.db().write(|tx| {
        let mut ctx = Ctx::new(tx, journal, actor, today().to_millis());
        Ok::<_, DbError>(territory::write_group(&mut ctx, changed, typed, "avenant"))
    });
    told.unwrap().map_err(|it| match it {
        Stop::Refused(GroupRefused(all)) => {
            all.into_iter().map(|it| format!("{} {}", it.0, it.1.key)).collect()
        }
        Stop::Failed(Failure::Denied(_)) => vec!["denied".to_owned()],
        Stop::Failed(it) => panic!("{it}"),
    })
}

#[test]
fn nobody_binds_or_throws_out_the_commune_of_another() {
    for base in testing::both() {
        let journal = filled(&base);
        let cercle = person(OfficeKind::CercleAdviser, "EX-CERCLE");
        let own = person(OfficeKind::MunicipalSecretary, "EX-C1");
        let stranger = person(OfficeKind::MunicipalSecretary, "EX-AUTRE");
        let three = syndicat(vec![member("EX-C1", ""), member("EX-C2", ""), member("EX-C3", "")]);

        // One commune does not found it for two others; the cercle above the three does.
        assert_eq!(
            write(&journal, &own, None, &three),
            Err(vec!["membre_1 group-no-right".to_owned(), "membre_2 group-no-right".to_owned()])
        );
        assert_eq!(write(&journal, &stranger, None, &three), Err(vec!["denied".to_owned()]));
        let id = write(&journal, &cercle, None, &three).unwrap();
        let two = syndicat(vec![member("EX-C1", ""), member("EX-C2", "")]);
        let pair = write(&journal, &cercle, None, &two).unwrap();
        let widened = write(&journal, &own, Some((pair, 0)), &three);
        assert_eq!(widened, Err(vec!["membre_2 group-no-right".to_owned()]));

        let change = |actor: &Actor, turn, change: &dyn Fn(&mut TypedGroup)| {
            let mut typed = three.clone();
            change(&mut typed);
            write(&journal, actor, Some((id, turn)), &typed).map(drop).map_err(|it| it.join(", "))
        };
        let refused = |told: &str| Err(told.to_owned());
        // It writes the purpose; it neither ends nor removes another, nor dissolves for all.
        let ended = |it: &mut TypedGroup| it.members[1].to = "31/12/2024".to_owned();
        assert_eq!(change(&own, 0, &ended), refused("membre_1 group-no-right"));
        let removed = |it: &mut TypedGroup| {
            it.members.remove(1);
        };
        assert_eq!(change(&own, 0, &removed), refused("membre_1 group-member-removed"));
        let dissolved = |it: &mut TypedGroup| it.to = "31/12/2024".to_owned();
        assert_eq!(
            change(&own, 0, &dissolved),
            refused("membre_1 group-no-right, membre_2 group-no-right")
        );
        assert_eq!(change(&own, 0, &|it| it.purpose = "Pêche".to_owned()), Ok(()));

        // It leaves; even the cercle does not strike out a member, nor stand beside its commune.
        let left = |it: &mut TypedGroup| it.members[0].to = "31/12/2024".to_owned();
        assert_eq!(change(&own, 1, &left), Ok(()));
        assert_eq!(change(&cercle, 2, &removed), refused("membre_1 group-member-removed"));
        let above = |it: &mut TypedGroup| {
            left(it);
            // After the first commune left: with that one it never stood.
            let from = "01/01/2025".to_owned();
            it.members.push(TypedMember { from, ..member("EX-CERCLE", "") });
        };
        assert_eq!(
            change(&cercle, 2, &above),
            refused("membre_1 group-member-within, membre_2 group-member-within"),
            "{}",
            base.engine
        );
        let alone = |it: &mut TypedGroup| {
            left(it);
            ended(it);
        };
        assert_eq!(change(&cercle, 2, &alone), refused("jusqu_0 group-fewer-than-two"));
        assert_eq!(
            change(&cercle, 2, &|it| {
                left(it);
                dissolved(it)
            }),
            Ok(())
        );
    }
}
