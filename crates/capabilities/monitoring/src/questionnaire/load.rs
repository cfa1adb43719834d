//! From the files to a questionnaire, each file on top of the ones before.

mod elements;
mod faults;
mod indicators;
mod parameters;
mod rules;

use super::content::Line;
use super::edition::Edition;
use super::element::{Label, Level, Status, Tier};
use super::typography::english;
use super::{CellId, ContentError, Life, Questionnaire, Row, Sheet, Tables, french};
pub(super) use faults::{Faults, first};
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
/// Every mistake of the edition, in the order of its tables; never an empty list.
pub(super) fn read(editions: &[Edition], at: usize) -> Result<Questionnaire, Vec<ContentError>> {
    let mut questionnaire = Questionnaire::default();
    let mut faults = Faults::default();
    let laid = |sheet| layered(editions, at, sheet);
    questionnaire.read_data_sets(&laid(Sheet::Forms), &mut faults);
    questionnaire.read_dimensions(&laid(Sheet::Options), &mut faults);
    questionnaire.read_elements(&laid(Sheet::Elements), &mut faults);
    questionnaire.read_parameters(&laid(Sheet::Parameters), &mut faults);
    questionnaire.read_rules(&laid(Sheet::Rules), &mut faults);
    questionnaire.read_indicators(&laid(Sheet::Indicators), &mut faults);
    // An edition may leave words without the row that they translated.
    let leaves = 0 < at || !faults.is_empty();
    if let Err(error) = super::english::read(&mut questionnaire, &laid(Sheet::English), leaves) {
        faults.add(error);
    }
    faults.none()?;
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
}
