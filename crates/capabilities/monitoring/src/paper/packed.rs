//! A quarter in one code: a filed return, whole, short enough for one QR code on the receipt of a
//! commune. The cercle reads it from paper or from a screen, without a network and without typing.
//!
//! The cells of a form are told by their place in the questionnaire, so that a value takes a byte or
//! two; both sides must therefore have the same questionnaire, whose mark is in the head. The post
//! that filed the return signs it: a letter that was misread, or changed, is found.
//!
//! As text it is made of the letters of check codes, in capitals, which a QR code holds best and
//! which no mail program changes: `BENKADI2:1/1:K7QF2MNA:…`.

mod bytes;
mod text;

use std::collections::BTreeMap;

use journal::PostKey;
use kernel::{Decimal, Message, Period, Quarter, Reject};

use self::bytes::{Reader, put_text, put_varint};
use crate::questionnaire::{Level, Questionnaire};
use crate::store::{self, ReturnFiled};

pub use text::{Pieces, gather, is_paper_code, pieces};

/// The version of this writing.
const VERSION: u8 = 1;
/// The most bytes that a return takes once unpacked: some twenty times a full form.
const MOST: usize = 128 * 1024;
/// The bytes of a public key and of a signature.
const SIGNED: usize = 32 + 64;
/// The bytes of the mark of a questionnaire.
const MARK: usize = 6;
/// The quality of compression: little to press, and it must be short.
const LEVEL: i32 = 19;

/// Why the code of a quarter is not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// The text holds no code of a quarter.
    #[error("no code of a quarter")]
    NotOne,
    /// It is the code of a page of a paper form.
    #[error("the code of a paper form")]
    PaperForm,
    /// Parts are missing.
    #[error("parts {missing} of {all} are missing")]
    Missing {
        /// Their numbers.
        missing: String,
        /// How many there are.
        all: usize,
    },
    /// The text holds parts of two codes.
    #[error("parts of two codes")]
    Mixed,
    /// A letter is wrong, or the return was changed.
    #[error("damaged")]
    Damaged,
    /// It was written by a program of tomorrow.
    #[error("version {0}")]
    Version(u8),
    /// It was filled in with another questionnaire.
    #[error("another questionnaire")]
    Edition(Quarter),
}

impl Reject for Refused {
    fn message(&self) -> Message {
        match self {
            Self::NotOne => Message::new("packed-not-one"),
            Self::PaperForm => Message::new("packed-paper"),
            Self::Missing { missing, all } => {
                Message::new("packed-missing").with("missing", missing).with("all", all)
            }
            Self::Mixed => Message::new("packed-mixed"),
            Self::Damaged => Message::new("packed-damaged"),
            Self::Version(_) => Message::new("packed-version"),
            Self::Edition(quarter) => Message::new("packed-edition").with("quarter", quarter),
        }
    }
}

/// What can be told of a code before its questionnaire is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// The unit.
    pub unit: String,
    /// The quarter.
    pub quarter: Quarter,
    /// When it was filed, by the clock of its post, in milliseconds since 1970.
    pub filed_millis: i64,
    /// The code of its receipt.
    pub receipt: String,
    /// The key of the post that signed it.
    pub signer: [u8; 32],
    mark: [u8; MARK],
    /// Where the values begin.
    at: usize,
}

/// A return as it was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Content {
    /// The values by period, then by cell.
    pub values: BTreeMap<String, BTreeMap<String, String>>,
    /// The reasons given for doubted figures, by rule.
    pub answers: BTreeMap<String, String>,
    /// What people said of cells, by period and cell.
    pub comments: BTreeMap<(String, String), String>,
}

impl Content {
    /// What a return holds of it.
    pub fn of(filed: &ReturnFiled) -> Self {
        let comments = filed.comments.iter().flat_map(|(period, cells)| {
            cells.iter().map(|(cell, said)| ((period.clone(), cell.clone()), said.clone()))
        });
        Self {
            values: filed.values.clone(),
            answers: filed.answers.iter().map(|it| (it.0.clone(), it.1.reason.clone())).collect(),
            comments: comments.collect(),
        }
    }

    /// How many values it holds.
    pub fn count(&self) -> usize {
        self.values.values().map(BTreeMap::len).sum()
    }

    /// The values as the file that is imported: `element,unite_org,periode,options,valeur`.
    pub fn csv(&self, unit: &str) -> String {
        let mut lines = String::from("element,unite_org,periode,options,valeur\n");
        for (period, cells) in &self.values {
            for (cell, value) in cells {
                let (element, options) = cell.split_once('|').unwrap_or((cell, ""));
                lines.push_str(&format!("{element},{unit},{period},{options},{value}\n"));
            }
        }
        lines
    }
}

fn mark_of(questionnaire: &Questionnaire) -> [u8; MARK] {
    let hash = blake3::hash(questionnaire.mark().as_bytes());
    std::array::from_fn(|at| hash.as_bytes()[at])
}

/// The cells that the forms of a level ask for a period, in an order that the questionnaire alone
/// decides, whatever editions a post knew before it.
fn cells(
    questionnaire: &Questionnaire,
    level: Level,
    quarter: Quarter,
    period: Period,
) -> Vec<String> {
    let asked = (0..)
        .zip(questionnaire.elements())
        .filter(|(_, it)| it.in_force && it.level == level && it.rhythm.period(quarter) == period);
    let mut texts: Vec<String> = asked
        .flat_map(|(element, it)| {
            it.asked_cells().map(move |cell| crate::questionnaire::CellId { element, cell })
        })
        .map(|it| questionnaire.cell_text(it).to_owned())
        .collect();
    texts.sort_unstable();
    texts
}

/// A return as bytes, signed.
///
/// # Errors
///
/// If the compressor fails.
pub fn pack(
    (questionnaire, level): (&Questionnaire, Level),
    (unit, quarter): (&str, Quarter),
    (filed_millis, receipt): (i64, &str),
    content: &Content,
    key: &PostKey,
) -> std::io::Result<Vec<u8>> {
    let mut out = vec![VERSION];
    out.extend(mark_of(questionnaire));
    put_varint(&mut out, u64::from(quarter.year()) * 4 + u64::from(quarter.number()) - 1);
    put_text(&mut out, unit);
    put_varint(&mut out, u64::try_from(filed_millis).unwrap_or_default());
    put_text(&mut out, receipt);
    let body = body(questionnaire, level, quarter, content);
    let pressed = zstd::bulk::compress(&body, LEVEL)?;
    if pressed.len() < body.len() {
        out.push(1);
        out.extend(pressed);
    } else {
        out.push(0);
        out.extend(body);
    }
    out.extend(key.public());
    let signature = key.sign(&out);
    out.extend(signature);
    Ok(out)
}

fn body(
    questionnaire: &Questionnaire,
    level: Level,
    quarter: Quarter,
    content: &Content,
) -> Vec<u8> {
    let (mut bits, mut values) = (Vec::new(), Vec::new());
    let mut others: Vec<(&str, &str, &str)> = Vec::new();
    for period in store::periods(questionnaire, level, quarter) {
        let known = cells(questionnaire, level, quarter, period);
        let empty = BTreeMap::new();
        let held = content.values.get(&period.to_string()).unwrap_or(&empty);
        let mut map = vec![0_u8; known.len().div_ceil(8)];
        for (at, cell) in known.iter().enumerate() {
            if let Some(value) = held.get(cell) {
                map[at / 8] |= 1 << (at % 8);
                put_value(&mut values, value);
            }
        }
        bits.extend(map);
    }
    let asked: BTreeMap<String, Vec<String>> = store::periods(questionnaire, level, quarter)
        .into_iter()
        .map(|it| (it.to_string(), cells(questionnaire, level, quarter, it)))
        .collect();
    for (period, held) in &content.values {
        let known = asked.get(period).map_or(&[][..], Vec::as_slice);
        let more = held.iter().filter(|it| known.binary_search(it.0).is_err());
        others.extend(more.map(|(cell, value)| (period.as_str(), cell.as_str(), value.as_str())));
    }
    let mut out = bits;
    out.extend(values);
    put_varint(&mut out, others.len() as u64);
    for (period, cell, value) in others {
        put_text(&mut out, period);
        put_text(&mut out, cell);
        put_value(&mut out, value);
    }
    put_varint(&mut out, content.answers.len() as u64);
    for (rule, reason) in &content.answers {
        put_text(&mut out, rule);
        put_text(&mut out, reason);
    }
    put_varint(&mut out, content.comments.len() as u64);
    for ((period, cell), said) in &content.comments {
        put_text(&mut out, period);
        put_text(&mut out, cell);
        put_text(&mut out, said);
    }
    out
}

/// « Ne sait pas », a whole number, a decimal, an option: what is not one of the first three as
/// they are written is kept as text.
fn put_value(out: &mut Vec<u8>, value: &str) {
    if value == crate::values::UNKNOWN {
        return put_varint(out, 1);
    }
    if let Ok(number) = value.parse::<u64>()
        && number < 1 << 60
        && number.to_string() == value
    {
        return put_varint(out, number << 2);
    }
    if let Ok(number) = value.parse::<Decimal>()
        && number.normalize().to_string() == value
        && let Ok(digits) = u64::try_from(number.normalize().mantissa().unsigned_abs())
        && digits < 1 << 60
    {
        let head =
            u64::from(number.normalize().scale()) << 1 | u64::from(number.is_sign_negative());
        put_varint(out, head << 2 | 2);
        return put_varint(out, digits);
    }
    put_varint(out, 3);
    put_text(out, value);
}

fn value(reader: &mut Reader<'_>) -> Option<String> {
    let head = reader.varint()?;
    match head & 3 {
        0 => Some((head >> 2).to_string()),
        1 => (head == 1).then(|| crate::values::UNKNOWN.to_owned()),
        2 => {
            let (scale, negative) = (u32::try_from(head >> 3).ok()?, head >> 2 & 1 == 1);
            let digits = i128::from(reader.varint()?);
            let signed = if negative { -digits } else { digits };
            Some(Decimal::try_from_i128_with_scale(signed, scale).ok()?.to_string())
        }
        _ => (head == 3).then(|| reader.text())?,
    }
}

/// What the head of a code says, once its signature was found to hold.
///
/// # Errors
///
/// [`Refused::Damaged`] or [`Refused::Version`].
pub fn head(bytes: &[u8]) -> Result<Head, Refused> {
    if bytes.first().is_some_and(|it| *it != VERSION) {
        return Err(Refused::Version(bytes[0]));
    }
    let signed = bytes.len().checked_sub(64).ok_or(Refused::Damaged)?;
    let keyed = signed.checked_sub(32).ok_or(Refused::Damaged)?;
    let signer: [u8; 32] = bytes[keyed..signed].try_into().map_err(|_| Refused::Damaged)?;
    if !PostKey::verify(&signer, &bytes[..signed], &bytes[signed..]) {
        return Err(Refused::Damaged);
    }
    let mut reader = Reader::new(&bytes[..keyed]);
    read_head(&mut reader, signer).ok_or(Refused::Damaged)
}

fn read_head(reader: &mut Reader<'_>, signer: [u8; 32]) -> Option<Head> {
    reader.take(1)?;
    let mark: [u8; MARK] = reader.take(MARK)?.try_into().ok()?;
    let number = reader.varint()?;
    let year = u16::try_from(number / 4).ok()?;
    let quarter = Quarter::new(year, u8::try_from(number % 4).ok()? + 1)?;
    let unit = reader.text()?;
    let is_code = |it: &str| {
        let letter = |it: char| it.is_ascii_alphanumeric() || "-_.~".contains(it);
        !it.is_empty() && it.len() <= 60 && it.chars().all(letter)
    };
    let filed_millis = i64::try_from(reader.varint()?).ok()?;
    let receipt = reader.text()?;
    let fits =
        is_code(&unit) && receipt.len() <= 32 && receipt.chars().all(|it| it.is_ascii_hexdigit());
    fits.then(|| Head { unit, quarter, filed_millis, receipt, signer, mark, at: reader.at() })
}

/// The values of a code whose head was read.
///
/// # Errors
///
/// [`Refused::Edition`] if this questionnaire is not the one that was filled in, or
/// [`Refused::Damaged`].
pub fn unpack(
    bytes: &[u8],
    head: &Head,
    questionnaire: &Questionnaire,
    level: Level,
) -> Result<Content, Refused> {
    if head.mark != mark_of(questionnaire) {
        return Err(Refused::Edition(head.quarter));
    }
    let end = bytes.len().checked_sub(SIGNED).ok_or(Refused::Damaged)?;
    let (flag, pressed) =
        bytes.get(head.at..end).and_then(<[u8]>::split_first).ok_or(Refused::Damaged)?;
    let whole = match flag {
        0 if pressed.len() <= MOST => pressed.to_vec(),
        1 => zstd::bulk::decompress(pressed, MOST).map_err(|_| Refused::Damaged)?,
        _ => return Err(Refused::Damaged),
    };
    read_body(&whole, questionnaire, level, head.quarter).ok_or(Refused::Damaged)
}

fn read_body(
    whole: &[u8],
    questionnaire: &Questionnaire,
    level: Level,
    quarter: Quarter,
) -> Option<Content> {
    let mut reader = Reader::new(whole);
    let mut content = Content::default();
    let mut maps = Vec::new();
    for period in store::periods(questionnaire, level, quarter) {
        let known = cells(questionnaire, level, quarter, period);
        maps.push((period, reader.take(known.len().div_ceil(8))?, known));
    }
    for (period, map, known) in maps {
        let held = content.values.entry(period.to_string()).or_default();
        for (at, cell) in known.into_iter().enumerate() {
            if map[at / 8] >> (at % 8) & 1 == 1 {
                held.insert(cell, value(&mut reader)?);
            }
        }
    }
    for _ in 0..reader.varint()? {
        let (period, cell) = (reader.text()?, reader.text()?);
        let value = value(&mut reader)?;
        content.values.entry(period).or_default().insert(cell, value);
    }
    for _ in 0..reader.varint()? {
        let rule = reader.text()?;
        content.answers.insert(rule, reader.text()?);
    }
    for _ in 0..reader.varint()? {
        let at = (reader.text()?, reader.text()?);
        content.comments.insert(at, reader.text()?);
    }
    // A cell, a period or a value that would break the line of a file is none of ours.
    let plain = |it: &str| !it.contains([',', '"', '\n', '\r']);
    let mut cells = content.values.iter();
    let fits = cells.all(|(period, it)| {
        plain(period) && it.iter().all(|(cell, value)| plain(cell) && plain(value))
    });
    (reader.is_at_end() && fits).then_some(content)
}

#[cfg(test)]
mod tests;
