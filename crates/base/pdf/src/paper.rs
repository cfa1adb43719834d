//! Forms to be filled in by hand, through a template of their own.

use documents::paper::{Booklet, Booklets, Boxes, PaperForm, PaperLine, PaperWords};
use typst::foundations::{Array, Bytes, Dict, IntoValue, Str, Value};

use crate::values::{dict, list, region, text};

/// What the template finds under `sys.inputs`.
pub(crate) fn of(it: &Booklets) -> Dict {
    let day = it.made_on;
    dict([
        ("lang", text(it.language.code())),
        ("region", text(region(it.language))),
        ("title", text(&it.title)),
        ("year", i64::from(day.year()).into_value()),
        ("month", i64::from(day.month()).into_value()),
        ("day", i64::from(day.day()).into_value()),
        ("words", words(&it.words)),
        ("booklets", list(&it.booklets, booklet)),
    ])
}

fn words(it: &PaperWords) -> Value {
    dict([
        ("page", text(&it.page)),
        ("of", text(&it.of)),
        ("code", text(&it.code)),
        ("unknown", text(&it.unknown)),
        ("help", list(&it.help, |it| text(it))),
        ("source", text(&it.source)),
        ("day", text(&it.day)),
        ("signature", text(&it.signature)),
    ])
    .into_value()
}

fn booklet(it: &Booklet) -> Value {
    dict([
        ("place", text(&it.place)),
        ("above", text(&it.above)),
        ("period", text(&it.period)),
        ("version", text(&it.version)),
        ("forms", list(&it.forms, form)),
        ("signatures", list(&it.signatures, |it| text(it))),
    ])
    .into_value()
}

fn form(it: &PaperForm) -> Value {
    let lines: Array = it.lines.iter().map(line).collect();
    dict([
        ("title", text(&it.title)),
        ("last", text(&it.last)),
        ("code", text(&it.code.to_string())),
        ("qr", Bytes::from_string(it.qr.clone()).into_value()),
        ("lines", lines.into_value()),
    ])
    .into_value()
}

fn line(it: &PaperLine) -> Value {
    match it {
        PaperLine::Group { label, code } => {
            dict([("type", text("group")), ("label", text(label)), ("code", text(code))])
        }
        PaperLine::Cell(it) => dict([
            ("type", text("cell")),
            ("label", text(&it.label)),
            ("code", text(&it.code)),
            ("part", it.is_part.into_value()),
            ("boxes", boxes(&it.boxes)),
            ("unit", text(&it.unit)),
            ("last", text(&it.last)),
        ]),
    }
    .into_value()
}

fn boxes(it: &Boxes) -> Value {
    match it {
        Boxes::Digits { whole, decimals, signed } => dict([
            ("type", Str::from("digits").into_value()),
            ("whole", i64::from(*whole).into_value()),
            ("decimals", i64::from(*decimals).into_value()),
            ("signed", signed.into_value()),
        ]),
        Boxes::Choices(options) => dict([
            ("type", Str::from("choices").into_value()),
            ("options", list(options, |it| text(it))),
        ]),
    }
    .into_value()
}
