//! Official outlines: read, matched, loaded, drawn, taken back, on both engines; and the files that
//! are refused.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]

mod support;

use std::io::{Cursor, Write};

use db::testing::Empty;
use identity::{Actor, Ctx, OfficeKind};
use journal::Journal;
use kernel::{Date, Reject, Stop};
use proptest::prelude::*;
use shapefile::dbase::{FieldName, Record, TableWriterBuilder};
use shapefile::{Point, Polygon, PolygonRing, ShapeWriter};
use support::{app, ask, filled, get, serve, sign_in};
use territory::{Level, OutlinesRefused, Prepared};

/// The boundaries of the cercles, as a humanitarian office publishes them. They are not shipped.
fn cercles() -> Vec<u8> {
    let file = "/../../../../shared/reference/geo/mali_cercles.geojson";
    std::fs::read(format!("{}{file}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

fn today() -> Date {
    "2026-02-01".parse().unwrap()
}

fn prepare(journal: &Journal, bytes: &[u8]) -> Result<Prepared, OutlinesRefused> {
    let read = journal.db().read(|tx| territory::prepare_outlines(tx, today(), "essai", bytes));
    read.map_err(|it| match it {
        Stop::Refused(rule) => rule,
        Stop::Failed(failure) => panic!("{failure}"),
    })
}

fn load(journal: &Journal, prepared: &Prepared, source: &str) -> Result<(), Stop<OutlinesRefused>> {
    let actor = Actor::program();
    journal.db().write(|tx| {
        let mut ctx = Ctx::new(tx, journal, &actor, today().to_millis());
        territory::load_outlines(&mut ctx, prepared, source, "CC BY")
    })
}

fn drawn(journal: &Journal, codes: &[&str]) -> graphics::Map {
    let outlines = journal.db().read(territory::outlines).unwrap();
    let ground: Vec<String> = codes.iter().map(|it| (*it).to_owned()).collect();
    let frame = graphics::Frame {
        id: "m".to_owned(),
        title: "carte".to_owned(),
        description: "carte".to_owned(),
        language: kernel::Language::French,
        paint: graphics::Paint::Page,
        width: 720,
        words: graphics::Words::default(),
    };
    let map = graphics::Symbols {
        outlines: &outlines,
        ground: &ground,
        context: Some("ML"),
        symbols: &[],
        unit: None,
        names: false,
    };
    graphics::symbols(&frame, &map)
}

/// A Shapefile of squares, one for each line of the table.
fn shapefile(column: &str, codes: &[&str]) -> (Vec<u8>, Vec<u8>) {
    let (mut shapes, mut table) = (Cursor::new(Vec::new()), Cursor::new(Vec::new()));
    {
        let mut writer = ShapeWriter::new(&mut shapes);
        let mut lines = TableWriterBuilder::new()
            .add_character_field(FieldName::try_from(column).unwrap(), 20)
            .build_with_dest(&mut table);
        for (code, west) in codes.iter().zip(-9_i32..) {
            let west = f64::from(west);
            let corner = |x: f64, y: f64| Point::new(west + x, 13.0 + y);
            let ring = vec![
                corner(0.0, 0.0),
                corner(0.0, 1.0),
                corner(0.4, 1.2),
                corner(1.0, 1.0),
                corner(1.0, 0.0),
                corner(0.0, 0.0),
            ];
            writer.write_shape(&Polygon::new(PolygonRing::Outer(ring))).unwrap();
            let mut line = Record::default();
            line.insert(
                column.to_owned(),
                shapefile::dbase::FieldValue::Character(Some((*code).to_owned())),
            );
            lines.write_record(&line).unwrap();
        }
        writer.finalize().unwrap();
        lines.finalize().unwrap();
    }
    (shapes.into_inner(), table.into_inner())
}

fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

const WGS84: &[u8] = b"GEOGCS[\"GCS_WGS_1984\",DATUM[\"D_WGS_1984\",SPHEROID[\"WGS_1984\",6378137,298.257223563]],PRIMEM[\"Greenwich\",0],UNIT[\"Degree\",0.017453292519943295]]";
const UTM: &[u8] = b"PROJCS[\"WGS_1984_UTM_Zone_29N\",GEOGCS[\"GCS_WGS_1984\",DATUM[\"D_WGS_1984\"]],PROJECTION[\"Transverse_Mercator\"]]";

fn official_boundaries_replace_ours_and_can_be_taken_back(base: &Empty) {
    let journal = filled(base);
    let before = drawn(&journal, &["ML0101", "ML0205"]);
    assert!(before.approximate && before.credits.is_empty());

    let prepared = prepare(&journal, &cercles()).unwrap();
    assert_eq!((prepared.read, prepared.count()), (50, 50));
    assert_eq!(prepared.matched.get(&Level::Cercle), Some(&49));
    assert_eq!(prepared.matched.get(&Level::District), Some(&1));
    assert!(prepared.unmatched.is_empty() && prepared.uncovered.is_empty(), "{prepared:?}");
    assert_eq!(prepared.day.to_string(), "2023-03-12");
    assert!(prepared.size() < 100_000, "{}", prepared.size());

    assert!(matches!(load(&journal, &prepared, "  "), Err(Stop::Refused(_))));
    assert!(drawn(&journal, &["ML0101"]).approximate, "a refusal changes nothing");
    load(&journal, &prepared, "COD-AB Mali, 2017").unwrap();
    let now = drawn(&journal, &["ML0101", "ML0205"]);
    assert!(!now.approximate);
    assert_eq!(now.credits, ["COD-AB Mali, 2017 (CC BY)"]);
    assert_ne!(now.svg, before.svg);
    // Regions keep the outlines that we ship.
    let mixed = drawn(&journal, &["ML0101", "ML02"]);
    assert!(mixed.approximate && mixed.credits.len() == 1);

    // Another file lies over the first one; where it draws the same places, it replaces it.
    let (shapes, table) = shapefile("ADM2_PCODE", &["ML0101", "ML0102", "XX99"]);
    let zip = zipped(&[
        ("doc/lisez-moi.txt", b"..."),
        ("doc/CERCLES.shp", &shapes),
        ("doc/cercles.DBF", &table),
        ("doc/cercles.prj", WGS84),
        ("__MACOSX/doc/._CERCLES.shp", b"shadow"),
    ]);
    let prepared = prepare(&journal, &zip).unwrap();
    assert_eq!((prepared.read, prepared.count()), (3, 2));
    assert_eq!(prepared.unmatched, ["XX99"]);
    assert_eq!(prepared.uncovered.len(), 47, "the 47 other cercles");
    for source in ["essai 1", "essai 2"] {
        load(&journal, &prepared, source).unwrap();
    }
    let official = journal.db().read(territory::official_outlines).unwrap();
    let sources: Vec<&str> = official.iter().map(|it| it.source.as_str()).collect();
    assert_eq!(sources, ["COD-AB Mali, 2017", "essai 2"]);
    assert_eq!(drawn(&journal, &["ML0101"]).credits, ["essai 2 (CC BY)"]);
    assert_eq!(drawn(&journal, &["ML0103"]).credits, ["COD-AB Mali, 2017 (CC BY)"]);

    // The tables are those of the journal.
    let before = journal.db().read(|tx| journal.digests(tx)).unwrap();
    journal.rebuild(&mut |_| ()).unwrap();
    assert_eq!(journal.db().read(|tx| journal.digests(tx)).unwrap(), before);

    let actor = Actor::program();
    journal
        .db()
        .write(|tx| {
            let mut ctx = Ctx::new(tx, &journal, &actor, today().to_millis());
            territory::restore_shipped_outlines(&mut ctx)
        })
        .unwrap();
    assert!(journal.db().read(territory::official_outlines).unwrap().is_empty());
    assert!(drawn(&journal, &["ML0101"]).approximate);
}

#[test]
fn official_boundaries_replace_ours_on_both_engines() {
    for base in db::testing::both() {
        official_boundaries_replace_ours_and_can_be_taken_back(&base);
    }
}

#[test]
fn the_district_of_bamako_is_known_under_the_code_of_a_cercle() {
    let base = db::testing::sqlite();
    let journal = filled(&base);
    let (shapes, table) = shapefile("admin2Pcod", &["ML0101", "ML0901"]);
    let zip = zipped(&[("a.shp", &shapes), ("a.dbf", &table)]);
    let prepared = prepare(&journal, &zip).unwrap();
    assert_eq!(prepared.matched.get(&Level::District), Some(&1));
    load(&journal, &prepared, "essai").unwrap();
    assert_eq!(drawn(&journal, &["ML09"]).credits.len(), 1);
}

/// Changes the places of the two numbers of each position.
fn cross(it: &mut serde_json::Value) {
    match it {
        serde_json::Value::Array(all) => match all.as_mut_slice() {
            [first, second, ..] if first.is_number() && second.is_number() => {
                std::mem::swap(first, second);
            }
            all => all.iter_mut().for_each(cross),
        },
        serde_json::Value::Object(all) => all.values_mut().for_each(cross),
        _ => {}
    }
}

#[test]
fn files_that_are_no_boundaries_are_refused_with_words() {
    let base = db::testing::sqlite();
    let journal = filled(&base);
    let (shapes, table) = shapefile("code", &["ML0101", "ML0102"]);
    let (one_shape, one_line) = shapefile("code", &["ML0101"]);
    let (nameless, unnamed) = shapefile("NOM", &["Kayes"]);
    let (strange, unknown) = shapefile("code", &["ZZ1", "ZZ2"]);
    let whole = zipped(&[("a.shp", &shapes), ("a.dbf", &table)]);
    // The second geometry promises more points than its record holds.
    let mut broken = shapes.clone();
    let second = 100 + 8 + (shapes.len() - 100) / 2;
    broken[second + 40..second + 44].copy_from_slice(&i32::MAX.to_le_bytes());
    let zeros = vec![0_u8; 70 * 1024 * 1024];
    let zip = |parts: &[(&str, &[u8])]| zipped(parts);
    for (what, bytes, expected) in [
        ("empty", Vec::new(), "outlines-no-file"),
        ("a picture", b"\x89PNG\r\n".to_vec(), "outlines-other-kind"),
        ("no text", b"{\xff\xfe".to_vec(), "outlines-other-kind"),
        ("a torn zip", whole[..whole.len() / 2].to_vec(), "outlines-zip"),
        ("a torn text", cercles()[..5000].to_vec(), "boundaries-not-geojson"),
        ("no shapes", zip(&[("a.dbf", &table)]), "outlines-missing"),
        ("no table", zip(&[("a.shp", &shapes), ("b.dbf", &table)]), "outlines-missing"),
        (
            "two Shapefiles",
            zip(&[("a.shp", &shapes), ("a.dbf", &table), ("b.shp", &shapes), ("b.dbf", &table)]),
            "outlines-several",
        ),
        (
            "metres",
            zip(&[("a.shp", &shapes), ("a.dbf", &table), ("a.prj", UTM)]),
            "boundaries-other-projection",
        ),
        ("a bomb", zip(&[("a.shp", &zeros), ("a.dbf", &table)]), "outlines-part-too-large"),
        ("no header", zip(&[("a.shp", b"abc"), ("a.dbf", &table)]), "outlines-part"),
        ("no fields", zip(&[("a.shp", &shapes), ("a.dbf", b"abc")]), "outlines-part"),
        ("a wrong count", zip(&[("a.shp", &broken), ("a.dbf", &table)]), "outlines-geometry"),
        ("a line too few", zip(&[("a.shp", &shapes), ("a.dbf", &one_line)]), "outlines-counts"),
        ("a line too many", zip(&[("a.shp", &one_shape), ("a.dbf", &table)]), "outlines-counts"),
        ("no code", zip(&[("a.shp", &nameless), ("a.dbf", &unnamed)]), "boundaries-no-code"),
        ("other codes", zip(&[("a.shp", &strange), ("a.dbf", &unknown)]), "outlines-no-match"),
    ] {
        let message = prepare(&journal, &bytes).unwrap_err().message();
        assert_eq!(message.key, expected, "{what}");
    }
    // The latitude first, as some tools write it.
    let mut crossed: serde_json::Value = serde_json::from_slice(&cercles()).unwrap();
    cross(&mut crossed);
    let crossed = prepare(&journal, &serde_json::to_vec(&crossed).unwrap()).unwrap_err();
    assert_eq!(crossed, OutlinesRefused::Crossed);
    // Metres without a word about them.
    let metres = r#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"code":"ML0101"},
        "geometry":{"type":"Polygon","coordinates":[[[250000,1500000],[250100,1500000],[250100,1500100],[250000,1500000]]]}}]}"#;
    let metres = prepare(&journal, metres.as_bytes()).unwrap_err().message();
    assert_eq!(metres.key, "boundaries-not-degrees");
    let broken = zip(&[("a.shp", &broken), ("a.dbf", &table)]);
    let refused = prepare(&journal, &broken).unwrap_err();
    assert_eq!(refused, OutlinesRefused::Geometry { object: 2 });
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 300,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn a_damaged_shapefile_is_read_or_refused_never_worse(
        flips in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
        in_table in any::<bool>(),
    ) {
        thread_local! {
            static BASE: (Empty, Journal) = {
                let base = db::testing::sqlite();
                let journal = filled(&base);
                (base, journal)
            };
        }
        let (mut shapes, mut table) = shapefile("code", &["ML0101", "ML0102"]);
        let target = if in_table { &mut table } else { &mut shapes };
        for (at, byte) in flips {
            let at = at.index(target.len());
            target[at] = byte;
        }
        let zip = zipped(&[("a.shp", &shapes), ("a.dbf", &table)]);
        BASE.with(|(_, journal)| {
            let _ = prepare(journal, &zip);
        });
    }
}

/// A side of a cell from a corner to another, as crooked as a river: the same for both neighbours.
fn crooked(from: (f64, f64), to: (f64, f64), seed: u32) -> Vec<(f64, f64)> {
    let mut state = seed;
    let mut line = vec![from, to];
    for depth in 0..7 {
        let mut next = vec![line[0]];
        for it in line.windows(2) {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let away = (f64::from(state >> 16) / 65_536.0 - 0.5) * 0.12 / f64::from(1 << depth);
            next.push(((it[0].0 + it[1].0) / 2.0 + away, (it[0].1 + it[1].1) / 2.0 - away));
            next.push(it[1]);
        }
        line = next;
    }
    line
}

#[test]
fn a_map_of_all_communes_stays_small_whatever_the_detail_of_the_file() {
    // 703 cells with sides of 129 corners: some 360 000 points, 13 MB of GeoJSON.
    let corner = |x: u32, y: u32| (-12.0 + f64::from(x) * 0.5, 10.5 + f64::from(y) * 0.5);
    let across = |x, y| crooked(corner(x, y), corner(x + 1, y), 2 * (y * 100 + x));
    let up = |x, y| crooked(corner(x, y), corner(x, y + 1), 2 * (y * 100 + x) + 1);
    let turned = |mut it: Vec<(f64, f64)>| {
        it.reverse();
        it
    };
    let cells = (0..19).flat_map(|y| (0..37).map(move |x| (x, y)));
    let objects: Vec<graphics::Object> = cells
        .map(|(x, y)| {
            let sides = [across(x, y), up(x + 1, y), turned(across(x, y + 1)), turned(up(x, y))];
            let code = format!("C{x}-{y}");
            graphics::Object {
                properties: vec![("code".to_owned(), code)],
                rings: vec![sides.concat()],
            }
        })
        .collect();
    assert_eq!(objects.len(), 703);
    let text = graphics::Outlines::from_objects(&objects).unwrap().to_compact();
    assert!(text.len() < 700_000, "{}", text.len());
    let outlines = graphics::Outlines::from_compact(&text).unwrap();
    let areas: Vec<graphics::Area> = outlines
        .all_codes()
        .zip(0..)
        .map(|(code, value)| graphics::Area {
            code: code.to_owned(),
            name: format!("Commune {code}"),
            value: Some(kernel::Decimal::from(value)),
            ..graphics::Area::default()
        })
        .collect();
    let classes = graphics::Classes::quantiles(areas.iter().filter_map(|it| it.value), 5);
    let frame = graphics::Frame {
        id: "m".to_owned(),
        title: "carte".to_owned(),
        description: "carte".to_owned(),
        language: kernel::Language::French,
        paint: graphics::Paint::Page,
        width: 720,
        words: graphics::Words::default(),
    };
    let map = graphics::Choropleth {
        outlines: &outlines,
        areas: &areas,
        classes: classes.as_ref(),
        unit: Some("%"),
        context: None,
        labels: graphics::Labels::None,
    };
    let drawn = graphics::choropleth(&frame, &map);
    assert!(drawn.undrawn.is_empty());
    let packed = zipped(&[("carte.svg", drawn.svg.as_bytes())]).len();
    println!("{} B of outlines, {} B of map, {packed} B packed", text.len(), drawn.svg.len());
    assert!(packed < 100_000, "{packed}");
}

/// The body of the form, with its boundary `b`.
fn form(token: &str, source: &str, file: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    for (name, value) in [("jeton", token), ("source", source), ("mention", "CC BY")] {
        write!(out, "--b\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
            .unwrap();
    }
    write!(
        out,
        "--b\r\nContent-Disposition: form-data; name=\"fichier\"; filename=\"c.geojson\"\r\n\r\n"
    )
    .unwrap();
    out.extend_from_slice(file);
    out.extend_from_slice(b"\r\n--b--\r\n");
    out
}

#[test]
fn a_file_is_looked_at_then_accepted_by_those_who_may() {
    let base = db::testing::sqlite();
    let app = app(filled(&base));
    let nation = sign_in(&app, "awa", OfficeKind::NationalOfficer, "ML");
    let other = sign_in(&app, "sira", OfficeKind::NationalOfficer, "ML");
    let cercle = sign_in(&app, "ibrahim", OfficeKind::CercleAdviser, "ML0205");
    serve(app, |server| {
        let page = "/territoire/contours";
        let cookie = |it: &str| format!("Cookie: {it}\r\n");
        let send = |who: &str, what: &str, body: &[u8]| {
            let kind = "Content-Type: multipart/form-data; boundary=b\r\n";
            ask(server, what, &format!("{}{kind}", cookie(who)), body)
        };
        let act = |who: &str, path: &str, token: &str| {
            let kind = "Content-Type: application/x-www-form-urlencoded\r\n";
            let head = format!("{}{kind}", cookie(who));
            ask(server, &format!("POST {path}"), &head, format!("jeton={token}").as_bytes())
        };
        assert_eq!(get(server, page).status, 303, "sign in first");
        assert_eq!(ask(server, &format!("GET {page}"), &cookie(&cercle), b"").status, 403);
        assert!(!get(server, "/territoire").body.contains(page));

        let home = ask(server, "GET /territoire", &cookie(&nation), b"");
        assert!(home.body.contains(page), "{}", home.body);
        let shown = ask(server, &format!("GET {page}"), &cookie(&nation), b"").body;
        assert!(shown.contains("contours approchés livrés") && !shown.contains("??"), "{shown}");
        let token =
            shown.split("name=\"jeton\" value=\"").nth(1).unwrap().split('"').next().unwrap();

        let upload = |who: &str, token: &str, source: &str, file: &[u8]| {
            send(who, &format!("POST {page}"), &form(token, source, file))
        };
        let file = cercles();
        assert_eq!(upload(&nation, "faux", "COD", &file).status, 403, "a form of another site");
        let refused = upload(&nation, token, "", &file);
        assert_eq!(refused.status, 422);
        assert!(refused.body.contains("Écrivez d’où viennent ces contours"), "{}", refused.body);
        let refused = upload(&nation, token, "COD-AB <2017>", b"{}");
        assert_eq!(refused.status, 422);
        assert!(refused.body.contains("COD-AB &#60;2017&#62;"), "what was typed: {}", refused.body);

        let looked = upload(&nation, token, "COD-AB 2017", &file);
        assert_eq!(looked.status, 303, "{}", looked.body);
        let at = looked.head.lines().find_map(|it| it.strip_prefix("location: ")).unwrap().trim();
        let look = ask(server, &format!("GET {at}"), &cookie(&nation), b"").body;
        for expected in ["cercles 49", "COD-AB 2017", "<svg", "aucun"] {
            assert!(look.contains(expected), "{expected}: {look}");
        }
        assert!(!look.contains("??"), "{look}");
        assert!(get(server, "/territoire/ML01?le=2006-01-01").body.contains("Contours approchés"));
        // What one person looks at, another does not see.
        assert_eq!(ask(server, &format!("GET {at}"), &cookie(&other), b"").status, 422);

        let accepted = act(&nation, at, token);
        assert_eq!(accepted.status, 303, "{}", accepted.body);
        let public = get(server, "/territoire/ML01?le=2006-01-01").body;
        assert!(public.contains("Contours\u{a0}: COD-AB 2017 (CC BY)"), "{public}");
        let english = ask(server, &format!("GET {page}?langue=en"), &cookie(&nation), b"").body;
        assert!(english.contains("Outlines in use") && !english.contains("??"), "{english}");

        let back = act(&nation, "/territoire/contours/retour", token);
        assert_eq!(back.status, 303);
        assert!(get(server, "/territoire/ML01?le=2006-01-01").body.contains("Contours approchés"));
    });
}

#[test]
fn the_country_is_drawn_before_and_after_the_reform() {
    let base = db::testing::sqlite();
    serve(app(filled(&base)), |server| {
        for day in ["2006-01-01", "2026-01-01"] {
            let page = get(server, &format!("/territoire?le={day}")).body;
            assert!(page.contains("Population par région") && page.contains("Contours approchés"));
            assert!(page.contains(&format!("/territoire/ML07?le={day}")), "{page}");
        }
        let now = get(server, "/territoire?le=2026-01-01").body;
        assert!(now.contains("Sans contour connu"), "{now}");
    });
}
