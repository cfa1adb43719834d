//! A command line that cannot be understood, told in the catalogue's words.

use std::process::ExitCode;

use clap::error::{ContextKind, ErrorKind};
use kernel::{Language, Message};

use crate::say::Voice;

/// Tells what is wrong with the command line, or the help that it asks for.
pub fn tell(error: &clap::Error) -> ExitCode {
    if !error.use_stderr() {
        // The help and the version: nothing is wrong.
        let _ = error.print();
        return ExitCode::SUCCESS;
    }
    eprintln!("{}", Voice::new(false, language()).words(&message(error)));
    ExitCode::from(2)
}

/// The language asked for, on a line that is otherwise not understood.
fn language() -> Language {
    let words: Vec<String> =
        std::env::args_os().map(|it| it.to_string_lossy().into_owned()).collect();
    let english = words.windows(2).any(|it| it[0] == "--langue" && it[1] == "en")
        || words.iter().any(|it| it == "--langue=en");
    if english { Language::English } else { Language::French }
}

fn message(error: &clap::Error) -> Message {
    let of = |kind| error.get(kind).map(ToString::to_string).unwrap_or_default();
    let (option, value) = (of(ContextKind::InvalidArg), of(ContextKind::InvalidValue));
    match error.kind() {
        ErrorKind::InvalidSubcommand => {
            Message::new("misuse-unknown").with("what", of(ContextKind::InvalidSubcommand))
        }
        ErrorKind::UnknownArgument => Message::new("misuse-unknown").with("what", option),
        ErrorKind::InvalidValue if value.is_empty() => {
            Message::new("misuse-missing").with("what", option)
        }
        ErrorKind::InvalidValue if error.get(ContextKind::ValidValue).is_some() => {
            Message::new("misuse-choice")
                .with("option", option)
                .with("value", value)
                .with("valid", of(ContextKind::ValidValue))
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            Message::new("misuse-value").with("option", option).with("value", value)
        }
        ErrorKind::MissingRequiredArgument => Message::new("misuse-missing").with("what", option),
        // The rarer ones keep the words of the library that reads the line.
        _ => Message::new("misuse-other").with("reason", error.render().to_string().trim()),
    }
}
