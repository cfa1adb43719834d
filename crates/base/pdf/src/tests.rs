//! A whole report, hostile text, and the promises of the crate.

mod sample;

use documents::{Align, Block, Document, Figure, Table, Text};

use super::*;
use crate::engine::lay_out;

fn pages(document: &Document) -> usize {
    lay_out(values::of(document)).unwrap().pages().len()
}

fn with(blocks: Vec<Block>) -> Document {
    Document { blocks, ..sample::report() }
}

#[test]
fn a_report_conforms_and_comes_out_the_same_each_time() {
    let report = sample::report();
    let bytes = write(&report).unwrap();
    assert!(bytes.starts_with(b"%PDF-1.7"));
    assert!(conforms(&bytes));
    assert_eq!(bytes, write(&report).unwrap());
    let other = Document { period: "1er trimestre 2025".to_owned(), ..report };
    assert_ne!(bytes, write(&other).unwrap());
    // For people to look at: set the variable to a folder.
    if let Some(folder) = std::env::var_os("BENKADI_SAMPLES") {
        sample::write_all(std::path::Path::new(&folder));
    }
}

#[test]
fn documents_of_every_shape_conform() {
    let table = || Table::new("Écoles").column("Commune", Align::Start, 1);
    for (name, blocks) in [
        ("nothing", Vec::new()),
        ("empty table", vec![Block::Table(table())]),
        ("no caption", vec![Block::Table(Table { caption: String::new(), ..table() })]),
        ("a group at the end", vec![Block::Table(table().row(["Kati"]).group("Ségou"))]),
        (
            "two groups",
            vec![Block::Table(table().group("Kati").row(["a"]).group("Ségou").row(["b"]))],
        ),
        ("deep heading", vec![Block::Heading(3, "Annexe".to_owned())]),
        ("empty heading", vec![Block::Heading(1, String::new())]),
        ("no figures", vec![Block::KeyFigures(Vec::new()), Block::Signatures(Vec::new())]),
        ("breaks", vec![Block::PageBreak, Block::PageBreak, Block::Paragraph("fin".into())]),
        (
            "empty text",
            vec![Block::Paragraph(Text::default()), Block::List(documents::List::default())],
        ),
        ("a letter", letter()),
        ("cards", vec![Block::Dense, Block::Cards(Vec::new())]),
    ] {
        let bytes = write(&with(blocks)).unwrap_or_else(|it| panic!("{name}: {it}"));
        assert!(conforms(&bytes), "{name}");
    }
    let nameless =
        Document { title: String::new(), code: None, sources: Vec::new(), ..with(Vec::new()) };
    assert!(conforms(&write(&nameless).unwrap()));
}

/// A letter of a few lines.
fn letter() -> Vec<Block> {
    vec![
        Block::Letterhead(documents::Letterhead {
            from: vec!["Région de Koulikoro".to_owned(), "Chargé de suivi".to_owned()],
            place_and_day: "Koulikoro, le 20 janvier 2025".to_owned(),
            to: vec!["Cercle de Kati".to_owned()],
            subject: Text::default().bold("Objet : fiches du trimestre"),
        }),
        Block::Paragraph("Madame, Monsieur,".into()),
        Block::Closing(documents::Signature { office: "Chargé".to_owned(), name: String::new() }),
    ]
}

#[test]
fn a_letter_has_no_title_block_and_a_code_fills_the_page() {
    let svg =
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'><path d='M0 0h9v9H0z'/></svg>";
    let figure = Figure {
        svg: svg.to_owned(),
        caption: "code 1 sur 1".to_owned(),
        alternative: "Un code.".to_owned(),
        twin: None,
    };
    let card = documents::Card {
        svg: svg.to_owned(),
        title: "Eau".to_owned(),
        value: "58 %".to_owned(),
        text: "Sur 100 habitants, 58 ont de l’eau.".to_owned(),
        note: String::new(),
    };
    for blocks in [letter(), vec![Block::Dense, Block::Cards(vec![card; 3]), Block::Poster(figure)]]
    {
        let document = with(blocks);
        assert_eq!(pages(&document), 1);
        assert!(conforms(&write(&document).unwrap()));
        // The same in the other format.
        let draw = |svg: &str, width: u32| picture(svg, width).ok();
        assert!(documents::docx::write_with(&document, &draw).is_ok());
    }
}

#[test]
fn text_is_never_code() {
    for hostile in [
        "#import \"x.typ\"",
        "#panic(\"pris\")",
        "#read(\"/etc/passwd\")",
        "#{ while true {} }",
        "$x^2$ *gras* _penché_ `code` = Titre",
        "<étiquette> @renvoi https://exemple.ml // commentaire /* */",
        "]#eval(\"1\")[ \\u{41} \\ ~ -- --- ...",
        "#\u{202e}\u{0}\u{1b}]\u{feff}ߒߞߏ ⵣ 👏 \u{e000}\u{ffff}",
        "\n\n\n",
    ] {
        let text = || Text::from(hostile).bold(hostile).italic(hostile);
        let table = Table::new(hostile).column(hostile, Align::Start, 1).group(text());
        let document = Document {
            kind: hostile.to_owned(),
            title: hostile.to_owned(),
            subtitle: hostile.to_owned(),
            place: hostile.to_owned(),
            period: hostile.to_owned(),
            sources: vec![hostile.to_owned()],
            ..with(vec![
                Block::Heading(1, hostile.to_owned()),
                Block::Paragraph(text()),
                Block::Table(table.row([text()]).total([text()]).note(text())),
            ])
        };
        let bytes = write(&document).unwrap_or_else(|it| panic!("{hostile}: {it}"));
        assert!(conforms(&bytes), "{hostile}");
    }
}

#[test]
fn a_long_table_goes_on_over_the_pages() {
    let table = Table::new("Communes").column("Commune", Align::Start, 1);
    let table = (0..703).fold(table, |it, number| it.row([format!("Commune {number}")]));
    let document = with(vec![Block::Table(table)]);
    let count = pages(&document);
    assert!((10..=25).contains(&count), "{count} pages");
    assert!(conforms(&write(&document).unwrap()));
}

#[test]
fn a_drawing_reads_nothing_outside_itself() {
    let figure = |svg: &str| {
        with(vec![Block::Figure(Figure {
            svg: svg.to_owned(),
            caption: "Une carte".to_owned(),
            alternative: "Une carte".to_owned(),
            twin: None,
        })])
    };
    let open = "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" width=\"9\" height=\"9\">";
    let tall = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"900\"><text>ɛ 𞤀</text></svg>";
    assert_eq!(pages(&figure(tall)), 1, "a tall drawing fits its page");
    assert!(conforms(&write(&figure(tall)).unwrap()));
    for href in ["/etc/passwd", "file:///etc/hostname", "http://127.0.0.1:9/x.png", "x.svg"] {
        let svg = format!("{open}<image xlink:href=\"{href}\" width=\"9\" height=\"9\"/></svg>");
        assert!(write(&figure(&svg)).is_err(), "{href}");
    }
    let told = write(&figure("<svg")).unwrap_err().to_string();
    assert!(told.contains("SVG"), "{told}");
}

#[test]
fn a_table_that_is_not_well_made_is_refused() {
    let table = Table::new("Écoles").column("Commune", Align::Start, 1).row(["Kati", "12"]);
    assert!(matches!(write(&with(vec![Block::Table(table)])), Err(WriteError::Document(_))));
}
