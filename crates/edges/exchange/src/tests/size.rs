//! A quarter of a cercle by GPRS: 30 kB is five seconds.

use std::fmt::Write as _;

use super::world::{ENGINES, tree};

/// The values of one commune, as the monitoring slice writes them. The figures look like figures:
/// they are drawn from a generator with a fixed seed.
fn commune(seed: u64) -> String {
    let mut state = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
    let mut json = String::from("{");
    for element in 0..120 {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let figure = (state >> 33) % [9, 50, 400, 5_000, 90_000][element % 5];
        let options = ["", "|F", "|H", "|TOTAL"][element % 4];
        let comma = if element == 0 { "" } else { "," };
        let _ = write!(json, "{comma}\"OISE-{:03}{options}\":\"{figure}\"", element / 2);
    }
    json.push('}');
    json
}

#[test]
fn the_quarter_of_twelve_communes_fits_in_thirty_kilobytes() {
    for engine in ENGINES {
        let it = tree(engine);
        for number in 1..=12_u64 {
            let place = format!("ML0207{number:02}");
            let subject = format!("{place}/2024T4");
            it.kati.writes(journal::Audience::Territory, &place, &subject, &commune(number));
        }
        let package = it.kati.sends(&it.koulikoro);
        println!(
            "{engine}: 12 communes x 120 values, {} entries: {} bytes",
            package.entries,
            package.bytes.len()
        );
        assert!(package.bytes.len() <= 30_000, "{engine}: {}", package.bytes.len());
        it.koulikoro.accepts(&package.bytes).unwrap();
        assert_eq!(it.koulikoro.values().len(), 12);
    }
}

/// A post whose people save value by value makes an entry of each: signatures then weigh more than
/// figures. The measure is printed, to be read before anyone writes so.
#[test]
fn an_entry_for_each_value_would_weigh_much_more() {
    let it = tree("SQLite");
    for number in 1..=12_u64 {
        let place = format!("ML0207{number:02}");
        let values: std::collections::BTreeMap<String, String> =
            serde_json::from_str(&commune(number)).unwrap();
        for (element, value) in values {
            let json = format!("{{\"{element}\":\"{value}\"}}");
            let subject = format!("{place}/2024T4");
            it.kati.writes(journal::Audience::Territory, &place, &subject, &json);
        }
    }
    let package = it.kati.sends(&it.koulikoro);
    println!("one entry a value: {} entries: {} bytes", package.entries, package.bytes.len());
    it.koulikoro.accepts(&package.bytes).unwrap();
}

#[test]
fn many_entries_go_through_several_blocks() {
    let it = tree("SQLite");
    // 3 MB that do not compress.
    let mut reader = blake3::Hasher::new().finalize_xof();
    for number in 0..30 {
        let mut bytes = [0; 50_000];
        reader.fill(&mut bytes);
        let json = format!("{{\"scan\":\"{}\"}}", crate::text::hex(&bytes));
        it.kati.writes(journal::Audience::Territory, "ML0207", &format!("scan {number}"), &json);
    }
    let package = it.kati.sends(&it.koulikoro);
    assert!(1_000_000 < package.bytes.len());
    let preview = it.koulikoro.accepts(&package.bytes).unwrap();
    assert_eq!(preview.kinds.get("values.noted"), Some(&30));
    let whole = package.bytes.len() as u64;
    let cut = it.koulikoro.previews(&package.bytes[..package.bytes.len() / 2]).unwrap_err();
    let expected = crate::Refused::CutOff { at: whole / 2, whole, part: cut.part().unwrap() };
    assert_eq!(cut, expected);
    assert!(matches!(cut.part(), Some(crate::Part::Frame(_))));
}
