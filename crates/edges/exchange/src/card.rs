//! The card of a post: what another post must know of it before it takes anything from it.

use journal::{Journal, PostKey};

use crate::text::{hex, unhex, words};
use crate::{Level, Refused};

/// Separates the signature of a card from every other use of the same key.
const SIGNED_AS: &[u8] = b"benkadi card 1\0";
const TITLE: &str = "BENKADI CARTE DE POSTE 1";
/// A card is seven short lines; anything longer is something else.
const LONGEST: usize = 4096;
const LONGEST_NAME: usize = 120;
const LONGEST_PLACE: usize = 24;

/// What a post says of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    /// What people call it: `CCC de Kati`.
    pub name: String,
    /// Its level.
    pub level: Level,
    /// The code of its territory.
    pub territory: String,
    /// The key that verifies what it signs (Ed25519).
    pub public_key: [u8; 32],
    /// The key that encrypts for it (X25519).
    pub receive_key: [u8; 32],
}

impl Card {
    /// The short name that the journal gives to the post of this key.
    pub fn id(&self) -> String {
        Journal::post_id_of(&self.public_key)
    }

    /// Eight words that two people compare by telephone or in person. They cover the whole card:
    /// another name, place, level or key gives other words.
    pub fn words(&self) -> String {
        words(&self.print())
    }

    /// The same check, in 32 hexadecimal digits.
    pub fn fingerprint(&self) -> String {
        hex(&self.print())
    }

    fn print(&self) -> [u8; 16] {
        let mut out = [0; 16];
        let mut hasher = blake3::Hasher::new_derive_key("benkadi card fingerprint 1");
        hasher.update(&self.to_bytes());
        hasher.finalize_xof().fill(&mut out);
        out
    }

    /// The fields in a form where no two cards are alike.
    fn to_bytes(&self) -> Vec<u8> {
        let mut out = Vec::new();
        for part in [
            self.name.as_bytes(),
            self.level.word().as_bytes(),
            self.territory.as_bytes(),
            &self.public_key,
            &self.receive_key,
        ] {
            out.extend_from_slice(&(part.len() as u64).to_le_bytes());
            out.extend_from_slice(part);
        }
        out
    }

    /// The card as text: to copy, print, or keep in a file. Its signature shows that whoever made
    /// it holds the key.
    pub fn to_text(&self, key: &PostKey) -> String {
        let signature = hex(&key.sign(&[SIGNED_AS, &self.to_bytes()].concat()));
        format!(
            "{TITLE}\nnom: {}\nniveau: {}\nlieu: {}\ncle: {}\nreception: {}\nsignature: {signature}\n",
            self.name,
            self.level,
            self.territory,
            hex(&self.public_key),
            hex(&self.receive_key),
        )
    }

    /// Reads a card that someone pasted or brought in a file. Spaces around lines, empty lines and
    /// the line ends of any system are accepted, since cards travel by mail.
    ///
    /// # Errors
    ///
    /// If it is not a card, if a line is missing or unreadable, or if it was changed after signing.
    pub fn from_text(text: &str) -> Result<Self, Refused> {
        if LONGEST < text.len() {
            return Err(Refused::NotACard);
        }
        let mut lines =
            text.trim_start_matches('\u{feff}').lines().map(str::trim).filter(|it| !it.is_empty());
        if lines.next() != Some(TITLE) {
            return Err(Refused::NotACard);
        }
        let mut field = |name: &'static str| {
            lines
                .next()
                .and_then(|it| it.strip_prefix(name)?.strip_prefix(':').map(str::trim))
                .ok_or(Refused::CardLine { line: name })
        };
        let (name, level, place) = (field("nom")?, field("niveau")?, field("lieu")?);
        let (key, receive, signature) = (field("cle")?, field("reception")?, field("signature")?);
        let card = Self {
            name: checked_name(name).ok_or(Refused::CardLine { line: "nom" })?,
            level: level.parse().map_err(|()| Refused::CardLine { line: "niveau" })?,
            territory: checked_place(place).ok_or(Refused::CardLine { line: "lieu" })?,
            public_key: unhex(key).ok_or(Refused::CardLine { line: "cle" })?,
            receive_key: unhex(receive).ok_or(Refused::CardLine { line: "reception" })?,
        };
        let signature: [u8; 64] =
            unhex(signature).ok_or(Refused::CardLine { line: "signature" })?;
        let signed = [SIGNED_AS, &card.to_bytes()].concat();
        if !PostKey::verify(&card.public_key, &signed, &signature) {
            return Err(Refused::CardForged);
        }
        Ok(card)
    }
}

/// A name that fits on a line of a card.
pub(crate) fn checked_name(name: &str) -> Option<String> {
    let name = name.trim();
    let fits = !name.is_empty()
        && name.chars().count() <= LONGEST_NAME
        && !name.chars().any(char::is_control);
    fits.then(|| name.to_owned())
}

/// A territory code: letters, digits, `-`, `.`, `_`. Never `*`, which would mean everywhere.
pub(crate) fn checked_place(code: &str) -> Option<String> {
    let code = code.trim();
    let fits = !code.is_empty()
        && code.len() <= LONGEST_PLACE
        && code.bytes().all(|it| it.is_ascii_alphanumeric() || b"-._".contains(&it));
    fits.then(|| code.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kati() -> (Card, PostKey) {
        let key = PostKey::generate().unwrap();
        let card = Card {
            name: "CCC de Kati".to_owned(),
            level: Level::Cercle,
            territory: "ML0207".to_owned(),
            public_key: key.public(),
            receive_key: [7; 32],
        };
        (card, key)
    }

    #[test]
    fn a_card_reads_back_through_mail_and_notepad() {
        let (card, key) = kati();
        let text = card.to_text(&key);
        let mailed = format!("\u{feff}\r\n  {}", text.replace('\n', "  \r\n\r\n"));
        assert_eq!(Card::from_text(&text), Ok(card.clone()));
        assert_eq!(Card::from_text(&mailed), Ok(card.clone()));
        assert_eq!(card.words().split(' ').count(), 8);
    }

    #[test]
    fn a_card_changed_anywhere_is_refused() {
        let (card, key) = kati();
        let text = card.to_text(&key);
        for (from, to, expected) in [
            ("CARTE", "CARTON", Refused::NotACard),
            ("nom: CCC de Kati", "nom: CCC de Kita", Refused::CardForged),
            ("niveau: cercle", "niveau: region", Refused::CardForged),
            ("niveau: cercle", "niveau: empire", Refused::CardLine { line: "niveau" }),
            ("lieu: ML0207", "lieu: *", Refused::CardLine { line: "lieu" }),
            ("lieu: ML0207\n", "", Refused::CardLine { line: "lieu" }),
            ("reception: 07", "reception: 08", Refused::CardForged),
            ("cle: ", "cle: zz", Refused::CardLine { line: "cle" }),
        ] {
            let changed = text.replacen(from, to, 1);
            assert_ne!(changed, text, "{from}");
            assert_eq!(Card::from_text(&changed), Err(expected), "{from} -> {to}");
        }
        for at in 0..text.trim_end().len() {
            assert!(Card::from_text(&text[..at]).is_err(), "cut at {at}");
        }
        assert_eq!(Card::from_text(&"x".repeat(5000)), Err(Refused::NotACard));
    }

    #[test]
    fn other_cards_have_other_words() {
        let (card, _) = kati();
        let renamed = Card { name: "CCC de Kita".to_owned(), ..card.clone() };
        let raised = Card { level: Level::Region, ..card.clone() };
        assert_ne!(card.words(), renamed.words());
        assert_ne!(card.words(), raised.words());
        assert_eq!(card.fingerprint().len(), 32);
    }
}
