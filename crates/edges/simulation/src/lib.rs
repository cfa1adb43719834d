//! Simulated months of many posts, to see that nothing is ever lost.
//!
//! Each **seed** is one run: a tree of posts (a nation, two regions, six cercles, three communes),
//! each with the product's own journal and exchange over a base in memory, in one thread, with a
//! virtual clock and one random stream. People write, packages travel on sticks, and much goes wrong:
//! see [`Swarm`]. Nothing of the product is written again here; only its clock and its random bytes
//! are given from outside. The same seed gives the same run to the byte.
//!
//! At every step: a bad file is refused, a refusal writes nothing, an honest package is refused only
//! for what the design allows. At the end all exchange until nobody learns anything more, and the
//! bases are compared with what people were told is kept: no acknowledged revision is lost while one
//! disk that held it lives (I1), tables are equal and are what the revisions say (I2, I9), conflicts
//! are listed (I4), nobody holds another place's data (I5), old packages change nothing (I6), no two
//! entries bear one number (I8), nothing forged is held (I10), what an older release cannot read is
//! relayed to the byte (I11), packages are small and all come to rest (I12).
//!
//! # What is left out, because the product does not promise it yet
//!
//! - A post *between* others whose disk is put back or copied behind the program's back, and whose
//!   two branches reach different posts: only leaf posts are put back or copied here. The product's
//!   own restore is drawn for every post.
//! - Stolen keys and revocation (I3 in part), erasure (I7), reforms of the territory, state digests.
//! - Faults that seeds have found and that are not mended: [`OPEN`].
//! - Power cuts inside a write: SQLite is trusted here; real processes are killed elsewhere.

mod checks;
mod losses;
mod luck;
mod post;
mod report;
mod rest;
mod slice;
mod sticks;
mod swarm;
mod world;

pub use luck::Luck;
pub use post::{Codes, Done, Post, Stops};
pub use report::{Outcome, Summary};
pub use slice::{Folly, LATER, Revision, SAID, Slice, heads};
pub use swarm::{Clock, DAY, Swarm};
pub use world::{Bug, Loss, Plan, Said, Shape, Stick, World};

/// Short seeds among the first 120 that find a fault of the exchange which is not mended yet; the
/// tests leave them out, `cargo x simulate` does not.
///
/// - 52, 99, 112: an entry that reached a post by another way gets no receipt, so that its sender
///   goes on saying that it waits for one, and sends it again.
/// - 84: a cercle's disk was put back, its region was restored, and nation and region hold the two
///   branches: neither takes the other's package.
/// - 100: after one of two disks of a commune was given up, the other refuses the cercle's packages,
///   since it does not know their writer.
pub const OPEN: [u64; 5] = [52, 84, 99, 100, 112];

/// Runs one seed.
pub fn run(seed: u64, shape: Shape, bug: Bug) -> Outcome {
    told(seed, shape, bug, false).0
}

/// Runs one seed; with `talkative`, also tells what happened, a line each.
pub fn told(seed: u64, shape: Shape, bug: Bug, talkative: bool) -> (Outcome, Vec<String>) {
    journal::plant(&bug.fault.into_iter().collect::<Vec<_>>());
    let mut world = match World::new(seed, shape, bug, talkative) {
        Ok(it) => it,
        Err(error) => {
            let violations = vec![format!("failed: {error}")];
            return (Outcome { violations, ..Outcome::of(seed) }, Vec::new());
        }
    };
    let lived = world.live().and_then(|()| world.comes_to_rest()).and_then(|()| world.compares());
    if let Err(error) = lived {
        world.violation("failed", &error);
    }
    journal::plant(&[]);
    world.out.trace = world.trace.finalize().to_hex().to_string();
    (world.out, world.told)
}
