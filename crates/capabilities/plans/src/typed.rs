//! Lines, plans and steps as people type them, in a form or in a table: read once, here.

use std::collections::BTreeMap;

use db::Tx;
use kernel::search::fold;
use kernel::{Date, Failure, Id, Message, Stop};

use crate::{Adoption, Funding, Line, Plan, State, Tranche};

/// The longest title, number, place or reference, in letters.
pub(crate) const LONGEST_NAME: usize = 200;
/// The longest action, objective or reason, in letters.
pub(crate) const LONGEST_TEXT: usize = 600;
/// No line costs more, in francs CFA.
const MOST: i64 = 1_000_000_000_000;
/// No priority is larger.
const LAST_PRIORITY: i64 = 9999;
/// The years that a plan may hold, and how many of them.
const YEARS: std::ops::RangeInclusive<i64> = 1990..=2100;
const LONGEST_PLAN: i64 = 15;

/// What is wrong with what was typed: the field (empty for the whole) and the sentence.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Refusals(pub Vec<(String, Message)>);

impl Refusals {
    pub(crate) fn push(&mut self, field: &str, message: Message) {
        self.0.push((field.to_owned(), message));
    }

    pub(crate) fn wrong(&mut self, field: &str, key: &str, value: &str) {
        self.push(field, Message::new(key).with("value", value));
    }

    /// Refuses a text that is too long or holds control signs.
    pub(crate) fn text(&mut self, field: &str, text: &str, most: usize) {
        if most < text.chars().count() {
            self.push(field, Message::new("plans-too-long").with("most", most));
        }
        if text.chars().any(|it| it.is_control() && it != '\n' && it != '\r') {
            self.push(field, Message::new("plans-control-signs"));
        }
    }

    pub(crate) fn check(self) -> Result<(), Stop<Self>> {
        if self.0.is_empty() { Ok(()) } else { Err(Stop::Refused(self)) }
    }

    pub(crate) fn one<T>(field: &str, message: Message) -> Result<T, Stop<Self>> {
        Err(Stop::Refused(Self(vec![(field.to_owned(), message)])))
    }
}

/// What a line may name: the years of its plan, the villages of its commune, the syndicats that
/// may carry it out.
#[derive(Clone, Debug)]
pub struct Ground {
    /// The plan.
    pub plan: Plan,
    /// Code and name.
    pub villages: Vec<(String, String)>,
    /// Identifier and name.
    pub owners: Vec<(Id, String)>,
}

impl Ground {
    /// The ground of a plan.
    ///
    /// # Errors
    ///
    /// If the store fails.
    pub fn of(tx: &mut Tx<'_>, plan: Plan) -> Result<Self, Failure> {
        let villages = territory::localities(tx, &plan.commune)?;
        let villages = villages.into_iter().map(|it| (it.code, it.name)).collect();
        let owners = territory::groups_of(tx, &plan.commune)?;
        let owners = owners.into_iter().map(|it| (it.id, it.name)).collect();
        Ok(Self { plan, villages, owners })
    }

    /// The name of a village.
    pub fn village(&self, code: &str) -> Option<&str> {
        self.villages.iter().find(|it| it.0 == code).map(|it| it.1.as_str())
    }

    /// The name of a syndicat.
    pub fn owner(&self, id: Id) -> Option<&str> {
        self.owners.iter().find(|it| it.0 == id).map(|it| it.1.as_str())
    }
}

/// A line as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedLine {
    /// The sector, by code or name.
    pub sector: String,
    /// The objective.
    pub objective: String,
    /// The action.
    pub action: String,
    /// The village, by code or name; empty for the whole commune.
    pub place: String,
    /// The years: `2024`, `2024-2026`, `2024, 2026`.
    pub years: String,
    /// The whole cost.
    pub cost: String,
    /// The cost of each year.
    pub costs: BTreeMap<i64, String>,
    /// The sources of money, by code or name, between commas.
    pub funding: String,
    /// The priority.
    pub priority: String,
    /// The syndicat that carries it out; empty for the commune.
    pub owner: String,
}

/// A whole number as people type it: « 12 500 000 ».
pub(crate) fn whole(text: &str) -> Option<i64> {
    let number = kernel::format::read_number(text.trim())?;
    if number.fract().is_zero() { i64::try_from(number.trunc().mantissa()).ok() } else { None }
}

/// `2024`, `2024-2026`, `2024 à 2026`, `2024, 2026`: years, in order, each once.
fn years(text: &str) -> Option<Vec<i64>> {
    let text = text.replace(" à ", "-").replace(" - ", "-").replace('–', "-");
    let mut out = Vec::new();
    for part in text.split([',', ';', ' ', '/', '|']).filter(|it| !it.is_empty()) {
        match part.split_once('-') {
            Some((from, to)) => {
                let (from, to): (i64, i64) = (from.parse().ok()?, to.parse().ok()?);
                if !YEARS.contains(&from) || !YEARS.contains(&to) || to < from {
                    return None;
                }
                out.extend(from..=to);
            }
            None => out.push(part.parse().ok().filter(|it| YEARS.contains(it))?),
        }
    }
    out.sort_unstable();
    out.dedup();
    Some(out)
}

/// The names by which people write a source of money, beside its code.
fn funding(written: &str) -> Option<Funding> {
    let names: [(Funding, &[&str]); 10] = [
        (
            Funding::Own,
            &["prop", "commune", "ressources propres", "fonds propres", "budget communal"],
        ),
        (Funding::State, &["etat", "budget de l etat", "state"]),
        (Funding::Anict, &["anict"]),
        (Funding::Partner, &["part", "partenaire", "collectivite partenaire", "jumelage"]),
        (Funding::Bilateral, &["bila", "bilaterale", "cooperation bilaterale"]),
        (Funding::Multilateral, &["mult", "multilaterale", "cooperation multilaterale"]),
        (Funding::Ngo, &["ong", "fondation", "ngo"]),
        (Funding::Diaspora, &["dias", "diaspora", "ressortissants"]),
        (Funding::People, &["pop", "population", "populations", "beneficiaires"]),
        (Funding::Other, &["aut", "autre", "autres", "other"]),
    ];
    let wanted = fold(written);
    names.into_iter().find(|it| it.1.contains(&wanted.as_str())).map(|it| it.0)
}

impl TypedLine {
    /// Reads a line; `id` is its identifier.
    ///
    /// # Errors
    ///
    /// All that cannot be understood, field by field.
    pub fn read(&self, ground: &Ground, id: Id) -> Result<Line, Refusals> {
        let mut refusals = Refusals::default();
        let action = self.action.trim();
        if action.is_empty() {
            refusals.push("action", Message::new("plans-no-action"));
        }
        refusals.text("action", action, LONGEST_TEXT);
        refusals.text("objectif", self.objective.trim(), LONGEST_TEXT);
        let sector = territory::sector_of(&self.sector);
        if sector.is_none() {
            refusals.wrong("secteur", "plans-bad-sector", self.sector.trim());
        }
        let village = self.village(ground, &mut refusals);
        let cost = amount(&mut refusals, "cout", &self.cost);
        let years = self.tranches(ground, cost, &mut refusals);
        let mut sources = Vec::new();
        for it in self.funding.split([',', ';', '|', '+']).map(str::trim) {
            match funding(it) {
                _ if it.is_empty() => {}
                Some(it) if sources.contains(&it) => {}
                Some(it) => sources.push(it),
                None => refusals.wrong("financement", "plans-bad-funding", it),
            }
        }
        let priority = self.priority.trim();
        let rank = whole(priority).filter(|it| (1..=LAST_PRIORITY).contains(it));
        if rank.is_none() && !priority.is_empty() {
            refusals.wrong("priorite", "plans-bad-priority", priority);
        }
        let owner = self.owner(ground, &mut refusals);
        let (Some(sector), true) = (sector, refusals.0.is_empty()) else { return Err(refusals) };
        let sum: Option<i64> = years.iter().map(|it| it.cost).sum();
        Ok(Line {
            id,
            sector: sector.code.clone(),
            objective: self.objective.trim().to_owned(),
            action: action.to_owned(),
            village,
            cost: cost.or(sum),
            years,
            funding: sources,
            priority: rank,
            owner,
            removed: false,
        })
    }

    fn village(&self, ground: &Ground, refusals: &mut Refusals) -> Option<String> {
        let typed = self.place.trim();
        let wanted = fold(typed);
        if wanted.is_empty() || ["commune", "toute la commune", "whole commune"].contains(&&*wanted)
        {
            return None;
        }
        let same = |it: &&(String, String)| it.0 == typed || fold(&it.1) == wanted;
        let found: Vec<_> = ground.villages.iter().filter(same).collect();
        match found.as_slice() {
            [only] => Some(only.0.clone()),
            [] => {
                refusals.wrong("lieu", "plans-bad-village", typed);
                None
            }
            several => {
                let codes: Vec<&str> = several.iter().map(|it| it.0.as_str()).collect();
                let message = Message::new("plans-several-villages").with("value", typed);
                refusals.push("lieu", message.with("codes", codes.join(", ")));
                None
            }
        }
    }

    fn owner(&self, ground: &Ground, refusals: &mut Refusals) -> Option<Id> {
        let typed = self.owner.trim();
        let wanted = fold(typed);
        if wanted.is_empty() || wanted == "commune" {
            return None;
        }
        let same = |it: &&(Id, String)| it.0.to_string() == typed || fold(&it.1) == wanted;
        let found = ground.owners.iter().find(same);
        if found.is_none() {
            refusals.wrong("maitre_ouvrage", "plans-bad-owner", typed);
        }
        found.map(|it| it.0)
    }

    /// The years planned with their costs. A line of one year costs in it what it costs in all.
    fn tranches(
        &self,
        ground: &Ground,
        cost: Option<i64>,
        refusals: &mut Refusals,
    ) -> Vec<Tranche> {
        let plan = &ground.plan;
        let Some(mut named) = years(&self.years) else {
            refusals.wrong("annees", "plans-bad-years", self.years.trim());
            return Vec::new();
        };
        let mut costs = BTreeMap::new();
        for (year, text) in &self.costs {
            // A year whose cost cannot be read is planned nonetheless: one mistake, one sentence.
            named.push(*year);
            if let Some(cost) = amount(refusals, &format!("cout_{year}"), text) {
                costs.insert(*year, cost);
            }
        }
        named.sort_unstable();
        named.dedup();
        if named.is_empty() {
            refusals.push("annees", Message::new("plans-no-years"));
        }
        for year in named.iter().filter(|it| !plan.years().contains(it)) {
            let message = Message::new("plans-year-outside").with("year", year);
            refusals.push("annees", message.with("first", plan.first).with("last", plan.last));
        }
        if let ([only], Some(cost), true) = (named.as_slice(), cost, costs.is_empty()) {
            costs.insert(*only, cost);
        }
        let sum: i64 = costs.values().sum();
        let is_whole = !named.is_empty() && costs.len() == named.len();
        if let Some(cost) = cost
            && (cost < sum || (is_whole && cost != sum))
        {
            let message = Message::new("plans-costs-differ").with("cost", cost).with("sum", sum);
            refusals.push("cout", message);
        }
        named.into_iter().map(|year| Tranche { year, cost: costs.get(&year).copied() }).collect()
    }
}

/// An amount in francs CFA; nothing for nothing.
fn amount(refusals: &mut Refusals, field: &str, text: &str) -> Option<i64> {
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    let bare = text.trim_end_matches(|it: char| it.is_alphabetic() || it.is_whitespace());
    let read = whole(bare).filter(|it| (0..=MOST).contains(it));
    if read.is_none() {
        refusals.wrong(field, "plans-bad-amount", text);
    }
    read
}

/// A plan as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedPlan {
    /// Its title.
    pub title: String,
    /// Its first year.
    pub first: String,
    /// Its last year.
    pub last: String,
}

impl TypedPlan {
    /// Reads the title and the years.
    ///
    /// # Errors
    ///
    /// All that cannot be understood, field by field.
    pub fn read(&self) -> Result<(String, i64, i64), Refusals> {
        let mut refusals = Refusals::default();
        let title = self.title.trim();
        if title.is_empty() {
            refusals.push("titre", Message::new("plans-no-title"));
        }
        refusals.text("titre", title, LONGEST_NAME);
        let mut year = |field: &str, text: &str| {
            let read = text.trim().parse().ok().filter(|it| YEARS.contains(it));
            if read.is_none() {
                refusals.wrong(field, "plans-bad-year", text.trim());
            }
            read
        };
        let (first, last) = (year("de", &self.first), year("a", &self.last));
        match (first, last) {
            (Some(first), Some(last)) if last < first || first + LONGEST_PLAN <= last => {
                let message = Message::new("plans-bad-period").with("most", LONGEST_PLAN);
                refusals.push("a", message);
                Err(refusals)
            }
            (Some(first), Some(last)) if refusals.0.is_empty() => {
                Ok((title.to_owned(), first, last))
            }
            _ => Err(refusals),
        }
    }
}

/// An adoption as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedAdoption {
    /// The day of the deliberation.
    pub day: String,
    /// Its number.
    pub number: String,
    /// Where the document is kept.
    pub document: String,
    /// Its BLAKE3 hash.
    pub hash: String,
}

impl TypedAdoption {
    /// Reads an adoption made by `today` at the latest.
    ///
    /// # Errors
    ///
    /// All that cannot be understood, field by field.
    pub fn read(&self, today: Date) -> Result<Adoption, Refusals> {
        let mut refusals = Refusals::default();
        let day = kernel::format::read_date(&self.day);
        match day {
            None => refusals.wrong("date", "plans-bad-day", self.day.trim()),
            Some(day) if today < day => refusals.push("date", Message::new("plans-day-to-come")),
            Some(_) => {}
        }
        let (number, document) = (self.number.trim(), self.document.trim());
        if number.is_empty() {
            refusals.push("numero", Message::new("plans-no-number"));
        }
        refusals.text("numero", number, LONGEST_NAME);
        refusals.text("document", document, LONGEST_NAME);
        let hash = self.hash.trim().to_lowercase();
        let is_hash = hash.len() == 64 && hash.bytes().all(|it| it.is_ascii_hexdigit());
        if !hash.is_empty() && !is_hash {
            refusals.push("empreinte", Message::new("plans-bad-hash"));
        }
        match day {
            Some(day) if refusals.0.is_empty() => {
                Ok(Adoption { day, number: number.to_owned(), document: document.to_owned(), hash })
            }
            _ => Err(refusals),
        }
    }
}

/// A step as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedStep {
    /// The state.
    pub state: String,
    /// The day.
    pub day: String,
    /// What was paid.
    pub paid: String,
    /// Where that money came from.
    pub funding: String,
    /// Why.
    pub reason: String,
}

impl TypedStep {
    /// Reads a step of a line, made by `today` at the latest.
    ///
    /// # Errors
    ///
    /// All that cannot be understood, field by field.
    pub fn read(&self, line: Id, today: Date) -> Result<crate::Step, Refusals> {
        let mut refusals = Refusals::default();
        let state = self.state.trim().parse::<State>().ok();
        if state.is_none() {
            refusals.wrong("etat", "plans-bad-state", self.state.trim());
        }
        let day = kernel::format::read_date(&self.day);
        match day {
            None => refusals.wrong("date", "plans-bad-day", self.day.trim()),
            Some(day) if today < day => refusals.push("date", Message::new("plans-day-to-come")),
            Some(_) => {}
        }
        let paid = amount(&mut refusals, "paye", &self.paid);
        let source = self.funding.trim();
        let from = funding(source);
        if from.is_none() && !source.is_empty() {
            refusals.wrong("financement", "plans-bad-funding", source);
        }
        if paid.is_some() && from.is_none() && source.is_empty() {
            refusals.push("financement", Message::new("plans-paid-without-source"));
        }
        let reason = self.reason.trim();
        if state == Some(State::GivenUp) && reason.is_empty() {
            refusals.push("motif", Message::new("plans-no-reason-to-give-up"));
        }
        refusals.text("motif", reason, LONGEST_TEXT);
        match (state, day) {
            (Some(state), Some(day)) if refusals.0.is_empty() => Ok(crate::Step {
                line,
                state,
                day,
                reason: reason.to_owned(),
                paid,
                funding: paid.and(from),
                mark: String::new(),
                office: String::new(),
            }),
            _ => Err(refusals),
        }
    }
}

#[cfg(test)]
mod tests;
