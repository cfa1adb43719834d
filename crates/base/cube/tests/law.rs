//! The cube answers as a plain walk over all values does: on any tree, before and after a reform,
//! with gaps, and with corrections in any order.

use cube::{
    Breach, Change, Compare, Cube, CubeError, Extent, Joining, Labelled, MISSING, Pick, Span, Sum,
    snapshot,
};
use proptest::prelude::*;
use std::collections::BTreeMap;

const SERIES: u32 = 5;
const SLOTS: u32 = 4;
const UNITS: u32 = 150;

/// Every value in one list: slow, and too simple to be wrong.
#[derive(Clone, Default)]
struct Plain(BTreeMap<(u32, u32, u32), i64>);

impl Plain {
    fn set(&mut self, it: &Change) {
        let key = (it.series, it.slot, it.unit);
        if it.value == MISSING {
            self.0.remove(&key);
        } else {
            self.0.insert(key, it.value);
        }
    }

    fn unit(&self, pick: &Pick, unit: u32) -> Sum {
        let mut sum = Sum::default();
        let mut rows = 0;
        for series in &pick.series {
            for slot in &pick.slots {
                rows += 1;
                if let Some(value) = self.0.get(&(*series, *slot, unit)) {
                    sum.total += i128::from(*value);
                    sum.count += 1;
                }
            }
        }
        match pick.joining {
            Joining::Present => sum,
            Joining::Whole if sum.count == rows => Sum { total: sum.total, count: 1 },
            Joining::Whole => Sum::default(),
        }
    }

    fn sum(&self, pick: &Pick, units: &[u32]) -> Sum {
        let mut sum = Sum::default();
        units.iter().for_each(|it| sum.add(self.unit(pick, *it)));
        sum
    }

    fn top(&self, pick: &Pick, units: &[u32], most: usize, largest: bool) -> Vec<(u32, i128)> {
        let mut all: Vec<(u32, i128)> =
            units.iter().filter_map(|it| Some((*it, self.unit(pick, *it).known()?))).collect();
        all.sort_by_key(|it| (if largest { -it.1 } else { it.1 }, it.0));
        all.truncate(most);
        all
    }
}

/// A tree over the units: each under another of a lower number, or at the top.
#[derive(Clone, Debug)]
struct Tree(Vec<Option<u32>>);

impl Tree {
    fn under(&self, place: u32) -> Vec<u32> {
        (0..UNITS)
            .filter(|it| {
                let up = |at: &u32| self.0[*at as usize];
                std::iter::successors(Some(*it), up).any(|it| it == place)
            })
            .collect()
    }
}

fn a_tree() -> impl Strategy<Value = Tree> {
    prop::collection::vec(any::<prop::sample::Index>(), UNITS as usize).prop_map(|parents| {
        let parent = |at: usize| (0 < at).then(|| (parents[at].index(at) / 2) as u32);
        Tree((0..UNITS as usize).map(parent).collect())
    })
}

fn a_value() -> impl Strategy<Value = i64> {
    prop_oneof![
        3 => Just(MISSING),
        6 => -300..=300_i64,
        3 => -40_000..=40_000_i64,
        2 => -5_000_000_000..=5_000_000_000_i64,
        1 => -(1_i64 << 53)..=(1_i64 << 53),
    ]
}

fn changes() -> impl Strategy<Value = Vec<Change>> {
    let change = (0..SLOTS, 0..SERIES, 0..UNITS, a_value());
    let change = change.prop_map(|it| Change { slot: it.0, series: it.1, unit: it.2, value: it.3 });
    prop::collection::vec(change, 0..1_500)
}

fn a_pick() -> impl Strategy<Value = Pick> {
    let series = prop::sample::subsequence((0..SERIES).collect::<Vec<_>>(), 1..=3);
    let slots = prop::sample::subsequence((0..SLOTS).collect::<Vec<_>>(), 1..=4);
    (series, slots, any::<bool>()).prop_map(|(series, slots, whole)| {
        let joining = if whole { Joining::Whole } else { Joining::Present };
        Pick { series, slots, joining }
    })
}

fn built(changes: &[Change], batch: usize) -> (Cube, Plain) {
    let (mut cube, mut plain) = (Cube::new(SERIES), Plain::default());
    cube.lengthen(SLOTS as usize);
    for changes in changes.chunks(batch) {
        cube.apply(&mut changes.to_vec(), None).expect("values that fit");
    }
    changes.iter().for_each(|it| plain.set(it));
    (cube, plain)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn sums_are_those_of_a_plain_walk(
        changes in changes(), batch in 1..400_usize, pick in a_pick(),
        before in a_tree(), after in a_tree(),
    ) {
        let (cube, plain) = built(&changes, batch);
        for tree in [&before, &after] {
            let places: Vec<Vec<u32>> = (0..UNITS).step_by(3).map(|it| tree.under(it)).collect();
            let spans: Vec<Span> =
                places.iter().map(|it| Span::of(it.iter().copied())).collect();
            let found = cube.table(std::slice::from_ref(&pick), &spans);
            for ((units, span), sum) in places.iter().zip(&spans).zip(found) {
                prop_assert_eq!(sum, plain.sum(&pick, units));
                prop_assert_eq!(sum, cube.sum(&pick, span));
                let ends = units.iter().filter_map(|it| plain.unit(&pick, *it).known());
                let ends: Vec<i128> = ends.collect();
                let extent = ends.iter().min().zip(ends.iter().max()).map(|it| Extent {
                    smallest: *it.0,
                    largest: *it.1,
                    count: ends.len() as u64,
                });
                prop_assert_eq!(cube.extent(&pick, span), extent);
                let present = Pick { joining: Joining::Present, ..pick.clone() };
                let there = units.iter().filter(|it| 0 < plain.unit(&present, **it).count);
                let by_unit = cube.sum_of_units(&pick.series, &pick.slots, span);
                prop_assert_eq!(by_unit.total, plain.sum(&present, units).total);
                prop_assert_eq!(by_unit.count, there.count() as u64);
                for largest in [true, false] {
                    let top = cube.top(&pick, span, 4, largest);
                    prop_assert_eq!(top, plain.top(&pick, units, 4, largest));
                }
            }
        }
        // A reform moves places, and no total.
        let all = |tree: &Tree| cube.sum(&pick, &Span::of(tree.under(0)));
        prop_assert_eq!(all(&before), all(&after));
    }

    #[test]
    fn the_order_of_arrival_changes_nothing(
        mut changes in changes(), seed in any::<prop::sample::Index>(), batch in 1..300_usize,
    ) {
        changes.sort_by_key(|it| (it.slot, it.series, it.unit));
        changes.dedup_by_key(|it| (it.slot, it.series, it.unit));
        let (first, _) = built(&changes, batch);
        if !changes.is_empty() {
            let middle = seed.index(changes.len());
            changes.rotate_left(middle);
            changes.reverse();
        }
        let (second, plain) = built(&changes, 7);
        for series in 0..SERIES {
            for slot in 0..SLOTS {
                for unit in 0..UNITS {
                    let value = plain.0.get(&(series, slot, unit)).copied();
                    prop_assert_eq!(first.get(series, slot, unit), value);
                    prop_assert_eq!(second.get(series, slot, unit), value);
                }
            }
        }
    }

    #[test]
    fn rules_and_groups_are_those_of_a_plain_walk(
        changes in changes(), times in -50..50_i32, over in 1..9_u32, tree in a_tree(),
        kinds in prop::collection::vec(0..4_u8, SERIES as usize),
        groups in prop::collection::vec(0..5_u8, UNITS as usize),
    ) {
        let (cube, plain) = built(&changes, 500);
        let units = tree.under(1);
        let span = Span::of(units.iter().copied());
        let slots: Vec<u32> = (0..SLOTS).collect();
        let rules: Vec<Compare> =
            (0..SERIES).map(|it| Compare { left: it, right: (it + 1) % SERIES, times, over }).collect();
        for (rule, found) in rules.iter().zip(cube.breaches(&rules, &slots, &span)) {
            let mut expected = Breach::default();
            for slot in &slots {
                let mut broken = Vec::new();
                for unit in &units {
                    let value = |series| plain.0.get(&(series, *slot, *unit));
                    if let Some((a, b)) = value(rule.left).zip(value(rule.right)) {
                        expected.compared += 1;
                        let (a, b) = (i128::from(*a), i128::from(*b));
                        if i128::from(times) * b < i128::from(over) * a {
                            broken.push(*unit);
                        }
                    }
                }
                expected.broken += broken.len() as u64;
                prop_assert_eq!(cube.in_breach(*rule, *slot, &span), broken);
            }
            prop_assert_eq!(found, expected);
        }
        // One kind stands for nothing and is left out.
        let label = |it: &u8| if *it == 3 { Labelled::NONE } else { *it };
        let by_kind = Labelled::new(kinds.iter().map(label).collect());
        let by_group = Labelled::new(groups.clone());
        let found = cube.roll_up(&by_kind, &by_group, &slots, &span);
        let mut expected = vec![Sum::default(); found.len()];
        for ((series, slot, unit), value) in &plain.0 {
            let Some(kind) = by_kind.of(*series).filter(|_| span.has(*unit)) else { continue };
            let group = usize::from(groups[*unit as usize]);
            let at = (*slot as usize * by_kind.groups() + kind) * by_group.groups() + group;
            expected[at].add(Sum { total: i128::from(*value), count: 1 });
        }
        prop_assert_eq!(found, expected);
    }

    #[test]
    fn a_snapshot_is_read_whole_or_not_at_all(
        changes in changes(), at in any::<prop::sample::Index>(), cut in any::<bool>(),
    ) {
        let (cube, plain) = built(&changes, 500);
        let mut twin = cube.clone();
        twin.apply(
            &mut [Change { slot: 1, series: 2, unit: 3, value: 44 }], Some(&cube),
        ).unwrap();
        let mut bytes = Vec::new();
        snapshot::write(b"position 12", &[&cube, &twin], &mut bytes).unwrap();
        let (mark, cubes) = snapshot::read(&mut &bytes[..]).unwrap();
        prop_assert_eq!(mark, b"position 12");
        prop_assert_eq!(cubes.len(), 2);
        prop_assert_eq!(cubes[0].values(), plain.0.len() as u64);
        for ((series, slot, unit), value) in &plain.0 {
            prop_assert_eq!(cubes[0].get(*series, *slot, *unit), Some(*value));
        }
        prop_assert_eq!(cubes[1].get(2, 1, 3), Some(44));
        let at = at.index(bytes.len());
        if cut {
            bytes.truncate(at);
        } else {
            bytes[at] ^= 4;
        }
        prop_assert!(snapshot::read(&mut &bytes[..]).is_err());
    }
}

#[test]
fn a_clone_keeps_what_it_had_and_shares_the_rest() {
    let mut cube = Cube::new(2);
    cube.lengthen(2);
    let set = |unit, value| Change { slot: 0, series: 1, unit, value };
    cube.apply(&mut [set(4, 10), set(5, 20)], None).unwrap();
    let before = cube.clone();
    cube.apply(&mut [set(5, MISSING), set(4, 11)], None).unwrap();
    assert_eq!((before.get(1, 0, 4), before.get(1, 0, 5)), (Some(10), Some(20)));
    assert_eq!((cube.get(1, 0, 4), cube.get(1, 0, 5)), (Some(11), None));
    cube.apply(&mut [set(4, MISSING)], None).unwrap();
    let all = Pick { series: vec![1], slots: vec![0], joining: Joining::Present };
    assert_eq!(cube.sum(&all, &Span::run(0..9)).known(), None);
}

#[test]
fn what_cannot_be_added_is_refused() {
    let mut cube = Cube::new(1);
    cube.lengthen(1);
    let set = |unit, value| Change { slot: 0, series: 0, unit, value };
    cube.apply(&mut [set(0, cube::LARGEST)], None).unwrap();
    let refused = CubeError::TooLarge { series: 0, slot: 0 };
    assert_eq!(cube.clone().apply(&mut [set(1, -1)], None), Err(refused));
    let nowhere = cube.apply(&mut [Change { slot: 1, series: 0, unit: 0, value: 1 }], None);
    assert_eq!(nowhere, Err(CubeError::Nowhere { series: 0, slot: 1 }));
}
