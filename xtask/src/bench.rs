//! `cargo x bench`: measures the release program and writes what it measured.
//!
//! A bench is a folder `bench/NAME` with a `Cargo.toml` (a member of the workspace, its program
//! named like its package) or a file `bench/NAME.mjs`. It is told the built program in
//! `BENKADI_PROGRAM`, prints a Markdown text, and exits with another code than 0 when a gate is
//! missed.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use crate::report::{Counts, Failed, Outcome, Report};
use crate::shell::{self, Stream};

/// Runs every bench, or the one of this name.
pub fn bench(name: Option<&str>) -> ExitCode {
    let mut report = Report::begin();
    let all = benches();
    let wanted: Vec<&Bench> =
        all.iter().filter(|it| name.is_none_or(|name| it.name == name)).collect();
    if wanted.is_empty() {
        let known: Vec<&str> = all.iter().map(|it| it.name.as_str()).collect();
        report.step("Bench", || {
            let known = if known.is_empty() { "none yet".into() } else { known.join(", ") };
            Err(Failed::told(format!(
                "There is nothing to measure by that name. Benches: {known}."
            )))
        });
        return report.close();
    }
    let built = report.step("Build the release program", || {
        let advice = "The program does not compile: the first error above is the one to mend.";
        let words = ["build", "--locked", "--release", "--package", "benkadi"];
        shell::run(shell::cargo(&words), advice).map(|()| Counts::default())
    });
    for bench in wanted {
        let title = format!("Measure {}", bench.name);
        if built {
            report.step(&title, || bench.measure());
        } else {
            report.skip(&title, "the program does not compile");
        }
    }
    report.close()
}

struct Bench {
    name: String,
    // The package to build and run, or nothing for a script.
    package: Option<String>,
    path: PathBuf,
}

fn benches() -> Vec<Bench> {
    let folder = shell::root().join("bench");
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let manifest = fs::read_to_string(path.join("Cargo.toml")).ok();
        if let Some(package) = manifest.as_deref().and_then(package_name) {
            found.push(Bench { name, package: Some(package), path });
        } else if path.extension().is_some_and(|it| it == "mjs") {
            found.push(Bench { name, package: None, path });
        }
    }
    found.sort_by(|a, b| a.name.cmp(&b.name));
    found
}

fn package_name(manifest: &str) -> Option<String> {
    let line = manifest.lines().find_map(|it| it.strip_prefix("name = \""))?;
    Some(line.trim_end().trim_end_matches('"').to_owned())
}

impl Bench {
    fn measure(&self) -> Outcome {
        let mut command = self.command()?;
        command.env("BENKADI_PROGRAM", shell::target().join("release/benkadi"));
        let (good, text) = shell::watch(command, Stream::Output)?;
        let results = shell::root().join("bench/results");
        let file = results.join(format!("{}.md", self.name));
        let page = format!("# {}\n\n{}\n\n{}\n", self.name, machine(), text.trim_end());
        let written = fs::create_dir_all(&results).and_then(|()| fs::write(&file, page));
        written
            .map_err(|it| Failed::told(format!("{} cannot be written: {it}", file.display())))?;
        println!("Written: bench/results/{}.md", self.name);
        if good {
            return Ok(Counts::default());
        }
        Err(Failed::told("A gate was missed or the bench broke: see what it printed above."))
    }

    fn command(&self) -> Result<Command, Failed> {
        let Some(package) = &self.package else {
            return Ok(shell::command("node", &[&self.path.to_string_lossy()]));
        };
        let advice = "The bench does not compile: the first error above is the one to mend.";
        shell::run(
            shell::cargo(&["build", "--locked", "--release", "--package", package]),
            advice,
        )?;
        let program = shell::target().join("release").join(package);
        Ok(shell::command(&program.to_string_lossy(), &[]))
    }
}

/// What was measured on, and when: figures without them say nothing.
fn machine() -> String {
    let read = |path: &str| fs::read_to_string(Path::new(path)).unwrap_or_default();
    let value = |text: &str, key: &str| {
        let line = text.lines().find(|it| it.starts_with(key))?;
        Some(line.split_once([':', '='])?.1.trim().trim_matches('"').to_owned())
    };
    let unknown = || "unknown".to_owned();
    let processor = value(&read("/proc/cpuinfo"), "model name").unwrap_or_else(unknown);
    let memory = value(&read("/proc/meminfo"), "MemTotal").unwrap_or_else(unknown);
    let system = value(&read("/etc/os-release"), "PRETTY_NAME").unwrap_or_else(unknown);
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let load = read("/proc/loadavg");
    let load = load.split(' ').next().unwrap_or_default();
    let date = shell::ask("date", &["-u", "+%Y-%m-%d %H:%M UTC"]).unwrap_or_else(unknown);
    let commit = shell::ask("git", &["rev-parse", "--short", "HEAD"]).unwrap_or_else(unknown);
    let rust = shell::ask("rustc", &["--version"]).unwrap_or_else(unknown);
    format!(
        "Measured on {date}, commit {commit}. {processor}, {cores} cores, {memory} of memory, \
         {system}, {rust}. Load before the run: {load}."
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_a_package_is_read_from_its_manifest() {
        assert_eq!(
            package_name("[package]\nname = \"bench-register\"\n").as_deref(),
            Some("bench-register")
        );
        assert_eq!(package_name("[dependencies]\n"), None);
    }
}
