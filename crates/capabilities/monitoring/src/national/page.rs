//! The page of national data: the packs that the nation hands out, and the reading of one. Reading
//! writes nothing.

use super::latest;
use super::pack::{LARGEST, Pack, PackRefused, Unit, pack};
use crate::analysis::{self, encoded};
use crate::questionnaire::Level;
use crate::store;
use askama::Template;
use axum::extract::{Path, Request};
use axum::response::Response;
use identity::Action;
use journal::Journal;
use kernel::{Failure, Language, Quarter, Reject};
use web::{Access, Chrome, PageFailure, Routes, Sent, Visit};

/// The quarters of which packs are offered.
const OFFERED: usize = 4;

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/suivi/donnees-nationales", Access::SignedIn, show)
        .upload("/suivi/donnees-nationales", Access::SignedIn, LARGEST + 64 * 1024, open)
        .get(
            "/suivi/donnees-nationales/{quarter}/{place}",
            Access::Needs(Action::PublishQuarter),
            download,
        )
}

/// A place for which a pack is made.
struct Offer {
    name: String,
    href: String,
    under: Vec<(String, String)>,
}

/// The packs of one published quarter.
struct Published {
    quarter: String,
    day: String,
    offers: Vec<Offer>,
}

/// A pack that is being read.
struct Opened {
    title: String,
    place: String,
    quarter: String,
    maker: String,
    known: bool,
    invented: bool,
    units: Vec<Shown>,
}

/// A unit of it.
struct Shown {
    name: String,
    level: String,
    is_open: bool,
    /// Code, indicator, value with its unit, how many answered.
    figures: Vec<(String, String, String, String)>,
}

#[derive(Template)]
#[template(path = "national/packs.html")]
struct View {
    chrome: Chrome,
    /// What this post received by exchange.
    received: String,
    published: Vec<Published>,
    opened: Option<Opened>,
    refusal: String,
}

async fn view(visit: &Visit, refusal: String) -> Result<View, PageFailure> {
    let (actor, today) = (visit.actor.clone(), visit.today());
    let read = visit.app.read(move |tx| {
        let latest = latest(tx)?;
        let Some(home) = analysis::home(tx, &actor, today)? else {
            return Ok((latest, None, Vec::new()));
        };
        let nation = analysis::root_of(tx, &home)?.ok_or(Failure::NotFound)?;
        let mut found = Vec::new();
        for quarter in store::published(tx, &nation)?.into_iter().rev().take(OFFERED) {
            let ground = crate::circuit::ground_of(tx, &nation, quarter)?;
            let day = store::state(tx, &nation, quarter)?.map(|it| it.day);
            found.push((quarter, ground, day));
        }
        Ok::<_, Failure>((latest, Some(nation), found))
    });
    let (latest, nation, found) = read.await.map_err(|it: Failure| PageFailure::from(it))?;
    let catalogue = visit.app.catalogue();
    let received = latest.map(|(quarter, day)| {
        let given = [
            ("day", visit.language.long_date(day)),
            ("quarter", visit.language.short_quarter(quarter)),
        ];
        catalogue.say(visit.language, "national-data-of", &given)
    });
    let mut published = Vec::new();
    for (quarter, ground, day) in &found {
        let nation = nation.as_deref().unwrap_or_default();
        if !visit.may(Action::PublishQuarter, &ground.object(nation)) {
            continue;
        }
        let href = |code: &str| format!("/suivi/donnees-nationales/{quarter}/{}", encoded(code));
        let offer = |code: &str| (ground.name(code).to_owned(), href(code));
        let regions = ground.tree.at_level(0, Level::Region);
        let offers = regions.map(|at| {
            let region = &ground.tree.units()[at].code;
            let cercles = ground.tree.at_level(at, Level::Cercle);
            let (name, href) = offer(region);
            let under = cercles.map(|it| offer(&ground.tree.units()[it].code)).collect();
            Offer { name, href, under }
        });
        published.push(Published {
            quarter: visit.language.quarter(*quarter),
            day: day.map(|it| visit.language.long_date(it)).unwrap_or_default(),
            offers: offers.collect(),
        });
    }
    Ok(View {
        chrome: visit.chrome("pack-title"),
        received: received.unwrap_or_default(),
        published,
        opened: None,
        refusal,
    })
}

async fn show(visit: Visit) -> Result<Response, PageFailure> {
    visit.page(&view(&visit, String::new()).await?)
}

async fn download(
    visit: Visit,
    Path((quarter, place)): Path<(String, String)>,
) -> Result<Response, PageFailure> {
    let quarter: Quarter = quarter.parse().map_err(|_| PageFailure::NotFound)?;
    let (actor, today, app) = (visit.actor.clone(), visit.today(), visit.app.clone());
    let made = visit.app.read(move |tx| {
        let home = analysis::home(tx, &actor, today)?.ok_or(Failure::NotFound)?;
        let nation = analysis::root_of(tx, &home)?.ok_or(Failure::NotFound)?;
        let ground = crate::circuit::ground_of(tx, &nation, quarter)?;
        if !identity::allow(&actor, Action::PublishQuarter, &ground.object(&nation)) {
            return Err(Failure::Denied("packs".to_owned()));
        }
        let made = pack(tx, &nation, &place, quarter)?;
        let bytes = made.write(app.journal().key())?;
        Ok::<_, Failure>((made.file_name(), bytes))
    });
    let (name, bytes) = made.await.map_err(|it: Failure| PageFailure::from(it))?;
    Ok(visit.file(&name, "text/plain; charset=utf-8", bytes))
}

async fn open(visit: Visit, request: Request) -> Result<Response, PageFailure> {
    let sent = Sent::read(&visit, request).await?;
    let read = match sent.whole {
        true => Pack::read(&sent.bytes),
        false => Err(PackRefused::TooLarge { most: LARGEST >> 20 }),
    };
    let (pack, maker) = match read {
        Ok(it) => it,
        Err(rule) => {
            let told = visit.app.tell(visit.language, &rule.message());
            return visit.correct(&view(&visit, told).await?);
        }
    };
    let post = maker.clone();
    let known = visit.app.read(move |tx| {
        let streams = Journal::streams(tx)?;
        Ok::<_, Failure>(streams.iter().any(|it| it.post_id == post))
    });
    let known = known.await.map_err(|it: Failure| PageFailure::from(it))?;
    let opened = shown(&visit, &pack, maker, known);
    let view = view(&visit, String::new()).await?;
    visit.page(&View { opened: Some(opened), ..view })
}

fn shown(visit: &Visit, pack: &Pack, maker: String, known: bool) -> Opened {
    let language = visit.language;
    let catalogue = visit.app.catalogue();
    let word = usize::from(language == Language::English);
    let unit = |it: &Unit| Shown {
        name: it.name.clone(),
        level: catalogue.say(language, &format!("pack-level-{}", it.level), &[]),
        is_open: it.code == pack.place,
        figures: pack
            .indicators
            .iter()
            .enumerate()
            .filter_map(|(at, told)| {
                let (value, count) = it.figure(at)?;
                let value = format!("{} {}", language.written(value), told.unit[word]);
                let label = told.label[word].clone();
                Some((told.code.clone(), label, value.trim().to_owned(), count.to_owned()))
            })
            .collect(),
    };
    let quarter: Option<Quarter> = pack.quarter.parse().ok();
    let place = pack.units.iter().find(|it| it.code == pack.place);
    let given = [
        ("day", language.long_date(pack.day)),
        ("quarter", quarter.map(|it| language.short_quarter(it)).unwrap_or_default()),
    ];
    // The place first, then the others as they lie.
    let mut units: Vec<&Unit> = pack.units.iter().collect();
    units.sort_by_key(|it| it.code != pack.place);
    let levels = ["commune", "cercle", "region", "national"];
    let known_level = |it: &&Unit| levels.contains(&it.level.as_str());
    Opened {
        title: catalogue.say(language, "national-data-of", &given),
        place: place.map(|it| it.name.clone()).unwrap_or_default(),
        quarter: quarter.map(|it| language.quarter(it)).unwrap_or_default(),
        maker,
        known,
        invented: pack.invented,
        units: units.into_iter().filter(known_level).map(unit).collect(),
    }
}
