//! A paper form comes back: its code, typed or scanned, opens the same form on the screen.

use super::code::PaperCode;
use crate::circuit::ground_of;
use crate::entry::Sheet;
use crate::entry::page::{form_href, forms_href};
use crate::questionnaire::{self, Level};
use askama::Template;
use axum::extract::Query;
use axum::response::{IntoResponse, Redirect, Response};
use db::Tx;
use documents::CheckCode;
use identity::{Action, Actor, allow};
use kernel::{Failure, Message, Quarter};
use serde::Deserialize;
use web::{Access, Chrome, PageFailure, Routes, Visit};

/// Characters that a code, or the text of its QR code, may have.
const LONGEST: usize = 120;

pub(super) fn routes() -> Routes {
    Routes::new().get("/suivi/ressaisir", Access::Needs(Action::EnterValues), open)
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Asked {
    code: String,
}

#[derive(Template)]
#[template(path = "paper/rekey.html")]
struct View {
    chrome: Chrome,
    code: String,
    refusal: Option<String>,
    /// Two places that one code may mean: their addresses and names.
    places: Vec<(String, String)>,
}

/// The code in what was typed or scanned: alone, or among the words of the QR code.
fn code_in(text: &str) -> Result<CheckCode, Message> {
    let whole = text.trim();
    let typed = || Message::new("rekey-wrong").with("code", whole);
    if LONGEST < whole.len() {
        return Err(Message::new("rekey-long"));
    }
    let scanned = whole.strip_prefix("BENKADI 1 ").and_then(|it| it.split(' ').next());
    let alone = scanned.unwrap_or(whole);
    let letters = alone.chars().filter(|it| !matches!(it, ' ' | '-')).count();
    if letters != 8 {
        return Err(Message::new("rekey-length").with("code", whole).with("count", letters));
    }
    if let Some(letter) = alone.chars().find(|it| "oO0iI1".contains(*it)) {
        return Err(Message::new("rekey-letter").with("code", whole).with("letter", letter));
    }
    alone.parse().map_err(|_| typed())
}

/// The places that a code means, among those where this person may type.
fn places(
    tx: &mut Tx<'_>,
    actor: &Actor,
    code: PaperCode,
) -> Result<Vec<(String, String)>, Failure> {
    if let Some(unit) = code.place.official() {
        return match ground_of(tx, &unit, code.quarter) {
            Ok(ground) if allow(actor, Action::EnterValues, &ground.object(&unit)) => {
                let name = ground.name(&unit).to_owned();
                Ok(vec![(unit, name)])
            }
            Ok(_) | Err(Failure::NotFound) => Ok(Vec::new()),
            Err(it) => Err(it),
        };
    }
    let mut found: Vec<(String, String)> = Vec::new();
    for office in &actor.offices {
        let ground = match ground_of(tx, &office.place, code.quarter) {
            Ok(ground) => ground,
            Err(Failure::NotFound) => continue,
            Err(it) => return Err(it),
        };
        for unit in ground.tree.units() {
            let typed = matches!(unit.level, Level::Commune | Level::Cercle);
            if typed
                && super::Place::of(&unit.code) == code.place
                && allow(actor, Action::EnterValues, &ground.object(&unit.code))
                && found.iter().all(|it| it.0 != unit.code)
            {
                found.push((unit.code.clone(), ground.name(&unit.code).to_owned()));
            }
        }
    }
    Ok(found)
}

async fn open(visit: Visit, Query(asked): Query<Asked>) -> Result<Response, PageFailure> {
    let view = |refusal: Option<Message>, places| View {
        chrome: visit.chrome("rekey-title"),
        code: asked.code.clone(),
        refusal: refusal.map(|it| visit.app.tell(visit.language, &it)),
        places,
    };
    if asked.code.trim().is_empty() {
        return visit.page(&view(None, Vec::new()));
    }
    let letters = match code_in(&asked.code) {
        Ok(letters) => letters,
        Err(message) => return visit.correct(&view(Some(message), Vec::new())),
    };
    let nothing = || Message::new("rekey-nothing").with("code", letters);
    let last = Quarter::of(visit.today()).plus(1);
    let Some(code) = PaperCode::read(letters).filter(|it| it.quarter <= last) else {
        return visit.correct(&view(Some(nothing()), Vec::new()));
    };
    let actor = visit.actor.clone();
    let found = visit.app.read(move |tx| {
        let questionnaire = questionnaire::in_force(tx, code.quarter)?;
        Ok((places(tx, &actor, code)?, questionnaire))
    });
    let (found, questionnaire) = found.await.map_err(|it: Failure| PageFailure::from(it))?;
    let href = |unit: &str| match code.form_in(&questionnaire) {
        Some(form) => {
            let here = form_href((unit, code.quarter, form), code.tier, "");
            format!("{here}&papier={letters}")
        }
        None => forms_href(unit, code.quarter, code.tier),
    };
    match found.as_slice() {
        [] => visit.correct(&view(Some(nothing()), Vec::new())),
        [(unit, _)] => Ok(Redirect::to(&href(unit)).into_response()),
        _ => {
            let offered = found.iter().map(|(unit, name)| (href(unit), name.clone())).collect();
            visit.page(&view(None, offered))
        }
    }
}

/// What is said of the paper whose code opened the form.
pub(crate) fn banner(
    visit: &Visit,
    sheet: &Sheet,
    typed: &str,
) -> Option<(String, Option<String>)> {
    let letters: CheckCode = typed.parse().ok()?;
    let tell = |key: &str| {
        let told = Message::new(key).with("code", letters);
        visit.app.tell(visit.language, &told)
    };
    let code = PaperCode::read(letters)?;
    let (unit, quarter) = (sheet.ground.place(), sheet.quarter);
    let questionnaire = &sheet.questionnaire;
    let expected = PaperCode::new(questionnaire, unit, quarter, sheet.data_set, sheet.tier)?;
    if (PaperCode { edition: expected.edition, ..code }) != expected {
        return Some((tell("rekey-elsewhere"), None));
    }
    let warning = (!code.is_of(questionnaire)).then(|| tell("rekey-edition"));
    Some((tell("rekey-here"), warning))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_found_in_what_is_typed_or_scanned() {
        let code = CheckCode::of_bits(123_456_789);
        for text in [
            format!("{code}"),
            format!(" {} ", code.to_string().to_lowercase().replace('-', " ")),
            format!("BENKADI 1 {code} EX-C1 2024T4 J04"),
        ] {
            assert_eq!(code_in(&text), Ok(code), "{text}");
        }
        for (text, key) in [
            ("K7QF-2MN", "rekey-length"),
            ("K7QF-2MN0", "rekey-letter"),
            ("AAAA-AAAB", "rekey-wrong"),
        ] {
            assert_eq!(code_in(text).unwrap_err().key, key, "{text}");
        }
    }
}
