//! What the plans say on the page of a place: the plan of a commune, or how many communes have one.

use db::Tx;
use kernel::{Date, Failure};
use territory::Level;
use web::{Panel, Reader};

use crate::{Figures, Scope, in_force, read};

/// The panel of a place.
///
/// # Errors
///
/// If the store fails.
pub fn of_place(
    tx: &mut Tx<'_>,
    place: &str,
    day: Date,
    reader: &Reader<'_>,
) -> Result<Vec<Panel>, Failure> {
    let Some(unit) = territory::unit(tx, place)? else { return Ok(Vec::new()) };
    let title = reader.t("plans-panel-title");
    if unit.level != Level::Commune {
        let href = format!("/plans?lieu={}", web::encode(place));
        let links = vec![(href, reader.t("plans-panel-below"))];
        return Ok(vec![Panel { title, sentences: Vec::new(), links }]);
    }
    let plans = read::plans_of(tx, place)?;
    let all = (format!("/plans/communes/{}", web::encode(place)), reader.t("plans-panel-all"));
    let Some(plan) = in_force(&plans, day) else {
        let sentences = vec![reader.t("plans-panel-none")];
        return Ok(vec![Panel { title, sentences, links: vec![all] }]);
    };
    let year = i64::from(day.year());
    let (lines, steps) = (read::lines(tx, plan.id)?, read::steps(tx, plan.id)?);
    let figures = Figures::of(&lines, &steps, Scope { year: Some(year), day });
    let sentences = vec![
        reader.say(
            "plans-in-force-until",
            &[("title", plan.title.clone()), ("year", plan.last.to_string())],
        ),
        reader.say(
            "plans-panel-year",
            &[
                ("year", year.to_string()),
                ("count", figures.lines.to_string()),
                ("done", figures.count(crate::State::Done).to_string()),
            ],
        ),
    ];
    let own = (format!("/plans/{}", plan.id), reader.t("plans-panel-plan"));
    let programme = (
        format!("/plans/{}/pia/{year}", plan.id),
        reader.say("plans-year-title", &[("year", year.to_string())]),
    );
    Ok(vec![Panel { title, sentences, links: vec![own, programme, all] }])
}
