//! Other programs: started with their command line shown, watched, and read.

use std::io::{IsTerminal, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::report::Failed;

/// The root of the repository.
pub fn root() -> PathBuf {
    // Cargo names the folder of the package that it runs; its parent is the workspace.
    let own = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
    let root = own.and_then(|it| it.parent().map(Path::to_owned));
    root.unwrap_or_else(|| PathBuf::from("."))
}

/// Where cargo builds.
pub fn target() -> PathBuf {
    let chosen = std::env::var_os("CARGO_TARGET_DIR").map(PathBuf::from);
    chosen.map_or_else(|| root().join("target"), |it| root().join(it))
}

/// A program to start at the root, free of what cargo told this one about itself: a second cargo
/// would take some of it for a change and build again.
pub fn command(program: &str, arguments: &[&str]) -> Command {
    let mut command = Command::new(program);
    command.args(arguments).current_dir(root());
    let of_cargo =
        |name: &str| name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST");
    for (name, _) in std::env::vars().filter(|(name, _)| of_cargo(name)) {
        command.env_remove(name);
    }
    command
}

/// Cargo, the same one that started this program.
pub fn cargo(arguments: &[&str]) -> Command {
    let mut command = command(&std::env::var("CARGO").unwrap_or("cargo".into()), arguments);
    if std::env::var_os("MALLOC_CONF").is_none() {
        // Huge pages for the compiler's allocator: a tenth off a build from nothing.
        command.env("MALLOC_CONF", "thp:always,metadata_thp:always");
    }
    command
}

fn show(command: &Command) {
    let mut line = command.get_program().to_string_lossy().into_owned();
    if let Some((_, name)) = line.rsplit_once('/') {
        line = name.to_owned();
    }
    for argument in command.get_args() {
        line.push(' ');
        line.push_str(&argument.to_string_lossy());
    }
    println!("$ {line}");
}

fn missing(command: &Command, error: &std::io::Error) -> Failed {
    let program = command.get_program().to_string_lossy();
    Failed::told(format!("`{program}` cannot be started: {error}. Install it, then try again."))
}

/// Runs a program to its end, its output on the terminal.
pub fn run(mut command: Command, advice: &str) -> Result<(), Failed> {
    show(&command);
    let status = command.status().map_err(|it| missing(&command, &it))?;
    if status.success() { Ok(()) } else { Err(Failed::told(advice)) }
}

/// Which of a program's outputs is read.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Stream {
    Output,
    Errors,
}

/// Runs a program to its end, its output on the terminal and one stream of it given back too,
/// without colours.
pub fn watch(mut command: Command, stream: Stream) -> Result<(bool, String), Failed> {
    show(&command);
    match stream {
        Stream::Output => command.stdout(Stdio::piped()),
        Stream::Errors => command.stderr(Stdio::piped()),
    };
    if std::io::stderr().is_terminal() {
        command.env("CARGO_TERM_COLOR", "always").env("FORCE_COLOR", "1");
    }
    let mut child = command.spawn().map_err(|it| missing(&command, &it))?;
    let mut text = Vec::new();
    match stream {
        Stream::Output => copy(child.stdout.take(), std::io::stdout(), &mut text),
        Stream::Errors => copy(child.stderr.take(), std::io::stderr(), &mut text),
    }
    let status = child.wait().map_err(|it| missing(&command, &it))?;
    Ok((status.success(), plain(&String::from_utf8_lossy(&text))))
}

fn copy(from: Option<impl Read>, mut to: impl Write, kept: &mut Vec<u8>) {
    let Some(mut from) = from else { return };
    let mut block = [0; 4096];
    while let Ok(length) = from.read(&mut block) {
        if length == 0 {
            break;
        }
        let _ = to.write_all(&block[..length]).and_then(|()| to.flush());
        kept.extend_from_slice(&block[..length]);
    }
}

/// The output of a program that answers a question; `None` if it fails or is not there.
pub fn ask(program: &str, arguments: &[&str]) -> Option<String> {
    let output = command(program, arguments).stderr(Stdio::null()).output().ok()?;
    let text = String::from_utf8_lossy(&output.stdout).trim_end().to_owned();
    output.status.success().then_some(text)
}

/// Whether a program of this name is on the path.
pub fn has(program: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).any(|folder| folder.join(program).is_file())
}

/// Whether this runs as root.
pub fn is_root() -> bool {
    ask("id", &["-u"]).as_deref() == Some("0")
}

/// The text without terminal colours.
fn plain(text: &str) -> String {
    let mut rest = text;
    let mut kept = String::new();
    while let Some((before, after)) = rest.split_once('\u{1b}') {
        kept.push_str(before);
        rest = after.find(|it: char| it.is_ascii_alphabetic()).map_or("", |end| &after[end + 1..]);
    }
    kept + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_taken_off() {
        for (text, expected) in [
            ("plain", "plain"),
            ("\u{1b}[32;1m3 passed\u{1b}[0m, then", "3 passed, then"),
            ("cut \u{1b}[3", "cut "),
        ] {
            assert_eq!(plain(text), expected);
        }
    }
}
