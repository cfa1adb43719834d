//! `/territoire/{code}`: a unit on a day, for people; with `.json`, for programs.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use kernel::{Date, Failure};
use web::{Chrome, PageFailure, Panel, Visit};

use super::map::Picture;
use super::reform::{ActLine, act_lines, may_change};
use super::{AskedDay, DayLink, PopulationRow, day_links, latest, named, population_rows};
use crate::lineage::Atlas;
use crate::{Act, Level, Locality, Place, Population, Total, Unit, Version};

/// Everything that the page tells, before words.
struct Facts {
    unit: Unit,
    /// The version shown: that of the day, or the last one.
    version: Version,
    /// The day shown.
    day: Date,
    /// The unit exists on the day asked for.
    exists: bool,
    versions: Vec<Version>,
    chain: Vec<Place>,
    children: Vec<Place>,
    child_populations: Vec<Population>,
    siblings: Vec<Place>,
    populations: Vec<Population>,
    totals: Vec<Total>,
    localities: Vec<Locality>,
    former: Option<Place>,
    later: Vec<Place>,
    outlines: Arc<graphics::Outlines>,
    atlas: Atlas,
    acts: Vec<Act>,
}

pub(super) async fn show(
    visit: Visit,
    Path(code): Path<String>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Response, PageFailure> {
    let asked = AskedDay::read(&pairs);
    let (code, json) = match code.strip_suffix(".json") {
        Some(code) => (code.to_owned(), true),
        None => (code, false),
    };
    let (day, today) = (asked.day, visit.today());
    let facts = visit
        .app
        .read(move |tx| gather(tx, &code, day, today))
        .await?
        .ok_or(PageFailure::NotFound)?;
    if json {
        if asked.wrong {
            let body = serde_json::json!({
                "erreur": visit.chrome("territory-title").t1("territory-bad-day", "value", &asked.typed),
                "champ": "le",
            });
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, axum::Json(body)).into_response());
        }
        return Ok(axum::Json(for_programs(&facts)).into_response());
    }
    let panels = visit.panels(&facts.unit.code, facts.day).await?;
    let view = View::of(&visit, &asked, &facts, panels);
    if asked.wrong { visit.correct(&view) } else { visit.page(&view) }
}

fn gather(
    tx: &mut db::Tx<'_>,
    code: &str,
    asked: Option<Date>,
    today: Date,
) -> Result<Option<Facts>, Failure> {
    let found = match crate::unit(tx, code)? {
        Some(it) => Some(it),
        None => match crate::code_of_official(tx, code)? {
            Some(code) => crate::unit(tx, &code)?,
            None => None,
        },
    };
    let Some(unit) = found else { return Ok(None) };
    let code = unit.code.clone();
    let mut day = asked.unwrap_or(today);
    let now = crate::version_on(tx, &code, day)?;
    let exists = now.is_some();
    let version = match now {
        Some(it) => it,
        None => match crate::version_near(tx, &code, day)? {
            Some(it) => it,
            None => return Ok(None),
        },
    };
    if !exists && asked.is_none() {
        // Nobody asked for a day: the last one on which the unit existed tells most.
        day = version.valid_to.map_or(day, |it| it.plus_days(-1));
    }
    let shown = exists || asked.is_none();
    let parent = version.parent.clone();
    let later = crate::same_name_later(tx, &code)?;
    let mut near = |codes: &[String]| -> Result<Vec<Place>, Failure> {
        let mut out = Vec::new();
        for code in codes {
            out.extend(crate::place_near(tx, code, day)?);
        }
        Ok(out)
    };
    let later = near(&later)?;
    let former = near(&unit.former.clone().into_iter().collect::<Vec<_>>())?.pop();
    let on = |tx: &mut db::Tx<'_>, code: &str| {
        if shown { crate::children(tx, code, day) } else { Ok(Vec::new()) }
    };
    let children = on(tx, &code)?;
    let mut child_populations = crate::child_populations(tx, &code, day)?;
    child_populations.extend(super::sums_of_unknown(tx, &children, day)?);
    let siblings = match &parent {
        Some(parent) if children.is_empty() => on(tx, parent)?,
        _ => Vec::new(),
    };
    Ok(Some(Facts {
        chain: if shown { crate::chain(tx, &code, day)? } else { Vec::new() },
        child_populations,
        populations: crate::populations(tx, &code)?,
        totals: if shown { crate::totals(tx, &code, day)? } else { Vec::new() },
        localities: crate::localities(tx, &code)?,
        outlines: crate::outlines(tx)?,
        acts: {
            let mut acts = crate::acts(tx, &unit.country)?;
            acts.retain(|it| it.units.contains(&code));
            acts
        },
        atlas: Atlas::read(tx, &unit.country)?,
        versions: crate::versions(tx, &code)?,
        unit,
        version,
        day,
        exists,
        children,
        siblings,
        former,
        later,
    }))
}

fn for_programs(facts: &Facts) -> serde_json::Value {
    let place =
        |it: &Place| serde_json::json!({ "code": it.code, "nom": it.name, "niveau": it.level });
    serde_json::json!({
        "code": facts.unit.code,
        "code_officiel": facts.unit.official,
        "nom": facts.version.name,
        "autres_noms": facts.unit.aliases,
        "niveau": facts.unit.level,
        "genre": facts.unit.kind,
        "le": facts.day,
        "existe": facts.exists,
        "rattachement_inconnu": facts.version.unknown_parent,
        "invente": facts.unit.invented,
        "chaine": facts.chain.iter().map(place).collect::<Vec<_>>(),
        "enfants": facts.children.iter().map(place).collect::<Vec<_>>(),
        "versions": facts.versions.iter().map(|it| serde_json::json!({
            "nom": it.name,
            "parent": it.parent,
            "du": it.valid_from,
            "jusqu_au": it.valid_to.map(|day| day.plus_days(-1)),
            "rattachement_inconnu": it.unknown_parent,
        })).collect::<Vec<_>>(),
        "populations": facts.populations.iter().map(|it| serde_json::json!({
            "annee": it.year, "source": it.source, "personnes": it.persons, "menages": it.households,
        })).collect::<Vec<_>>(),
        "sommes_des_communes": facts.totals.iter().map(|it| serde_json::json!({
            "annee": it.year, "source": it.source, "personnes": it.persons,
            "communes_comptees": it.counted, "communes": it.communes,
        })).collect::<Vec<_>>(),
        "localites": facts.localities.iter().map(|it| serde_json::json!({
            "code": it.code, "nom": it.name, "milieu": it.setting, "personnes": it.persons,
        })).collect::<Vec<_>>(),
        "latitude": facts.unit.latitude,
        "longitude": facts.unit.longitude,
        "point": facts.unit.point_kind,
        "source": facts.unit.source,
    })
}

#[derive(Template)]
#[template(path = "territory/unit.html")]
struct View {
    chrome: Chrome,
    path: String,
    json_href: String,
    level: String,
    name: String,
    lede: String,
    le: String,
    day: String,
    day_error: String,
    day_links: Vec<DayLink>,
    crumbs: Vec<(String, String)>,
    not_on_day: Vec<String>,
    unknown_parent: bool,
    is_unknown_node: bool,
    before_map: bool,
    facts: Vec<(String, String)>,
    former: Option<Link>,
    later: Vec<Link>,
    populations: Vec<PopulationRow>,
    children: Vec<Child>,
    below_title: String,
    localities: Vec<Village>,
    panels: Vec<Panel>,
    map: Picture,
    change_href: String,
    people_href: String,
    lineage: Vec<Kin>,
    history: Vec<(String, String, String)>,
    acts: Vec<ActLine>,
}

/// A unit from which this one comes, or that comes from it.
struct Kin {
    day: String,
    relation: String,
    href: String,
    name: String,
    share: String,
}

struct Link {
    href: String,
    label: String,
}

struct Child {
    href: String,
    name: String,
    level: String,
    population: String,
}

struct Village {
    name: String,
    setting: String,
    persons: String,
    households: String,
}

impl View {
    fn of(visit: &Visit, asked: &AskedDay, facts: &Facts, panels: Vec<Panel>) -> Self {
        let language = visit.language;
        let code = &facts.unit.code;
        let name = facts.version.name.clone();
        let chrome = visit.chrome_titled(name.clone()).with_invented(facts.unit.invented);
        let level = |it: Level| chrome.t(&format!("territory-level-{it}"));
        // A day that was asked for stays in every address of the page.
        let suffix = asked.day.map(|it| format!("?le={it}")).unwrap_or_default();
        let href = |code: &str| format!("/territoire/{code}{suffix}");
        let link = |it: &Place| Link {
            href: format!("/territoire/{}", it.code),
            label: format!("{} ({})", it.name, level(it.level)),
        };
        let mut crumbs = vec![(format!("/territoire{suffix}"), chrome.t("territory-title"))];
        crumbs.extend(facts.chain.iter().map(|it| (href(&it.code), named(&chrome, it))));
        crumbs.push((String::new(), name.clone()));
        let not_on_day = if facts.exists {
            Vec::new()
        } else {
            facts.versions.iter().map(|it| held(&chrome, it)).collect()
        };
        let map = map(&chrome, facts);
        Self {
            path: format!("/territoire/{code}"),
            json_href: format!("/territoire/{code}.json{suffix}"),
            level: level(facts.unit.level),
            lede: facts
                .chain
                .iter()
                .rev()
                .map(|it| it.name.as_str())
                .collect::<Vec<_>>()
                .join(", "),
            le: if asked.typed.is_empty() {
                language.short_date(facts.day)
            } else {
                asked.typed.clone()
            },
            day: language.long_date(facts.day),
            day_error: if asked.wrong {
                chrome.t1("territory-bad-day", "value", &asked.typed)
            } else {
                String::new()
            },
            day_links: day_links(&format!("/territoire/{code}"), &chrome, facts.day, visit.today()),
            not_on_day,
            unknown_parent: facts.version.unknown_parent,
            is_unknown_node: facts.unit.level == Level::Inconnu
                || (facts.version.unknown_parent && facts.unit.level != Level::Commune),
            before_map: facts.unit.country == "ML"
                && crate::described_since().is_some_and(|it| facts.day < it),
            facts: about(&chrome, facts),
            former: facts.former.as_ref().map(link),
            later: facts.later.iter().map(link).collect(),
            below_title: chrome.t2(
                "territory-below",
                ("name", &name),
                ("day", language.long_date(facts.day)),
            ),
            populations: population_rows(language, &facts.populations, &facts.totals),
            children: facts
                .children
                .iter()
                .map(|it| Child {
                    href: href(&it.code),
                    name: it.name.clone(),
                    level: level(it.shown_level()),
                    population: latest(language, &facts.child_populations, &it.code),
                })
                .collect(),
            localities: facts
                .localities
                .iter()
                .map(|it| Village {
                    name: super::legible(&chrome, &it.name),
                    setting: it.setting.clone(),
                    persons: language.integer(it.persons),
                    households: language.integer(it.households),
                })
                .collect(),
            panels,
            people_href: if may_change(visit, &facts.unit.country) {
                format!("/territoire/{code}/population")
            } else {
                String::new()
            },
            change_href: if may_change(visit, &facts.unit.country) {
                format!("/territoire/{code}/decoupage")
            } else {
                String::new()
            },
            lineage: lineage(&chrome, facts),
            history: history(&chrome, facts),
            acts: act_lines(&chrome, &facts.atlas, &facts.acts),
            crumbs,
            name,
            map,
            chrome,
        }
    }
}

/// Where the unit comes from and what it gives, reform by reform.
fn lineage(chrome: &Chrome, facts: &Facts) -> Vec<Kin> {
    let code = facts.unit.code.as_str();
    let mut out = Vec::new();
    for event in facts.atlas.events() {
        for edge in event.edges.iter().filter(|it| it.from == code || it.to == code) {
            let gives = edge.from == code;
            let (other, share, on) = if gives {
                (&edge.to, edge.share, event.day)
            } else {
                (&edge.from, edge.share, event.day.plus_days(-1))
            };
            out.push(Kin {
                day: chrome.language().long_date(event.day),
                relation: chrome.t(if gives { "reform-went-to" } else { "reform-came-from" }),
                href: format!("/territoire/{other}?le={on}"),
                name: facts.atlas.name(other, on).to_owned(),
                share: share.map_or_else(|| chrome.t("reform-share-unknown"), |it| it.to_string()),
            });
        }
    }
    out
}

/// The unit under each map: dates, name, unit above. Nothing if it never changed.
fn history(chrome: &Chrome, facts: &Facts) -> Vec<(String, String, String)> {
    if facts.versions.len() < 2 {
        return Vec::new();
    }
    let above = |it: &Version| {
        let Some(parent) = it.parent.as_deref() else { return String::new() };
        let on = it.valid_from.or(it.valid_to.map(|day| day.plus_days(-1))).unwrap_or(facts.day);
        let name = facts.atlas.name(parent, on);
        if it.unknown_parent {
            chrome.t1("territory-unknown-node", "name", name)
        } else {
            name.to_owned()
        }
    };
    facts.versions.iter().map(|it| (held(chrome, it), it.name.clone(), above(it))).collect()
}

/// « du 10 août 1999 au 12 mars 2023 ».
fn held(chrome: &Chrome, it: &Version) -> String {
    let long = |day: Date| chrome.language().long_date(day);
    match (it.valid_from, it.valid_to.map(|day| day.plus_days(-1))) {
        (Some(from), Some(to)) => {
            chrome.t2("territory-held-from-to", ("from", long(from)), ("to", long(to)))
        }
        (Some(from), None) => chrome.t1("territory-held-from", "from", long(from)),
        (None, Some(to)) => chrome.t1("territory-held-to", "to", long(to)),
        (None, None) => chrome.t("territory-held-always"),
    }
}

fn about(chrome: &Chrome, facts: &Facts) -> Vec<(String, String)> {
    let unit = &facts.unit;
    let mut out = vec![
        ("territory-code", unit.code.clone()),
        ("territory-official", unit.official.clone().unwrap_or_default()),
        ("territory-kind", facts.version.kind.clone().or(unit.kind.clone()).unwrap_or_default()),
        ("territory-aliases", unit.aliases.join(", ")),
        ("territory-validity", held(chrome, &facts.version)),
    ];
    if let (Some(latitude), Some(longitude)) = (&unit.latitude, &unit.longitude) {
        let kind = unit.point_kind.clone().unwrap_or_default();
        out.push((
            "territory-point",
            format!(
                "{}\u{202f}; {} ({kind})",
                chrome.language().written(latitude),
                chrome.language().written(longitude)
            ),
        ));
    }
    out.push(("territory-source", unit.source.clone()));
    out.into_iter()
        .filter(|it| !it.1.is_empty())
        .map(|(key, value)| (chrome.t(key), value))
        .collect()
}

/// A small map: the people of the units below, or the place among its neighbours.
fn map(chrome: &Chrome, facts: &Facts) -> Picture {
    let below = !facts.children.is_empty();
    let (shown, populations): (&[Place], &[Population]) = if below {
        (&facts.children, &facts.child_populations)
    } else {
        (&facts.siblings, &facts.populations)
    };
    let told = |it: &Place| below || it.code == facts.unit.code;
    Picture::of(
        chrome,
        &facts.outlines,
        (chrome.t1("territory-map-title", "name", &facts.version.name), 480),
        shown,
        populations,
        |it| told(it).then(|| format!("/territoire/{}", it.code)),
        &facts.unit.code,
    )
}
