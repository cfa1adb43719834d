//! What waits for those who keep the assessments of a commune: the actions that were decided.

use db::Tx;
use identity::Action;
use kernel::Failure;
use web::{Duty, Reader};

use crate::fold::may_keep;

/// The actions of the last closed assessment of each own commune, with their day.
///
/// # Errors
///
/// If the store fails.
pub fn duties(tx: &mut Tx<'_>, reader: &Reader<'_>) -> Result<Vec<Duty>, Failure> {
    let mut out = Vec::new();
    for office in &reader.actor.offices {
        let place = identity::Object::at([office.place.as_str()]);
        if !identity::allow(reader.actor, Action::AssessCommune, &place)
            || !may_keep(tx, reader.actor, &office.place, reader.today)?
        {
            continue;
        }
        let all = crate::of_commune(tx, &office.place)?;
        let Some(last) = all.iter().rev().find(|it| it.content.closed) else { continue };
        for it in &last.content.actions {
            out.push(Duty {
                due: it.due,
                text: reader.say("assessments-duty", &[("what", it.what.clone())]),
                href: format!("/autoevaluation/{}", last.id),
            });
        }
    }
    Ok(out)
}
