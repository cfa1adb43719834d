//! Persons and their offices, as the journal tells them.

use db::{Row, Tx};
use journal::{Audience, Entry, Fold, FoldError};
use kernel::search::fold as fold_text;
use kernel::{Date, Failure, Id, Message, Reject, Stop};
use serde::{Deserialize, Serialize};

use crate::{Action, Ctx, Fact, Object, Office, OfficeKind};

const PERSON_ADDED: &str = "identity.person-added";
const OFFICE_ADDED: &str = "identity.office-added";
const OFFICE_ENDED: &str = "identity.office-ended";

/// The shortest password. Length is what resists; no rule on signs.
pub(crate) const SHORTEST_PASSWORD: usize = 10;

/// The longest name of a person or title of an office, in letters. Both go into every entry that
/// the person writes.
const LONGEST_NAME: usize = 200;

/// The fold of people and offices.
pub struct People;

impl Fold for People {
    fn name(&self) -> &'static str {
        "identity"
    }

    fn schema(&self) -> &'static str {
        include_str!("../sql/schema.sql")
    }

    fn tables(&self) -> &'static [&'static str] {
        &["person", "office"]
    }

    fn kinds(&self) -> &'static [&'static str] {
        &[PERSON_ADDED, OFFICE_ADDED, OFFICE_ENDED]
    }

    fn apply(&self, tx: &mut Tx<'_>, entry: &Entry) -> Result<(), FoldError> {
        match entry.kind.as_str() {
            PERSON_ADDED => {
                let it: PersonAdded = entry.read()?;
                tx.execute(
                    include_str!("../sql/add_person.sql"),
                    &[entry.subject.as_str().into(), it.name.into(), it.login.into()],
                )?;
            }
            OFFICE_ADDED => {
                let it: OfficeAdded = entry.read()?;
                tx.execute(
                    include_str!("../sql/add_office.sql"),
                    &[
                        entry.subject.as_str().into(),
                        it.person_id.to_string().into(),
                        it.kind.word().into(),
                        it.title.into(),
                        it.place.into(),
                        it.from.to_string().into(),
                        it.to.map(|it| it.to_string()).into(),
                    ],
                )?;
            }
            _ => {
                let it: OfficeEnded = entry.read()?;
                tx.execute(
                    include_str!("../sql/end_office.sql"),
                    &[entry.subject.as_str().into(), it.to.to_string().into()],
                )?;
            }
        }
        Ok(())
    }
}

#[derive(Serialize, Deserialize)]
struct PersonAdded {
    name: String,
    login: String,
}

#[derive(Serialize, Deserialize)]
struct OfficeAdded {
    person_id: Id,
    kind: OfficeKind,
    title: String,
    place: String,
    from: Date,
    to: Option<Date>,
}

#[derive(Serialize, Deserialize)]
struct OfficeEnded {
    to: Date,
}

/// A person who may sign in here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// The identifier.
    pub id: Id,
    /// As written.
    pub name: String,
    /// The name typed at sign-in, folded.
    pub login: String,
    /// Past, present and future offices.
    pub offices: Vec<Office>,
}

/// What is typed for a new person.
#[derive(Clone, Debug, Default)]
pub struct NewPerson {
    /// First and last name.
    pub name: String,
    /// The sign-in name.
    pub login: String,
    /// The first password.
    pub password: String,
}

/// What is typed for a new office.
#[derive(Clone, Debug)]
pub struct NewOffice {
    /// What it allows.
    pub kind: OfficeKind,
    /// As it is called there.
    pub title: String,
    /// The territory code.
    pub place: String,
    /// The first day.
    pub from: Date,
    /// The last day, if known.
    pub to: Option<Date>,
}

/// The rules on people and offices.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PersonRefused {
    /// No name.
    #[error("no name")]
    NoName,
    /// The name is too long.
    #[error("the name is too long")]
    LongName,
    /// No sign-in name, or with signs that a keyboard may lack.
    #[error("the sign-in name must be 3 to 40 plain letters, digits, points or hyphens")]
    BadLogin,
    /// The sign-in name is another person's.
    #[error("the sign-in name is taken")]
    LoginTaken,
    /// The password is too short.
    #[error("the password is too short")]
    ShortPassword,
    /// The password is the name.
    #[error("the password is the person's own name")]
    EasyPassword,
    /// The PIN is not six digits, or all alike.
    #[error("the PIN must be six digits, not all alike")]
    BadPin,
    /// No title.
    #[error("no title")]
    NoTitle,
    /// The title is too long.
    #[error("the title is too long")]
    LongTitle,
    /// The office ends before it begins.
    #[error("the office ends before it begins")]
    EndsBeforeStart,
    /// There are people already: the first-run page is closed.
    #[error("the first person exists already")]
    NotFirst,
    /// A person who manages people gives themself an office with content.
    #[error("nobody gives themself an office")]
    OwnOffice,
    /// Nobody would look after the post any more.
    #[error("the last administrator's office cannot end")]
    LastAdministrator,
    /// There is no such person or office.
    #[error("no such person or office")]
    Unknown,
}

impl Reject for PersonRefused {
    fn message(&self) -> Message {
        Message::new(match self {
            Self::NoName => "person-no-name",
            Self::LongName => "person-long-name",
            Self::BadLogin => "person-bad-login",
            Self::LoginTaken => "person-login-taken",
            Self::ShortPassword => "person-short-password",
            Self::EasyPassword => "person-easy-password",
            Self::BadPin => "person-bad-pin",
            Self::NoTitle => "office-no-title",
            Self::LongTitle => "office-long-title",
            Self::EndsBeforeStart => "office-ends-before-start",
            Self::NotFirst => "person-not-first",
            Self::OwnOffice => "office-own",
            Self::LastAdministrator => "office-last-administrator",
            Self::Unknown => "person-unknown",
        })
        .with("shortest", SHORTEST_PASSWORD)
        .with("longest", LONGEST_NAME)
    }
}

/// Everybody, by name.
///
/// # Errors
///
/// If the store fails.
pub fn persons(tx: &mut Tx<'_>) -> Result<Vec<Person>, Failure> {
    let rows =
        tx.query("select person_id, name, login from person order by name, person_id", &[])?;
    rows.iter().map(|row| read_person(tx, row)).collect()
}

/// One person.
///
/// # Errors
///
/// If the store fails.
pub fn person(tx: &mut Tx<'_>, id: Id) -> Result<Option<Person>, Failure> {
    let rows = tx.query(
        "select person_id, name, login from person where person_id = $1",
        &[id.to_string().into()],
    )?;
    rows.first().map(|row| read_person(tx, row)).transpose()
}

pub(crate) fn by_login(tx: &mut Tx<'_>, login: &str) -> Result<Option<Person>, Failure> {
    let rows = tx.query(
        "select person_id, name, login from person where login = $1 order by person_id",
        &[fold_login(login).into()],
    )?;
    rows.first().map(|row| read_person(tx, row)).transpose()
}

fn read_person(tx: &mut Tx<'_>, row: &Row) -> Result<Person, Failure> {
    let id: Id = row.parse("person_id")?;
    let offices = tx
        .query(include_str!("../sql/offices_of.sql"), &[id.to_string().into()])?
        .iter()
        .map(|it| {
            Ok(Office {
                id: it.parse("office_id")?,
                person_id: id,
                kind: it
                    .text("kind")?
                    .parse()
                    .map_err(|()| Failure::told("an office of unknown kind"))?,
                title: it.text("title")?.to_owned(),
                place: it.text("place")?.to_owned(),
                from: it.parse("from_day")?,
                to: it.opt_parse("to_day")?,
            })
        })
        .collect::<Result<_, Failure>>()?;
    Ok(Person {
        id,
        name: row.text("name")?.to_owned(),
        login: row.text("login")?.to_owned(),
        offices,
    })
}

pub(crate) fn fold_login(login: &str) -> String {
    fold_text(login).replace(' ', ".")
}

/// A person whose name and password keep the rules, the password hashed: what is left to do is
/// quick, and needs the transaction.
pub struct ReadyPerson {
    name: String,
    login: String,
    password_hash: String,
}

impl NewPerson {
    /// Checks what needs no base and hashes the password, which is slow: pages do it before they
    /// hold the one transaction that writes.
    ///
    /// # Errors
    ///
    /// A rule of [`PersonRefused`].
    pub fn ready(&self) -> Result<ReadyPerson, Stop<PersonRefused>> {
        let name = self.name.trim();
        if name.is_empty() {
            return Err(Stop::Refused(PersonRefused::NoName));
        }
        if LONGEST_NAME < name.chars().count() {
            return Err(Stop::Refused(PersonRefused::LongName));
        }
        let login = fold_login(&self.login);
        let plain = login.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'.');
        if !plain || !(3..=40).contains(&login.len()) {
            return Err(Stop::Refused(PersonRefused::BadLogin));
        }
        crate::secrets::check_password(&self.password, name, &login).map_err(Stop::Refused)?;
        let password_hash = crate::secrets::hash(&self.password)?;
        Ok(ReadyPerson { name: name.to_owned(), login, password_hash })
    }
}

impl ReadyPerson {
    /// Adds the person.
    ///
    /// # Errors
    ///
    /// [`PersonRefused::LoginTaken`], or the lack of the right to manage people.
    pub fn enrol(self, ctx: &mut Ctx<'_, '_>) -> Result<Id, Stop<PersonRefused>> {
        ctx.authorize(Action::ManagePeople, &Object::Post)?;
        self.write(ctx)
    }

    /// Adds the first person of a post, who becomes its administrator and holds `office`.
    ///
    /// # Errors
    ///
    /// [`PersonRefused::NotFirst`] if there is anybody already, or another rule.
    pub fn enrol_first(
        self,
        ctx: &mut Ctx<'_, '_>,
        office: &NewOffice,
    ) -> Result<Id, Stop<PersonRefused>> {
        if !ctx.tx.query("select person_id from person limit 1", &[])?.is_empty() {
            return Err(Stop::Refused(PersonRefused::NotFirst));
        }
        let id = self.write(ctx)?;
        write_office(ctx, id, office)?;
        if office.kind != OfficeKind::Administrator {
            let keys = NewOffice { kind: OfficeKind::Administrator, ..office.clone() };
            write_office(ctx, id, &keys)?;
        }
        Ok(id)
    }

    fn write(self, ctx: &mut Ctx<'_, '_>) -> Result<Id, Stop<PersonRefused>> {
        if by_login(ctx.tx, &self.login)?.is_some() {
            return Err(Stop::Refused(PersonRefused::LoginTaken));
        }
        let id = Id::mint();
        ctx.record(Fact {
            kind: PERSON_ADDED,
            subject: &id.to_string(),
            audience: Audience::Local,
            scope: "*",
            reason: "",
            payload: &PersonAdded { name: self.name, login: self.login },
        })?;
        crate::secrets::store_hash(ctx.tx, id, &self.password_hash, ctx.now_millis)?;
        Ok(id)
    }
}

/// Adds a person with a first password, which is hashed within the transaction: for commands.
///
/// # Errors
///
/// A rule of [`PersonRefused`], or the lack of the right to manage people.
pub fn add_person(ctx: &mut Ctx<'_, '_>, new: &NewPerson) -> Result<Id, Stop<PersonRefused>> {
    ctx.authorize(Action::ManagePeople, &Object::Post)?;
    new.ready()?.enrol(ctx)
}

/// Adds the first person of a post, as [`ReadyPerson::enrol_first`]: for commands.
///
/// # Errors
///
/// [`PersonRefused::NotFirst`] if there is anybody already, or another rule.
pub fn first_person(
    ctx: &mut Ctx<'_, '_>,
    new: &NewPerson,
    office: &NewOffice,
) -> Result<Id, Stop<PersonRefused>> {
    new.ready()?.enrol_first(ctx, office)
}

/// Gives a person an office.
///
/// # Errors
///
/// A rule of [`PersonRefused`], or the lack of the right to manage people.
pub fn add_office(
    ctx: &mut Ctx<'_, '_>,
    person_id: Id,
    new: &NewOffice,
) -> Result<Id, Stop<PersonRefused>> {
    ctx.authorize(Action::ManagePeople, &Object::Post)?;
    person(ctx.tx, person_id)?.ok_or(Stop::Refused(PersonRefused::Unknown))?;
    // Whoever manages people would otherwise write content by giving themself the office for it.
    if ctx.actor.person_id == Some(person_id) && new.kind != OfficeKind::Administrator {
        return Err(Stop::Refused(PersonRefused::OwnOffice));
    }
    write_office(ctx, person_id, new)
}

fn write_office(
    ctx: &mut Ctx<'_, '_>,
    person_id: Id,
    new: &NewOffice,
) -> Result<Id, Stop<PersonRefused>> {
    let title = new.title.trim();
    if title.is_empty() {
        return Err(Stop::Refused(PersonRefused::NoTitle));
    }
    if LONGEST_NAME < title.chars().count() {
        return Err(Stop::Refused(PersonRefused::LongTitle));
    }
    if new.to.is_some_and(|it| it < new.from) {
        return Err(Stop::Refused(PersonRefused::EndsBeforeStart));
    }
    let id = Id::mint();
    ctx.record(Fact {
        kind: OFFICE_ADDED,
        subject: &id.to_string(),
        audience: Audience::Local,
        scope: &new.place,
        reason: "",
        payload: &OfficeAdded {
            person_id,
            kind: new.kind,
            title: title.to_owned(),
            place: new.place.clone(),
            from: new.from,
            to: new.to,
        },
    })?;
    Ok(id)
}

/// Ends an office on a day. What was done in it stays.
///
/// # Errors
///
/// A rule of [`PersonRefused`], or the lack of the right to manage people.
pub fn end_office(
    ctx: &mut Ctx<'_, '_>,
    office_id: Id,
    to: Date,
    reason: &str,
) -> Result<(), Stop<PersonRefused>> {
    ctx.authorize(Action::ManagePeople, &Object::Post)?;
    let rows = ctx.tx.query(
        "select kind, place, from_day from office where office_id = $1",
        &[office_id.to_string().into()],
    )?;
    let row = rows.first().ok_or(Stop::Refused(PersonRefused::Unknown))?;
    if to < row.parse::<Date>("from_day")? {
        return Err(Stop::Refused(PersonRefused::EndsBeforeStart));
    }
    if row.text("kind")? == OfficeKind::Administrator.word() {
        let next = to.plus_days(1).to_string();
        let rest = ctx.tx.query(
            include_str!("../sql/other_administrator.sql"),
            &[OfficeKind::Administrator.word().into(), office_id.to_string().into(), next.into()],
        )?;
        if rest.is_empty() {
            return Err(Stop::Refused(PersonRefused::LastAdministrator));
        }
    }
    let place = row.text("place")?.to_owned();
    ctx.record(Fact {
        kind: OFFICE_ENDED,
        subject: &office_id.to_string(),
        audience: Audience::Local,
        scope: &place,
        reason,
        payload: &OfficeEnded { to },
    })?;
    Ok(())
}
