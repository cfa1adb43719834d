//! What must hold for every picture, whatever it shows.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on must stop")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use graphics::{
    Area, Bar, Choropleth, Classes, DotRow, Frame, Labels, Layer, Line, Map, Outlines, Paint,
    Point, Symbol, Symbols, Words, bars, choropleth, dots, lines, symbols,
};
use kernel::{Decimal, Language, Quarter};
use proptest::prelude::*;

fn shared(path: &str) -> String {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../../shared/reference/");
    fs::read_to_string(format!("{root}{path}")).unwrap()
}

/// Code to level of the whole territory.
fn territory() -> BTreeMap<String, String> {
    let text = shared("territory_mali.csv");
    let rows = text.lines().skip(1).map(|it| it.split(',').collect::<Vec<_>>());
    rows.map(|it| (it[0].to_owned(), it[2].to_owned())).collect()
}

fn frame(width: u32) -> Frame {
    Frame {
        id: "essai".to_owned(),
        title: "Le sud est mieux couvert que le nord".to_owned(),
        description: "Part des villages avec un point d’eau, par commune.".to_owned(),
        language: Language::French,
        paint: Paint::Page,
        width,
        words: Words {
            no_data: "sans donnée".to_owned(),
            incomplete: "données incomplètes".to_owned(),
        },
    }
}

fn areas(codes: &[String], value: impl Fn(usize) -> Option<Decimal>) -> Vec<Area> {
    let area = |(at, code): (usize, &String)| Area {
        code: code.clone(),
        name: format!("Commune {code}"),
        value: value(at),
        group: Some(code[..code.len().min(6)].to_owned()),
        href: Some(format!("/territoire/{code}")),
        ..Area::default()
    };
    codes.iter().enumerate().map(area).collect()
}

fn drawn(outlines: &Outlines, areas: &[Area], labels: Labels) -> Map {
    let classes = Classes::quantiles(areas.iter().filter_map(|it| it.value), 5);
    let classes = classes.as_ref();
    let map = Choropleth { outlines, areas, classes, unit: Some("%"), context: Some("ML"), labels };
    choropleth(&frame(720), &map)
}

/// Refuses what is not well-formed, and numbers that are not numbers.
fn check(svg: &str) {
    let mut open: Vec<&str> = Vec::new();
    let mut rest = svg;
    while let Some((text, more)) = rest.split_once('<') {
        assert!(!text.contains('>'), "loose text {text:?}");
        let (tag, more) = more.split_once('>').expect("a tag ends");
        rest = more;
        let name = tag.trim_start_matches('/').split([' ', '/']).next().unwrap();
        if tag.starts_with('/') {
            assert_eq!(open.pop(), Some(name), "closes what is open");
        } else {
            assert_eq!(tag.matches('"').count() % 2, 0, "quotes of {tag}");
            if !tag.ends_with('/') {
                open.push(name);
            }
        }
    }
    assert!(open.is_empty(), "left open: {open:?}");
    for wrong in ["NaN", "inf", "=\"-0\"", "\u{0}"] {
        assert!(!svg.contains(wrong), "{wrong} in {svg}");
    }
    assert_eq!(svg.matches("<svg").count(), 1);
    assert!(svg.contains("<title id=") && svg.contains("<desc id="), "said aloud");
}

/// The dots of the areas, in pixels.
fn dots_of(svg: &str) -> Vec<(f64, f64)> {
    let mut out = Vec::new();
    for (_, path) in svg.split("<a ").skip(1).filter_map(|it| it.split_once("<path d=\"")) {
        let data = path.split('"').next().unwrap();
        let spaced: String = data
            .chars()
            .flat_map(|it| match it {
                'M' | 'l' | 'z' => vec![' ', it, ' '],
                '-' => vec![' ', '-'],
                _ => vec![it],
            })
            .collect();
        let (mut at, mut pair, mut relative) = ((0, 0), Vec::new(), false);
        for token in spaced.split_whitespace() {
            match token {
                "M" | "z" => relative = false,
                "l" => relative = true,
                number => pair.push(number.parse::<i32>().unwrap()),
            }
            if let [x, y] = pair[..] {
                at = if relative { (at.0 + x, at.1 + y) } else { (x, y) };
                out.push((f64::from(at.0) / 2.0, f64::from(at.1) / 2.0));
                pair.clear();
            }
        }
    }
    out
}

#[test]
fn the_shipped_outlines_are_those_of_the_territory() {
    let territory = territory();
    let outlines = Outlines::shipped();
    for (layer, level, number) in [
        (Layer::Country, "pays", 1),
        (Layer::Region, "région", 9),
        (Layer::Cercle, "cercle", 50),
        (Layer::Commune, "commune", 695),
    ] {
        let codes = outlines.codes(layer);
        assert_eq!(codes.len(), number, "{layer:?}");
        for code in codes {
            let known = territory.get(code).unwrap_or_else(|| panic!("{code} is not a place"));
            assert!(known == level || code == "ML09", "{code} is a {known}, not a {level}");
        }
    }
    let shapes: BTreeSet<&str> = outlines.all_codes().collect();
    let missing: Vec<&str> =
        territory.keys().map(String::as_str).filter(|it| !shapes.contains(it)).collect();
    assert_eq!(
        missing,
        outlines.without_point(),
        "every place has a shape or is said to have none"
    );
    assert_eq!(missing.len(), 9);
}

#[test]
fn every_area_lies_inside_the_picture() {
    for layer in [Layer::Country, Layer::Region, Layer::Cercle, Layer::Commune] {
        let outlines = Outlines::shipped();
        let areas = areas(outlines.codes(layer), |at| Some(Decimal::from(at)));
        let map = drawn(outlines, &areas, Labels::None);
        check(&map.svg);
        let tall: f64 =
            map.svg.split("height=\"").nth(1).unwrap().split('"').next().unwrap().parse().unwrap();
        let dots = dots_of(&map.svg);
        assert!(dots.len() >= 3 * areas.len(), "{layer:?}: {}", dots.len());
        for (x, y) in dots {
            assert!((0.0..=720.0).contains(&x) && (0.0..=tall).contains(&y), "{layer:?}: {x} {y}");
        }
        assert!(map.approximate && map.undrawn.is_empty());
    }
}

#[test]
fn the_map_of_all_communes_fits_a_slow_line() {
    let outlines = Outlines::shipped();
    let codes = outlines.codes(Layer::Commune);
    let all = areas(codes, |at| (at % 9 != 0).then(|| Decimal::from(at)));
    let map = drawn(outlines, &all, Labels::None);
    // 31 kB once compressed; the budget is 100 kB compressed for 819 communes.
    assert!(map.svg.len() < 180_000, "{} bytes", map.svg.len());
    let plain: Vec<Area> = all.into_iter().map(|it| Area { href: None, ..it }).collect();
    let map = drawn(outlines, &plain, Labels::None);
    assert!(map.svg.len() < 100_000, "{} bytes", map.svg.len());
    let cercles = areas(outlines.codes(Layer::Cercle), |at| Some(Decimal::from(at)));
    let map = drawn(outlines, &cercles, Labels::None);
    assert!(map.svg.len() < 30_000, "{} bytes", map.svg.len());
}

#[test]
fn absent_is_hatched_and_zero_is_not() {
    let outlines = Outlines::shipped();
    let codes = outlines.codes(Layer::Region);
    let some = areas(codes, |at| (at != 2).then(|| Decimal::from(at)));
    let map = drawn(outlines, &some, Labels::NamesAndValues);
    // The areas of the class and the box of the key.
    assert_eq!(map.svg.matches("url(#g-essai-h)").count(), 2);
    assert!(map.svg.contains("Commune ML03\u{a0}: sans donnée"));
    assert!(map.svg.contains("Commune ML01\u{a0}: 0\u{a0}%"));
    assert_eq!(map.classes.iter().map(|it| it.count).sum::<usize>(), 8);
    let none = areas(codes, |_| None);
    let map = drawn(outlines, &none, Labels::Names);
    assert!(map.classes.is_empty() && map.svg.contains("sans donnée"));
    check(&map.svg);

    let bar = |value| Bar { label: "Kati".to_owned(), value, incomplete: false };
    let zero = bars(&frame(640), None, &[bar(Some(Decimal::ZERO))]);
    let absent = bars(&frame(640), None, &[bar(None)]);
    assert!(!zero.contains("url(#") && absent.contains("url(#g-essai-h)"));

    let quarter = |text: &str| text.parse::<Quarter>().unwrap();
    let points = vec![
        (quarter("2024T1"), Some(Decimal::ONE)),
        (quarter("2024T3"), Some(Decimal::TWO)),
        (quarter("2024T4"), Some(Decimal::ZERO)),
    ];
    let line = lines(&frame(640), None, true, &[Line { label: "Kati".to_owned(), points }]);
    let path = line.split("<path").find(|it| it.contains("g-l1")).unwrap();
    assert_eq!(path.matches('M').count(), 2, "the line breaks at the missing quarter: {path}");
    assert!(line.contains("url(#g-essai-h)"));
}

#[test]
fn places_without_a_shape_are_told() {
    let outlines = Outlines::shipped();
    let codes = ["ML0101", "ML070405", "XX"].map(str::to_owned);
    let map = drawn(outlines, &areas(&codes, |_| Some(Decimal::ONE)), Labels::None);
    assert_eq!(map.undrawn, ["ML070405", "XX"]);
    let nowhere = drawn(outlines, &areas(&codes[2..], |_| None), Labels::None);
    check(&nowhere.svg);
    assert_eq!(nowhere.undrawn, ["XX"]);

    let alata =
        Symbol { code: "ML070405".to_owned(), value: Some(Decimal::ONE), ..Symbol::default() };
    let point = Point::new(Decimal::new(1552, 2), Decimal::new(267, 2));
    let found = Symbol { point, ..alata.clone() };
    for (symbol, expected) in [(alata, vec!["ML070405".to_owned()]), (found, Vec::new())] {
        let map = Symbols {
            outlines,
            ground: outlines.codes(Layer::Region),
            context: Some("ML"),
            symbols: &[symbol],
            unit: None,
            names: true,
        };
        assert_eq!(symbols(&frame(720), &map).undrawn, expected);
    }
}

#[test]
fn what_people_type_cannot_leave_its_place() {
    let evil = "\"><script>alert('x')</script>&\u{0}".to_owned();
    let mut frame = frame(640);
    frame.id = evil.clone();
    frame.title = evil.clone();
    let bar = Bar { label: evil.clone(), value: None, incomplete: true };
    let svg = bars(&frame, Some(&evil), &[bar]);
    check(&svg);
    assert!(!svg.contains("<script"));
    let area =
        Area { code: "ML".to_owned(), name: evil.clone(), href: Some(evil), ..Area::default() };
    let map = drawn(Outlines::shipped(), &[area], Labels::Names);
    check(&map.svg);
    assert!(!map.svg.contains("<script"));
}

#[test]
fn a_picture_alone_has_its_colours_and_no_class() {
    let mut frame = frame(640);
    frame.paint = Paint::Alone;
    let bar = Bar { label: "Kati".to_owned(), value: Some(Decimal::ONE), incomplete: false };
    let svg = bars(&frame, None, &[bar]);
    assert!(svg.contains("fill=\"#28336b\"") && !svg.contains("class="));
}

#[test]
fn each_language_sets_its_colons_and_percent_signs() {
    for (language, told) in
        [(Language::French, "Kati\u{a0}: 12,5\u{a0}%"), (Language::English, "Kati: 12.5%")]
    {
        let frame = Frame { language, ..frame(640) };
        let value = Some("12.5".parse().unwrap());
        let bar = Bar { label: "Kati".to_owned(), value, incomplete: false };
        assert!(bars(&frame, Some("%"), &[bar]).contains(&format!("<title>{told}</title>")));
    }
}

#[test]
fn official_boundaries_replace_the_approximate_ones() {
    let official = Outlines::from_geojson(&shared("geo/mali_cercles.geojson")).unwrap();
    assert_eq!(official.all_codes().count(), 50);
    let whole = Outlines::shipped().overlaid(&official);
    let areas = areas(whole.codes(Layer::Cercle), |at| Some(Decimal::from(at)));
    let map = drawn(&whole, &areas, Labels::None);
    check(&map.svg);
    assert!(!map.approximate && map.undrawn.is_empty());
    assert!(map.svg.len() < 80_000, "{} bytes", map.svg.len());
}

fn decimals() -> impl Strategy<Value = Option<Decimal>> {
    let edges = prop::sample::select(vec![Decimal::MAX, Decimal::MIN, Decimal::ZERO]);
    prop_oneof![
        Just(None),
        edges.prop_map(Some),
        (any::<i64>(), 0..28u32).prop_map(|(it, scale)| Some(Decimal::new(it, scale))),
        (-100..100i64).prop_map(|it| Some(Decimal::from(it))),
    ]
}

proptest! {
    #[test]
    fn any_values_give_a_sound_picture(
        values in prop::collection::vec(decimals(), 0..12),
        label in ".{0,40}",
        width in 0..2000u32,
        start in 1..9000u16,
    ) {
        let frame = frame(width);
        let rows: Vec<Bar> = values
            .iter()
            .map(|it| Bar { label: label.clone(), value: *it, incomplete: it.is_none() })
            .collect();
        check(&bars(&frame, Some("%"), &rows));
        let first = Quarter::new(start, 3).unwrap();
        let points: Vec<_> = values
            .iter()
            .zip(0..)
            .map(|(it, at)| (first.plus(at * at), *it))
            .collect();
        let series = Line { label: label.clone(), points };
        check(&lines(&frame, None, width % 2 == 0, &[series.clone(), series]));
        let pairs: Vec<DotRow> = values
            .chunks(2)
            .map(|it| DotRow { label: label.clone(), values: it.to_vec() })
            .collect();
        check(&dots(&frame, Some("%"), &[label.clone(), label.clone()], &pairs));
        let outlines = Outlines::shipped();
        let codes = &outlines.codes(Layer::Region)[..values.len().min(9)];
        let places: Vec<Area> = areas(codes, |at| values[at]);
        let classes = Classes::quantiles(places.iter().filter_map(|it| it.value), 5);
        let map = Choropleth {
            outlines,
            areas: &places,
            classes: classes.as_ref(),
            unit: None,
            context: None,
            labels: Labels::NamesAndValues,
        };
        check(&choropleth(&frame, &map).svg);
        let circles: Vec<Symbol> = places
            .iter()
            .map(|it| Symbol {
                code: it.code.clone(),
                name: label.clone(),
                value: it.value,
                ..Symbol::default()
            })
            .collect();
        let map = Symbols {
            outlines,
            ground: codes,
            context: Some("ML"),
            symbols: &circles,
            unit: Some("F"),
            names: true,
        };
        check(&symbols(&frame, &map).svg);
    }
}
