//! Official outlines by command: looked at, loaded, refused.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

mod support;

use serde_json::json;
use support::{Folder, both};

/// Two cercles and a place that nobody knows, as squares of a degree.
fn squares() -> String {
    let feature = |(code, west): (&str, i32)| {
        let east = west + 1;
        json!({
            "type": "Feature",
            "properties": { "ADM2_PCODE": code },
            "geometry": {
                "type": "Polygon",
                "coordinates": [[[west, 13], [east, 13], [east, 14], [west, 14], [west, 13]]],
            },
        })
    };
    let features: Vec<_> = [("ML0101", -11), ("ML0102", -10), ("XX01", -9)].map(feature).into();
    json!({ "type": "FeatureCollection", "features": features }).to_string()
}

#[test]
fn official_outlines_are_looked_at_then_loaded() {
    let folder = Folder::new();
    let file = folder.file("cercles.geojson");
    std::fs::write(&file, squares()).unwrap();
    let file = file.display().to_string();
    let wrong = folder.file("photo.png");
    std::fs::write(&wrong, b"\x89PNG\r\n").unwrap();
    let wrong = wrong.display().to_string();
    for base in both() {
        base.done(&["init", "--content", "reference"]);
        let entries = || base.done(&["doctor"])["entries"].as_i64().unwrap();
        let before = entries();
        let seen = base.done(&["import", "outlines", &file, "--preview"]);
        assert_eq!((&seen["read"], &seen["matched"]), (&json!(3), &json!(2)));
        assert_eq!(seen["unmatched"], json!(["XX01"]));
        assert_eq!(seen["uncovered"].as_array().unwrap().len(), 47);
        let (code, sentence) = base.refused(&["import", "outlines", &file]);
        assert!(code == "outlines-no-source" && sentence.contains("d’où viennent"), "{sentence}");
        let (_, sentence) = base.refused(&["import", "outlines", &wrong, "--source", "INSTAT"]);
        assert!(sentence.contains("ni un GeoJSON"), "{sentence}");
        assert_eq!(entries(), before, "nothing was written");

        base.done(&["import", "outlines", &file, "--source", "COD-AB", "--mention", "CC BY"]);
        assert_eq!(entries(), before + 1);
        base.done(&["verify"]);
    }
}
