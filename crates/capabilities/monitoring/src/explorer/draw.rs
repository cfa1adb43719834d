//! The answer as pictures: bars, lines, dots, small multiples, maps. Each states what it shows and
//! has its numbers in the table of the page.

use graphics::{
    Area, Bar, Choropleth, Classes, DotRow, Frame, Labels, Line, Paint, Panel, Symbol, Symbols,
};
use kernel::{Decimal, Period, Quarter};

use crate::analysis::Say;

use super::answer::{Answer, Cell};
use super::asked::Shape;
use super::page::PAGE;
use super::{figures, told};

/// More than this is no picture any more.
const MOST_BARS: usize = 60;
const MOST_LINES: usize = 6;
const MOST_DOTS: usize = 4;
const MOST_PANELS: usize = 80;
const MOST_MAPS: usize = 4;
/// Pictures of so many measures at most, one under the other.
const MOST_PICTURES: usize = 6;

/// A picture and the words around it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Picture {
    pub(crate) id: String,
    /// States the finding.
    pub(crate) title: String,
    /// What it shows, for those who cannot see it.
    pub(crate) description: String,
    pub(crate) svg: String,
    /// What stands under it: measure, period, who answered; sources of outlines.
    pub(crate) notes: Vec<String>,
    /// The classes of a map: their limits, their counts.
    pub(crate) classes: Vec<(String, String)>,
}

struct Painter<'a> {
    say: &'a Say<'a>,
    answer: &'a Answer,
    paint: Paint,
}

/// The pictures of the answer in the shape that is asked for; none for a table, or where the
/// answer has too many or too few items for that shape.
pub(crate) fn pictures(say: &Say<'_>, answer: &Answer, on_page: bool) -> Vec<Picture> {
    in_shape(say, answer, answer.question.shape, on_page)
}

/// The pictures of the answer in a shape.
pub(crate) fn in_shape(
    say: &Say<'_>,
    answer: &Answer,
    shape: Shape,
    on_page: bool,
) -> Vec<Picture> {
    let paint = if on_page { Paint::Page } else { Paint::Alone };
    let painter = Painter { say, answer, paint };
    if answer.places.is_empty() || answer.periods.is_empty() {
        return Vec::new();
    }
    let measures = (0..answer.measures.len()).take(MOST_PICTURES);
    match shape {
        Shape::Table => Vec::new(),
        Shape::Bars => measures.filter_map(|it| painter.bars(it)).collect(),
        Shape::Lines => measures.filter_map(|it| painter.lines(it)).collect(),
        Shape::Dots => measures.filter_map(|it| painter.dots(it)).collect(),
        Shape::Multiples => measures.filter_map(|it| painter.multiples(it)).collect(),
        Shape::Map => painter.maps(false),
        Shape::Symbols => painter.maps(true),
    }
}

impl Painter<'_> {
    fn value(&self, place: usize, measure: usize, part: usize, at: usize) -> Option<Decimal> {
        self.cell(place, measure, part, at).value(&self.answer.indicators[measure])
    }

    fn cell(&self, place: usize, measure: usize, part: usize, at: usize) -> Cell {
        self.answer.cell(place, measure, part, at)
    }

    fn incomplete(&self, place: usize, measure: usize, at: usize) -> bool {
        self.cell(place, measure, 0, at).figure().is_some_and(|it| it.incomplete())
    }

    fn unit(&self, measure: usize) -> String {
        self.say.unit(&self.answer.indicators[measure].unit)
    }

    fn name(&self, measure: usize) -> String {
        self.answer.indicators[measure].label.say(self.say.language).to_owned()
    }

    fn frame(&self, id: &str, title: &str, description: &str, wide: u32) -> Frame {
        Frame {
            id: id.to_owned(),
            title: title.to_owned(),
            description: description.to_owned(),
            language: self.say.language,
            paint: self.paint,
            width: wide,
            words: graphics::Words {
                no_data: self.say.t("analysis-none"),
                incomplete: self.say.t("analysis-incomplete"),
            },
        }
    }

    /// Wide on paper; on a page narrow enough to be read on a telephone.
    fn wide(&self, on_paper: u32) -> u32 {
        match self.paint {
            Paint::Page => 430,
            Paint::Alone => on_paper,
        }
    }

    fn words(&self, measure: usize, kind: &str) -> (String, String, String) {
        let code = self.answer.measures[measure].code(&self.answer.questionnaire);
        let title = told::of_measure(self.say, self.answer, measure);
        let arguments =
            [("measure", self.name(measure)), ("places", told::places(self.say, self.answer))];
        let description = self.say.with(&format!("explorer-text-{kind}"), &arguments);
        (format!("{kind}-{code}-{measure}"), title, description)
    }

    /// What stands under a picture.
    fn note(&self, measure: usize, when: String) -> Vec<String> {
        vec![format!("{}, {when}.", told::measure(self.say, self.answer, measure))]
    }

    /// Places by name; parts, where there is one place; periods, where there is neither.
    fn bars(&self, measure: usize) -> Option<Picture> {
        let at = self.answer.last_period(measure);
        let places = self.places(measure, at);
        let bar = |label: String, place: usize, part: usize, at: usize| Bar {
            label,
            value: self.value(place, measure, part, at),
            incomplete: self.incomplete(place, measure, at),
        };
        let name = |it: usize| self.answer.places[it].name.clone();
        let single = self.answer.whole().or(places.first().copied());
        let mut when = told::long_period(self.say, self.answer.periods[at]);
        let rows: Vec<Bar> = if 1 < places.len() {
            places.iter().map(|it| bar(name(*it), *it, 0, at)).collect()
        } else if 1 < self.answer.parts.len() {
            (1..self.answer.parts.len())
                .filter(|part| {
                    self.cell(single.unwrap_or(0), measure, *part, at).figure().is_some()
                })
                .map(|part| {
                    bar(self.answer.parts[part].name.clone(), single.unwrap_or(0), part, at)
                })
                .collect()
        } else {
            when = told::span(self.say, self.answer);
            (0..self.answer.periods.len())
                .map(|it| {
                    bar(told::period(self.say, self.answer.periods[it]), single.unwrap_or(0), 0, it)
                })
                .collect()
        };
        if rows.is_empty() || MOST_BARS < rows.len() || rows.iter().all(|it| it.value.is_none()) {
            return None;
        }
        let (id, title, description) = self.words(measure, "bars");
        let unit = self.unit(measure);
        let frame = self.frame(&id, &title, &description, self.wide(640));
        let svg = graphics::bars(&frame, Some(&unit), &rows);
        let notes = self.note(measure, when);
        Some(Picture { id, title, description, svg, notes, classes: Vec::new() })
    }

    /// Single places at whose level the measure is collected.
    fn places(&self, measure: usize, at: usize) -> Vec<usize> {
        self.answer
            .single_places()
            .filter(|it| self.cell(*it, measure, 0, at) != Cell::NotCollected)
            .collect()
    }

    /// The quarter at which a period stands, if all periods are of one kind.
    fn steps(&self) -> Option<(Vec<Quarter>, bool)> {
        let years = self.answer.periods.iter().all(|it| matches!(it, Period::Year(_)));
        let quarters = self.answer.periods.iter().all(|it| matches!(it, Period::Quarter(_)));
        if !years && !quarters {
            return None;
        }
        let steps: Option<Vec<Quarter>> =
            self.answer.periods.iter().map(|it| figures::quarter_of(*it)).collect();
        Some((steps?, years))
    }

    fn lines(&self, measure: usize) -> Option<Picture> {
        let (steps, years) = self.steps().filter(|it| 1 < it.0.len())?;
        let at = self.answer.last_period(measure);
        let places = self.places(measure, at);
        let of = |label: String, place: usize, part: usize| Line {
            label,
            points: steps
                .iter()
                .enumerate()
                .map(|(at, step)| (*step, self.value(place, measure, part, at)))
                .collect(),
        };
        let name = |it: usize| self.answer.places[it].name.clone();
        let whole = self.answer.whole();
        let mut rows: Vec<Line> = Vec::new();
        if 1 < self.answer.parts.len() && (whole.is_some() || places.len() == 1) {
            let place = whole.or(places.first().copied())?;
            rows.extend(
                (1..self.answer.parts.len())
                    .map(|part| of(self.answer.parts[part].name.clone(), place, part)),
            );
        } else if places.len() <= MOST_LINES {
            rows.extend(places.iter().map(|it| of(name(*it), *it, 0)));
            if rows.len() < MOST_LINES {
                rows.extend(whole.map(|it| of(name(it), it, 0)));
            }
        } else {
            rows.extend(whole.map(|it| of(name(it), it, 0)));
        }
        rows.retain(|it| it.points.iter().any(|it| it.1.is_some()));
        if rows.is_empty() || MOST_LINES < rows.len() {
            return None;
        }
        let (id, title, description) = self.words(measure, "lines");
        let unit = self.unit(measure);
        let frame = self.frame(&id, &title, &description, self.wide(760));
        let draw = if years { graphics::yearly_lines } else { graphics::lines };
        let svg = draw(&frame, Some(&unit), true, &rows);
        let mut notes = self.note(measure, told::span(self.say, self.answer));
        if MOST_LINES < places.len() {
            notes.push(self.say.t("explorer-lines-many"));
        }
        Some(Picture { id, title, description, svg, notes, classes: Vec::new() })
    }

    /// The options of a split, or the first and the last period.
    fn dots(&self, measure: usize) -> Option<Picture> {
        let at = self.answer.last_period(measure);
        let places = self.places(measure, at);
        let places =
            if places.is_empty() { self.answer.whole().into_iter().collect() } else { places };
        let parts: Vec<usize> = (1..self.answer.parts.len()).collect();
        let first = (0..at)
            .find(|it| places.iter().any(|place| self.value(*place, measure, 0, *it).is_some()));
        let period = |it: usize| told::period(self.say, self.answer.periods[it]);
        let (names, spots): (Vec<String>, Vec<(usize, usize)>) = if !parts.is_empty() {
            let names = parts.iter().map(|it| self.answer.parts[*it].name.clone()).collect();
            (names, parts.iter().map(|it| (*it, at)).collect())
        } else if let Some(first) = first {
            (vec![period(first), period(at)], vec![(0, first), (0, at)])
        } else {
            (vec![period(at)], vec![(0, at)])
        };
        if MOST_DOTS < spots.len() || MOST_BARS < places.len() {
            return None;
        }
        let rows: Vec<DotRow> = places
            .iter()
            .map(|place| DotRow {
                label: self.answer.places[*place].name.clone(),
                values: spots.iter().map(|it| self.value(*place, measure, it.0, it.1)).collect(),
            })
            .collect();
        if rows.iter().all(|it| it.values.iter().all(Option::is_none)) {
            return None;
        }
        let (id, title, description) = self.words(measure, "dots");
        let unit = self.unit(measure);
        let frame = self.frame(&id, &title, &description, self.wide(640));
        let svg = graphics::dots(&frame, Some(&unit), &names, &rows);
        let notes = self.note(measure, told::span(self.say, self.answer));
        Some(Picture { id, title, description, svg, notes, classes: Vec::new() })
    }

    fn multiples(&self, measure: usize) -> Option<Picture> {
        let (steps, _) = self.steps().filter(|it| 1 < it.0.len())?;
        let at = self.answer.last_period(measure);
        let places = self.places(measure, at);
        if places.is_empty() || MOST_PANELS < places.len() {
            return None;
        }
        let panels: Vec<Panel> = places
            .iter()
            .map(|place| Panel {
                label: self.answer.places[*place].name.clone(),
                values: (0..steps.len()).map(|at| self.value(*place, measure, 0, at)).collect(),
                incomplete: self.incomplete(*place, measure, at),
            })
            .collect();
        if panels.iter().all(|it| it.values.iter().all(Option::is_none)) {
            return None;
        }
        let (id, title, description) = self.words(measure, "multiples");
        let unit = self.unit(measure);
        let first = told::period(self.say, *self.answer.periods.first()?);
        let last = told::period(self.say, *self.answer.periods.last()?);
        let frame = self.frame(&id, &title, &description, self.wide(760));
        let svg = graphics::multiples(&frame, Some(&unit), (&first, &last), &panels);
        let notes = self.note(measure, told::span(self.say, self.answer));
        Some(Picture { id, title, description, svg, notes, classes: Vec::new() })
    }

    /// One map a period, or one a measure where there is one period.
    fn maps(&self, circles: bool) -> Vec<Picture> {
        let answer = self.answer;
        let wanted: Vec<(usize, usize)> = if answer.measures.len() == 1 {
            let from = answer.periods.len().saturating_sub(MOST_MAPS);
            (from..answer.periods.len()).map(|at| (0, at)).collect()
        } else {
            (0..answer.measures.len().min(MOST_MAPS))
                .map(|it| (it, answer.last_period(it)))
                .collect()
        };
        let mut out = Vec::new();
        for (measure, at) in &wanted {
            let places: Vec<usize> = self
                .places(*measure, *at)
                .into_iter()
                .filter(|it| answer.land.outlines.contains_key(&answer.places[*it].code))
                .collect();
            if places.len() < 2 {
                continue;
            }
            // The same classes for all maps of a series.
            let all = wanted
                .iter()
                .filter(|it| it.0 == *measure)
                .flat_map(|it| places.iter().filter_map(|place| self.value(*place, it.0, 0, it.1)));
            let classes = Classes::quantiles(all, 5);
            let many = 1 < wanted.len();
            out.push(self.map(*measure, *at, &places, classes.as_ref(), (circles, many)));
        }
        out
    }

    fn map(
        &self,
        measure: usize,
        at: usize,
        places: &[usize],
        classes: Option<&Classes>,
        (circles, many): (bool, bool),
    ) -> Picture {
        let answer = self.answer;
        let land = &answer.land;
        let kind = if circles { "symbols" } else { "map" };
        let (id, _, description) = self.words(measure, kind);
        let id = format!("{id}-{at}");
        let title = self.map_title(measure, at, places);
        let unit = self.unit(measure);
        let frame = self.frame(&id, &title, &description, self.wide(if many { 430 } else { 640 }));
        let href = |place: usize| {
            let it = &answer.places[place];
            (self.paint == Paint::Page && it.below.is_some()).then(|| {
                let question = answer.question.with(|other| {
                    other.places = vec![it.code.clone()];
                    other.depth = super::asked::Depth::Children;
                });
                question.href(PAGE, &answer.questionnaire)
            })
        };
        let root = answer.question.places.first().map(String::as_str).unwrap_or_default();
        let context =
            land.outlines.get(root).or_else(|| land.outlines.get(&answer.root)).map(String::as_str);
        let code = |place: usize| land.outlines[&answer.places[place].code].clone();
        let made = if circles {
            let symbols: Vec<Symbol> = places
                .iter()
                .map(|it| Symbol {
                    code: code(*it),
                    name: answer.places[*it].name.clone(),
                    value: self.value(*it, measure, 0, at),
                    point: None,
                    href: href(*it),
                })
                .collect();
            let ground: Vec<String> = places.iter().map(|it| code(*it)).collect();
            graphics::symbols(
                &frame,
                &Symbols {
                    outlines: &land.shapes,
                    ground: &ground,
                    context,
                    symbols: &symbols,
                    unit: Some(&unit),
                    names: places.len() <= 25,
                },
            )
        } else {
            let areas: Vec<Area> = places
                .iter()
                .map(|it| Area {
                    code: code(*it),
                    name: answer.places[*it].name.clone(),
                    value: self.value(*it, measure, 0, at),
                    incomplete: self.incomplete(*it, measure, at),
                    group: land.path(&answer.places[*it].code).get(1).map(|it| (*it).to_owned()),
                    href: href(*it),
                })
                .collect();
            let labels = match (areas.len(), many) {
                (0..=15, _) => Labels::NamesAndValues,
                (16..=40, false) => Labels::Names,
                _ => Labels::None,
            };
            graphics::choropleth(
                &frame,
                &Choropleth {
                    outlines: &land.shapes,
                    areas: &areas,
                    classes,
                    unit: Some(&unit),
                    context,
                    labels,
                },
            )
        };
        let say = self.say;
        let mut notes = self.note(measure, told::long_period(say, answer.periods[at]));
        notes.extend(territory::map_sources(&made, |key, it| {
            say.with(key, &[("source", it.to_owned())])
        }));
        let undrawn: Vec<&str> = answer
            .single_places()
            .filter(|it| !places.contains(it))
            .map(|it| answer.places[it].name.as_str())
            .collect();
        if !undrawn.is_empty() {
            let names = crate::analysis::some_names(say, &undrawn);
            notes.push(format!("{} {names}.", say.t("analysis-undrawn")));
        }
        let classes = made
            .classes
            .iter()
            .map(|it| {
                let (from, to) = (say.language.decimal(it.from), say.language.decimal(it.to));
                let arguments = [("from", from), ("to", to), ("unit", unit.clone())];
                let key = if it.last { "analysis-class-last" } else { "analysis-class" };
                (say.with(key, &arguments), it.count.to_string())
            })
            .collect();
        Picture { id, title, description, svg: made.svg, notes, classes }
    }

    /// What one map shows: the span, and where the middle lies.
    fn map_title(&self, measure: usize, at: usize, places: &[usize]) -> String {
        let say = self.say;
        let indicator = &self.answer.indicators[measure];
        let values: Vec<Decimal> =
            places.iter().filter_map(|it| self.value(*it, measure, 0, at)).collect();
        let level = told::level_shown(self.answer).map_or("commune", |it| it.word());
        let told = crate::analysis::finding_of_map(say, indicator, level, &values);
        format!("{} – {told}", told::period(say, self.answer.periods[at]))
    }
}
