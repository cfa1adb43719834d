//! `cargo x test`: everything that can fail, on this machine, in one command.

use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;

use crate::postgres::Server;
use crate::report::{Counts, Failed, Outcome, Report};
use crate::shell::{self, Stream};
use crate::{files, install};

/// What to test.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Options {
    only: Option<Kind>,
    filter: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Rust,
    Browser,
}

impl Options {
    /// Reads the words after `cargo x test`.
    ///
    /// # Errors
    ///
    /// What was not understood.
    pub fn read(words: &[&str]) -> Result<Self, String> {
        let mut options = Self::default();
        let mut words = words.iter();
        while let Some(&word) = words.next() {
            match word {
                "--only" => {
                    options.only = Some(match words.next() {
                        Some(&"rust") => Kind::Rust,
                        Some(&"browser") => Kind::Browser,
                        _ => return Err("After --only, say `rust` or `browser`.".into()),
                    });
                }
                it if it.starts_with('-') => return Err(format!("There is no option `{it}`.")),
                it if options.filter.is_none() => options.filter = Some(it.to_owned()),
                it => return Err(format!("One filter at a time: `{it}` is too much.")),
            }
        }
        Ok(options)
    }

    fn wants(&self, kind: Kind) -> bool {
        self.only.is_none_or(|it| it == kind)
    }
}

/// Installs what is missing and runs the tests.
pub fn test(options: &Options) -> ExitCode {
    let filter = options.filter.as_deref();
    let mut report = Report::begin();
    let mut ran = 0;
    if options.wants(Kind::Rust) {
        rust(&mut report, filter, &mut ran);
    }
    if options.wants(Kind::Browser) {
        browser(&mut report, filter, &mut ran);
    }
    if ran == 0
        && let Some(filter) = filter
    {
        report.step("Filter", || {
            Err(Failed::told(format!(
                "No test ran: no name contains `{filter}`. Check its spelling."
            )))
        });
    }
    report.close()
}

fn rust(report: &mut Report, filter: Option<&str>, ran: &mut u32) {
    let nextest = shell::ask("cargo", &["nextest", "--version"]).is_some();
    let installed = report.step("Rust: what the tests need", install::for_rust);
    let built = report.step("Rust: compile the tests", || {
        let words: &[&str] = if nextest { &["nextest", "run"] } else { &["test"] };
        let rest = ["--locked", "--workspace", "--tests", "--no-run"];
        let advice = "The tests do not compile: the first error above is the one to mend.";
        shell::run(shell::cargo(&[words, &rest].concat()), advice).map(|()| Counts::default())
    });
    if !installed || !built {
        report.skip("Rust: tests", "a step before it failed");
        return;
    }
    report.step("Rust: tests", || {
        let server = Server::start()?;
        counted(
            ran,
            if nextest { run_nextest(&server, filter) } else { run_libtest(&server, filter) },
        )
    });
    report.step("Rust: examples in the documentation", || {
        let words = ["test", "--locked", "--workspace", "--doc", "--no-fail-fast"];
        let words = [&words[..], filter.as_slice()].concat();
        let (good, text) = shell::watch(shell::cargo(&words), Stream::Output)?;
        counted(ran, judge(good, libtest_counts(&text)))
    });
}

fn run_nextest(server: &Server, filter: Option<&str>) -> Outcome {
    let words = [
        "nextest",
        "run",
        "--locked",
        "--workspace",
        "--tests",
        "--no-fail-fast",
        "--no-tests=pass",
    ];
    let mut command = shell::cargo(&[&words[..], filter.as_slice()].concat());
    command.env("BENKADI_TEST_POSTGRES", &server.address);
    let (good, text) = shell::watch(command, Stream::Errors)?;
    judge(good, nextest_counts(&text))
}

fn run_libtest(server: &Server, filter: Option<&str>) -> Outcome {
    let words = ["test", "--locked", "--workspace", "--tests", "--no-fail-fast"];
    let mut command = shell::cargo(&[&words[..], filter.as_slice()].concat());
    command.env("BENKADI_TEST_POSTGRES", &server.address);
    let (good, text) = shell::watch(command, Stream::Output)?;
    judge(good, libtest_counts(&text))
}

fn browser(report: &mut Report, filter: Option<&str>, ran: &mut u32) {
    let journeys = match journeys(filter) {
        Ok(it) if it.is_empty() && filter.is_some() => return,
        it => it,
    };
    let installed = report.step("Browser: what the journeys need", install::for_browser);
    let built = report.step("Browser: build the program", || {
        let advice = "The program does not compile: the first error above is the one to mend.";
        let words = ["build", "--locked", "--package", "benkadi"];
        shell::run(shell::cargo(&words), advice).map(|()| Counts::default())
    });
    if !installed || !built {
        report.skip("Browser: journeys", "a step before it failed");
        return;
    }
    report.step("Browser: journeys", || {
        let journeys = journeys?;
        if journeys.is_empty() {
            return Err(Failed::told(
                "browser/journeys holds no file *.test.mjs: is it all there?",
            ));
        }
        let limit = "--test-timeout=600000";
        let mut command = shell::command("node", &["--test", "--test-reporter=spec", limit]);
        command.args(journeys).env("BENKADI_PROGRAM", shell::target().join("debug/benkadi"));
        let (good, text) = shell::watch(command, Stream::Output)?;
        println!("Pictures of the pages lie in browser/results.");
        counted(ran, judge(good, node_counts(&text)))
    });
}

/// The journeys whose file name or text contains the filter.
fn journeys(filter: Option<&str>) -> Result<Vec<PathBuf>, Failed> {
    let folder = shell::root().join("browser/journeys");
    let mut kept = Vec::new();
    for file in files::under(&folder).into_iter().filter(|it| files::ends(it, ".test.mjs")) {
        let text = fs::read_to_string(&file)
            .map_err(|it| Failed::told(format!("{} cannot be read: {it}", file.display())))?;
        let name = file.to_string_lossy();
        if filter.is_none_or(|it| name.contains(it) || text.contains(it)) {
            kept.push(file);
        }
    }
    Ok(kept)
}

fn counted(ran: &mut u32, outcome: Outcome) -> Outcome {
    *ran += outcome.as_ref().map_or_else(|it| it.counts.ran(), |it| it.ran());
    outcome
}

fn judge(good: bool, counts: Counts) -> Outcome {
    if good && counts.failed == 0 {
        return Ok(counts);
    }
    let sentence = match counts.failed {
        0 => "The tests stopped before their end: read what is said above.".to_owned(),
        1 => "1 test failed. Its name and reason stand above; \
              `cargo x test NAME` runs it alone."
            .to_owned(),
        many => format!(
            "{many} tests failed. Their names and reasons stand above; \
             `cargo x test NAME` runs one alone."
        ),
    };
    Err(Failed::told(sentence).counted(counts))
}

/// `Summary [ 1.2s] 5 tests run: 3 passed (1 slow), 1 failed, 1 timed out, 2 skipped`.
fn nextest_counts(text: &str) -> Counts {
    let mut counts = Counts::default();
    let summaries = text.lines().filter(|it| it.trim_start().starts_with("Summary ["));
    let last = summaries.filter_map(|it| it.split_once(" run: ")).next_back();
    for part in last.map_or("", |it| it.1).split(", ") {
        let Some((number, word)) = number_then(part) else { continue };
        match word.split(' ').next().unwrap_or_default() {
            "passed" => counts.passed += number,
            "skipped" => counts.skipped += number,
            // Failed, timed out, exec failed: none of them passed.
            _ => counts.failed += number,
        }
    }
    counts
}

/// `test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 2 filtered out; finished in 0.1s`,
/// once per test program.
fn libtest_counts(text: &str) -> Counts {
    let mut counts = Counts::default();
    for line in text.lines().filter_map(|it| it.trim().strip_prefix("test result: ")) {
        let (_, line) = line.split_once(". ").unwrap_or_default();
        for (number, word) in line.split("; ").filter_map(number_then) {
            match word {
                "passed" => counts.passed += number,
                "failed" => counts.failed += number,
                "ignored" => counts.skipped += number,
                _ => {}
            }
        }
    }
    counts
}

/// `ℹ pass 3`, `ℹ fail 0`, `ℹ cancelled 0`, `ℹ skipped 1`.
fn node_counts(text: &str) -> Counts {
    let mut counts = Counts::default();
    for line in text.lines().filter_map(|it| it.strip_prefix("ℹ ")) {
        let Some((word, number)) = line.split_once(' ') else { continue };
        let Ok(number) = number.trim().parse::<u32>() else { continue };
        match word {
            "pass" => counts.passed += number,
            "fail" | "cancelled" => counts.failed += number,
            "skipped" | "todo" => counts.skipped += number,
            _ => {}
        }
    }
    counts
}

fn number_then(part: &str) -> Option<(u32, &str)> {
    let (number, word) = part.trim().split_once(' ')?;
    Some((number.parse().ok()?, word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(passed: u32, failed: u32, skipped: u32) -> Counts {
        Counts { passed, failed, skipped }
    }

    #[test]
    fn the_closing_lines_of_each_runner_are_counted() {
        let nextest = "     Summary [   0.004s] 6 tests run: 3 passed (1 slow), 2 failed, \
                       1 timed out, 4 skipped\n";
        assert_eq!(nextest_counts(nextest), counts(3, 3, 4));
        assert_eq!(nextest_counts("error: could not compile"), counts(0, 0, 0));
        let libtest = "test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 2 filtered out; \
                       finished in 0.10s\ntest result: FAILED. 1 passed; 2 failed; 0 ignored; 0 \
                       measured; 0 filtered out; finished in 0.10s\n";
        assert_eq!(libtest_counts(libtest), counts(4, 2, 1));
        let node = "ℹ tests 5\nℹ suites 0\nℹ pass 3\nℹ fail 1\nℹ cancelled 1\nℹ skipped 0\n";
        assert_eq!(node_counts(node), counts(3, 2, 0));
    }

    #[test]
    fn a_run_that_stopped_early_did_not_pass() {
        assert!(judge(false, counts(3, 0, 0)).is_err());
        assert!(judge(true, counts(3, 1, 0)).is_err());
        assert_eq!(judge(true, counts(3, 0, 1)), Ok(counts(3, 0, 1)));
    }

    #[test]
    fn the_words_after_test_are_read() {
        let filter = Some("register".to_owned());
        for (words, expected) in [
            (&[][..], Ok(Options::default())),
            (&["register"], Ok(Options { only: None, filter: filter.clone() })),
            (&["--only", "rust", "register"], Ok(Options { only: Some(Kind::Rust), filter })),
            (&["--only"], Err("After --only, say `rust` or `browser`.".into())),
            (&["--fast"], Err("There is no option `--fast`.".into())),
            (&["a", "b"], Err("One filter at a time: `b` is too much.".into())),
        ] {
            assert_eq!(Options::read(words), expected, "{words:?}");
        }
    }
}
