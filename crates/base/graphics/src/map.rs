//! Maps: the ground that every map shares, and the choropleth.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use kernel::Decimal;

use crate::chain::{self, Shaped, simplified};
use crate::classes::{ClassRow, Classes};
use crate::frame::{BOLD, Frame, LETTER, width_of};
use crate::key::Key;
use crate::labels::{Room, Spot, corner, spots};
use crate::outlines::{Outlines, Point};
use crate::plane::{Dot, GRID, Plane};
use crate::svg::{Role, Svg};

/// One area of a choropleth.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Area {
    /// Its code in the outlines.
    pub code: String,
    /// Its name for people.
    pub name: String,
    /// `None` is hatched: absent is not zero.
    pub value: Option<Decimal>,
    /// Some of those who should have answered did not: marked by a dot.
    pub incomplete: bool,
    /// The area to which it belongs (the cercle of a commune): a stronger line runs between groups.
    pub group: Option<String>,
    /// Where the area leads when it is clicked.
    pub href: Option<String>,
}

/// What is written on the areas, where there is room.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Labels {
    /// Nothing: for communes.
    #[default]
    None,
    /// The names.
    Names,
    /// The names and under them the values.
    NamesAndValues,
}

/// A choropleth: rates and shares, never counts (those are for symbols).
#[derive(Clone, Debug)]
pub struct Choropleth<'a> {
    /// The shapes.
    pub outlines: &'a Outlines,
    /// The areas that are drawn; the picture is centred on them.
    pub areas: &'a [Area],
    /// The classes, the same for all maps of a series; `None` if there is no value at all.
    pub classes: Option<&'a Classes>,
    /// `%`, `élèves par classe`.
    pub unit: Option<&'a str>,
    /// What lies behind and around: the code of the country or of the region above.
    pub context: Option<&'a str>,
    /// What is written on the areas.
    pub labels: Labels,
}

/// A map and what must be said beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Map {
    /// The picture.
    pub svg: String,
    /// The table of the classes; empty for symbols and without values.
    pub classes: Vec<ClassRow>,
    /// The codes that have neither shape nor point, in the order given: to be named under the map.
    pub undrawn: Vec<String>,
    /// Some outlines are approximate: to be said under the map.
    pub approximate: bool,
    /// The words that name who drew the other outlines: to be said under the map.
    pub credits: Vec<String>,
}

/// More links than this would bury the rest of a page for those who use the keyboard; the table
/// under the map has the same ones.
const MOST_STOPS: usize = 60;

/// Draws a choropleth. Areas without a shape are told in [`Map::undrawn`].
pub fn choropleth(frame: &Frame, map: &Choropleth<'_>) -> Map {
    let (drawn, undrawn): (Vec<&Area>, Vec<&Area>) =
        map.areas.iter().partition(|it| map.outlines.has(&it.code));
    let codes: Vec<&str> = drawn.iter().map(|it| it.code.as_str()).collect();
    let absent = drawn.iter().any(|it| it.value.is_none() || map.classes.is_none());
    let incomplete = drawn.iter().any(|it| it.incomplete);
    let key = Key::of_classes(frame, map.classes, map.unit, absent, incomplete);
    let ground = Ground::new(frame, map.outlines, &codes, map.context, key);
    let links = drawn.iter().filter(|it| it.href.is_some()).count();
    let mut svg = frame.open(ground.height, LETTER, links > 0);
    frame.hatch(&mut svg);
    svg.start("g").attr("transform", "scale(.5)").attr("fill-rule", "evenodd");
    svg.attr("stroke-linejoin", "round");
    ground.context(&mut svg);
    let class = |it: &Area| map.classes.zip(it.value).map(|(classes, value)| classes.of(value));
    let shades: BTreeSet<Option<usize>> = drawn.iter().map(|it| class(it)).collect();
    for shade in shades {
        svg.start("g").role(Role::Edge).num("stroke-width", 1.2);
        svg.start("g");
        match map.classes.zip(shade) {
            Some((classes, class)) => svg.role(Role::Class(classes.shade(class))),
            None => svg.attr("fill", &frame.hatching()).attr("stroke", "#8b8272"),
        };
        for (rank, area) in drawn.iter().enumerate().filter(|it| class(it.1) == shade) {
            let told = told(frame, map.unit, area);
            let stop = links <= MOST_STOPS;
            ground.area(&mut svg, rank, &told, area.href.as_deref(), stop);
        }
        svg.end().end();
    }
    ground.waters(&mut svg);
    let groups: Vec<Option<&str>> = drawn.iter().map(|it| it.group.as_deref()).collect();
    ground.borders(&mut svg, &groups);
    svg.end();
    let words: Vec<Words<'_>> = drawn
        .iter()
        .map(|it| Words {
            name: &it.name,
            value: (map.labels == Labels::NamesAndValues).then(|| frame.told(it.value, map.unit)),
            dark: map
                .classes
                .zip(it.value)
                .is_some_and(|(classes, value)| classes.shade(classes.of(value)) >= 3),
            dot: it.incomplete,
        })
        .collect();
    ground.words(&mut svg, frame, &words, map.labels != Labels::None);
    ground.key.draw(&mut svg, frame, ground.key_at);
    let values = || drawn.iter().filter_map(|it| it.value);
    Map {
        svg: svg.finish(),
        classes: map.classes.map(|it| it.rows(values())).unwrap_or_default(),
        undrawn: undrawn.iter().map(|it| it.code.clone()).collect(),
        approximate: ground.approximate,
        credits: ground.credits,
    }
}

fn told(frame: &Frame, unit: Option<&str>, area: &Area) -> String {
    let mark =
        if area.incomplete { format!(" ({})", frame.words.incomplete) } else { String::new() };
    frame.of(&area.name, &format!("{}{mark}", frame.told(area.value, unit)))
}

/// What is written on an area.
pub(crate) struct Words<'a> {
    pub(crate) name: &'a str,
    pub(crate) value: Option<String>,
    pub(crate) dark: bool,
    pub(crate) dot: bool,
}

/// The shapes on the picture, and the place of the key.
pub(crate) struct Ground {
    plane: Plane,
    wide: f64,
    pub(crate) height: f64,
    pub(crate) shaped: Shaped,
    context: Vec<Vec<Dot>>,
    waters: Vec<(String, Vec<Dot>)>,
    pub(crate) key: Key,
    pub(crate) key_at: (f64, f64),
    pub(crate) approximate: bool,
    pub(crate) credits: Vec<String>,
}

impl Ground {
    pub(crate) fn new(
        frame: &Frame,
        outlines: &Outlines,
        codes: &[&str],
        context: Option<&str>,
        key: Key,
    ) -> Self {
        let shapes: Vec<_> = codes.iter().filter_map(|it| outlines.shapes.get(*it)).collect();
        let behind = context.and_then(|it| outlines.shapes.get(it));
        let seen: Vec<Point> = if shapes.is_empty() {
            behind.iter().flat_map(|it| it.rings.iter().flatten()).copied().collect()
        } else {
            shapes.iter().flat_map(|it| it.rings.iter().flatten()).copied().collect()
        };
        let wide = frame.wide();
        let plane = Plane::around(seen.iter(), wide, wide);
        let dots = |line: &[Point]| line.iter().map(|it| plane.dot(*it)).collect::<Vec<Dot>>();
        let rings: Vec<Vec<Vec<Dot>>> =
            shapes.iter().map(|shape| shape.rings.iter().map(|it| dots(it)).collect()).collect();
        let shaped = chain::shape(&rings);
        let back: Vec<Vec<Vec<Dot>>> =
            behind.iter().map(|shape| shape.rings.iter().map(|it| dots(it)).collect()).collect();
        let context = chain::shape(&back).rings.concat();
        let waters = outlines
            .rivers
            .iter()
            .map(|(name, line)| (name.clone(), simplified(&dots(line))))
            .filter(|(_, line)| crosses(line, wide, plane.height))
            .collect();
        let size = key.size();
        let (height, key_at) = match corner((wide, plane.height), size, &shaped.rings) {
            Some(at) => (plane.height, at),
            None => (plane.height + size.1 + 6.0, (0.0, plane.height + 6.0)),
        };
        let approximate = shapes.iter().any(|it| it.approximate);
        let mut credits: Vec<String> = Vec::new();
        for credit in shapes.iter().filter_map(|it| it.credit.as_deref()) {
            if !credits.iter().any(|it| it == credit) {
                credits.push(credit.to_owned());
            }
        }
        Self { plane, wide, height, shaped, context, waters, key, key_at, approximate, credits }
    }

    /// The land around, so that people see where they are.
    pub(crate) fn context(&self, svg: &mut Svg) {
        if !self.context.is_empty() {
            svg.start("path").role(Role::Land).attr("d", &path(&self.context)).end();
        }
    }

    /// One area with its title and its link.
    pub(crate) fn area(
        &self,
        svg: &mut Svg,
        rank: usize,
        told: &str,
        href: Option<&str>,
        stop: bool,
    ) {
        if let Some(href) = href {
            svg.start("a").attr("href", href).attr("aria-label", told);
            if !stop {
                svg.attr("tabindex", "-1");
            }
        }
        svg.start("path").attr("d", &path(&self.shaped.rings[rank])).leaf("title", told).end();
        if href.is_some() {
            svg.end();
        }
    }

    /// The rivers, with a light line on both sides so that they show on dark areas.
    pub(crate) fn waters(&self, svg: &mut Svg) {
        for (role, width) in [(Role::Casing, 6.0), (Role::Water, 3.4)] {
            svg.start("g").role(role).num("stroke-width", width).attr("fill", "none");
            svg.attr("stroke-linecap", "round").attr("pointer-events", "none");
            for (name, line) in &self.waters {
                svg.start("path").attr("d", &open_path(line));
                if role == Role::Water {
                    svg.leaf("title", name);
                }
                svg.end();
            }
            svg.end();
        }
    }

    /// The lines between groups and around all.
    pub(crate) fn borders(&self, svg: &mut Svg, groups: &[Option<&str>]) {
        let mut d = String::new();
        for (line, owners) in &self.shaped.borders {
            let inside = match owners.as_slice() {
                [one, other] => groups[*one] == groups[*other],
                _ => false,
            };
            if !inside {
                d.push_str(&open_path(line));
            }
        }
        svg.start("path").role(Role::Border).attr("d", &d).attr("fill", "none");
        svg.num("stroke-width", 1.8).attr("pointer-events", "none").end();
    }

    /// Where a place is, in half pixels.
    pub(crate) fn dot(&self, point: Point) -> Dot {
        self.plane.dot(point)
    }

    /// Where a place is, in pixels.
    pub(crate) fn place(&self, point: Point) -> (f64, f64) {
        let (x, y) = self.plane.dot(point);
        (f64::from(x) / GRID, f64::from(y) / GRID)
    }

    /// Names, values and marks. On maps of few areas the names too wide for their area come first,
    /// across its borders (Bamako); the others then find their place around them.
    pub(crate) fn words(&self, svg: &mut Svg, frame: &Frame, words: &[Words<'_>], written: bool) {
        let spots: Vec<Vec<Spot>> =
            self.shaped.rings.iter().map(|it| spots(it, LETTER * 2.4)).collect();
        let mut places: Vec<Option<Spot>> = spots.iter().map(|it| it.first().copied()).collect();
        let mut taken: Vec<Room> = Vec::new();
        let widest = |rank: usize| places_room(&spots[rank]);
        // The smallest first: they have the least choice.
        let mut order: Vec<usize> = (0..words.len()).collect();
        order.sort_by(|a, b| widest(*a).total_cmp(&widest(*b)).then(a.cmp(b)));
        for fits in [false, true].into_iter().filter(|_| written) {
            for rank in order.iter().copied() {
                let it = &words[rank];
                let wide = it.width();
                if (wide <= widest(rank)) != fits || (!fits && words.len() > 20) {
                    continue;
                }
                let free =
                    spots[rank].iter().filter(|at| !fits || wide <= at.room).find_map(|at| {
                        let room = self.room(*at, wide, it.height());
                        (!taken.iter().any(|other| other.meets(&room))).then_some((*at, room))
                    });
                if let Some((at, room)) = free {
                    taken.push(room);
                    places[rank] = Some(at);
                    let base = room.y + 12.5;
                    let rim = Rim { dark: it.dark, wide: !fits };
                    let x = room.x + room.wide / 2.0;
                    label(svg, (x, base), it.name, rim, true);
                    if let Some(value) = &it.value {
                        label(svg, (x, base + 16.0), value, rim, false);
                    }
                }
            }
        }
        for (it, at) in words.iter().zip(places).filter(|it| it.0.dot) {
            let Some(at) = at else { continue };
            let y = if written { at.y + it.height() / 2.0 + 7.0 } else { at.y };
            svg.start("circle").attr("fill", if it.dark { "#ffffff" } else { "#1d1a16" });
            svg.num("cx", at.x).num("cy", y).num("r", if written { 2.5 } else { 1.6 });
            svg.leaf("title", &frame.words.incomplete).end();
        }
    }

    /// The room of a word at a spot, held inside the picture.
    fn room(&self, at: Spot, wide: f64, tall: f64) -> Room {
        let x = at.x.min(self.wide - wide / 2.0).max(wide / 2.0);
        Room { x: x - wide / 2.0, y: at.y - tall / 2.0, wide, tall }
    }
}

impl Words<'_> {
    fn width(&self) -> f64 {
        let value = self.value.as_deref().unwrap_or_default();
        (width_of(self.name, LETTER) * BOLD).max(width_of(value, LETTER))
    }

    fn height(&self) -> f64 {
        if self.value.is_some() { 32.0 } else { 16.0 }
    }
}

/// The widest room among these spots.
fn places_room(spots: &[Spot]) -> f64 {
    spots.iter().map(|it| it.room).fold(0.0, f64::max)
}

/// How letters stand out on what lies under them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rim {
    /// Light letters on a dark ground.
    pub(crate) dark: bool,
    /// They cross borders, so the rim must do on any ground.
    pub(crate) wide: bool,
}

/// A word on a map: on dark areas light letters, elsewhere dark letters with a light rim.
pub(crate) fn label(svg: &mut Svg, (x, y): (f64, f64), text: &str, rim: Rim, strong: bool) {
    svg.start("text").num("x", x).num("y", y).attr("text-anchor", "middle");
    svg.attr("pointer-events", "none");
    // Areas keep their colours in dark mode, so the letters on them do too.
    let (letters, around) = if rim.dark { ("#ffffff", "#28336b") } else { ("#1d1a16", "#ffffff") };
    svg.attr("fill", letters).attr("stroke", around);
    svg.num("stroke-width", if rim.wide { 4.0 } else { 2.6 });
    svg.attr("stroke-linejoin", "round").attr("paint-order", "stroke");
    if strong {
        svg.attr("font-weight", "600");
    }
    svg.text(text).end();
}

/// Closed rings as path data in whole half pixels.
pub(crate) fn path(rings: &[Vec<Dot>]) -> String {
    let mut d = String::new();
    for ring in rings {
        d.push_str(&open_path(ring));
        d.push('z');
    }
    d
}

fn open_path(line: &[Dot]) -> String {
    let mut d = String::with_capacity(line.len() * 6);
    let mut last = (0, 0);
    for (at, (x, y)) in line.iter().enumerate() {
        let (dx, dy) = (x - last.0, y - last.1);
        let between = if dy < 0 { "" } else { " " };
        let before = match at {
            0 => "M",
            1 => "l",
            _ if dx < 0 => "",
            _ => " ",
        };
        // Writing to a string cannot fail.
        let _ = write!(d, "{before}{dx}{between}{dy}");
        last = (*x, *y);
    }
    d
}

/// Whether a line comes into the picture.
fn crosses(line: &[Dot], wide: f64, tall: f64) -> bool {
    let view = Room { x: 0.0, y: 0.0, wide, tall };
    line.windows(2).any(|it| {
        let real = |it: Dot| (f64::from(it.0) / GRID, f64::from(it.1) / GRID);
        let (from, to) = (real(it[0]), real(it[1]));
        let (x, y) = (from.0.min(to.0), from.1.min(to.1));
        let (wide, tall) = ((from.0 - to.0).abs() + 0.1, (from.1 - to.1).abs() + 0.1);
        view.meets(&Room { x, y, wide, tall })
    })
}
