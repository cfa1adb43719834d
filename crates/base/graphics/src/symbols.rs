//! Proportional symbols: counts and amounts. The area of a circle is proportional to the value.

use kernel::Decimal;

use crate::frame::{BOLD, Frame, LETTER, width_of};
use crate::key::Key;
use crate::labels::{Room, spot};
use crate::map::{Ground, Map, Rim};
use crate::outlines::{Outlines, Point};
use crate::scale::{real, ticks};
use crate::svg::{Role, Svg};

/// One circle.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Symbol {
    /// The code of its place: its shape gives the position unless there is a point.
    pub code: String,
    /// Its name for people.
    pub name: String,
    /// `None` is a small hatched square; a known zero is a small ring; below zero the circle is
    /// only a broken line.
    pub value: Option<Decimal>,
    /// Where it stands; `None` is the middle of the shape.
    pub point: Option<Point>,
    /// Where it leads when it is clicked.
    pub href: Option<String>,
}

/// A map of proportional symbols.
#[derive(Clone, Debug)]
pub struct Symbols<'a> {
    /// The shapes.
    pub outlines: &'a Outlines,
    /// The codes of the areas of the ground; the picture is centred on them.
    pub ground: &'a [String],
    /// What lies behind and around.
    pub context: Option<&'a str>,
    /// The circles.
    pub symbols: &'a [Symbol],
    /// `partenariats`, `FCFA`.
    pub unit: Option<&'a str>,
    /// Writes the names beside the circles where there is room, the largest first.
    pub names: bool,
}

/// Draws the map. Symbols without a place are told in [`Map::undrawn`].
pub fn symbols(frame: &Frame, map: &Symbols<'_>) -> Map {
    let most = map.symbols.iter().filter_map(|it| it.value).map(|it| it.abs()).max();
    let most = most.unwrap_or_default();
    let greatest = frame.wide() * 0.036;
    let radius = |value: Decimal| match real(most) {
        top if top > 0.0 => (greatest * (real(value).abs() / top).sqrt()).max(2.0),
        _ => 2.0,
    };
    let absent = map.symbols.iter().any(|it| it.value.is_none());
    let mut key = Key::of_circles(frame, circles(frame, most, map.unit, radius), absent);
    if map.symbols.iter().filter_map(|it| it.value).any(|it| it < Decimal::ZERO) {
        key = key.below_zero("< 0".to_owned());
    }
    let codes: Vec<&str> =
        map.ground.iter().map(String::as_str).filter(|it| map.outlines.has(it)).collect();
    let ground = Ground::new(frame, map.outlines, &codes, map.context, key);
    let links = map.symbols.iter().any(|it| it.href.is_some());
    let mut svg = frame.open(ground.height, LETTER, links);
    frame.hatch(&mut svg);
    svg.start("g").attr("transform", "scale(.5)").attr("fill-rule", "evenodd");
    ground.context(&mut svg);
    svg.start("g").role(Role::Land);
    for rings in &ground.shaped.rings {
        svg.start("path").attr("d", &crate::map::path(rings)).end();
    }
    svg.end();
    ground.waters(&mut svg);
    let apart: Vec<String> = (0..codes.len()).map(|it| it.to_string()).collect();
    let apart: Vec<Option<&str>> = apart.iter().map(|it| Some(it.as_str())).collect();
    ground.borders(&mut svg, &apart);
    svg.end();
    let mut undrawn = Vec::new();
    let mut placed: Vec<(&Symbol, (f64, f64), f64)> = Vec::new();
    for symbol in map.symbols {
        match place(&ground, map.outlines, &codes, symbol) {
            Some(at) => {
                placed.push((symbol, at, symbol.value.map_or(4.0, radius)));
            }
            None => undrawn.push(symbol.code.clone()),
        }
    }
    // The largest first, so that a small circle is never hidden under a large one.
    placed.sort_by(|a, b| b.2.total_cmp(&a.2).then_with(|| a.0.code.cmp(&b.0.code)));
    for (symbol, at, radius) in &placed {
        draw(&mut svg, frame, map.unit, symbol, *at, *radius);
    }
    let circles: Vec<Room> = placed
        .iter()
        .map(|(_, (x, y), it)| Room { x: x - it, y: y - it, wide: 2.0 * it, tall: 2.0 * it })
        .collect();
    let mut taken: Vec<Room> = Vec::new();
    for (rank, (symbol, at, radius)) in placed.iter().enumerate() {
        let others = circles.iter().enumerate().filter(|it| it.0 != rank).map(|it| it.1);
        let others: Vec<Room> = others.chain(&taken).copied().collect();
        if let Some(room) = name(&mut svg, frame, map, symbol, *at, *radius, &others) {
            taken.push(room);
        }
    }
    ground.key.draw(&mut svg, frame, ground.key_at);
    let (approximate, credits) = (ground.approximate, ground.credits);
    Map { svg: svg.finish(), classes: Vec::new(), undrawn, approximate, credits }
}

/// Two or three circles of round values for the key.
fn circles(
    frame: &Frame,
    most: Decimal,
    unit: Option<&str>,
    radius: impl Fn(Decimal) -> f64,
) -> Vec<(f64, String)> {
    let marks = ticks(Decimal::ZERO, most, 8);
    let mut values: Vec<Decimal> =
        marks.into_iter().filter(|it| Decimal::ZERO < *it && *it <= most).collect();
    // A quarter of the value is half the radius: the pair shows how circles are to be read.
    let quarter = (values.len() / 4).saturating_sub(1);
    values = [values.get(quarter), values.last()].into_iter().flatten().copied().collect();
    values.dedup();
    values.into_iter().map(|it| (radius(it), frame.value(it, unit))).collect()
}

fn place(
    ground: &Ground,
    outlines: &Outlines,
    codes: &[&str],
    symbol: &Symbol,
) -> Option<(f64, f64)> {
    if let Some(point) = symbol.point {
        return Some(ground.place(point));
    }
    if let Some(rank) = codes.iter().position(|it| *it == symbol.code) {
        let spot = spot(&ground.shaped.rings[rank], 4.0);
        return Some((spot.x, spot.y));
    }
    let shape = outlines.shapes.get(&symbol.code)?;
    let rings: Vec<_> =
        shape.rings.iter().map(|ring| ring.iter().map(|it| ground.dot(*it)).collect()).collect();
    let spot = spot(&rings, 1.0);
    Some((spot.x, spot.y))
}

fn draw(
    svg: &mut Svg,
    frame: &Frame,
    unit: Option<&str>,
    symbol: &Symbol,
    (x, y): (f64, f64),
    radius: f64,
) {
    let told = frame.of(&symbol.name, &frame.told(symbol.value, unit));
    if let Some(href) = &symbol.href {
        svg.start("a").attr("href", href).attr("aria-label", &told);
    }
    match symbol.value {
        None => {
            svg.start("rect").attr("fill", &frame.hatching()).attr("stroke", "#8b8272");
            svg.num("x", x - 5.0).num("y", y - 5.0).num("width", 10.0).num("height", 10.0);
        }
        Some(value) if value.is_zero() => {
            svg.start("circle").role(Role::Border).num("cx", x).num("cy", y).num("r", 2.0);
            svg.attr("fill", "#ffffff");
        }
        Some(value) if value < Decimal::ZERO => {
            svg.start("circle").role(Role::Border).num("cx", x).num("cy", y).num("r", radius);
            svg.attr("fill", "#ffffff").attr("fill-opacity", "0.5");
            svg.attr("stroke-dasharray", "3 2");
        }
        Some(_) => {
            svg.start("circle").role(Role::Symbol).num("cx", x).num("cy", y).num("r", radius);
            svg.attr("fill-opacity", "0.8").attr("stroke", "#ffffff").num("stroke-width", 0.8);
        }
    }
    svg.leaf("title", &told).end();
    if symbol.href.is_some() {
        svg.end();
    }
}

/// Writes the value inside the circle if it fits there and the name beside it if that touches
/// nothing; tells where the name was written.
fn name(
    svg: &mut Svg,
    frame: &Frame,
    map: &Symbols<'_>,
    symbol: &Symbol,
    (x, y): (f64, f64),
    radius: f64,
    others: &[Room],
) -> Option<Room> {
    let value = symbol.value?;
    let number = frame.language.decimal(value);
    let free = |room: &Room| !others.iter().any(|it| it.meets(room));
    let inside = width_of(&number, LETTER) * BOLD + 3.0 <= radius * 2.0
        && value > Decimal::ZERO
        && free(&Room { x: x - 6.0, y: y - 6.0, wide: 12.0, tall: 12.0 });
    if inside {
        svg.start("text").num("x", x).num("y", y + 5.0).attr("text-anchor", "middle");
        svg.attr("fill", "#ffffff").attr("font-weight", "600").attr("pointer-events", "none");
        svg.text(&number).end();
    }
    if !map.names {
        return None;
    }
    let text = if inside { symbol.name.clone() } else { format!("{} {number}", symbol.name) };
    let wide = width_of(&text, LETTER);
    let sides = [x + radius + 3.0, x - radius - 3.0 - wide];
    let room = sides
        .into_iter()
        .filter(|left| 0.0 <= *left && left + wide <= frame.wide())
        .map(|left| Room { x: left, y: y - 8.0, wide, tall: 16.0 })
        .find(free)?;
    crate::map::label(
        svg,
        (room.x + wide / 2.0, y + 5.0),
        &text,
        Rim { dark: false, wide: false },
        false,
    );
    Some(room)
}
