//! `cargo x run`: the program for development, with data that may be thrown away.

use std::process::ExitCode;

use crate::shell;

/// Starts the program on `target/dev`; further arguments go to `benkadi serve`.
pub fn run(arguments: &[&str]) -> ExitCode {
    let data = shell::root().join("target/dev");
    let data = data.to_string_lossy();
    println!("The data lie in {data}: delete this folder to begin again.");
    let program = ["run", "--package", "benkadi", "--", "serve", "--data", &data];
    let listen: &[&str] = if arguments.iter().any(|it| it.starts_with("--listen")) {
        &[]
    } else {
        &["--listen", "127.0.0.1:8400"]
    };
    let advice = "The program ended with an error: read what it says above.";
    match shell::run(shell::cargo(&[&program, listen, arguments].concat()), advice) {
        Ok(()) => ExitCode::SUCCESS,
        Err(it) => {
            eprintln!("{}", it.sentence);
            ExitCode::FAILURE
        }
    }
}
