//! The answer in words: what is asked, what it shows, and what must be known to read it.

use kernel::{Decimal, Period};

use crate::analysis::{Move, Say};
use crate::questionnaire::Level;

use super::answer::{Answer, Cell};
use super::asked::{Axis, Depth, MapDay};
use super::table::Spot;
use super::time::Time;

/// Below this a single case moves a rate by more than five points.
const SMALL: u32 = 20;

/// The words of the items of an axis.
pub(crate) fn item(say: &Say<'_>, answer: &Answer, axis: Axis, at: usize) -> String {
    match axis {
        Axis::Places => answer.places[at].name.clone(),
        Axis::Measures => measure(say, answer, at),
        Axis::Splits => answer.parts[at].name.clone(),
        Axis::Periods => period(say, answer.periods[at]),
    }
}

/// A measure with its unit: `Dépenses (FCFA)`.
pub(crate) fn measure(say: &Say<'_>, answer: &Answer, at: usize) -> String {
    let it = &answer.indicators[at];
    let unit = say.unit(&it.unit);
    let name = it.label.say(say.language);
    if unit.is_empty() { name.to_owned() } else { format!("{name} ({unit})") }
}

/// A period in a table.
pub(crate) fn period(say: &Say<'_>, period: Period) -> String {
    match period {
        Period::Quarter(quarter) => say.language.short_quarter(quarter),
        Period::Year(year) => year.to_string(),
    }
}

/// A period in a sentence.
pub(crate) fn long_period(say: &Say<'_>, period: Period) -> String {
    match period {
        Period::Quarter(quarter) => say.quarter(quarter),
        Period::Year(year) => say.with("explorer-year", &[("year", year.to_string())]),
    }
}

/// The span of the answer: `T1 2023 – T4 2024`.
pub(crate) fn span(say: &Say<'_>, answer: &Answer) -> String {
    match answer.periods.as_slice() {
        [] => String::new(),
        [one] => period(say, *one),
        [first, .., last] => format!("{} – {}", period(say, *first), period(say, *last)),
    }
}

/// Where: `Cercle d’exemple, par commune`.
pub(crate) fn places(say: &Say<'_>, answer: &Answer) -> String {
    let names: Vec<&str> = if answer.places.iter().any(|it| it.whole) {
        answer.places.iter().filter(|it| it.whole).map(|it| it.name.as_str()).collect()
    } else {
        answer.places.iter().map(|it| it.name.as_str()).collect()
    };
    let names = match names.len() {
        0..=4 => say.list(&names),
        many => say.with("explorer-places-count", &[("count", many.to_string())]),
    };
    match level_shown(answer) {
        Some(level) if answer.question.depth != Depth::Alone => {
            say.with("explorer-places-by", &[("places", names), ("level", level.word().to_owned())])
        }
        _ => names,
    }
}

/// The level of the places that are not wholes.
pub(crate) fn level_shown(answer: &Answer) -> Option<Level> {
    answer.single_places().map(|it| answer.places[it].level).next()
}

/// The title of the answer, as people would ask it.
pub(crate) fn title(say: &Say<'_>, answer: &Answer) -> String {
    let measures = match answer.measures.len() {
        0 => say.t("explorer-title"),
        1 | 2 => {
            let names: Vec<&str> =
                answer.indicators.iter().map(|it| it.label.say(say.language)).collect();
            say.list(&names)
        }
        many => say.with("explorer-measures-count", &[("count", many.to_string())]),
    };
    let dimensions: Vec<&str> = answer
        .question
        .splits
        .iter()
        .map(|it| answer.questionnaire.dimensions()[usize::from(*it)].label.say(say.language))
        .collect();
    if dimensions.is_empty() {
        return measures;
    }
    say.with(
        "explorer-title-by",
        &[("measures", measures), ("split", crate::analysis::lowered(&say.list(&dimensions)))],
    )
}

/// What the answer shows, in a sentence or two. No place is held up as the first or the last.
pub(crate) fn finding(say: &Say<'_>, answer: &Answer) -> String {
    if answer.measures.is_empty() || answer.periods.is_empty() || answer.places.is_empty() {
        return String::new();
    }
    if 1 < answer.measures.len() {
        return coverage(say, answer);
    }
    of_measure(say, answer, 0)
}

/// What one measure shows.
pub(crate) fn of_measure(say: &Say<'_>, answer: &Answer, measure: usize) -> String {
    let indicator = &answer.indicators[measure];
    let at = answer.last_period(measure);
    let value = |place: usize, part: usize, at: usize| {
        answer.cell(place, measure, part, at).value(indicator)
    };
    let mut told = Vec::new();
    let singles: Vec<usize> = answer.single_places().collect();
    let level = level_shown(answer).unwrap_or(Level::Commune).word().to_owned();
    if let Some(whole) = answer.whole() {
        told.push(of_whole(say, answer, measure, whole, at));
    }
    if 1 < singles.len() {
        let known: Vec<Decimal> = singles.iter().filter_map(|it| value(*it, 0, at)).collect();
        let mut arguments = vec![
            ("level", level.clone()),
            ("count", known.len().to_string()),
            ("all", singles.len().to_string()),
            ("period", long_period(say, answer.periods[at])),
        ];
        match (known.iter().min(), known.iter().max()) {
            (Some(low), Some(high)) => {
                arguments.push(("low", say.value(indicator, Some(*low))));
                arguments.push(("high", say.value(indicator, Some(*high))));
                let key = match (known.len(), low == high) {
                    (1, _) => "explorer-finding-one",
                    (_, true) => "explorer-finding-same",
                    _ => "explorer-finding-range",
                };
                told.push(say.with(key, &arguments));
            }
            _ => {
                let cell = |it: &usize| answer.cell(*it, measure, 0, at);
                let withheld = singles.iter().any(|it| cell(it) == Cell::Withheld);
                let key = if withheld { "withheld" } else { "none" };
                told.push(say.with(&format!("explorer-finding-{key}"), &arguments));
            }
        }
        if let Some(first) = (0..at).find(|it| singles.iter().any(|p| value(*p, 0, *it).is_some()))
        {
            let mut moves = [0_usize; 3];
            for place in &singles {
                match Move::between(value(*place, 0, first), value(*place, 0, at)) {
                    Some(Move::Up) => moves[0] += 1,
                    Some(Move::Down) => moves[1] += 1,
                    Some(Move::Same) => moves[2] += 1,
                    None => {}
                }
            }
            let compared: usize = moves.iter().sum();
            if 0 < compared {
                let arguments = [
                    ("level", level),
                    ("from", period(say, answer.periods[first])),
                    ("to", period(say, answer.periods[at])),
                    ("up", moves[0].to_string()),
                    ("down", moves[1].to_string()),
                    ("same", moves[2].to_string()),
                ];
                told.push(say.with("explorer-finding-moves", &arguments));
            }
        }
    }
    if 1 < answer.parts.len()
        && let Some(place) = answer.whole()
    {
        let parts: Vec<String> = (1..answer.parts.len())
            .filter_map(|part| {
                let it = value(place, part, at)?;
                let arguments = [
                    ("part", answer.parts[part].name.clone()),
                    ("value", say.value(indicator, Some(it))),
                ];
                Some(say.with("explorer-finding-part", &arguments))
            })
            .collect();
        if (1..=6).contains(&parts.len()) {
            let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
            told.push(format!("{}.", say.list(&parts)));
        }
    }
    told.join(" ")
}

/// The place as a whole, now and at the first period that has a value.
fn of_whole(say: &Say<'_>, answer: &Answer, measure: usize, place: usize, at: usize) -> String {
    let indicator = &answer.indicators[measure];
    let value = |at: usize| answer.cell(place, measure, 0, at).value(indicator);
    let now = value(at);
    let mut arguments = vec![
        ("place", answer.places[place].name.clone()),
        ("period", long_period(say, answer.periods[at])),
        ("value", say.value(indicator, now)),
    ];
    let Some(now) = now else {
        let withheld = answer.cell(place, measure, 0, at) == Cell::Withheld;
        let key = if withheld { "withheld" } else { "none" };
        return say.with(&format!("explorer-finding-whole-{key}"), &arguments);
    };
    let first = (0..at).find_map(|it| Some((it, value(it)?)));
    let Some((from, before)) = first else { return say.with("explorer-finding-whole", &arguments) };
    arguments.push(("from", long_period(say, answer.periods[from])));
    arguments.push(("before", say.value(indicator, Some(before))));
    let moved = Move::between(Some(before), Some(now)).unwrap_or(Move::Same);
    say.with(&format!("explorer-finding-whole-{}", moved.word()), &arguments)
}

/// How much of the table is known: for answers with several measures.
fn coverage(say: &Say<'_>, answer: &Answer) -> String {
    let (mut known, mut all) = (0_usize, 0_usize);
    // The places that are counted are those whose figures are.
    let mut places: Vec<usize> = answer.single_places().collect();
    if places.is_empty() {
        places = (0..answer.places.len()).collect();
    }
    for place in places.iter().copied() {
        for measure in 0..answer.measures.len() {
            for part in 0..answer.parts.len() {
                for at in 0..answer.periods.len() {
                    let cell = answer.cell(place, measure, part, at);
                    if cell != Cell::NotCollected {
                        all += 1;
                        known += usize::from(cell.value(&answer.indicators[measure]).is_some());
                    }
                }
            }
        }
    }
    let arguments = [
        ("measures", answer.measures.len().to_string()),
        ("places", places.len().to_string()),
        ("periods", answer.periods.len().to_string()),
        ("known", known.to_string()),
        ("all", all.to_string()),
    ];
    say.with("explorer-finding-coverage", &arguments)
}

/// What must be known to read the answer, a sentence each.
pub(crate) fn cautions(say: &Say<'_>, answer: &Answer) -> Vec<String> {
    let mut out = Vec::new();
    for measure in 0..answer.measures.len() {
        if answer.measures[measure].is_count(&answer.questionnaire) {
            continue;
        }
        let at = answer.last_period(measure);
        let small = answer
            .single_places()
            .filter(|it| {
                let figure = answer.cell(*it, measure, 0, at).figure();
                figure
                    .and_then(|it| it.denominator)
                    .is_some_and(|it| Decimal::ZERO < it && it < SMALL.into())
            })
            .count();
        if 0 < small {
            let arguments = [
                ("count", small.to_string()),
                ("level", level_shown(answer).unwrap_or(Level::Commune).word().to_owned()),
                ("measure", answer.indicators[measure].label.say(say.language).to_owned()),
                ("small", SMALL.to_string()),
            ];
            out.push(say.with("explorer-caution-small", &arguments));
        }
    }
    if answer.periods.iter().any(|it| matches!(it, Period::Year(_))) {
        out.push(say.t("explorer-caution-years"));
    }
    if answer.withholds() {
        out.push(say.t("analysis-withheld-note"));
    }
    out.extend(map_rule(say, answer));
    out
}

/// The rule for the changes of boundaries.
pub(crate) fn map_rule(say: &Say<'_>, answer: &Answer) -> Option<String> {
    let several = 1 < answer.periods.len();
    match answer.question.map {
        MapDay::Then if answer.moved == 0 => several.then(|| say.t("explorer-map-steady")),
        MapDay::Then => Some(say.with("explorer-map-then", &[("count", answer.moved.to_string())])),
        MapDay::Now => Some(say.t("explorer-map-now")),
        MapDay::On(day) => {
            Some(say.with("explorer-map-on", &[("day", say.language.long_date(day))]))
        }
    }
}

/// A cell as people read it.
pub(crate) fn cell(say: &Say<'_>, answer: &Answer, (spot, cell): (Spot, Cell)) -> (String, bool) {
    let indicator = &answer.indicators[spot.measure];
    match cell {
        Cell::Known(figure) => {
            let value = figure.rounded(indicator);
            (say.bare(indicator, value), value.is_none())
        }
        Cell::Withheld => (say.t("analysis-withheld"), true),
        Cell::Unseen => (say.t("explorer-unseen"), true),
        Cell::NotThen => (say.t("explorer-not-then"), true),
        Cell::NotCollected => ("–".to_owned(), true),
    }
}

/// The words of a part of time, for the form.
pub(crate) fn time(say: &Say<'_>, time: Time) -> String {
    let count = |it: u16| [("count", it.to_string())];
    match time {
        Time::One(it) => period(say, it),
        Time::Range(from, to) => format!("{} – {}", period(say, from), period(say, to)),
        Time::LastQuarters(it) => say.with("explorer-last-quarters", &count(it)),
        Time::LastYears(it) => say.with("explorer-last-years", &count(it)),
    }
}
