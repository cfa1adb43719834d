//! The program: one file that holds everything.
//!
//! Its commands, options, outputs and exit codes are documented in `docs/interfaces.md` and kept
//! stable: 0 done, 1 refused with words, 2 misuse.

mod activity;
mod assembly;
mod cli;
mod commands;
mod content;
mod home;
mod misuse;
mod private;
mod say;

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    let arguments = match cli::Arguments::try_parse() {
        Ok(it) => it,
        Err(error) => return misuse::tell(&error),
    };
    let voice = say::Voice::new(arguments.json, arguments.language());
    match commands::run(&arguments, &voice) {
        Ok(()) => ExitCode::SUCCESS,
        Err(refusal) => {
            voice.refuse(&refusal);
            ExitCode::from(1)
        }
    }
}
