//! The key figures of a commune: what the nation published of it, and nothing else.

use db::Tx;
use identity::Actor;
use kernel::{Decimal, Failure, Period, Quarter, Stop};
use monitoring::cube::{Ask, Map, Measure, Standing, figures};
use monitoring::questionnaire::Rhythm;

/// The elements of the questionnaire that are told, with their pictograms.
pub const FIGURES: [(&str, &str); 6] = [
    ("EDU_ELEVES", "school"),
    ("HYD_PE", "water"),
    ("SAN_CONS", "health"),
    ("FIN_TDRL", "money"),
    ("FIN_DOT", "money"),
    ("FIN_DEP_INV", "build"),
];

/// A key figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    /// The element.
    pub element: &'static str,
    /// Its pictogram.
    pub pictogram: &'static str,
    /// Its value; `None` is « n.d. ».
    pub value: Option<Decimal>,
}

impl Figure {
    /// The value as a number that can be said: whole, not negative, not too great.
    pub fn spoken(&self) -> Option<u64> {
        let whole = self.value?.normalize();
        if whole.scale() != 0 {
            return None;
        }
        let number = u64::try_from(whole.mantissa()).ok()?;
        (number <= crate::grammar::GREATEST).then_some(number)
    }
}

/// The key figures of a commune in the last quarter published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Published {
    /// The quarter.
    pub quarter: Quarter,
    /// The figures, in the order of [`FIGURES`].
    pub figures: Vec<Figure>,
}

/// What is published of a commune; `None` if nothing is.
///
/// # Errors
///
/// If the store fails.
pub fn published(tx: &mut Tx<'_>, commune: &str) -> Result<Option<Published>, Failure> {
    let Some(unit) = territory::unit(tx, commune)? else { return Ok(None) };
    if unit.level != territory::Level::Commune {
        return Ok(None);
    }
    let Some(quarter) = monitoring::store::published(tx, &unit.country)?.pop() else {
        return Ok(None);
    };
    let all = figures(tx)?;
    let questionnaire = all.questionnaire();
    let known: Vec<(&str, &str, Measure)> = FIGURES
        .iter()
        .filter_map(|(code, icon)| Some((*code, *icon, Measure::element(questionnaire, code)?)))
        .collect();
    let ask = Ask {
        measures: known.iter().map(|it| it.2.clone()).collect(),
        places: vec![commune.to_owned()],
        periods: vec![Period::Quarter(quarter), Period::Year(quarter.year())],
        map: Map::AsItWas,
        partial: false,
    };
    let answer = match all.answer(&Actor::anonymous(), &ask) {
        Ok(it) => it,
        // The commune was not part of the circuit: nothing is known of it.
        Err(Stop::Refused(_)) => return Ok(None),
        Err(Stop::Failed(it)) => return Err(it),
    };
    let figures = known.iter().enumerate().map(|(at, (element, pictogram, _))| {
        let number = questionnaire.element_number(element);
        let quarterly =
            number.is_some_and(|it| questionnaire.element(it).rhythm == Rhythm::Quarterly);
        // What is counted once a year is told for the year of the quarter.
        let period = usize::from(!quarterly);
        let value = answer.get(at, 0, period).filter(|it| it.standing == Standing::Published);
        Figure { element, pictogram, value: value.and_then(|it| it.value) }
    });
    Ok(Some(Published { quarter, figures: figures.collect() }))
}
