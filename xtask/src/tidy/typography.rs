//! French typography of a sentence, as the readers of the Imprimerie nationale expect it.

/// A space that never breaks, narrow: before `;` `!` `?` and inside « ».
const NARROW: char = '\u{202f}';
/// A space that never breaks: before `:`.
const FIXED: char = '\u{a0}';

/// What is wrong with this text of a French catalogue, without its placeables' insides.
pub(super) fn faults(text: &str) -> Vec<String> {
    let text: Vec<char> = without_placeables(text).chars().collect();
    let mut faults = Vec::new();
    for (at, &mark) in text.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|it| text.get(it)).copied();
        let after = text.get(at + 1).copied();
        let inside = |it: Option<char>| it.is_some_and(|it| it.is_alphanumeric() || it == '/');
        let fault = match mark {
            '\'' => Some("the apostrophe is ’"),
            '«' if after != Some(NARROW) => Some("« is followed by U+202F"),
            '»' if before != Some(NARROW) => Some("» comes after U+202F"),
            // Two marks follow each other without a space (`?!`); `?q=` and `10:42` are no
            // punctuation, and `(?)` is a sign of its own.
            ';' | '!' | '?' if matches!(before, Some(NARROW | '!' | '?')) || inside(after) => None,
            '?' if before == Some('(') && after == Some(')') => None,
            ';' | '!' | '?' => Some("; ! ? come after U+202F"),
            ':' if before != Some(FIXED) && !inside(after) => Some(": comes after U+00A0"),
            _ => None,
        };
        faults.extend(fault.map(|it| format!("`{}`: {it}", around(&text, at))));
    }
    faults
}

/// Each innermost `{ … }` on one line becomes a letter: what it says is not typed here.
fn without_placeables(text: &str) -> String {
    let mut kept = String::new();
    let mut rest = text;
    while let Some(open) = rest.find('{') {
        let line = &rest[open..];
        let line = &line[..line.find('\n').unwrap_or(line.len())];
        kept.push_str(&rest[..open]);
        match line.find('}') {
            Some(close) => {
                kept.push('x');
                rest = &rest[open + close + 1..];
            }
            None => rest = &rest[open + line.len()..],
        }
    }
    kept + rest
}

fn around(text: &[char], at: usize) -> String {
    text[at.saturating_sub(12)..text.len().min(at + 6)].iter().filter(|it| **it != '\n').collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_faults_are_told() {
        for (text, expected) in [
            ("Qui est là\u{202f}?", 0),
            ("Qui est là ?", 1),
            ("Qui est là?", 1),
            ("Non envoyé\u{a0}: { $count }", 0),
            ("Non envoyé : { $count }", 1),
            ("À 10:42, voir /registre?q=kati et https://exemple.ml", 0),
            ("« Valider » puis", 2),
            ("«\u{202f}Valider\u{202f}» puis l’envoi", 0),
            ("l'envoi", 1),
            ("{ $n ->\n    [one] une ligne\u{202f}!\n   *[other] { $n } lignes !\n}", 1),
            ("{ NUMBER($n, minimumFractionDigits: 2) } km", 0),
        ] {
            assert_eq!(faults(text).len(), expected, "{text}: {:?}", faults(text));
        }
    }
}
