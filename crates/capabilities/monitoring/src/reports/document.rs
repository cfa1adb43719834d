//! What every report shares: its head, its sources, its code.

use documents::{Block, CheckCode, Document, Orientation};

use super::material::Material;
use crate::store::Stage;

/// A report from its blocks. `key` is the beginning of the keys of its kind and title.
///
/// Its date is that of the latest fact that it is made of, and its code is drawn from all that it
/// shows: the same facts give the same bytes.
pub(crate) fn finished(
    material: &Material<'_>,
    model: &str,
    key: &str,
    blocks: Vec<Block>,
) -> Document {
    let say = &material.say;
    let arguments = [("place", material.name().to_owned())];
    let first = if material.sight.computed.land.invented {
        format!("{} ", say.t("report-invented"))
    } else {
        String::new()
    };
    let mut document = Document {
        language: say.language,
        orientation: Orientation::Portrait,
        kind: say.t(&format!("{key}-kind")),
        title: say.with(&format!("{key}-title"), &arguments),
        subtitle: if material.sight.provisional {
            say.t("analysis-provisional-title")
        } else {
            say.t("report-published")
        },
        place: material.name().to_owned(),
        period: say.quarter(material.quarter),
        made_on: material.origin.day.unwrap_or(material.today),
        code: None,
        sources: vec![
            format!(
                "{first}{}",
                say.with(
                    "report-model",
                    &[
                        ("model", model.to_owned()),
                        ("mark", material.questionnaire.mark().to_owned())
                    ]
                )
            ),
            material.origin.told(say),
        ],
        blocks,
    };
    // `Debug` of the model writes every field in order; it is read by nobody but this hash.
    let hash = blake3::hash(format!("{document:?}").as_bytes());
    document.code = Some(CheckCode::of_hash(hash.as_bytes()));
    document
}

/// How far the quarter is, in words.
pub(crate) fn state_told(material: &Material<'_>) -> String {
    let say = &material.say;
    for (stage, key) in [
        (Stage::Published, "report-state-published"),
        (Stage::Validated, "report-state-validated"),
        (Stage::Closed, "report-state-closed"),
    ] {
        if let Some(it) = material.passed(stage) {
            return say.with(key, &[("day", say.language.long_date(it.day))]);
        }
    }
    say.t("report-state-open")
}
