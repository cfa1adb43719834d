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
mod say;

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    let arguments = cli::Arguments::parse();
    let voice = say::Voice::new(arguments.json, arguments.language());
    match commands::run(&arguments, &voice) {
        Ok(()) => ExitCode::SUCCESS,
        Err(refusal) => {
            voice.refuse(&refusal);
            ExitCode::from(1)
        }
    }
}
