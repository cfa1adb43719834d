//! All the indicators of a place, by sector.

use askama::Template;
use web::{Chrome, Visit};

use super::choices::{Crumb, crumbs};
use super::{Cell, Choices, Scene};

#[derive(Template)]
#[template(path = "analysis/overview.html")]
pub(super) struct View {
    chrome: Chrome,
    choices: Choices,
    crumbs: Vec<Crumb>,
    kicker: String,
    title: String,
    lede: String,
    caption: String,
    provisional: bool,
    sectors: Vec<Sector>,
    answered: u32,
    expected: u32,
    answered_label: String,
    files: [(&'static str, String); 3],
    report_href: String,
    withheld_note: String,
    stamp: String,
}

struct Sector {
    name: String,
    rows: Vec<Line>,
}

struct Line {
    code: String,
    href: String,
    name: String,
    value: Cell,
    unit: String,
    before: String,
    year_before: String,
    moved: String,
    answered: String,
    incomplete: bool,
}

impl View {
    pub(super) fn of(visit: &Visit, scene: &Scene) -> Self {
        let say = scene.say(visit);
        let questionnaire = scene.sight.computed.questionnaire();
        let mut sectors: Vec<Sector> = Vec::new();
        let (mut known, mut all) = (0_u32, 0_u32);
        for (number, indicator) in questionnaire.indicators().iter().enumerate() {
            let Some(row) = row(visit, scene, number) else { continue };
            all += 1;
            known += u32::from(!row.value.absent);
            let name = say.sector(&indicator.sector);
            match sectors.iter_mut().find(|it| it.name == name) {
                Some(sector) => sector.rows.push(row),
                None => sectors.push(Sector { name, rows: vec![row] }),
            }
        }
        let quarter = say.quarter(scene.quarter);
        let place = scene.name().to_owned();
        let arguments = [("place", place.clone()), ("quarter", quarter.clone())];
        let title = say.with("analysis-overview-title", &[("place", place.clone())]);
        let lede = say.with(
            "analysis-overview-lede",
            &[("known", known.to_string()), ("all", all.to_string()), ("quarter", quarter.clone())],
        );
        let best = questionnaire
            .indicators()
            .iter()
            .enumerate()
            .filter(|it| it.1.level == crate::questionnaire::Level::Commune)
            .filter_map(|it| scene.sight.figure(it.0, &scene.place))
            .max_by_key(|it| it.respondents)
            .unwrap_or_default();
        let chrome = visit
            .chrome_titled(title.clone())
            .with_place(format!("{place} · {}", say.language.short_quarter(scene.quarter)))
            .with_invented(scene.sight.computed.land.invented);
        Self {
            choices: Choices::of(&say, scene),
            crumbs: crumbs(scene),
            kicker: say.t("analysis-title"),
            title,
            lede,
            caption: say.with("analysis-overview-caption", &arguments),
            provisional: scene.sight.provisional,
            sectors,
            answered: best.respondents,
            expected: best.expected,
            answered_label: say.t("analysis-communes-answered"),
            files: ["csv", "json", "xlsx"].map(|it| (it, scene.file(it))),
            report_href: crate::reports::href(&scene.place, scene.quarter),
            withheld_note: scene.withheld_note(
                &say,
                &(0..questionnaire.indicators().len()).collect::<Vec<_>>(),
                &[scene.place.as_str()],
            ),
            stamp: scene.stamp.told(&say),
            chrome,
        }
    }
}

/// `None` for an indicator that is not collected at this level.
fn row(visit: &Visit, scene: &Scene, number: usize) -> Option<Line> {
    let say = scene.say(visit);
    let indicator = scene.indicator(number)?;
    scene.sight.computed.figure(number, &scene.place)?;
    let figure = scene.sight.figure(number, &scene.place);
    let (before, _) = scene.earlier(number, &scene.place, 1);
    let (year_before, moved) = scene.earlier(number, &scene.place, 4);
    Some(Line {
        code: indicator.code.clone(),
        href: scene.go(&[indicator.code.as_str()], &scene.place),
        name: indicator.label.say(say.language).to_owned(),
        value: scene.cell(&say, number, &scene.place),
        unit: say.unit(&indicator.unit),
        before: say.bare(indicator, before),
        year_before: say.bare(indicator, year_before),
        moved: moved.map(|it| say.t(&format!("analysis-move-{}", it.word()))).unwrap_or_default(),
        answered: figure.map(|it| it.respondents_text()).unwrap_or_default(),
        incomplete: figure.is_some_and(|it| it.respondents < it.expected),
    })
}
