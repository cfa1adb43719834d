//! A cercle of three communes: Bla is divided in 2020, Bla-Nord joins Tou in 2022, Zan ends in 2021.

use super::*;

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn share(text: &str) -> Option<Share> {
    Some(text.parse().unwrap())
}

fn unit(code: &str, level: Level) -> Unit {
    Unit {
        code: code.to_owned(),
        country: "N".to_owned(),
        level,
        kind: None,
        official: None,
        aliases: Vec::new(),
        former: None,
        latitude: None,
        longitude: None,
        point_kind: None,
        source: "essai".to_owned(),
        invented: true,
    }
}

fn version(code: &str, parent: Option<&str>, from: &str, to: &str) -> Version {
    Version {
        code: code.to_owned(),
        name: format!("{code} de toujours"),
        parent: parent.map(str::to_owned),
        valid_from: from.parse().ok(),
        valid_to: to.parse().ok(),
        unknown_parent: false,
        kind: None,
    }
}

fn edge(from: &str, to: &str, share: Option<Share>, back: Option<Share>) -> Edge {
    Edge { from: from.to_owned(), to: to.to_owned(), share, back }
}

fn atlas(nord: Option<Share>) -> Atlas {
    let mut atlas = Atlas { country: "N".to_owned(), ..Atlas::default() };
    for (code, level) in [
        ("N", Level::Pays),
        ("R", Level::Region),
        ("K", Level::Cercle),
        ("L", Level::Cercle),
        ("BLA", Level::Commune),
        ("NORD", Level::Commune),
        ("TOU", Level::Commune),
        ("ZAN", Level::Commune),
        ("UNI", Level::Commune),
    ] {
        atlas.units.insert(code.to_owned(), unit(code, level));
    }
    for it in [
        version("N", None, "", ""),
        version("R", Some("N"), "", ""),
        version("K", Some("R"), "", ""),
        version("L", Some("R"), "2021-01-01", ""),
        version("BLA", Some("K"), "", ""),
        version("NORD", Some("K"), "2020-01-01", "2022-01-01"),
        version("TOU", Some("K"), "", "2021-01-01"),
        version("TOU", Some("L"), "2021-01-01", "2022-01-01"),
        version("ZAN", Some("K"), "", "2021-01-01"),
        version("UNI", Some("L"), "2022-01-01", ""),
    ] {
        atlas.versions.entry(it.code.clone()).or_default().push(it);
    }
    let rest = nord.and_then(|it| Share::new(it.whole() - it.parts(), it.whole()));
    atlas.events = vec![
        Event {
            day: day("2020-01-01"),
            act: "a".to_owned(),
            edges: vec![
                edge("BLA", "BLA", rest, Some(Share::WHOLE)),
                edge("BLA", "NORD", nord, Some(Share::WHOLE)),
            ],
        },
        Event {
            day: day("2022-01-01"),
            act: "b".to_owned(),
            edges: vec![
                edge("NORD", "UNI", Some(Share::WHOLE), share("1/4")),
                edge("TOU", "UNI", Some(Share::WHOLE), share("3/4")),
            ],
        },
    ];
    atlas
}

fn values(them: &[(&str, i64)]) -> BTreeMap<String, i64> {
    them.iter().map(|it| (it.0.to_owned(), it.1)).collect()
}

#[test]
fn a_tree_lists_each_unit_before_those_under_it() {
    let atlas = atlas(share("1/3"));
    let codes = |on| -> Vec<String> {
        let tree = atlas.tree_on(day(on));
        tree.iter()
            .map(|it| {
                let parent = it.parent.map_or("", |at| tree[at].code.as_str());
                format!("{parent}>{}", it.code)
            })
            .collect()
    };
    assert_eq!(codes("2019-12-31"), [">N", "N>R", "R>K", "K>BLA", "K>TOU", "K>ZAN"]);
    assert_eq!(codes("2021-06-01"), [">N", "N>R", "R>K", "K>BLA", "K>NORD", "R>L", "L>TOU"]);
    let maps = atlas.maps();
    let days: Vec<_> = maps.iter().filter_map(|it| it.from).map(|it| it.to_string()).collect();
    assert_eq!(days, ["2020-01-01", "2021-01-01", "2022-01-01"]);
    assert_eq!(maps[0].day(), Some(day("2019-12-31")));
    assert_eq!(atlas.map_of(day("2021-06-01")).unwrap().until, Some(day("2022-01-01")));
    let moved = atlas.moved(day("2019-12-31"), day("2021-06-01"));
    assert_eq!(moved.iter().map(|it| it.code.as_str()).collect::<Vec<_>>(), ["TOU"]);
}

#[test]
fn figures_follow_the_reforms_and_nothing_is_lost() {
    let before = values(&[("BLA", 100), ("TOU", 7), ("ZAN", 5), ("K", 11)]);
    let total = 123;
    for (nord, to, expected, held) in [
        (share("1/3"), "2019-06-01", vec![("BLA", 100), ("K", 11), ("TOU", 7), ("ZAN", 5)], vec![]),
        (
            share("1/3"),
            "2020-06-01",
            vec![("BLA", 67), ("K", 11), ("NORD", 33), ("TOU", 7), ("ZAN", 5)],
            vec![],
        ),
        (
            share("1/3"),
            "2022-06-01",
            vec![("BLA", 67), ("K", 11), ("UNI", 40)],
            vec![("K", "ZAN", 5, Why::NoSuccessor)],
        ),
        // Bla and Bla-Nord are no longer under one cercle.
        (
            None,
            "2022-06-01",
            vec![("K", 11), ("UNI", 7)],
            vec![("K", "BLA", 100, Why::UnknownKey), ("K", "ZAN", 5, Why::NoSuccessor)],
        ),
    ] {
        let atlas = atlas(nord);
        let found = atlas.passage(day("2019-01-01"), day(to)).restate(&before);
        assert_eq!(found.values, values(&expected), "{to} {nord:?}");
        let told: Vec<_> = found
            .held
            .iter()
            .map(|it| (it.at.as_str(), it.from.as_str(), it.value, it.why))
            .collect();
        assert_eq!(told, held, "{to} {nord:?}");
        assert_eq!(found.total(), total, "{to} {nord:?}");
    }
}

#[test]
fn later_figures_read_under_an_earlier_map() {
    let atlas = atlas(share("1/3"));
    let after = values(&[("BLA", 60), ("UNI", 41), ("L", 3)]);
    let found = atlas.passage(day("2023-01-01"), day("2019-01-01")).restate(&after);
    // A quarter of Uni came from Bla-Nord, which came from Bla.
    assert_eq!(found.values, values(&[("BLA", 70), ("TOU", 31)]));
    assert_eq!(found.held.len(), 1);
    assert_eq!((found.held[0].at.as_str(), found.held[0].why), ("R", Why::NoPredecessor));
    assert_eq!(found.total(), 104);
}

#[test]
fn what_is_no_sum_is_neither_divided_nor_added() {
    let atlas = atlas(share("1/3"));
    let rates = values(&[("BLA", 31), ("TOU", 40), ("K", 2)]);
    let found = atlas.passage(day("2019-01-01"), day("2022-06-01")).restate_whole(&rates);
    assert_eq!(found.values, values(&[("K", 2)]));
    let told: Vec<_> =
        found.held.iter().map(|it| (it.at.as_str(), it.from.as_str(), it.value, it.why)).collect();
    assert_eq!(told, [("R", "BLA", 31, Why::NotAdditive), ("UNI", "TOU", 40, Why::NotAdditive)]);
}
