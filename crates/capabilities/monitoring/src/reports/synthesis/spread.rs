//! How the communes spread: least, quartiles, most. Never a mean of rates.

use documents::{Align, Block, Figure, Table};
use graphics::{DotRow, Frame, dots};
use kernel::Decimal;

use crate::reports::material::{Material, Measure};

/// Wide enough for the names of indicators beside the dots, in units of width.
const WIDE: u32 = 820;

/// What the drawing shows: where communes are furthest apart.
fn finding(material: &Material<'_>, rows: &[DotRow]) -> Option<String> {
    let say = &material.say;
    let between = |it: &DotRow| -> Option<(Decimal, Decimal, Decimal)> {
        let (low, high) = (it.values.first().copied()??, it.values.last().copied()??);
        Some((high.checked_sub(low)?, low, high))
    };
    let all = rows.iter().filter_map(|it| Some((between(it)?, it.label.as_str())));
    let widest = all.max_by_key(|it| it.0.0);
    // Where all stand together, nothing is furthest apart.
    let ((_, low, high), label) = widest.filter(|it| Decimal::ZERO < it.0.0)?;
    let arguments = [
        ("indicator", label.to_owned()),
        ("low", say.number(Some(low))),
        ("high", say.number(Some(high))),
    ];
    Some(say.with("report-gaps-finding", &arguments))
}

/// The drawing of the quartiles, then the whole as a table.
pub(super) fn blocks(material: &Material<'_>, codes: &[&str], communes: &[&str]) -> Vec<Block> {
    let say = &material.say;
    let mut table = Table::new(say.t("report-gaps-caption")).column(
        say.t("report-col-measure"),
        Align::Start,
        6,
    );
    for key in ["least", "quarter", "middle", "three-quarters", "most", "known"] {
        table = table.column(say.t(&format!("report-col-{key}")), Align::End, 2);
    }
    let mut rows = Vec::new();
    for it in codes.iter().filter_map(|it| material.measure(it)) {
        let mut values: Vec<Decimal> =
            communes.iter().filter_map(|unit| material.value(it, unit, 0)).collect();
        values.sort_unstable();
        let rank = |share: usize| {
            let at = (values.len().saturating_sub(1) * share + 2) / 4;
            values.get(at).copied()
        };
        let mut row = vec![material.label(it)];
        row.extend((0..=4).map(|share| say.number(rank(share))));
        row.push(format!("{}/{}", values.len(), communes.len()));
        table = table.row(row);
        if let Measure::Indicator(_, indicator) = it
            && indicator.unit.french == "%"
        {
            let label = indicator.label.say(say.language).to_owned();
            rows.push(DotRow { label, values: vec![rank(1), rank(2), rank(3)] });
        }
    }
    let mut blocks = Vec::new();
    if rows.iter().flat_map(|it| &it.values).any(Option::is_some) {
        let caption = finding(material, &rows).unwrap_or_else(|| say.t("report-gaps-figure"));
        let alternative = say.t("report-gaps-figure-text");
        let frame = Frame {
            id: "spread".to_owned(),
            title: caption.clone(),
            description: alternative.clone(),
            language: say.language,
            paint: material.canvas.paint,
            width: material.canvas.width.max(WIDE),
            words: graphics::Words {
                no_data: say.t("analysis-none"),
                incomplete: say.t("analysis-incomplete"),
            },
        };
        let names =
            ["quarter", "middle", "three-quarters"].map(|it| say.t(&format!("report-col-{it}")));
        let svg = dots(&frame, Some("%"), &names, &rows);
        blocks.push(Block::Figure(Figure { svg, caption, alternative, twin: None }));
    }
    blocks.push(Block::Table(table));
    blocks
}
