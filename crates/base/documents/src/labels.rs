//! The words that documents carry by themselves: “Page 1 sur 3”, “Tableau 2”.

use std::sync::OnceLock;

use fluent_bundle::{FluentBundle, FluentResource};
use kernel::Language;
use unic_langid::LanguageIdentifier;

const FRENCH: &str = include_str!("words/fr.ftl");
const ENGLISH: &str = include_str!("words/en.ftl");

/// The words of one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Labels {
    /// Before the number of a page.
    pub page: String,
    /// Between the number of a page and the number of pages.
    pub page_of: String,
    /// Before the check code.
    pub code: String,
    /// Over the place.
    pub place: String,
    /// Over the period.
    pub period: String,
    /// Over the date of making.
    pub made_on: String,
    /// Before the number of a table.
    pub table: String,
    /// Before the number of a figure.
    pub figure: String,
    /// The only line of a table without rows.
    pub empty_table: String,
    /// In place of a drawing, in a format that cannot hold it.
    pub figure_in_pdf: String,
    /// Before the blank where the person who signs writes the date.
    pub signature_date: String,
    /// The name of the sheet that tells where a workbook comes from.
    pub about: String,
    /// Before the title of a workbook.
    pub title: String,
    /// Before a line of source of a workbook.
    pub source: String,
}

impl Labels {
    /// The words of this language.
    pub fn of(language: Language) -> &'static Self {
        static BOTH: OnceLock<(Labels, Labels)> = OnceLock::new();
        let (french, english) =
            BOTH.get_or_init(|| (read(FRENCH, Language::French), read(ENGLISH, Language::English)));
        match language {
            Language::French => french,
            Language::English => english,
        }
    }
}

fn read(catalogue: &str, language: Language) -> Labels {
    // The catalogues are part of the program and a test reads every key of both: what cannot be
    // read shows its key.
    let resource = FluentResource::try_new(catalogue.to_owned()).unwrap_or_else(|(it, _)| it);
    let tag: LanguageIdentifier = language.code().parse().unwrap_or_default();
    let mut bundle = FluentBundle::new(vec![tag]);
    bundle.set_use_isolating(false);
    // Fails on a key given twice only; the first then counts.
    let _ = bundle.add_resource(resource);
    let say = |key: &str| {
        let pattern = bundle.get_message(key).and_then(|it| it.value());
        pattern.map_or_else(
            || key.to_owned(),
            |it| bundle.format_pattern(it, None, &mut Vec::new()).into_owned(),
        )
    };
    Labels {
        page: say("document-page"),
        page_of: say("document-page-of"),
        code: say("document-code"),
        place: say("document-place"),
        period: say("document-period"),
        made_on: say("document-made-on"),
        table: say("document-table"),
        figure: say("document-figure"),
        empty_table: say("document-empty-table"),
        figure_in_pdf: say("document-figure-in-pdf"),
        signature_date: say("document-signature-date"),
        about: say("document-about"),
        title: say("document-title"),
        source: say("document-source"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_languages_have_every_word() {
        for language in [Language::French, Language::English] {
            let told = format!("{:?}", Labels::of(language));
            assert!(!told.contains("document-"), "{told}");
        }
        let keys = |text: &str| -> Vec<String> {
            let lines = text.lines().filter_map(|it| it.split_once(" = "));
            lines.map(|(key, _)| key.to_owned()).collect()
        };
        assert_eq!(keys(FRENCH), keys(ENGLISH));
    }
}
