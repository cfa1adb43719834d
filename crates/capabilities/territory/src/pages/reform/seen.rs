//! What an act would change, as a page shows it.

use kernel::Date;
use web::Chrome;

use super::headline;
use crate::lineage::Atlas;
use crate::{Level, Operation, Preview, Reform, Total, Version};

/// A preview in words.
pub(in crate::pages) struct Seen {
    /// What it is; empty for a list.
    pub(in crate::pages) headline: String,
    /// From which day, by which text.
    pub(in crate::pages) lede: String,
    pub(in crate::pages) changes: Vec<ChangeLine>,
    /// Changes that are not shown one by one.
    pub(in crate::pages) more: usize,
    /// The parts that pass from unit to unit.
    pub(in crate::pages) parts: Vec<(String, String, String)>,
    /// Level, before, after.
    pub(in crate::pages) counts: Vec<(String, String, String)>,
    /// Year and source, before, after, equal.
    pub(in crate::pages) totals: Vec<(String, String, String, bool)>,
}

/// A unit that changes.
pub(in crate::pages) struct ChangeLine {
    pub(in crate::pages) name: String,
    pub(in crate::pages) code: String,
    pub(in crate::pages) what: String,
    pub(in crate::pages) before: String,
    pub(in crate::pages) after: String,
}

/// More lines than this are left to the counts.
const MOST: usize = 200;

impl Seen {
    /// The preview of a reform.
    pub(super) fn of(chrome: &Chrome, atlas: &Atlas, reform: &Reform, preview: &Preview) -> Self {
        let mut seen = Self::of_preview(chrome, atlas, preview);
        seen.headline = headline(chrome, atlas, reform);
        let day = chrome.language().long_date(reform.day);
        seen.lede = chrome.t2("reform-seen-lede", ("day", day), ("text", text(chrome, reform)));
        seen.parts = parts(chrome, atlas, reform);
        seen
    }

    /// The preview of anything.
    pub(in crate::pages) fn of_preview(chrome: &Chrome, atlas: &Atlas, preview: &Preview) -> Self {
        let language = chrome.language();
        let day = preview.day;
        let lines = preview.changes.iter().take(MOST).map(|it| {
            let side = |version: &Option<Version>, on: Option<Date>| match version {
                None => "–".to_owned(),
                Some(it) => told(chrome, atlas, it, on, &preview.changes),
            };
            let known = it.after.as_ref().or(it.before.as_ref());
            ChangeLine {
                name: known.map_or_else(|| it.code.clone(), |it| it.name.clone()),
                code: it.code.clone(),
                what: chrome.t(&format!("reform-change-{}", it.change.word())),
                before: side(&it.before, day.map(|it| it.plus_days(-1))),
                after: side(&it.after, day),
            }
        });
        let number = |it: usize| language.integer(i64::try_from(it).unwrap_or(i64::MAX));
        let counts = Level::ALL
            .iter()
            .filter_map(|level| {
                let before = preview.before.units.get(level).copied().unwrap_or(0);
                let after = preview.after.units.get(level).copied().unwrap_or(0);
                if before == 0 && after == 0 || *level == Level::Pays {
                    return None;
                }
                let label = chrome
                    .known(&format!("territory-levels-{level}"))
                    .unwrap_or_else(|| chrome.t(&format!("territory-level-{level}")));
                Some((label, number(before), number(after)))
            })
            .collect();
        let find = |all: &[Total], key: (i64, &str)| {
            all.iter().find(|it| (it.year, it.source.as_str()) == key).map(|it| it.persons)
        };
        let mut keys: Vec<(i64, &str)> = [&preview.before.totals, &preview.after.totals]
            .into_iter()
            .flatten()
            .map(|it| (it.year, it.source.as_str()))
            .collect();
        keys.sort_unstable();
        keys.dedup();
        let shown = |it: Option<i64>| it.map_or("–".to_owned(), |it| language.integer(it));
        let totals = keys
            .into_iter()
            .map(|key| {
                let (before, after) =
                    (find(&preview.before.totals, key), find(&preview.after.totals, key));
                (format!("{}, {}", key.1, key.0), shown(before), shown(after), before == after)
            })
            .collect();
        Self {
            headline: String::new(),
            lede: String::new(),
            more: preview.changes.len().saturating_sub(MOST),
            changes: lines.collect(),
            parts: Vec::new(),
            counts,
            totals,
        }
    }
}

/// « Commune d’exemple 1, sous Cercle d’exemple ».
fn told(
    chrome: &Chrome,
    atlas: &Atlas,
    version: &Version,
    on: Option<Date>,
    changes: &[crate::Changed],
) -> String {
    let Some(parent) = version.parent.as_deref() else { return version.name.clone() };
    // A unit that begins with the act is not in the atlas yet.
    let begun = changes.iter().find(|it| it.code == parent);
    let begun = begun.and_then(|it| it.after.as_ref().or(it.before.as_ref()));
    let above = match (begun, on) {
        (Some(it), _) => it.name.clone(),
        (None, Some(on)) => atlas.name(parent, on).to_owned(),
        (None, None) => parent.to_owned(),
    };
    let key = if version.unknown_parent { "reform-under-unknown" } else { "reform-under" };
    let mut out = chrome.t2(key, ("name", &version.name), ("parent", above));
    if let Some(kind) = &version.kind {
        out.push_str(&format!(" ({kind})"));
    }
    out
}

/// « Décret portant… n° 2025-001, du 20 décembre 2024 ».
pub(super) fn text(chrome: &Chrome, reform: &Reform) -> String {
    let text = &reform.text;
    let mut out = text.title.clone();
    if !text.number.is_empty() {
        out.push_str(&chrome.t1("reform-text-number", "number", &text.number));
    }
    if let Some(day) = text.date {
        out.push_str(&chrome.t1("reform-text-day", "day", chrome.language().long_date(day)));
    }
    out
}

/// The shares of a division or of a union, each with its units.
pub(super) fn parts(
    chrome: &Chrome,
    atlas: &Atlas,
    reform: &Reform,
) -> Vec<(String, String, String)> {
    let eve = reform.day.plus_days(-1);
    let share = |it: Option<crate::Share>| {
        it.map_or_else(|| chrome.t("reform-share-unknown"), |it| it.to_string())
    };
    match &reform.operation {
        Operation::Split { unit, parts } => parts
            .iter()
            .map(|it| {
                let to = match &it.taker {
                    crate::Taker::New(new) => new.name.clone(),
                    crate::Taker::Known(code) => atlas.name(code, eve).to_owned(),
                };
                (atlas.name(unit, eve).to_owned(), to, share(it.share))
            })
            .collect(),
        Operation::Merge { units, into, new } => units
            .iter()
            .map(|it| {
                let to = new
                    .as_ref()
                    .map_or_else(|| atlas.name(into, eve).to_owned(), |it| it.name.clone());
                let back = chrome.t1("reform-share-back", "share", share(it.back));
                (atlas.name(&it.code, eve).to_owned(), to, back)
            })
            .collect(),
        _ => Vec::new(),
    }
}
