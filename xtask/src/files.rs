//! The files of the project: what is committed or may be, never what was built or installed.

use std::fs;
use std::path::{Path, PathBuf};

use crate::shell;

/// Every file below this folder, in order.
pub fn under(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let is_folder = entry.file_type().is_ok_and(|it| it.is_dir());
            if is_folder { &mut folders } else { &mut found }.push(entry.path());
        }
    }
    found.sort();
    found
}

/// Whether a path ends with these letters.
pub fn ends(path: &Path, suffix: &str) -> bool {
    path.to_string_lossy().ends_with(suffix)
}

/// A text file of the project.
pub struct Text {
    /// From the root, with `/`.
    pub path: String,
    pub text: String,
}

impl Text {
    /// Whether the file exists for tests alone.
    pub fn is_test(&self) -> bool {
        let path = &self.path;
        let names = ["/tests.rs", "/testing.rs", ".test.mjs"];
        path.contains("/tests/") || names.iter().any(|it| path.ends_with(it))
    }

    /// The lines with their numbers, without the tests at the foot of a Rust file.
    pub fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        let foot = "#[cfg(test)]\nmod tests {";
        let kept = self.text.split(foot).next().unwrap_or_default();
        kept.lines().enumerate().map(|(index, line)| (index + 1, line))
    }
}

/// The text files that git follows or would; all but the usual leftovers where there is no git.
pub fn project() -> Vec<Text> {
    let root = shell::root();
    let git = ["ls-files", "-z", "--cached", "--others", "--exclude-standard"];
    let listed = shell::ask("git", &git).filter(|it| !it.is_empty());
    let mut paths: Vec<String> = match listed {
        Some(names) => names.split('\0').map(str::to_owned).collect(),
        None => {
            let relative = |it: &PathBuf| {
                it.strip_prefix(&root).unwrap_or(it).to_string_lossy().replace('\\', "/")
            };
            let leftover = |it: &String| {
                it.split('/').any(|part| matches!(part, ".git" | "node_modules" | "target"))
            };
            under(&root).iter().map(relative).filter(|it| !leftover(it)).collect()
        }
    };
    paths.sort();
    paths.dedup();
    // What is not UTF-8 is a picture or an archive; what is gone was deleted but not committed.
    let read = |path: String| {
        let text = fs::read_to_string(root.join(&path)).ok()?;
        Some(Text { path, text })
    };
    paths.into_iter().filter_map(read).collect()
}
