//! Lines over quarters. A missing quarter breaks the line: it is never drawn as zero, and the two
//! sides are never joined.

use kernel::{Decimal, Quarter};

use crate::bars::count;
use crate::frame::{BOLD, Frame, LEADING, LETTER, fitted, width_of};
use crate::scale::{Scale, real, ticks};
use crate::svg::{Role, Svg, number};

/// One line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Written at its right end, in its colour.
    pub label: String,
    /// Values by quarter, in any order. A quarter that is not here is missing, like `None`.
    pub points: Vec<(Quarter, Option<Decimal>)>,
}

/// Dashes tell lines apart without colour.
const DASHES: [&str; 6] = ["", "7 3", "2 3", "9 3 2 3", "4 2", "1 2"];
const TALL: f64 = 220.0;
const TOP: f64 = 12.0;
/// Longer spans are not drawn: a hundred years.
const LONGEST: usize = 400;

/// Draws the lines from the first to the last quarter given (at most the last hundred years).
///
/// `from_zero` starts the upright axis at zero, as counts need; rates may start higher. Quarters
/// without a value in any line are hatched.
pub fn lines(frame: &Frame, unit: Option<&str>, from_zero: bool, lines: &[Line]) -> String {
    drawn(frame, unit, from_zero, Step::Quarter, lines)
}

/// As [`lines`], from year to year: each point stands at the last quarter of its year.
pub fn yearly_lines(frame: &Frame, unit: Option<&str>, from_zero: bool, lines: &[Line]) -> String {
    drawn(frame, unit, from_zero, Step::Year, lines)
}

/// From one point to the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Quarter,
    Year,
}

impl Step {
    fn quarters(self) -> i32 {
        match self {
            Self::Quarter => 1,
            Self::Year => 4,
        }
    }
}

fn drawn(frame: &Frame, unit: Option<&str>, from_zero: bool, step: Step, lines: &[Line]) -> String {
    let chart = Chart::new(frame, unit, from_zero, step, lines);
    let mut svg = frame.open(TOP + TALL + LEADING * 2.0 + 4.0, LETTER, false);
    frame.hatch(&mut svg);
    chart.axes(&mut svg);
    chart.absences(&mut svg);
    for (rank, line) in chart.rows.iter().enumerate() {
        chart.line(&mut svg, rank, line);
    }
    chart.names(&mut svg, lines);
    svg.finish()
}

struct Chart<'a> {
    frame: &'a Frame,
    unit: Option<&'a str>,
    step: Step,
    quarters: Vec<Quarter>,
    /// One value a quarter.
    rows: Vec<Vec<Option<Decimal>>>,
    ticks: Vec<Decimal>,
    across: Scale,
    up: Scale,
    left: f64,
    right: f64,
}

impl<'a> Chart<'a> {
    fn new(
        frame: &'a Frame,
        unit: Option<&'a str>,
        from_zero: bool,
        step: Step,
        lines: &[Line],
    ) -> Self {
        let quarters = span(lines, step);
        let place = |it: Quarter| quarters.binary_search(&it).ok();
        let rows: Vec<Vec<Option<Decimal>>> = lines
            .iter()
            .map(|line| {
                let mut row = vec![None; quarters.len()];
                for (quarter, value) in &line.points {
                    if let Some(at) = place(*quarter) {
                        row[at] = *value;
                    }
                }
                row
            })
            .collect();
        let known = || rows.iter().flatten().flatten().copied();
        let zero = if from_zero { Some(Decimal::ZERO) } else { None };
        let low = known().chain(zero).min().unwrap_or_default();
        let high = known().chain(zero).max().unwrap_or_default();
        let ticks = ticks(low, high, 4);
        let bottom = ticks.first().copied().unwrap_or_default().min(low);
        let top = ticks.last().copied().unwrap_or_default().max(high);
        let wide = frame.wide();
        let marks = ticks.iter().map(|it| width_of(&frame.language.decimal(*it), LETTER));
        let left = (marks.fold(0.0, f64::max) + 8.0).min(wide * 0.3);
        let names = lines
            .iter()
            .zip(&rows)
            .map(|(line, row)| width_of(&ended(frame, unit, line, row), LETTER) * BOLD + 12.0);
        let right = wide - names.fold(0.0, f64::max).min(wide * 0.48);
        let last = count(quarters.len().saturating_sub(1));
        Self {
            frame,
            unit,
            step,
            across: Scale::new(0.0, last, left + 6.0, right - 6.0),
            up: Scale::new(real(bottom), real(top), TOP + TALL, TOP),
            quarters,
            rows,
            ticks,
            left,
            right,
        }
    }

    fn axes(&self, svg: &mut Svg) {
        for tick in &self.ticks {
            let y = self.up.at(real(*tick));
            svg.line(Role::Rule, (self.left, y), (self.right, y), 1.0);
            let text = self.frame.language.decimal(*tick);
            svg.word(Role::Soft, (self.left - 8.0, y + 5.0), "end", &text);
        }
        let step =
            if self.quarters.len() > 1 { self.across.at(1.0) - self.across.at(0.0) } else { 60.0 };
        let foot = TOP + TALL + LEADING;
        let mut free = 0.0;
        for (at, quarter) in self.quarters.iter().enumerate() {
            let x = self.across.at(count(at));
            if step >= 24.0 && self.step == Step::Quarter {
                let short = self.frame.language.short_quarter(*quarter);
                let short = short.split('\u{a0}').next().unwrap_or_default();
                svg.word(Role::Soft, (x, foot), "middle", short);
            }
            if quarter.number() == 1 || at == 0 || self.step == Step::Year {
                svg.line(Role::Rule, (x, TOP + TALL), (x, TOP + TALL + 5.0), 1.0);
                let below = step >= 24.0 && self.step == Step::Quarter;
                let y = if below { foot + LEADING } else { foot };
                // A year without room is left out rather than written over its neighbour.
                let half = width_of("2024", LETTER) / 2.0;
                if x - half >= free {
                    svg.word(Role::Text, (x, y), "middle", &quarter.year().to_string());
                    free = x + half + 6.0;
                }
            }
        }
    }

    fn absences(&self, svg: &mut Svg) {
        let absent = |at: usize| self.rows.iter().all(|row| row[at].is_none());
        let mut at = 0;
        while at < self.quarters.len() {
            let first = at;
            while at < self.quarters.len() && absent(at) {
                at += 1;
            }
            if first < at {
                let from = self.across.at(count(first) - 0.5).max(self.left);
                let to = self.across.at(count(at) - 0.5).min(self.right);
                svg.start("rect").attr("fill", &self.frame.hatching()).attr("opacity", "0.5");
                svg.num("x", from).num("y", TOP).num("width", (to - from).max(1.0));
                svg.num("height", TALL).leaf("title", &self.frame.words.no_data).end();
            }
            at += 1;
        }
    }

    fn line(&self, svg: &mut Svg, rank: usize, row: &[Option<Decimal>]) {
        let place =
            |at: usize, value: Decimal| (self.across.at(count(at)), self.up.at(real(value)));
        let mut path = String::new();
        let mut joined = false;
        for (at, value) in row.iter().enumerate() {
            if let Some(value) = value {
                let (x, y) = place(at, *value);
                path.push(if joined { 'L' } else { 'M' });
                path.push_str(&number(x));
                path.push(' ');
                path.push_str(&number(y));
            }
            joined = value.is_some();
        }
        svg.start("path").role(Role::Stroke(rank)).attr("d", &path).attr("fill", "none");
        svg.num("stroke-width", 2.2).attr("stroke-linejoin", "round");
        if !DASHES[rank % 6].is_empty() {
            svg.attr("stroke-dasharray", DASHES[rank % 6]);
        }
        svg.end();
        let crowded = row.len() > 24;
        for (at, value) in row.iter().enumerate() {
            let Some(value) = value else { continue };
            let around = |other: Option<usize>| {
                other.and_then(|it| row.get(it)).is_some_and(Option::is_some)
            };
            let alone = !around(at.checked_sub(1)) && !around(Some(at + 1));
            if crowded && !alone {
                continue;
            }
            let (x, y) = place(at, *value);
            svg.start("circle").role(Role::Series(rank)).num("cx", x).num("cy", y).num("r", 3.0);
            let told = self.frame.value(*value, self.unit);
            let when = match self.step {
                Step::Quarter => self.frame.language.short_quarter(self.quarters[at]),
                Step::Year => self.quarters[at].year().to_string(),
            };
            svg.leaf("title", &self.frame.of(&when, &told)).end();
        }
    }

    /// Each name at the height of its line's end; names that would touch are pushed apart.
    fn names(&self, svg: &mut Svg, lines: &[Line]) {
        let mut wanted: Vec<(f64, usize)> = self
            .rows
            .iter()
            .enumerate()
            .map(|(rank, row)| {
                let last = row.iter().rev().flatten().next().copied().unwrap_or_default();
                (self.up.at(real(last)), rank)
            })
            .collect();
        wanted.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        let mut floor = TOP;
        for it in &mut wanted {
            it.0 = it.0.max(floor);
            floor = it.0 + LEADING;
        }
        let mut ceiling = TOP + TALL + LEADING;
        for it in wanted.iter_mut().rev() {
            it.0 = it.0.min(ceiling);
            ceiling = it.0 - LEADING;
        }
        for (y, rank) in wanted {
            let whole = ended(self.frame, self.unit, &lines[rank], &self.rows[rank]);
            // A long name is cut rather than its value.
            let last = self.rows[rank].iter().rev().flatten().next().copied();
            let told = self.frame.told(last, self.unit);
            let room = (self.frame.wide() - self.right - 4.0) / BOLD;
            let name = fitted(&lines[rank].label, room - width_of(&told, LETTER) - 6.0, LETTER);
            let text = format!("{name} {told}");
            svg.start("text").role(Role::Series(rank)).num("x", self.right + 4.0);
            svg.num("y", y + 5.0).attr("font-weight", "600").leaf("title", &whole);
            svg.text(&text).end();
        }
    }
}

/// The name of a line with its last value, or the words for its absence.
fn ended(frame: &Frame, unit: Option<&str>, line: &Line, row: &[Option<Decimal>]) -> String {
    let last = row.iter().rev().flatten().next().copied();
    format!("{} {}", line.label, frame.told(last, unit))
}

/// Every step from the first to the last, with or without values.
fn span(lines: &[Line], step: Step) -> Vec<Quarter> {
    let all = || lines.iter().flat_map(|it| &it.points).map(|it| it.0);
    let (Some(first), Some(last)) = (all().min(), all().max()) else { return Vec::new() };
    let mut out = vec![last];
    let mut quarter = last;
    while first < quarter && out.len() < LONGEST {
        quarter = quarter.plus(-step.quarters());
        out.push(quarter);
    }
    out.reverse();
    out
}
