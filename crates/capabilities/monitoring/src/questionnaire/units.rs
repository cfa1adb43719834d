//! The units of formulas, from those of the elements that they read.

use super::content::{ContentProblem, Line};
use super::rule::Test;
use super::{ContentError, Formula, Gathering, Kind, Leaf, Questionnaire};
use expressions::{Condition, Misfit, Unit, UnitProblem};

impl Questionnaire {
    /// What a formula of this questionnaire counts.
    ///
    /// # Errors
    ///
    /// The first quantities that do not go together.
    pub fn unit_of(&self, formula: &Formula) -> Result<Unit, Misfit> {
        let leaf = |leaf: &Leaf| match leaf {
            Leaf::Every => Unit::none(),
            Leaf::Cells(cells) => {
                let element = self.element(cells.element);
                match element.kind {
                    Kind::YesNo | Kind::Choice(_) => Unit::none(),
                    _ => Unit::read(&element.unit.french),
                }
            }
        };
        let parameter = |name: &str| {
            self.parameters.get(name).map_or_else(Unit::none, |it| Unit::read(&it.unit.french))
        };
        formula.unit(&leaf, &parameter)
    }

    /// Checks that the sides of a rule can be compared.
    pub(super) fn rule_units(
        &self,
        line: Line<'_>,
        condition: Option<&Condition<Leaf>>,
        left: &Formula,
        test: &Test,
    ) -> Result<(), ContentError> {
        if let Some(condition) = condition {
            self.sides(line, "condition", condition)?;
        }
        let own = self.known(left);
        match test {
            Test::AtMost(_)
            | Test::AtLeast(_)
            | Test::Equal(_)
            | Test::Between(..)
            | Test::Varies(_) => {
                for right in test.formulas() {
                    let right = self.known(right);
                    if !own.measures_as(&right) {
                        let problem = UnitProblem::Comparison(own.to_string(), right.to_string());
                        return Err(line.stop("droite", ContentProblem::Units(problem)));
                    }
                }
                Ok(())
            }
            Test::PresentIf(condition) | Test::ZeroIf(condition) => {
                self.sides(line, "droite", condition)
            }
        }
    }

    fn sides(
        &self,
        line: Line<'_>,
        column: &str,
        condition: &Condition<Leaf>,
    ) -> Result<(), ContentError> {
        let Some((_, right)) = &condition.comparison else { return Ok(()) };
        let (left, right) = (self.known(&condition.left), self.known(right));
        if left.measures_as(&right) {
            return Ok(());
        }
        let problem = UnitProblem::Comparison(left.to_string(), right.to_string());
        Err(line.stop(column, ContentProblem::Units(problem)))
    }

    /// The unit of a formula that was checked already.
    fn known(&self, formula: &Formula) -> Unit {
        self.unit_of(formula).unwrap_or_else(|_| Unit::none())
    }

    /// Checks that an indicator has the unit that it announces.
    pub(super) fn indicator_unit(
        &self,
        line: Line<'_>,
        numerator: &Formula,
        denominator: &Formula,
        gathering: &Gathering,
    ) -> Result<(), ContentError> {
        if *gathering == Gathering::Counted {
            return Ok(());
        }
        let found = self.known(numerator).over(&self.known(denominator));
        let announced = line.text("unite");
        if found.measures_as(&Unit::read(announced)) {
            return Ok(());
        }
        let (announced, found) = (announced.to_owned(), found.to_string());
        Err(line.stop("unite", ContentProblem::OtherUnit { announced, found }))
    }
}
