//! From the files to a questionnaire, each file on top of the ones before.

use super::content::{ContentProblem, Line, Table};
use super::element::{
    Choice, DataSet, Dimension, Element, Kind, Label, Level, OverTerritory, OverTime, Parameter,
    Rhythm, Status, Tier,
};
use super::formula::{Bound, Cells, Leaf};
use super::indicator::{Direction, Gathering, Indicator};
use super::rule::{Rule, Severity, Test, placeholders};
use super::typography::english;
use super::{CellId, ContentError, Files, Formula, Questionnaire, french};
use expressions::{Expression, Function};
use kernel::Decimal;

const LEVELS: &[(&str, Level)] = &[("commune", Level::Commune), ("cercle", Level::Cercle)];
const STATUSES: &[(&str, Status)] = &[
    ("source", Status::Source),
    ("secteur_source", Status::SectorSource),
    ("proposition", Status::Proposal),
];
const TIERS: &[(&str, Tier)] = &[("noyau", Tier::Core), ("complet", Tier::Complete)];

pub(super) fn read(files: Files<'_>) -> Result<Questionnaire, ContentError> {
    let mut questionnaire = Questionnaire::default();
    questionnaire.read_data_sets(files.data_sets)?;
    questionnaire.read_dimensions(files.categories)?;
    questionnaire.read_elements(files.elements)?;
    questionnaire.read_parameters(files.parameters)?;
    questionnaire.read_rules(files.rules)?;
    questionnaire.read_indicators(files.indicators)?;
    super::english::read(&mut questionnaire, files.english)?;
    questionnaire.name_cells(files);
    Ok(questionnaire)
}

fn label(line: Line<'_>) -> Result<Label, ContentError> {
    let french = french(line.filled("libelle_fr")?);
    let english = match line.text("libelle_en") {
        "" => french.clone(),
        text => english(text),
    };
    Ok(Label { french, english })
}

/// A text that `english.csv` translates.
fn said(line: Line<'_>, column: &str) -> Label {
    Label::of_french(french(line.text(column)))
}

/// The unit of an indicator. An index is a plain number: the word of the file is not shown.
fn unit(line: Line<'_>) -> Label {
    match line.text("unite") {
        "indice" => Label::default(),
        _ => said(line, "unite"),
    }
}

impl Questionnaire {
    fn name_cells(&mut self, files: Files<'_>) {
        let mut hasher = blake3::Hasher::new();
        for file in [
            files.data_sets,
            files.elements,
            files.categories,
            files.parameters,
            files.rules,
            files.indicators,
        ] {
            hasher.update(&(file.len() as u64).to_le_bytes());
            hasher.update(file.as_bytes());
        }
        self.mark = format!("oise-{}", &hasher.finalize().to_hex()[..12]);
        for (element, it) in (0..).zip(&self.elements) {
            let cells = (0..).zip(&it.cells).map(|(cell, _)| CellId { element, cell });
            let texts: Vec<(CellId, String)> =
                cells.map(|it| (it, self.key(it).to_string())).collect();
            self.cells.extend(texts.iter().map(|(id, text)| (text.clone(), *id)));
            self.texts.push(texts.into_iter().map(|it| it.1).collect());
        }
    }

    fn read_data_sets(&mut self, text: &str) -> Result<(), ContentError> {
        let columns = ["code", "libelle_fr", "periodicite", "niveau_saisie", "nb_cases"];
        for line in Table::read("datasets.csv", text, &columns)?.lines() {
            let code = line.filled("code")?;
            if self.data_set(code).is_some() {
                return Err(line.stop("code", ContentProblem::Twice(code.to_owned())));
            }
            line.index(self.data_sets.len())?;
            self.data_sets.push(DataSet {
                code: code.to_owned(),
                label: label(line)?,
                rhythm: line.word(
                    "periodicite",
                    &[
                        ("trimestrielle", Rhythm::Quarterly),
                        ("annuelle", Rhythm::Yearly),
                        ("annuelle (année scolaire)", Rhythm::SchoolYear),
                    ],
                )?,
                level: line.word("niveau_saisie", LEVELS)?,
                deadline: said(line, "echeance"),
                responsible: said(line, "responsable"),
                circuit: said(line, "circuit"),
                sector: said(line, "secteur"),
                status: line.word("statut", STATUSES)?,
                elements: Vec::new(),
                announced_elements: (line.whole("nb_elements")?, line.whole("nb_elements_noyau")?),
                announced_cells: (line.whole("nb_cases")?, line.whole("nb_cases_noyau")?),
            });
        }
        Ok(())
    }

    fn read_dimensions(&mut self, text: &str) -> Result<(), ContentError> {
        let columns = ["dimension", "libelle_dimension_fr", "option", "libelle_fr"];
        for line in Table::read("categories.csv", text, &columns)?.lines() {
            let code = line.filled("dimension")?;
            let name = || -> Result<Label, ContentError> {
                Ok(Label {
                    french: french(line.filled("libelle_dimension_fr")?),
                    english: english(line.text("libelle_dimension_en")),
                })
            };
            let at = match self.dimensions.iter().position(|it| it.code == code) {
                Some(at) => at,
                None => {
                    line.index(self.dimensions.len())?;
                    let options = Vec::new();
                    self.dimensions.push(Dimension { code: code.into(), label: name()?, options });
                    self.dimensions.len() - 1
                }
            };
            let option = line.filled("option")?;
            if self.dimensions[at].option(option).is_some() {
                return Err(line.stop("option", ContentProblem::Twice(option.to_owned())));
            }
            line.index(self.dimensions[at].options.len())?;
            self.dimensions[at].options.push(Choice { code: option.into(), label: label(line)? });
        }
        Ok(())
    }

    fn dimension_number(
        &self,
        line: Line<'_>,
        column: &str,
        code: &str,
    ) -> Result<u16, ContentError> {
        let at = self.dimensions.iter().position(|it| it.code == code);
        at.and_then(|it| u16::try_from(it).ok())
            .ok_or_else(|| line.stop(column, ContentProblem::Unknown(code.to_owned())))
    }

    fn read_elements(&mut self, text: &str) -> Result<(), ContentError> {
        let columns = ["code", "libelle_fr", "jeu", "niveau_saisie", "type", "periodicite"];
        for line in Table::read("data_elements.csv", text, &columns)?.lines() {
            let element = self.read_element(line)?;
            let number = line.index(self.elements.len())?;
            if self.numbers.insert(element.code.clone(), number).is_some() {
                return Err(line.stop("code", ContentProblem::Twice(element.code)));
            }
            self.data_sets[usize::from(element.data_set)].elements.push(number);
            self.elements.push(element);
        }
        Ok(())
    }

    fn read_element(&self, line: Line<'_>) -> Result<Element, ContentError> {
        let set = line.filled("jeu")?;
        let (data_set, form) = self
            .data_set(set)
            .ok_or_else(|| line.stop("jeu", ContentProblem::Unknown(set.to_owned())))?;
        let level = line.word("niveau_saisie", LEVELS)?;
        let yearly = line.word("periodicite", &[("trimestrielle", false), ("annuelle", true)])?;
        if level != form.level || yearly != (form.rhythm != Rhythm::Quarterly) {
            let column = if level == form.level { "periodicite" } else { "niveau_saisie" };
            let found = line.text(column).to_owned();
            return Err(line.stop(column, ContentProblem::NotAllowed(found)));
        }
        let dimensions: Result<Vec<u16>, ContentError> = line
            .list("ventilations")
            .map(|it| self.dimension_number(line, "ventilations", it))
            .collect();
        let dimensions = dimensions?;
        let mut cells: Vec<Vec<u16>> = vec![Vec::new()];
        for dimension in &dimensions {
            let options = self.dimensions[usize::from(*dimension)].options.len();
            // Refused before it is built: a few long lists multiply beyond any memory.
            line.index(cells.len().saturating_mul(options))?;
            let mut split = Vec::with_capacity(cells.len() * options);
            for cell in &cells {
                for option in 0..line.index(options)? {
                    split.push(cell.iter().copied().chain([option]).collect());
                }
            }
            cells = split;
        }
        let kind = match line.filled("type")? {
            "choix" => {
                let list = line.filled("liste_choix")?;
                Kind::Choice(self.dimension_number(line, "liste_choix", list)?)
            }
            _ => line.word(
                "type",
                &[
                    ("entier", Kind::Whole),
                    ("montant", Kind::Amount),
                    ("decimal", Kind::Decimal),
                    ("oui_non", Kind::YesNo),
                ],
            )?,
        };
        let label = label(line)?;
        // A short English name is written only where the full one is too long.
        let short = french(line.text("libelle_court"));
        Ok(Element {
            code: line.filled("code")?.to_owned(),
            short_label: Label { french: short, english: label.english.clone() },
            label,
            sector: said(line, "secteur"),
            data_set,
            level,
            kind,
            unit: said(line, "unite"),
            dimensions,
            rhythm: form.rhythm,
            over_time: line
                .word("cumul_temps", &[("somme", OverTime::Sum), ("dernier", OverTime::Last)])?,
            over_territory: line.word(
                "cumul_territoire",
                &[
                    ("somme", OverTerritory::Sum),
                    ("moyenne", OverTerritory::Mean),
                    ("compte_oui", OverTerritory::CountYes),
                    ("aucun", OverTerritory::Nothing),
                ],
            )?,
            tier: line.word("palier", TIERS)?,
            mandatory: line.word("obligatoire", &[("oui", true), ("non", false)])?,
            least: line.number("min")?,
            most: line.number("max")?,
            supplier: said(line, "fournisseur"),
            restricted: line.word("diffusion", &[("publique", false), ("restreinte", true)])?,
            definition: said(line, "definition_fr"),
            status: line.word("statut", STATUSES)?,
            reference: said(line, "reference"),
            cells,
        })
    }

    fn read_parameters(&mut self, text: &str) -> Result<(), ContentError> {
        let columns = ["code", "libelle_fr", "valeur"];
        for line in Table::read("parameters.csv", text, &columns)?.lines() {
            let code = line.filled("code")?;
            let empty = || line.stop("valeur", ContentProblem::Empty);
            let parameter = Parameter {
                code: code.to_owned(),
                label: Label::of_french(french(line.filled("libelle_fr")?)),
                value: line.number("valeur")?.ok_or_else(empty)?,
                unit: said(line, "unite"),
                origin: said(line, "origine"),
                status: line.text("statut").to_owned(),
                validity: said(line, "periode_validite"),
            };
            if self.parameters.insert(code.to_owned(), parameter).is_some() {
                return Err(line.stop("code", ContentProblem::Twice(code.to_owned())));
            }
        }
        Ok(())
    }

    fn read_rules(&mut self, text: &str) -> Result<(), ContentError> {
        let columns = ["code", "gravite", "jeu", "niveau", "gauche", "operateur", "droite"];
        for line in Table::read("validation_rules.csv", text, &columns)?.lines() {
            let rule = self.read_rule(line)?;
            if self.rules.iter().any(|it| it.code == rule.code) {
                return Err(line.stop("code", ContentProblem::Twice(rule.code)));
            }
            self.rules.push(rule);
        }
        Ok(())
    }

    fn read_rule(&self, line: Line<'_>) -> Result<Rule, ContentError> {
        let level = line.word("niveau", LEVELS)?;
        let data_set = match line.filled("jeu")? {
            "*" => None,
            code => {
                let unknown = || line.stop("jeu", ContentProblem::Unknown(code.to_owned()));
                Some(self.data_set(code).map(|(number, _)| number).ok_or_else(unknown)?)
            }
        };
        let mut bound = Bound { level: Some(level), every: data_set.is_none() };
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
        Ok(Rule {
            code: line.filled("code")?.to_owned(),
            label: Label::of_french(french(line.filled("libelle_fr")?)),
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
            message: Label::of_french(message),
            advice: said(line, "action_conseillee"),
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

    fn read_indicators(&mut self, text: &str) -> Result<(), ContentError> {
        let columns = ["code", "libelle_fr", "numerateur", "denominateur", "agregation"];
        for line in Table::read("indicators.csv", text, &columns)?.lines() {
            let indicator = self.read_indicator(line)?;
            if self.indicator(&indicator.code).is_some() {
                return Err(line.stop("code", ContentProblem::Twice(indicator.code)));
            }
            self.indicators.push(indicator);
        }
        Ok(())
    }

    fn read_indicator(&self, line: Line<'_>) -> Result<Indicator, ContentError> {
        let mut bound = Bound { level: None, every: false };
        let numerator = self.formula(line, "numerateur", line.filled("numerateur")?, &mut bound)?;
        let denominator =
            self.formula(line, "denominateur", line.filled("denominateur")?, &mut bound)?;
        let gathering = self.gathering(line, &mut bound)?;
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
            note: said(line, "note"),
            status: line.word("statut", STATUSES)?,
            reference: said(line, "reference"),
            tier: line.word("palier", TIERS)?,
            gathering,
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
