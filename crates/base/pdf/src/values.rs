//! A document as the values that the template reads. Strings stay strings: nothing is parsed.

use documents::model::heading_level;
use documents::{
    Align, Block, Callout, Card, Document, Figure, KeyFigure, Labels, Letterhead, List,
    Orientation, Row, Signature, Table, Text, Tone,
};
use kernel::Language;
use typst::foundations::{Array, Bytes, Dict, IntoValue, Str, Value};

use crate::glyphs::{printable, printable_svg};

/// What the template finds under `sys.inputs`.
pub(crate) fn of(document: &Document) -> Dict {
    let labels = Labels::of(document.language);
    let day = document.made_on;
    dict([
        ("lang", text(document.language.code())),
        ("region", text(region(document.language))),
        ("landscape", (document.orientation == Orientation::Landscape).into_value()),
        ("kind", text(&document.kind)),
        ("title", text(&document.title)),
        ("subtitle", text(&document.subtitle)),
        ("place", text(&document.place)),
        ("period", text(&document.period)),
        ("running", text(&document.place_and_period())),
        ("made_on", text(&document.language.long_date(day))),
        ("year", i64::from(day.year()).into_value()),
        ("month", i64::from(day.month()).into_value()),
        ("day", i64::from(day.day()).into_value()),
        ("code", text(&document.code.map(|it| it.to_string()).unwrap_or_default())),
        ("sources", list(&document.sources, |it| text(it))),
        ("labels", words(labels)),
        ("blocks", blocks(document)),
    ])
}

pub(crate) fn region(language: Language) -> &'static str {
    match language {
        Language::French => "FR",
        Language::English => "GB",
    }
}

fn words(labels: &Labels) -> Value {
    dict([
        ("page", text(&labels.page)),
        ("of", text(&labels.page_of)),
        ("code", text(&labels.code)),
        ("place", text(&labels.place)),
        ("period", text(&labels.period)),
        ("made_on", text(&labels.made_on)),
        ("table", text(&labels.table)),
        ("figure", text(&labels.figure)),
        ("empty_table", text(&labels.empty_table)),
        ("signature_date", text(&labels.signature_date)),
    ])
    .into_value()
}

fn blocks(document: &Document) -> Value {
    let mut heading = 0;
    let shown = document.blocks.iter().filter(|it| match it {
        // A heading without words would be a hole in the outline, which the standard forbids.
        Block::Heading(_, words) => !words.trim().is_empty(),
        _ => true,
    });
    let values = shown.map(|block| {
        if let Block::Heading(level, _) = block {
            heading = heading_level(heading, *level);
        }
        block_value(block, heading)
    });
    values.collect::<Array>().into_value()
}

fn block_value(block: &Block, heading: u8) -> Value {
    let (kind, mut value) = match block {
        Block::Heading(_, words) => {
            ("heading", dict([("level", i64::from(heading).into_value()), ("text", text(words))]))
        }
        Block::Paragraph(words) => ("paragraph", dict([("text", rich(words))])),
        Block::List(List { ordered, items }) => {
            let items = list(items, rich);
            ("list", dict([("ordered", ordered.into_value()), ("items", items)]))
        }
        Block::Table(it) => ("table", table(it)),
        Block::Figure(it) => ("figure", figure(it)),
        Block::KeyFigures(figures) => {
            ("key-figures", dict([("figures", list(figures, key_figure))]))
        }
        Block::Callout(it) => ("callout", callout(it)),
        Block::PageBreak => ("page-break", Dict::new()),
        Block::Signatures(them) => ("signatures", dict([("people", list(them, signature))])),
        Block::Cards(cards) => ("cards", dict([("cards", list(cards, card))])),
        Block::Poster(it) => ("poster", figure(it)),
        Block::Letterhead(it) => ("letterhead", letterhead(it)),
        Block::Closing(it) => ("closing", dict([("person", signature(it))])),
        Block::Dense => ("dense", Dict::new()),
    };
    value.insert(Str::from("type"), text(kind));
    value.into_value()
}

fn table(table: &Table) -> Dict {
    let columns = list(&table.columns, |it| {
        let align = match it.align {
            Align::Start => "start",
            Align::Center => "center",
            Align::End => "end",
        };
        let width = i64::from(it.width.max(1)).into_value();
        dict([("title", text(&it.title)), ("align", text(align)), ("width", width)]).into_value()
    });
    let rows = list(&table.rows, |row| {
        let (kind, cells) = match row {
            Row::Cells(cells) => ("cells", cells.as_slice()),
            Row::Total(cells) => ("total", cells.as_slice()),
            Row::Group(title) => ("group", std::slice::from_ref(title)),
        };
        dict([("type", text(kind)), ("cells", list(cells, rich))]).into_value()
    });
    dict([
        ("caption", text(&table.caption)),
        ("columns", columns),
        ("rows", rows),
        ("notes", list(&table.notes, rich)),
    ])
}

fn figure(figure: &Figure) -> Dict {
    // A picture without words would be nothing to a reader who listens.
    let said = if figure.alternative.is_empty() { &figure.caption } else { &figure.alternative };
    let svg = Bytes::from_string(printable_svg(&figure.svg).into_owned());
    dict([
        ("svg", svg.into_value()),
        ("caption", text(&figure.caption)),
        ("alternative", text(said)),
    ])
}

fn card(it: &Card) -> Value {
    let svg = Bytes::from_string(printable_svg(&it.svg).into_owned());
    dict([
        ("svg", svg.into_value()),
        ("title", text(&it.title)),
        ("value", text(&it.value)),
        ("text", text(&it.text)),
        ("note", text(&it.note)),
    ])
    .into_value()
}

fn letterhead(it: &Letterhead) -> Dict {
    dict([
        ("from", list(&it.from, |it| text(it))),
        ("day", text(&it.place_and_day)),
        ("to", list(&it.to, |it| text(it))),
        ("subject", rich(&it.subject)),
    ])
}

fn key_figure(figure: &KeyFigure) -> Value {
    dict([
        ("value", text(&figure.value)),
        ("label", text(&figure.label)),
        ("note", text(&figure.note)),
    ])
    .into_value()
}

fn callout(callout: &Callout) -> Dict {
    let attention = callout.tone == Tone::Attention;
    dict([
        ("attention", attention.into_value()),
        ("title", text(&callout.title)),
        ("text", rich(&callout.text)),
    ])
}

fn signature(signature: &Signature) -> Value {
    dict([("office", text(&signature.office)), ("name", text(&signature.name))]).into_value()
}

/// A text as its parts, each with its lines.
fn rich(words: &Text) -> Value {
    list(&words.0, |part| {
        let clean = printable(&part.text);
        let lines: Vec<&str> = clean.split('\n').collect();
        dict([
            ("lines", list(&lines, |it| Str::from(*it).into_value())),
            ("bold", part.bold.into_value()),
            ("italic", part.italic.into_value()),
        ])
        .into_value()
    })
}

pub(crate) fn text(words: &str) -> Value {
    Str::from(printable(words).replace('\n', " ")).into_value()
}

pub(crate) fn list<T>(items: &[T], value: impl FnMut(&T) -> Value) -> Value {
    items.iter().map(value).collect::<Array>().into_value()
}

pub(crate) fn dict<const N: usize>(pairs: [(&str, Value); N]) -> Dict {
    pairs.into_iter().map(|(key, value)| (Str::from(key), value)).collect()
}
