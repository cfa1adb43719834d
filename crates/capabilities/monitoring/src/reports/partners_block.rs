//! The partnerships of a place in a document.

use documents::{Align, Block, Table};

use super::blocks::paragraph;
use super::material::Material;

/// The most countries named in a table.
const MOST_COUNTRIES: usize = 8;

/// The partnerships of a place one by one, as the register knows them.
pub(crate) fn list(material: &Material<'_>) -> Vec<Block> {
    let say = &material.say;
    let partners = &material.partners;
    if partners.list.is_empty() {
        return vec![paragraph(say.t("partners-none"))];
    }
    let caption = say.with("partners-caption", &[("count", partners.count.to_string())]);
    let mut table = Table::new(caption)
        .column(say.t("partners-malian"), Align::Start, 3)
        .column(say.t("partners-foreign"), Align::Start, 4)
        .column(say.t("partners-country"), Align::Start, 2)
        .column(say.t("partners-since"), Align::Start, 2)
        .column(say.t("partners-status"), Align::Start, 3);
    let day = material.quarter.last_day();
    for it in &partners.list {
        let mut countries: Vec<String> =
            it.foreign.iter().map(|it| country(material, &it.country)).collect();
        countries.dedup();
        table = table.row([
            it.malian_name(),
            it.foreign_name(),
            countries.join(", "),
            it.origin.years.first().map_or_else(|| "–".to_owned(), i64::to_string),
            say.t(&format!("register-status-{}", it.status_on(day).word())),
        ]);
    }
    vec![Block::Table(table.note(say.t("partners-note")))]
}

/// The partnerships of a region or of the nation, counted by status and by country.
pub(crate) fn counts(material: &Material<'_>) -> Vec<Block> {
    let say = &material.say;
    let partners = &material.partners;
    if partners.count == 0 {
        return vec![paragraph(say.t("partners-none"))];
    }
    let countries = partners.countries.len();
    let sentence = say.with(
        "partners-sentence",
        &[("count", say.language.integer(partners.count)), ("countries", countries.to_string())],
    );
    let counted = |head: &str, rows: &mut dyn Iterator<Item = (String, i64)>| {
        let mut table = Table::new(say.t(&format!("{head}-caption")))
            .column(say.t(head), Align::Start, 4)
            .column(say.t("partners-count"), Align::End, 2);
        for (label, count) in rows {
            table = table.row([label, say.language.integer(count)]);
        }
        Block::Table(table)
    };
    let mut statuses = partners
        .statuses
        .iter()
        .map(|(it, count)| (say.t(&format!("register-status-{it}")), *count));
    let mut first = partners
        .countries
        .iter()
        .take(MOST_COUNTRIES)
        .map(|(it, count)| (country(material, it), *count))
        .chain((MOST_COUNTRIES < countries).then(|| {
            let rest = partners.countries.iter().skip(MOST_COUNTRIES).map(|it| it.1).sum();
            (say.t("partners-other-countries"), rest)
        }));
    vec![
        paragraph(sentence),
        counted("partners-status", &mut statuses),
        counted("partners-country", &mut first),
        paragraph(say.t("partners-note")),
    ]
}

/// The name of a country.
pub(crate) fn country(material: &Material<'_>, code: &str) -> String {
    let key = format!("country-{code}");
    let say = &material.say;
    if say.catalogue.has(say.language, &key) { say.t(&key) } else { code.to_owned() }
}
