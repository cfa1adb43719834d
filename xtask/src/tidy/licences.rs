//! The licences that our dependencies come under, and where they come from.
//!
//! `cargo deny` says it best; where it is not installed, the same list of `deny.toml` is held
//! against what cargo knows.

use std::collections::BTreeSet;
use std::fs;

use super::{Finding, judge};
use crate::report::{Counts, Failed, Outcome};
use crate::shell;

/// Checks with `cargo deny` if it is installed, else by ourselves.
pub(super) fn check() -> Outcome {
    if shell::has("cargo-deny") {
        // Not `advisories`: their database is fetched from the network at each run.
        let words = ["deny", "--locked", "check", "bans", "licenses", "sources"];
        let advice =
            "A dependency breaks deny.toml. Choose another, or add it there with a reason.";
        return shell::run(shell::cargo(&words), advice).map(|()| Counts::default());
    }
    println!("cargo-deny is not installed: the list of deny.toml is checked without it.");
    let read = |name: &str| {
        let text = fs::read_to_string(shell::root().join(name));
        text.map_err(|it| {
            Failed::told(format!("{name} cannot be read: {it}. Restore it from git."))
        })
    };
    let policy = read("deny.toml")?;
    let allowed = allowed(&policy);
    let mut found = foreign_sources(&read("Cargo.lock")?);
    let format = ["--prefix", "none", "--format", "{p}|{l}", "--edges", "normal,build,dev"];
    let words = [&["tree", "--locked", "--workspace", "--target", "all"], &format[..]].concat();
    let tree = shell::cargo(&words).output();
    let tree = tree.map_err(|it| Failed::told(format!("`cargo tree` cannot be started: {it}")))?;
    if !tree.status.success() {
        let why = String::from_utf8_lossy(&tree.stderr);
        return Err(Failed::told(format!("`cargo tree` failed:\n{why}")));
    }
    let tree = String::from_utf8_lossy(&tree.stdout);
    let lines: BTreeSet<&str> = tree.lines().map(|it| it.trim_end_matches(" (*)")).collect();
    for (package, licence) in lines.iter().filter_map(|it| it.split_once('|')) {
        if !accepts(licence, &allowed) {
            let named = if licence.is_empty() { "no licence" } else { licence };
            let name = package.split(" (").next().unwrap_or(package);
            found.push(Finding::whole(format!("{name}: {named} is not in deny.toml")));
        }
    }
    println!("{} packages, {} licences allowed.", lines.len(), allowed.len());
    judge(&found)
}

/// The `allow` list of `[licenses]`.
fn allowed(policy: &str) -> BTreeSet<String> {
    let section = policy.split("[licenses]").nth(1).unwrap_or_default();
    let list = section.split("allow = [").nth(1).unwrap_or_default();
    let list = list.split(']').next().unwrap_or_default();
    let line = |it: &str| it.split('"').nth(1).map(str::to_owned);
    list.lines().filter(|it| !it.trim_start().starts_with('#')).filter_map(line).collect()
}

/// Dependencies that do not come from a registry: they could change under us.
fn foreign_sources(lock: &str) -> Vec<Finding> {
    let sources = lock.lines().filter_map(|it| it.strip_prefix("source = \""));
    let foreign: BTreeSet<&str> = sources.filter(|it| !it.starts_with("registry+")).collect();
    let say = |it| Finding::whole(format!("Cargo.lock: `{it} is not a registry"));
    foreign.into_iter().map(say).collect()
}

/// Whether an SPDX expression can be met with these licences. The `/` of old manifests means `OR`.
fn accepts(expression: &str, allowed: &BTreeSet<String>) -> bool {
    let spaced = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut rest = words.as_slice();
    // What is left over, or missing, was not understood: refuse it.
    either(&mut rest, allowed) == Some(true) && rest.is_empty()
}

fn either(words: &mut &[&str], allowed: &BTreeSet<String>) -> Option<bool> {
    let mut met = both(words, allowed)?;
    while let ["OR", rest @ ..] = *words {
        *words = rest;
        met |= both(words, allowed)?;
    }
    Some(met)
}

fn both(words: &mut &[&str], allowed: &BTreeSet<String>) -> Option<bool> {
    let mut met = one(words, allowed)?;
    while let ["AND", rest @ ..] = *words {
        *words = rest;
        met &= one(words, allowed)?;
    }
    Some(met)
}

fn one(words: &mut &[&str], allowed: &BTreeSet<String>) -> Option<bool> {
    match *words {
        ["(", rest @ ..] => {
            *words = rest;
            let met = either(words, allowed)?;
            let [")", rest @ ..] = *words else { return None };
            *words = rest;
            Some(met)
        }
        [name, "WITH", exception, rest @ ..] => {
            *words = rest;
            Some(allowed.contains(&format!("{name} WITH {exception}")))
        }
        [name, rest @ ..] => {
            *words = rest;
            Some(allowed.contains(*name))
        }
        [] => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_expression_is_met_or_refused() {
        let allowed = ["MIT", "BSD-3-Clause", "Apache-2.0 WITH LLVM-exception"];
        let allowed = allowed.into_iter().map(String::from).collect();
        for (expression, expected) in [
            ("MIT", true),
            ("MIT OR GPL-3.0-only", true),
            ("GPL-3.0-only/MIT", true),
            ("MIT AND GPL-3.0-only", false),
            ("(MIT OR Apache-2.0) AND BSD-3-Clause", true),
            ("MIT OR Apache-2.0 AND GPL-3.0-only", true),
            ("Apache-2.0", false),
            ("Apache-2.0 WITH LLVM-exception", true),
            ("(MIT", false),
            ("MIT MIT", false),
            ("MIT OR", false),
            ("", false),
        ] {
            assert_eq!(accepts(expression, &allowed), expected, "{expression}");
        }
    }

    #[test]
    fn the_list_is_read_from_the_policy() {
        let policy =
            "[graph]\n[licenses]\nallow = [\n  # Ours.\n  \"EUPL-1.2\",\n  \"MIT\", # Most.\n]\n";
        let expected = ["EUPL-1.2".to_owned(), "MIT".to_owned()];
        assert_eq!(allowed(policy), expected.into());
        let lock =
            "source = \"registry+https://example.org\"\nsource = \"git+https://example.org\"\n";
        assert_eq!(foreign_sources(lock).len(), 1);
    }
}
