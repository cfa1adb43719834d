//! What a formula counts: persons, FCFA, square metres, a share. Adding persons to FCFA is refused.
//!
//! Counted things have no dimension of their own, so that persons may be compared with seats and
//! multiplied by sessions; money, areas, volumes, lengths, masses and durations do, and each of
//! their units is one of its own: hectares are not added to square kilometres. A number written in
//! a formula may stand for a quantity of any unit (`[SAN_RUPT]<=92`), so what it multiplies or
//! divides is not judged further.

use crate::{Arithmetic, Expression, Function, Node};
use std::collections::BTreeMap;
use std::fmt;

/// A unit, made of those of the elements that a formula reads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    // Powers of units that measure; none is zero.
    powers: BTreeMap<String, i32>,
    // What is counted, if one thing is.
    thing: Thing,
    // A number of the formula takes part: it may have had a unit.
    open: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Thing {
    /// A plain number.
    Nothing,
    /// A proportion or a percentage.
    Share,
    /// This thing is counted.
    Counted(String),
    /// Several things are.
    Several,
}

/// Units that measure, as contents write them. All other words are counted things.
const MEASURES: [&str; 19] = [
    "FCFA", "EUR", "€", "USD", "km²", "m²", "ha", "m³", "L", "l", "km", "m", "t", "kg", "jours",
    "heures", "mois", "ans", "années",
];
const SHARES: [&str; 3] = ["%", "proportion", "pour 1 000"];

/// Why two quantities cannot be put together, each unit in words.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UnitProblem {
    /// They cannot be added or subtracted, nor can the larger be taken.
    #[error("{0} and {1} do not add up")]
    Sum(String, String),
    /// They cannot be compared.
    #[error("{0} and {1} cannot be compared")]
    Comparison(String, String),
}

/// A [`UnitProblem`], and the node at which it arises: its place in [`Expression::nodes`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misfit {
    /// The place of the node.
    pub node: usize,
    /// The problem.
    pub problem: UnitProblem,
}

impl Unit {
    /// The unit of a plain number.
    pub fn none() -> Self {
        Self { powers: BTreeMap::new(), thing: Thing::Nothing, open: false }
    }

    /// The unit of a number written in a formula.
    fn number() -> Self {
        Self { open: true, ..Self::none() }
    }

    /// Reads a unit as contents write it: `personnes`, `FCFA`, `hab./km²`, `%`. Empty for none.
    pub fn read(text: &str) -> Self {
        let text = text.trim();
        if let Some((over, under)) = text.split_once('/') {
            return Self::read(over).over(&Self::read(under));
        }
        if text.is_empty() {
            return Self::none();
        }
        if MEASURES.contains(&text) {
            return Self { powers: [(text.to_owned(), 1)].into(), ..Self::none() };
        }
        if SHARES
            .iter()
            .any(|it| it.replace('\u{a0}', " ") == text.replace(['\u{a0}', '\u{202f}'], " "))
        {
            return Self { thing: Thing::Share, ..Self::none() };
        }
        Self { thing: Thing::Counted(text.to_owned()), ..Self::none() }
    }

    /// Whether nothing is known of it, since a number of the formula took part.
    pub fn is_open(&self) -> bool {
        self.open
    }

    /// Whether two quantities measure alike: persons and seats do, persons and FCFA do not.
    pub fn measures_as(&self, other: &Self) -> bool {
        self.open || other.open || self.powers == other.powers
    }

    fn adds_to(&self, other: &Self) -> bool {
        let share = |it: &Self| it.thing == Thing::Share;
        let counted = |it: &Self| matches!(it.thing, Thing::Counted(_) | Thing::Several);
        let mixed = (share(self) && counted(other)) || (counted(self) && share(other));
        self.measures_as(other) && (self.open || other.open || !mixed)
    }

    fn joined(&self, other: &Self) -> Self {
        let measured = if self.open { other } else { self };
        let thing = if self.thing == other.thing { self.thing.clone() } else { Thing::Several };
        Self { powers: measured.powers.clone(), thing, open: self.open && other.open }
    }

    fn times(&self, other: &Self, sign: i32) -> Self {
        let mut powers = self.powers.clone();
        for (unit, power) in &other.powers {
            let sum = powers.entry(unit.clone()).or_default();
            *sum = sum.saturating_add(power.saturating_mul(sign));
            if *sum == 0 {
                powers.remove(unit);
            }
        }
        let thing = match (&self.thing, &other.thing) {
            (_, Thing::Nothing) => self.thing.clone(),
            (Thing::Nothing, _) if sign > 0 => other.thing.clone(),
            (_, Thing::Share) if sign > 0 => self.thing.clone(),
            (Thing::Share, _) if sign > 0 => other.thing.clone(),
            (one, two) if one == two && sign < 0 => Thing::Nothing,
            _ => Thing::Several,
        };
        Self { powers, thing, open: self.open || other.open }
    }

    /// The unit of a ratio.
    pub fn over(&self, other: &Self) -> Self {
        self.times(other, -1)
    }
}

impl fmt::Display for Unit {
    /// In the words of the content: `FCFA`, `km²`, `FCFA/km²`; a plain number is `1`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let side = |above: bool| -> Vec<String> {
            let of = self.powers.iter().filter(|it| (*it.1 > 0) == above);
            let power = |it: (&String, &i32)| match it.1.abs() {
                1 => it.0.clone(),
                power => format!("{}^{power}", it.0),
            };
            of.map(power).collect()
        };
        let (mut above, below) = (side(true), side(false));
        if above.is_empty() {
            above.push(match &self.thing {
                Thing::Counted(thing) => thing.clone(),
                Thing::Share => "%".to_owned(),
                Thing::Nothing | Thing::Several => "1".to_owned(),
            });
        }
        f.write_str(&above.join("·"))?;
        if below.is_empty() { Ok(()) } else { write!(f, "/{}", below.join("/")) }
    }
}

impl<L> Expression<L> {
    /// The unit of the formula, from those of its leaves and parameters.
    ///
    /// # Errors
    ///
    /// The first quantities that do not go together.
    pub fn unit(
        &self,
        leaf: &impl Fn(&L) -> Unit,
        parameter: &impl Fn(&str) -> Unit,
    ) -> Result<Unit, Misfit> {
        unit(&self.root, &mut 0, leaf, parameter)
    }
}

fn unit<L>(
    node: &Node<L>,
    next: &mut usize,
    leaf: &impl Fn(&L) -> Unit,
    parameter: &impl Fn(&str) -> Unit,
) -> Result<Unit, Misfit> {
    let here = *next;
    *next += 1;
    let sum = |one: &Unit, two: &Unit| match one.adds_to(two) {
        true => Ok(one.joined(two)),
        false => {
            let problem = UnitProblem::Sum(one.to_string(), two.to_string());
            Err(Misfit { node: here, problem })
        }
    };
    match node {
        Node::Number(_) => Ok(Unit::number()),
        Node::Leaf(it) => Ok(leaf(it)),
        Node::Parameter(name) => Ok(parameter(name)),
        Node::Negate(inner) => unit(inner, next, leaf, parameter),
        Node::Arithmetic(sign, left, right) => {
            let left = unit(left, next, leaf, parameter)?;
            let right = unit(right, next, leaf, parameter)?;
            match sign {
                Arithmetic::Add | Arithmetic::Subtract => sum(&left, &right),
                Arithmetic::Multiply => Ok(left.times(&right, 1)),
                Arithmetic::Divide => Ok(left.over(&right)),
            }
        }
        Node::Call(function, operands) => {
            let mut units = Vec::new();
            for it in operands {
                units.push(unit(it, next, leaf, parameter)?);
            }
            let own = units.first().cloned().unwrap_or_else(Unit::none);
            match function {
                Function::Largest => {
                    units.iter().skip(1).try_fold(own, |found, it| sum(&found, it))
                }
                Function::Seats => Ok(Unit::read("sièges")),
                Function::Communes => Ok(Unit::read("communes")),
                Function::Yes
                | Function::Filled
                | Function::ReturnsOnTime
                | Function::ReturnsExpected
                | Function::CellsFilled
                | Function::CellsExpected => Ok(Unit::none()),
                _ => Ok(own),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Selection, Subject};

    fn of(text: &str) -> Result<String, (usize, String)> {
        let leaf = |it: &Selection| match &it.subject {
            Subject::Element(code) => Unit::read(match code.as_str() {
                "POP" => "personnes",
                "SIEGES" => "sièges",
                "RECETTE" | "DEPENSE" => "FCFA",
                "SURFACE" => "km²",
                "CHAMPS" => "ha",
                "TAUX" => "%",
                _ => "",
            }),
            Subject::Every => Unit::none(),
        };
        let parameter =
            |name: &str| Unit::read(if name == "P_PART" { "proportion" } else { "FCFA" });
        let columns = Expression::columns(text).unwrap();
        match Expression::parse(text).unwrap().unit(&leaf, &parameter) {
            Ok(unit) => Ok(unit.to_string()),
            Err(misfit) => Err((columns[misfit.node], misfit.problem.to_string())),
        }
    }

    #[test]
    fn a_formula_has_the_unit_of_what_it_counts() {
        for (text, expected) in [
            ("[POP]", "personnes"),
            ("[POP]+[SIEGES]", "1"),
            ("[RECETTE]-[DEPENSE]", "FCFA"),
            ("[RECETTE]/[POP]", "FCFA"),
            ("[POP]/[SURFACE]", "personnes/km²"),
            ("[POP]/[POP]", "1"),
            ("[RECETTE]/[DEPENSE]", "1"),
            ("$P_PART*[POP]", "personnes"),
            ("MAX([RECETTE],[DEPENSE])", "FCFA"),
            ("CUMUL4([RECETTE])/1000000", "FCFA"),
            ("SIEGES([POP])", "sièges"),
            ("[SURFACE]*[SURFACE]", "km²^2"),
        ] {
            assert_eq!(of(text), Ok(expected.to_owned()), "{text}");
        }
    }

    #[test]
    fn what_does_not_add_up_is_told_at_its_sign() {
        for (text, column, problem) in [
            ("[POP]+[RECETTE]", 6, "personnes and FCFA do not add up"),
            ("100*([RECETTE]-[POP])", 15, "FCFA and personnes do not add up"),
            ("[SURFACE]+[CHAMPS]", 10, "km² and ha do not add up"),
            ("[TAUX]+[POP]", 7, "% and personnes do not add up"),
            ("MAX([POP],$P_PRIX)", 1, "personnes and FCFA do not add up"),
            ("[RECETTE]*[RECETTE]-[DEPENSE]", 20, "FCFA^2 and FCFA do not add up"),
        ] {
            assert_eq!(of(text), Err((column, problem.to_owned())), "{text}");
        }
    }
}
