//! Sticks that were pulled out, rotted, swapped or forged.

use journal::PostKey;

use super::rules::everything;
use super::world::{ENGINES, NOON, Post, post, rule, tree};
use crate::package::{Chosen, Contents, MAGIC, PREFIX, limit, write};
use crate::{Level, Part, Refused};

/// A region that knows a cercle, and a small package from it.
fn small(engine: &str) -> (super::world::Tree, Vec<u8>) {
    let it = tree(engine);
    it.kati.notes_value("POP", "1200");
    let bytes = it.kati.sends(&it.koulikoro).bytes;
    (it, bytes)
}

#[test]
fn every_changed_byte_is_refused_and_changes_nothing() {
    for engine in ENGINES {
        let (it, bytes) = small(engine);
        let before = it.koulikoro.state();
        for at in 0..bytes.len() {
            let mut rotten = bytes.clone();
            rotten[at] ^= 1 << (at % 8);
            assert!(it.koulikoro.accepts(&rotten).is_err(), "{engine}: byte {at}");
        }
        assert_eq!(it.koulikoro.state(), before, "{engine}");
        it.koulikoro.holds_together();
        it.koulikoro.accepts(&bytes).unwrap();
    }
}

#[test]
fn every_changed_bit_is_refused() {
    let (it, bytes) = small("SQLite");
    let before = it.koulikoro.state();
    for at in 0..bytes.len() * 8 {
        let mut rotten = bytes.clone();
        rotten[at / 8] ^= 1 << (at % 8);
        assert!(it.koulikoro.previews(&rotten).is_err(), "bit {at}");
    }
    assert_eq!(it.koulikoro.state(), before);
}

#[test]
fn every_cut_is_refused_and_its_place_told() {
    for engine in ENGINES {
        let (it, bytes) = small(engine);
        let before = it.koulikoro.state();
        for at in 0..bytes.len() {
            let expected_at = at as u64;
            match it.koulikoro.accepts(&bytes[..at]) {
                Err(Refused::NotAPackage) if at == 0 => {}
                Err(Refused::CutOff { at, whole, .. }) if at == expected_at => {
                    assert!(at < whole, "{engine}");
                    assert!(at < PREFIX as u64 || whole == bytes.len() as u64, "{engine}");
                }
                other => panic!("{engine}: cut at {at}: {other:?}"),
            }
        }
        assert_eq!(it.koulikoro.state(), before, "{engine}");
    }
}

#[test]
fn bytes_added_doubled_or_swapped_are_refused() {
    let (it, bytes) = small("SQLite");
    let other = {
        it.kati.notes_value("EAU", "4");
        it.kati.sends(&it.koulikoro).bytes
    };
    let before = it.koulikoro.state();
    let doubled = [&bytes[..], &bytes].concat();
    let longer = [&bytes[..], b"\0"].concat();
    let mixed = [&bytes[..PREFIX], &other[PREFIX..]].concat();
    for (what, wrong) in [("doubled", doubled), ("longer", longer), ("mixed", mixed)] {
        assert!(it.koulikoro.accepts(&wrong).is_err(), "{what}");
    }
    assert_eq!(it.koulikoro.state(), before);
}

#[test]
fn other_files_are_told_from_packages() {
    let it = tree("SQLite");
    let to: Vec<u8> = MAGIC.iter().copied().chain([1]).chain([9; 8]).collect();
    for (bytes, expected) in [
        (&b""[..], Refused::NotAPackage),
        (b"PK\x03\x04 a spreadsheet", Refused::NotAPackage),
        (b"BENKADI CARTE DE POSTE 1", Refused::NotAPackage),
        (b"BENKADI\x1a\0 and more", Refused::NotAPackage),
        (b"BENKADI\x1a\x02 and more", Refused::Newer { version: 2 }),
        (&to, Refused::ForAnother { to: "0909090909090909".to_owned() }),
    ] {
        assert_eq!(it.koulikoro.previews(bytes), Err(expected));
    }
    let (tree, bytes) = small("SQLite");
    let expected = Refused::ForAnother { to: "CSR de Koulikoro".to_owned() };
    assert_eq!(tree.kati.previews(&bytes), Err(expected));
}

#[test]
fn a_package_signed_by_another_key_is_forged() {
    for engine in ENGINES {
        let it = tree(engine);
        it.kati.notes_value("POP", "1200");
        let before = it.koulikoro.state();
        // A thief knows the card of the cercle, not its key.
        let thief = post(engine, "Voleur", Level::Cercle, "ML0204");
        thief.notes_value("POP", "9");
        let disguised = Post { card: it.kati.card.clone(), ..thief };
        let forged = everything(&disguised, &it.koulikoro);
        let expected = Refused::Forged { post: "CCC de Kati".to_owned() };
        assert_eq!(it.koulikoro.accepts(&forged), Err(expected), "{engine}");
        assert_eq!(it.koulikoro.state(), before, "{engine}");
    }
}

#[test]
fn an_entry_signed_by_another_key_or_changed_is_refused() {
    for engine in ENGINES {
        let it = tree(engine);
        it.kati.notes_value("POP", "1200");
        let honest = it.kati.base.db.read(|tx| {
            let streams: Vec<_> = journal::Journal::streams(tx)?
                .into_iter()
                .filter(|it| it.audience == journal::Audience::Territory)
                .map(|it| (it, 0))
                .collect();
            let sealed = journal::Journal::sealed_after(tx, &streams[0].0.id, 0)?.remove(0);
            Ok::<_, journal::JournalError>((streams, sealed))
        });
        let (streams, sealed) = honest.unwrap();
        let other = PostKey::generate().unwrap();
        let mut signed_by_other = sealed.clone();
        signed_by_other.signature = other.sign(&signed_by_other.header);
        let mut changed = sealed.clone();
        changed.payload = Some(b"{\"POP\":\"9999\"}".to_vec());
        let kati = || "CCC de Kati".to_owned();
        for (sealed, expected) in [
            (signed_by_other, Refused::Forged { post: kati() }),
            (changed, Refused::Changed { post: kati(), seq: 1 }),
        ] {
            // The cercle's own program, changed, signs the package all the same.
            let contents = Contents {
                from: &it.kati.card,
                to: &it.koulikoro.card,
                number: 1,
                made_millis: NOON,
                streams: &streams,
                entries: &[Chosen { stream: 0, sealed }],
                left: 0,
                life: "",
                yours: &[],
            };
            let bytes =
                rule(write(it.kati.journal.key(), it.kati.journal.chance(), &contents)).unwrap();
            let before = it.koulikoro.state();
            assert_eq!(it.koulikoro.accepts(&bytes), Err(expected), "{engine}");
            assert_eq!(it.koulikoro.state(), before, "{engine}");
        }
    }
}

#[test]
fn content_that_its_kind_does_not_promise_is_refused() {
    for engine in ENGINES {
        let it = tree(engine);
        let package = {
            it.kati.notes_value("POP", "1");
            it.kati.writes(journal::Audience::Territory, "ML0207", "X", "{\"X\":\"1\"}");
            it.kati.sends(&it.koulikoro)
        };
        it.koulikoro.accepts(&package.bytes).unwrap();
        // A kind that no slice here knows is kept and relayed; one that it knows must fit.
        let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
        let refused = it.kati.base.db.write(|tx| {
            let place = (journal::Audience::Territory, "ML0207", "future.kind", "Y".to_owned());
            crate::send::record(&it.kati.journal, tx, &super::world::hand(), place, &deep)
        });
        rule(refused).unwrap();
        let next = it.kati.sends(&it.koulikoro);
        let preview = it.koulikoro.accepts(&next.bytes).unwrap();
        assert_eq!(preview.kinds.get("future.kind"), Some(&1), "{engine}");
    }
}

#[test]
fn what_exceeds_the_limits_is_refused_before_it_is_unpacked() {
    let it = tree("SQLite");
    let mut huge = vec![0; usize::try_from(limit::FILE).unwrap() + 1];
    let (_, bytes) = small("SQLite");
    huge[..8].copy_from_slice(MAGIC);
    huge[8] = 1;
    huge[9..17].copy_from_slice(&crate::text::unhex::<8>(&it.koulikoro.id()).unwrap());
    let expected = Refused::TooLarge { what: "file", limit: limit::FILE };
    assert_eq!(it.koulikoro.previews(&huge), Err(expected));

    // The length of a block that claims four gigabytes is only a cut file.
    let mut long = bytes;
    long[9..17].copy_from_slice(&huge[9..17]);
    long[PREFIX..PREFIX + 4].copy_from_slice(&[255; 4]);
    let refused = it.koulikoro.previews(&long).unwrap_err();
    assert_eq!(refused.part(), Some(Part::Header));
}
