//! From the figures of one map to those of another.

use std::collections::{BTreeMap, BTreeSet};

use kernel::Date;

use super::{Atlas, Event, Share, apportion, sum_to_whole};

/// Why a value could not be given to a unit of its own level, and stays with one above.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Why {
    /// The unit was divided and nobody knows the shares.
    UnknownKey,
    /// The unit ended without a successor.
    NoSuccessor,
    /// The unit did not exist yet and came from no other.
    NoPredecessor,
    /// The figure is no sum (a rate, a price): it can be neither divided nor added.
    NotAdditive,
}

impl Why {
    /// The end of its key in the catalogues.
    pub fn word(self) -> &'static str {
        match self {
            Self::UnknownKey => "unknown-key",
            Self::NoSuccessor => "no-successor",
            Self::NoPredecessor => "no-predecessor",
            Self::NotAdditive => "not-additive",
        }
    }
}

/// Where a part of a unit's figures goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// The unit of the other map.
    pub code: String,
    /// The share. The parts of a unit sum to one.
    pub share: Share,
    /// `None` when the unit takes the figure as its own; else it only keeps it for those under it.
    pub held: Option<Why>,
}

/// How figures counted under one map read under another. Units that are not named pass as they
/// are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Passage {
    parts: BTreeMap<String, Vec<Part>>,
    // Units that take something of more than one.
    joined: BTreeSet<String>,
    // For figures that are no sum: the unit that keeps them.
    above: BTreeMap<String, String>,
    country: String,
}

/// A value that no unit of its level could take.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// The unit that keeps it: it counts in its total and in those above.
    pub at: String,
    /// The unit for which it was counted.
    pub from: String,
    /// The value.
    pub value: i64,
    /// Why.
    pub why: Why,
}

/// Values under another map.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Restated {
    /// The values of the units.
    pub values: BTreeMap<String, i64>,
    /// What no unit could take, by unit of origin.
    pub held: Vec<Held>,
}

impl Passage {
    pub(super) fn new(atlas: &Atlas, from: Date, to: Date) -> Self {
        let mut passage = Self { country: atlas.country.clone(), ..Self::default() };
        let walk = Walk::new(atlas, from, to);
        let mut takers: BTreeMap<String, usize> = BTreeMap::new();
        for code in atlas.versions.keys().filter(|it| atlas.is_alive(it, from)) {
            let parts = walk.follow(code);
            for it in parts.iter().filter(|it| it.held.is_none()) {
                *takers.entry(it.code.clone()).or_default() += 1;
            }
            let same = matches!(parts.as_slice(), [it] if it.code == *code && it.held.is_none());
            if !same {
                let codes: Vec<&str> = parts.iter().map(|it| it.code.as_str()).collect();
                passage.above.insert(code.clone(), atlas.nearest_above(&codes, to));
                passage.parts.insert(code.clone(), parts);
            }
        }
        passage.joined = takers.into_iter().filter(|it| 1 < it.1).map(|it| it.0).collect();
        passage
    }

    /// Where the figures of a unit go; `None` if they stay with it.
    pub fn parts(&self, code: &str) -> Option<&[Part]> {
        self.parts.get(code).map(Vec::as_slice)
    }

    /// The units whose figures do not simply stay with them, and where they go, by code.
    pub fn changed(&self) -> impl Iterator<Item = (&str, &[Part])> {
        self.parts.iter().map(|(code, parts)| (code.as_str(), parts.as_slice()))
    }

    /// Whether all figures stay where they are.
    pub fn is_same(&self) -> bool {
        self.parts.is_empty()
    }

    /// Restates whole numbers that are sums (persons, francs, thousandths of a hectare: the caller
    /// chooses the unit). The total is equal to the last unit.
    pub fn restate(&self, values: &BTreeMap<String, i64>) -> Restated {
        let mut out = Restated::default();
        for (code, value) in values {
            let Some(parts) = self.parts(code) else {
                out.add(code, *value);
                continue;
            };
            let shares: Vec<Share> = parts.iter().map(|it| it.share).collect();
            let Some(amounts) = apportion(*value, &shares) else {
                // Too fine to be divided: it is never lost.
                out.hold(&self.country, code, *value, Why::UnknownKey);
                continue;
            };
            for (part, amount) in parts.iter().zip(amounts) {
                match part.held {
                    None => out.add(&part.code, amount),
                    Some(why) => out.hold(&part.code, code, amount, why),
                }
            }
        }
        out
    }

    /// Restates figures that are no sums: they follow a unit that goes on alone, under whatever
    /// code, and else stay with the nearest unit above all those concerned.
    pub fn restate_whole(&self, values: &BTreeMap<String, i64>) -> Restated {
        let mut out = Restated::default();
        for (code, value) in values {
            let (to, held) = match self.parts(code) {
                None => (code.as_str(), None),
                Some([one]) => (one.code.as_str(), one.held),
                Some(_) => {
                    let above = self.above.get(code).unwrap_or(&self.country);
                    out.hold(above, code, *value, Why::NotAdditive);
                    continue;
                }
            };
            match held {
                Some(why) => out.hold(to, code, *value, why),
                None if self.joined.contains(to) => out.hold(to, code, *value, Why::NotAdditive),
                None => out.add(to, *value),
            }
        }
        out
    }
}

impl Restated {
    fn add(&mut self, code: &str, value: i64) {
        match self.values.get_mut(code) {
            Some(it) => match it.checked_add(value) {
                Some(sum) => *it = sum,
                // Beyond all that is counted; kept apart rather than lost.
                None => self.hold(code, code, value, Why::UnknownKey),
            },
            None => {
                self.values.insert(code.to_owned(), value);
            }
        }
    }

    fn hold(&mut self, at: &str, from: &str, value: i64, why: Why) {
        self.held.push(Held { at: at.to_owned(), from: from.to_owned(), value, why });
    }

    /// The total, held values included.
    pub fn total(&self) -> i128 {
        let held = self.held.iter().map(|it| i128::from(it.value));
        self.values.values().map(|it| i128::from(*it)).chain(held).sum()
    }
}

/// The days between two maps on which something happens, in the order of the walk.
struct Walk<'a> {
    atlas: &'a Atlas,
    forward: bool,
    days: Vec<(Date, Vec<&'a Event>)>,
}

impl<'a> Walk<'a> {
    fn new(atlas: &'a Atlas, from: Date, to: Date) -> Self {
        let forward = from <= to;
        let (first, last) = if forward { (from, to) } else { (to, from) };
        let mut days: BTreeMap<Date, Vec<&Event>> = BTreeMap::new();
        let within = |it: &Date| first < *it && *it <= last;
        for it in atlas.versions.values().flatten() {
            let end = if forward { it.valid_to } else { it.valid_from };
            if let Some(day) = end.filter(within) {
                days.entry(day).or_default();
            }
        }
        for it in atlas.events.iter().filter(|it| within(&it.day)) {
            days.entry(it.day).or_default().push(it);
        }
        let mut days: Vec<_> = days.into_iter().collect();
        if !forward {
            days.reverse();
            for (_, events) in &mut days {
                events.reverse();
            }
        }
        Self { atlas, forward, days }
    }

    fn follow(&self, code: &str) -> Vec<Part> {
        let mut parts = vec![Part { code: code.to_owned(), share: Share::WHOLE, held: None }];
        for (day, events) in &self.days {
            // The map that the walk leaves, and the one that it enters.
            let eve = day.plus_days(-1);
            let (left, entered) = if self.forward { (eve, *day) } else { (*day, eve) };
            for event in events {
                parts = parts.into_iter().flat_map(|it| self.divide(event, it, entered)).collect();
            }
            for part in &mut parts {
                if !self.atlas.is_alive(&part.code, entered) {
                    self.climb(part, left, entered);
                }
            }
            parts = gathered(parts);
        }
        parts
    }

    fn divide(&self, event: &Event, part: Part, entered: Date) -> Vec<Part> {
        let leads: Vec<(&str, Option<Share>)> = event
            .edges
            .iter()
            .filter_map(|it| {
                let (near, far, share) = if self.forward {
                    (&it.from, &it.to, it.share)
                } else {
                    (&it.to, &it.from, it.back)
                };
                (*near == part.code).then_some((far.as_str(), share))
            })
            .collect();
        match leads.as_slice() {
            [] => return vec![part],
            // All of it came from there, or went there, whatever was typed.
            [(far, _)] => return vec![Part { code: (*far).to_owned(), ..part }],
            _ => {}
        }
        let codes: Vec<&str> = leads.iter().map(|it| it.0).collect();
        let hold = |part: Part| {
            let held = Some(part.held.unwrap_or(Why::UnknownKey));
            vec![Part { code: self.atlas.nearest_above(&codes, entered), held, ..part }]
        };
        let shares: Option<Vec<Share>> = leads.iter().map(|it| it.1).collect();
        let Some(shares) = shares.filter(|it| part.held.is_none() && sum_to_whole(it)) else {
            return hold(part);
        };
        let divided: Option<Vec<Part>> = codes
            .iter()
            .zip(shares)
            .map(|(code, share)| {
                let share = part.share.of(share)?;
                Some(Part { code: (*code).to_owned(), share, held: None })
            })
            .collect();
        divided.unwrap_or_else(|| hold(part))
    }

    /// The unit does not exist on the other map: the nearest above it that does keeps its figures.
    fn climb(&self, part: &mut Part, left: Date, entered: Date) {
        let path = self.atlas.path(&part.code, left);
        let above = path.into_iter().find(|it| self.atlas.is_alive(it, entered));
        part.code = above.unwrap_or(&self.atlas.country).to_owned();
        let why = if self.forward { Why::NoSuccessor } else { Why::NoPredecessor };
        part.held = Some(part.held.unwrap_or(why));
    }
}

/// One part for each unit, in the order of their codes.
fn gathered(mut parts: Vec<Part>) -> Vec<Part> {
    parts.sort_by(|a, b| (&a.code, a.held).cmp(&(&b.code, b.held)));
    let mut out: Vec<Part> = Vec::new();
    for it in parts {
        let joined = match out.last() {
            Some(last) if last.code == it.code && last.held == it.held => last.share.plus(it.share),
            _ => None,
        };
        match (joined, out.last_mut()) {
            (Some(share), Some(last)) => last.share = share,
            _ => out.push(it),
        }
    }
    out.retain(|it| 0 < it.share.parts());
    out
}
