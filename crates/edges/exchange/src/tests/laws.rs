//! What holds whatever happens to sticks.

use proptest::prelude::*;

use super::world::{Post, rule, tree};
use crate::Refused;

/// One thing that happens between a cercle and its region.
#[derive(Clone, Debug)]
enum Step {
    /// Someone at the cercle enters a value.
    Enter(u8),
    /// A package is made, upward or downward, and lies on the table.
    Make { up: bool, whole: bool },
    /// A package on the table is brought, whole or cut.
    Bring { which: usize, cut: Option<u8> },
    /// A package is lost.
    Lose(usize),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        3 => any::<u8>().prop_map(Step::Enter),
        3 => (any::<bool>(), prop::bool::weighted(0.2))
            .prop_map(|(up, whole)| Step::Make { up, whole }),
        4 => (any::<usize>(), prop::option::weighted(0.2, any::<u8>()))
            .prop_map(|(which, cut)| Step::Bring { which, cut }),
        1 => any::<usize>().prop_map(Step::Lose),
    ]
}

/// Makes a package unless the other post has everything.
fn made(from: &Post, to: &Post, whole: bool) -> Option<Vec<u8>> {
    match rule(from.tries_to_send(to, whole)) {
        Ok(it) => Some(it.bytes),
        Err(Refused::NothingToSend { .. }) => None,
        Err(other) => panic!("{other:?}"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Packages doubled, cut, lost and out of order: nothing is half taken, nothing false is told,
    /// and one more exchange makes both posts know the same.
    #[test]
    fn whatever_happens_to_sticks_one_more_exchange_heals(
        steps in prop::collection::vec(step(), 0..24)
    ) {
        let it = tree("SQLite");
        let mut table: Vec<(bool, Vec<u8>)> = Vec::new();
        for step in steps {
            match step {
                Step::Enter(value) => {
                    it.kati.notes_value(&format!("E{}", value % 5), &value.to_string());
                }
                Step::Make { up, whole } => {
                    let (from, to) =
                        if up { (&it.kati, &it.koulikoro) } else { (&it.koulikoro, &it.kati) };
                    table.extend(made(from, to, whole).map(|bytes| (up, bytes)));
                }
                Step::Bring { which, cut } if !table.is_empty() => {
                    let (up, bytes) = &table[which % table.len()];
                    let to = if *up { &it.koulikoro } else { &it.kati };
                    match cut {
                        None => {
                            to.accepts(bytes).unwrap();
                        }
                        Some(at) => {
                            let before = to.state();
                            let end = bytes.len() * usize::from(at) / 256;
                            prop_assert!(to.accepts(&bytes[..end]).is_err());
                            prop_assert_eq!(to.state(), before);
                        }
                    }
                }
                Step::Lose(which) if !table.is_empty() => {
                    table.swap_remove(which % table.len());
                }
                Step::Bring { .. } | Step::Lose(_) => {}
            }
        }
        if let Some(bytes) = made(&it.kati, &it.koulikoro, false) {
            it.koulikoro.accepts(&bytes).unwrap();
        }
        prop_assert_eq!(it.koulikoro.values(), it.kati.values());
        it.koulikoro.holds_together();
        it.kati.holds_together();
    }

    #[test]
    fn no_bytes_make_the_reader_stumble(bytes: Vec<u8>, after_magic: bool) {
        let it = tree("SQLite");
        let id = crate::text::unhex::<8>(&it.koulikoro.id()).unwrap();
        let bytes = if after_magic {
            [&crate::package::MAGIC[..], &[1], &id, &bytes].concat()
        } else {
            bytes
        };
        prop_assert!(it.koulikoro.previews(&bytes).is_err());
    }
}
