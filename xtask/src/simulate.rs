//! `cargo x simulate`: simulated months of many posts, seed after seed.

use std::process::ExitCode;

use crate::shell;

/// Builds the simulation for speed, and runs it with these words.
pub fn simulate(arguments: &[&str]) -> ExitCode {
    let program = ["run", "--release", "--package", "simulation", "--bin", "simulate", "--"];
    let advice = "The simulation found a fault, or does not compile: read what it says above.";
    match shell::run(shell::cargo(&[&program, arguments].concat()), advice) {
        Ok(()) => ExitCode::SUCCESS,
        Err(it) => {
            eprintln!("{}", it.sentence);
            ExitCode::FAILURE
        }
    }
}
