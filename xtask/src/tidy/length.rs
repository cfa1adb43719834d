//! Files in which a newcomer would lose the way.

use super::Finding;
use crate::files::Text;

const MOST_LINES: usize = 600;

/// The files of ours that are too long.
pub(super) fn check(project: &[Text]) -> Vec<Finding> {
    let kinds = [".rs", ".html", ".css", ".mjs", ".js"];
    let ours = project.iter().filter(|it| kinds.iter().any(|kind| it.path.ends_with(kind)));
    let long = ours.map(|it| (&it.path, it.text.lines().count())).filter(|it| it.1 > MOST_LINES);
    let say = |(path, lines)| {
        Finding::whole(format!("{path}: {lines} lines; which two ideas are in it?"))
    };
    long.map(say).collect()
}
