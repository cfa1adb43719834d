//! Text made safe for XML.

use crate::Text;
use crate::text::clean;

/// The characters, ready to stand between tags or in an attribute.
pub(super) fn escape(text: &str) -> String {
    let text = clean(text);
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            it => out.push(it),
        }
    }
    out
}

/// The runs of a text: one per part and line.
pub(super) fn runs(text: &Text) -> String {
    text.0.iter().map(|it| run(&it.text, it.bold, it.italic)).collect()
}

/// The runs of a plain text.
pub(super) fn plain(text: &str) -> String {
    run(text, false, false)
}

fn run(text: &str, bold: bool, italic: bool) -> String {
    let mut out = String::from("<w:r>");
    if bold || italic {
        out.push_str("<w:rPr>");
        out.push_str(if bold { "<w:b/>" } else { "" });
        out.push_str(if italic { "<w:i/>" } else { "" });
        out.push_str("</w:rPr>");
    }
    for (at, line) in clean(text).split('\n').enumerate() {
        if at > 0 {
            out.push_str("<w:br/>");
        }
        out.push_str("<w:t xml:space=\"preserve\">");
        out.push_str(&escape(line));
        out.push_str("</w:t>");
    }
    out.push_str("</w:r>");
    out
}

/// A paragraph of this style, from ready runs. `more` goes into its properties.
pub(super) fn paragraph(style: &str, more: &str, runs: &str) -> String {
    format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/>{more}</w:pPr>{runs}</w:p>")
}
