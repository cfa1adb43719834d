//! The one random stream of a seed.

use std::cell::Cell;
use std::sync::{Arc, Mutex, PoisonError};

/// Draws everything that is drawn in a run: what people do, what happens to sticks, and the random
/// bytes of the posts. `SplitMix64`: the same seed gives the same run on every machine.
#[derive(Clone)]
pub struct Luck(Arc<Mutex<Cell<u64>>>);

impl Luck {
    /// The stream of this seed.
    pub fn of(seed: u64) -> Self {
        Self(Arc::new(Mutex::new(Cell::new(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ 0x5EED))))
    }

    /// The next number.
    pub fn next(&self) -> u64 {
        let state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        state.set(state.get().wrapping_add(0x9E37_79B9_7F4A_7C15));
        let mut it = state.get();
        it = (it ^ (it >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        it = (it ^ (it >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        it ^ (it >> 31)
    }

    /// A number below `bound`, which is not zero.
    pub fn below(&self, bound: usize) -> usize {
        usize::try_from(self.next() % bound as u64).unwrap_or_default()
    }

    /// A number from `from` to `to`, both included.
    pub fn between(&self, from: i64, to: i64) -> i64 {
        from + i64::try_from(self.next() % (to - from + 1).unsigned_abs()).unwrap_or_default()
    }

    /// True so many times in a thousand.
    pub fn happens(&self, of_thousand: u64) -> bool {
        self.next() % 1000 < of_thousand
    }

    /// One of these.
    pub fn pick<'a, T>(&self, from: &'a [T]) -> Option<&'a T> {
        if from.is_empty() { None } else { from.get(self.below(from.len())) }
    }

    /// Fills these bytes.
    pub fn fill(&self, bytes: &mut [u8]) {
        for piece in bytes.chunks_mut(8) {
            let drawn = self.next().to_le_bytes();
            piece.copy_from_slice(&drawn[..piece.len()]);
        }
    }
}
