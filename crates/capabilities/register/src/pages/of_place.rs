//! What the register says on the page of a place: its partnerships, and those of its syndicats.

use db::Tx;
use kernel::{Date, Failure};
use web::{Panel, Reader};

use crate::{Typed, count};

/// The panels of a place.
///
/// # Errors
///
/// The base does not answer.
pub fn of_place(
    tx: &mut Tx<'_>,
    place: &str,
    day: Date,
    reader: &Reader<'_>,
) -> Result<Vec<Panel>, Failure> {
    let (filter, _) = Typed { lieu: place.to_owned(), ..Typed::default() }.understand(tx)?;
    let known = count(tx, &filter)?;
    let told = reader.say("register-panel-count", &[("count", known.to_string())]);
    let mut panel =
        Panel { title: reader.t("register-panel-title"), sentences: vec![told], links: Vec::new() };
    if known > 0 {
        let href = format!("/registre?lieu={}", web::encode(place));
        panel.links.push((href, reader.t("register-panel-list")));
    }
    Ok([Some(panel), syndicats(tx, place, day, reader)?].into_iter().flatten().collect())
}

/// The syndicats of which the place is a member on a day, with its part and their partnerships.
fn syndicats(
    tx: &mut Tx<'_>,
    place: &str,
    day: Date,
    reader: &Reader<'_>,
) -> Result<Option<Panel>, Failure> {
    let mut panel = Panel { title: reader.t("register-panel-groups"), ..Panel::default() };
    for it in territory::groups_of(tx, place)? {
        let member =
            it.members_on(day).find(|one| one.place == place).filter(|_| it.exists_on(day));
        let Some(member) = member else { continue };
        let share = member.share.map(|it| it.to_string());
        let (filter, _) = Typed { q: it.name.clone(), ..Typed::default() }.understand(tx)?;
        let known = count(tx, &filter)?;
        panel.sentences.push(reader.say(
            "register-panel-group",
            &[
                ("name", it.name.clone()),
                ("share", share.unwrap_or_else(|| reader.t("groups-no-share"))),
                ("count", known.to_string()),
            ],
        ));
        panel.links.push((format!("/territoire/syndicats/{}", it.id), it.name.clone()));
        if known > 0 {
            let href = format!("/registre?q={}", web::encode(&it.name));
            let words = reader.say("register-panel-group-list", &[("name", it.name)]);
            panel.links.push((href, words));
        }
    }
    Ok((!panel.sentences.is_empty()).then_some(panel))
}
