//! The content of the document, block by block.

use super::xml::{escape, paragraph, plain, runs};
use crate::model::heading_level;
use crate::{
    Align, Block, Callout, Card, Document, Figure, KeyFigure, Labels, Letterhead, Orientation, Row,
    Signature, Table, Text, Tone,
};

/// The namespaces of every part.
pub(super) const NAMESPACES: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";
/// The further namespaces of pictures.
const OF_PICTURES: &str = "xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" xmlns:pic=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"";
/// Points of width of a picture as wide as upright A4: some 230 to the inch.
const POINTS: u32 = 1_560;
/// The tallest picture, in twentieths of a point: two of them stand on a page.
const TALLEST: u32 = 6_350;
/// The tallest of a sheet that must hold on one page.
const TALLEST_DENSE: u32 = 2_400;
/// The side of the picture of a card, in twentieths of a point.
const ICON: u32 = 720;

/// The part `word/document.xml` and what other parts must know of it.
pub(super) struct Body {
    pub(super) xml: String,
    /// How many numbered lists there are: each counts from one.
    pub(super) ordered_lists: usize,
    /// The pictures, as PNG.
    pub(super) pictures: Vec<Vec<u8>>,
}

/// The width between the margins, in twentieths of a point.
pub(super) fn text_width(document: &Document) -> u32 {
    let paper = match document.orientation {
        Orientation::Portrait => 11_906,
        Orientation::Landscape => 16_838,
    };
    paper - 2 * margin(is_dense(document))
}

fn is_dense(document: &Document) -> bool {
    document.blocks.contains(&Block::Dense)
}

/// 20 mm in twentieths of a point; 14 mm of a sheet that must hold on one page.
fn margin(dense: bool) -> u32 {
    if dense { 794 } else { 1134 }
}

pub(super) fn write(document: &Document, draw: super::Draw<'_>) -> Body {
    let labels = Labels::of(document.language);
    let width = text_width(document);
    let dense = is_dense(document);
    let mut writer = Writer {
        labels,
        width,
        tallest: if dense { TALLEST_DENSE } else { TALLEST },
        draw,
        out: String::new(),
        state: State::default(),
        pictures: Vec::new(),
    };
    // A letter has a head of its own.
    if !matches!(document.blocks.first(), Some(Block::Letterhead(_))) {
        writer.title_block(document);
    }
    for block in &document.blocks {
        writer.block(block);
    }
    let xml = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:document {NAMESPACES} {OF_PICTURES}><w:body>{}{}</w:body></w:document>",
        writer.out,
        section(document.orientation, dense)
    );
    Body { xml, ordered_lists: writer.state.ordered_lists, pictures: writer.pictures }
}

fn section(orientation: Orientation, dense: bool) -> String {
    let margin = margin(dense);
    let (top, bottom) = if dense { (1_000, 900) } else { (1_304, 1_247) };
    let size = match orientation {
        Orientation::Portrait => "<w:pgSz w:w=\"11906\" w:h=\"16838\"/>",
        Orientation::Landscape => "<w:pgSz w:w=\"16838\" w:h=\"11906\" w:orient=\"landscape\"/>",
    };
    format!(
        "<w:sectPr><w:headerReference w:type=\"first\" r:id=\"rId4\"/><w:headerReference w:type=\"default\" r:id=\"rId5\"/><w:footerReference w:type=\"first\" r:id=\"rId6\"/><w:footerReference w:type=\"default\" r:id=\"rId6\"/>{size}<w:pgMar w:top=\"{top}\" w:right=\"{margin}\" w:bottom=\"{bottom}\" w:left=\"{margin}\" w:header=\"567\" w:footer=\"510\" w:gutter=\"0\"/><w:titlePg/></w:sectPr>"
    )
}

#[derive(Default)]
struct State {
    tables: usize,
    figures: usize,
    ordered_lists: usize,
    heading: u8,
    /// The next paragraph starts a page.
    page_break: bool,
}

struct Writer<'a> {
    labels: &'a Labels,
    width: u32,
    tallest: u32,
    draw: super::Draw<'a>,
    out: String,
    state: State,
    pictures: Vec<Vec<u8>>,
}

impl Writer<'_> {
    fn title_block(&mut self, document: &Document) {
        self.say("Kind", &document.kind);
        self.say("Title", &document.title);
        if !document.subtitle.is_empty() {
            self.say("Subtitle", &document.subtitle);
        }
        let code = document.code.map(|it| it.to_string()).unwrap_or_default();
        let facts = [
            (&self.labels.place, document.place.clone()),
            (&self.labels.period, document.period.clone()),
            (&self.labels.made_on, document.language.long_date(document.made_on)),
            (&self.labels.code, code),
        ];
        let cells: Vec<String> = facts
            .into_iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(label, value)| {
                paragraph("FactLabel", "", &plain(label)) + &paragraph("Fact", "", &plain(&value))
            })
            .collect();
        self.side_by_side("Facts", &cells);
        self.gap();
        self.gap();
    }

    fn block(&mut self, block: &Block) {
        match block {
            // A heading without words would be a hole in the outline.
            Block::Heading(_, text) if text.trim().is_empty() => {}
            Block::Heading(level, text) => {
                self.state.heading = heading_level(self.state.heading, *level);
                self.say(&format!("Heading{}", self.state.heading), text);
            }
            Block::Paragraph(text) => self.write("BodyText", "", text),
            Block::List(list) => {
                let number = if list.ordered {
                    self.state.ordered_lists += 1;
                    self.state.ordered_lists + 1
                } else {
                    1
                };
                let style = if list.ordered { "ListNumber" } else { "ListBullet" };
                let more = format!(
                    "<w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"{number}\"/></w:numPr>"
                );
                for item in &list.items {
                    self.write(style, &more, item);
                }
            }
            Block::Table(table) => {
                self.state.tables += 1;
                let caption = format!("{}\u{a0}{}", self.labels.table, self.state.tables);
                self.captioned(&caption, &table.caption);
                self.table(table);
            }
            Block::Figure(figure) => self.figure(figure),
            Block::KeyFigures(figures) => self.key_figures(figures),
            Block::Callout(callout) => self.callout(callout),
            Block::PageBreak => self.state.page_break = true,
            Block::Signatures(signatures) => self.signatures(signatures),
            Block::Cards(cards) => self.cards(cards),
            Block::Poster(figure) => self.poster(figure),
            Block::Letterhead(it) => self.letterhead(it),
            Block::Closing(it) => self.closing(it),
            Block::Dense => {}
        }
    }

    /// Two lines of cells without a look: the picture, then the words.
    fn cards(&mut self, cards: &[Card]) {
        for line in cards.chunks(2) {
            let mut cells = Vec::new();
            let mut widths = Vec::new();
            for it in line {
                let picture = match (self.draw)(&it.svg, POINTS / 8) {
                    Some(bytes) if size_of(&bytes).is_some() => {
                        let run = self.drawing(bytes, (ICON, ICON), &it.title);
                        paragraph("Picture", "", &run)
                    }
                    _ => paragraph("Gap", "", ""),
                };
                let note = match it.note.as_str() {
                    "" => String::new(),
                    note => paragraph("KeyNote", "", &plain(note)),
                };
                let words = paragraph("KeyValue", "", &plain(&it.value))
                    + &paragraph("Fact", "", &plain(&it.title))
                    + &paragraph("KeyLabel", "", &plain(&it.text))
                    + &note;
                cells.extend([picture, words]);
                widths.extend([1, 4]);
            }
            while cells.len() < 4 {
                cells.push(paragraph("Gap", "", ""));
                widths.push(if widths.len() % 2 == 0 { 1 } else { 4 });
            }
            self.line_of("Signatures", &cells, &widths);
        }
        self.gap();
    }

    fn poster(&mut self, figure: &Figure) {
        let drawn = (self.draw)(&figure.svg, POINTS);
        match drawn.and_then(|it| size_of(&it).map(|size| (it, size))) {
            Some((bytes, (across, down))) => {
                let tall = (self.width * down / across.max(1)).min(2 * TALLEST);
                let wide = tall * across / down.max(1);
                let run = self.drawing(bytes, (wide, tall), &figure.alternative);
                self.out.push_str(&paragraph("Picture", "", &run));
            }
            None => self.say("Note", &figure.alternative),
        }
        self.say("Note", &figure.caption);
    }

    fn letterhead(&mut self, it: &Letterhead) {
        for (at, line) in it.from.iter().enumerate() {
            self.say(if at == 0 { "Fact" } else { "Normal" }, line);
        }
        self.gap();
        let to: String = std::iter::once(paragraph("Normal", "", &plain(&it.place_and_day)))
            .chain(std::iter::once(paragraph("Gap", "", "")))
            .chain(it.to.iter().enumerate().map(|(at, line)| {
                paragraph(if at == 0 { "Fact" } else { "Normal" }, "", &plain(line))
            }))
            .collect();
        self.line_of("Signatures", &[paragraph("Gap", "", ""), to], &[1, 1]);
        self.gap();
        self.gap();
        self.write("BodyText", "", &it.subject);
        self.gap();
    }

    fn closing(&mut self, it: &Signature) {
        let signed = paragraph("Fact", "<w:keepNext/>", &plain(&it.office))
            + &paragraph("Gap", "<w:keepNext/>", "").repeat(5)
            + &paragraph("Normal", "", &plain(&it.name));
        self.gap();
        self.line_of("Signatures", &[paragraph("Gap", "", ""), signed], &[1, 1]);
        self.gap();
    }

    fn say(&mut self, style: &str, text: &str) {
        self.write(style, "", &Text::from(text));
    }

    fn write(&mut self, style: &str, more: &str, text: &Text) {
        let page =
            if std::mem::take(&mut self.state.page_break) { "<w:pageBreakBefore/>" } else { "" };
        // The schema wants the break before the numbering.
        let paragraph = paragraph(style, &format!("{page}{more}"), &runs(text));
        self.out.push_str(&paragraph);
    }

    /// A little air, where the format puts none by itself: after a table.
    fn gap(&mut self) {
        self.out.push_str(&paragraph("Gap", "", ""));
    }

    fn captioned(&mut self, number: &str, caption: &str) {
        let text = if caption.is_empty() {
            Text::default().bold(number)
        } else {
            Text::default().bold(format!("{number} – ")).plain(caption)
        };
        self.write("Caption", "", &text);
    }

    fn figure(&mut self, figure: &Figure) {
        self.state.figures += 1;
        let number = format!("{}\u{a0}{}", self.labels.figure, self.state.figures);
        self.captioned(&number, &figure.caption);
        let drawn = (self.draw)(&figure.svg, POINTS);
        if let Some((picture, size)) = drawn.and_then(|it| size_of(&it).map(|size| (it, size))) {
            self.picture(picture, size, &figure.alternative);
        } else if let Some(table) = &figure.twin {
            self.table(table);
        } else {
            self.say("Note", &figure.alternative);
            let told = self.labels.figure_in_pdf.clone();
            self.write("Note", "", &Text::default().italic(told));
        }
    }

    /// A picture as wide as the text, unless it would then be too tall.
    fn picture(&mut self, bytes: Vec<u8>, (across, down): (u32, u32), said: &str) {
        let (mut wide, mut tall) = (self.width, self.width * down / across.max(1));
        if self.tallest < tall {
            (wide, tall) = (self.tallest * across / down.max(1), self.tallest);
        }
        let drawing = self.drawing(bytes, (wide, tall), said);
        self.out.push_str(&paragraph("Picture", "", &drawing));
    }

    /// The run that holds a picture of this size, in twentieths of a point.
    fn drawing(&mut self, bytes: Vec<u8>, (wide, tall): (u32, u32), said: &str) -> String {
        self.pictures.push(bytes);
        let number = self.pictures.len();
        // A twentieth of a point is 635 of the units of drawings.
        let (wide, tall, said) = (wide * 635, tall * 635, escape(said));
        format!(
            "<w:r><w:drawing><wp:inline distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\"><wp:extent cx=\"{wide}\" cy=\"{tall}\"/><wp:docPr id=\"{number}\" name=\"Figure {number}\" descr=\"{said}\"/><a:graphic><a:graphicData uri=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><pic:pic><pic:nvPicPr><pic:cNvPr id=\"{number}\" name=\"image{number}.png\" descr=\"{said}\"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed=\"rIdP{number}\"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"{wide}\" cy=\"{tall}\"/></a:xfrm><a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
        )
    }

    fn key_figures(&mut self, figures: &[KeyFigure]) {
        // As on paper: five side by side where that fills the lines, three, or four.
        let across = match figures.len() {
            0..=4 => 4,
            count if count % 5 == 0 => 5,
            count if count % 3 == 0 => 3,
            _ => 4,
        };
        for line in figures.chunks(across) {
            let cells: Vec<String> = line
                .iter()
                .map(|it| {
                    let note = if it.note.is_empty() {
                        String::new()
                    } else {
                        paragraph("KeyNote", "", &plain(&it.note))
                    };
                    paragraph("KeyValue", "", &plain(&it.value))
                        + &paragraph("KeyLabel", "", &plain(&it.label))
                        + &note
                })
                .collect();
            if self.state.page_break {
                self.say("Gap", "");
            }
            self.side_by_side("KeyFigures", &cells);
            self.gap();
        }
    }

    fn callout(&mut self, callout: &Callout) {
        let style = match callout.tone {
            Tone::Note => "Callout",
            Tone::Attention => "CalloutAttention",
        };
        let mut text = Text::default();
        if !callout.title.is_empty() {
            text = text.bold(format!("{}\n", callout.title));
        }
        text.0.extend(callout.text.0.iter().cloned());
        self.write(style, "", &text);
    }

    fn signatures(&mut self, signatures: &[Signature]) {
        for line in signatures.chunks(3) {
            let cells: Vec<String> = line
                .iter()
                .map(|it| {
                    let date = format!("{} ……………………", self.labels.signature_date);
                    paragraph("SignatureOffice", "<w:keepNext/>", &plain(&it.office))
                        + &paragraph("SignatureDate", "<w:keepNext/>", &plain(&date))
                        + &paragraph("SignatureName", "", &plain(&it.name))
                })
                .collect();
            if self.state.page_break {
                self.say("Gap", "");
            }
            self.side_by_side("Signatures", &cells);
            self.gap();
        }
    }

    /// Ready cells in one line without the look of a table.
    fn side_by_side(&mut self, style: &str, cells: &[String]) {
        self.line_of(style, cells, &vec![1; cells.len()]);
    }

    /// The same with shares of the width.
    fn line_of(&mut self, style: &str, cells: &[String], weights: &[u32]) {
        let widths = share(self.width, weights);
        self.open_table(style, &widths, "");
        self.out.push_str("<w:tr><w:trPr><w:cantSplit/></w:trPr>");
        for (cell, width) in cells.iter().zip(&widths) {
            self.out.push_str(&format!(
                "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/></w:tcPr>{cell}</w:tc>"
            ));
        }
        self.out.push_str("</w:tr></w:tbl>");
    }

    fn open_table(&mut self, style: &str, widths: &[u32], caption: &str) {
        let total: u32 = widths.iter().sum();
        let caption = if caption.is_empty() {
            String::new()
        } else {
            format!("<w:tblCaption w:val=\"{}\"/>", escape(caption))
        };
        let columns: String =
            widths.iter().map(|it| format!("<w:gridCol w:w=\"{it}\"/>")).collect();
        self.out.push_str(&format!(
            "<w:tbl><w:tblPr><w:tblStyle w:val=\"{style}\"/><w:tblW w:w=\"{total}\" w:type=\"dxa\"/><w:tblLayout w:type=\"fixed\"/><w:tblLook w:val=\"0420\" w:firstRow=\"1\" w:lastRow=\"0\" w:firstColumn=\"0\" w:lastColumn=\"0\" w:noHBand=\"0\" w:noVBand=\"1\"/>{caption}</w:tblPr><w:tblGrid>{columns}</w:tblGrid>"
        ));
    }

    fn table(&mut self, table: &Table) {
        let weights: Vec<u32> = table.columns.iter().map(|it| u32::from(it.width.max(1))).collect();
        let widths = share(self.width, &weights);
        self.open_table("DataTable", &widths, &table.caption);
        self.out.push_str("<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>");
        for (column, width) in table.columns.iter().zip(&widths) {
            let text = plain(&column.title);
            self.cell("TableHead", *width, 1, column.align, "", &text);
        }
        self.out.push_str("</w:tr>");
        if table.rows.is_empty() {
            let text = plain(&self.labels.empty_table);
            self.whole_line("TableText", &widths, "", &text);
        }
        for row in &table.rows {
            match row {
                Row::Group(text) => self.whole_line("TableGroup", &widths, GROUP, &runs(text)),
                Row::Cells(cells) => self.line("TableText", table, &widths, "", cells),
                Row::Total(cells) => self.line("TableTotal", table, &widths, TOTAL, cells),
            }
        }
        self.out.push_str("</w:tbl>");
        for note in &table.notes {
            self.write("Note", "", note);
        }
        self.gap();
    }

    fn line(&mut self, style: &str, table: &Table, widths: &[u32], more: &str, cells: &[Text]) {
        self.out.push_str("<w:tr><w:trPr><w:cantSplit/></w:trPr>");
        for ((cell, column), width) in cells.iter().zip(&table.columns).zip(widths) {
            self.cell(style, *width, 1, column.align, more, &runs(cell));
        }
        self.out.push_str("</w:tr>");
    }

    fn whole_line(&mut self, style: &str, widths: &[u32], more: &str, runs: &str) {
        self.out.push_str("<w:tr><w:trPr><w:cantSplit/></w:trPr>");
        self.cell(style, widths.iter().sum(), widths.len(), Align::Start, more, runs);
        self.out.push_str("</w:tr>");
    }

    fn cell(&mut self, style: &str, width: u32, span: usize, align: Align, more: &str, runs: &str) {
        let lean = match align {
            Align::Start => "",
            Align::Center => "<w:jc w:val=\"center\"/>",
            Align::End => "<w:jc w:val=\"right\"/>",
        };
        let span = if span > 1 { format!("<w:gridSpan w:val=\"{span}\"/>") } else { String::new() };
        self.out.push_str(&format!(
            "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/>{span}{more}</w:tcPr>{}</w:tc>",
            paragraph(style, lean, runs)
        ));
    }
}

const GROUP: &str = "<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"F1E9DA\"/>";
const TOTAL: &str = "<w:tcBorders><w:top w:val=\"single\" w:sz=\"8\" w:space=\"0\" w:color=\"28336B\"/></w:tcBorders>";

/// The size of a PNG in points, from its first chunk.
fn size_of(bytes: &[u8]) -> Option<(u32, u32)> {
    let read = |at: usize| -> Option<u32> {
        Some(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
    };
    bytes.starts_with(b"\x89PNG\r\n\x1a\n").then_some(())?;
    let size = (read(16)?, read(20)?);
    (0 < size.0 && 0 < size.1).then_some(size)
}

/// Shares a width between columns by weight; the last takes what the divisions left.
fn share(width: u32, weights: &[u32]) -> Vec<u32> {
    let total: u32 = weights.iter().sum::<u32>().max(1);
    let mut widths: Vec<u32> = weights.iter().map(|it| width * it / total).collect();
    let given: u32 = widths.iter().sum();
    if let Some(last) = widths.last_mut() {
        *last += width - given;
    }
    widths
}
