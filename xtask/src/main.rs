//! The project's own commands: `cargo x run`, `cargo x test`, `cargo x tidy`, `cargo x bench`,
//! `cargo x simulate`.
//!
//! Only the standard library, so that the first of them starts within seconds on a fresh machine.

mod bench;
mod files;
mod install;
mod postgres;
mod report;
mod run;
mod shell;
mod simulate;
mod test;
mod tidy;

use std::process::ExitCode;

const HELP: &str = "\
cargo x run [ARGUMENT…]            start the program for development, its data under target/dev
cargo x test [FILTER]              install what is missing, then run every test
             --only rust|browser   … of one kind only
cargo x tidy                       format, lints, catalogues, words, licences
cargo x bench [NAME]               measure, and write bench/results/
cargo x simulate [SEEDS]           simulated months of many posts; `--seed S` tells one run

FILTER keeps the Rust tests whose name contains it, and the browser journeys whose file does.
Exit: 0 done, 1 something failed, 2 the command was not understood.
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["run", rest @ ..] => run::run(rest),
        ["test", rest @ ..] => match test::Options::read(rest) {
            Ok(options) => test::test(&options),
            Err(problem) => misuse(&problem),
        },
        ["tidy"] => tidy::tidy(),
        ["bench"] => bench::bench(None),
        ["bench", name] if !name.starts_with('-') => bench::bench(Some(name)),
        ["simulate", rest @ ..] => simulate::simulate(rest),
        ["help" | "--help" | "-h"] => {
            print!("{HELP}");
            ExitCode::SUCCESS
        }
        [] => misuse("Say which command."),
        other => misuse(&format!("There is no command `{}`.", other.join(" "))),
    }
}

fn misuse(problem: &str) -> ExitCode {
    eprint!("{problem}\n\n{HELP}");
    ExitCode::from(2)
}
