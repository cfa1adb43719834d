//! The English side of the questionnaire: `english.csv`, read on top of the French files.
//!
//! A line names one French text, by its code or, for the words that many lines share (units,
//! suppliers, sources…), by the French words themselves. What it does not name stays in French.

use super::content::ContentProblem;
use super::element::Label;
use super::load::Laid;
use super::rule::placeholders;
use super::typography::english;
use super::{ContentError, Questionnaire, french};
use std::collections::{BTreeMap, BTreeSet};

/// What a line may translate, and whether it is found by the French words rather than by a code.
const KINDS: &[(&str, bool)] = &[
    ("element", false),
    ("rule", false),
    ("indicator", false),
    ("parameter", false),
    ("sector", true),
    ("unit", true),
    ("supplier", true),
    ("reference", true),
    ("deadline", true),
    ("responsible", true),
    ("circuit", true),
    ("origin", true),
    ("validity", true),
];

/// By kind and code, then by field.
type Texts<'a> = BTreeMap<(&'static str, String), Vec<(&'static str, &'a mut Label)>>;

pub(super) fn read(
    questionnaire: &mut Questionnaire,
    rows: &[Laid<'_>],
    lenient: bool,
) -> Result<(), ContentError> {
    let mut texts = texts(questionnaire);
    let mut seen: BTreeSet<(&str, &str, &str)> = BTreeSet::new();
    for Laid { line, .. } in rows {
        let line = *line;
        let (kind, by_words) =
            line.word("kind", &KINDS.iter().map(|it| (it.0, *it)).collect::<Vec<_>>())?;
        let (typed, field) = (line.filled("code")?, line.filled("field")?);
        let code = if by_words { french(typed) } else { typed.to_owned() };
        let unknown = || line.stop("code", ContentProblem::Unknown(typed.to_owned()));
        let fields = match texts.get_mut(&(kind, code)) {
            Some(fields) => fields,
            None if lenient => continue,
            None => return Err(unknown()),
        };
        let said = english(line.filled("text")?);
        let mut found = false;
        for (_, label) in fields.iter_mut().filter(|it| it.0 == field) {
            if field == "message" && names(&said) != names(&label.french) {
                return Err(line.stop("text", ContentProblem::OtherNames));
            }
            label.english.clone_from(&said);
            found = true;
        }
        if !found && !lenient {
            return Err(line.stop("field", ContentProblem::NotAllowed(field.to_owned())));
        }
        if !seen.insert((kind, typed, field)) {
            return Err(line.stop("code", ContentProblem::Twice(typed.to_owned())));
        }
    }
    Ok(())
}

/// The names in braces of a sentence, which are the same in both languages.
pub(super) fn names(message: &str) -> BTreeSet<&str> {
    placeholders(message).collect()
}

/// All the texts of a questionnaire that this file translates, those that say something.
fn texts(questionnaire: &mut Questionnaire) -> Texts<'_> {
    let mut texts = Texts::new();
    let mut add = |kind, code: Option<&str>, field, label| {
        let label: &mut Label = label;
        if !label.french.is_empty() {
            let code = code.map_or_else(|| label.french.clone(), str::to_owned);
            texts.entry((kind, code)).or_default().push((field, label));
        }
    };
    for it in &mut questionnaire.data_sets {
        add("deadline", None, "label", &mut it.deadline);
        add("responsible", None, "label", &mut it.responsible);
        add("circuit", None, "label", &mut it.circuit);
        add("sector", None, "label", &mut it.sector);
    }
    for it in &mut questionnaire.elements {
        add("element", Some(&it.code), "short_label", &mut it.short_label);
        add("element", Some(&it.code), "definition", &mut it.definition);
        add("sector", None, "label", &mut it.sector);
        add("unit", None, "label", &mut it.unit);
        add("supplier", None, "label", &mut it.supplier);
        add("reference", None, "label", &mut it.reference);
    }
    for it in questionnaire.parameters.values_mut() {
        add("parameter", Some(&it.code), "label", &mut it.label);
        add("unit", None, "label", &mut it.unit);
        add("origin", None, "label", &mut it.origin);
        add("validity", None, "label", &mut it.validity);
    }
    for it in &mut questionnaire.rules {
        add("rule", Some(&it.code), "label", &mut it.label);
        add("rule", Some(&it.code), "message", &mut it.message);
        add("rule", Some(&it.code), "advice", &mut it.advice);
        add("reference", None, "label", &mut it.reference);
    }
    for it in &mut questionnaire.indicators {
        add("indicator", Some(&it.code), "note", &mut it.note);
        add("sector", None, "label", &mut it.sector);
        add("unit", None, "label", &mut it.unit);
        add("reference", None, "label", &mut it.reference);
    }
    texts
}

#[cfg(test)]
mod tests {
    use super::super::content::Table;
    use super::super::{Files, SHIPPED};
    use super::*;
    use kernel::Language;

    const FILE: &str = "english.csv";

    #[test]
    fn every_text_shown_to_people_exists_in_both_languages() {
        let table = Table::read(FILE, SHIPPED.english, &["kind", "code", "field"]).unwrap();
        let given: BTreeSet<(String, String, String)> = table
            .lines()
            .map(|it| (it.text("kind").into(), french(it.text("code")), it.text("field").into()))
            .collect();
        let mut questionnaire = Questionnaire::read(SHIPPED).unwrap();
        let mut missing = Vec::new();
        for ((kind, code), fields) in texts(&mut questionnaire) {
            for (field, label) in fields {
                // `FCFA`, `%`, `2010-2020` and codes are the same in all languages, and a short
                // English name stands where the full one is short enough.
                let word = label.french.contains(char::is_lowercase) && field != "short_label";
                let key = (kind.to_owned(), code.clone(), field.to_owned());
                if word && !given.contains(&key) {
                    missing.push(key);
                }
                assert!(!label.say(Language::English).contains('\''), "{label:?}");
            }
        }
        assert_eq!(missing, []);
        for (file, text) in [
            ("datasets.csv", SHIPPED.data_sets),
            ("data_elements.csv", SHIPPED.elements),
            ("categories.csv", SHIPPED.categories),
            ("indicators.csv", SHIPPED.indicators),
        ] {
            for line in Table::read(file, text, &["libelle_en"]).unwrap().lines() {
                line.filled("libelle_en").unwrap();
            }
        }
    }

    #[test]
    fn english_sentences_are_short() {
        let table = Table::read(FILE, SHIPPED.english, &["text"]).unwrap();
        for line in table.lines() {
            for sentence in line.text("text").split(['.', ';', ':']) {
                assert!(sentence.split_whitespace().count() <= 20, "{sentence}");
            }
        }
    }

    #[test]
    fn a_faulty_english_line_is_refused_with_its_column() {
        for (added, column, problem) in [
            ("word,V001,label,x", "kind", ContentProblem::NotAllowed("word".into())),
            ("rule,V999,label,x", "code", ContentProblem::Unknown("V999".into())),
            ("unit,litres,label,x", "code", ContentProblem::Unknown("litres".into())),
            ("rule,V001,note,x", "field", ContentProblem::NotAllowed("note".into())),
            ("rule,V001,label,", "text", ContentProblem::Empty),
            ("rule,V001,label,x", "code", ContentProblem::Twice("V001".into())),
            ("rule,V002,message,{gauche} only", "text", ContentProblem::OtherNames),
        ] {
            let text = format!("{}{added}\n", SHIPPED.english);
            let error = Questionnaire::read(Files { english: &text, ..SHIPPED }).unwrap_err();
            assert_eq!(error.file, FILE);
            assert_eq!((error.column.as_str(), &error.problem), (column, &problem), "{added}");
        }
    }
}
