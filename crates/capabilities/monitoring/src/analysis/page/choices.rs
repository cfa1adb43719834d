//! What can be chosen on a page of the explorer: indicator, place, quarter.

use kernel::Quarter;

use super::super::{Carte, Say};
use super::Scene;

/// The lists of the form at the head of the page.
pub(crate) struct Choices {
    /// Indicators by sector.
    pub(crate) sectors: Vec<(String, Vec<Choice>)>,
    /// The places above, the place itself, those under it.
    pub(crate) places: Vec<Choice>,
    /// The quarters that may be seen, the latest first.
    pub(crate) quarters: Vec<Choice>,
    /// The maps under which the figures can be read.
    pub(crate) maps: Vec<Choice>,
    /// What must be said of the map under the tables; nothing under that of the quarter.
    pub(crate) rule: String,
}

/// A line of a list.
pub(crate) struct Choice {
    pub(crate) value: String,
    pub(crate) label: String,
    pub(crate) chosen: bool,
}

/// A place in the line above the title.
pub(crate) struct Crumb {
    pub(crate) href: String,
    pub(crate) label: String,
}

impl Choices {
    pub(crate) fn of(say: &Say<'_>, scene: &Scene) -> Self {
        let questionnaire = scene.sight.computed.questionnaire();
        let mut sectors: Vec<(String, Vec<Choice>)> = Vec::new();
        let all = questionnaire.indicators().iter().enumerate();
        for (number, it) in all.filter(|it| it.1.in_force) {
            let sector = say.sector(&it.sector);
            let choice = Choice {
                value: it.code.clone(),
                label: it.label.say(say.language).to_owned(),
                chosen: scene.asked.indicators.contains(&number),
            };
            match sectors.iter_mut().find(|it| it.0 == sector) {
                Some(found) => found.1.push(choice),
                None => sectors.push((sector, vec![choice])),
            }
        }
        let land = &scene.sight.computed.land;
        let path = land.path(&scene.place);
        let above = path.iter().rev().enumerate().map(|(depth, code)| Choice {
            value: (*code).to_owned(),
            label: format!("{}{}", "\u{a0}\u{a0}".repeat(depth), land.name(code)),
            chosen: *code == scene.place,
        });
        let depth = path.len();
        let below = land.children(&scene.place).into_iter().map(|code| Choice {
            value: code.to_owned(),
            label: format!("{}{}", "\u{a0}\u{a0}".repeat(depth), land.name(code)),
            chosen: false,
        });
        let mut quarters: Vec<Quarter> = scene.quarters.clone();
        if !quarters.contains(&scene.quarter) {
            quarters.push(scene.quarter);
            quarters.sort_unstable();
        }
        let quarters = quarters.iter().rev().map(|it| Choice {
            value: it.to_string(),
            label: say.language.short_quarter(*it),
            chosen: *it == scene.quarter,
        });
        Self {
            sectors,
            places: above.chain(below).collect(),
            quarters: quarters.collect(),
            maps: maps(say, scene),
            rule: scene.map_rule(say),
        }
    }
}

/// That of each quarter, that of today, and each map known.
fn maps(say: &Say<'_>, scene: &Scene) -> Vec<Choice> {
    let asked = scene.asked.map;
    let mut out = vec![
        Choice {
            value: String::new(),
            label: say.t("carte-of-period"),
            chosen: asked == Carte::OfThePeriod,
        },
        Choice {
            value: "actuelle".to_owned(),
            label: say.t("carte-today"),
            chosen: asked == Carte::Today,
        },
    ];
    for (day, from) in &scene.maps {
        let label = match from {
            Some(from) => say.with("carte-since", &[("day", say.language.long_date(*from))]),
            None => say.t("carte-oldest"),
        };
        let chosen = asked == Carte::On(*day);
        out.push(Choice { value: day.to_string(), label, chosen });
    }
    if let Carte::On(day) = asked
        && !out.iter().any(|it| it.chosen)
    {
        let label = say.language.long_date(day);
        out.push(Choice { value: day.to_string(), label, chosen: true });
    }
    out
}

/// The places above, each with the same question.
pub(crate) fn crumbs(scene: &Scene) -> Vec<Crumb> {
    let land = &scene.sight.computed.land;
    let codes: Vec<&str> = scene
        .asked
        .indicators
        .iter()
        .filter_map(|it| scene.indicator(*it).map(|it| it.code.as_str()))
        .collect();
    land.path(&scene.place)
        .into_iter()
        .rev()
        .map(|code| Crumb {
            href: if code == scene.place { String::new() } else { scene.go(&codes, code) },
            label: land.name(code).to_owned(),
        })
        .collect()
}

/// The address of the explorer for these indicators, this place, this quarter.
pub(crate) fn href(indicators: &[&str], place: &str, quarter: Quarter) -> String {
    let mut out = "/suivi/indicateurs?".to_owned();
    for code in indicators {
        out.push_str(&format!("indicateur={}&", encoded(code)));
    }
    out.push_str(&format!("lieu={}&periode={quarter}", encoded(place)));
    out
}

/// A code inside an address.
pub(crate) fn encoded(code: &str) -> String {
    let mut out = String::new();
    for byte in code.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' => {
                out.push(char::from(byte));
            }
            other => out.push_str(&format!("%{other:02X}")),
        }
    }
    out
}
