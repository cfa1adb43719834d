//! The rules of the control.

use super::faults::Faults;
use super::{LEVELS, Laid, STATUSES, both, said};
use crate::questionnaire::content::{ContentProblem, Line};
use crate::questionnaire::english::names;
use crate::questionnaire::formula::{Bound, Leaf};
use crate::questionnaire::rule::{Rule, Severity, Test, placeholders};
use crate::questionnaire::{ContentError, Questionnaire, french};
use kernel::Decimal;

impl Questionnaire {
    pub(super) fn read_rules(&mut self, rows: &[Laid<'_>], faults: &mut Faults) {
        for Laid { line, .. } in rows {
            match self.read_rule(*line) {
                Ok(rule) if self.rules.iter().any(|it| it.code == rule.code) => {
                    faults.add(line.stop("code", ContentProblem::Twice(rule.code)));
                }
                Ok(rule) => self.rules.push(rule),
                Err(first) => {
                    let others = self.formulas_of_rule(*line);
                    faults.all(line, first, others);
                }
            }
        }
    }

    /// The mistakes of the formulas of a rule, each on its own.
    fn formulas_of_rule(&self, line: Line<'_>) -> Vec<ContentError> {
        let Ok(level) = line.word("niveau", LEVELS) else { return Vec::new() };
        let mut bound = Bound { level: Some(level), every: line.text("jeu") == "*", past: false };
        let condition = line.text("condition");
        let mut found = Vec::new();
        if !condition.is_empty() {
            found.extend(self.condition(line, "condition", condition, &mut bound).err());
        }
        let (left, right) = (line.text("gauche"), line.text("droite"));
        if !left.is_empty() {
            found.extend(self.formula(line, "gauche", left, &mut bound).err());
        }
        match line.text("operateur") {
            _ if right.is_empty() => {}
            "present_si" | "nul_si" => {
                found.extend(self.condition(line, "droite", right, &mut bound).err());
            }
            "entre" => {
                for side in right.split(';') {
                    found.extend(self.formula(line, "droite", side, &mut bound).err());
                }
            }
            _ => found.extend(self.formula(line, "droite", right, &mut bound).err()),
        }
        found
    }

    fn read_rule(&self, line: Line<'_>) -> Result<Rule, ContentError> {
        let level = line.word("niveau", LEVELS)?;
        let data_set = match line.filled("jeu")? {
            "*" => None,
            code => {
                let unknown = || line.stop("jeu", ContentProblem::Unknown(code.to_owned()));
                let (number, set) = self.data_set(code).ok_or_else(unknown)?;
                if !set.in_force {
                    return Err(line.stop("jeu", ContentProblem::Retired(code.to_owned())));
                }
                Some(number)
            }
        };
        let mut bound = Bound { level: Some(level), every: data_set.is_none(), past: false };
        let condition = match line.text("condition") {
            "" => None,
            text => Some(self.condition(line, "condition", text, &mut bound)?),
        };
        let left = self.formula(line, "gauche", line.filled("gauche")?, &mut bound)?;
        let right = line.filled("droite")?;
        let mut side = |text| self.formula(line, "droite", text, &mut bound);
        let test = match line.filled("operateur")? {
            "<=" => Test::AtMost(side(right)?),
            ">=" => Test::AtLeast(side(right)?),
            "=" => Test::Equal(side(right)?),
            "variation<=" => Test::Varies(side(right)?),
            "entre" => {
                let bounds = right.split_once(';');
                let (least, most) = bounds
                    .ok_or_else(|| line.stop("droite", ContentProblem::NotAllowed(right.into())))?;
                Test::Between(side(least)?, side(most)?)
            }
            "present_si" => Test::PresentIf(self.condition(line, "droite", right, &mut bound)?),
            "nul_si" => Test::ZeroIf(self.condition(line, "droite", right, &mut bound)?),
            other => {
                return Err(line.stop("operateur", ContentProblem::NotAllowed(other.to_owned())));
            }
        };
        self.rule_units(line, condition.as_ref(), &left, &test)?;
        let mut elements = Vec::new();
        for formula in std::iter::once(&left).chain(test.formulas()) {
            for leaf in formula.leaves() {
                if let Leaf::Cells(cells) = leaf
                    && !elements.contains(&cells.element)
                {
                    elements.push(cells.element);
                }
            }
        }
        let message = french(line.filled("message_fr")?);
        let named = self.named(line, &message, &elements)?;
        line.filled("libelle_fr")?;
        let translated = line.text("message_en");
        if !translated.is_empty() && names(translated) != names(&message) {
            return Err(line.stop("message_en", ContentProblem::OtherNames));
        }
        Ok(Rule {
            code: line.filled("code")?.to_owned(),
            label: both(line, "libelle_fr", "libelle_en"),
            nature: line.text("nature").to_owned(),
            severity: line.word(
                "gravite",
                &[
                    ("information", Severity::Information),
                    ("avertissement", Severity::Warning),
                    ("bloquante", Severity::Blocking),
                ],
            )?,
            data_set,
            level,
            condition,
            left,
            test,
            tolerance: line.number("tolerance_relative")?.unwrap_or(Decimal::ZERO),
            message: both(line, "message_fr", "message_en"),
            advice: both(line, "action_conseillee", "action_en"),
            status: line.word("statut", STATUSES)?,
            reference: said(line, "reference"),
            named,
            elements,
        })
    }

    /// The elements that a sentence calls by the end of their code.
    fn named(
        &self,
        line: Line<'_>,
        message: &str,
        elements: &[u16],
    ) -> Result<Vec<(String, u16)>, ContentError> {
        let others = placeholders(message).filter(|it| !matches!(*it, "gauche" | "droite"));
        others
            .map(|name| {
                let ending = format!("_{}", name.to_uppercase());
                let found = elements.iter().find(|it| self.element(**it).code.ends_with(&ending));
                let unknown = || line.stop("message_fr", ContentProblem::Unknown(name.to_owned()));
                Ok((name.to_owned(), *found.ok_or_else(unknown)?))
            })
            .collect()
    }
}
