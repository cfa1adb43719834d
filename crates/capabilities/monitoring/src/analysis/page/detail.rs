//! One indicator of one place: the figure and all that explains it.

use askama::Template;
use graphics::Paint;
use kernel::Decimal;
use web::{Chrome, Visit};

use crate::crosscheck::Beside;
use crate::questionnaire::Indicator;

use super::super::{
    Canvas, Definition, Mapped, Picture, Say, Shown, define, finding, map, over_time, side_by_side,
};
use super::choices::{Crumb, crumbs};
use super::{Cell, Choices, Scene, some_names};

/// Wide enough for nine quarters, narrow enough to be read on a telephone.
const WIDTH: u32 = 430;
/// More bars than this are no picture any more: the table and the map show them.
const MOST_BARS: usize = 40;
/// More bars than this would bury a map that says the same.
const MOST_BARS_BY_MAP: usize = 16;
/// More rows than this are left to the file.
const MOST_ROWS: usize = 120;

#[derive(Template)]
#[template(path = "analysis/detail.html")]
pub(super) struct View {
    pub(super) chrome: Chrome,
    choices: Choices,
    crumbs: Vec<Crumb>,
    kicker: String,
    title: String,
    lede: String,
    provisional: bool,
    withheld: bool,
    value: String,
    unit: String,
    moved: String,
    numerator: String,
    numerator_label: String,
    denominator: String,
    denominator_label: String,
    answered: u32,
    expected: u32,
    answered_label: String,
    missing: String,
    child_caption: String,
    child_heading: String,
    rows: Vec<Line>,
    total: Option<Line>,
    left_over: String,
    bars: Option<Picture>,
    line: Option<Picture>,
    points: Vec<(String, Cell)>,
    mapped: Option<MapView>,
    no_map: String,
    source: String,
    pub(super) others: Vec<Beside>,
    definition: Definition,
    files: [(&'static str, String); 3],
    print_href: String,
    before_heading: String,
    year_heading: String,
    withheld_note: String,
    stamp: String,
}

struct MapView {
    picture: Picture,
    classes: Vec<(String, String)>,
    undrawn: String,
    sources: Vec<String>,
}

struct Line {
    name: String,
    href: String,
    value: Cell,
    numerator: String,
    denominator: String,
    answered: String,
    before: String,
    year_before: String,
}

impl View {
    pub(super) fn of(visit: &Visit, scene: &Scene, number: usize) -> Self {
        let say = scene.say(visit);
        let questionnaire = scene.sight.computed.questionnaire();
        let indicator = &questionnaire.indicators()[number];
        let land = &scene.sight.computed.land;
        let place = scene.name().to_owned();
        let figure = scene.sight.figure(number, &scene.place).unwrap_or_default();
        let withheld = scene.sight.is_withheld(number, &scene.place);
        let definition = define(&say, questionnaire, indicator);
        let children = land.children(&scene.place);
        let below = land.below(&scene.place);
        let (year_before, moved) = scene.earlier(number, &scene.place, 4);
        let missing = scene.sight.computed.missing(number, &scene.place);
        let missing: Vec<&str> = missing.iter().map(|it| land.name(it)).collect();
        let canvas = Canvas { paint: Paint::Page, width: WIDTH };
        let points = scene.series.points(number, &scene.place);
        let collected_below =
            children.first().is_some_and(|it| scene.sight.computed.figure(number, it).is_some());
        let units = shown(scene, number, &children);
        let mapped = drawn(&say, scene, number, canvas);
        let most = if mapped.is_some() { MOST_BARS_BY_MAP } else { MOST_BARS };
        let bars = (collected_below && 1 < units.len() && units.len() <= most).then(|| {
            let title = finding::of_children(
                &say,
                indicator,
                &scene.sight.computed,
                number,
                &scene.place,
                &|it| scene.sight.value(number, it),
            );
            side_by_side(&say, canvas, indicator, title, &units)
        });
        let chrome = visit
            .chrome_titled(format!("{} – {place}", definition.name))
            .with_place(format!("{place} · {}", say.language.short_quarter(scene.quarter)))
            .with_invented(land.invented);
        let value = figure.rounded(indicator);
        Self {
            choices: Choices::of(&say, scene),
            crumbs: crumbs(scene),
            kicker: format!("{} · {}", say.sector(&indicator.sector), indicator.code),
            title: definition.name.clone(),
            lede: lede(&say, indicator, scene, value, year_before),
            provisional: scene.sight.provisional,
            withheld,
            value: say.bare(indicator, value),
            unit: if value.is_some() { say.unit(&indicator.unit) } else { String::new() },
            moved: moved
                .map(|it| {
                    let before = say.value(indicator, year_before);
                    say.with(&format!("analysis-moved-{}", it.word()), &[("before", before)])
                })
                .unwrap_or_default(),
            numerator: say.number(figure.numerator),
            numerator_label: definition.numerator.clone(),
            denominator: say.number(figure.denominator),
            denominator_label: definition.denominator.clone(),
            answered: figure.respondents,
            expected: figure.expected,
            answered_label: say.with(
                "analysis-units-answered",
                &[
                    ("level", indicator.level.word().to_owned()),
                    ("expected", figure.expected.to_string()),
                ],
            ),
            missing: some_names(&say, &missing),
            child_caption: say.with(
                "analysis-children-caption",
                &[
                    ("level", scene.child_level().word().to_owned()),
                    ("place", place.clone()),
                    ("quarter", say.quarter(scene.quarter)),
                ],
            ),
            child_heading: say.t(&format!("analysis-level-{}", scene.child_level().word())),
            rows: if collected_below {
                children.iter().take(MOST_ROWS).map(|it| line(&say, scene, number, it)).collect()
            } else {
                Vec::new()
            },
            total: collected_below.then(|| line(&say, scene, number, &scene.place)),
            left_over: left_over(&say, &below, &children),
            bars,
            line: (1 < points.iter().filter(|it| it.1.is_some()).count())
                .then(|| over_time(&say, canvas, indicator, &place, &points)),
            points: points
                .iter()
                .map(|(quarter, value)| {
                    let cell = Cell { text: say.bare(indicator, *value), absent: value.is_none() };
                    (say.language.short_quarter(*quarter), cell)
                })
                .collect(),
            no_map: if mapped.is_none() && 1 < children.len() && collected_below {
                say.with("analysis-no-map", &[("place", place.clone())])
            } else {
                String::new()
            },
            mapped,
            source: say.with(
                "analysis-figure-source",
                &[
                    ("indicator", definition.name.clone()),
                    ("quarter", say.language.short_quarter(scene.quarter)),
                    ("answered", say.respondents(indicator, &figure)),
                ],
            ),
            files: ["csv", "json", "xlsx"].map(|it| (it, scene.file(it))),
            print_href: scene.file("pdf"),
            before_heading: say.language.short_quarter(scene.quarter.plus(-1)),
            year_heading: say.language.short_quarter(scene.quarter.plus(-4)),
            withheld_note: scene.withheld_note(&say, &[number], &children),
            stamp: scene.stamp.told(&say),
            others: Vec::new(),
            definition,
            chrome,
        }
    }
}

/// The sentence under the title.
pub(crate) fn lede(
    say: &Say<'_>,
    indicator: &Indicator,
    scene: &Scene,
    value: Option<Decimal>,
    year_before: Option<Decimal>,
) -> String {
    let mut arguments = vec![
        ("place", scene.name().to_owned()),
        ("quarter", say.quarter(scene.quarter)),
        ("value", say.value(indicator, value)),
    ];
    match (value, year_before) {
        (None, _) => say.with("analysis-lede-none", &arguments),
        (Some(_), None) => say.with("analysis-lede-plain", &arguments),
        (Some(_), Some(before)) => {
            arguments.push(("before", say.value(indicator, Some(before))));
            say.with("analysis-lede-year", &arguments)
        }
    }
}

/// What some units show.
pub(crate) fn shown(scene: &Scene, number: usize, units: &[&str]) -> Vec<Shown> {
    let land = &scene.sight.computed.land;
    units
        .iter()
        .map(|code| Shown {
            code: (*code).to_owned(),
            name: land.name(code).to_owned(),
            value: scene.sight.value(number, code),
            incomplete: scene.sight.figure(number, code).is_some_and(|it| it.incomplete()),
        })
        .collect()
}

/// The map of the units under the place, or else of its communes.
pub(crate) fn mapped(
    say: &Say<'_>,
    scene: &Scene,
    number: usize,
    canvas: Canvas,
) -> Option<Mapped> {
    let indicator = scene.indicator(number)?;
    let land = &scene.sight.computed.land;
    let go = |code: &str| {
        (canvas.paint == Paint::Page).then(|| scene.go(&[indicator.code.as_str()], code))
    };
    let of = |units: &[&str]| {
        let collected = units.iter().any(|it| scene.sight.computed.figure(number, it).is_some());
        if !collected || units.len() < 2 {
            return None;
        }
        map(say, canvas, indicator, land, &scene.place, &shown(scene, number, units), &go)
    };
    of(&land.children(&scene.place)).or_else(|| of(&land.communes(&scene.place)))
}

fn drawn(say: &Say<'_>, scene: &Scene, number: usize, canvas: Canvas) -> Option<MapView> {
    let found = mapped(say, scene, number, canvas)?;
    let unit = scene.indicator(number).map(|it| say.unit(&it.unit)).unwrap_or_default();
    let classes = found
        .classes
        .iter()
        .map(|it| {
            let (from, to) = (say.language.decimal(it.from), say.language.decimal(it.to));
            let arguments = [("from", from), ("to", to), ("unit", unit.clone())];
            let key = if it.last { "analysis-class-last" } else { "analysis-class" };
            (say.with(key, &arguments), it.count.to_string())
        })
        .collect();
    let names: Vec<&str> = found.undrawn.iter().map(String::as_str).collect();
    Some(MapView {
        undrawn: some_names(say, &names),
        picture: found.picture,
        classes,
        sources: found.sources,
    })
}

fn line(say: &Say<'_>, scene: &Scene, number: usize, unit: &str) -> Line {
    let land = &scene.sight.computed.land;
    let code = scene.indicator(number).map_or("", |it| it.code.as_str());
    let figure = scene.sight.figure(number, unit);
    let part = |it: Option<Option<Decimal>>| match it {
        Some(value) => say.number(value),
        None => "–".to_owned(),
    };
    let earlier = |quarters: i32| {
        let (value, _) = scene.earlier(number, unit, quarters);
        scene.indicator(number).map(|it| say.bare(it, value)).unwrap_or_default()
    };
    Line {
        name: land.name(unit).to_owned(),
        href: scene.go(&[code], unit),
        value: scene.cell(say, number, unit),
        numerator: part(figure.map(|it| it.numerator)),
        denominator: part(figure.map(|it| it.denominator)),
        answered: figure.map(|it| it.respondents_text()).unwrap_or_default(),
        before: earlier(1),
        year_before: earlier(4),
    }
}

/// Who is under the place and in no row.
fn left_over(say: &Say<'_>, below: &[&str], children: &[&str]) -> String {
    let mut told = Vec::new();
    if children.len() < below.len() {
        let count = below.len() - children.len();
        told.push(say.with("analysis-left-over", &[("count", count.to_string())]));
    }
    if MOST_ROWS < children.len() {
        let arguments = [("shown", MOST_ROWS.to_string()), ("all", children.len().to_string())];
        told.push(say.with("analysis-more-rows", &arguments));
    }
    told.join(" ")
}
