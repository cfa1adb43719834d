//! Adding a partnership that no source names.

use db::Tx;
use identity::{Action, Ctx, Fact};
use journal::Audience;
use kernel::search::fold;
use kernel::{Date, Failure, Id, Stop};
use territory::{Foreign, ForeignLevel, Group};

use super::{LONGEST_LINE, Refusals, TypedStatus, name_partners, object_of, place, scope_of};
use crate::change::{LONGEST_REMARK, is_name, is_phone, is_url};
use crate::partnership::{
    BY_HAND, Contact, ForeignParty, MalianParty, Origin, Origins, PartyMember,
};
use crate::{
    ADDED, Confidence, Form, MalianLevel, Partnership, Status, country, map_of_the_register,
    read_years,
};

/// A new partnership as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedPartnership {
    /// The Malian place, by code or name.
    pub place: String,
    /// The foreign partner.
    pub partner: String,
    /// Its country.
    pub country: String,
    /// Its level.
    pub level: String,
    /// The form.
    pub form: String,
    /// The years of origin.
    pub years: String,
    /// The status.
    pub status: TypedStatus,
    /// A web address.
    pub url: String,
    /// A telephone number of the local government, not of a person.
    pub phone: String,
    /// A remark.
    pub remark: String,
    /// Why it is added: the source of the information.
    pub reason: String,
}

/// Adds a partnership.
///
/// # Errors
///
/// What cannot be understood, field by field; or the actor may not.
pub fn add(ctx: &mut Ctx<'_, '_>, typed: &TypedPartnership) -> Result<Id, Stop<Refusals>> {
    let mut refusals = Refusals::default();
    for (field, text) in [
        ("lieu", &typed.place),
        ("partenaire", &typed.partner),
        ("annees", &typed.years),
        ("url", &typed.url),
    ] {
        refusals.length(field, text, LONGEST_LINE);
    }
    // What is too long is not searched for.
    refusals.check()?;
    let mut refusals = Refusals::default();
    let group = group(ctx.tx, typed.place.trim())?;
    let place = match place(ctx.tx, typed.place.trim())? {
        _ if group.is_some() => Some(String::new()),
        Ok(code) if code.is_empty() => {
            refusals.push("lieu", "register-place-missing", "");
            None
        }
        Ok(code) => Some(code),
        Err(refused) => {
            refusals.0.push(("lieu".to_owned(), refused));
            None
        }
    };
    let name = typed.partner.trim();
    if !is_name(name) {
        refusals.push("partenaire", "register-bad-name", name);
    }
    let country = country(typed.country.trim());
    if country.is_none() {
        refusals.push("pays", "register-bad-country", &typed.country);
    }
    let level: Option<ForeignLevel> = typed.level.parse().ok();
    if level.is_none() {
        refusals.push("niveau", "register-bad-level", &typed.level);
    }
    let form: Option<Form> = typed.form.parse().ok();
    if form.is_none() {
        refusals.push("forme", "register-bad-form", &typed.form);
    }
    let years = read_years(&typed.years);
    if years.is_none() {
        refusals.push("annees", "register-bad-years", &typed.years);
    }
    if !is_url(typed.url.trim()) {
        refusals.push("url", "register-bad-url", &typed.url);
    }
    if !is_phone(typed.phone.trim()) {
        refusals.push("telephone", "register-bad-phone", &typed.phone);
    }
    let status = typed.status.read(&mut refusals);
    refusals.reason(&typed.reason);
    if LONGEST_REMARK < typed.remark.trim().chars().count() {
        refusals.push("remarque", "register-bad-remark", "");
    }
    refusals.check()?;
    let (Some(place), Some(country), Some(level), Some(form), Some(years)) =
        (place, country, level, form, years)
    else {
        return Err(Failure::told("a value was neither read nor refused").into());
    };
    let it = Partnership {
        id: Id::mint(),
        origins: Origins {
            source: BY_HAND.to_owned(),
            line: None,
            printed_line: None,
            split: String::new(),
            section: String::new(),
        },
        form,
        malian: vec![match &group {
            Some(group) => group_side(ctx.tx, typed.place.trim(), group, ctx.now_millis)?,
            None => malian_side(ctx.tx, typed.place.trim(), &place)?,
        }],
        foreign: vec![ForeignParty {
            id: Foreign::identify(country, level, name),
            written: name.to_owned(),
            name: name.to_owned(),
            country: country.to_owned(),
            country_note: String::new(),
            level,
        }],
        origin: Origin { written: typed.years.trim().to_owned(), years },
        statuses: status.into_iter().filter(|it| it.status != Status::Inconnu).collect(),
        contact: Contact {
            url: typed.url.trim().to_owned(),
            phone: typed.phone.trim().to_owned(),
            ..Contact::default()
        },
        flags: Vec::new(),
        reading_note: String::new(),
        remark: typed.remark.trim().to_owned(),
    };
    let object = object_of(ctx.tx, &it, ctx.today())?;
    ctx.authorize(Action::EditRegister, &object)?;
    let nobody = Partnership { foreign: Vec::new(), ..it.clone() };
    name_partners(ctx, &it, &nobody, &typed.reason)?;
    ctx.record(Fact {
        kind: ADDED,
        subject: &it.id.to_string(),
        audience: Audience::Territory,
        scope: &scope_of(&it),
        reason: typed.reason.trim(),
        payload: &it,
    })?;
    Ok(it.id)
}

fn malian_side(tx: &mut Tx<'_>, written: &str, code: &str) -> Result<MalianParty, Failure> {
    let map = map_of_the_register();
    let place = territory::place_near(tx, code, map)?.ok_or(Failure::NotFound)?;
    let level = match place.level {
        territory::Level::Commune => MalianLevel::Commune,
        territory::Level::Cercle => MalianLevel::Cercle,
        territory::Level::Region => MalianLevel::Region,
        territory::Level::District => MalianLevel::District,
        _ => MalianLevel::NonPrecise,
    };
    Ok(MalianParty {
        written: written.to_owned(),
        name: place.name,
        level,
        region_written: String::new(),
        region_declared: None,
        place: Some(code.to_owned()),
        region_found: territory::region_of(tx, code, map)?,
        confidence: Confidence::Personne,
        found_by: String::new(),
        locality: None,
        candidates: Vec::new(),
        note: String::new(),
        group: None,
        members: Vec::new(),
    })
}

/// The syndicat that a person means, by its exact name or its identifier.
fn group(tx: &mut Tx<'_>, typed: &str) -> Result<Option<Group>, Failure> {
    if let Ok(id) = typed.parse::<Id>() {
        return Ok(territory::group(tx, id)?);
    }
    let wanted = fold(typed);
    Ok(territory::groups(tx)?.into_iter().find(|it| fold(&it.name) == wanted))
}

fn group_side(
    tx: &mut Tx<'_>,
    written: &str,
    it: &Group,
    now_millis: i64,
) -> Result<MalianParty, Failure> {
    let map = map_of_the_register();
    let today = Date::from_millis(now_millis);
    let mut members = Vec::new();
    for member in it.members_on(it.to.unwrap_or(today)) {
        members.push(PartyMember {
            place: member.place.clone(),
            region: territory::region_of(tx, &member.place, map)?,
            share: member.share,
        });
    }
    Ok(MalianParty {
        written: written.to_owned(),
        name: it.name.clone(),
        level: MalianLevel::Autre,
        region_written: String::new(),
        region_declared: None,
        place: None,
        region_found: None,
        confidence: Confidence::Personne,
        found_by: String::new(),
        locality: None,
        candidates: Vec::new(),
        note: String::new(),
        group: Some(it.id),
        members,
    })
}
