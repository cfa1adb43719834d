//! From the files to a questionnaire, each file on top of the ones before.

use super::content::{ContentProblem, Line};
use super::edition::Edition;
use super::element::{
    Choice, DataSet, Dated, Dimension, Element, Kind, Label, Level, OverTerritory, OverTime,
    Parameter, Rhythm, Status, Tier,
};
use super::english::names;
use super::formula::{Bound, Cells, Leaf};
use super::indicator::{Direction, Gathering, Indicator};
use super::rule::{Rule, Severity, Test, placeholders};
use super::typography::english;
use super::{
    CellId, ContentError, Formula, Life, Questionnaire, Row, Sheet, Tables, Validity, french,
};
use expressions::{Expression, Function};
use kernel::Decimal;
use std::collections::{BTreeMap, BTreeSet};

const LEVELS: &[(&str, Level)] = &[("commune", Level::Commune), ("cercle", Level::Cercle)];
const STATUSES: &[(&str, Status)] = &[
    ("source", Status::Source),
    ("secteur_source", Status::SectorSource),
    ("proposition", Status::Proposal),
];
const TIERS: &[(&str, Tier)] = &[("noyau", Tier::Core), ("complet", Tier::Complete)];

/// The questionnaire that one edition of a series gives. Forms, lists, elements and indicators of
/// all of them are numbered, so that values read in one are understood by another; those that this
/// edition does not hold are there and not in force.
///
/// # Errors
///
/// The first mistake of the edition.
pub(super) fn read(editions: &[Edition], at: usize) -> Result<Questionnaire, ContentError> {
    let mut questionnaire = Questionnaire::default();
    let laid = |sheet| layered(editions, at, sheet);
    questionnaire.read_data_sets(&laid(Sheet::Forms))?;
    questionnaire.read_dimensions(&laid(Sheet::Options))?;
    questionnaire.read_elements(&laid(Sheet::Elements))?;
    questionnaire.read_parameters(&laid(Sheet::Parameters))?;
    questionnaire.read_rules(&laid(Sheet::Rules))?;
    questionnaire.read_indicators(&laid(Sheet::Indicators))?;
    // An edition may leave words without the row that they translated.
    super::english::read(&mut questionnaire, &laid(Sheet::English), 0 < at)?;
    questionnaire.name_cells();
    questionnaire.mark = mark(editions, at);
    if let Some(own) = editions.get(at) {
        let codes = questionnaire.data_sets.iter().map(|it| it.code.as_str());
        questionnaire.form_marks = codes.map(|it| form_mark(&own.tables, it)).collect();
    }
    Ok(questionnaire)
}

/// The rows of a table as one edition has them, each with its line of the paper order; the rows of
/// other editions too where rows are numbered.
fn layered<'a>(editions: &'a [Edition], at: usize, sheet: Sheet) -> Vec<Laid<'a>> {
    let Some(own) = editions.get(at) else { return Vec::new() };
    let rows = own.tables.rows(sheet).iter().enumerate();
    let own_rows: Vec<Laid<'_>> = rows
        .map(|(rank, row)| {
            let line = Line::of_row(sheet, row);
            Laid { line, rank: Some(rank), life: Life::default() }
        })
        .collect();
    if editions.len() == 1 || !sheet.is_numbered() {
        return own_rows;
    }
    let indexed: Vec<BTreeMap<&str, &Row>> = editions
        .iter()
        .map(|it| it.tables.rows(sheet).iter().map(|it| (it.key.as_str(), it)).collect())
        .collect();
    let mut order: Vec<&str> = Vec::new();
    let mut seen = BTreeSet::new();
    for edition in editions {
        for row in edition.tables.rows(sheet) {
            if seen.insert(row.key.as_str()) {
                order.push(&row.key);
            }
        }
    }
    let ranks: BTreeMap<&str, usize> =
        own.tables.rows(sheet).iter().enumerate().map(|(at, it)| (it.key.as_str(), at)).collect();
    let nearest = (0..=at).rev().chain(at + 1..editions.len());
    let places: Vec<usize> = nearest.collect();
    order
        .into_iter()
        .filter_map(|key| {
            let row = places.iter().find_map(|it| indexed[*it].get(key))?;
            let held =
                editions.iter().zip(&indexed).map(|(it, rows)| (it.from, rows.contains_key(key)));
            let (line, life) = (Line::of_row(sheet, row), Life::of(held));
            Some(Laid { line, rank: ranks.get(key).copied(), life })
        })
        .collect()
}

/// A short hash of all that an edition and those before it say.
fn mark(editions: &[Edition], at: usize) -> String {
    let mut hasher = blake3::Hasher::new();
    let mut add = |text: &str| {
        hasher.update(&(text.len() as u64).to_le_bytes());
        hasher.update(text.as_bytes());
    };
    for edition in editions.iter().take(at + 1) {
        add(&edition.from.map(|it| it.to_string()).unwrap_or_default());
        for sheet in Sheet::ALL {
            for row in edition.tables.rows(sheet) {
                add(sheet.word());
                for (column, text) in &row.cells {
                    add(column);
                    add(text);
                }
            }
        }
    }
    format!("oise-{}", &hasher.finalize().to_hex()[..12])
}

/// A short hash of the rows that the paper of a form shows.
fn form_mark(tables: &Tables, form: &str) -> String {
    let mut hasher = blake3::Hasher::new();
    let mut lists = BTreeSet::new();
    let mut add = |row: &Row| {
        for (column, text) in &row.cells {
            hasher.update(column.as_bytes());
            hasher.update(b"\0");
            hasher.update(text.as_bytes());
            hasher.update(b"\0");
        }
    };
    tables.row(Sheet::Forms, form).into_iter().for_each(&mut add);
    for row in tables.rows(Sheet::Elements).iter().filter(|it| it.text("jeu") == form) {
        add(row);
        lists.extend(row.text("ventilations").split(';').map(str::trim));
        lists.insert(row.text("liste_choix"));
    }
    let options = tables.rows(Sheet::Options).iter();
    options.filter(|it| lists.contains(it.text("dimension"))).for_each(add);
    hasher.finalize().to_hex()[..12].to_owned()
}

/// A row, as one edition sees it.
pub(super) struct Laid<'a> {
    pub(super) line: Line<'a>,
    /// Its line in the paper order; `None` if the edition does not hold it.
    pub(super) rank: Option<usize>,
    pub(super) life: Life,
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

/// A text whose English side may stand in a column of its own, as editions write it.
fn both(line: Line<'_>, column: &str, in_english: &str) -> Label {
    let label = said(line, column);
    match line.text(in_english) {
        "" => label,
        text => Label { english: english(text), ..label },
    }
}

/// The unit of an indicator. An index is a plain number: the word of the file is not shown.
fn unit(line: Line<'_>) -> Label {
    match line.text("unite") {
        "indice" => Label::default(),
        _ => said(line, "unite"),
    }
}

impl Questionnaire {
    fn name_cells(&mut self) {
        for (element, it) in (0..).zip(&self.elements) {
            let cells = (0..).zip(&it.cells).map(|(cell, _)| CellId { element, cell });
            let texts: Vec<(CellId, String)> =
                cells.map(|it| (it, self.key(it).to_string())).collect();
            self.cells.extend(texts.iter().map(|(id, text)| (text.clone(), *id)));
            self.texts.push(texts.into_iter().map(|it| it.1).collect());
        }
    }

    fn read_data_sets(&mut self, rows: &[Laid<'_>]) -> Result<(), ContentError> {
        for Laid { line, rank, .. } in rows {
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
        }
        Ok(())
    }

    fn read_dimensions(&mut self, rows: &[Laid<'_>]) -> Result<(), ContentError> {
        for Laid { line, rank, life } in rows {
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

    fn read_elements(&mut self, rows: &[Laid<'_>]) -> Result<(), ContentError> {
        let mut ranks: Vec<Option<usize>> = Vec::new();
        for Laid { line, rank, life } in rows {
            let line = *line;
            let element = self.read_element(line, rank.is_some(), life)?;
            let number = line.index(self.elements.len())?;
            if self.numbers.insert(element.code.clone(), number).is_some() {
                return Err(line.stop("code", ContentProblem::Twice(element.code)));
            }
            ranks.push(*rank);
            if rank.is_some() {
                self.data_sets[usize::from(element.data_set)].elements.push(number);
            }
            self.elements.push(element);
        }
        // Paper order, which is that of the rows of the edition, not that of the numbers.
        for set in &mut self.data_sets {
            set.elements.sort_by_key(|it| ranks[usize::from(*it)]);
        }
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

    fn read_parameters(&mut self, rows: &[Laid<'_>]) -> Result<(), ContentError> {
        for Laid { line, .. } in rows {
            let line = *line;
            let code = line.filled("code")?;
            let empty = || line.stop("valeur", ContentProblem::Empty);
            let value = line.number("valeur")?.ok_or_else(empty)?;
            let written = line.text("periode_validite");
            let not_a_time =
                || line.stop("periode_validite", ContentProblem::NotATime(written.to_owned()));
            let validity = Validity::read(written).ok_or_else(not_a_time)?;
            line.filled("libelle_fr")?;
            let label = both(line, "libelle_fr", "libelle_en");
            let dated = Dated { value, validity, said: said(line, "periode_validite") };
            let parameter = self.parameters.entry(code.to_owned()).or_insert_with(|| Parameter {
                code: code.to_owned(),
                label,
                value,
                unit: said(line, "unite"),
                origin: said(line, "origine"),
                status: line.text("statut").to_owned(),
                validity: said(line, "periode_validite"),
                dated: Vec::new(),
            });
            if parameter.dated.iter().any(|it| it.validity.begins() == validity.begins()) {
                return Err(line.stop("code", ContentProblem::Twice(code.to_owned())));
            }
            if parameter.unit != said(line, "unite") {
                return Err(line.stop("unite", ContentProblem::OtherMeaning(code.to_owned())));
            }
            parameter.dated.push(dated);
            parameter.hold_on(None);
        }
        Ok(())
    }

    fn read_rules(&mut self, rows: &[Laid<'_>]) -> Result<(), ContentError> {
        for Laid { line, .. } in rows {
            let line = *line;
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

    fn read_indicators(&mut self, rows: &[Laid<'_>]) -> Result<(), ContentError> {
        for Laid { line, rank, .. } in rows {
            let line = *line;
            let indicator = self.read_indicator(line, rank.is_some())?;
            if self.indicator(&indicator.code).is_some() {
                return Err(line.stop("code", ContentProblem::Twice(indicator.code)));
            }
            self.indicators.push(indicator);
        }
        Ok(())
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
