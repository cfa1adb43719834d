//! What monitoring says on the page of a place: the last quarter published, and the ways to it.

use db::Tx;
use kernel::{Date, Failure};
use web::{Panel, Reader};

use crate::analysis::encoded;
use crate::questionnaire::Level;
use crate::reports::{self, Kind};
use crate::store;

/// The panel of a place that monitoring follows; nothing of another.
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
    let Some(ground) = store::ground(tx, place, day)? else { return Ok(Vec::new()) };
    let mut panel = Panel { title: reader.t("monitoring-panel-title"), ..Panel::default() };
    let nation = ground.holder(place, Level::Nation).unwrap_or(place).to_owned();
    let code = encoded(place);
    match store::published(tx, &nation)?.pop() {
        Some(quarter) => {
            let name = reader.language.quarter(quarter);
            panel.sentences.push(reader.say("monitoring-panel-last", &[("quarter", name)]));
            let (label, href) = match ground.level() {
                Level::Commune => {
                    ("monitoring-panel-sheet", reports::href_of(place, quarter, Kind::Commune))
                }
                Level::Cercle | Level::Region | Level::Nation => {
                    ("monitoring-panel-report", reports::href(place, quarter))
                }
            };
            panel.links.push((href, reader.t(label)));
            panel.links.push((
                format!("/suivi/indicateurs?lieu={code}&periode={quarter}"),
                reader.t("monitoring-panel-figures"),
            ));
        }
        None => panel.sentences.push(reader.t("monitoring-panel-none")),
    }
    panel
        .links
        .push((format!("/suivi/explorer?lieu={code}"), reader.t("monitoring-panel-explore")));
    Ok(vec![panel])
}
