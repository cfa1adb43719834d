//! Events of a part. No entity but the five of XML and numbered letters; no document type.

use crate::Refused;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// What a part says, one event after the other, without prefixes of names.
pub(crate) enum Said<'a> {
    /// `<name …>`; `true` if it closes at once.
    Open(&'a BytesStart<'a>, bool),
    /// `</name>`.
    Close(&'a str),
    /// Letters between marks.
    Letters(&'a str),
}

/// Walks through a part.
pub(crate) fn walk(
    part: &str,
    text: &str,
    mut each: impl FnMut(Said<'_>) -> Result<(), Refused>,
) -> Result<(), Refused> {
    let damaged = || Refused::Damaged { part: part.to_owned() };
    let mut reader = Reader::from_str(text);
    loop {
        match reader.read_event().map_err(|_| damaged())? {
            Event::Start(it) => each(Said::Open(&it, false))?,
            Event::Empty(it) => each(Said::Open(&it, true))?,
            Event::End(it) => each(Said::Close(it.local_name().as_ref()))?,
            Event::Text(it) => each(Said::Letters(&it.xml10_content()))?,
            Event::CData(it) => each(Said::Letters(&it.xml10_content()))?,
            Event::GeneralRef(it) => {
                let letter = match it.resolve_char_ref().map_err(|_| damaged())? {
                    Some(letter) => letter,
                    None => match it.xml10_content().as_ref() {
                        "amp" => '&',
                        "lt" => '<',
                        "gt" => '>',
                        "quot" => '"',
                        "apos" => '\'',
                        _ => return Err(damaged()),
                    },
                };
                each(Said::Letters(letter.encode_utf8(&mut [0; 4])))?;
            }
            // The door of entities that swell or fetch.
            Event::DocType(_) => return Err(damaged()),
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

/// The name of a mark without its prefix.
pub(crate) fn name<'a>(mark: &'a BytesStart<'_>) -> &'a str {
    let whole = mark.name().into_inner();
    whole.rsplit(':').next().unwrap_or(whole)
}

/// An attribute of a mark, by its name without its prefix.
pub(crate) fn attribute(mark: &BytesStart<'_>, wanted: &str) -> Option<String> {
    let mut all = mark.attributes();
    all.with_checks(false).flatten().find_map(|it| {
        let local = it.key.local_name();
        let named: &str = local.as_ref();
        if named != wanted {
            return None;
        }
        it.normalized_value(quick_xml::XmlVersion::Explicit1_0)
            .ok()
            .map(std::borrow::Cow::into_owned)
    })
}

/// Whether a mark says yes by an attribute.
pub(crate) fn says_yes(mark: &BytesStart<'_>, wanted: &str) -> bool {
    attribute(mark, wanted).is_some_and(|it| it == "1" || it == "true")
}
