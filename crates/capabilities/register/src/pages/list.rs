//! `/registre`: the list, filtered, sorted, by pages of fifty.

use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use db::{DbError, Tx};
use kernel::Failure;
use web::{Chrome, PageFailure, Visit};

use super::{
    FilterForm, PlaceNames, Tab, address, country_name, status_icon, tabs, word, years_told,
};
use crate::{Axis, Filter, MalianLevel, PAGE, Partnership, Typed};

const PATH: &str = "/registre";

#[derive(Template)]
#[template(path = "register/list.html")]
struct View {
    chrome: Chrome,
    form: FilterForm,
    tabs: Vec<Tab>,
    rows: Vec<Line>,
    /// How the count is made up, by source.
    sources: String,
    summary: String,
    previous: String,
    next: String,
    may_add: bool,
    exports: String,
    caption: String,
}

/// A line of the list.
struct Line {
    href: String,
    partner: String,
    countries: String,
    partner_level: String,
    place: String,
    place_href: String,
    place_note: String,
    region: String,
    region_conflict: String,
    years: String,
    status: String,
    status_icon: &'static str,
    questions: usize,
}

pub(super) async fn show(
    visit: Visit,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Response, PageFailure> {
    let typed = Typed::read(&pairs);
    let chrome = visit.chrome("register-title");
    let words = chrome.clone();
    let work = move |tx: &mut Tx<'_>| {
        let (filter, refused) = typed.understand(tx)?;
        let wrong = !refused.is_empty();
        let found = if wrong { None } else { Some(found(tx, &words, &filter)?) };
        let form = FilterForm::new(tx, &words, PATH, typed, &refused)?;
        Ok::<_, Failure>((form, filter, found))
    };
    let (form, filter, found) = visit.app.read(work).await?;
    let wrong = found.is_none();
    let (rows, count, sources) = found.unwrap_or_default();
    let query = form.query();
    let page = |number: i64| {
        let mut pairs = form.typed.pairs();
        let number = number.to_string();
        if !form.typed.tri.is_empty() {
            pairs.push(("tri", &form.typed.tri));
        }
        pairs.push(("page", &number));
        address(PATH, &super::query_of(&pairs))
    };
    let first = (filter.page - 1) * PAGE;
    let last = first + i64::try_from(rows.len()).unwrap_or_default();
    let language = visit.language;
    let summary = if rows.is_empty() {
        String::new()
    } else {
        chrome.t2(
            "register-summary",
            ("range", format!("{}–{}", language.integer(first + 1), language.integer(last))),
            ("count", language.integer(count)),
        )
    };
    let view = View {
        tabs: tabs(&chrome, PATH, &query),
        previous: if 1 < filter.page && !wrong { page(filter.page - 1) } else { String::new() },
        next: if last < count { page(filter.page + 1) } else { String::new() },
        caption: chrome.t1("register-caption", "count", language.integer(count)),
        may_add: visit.actor.offices.iter().any(|it| {
            let object = identity::Object::at([it.place.as_str()]);
            visit.may(identity::Action::EditRegister, &object)
        }),
        exports: query,
        summary,
        sources,
        rows,
        form,
        chrome,
    };
    if wrong { visit.correct(&view) } else { visit.page(&view) }
}

fn found(
    tx: &mut Tx<'_>,
    chrome: &Chrome,
    filter: &Filter,
) -> Result<(Vec<Line>, i64, String), DbError> {
    let (count, list) = crate::page(tx, filter)?;
    let mut names = PlaceNames::default();
    let rows = list
        .iter()
        .map(|it| line(tx, chrome, &mut names, &filter.words, it))
        .collect::<Result<_, _>>()?;
    // The make-up of a long list would cost more than the list; its sources are on the page of
    // statistics.
    let sources = if count <= 1000 { by_source(tx, chrome, filter)? } else { String::new() };
    Ok((rows, count, sources))
}

fn by_source(tx: &mut Tx<'_>, chrome: &Chrome, filter: &Filter) -> Result<String, DbError> {
    let tally = crate::tally(tx, filter, Axis::Source)?;
    let parts = tally.iter().filter_map(|(source, count)| {
        let name = super::source_name(chrome, source.as_deref()?);
        Some(chrome.t2(
            "register-of-source",
            ("count", chrome.language().integer(*count)),
            ("source", name),
        ))
    });
    Ok(parts.collect::<Vec<_>>().join("\u{202f}; "))
}

fn line(
    tx: &mut Tx<'_>,
    chrome: &Chrome,
    names: &mut PlaceNames,
    words: &[territory::Asked],
    it: &Partnership,
) -> Result<Line, DbError> {
    let status = it.status();
    let mut countries: Vec<String> =
        it.foreign.iter().map(|it| country_name(chrome, &it.country)).collect();
    countries.dedup();
    let mut levels: Vec<String> =
        it.foreign.iter().map(|it| word(chrome, "foreign-level", it.level.word())).collect();
    levels.dedup();
    let first = it.malian.first();
    let place_note = match first {
        Some(side) => match &side.place {
            // A village or another name: the place found is told beside it.
            Some(place) => {
                let name = names.get(tx, place)?;
                let told = kernel::search::fold(&name) == kernel::search::fold(&side.name);
                match side.level {
                    _ if told => String::new(),
                    // The District is neither a commune nor a cercle, and holds no village.
                    MalianLevel::District => name,
                    _ => chrome.t1("register-place-in", "name", name),
                }
            }
            None if side.name.is_empty() => chrome.t("register-no-place"),
            None => chrome.t("register-place-not-found"),
        },
        None => String::new(),
    };
    let village = village(tx, names, words, it)?;
    let place_note = match village {
        Some(village) => {
            let told = chrome.t1("register-found-by-village", "name", village);
            if place_note.is_empty() { told } else { format!("{place_note}\u{202f}; {told}") }
        }
        None => place_note,
    };
    let contradicting = it.malian.iter().find(|it| it.region_contradicts());
    let region = match first.and_then(|it| it.region()) {
        Some(code) => names.get(tx, code)?,
        None => String::new(),
    };
    let region_conflict = match contradicting.and_then(|it| it.region_declared.clone()) {
        Some(code) => {
            let declared = names.get(tx, &code)?;
            chrome.t1("register-declared-elsewhere", "name", declared)
        }
        None => String::new(),
    };
    Ok(Line {
        href: format!("/registre/{}", it.id),
        partner: it.foreign_name(),
        countries: countries.join(", "),
        partner_level: levels.join(", "),
        place: it.malian_name(),
        place_href: first
            .and_then(|it| it.place.as_ref())
            .map(|it| format!("/territoire/{it}"))
            .unwrap_or_default(),
        place_note,
        region,
        region_conflict,
        years: years_told(it),
        status: word(chrome, "status", status.word()),
        status_icon: status_icon(status),
        questions: it.questions().len(),
    })
}

/// The village by which a word found a partnership that does not bear that word itself: without
/// it a reader would wonder why the line is there.
fn village(
    tx: &mut Tx<'_>,
    names: &mut PlaceNames,
    words: &[territory::Asked],
    it: &Partnership,
) -> Result<Option<String>, DbError> {
    if words.is_empty() {
        return Ok(None);
    }
    let mut own = it.tokens([]);
    let places: Vec<&str> = it.malian.iter().filter_map(|it| it.place.as_deref()).collect();
    for place in &places {
        own.extend(territory::tokens_of([names.get(tx, place)?.as_str()]));
    }
    for word in words.iter().filter(|it| !it.is_answered_by(&own)) {
        for place in &places {
            if let Some(village) = territory::village_of_word(tx, place, word)? {
                return Ok(Some(village));
            }
        }
    }
    Ok(None)
}
