//! Several indicators, the units of a place side by side.

use askama::Template;
use web::{Chrome, Visit};

use super::choices::{Crumb, crumbs};
use super::{Cell, Choices, Scene};

#[derive(Template)]
#[template(path = "analysis/compare.html")]
pub(super) struct View {
    chrome: Chrome,
    choices: Choices,
    crumbs: Vec<Crumb>,
    kicker: String,
    title: String,
    lede: String,
    caption: String,
    provisional: bool,
    columns: Vec<Column>,
    rows: Vec<Line>,
    total: Line,
    files: [(&'static str, String); 3],
    withheld_note: String,
    stamp: String,
}

struct Column {
    href: String,
    name: String,
    unit: String,
}

struct Line {
    name: String,
    href: String,
    cells: Vec<Cell>,
}

impl View {
    pub(super) fn of(visit: &Visit, scene: &Scene, numbers: &[usize]) -> Self {
        let say = scene.say(visit);
        let codes: Vec<&str> = numbers
            .iter()
            .filter_map(|it| scene.indicator(*it).map(|it| it.code.as_str()))
            .collect();
        let land = &scene.sight.computed.land;
        let line = |unit: &str| Line {
            name: land.name(unit).to_owned(),
            href: scene.go(&codes, unit),
            cells: numbers.iter().map(|it| scene.cell(&say, *it, unit)).collect(),
        };
        let columns = numbers
            .iter()
            .filter_map(|it| scene.indicator(*it))
            .map(|it| Column {
                href: scene.go(&[it.code.as_str()], &scene.place),
                name: it.label.say(say.language).to_owned(),
                unit: say.unit(&it.unit),
            })
            .collect();
        let place = scene.name().to_owned();
        let title = say.with(
            "analysis-compare-title",
            &[("count", numbers.len().to_string()), ("place", place.clone())],
        );
        let children = land.children(&scene.place);
        Self {
            choices: Choices::of(&say, scene),
            crumbs: crumbs(scene),
            kicker: say.t("analysis-title"),
            lede: say.with(
                "analysis-compare-lede",
                &[
                    ("level", scene.child_level().word().to_owned()),
                    ("quarter", say.quarter(scene.quarter)),
                ],
            ),
            caption: say.with(
                "analysis-compare-caption",
                &[("place", place.clone()), ("quarter", say.quarter(scene.quarter))],
            ),
            provisional: scene.sight.provisional,
            columns,
            rows: children.iter().map(|it| line(it)).collect(),
            total: line(&scene.place),
            files: ["csv", "json", "xlsx"].map(|it| (it, scene.file(it))),
            withheld_note: scene.withheld_note(&say, numbers, &children),
            stamp: scene.stamp.told(&say),
            chrome: visit
                .chrome_titled(title.clone())
                .with_place(format!("{place} · {}", say.language.short_quarter(scene.quarter)))
                .with_invented(land.invented),
            title,
        }
    }
}
