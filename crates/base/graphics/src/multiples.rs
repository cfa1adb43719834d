//! Small multiples: one small line a place, all on one scale, so that many courses are compared at
//! a glance without crossing each other.

use kernel::Decimal;

use crate::bars::count;
use crate::frame::{BOLD, Frame, LEADING, LETTER, fitted, width_of};
use crate::scale::{Scale, real};
use crate::svg::{Role, Svg, number};

/// One small chart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Panel {
    /// Its name.
    pub label: String,
    /// One value a step; `None` breaks the line and is hatched.
    pub values: Vec<Option<Decimal>>,
    /// Some of those who should have answered did not: marked by a dot.
    pub incomplete: bool,
}

/// The height of the line's room.
const TALL: f64 = 46.0;
/// From one panel to the next.
const GAP: f64 = 22.0;
/// A panel is at least so wide.
const NARROWEST: f64 = 130.0;

/// Draws the panels in the order given (alphabetical for places). `steps` are the words of the
/// first and the last step, written once.
pub fn multiples(
    frame: &Frame,
    unit: Option<&str>,
    steps: (&str, &str),
    panels: &[Panel],
) -> String {
    let wide = frame.wide();
    let across =
        ((wide + GAP) / (NARROWEST + GAP)).floor().max(1.0).min(count(panels.len().max(1)));
    let room = (wide - GAP * (across - 1.0)) / across;
    let known = || panels.iter().flat_map(|it| &it.values).flatten().copied().map(real);
    let low = known().fold(0.0, f64::min);
    let high = known().fold(0.0, f64::max);
    let head = LEADING + 6.0;
    let tall = LEADING + TALL + GAP;
    let rows = (count(panels.len()) / across).ceil();
    let mut svg = frame.open(head + tall * rows, LETTER, false);
    frame.hatch(&mut svg);
    // The scale, once: it is that of all.
    let most = panels.iter().flat_map(|it| &it.values).flatten().max().copied();
    let told = most.map_or_else(|| frame.words.no_data.clone(), |it| frame.value(it, unit));
    svg.word(Role::Soft, (0.0, LETTER), "start", &format!("{} – {}", steps.0, steps.1));
    if wide > 360.0 {
        svg.word(Role::Soft, (wide, LETTER), "end", &format!("0 – {told}"));
    }
    for (rank, panel) in panels.iter().enumerate() {
        let row = (count(rank) / across).floor();
        let place = Place {
            x: (count(rank) - row * across) * (room + GAP),
            y: head + row * tall,
            wide: room,
        };
        draw(&mut svg, frame, unit, &place, (low, high), panel);
    }
    svg.finish()
}

struct Place {
    x: f64,
    y: f64,
    wide: f64,
}

fn draw(
    svg: &mut Svg,
    frame: &Frame,
    unit: Option<&str>,
    place: &Place,
    (low, high): (f64, f64),
    panel: &Panel,
) {
    let last = panel.values.iter().rev().flatten().next().copied();
    let told = frame.told(last, unit);
    let value_room = width_of(&told, LETTER) * BOLD;
    let label = fitted(&panel.label, (place.wide - value_room - 10.0).max(30.0), LETTER);
    svg.start("g").leaf("title", &frame.of(&panel.label, &told));
    svg.word(Role::Text, (place.x, place.y + LETTER), "start", &label);
    if panel.incomplete {
        let x = place.x + width_of(&label, LETTER) + 5.0;
        svg.start("circle").role(Role::Mark).num("cx", x).num("cy", place.y + LETTER - 5.0);
        svg.num("r", 2.5).leaf("title", &frame.words.incomplete).end();
    }
    let role = if last.is_some() { Role::Series(0) } else { Role::Soft };
    svg.start("text").role(role).num("x", place.x + place.wide).num("y", place.y + LETTER);
    svg.attr("text-anchor", "end").attr("font-weight", "600").text(&told).end();
    let top = place.y + LEADING + 2.0;
    let foot = top + TALL;
    let steps = count(panel.values.len().saturating_sub(1)).max(1.0);
    let across = Scale::new(0.0, steps, place.x + 3.0, place.x + place.wide - 3.0);
    let up = Scale::new(low, if high > low { high } else { low + 1.0 }, foot, top);
    let half = (across.at(1.0) - across.at(0.0)) / 2.0;
    for (at, _) in panel.values.iter().enumerate().filter(|it| it.1.is_none()) {
        let from = (across.at(count(at)) - half).max(place.x);
        let to = (across.at(count(at)) + half).min(place.x + place.wide);
        svg.start("rect").attr("fill", &frame.hatching()).attr("opacity", "0.5");
        svg.num("x", from).num("y", top).num("width", (to - from).max(2.0)).num("height", TALL);
        svg.end();
    }
    let base = up.at(0.0);
    svg.line(Role::Rule, (place.x, base), (place.x + place.wide, base), 1.0);
    let mut path = String::new();
    let mut joined = false;
    for (at, value) in panel.values.iter().enumerate() {
        if let Some(value) = value {
            path.push(if joined { 'L' } else { 'M' });
            path.push_str(&number(across.at(count(at))));
            path.push(' ');
            path.push_str(&number(up.at(real(*value))));
        }
        joined = value.is_some();
    }
    if !path.is_empty() {
        svg.start("path").role(Role::Stroke(0)).attr("d", &path).attr("fill", "none");
        svg.num("stroke-width", 2.0).attr("stroke-linejoin", "round").end();
    }
    if let Some((at, value)) =
        panel.values.iter().enumerate().rev().find_map(|it| Some((it.0, (*it.1)?)))
    {
        svg.start("circle").role(Role::Series(0)).num("cx", across.at(count(at)));
        svg.num("cy", up.at(real(value))).num("r", 3.0).end();
    }
    svg.end();
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Paint;
    use kernel::Language;

    #[test]
    fn absence_breaks_the_line_and_is_hatched() {
        let frame = Frame {
            id: "m".to_owned(),
            title: "Titre".to_owned(),
            description: "Texte".to_owned(),
            language: Language::French,
            paint: Paint::Alone,
            width: 430,
            words: crate::Words { no_data: "n.d.".to_owned(), incomplete: "incomplet".to_owned() },
        };
        let one = |it: i64| Some(Decimal::from(it));
        let panels = [
            Panel {
                label: "Kati".to_owned(),
                values: vec![one(1), None, one(3)],
                incomplete: true,
            },
            Panel { label: "Safo".to_owned(), values: vec![None, None, None], incomplete: false },
        ];
        let svg = multiples(&frame, Some("%"), ("T1", "T3"), &panels);
        assert_eq!(svg.matches("opacity=\"0.5\"").count(), 4);
        assert_eq!(svg.matches("<path").count() - 1, 1, "one line, in two pieces: {svg}");
        assert!(svg.contains("incomplet") && svg.contains("n.d."));
        assert!(!svg.contains("NaN"));
        assert!(multiples(&frame, None, ("", ""), &[]).starts_with("<svg"));
    }
}
