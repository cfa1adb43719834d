//! From what a person typed to a reform.

use std::collections::{BTreeMap, BTreeSet};

use kernel::Date;

use super::PIECES;
use crate::lineage::{Atlas, Share};
use crate::reform::{
    LegalText, NewUnit, Operation, Piece, Reform, ReformRefused as Refused, Source, Taker,
};
use crate::{Level, Population};

/// The fields of a form.
pub(super) struct Typed(Vec<(String, String)>);

impl Typed {
    pub(super) fn new(pairs: Vec<(String, String)>) -> Self {
        Self(pairs)
    }

    /// The last value of a field, without spaces around.
    pub(super) fn get(&self, name: &str) -> &str {
        self.0.iter().rev().find(|it| it.0 == name).map_or("", |it| it.1.trim())
    }

    /// All the values of a field.
    pub(super) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |it| it.0 == name).map(|it| it.1.trim())
    }

    pub(super) fn pairs(&self) -> impl Iterator<Item = (String, String)> {
        self.0.iter().cloned()
    }

    pub(super) fn last_values(&self) -> BTreeMap<String, String> {
        self.0.iter().map(|it| (it.0.clone(), it.1.trim().to_owned())).collect()
    }
}

/// Reads the form of an operation on a unit.
pub(super) fn reform(
    typed: &Typed,
    code: &str,
    atlas: &Atlas,
    populations: &[Population],
) -> Result<Reform, Refused> {
    let day =
        day(typed, "jour")?.ok_or(Refused::BadDate { field: "jour", value: String::new() })?;
    let text = LegalText {
        title: typed.get("texte").to_owned(),
        number: typed.get("numero").to_owned(),
        date: self::day(typed, "date-texte")?,
    };
    let unit = code.to_owned();
    let operation = match typed.get("operation") {
        "scission" => split(typed, code, atlas)?,
        "fusion" => merge(typed, code, atlas, populations, day)?,
        "rattachement" => Operation::Move {
            units: std::iter::once(unit).chain(codes(typed.get("aussi"))).collect(),
            parent: typed.get("parent").to_owned(),
        },
        "nom" => Operation::Rename { unit, name: typed.get("nom").to_owned() },
        "genre" => Operation::Kind { unit, kind: typed.get("genre").to_owned() },
        "creation" => {
            let level = typed.get("niveau").parse().map_err(|_| Refused::BadLevel)?;
            Operation::Create { unit: new_unit(typed, "", level, code) }
        }
        "fin" => Operation::Close { unit },
        _ => return Err(Refused::NothingChanges),
    };
    Ok(Reform { country: atlas.country.clone(), day, text, operation })
}

fn day(typed: &Typed, field: &'static str) -> Result<Option<Date>, Refused> {
    let text = typed.get(field);
    if text.is_empty() {
        return Ok(None);
    }
    let wrong = || Refused::BadDate { field, value: text.to_owned() };
    tables::read_date(text).map(Some).ok_or_else(wrong)
}

fn codes(text: &str) -> Vec<String> {
    let cut = text.split([' ', ',', ';', '\n']);
    cut.map(str::trim).filter(|it| !it.is_empty()).map(str::to_owned).collect()
}

fn optional(text: &str) -> Option<String> {
    Some(text.to_owned()).filter(|it| !it.is_empty())
}

fn new_unit(typed: &Typed, suffix: &str, level: Level, parent: &str) -> NewUnit {
    let cell = |what: &str| typed.get(&format!("{what}{suffix}")).to_owned();
    NewUnit {
        code: cell("code"),
        name: cell("nom"),
        level,
        parent: parent.to_owned(),
        kind: optional(&cell("genre")),
        official: optional(&cell("officiel")),
    }
}

/// Line 0 is the unit itself if it goes on; a line with a code and no name is a neighbour.
fn split(typed: &Typed, code: &str, atlas: &Atlas) -> Result<Operation, Refused> {
    let level = atlas.level(code).unwrap_or(Level::Commune);
    let goes_on = typed.get("continue") == "oui";
    let mut lines = Vec::new();
    for number in 0..PIECES {
        let suffix = format!("-{number}");
        let cell = |what: &str| typed.get(&format!("{what}{suffix}"));
        let taker = match number {
            0 if goes_on => Taker::Known(code.to_owned()),
            0 => continue,
            _ if cell("code").is_empty() && cell("nom").is_empty() => continue,
            _ if cell("nom").is_empty() => Taker::Known(cell("code").to_owned()),
            _ => Taker::New(new_unit(typed, &suffix, level, cell("parent"))),
        };
        lines.push((number, taker, cell("part")));
    }
    let shares = shares(&lines.iter().map(|it| it.2).collect::<Vec<_>>())?;
    let mut taken: BTreeMap<usize, Vec<String>> = BTreeMap::new();
    for (name, goes) in typed.last_values() {
        if let (Some(child), Ok(number)) = (name.strip_prefix("va-"), goes.parse()) {
            taken.entry(number).or_default().push(child.to_owned());
        }
    }
    let parts = lines
        .into_iter()
        .zip(shares)
        .map(|((number, taker, _), share)| Piece {
            taker,
            share,
            takes: taken.remove(&number).unwrap_or_default(),
        })
        .collect();
    Ok(Operation::Split { unit: code.to_owned(), parts })
}

fn merge(
    typed: &Typed,
    code: &str,
    atlas: &Atlas,
    populations: &[Population],
    day: Date,
) -> Result<Operation, Refused> {
    let mut all = vec![code.to_owned()];
    all.extend(typed.all("avec").filter(|it| !it.is_empty()).map(str::to_owned));
    all.extend(codes(typed.get("aussi")));
    let mut seen = BTreeSet::new();
    all.retain(|it| seen.insert(it.clone()));
    let into = match typed.get("code") {
        "" => code.to_owned(),
        other => other.to_owned(),
    };
    let level = atlas.level(code).unwrap_or(Level::Commune);
    let parent = atlas.version_on(code, day).and_then(|it| it.parent.clone()).unwrap_or_default();
    let new = match typed.get("nom") {
        "" => None,
        _ => {
            let up = optional(typed.get("parent")).unwrap_or(parent);
            let level = typed.get("niveau").parse().unwrap_or(level);
            Some(NewUnit { code: into.clone(), ..new_unit(typed, "", level, &up) })
        }
    };
    if new.is_none() && !all.contains(&into) {
        all.push(into.clone());
    }
    let backs = backs(typed.get("cle"), &all, populations);
    let units = all.into_iter().zip(backs).map(|(code, back)| Source { code, back }).collect();
    Ok(Operation::Merge { units, into, new })
}

/// The parts by which later figures would be divided again: by a population that counts them all,
/// or unknown.
fn backs(key: &str, units: &[String], populations: &[Population]) -> Vec<Option<Share>> {
    let persons: Option<Vec<u64>> = units
        .iter()
        .map(|code| {
            let found = populations
                .iter()
                .find(|it| it.code == *code && key == format!("{}|{}", it.year, it.source))?;
            u64::try_from(found.persons).ok()
        })
        .collect();
    match persons {
        Some(persons) => {
            let whole = persons.iter().sum();
            persons.into_iter().map(|it| Share::new(it, whole)).collect()
        }
        None => vec![None; units.len()],
    }
}

/// The years and sources that counted a unit, the latest first.
pub(super) fn counted<'a>(populations: &'a [Population], code: &str) -> Vec<(i64, &'a str)> {
    let own = populations.iter().filter(|it| it.code == code);
    let mut out: Vec<(i64, &str)> = own.map(|it| (it.year, it.source.as_str())).collect();
    out.sort_unstable_by(|a, b| b.cmp(a));
    out
}

/// Shares as typed: all empty, all shares, or all populations.
fn shares(texts: &[&str]) -> Result<Vec<Option<Share>>, Refused> {
    if texts.iter().all(|it| it.is_empty()) {
        return Ok(vec![None; texts.len()]);
    }
    if texts.iter().any(|it| it.is_empty()) {
        return Err(Refused::SomeShares);
    }
    let whole = |text: &&str| -> Option<u64> {
        let plain: String = text.chars().filter(|it| !it.is_whitespace()).collect();
        let digits = plain.bytes().all(|it| it.is_ascii_digit());
        if digits { plain.parse().ok() } else { None }
    };
    let persons: Option<Vec<u64>> = texts.iter().map(whole).collect();
    if let Some(persons) = persons
        && let Some(all) = persons.iter().try_fold(0_u64, |sum, it| sum.checked_add(*it))
        && 1 < all
    {
        return Ok(persons.into_iter().map(|it| Share::new(it, all)).collect());
    }
    let read = |text: &&str| text.parse().map(Some).map_err(|_| Refused::BadShare((*text).into()));
    texts.iter().map(read).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_typed_as_parts_or_as_people() {
        let share = |parts, whole| Share::new(parts, whole);
        for (typed, expected) in [
            (vec!["", ""], Ok(vec![None, None])),
            (vec!["1/3", "2/3"], Ok(vec![share(1, 3), share(2, 3)])),
            (vec!["40 %", "0,6"], Ok(vec![share(2, 5), share(3, 5)])),
            (vec!["12 000", "4 000"], Ok(vec![share(3, 4), share(1, 4)])),
            (vec!["1", "0"], Ok(vec![share(1, 1), share(0, 1)])),
            (vec!["1/3", ""], Err(Refused::SomeShares)),
            (vec!["un tiers", "2/3"], Err(Refused::BadShare("un tiers".to_owned()))),
        ] {
            assert_eq!(shares(&typed), expected, "{typed:?}");
        }
    }
}
