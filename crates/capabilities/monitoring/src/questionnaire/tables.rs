//! A questionnaire as rows of text: what its files hold, what an edition changes, what a person
//! edits. [`super::Questionnaire`] is what these rows mean.

use super::content::{Table, parameter_key};
use super::{ContentError, Files};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// One of the tables that make a questionnaire.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sheet {
    /// `datasets.csv`: the forms.
    Forms,
    /// `categories.csv`: the options of the lists that split elements or offer choices.
    Options,
    /// `data_elements.csv`: what is counted.
    Elements,
    /// `parameters.csv`: norms, delays, scales, each for a time.
    Parameters,
    /// `validation_rules.csv`: the controls.
    Rules,
    /// `indicators.csv`: the results.
    Indicators,
    /// `english.csv`: the English side of texts that the other tables hold in French.
    English,
}

impl Sheet {
    /// All of them, in the order in which they are read: each stands on those before.
    pub const ALL: [Self; 7] = [
        Self::Forms,
        Self::Options,
        Self::Elements,
        Self::Parameters,
        Self::Rules,
        Self::Indicators,
        Self::English,
    ];

    /// The word in addresses.
    pub fn word(self) -> &'static str {
        match self {
            Self::Forms => "fiches",
            Self::Options => "listes",
            Self::Elements => "donnees",
            Self::Parameters => "parametres",
            Self::Rules => "regles",
            Self::Indicators => "indicateurs",
            Self::English => "anglais",
        }
    }

    /// The table of this word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.word() == word)
    }

    /// The name of its file.
    pub fn file(self) -> &'static str {
        match self {
            Self::Forms => "datasets.csv",
            Self::Options => "categories.csv",
            Self::Elements => "data_elements.csv",
            Self::Parameters => "parameters.csv",
            Self::Rules => "validation_rules.csv",
            Self::Indicators => "indicators.csv",
            Self::English => "english.csv",
        }
    }

    /// The columns without which the file is not read.
    pub(super) fn needed(self) -> &'static [&'static str] {
        match self {
            Self::Forms => &["code", "libelle_fr", "periodicite", "niveau_saisie"],
            Self::Options => &["dimension", "libelle_dimension_fr", "option", "libelle_fr"],
            Self::Elements => {
                &["code", "libelle_fr", "jeu", "niveau_saisie", "type", "periodicite"]
            }
            Self::Parameters => &["code", "libelle_fr", "valeur"],
            Self::Rules => &["code", "gravite", "jeu", "niveau", "gauche", "operateur", "droite"],
            Self::Indicators => &["code", "libelle_fr", "numerateur", "denominateur", "agregation"],
            Self::English => &["kind", "code", "field", "text"],
        }
    }

    /// Whether a questionnaire may do without the file.
    fn may_lack(self) -> bool {
        matches!(self, Self::Parameters | Self::Rules | Self::Indicators | Self::English)
    }

    /// Whether values are numbered by its rows: a row that was in one edition stays known to all.
    pub(super) fn is_numbered(self) -> bool {
        matches!(self, Self::Forms | Self::Options | Self::Elements | Self::Indicators)
    }

    /// What names a row in its table, for ever: `DEM_POP`, `SEXE/F`, `P_MANDAT@2017-01-01`.
    pub fn key(self, cells: &BTreeMap<String, String>) -> String {
        let cell = |column: &str| cells.get(column).map_or("", String::as_str);
        match self {
            Self::Options => format!("{}/{}", cell("dimension"), cell("option")),
            Self::Parameters => parameter_key(cell("code"), cell("periode_validite")),
            Self::English => format!("{}/{}/{}", cell("kind"), cell("code"), cell("field")),
            _ => cell("code").to_owned(),
        }
    }
}

/// A row: its cells by column, those that are filled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// What names it.
    pub key: String,
    /// Its line in the file; 0 if an edition wrote it.
    pub line: u64,
    /// Its cells.
    pub cells: BTreeMap<String, String>,
}

impl Row {
    /// The text of a cell; empty if it is not filled.
    pub fn text(&self, column: &str) -> &str {
        self.cells.get(column).map_or("", String::as_str)
    }
}

/// What an edition does to one row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// The table.
    pub sheet: Sheet,
    /// The row.
    pub key: String,
    /// The cells that it changes, an empty text emptying one; all the filled ones of a new row.
    /// `None` retires the row.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cells: Option<BTreeMap<String, String>>,
    /// The row that a new row follows on paper; the last one if none is given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
}

/// The rows of a questionnaire.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tables {
    rows: BTreeMap<Sheet, Vec<Row>>,
}

impl Tables {
    /// Cuts files into rows.
    ///
    /// # Errors
    ///
    /// The first line without the shape of its file, or a missing column.
    pub fn read(files: Files<'_>) -> Result<Self, ContentError> {
        let mut tables = Self::default();
        for sheet in Sheet::ALL {
            let text = files.text(sheet);
            if text.is_empty() && sheet.may_lack() {
                continue;
            }
            let table = Table::read(sheet.file(), text, sheet.needed())?;
            let rows = table.lines().map(|line| {
                let cells = line.cells();
                Row { key: sheet.key(&cells), line: line.at(), cells }
            });
            tables.rows.insert(sheet, rows.collect());
        }
        Ok(tables)
    }

    /// The rows of a table, in paper order.
    pub fn rows(&self, sheet: Sheet) -> &[Row] {
        self.rows.get(&sheet).map_or(&[], Vec::as_slice)
    }

    /// The row of this key.
    pub fn row(&self, sheet: Sheet, key: &str) -> Option<&Row> {
        self.rows(sheet).iter().find(|it| it.key == key)
    }

    /// Applies a change. One that finds nothing to retire changes nothing: an edition that meets
    /// another may have been written before it.
    pub fn apply(&mut self, change: &Change) {
        let rows = self.rows.entry(change.sheet).or_default();
        let at = rows.iter().position(|it| it.key == change.key);
        let Some(cells) = &change.cells else {
            if let Some(at) = at {
                rows.remove(at);
            }
            return;
        };
        let at = at.unwrap_or_else(|| {
            let after = change.after.as_ref();
            let at = after.and_then(|it| rows.iter().position(|row| row.key == *it));
            let at = at.map_or(rows.len(), |it| it + 1);
            let new = Row { key: change.key.clone(), line: 0, cells: BTreeMap::new() };
            rows.insert(at, new);
            at
        });
        let row = &mut rows[at];
        row.line = 0;
        for (column, text) in cells {
            match text.as_str() {
                "" => row.cells.remove(column),
                text => row.cells.insert(column.clone(), text.to_owned()),
            };
        }
    }

    /// The changes that make these tables into the others.
    pub fn changes_to(&self, other: &Self) -> Vec<Change> {
        let mut found = Vec::new();
        for sheet in Sheet::ALL {
            let kept: BTreeSet<&str> = other.rows(sheet).iter().map(|it| it.key.as_str()).collect();
            let known: BTreeMap<&str, &Row> =
                self.rows(sheet).iter().map(|it| (it.key.as_str(), it)).collect();
            for row in self.rows(sheet).iter().filter(|it| !kept.contains(it.key.as_str())) {
                found.push(Change { sheet, key: row.key.clone(), cells: None, after: None });
            }
            let mut last: Option<&str> = None;
            for row in other.rows(sheet) {
                let before = known.get(row.key.as_str()).copied();
                let mut cells: BTreeMap<String, String> = row
                    .cells
                    .iter()
                    .filter(|(column, text)| before.is_none_or(|it| it.text(column) != *text))
                    .map(|(column, text)| (column.clone(), text.clone()))
                    .collect();
                for column in before.iter().flat_map(|it| it.cells.keys()) {
                    if !row.cells.contains_key(column) {
                        cells.insert(column.clone(), String::new());
                    }
                }
                if !cells.is_empty() || before.is_none() {
                    let after = before.is_none().then(|| last.map(str::to_owned)).flatten();
                    found.push(Change { sheet, key: row.key.clone(), cells: Some(cells), after });
                }
                last = Some(&row.key);
            }
        }
        found
    }
}
