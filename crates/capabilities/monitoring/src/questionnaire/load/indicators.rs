//! The indicators.

use super::faults::Faults;
use super::{Laid, STATUSES, TIERS, both, label, said};
use crate::questionnaire::content::{ContentProblem, Line};
use crate::questionnaire::element::Label;
use crate::questionnaire::formula::{Bound, Cells, Formula, Leaf};
use crate::questionnaire::indicator::{Direction, Gathering, Indicator};
use crate::questionnaire::{ContentError, Level, Questionnaire};
use expressions::{Expression, Function};

/// The unit of an indicator. An index is a plain number: the word of the file is not shown.
fn unit(line: Line<'_>) -> Label {
    match line.text("unite") {
        "indice" => Label::default(),
        _ => said(line, "unite"),
    }
}

impl Questionnaire {
    pub(super) fn read_indicators(&mut self, rows: &[Laid<'_>], faults: &mut Faults) {
        for Laid { line, rank, .. } in rows {
            match self.read_indicator(*line, rank.is_some()) {
                Ok(indicator) if self.indicator(&indicator.code).is_some() => {
                    faults.add(line.stop("code", ContentProblem::Twice(indicator.code)));
                }
                Ok(indicator) => self.indicators.push(indicator),
                Err(first) => {
                    let others = self.formulas_of_indicator(*line, rank.is_some());
                    faults.all(line, first, others);
                }
            }
        }
    }

    /// The mistakes of the formulas of an indicator, each on its own.
    fn formulas_of_indicator(&self, line: Line<'_>, in_force: bool) -> Vec<ContentError> {
        let mut bound = Bound { level: None, every: false, past: !in_force };
        let columns = ["numerateur", "denominateur"].into_iter();
        let filled = columns.filter(|it| !line.text(it).is_empty());
        let mut found = Vec::new();
        for column in filled {
            found.extend(self.formula(line, column, line.text(column), &mut bound).err());
        }
        if !line.text("agregation").is_empty() {
            found.extend(self.gathering(line, &mut bound).err());
        }
        found
    }

    fn read_indicator(&self, line: Line<'_>, in_force: bool) -> Result<Indicator, ContentError> {
        let mut bound = Bound { level: None, every: false, past: !in_force };
        let numerator = self.formula(line, "numerateur", line.filled("numerateur")?, &mut bound)?;
        let denominator =
            self.formula(line, "denominateur", line.filled("denominateur")?, &mut bound)?;
        let gathering = self.gathering(line, &mut bound)?;
        if in_force {
            self.indicator_unit(line, &numerator, &denominator, &gathering)?;
        }
        // Computed again on sums, a formula would count the communes of the communes.
        if gathering == Gathering::Recomputed
            && [&numerator, &denominator].iter().any(|it| it.calls(Function::SumOfCommunes))
        {
            let found = line.text("agregation").to_owned();
            return Err(line.stop("agregation", ContentProblem::NotAllowed(found)));
        }
        let dimensions: Result<Vec<u16>, ContentError> = line
            .list("ventilations")
            .map(|it| self.dimension_number(line, "ventilations", it))
            .collect();
        let empty = || line.stop("facteur", ContentProblem::Empty);
        Ok(Indicator {
            code: line.filled("code")?.to_owned(),
            label: label(line)?,
            sector: said(line, "secteur"),
            numerator,
            denominator,
            factor: line.number("facteur")?.ok_or_else(empty)?,
            unit: unit(line),
            decimals: line
                .word("decimales", &[("0", 0), ("1", 1), ("2", 2), ("3", 3), ("4", 4)])?,
            direction: line.word(
                "sens",
                &[
                    ("hausse", Direction::Up),
                    ("baisse", Direction::Down),
                    ("neutre", Direction::Neutral),
                    ("cible_1", Direction::TowardsOne),
                ],
            )?,
            yearly: line.word("periodicite", &[("trimestrielle", false), ("annuelle", true)])?,
            dimensions: dimensions?,
            target: line.text("odd").to_owned(),
            watch: line.number("seuil_attention")?,
            good: line.number("seuil_bon")?,
            note: both(line, "note", "note_en"),
            status: line.word("statut", STATUSES)?,
            reference: said(line, "reference"),
            tier: line.word("palier", TIERS)?,
            gathering,
            in_force,
            // A formula without data counts forms or communes.
            level: bound.level.unwrap_or(Level::Commune),
        })
    }

    fn gathering(&self, line: Line<'_>, bound: &mut Bound) -> Result<Gathering, ContentError> {
        let text = line.filled("agregation")?;
        let Some(weight) = text.strip_prefix("moyenne_ponderee:") else {
            return match text {
                "somme_composantes" => Ok(Gathering::SumOfComponents),
                "recalcul" => Ok(Gathering::Recomputed),
                "application" => Ok(Gathering::Counted),
                other => Err(line.stop("agregation", ContentProblem::NotAllowed(other.to_owned()))),
            };
        };
        let written = Expression::parse(&format!("[{weight}]"))
            .map_err(|it| line.stop("agregation", ContentProblem::Formula(it)))?;
        let text = written.to_string();
        let formula: Formula = self.formula(line, "agregation", &text, bound)?;
        let cells: Option<Cells> = formula.leaves().find_map(|it| match it {
            Leaf::Cells(cells) => Some(cells.clone()),
            Leaf::Every => None,
        });
        let unknown = || line.stop("agregation", ContentProblem::Unknown(weight.to_owned()));
        Ok(Gathering::WeightedBy(cells.ok_or_else(unknown)?))
    }
}
