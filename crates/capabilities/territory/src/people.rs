//! A population that a person states: a year, a source, a figure. Nothing is ever overwritten: a
//! corrected figure names the source that corrects.

use identity::{Action, Ctx, Fact, Object};
use journal::Audience;
use kernel::{Failure, Message, Reject, Stop};

use crate::{Population, populations, unit};

/// The kind of entry that states populations: its payload is a list of [`Population`].
pub const POPULATION_STATED: &str = "territory.population-stated";

/// The first and last years taken.
const YEARS: std::ops::RangeInclusive<i64> = 1900..=2200;
/// More persons than this live in no unit.
const MOST: i64 = 2_000_000_000;
/// The longest source, in letters.
const LONGEST: usize = 200;

/// The rules that a stated population can break.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PopulationRefused {
    /// The year is none.
    #[error("no year")]
    Year,
    /// No source is written, or it is too long.
    #[error("no source")]
    Source,
    /// The figure is no whole number of persons.
    #[error("no figure")]
    Persons,
    /// The households are no whole number.
    #[error("no households")]
    Households,
    /// This source already gives a figure for this year.
    #[error("{persons} stand already")]
    Stands {
        /// The figure that stands.
        persons: i64,
    },
}

impl PopulationRefused {
    /// The field of the form to correct.
    pub fn field(&self) -> &'static str {
        match self {
            Self::Year => "annee",
            Self::Source | Self::Stands { .. } => "source",
            Self::Persons => "personnes",
            Self::Households => "menages",
        }
    }
}

impl Reject for PopulationRefused {
    fn message(&self) -> Message {
        match self {
            Self::Year => Message::new("people-no-year"),
            Self::Source => Message::new("people-no-source"),
            Self::Persons => Message::new("people-no-persons"),
            Self::Households => Message::new("people-no-households"),
            Self::Stands { persons } => Message::new("people-stands").with("persons", persons),
        }
    }
}

/// States the population of a unit for a year, by a source.
///
/// # Errors
///
/// If a rule is broken, if the actor may not change the territory of the country, or if the store
/// fails. The same figure again is no mistake and writes nothing.
pub fn state_population(
    ctx: &mut Ctx<'_, '_>,
    population: &Population,
) -> Result<(), Stop<PopulationRefused>> {
    let found = unit(ctx.tx, &population.code).map_err(Failure::from)?;
    let country = found.ok_or(Failure::NotFound)?.country;
    ctx.authorize(Action::EditTerritory, &Object::at([&country]))?;
    let source = population.source.trim();
    let refuse = |it| Err(Stop::Refused(it));
    if !YEARS.contains(&population.year) {
        return refuse(PopulationRefused::Year);
    }
    if source.is_empty() || LONGEST < source.chars().count() || source.chars().any(char::is_control)
    {
        return refuse(PopulationRefused::Source);
    }
    if !(0..=MOST).contains(&population.persons) {
        return refuse(PopulationRefused::Persons);
    }
    if population.households.is_some_and(|it| !(0..=MOST).contains(&it)) {
        return refuse(PopulationRefused::Households);
    }
    let known = populations(ctx.tx, &population.code).map_err(Failure::from)?;
    let same = known.iter().find(|it| it.year == population.year && it.source == source);
    match same {
        Some(it) if it.persons == population.persons => return Ok(()),
        Some(it) => return refuse(PopulationRefused::Stands { persons: it.persons }),
        None => {}
    }
    let stated = Population { source: source.to_owned(), ..population.clone() };
    ctx.record(Fact {
        kind: POPULATION_STATED,
        subject: &population.code,
        audience: Audience::Nomenclature,
        scope: &country,
        reason: "",
        payload: &vec![stated],
    })?;
    Ok(())
}
