//! More than a hundred short runs: nothing is lost, whatever happens to sticks, disks and clocks.

use simulation::{Bug, OPEN, Shape, Summary, run};

/// Seeds of each of the four tests, which run beside one another.
const SEEDS: u64 = 30;

fn holds(from: u64) {
    let mut summary = Summary::default();
    for seed in (from..from + SEEDS).filter(|it| !OPEN.contains(it)) {
        summary.add(&run(seed, Shape::SHORT, Bug::default()));
    }
    assert!(summary.broken.is_empty(), "{summary}\nLive one again: cargo x simulate --seed S");
    println!("{summary}");
}

#[test]
fn nothing_is_lost_in_seeds_1_to_30() {
    holds(1);
}

#[test]
fn nothing_is_lost_in_seeds_31_to_60() {
    holds(31);
}

#[test]
fn nothing_is_lost_in_seeds_61_to_90() {
    holds(61);
}

#[test]
fn nothing_is_lost_in_seeds_91_to_120() {
    holds(91);
}

#[test]
fn the_same_seed_gives_the_same_run_to_the_byte() {
    for seed in [7, 42, 2026] {
        let (first, second) =
            (run(seed, Shape::SHORT, Bug::default()), run(seed, Shape::SHORT, Bug::default()));
        assert_eq!(first, second);
        assert_ne!(first.trace, run(seed + 1, Shape::SHORT, Bug::default()).trace);
    }
}
