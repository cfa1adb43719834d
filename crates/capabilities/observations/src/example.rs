//! Invented observations for a post that opens on the example. **Nobody saw any of it.**

use journal::{Audience, Draft};
use kernel::Date;
use serde::Serialize;

use crate::observation::{Answered, Published, Sent, Settled, Subject};
use crate::{ANSWERED, PUBLISHED, SENT, SETTLED};

/// The shipped example cannot be told. A test tells it, so a released program never says this.
#[derive(Debug, thiserror::Error)]
pub enum ExampleError {
    /// A fact.
    #[error(transparent)]
    Json(#[from] serde_json::Error),
    /// A day.
    #[error("a day of the example is none")]
    Day,
}

struct Facts {
    now_millis: i64,
    drafts: Vec<Draft>,
}

impl Facts {
    fn add(
        &mut self,
        (kind, commune, subject): (&str, &str, &str),
        office: &str,
        payload: &impl Serialize,
    ) -> Result<(), ExampleError> {
        let payload = serde_json::to_vec(payload)?;
        self.drafts.push(Draft {
            audience: Audience::Local,
            scope: commune.to_owned(),
            person: "programme".to_owned(),
            office: office.to_owned(),
            reason: String::new(),
            kind: kind.to_owned(),
            subject: subject.to_owned(),
            payload,
            at_millis: self.now_millis,
        });
        Ok(())
    }
}

/// Three invented observations of the invented communes: one answered and settled, one that waits
/// for its answer with the place hidden, one that waits for a decision. They are local, as all
/// shipped content, and never travel.
///
/// # Errors
///
/// If the facts cannot be written.
pub fn example(now_millis: i64) -> Result<Vec<Draft>, ExampleError> {
    let day = |text: &str| text.parse::<Date>().map_err(|_| ExampleError::Day);
    let mut facts = Facts { now_millis, drafts: Vec::new() };
    let sent = |subject, village: &str, text: &str, on: &str| {
        Ok::<_, ExampleError>(Sent {
            subject,
            village: village.to_owned(),
            hide_village: false,
            text: text.to_owned(),
            photo: None,
            day: day(on)?,
            invented: true,
        })
    };
    let published = |it: &Sent, hidden: bool, on: &str| {
        Ok::<_, ExampleError>(Published {
            subject: it.subject,
            village: if hidden { String::new() } else { it.village.clone() },
            hidden,
            text: it.text.clone(),
            photo: None,
            sent: it.day,
            day: day(on)?,
            invented: true,
        })
    };
    let moderation = "modération (exemple inventé)";
    let pump = sent(
        Subject::Forage,
        "Village d’exemple",
        "La pompe près de l’école ne donne plus d’eau depuis dimanche. Les femmes vont au marigot.",
        "2024-11-12",
    )?;
    let first = ("EX-C1", "exemple-pompe");
    facts.add((SENT, first.0, first.1), "", &pump)?;
    facts.add(
        (PUBLISHED, first.0, first.1),
        moderation,
        &published(&pump, false, "2024-11-13")?,
    )?;
    let answer = Answered {
        text: "La pièce usée est commandée au chef-lieu. Le réparateur passe jeudi. En attendant, \
               le forage du centre de santé reste ouvert matin et soir."
            .to_owned(),
        contests: false,
        replaces: Vec::new(),
        day: day("2024-11-15")?,
    };
    facts.add((ANSWERED, first.0, first.1), "mairie d’exemple 1", &answer)?;
    let settled = Settled { by_sender: true, text: String::new(), day: day("2024-11-24")? };
    facts.add((SETTLED, first.0, first.1), "", &settled)?;
    let tax = sent(
        Subject::Argent,
        "",
        "Au marché, […] demande la taxe deux fois et ne donne pas de ticket.",
        "2024-12-03",
    )?;
    let second = ("EX-C1", "exemple-taxe");
    facts.add(
        (PUBLISHED, second.0, second.1),
        moderation,
        &published(&tax, true, "2024-12-05")?,
    )?;
    let school = sent(
        Subject::Ecole,
        "Village d’exemple",
        "Le toit de la deuxième classe est parti avec le vent. Les élèves sont sous l’arbre.",
        "2025-01-08",
    )?;
    facts.add((SENT, "EX-C2", "exemple-toit"), "", &school)?;
    Ok(facts.drafts)
}
