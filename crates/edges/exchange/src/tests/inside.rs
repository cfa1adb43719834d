//! Whoever knows a post's card can encrypt for it: what lies inside is attacked too.

use std::io::Read as _;

use journal::{Journal, Stream};
use minicbor::Encoder;

use super::world::{NOON, Post, Tree, rule, tree};
use crate::package::{Chosen, Contents, Header, Range, blocks, limit, seal, to_sign};
use crate::{Part, Refused};

/// What a cercle that wrote one value would send: the chain of its values, and its one entry.
fn one_value(it: &Tree) -> (Vec<(Stream, u64)>, journal::Sealed) {
    it.kati.notes_value("POP", "1200");
    it.kati
        .base
        .db
        .read(|tx| {
            let mut streams = Journal::streams(tx)?;
            streams.retain(|it| it.audience == journal::Audience::Territory);
            let sealed = Journal::sealed_after(tx, &streams[0].id, 0)?.remove(0);
            let streams = streams.into_iter().map(|it| (it, 0)).collect();
            Ok::<_, journal::JournalError>((streams, sealed))
        })
        .unwrap()
}

fn open_blocks(it: &Tree) -> Vec<Vec<u8>> {
    let (streams, sealed) = one_value(it);
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
    rule(blocks(it.kati.journal.key(), &contents)).unwrap()
}

fn brings(post: &Post, blocks: &[Vec<u8>]) -> Result<crate::Preview, Refused> {
    post.accepts(&rule(seal(&post.card, post.journal.chance(), blocks)).unwrap())
}

#[test]
fn every_byte_changed_inside_is_refused() {
    let it = tree("SQLite");
    let honest = open_blocks(&it);
    let before = it.koulikoro.state();
    for at in 0..honest.len() {
        for byte in 0..honest[at].len() {
            let mut changed = honest.clone();
            changed[at][byte] ^= 1 << (byte % 8);
            assert!(brings(&it.koulikoro, &changed).is_err(), "block {at}, byte {byte}");
        }
    }
    for missing in 0..honest.len() {
        let mut fewer = honest.clone();
        fewer.remove(missing);
        assert!(brings(&it.koulikoro, &fewer).is_err(), "without block {missing}");
    }
    let mut doubled = honest.clone();
    doubled.insert(1, honest[1].clone());
    assert!(brings(&it.koulikoro, &doubled).is_err());
    assert_eq!(it.koulikoro.state(), before);
    assert_eq!(brings(&it.koulikoro, &honest).unwrap().new, 1);
}

/// Signs a header that was changed, as an enrolled post with a changed program could.
fn signed(it: &Tree, frames: Vec<Vec<u8>>, change: impl FnOnce(&mut Header)) -> Vec<Vec<u8>> {
    let honest = open_blocks(it);
    let mut header: Header = minicbor::decode(&honest[0]).unwrap();
    header.frames = u32::try_from(frames.len()).unwrap();
    let mut root = blake3::Hasher::new();
    for frame in &frames {
        root.update(&frame[..32]);
    }
    header.root = *root.finalize().as_bytes();
    change(&mut header);
    let header = minicbor::to_vec(header).unwrap();
    let signature = it.kati.journal.key().sign(&to_sign(&header));
    std::iter::once(header).chain(frames).chain(std::iter::once(signature)).collect()
}

fn frame(length: usize, packed: &[u8]) -> Vec<u8> {
    let length = u32::try_from(length).unwrap().to_le_bytes();
    let rest = [&length[..], packed].concat();
    [&blake3::hash(&rest).as_bytes()[..], &rest].concat()
}

fn packed(body: &[u8]) -> Vec<u8> {
    frame(body.len(), &zstd::bulk::compress(body, 3).unwrap())
}

#[test]
fn a_bomb_is_refused_before_it_fills_the_memory() {
    let it = tree("SQLite");
    let zeros = std::io::repeat(0).take(1 << 30);
    let gigabyte = zstd::stream::encode_all(zeros, 1).unwrap();
    assert!(gigabyte.len() < limit::FRAME);
    let before = it.koulikoro.state();
    for (length, expected) in [
        (limit::FRAME, Refused::Damaged { part: Part::Frame(1) }),
        (1 << 30, Refused::TooLarge { what: "frame", limit: limit::FRAME as u64 }),
    ] {
        let bomb = signed(&it, vec![frame(length, &gigabyte)], |it| {
            it.unpacked = limit::UNPACKED;
        });
        assert_eq!(brings(&it.koulikoro, &bomb), Err(expected));
    }
    let vast = signed(&it, Vec::new(), |it| it.unpacked = limit::UNPACKED + 1);
    let expected = Refused::TooLarge { what: "entries", limit: limit::UNPACKED };
    assert_eq!(brings(&it.koulikoro, &vast), Err(expected));
    assert_eq!(it.koulikoro.state(), before);
}

#[test]
fn signed_nonsense_is_refused() {
    let it = tree("SQLite");
    let (_, sealed) = one_value(&it);
    let body = |change: &dyn Fn(&mut Encoder<Vec<u8>>)| {
        let mut encoder = Encoder::new(Vec::new());
        change(&mut encoder);
        encoder.into_writer()
    };
    let nested = vec![0x81; 900_000]; // An array in an array in an array…
    let endless = body(&|it| {
        let _ = it.array(u64::MAX);
    });
    let elsewhere = body(&|it| {
        it.array(2).unwrap().u64(7).unwrap().encode(&sealed).unwrap();
    });
    let twice = body(&|it| {
        for _ in 0..2 {
            it.array(2).unwrap().u64(0).unwrap().encode(&sealed).unwrap();
        }
    });
    let huge_text = [&[0x82, 0x00, 0x84, 0x5b][..], &[255; 8]].concat();
    let before = it.koulikoro.state();
    for (what, body) in [
        ("nested", nested),
        ("endless", endless),
        ("elsewhere", elsewhere),
        ("twice", twice),
        ("huge", huge_text),
    ] {
        let wrong = signed(&it, vec![packed(&body)], |it| it.unpacked = body.len() as u64);
        let expected = Err(Refused::Damaged { part: Part::Frame(1) });
        assert_eq!(brings(&it.koulikoro, &wrong), expected, "{what}");
    }
    type Change = fn(&mut Header);
    let changes: [(&str, Change); 8] = [
        ("fewer entries", |it| it.entries = 0),
        ("more entries", |it| it.streams[0].count = u64::MAX),
        ("a hole", |it| it.streams[0].after = 5),
        ("no end", |it| it.streams[0].after = u64::MAX),
        ("no audience", |it| it.streams[0].audience = "tous".to_owned()),
        ("one chain twice", |it| {
            let again = Range { count: 0, ..it.streams[0].clone() };
            it.streams.push(again);
        }),
        ("for another", |it| it.to = "0909090909090909".to_owned()),
        ("another root", |it| it.root = [0; 32]),
    ];
    for (what, change) in changes {
        let honest = open_blocks(&it);
        let frames = vec![honest[1].clone()];
        let wrong = signed(&it, frames, change);
        assert!(brings(&it.koulikoro, &wrong).is_err(), "{what}");
    }
    assert_eq!(it.koulikoro.state(), before);
}
