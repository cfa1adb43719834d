//! What a use case is given: the transaction, the instant, the person.

use db::Tx;
use journal::{Audience, Draft, Entry, Journal};
use kernel::{Date, Failure};
use serde::Serialize;

use crate::{Action, Actor, Object, allow};

/// The context of one act. All that it writes is one transaction.
pub struct Ctx<'a, 't> {
    /// The open transaction.
    pub tx: &'a mut Tx<'t>,
    /// Who acts.
    pub actor: &'a Actor,
    /// This post's clock, in milliseconds since 1970.
    pub now_millis: i64,
    journal: &'a Journal,
}

/// A fact to record.
#[derive(Clone, Debug)]
pub struct Fact<'a, P> {
    /// What kind of fact: `register.partnership-changed`.
    pub kind: &'a str,
    /// The record concerned.
    pub subject: &'a str,
    /// Who may receive it.
    pub audience: Audience,
    /// The place that it concerns: a territory code, or `*`.
    pub scope: &'a str,
    /// Why.
    pub reason: &'a str,
    /// The fact itself.
    pub payload: &'a P,
}

impl<'a, 't> Ctx<'a, 't> {
    /// The context of an act by `actor`, at `now_millis`.
    pub fn new(
        tx: &'a mut Tx<'t>,
        journal: &'a Journal,
        actor: &'a Actor,
        now_millis: i64,
    ) -> Self {
        Self { tx, actor, now_millis, journal }
    }

    /// The journal.
    pub fn journal(&self) -> &'a Journal {
        self.journal
    }

    /// The civil date of the act.
    pub fn today(&self) -> Date {
        Date::from_millis(self.now_millis)
    }

    /// Goes on only if the actor may do this.
    ///
    /// # Errors
    ///
    /// [`Failure::Denied`] otherwise.
    pub fn authorize(&self, action: Action, object: &Object) -> Result<(), Failure> {
        if allow(self.actor, action, object) {
            Ok(())
        } else {
            Err(Failure::Denied(format!("{action:?}")))
        }
    }

    /// Appends a fact to the journal and applies it to the tables.
    ///
    /// # Errors
    ///
    /// [`Failure::Broken`] if the store fails or the payload does not fit its kind.
    pub fn record<P: Serialize>(&mut self, fact: Fact<'_, P>) -> Result<Entry, Failure> {
        let (person, office) = self.actor.signature();
        let draft = Draft {
            audience: fact.audience,
            scope: fact.scope.to_owned(),
            person,
            office,
            reason: fact.reason.to_owned(),
            kind: fact.kind.to_owned(),
            subject: fact.subject.to_owned(),
            payload: serde_json::to_vec(fact.payload).map_err(Failure::broken)?,
            at_millis: self.now_millis,
        };
        Ok(self.journal.append(self.tx, draft)?)
    }
}
