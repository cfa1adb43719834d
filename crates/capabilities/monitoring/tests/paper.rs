//! Forms on paper: what a motorbike takes along, and how it comes back.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

mod common;

use common::{Content, Post, adviser, day, quarter};
use documents::paper::{Booklets, Boxes, PaperLine};
use kernel::Language;
use monitoring::paper::{PaperCode, Place, booklet, paper_words};
use monitoring::questionnaire::{Questionnaire, Tier};
use web::Catalogue;

fn catalogue() -> Catalogue {
    let mut parts = web::words().to_vec();
    parts.push(graphics::words());
    parts.extend(monitoring::words());
    Catalogue::new(&parts).unwrap()
}

fn printed(post: &Post, units: &[&str], tier: Tier, language: Language) -> Booklets {
    let catalogue = catalogue();
    let at = quarter("2024T4");
    let booklets = units.iter().map(|unit| {
        let made = post
            .base
            .db
            .read(|tx| booklet(tx, &adviser(), (unit, at, tier), (&catalogue, language)));
        made.unwrap()
    });
    Booklets {
        language,
        title: "Fiches du 4e trimestre 2024".to_owned(),
        made_on: day("2025-01-10"),
        booklets: booklets.collect(),
        words: paper_words(&catalogue, language),
    }
}

fn pages(bytes: &[u8]) -> usize {
    let text = String::from_utf8_lossy(bytes);
    text.match_indices("/Type/Page")
        .filter(|(at, it)| !text[at + it.len()..].starts_with('s'))
        .count()
        + text
            .match_indices("/Type /Page")
            .filter(|(at, it)| !text[at + it.len()..].starts_with('s'))
            .count()
}

#[test]
fn the_core_forms_of_a_commune_are_at_most_nine_pages_in_paper_order() {
    let post = Post::open(db::testing::sqlite(), Content::Exercise);
    let questionnaire = Questionnaire::shipped().unwrap();
    for (unit, tier, most) in
        [("EX-C1", Tier::Core, 9), ("EX-C1", Tier::Complete, 20), ("EX-CERCLE", Tier::Core, 9)]
    {
        let made = printed(&post, &[unit], tier, Language::French);
        let bytes = pdf::write_paper(&made).unwrap();
        assert!(pdf::conforms(&bytes), "{unit}");
        assert_eq!(bytes, pdf::write_paper(&made).unwrap());
        let count = pages(&bytes);
        assert!(0 < count && count <= most, "{unit} {tier:?}: {count} pages");
        if let Some(folder) = std::env::var_os("BENKADI_SAMPLES") {
            let name = format!("fiches-{unit}-{tier:?}.pdf");
            std::fs::write(std::path::Path::new(&folder).join(name), &bytes).unwrap();
        }
        // Every cell of the screen, in its order, with the code that opens its form.
        for form in &made.booklets[0].forms {
            let code = PaperCode::read(form.code).unwrap();
            assert_eq!(code.place, Place::of(unit));
            assert_eq!((code.quarter, code.tier), (quarter("2024T4"), tier));
            let set = code.form_in(questionnaire).unwrap();
            assert!(form.title.starts_with(set));
            let (number, _) = questionnaire.data_set(set).unwrap();
            let cells = form.lines.iter().filter(|it| matches!(it, PaperLine::Cell(_))).count();
            assert_eq!(cells, questionnaire.form(number, tier).cells().count(), "{set}");
        }
    }
}

#[test]
fn several_communes_make_one_file_each_with_its_own_pages() {
    let post = Post::open(db::testing::sqlite(), Content::Exercise);
    let one = pdf::write_paper(&printed(&post, &["EX-C1"], Tier::Core, Language::English)).unwrap();
    let three = printed(&post, &["EX-C1", "EX-C2", "EX-C3"], Tier::Core, Language::English);
    let bytes = pdf::write_paper(&three).unwrap();
    assert_eq!(pages(&bytes), 3 * pages(&one));
}

#[test]
fn last_values_are_printed_and_boxes_are_as_many_as_figures() {
    let post = Post::open(db::testing::sqlite(), Content::Exercise);
    let made = printed(&post, &["EX-C1"], Tier::Core, Language::French);
    let cells = made.booklets[0].forms.iter().flat_map(|it| &it.lines).filter_map(|it| match it {
        PaperLine::Cell(cell) => Some(cell),
        PaperLine::Group { .. } => None,
    });
    let cells: Vec<_> = cells.collect();
    assert!(cells.iter().filter(|it| !it.last.is_empty()).count() * 2 > cells.len());
    let seats = cells.iter().find(|it| it.code == "EDI_SIEGES").unwrap();
    assert_eq!(seats.boxes, Boxes::Digits { whole: 2, decimals: 0, signed: false });
}
