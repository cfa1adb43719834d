//! The key of a map: a short list that stands in a free corner, or under the map.

use crate::bars::count;
use crate::classes::Classes;
use crate::frame::{Frame, LEADING, LETTER, width_of};
use crate::svg::{Role, Svg};

/// One line of the key.
pub(crate) enum Sign {
    Class(usize),
    Hatched,
    Dot,
    /// A circle of this radius.
    Circle(f64),
    /// A broken circle: below zero.
    Broken,
}

/// The lines of the key with their words.
pub(crate) struct Key {
    lines: Vec<(Sign, String)>,
}

impl Key {
    /// Classes from the lowest, then absence and incompleteness if the map has them.
    pub(crate) fn of_classes(
        frame: &Frame,
        classes: Option<&Classes>,
        unit: Option<&str>,
        absent: bool,
        incomplete: bool,
    ) -> Self {
        let mut lines = Vec::new();
        if let Some(classes) = classes {
            let limits = classes.limits();
            for (class, ends) in limits.windows(2).enumerate() {
                let (from, to) = (ends[0], ends[1]);
                let text = if from == to {
                    frame.value(from, unit)
                } else {
                    format!("{} – {}", frame.language.decimal(from), frame.value(to, unit))
                };
                lines.push((Sign::Class(classes.shade(class)), text));
            }
        }
        let mut key = Self { lines };
        key.marks(frame, absent, incomplete);
        key
    }

    /// Circles of these radii, then absence if the map has it.
    pub(crate) fn of_circles(frame: &Frame, circles: Vec<(f64, String)>, absent: bool) -> Self {
        let lines = circles.into_iter().map(|it| (Sign::Circle(it.0), it.1)).collect();
        let mut key = Self { lines };
        key.marks(frame, absent, false);
        key
    }

    /// Adds the sign of values below zero.
    pub(crate) fn below_zero(mut self, text: String) -> Self {
        self.lines.push((Sign::Broken, text));
        self
    }

    fn marks(&mut self, frame: &Frame, absent: bool, incomplete: bool) {
        if absent {
            self.lines.push((Sign::Hatched, frame.words.no_data.clone()));
        }
        if incomplete {
            self.lines.push((Sign::Dot, frame.words.incomplete.clone()));
        }
    }

    /// Half the width of the signs: the largest circle.
    fn reach(&self) -> f64 {
        self.lines.iter().fold(12.0, |most, it| match it.0 {
            Sign::Circle(radius) => f64::max(most, radius),
            _ => most,
        })
    }

    fn line_height(sign: &Sign) -> f64 {
        match sign {
            Sign::Circle(radius) => (2.0 * radius + 4.0).max(LEADING),
            _ => LEADING,
        }
    }

    /// Width and height.
    pub(crate) fn size(&self) -> (f64, f64) {
        let words = self.lines.iter().map(|it| width_of(&it.1, LETTER)).fold(0.0, f64::max);
        let tall: f64 = self.lines.iter().map(|it| Self::line_height(&it.0)).sum();
        let wide = if self.lines.is_empty() { 0.0 } else { 2.0 * self.reach() + 6.0 + words };
        (wide, tall + count(self.lines.len().min(1)) * 4.0)
    }

    pub(crate) fn draw(&self, svg: &mut Svg, frame: &Frame, (x, y): (f64, f64)) {
        let reach = self.reach();
        let middle = x + reach;
        let mut top = y;
        for (sign, text) in &self.lines {
            let tall = Self::line_height(sign);
            let level = top + tall / 2.0;
            match sign {
                Sign::Class(shade) => {
                    svg.start("rect").role(Role::Class(*shade)).num("x", middle - 11.0);
                    svg.num("y", level - 6.5).num("width", 22.0).num("height", 13.0).end();
                }
                Sign::Hatched => {
                    svg.start("rect").attr("fill", &frame.hatching()).num("x", middle - 11.0);
                    svg.num("y", level - 6.5).num("width", 22.0).num("height", 13.0).end();
                }
                Sign::Dot => {
                    svg.start("circle").role(Role::Mark).num("cx", middle).num("cy", level);
                    svg.num("r", 2.5).end();
                }
                Sign::Circle(radius) => {
                    svg.start("circle").role(Role::Symbol).num("cx", middle).num("cy", level);
                    svg.num("r", *radius).attr("fill-opacity", "0.8").end();
                }
                Sign::Broken => {
                    svg.start("circle").role(Role::Border).num("cx", middle).num("cy", level);
                    svg.num("r", 7.0).attr("fill", "none").attr("stroke-dasharray", "3 2").end();
                }
            }
            svg.word(Role::Text, (middle + reach + 6.0, level + 5.0), "start", text);
            top += tall;
        }
    }
}
