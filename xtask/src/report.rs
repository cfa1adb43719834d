//! What a command did, step by step: progress while it works, a table and an exit code at its end.

use std::fmt::Write as _;
use std::process::ExitCode;
use std::time::{Duration, Instant};

/// How many tests ran. All zero for a step that is not a test.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub passed: u32,
    pub failed: u32,
    pub skipped: u32,
}

impl Counts {
    pub fn add(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
    }

    pub fn ran(self) -> u32 {
        self.passed + self.failed
    }
}

/// Why a step failed, ending with what to do.
#[derive(Debug, PartialEq, Eq)]
pub struct Failed {
    pub sentence: String,
    pub counts: Counts,
}

impl Failed {
    pub fn told(sentence: impl Into<String>) -> Self {
        Self { sentence: sentence.into(), counts: Counts::default() }
    }

    pub fn counted(self, counts: Counts) -> Self {
        Self { counts, ..self }
    }
}

/// What a step gives back.
pub type Outcome = Result<Counts, Failed>;

struct Row {
    name: String,
    result: &'static str,
    note: Option<String>,
    counts: Counts,
    took: Duration,
}

/// The steps of one command.
pub struct Report {
    began: Instant,
    rows: Vec<Row>,
}

impl Report {
    pub fn begin() -> Self {
        Self { began: Instant::now(), rows: Vec::new() }
    }

    /// Does a step, says what it does and how long it took. True if it passed.
    pub fn step(&mut self, name: &str, work: impl FnOnce() -> Outcome) -> bool {
        let number = self.rows.len() + 1;
        println!("\n── {number}. {name} (at {})", minutes(self.began.elapsed()));
        let start = Instant::now();
        let outcome = work();
        let took = start.elapsed();
        let passed = outcome.is_ok();
        let (result, note, counts) = match outcome {
            Ok(counts) => ("passed", None, counts),
            Err(it) => ("FAILED", Some(it.sentence), it.counts),
        };
        match &note {
            None => println!("── {name}: passed in {}", minutes(took)),
            Some(sentence) => println!("── {name}: FAILED after {}\n{sentence}", minutes(took)),
        }
        self.rows.push(Row { name: name.to_owned(), result, note, counts, took });
        passed
    }

    /// Notes a step that could not be tried.
    pub fn skip(&mut self, name: &str, why: &str) {
        println!("\n── {name}: not tried, {why}");
        let (counts, took) = (Counts::default(), Duration::ZERO);
        let note = Some(why.to_owned());
        self.rows.push(Row { name: name.to_owned(), result: "not tried", note, counts, took });
    }

    /// Prints the table; 0 only if every step passed.
    pub fn close(self) -> ExitCode {
        let mut total = Counts::default();
        let mut table = String::new();
        let width = self.rows.iter().map(|it| it.name.chars().count()).max().unwrap_or(0);
        for row in &self.rows {
            total.add(row.counts);
            let tests =
                if row.counts == Counts::default() { "–".into() } else { tell(row.counts) };
            let took = minutes(row.took);
            let _ = writeln!(table, "{:width$}  {:9}  {took:>12}  {tests}", row.name, row.result);
        }
        println!("\n{table}\nAll in {}.", minutes(self.began.elapsed()));
        for row in self.rows.iter().filter(|it| it.result == "FAILED") {
            println!("\n{}: {}", row.name, row.note.as_deref().unwrap_or_default());
        }
        if total != Counts::default() {
            println!("\n{}", tell(total));
        }
        let good = self.rows.iter().all(|it| it.result == "passed");
        if good { ExitCode::SUCCESS } else { ExitCode::FAILURE }
    }
}

fn tell(counts: Counts) -> String {
    let Counts { passed, failed, skipped } = counts;
    let skipped = if skipped == 0 { String::new() } else { format!(", {skipped} skipped") };
    format!("{passed} passed, {failed} failed{skipped}")
}

/// A duration for people: `4 s`, `12 min 05 s`.
pub fn minutes(time: Duration) -> String {
    let seconds = time.as_secs();
    match seconds / 60 {
        0 => format!("{}.{} s", seconds, time.subsec_millis() / 100),
        minutes => format!("{minutes} min {:02} s", seconds % 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_read_at_a_glance() {
        for (millis, expected) in [(0, "0.0 s"), (59_950, "59.9 s"), (725_000, "12 min 05 s")] {
            assert_eq!(minutes(Duration::from_millis(millis)), expected, "{millis} ms");
        }
    }
}
