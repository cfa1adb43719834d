//! Which of our places the words of another source are. A machine proposes, a person confirms.

use crate::questionnaire::Level;
use crate::store::Ground;
use kernel::search::{fold, sounds};
use std::collections::BTreeMap;

/// So many places are proposed for one name.
const PROPOSED: usize = 6;

/// A place as the other source writes it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Written {
    /// Its name, or its code.
    pub name: String,
    /// The unit above, if the source says it.
    pub above: String,
}

impl Written {
    /// The key under which a confirmed place is kept.
    pub fn key(&self) -> String {
        match self.above.is_empty() {
            true => fold(&self.name),
            false => format!("{}|{}", fold(&self.name), fold(&self.above)),
        }
    }
}

/// A place that a name may be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// The unit above it.
    pub above: String,
}

/// What a name is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Matched {
    /// One place and no other.
    Sure(Candidate),
    /// A person must say: places of one name, or names that look or sound alike, likeliest first.
    /// Empty if nothing comes near.
    Asked(Vec<Candidate>),
}

/// The places of a level that each written name is, or may be.
pub fn matches(ground: &Ground, level: Level, written: &[Written]) -> Vec<Matched> {
    let units: Vec<Known> = ground
        .tree
        .units()
        .iter()
        .filter(|it| it.level == level)
        .map(|it| {
            let path = ground.path(&it.code);
            let above: Vec<String> =
                path.iter().skip(1).map(|it| ground.name(it).to_owned()).collect();
            let name = ground.name(&it.code).to_owned();
            Known {
                folded: bare(&name),
                heard: sounds(&bare(&name)).concat(),
                code: it.code.clone(),
                name,
                above,
            }
        })
        .collect();
    let mut by_name: BTreeMap<&str, Vec<&Known>> = BTreeMap::new();
    for it in &units {
        by_name.entry(&it.folded).or_default().push(it);
    }
    written.iter().map(|it| matched(&units, &by_name, it)).collect()
}

struct Known {
    code: String,
    name: String,
    folded: String,
    heard: String,
    above: Vec<String>,
}

impl Known {
    fn candidate(&self) -> Candidate {
        let above = self.above.first().cloned().unwrap_or_default();
        Candidate { code: self.code.clone(), name: self.name.clone(), above }
    }

    fn lies_in(&self, above: &str) -> bool {
        let wanted = bare(above);
        self.above.iter().any(|it| bare(it) == wanted)
    }
}

/// A folded name without the words that say what it is: « Commune rurale de Kati » is `kati`.
fn bare(name: &str) -> String {
    const WORDS: [&str; 16] = [
        "commune",
        "urbaine",
        "rurale",
        "cercle",
        "region",
        "district",
        "sanitaire",
        "academie",
        "cap",
        "csref",
        "cr",
        "cu",
        "de",
        "du",
        "d",
        "la",
    ];
    let folded = fold(name);
    let kept: Vec<&str> = folded.split(' ').filter(|it| !WORDS.contains(it)).collect();
    if kept.is_empty() { folded } else { kept.join(" ") }
}

fn matched(units: &[Known], by_name: &BTreeMap<&str, Vec<&Known>>, it: &Written) -> Matched {
    if let Some(unit) = units.iter().find(|unit| unit.code.eq_ignore_ascii_case(it.name.trim())) {
        return Matched::Sure(unit.candidate());
    }
    let wanted = bare(&it.name);
    if wanted.is_empty() {
        return Matched::Asked(Vec::new());
    }
    let same: Vec<&Known> = by_name.get(wanted.as_str()).cloned().unwrap_or_default();
    let within: Vec<&Known> = same
        .iter()
        .copied()
        .filter(|unit| it.above.is_empty() || unit.lies_in(&it.above))
        .collect();
    match (within.as_slice(), same.as_slice()) {
        ([one], _) => return Matched::Sure(one.candidate()),
        // Of one name with a place of ours, but said to lie elsewhere: a person must look.
        ([], [_, ..]) => {
            return Matched::Asked(same.into_iter().map(Known::candidate).take(PROPOSED).collect());
        }
        ([_, ..], _) => {
            return Matched::Asked(
                within.into_iter().map(Known::candidate).take(PROPOSED).collect(),
            );
        }
        ([], []) => {}
    }
    let heard = sounds(&wanted).concat();
    let allowed = (wanted.chars().count() / 4).clamp(1, 3);
    let mut near: Vec<(usize, &Known)> = units
        .iter()
        .filter_map(|unit| {
            let apart = match unit.heard == heard {
                true => 0,
                false => 1 + distance(&unit.folded, &wanted, allowed)?,
            };
            let elsewhere = !it.above.is_empty() && !unit.lies_in(&it.above);
            Some((apart * 2 + usize::from(elsewhere), unit))
        })
        .collect();
    near.sort_by(|a, b| (a.0, &a.1.name, &a.1.code).cmp(&(b.0, &b.1.name, &b.1.code)));
    Matched::Asked(near.into_iter().map(|it| it.1.candidate()).take(PROPOSED).collect())
}

/// How many letters must be changed, added, left out or swapped; `None` if more than `most`.
fn distance(left: &str, right: &str, most: usize) -> Option<usize> {
    let (left, right): (Vec<char>, Vec<char>) = (left.chars().collect(), right.chars().collect());
    if most < left.len().abs_diff(right.len()) {
        return None;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut row: Vec<usize> = (0..=right.len()).collect();
    for (at, letter) in left.iter().enumerate() {
        let mut next = vec![at + 1];
        for (place, other) in right.iter().enumerate() {
            let change = row[place] + usize::from(letter != other);
            let mut least = change.min(row[place + 1] + 1).min(next[place] + 1);
            let swapped =
                at > 0 && place > 0 && left[at - 1] == *other && right[place - 1] == *letter;
            if swapped && let Some(it) = before.get(place - 1) {
                least = least.min(it + 1);
            }
            next.push(least);
        }
        before = std::mem::replace(&mut row, next);
    }
    row.last().copied().filter(|it| *it <= most)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_apart() {
        for (left, right, expected) in [
            ("kati", "kati", Some(0)),
            ("kati", "kita", Some(2)),
            ("sanankoroba", "sanakoroba", Some(1)),
            ("diago", "daigo", Some(1)),
            ("kati", "sikasso", None),
        ] {
            assert_eq!(distance(left, right, 2), expected, "{left} {right}");
        }
        assert_eq!(bare("Commune rurale de Kati"), "kati");
        assert_eq!(bare("Commune"), "commune");
    }
}
