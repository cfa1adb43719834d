//! People, the offices that they hold, how they sign in, and what they may do.
//!
//! Rights are decided by one function, [`allow`], over one table, written out as a matrix in
//! `docs/rights.md` by a test. Pages, files, interfaces, exchange and search all ask it.

mod actor;
mod ctx;
mod doors;
mod office;
mod people;
mod reset;
mod rights;
mod secrets;
mod sessions;

pub use actor::Actor;
pub use ctx::{Ctx, Fact};
pub use doors::{PasswordRefused, SignInRefused, change_password, open, set_pin, switch, unlock};
pub use office::{Office, OfficeKind};
pub use people::{
    NewOffice, NewPerson, People, Person, PersonRefused, ReadyPerson, add_office, add_person,
    end_office, first_person, person, persons,
};
pub use reset::reset_password;
pub use rights::{Action, Object, Reach, allow, matrix};
pub use sessions::{
    Session, SessionState, Sessions, close, close_all, find, lock, open_for_device,
    others_on_device,
};

use std::sync::Arc;

use db::{DbError, Tx};
use journal::Fold;

/// The tables that are in no journal and that a copy of the post must hold, so that people can sign
/// in after a restore. Sessions are left out: they end with the machine that they were opened on.
pub const COPIED: &[&str] = &["credential"];

/// The slice's fold: people and offices.
pub fn fold() -> Arc<dyn Fold> {
    Arc::new(People)
}

/// Creates the tables of secrets and sessions, which are settings of the post: they are in no
/// journal and travel to no other post.
///
/// # Errors
///
/// If the store fails.
pub fn migrate(tx: &mut Tx<'_>) -> Result<(), DbError> {
    tx.batch(include_str!("../sql/settings.sql"))
}
