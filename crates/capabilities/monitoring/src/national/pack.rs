//! A read-only pack of published results, for a post that has no exchange with the nation yet (J4.2):
//! a file that is opened to be read, with its date, and that changes nothing here.
//!
//! The file is text: a line that names the format and its edition, the public key of the post that
//! made it, its signature, and a JSON object with all that its reader needs (names, labels, units),
//! so that a pack of years ago is read without the questionnaire of its day.

use db::Tx;
use journal::{Journal, PostKey};
use kernel::{Date, Failure, Message, Quarter, Reject};
use serde::{Deserialize, Serialize};

use crate::analysis::{self, Version};
use crate::questionnaire::{Level, french};
use crate::store;

/// The first line of a pack.
const FORMAT: &str = "BENKADI DONNEES 1";
/// What a signature is for: worth nothing elsewhere.
const PURPOSE: &[u8] = b"benkadi national data pack 1\0";
/// The largest pack that is read, in bytes: that of a region of two hundred communes is a tenth.
pub(crate) const LARGEST: usize = 8 << 20;

/// A pack.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pack {
    /// The nation.
    pub nation: String,
    /// The region or the cercle for which it was made.
    pub place: String,
    /// The quarter, as `2024T4`.
    pub quarter: String,
    /// The day of the publication.
    pub day: Date,
    /// The edition of the questionnaire, by its short hash.
    pub questionnaire: String,
    /// The indicators, in the order of the figures.
    pub indicators: Vec<Told>,
    /// The units, those under a unit following it.
    pub units: Vec<Unit>,
    /// Written for an example.
    #[serde(default)]
    pub invented: bool,
}

/// An indicator as its reader needs it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// Its code.
    pub code: String,
    /// Its name, French and English.
    pub label: [String; 2],
    /// Its unit, French and English; may be empty.
    pub unit: [String; 2],
}

/// A unit and its figures.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unit {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its level, by its word.
    pub level: String,
    /// A figure for each indicator: `value answered/expected`; empty where there is none, or where
    /// none may be published.
    pub figures: Vec<String>,
}

impl Unit {
    /// The value of a figure, how many answered and how many were expected.
    pub fn figure(&self, at: usize) -> Option<(&str, &str)> {
        self.figures.get(at)?.split_once(' ')
    }
}

/// Why a file is not read as a pack.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PackRefused {
    /// It is something else.
    #[error("this is no pack of national data")]
    NotAPack,
    /// A newer program made it.
    #[error("a newer program made this pack: {0}")]
    Newer(String),
    /// It is cut off or was changed.
    #[error("the pack is damaged")]
    Damaged,
    /// The signature is not that of its key.
    #[error("the signature does not fit")]
    Forged,
    /// It is too large.
    #[error("the file is larger than {most} megabytes")]
    TooLarge {
        /// The most, in megabytes.
        most: usize,
    },
    /// No file was chosen.
    #[error("no file was chosen")]
    NoFile,
}

impl Reject for PackRefused {
    fn message(&self) -> Message {
        match self {
            Self::NotAPack => Message::new("pack-not-a-pack"),
            Self::Newer(format) => Message::new("pack-newer").with("format", format),
            Self::Damaged => Message::new("pack-damaged"),
            Self::Forged => Message::new("pack-forged"),
            Self::TooLarge { most } => Message::new("pack-too-large").with("most", most),
            Self::NoFile => Message::new("pack-no-file"),
        }
    }
}

/// Makes the pack of a region or a cercle for a published quarter, from what this post published:
/// the nation, its regions and cercles, and the communes of the place.
///
/// # Errors
///
/// [`Failure::NotFound`] if the quarter is not published or if there is no such place.
pub fn pack(tx: &mut Tx<'_>, nation: &str, place: &str, quarter: Quarter) -> Result<Pack, Failure> {
    let ground = crate::circuit::ground_of(tx, nation, quarter)?;
    let passed = store::state(tx, nation, quarter)?;
    let passed = passed.filter(|it| it.stage == store::Stage::Published);
    let day = passed.ok_or(Failure::NotFound)?.day;
    let at = ground.tree.place(place).ok_or(Failure::NotFound)?;
    if !matches!(ground.tree.units()[at].level, Level::Region | Level::Cercle) {
        return Err(Failure::NotFound);
    }
    let found = analysis::consolidated(tx, nation, quarter, Version::Published)?;
    let found = found.ok_or(Failure::NotFound)?;
    let computed = &found.computed;
    let indicators = computed.questionnaire().indicators();
    let mut units = Vec::new();
    for unit in ground.tree.units() {
        let is_here =
            unit.level != Level::Commune || ground.path(&unit.code).iter().any(|it| it == place);
        if !is_here {
            continue;
        }
        let figure = |(at, indicator): (usize, &crate::questionnaire::Indicator)| {
            if found.withheld.holds(computed, at, &unit.code) {
                return String::new();
            }
            let it = computed.figure(at, &unit.code).filter(|it| 0 < it.respondents);
            let Some(it) = it else { return String::new() };
            let Some(value) = it.rounded(indicator) else { return String::new() };
            format!("{value} {}/{}", it.respondents, it.expected)
        };
        let figures: Vec<String> = indicators.iter().enumerate().map(figure).collect();
        units.push(Unit {
            code: unit.code.clone(),
            name: french(ground.name(&unit.code)),
            level: unit.level.word().to_owned(),
            figures,
        });
    }
    let both = |it: &crate::questionnaire::Label| {
        [kernel::Language::French, kernel::Language::English].map(|to| it.say(to).to_owned())
    };
    Ok(Pack {
        nation: nation.to_owned(),
        place: place.to_owned(),
        quarter: quarter.to_string(),
        day,
        questionnaire: computed.questionnaire().mark().to_owned(),
        indicators: indicators
            .iter()
            .map(|it| Told { code: it.code.clone(), label: both(&it.label), unit: both(&it.unit) })
            .collect(),
        units,
        invented: ground.invented,
    })
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|it| format!("{it:02x}")).collect()
}

fn unhex<const N: usize>(text: &str) -> Option<[u8; N]> {
    if text.len() != 2 * N || !text.bytes().all(|it| it.is_ascii_hexdigit()) {
        return None;
    }
    let mut bytes = [0; N];
    for (at, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(text.get(2 * at..2 * at + 2)?, 16).ok()?;
    }
    Some(bytes)
}

impl Pack {
    /// The name of its file.
    pub fn file_name(&self) -> String {
        format!("donnees-nationales-{}-{}.bkp", self.place, self.quarter)
    }

    /// The pack as a file, signed by this post.
    ///
    /// # Errors
    ///
    /// Never, unless memory fails.
    pub fn write(&self, key: &PostKey) -> Result<Vec<u8>, Failure> {
        let body = serde_json::to_string(self).map_err(Failure::broken)?;
        let signature = key.sign(&[PURPOSE, body.as_bytes()].concat());
        let (public, signature) = (hex(&key.public()), hex(&signature));
        Ok(format!("{FORMAT}\n{public}\n{signature}\n{body}\n").into_bytes())
    }

    /// Reads a file; gives the pack and the short name of the post that made it.
    ///
    /// # Errors
    ///
    /// Why it is none.
    pub fn read(bytes: &[u8]) -> Result<(Self, String), PackRefused> {
        if bytes.is_empty() {
            return Err(PackRefused::NoFile);
        }
        if LARGEST < bytes.len() {
            return Err(PackRefused::TooLarge { most: LARGEST >> 20 });
        }
        let text = std::str::from_utf8(bytes).map_err(|_| PackRefused::NotAPack)?;
        let mut lines = text.splitn(4, '\n').map(|it| it.trim_end_matches('\r'));
        let format = lines.next().unwrap_or_default();
        if format != FORMAT {
            let known = FORMAT.trim_end_matches(|it: char| it.is_ascii_digit());
            let short = format.chars().take(40).collect();
            return Err(match format.starts_with(known) {
                true => PackRefused::Newer(short),
                false => PackRefused::NotAPack,
            });
        }
        let mut part = || lines.next().ok_or(PackRefused::Damaged);
        let public: [u8; 32] = unhex(part()?).ok_or(PackRefused::Damaged)?;
        let signature: [u8; 64] = unhex(part()?).ok_or(PackRefused::Damaged)?;
        let body = part()?.trim_end();
        let signed = [PURPOSE, body.as_bytes()].concat();
        if !PostKey::verify(&public, &signed, &signature) {
            return Err(PackRefused::Forged);
        }
        let pack: Self = serde_json::from_str(body).map_err(|_| PackRefused::Damaged)?;
        if pack.quarter.parse::<Quarter>().is_err() {
            return Err(PackRefused::Damaged);
        }
        Ok((pack, Journal::post_id_of(&public)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn small() -> Pack {
        let told = |code: &str| Told {
            code: code.to_owned(),
            label: ["Accouchements assistés".to_owned(), "Assisted births".to_owned()],
            unit: ["%".to_owned(), "%".to_owned()],
        };
        Pack {
            nation: "EX-NATION".to_owned(),
            place: "EX-REGION".to_owned(),
            quarter: "2024T4".to_owned(),
            day: "2025-02-12".parse().unwrap(),
            questionnaire: "abc".to_owned(),
            indicators: vec![told("I019"), told("I020")],
            units: vec![Unit {
                code: "EX-REGION".to_owned(),
                name: "Région d’exemple".to_owned(),
                level: "region".to_owned(),
                figures: vec!["33.4 11/12".to_owned(), String::new()],
            }],
            invented: true,
        }
    }

    #[test]
    fn a_pack_reads_back_what_it_writes_and_names_its_maker() {
        let key = PostKey::generate().unwrap();
        let bytes = small().write(&key).unwrap();
        let (read, maker) = Pack::read(&bytes).unwrap();
        assert_eq!((read.clone(), maker), (small(), Journal::post_id_of(&key.public())));
        assert_eq!(read.units[0].figure(0), Some(("33.4", "11/12")));
        assert_eq!(read.units[0].figure(1), None, "what is not there is no zero");
        // Some programs on the way change the ends of lines.
        let text = String::from_utf8(bytes).unwrap();
        assert!(Pack::read(text.replace('\n', "\r\n").as_bytes()).is_ok());
        for (wrong, refusal) in [
            (String::new(), PackRefused::NoFile),
            ("code,valeur\n".to_owned(), PackRefused::NotAPack),
            (
                text.replace("DONNEES 1\n", "DONNEES 2\n"),
                PackRefused::Newer("BENKADI DONNEES 2".to_owned()),
            ),
            (text.replace("33.4", "93.4"), PackRefused::Forged),
            (text.lines().take(2).collect::<Vec<_>>().join("\n"), PackRefused::Damaged),
            (text[..text.len() - 20].to_owned(), PackRefused::Forged),
        ] {
            assert_eq!(Pack::read(wrong.as_bytes()), Err(refusal), "{wrong}");
        }
        assert_eq!(Pack::read(&[0xff, 0xfe, 0]), Err(PackRefused::NotAPack));
    }

    proptest! {
        #[test]
        fn no_bytes_stop_the_reading(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
            prop_assert!(Pack::read(&bytes).is_err());
        }
    }
}
