//! Workbooks with everything that people put into them.

use super::{book, number, text, zip};
use crate::notes::Kind;
use crate::{Book, Format, Limits, Refused, Value, read, read_number};
use kernel::Date;
use rust_xlsxwriter::{ExcelDateTime, Format as Look, Formula, Workbook};

/// A workbook as a service keeps it: a title over joined cells, a hidden column and line, formulas,
/// shares, days, numbers as text, a hidden sheet.
pub(super) fn clumsy() -> Vec<u8> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.set_name("Santé").unwrap();
    let plain = Look::new();
    sheet.merge_range(0, 0, 0, 4, "Annuaire sanitaire 2023", &plain).unwrap();
    for (column, title) in (0..).zip(["Commune", "Consultations", "Taux", "Le", "Total"]) {
        sheet.write_string(2, column, title).unwrap();
    }
    sheet.write_string(3, 0, "Kati & Kita").unwrap();
    sheet.write_number(3, 1, 12_345.1).unwrap();
    sheet.write_number_with_format(3, 2, 0.125, &Look::new().set_num_format("0.0%")).unwrap();
    let day = ExcelDateTime::from_ymd(2023, 12, 31).unwrap();
    let dated = Look::new().set_num_format("dd/mm/yyyy");
    sheet.write_datetime_with_format(3, 3, &day, &dated).unwrap();
    sheet.write_formula(3, 4, Formula::new("=B4*2").set_result("24690.2")).unwrap();
    sheet.write_string(4, 0, "Nioro").unwrap();
    sheet.write_string(4, 1, "1\u{202f}234").unwrap();
    sheet.write_string(4, 3, "01/02/2023").unwrap();
    sheet.set_row_hidden(4).unwrap();
    sheet.set_column_hidden(3).unwrap();
    let other = workbook.add_worksheet();
    other.set_name("Notes").unwrap();
    other.write_string(0, 0, "ne pas lire").unwrap();
    other.set_hidden(true);
    workbook.save_to_buffer().unwrap()
}

#[test]
fn a_workbook_says_what_people_put_into_it() {
    let book = book(&clumsy());
    assert_eq!(book.format, Format::Xlsx);
    let sheet = &book.sheets[0];
    assert_eq!(
        (sheet.name.as_str(), sheet.hidden, sheet.guess_headings()),
        ("Santé", false, Some(3))
    );
    let row = sheet.row(4).unwrap();
    assert_eq!(row.cell(0).value, text("Kati & Kita"));
    assert_eq!(row.cell(1).value, number("12345.1"));
    assert_eq!(row.cell(2).value, Value::Percent(read_number("12.5").unwrap()));
    assert_eq!(row.cell(3).value, Value::Date(Date::new(2023, 12, 31).unwrap()));
    assert_eq!(row.cell(4).value, number("24690.2"));
    assert!(row.cell(4).formula);
    assert_eq!(sheet.row(5).unwrap().cell(1).value, number("1234"));
    assert!(book.sheets[1].hidden);
    let told: Vec<(Kind, String)> =
        book.notes.iter().map(|it| (it.kind, it.at[0].to_string())).collect();
    assert_eq!(
        told,
        [
            (Kind::Formula, "Santé!E4".to_owned()),
            (Kind::Merged, "Santé!A1".to_owned()),
            (Kind::HiddenRow, "Santé!5".to_owned()),
            (Kind::HiddenColumn, "Santé!D".to_owned()),
            (Kind::HiddenSheet, "Notes".to_owned()),
            (Kind::NumberAsText, "Santé!B5".to_owned()),
            (Kind::DateAsText, "Santé!D5".to_owned()),
            (Kind::Percent, "Santé!C4".to_owned()),
        ]
    );
}

/// A workbook of one sheet with this content.
fn xlsx(sheet: &str) -> Vec<u8> {
    zip(&[
        ("[Content_Types].xml", b"<Types/>"),
        (
            "xl/workbook.xml",
            b"<workbook><sheets><sheet name=\"F\" r:id=\"r1\"/></sheets></workbook>",
        ),
        (
            "xl/_rels/workbook.xml.rels",
            b"<Relationships><Relationship Id=\"r1\" Target=\"worksheets/s.xml\"/></Relationships>",
        ),
        ("xl/worksheets/s.xml", sheet.as_bytes()),
    ])
}

fn of(sheet: &str) -> Result<Book, Refused> {
    read(&xlsx(sheet), "f.xlsx", &Limits::default())
}

#[test]
fn hostile_sheets_are_refused() {
    let many = |what, most| Refused::TooMany { what, most };
    let cell = |at: &str| format!("<row><c r=\"{at}\"><v>1</v></c></row>");
    for (sheet, expected) in [
        (cell("A1048576"), many("rows", 200_000)),
        (cell("XFD1"), many("columns", 512)),
        (cell("1A"), Refused::Damaged { part: "1A".to_owned() }),
        (format!("{}{}", cell("A5"), cell("A4")), Refused::Damaged { part: "line 4".to_owned() }),
        (
            "<row><c r=\"A1\" t=\"s\"><v>7</v></c></row>".to_owned(),
            Refused::Damaged { part: "F!A1".to_owned() },
        ),
        (
            "<row><c r=\"B2\"><v>abc</v></c></row>".to_owned(),
            Refused::Damaged { part: "F!B2".to_owned() },
        ),
        (
            "<!DOCTYPE x [<!ENTITY a \"aaaa\">]><row/>".to_owned(),
            Refused::Damaged { part: "xl/worksheets/s.xml".to_owned() },
        ),
        (
            "<row><c r=\"A1\" t=\"str\"><v>&swell;</v></c></row>".to_owned(),
            Refused::Damaged { part: "xl/worksheets/s.xml".to_owned() },
        ),
        ("<row><c r=\"A1\"/></row>".to_owned(), Refused::Empty),
    ] {
        assert_eq!(of(&sheet).unwrap_err(), expected, "{sheet}");
    }
}

#[test]
fn the_noise_of_binary_numbers_is_left_out() {
    for (stored, expected) in [
        ("0.1", "0.1"),
        ("12.300000000000001", "12.3"),
        ("1.2E+5", "120000"),
        ("4.9999999999999996E-2", "0.05"),
        ("-7", "-7"),
    ] {
        let sheet = format!("<row><c r=\"A1\"><v>{stored}</v></c></row>");
        let book = of(&sheet).unwrap();
        assert_eq!(book.sheets[0].rows[0].cells[0].value.to_string(), expected, "{stored}");
    }
}

/// An ODS with this table.
fn ods(table: &str) -> Vec<u8> {
    let content = format!(
        "<office:document-content><office:automatic-styles><style:style style:name=\"ta2\">\
         <style:table-properties table:display=\"false\"/></style:style></office:automatic-styles>\
         <office:body><office:spreadsheet>{table}</office:spreadsheet></office:body>\
         </office:document-content>"
    );
    zip(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("content.xml", content.as_bytes()),
    ])
}

#[test]
fn an_open_document_is_read_as_well() {
    let table = "<table:table table:name=\"Écoles\">\
        <table:table-column table:number-columns-repeated=\"2\"/>\
        <table:table-column table:visibility=\"collapse\"/>\
        <table:table-row table:number-rows-repeated=\"2\"><table:table-cell/></table:table-row>\
        <table:table-row><table:table-cell office:value-type=\"string\"><text:p>Commune</text:p>\
        <office:annotation><text:p>à voir</text:p></office:annotation></table:table-cell>\
        <table:table-cell office:value-type=\"string\"><text:p>Élèves</text:p></table:table-cell>\
        <table:table-cell office:value-type=\"string\"><text:p>Taux</text:p></table:table-cell>\
        </table:table-row><table:table-row table:visibility=\"filter\">\
        <table:table-cell office:value-type=\"string\"><text:p>San</text:p></table:table-cell>\
        <table:table-cell office:value-type=\"float\" office:value=\"1234.5\" table:formula=\"of:=1\">\
        <text:p>1 234,5</text:p></table:table-cell>\
        <table:table-cell office:value-type=\"percentage\" office:value=\"0.5\"><text:p>50 %</text:p>\
        </table:table-cell><table:table-cell office:value-type=\"date\" \
        office:date-value=\"2023-12-31T00:00:00\"/></table:table-row>\
        <table:table-row table:number-rows-repeated=\"1048000\">\
        <table:table-cell table:number-columns-repeated=\"1024\"/></table:table-row></table:table>\
        <table:table table:name=\"Autre\" table:style-name=\"ta2\"/>";
    let book = book(&ods(table));
    assert_eq!(book.format, Format::Ods);
    let sheet = &book.sheets[0];
    assert_eq!((sheet.name.as_str(), sheet.guess_headings()), ("Écoles", Some(3)));
    let row = sheet.row(4).unwrap();
    assert_eq!(row.cell(1).value, number("1234.5"));
    assert_eq!(row.cell(2).value, Value::Percent(read_number("50").unwrap()));
    assert_eq!(row.cell(3).value, Value::Date(Date::new(2023, 12, 31).unwrap()));
    assert_eq!(sheet.row(3).unwrap().cell(0).value, text("Commune"));
    assert!(book.sheets[1].hidden);
    let told: Vec<(Kind, String)> =
        book.notes.iter().map(|it| (it.kind, it.at[0].to_string())).collect();
    assert_eq!(
        told,
        [
            (Kind::Formula, "Écoles!B4".to_owned()),
            (Kind::HiddenRow, "Écoles!4".to_owned()),
            (Kind::HiddenColumn, "Écoles!C".to_owned()),
            (Kind::HiddenSheet, "Autre".to_owned()),
            (Kind::Percent, "Écoles!C4".to_owned()),
        ]
    );
}

#[test]
fn a_line_said_once_for_a_million_is_refused() {
    let full = "<table:table-row table:number-rows-repeated=\"1048576\">\
                <table:table-cell office:value-type=\"float\" office:value=\"1\" \
                table:number-columns-repeated=\"500\"/></table:table-row>";
    let bytes = ods(&format!("<table:table table:name=\"F\">{full}</table:table>"));
    let refused = read(&bytes, "f.ods", &Limits::default()).unwrap_err();
    assert_eq!(refused, Refused::TooMany { what: "cells", most: 1_500_000 });
}
