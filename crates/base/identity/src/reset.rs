//! A new password for a person who cannot sign in any more, given by whoever holds the machine.

use kernel::Stop;

use crate::{Action, Ctx, Object, Person, PersonRefused, people, secrets, sessions};

/// Gives a person a new password: the PIN wakes, the waits after wrong sign-ins are forgotten, and
/// all open sessions of the person end. Nothing of it is in the journal. Hashes in the transaction:
/// for commands, not for pages.
///
/// # Errors
///
/// [`PersonRefused::Unknown`] if nobody signs in by that name, a rule on passwords, or the lack of
/// the right to manage people.
pub fn reset_password(
    ctx: &mut Ctx<'_, '_>,
    login: &str,
    password: &str,
) -> Result<Person, Stop<PersonRefused>> {
    ctx.authorize(Action::ManagePeople, &Object::Post)?;
    let person = people::by_login(ctx.tx, login)?.ok_or(Stop::Refused(PersonRefused::Unknown))?;
    secrets::check_password(password, &person.name, &person.login).map_err(Stop::Refused)?;
    let hash = secrets::hash(password)?;
    secrets::store_hash(ctx.tx, person.id, &hash, ctx.now_millis)?;
    secrets::wake_pin(ctx.tx, person.id)?;
    ctx.tx
        .execute("delete from sign_in_failure where login = $1", &[person.login.as_str().into()])?;
    sessions::close_all(ctx.tx, person.id)?;
    Ok(person)
}
