//! A file of past figures as text, read as it comes. What is no text (a workbook, another alphabet)
//! goes through the reader of foreign tables, which has its limits; a text may have any size.

use crate::entry::{ForeignRefused, ValuesText};
use kernel::{Failure, Stop};
use std::io::{BufRead, BufReader, Cursor, Read};

/// Enough to know what a file is.
const HEAD: usize = 512;
/// What begins like this is no text of ours, though each byte is a letter.
const OTHERS: [&[u8]; 4] = [b"PK", b"%PDF", b"Rar!", b"7z"];

/// Opens a file of past figures: `name` is what refusals call it.
///
/// # Errors
///
/// If it is neither a text nor a table that can be read, or a table that is too large.
pub fn source<'a>(
    name: &str,
    mut file: impl Read + 'a,
) -> Result<Box<dyn BufRead + 'a>, Stop<ForeignRefused>> {
    let mut head = Vec::new();
    file.by_ref().take(HEAD as u64).read_to_end(&mut head).map_err(Failure::broken)?;
    let plain = head.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&head);
    if plain.is_ascii() && !OTHERS.iter().any(|it| plain.starts_with(it)) {
        return Ok(Box::new(BufReader::with_capacity(1 << 20, Cursor::new(head).chain(file))));
    }
    // One byte more than the reader takes, so that it says that the file is too large.
    let most = tables::Limits::default().bytes + 1;
    let rest = u64::try_from(most.saturating_sub(head.len())).unwrap_or(u64::MAX);
    file.take(rest).read_to_end(&mut head).map_err(Failure::broken)?;
    let text = ValuesText::read(name, &head).map_err(Stop::Refused)?.text;
    Ok(Box::new(Cursor::new(text)))
}
