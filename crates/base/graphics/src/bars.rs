//! Horizontal bars, each with its name and its value written beside it. No axis is needed.

use kernel::Decimal;

use crate::frame::{Frame, LEADING, LETTER, fitted, width_of};
use crate::scale::{Scale, real};
use crate::svg::{Role, Svg};

/// One bar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bar {
    /// What it is about: a place, a year, an indicator.
    pub label: String,
    /// `None` is hatched: absent is not zero.
    pub value: Option<Decimal>,
    /// Some of those who should have answered did not: marked by a dot.
    pub incomplete: bool,
}

/// Draws the bars in the order given (alphabetical for places: no ranking in public views).
///
/// On a narrow frame each name stands above its bar; on a wide one, to its left. A line through
/// zero shows only when there are negative values.
pub fn bars(frame: &Frame, unit: Option<&str>, bars: &[Bar]) -> String {
    let layout = Layout::new(frame, unit, bars);
    let mut svg = frame.open(layout.height(bars.len()), LETTER, false);
    frame.hatch(&mut svg);
    for (rank, bar) in bars.iter().enumerate() {
        layout.draw(&mut svg, rank, bar);
    }
    if layout.zero > layout.left {
        let foot = layout.height(bars.len());
        svg.line(Role::Rule, (layout.zero, 0.0), (layout.zero, foot), 1.0);
    }
    svg.finish()
}

struct Layout<'a> {
    frame: &'a Frame,
    unit: Option<&'a str>,
    above: bool,
    left: f64,
    scale: Scale,
    zero: f64,
}

const THICK: f64 = 16.0;
const GAP: f64 = 6.0;

impl<'a> Layout<'a> {
    fn new(frame: &'a Frame, unit: Option<&'a str>, bars: &[Bar]) -> Self {
        let wide = frame.wide();
        let above = wide < 480.0;
        let widest = |texts: &mut dyn Iterator<Item = f64>| texts.fold(0.0, f64::max);
        let names = widest(&mut bars.iter().map(|it| width_of(&it.label, LETTER)));
        let left = if above { 0.0 } else { names.min(wide * 0.4) + 10.0 };
        let values =
            widest(&mut bars.iter().map(|it| width_of(&frame.told(it.value, unit), LETTER) + 16.0));
        let values = values.min(wide * 0.4);
        let known = || bars.iter().filter_map(|it| it.value).map(real);
        let low = known().fold(0.0, f64::min);
        let high = known().fold(0.0, f64::max);
        // A value is written beyond the end of its bar, so a negative one needs room on the left.
        let margin = if low < 0.0 { values } else { 0.0 };
        let right = if high > 0.0 || low >= 0.0 { values } else { 4.0 };
        let scale = Scale::new(low, high, left + margin, (wide - right).max(left + margin + 1.0));
        Self { frame, unit, above, left, zero: scale.at(0.0), scale }
    }

    fn row(&self) -> f64 {
        if self.above { LEADING + THICK + GAP + 4.0 } else { THICK + GAP + 2.0 }
    }

    fn height(&self, rows: usize) -> f64 {
        (self.row() * count(rows) + 2.0).max(LEADING)
    }

    fn draw(&self, svg: &mut Svg, rank: usize, bar: &Bar) {
        let frame = self.frame;
        let told = frame.told(bar.value, self.unit);
        let top = self.row() * count(rank) + if self.above { LEADING } else { 2.0 };
        let base = top + THICK * 0.5 + LETTER * 0.36;
        svg.start("g").leaf("title", &frame.of(&bar.label, &told));
        if self.above {
            let label = fitted(&bar.label, frame.wide(), LETTER);
            svg.word(Role::Text, (0.0, top - 5.0), "start", &label);
        } else {
            let label = fitted(&bar.label, self.left - 10.0, LETTER);
            svg.word(Role::Text, (self.left - 10.0, base), "end", &label);
        }
        let (end, toward_left) = match bar.value.map(real) {
            Some(value) => {
                let end = self.scale.at(value);
                svg.start("rect").role(Role::Bar).num("x", end.min(self.zero)).num("y", top);
                // A known zero keeps a thin line: it is a value, not an absence.
                svg.num("width", (end - self.zero).abs().max(1.5)).num("height", THICK).end();
                (end, value < 0.0)
            }
            None => {
                svg.start("rect").attr("fill", &frame.hatching()).num("x", self.zero);
                svg.num("y", top).num("width", 36.0).num("height", THICK).end();
                (self.zero + 36.0, false)
            }
        };
        let role = if bar.value.is_some() { Role::Text } else { Role::Soft };
        let (x, anchor) = if toward_left { (end - 6.0, "end") } else { (end + 6.0, "start") };
        svg.word(role, (x, base), anchor, &told);
        if bar.incomplete {
            let shift = width_of(&told, LETTER) + 5.0;
            let x = if toward_left { x - shift } else { x + shift };
            svg.start("circle").role(Role::Mark).num("cx", x).num("cy", base - LETTER * 0.36);
            svg.num("r", 2.5).leaf("title", &frame.words.incomplete).end();
        }
        svg.end();
    }
}

/// A count as a place needs it; pictures have few rows.
pub(crate) fn count(rows: usize) -> f64 {
    f64::from(u32::try_from(rows).unwrap_or(u32::MAX))
}
