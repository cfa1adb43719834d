//! `cargo x tidy`: what a reader would stumble over, before the tests.

mod catalogues;
mod length;
mod licences;
mod typography;
mod words;

use std::process::ExitCode;

use crate::report::{Counts, Failed, Outcome, Report};
use crate::{files, shell};

/// Something to mend, and where.
struct Finding(String);

impl Finding {
    fn at(path: &str, line: usize, sentence: impl std::fmt::Display) -> Self {
        Self(format!("{path}:{line}: {sentence}"))
    }

    fn whole(sentence: impl Into<String>) -> Self {
        Self(sentence.into())
    }
}

/// Runs every check.
pub fn tidy() -> ExitCode {
    let mut report = Report::begin();
    report.step("Format", || {
        let advice = "The code is not formatted. Type `cargo fmt --all`, then try again.";
        shell::run(shell::cargo(&["fmt", "--all", "--check"]), advice)?;
        Ok(Counts::default())
    });
    let project = files::project();
    report.step("Length of files", || {
        // A long file is a question to its author, not a fault.
        length::check(&project).iter().for_each(|it| println!("warning: {}", it.0));
        Ok(Counts::default())
    });
    report.step("Words", || judge(&words::check(&project)));
    report.step("Catalogues", || judge(&catalogues::check(&project)));
    report.step("Licences and sources of dependencies", licences::check);
    report.step("Lints", || {
        let advice = "Clippy has something to say: mend it, or silence it with a reason.";
        let words = ["clippy", "--locked", "--workspace", "--all-targets", "--keep-going"];
        let words = [&words[..], &["--", "-D", "warnings"]].concat();
        shell::run(shell::cargo(&words), advice)?;
        Ok(Counts::default())
    });
    report.close()
}

fn judge(findings: &[Finding]) -> Outcome {
    findings.iter().for_each(|it| println!("{}", it.0));
    match findings.len() {
        0 => Ok(Counts::default()),
        1 => Err(Failed::told("1 thing to mend: it is named above, with its file and line.")),
        many => Err(Failed::told(format!("{many} things to mend: each is named above."))),
    }
}
