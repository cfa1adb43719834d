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

#[test]
fn the_codes_printed_on_forms_are_read_again_from_their_picture() {
    let post = Post::open(db::testing::sqlite(), Content::Exercise);
    let made = printed(&post, &["EX-C1"], Tier::Core, Language::French);
    let forms = &made.booklets[0].forms;
    assert!(5 < forms.len());
    for form in forms {
        // 24 mm on paper, at some 160 points to the inch.
        let picture = pdf::picture(&form.qr, 150).unwrap();
        let read = graphics::read_qr(&picture).unwrap();
        assert_eq!(read.len(), 1, "{}", form.title);
        let told = format!("BENKADI 1 {} EX-C1 2024T4 {}", form.code, &form.title[..3]);
        assert_eq!(read[0], told);
    }
}

/// What a commune filed, as the receipt writes it, and the same read again.
#[test]
fn the_quarter_of_a_receipt_comes_back_from_its_picture_with_all_its_values() {
    use monitoring::paper::packed::{self, Content as Filed, Pieces};
    use monitoring::questionnaire::Level;
    use monitoring::store;

    let post = Post::open(db::testing::sqlite(), Content::Example);
    let questionnaire = Questionnaire::shipped().unwrap();
    for unit in ["EX-C1", "EX-C2", "EX-C3"] {
        let filing = post.base.db.read(|tx| store::filings(tx, unit, quarter("2024T4")));
        let filing = filing.unwrap().pop().unwrap();
        let content = Filed::of(&filing.content().unwrap());
        let of = (&**questionnaire, Level::Commune);
        let filed = (1_736_500_000_000, filing.mark.as_str());
        let at = (unit, quarter("2024T4"));
        let bytes = packed::pack(of, at, filed, &content, post.journal.key()).unwrap();
        for cut in [Pieces::Large, Pieces::Small] {
            let (texts, resistance) = packed::pieces(&bytes, cut).unwrap();
            if cut == Pieces::Large {
                assert_eq!(texts.len(), 1, "{} bytes", bytes.len());
            }
            let read: Vec<String> = texts
                .iter()
                .flat_map(|it| {
                    let drawn = graphics::qr(it.as_bytes(), resistance, "").unwrap();
                    graphics::read_qr(&pdf::picture(&drawn, 900).unwrap()).unwrap()
                })
                .collect();
            let back = packed::gather(&read.join("\n")).unwrap();
            let head = packed::head(&back).unwrap();
            assert_eq!((head.unit.as_str(), head.receipt.as_str()), (unit, filing.mark.as_str()));
            let read = packed::unpack(&back, &head, questionnaire, Level::Commune).unwrap();
            assert_eq!(read, content, "{unit} {cut:?}");
        }
    }
}

#[test]
fn the_values_of_a_code_come_in_as_a_file_does_and_twice_changes_nothing() {
    use monitoring::entry;
    use monitoring::paper::packed::Content as Filed;
    use monitoring::store;

    for base in common::bases() {
        let full = Post::open(db::testing::sqlite(), Content::Example);
        let filing = full.base.db.read(|tx| store::filings(tx, "EX-C2", quarter("2024T4")));
        let content = Filed::of(&filing.unwrap().pop().unwrap().content().unwrap());
        let csv = content.csv("EX-C2");
        let post = Post::open(base, Content::Exercise);
        let take = || {
            post.act(&adviser(), |ctx| entry::import(ctx, "QR K7QF-2MNA EX-C2 2024T4", &csv, None))
        };
        let taken = take().unwrap();
        assert_eq!(taken.new + taken.changed + taken.same, content.count());
        assert!(100 < taken.new, "{taken:?}");
        let again = take().unwrap();
        assert_eq!((again.new, again.changed, again.same), (0, 0, content.count()));
        let typed = post.base.db.read(|tx| store::drafts(tx, "EX-C2")).unwrap();
        let quarter = content.values["2024T4"].len();
        assert!(quarter <= typed.len());
    }
}
