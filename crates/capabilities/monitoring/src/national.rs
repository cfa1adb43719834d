//! Re-diffusion: what the nation publishes goes down to every post of the country, so that a cercle
//! reads the figures of the nation, of the regions and of its neighbours though it holds no return
//! of theirs (J4.2).
//!
//! One entry holds the figures of the nation, the regions and the cercles, and goes to all; one
//! entry a region holds those of its communes, and goes to that region alone. Restricted figures
//! are not in them. Earlier quarters stay.

mod pack;
mod page;

pub use pack::{Pack, PackRefused, Told, Unit, pack};
pub(crate) use page::routes;

use std::collections::BTreeMap;

use db::Tx;
use identity::{Action, Actor, Ctx, Fact};
use journal::{Audience, Entry, FoldError, Journal};
use kernel::{Date, Decimal, Failure, Language, Quarter, Stop};
use serde::{Deserialize, Serialize};
use web::Catalogue;

use crate::analysis::{self, Computed, Figure, Version};
use crate::questionnaire::Level;
use crate::store;

/// Published results, for the posts below. The payload is [`ResultsPublished`].
pub const RESULTS_PUBLISHED: &str = "monitoring.results-published";

/// The payload of [`RESULTS_PUBLISHED`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResultsPublished {
    /// The nation.
    pub nation: String,
    /// The place whose units are in it, communes for a region; the nation for the larger ones.
    pub place: String,
    /// The quarter.
    pub quarter: String,
    /// The day of the publication.
    pub day: Date,
    /// The codes of the indicators, in the order of the figures.
    pub indicators: Vec<String>,
    /// The figures by unit: `numerator/denominator/answered/expected` for each indicator, between
    /// spaces; `-` where there is none or none may be published.
    pub units: BTreeMap<String, String>,
}

/// Writes down the published results of a quarter for the posts below. To be called after the
/// publication.
///
/// # Errors
///
/// If the quarter is not published, or the lack of the right to publish.
pub fn publish_results(
    ctx: &mut Ctx<'_, '_>,
    nation: &str,
    quarter: Quarter,
) -> Result<Vec<ResultsPublished>, Stop<crate::circuit::Refused>> {
    let ground = crate::circuit::ground_of(ctx.tx, nation, quarter)?;
    ctx.authorize(Action::PublishQuarter, &ground.object(nation))?;
    let passed = store::state(ctx.tx, nation, quarter).map_err(Failure::from)?;
    let passed = passed.filter(|it| it.stage == store::Stage::Published);
    let day = passed.ok_or(Failure::NotFound)?.day;
    let found = analysis::consolidated(ctx.tx, nation, quarter, Version::Published)?;
    let found = found.ok_or(Failure::NotFound)?;
    let computed = &found.computed;
    let units = ground.tree.units();
    let mut parts: BTreeMap<&str, BTreeMap<String, String>> = BTreeMap::new();
    for unit in units {
        let place = match unit.level {
            Level::Commune => ground.holder(&unit.code, Level::Region).unwrap_or(nation),
            Level::Cercle | Level::Region | Level::Nation => nation,
        };
        let figures: Vec<String> = (0..computed.questionnaire().indicators().len())
            .map(|at| {
                let hidden = found.withheld.holds(computed, at, &unit.code);
                match computed.figure(at, &unit.code) {
                    Some(it) if !hidden && 0 < it.respondents => written(&it),
                    _ => "-".to_owned(),
                }
            })
            .collect();
        if figures.iter().any(|it| it != "-") {
            parts.entry(place).or_default().insert(unit.code.clone(), figures.join(" "));
        }
    }
    let indicators: Vec<String> =
        computed.questionnaire().indicators().iter().map(|it| it.code.clone()).collect();
    let mut written = Vec::new();
    for (place, units) in parts {
        let payload = ResultsPublished {
            nation: nation.to_owned(),
            place: place.to_owned(),
            quarter: quarter.to_string(),
            day,
            indicators: indicators.clone(),
            units,
        };
        ctx.record(Fact {
            kind: RESULTS_PUBLISHED,
            subject: &format!("results/{place}/{quarter}"),
            audience: Audience::Nomenclature,
            scope: place,
            reason: "",
            payload: &payload,
        })?;
        written.push(payload);
    }
    Ok(written)
}

fn written(figure: &Figure) -> String {
    let part = |it: Option<Decimal>| it.map(|it| it.normalize().to_string()).unwrap_or_default();
    format!(
        "{}/{}/{}/{}",
        part(figure.numerator),
        part(figure.denominator),
        figure.respondents,
        figure.expected
    )
}

fn read(text: &str) -> Option<Figure> {
    let mut parts = text.split('/');
    let mut part = || -> Option<Option<Decimal>> {
        let text = parts.next()?;
        if text.is_empty() { Some(None) } else { text.parse().ok().map(Some) }
    };
    let (numerator, denominator) = (part()?, part()?);
    let (respondents, expected) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    Some(Figure { numerator, denominator, respondents, expected })
}

/// The fold: the last results of a place and a quarter.
///
/// # Errors
///
/// If the payload is something else, or the store fails.
pub(crate) fn apply(tx: &mut Tx<'_>, entry: &Entry) -> Result<(), FoldError> {
    let it: ResultsPublished = entry.read()?;
    tx.execute(
        include_str!("national/sql/put.sql"),
        &[
            it.nation.into(),
            it.place.into(),
            it.quarter.into(),
            it.day.to_string().into(),
            entry.arrival.into(),
            entry.payload.as_slice().into(),
        ],
    )?;
    Ok(())
}

/// Lays the results that the nation published over those that this post can compute, for the
/// units of which it holds no return: all but its own place and what lies under it.
///
/// # Errors
///
/// If the store fails.
pub(crate) fn lay_over(
    tx: &mut Tx<'_>,
    computed: &mut Computed,
    nation: &str,
) -> Result<(), Failure> {
    let Some(own) = Journal::setting(tx, "post.place")? else { return Ok(()) };
    if own == nation {
        return Ok(());
    }
    let sql = include_str!("national/sql/of_quarter.sql");
    let rows = tx.query(sql, &[nation.into(), computed.quarter.to_string().into()])?;
    for row in &rows {
        let it: ResultsPublished =
            serde_json::from_slice(row.bytes("content")?).map_err(Failure::broken)?;
        let numbers: Vec<Option<usize>> = it
            .indicators
            .iter()
            .map(|code| analysis::number_of(computed.questionnaire(), code))
            .collect();
        for (unit, figures) in &it.units {
            if computed.land.path(unit).contains(&own.as_str()) {
                continue;
            }
            for (number, text) in numbers.iter().zip(figures.split(' ')) {
                if let Some(number) = number {
                    computed.set(*number, unit, read(text));
                }
            }
        }
    }
    Ok(())
}

/// The latest results that the nation published, as this post received them: the quarter and the
/// day of publication.
///
/// # Errors
///
/// If the store fails.
pub fn latest(tx: &mut Tx<'_>) -> Result<Option<(Quarter, Date)>, Failure> {
    let rows = tx.query(include_str!("national/sql/latest.sql"), &[])?;
    let Some(row) = rows.first() else { return Ok(None) };
    Ok(Some((row.parse("quarter")?, row.parse("day")?)))
}

/// Its words, French and English.
pub(crate) fn words() -> (&'static str, &'static str) {
    (include_str!("national/fr.ftl"), include_str!("national/en.ftl"))
}

/// « Données nationales du 12 février 2025 », for the status line of every post below the nation.
///
/// # Errors
///
/// If the store fails.
pub fn status(
    tx: &mut Tx<'_>,
    _: &Actor,
    language: Language,
    catalogue: &Catalogue,
) -> Result<Vec<String>, Failure> {
    let Some((quarter, day)) = latest(tx)? else { return Ok(Vec::new()) };
    let given = [("day", language.long_date(day)), ("quarter", language.short_quarter(quarter))];
    Ok(vec![catalogue.say(language, "national-data-of", &given)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_reads_back_what_it_writes() {
        for (numerator, denominator) in [(Some("5"), Some("16")), (None, None), (Some("0.5"), None)]
        {
            let part = |it: Option<&str>| it.map(|it| it.parse().unwrap());
            let figure = Figure {
                numerator: part(numerator),
                denominator: part(denominator),
                respondents: 11,
                expected: 12,
            };
            assert_eq!(read(&written(&figure)), Some(figure));
        }
        for wrong in ["", "-", "1/2/3", "a/b/1/1", "1/2/-1/1"] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }
}
