//! Disks that die, are put back, or are copied: the posts around are the backup.

use journal::Journal;

use super::world::{ENGINES, Post, restored, tree};
use crate::Refused;

fn copy(post: &Post) -> Vec<u8> {
    let mut out = Vec::new();
    post.journal.copy_to(&mut out).unwrap();
    out
}

/// The disk as it was when it was copied, put back without the program: in the same life.
fn put_back(engine: &str, post: &Post, copy: &[u8]) -> Post {
    let life = post.base.db.read(Journal::incarnation).unwrap();
    let back = restored(engine, post, copy);
    back.base.db.write(|tx| Journal::set_setting(tx, "post.incarnation", &life)).unwrap();
    back
}

fn brings(from: &Post, to: &Post) {
    to.accepts(&from.sends(to).bytes).unwrap();
}

#[test]
fn a_restored_region_gets_back_what_it_lost_without_asking() {
    for engine in ENGINES {
        let it = tree(engine);
        let old = copy(&it.koulikoro);
        it.kati.notes_value("POP", "1200");
        brings(&it.kati, &it.koulikoro);
        it.koulikoro.notes_value("AVIS", "1");
        brings(&it.koulikoro, &it.kati);
        brings(&it.koulikoro, &it.nation);
        brings(&it.nation, &it.koulikoro);
        // The cercle knows that the region has its values, and sends them no more.
        it.kati.notes_value("EAU", "40");

        let back = restored(engine, &it.koulikoro, &old);
        assert_eq!(back.values(), [""; 0], "{engine}");
        brings(&back, &it.nation);
        brings(&it.nation, &back);
        assert_eq!(back.values(), ["ML02 AVIS", "ML0207 POP"], "{engine}: its own opinion too");
        brings(&back, &it.kati);
        brings(&it.kati, &back);
        assert_eq!(back.values(), ["ML02 AVIS", "ML0207 EAU", "ML0207 POP"], "{engine}");
        brings(&back, &it.nation);
        assert_eq!(it.nation.values(), back.values(), "{engine}");
        for post in [&back, &it.kati, &it.nation] {
            post.holds_together();
        }
    }
}

#[test]
fn a_package_of_the_new_life_is_not_taken_for_one_of_the_old() {
    for engine in ENGINES {
        let it = tree(engine);
        let old = copy(&it.kati);
        it.kati.notes_value("POP", "1200");
        brings(&it.kati, &it.koulikoro);
        let receipt = it.koulikoro.sends(&it.kati);

        let back = restored(engine, &it.kati, &old);
        back.notes_value("EAU", "40");
        let lost_on_the_way = back.sends(&it.koulikoro);
        assert_eq!(lost_on_the_way.number, 1, "{engine}: the copy knows of no package");
        back.accepts(&receipt.bytes).unwrap();
        let sent = back.base.db.read(|tx| crate::sendings(&back.journal, tx, 5)).unwrap();
        assert_eq!(sent.len(), 1, "{engine}");
        assert_eq!(sent[0].accepted_millis, None, "{engine}: that receipt is of the lost base");
    }
}

#[test]
fn a_disk_put_back_is_found_out_by_the_next_package_of_a_neighbour() {
    for engine in ENGINES {
        let it = tree(engine);
        let old = copy(&it.kati);
        it.kati.notes_value("POP", "1200");
        brings(&it.kati, &it.koulikoro);

        let back = put_back(engine, &it.kati, &old);
        let life = back.base.db.read(Journal::incarnation).unwrap();
        brings(&it.koulikoro, &back);
        assert_ne!(back.base.db.read(Journal::incarnation).unwrap(), life, "{engine}");
        brings(&back, &it.koulikoro);
        brings(&it.koulikoro, &back);
        assert_eq!(back.values(), ["ML0207 POP"], "{engine}");
        back.holds_together();
    }
}

#[test]
fn of_two_disks_the_second_heard_gives_way_and_neither_loses_a_value() {
    for engine in ENGINES {
        let it = tree(engine);
        let twin = put_back(engine, &it.kati, &copy(&it.kati));
        it.kati.notes_value("POP", "1200");
        twin.notes_value("EAU", "40");
        twin.notes_value("ECOLE", "3");
        brings(&it.kati, &it.koulikoro);
        let second = twin.sends(&it.koulikoro);
        let refused = it.koulikoro.accepts(&second.bytes).unwrap_err();
        let kati = || "CCC de Kati".to_owned();
        assert_eq!(
            refused,
            Refused::Fork { post: kati(), place: "ML0207".to_owned(), seq: 1 },
            "{engine}"
        );

        // What the refusal asks for: a complete package to that post.
        let whole = it.koulikoro.tries_to_send(&twin, true).unwrap();
        twin.accepts(&whole.bytes).unwrap();
        assert_eq!(twin.values().len(), 3, "{engine}");
        twin.holds_together();
        brings(&twin, &it.koulikoro);
        assert_eq!(it.koulikoro.values(), twin.values(), "{engine}");
        // The first disk, the only one in use from now on, hears of the second.
        let whole = it.koulikoro.tries_to_send(&it.kati, true).unwrap();
        it.kati.accepts(&whole.bytes).unwrap();
        assert_eq!(it.kati.values(), twin.values(), "{engine}");
        it.kati.notes_value("D", "1");
        brings(&it.kati, &it.koulikoro);
        assert_eq!(it.koulikoro.values(), it.kati.values(), "{engine}");
        for post in [&it.kati, &it.koulikoro] {
            post.holds_together();
        }
    }
}
