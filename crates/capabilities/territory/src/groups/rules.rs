//! What may be written of a syndicat: nobody binds or throws out a local government without a
//! right over it, nothing that a member did is lost, and a syndicat has two members all its life.

use db::{DbError, Tx};
use identity::{Action, Ctx, Object};
use kernel::{Date, Failure, Message};

use super::{Group, Member};
use crate::{Place, chain, place_near, version_near};

/// What is wrong, field by field.
type Refusals = Vec<(String, Message)>;

/// A syndicat to write, beside the one that stands.
pub(super) struct Check<'a> {
    pub(super) group: &'a Group,
    /// The line of the form of each member.
    pub(super) rows: &'a [usize],
    pub(super) old: Option<&'a Group>,
    pub(super) today: Date,
}

/// The first and last days of a membership; the last is absent while it lasts.
type Span = (Date, Option<Date>);

fn span(group: &Group, it: &Member) -> Span {
    let last = [it.to, group.to].into_iter().flatten().min();
    (it.from.unwrap_or(group.from), last)
}

fn holds(it: Span, day: Date) -> bool {
    it.0 <= day && it.1.is_none_or(|to| day <= to)
}

fn meet(one: Span, other: Span) -> bool {
    one.1.is_none_or(|to| other.0 <= to) && other.1.is_none_or(|to| one.0 <= to)
}

/// The units above a place today or, if it no longer exists, on its last day.
fn above(tx: &mut Tx<'_>, code: &str, today: Date) -> Result<Vec<Place>, DbError> {
    let found = chain(tx, code, today)?;
    if !found.is_empty() {
        return Ok(found);
    }
    match version_near(tx, code, today)?.and_then(|it| it.valid_to) {
        Some(end) if end <= today => chain(tx, code, end.plus_days(-1)),
        _ => Ok(found),
    }
}

impl Check<'_> {
    /// Everything that is wrong.
    pub(super) fn all(&self, ctx: &mut Ctx<'_, '_>) -> Result<Refusals, Failure> {
        let mut out = self.times();
        let mut chains = Vec::new();
        for it in &self.group.members {
            chains.push(above(ctx.tx, &it.place, self.today)?);
        }
        out.extend(self.removed(ctx.tx)?);
        out.extend(self.stacked(ctx.tx, &chains)?);
        out.extend(self.bound(ctx, &chains)?);
        Ok(out)
    }

    fn lines(&self) -> impl Iterator<Item = (usize, &Member)> {
        self.rows.iter().copied().zip(&self.group.members)
    }

    fn stood(&self, place: &str) -> Option<(&Group, &Member)> {
        let old = self.old?;
        old.members.iter().find(|it| it.place == place).map(|it| (old, it))
    }

    /// A member stays until a day after it came; a syndicat has two members on its first day, today
    /// and after each departure, until it is dissolved.
    fn times(&self) -> Refusals {
        let group = self.group;
        let mut out = Vec::new();
        for (row, it) in self.lines() {
            if it.to.is_some_and(|to| to < it.from.unwrap_or(group.from)) {
                out.push((format!("jusqu_{row}"), Message::new("group-member-ends-before")));
            }
        }
        if !out.is_empty() {
            return out;
        }
        let now = self.today.max(group.from);
        let departures = group.members.iter().filter_map(|it| it.to).filter(|it| now <= *it);
        let mut days: Vec<Date> = departures.map(|it| it.plus_days(1)).collect();
        days.extend([group.from, now]);
        days.sort();
        for day in days.into_iter().filter(|day| group.to.is_none_or(|to| *day <= to)) {
            if 2 <= group.members_on(day).count() {
                continue;
            }
            let gone = self.lines().find(|it| it.1.to.is_some_and(|to| to < day));
            let late = self.lines().find(|it| it.1.from.is_some_and(|from| day < from));
            let field = match (gone, late) {
                (Some((row, _)), _) => format!("jusqu_{row}"),
                (None, Some((row, _))) => format!("depuis_{row}"),
                (None, None) => "membre_0".to_owned(),
            };
            out.push((field, Message::new("group-fewer-than-two")));
            break;
        }
        out
    }

    /// A member once written can be ended, never removed.
    fn removed(&self, tx: &mut Tx<'_>) -> Result<Refusals, DbError> {
        let mut out = Vec::new();
        for (at, it) in self.old.iter().flat_map(|it| it.members.iter().enumerate()) {
            if !self.group.members.iter().any(|one| one.place == it.place) {
                let told = Message::new("group-member-removed")
                    .with("name", self.name(tx, &it.place)?)
                    .with("code", &it.place);
                out.push((format!("membre_{at}"), told));
            }
        }
        Ok(out)
    }

    /// No member lies in another at the same time. What stood and has ended stays as it was.
    fn stacked(&self, tx: &mut Tx<'_>, chains: &[Vec<Place>]) -> Result<Refusals, DbError> {
        let mut out = Vec::new();
        for ((row, it), chain) in self.lines().zip(chains) {
            let own = span(self.group, it);
            let holder = self.group.members.iter().find(|other| {
                let theirs = span(self.group, other);
                let is_new = self.stood(&it.place).is_none() || self.stood(&other.place).is_none();
                let is_now = holds(own, self.today) && holds(theirs, self.today);
                chain.iter().any(|one| one.code == other.place)
                    && meet(own, theirs)
                    && (is_new || is_now)
            });
            if let Some(other) = holder {
                let told = Message::new("group-member-within")
                    .with("name", self.name(tx, &it.place)?)
                    .with("other", self.name(tx, &other.place)?);
                out.push((format!("membre_{row}"), told));
            }
        }
        Ok(out)
    }

    /// A new or changed line binds its member: it needs a right over that one, or over a place that
    /// holds it. The dissolution and the first day change the lines of all whom they touch.
    fn bound(&self, ctx: &mut Ctx<'_, '_>, chains: &[Vec<Place>]) -> Result<Refusals, DbError> {
        let common = common(chains);
        let mut out = Vec::new();
        for ((row, it), chain) in self.lines().zip(chains) {
            let same = self.stood(&it.place).is_some_and(|(old, one)| {
                one.share == it.share
                    && one.deliberation == it.deliberation
                    && span(old, one) == span(self.group, it)
            });
            let path = chain.iter().rev().map(|it| it.code.clone());
            let object = Object::at(std::iter::once(it.place.clone()).chain(path));
            if same || ctx.authorize(Action::EditRegister, &object).is_ok() {
                continue;
            }
            let told = match common {
                Some(above) => Message::new("group-no-right").with("above", &above.name),
                None => Message::new("group-no-right-alone"),
            };
            out.push((format!("membre_{row}"), told.with("name", self.name(ctx.tx, &it.place)?)));
        }
        Ok(out)
    }

    fn name(&self, tx: &mut Tx<'_>, code: &str) -> Result<String, DbError> {
        Ok(place_near(tx, code, self.today)?.map_or_else(|| code.to_owned(), |it| it.name))
    }
}

/// The nearest place that holds all the members.
fn common(chains: &[Vec<Place>]) -> Option<&Place> {
    let (first, others) = chains.split_first()?;
    let holds_all = |it: &&Place| others.iter().all(|one| one.iter().any(|o| o.code == it.code));
    first.iter().rev().find(holds_all)
}

#[cfg(test)]
mod tests {
    use kernel::Id;

    use super::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    fn member(place: &str, from: &str, to: &str) -> Member {
        Member {
            place: place.to_owned(),
            share: None,
            deliberation: "12/CR-2019".to_owned(),
            from: from.parse().ok(),
            to: to.parse().ok(),
        }
    }

    #[test]
    fn a_syndicat_has_two_members_until_it_is_dissolved() {
        let (a, b) = (|from, to| member("EX-C1", from, to), |from, to| member("EX-C2", from, to));
        let c = |from, to| member("EX-C3", from, to);
        for (end, members, expected) in [
            ("", [a("", ""), b("", ""), c("", "")], ""),
            ("", [a("", "2021-12-31"), b("", ""), c("", "")], ""),
            ("", [a("", ""), b("", "2018-01-01"), c("", "")], "jusqu_2 group-member-ends-before"),
            (
                "",
                [a("2022-01-01", "2021-01-01"), b("", ""), c("", "")],
                "jusqu_1 group-member-ends-before",
            ),
            (
                "",
                [a("2022-01-01", ""), b("", ""), c("2022-01-01", "")],
                "depuis_1 group-fewer-than-two",
            ),
            (
                "",
                [a("", "2021-12-31"), b("", "2022-12-31"), c("", "")],
                "jusqu_1 group-fewer-than-two",
            ),
            (
                "",
                [a("", "2030-12-31"), b("", "2030-12-31"), c("", "")],
                "jusqu_1 group-fewer-than-two",
            ),
            ("2022-12-31", [a("", "2021-12-31"), b("", "2022-12-31"), c("", "")], ""),
        ] {
            let group = Group {
                id: Id::mint(),
                name: "Syndicat".to_owned(),
                purpose: String::new(),
                statutes: "3 mars 2019".to_owned(),
                approval: String::new(),
                from: day("2019-04-15"),
                to: end.parse().ok(),
                members: members.to_vec(),
            };
            // The first line of the form was left blank.
            let rows = [1, 2, 3];
            let check = Check { group: &group, rows: &rows, old: None, today: day("2025-06-01") };
            let told: Vec<String> =
                check.times().into_iter().map(|it| format!("{} {}", it.0, it.1.key)).collect();
            assert_eq!(told.join(", "), expected);
        }
    }
}
