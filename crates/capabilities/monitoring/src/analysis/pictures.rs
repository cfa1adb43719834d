//! The pictures of an indicator: bars of the units side by side, a line over the quarters, a map.

use graphics::{
    Area, Bar, Choropleth, ClassRow, Classes, Frame, Labels, Line, Paint, bars, choropleth, lines,
};
use kernel::{Decimal, Quarter};

use crate::questionnaire::{Indicator, Level};

use super::{Land, Say, finding};

/// A unit and what it shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its value, rounded; `None` if there is none or it may not be shown.
    pub value: Option<Decimal>,
    /// Some of those who should have answered did not.
    pub incomplete: bool,
}

/// A picture, with the words around it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// States the finding.
    pub title: String,
    /// What it shows, for those who cannot see it.
    pub description: String,
    /// The drawing.
    pub svg: String,
}

/// A map, with its table of classes and what must be said under it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mapped {
    /// The picture.
    pub picture: Picture,
    /// The classes; empty without values.
    pub classes: Vec<ClassRow>,
    /// The names of the units that are not drawn.
    pub undrawn: Vec<String>,
    /// Who drew the outlines, in sentences; that they are approximate, where they are.
    pub sources: Vec<String>,
}

/// Where and how large the pictures are.
#[derive(Clone, Copy, Debug)]
pub struct Canvas {
    /// In a page or alone in a document.
    pub paint: Paint,
    /// Units of width.
    pub width: u32,
}

fn frame(say: &Say<'_>, canvas: Canvas, id: &str, title: &str, description: &str) -> Frame {
    Frame {
        id: id.to_owned(),
        title: title.to_owned(),
        description: description.to_owned(),
        language: say.language,
        paint: canvas.paint,
        width: canvas.width,
        words: graphics::Words {
            no_data: say.t("analysis-none"),
            incomplete: say.t("analysis-incomplete"),
        },
    }
}

/// Bars of units side by side, in the order given.
pub fn side_by_side(
    say: &Say<'_>,
    canvas: Canvas,
    indicator: &Indicator,
    title: String,
    units: &[Shown],
) -> Picture {
    let name = indicator.label.say(say.language);
    let description = say.with("analysis-bars-text", &[("indicator", name.to_owned())]);
    let rows: Vec<Bar> = units
        .iter()
        .map(|it| Bar { label: it.name.clone(), value: it.value, incomplete: it.incomplete })
        .collect();
    let id = format!("bars-{}", indicator.code);
    let unit = say.unit(&indicator.unit);
    let svg = bars(&frame(say, canvas, &id, &title, &description), Some(&unit), &rows);
    Picture { title, description, svg }
}

/// A line over the quarters.
pub fn over_time(
    say: &Say<'_>,
    canvas: Canvas,
    indicator: &Indicator,
    place: &str,
    points: &[(Quarter, Option<Decimal>)],
) -> Picture {
    let title = finding::of_series(say, indicator, points);
    let name = indicator.label.say(say.language);
    let description = say
        .with("analysis-line-text", &[("indicator", name.to_owned()), ("place", place.to_owned())]);
    let id = format!("line-{}", indicator.code);
    let frame = frame(say, canvas, &id, &title, &description);
    // Beside the line stands its last value; the name of the only place would repeat the page's.
    let line = Line { label: String::new(), points: points.to_vec() };
    let unit = say.unit(&indicator.unit);
    let svg = lines(&frame, Some(&unit), true, &[line]);
    Picture { title, description, svg }
}

/// A map of units, or `None` if none of them has an outline.
pub fn map(
    say: &Say<'_>,
    canvas: Canvas,
    indicator: &Indicator,
    land: &Land,
    place: &str,
    units: &[Shown],
    href: &dyn Fn(&str) -> Option<String>,
) -> Option<Mapped> {
    let drawn: Vec<&Shown> =
        units.iter().filter(|it| land.outlines.contains_key(&it.code)).collect();
    if drawn.is_empty() {
        return None;
    }
    let level = drawn.first().and_then(|it| land.level(&it.code)).unwrap_or(Level::Commune);
    let parent = |code: &str| {
        let path = land.path(code);
        path.get(1).map(|it| (*it).to_owned())
    };
    let areas: Vec<Area> = drawn
        .iter()
        .map(|it| Area {
            code: land.outlines.get(&it.code).cloned().unwrap_or_default(),
            name: it.name.clone(),
            value: it.value,
            incomplete: it.incomplete,
            group: parent(&it.code),
            href: href(&it.code),
        })
        .collect();
    let values: Vec<Decimal> = drawn.iter().filter_map(|it| it.value).collect();
    let classes = Classes::quantiles(values.iter().copied(), 5);
    let context = land.outlines.get(place).map(String::as_str).or(Some("ML"));
    let labels = match areas.len() {
        0..=15 => Labels::NamesAndValues,
        16..=40 => Labels::Names,
        _ => Labels::None,
    };
    let title = finding::of_map(say, indicator, level.word(), &values);
    let name = indicator.label.say(say.language);
    let description = say.with("analysis-map-text", &[("indicator", name.to_owned())]);
    let unit = say.unit(&indicator.unit);
    let made = choropleth(
        &frame(say, canvas, &format!("map-{}", indicator.code), &title, &description),
        &Choropleth {
            outlines: &land.shapes,
            areas: &areas,
            classes: classes.as_ref(),
            unit: Some(&unit),
            context,
            labels,
        },
    );
    let undrawn = units
        .iter()
        .filter(|it| {
            let outline = land.outlines.get(&it.code);
            outline.is_none_or(|code| made.undrawn.contains(code))
        })
        .map(|it| it.name.clone())
        .collect();
    let sources =
        territory::map_sources(&made, |key, it| say.with(key, &[("source", it.to_owned())]));
    Some(Mapped {
        picture: Picture { title, description, svg: made.svg },
        classes: made.classes,
        undrawn,
        sources,
    })
}
