//! Who may enrol whom, and who may write what.

use journal::{Audience, Journal};

use super::world::{Codes, ENGINES, NOON, Post, hand, post, rule, tree};
use crate::package::{Chosen, Contents, write};
use crate::{Level, Refused, Relation};

/// A package of everything that a post knows, whatever the rules of sending say.
pub(super) fn everything(from: &Post, to: &Post) -> Vec<u8> {
    let (streams, entries) = from
        .base
        .db
        .read(|tx| {
            let streams: Vec<_> = Journal::streams(tx)?.into_iter().map(|it| (it, 0)).collect();
            let mut entries = Vec::new();
            for (at, (stream, _)) in streams.iter().enumerate() {
                for (arrival, sealed) in Journal::travelling_after(tx, &stream.id, 0, 1000)? {
                    entries.push((arrival, Chosen { stream: at, sealed }));
                }
            }
            entries.sort_by_key(|it| it.0);
            let entries: Vec<_> = entries.into_iter().map(|it| it.1).collect();
            Ok::<_, journal::JournalError>((streams, entries))
        })
        .unwrap();
    let contents = Contents {
        from: &from.card,
        to: &to.card,
        number: 1,
        made_millis: NOON,
        streams: &streams,
        entries: &entries,
        left: 0,
        life: "",
        yours: &[],
    };
    rule(write(from.journal.key(), from.journal.chance(), &contents)).unwrap()
}

#[test]
fn only_posts_above_enrol_and_only_in_their_territory() {
    let it = tree("SQLite");
    let kayes = post("SQLite", "CSR de Kayes", Level::Region, "ML01");
    let not_below = |post: &str, child: &str| {
        Err(Refused::NotBelow { post: post.to_owned(), child: child.to_owned() })
    };
    assert_eq!(rule(kayes.enrols(&it.kati)), not_below("CSR de Kayes", "CCC de Kati"));
    assert_eq!(rule(it.kati.enrols(&it.koulikoro)), not_below("CCC de Kati", "CSR de Koulikoro"));
    assert_eq!(
        rule(it.kati.notes(&kayes)),
        Err(Refused::NotAbove {
            post: "CCC de Kati".to_owned(),
            parent: "CSR de Kayes".to_owned()
        })
    );
    assert_eq!(rule(it.kati.notes(&it.kati)), Err(Refused::OwnCard));
    // Twice is once.
    let before = it.koulikoro.state();
    it.koulikoro.enrols(&it.kati).unwrap();
    assert_eq!(it.koulikoro.state(), before);
}

#[test]
fn a_post_not_enrolled_is_refused_by_its_name() {
    for engine in ENGINES {
        let it = tree(engine);
        let stranger = post(engine, "Poste inconnu", Level::Cercle, "ML0204");
        stranger.notes(&it.koulikoro).unwrap();
        stranger.notes_value("POP", "1");
        let before = it.koulikoro.state();
        let package = stranger.sends(&it.koulikoro);
        let expected = Refused::UnknownPost { name: "Poste inconnu".to_owned(), id: stranger.id() };
        assert_eq!(it.koulikoro.accepts(&package.bytes), Err(expected), "{engine}");
        assert_eq!(it.koulikoro.state(), before, "{engine}");
    }
}

#[test]
fn an_enrolment_by_a_post_below_is_refused_wherever_it_travels() {
    for engine in ENGINES {
        let it = tree(engine);
        // A cercle whose program was changed writes that it enrols its neighbour.
        let neighbour = post(engine, "CCC de Kolokani", Level::Cercle, "ML0204");
        it.kati
            .base
            .db
            .write(|tx| {
                let statement =
                    crate::fold::Statement::new(crate::fold::Stated::Child, &neighbour.card);
                let place =
                    (Audience::Nomenclature, "ML0207", crate::fold::ENROLLED, neighbour.card.id());
                crate::send::record(&it.kati.journal, tx, &hand(), place, &statement)
            })
            .unwrap();
        let before = it.koulikoro.state();
        let package = it.kati.sends(&it.koulikoro);
        assert_eq!(
            it.koulikoro.accepts(&package.bytes),
            Err(Refused::NotBelow {
                post: "CCC de Kati".to_owned(),
                child: "CCC de Kolokani".to_owned()
            }),
            "{engine}"
        );
        assert_eq!(it.koulikoro.state(), before, "{engine}");
        assert!(it.kati.posts().get(&neighbour.id()).is_none(), "not even at home");
    }
}

#[test]
fn a_false_nation_named_from_below_stays_unknown_above() {
    let it = tree("SQLite");
    let false_nation = post("SQLite", "Fausse nation", Level::Nation, "ML");
    it.kati.notes(&false_nation).unwrap();
    it.koulikoro.accepts(&it.kati.sends(&it.koulikoro).bytes).unwrap();
    let posts = it.koulikoro.posts();
    assert!(posts.get(&false_nation.id()).is_none());
    assert_eq!(posts.get(&it.nation.id()).map(|it| it.relation), Some(Relation::Parent));
}

#[test]
fn writes_for_another_place_are_withheld_and_refused() {
    for engine in ENGINES {
        for (audience, place) in [
            (Audience::Territory, "ML0204"),
            (Audience::Personal, "ML02"),
            (Audience::Nomenclature, "*"),
            (Audience::Territory, "*"),
        ] {
            let it = tree(engine);
            it.kati.writes(audience, place, "POP", "{}");
            let sent = it.kati.sends(&it.koulikoro);
            it.koulikoro.accepts(&sent.bytes).unwrap();
            assert_eq!(it.koulikoro.values(), [""; 0], "{engine}: {place} does not travel");

            let before = it.koulikoro.state();
            let forced = everything(&it.kati, &it.koulikoro);
            let refused = it.koulikoro.accepts(&forced).unwrap_err();
            // The package-made entry of the first sending is local: whichever comes first.
            let expected =
                Refused::ForeignPlace { post: "CCC de Kati".to_owned(), place: place.to_owned() };
            assert_eq!(refused, expected, "{engine}");
            assert_eq!(it.koulikoro.state(), before, "{engine}");
        }
    }
}

#[test]
fn local_entries_are_refused() {
    let it = tree("SQLite");
    it.kati.writes(Audience::Local, "ML0207", "draft", "{}");
    let forced = everything(&it.kati, &it.koulikoro);
    let expected = Refused::Private { post: "CCC de Kati".to_owned() };
    assert_eq!(it.koulikoro.accepts(&forced), Err(expected));
}

#[test]
fn a_post_needs_a_card_and_a_fair_name() {
    let base = db::testing::sqlite();
    let folds = journal::Folds::new(vec![crate::fold()]);
    let journal = Journal::open(base.db.clone(), folds).unwrap();
    let nobody = crate::import(&journal, &Codes, &hand(), b"BENKADI\x1a\x0112345678", false);
    assert_eq!(rule(nobody), Err(Refused::NotOpened));
    for (name, place, expected) in [
        ("", "ML", Err(Refused::Field { field: "nom" })),
        ("a\nb", "ML", Err(Refused::Field { field: "nom" })),
        ("CCN", "*", Err(Refused::Field { field: "lieu" })),
        ("CCN", "M L", Err(Refused::Field { field: "lieu" })),
        (" CCN ", "ML", Ok("CCN".to_owned())),
    ] {
        let opened = base.db.write(|tx| {
            crate::open_post(&journal, tx, &Codes, &hand(), (name, Level::Nation, place))
        });
        assert_eq!(rule(opened).map(|it| it.name), expected, "{name:?} {place:?}");
    }
}
