//! What goes wrong in a run, and how often: drawn for each seed, so that each run lives another
//! combination.

use crate::Luck;

/// Rates, in thousandths.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Swarm {
    /// Sticks lost.
    pub lost: u64,
    /// Sticks brought twice.
    pub doubled: u64,
    /// Sticks that come days to three months late, and so out of order.
    pub delayed: u64,
    /// Sticks brought to another post.
    pub misled: u64,
    /// Files cut off.
    pub cut: u64,
    /// One bit changed.
    pub flipped: u64,
    /// The beginning of one file and the end of another.
    pub mixed: u64,
    /// An older file under the new name.
    pub stale: u64,
    /// The machine stops during a write, an export or an import.
    pub crash: u64,
    /// Posts restored from a copy of some age, of a thousand posts.
    pub restored: u64,
    /// Leaf posts whose disk is put back behind the program's back, of a thousand.
    pub put_back: u64,
    /// Leaf posts whose disk is copied and used twice, of a thousand.
    pub cloned: u64,
    /// Posts with a wrong clock, of a thousand.
    pub clocks: u64,
    /// Posts that run the older release, of a thousand.
    pub older: u64,
    /// Packages of hostile hands.
    pub hostile: u64,
    /// Edits by several posts of one record.
    pub concurrent: u64,
}

impl Swarm {
    /// The faults of a seed: each class is there or not, at a rate of its own.
    pub fn drawn(luck: &Luck) -> Self {
        let class = |most: u64| if luck.happens(550) { 1 + luck.next() % most } else { 0 };
        Self {
            lost: class(300),
            doubled: class(500),
            delayed: class(500),
            misled: class(200),
            cut: class(200),
            flipped: class(200),
            mixed: class(200),
            stale: class(200),
            crash: class(50),
            restored: class(400),
            put_back: class(300),
            cloned: class(250),
            clocks: class(300),
            older: class(600),
            hostile: class(100),
            concurrent: class(500),
        }
    }
}

/// A post's clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clock {
    /// Right.
    Right,
    /// 1 January 1970 at every start.
    Epoch,
    /// Wrong by so many days.
    Off(i64),
    /// Stopped on the day of its last start.
    Stopped,
}

/// The first day of all runs: 1 January 2025, in milliseconds since 1970.
const FIRST: i64 = 1_735_689_600_000;
/// A day, in milliseconds.
pub const DAY: i64 = 86_400_000;

impl Clock {
    /// A wrong clock.
    pub fn wrong(luck: &Luck) -> Self {
        match luck.below(5) {
            0 => Self::Epoch,
            1 => Self::Off(3652),
            2 => Self::Off(3),
            3 => Self::Off(-3),
            _ => Self::Stopped,
        }
    }

    /// What it shows at this minute of the run.
    pub fn shows(self, minute: i64) -> i64 {
        let now = FIRST + minute * 60_000;
        match self {
            Self::Right => now,
            Self::Epoch => minute * 60_000 % DAY,
            Self::Off(days) => now + days * DAY,
            Self::Stopped => FIRST,
        }
    }
}
