//! What an empty base is filled with.

use db::Tx;
use journal::{Audience, Draft, Journal, JournalError};

use crate::cli::Content;
use crate::say::Refusal;

/// A fact of shipped content: kind, subject, payload, and the place that it concerns.
pub struct Shipped {
    kind: String,
    subject: String,
    payload: Vec<u8>,
}

/// Fills an empty base, then settles what depends on its content, all or nothing; returns how many
/// entries it wrote.
///
/// Shipped content stays at this post (`Audience::Local`): every post has its own from the program,
/// with the same identifiers, so that nothing of it needs to travel.
pub fn fill(
    journal: &Journal,
    content: Content,
    now_millis: i64,
    settle: impl FnOnce(&mut Tx<'_>) -> Result<(), Refusal>,
) -> Result<usize, Refusal> {
    let mut facts = Vec::new();
    if content != Content::Empty {
        let told = |it: &dyn std::fmt::Display| Refusal::Told(it.to_string());
        let territory = territory::shipped().map_err(|it| told(&it))?;
        facts.extend(territory.into_iter().map(|it| Shipped {
            kind: it.kind.to_owned(),
            subject: it.subject,
            payload: it.payload,
        }));
        let register = register::shipped().map_err(|it| told(&it))?;
        facts.extend(register.into_iter().map(|it| Shipped {
            kind: it.kind.to_owned(),
            subject: it.subject,
            payload: it.payload,
        }));
        if matches!(content, Content::Exercise | Content::Example) {
            let it = territory::example().map_err(|it| told(&it))?;
            facts.push(Shipped {
                kind: it.kind.to_owned(),
                subject: it.subject,
                payload: it.payload,
            });
        }
    }
    let told = |it: monitoring::circuit::ExampleError| Refusal::Told(it.to_string());
    let example = match content {
        Content::Empty | Content::Reference => Vec::new(),
        Content::Exercise => monitoring::circuit::exercise(now_millis).map_err(told)?,
        Content::Example => monitoring::circuit::example(now_millis).map_err(told)?,
    };
    let told = |it: observations::ExampleError| Refusal::Told(it.to_string());
    let observed = match content {
        Content::Empty | Content::Reference => Vec::new(),
        Content::Exercise | Content::Example => observations::example(now_millis).map_err(told)?,
    };
    let told = |it: assessments::ExampleError| Refusal::Told(it.to_string());
    let assessed = match content {
        Content::Empty | Content::Reference => Vec::new(),
        Content::Exercise | Content::Example => assessments::example(now_millis).map_err(told)?,
    };
    let example: Vec<Draft> = example.into_iter().chain(observed).chain(assessed).collect();
    let plans = match content {
        Content::Empty | Content::Reference => Vec::new(),
        Content::Exercise | Content::Example => {
            plans::example(now_millis).map_err(|it| Refusal::Told(it.to_string()))?
        }
    };
    let count = facts.len() + example.len() + plans.len();
    journal.db().write(|tx| {
        for fact in facts {
            append(journal, tx, fact, now_millis)?;
        }
        for draft in example.into_iter().chain(plans) {
            journal.append(tx, draft)?;
        }
        Journal::set_setting(tx, "content", &format!("{content:?}").to_lowercase())?;
        settle(tx)
    })?;
    Ok(count)
}

fn append(
    journal: &Journal,
    tx: &mut Tx<'_>,
    fact: Shipped,
    at_millis: i64,
) -> Result<(), JournalError> {
    let draft = Draft {
        audience: Audience::Local,
        scope: "*".to_owned(),
        person: "programme".to_owned(),
        office: String::new(),
        reason: String::new(),
        kind: fact.kind,
        subject: fact.subject,
        payload: fact.payload,
        at_millis,
    };
    journal.append(tx, draft).map(|_| ())
}

/// Whether nothing was ever written here.
pub fn is_empty(journal: &Journal) -> Result<bool, Refusal> {
    Ok(journal.db().read(Journal::extent)?.0 == 0)
}

/// Whether nobody has said yet what this base is filled with.
pub fn is_unsettled(journal: &Journal) -> Result<bool, Refusal> {
    Ok(is_empty(journal)? && journal.db().read(|tx| Journal::setting(tx, "content"))?.is_none())
}
