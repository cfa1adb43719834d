use std::io::Read;

use super::*;
use crate::{
    Align, Block, Callout, CheckCode, Figure, KeyFigure, List, Orientation, Signature, Table, Text,
    Tone,
};
use kernel::Language;

fn report(blocks: Vec<Block>) -> Document {
    Document {
        language: Language::French,
        orientation: Orientation::Portrait,
        kind: "Rapport d’activité".to_owned(),
        title: "Suivi de la coopération".to_owned(),
        subtitle: String::new(),
        place: "Cercle de Kati".to_owned(),
        period: "4e trimestre 2024".to_owned(),
        made_on: "2025-01-15".parse().unwrap(),
        code: Some(CheckCode::of_hash(&[3; 32])),
        sources: vec!["Modèle RAP-CCC, version 1".to_owned()],
        blocks,
    }
}

fn part(bytes: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

fn schools() -> Table {
    let table = Table::new("Élèves par commune").column("Commune", Align::Start, 3);
    table.column("Élèves", Align::End, 1)
}

#[test]
fn headings_tables_and_footers_are_the_real_ones() {
    let table =
        schools().group("Kati").row(["Ɲɛnɛ", "1\u{202f}234"]).total(["Total", "1\u{202f}234"]);
    let bytes = write(&report(vec![
        Block::Heading(1, "1. Faits marquants".to_owned()),
        Block::Heading(3, "Écoles".to_owned()),
        Block::Paragraph(Text::from("Onze communes ont ").bold("transmis").plain("\u{202f};")),
        Block::Table(table),
    ]))
    .unwrap();
    let body = part(&bytes, "word/document.xml");
    for expected in [
        "<w:pStyle w:val=\"Heading1\"/>",
        "<w:pStyle w:val=\"Heading2\"/>",
        "<w:tblHeader/>",
        "Tableau\u{a0}1 – ",
        "Ɲɛnɛ",
        "1\u{202f}234",
        "<w:b/></w:rPr><w:t xml:space=\"preserve\">transmis",
        "<w:pgSz w:w=\"11906\" w:h=\"16838\"/>",
    ] {
        assert!(body.contains(expected), "{expected} in {body}");
    }
    let foot = part(&bytes, "word/footer1.xml");
    assert!(foot.contains("PAGE") && foot.contains("NUMPAGES") && foot.contains(" sur "), "{foot}");
    assert!(part(&bytes, "word/styles.xml").contains("w:val=\"fr-FR\""));
}

#[test]
fn the_same_document_gives_the_same_bytes() {
    let list = List { ordered: true, items: vec!["un".into(), "deux".into()] };
    let one = report(vec![Block::List(list), Block::Table(schools())]);
    assert_eq!(write(&one).unwrap(), write(&one).unwrap());
}

#[test]
fn a_letter_has_its_own_head_and_a_dense_sheet_narrow_margins() {
    let head = crate::Letterhead {
        from: vec!["Région de Ségou".to_owned()],
        place_and_day: "Ségou, le 20 janvier 2025".to_owned(),
        to: vec!["Cercle de Niono".to_owned()],
        subject: "Objet : fiches".into(),
    };
    let letter = write(&report(vec![Block::Letterhead(head)])).unwrap();
    let body = part(&letter, "word/document.xml");
    assert!(body.contains("Cercle de Niono") && !body.contains("w:val=\"Facts\""), "{body}");
    let sheet = write(&report(vec![Block::Dense])).unwrap();
    assert!(part(&sheet, "word/document.xml").contains("w:left=\"794\""));
}

#[test]
fn hostile_text_is_only_text() {
    let hostile = "</w:t><script>&\"'\u{0}\u{1b}]]><!-- \u{202e}eriam";
    let bytes = write(&Document {
        title: hostile.to_owned(),
        place: hostile.to_owned(),
        sources: vec![hostile.to_owned()],
        ..report(vec![
            Block::Paragraph(hostile.into()),
            Block::Table(schools().row([hostile, hostile]).note(hostile)),
        ])
    })
    .unwrap();
    for name in ["word/document.xml", "word/header2.xml", "word/footer1.xml", "docProps/core.xml"] {
        let text = part(&bytes, name);
        assert!(!text.contains("<script>") && text.contains("&lt;/w:t&gt;"), "{name}: {text}");
        let forbidden = |it: char| it.is_control() && it != '\n' || it == '\u{202e}';
        assert!(!text.contains(forbidden), "{name}: {text}");
    }
}

#[test]
fn every_table_has_a_line_and_every_figure_its_twin_or_its_words() {
    let figure = Figure {
        svg: String::new(),
        caption: "Onze communes sur douze ont transmis".to_owned(),
        alternative: "Un trait par commune.".to_owned(),
        twin: None,
    };
    let with_twin = Figure { twin: Some(schools().row(["Kati", "1"])), ..figure.clone() };
    let bytes = write(&report(vec![
        Block::Table(schools()),
        Block::Figure(figure),
        Block::Figure(with_twin),
    ]))
    .unwrap();
    let body = part(&bytes, "word/document.xml");
    assert!(body.contains("Aucune ligne à montrer."), "{body}");
    assert!(body.contains("Un trait par commune.") && body.contains("Figure\u{a0}2"), "{body}");
    assert_eq!(body.matches("<w:tblHeader/>").count(), 2);
}

#[test]
fn a_drawing_that_can_be_drawn_is_a_picture_with_its_words() {
    let figure = Figure {
        svg: "<svg/>".to_owned(),
        caption: "Onze communes".to_owned(),
        alternative: "Un trait par commune.".to_owned(),
        twin: Some(schools().row(["Kati", "1"])),
    };
    // The head of a PNG of 200 by 100 points is all that is read of it.
    let mut png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\xc8\0\0\0\x64".to_vec();
    png.extend([8, 6, 0, 0, 0]);
    let document = report(vec![Block::Figure(figure.clone()), Block::Figure(figure)]);
    let bytes = write_with(&document, &|_, _| Some(png.clone())).unwrap();
    let body = part(&bytes, "word/document.xml");
    assert!(body.contains("r:embed=\"rIdP2\"") && body.contains("descr=\"Un trait par commune.\""));
    assert!(body.contains("cx=\"6120130\" cy=\"3060065\""), "{body}");
    assert!(!body.contains("<w:tblHeader/>"), "the picture stands for the twin");
    assert!(part(&bytes, "word/_rels/document.xml.rels").contains("media/image2.png"));
    assert!(part(&bytes, "[Content_Types].xml").contains("image/png"));
    assert_eq!(bytes, write_with(&document, &|_, _| Some(png.clone())).unwrap());
}

#[test]
fn a_page_break_moves_what_follows() {
    let figures = vec![KeyFigure { value: "11".to_owned(), ..KeyFigure::default() }];
    for block in [
        Block::Heading(1, "Annexe".to_owned()),
        Block::Table(schools()),
        Block::KeyFigures(figures),
        Block::Callout(Callout { tone: Tone::Attention, ..Callout::default() }),
        Block::Signatures(vec![Signature::default()]),
    ] {
        let bytes = write(&report(vec![Block::PageBreak, block.clone()])).unwrap();
        let body = part(&bytes, "word/document.xml");
        assert_eq!(body.matches("<w:pageBreakBefore/>").count(), 1, "{block:?}");
    }
}

#[test]
fn a_row_that_does_not_fit_is_refused() {
    assert!(write(&report(vec![Block::Table(schools().row(["Kati"]))])).is_err());
}
