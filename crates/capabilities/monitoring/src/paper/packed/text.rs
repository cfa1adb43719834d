//! The bytes of a quarter as texts for QR codes, and back: `BENKADI2:1/2:K7QF2MNA:…`.

use documents::CheckCode;
use graphics::Resistance;

use super::Refused;

/// The first letters of each piece.
const WORD: &str = "BENKADI2:";
/// The letters: those of check codes, five bits each.
const LETTERS: &[u8; 32] = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
/// The letters that one code holds beside its head, level M and level L of the largest QR code
/// (3 391 and 4 296 letters).
const FOLDED: usize = 3_330;
const FLAT: usize = 4_240;
/// The letters of a small piece: a QR code of some 85 points a side, which old telephones read.
const SMALL: usize = 700;
/// The most pieces.
const MOST: usize = 24;
/// The longest text that is read.
const LONGEST: usize = 256 * 1024;

/// How a quarter is cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pieces {
    /// One code, two or three where it does not fit.
    Large,
    /// Several small ones, for an old camera.
    Small,
}

/// The texts of the QR codes, with how much of each may be lost. `None` if they are too many.
pub fn pieces(bytes: &[u8], cut: Pieces) -> Option<(Vec<String>, Resistance)> {
    let letters = encode(bytes);
    let (most, resistance) = match cut {
        Pieces::Small => (SMALL, Resistance::Medium),
        Pieces::Large if letters.len() <= FOLDED => (FOLDED, Resistance::Medium),
        Pieces::Large => (FLAT, Resistance::Low),
    };
    let count = letters.len().div_ceil(most).max(1);
    // Even pieces: none is harder to read than it must be.
    let size = letters.len().div_ceil(count).max(1);
    let code = code_of(bytes);
    let texts: Vec<String> = letters
        .as_bytes()
        .chunks(size)
        .enumerate()
        .map(|(at, part)| {
            let part: String = part.iter().map(|it| char::from(*it)).collect();
            format!("{WORD}{}/{count}:{code}:{part}", at + 1)
        })
        .collect();
    (texts.len() <= MOST).then_some((texts, resistance))
}

/// The code of the whole, without its hyphen: it tells the pieces of two quarters apart.
fn code_of(bytes: &[u8]) -> String {
    CheckCode::of_hash(blake3::hash(bytes).as_bytes()).to_string().replace('-', "")
}

/// Whether a text is the code of a page of a paper form.
pub fn is_paper_code(text: &str) -> bool {
    let text = text.trim();
    text.starts_with("BENKADI 1 ") || text.parse::<CheckCode>().is_ok()
}

/// The bytes that the pieces in a text make together, in any order, each once or more.
///
/// # Errors
///
/// If there are none, if some are missing, if they are of two quarters, or if a letter is wrong.
pub fn gather(text: &str) -> Result<Vec<u8>, Refused> {
    if LONGEST < text.len() {
        return Err(Refused::NotOne);
    }
    // Mail and telephones break long lines.
    let joined: String =
        text.chars().filter(|it| !it.is_whitespace()).collect::<String>().to_uppercase();
    let mut found: Option<(usize, &str, Vec<Option<&str>>)> = None;
    for piece in joined.split(WORD).skip(1) {
        let (number, all, code, letters) = parts(piece).ok_or(Refused::Damaged)?;
        let (known, name, pieces) = found.get_or_insert_with(|| (all, code, vec![None; all]));
        if *known != all || *name != code {
            return Err(Refused::Mixed);
        }
        pieces[number - 1] = Some(letters);
    }
    let Some((all, code, pieces)) = found else {
        let paper = is_paper_code(text);
        return Err(if paper { Refused::PaperForm } else { Refused::NotOne });
    };
    let missing: Vec<String> = (1..)
        .zip(&pieces)
        .filter(|it| it.1.is_none())
        .map(|it: (usize, _)| it.0.to_string())
        .collect();
    if !missing.is_empty() {
        return Err(Refused::Missing { missing: missing.join(", "), all });
    }
    let letters: String = pieces.into_iter().flatten().collect();
    let bytes = decode(&letters).ok_or(Refused::Damaged)?;
    if code_of(&bytes) == code { Ok(bytes) } else { Err(Refused::Damaged) }
}

/// Number, how many, code, letters.
fn parts(piece: &str) -> Option<(usize, usize, &str, &str)> {
    let (numbers, rest) = piece.split_once(':')?;
    let (code, letters) = rest.split_once(':')?;
    let (number, all) = numbers.split_once('/')?;
    let (number, all): (usize, usize) = (number.parse().ok()?, all.parse().ok()?);
    let fits = (1..=MOST).contains(&all) && (1..=all).contains(&number);
    // What follows the letters (a full stop, the words of a mail) is not ours.
    let end = letters.bytes().position(|it| !LETTERS.contains(&it)).unwrap_or(letters.len());
    (fits && code.len() == 8).then_some((number, all, code, &letters[..end]))
}

fn encode(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len() * 8 / 5 + 1);
    let (mut held, mut count) = (0_u32, 0);
    for byte in bytes {
        held = held << 8 | u32::from(*byte);
        count += 8;
        while 5 <= count {
            count -= 5;
            out.push(char::from(LETTERS[(held >> count & 31) as usize]));
        }
        held &= (1 << count) - 1;
    }
    if 0 < count {
        out.push(char::from(LETTERS[(held << (5 - count) & 31) as usize]));
    }
    out
}

fn decode(letters: &str) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(letters.len() * 5 / 8);
    let (mut held, mut count) = (0_u32, 0);
    for letter in letters.bytes() {
        let value = LETTERS.iter().position(|it| *it == letter)?;
        held = held << 5 | u32::try_from(value).ok()?;
        count += 5;
        if 8 <= count {
            count -= 8;
            out.push(u8::try_from(held >> count & 255).ok()?);
        }
        held &= (1 << count) - 1;
    }
    // Fewer than five bits are left over, and all are nothing.
    (count < 5 && held == 0).then_some(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_cut_is_gathered_again(bytes in proptest::collection::vec(any::<u8>(), 0..3000)) {
            for cut in [Pieces::Large, Pieces::Small] {
                let (mut texts, _) = pieces(&bytes, cut).unwrap();
                texts.reverse();
                prop_assert_eq!(gather(&texts.join("\n")), Ok(bytes.clone()));
            }
        }

        #[test]
        fn no_text_breaks_the_reader(text in "\\PC{0,200}") {
            let _ = gather(&text);
            let _ = gather(&format!("{WORD}{text}"));
            let _ = gather(&format!("{WORD}1/1:K7QF2MNA:{text}"));
        }
    }

    #[test]
    fn what_is_missing_or_foreign_is_told() {
        let long: Vec<u8> = (0..2000_u16).map(|it| (it % 251) as u8).collect();
        let (texts, _) = pieces(&long, Pieces::Small).unwrap();
        assert_eq!(texts.len(), 5);
        let missing = Refused::Missing { missing: "2, 4".to_owned(), all: 5 };
        assert_eq!(
            gather(&[&texts[0], &texts[2], &texts[4]].map(String::as_str).join(" ")),
            Err(missing)
        );
        let (other, _) = pieces(&long[1..], Pieces::Small).unwrap();
        assert_eq!(gather(&format!("{}\n{}", texts[0], other[1])), Err(Refused::Mixed));
        assert_eq!(gather("bonjour"), Err(Refused::NotOne));
        assert_eq!(gather("BENKADI 1 K7QF-2MNA EX-C1 2024T4 J04"), Err(Refused::PaperForm));
        // Small letters, broken lines and the words of a mail around it do no harm.
        let (one, _) = pieces(&long, Pieces::Large).unwrap();
        assert_eq!(one.len(), 1);
        let mailed =
            format!("Voici la fiche : {}\n{}.", &one[0][..70].to_lowercase(), &one[0][70..]);
        assert_eq!(gather(&mailed), Ok(long));
    }
}
