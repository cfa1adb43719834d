//! A map of units: a circle for the people of each of them.

use graphics::{Frame, Outlines, Paint, Symbol, Symbols, Words};
use kernel::Decimal;
use web::Chrome;

use crate::{Place, Population};

/// A map and what is said around it. No drawing if no outline is known.
#[derive(Default)]
pub(super) struct Picture {
    pub(super) svg: String,
    pub(super) title: String,
    /// Who drew the outlines.
    pub(super) source: String,
    /// The units that are not drawn, in a sentence; empty if all are.
    pub(super) undrawn: String,
    /// The outlines drawn are those of units of before, which no source has placed since.
    pub(super) former: bool,
}

impl Picture {
    /// The people of `shown`, each at its place. `link` gives the address of a unit, or nothing if
    /// it is only part of the ground; the page of `current` is not linked to.
    pub(super) fn of(
        chrome: &Chrome,
        outlines: &Outlines,
        (title, width): (String, u32),
        shown: &[Place],
        populations: &[Population],
        link: impl Fn(&Place) -> Option<String>,
        current: &str,
    ) -> Self {
        let drawn: Vec<&Place> = shown.iter().filter(|it| outlines.has(&it.code)).collect();
        // Units of before that only hold what a reform has not placed yet lie under those of now:
        // they are drawn as long as none of these is.
        let now = drawn.iter().any(|it| !it.is_of_unknown_place());
        let drawn: Vec<&Place> =
            drawn.into_iter().filter(|it| !now || !it.is_of_unknown_place()).collect();
        if drawn.is_empty() {
            return Self::default();
        }
        let symbols: Vec<Symbol> = drawn
            .iter()
            .filter_map(|it| {
                let href = link(it)?;
                Some(Symbol {
                    code: it.code.clone(),
                    name: it.name.clone(),
                    value: populations
                        .iter()
                        .filter(|population| population.code == it.code)
                        .max_by_key(|population| (population.year, population.source.as_str()))
                        .map(|population| Decimal::from(population.persons)),
                    point: None,
                    href: (it.code != current).then_some(href),
                })
            })
            .collect();
        let frame = Frame {
            id: "territory-map".to_owned(),
            title: title.clone(),
            description: chrome.t("territory-map-description"),
            language: chrome.language(),
            paint: Paint::Page,
            width,
            words: Words {
                no_data: chrome.t("word-no-data"),
                incomplete: chrome.t("territory-incomplete"),
            },
        };
        let ground: Vec<String> = drawn.iter().map(|it| it.code.clone()).collect();
        let made = graphics::symbols(
            &frame,
            &Symbols {
                outlines,
                ground: &ground,
                context: Some("ML"),
                symbols: &symbols,
                unit: Some(&chrome.t("territory-persons")),
                names: true,
            },
        );
        let left: Vec<&str> = shown
            .iter()
            .filter(|it| !ground.contains(&it.code))
            .map(|it| it.name.as_str())
            .collect();
        Self {
            source: crate::map_sources(&made, |key, it| chrome.t1(key, "source", it)).join(" "),
            undrawn: if left.is_empty() {
                String::new()
            } else {
                chrome.t1("territory-map-undrawn", "names", left.join(", "))
            },
            svg: made.svg,
            former: !now,
            title,
        }
    }
}
