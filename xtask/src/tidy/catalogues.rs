//! The catalogues: the same keys in both languages, and no key in the code that none defines.

use std::collections::{BTreeMap, BTreeSet};

use super::{Finding, typography};
use crate::files::Text;

/// One message of a catalogue.
#[derive(Debug, PartialEq, Eq)]
struct Entry<'a> {
    key: &'a str,
    line: usize,
    text: String,
}

/// The places to mend.
pub(super) fn check(project: &[Text]) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut places: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for french in project.iter().filter(|it| is_catalogue(it, "fr.ftl")) {
        let stem = french.path.trim_end_matches("fr.ftl");
        let other = format!("{stem}en.ftl");
        let Some(english) = project.iter().find(|it| it.path == other) else {
            found.push(Finding::whole(format!("{}: {other} is missing beside it", french.path)));
            continue;
        };
        let ours = read(french, &mut found);
        let theirs = read(english, &mut found);
        for entry in &ours {
            places.entry(entry.key).or_default().push(format!("{}:{}", french.path, entry.line));
            let faults = typography::faults(&entry.text);
            found.extend(faults.iter().map(|it| Finding::at(&french.path, entry.line, it)));
        }
        compare((french, &ours), (english, &theirs), &mut found);
        compare((english, &theirs), (french, &ours), &mut found);
    }
    for english in project.iter().filter(|it| is_catalogue(it, "en.ftl")) {
        let source = format!("{}fr.ftl", english.path.trim_end_matches("en.ftl"));
        if !project.iter().any(|it| it.path == source) {
            found.push(Finding::whole(format!("{}: {source} is missing beside it", english.path)));
        }
    }
    for (key, at) in places.iter().filter(|it| it.1.len() > 1) {
        found.push(Finding::whole(format!(
            "`{key}` is defined {} times: {}",
            at.len(),
            at.join(", ")
        )));
    }
    let known: BTreeSet<&str> = places.into_keys().collect();
    for file in project.iter().filter(|it| speaks(it)) {
        for (line, text) in file.lines() {
            for key in keys_used(text).into_iter().filter(|it| !known.contains(it)) {
                found.push(Finding::at(&file.path, line, format!("no catalogue defines `{key}`")));
            }
        }
    }
    found
}

fn is_catalogue(file: &Text, name: &str) -> bool {
    // `fr.ftl`, or `engine.fr.ftl` where a crate has several.
    let before = file.path.strip_suffix(name);
    file.path.starts_with("crates/") && before.is_some_and(|it| it.ends_with(['/', '.']))
}

fn speaks(file: &Text) -> bool {
    let path = &file.path;
    path.starts_with("crates/")
        && !file.is_test()
        && (path.ends_with(".rs") || path.ends_with(".html"))
}

fn read<'a>(file: &'a Text, found: &mut Vec<Finding>) -> Vec<Entry<'a>> {
    let mut entries: Vec<Entry<'a>> = Vec::new();
    for (line, text) in file.text.lines().enumerate().map(|(it, text)| (it + 1, text)) {
        if text.trim().is_empty() || text.starts_with('#') {
            continue;
        }
        // The rest of a message is indented; its last brace may stand alone.
        if text.starts_with([' ', '}']) {
            if let Some(last) = entries.last_mut() {
                last.text.push('\n');
                last.text.push_str(text);
            }
            continue;
        }
        match text.split_once('=').map(|(key, value)| (key.trim(), value.trim())) {
            Some((key, value)) if is_key(key.trim_start_matches('-')) => {
                entries.push(Entry { key, line, text: value.to_owned() });
            }
            _ => found.push(Finding::at(
                &file.path,
                line,
                "this line is no message; is it indented?",
            )),
        }
    }
    entries
}

fn is_key(text: &str) -> bool {
    let fits = |it: char| it.is_ascii_alphanumeric() || it == '-';
    text.starts_with(|it: char| it.is_ascii_lowercase()) && text.chars().all(fits)
}

/// What one catalogue has and the other lacks.
fn compare(one: (&Text, &[Entry<'_>]), other: (&Text, &[Entry<'_>]), found: &mut Vec<Finding>) {
    for entry in one.1 {
        let Some(twin) = other.1.iter().find(|it| it.key == entry.key) else {
            let sentence = format!("`{}` is missing in {}", entry.key, other.0.path);
            found.push(Finding::at(&one.0.path, entry.line, sentence));
            continue;
        };
        // A language may say less than the other, but it cannot say what it is not given.
        for variable in variables(&twin.text).difference(&variables(&entry.text)) {
            if one.0.path.ends_with("fr.ftl") {
                let sentence = format!("`{}` uses ${variable}, which French does not", twin.key);
                found.push(Finding::at(&other.0.path, twin.line, sentence));
            }
        }
    }
}

fn variables(text: &str) -> BTreeSet<&str> {
    let name = |it: &'_ str| it.find(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '_');
    text.split('$').skip(1).map(|it| &it[..name(it).unwrap_or(it.len())]).collect()
}

/// The keys that a line names: `Message::new("…")`, `visit.chrome("…")`, `t("…")`, `t1("…", …)`. A key put together
/// while running is found by the browser journeys instead.
fn keys_used(line: &str) -> Vec<&str> {
    if line.trim_start().starts_with("//") {
        return Vec::new();
    }
    let mut keys = Vec::new();
    for (at, _) in line.match_indices("(\"") {
        let (before, after) = (&line[..at], &line[at + 2..]);
        let Some((key, _)) = after.split_once('"') else { continue };
        let name = before.trim_end_matches(|it: char| it.is_ascii_digit());
        let says = before.ends_with("Message::new") || before.ends_with(".chrome");
        let called_t = name.ends_with('t')
            && !name[..name.len() - 1].ends_with(|it: char| it.is_alphanumeric() || it == '_');
        if (says || called_t) && is_key(key) {
            keys.push(key);
        }
    }
    keys
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &str, text: &str) -> Text {
        Text { path: path.into(), text: text.into() }
    }

    #[test]
    fn keys_are_found_where_they_are_said() {
        for (line, expected) in [
            ("Self::Unknown => Message::new(\"register-unknown\"),", &["register-unknown"][..]),
            (
                "{{ chrome.t(\"nav-menu\") }} {{ t1(\"page-of\", \"n\", n) }}",
                &["nav-menu", "page-of"],
            ),
            ("list(\"nav-menu\"); assert(\"x-y\"); format(\"a-b\")", &[]),
            ("Message::new(\"Bad sentence\")", &[]),
            ("// Message::new(\"in-a-comment\")", &[]),
        ] {
            assert_eq!(keys_used(line), expected, "{line}");
        }
    }

    #[test]
    fn each_way_to_leave_a_raw_key_on_a_page_is_found() {
        let french = "# Mots\na-one = Un\na-two = { $n ->\n    [one] une\n   *[other] { $n }\n}\n";
        let english = "a-one = One\na-two = { $n } of { $all }\na-three = Three\nNot a message\n";
        let code =
            "chrome.t(\"a-one\"); chrome.t(\"a-four\")\n#[cfg(test)]\nmod tests {\n t(\"no\")";
        let project = [
            file("crates/a/src/fr.ftl", french),
            file("crates/a/src/en.ftl", english),
            file("crates/a/src/lib.rs", code),
            file("crates/b/src/fr.ftl", "b-one = Un\n"),
            file("crates/c/src/en.ftl", "c-one = One\n"),
            file("crates/d/src/fr.ftl", "a-one = Un\n"),
            file("crates/d/src/en.ftl", "a-one = One\n"),
        ];
        let told: Vec<String> = check(&project).into_iter().map(|it| it.0).collect();
        assert_eq!(
            told,
            [
                "crates/a/src/en.ftl:4: this line is no message; is it indented?",
                "crates/a/src/en.ftl:2: `a-two` uses $all, which French does not",
                "crates/a/src/en.ftl:3: `a-three` is missing in crates/a/src/fr.ftl",
                "crates/b/src/fr.ftl: crates/b/src/en.ftl is missing beside it",
                "crates/c/src/en.ftl: crates/c/src/fr.ftl is missing beside it",
                "`a-one` is defined 2 times: crates/a/src/fr.ftl:2, crates/d/src/fr.ftl:1",
                "crates/a/src/lib.rs:1: no catalogue defines `a-four`",
            ]
        );
    }
}
