//! What can be asked for: an indicator or a data element, whole or a part of it.

use std::convert::Infallible;

use kernel::{Decimal, Language};

use crate::questionnaire::{
    Cells, Direction, Element, Formula, Gathering, Indicator, Kind, Label, Leaf, Level,
    OverTerritory, OverTime, Questionnaire, Rhythm,
};

use super::asked::Refused;

/// An indicator or a data element, by its number in the questionnaire.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// An indicator.
    Indicator(u16),
    /// A data element.
    Element(u16),
}

/// An indicator or a data element, whole or kept to some options of its dimensions.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Measure {
    /// What it is.
    pub subject: Subject,
    /// For each dimension that is narrowed, the options kept. In the order of the dimensions.
    pub kept: Vec<(u16, Vec<u16>)>,
}

impl Measure {
    /// The whole of something.
    pub fn whole(subject: Subject) -> Self {
        Self { subject, kept: Vec::new() }
    }

    /// Reads `I010`, `DEM_POP`, `DEM_POP|SEXE=F,AGE_POP=A00+A01_04`.
    ///
    /// # Errors
    ///
    /// If there is no such thing, if it has no such part, or if it holds words and not numbers.
    pub fn read(questionnaire: &Questionnaire, text: &str) -> Result<Self, Refused> {
        let wrong = || Refused::Measure(text.to_owned());
        let (code, parts) = text.split_once('|').unwrap_or((text, ""));
        let code = code.trim().to_uppercase();
        let indicator = questionnaire.indicators().iter().position(|it| it.code == code);
        let subject = match indicator.and_then(|it| u16::try_from(it).ok()) {
            Some(at) => Subject::Indicator(at),
            None => Subject::Element(questionnaire.element_number(&code).ok_or_else(wrong)?),
        };
        let mut measure = Self::whole(subject);
        if let Subject::Element(number) = subject
            && !is_counted(questionnaire.element(number))
        {
            return Err(wrong());
        }
        for part in parts.split(',').filter(|it| !it.is_empty()) {
            let (dimension, options) = part.split_once('=').ok_or_else(wrong)?;
            let at = questionnaire.dimensions().iter().position(|it| it.code == dimension.trim());
            let at = at.and_then(|it| u16::try_from(it).ok()).ok_or_else(wrong)?;
            let known = &questionnaire.dimensions()[usize::from(at)];
            let options: Option<Vec<u16>> =
                options.split('+').map(|it| known.option(it.trim())).collect();
            let options = options.filter(|it| !it.is_empty()).ok_or_else(wrong)?;
            if !measure.splits(questionnaire).contains(&at) {
                return Err(wrong());
            }
            measure = measure.narrowed(at, options);
        }
        Ok(measure)
    }

    /// The same, kept to these options of a dimension.
    #[must_use]
    pub fn narrowed(&self, dimension: u16, options: Vec<u16>) -> Self {
        let mut other = self.clone();
        other.kept.retain(|it| it.0 != dimension);
        other.kept.push((dimension, options));
        other.kept.sort();
        other
    }

    /// As an address writes it.
    pub fn written(&self, questionnaire: &Questionnaire) -> String {
        let parts: Vec<String> = self
            .kept
            .iter()
            .map(|(dimension, options)| {
                let known = &questionnaire.dimensions()[usize::from(*dimension)];
                let codes: Vec<&str> = options
                    .iter()
                    .map(|it| known.options[usize::from(*it)].code.as_str())
                    .collect();
                format!("{}={}", known.code, codes.join("+"))
            })
            .collect();
        let gap = if parts.is_empty() { "" } else { "|" };
        format!("{}{gap}{}", self.code(questionnaire), parts.join(","))
    }

    /// The code of the indicator or element.
    pub fn code<'a>(&self, questionnaire: &'a Questionnaire) -> &'a str {
        match self.subject {
            Subject::Indicator(at) => &questionnaire.indicators()[usize::from(at)].code,
            Subject::Element(at) => &questionnaire.element(at).code,
        }
    }

    /// Its name, with the part that is kept: `Population résidente (femmes / filles)`.
    pub fn name(&self, questionnaire: &Questionnaire, language: Language) -> String {
        let whole = match self.subject {
            Subject::Indicator(at) => &questionnaire.indicators()[usize::from(at)].label,
            Subject::Element(at) => &questionnaire.element(at).label,
        };
        let whole = whole.say(language);
        let parts: Vec<String> =
            self.kept.iter().map(|it| options_name(questionnaire, it, language)).collect();
        if parts.is_empty() { whole.to_owned() } else { format!("{whole} ({})", parts.join(", ")) }
    }

    /// Its sector.
    pub fn sector<'a>(&self, questionnaire: &'a Questionnaire) -> &'a Label {
        match self.subject {
            Subject::Indicator(at) => &questionnaire.indicators()[usize::from(at)].sector,
            Subject::Element(at) => &questionnaire.element(at).sector,
        }
    }

    /// The dimensions by which it can be split: those of an element; of an indicator, those that
    /// the questionnaire names and that all the cells of its formula have, since a part over the
    /// whole would be no rate of that part.
    pub fn splits(&self, questionnaire: &Questionnaire) -> Vec<u16> {
        match self.subject {
            Subject::Element(at) => questionnaire.element(at).dimensions.clone(),
            Subject::Indicator(at) => {
                let it = &questionnaire.indicators()[usize::from(at)];
                if it.gathering == Gathering::Counted {
                    return Vec::new();
                }
                let has = |dimension: u16, formula: &Formula| {
                    formula.leaves().all(|leaf| match leaf {
                        Leaf::Cells(cells) => {
                            let element = questionnaire.element(cells.element);
                            // A formula that already chooses among the options is not split again.
                            element.dimensions.contains(&dimension)
                                && cells.cells.len() == element.asked_cells().count()
                        }
                        Leaf::Every => false,
                    })
                };
                let any = |it: &Formula| it.leaves().next().is_some();
                it.dimensions
                    .iter()
                    .copied()
                    .filter(|dimension| {
                        any(&it.numerator)
                            && has(*dimension, &it.numerator)
                            && has(*dimension, &it.denominator)
                    })
                    .collect()
            }
        }
    }

    /// The level of the units that answer.
    pub fn level(&self, questionnaire: &Questionnaire) -> Level {
        match self.subject {
            Subject::Indicator(at) => questionnaire.indicators()[usize::from(at)].level,
            Subject::Element(at) => questionnaire.element(at).level,
        }
    }

    /// Whether quarters may be added: a flow that is counted each quarter.
    pub fn adds_over_time(&self, questionnaire: &Questionnaire) -> bool {
        match self.subject {
            Subject::Indicator(_) => false,
            Subject::Element(at) => {
                let it = questionnaire.element(at);
                it.rhythm == Rhythm::Quarterly
                    && it.over_time == OverTime::Sum
                    && it.over_territory != OverTerritory::Mean
            }
        }
    }

    /// Whether it is a count, to be drawn by circles, and not a rate, to be drawn in shades.
    pub fn is_count(&self, questionnaire: &Questionnaire) -> bool {
        match self.subject {
            Subject::Indicator(at) => {
                let it = &questionnaire.indicators()[usize::from(at)];
                !it.denominator.leaves().any(|_| true)
                    && it.denominator.parameters().next().is_none()
            }
            Subject::Element(at) => questionnaire.element(at).over_territory != OverTerritory::Mean,
        }
    }

    /// Whether it reads restricted data.
    pub fn is_restricted(&self, questionnaire: &Questionnaire) -> bool {
        match self.subject {
            Subject::Indicator(at) => {
                let it = &questionnaire.indicators()[usize::from(at)];
                crate::analysis::is_restricted(questionnaire, it)
            }
            Subject::Element(at) => questionnaire.element(at).restricted,
        }
    }

    /// The indicator by which it is computed: the indicator itself, its cells narrowed; for an
    /// element, its sum over one.
    pub fn indicator(&self, questionnaire: &Questionnaire) -> Indicator {
        match self.subject {
            Subject::Indicator(at) => {
                let it = questionnaire.indicators()[usize::from(at)].clone();
                Indicator {
                    label: self.label(questionnaire),
                    numerator: self.narrow(questionnaire, &it.numerator),
                    denominator: self.narrow(questionnaire, &it.denominator),
                    ..it
                }
            }
            Subject::Element(at) => self.of_element(questionnaire, at),
        }
    }

    fn label(&self, questionnaire: &Questionnaire) -> Label {
        Label {
            french: self.name(questionnaire, Language::French),
            english: self.name(questionnaire, Language::English),
        }
    }

    fn of_element(&self, questionnaire: &Questionnaire, number: u16) -> Indicator {
        let element = questionnaire.element(number);
        let all = Formula::leaf(Leaf::Cells(Cells::all(number, element)));
        let mean = element.over_territory == OverTerritory::Mean;
        Indicator {
            code: element.code.clone(),
            label: self.label(questionnaire),
            sector: element.sector.clone(),
            numerator: self.narrow(questionnaire, &all),
            denominator: Formula::number(Decimal::ONE),
            factor: Decimal::ONE,
            unit: element.unit.clone(),
            decimals: match element.kind {
                Kind::Decimal => 2,
                _ if mean => 1,
                _ => 0,
            },
            direction: Direction::Neutral,
            yearly: element.rhythm != Rhythm::Quarterly,
            dimensions: element.dimensions.clone(),
            target: String::new(),
            watch: None,
            good: None,
            note: Label::default(),
            status: element.status,
            reference: element.reference.clone(),
            tier: element.tier,
            // Over one for each unit that answers, or over one in all: a mean, or a sum.
            gathering: if mean { Gathering::SumOfComponents } else { Gathering::Recomputed },
            level: element.level,
            in_force: element.in_force,
        }
    }

    fn narrow(&self, questionnaire: &Questionnaire, formula: &Formula) -> Formula {
        let narrowed = formula.try_map(&mut |leaf: &Leaf, _| -> Result<Leaf, Infallible> {
            Ok(match leaf {
                Leaf::Cells(cells) => Leaf::Cells(self.narrow_cells(questionnaire, cells)),
                Leaf::Every => Leaf::Every,
            })
        });
        match narrowed {
            Ok(it) => it,
            Err(never) => match never {},
        }
    }

    fn narrow_cells(&self, questionnaire: &Questionnaire, cells: &Cells) -> Cells {
        let element = questionnaire.element(cells.element);
        let keeps = |cell: u16| {
            let options = &element.cells[usize::from(cell)];
            self.kept.iter().all(|(dimension, kept)| {
                let at = element.dimensions.iter().position(|it| it == dimension);
                at.is_none_or(|at| kept.contains(&options[at]))
            })
        };
        if self.kept.is_empty() {
            return cells.clone();
        }
        let parts = self.written(questionnaire);
        let parts = parts.split_once('|').map_or("", |it| it.1);
        let written = format!("{}|{parts}", element.code);
        cells.only(keeps, &written)
    }
}

/// Whether an element is counted: words and choices are not.
pub fn is_counted(element: &Element) -> bool {
    !matches!(element.kind, Kind::Choice(_)) && element.over_territory != OverTerritory::Nothing
}

/// The names of options kept: `femmes / filles`.
pub fn options_name(
    questionnaire: &Questionnaire,
    (dimension, options): &(u16, Vec<u16>),
    language: Language,
) -> String {
    let known = &questionnaire.dimensions()[usize::from(*dimension)];
    let names: Vec<String> = options
        .iter()
        .map(|it| crate::analysis::lowered(known.options[usize::from(*it)].label.say(language)))
        .collect();
    names.join(" + ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn measure(text: &str) -> Measure {
        Measure::read(Questionnaire::shipped().unwrap(), text).unwrap()
    }

    #[test]
    fn an_indicator_is_split_only_where_its_formula_allows() {
        let questionnaire = Questionnaire::shipped().unwrap();
        let codes = |text: &str| -> Vec<&str> {
            measure(text)
                .splits(questionnaire)
                .iter()
                .map(|it| questionnaire.dimensions()[usize::from(*it)].code.as_str())
                .collect()
        };
        assert_eq!(codes("I010"), Vec::<&str>::new());
        assert_eq!(codes("DEM_POP"), ["SEXE", "AGE_POP"]);
        for it in questionnaire.indicators() {
            let measure = measure(&it.code);
            for dimension in measure.splits(questionnaire) {
                let one = measure.narrowed(dimension, vec![0]).indicator(questionnaire);
                assert_ne!(one.numerator, it.numerator, "{}", it.code);
            }
        }
    }

    #[test]
    fn a_part_is_written_as_it_is_read() {
        let questionnaire = Questionnaire::shipped().unwrap();
        for text in ["I010", "DEM_POP", "DEM_POP|SEXE=F", "DEM_POP|SEXE=F,AGE_POP=A00"] {
            assert_eq!(measure(text).written(questionnaire), text);
        }
        assert_eq!(
            measure("DEM_POP|SEXE=F").name(questionnaire, Language::French),
            "Population résidente (femmes / filles)"
        );
    }
}
