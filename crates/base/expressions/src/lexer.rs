//! Text into words.

use crate::{Comparator, MAX_TEXT, ParseError, Problem};
use kernel::Decimal;

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Token {
    Number(Decimal),
    /// A code or a function: capitals, digits and low lines, a letter first.
    Name(String),
    Compare(Comparator),
    /// One of `+ - * / ( ) [ ] , | $`.
    Sign(char),
}

impl Token {
    /// The token as a person would recognise it in the text.
    pub(crate) fn shown(&self) -> String {
        match self {
            Self::Number(number) => number.to_string(),
            Self::Name(name) => name.clone(),
            Self::Compare(comparator) => comparator.sign().to_owned(),
            Self::Sign(sign) => sign.to_string(),
        }
    }
}

/// A word and its column.
pub(crate) type Word = (usize, Token);

pub(crate) fn words(text: &str) -> Result<Vec<Word>, ParseError> {
    if MAX_TEXT < text.len() {
        return Err(ParseError { column: 1, problem: Problem::TooLong });
    }
    let letters: Vec<char> = text.chars().collect();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(&letter) = letters.get(at) {
        let column = at + 1;
        let run = |keep: fn(char) -> bool| -> String {
            letters[at..].iter().copied().take_while(|it| keep(*it)).collect()
        };
        let token = match letter {
            ' ' | '\t' | '\u{a0}' | '\u{202f}' => {
                at += 1;
                continue;
            }
            '0'..='9' => {
                let digits = run(|it| it.is_ascii_digit() || it == '.');
                at += digits.len();
                let number = number(&digits)
                    .ok_or(ParseError { column, problem: Problem::BadNumber(digits) })?;
                found.push((column, Token::Number(number)));
                continue;
            }
            'A'..='Z' => {
                let name = run(|it| it.is_ascii_uppercase() || it.is_ascii_digit() || it == '_');
                at += name.len();
                found.push((column, Token::Name(name)));
                continue;
            }
            '<' if letters.get(at + 1) == Some(&'=') => {
                at += 1;
                Token::Compare(Comparator::AtMost)
            }
            '>' if letters.get(at + 1) == Some(&'=') => {
                at += 1;
                Token::Compare(Comparator::AtLeast)
            }
            '<' => Token::Compare(Comparator::Less),
            '>' => Token::Compare(Comparator::More),
            '=' => Token::Compare(Comparator::Equal),
            '+' | '-' | '*' | '/' | '(' | ')' | '[' | ']' | ',' | '|' | '$' => Token::Sign(letter),
            other => {
                return Err(ParseError { column, problem: Problem::Unexpected(other.to_string()) });
            }
        };
        at += 1;
        found.push((column, token));
    }
    Ok(found)
}

fn number(digits: &str) -> Option<Decimal> {
    if digits.ends_with('.') || digits.matches('.').count() > 1 {
        return None;
    }
    // Written back with other digits, a number would not be the one that was typed.
    let read = Decimal::from_str_exact(digits).ok()?;
    Some(read)
}
