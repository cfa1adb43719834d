//! Words that have no place in the project: paths of one machine, addresses of one mirror.

use super::Finding;
use crate::files::Text;

/// Folders of a machine. Written apart so that this file does not hold them.
const FOLDERS: [&str; 3] = [concat!("/wo", "rk/"), concat!("/ro", "ot/"), concat!("/t", "mp/")];

/// Hosts of package registries: which of them serves a package is the reader's setting.
const HOSTS: [&str; 4] = [
    concat!("crates", ".io"),
    concat!("npm", "js."),
    concat!("pypi", ".org"),
    concat!("deb.", "debian"),
];

/// The places to mend.
pub(super) fn check(project: &[Text]) -> Vec<Finding> {
    let mut found = Vec::new();
    for file in project {
        // Cargo itself writes the name of its registry there.
        let host_allowed = file.path.ends_with("Cargo.lock");
        let npm_lock = file.path.ends_with("package-lock.json");
        for (number, line) in file.lines() {
            let mut say = |it: String| found.push(Finding::at(&file.path, number, it));
            for folder in FOLDERS.iter().filter(|it| !file.is_test() && is_path(line, it)) {
                say(format!("`{folder}` exists on one machine only; take the path from a setting"));
            }
            for host in HOSTS.iter().filter(|it| !host_allowed && line.contains(*it)) {
                say(format!("`{host}` names the host of a registry; name the package alone"));
            }
            if npm_lock && line.contains("\"resolved\"") {
                say("addresses are left out of this file; run npm where the `.npmrc` is".into());
            }
        }
    }
    found
}

/// Whether the line holds this folder as the beginning of a path, not in the midst of an address.
fn is_path(line: &str, folder: &str) -> bool {
    let before = |(at, _)| line[..at].chars().next_back();
    line.match_indices(folder).any(|it| before(it).is_none_or(|c| !c.is_alphanumeric() && c != '.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines_found(path: &str, text: &str) -> usize {
        check(&[Text { path: path.into(), text: text.into() }]).len()
    }

    #[test]
    fn machine_paths_and_hosts_are_found() {
        let scratch = concat!("open(\"/t", "mp/x\")\n");
        let host = concat!("see npm", "js.com\n");
        for (path, text, expected) in [
            ("crates/a/src/lib.rs", scratch, 1),
            ("crates/a/tests/it.rs", scratch, 0),
            ("crates/a/src/lib.rs", concat!("https://example.org/t", "mp/x"), 0),
            ("README.md", host, 1),
            ("browser/package-lock.json", "\"resolved\": \"\"", 1),
            ("README.md", "\"resolved\": \"\"", 0),
        ] {
            assert_eq!(lines_found(path, text), expected, "{path}: {text}");
        }
    }
}
