//! Units kept in the tree when no source says what is above them.
//!
//! The file of the reform of 2023 gives 33 communes out of more than 800. To drop the 670 others
//! would lose their people; to guess their new cercle would invent. They stay, each under a node
//! that says « rattachement inconnu » and recalls the cercle where they were last known. So a
//! population of one source and year has the same national total under either map.

use std::collections::{BTreeMap, BTreeSet};

use kernel::Date;

use crate::{Level, Load, Source, Unit, Version};

/// The day of the law 2023-007.
const REFORM: (i16, i8, i8) = (2023, 3, 13);
/// The day from which the shipped tree describes all of Mali.
const DESCRIBED_SINCE: (i16, i8, i8) = (1999, 8, 10);

/// The day from which the shipped tree describes all of Mali: before it, cercles and regions are
/// not in the file and totals are not whole.
pub fn described_since() -> Option<Date> {
    let (year, month, day) = DESCRIBED_SINCE;
    Date::new(year, month, day)
}

/// The communes of before, from the day of the reform on.
pub(crate) fn carry_through_2023(mali: &Load, old_file: &[u8], new_file: &[u8]) -> Load {
    let (year, month, day) = REFORM;
    let from = Date::new(year, month, day);
    let mut hasher = blake3::Hasher::new();
    hasher.update(old_file);
    hasher.update(new_file);
    let mut load = Load::of(source(
        "rattachement_inconnu_2023",
        "Communes d’avant 2023 dont le nouveau rattachement n’est pas connu",
        hasher.finalize().to_hex().to_string(),
    ));
    carry(mali, &mut load, None, (from, None), |it| it.valid_to == from);
    load
}

/// The two communes created on 7 June 2001, between the first day described and that day: their
/// people lived in communes that the file does not name.
pub(crate) fn carry_before_2001(mali: &Load) -> Load {
    let from = described_since();
    let hash = mali.source.hash.clone();
    let mut load = Load::of(source(
        "rattachement_inconnu_1999",
        "Communes créées le 7 juin 2001 dont le rattachement d’avant n’est pas connu",
        hash,
    ));
    let created = Date::new(2001, 6, 7);
    carry(mali, &mut load, Some("1999-inconnu"), (from, created), |it| it.valid_from == created);
    load
}

fn source(name: &str, title: &str, hash: String) -> Source {
    Source {
        name: name.to_owned(),
        title: title.to_owned(),
        licence: "déduit par le programme des fichiers livrés".to_owned(),
        hash,
        lines: 0,
        note: Some(
            "Aucune source ne dit où vont ces communes : elles restent sous leur ancien cercle pour que rien ne se perde."
                .to_owned(),
        ),
        invented: false,
    }
}

/// Adds, from one day to another, a version of each commune that `chosen` picks, under its cercle
/// and region of before, marked as of unknown attachment. With a prefix these are units of their
/// own; without, the former units themselves go on, so that a post of a cercle of before keeps its
/// communes until the official list says where they go.
fn carry(
    mali: &Load,
    load: &mut Load,
    prefix: Option<&str>,
    (from, to): (Option<Date>, Option<Date>),
    chosen: impl Fn(&Version) -> bool,
) {
    let levels: BTreeMap<&str, Level> =
        mali.units.iter().map(|it| (it.code.as_str(), it.level)).collect();
    let above: BTreeMap<&str, &Version> =
        mali.versions.iter().map(|it| (it.code.as_str(), it)).collect();
    let node = |code: &str| match prefix {
        Some(prefix) if code != "ML" => format!("{prefix}-{code}"),
        _ => code.to_owned(),
    };
    let mut nodes: BTreeSet<&str> = BTreeSet::new();
    let communes = mali
        .versions
        .iter()
        .filter(|it| levels.get(it.code.as_str()) == Some(&Level::Commune) && chosen(it));
    for commune in communes {
        let Some(parent) = commune.parent.as_deref() else { continue };
        load.versions.push(Version {
            code: commune.code.clone(),
            name: commune.name.clone(),
            parent: Some(node(parent)),
            valid_from: from,
            valid_to: to,
            unknown_parent: true,
            kind: None,
        });
        let mut at = Some(parent);
        while let Some(code) = at.filter(|it| *it != "ML") {
            nodes.insert(code);
            at = above.get(code).and_then(|it| it.parent.as_deref());
        }
    }
    for code in nodes {
        let Some(version) = above.get(code) else { continue };
        if prefix.is_some() {
            load.units.push(unknown(node(code), code, &load.source.title));
        }
        load.versions.push(Version {
            code: node(code),
            name: version.name.clone(),
            parent: version.parent.as_deref().map(node),
            valid_from: from,
            valid_to: to,
            unknown_parent: true,
            kind: None,
        });
    }
    load.source.lines = i64::try_from(load.versions.len()).unwrap_or(i64::MAX);
}

fn unknown(code: String, former: &str, source: &str) -> Unit {
    Unit {
        code,
        country: "ML".to_owned(),
        level: Level::Inconnu,
        kind: None,
        official: None,
        aliases: Vec::new(),
        former: Some(former.to_owned()),
        latitude: None,
        longitude: None,
        point_kind: None,
        source: source.to_owned(),
        invented: false,
    }
}
