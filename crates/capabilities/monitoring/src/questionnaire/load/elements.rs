//! The forms, the lists and the elements.

use super::faults::Faults;
use super::{LEVELS, Laid, STATUSES, TIERS, both, label, said};
use crate::questionnaire::content::{ContentProblem, Line};
use crate::questionnaire::element::{
    Choice, DataSet, Dimension, Element, Kind, Label, OverTerritory, OverTime, Rhythm,
};
use crate::questionnaire::typography::english;
use crate::questionnaire::{ContentError, Life, Questionnaire, french};

impl Questionnaire {
    pub(super) fn read_data_sets(&mut self, rows: &[Laid<'_>], faults: &mut Faults) {
        for it in rows {
            let done = self.read_data_set(it);
            faults.keep(&it.line, done);
        }
    }

    fn read_data_set(&mut self, Laid { line, rank, .. }: &Laid<'_>) -> Result<(), ContentError> {
        let line = *line;
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
            in_force: rank.is_some(),
            announced_elements: (line.whole("nb_elements")?, line.whole("nb_elements_noyau")?),
            announced_cells: (line.whole("nb_cases")?, line.whole("nb_cases_noyau")?),
        });
        Ok(())
    }

    pub(super) fn read_dimensions(&mut self, rows: &[Laid<'_>], faults: &mut Faults) {
        for it in rows {
            let done = self.read_option(it);
            faults.keep(&it.line, done);
        }
    }

    fn read_option(&mut self, Laid { line, rank, life }: &Laid<'_>) -> Result<(), ContentError> {
        let line = *line;
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
        self.dimensions[at].options.push(Choice {
            code: option.into(),
            label: label(line)?,
            in_force: rank.is_some(),
            life: life.clone(),
        });
        Ok(())
    }

    pub(super) fn dimension_number(
        &self,
        line: Line<'_>,
        column: &str,
        code: &str,
    ) -> Result<u16, ContentError> {
        let at = self.dimensions.iter().position(|it| it.code == code);
        at.and_then(|it| u16::try_from(it).ok())
            .ok_or_else(|| line.stop(column, ContentProblem::Unknown(code.to_owned())))
    }

    pub(super) fn read_elements(&mut self, rows: &[Laid<'_>], faults: &mut Faults) {
        let mut ranks: Vec<Option<usize>> = Vec::new();
        for it in rows {
            let done = self.read_next_element(it);
            if faults.keep(&it.line, done) {
                ranks.push(it.rank);
            }
        }
        // Paper order, which is that of the rows of the edition, not that of the numbers.
        for set in &mut self.data_sets {
            set.elements.sort_by_key(|it| ranks[usize::from(*it)]);
        }
    }

    fn read_next_element(
        &mut self,
        Laid { line, rank, life }: &Laid<'_>,
    ) -> Result<(), ContentError> {
        let element = self.read_element(*line, rank.is_some(), life)?;
        let number = line.index(self.elements.len())?;
        if self.numbers.contains_key(&element.code) {
            return Err(line.stop("code", ContentProblem::Twice(element.code)));
        }
        self.numbers.insert(element.code.clone(), number);
        if rank.is_some() {
            self.data_sets[usize::from(element.data_set)].elements.push(number);
        }
        self.elements.push(element);
        Ok(())
    }

    fn read_element(
        &self,
        line: Line<'_>,
        in_force: bool,
        life: &Life,
    ) -> Result<Element, ContentError> {
        let set = line.filled("jeu")?;
        let (data_set, form) = self
            .data_set(set)
            .ok_or_else(|| line.stop("jeu", ContentProblem::Unknown(set.to_owned())))?;
        if in_force && !form.in_force {
            return Err(line.stop("jeu", ContentProblem::Retired(set.to_owned())));
        }
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
        let lives = self.lives(&dimensions, &cells, life);
        let dated = if lives.iter().all(Vec::is_empty) { Vec::new() } else { lives };
        let kept = |cell: &Vec<u16>| {
            dimensions.iter().zip(cell).all(|(dimension, option)| {
                self.dimensions[usize::from(*dimension)].options[usize::from(*option)].in_force
            })
        };
        let asked: Vec<bool> = cells.iter().map(|it| in_force && kept(it)).collect();
        if in_force && !asked.contains(&true) {
            let found = line.text("ventilations").to_owned();
            return Err(line.stop("ventilations", ContentProblem::Retired(found)));
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
            definition: both(line, "definition_fr", "definition_en"),
            status: line.word("statut", STATUSES)?,
            reference: said(line, "reference"),
            cells,
            asked,
            dated,
            in_force,
        })
    }

    /// The lives of the cells of an element: as long as it and all its options are asked.
    fn lives(&self, dimensions: &[u16], cells: &[Vec<u16>], life: &Life) -> Vec<Vec<Life>> {
        let of = |cell: &Vec<u16>| {
            let options = dimensions.iter().zip(cell).map(|(dimension, option)| {
                &self.dimensions[usize::from(*dimension)].options[usize::from(*option)].life
            });
            std::iter::once(life).chain(options).filter(|it| !it.is_endless()).cloned().collect()
        };
        cells.iter().map(of).collect()
    }
}
