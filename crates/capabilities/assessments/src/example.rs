//! Two invented assessments of an invented commune, a year apart. **Nobody held these meetings.**

use journal::{Audience, Draft};
use kernel::Date;

use crate::SAVED;
use crate::assessment::{Content, Decided, Group, Mark, Saved};

/// The shipped example cannot be told. A test tells it, so a released program never says this.
#[derive(Debug, thiserror::Error)]
pub enum ExampleError {
    /// The grid.
    #[error(transparent)]
    Grid(#[from] crate::GridError),
    /// The facts.
    #[error(transparent)]
    Json(#[from] serde_json::Error),
    /// A day.
    #[error("a day of the example is none")]
    Day,
}

/// The levels of the first meeting and of the second, in the order of the grid; 0 stands for a
/// criterion that was not discussed.
const LEVELS: [[u8; 15]; 2] =
    [[2, 2, 1, 3, 2, 2, 1, 2, 2, 3, 2, 1, 2, 2, 0], [3, 2, 2, 3, 2, 2, 2, 1, 3, 3, 3, 2, 2, 3, 2]];

/// The two meetings, as facts. They are local, as all shipped content.
///
/// # Errors
///
/// If the shipped grid cannot be used.
pub fn example(now_millis: i64) -> Result<Vec<Draft>, ExampleError> {
    let Some(grid) = crate::grids()?.first() else { return Ok(Vec::new()) };
    let day = |text: &str| text.parse::<Date>().map_err(|_| ExampleError::Day);
    let mut drafts = Vec::new();
    for (at, (held, due)) in
        [("2023-11-21", "2024-03-31"), ("2024-11-19", "2025-03-31")].into_iter().enumerate()
    {
        let mut content = Content {
            invented: true,
            closed: true,
            held: Some(day(held)?),
            ..Content::blank(grid)
        };
        for (group, women, men) in
            [("elus", 4, 9), ("agents", 1, 3), ("societe-civile", 7, 6), ("services", 1, 2)]
        {
            content.groups.insert(group.to_owned(), Group { women, men });
        }
        for (criterion, level) in grid.criteria().zip(LEVELS[at]) {
            let mark = match level {
                0 => Mark::default(),
                level => Mark {
                    level: Some(level),
                    evidence: "Exemple inventé\u{a0}: pièces vues pendant la réunion.".to_owned(),
                },
            };
            content.marks.insert(criterion.code.clone(), mark);
        }
        content.actions = vec![Decided {
            what: "Ouvrir un registre des recettes du marché (exemple inventé)".to_owned(),
            owner: "régisseur".to_owned(),
            due: Some(day(due)?),
        }];
        let saved = Saved { replaces: Vec::new(), content, day: day(held)? };
        drafts.push(Draft {
            audience: Audience::Local,
            scope: "EX-C1".to_owned(),
            person: "programme".to_owned(),
            office: "programme".to_owned(),
            reason: String::new(),
            kind: SAVED.to_owned(),
            subject: format!("exemple-{}", &held[..4]),
            payload: serde_json::to_vec(&saved)?,
            at_millis: now_millis,
        });
    }
    Ok(drafts)
}
