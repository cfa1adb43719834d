//! A file between its choice and its acceptance: in memory, for the person who brought it.

use super::Mapping;
use super::mapping::suggested;
use super::store::saved;
use crate::questionnaire::Questionnaire;
use db::Tx;
use kernel::Failure;
use std::collections::BTreeMap;
use std::sync::Arc;
use tables::{Book, Heading, Sheet};
use web::Waiting;

/// A file that is being read. Each step keeps one more, so that going back is possible.
#[derive(Clone)]
pub(super) struct Draft {
    /// The name of the source.
    pub(super) name: String,
    /// The place for which it is imported.
    pub(super) place: String,
    /// The name of the file.
    pub(super) file: String,
    /// The hash of the file.
    pub(super) hash: String,
    /// The file.
    pub(super) book: Arc<Book>,
    /// How it is read.
    pub(super) mapping: Mapping,
    /// The places confirmed or left out.
    pub(super) places: BTreeMap<String, String>,
    /// Whether the mapping is that of the last time.
    pub(super) is_known: bool,
}

pub(super) static DRAFTS: Waiting<Draft> = Waiting::new(12);

impl Draft {
    /// The sheet of the mapping; the first that holds something if it names none.
    pub(super) fn sheet(&self) -> Option<&Sheet> {
        let named = self.book.sheets.iter().find(|it| it.name == self.mapping.sheet);
        named.or_else(|| self.book.sheets.iter().find(|it| !it.rows.is_empty()))
    }

    /// The headings of the sheet.
    pub(super) fn headings(&self) -> Vec<Heading> {
        self.sheet().map(|it| it.headings(self.mapping.heading)).unwrap_or_default()
    }

    /// Chooses the sheet and the line of headings, and proposes what each column is.
    pub(super) fn look_at(&mut self, sheet: &str, heading: Option<u32>, q: &Questionnaire) {
        self.mapping.sheet = sheet.to_owned();
        let line = self.sheet().and_then(|it| heading.or_else(|| it.guess_headings()));
        self.mapping.heading = line.unwrap_or(1);
        if let Some(name) = self.sheet().map(|it| it.name.clone()) {
            self.mapping.sheet = name;
        }
        self.propose(q);
    }

    fn propose(&mut self, questionnaire: &Questionnaire) {
        let headings = self.headings();
        let find = |words: &[&str]| {
            let bears = |it: &&Heading| {
                let text = kernel::search::fold(&it.text);
                words.iter().any(|word| text == *word || text.starts_with(&format!("{word} ")))
            };
            headings.iter().find(bears).map(|it| it.name.clone()).unwrap_or_default()
        };
        let mapping = &mut self.mapping;
        let has = |name: &str| headings.iter().any(|it| it.name == name);
        if !has(&mapping.place) {
            mapping.place =
                find(&["commune", "communes", "collectivite", "localite", "cercle", "code"]);
        }
        if !mapping.above.is_empty() && !has(&mapping.above) || mapping.columns.is_empty() {
            mapping.above = find(&["cercle", "region", "district"]);
            if mapping.above == mapping.place {
                mapping.above.clear();
            }
        }
        if mapping.period.is_empty() && !has(&mapping.period_column) {
            mapping.period_column = find(&["periode", "annee", "trimestre"]);
        }
        mapping.columns.retain(|it| has(&it.heading));
        if mapping.columns.is_empty() {
            for it in &headings {
                if let Some(target) = suggested(questionnaire, &it.text) {
                    let factor = "1".to_owned();
                    mapping.columns.push(super::Column {
                        heading: it.name.clone(),
                        target,
                        factor,
                    });
                }
            }
        }
    }
}

/// A draft of a file that was just read, as the last file of this source was.
pub(super) fn begin(
    tx: &mut Tx<'_>,
    questionnaire: &Questionnaire,
    (name, place): (&str, &str),
    (file, hash): (String, String),
    book: Book,
) -> Result<Draft, Failure> {
    let before = saved(tx, name)?;
    let is_known = before.is_some();
    let (mapping, places) = before.map(|it| (it.mapping, it.places)).unwrap_or_default();
    let mut draft = Draft {
        name: name.to_owned(),
        place: place.to_owned(),
        file,
        hash,
        book: Arc::new(book),
        mapping,
        places,
        is_known,
    };
    // Last year's period is not this year's.
    draft.mapping.period.clear();
    if draft.mapping.level.is_empty() {
        draft.mapping.level = "commune".to_owned();
    }
    let same = draft.book.sheets.iter().any(|it| it.name == draft.mapping.sheet);
    let sheet = if same { draft.mapping.sheet.clone() } else { String::new() };
    let line = draft.mapping.heading;
    let still = |it: &Sheet| it.find_headings(&[draft.mapping.place.as_str()]);
    let line = match draft.sheet().filter(|_| is_known).and_then(still) {
        Some(it) => Some(it),
        None if is_known && same => Some(line),
        None => None,
    };
    draft.look_at(&sheet, line, questionnaire);
    Ok(draft)
}
