//! What the page of a place shows of its observations: the latest, never how many. And what waits
//! for those who decide and for the commune.

use db::Tx;
use identity::Action;
use kernel::{Date, Failure};
use territory::Level;
use web::{Duty, Panel, Reader};

use crate::State;
use crate::find::{Side, ids_for};
use crate::status::may_somewhere;

/// How many are shown.
const SHOWN: i64 = 3;
/// So many decisions are named one by one; more are one line, which a flood does not make longer.
const ONE_BY_ONE: usize = 3;

/// The panel of a commune.
///
/// # Errors
///
/// If the store fails.
pub fn of_place(
    tx: &mut Tx<'_>,
    code: &str,
    on: Date,
    reader: &Reader<'_>,
) -> Result<Vec<Panel>, Failure> {
    let place = territory::place_near(tx, code, on)?;
    let Some(place) = place.filter(|it| it.level == Level::Commune) else { return Ok(Vec::new()) };
    let mut panel = Panel { title: reader.t("observations-panel-title"), ..Panel::default() };
    for it in crate::in_commune(tx, code, SHOWN)? {
        let Some(public) = it.public() else { continue };
        let arguments = [
            ("subject", reader.t(&format!("observations-subject-{}", public.subject))),
            ("day", reader.language.long_date(public.sent)),
            ("state", reader.t(&format!("observations-state-{}", it.state().word()))),
        ];
        let line = reader.say("observations-panel-line", &arguments);
        panel.links.push((format!("/observations/{}", it.id), line));
    }
    let encoded = web::encode(code);
    if panel.links.is_empty() {
        panel.sentences.push(reader.say("observations-panel-none", &[("name", place.name)]));
    } else {
        let all = format!("/observations/commune/{encoded}");
        panel.links.push((all, reader.t("observations-all-here")));
    }
    panel
        .links
        .push((format!("/observations/nouvelle/{encoded}"), reader.t("observations-send-here")));
    Ok(vec![panel])
}

/// What waits for this person: observations to decide about, and, for a commune, to answer.
///
/// # Errors
///
/// If the store fails.
pub fn duties(tx: &mut Tx<'_>, reader: &Reader<'_>) -> Result<Vec<Duty>, Failure> {
    let mut out = Vec::new();
    let mut many = None;
    let mut duty = |tx: &mut Tx<'_>, it: &crate::Observation, key: &str, href: String| {
        let subject = match (it.public(), it.sent()) {
            (Some(public), _) => public.subject,
            (None, Some(sent)) => sent.subject,
            (None, None) => return Ok::<_, Failure>(()),
        };
        let place = territory::place_near(tx, &it.commune, reader.today)?;
        let arguments = [
            ("subject", reader.t(&format!("observations-subject-{subject}"))),
            ("name", place.map_or_else(|| it.commune.clone(), |it| it.name)),
        ];
        out.push(Duty { due: None, text: reader.say(key, &arguments), href });
        Ok(())
    };
    if may_somewhere(reader.actor, Action::ModerateObservations) {
        let who = (reader.actor, Side::Moderation);
        let waiting = ids_for(tx, who, &[State::Attente], reader.today)?;
        if ONE_BY_ONE < waiting.len() {
            many = Some(waiting.len());
        } else {
            for id in &waiting {
                let Some(it) = crate::observation(tx, id)? else { continue };
                let href = format!("/observations/moderation/{id}");
                duty(tx, &it, "observations-duty-decide", href)?;
            }
        }
    }
    if may_somewhere(reader.actor, Action::AnswerObservations) {
        let waiting = crate::awaiting_answer(tx, reader.actor, &[State::Signalee], reader.today)?;
        for it in &waiting {
            duty(tx, it, "observations-duty-answer", format!("/observations/{}", it.id))?;
        }
    }
    if let Some(count) = many {
        let text = reader.say("observations-duty-decide-many", &[("count", count.to_string())]);
        out.insert(0, Duty { due: None, text, href: "/observations/moderation".to_owned() });
    }
    Ok(out)
}
