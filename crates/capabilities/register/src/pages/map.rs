//! `/registre/carte`: where the partnerships are, with the table beside.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use db::{DbError, Tx};
use graphics::{Frame, Paint, Symbol, Symbols, Words};
use kernel::search::fold;
use kernel::{Decimal, Failure};
use web::{Chrome, PageFailure, Visit};

use super::{FilterForm, PlaceNames, Tab, address, query_of, regions, tabs};
use crate::{Axis, Typed, map_of_the_register};

const PATH: &str = "/registre/carte";

#[derive(Template)]
#[template(path = "register/map.html")]
struct View {
    chrome: Chrome,
    form: FilterForm,
    tabs: Vec<Tab>,
    count: String,
    svg: String,
    note: String,
    rows: Vec<Place>,
    without_place: String,
}

/// A place of the table.
struct Place {
    name: String,
    count: String,
    list: String,
    href: String,
}

/// Adds its level to a name that several of these places bear: a cercle bears that of its chief
/// town.
fn tell_apart(
    tx: &mut Tx<'_>,
    chrome: &Chrome,
    named: &mut BTreeMap<String, String>,
) -> Result<(), DbError> {
    let mut bearers: BTreeMap<String, usize> = BTreeMap::new();
    for name in named.values() {
        *bearers.entry(fold(name)).or_default() += 1;
    }
    for (code, name) in named {
        if bearers.get(&fold(name)).is_some_and(|it| 1 < *it)
            && let Some(place) = territory::place_near(tx, code, map_of_the_register())?
        {
            let level = chrome.t(&format!("territory-level-{}", place.level.word()));
            *name = chrome.t2("register-place-of-level", ("name", &*name), ("level", level));
        }
    }
    Ok(())
}

pub(super) async fn show(
    visit: Visit,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Response, PageFailure> {
    let typed = Typed::read(&pairs);
    let chrome = visit.chrome("register-map-title");
    let words = chrome.clone();
    let work = move |tx: &mut Tx<'_>| {
        let (filter, refused) = typed.understand(tx)?;
        let mut count = 0;
        let mut tally = Vec::new();
        let mut names = PlaceNames::default();
        let mut named = BTreeMap::new();
        if refused.is_empty() {
            count = crate::count(tx, &filter)?;
            tally = crate::tally(tx, &filter, Axis::Place)?;
            for code in tally.iter().filter_map(|it| it.0.as_deref()) {
                named.insert(code.to_owned(), names.get(tx, code)?);
            }
            tell_apart(tx, &words, &mut named)?;
        }
        let ground: Vec<String> = regions(tx)?.into_iter().map(|it| it.0).collect();
        let form = FilterForm::new(tx, &words, PATH, typed, &refused)?;
        let outlines = territory::outlines(tx)?;
        Ok::<_, Failure>((form, count, tally, named, ground, outlines, refused.is_empty()))
    };
    let (form, count, tally, named, ground, outlines, right) = visit.app.read(work).await?;
    let language = visit.language;
    let mut others = form.typed.pairs();
    others.retain(|it| it.0 != "lieu");
    let list = |code: &str| {
        let mut pairs = others.clone();
        pairs.push(("lieu", code));
        address("/registre", &query_of(&pairs))
    };
    let symbols: Vec<Symbol> = tally
        .iter()
        .filter_map(|(code, count)| {
            let code = code.clone()?;
            Some(Symbol {
                name: named.get(&code).cloned().unwrap_or_default(),
                value: Some(Decimal::from(*count)),
                point: None,
                href: Some(list(&code)),
                code,
            })
        })
        .collect();
    let frame = Frame {
        id: "register-map".to_owned(),
        title: chrome.t1("register-map-finding", "count", language.integer(count)),
        description: chrome.t("register-map-description"),
        language,
        paint: Paint::Page,
        width: 720,
        words: Words {
            no_data: chrome.t("word-no-data"),
            incomplete: chrome.t("territory-incomplete"),
        },
    };
    let unit = chrome.t("register-unit");
    let drawn = graphics::symbols(
        &frame,
        &Symbols {
            outlines: &outlines,
            ground: &ground,
            context: Some("ML"),
            symbols: &symbols,
            unit: Some(&unit),
            names: true,
        },
    );
    let mut notes = territory::map_sources(&drawn, |key, it| chrome.t1(key, "source", it));
    if !drawn.undrawn.is_empty() {
        let names: Vec<String> = drawn
            .undrawn
            .iter()
            .map(|it| named.get(it).cloned().unwrap_or_else(|| it.clone()))
            .collect();
        notes.push(chrome.t1("register-map-undrawn", "names", names.join(", ")));
    }
    let mut rows: Vec<Place> = tally
        .iter()
        .filter_map(|(code, count)| {
            let code = code.as_deref()?;
            Some(Place {
                name: named.get(code).cloned().unwrap_or_default(),
                count: language.integer(*count),
                list: list(code),
                href: format!("/territoire/{code}"),
            })
        })
        .collect();
    rows.sort_by_key(|it| (fold(&it.name), it.href.clone()));
    let without = tally.iter().find(|it| it.0.is_none()).map_or(0, |it| it.1);
    let view = View {
        tabs: tabs(&chrome, PATH, &form.query()),
        count: chrome.t1("register-caption", "count", language.integer(count)),
        svg: if right { drawn.svg } else { String::new() },
        note: notes.join(" "),
        without_place: if 0 < without {
            chrome.t1("register-map-without", "count", language.integer(without))
        } else {
            String::new()
        },
        rows,
        form,
        chrome,
    };
    if right { visit.page(&view) } else { visit.correct(&view) }
}
