//! The sentence that a figure states, so that its title says what is seen.

use kernel::{Decimal, Quarter};

use crate::questionnaire::Indicator;

use super::{Computed, Say};

/// How a value moved, in words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Move {
    /// Higher.
    Up,
    /// Lower.
    Down,
    /// The same, as shown.
    Same,
}

impl Move {
    /// How a value moved, both rounded as they are shown: what people cannot see did not move.
    pub fn between(before: Option<Decimal>, now: Option<Decimal>) -> Option<Self> {
        let (before, now) = (before?, now?);
        Some(match now.cmp(&before) {
            std::cmp::Ordering::Greater => Self::Up,
            std::cmp::Ordering::Less => Self::Down,
            std::cmp::Ordering::Equal => Self::Same,
        })
    }

    /// The end of its key.
    pub fn word(self) -> &'static str {
        match self {
            Self::Up => "up",
            Self::Down => "down",
            Self::Same => "same",
        }
    }
}

/// What the units under a place show side by side. Names of units are not in it: no unit is held
/// up as the first or the last.
pub fn of_children(
    say: &Say<'_>,
    indicator: &Indicator,
    computed: &Computed,
    number: usize,
    place: &str,
    shown: &dyn Fn(&str) -> Option<Decimal>,
) -> String {
    let land = &computed.land;
    let children = land.children(place);
    let values: Vec<Decimal> = children.iter().filter_map(|it| shown(it)).collect();
    let level = children.first().and_then(|it| land.level(it)).map_or("commune", |it| it.word());
    let whole = computed.figure(number, place).and_then(|it| it.rounded(indicator));
    let mut arguments = vec![
        ("level", level.to_owned()),
        ("count", values.len().to_string()),
        ("all", children.len().to_string()),
        ("whole", say.value(indicator, whole)),
    ];
    let (Some(low), Some(high)) = (values.iter().min(), values.iter().max()) else {
        return say.with("analysis-children-none", &arguments);
    };
    arguments.push(("low", say.value(indicator, Some(*low))));
    arguments.push(("high", say.value(indicator, Some(*high))));
    let key = match (values.len(), low == high) {
        (1, _) => "analysis-children-one",
        (_, true) => "analysis-children-same",
        _ => "analysis-children-range",
    };
    say.with(key, &arguments)
}

/// What a series of quarters shows: the last value against a year before, or against the first.
pub fn of_series(
    say: &Say<'_>,
    indicator: &Indicator,
    points: &[(Quarter, Option<Decimal>)],
) -> String {
    let known: Vec<(Quarter, Decimal)> =
        points.iter().filter_map(|it| Some((it.0, it.1?))).collect();
    let Some((last, now)) = known.last().copied() else { return say.t("analysis-series-none") };
    let year_before = known.iter().find(|it| it.0 == last.plus(-4));
    let Some((from, before)) = year_before.or(known.first()).copied().filter(|it| it.0 < last)
    else {
        let arguments = [("quarter", say.quarter(last)), ("now", say.value(indicator, Some(now)))];
        return say.with("analysis-series-first", &arguments);
    };
    let moved = Move::between(Some(before), Some(now)).unwrap_or(Move::Same);
    let arguments = [
        ("from", say.quarter(from)),
        ("to", say.quarter(last)),
        ("before", say.value(indicator, Some(before))),
        ("now", say.value(indicator, Some(now))),
    ];
    say.with(&format!("analysis-series-{}", moved.word()), &arguments)
}

/// What a map or bars show: the span, and where the middle lies.
pub fn of_map(say: &Say<'_>, indicator: &Indicator, level: &str, values: &[Decimal]) -> String {
    let mut sorted = values.to_vec();
    sorted.sort_unstable();
    let (Some(low), Some(high)) = (sorted.first(), sorted.last()) else {
        return say.with("analysis-map-none", &[("level", level.to_owned())]);
    };
    let middle = sorted[sorted.len() / 2];
    let arguments = [
        ("level", level.to_owned()),
        ("count", sorted.len().to_string()),
        ("low", say.value(indicator, Some(*low))),
        ("high", say.value(indicator, Some(*high))),
        ("middle", say.value(indicator, Some(middle))),
    ];
    let key = match (sorted.len(), low == high) {
        (_, true) => "analysis-map-same",
        (0..4, _) => "analysis-map-few",
        _ => "analysis-map-half",
    };
    say.with(key, &arguments)
}
