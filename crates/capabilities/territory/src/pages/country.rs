//! `/territoire`: the countries known, Mali in summary, and the search.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use kernel::{Date, Failure};
use web::{Chrome, PageFailure, Visit};

use super::map::Picture;
use super::{
    AskedDay, DayLink, PopulationRow, day_links, last, latest, population_rows, sums_of_unknown,
};
use crate::{Hit, Level, Place};

/// Results of each kind on one page.
const MOST: usize = 40;
/// The longest question, in letters.
const LONGEST: usize = 120;

#[derive(Template)]
#[template(path = "territory/country.html")]
struct View {
    chrome: Chrome,
    q: String,
    le: String,
    day: String,
    day_error: String,
    q_error: String,
    day_links: Vec<DayLink>,
    searched: bool,
    units: Vec<Found>,
    villages: Vec<Found>,
    partners: Vec<Found>,
    populations: Vec<PopulationRow>,
    counts: Vec<(String, String)>,
    regions: Vec<Row>,
    others: Vec<Row>,
    before_map: bool,
    incomplete: bool,
    map: Picture,
    may_load: bool,
}

/// A line of results.
struct Found {
    href: String,
    name: String,
    about: String,
}

/// A line of the table of regions.
struct Row {
    href: String,
    name: String,
    level: String,
    population: String,
}

pub(super) async fn show(
    visit: Visit,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Response, PageFailure> {
    let asked = AskedDay::read(&pairs);
    let q = last(&pairs, "q");
    let day = asked.day.unwrap_or(visit.today());
    let chrome = visit.chrome("territory-title");
    let too_long = LONGEST < q.chars().count();
    let question = if too_long { String::new() } else { q.clone() };
    let searching = !question.is_empty();
    let language = visit.language;
    let words = chrome.clone();
    let suffix = asked.day.map(|it| format!("?le={it}")).unwrap_or_default();
    let work = move |tx: &mut db::Tx<'_>| {
        let hits = if searching { crate::search(tx, &question, day, MOST)? } else { Vec::new() };
        let found = tell(&words, hits, &suffix);
        let published = crate::populations(tx, "ML")?;
        let totals = crate::totals(tx, "ML", day)?;
        let below = crate::subtree(tx, "ML", day)?;
        let carried = crate::carried(tx, "ML", day)?;
        let counts = counts(&words, &below, &carried);
        let children = crate::children(tx, "ML", day)?;
        let mut each = crate::child_populations(tx, "ML", day)?;
        each.extend(sums_of_unknown(tx, &children, day)?);
        let row = |it: &Place| Row {
            href: format!("/territoire/{}{suffix}", it.code),
            name: it.name.clone(),
            level: words.t(&format!("territory-level-{}", it.shown_level())),
            population: latest(language, &each, &it.code),
        };
        let regions = children.iter().map(row).collect();
        let map = Picture::of(
            &words,
            &*crate::outlines(tx)?,
            (words.t("territory-map-mali"), 720),
            &children,
            &each,
            |it| Some(format!("/territoire/{}{suffix}", it.code)),
            "ML",
        );
        let incomplete = children.iter().any(Place::is_of_unknown_place);
        let others = crate::roots(tx, day)?.iter().filter(|it| it.code != "ML").map(row).collect();
        let populations = population_rows(language, &published, &totals);
        Ok::<_, Failure>((found, populations, counts, regions, others, incomplete, map))
    };
    let ((units, villages, partners), populations, counts, regions, others, incomplete, map) =
        visit.app.read(work).await?;
    let view = View {
        day: language.long_date(day),
        day_error: if asked.wrong {
            chrome.t1("territory-bad-day", "value", &asked.typed)
        } else {
            String::new()
        },
        q_error: if too_long { chrome.t("territory-question-too-long") } else { String::new() },
        day_links: day_links("/territoire", &chrome, day, visit.today()),
        before_map: crate::described_since().is_some_and(|it: Date| day < it),
        le: if asked.typed.is_empty() { day.to_string() } else { asked.typed.clone() },
        searched: searching,
        chrome,
        q,
        units,
        villages,
        partners,
        populations,
        counts,
        regions,
        others,
        incomplete,
        map,
        may_load: super::outlines::may_load(&visit),
    };
    if asked.wrong || too_long { visit.correct(&view) } else { visit.page(&view) }
}

/// How many units of each level there are; those whose unit above is not known are counted
/// apart, since some of them may also be among the others under another code.
fn counts(
    words: &Chrome,
    below: &[(String, Level)],
    carried: &BTreeMap<Level, i64>,
) -> Vec<(String, String)> {
    let mut out = Vec::new();
    for level in Level::ALL.iter().filter(|it| !matches!(it, Level::Pays | Level::Inconnu)) {
        let count = below.iter().filter(|it| it.1 == *level).count();
        let count = i64::try_from(count).unwrap_or(i64::MAX) - carried.get(level).unwrap_or(&0);
        if 0 < count {
            let label = words.t(&format!("territory-levels-{level}"));
            out.push((label, words.language().integer(count)));
        }
    }
    if let Some(communes) = carried.get(&Level::Commune) {
        let label = words.t("territory-levels-carried");
        out.push((label, words.language().integer(*communes)));
    }
    out
}

type Lists = (Vec<Found>, Vec<Found>, Vec<Found>);

fn tell(words: &Chrome, hits: Vec<Hit>, suffix: &str) -> Lists {
    let (mut units, mut villages, mut partners) = (Vec::new(), Vec::new(), Vec::new());
    for hit in hits {
        match hit {
            Hit::Unit(it) => units.push(Found {
                href: format!("/territoire/{}{suffix}", it.code),
                about: format!(
                    "{} · {}",
                    words.t(&format!("territory-level-{}", it.level)),
                    it.code
                ),
                name: it.name,
            }),
            Hit::Locality(village, commune) => villages.push(Found {
                href: format!("/territoire/{}{suffix}", commune.code),
                name: village.name,
                about: words.t1("territory-village-of", "commune", &commune.name),
            }),
            Hit::Foreign(it) => partners.push(Found {
                href: format!("/registre?q={}", encoded(&it.name)),
                about: words.t(&format!("foreign-level-{}", it.level)),
                name: format!("{} ({})", it.name, words.t(&format!("country-{}", it.country))),
            }),
        }
    }
    (units, villages, partners)
}

/// A text inside an address.
fn encoded(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}
