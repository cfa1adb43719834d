//! What each operation does to the maps of a country, and what it may not do. Pure.

use std::collections::{BTreeMap, BTreeSet};

use kernel::Date;

use super::refused::LONGEST;
use super::{List, NewUnit, Operation, Piece, Reform, ReformRefused as Refused, Source, Taker};
use crate::lineage::{Atlas, Edge, Event, Share, sum_to_whole};
use crate::{Level, Unit, Version};

/// The longest code.
const CODE: usize = 40;
/// Codes that a refusal writes out.
const NAMED: usize = 12;

/// The rank of a level: a unit lies under one of a smaller rank. Both the District and the regions
/// hold communes; a city of Senegal groups communes of its department.
pub(crate) fn rank(level: Level) -> u8 {
    match level {
        Level::Pays => 0,
        Level::Region | Level::District => 1,
        Level::Cercle | Level::Departement => 2,
        Level::Ville => 3,
        Level::Commune => 4,
        // It stands for any of them.
        Level::Inconnu => 5,
    }
}

/// Whether a text can be a code: letters without accents, digits, `-`, `_` and `.`.
pub(crate) fn is_code(text: &str) -> bool {
    (1..=CODE).contains(&text.len())
        && text.bytes().all(|it| it.is_ascii_alphanumeric() || b"-_.".contains(&it))
        // An address that ends so asks for a file of the unit.
        && !text.ends_with(".json")
}

/// Whether a text can be a name.
pub(crate) fn is_name(text: &str) -> bool {
    !text.trim().is_empty()
        && text.chars().count() <= LONGEST
        && !text.chars().any(char::is_control)
}

/// The first codes of a list, for a sentence.
pub(crate) fn some(codes: impl IntoIterator<Item = impl AsRef<str>>) -> String {
    let all: Vec<String> = codes.into_iter().map(|it| it.as_ref().to_owned()).collect();
    let mut out = all.iter().take(NAMED).cloned().collect::<Vec<_>>().join(", ");
    if NAMED < all.len() {
        out.push_str(", …");
    }
    out
}

impl Atlas {
    /// Applies a reform, under this mark.
    ///
    /// # Errors
    ///
    /// The first rule that it breaks. The atlas is then half changed and must be thrown away.
    pub(crate) fn apply(&mut self, mark: &str, reform: &Reform) -> Result<(), Refused> {
        let before = self.orphans();
        let day = reform.day;
        let edges = match &reform.operation {
            Operation::Create { unit } => {
                self.begin(unit, reform)?;
                Vec::new()
            }
            Operation::Split { unit, parts } => self.split(unit, parts, reform)?,
            Operation::Merge { units, into, new } => {
                self.merge(units, into, new.as_ref(), reform)?
            }
            Operation::Rename { unit, name } => {
                self.rename(unit, name, day)?;
                Vec::new()
            }
            Operation::Move { units, parent } => {
                if units.is_empty() {
                    return Err(Refused::NothingChanges);
                }
                for unit in units {
                    self.attach(unit, parent, day)?;
                }
                Vec::new()
            }
            Operation::Close { unit } => {
                self.end(unit, day, "unite")?;
                Vec::new()
            }
            Operation::Kind { unit, kind } => {
                self.change_kind(unit, kind, day)?;
                Vec::new()
            }
        };
        let unit = reform.operation.units().first().copied().unwrap_or_default().to_owned();
        let lost: BTreeSet<String> =
            self.orphans().difference(&before).map(|it| it.0.clone()).collect();
        if !lost.is_empty() {
            return Err(Refused::Orphans { unit, count: lost.len(), codes: some(&lost) });
        }
        if !edges.is_empty() {
            self.events.push(Event { day, act: mark.to_owned(), edges });
        }
        Ok(())
    }

    /// Applies the official list of a country. From the first day that it gives for a unit on, the
    /// list alone says what becomes of it; what it does not name stays as it is.
    ///
    /// # Errors
    ///
    /// If units would have nothing above them. The atlas must then be thrown away.
    pub(crate) fn apply_list(&mut self, mark: &str, list: &List) -> Result<(), Refused> {
        let before = self.orphans();
        for it in &list.load.units {
            match self.units.get_mut(&it.code) {
                Some(known) if known.level != it.level => {
                    return Err(Refused::OtherLevel(it.code.clone()));
                }
                Some(known) => {
                    known.kind = it.kind.clone().or(known.kind.take());
                    known.official = it.official.clone().or(known.official.take());
                    for alias in &it.aliases {
                        if !known.aliases.contains(alias) {
                            known.aliases.push(alias.clone());
                        }
                    }
                    known.aliases.sort_unstable();
                }
                None => {
                    self.units.insert(it.code.clone(), it.clone());
                }
            }
        }
        let mut given: BTreeMap<&str, Vec<&Version>> = BTreeMap::new();
        for it in &list.load.versions {
            given.entry(&it.code).or_default().push(it);
        }
        for (code, mut lines) in given {
            lines.sort_by_key(|it| it.valid_from);
            let first = lines.first().and_then(|it| it.valid_from);
            let known = self.versions.entry(code.to_owned()).or_default();
            match first {
                None => known.clear(),
                Some(day) => cut(known, day),
            }
            known.extend(lines.into_iter().cloned());
        }
        let mut events: BTreeMap<Date, Vec<Edge>> = BTreeMap::new();
        for it in &list.lineage {
            events.entry(it.day).or_default().push(it.edge.clone());
        }
        for (day, edges) in events {
            for it in &edges {
                let named = list.load.versions.iter().any(|line| line.code == it.from);
                let goes_on =
                    edges.iter().any(|other| other.from == it.from && other.to == it.from);
                if !named
                    && !goes_on
                    && let Some(known) = self.versions.get_mut(&it.from)
                {
                    cut(known, day);
                }
            }
            self.events.push(Event { day, act: mark.to_owned(), edges });
        }
        let lost: BTreeSet<String> =
            self.orphans().difference(&before).map(|it| it.0.clone()).collect();
        if lost.is_empty() {
            Ok(())
        } else {
            Err(Refused::ListOrphans { count: lost.len(), codes: some(&lost) })
        }
    }

    /// The versions whose unit above does not exist during all of their time: code, first day.
    pub(crate) fn orphans(&self) -> BTreeSet<(String, Option<Date>)> {
        let covered = |parent: &str, from: Option<Date>, to: Option<Date>| {
            let Some(all) = self.versions.get(parent) else { return false };
            // The first day not yet covered; `Some(None)` before all days.
            let mut at = from;
            for it in all {
                let begins =
                    it.valid_from.is_none() || at.is_some_and(|at| it.valid_from <= Some(at));
                if !begins || it.valid_to.is_some_and(|end| at.is_some_and(|at| end <= at)) {
                    continue;
                }
                match (it.valid_to, to) {
                    (None, _) => return true,
                    (Some(end), Some(to)) if to <= end => return true,
                    (Some(end), _) => at = Some(end),
                }
            }
            false
        };
        self.versions
            .values()
            .flatten()
            .filter(|it| {
                it.parent.as_deref().is_some_and(|up| !covered(up, it.valid_from, it.valid_to))
            })
            .map(|it| (it.code.clone(), it.valid_from))
            .collect()
    }

    fn begin(&mut self, new: &NewUnit, reform: &Reform) -> Result<(), Refused> {
        if !is_code(&new.code) {
            return Err(Refused::BadCode(new.code.clone()));
        }
        if self.units.contains_key(&new.code) {
            return Err(Refused::CodeTaken(new.code.clone()));
        }
        if !is_name(&new.name) {
            return Err(Refused::BadName(new.name.clone()));
        }
        if matches!(new.level, Level::Pays | Level::Inconnu) {
            return Err(Refused::BadLevel);
        }
        self.may_hold(&new.code, new.level, &new.parent, reform.day)?;
        let invented = self.units.get(&self.country).is_some_and(|it| it.invented);
        self.units.insert(
            new.code.clone(),
            Unit {
                code: new.code.clone(),
                country: self.country.clone(),
                level: new.level,
                kind: new.kind.clone(),
                official: new.official.clone(),
                aliases: Vec::new(),
                former: None,
                latitude: None,
                longitude: None,
                point_kind: None,
                source: reform.text.to_string(),
                invented,
            },
        );
        self.versions.insert(
            new.code.clone(),
            vec![Version {
                code: new.code.clone(),
                name: new.name.trim().to_owned(),
                parent: Some(new.parent.clone()),
                valid_from: Some(reform.day),
                valid_to: None,
                unknown_parent: false,
                kind: None,
            }],
        );
        Ok(())
    }

    /// Whether `parent` may hold a unit of this level from this day.
    fn may_hold(&self, unit: &str, level: Level, parent: &str, day: Date) -> Result<(), Refused> {
        let told = || Refused::NoParent { parent: parent.to_owned(), day };
        let above = self.level(parent).filter(|_| self.is_alive(parent, day)).ok_or_else(told)?;
        if self.path(parent, day).contains(&unit) {
            return Err(Refused::Circle { unit: unit.to_owned() });
        }
        if rank(level) <= rank(above) {
            return Err(Refused::NotAbove { unit: unit.to_owned(), parent: parent.to_owned() });
        }
        Ok(())
    }

    fn must_live(&self, code: &str, day: Date, field: &'static str) -> Result<&Version, Refused> {
        let told = || Refused::NotAlive { field, code: code.to_owned(), day };
        self.version_on(code, day).ok_or_else(told)
    }

    /// Ends a unit on the eve of a day.
    fn end(&mut self, code: &str, day: Date, field: &'static str) -> Result<(), Refused> {
        if code == self.country {
            return Err(Refused::IsCountry(code.to_owned()));
        }
        self.must_live(code, day.plus_days(-1), field)?;
        self.must_live(code, day, field)?;
        self.unchanged_after(code, day)?;
        if let Some(known) = self.versions.get_mut(code) {
            cut(known, day);
        }
        Ok(())
    }

    fn unchanged_after(&self, code: &str, day: Date) -> Result<(), Refused> {
        let versions = self.versions.get(code).into_iter().flatten();
        let begins = versions.filter_map(|it| it.valid_from);
        let touches = |it: &&Event| it.edges.iter().any(|it| it.from == code || it.to == code);
        let events = self.events.iter().filter(touches).map(|it| it.day);
        match begins.chain(events).filter(|it| day < *it).min() {
            Some(day) => Err(Refused::ChangesLater { code: code.to_owned(), day }),
            None => Ok(()),
        }
    }

    /// Changes a unit from a day on, for as long as what changes was the same.
    fn change<T: PartialEq>(
        &mut self,
        code: &str,
        day: Date,
        read: impl Fn(&Version) -> T,
        write: impl Fn(&mut Version),
    ) {
        let Some(known) = self.versions.get_mut(code) else { return };
        let Some(at) = known.iter().position(|it| it.holds_on(day)) else { return };
        let old = read(&known[at]);
        let mut at = at;
        if known[at].valid_from.is_none_or(|it| it < day) {
            let mut later = known[at].clone();
            later.valid_from = Some(day);
            known[at].valid_to = Some(day);
            at += 1;
            known.insert(at, later);
        }
        let mut end = known[at].valid_from;
        for it in &mut known[at..] {
            if it.valid_from != end || read(it) != old {
                break;
            }
            write(it);
            end = it.valid_to;
            if end.is_none() {
                break;
            }
        }
    }

    fn rename(&mut self, code: &str, name: &str, day: Date) -> Result<(), Refused> {
        let name = name.trim();
        if !is_name(name) {
            return Err(Refused::BadName(name.to_owned()));
        }
        if self.must_live(code, day, "unite")?.name == name {
            return Err(Refused::NothingChanges);
        }
        self.change(code, day, |it| it.name.clone(), |it| it.name = name.to_owned());
        Ok(())
    }

    fn change_kind(&mut self, code: &str, kind: &str, day: Date) -> Result<(), Refused> {
        let kind = kind.trim();
        if !is_name(kind) {
            return Err(Refused::BadName(kind.to_owned()));
        }
        let known = self.must_live(code, day, "unite")?.kind.clone();
        let now = known.or_else(|| self.units.get(code).and_then(|it| it.kind.clone()));
        if now.as_deref() == Some(kind) {
            return Err(Refused::NothingChanges);
        }
        self.change(code, day, |it| it.kind.clone(), |it| it.kind = Some(kind.to_owned()));
        Ok(())
    }

    fn attach(&mut self, code: &str, parent: &str, day: Date) -> Result<(), Refused> {
        if code == self.country {
            return Err(Refused::IsCountry(code.to_owned()));
        }
        let known = self.must_live(code, day, "sous")?;
        if known.parent.as_deref() == Some(parent) && !known.unknown_parent {
            return Err(Refused::NothingChanges);
        }
        let level = self.level(code).unwrap_or(Level::Inconnu);
        self.may_hold(code, level, parent, day)?;
        self.change(
            code,
            day,
            |it| (it.parent.clone(), it.unknown_parent),
            |it| {
                it.parent = Some(parent.to_owned());
                it.unknown_parent = false;
            },
        );
        Ok(())
    }

    fn split(
        &mut self,
        code: &str,
        parts: &[Piece],
        reform: &Reform,
    ) -> Result<Vec<Edge>, Refused> {
        let day = reform.day;
        if code == self.country {
            return Err(Refused::IsCountry(code.to_owned()));
        }
        if parts.len() < 2 {
            return Err(Refused::OnePart);
        }
        self.must_live(code, day.plus_days(-1), "unite")?;
        self.must_live(code, day, "unite")?;
        let level = self.level(code).unwrap_or(Level::Inconnu);
        shares(parts.iter().map(|it| it.share))?;
        let mut seen = BTreeSet::new();
        for it in parts {
            if !seen.insert(it.code()) {
                return Err(Refused::Twice(it.code().to_owned()));
            }
        }
        let mut edges = Vec::new();
        for part in parts {
            let to = part.code();
            let mut back = Some(Share::WHOLE);
            match &part.taker {
                Taker::New(new) => {
                    if new.level != level {
                        return Err(Refused::OtherLevel(new.code.clone()));
                    }
                    self.begin(new, reform)?;
                }
                Taker::Known(known) if known == code => {}
                Taker::Known(known) => {
                    self.must_live(known, day.plus_days(-1), "code")?;
                    self.must_live(known, day, "code")?;
                    if self.level(known) != Some(level) {
                        return Err(Refused::OtherLevel(known.clone()));
                    }
                    // What it was before, and what it takes: nobody weighs them.
                    back = None;
                    edges.push(Edge {
                        from: known.clone(),
                        to: known.clone(),
                        share: Some(Share::WHOLE),
                        back: None,
                    });
                }
            }
            edges.push(Edge { from: code.to_owned(), to: to.to_owned(), share: part.share, back });
        }
        let under: Vec<String> = self.children(code, day).into_iter().map(str::to_owned).collect();
        let mut taken = BTreeSet::new();
        for part in parts {
            for child in &part.takes {
                if !under.contains(child) {
                    return Err(Refused::NotUnder { code: child.clone(), unit: code.to_owned() });
                }
                if !taken.insert(child.clone()) {
                    return Err(Refused::Twice(child.clone()));
                }
                if part.code() != code {
                    self.attach(child, part.code(), day)?;
                }
            }
        }
        if !parts.iter().any(|it| it.code() == code) {
            let left: Vec<&String> = under.iter().filter(|it| !taken.contains(*it)).collect();
            if !left.is_empty() {
                let (count, codes) = (left.len(), some(left));
                return Err(Refused::Orphans { unit: code.to_owned(), count, codes });
            }
            self.end(code, day, "unite")?;
        }
        Ok(edges)
    }

    fn merge(
        &mut self,
        units: &[Source],
        into: &str,
        new: Option<&NewUnit>,
        reform: &Reform,
    ) -> Result<Vec<Edge>, Refused> {
        let day = reform.day;
        let fewest = if new.is_some() { 1 } else { 2 };
        if units.len() < fewest {
            return Err(Refused::OneUnit);
        }
        shares(units.iter().map(|it| it.back))?;
        let mut seen = BTreeSet::new();
        let first = units.first().and_then(|it| self.level(&it.code));
        for it in units {
            if !seen.insert(it.code.as_str()) {
                return Err(Refused::Twice(it.code.clone()));
            }
            if it.code == self.country {
                return Err(Refused::IsCountry(it.code.clone()));
            }
            self.must_live(&it.code, day.plus_days(-1), "unite")?;
            if self.level(&it.code) != first {
                return Err(Refused::OtherLevel(it.code.clone()));
            }
        }
        match new {
            Some(new) => self.begin(&NewUnit { code: into.to_owned(), ..new.clone() }, reform)?,
            None if !seen.contains(into) => {
                return Err(Refused::NotAlive { field: "unite", code: into.to_owned(), day });
            }
            None => {}
        }
        let mut edges = Vec::new();
        for it in units {
            let under: Vec<String> =
                self.children(&it.code, day).into_iter().map(str::to_owned).collect();
            if it.code != into {
                for child in &under {
                    self.attach(child, into, day)?;
                }
                self.end(&it.code, day, "unite")?;
            }
            edges.push(Edge {
                from: it.code.clone(),
                to: into.to_owned(),
                share: Some(Share::WHOLE),
                back: it.back,
            });
        }
        Ok(edges)
    }
}

/// Ends what holds on a day on its eve, and forgets what begins later.
fn cut(known: &mut Vec<Version>, day: Date) {
    known.retain(|it| it.valid_from.is_none_or(|it| it < day));
    if let Some(last) = known.last_mut()
        && last.valid_to.is_none_or(|it| day < it)
    {
        last.valid_to = Some(day);
    }
}

/// Shares are all unknown, or all known and make up the whole.
fn shares(given: impl Iterator<Item = Option<Share>>) -> Result<(), Refused> {
    let all: Vec<Option<Share>> = given.collect();
    let known: Vec<Share> = all.iter().copied().flatten().collect();
    if known.is_empty() {
        return Ok(());
    }
    if known.len() != all.len() {
        return Err(Refused::SomeShares);
    }
    if sum_to_whole(&known) { Ok(()) } else { Err(Refused::NotWhole) }
}
