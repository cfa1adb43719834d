//! A dot plot: one row a place, one to four dots a row (women and men, before and after, planned
//! and done), joined by a line so that the gap is what the eye reads.

use kernel::Decimal;

use crate::bars::count;
use crate::frame::{BOLD, Frame, LEADING, LETTER, fitted, width_of};
use crate::scale::{Scale, real, ticks};
use crate::svg::{Role, Svg, number};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DotRow {
    /// Its name.
    pub label: String,
    /// One value a dot, in the order of the names; `None` is said in words.
    pub values: Vec<Option<Decimal>>,
}

const ROW: f64 = 26.0;

/// Draws the rows in the order given. `names` are written once, at the dots of the first row that
/// has them; the shape of each dot repeats what its colour says.
pub fn dots(frame: &Frame, unit: Option<&str>, names: &[String], rows: &[DotRow]) -> String {
    let wide = frame.wide();
    let above = wide < 480.0;
    let widest = rows.iter().map(|it| width_of(&it.label, LETTER)).fold(0.0, f64::max);
    let left = if above { 8.0 } else { widest.min(wide * 0.4) + 16.0 };
    let known = || rows.iter().flat_map(|it| &it.values).flatten().copied();
    let low = known().min().unwrap_or_default().min(Decimal::ZERO);
    let high = known().max().unwrap_or_default().max(Decimal::ZERO);
    let ticks = ticks(low, high, if wide < 480.0 { 3 } else { 5 });
    let bottom = ticks.first().copied().unwrap_or_default().min(low);
    let top = ticks.last().copied().unwrap_or_default().max(high);
    let end = top.max(bottom);
    let room = width_of(&frame.value(end, unit), LETTER) / 2.0 + 4.0;
    let scale = Scale::new(real(bottom), real(top), left, wide - room.min(wide * 0.3));
    let head = LEADING + 8.0;
    let row_height = if above { ROW + LEADING } else { ROW };
    let foot = head + row_height * count(rows.len());
    let mut svg = frame.open(foot + LEADING + 4.0, LETTER, false);
    frame.hatch(&mut svg);
    let mut free = f64::NEG_INFINITY;
    for tick in &ticks {
        let x = scale.at(real(*tick));
        svg.line(Role::Rule, (x, head - 4.0), (x, foot), 1.0);
        let text = frame.value(*tick, unit);
        let half = width_of(&text, LETTER) / 2.0;
        if x - half >= free {
            svg.word(Role::Soft, (x.max(half), foot + LEADING - 3.0), "middle", &text);
            free = x.max(half) + half + 6.0;
        }
    }
    naming(&mut svg, frame, &scale, names, rows);
    for (rank, row) in rows.iter().enumerate() {
        let y = head + row_height * count(rank) + row_height - ROW / 2.0;
        let label = (above, y, left);
        draw_row(&mut svg, frame, unit, &scale, label, names, row);
    }
    svg.finish()
}

/// Writes the names over the dots of the first row that has them all, pushed apart.
fn naming(svg: &mut Svg, frame: &Frame, scale: &Scale, names: &[String], rows: &[DotRow]) {
    let whole = rows
        .iter()
        .find(|row| (0..names.len()).all(|it| row.values.get(it).is_some_and(Option::is_some)));
    let place = |rank: usize| match whole.and_then(|row| row.values.get(rank).copied().flatten()) {
        Some(value) => scale.at(real(value)),
        None => scale.at(0.0) + 80.0 * count(rank),
    };
    let mut order: Vec<(f64, usize)> = (0..names.len()).map(|it| (place(it), it)).collect();
    order.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    // Names take the widths that they need, shared evenly if there is not room for all.
    let share = frame.wide() / count(names.len().max(1)) - 30.0;
    let texts: Vec<String> =
        order.iter().map(|it| fitted(&names[it.1], share.max(20.0), LETTER)).collect();
    let widths: Vec<f64> = texts.iter().map(|it| width_of(it, LETTER) * BOLD + 28.0).collect();
    let mut starts: Vec<f64> = Vec::new();
    let mut free = 0.0;
    for ((x, _), wide) in order.iter().zip(&widths) {
        let start = (x - wide / 2.0).max(free);
        free = start + wide;
        starts.push(start);
    }
    let mut limit = frame.wide();
    for (start, wide) in starts.iter_mut().zip(&widths).rev() {
        *start = start.min(limit - wide).max(0.0);
        limit = *start;
    }
    for (((_, rank), text), start) in order.iter().zip(&texts).zip(&starts) {
        dot(svg, *rank, start + 8.0, LETTER - 5.0);
        svg.start("text").role(Role::Series(*rank)).num("x", start + 17.0).num("y", LETTER);
        svg.attr("font-weight", "600").leaf("title", &names[*rank]).text(text).end();
    }
}

fn draw_row(
    svg: &mut Svg,
    frame: &Frame,
    unit: Option<&str>,
    scale: &Scale,
    (above, y, left): (bool, f64, f64),
    names: &[String],
    row: &DotRow,
) {
    svg.start("g").leaf("title", &told(frame, unit, names, row));
    if above {
        let label = fitted(&row.label, frame.wide(), LETTER);
        svg.word(Role::Text, (0.0, y - ROW / 2.0 - 1.0), "start", &label);
    } else {
        let label = fitted(&row.label, left - 16.0, LETTER);
        svg.word(Role::Text, (left - 16.0, y + 5.0), "end", &label);
    }
    let places: Vec<(usize, f64)> = row
        .values
        .iter()
        .enumerate()
        .filter_map(|(rank, it)| it.map(|value| (rank, scale.at(real(value)))))
        .collect();
    let low = places.iter().map(|it| it.1).fold(f64::INFINITY, f64::min);
    let high = places.iter().map(|it| it.1).fold(f64::NEG_INFINITY, f64::max);
    if places.len() > 1 {
        svg.line(Role::Hatch, (low, y), (high, y), 2.0);
    }
    for (rank, x) in &places {
        dot(svg, *rank, *x, y);
    }
    if places.is_empty() {
        svg.start("rect").attr("fill", &frame.hatching()).num("x", left).num("y", y - 7.0);
        svg.num("width", 36.0).num("height", 14.0).end();
        svg.word(Role::Soft, (left + 42.0, y + 5.0), "start", &frame.words.no_data);
    }
    svg.end();
}

/// Disc, ring, lozenge, square: told apart without colour.
fn dot(svg: &mut Svg, rank: usize, x: f64, y: f64) {
    match rank % 4 {
        0 => {
            svg.start("circle").role(Role::Series(rank)).num("cx", x).num("cy", y).num("r", 6.0);
        }
        1 => {
            svg.start("g").role(Role::Ground).start("circle").role(Role::Stroke(rank));
            svg.num("cx", x).num("cy", y).num("r", 5.0).num("stroke-width", 2.5).end();
        }
        2 => {
            let path = format!("M{} {}l7 7-7 7-7-7z", number(x), number(y - 7.0));
            svg.start("path").role(Role::Series(rank)).attr("d", &path);
        }
        _ => {
            svg.start("rect").role(Role::Series(rank)).num("x", x - 5.0).num("y", y - 5.0);
            svg.num("width", 10.0).num("height", 10.0);
        }
    }
    svg.end();
}

/// The row as one sentence for a pointer or a reader: `Kati : femmes 12 %, hommes 20 %`.
fn told(frame: &Frame, unit: Option<&str>, names: &[String], row: &DotRow) -> String {
    let parts: Vec<String> = names
        .iter()
        .enumerate()
        .map(|(rank, name)| {
            let value = row.values.get(rank).copied().flatten();
            format!("{name} {}", frame.told(value, unit))
        })
        .collect();
    frame.of(&row.label, &parts.join(", "))
}
