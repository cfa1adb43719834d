//! Syndicats: local governments that join for a purpose, under the control of the State. A
//! syndicat may be a party of a partnership and carry out lines of a plan.
//!
//! Source: article 21 of law 93-008, quoted by the Guide de la coopération décentralisée, 1.2:
//! « la création de syndicat regroupant deux ou plusieurs collectivités territoriales sous le
//! contrôle de l'Etat ».

use db::{DbError, Row, Tx, Value};
use identity::{Action, Ctx, Fact, Object};
use journal::{Audience, Entry, FoldError};
use kernel::format::read_date;
use kernel::{Date, Failure, Id, Message, Stop};
use serde::{Deserialize, Serialize};

use crate::lineage::{Share, sum_to_whole};
use crate::reform::rank_of;
use crate::{Level, chain, unit};

mod rules;

/// The kind of entry that writes a syndicat, again and again: its payload is a [`GroupWritten`].
pub const GROUP_WRITTEN: &str = "territory.group-written";

/// The longest name or reference, in letters.
const LONGEST: usize = 200;
/// The most members.
pub const MOST_MEMBERS: usize = 60;

/// A syndicat of local governments.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// Its identifier.
    pub id: Id,
    /// Its name.
    pub name: String,
    /// What it is for.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub purpose: String,
    /// The statutes: number, day, where they are kept.
    pub statutes: String,
    /// The act by which the State approved it; empty while it has not.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub approval: String,
    /// Its first day.
    pub from: Date,
    /// Its last day, included; absent while it lasts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Date>,
    /// Its members, those of before too.
    pub members: Vec<Member>,
}

/// A member of a syndicat.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// The local government.
    pub place: String,
    /// Its part in the syndicat; absent if the statutes give none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub share: Option<Share>,
    /// The deliberation by which it joined: number and day.
    pub deliberation: String,
    /// The first day, when it is not that of the syndicat.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Date>,
    /// The last day, included; absent while it lasts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Date>,
}

impl Group {
    /// Whether it exists on a day.
    pub fn exists_on(&self, day: Date) -> bool {
        self.from <= day && self.to.is_none_or(|it| day <= it)
    }

    /// Its members on a day.
    pub fn members_on(&self, day: Date) -> impl Iterator<Item = &Member> {
        let holds = move |it: &&Member| {
            it.from.unwrap_or(self.from) <= day && it.to.is_none_or(|to| day <= to)
        };
        self.members.iter().filter(holds)
    }
}

/// The payload of [`GROUP_WRITTEN`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupWritten {
    /// 0 for the first; one more than the writer saw.
    #[serde(default)]
    pub turn: i64,
    /// The syndicat.
    pub group: Group,
}

/// What is wrong with what was typed: the field (empty for the whole) and the sentence.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GroupRefused(pub Vec<(String, Message)>);

/// A syndicat as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedGroup {
    /// Its name.
    pub name: String,
    /// What it is for.
    pub purpose: String,
    /// The statutes.
    pub statutes: String,
    /// The act of the State.
    pub approval: String,
    /// Its first day.
    pub from: String,
    /// Its last day.
    pub to: String,
    /// Its members.
    pub members: Vec<TypedMember>,
}

/// A member as typed. A line without a place is no member.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedMember {
    /// The local government, by its code.
    pub place: String,
    /// Its part.
    pub share: String,
    /// The deliberation.
    pub deliberation: String,
    /// The first day.
    pub from: String,
    /// The last day.
    pub to: String,
}

impl TypedGroup {
    /// The line of the form on which each member stands.
    fn rows(&self) -> Vec<usize> {
        let lines = self.members.iter().enumerate();
        lines.filter(|it| !it.1.place.trim().is_empty()).map(|it| it.0).collect()
    }

    /// Reads a syndicat, but for whether its members exist.
    fn read(&self, id: Id) -> Result<Group, GroupRefused> {
        let mut out = Vec::new();
        let mut refuse = |field: &str, key: &str, value: &str| {
            out.push((field.to_owned(), Message::new(key).with("value", value)));
        };
        for (field, text, needed) in [
            ("nom", &self.name, true),
            ("objet", &self.purpose, false),
            ("statuts", &self.statutes, true),
            ("approbation", &self.approval, false),
        ] {
            let text = text.trim();
            if text.is_empty() && needed {
                refuse(field, &format!("group-no-{field}"), "");
            }
            if LONGEST < text.chars().count() || text.chars().any(char::is_control) {
                refuse(field, "group-too-long", "");
            }
        }
        let mut day = |field: &str, text: &str, needed: bool| {
            let day = read_date(text);
            if day.is_none() && (needed || !text.trim().is_empty()) {
                refuse(field, "group-bad-day", text.trim());
            }
            day
        };
        let (from, to) = (day("de", &self.from, true), day("a", &self.to, false));
        let mut members = Vec::new();
        for (at, it) in self.members.iter().enumerate().filter(|it| !it.1.place.trim().is_empty()) {
            let field = |name: &str| format!("{name}_{at}");
            let first = day(&field("depuis"), &it.from, false);
            let last = day(&field("jusqu"), &it.to, false);
            members.push((at, it, first, last));
        }
        if let (Some(from), Some(to)) = (from, to)
            && to < from
        {
            refuse("a", "group-ends-before", "");
        }
        let mut read: Vec<Member> = Vec::new();
        for (at, it, first, last) in members {
            let share = match it.share.trim() {
                "" => None,
                text => match text.parse::<Share>() {
                    Ok(share) => Some(share),
                    Err(_) => {
                        refuse(&format!("part_{at}"), "group-bad-share", text);
                        None
                    }
                },
            };
            let deliberation = it.deliberation.trim();
            if deliberation.is_empty() || LONGEST < deliberation.chars().count() {
                refuse(&format!("deliberation_{at}"), "group-no-deliberation", "");
            }
            let place = it.place.trim().to_uppercase();
            if read.iter().any(|it| it.place == place) {
                refuse(&format!("membre_{at}"), "group-member-twice", &place);
            }
            read.push(Member {
                place,
                share,
                deliberation: deliberation.to_owned(),
                from: first,
                to: last,
            });
        }
        if read.len() < 2 {
            refuse("membre_0", "group-too-few", "");
        }
        let group = from.map(|from| Group {
            id,
            name: self.name.trim().to_owned(),
            purpose: self.purpose.trim().to_owned(),
            statutes: self.statutes.trim().to_owned(),
            approval: self.approval.trim().to_owned(),
            from,
            to,
            members: read,
        });
        if let Some(it) = &group {
            // Those of the last day known are those of the statutes.
            let day = it.to.unwrap_or(Date::new(9999, 1, 1).unwrap_or(it.from));
            let shares: Vec<Option<Share>> = it.members_on(day).map(|it| it.share).collect();
            let known: Vec<Share> = shares.iter().copied().flatten().collect();
            if !known.is_empty() && (known.len() != shares.len() || !sum_to_whole(&known)) {
                refuse("part_0", "group-not-whole", "");
            }
        }
        match group {
            Some(group) if out.is_empty() => Ok(group),
            _ => Err(GroupRefused(out)),
        }
    }
}

/// What rights look at: the places of the members and all that lies above them on a day.
///
/// # Errors
///
/// If the store fails.
pub fn object_of_group(tx: &mut Tx<'_>, it: &Group, day: Date) -> Result<Object, DbError> {
    let mut codes = Vec::new();
    for member in &it.members {
        codes.push(member.place.clone());
        codes.extend(chain(tx, &member.place, day)?.into_iter().map(|it| it.code));
    }
    Ok(Object::at(codes))
}

/// Writes a syndicat; `changed` is the one that the person saw, with its turn.
///
/// # Errors
///
/// What cannot be understood or may not be, field by field; or the actor has no right over any
/// member.
pub fn write_group(
    ctx: &mut Ctx<'_, '_>,
    changed: Option<(Id, i64)>,
    typed: &TypedGroup,
    why: &str,
) -> Result<Id, Stop<GroupRefused>> {
    let today = ctx.today();
    let one = |field: &str, key: &str| {
        Stop::Refused(GroupRefused(vec![(field.to_owned(), Message::new(key))]))
    };
    let (mut turn, mut old) = (0, None);
    if let Some((id, seen)) = changed {
        let (found, stands) =
            group_turn(ctx.tx, id).map_err(Failure::from)?.ok_or(Failure::NotFound)?;
        let object = object_of_group(ctx.tx, &found, today).map_err(Failure::from)?;
        ctx.authorize(Action::EditRegister, &object)?;
        if stands != seen {
            return Err(one("", "group-changed-since"));
        }
        if why.trim().is_empty() || LONGEST < why.trim().chars().count() {
            return Err(one("raison", "group-no-reason"));
        }
        turn = stands + 1;
        old = Some(found);
    }
    let id = changed.map_or_else(Id::mint, |it| it.0);
    let group = typed.read(id).map_err(Stop::Refused)?;
    if MOST_MEMBERS < group.members.len() {
        return Err(one("membre_0", "group-too-many"));
    }
    let rows = typed.rows();
    for (at, member) in rows.iter().zip(&group.members) {
        let found = unit(ctx.tx, &member.place).map_err(Failure::from)?;
        let is_one = found.is_some_and(|it| !matches!(it.level, Level::Pays | Level::Inconnu));
        if !is_one {
            let message = Message::new("group-bad-place").with("value", &member.place);
            return Err(Stop::Refused(GroupRefused(vec![(format!("membre_{at}"), message)])));
        }
    }
    let object = object_of_group(ctx.tx, &group, today).map_err(Failure::from)?;
    ctx.authorize(Action::EditRegister, &object)?;
    let refused = rules::Check { group: &group, rows: &rows, old: old.as_ref(), today }.all(ctx)?;
    if !refused.is_empty() {
        return Err(Stop::Refused(GroupRefused(refused)));
    }
    let scope = scope_of(ctx, &group, today)?;
    ctx.record(Fact {
        kind: GROUP_WRITTEN,
        subject: &id.to_string(),
        audience: Audience::Territory,
        scope: &scope,
        reason: why.trim(),
        payload: &GroupWritten { turn, group },
    })?;
    Ok(id)
}

/// A member within the actor's own territory: a post may only write for places of its own.
fn scope_of(ctx: &mut Ctx<'_, '_>, group: &Group, today: Date) -> Result<String, Failure> {
    for member in &group.members {
        let mut codes = vec![member.place.clone()];
        codes.extend(chain(ctx.tx, &member.place, today)?.into_iter().map(|it| it.code));
        if ctx.authorize(Action::EditRegister, &Object::at(codes)).is_ok() {
            return Ok(member.place.clone());
        }
    }
    Err(Failure::Denied("EditRegister".to_owned()))
}

/// Applies an entry of kind [`GROUP_WRITTEN`].
pub(crate) fn apply(tx: &mut Tx<'_>, entry: &Entry) -> Result<(), FoldError> {
    let it: GroupWritten = entry.read()?;
    let id = it.group.id.to_string();
    let own = rank_of(entry.at_millis, entry.seq, &entry.mark());
    let rank = format!("{:010}-{own}", it.turn.max(0));
    let known = tx.query(include_str!("../sql/group.sql"), &[id.as_str().into()])?;
    if let Some(row) = known.first()
        && rank.as_str() <= row.text("rank")?
    {
        return Ok(());
    }
    let state = serde_json::to_string(&it.group).map_err(|error| FoldError::Payload {
        kind: entry.kind.clone(),
        reason: error.to_string(),
    })?;
    tx.insert(
        "territory_group",
        &["id", "name", "state", "rank"],
        "on conflict (id) do update set name = excluded.name, state = excluded.state, \
         rank = excluded.rank",
        &[vec![id.as_str().into(), it.group.name.as_str().into(), state.into(), rank.into()]],
    )?;
    tx.execute(include_str!("../sql/drop_group_members.sql"), &[id.as_str().into()])?;
    let rows: Vec<Vec<Value>> = it
        .group
        .members
        .iter()
        .map(|it| vec![id.as_str().into(), it.place.as_str().into()])
        .collect();
    let once = "on conflict do nothing";
    tx.insert("territory_group_member", &["id", "place"], once, &rows)?;
    Ok(())
}

fn group_of(row: &Row) -> Result<Group, DbError> {
    serde_json::from_str(row.text("state")?).map_err(|it| DbError::Unreadable(it.to_string()))
}

/// A syndicat with the turn at which it stands.
///
/// # Errors
///
/// If the store fails, as for every function here.
pub fn group_turn(tx: &mut Tx<'_>, id: Id) -> Result<Option<(Group, i64)>, DbError> {
    let rows = tx.query(include_str!("../sql/group.sql"), &[id.to_string().into()])?;
    let Some(row) = rows.first() else { return Ok(None) };
    let turn = row.text("rank")?.split('-').next().and_then(|it| it.parse().ok());
    Ok(Some((group_of(row)?, turn.unwrap_or(0))))
}

/// The syndicat of this identifier.
///
/// # Errors
///
/// If the store fails.
pub fn group(tx: &mut Tx<'_>, id: Id) -> Result<Option<Group>, DbError> {
    Ok(group_turn(tx, id)?.map(|it| it.0))
}

/// All the syndicats, by name.
///
/// # Errors
///
/// If the store fails.
pub fn groups(tx: &mut Tx<'_>) -> Result<Vec<Group>, DbError> {
    let rows = tx.query(include_str!("../sql/groups.sql"), &[])?;
    rows.iter().map(group_of).collect()
}

/// The syndicats of which a place is or was a member, by name.
///
/// # Errors
///
/// If the store fails.
pub fn groups_of(tx: &mut Tx<'_>, place: &str) -> Result<Vec<Group>, DbError> {
    let rows = tx.query(include_str!("../sql/groups_of.sql"), &[place.into()])?;
    rows.iter().map(group_of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn three() -> TypedGroup {
        let member = |place: &str, share: &str| TypedMember {
            place: place.to_owned(),
            share: share.to_owned(),
            deliberation: "12/CR-2019".to_owned(),
            ..TypedMember::default()
        };
        TypedGroup {
            name: "Syndicat intercommunal du Sankarani".to_owned(),
            statutes: "statuts du 3 mars 2019".to_owned(),
            from: "15/04/2019".to_owned(),
            members: vec![
                member("ML020501", "1/2"),
                member("ML020502", "30 %"),
                TypedMember::default(),
                member("ML020503", "20 %"),
            ],
            ..TypedGroup::default()
        }
    }

    #[test]
    fn a_syndicat_has_two_members_or_more_whose_parts_make_the_whole() {
        let group = three().read(Id::mint()).unwrap();
        assert_eq!(group.members.len(), 3);
        assert_eq!(group.members[1].share, Share::new(3, 10));
        let refused = |change: fn(&mut TypedGroup)| {
            let mut typed = three();
            change(&mut typed);
            let GroupRefused(all) = typed.read(Id::mint()).unwrap_err();
            all.into_iter().map(|it| format!("{} {}", it.0, it.1.key)).collect::<Vec<_>>()
        };
        for (change, expected) in [
            ((|it| it.name.clear()) as fn(&mut TypedGroup), "nom group-no-nom"),
            (|it| it.statutes.clear(), "statuts group-no-statuts"),
            (|it| it.from = "avril".to_owned(), "de group-bad-day"),
            (|it| it.to = "01/01/2019".to_owned(), "a group-ends-before"),
            (|it| it.members[0].share = "2".to_owned(), "part_0 group-bad-share"),
            (|it| it.members[0].share = "1/3".to_owned(), "part_0 group-not-whole"),
            (|it| it.members[3].share.clear(), "part_0 group-not-whole"),
            (|it| it.members[3].deliberation.clear(), "deliberation_3 group-no-deliberation"),
            (|it| it.members[3].place = "ml020502".to_owned(), "membre_3 group-member-twice"),
        ] {
            assert!(refused(change).contains(&expected.to_owned()), "{expected}");
        }
        let mut alone = three();
        alone.members.truncate(1);
        let GroupRefused(all) = alone.read(Id::mint()).unwrap_err();
        assert!(all.iter().any(|it| it.1.key == "group-too-few"));
        let mut without = three();
        without.members.iter_mut().for_each(|it| it.share.clear());
        assert!(without.read(Id::mint()).is_ok(), "statutes need not give parts");
    }

    #[test]
    fn members_come_and_go() {
        let mut typed = three();
        typed.members[0].to = "31/12/2021".to_owned();
        typed.members.iter_mut().for_each(|it| it.share.clear());
        let group = typed.read(Id::mint()).unwrap();
        let on = |day: &str| group.members_on(day.parse().unwrap()).count();
        assert_eq!((on("2019-04-14"), on("2019-04-15")), (0, 3));
        assert_eq!((on("2021-12-31"), on("2022-01-01")), (3, 2));
    }
}
