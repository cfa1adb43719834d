//! The parts of the file around its content: styles, numbering, header, footer, properties.

use kernel::Language;

use super::body::{NAMESPACES, text_width};
use super::xml::{escape, paragraph, plain};
use crate::{Document, Labels};

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

pub(super) const CONTENT_TYPES: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>
<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/><Default Extension=\"png\" ContentType=\"image/png\"/><Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/><Override PartName=\"/word/styles.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml\"/><Override PartName=\"/word/settings.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.settings+xml\"/><Override PartName=\"/word/numbering.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml\"/><Override PartName=\"/word/header1.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml\"/><Override PartName=\"/word/header2.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml\"/><Override PartName=\"/word/footer1.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml\"/><Override PartName=\"/docProps/core.xml\" ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/><Override PartName=\"/docProps/app.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.extended-properties+xml\"/></Types>";

pub(super) const RELATIONS: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>
<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/><Relationship Id=\"rId2\" Type=\"http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties\" Target=\"docProps/core.xml\"/><Relationship Id=\"rId3\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/extended-properties\" Target=\"docProps/app.xml\"/></Relationships>";

const DOCUMENT_RELATIONS: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>
<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles\" Target=\"styles.xml\"/><Relationship Id=\"rId2\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/settings\" Target=\"settings.xml\"/><Relationship Id=\"rId3\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/numbering\" Target=\"numbering.xml\"/><Relationship Id=\"rId4\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/header\" Target=\"header1.xml\"/><Relationship Id=\"rId5\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/header\" Target=\"header2.xml\"/><Relationship Id=\"rId6\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/footer\" Target=\"footer1.xml\"/>";

/// What the content refers to: the parts around it, then its pictures from `rIdP1`.
pub(super) fn document_relations(pictures: usize) -> String {
    let more: String = (1..=pictures)
        .map(|it| format!("<Relationship Id=\"rIdP{it}\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/image\" Target=\"media/image{it}.png\"/>"))
        .collect();
    format!("{DOCUMENT_RELATIONS}{more}</Relationships>")
}

pub(super) const PROGRAM: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>
<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties\"><Application>Benkadi</Application></Properties>";

pub(super) const SETTINGS: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>
<w:settings xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:zoom w:percent=\"100\"/><w:defaultTabStop w:val=\"567\"/><w:characterSpacingControl w:val=\"doNotCompress\"/><w:compat><w:compatSetting w:name=\"compatibilityMode\" w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/></w:compat></w:settings>";

pub(super) fn properties(document: &Document) -> String {
    let day = document.made_on;
    let code = document.code.map(|it| it.to_string()).unwrap_or_default();
    format!(
        "{HEAD}<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><dc:title>{}</dc:title><dc:subject>{}</dc:subject><dc:creator>Benkadi</dc:creator><dc:description>{}</dc:description><dc:language>{}</dc:language><dc:identifier>{code}</dc:identifier><dcterms:created xsi:type=\"dcterms:W3CDTF\">{day}T00:00:00Z</dcterms:created><dcterms:modified xsi:type=\"dcterms:W3CDTF\">{day}T00:00:00Z</dcterms:modified></cp:coreProperties>",
        escape(&document.title),
        escape(&document.place_and_period()),
        escape(&document.sources.join("\n")),
        document.language.code(),
    )
}

/// The top of the first page: a strip of cloth woven of table cells, which every reader draws.
pub(super) fn first_header(document: &Document) -> String {
    const CELLS: u32 = 97;
    let width = text_width(document);
    let grid: String = (0..CELLS)
        .map(|it| width * (it + 1) / CELLS - width * it / CELLS)
        .map(|it| format!("<w:gridCol w:w=\"{it}\"/>"))
        .collect();
    let rows: String = (0..3)
        .map(|row| {
            let cells: String = (0..CELLS).map(|it| woven(it, row, width / CELLS)).collect();
            format!(
                "<w:tr><w:trPr><w:trHeight w:val=\"99\" w:hRule=\"exact\"/></w:trPr>{cells}</w:tr>"
            )
        })
        .collect();
    let table = format!(
        "<w:tbl><w:tblPr><w:tblW w:w=\"{width}\" w:type=\"dxa\"/><w:tblLayout w:type=\"fixed\"/><w:tblCellMar><w:left w:w=\"0\" w:type=\"dxa\"/><w:right w:w=\"0\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"
    );
    let end = paragraph("Gap", "", "");
    format!("{HEAD}<w:hdr {NAMESPACES}>{table}{end}</w:hdr>")
}

/// One cell of the strip: a zigzag of indigo, with a dot of ochre or clay in each hollow.
fn woven(column: u32, row: u32, width: u32) -> String {
    let fill = match (column % 4, row) {
        (0, 2) | (1 | 3, 1) | (2, 0) => Some("28336B"),
        (2, 2) => Some("B0492C"),
        (0, 0) => Some("B57A10"),
        _ => None,
    };
    let shade = fill.map_or_else(String::new, |it| {
        format!("<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"{it}\"/>")
    });
    format!(
        "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/>{shade}</w:tcPr><w:p><w:pPr><w:pStyle w:val=\"Woven\"/></w:pPr></w:p></w:tc>"
    )
}

/// The top of the pages that follow: title on one side, place and period on the other.
pub(super) fn header(document: &Document) -> String {
    let tab = right_tab(document);
    let title = plain(&document.title);
    let place = plain(&document.place_and_period());
    let text = paragraph("Header", &tab, &format!("{title}<w:r><w:tab/></w:r>{place}"));
    format!("{HEAD}<w:hdr {NAMESPACES}>{text}</w:hdr>")
}

/// The foot of every page: sources, code, page x of y.
pub(super) fn footer(document: &Document) -> String {
    let labels = Labels::of(document.language);
    let tab = right_tab(document);
    let code = document.code.map(|it| format!("{}\u{a0}{it}   ·   ", labels.code));
    let lead = plain(&format!("{}{}\u{a0}", code.unwrap_or_default(), labels.page));
    let of = plain(&format!(" {} ", labels.page_of));
    let page = field("PAGE");
    let pages = field("NUMPAGES");
    let source = plain(&document.sources.join("\n"));
    let line = format!("{source}<w:r><w:tab/></w:r>{lead}{page}{of}{pages}");
    format!("{HEAD}<w:ftr {NAMESPACES}>{}</w:ftr>", paragraph("Footer", &tab, &line))
}

fn right_tab(document: &Document) -> String {
    let at = text_width(document);
    format!("<w:tabs><w:tab w:val=\"right\" w:pos=\"{at}\"/></w:tabs>")
}

fn field(name: &str) -> String {
    format!("<w:fldSimple w:instr=\"{name}\"><w:r><w:t>1</w:t></w:r></w:fldSimple>")
}

/// One kind of bullet, and as many counters as there are numbered lists.
pub(super) fn numbering(ordered_lists: usize) -> String {
    let level = |format: &str, text: &str| {
        format!(
            "<w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{format}\"/><w:lvlText w:val=\"{text}\"/><w:lvlJc w:val=\"left\"/><w:pPr><w:ind w:left=\"397\" w:hanging=\"284\"/></w:pPr><w:rPr><w:color w:val=\"28336B\"/></w:rPr></w:lvl>"
        )
    };
    let counters: String = (0..ordered_lists)
        .map(|it| {
            format!(
                "<w:num w:numId=\"{}\"><w:abstractNumId w:val=\"2\"/><w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"1\"/></w:lvlOverride></w:num>",
                it + 2
            )
        })
        .collect();
    format!(
        "{HEAD}<w:numbering {NAMESPACES}><w:abstractNum w:abstractNumId=\"1\"><w:multiLevelType w:val=\"singleLevel\"/>{}</w:abstractNum><w:abstractNum w:abstractNumId=\"2\"><w:multiLevelType w:val=\"singleLevel\"/>{}</w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"1\"/></w:num>{counters}</w:numbering>",
        level("bullet", "–"),
        level("decimal", "%1."),
    )
}

/// The styles, so that a person who edits the document changes a look once for all.
pub(super) fn styles(language: Language) -> String {
    let tag = match language {
        Language::French => "fr-FR",
        Language::English => "en-GB",
    };
    format!("{HEAD}{}", include_str!("styles.xml").replace("{language}", tag))
}
