//! A population that a person states: a year, a source, a figure. Nothing is ever overwritten:
//! another source stands beside, and a source that corrects itself says on which day.

use db::{DbError, Tx};
use identity::{Action, Ctx, Fact, Object};
use journal::Audience;
use kernel::{Date, Failure, Message, Reject, Stop};

use crate::{Population, locality, populations_stated, unit};

mod table;

pub(crate) use table::whole;
pub use table::{LARGEST_POPULATIONS, ReadPopulations, read_populations};

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
    /// The year has not begun.
    #[error("a year to come")]
    YearToCome,
    /// No source is written, or it is too long.
    #[error("no source")]
    Source,
    /// The figure is no whole number of persons.
    #[error("no figure")]
    Persons,
    /// The households are no whole number.
    #[error("no households")]
    Households,
    /// The day of the correction is none, or has not come yet.
    #[error("no day of correction")]
    Corrected,
    /// There is nothing to correct, or it was corrected later already.
    #[error("nothing to correct")]
    NothingToCorrect,
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
            Self::Year | Self::YearToCome => "annee",
            Self::Source | Self::Stands { .. } => "source",
            Self::Persons => "personnes",
            Self::Households => "menages",
            Self::Corrected | Self::NothingToCorrect => "corrige",
        }
    }
}

impl Reject for PopulationRefused {
    fn message(&self) -> Message {
        match self {
            Self::Year => Message::new("people-no-year"),
            Self::YearToCome => Message::new("people-year-to-come"),
            Self::Source => Message::new("people-no-source"),
            Self::Persons => Message::new("people-no-persons"),
            Self::Households => Message::new("people-no-households"),
            Self::Corrected => Message::new("people-no-correction-day"),
            Self::NothingToCorrect => Message::new("people-nothing-to-correct"),
            Self::Stands { persons } => Message::new("people-stands").with("persons", persons),
        }
    }
}

/// The country of a unit, or of the commune that holds a village.
pub(crate) fn country_of(tx: &mut Tx<'_>, code: &str) -> Result<Option<String>, DbError> {
    if let Some(it) = unit(tx, code)? {
        return Ok(Some(it.country));
    }
    let Some(village) = locality(tx, code)? else { return Ok(None) };
    Ok(unit(tx, &village.commune)?.map(|it| it.country))
}

/// Whether a figure says something that is not among those known of the same place; refused if it
/// would take the place of one of them.
pub(crate) fn is_news(
    it: &Population,
    known: &[Population],
    today: Date,
) -> Result<bool, PopulationRefused> {
    let source = it.source.trim();
    if !YEARS.contains(&it.year) {
        return Err(PopulationRefused::Year);
    }
    if i64::from(today.year()) < it.year {
        return Err(PopulationRefused::YearToCome);
    }
    if source.is_empty() || LONGEST < source.chars().count() || source.chars().any(char::is_control)
    {
        return Err(PopulationRefused::Source);
    }
    if !(0..=MOST).contains(&it.persons) {
        return Err(PopulationRefused::Persons);
    }
    if it.households.is_some_and(|it| !(0..=MOST).contains(&it)) {
        return Err(PopulationRefused::Households);
    }
    if it.corrected.is_some_and(|it| today < it) {
        return Err(PopulationRefused::Corrected);
    }
    let same = || known.iter().filter(|one| one.year == it.year && one.source == source);
    if let Some(one) = same().find(|one| one.corrected == it.corrected) {
        let told = it.households.is_none() || one.households == it.households;
        return match one.persons == it.persons && told {
            true => Ok(false),
            false => Err(PopulationRefused::Stands { persons: one.persons }),
        };
    }
    if it.corrected.is_some() && same().all(|one| it.corrected < one.corrected) {
        return Err(PopulationRefused::NothingToCorrect);
    }
    Ok(true)
}

/// States the population of a unit or village for a year, by a source.
///
/// # Errors
///
/// If a rule is broken, if the actor may not change the territory of the country, or if the store
/// fails. The same figure again is no mistake and writes nothing.
pub fn state_population(
    ctx: &mut Ctx<'_, '_>,
    population: &Population,
) -> Result<(), Stop<PopulationRefused>> {
    let country = country_of(ctx.tx, &population.code).map_err(Failure::from)?;
    let country = country.ok_or(Failure::NotFound)?;
    state_populations(ctx, &country, std::slice::from_ref(population))
}

/// States many populations of one country, all or none.
///
/// # Errors
///
/// As [`state_population`], by the first figure that cannot be taken.
pub fn state_populations(
    ctx: &mut Ctx<'_, '_>,
    country: &str,
    populations: &[Population],
) -> Result<(), Stop<PopulationRefused>> {
    ctx.authorize(Action::EditTerritory, &Object::at([country]))?;
    let today = ctx.today();
    let mut stated = Vec::new();
    for it in populations {
        let of = country_of(ctx.tx, &it.code).map_err(Failure::from)?;
        if of.as_deref() != Some(country) {
            return Err(Failure::NotFound.into());
        }
        let known = populations_stated(ctx.tx, &it.code).map_err(Failure::from)?;
        if is_news(it, &known, today).map_err(Stop::Refused)? {
            stated.push(Population { source: it.source.trim().to_owned(), ..it.clone() });
        }
    }
    if stated.is_empty() {
        return Ok(());
    }
    let subject = match stated.as_slice() {
        [only] => only.code.clone(),
        _ => country.to_owned(),
    };
    ctx.record(Fact {
        kind: POPULATION_STATED,
        subject: &subject,
        audience: Audience::Nomenclature,
        scope: country,
        reason: "",
        payload: &stated,
    })?;
    Ok(())
}
