//! A source beside our figures: how far they agree, and each gap with what is decided about it.

use super::decide::{About, Decision, decide, gaps};
use super::mapping::named;
use super::store::{Source, source};
use super::{Gap, Standing};
use crate::questionnaire::{Questionnaire, newest};
use crate::store::Ground;
use askama::Template;
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Redirect, Response};
use graphics::{Bar, Frame, Paint, bars};
use identity::Action;
use kernel::{Decimal, Failure, Language, Reject, Stop};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::Arc;
use web::{Access, Chrome, Form, PageFailure, Routes, Visit};

/// The gaps of one page.
const SHOWN: usize = 100;

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/suivi/recoupement/{source}", Access::Needs(Action::ReadUnpublished), show)
        .post("/suivi/recoupement/{source}/decision", Access::Needs(Action::CrossCheck), act)
}

/// What the pages and files of a source are made of.
pub(super) struct Scene {
    pub(super) source: Source,
    pub(super) ground: Ground,
    pub(super) gaps: Vec<Gap>,
    pub(super) questionnaire: Arc<Questionnaire>,
}

impl Scene {
    pub(super) fn count(&self, standing: Standing) -> usize {
        self.gaps.iter().filter(|it| it.standing == standing).count()
    }

    /// How many figures both have.
    pub(super) fn both(&self) -> usize {
        self.count(Standing::Agrees) + self.count(Standing::Differs)
    }

    /// The share of each data whose figures agree, in hundredths, in the order of their names; none
    /// where nothing can be compared.
    pub(super) fn agreement(
        &self,
        language: Language,
    ) -> Vec<(String, Option<Decimal>, usize, usize)> {
        let mut all: BTreeMap<String, (usize, usize)> = BTreeMap::new();
        for it in &self.gaps {
            let name = named(&self.questionnaire, &it.target, language);
            let counts = all.entry(name).or_default();
            match it.standing {
                Standing::Agrees => {
                    counts.0 += 1;
                    counts.1 += 1;
                }
                Standing::Differs => counts.1 += 1,
                Standing::OnlyTheirs | Standing::OnlyOurs => {}
            }
        }
        all.into_iter()
            .map(|(name, (agreed, both))| {
                let share = Decimal::from(agreed) * Decimal::ONE_HUNDRED;
                let share = share.checked_div(both.into()).map(|it| it.round_dp(0));
                (name, share, agreed, both)
            })
            .collect()
    }
}

/// Reads a source as far as the visitor may see it.
pub(super) async fn scene(visit: &Visit, id: &str) -> Result<Scene, PageFailure> {
    let (actor, today, id) = (visit.actor.clone(), visit.today(), id.to_owned());
    visit
        .app
        .read::<_, Failure>(move |tx| {
            let source = source(tx, &id)?.ok_or(Failure::NotFound)?;
            let found = gaps(tx, &actor, &source, today)?;
            let (ground, gaps) = found.ok_or(Failure::NotFound)?;
            Ok(Scene { source, ground, gaps, questionnaire: newest(tx)? })
        })
        .await
        .map_err(PageFailure::from)
}

/// A gap as the page shows it.
struct Line {
    id: String,
    unit: String,
    code: String,
    what: String,
    target: String,
    period: String,
    period_code: String,
    ours: String,
    partial: String,
    theirs: String,
    difference: String,
    percent: String,
    decided: String,
    reason: String,
    may_decide: bool,
    may_correct: bool,
    typed: String,
    error: String,
}

impl Line {
    fn decide_key(&self) -> &'static str {
        match self.decided.is_empty() {
            true => "crosscheck-decide",
            false => "crosscheck-decide-again",
        }
    }
}

#[derive(Template)]
#[template(path = "crosscheck/result.html")]
struct View {
    chrome: Chrome,
    id: String,
    /// Where decisions are sent.
    action: String,
    lede: String,
    finding: String,
    /// Whether there is anything to draw.
    compared: bool,
    svg: String,
    agreement: Vec<(String, String, String)>,
    tabs: Vec<(String, String, bool, String)>,
    lines: Vec<Line>,
    more: usize,
    source_line: String,
    tolerance: String,
    agrees: String,
    differs: String,
    only_theirs: String,
    only_ours: String,
}

impl View {
    fn href(&self, file: &str) -> String {
        format!("/suivi/recoupement/{}/{file}", self.id)
    }
}

/// The words of the chart, which state what it shows.
pub(super) fn finding(chrome: &Chrome, scene: &Scene) -> String {
    chrome.t2(
        "crosscheck-finding",
        ("agreed", scene.count(Standing::Agrees)),
        ("both", scene.both()),
    )
}

/// The picture of agreement, data by data.
pub(super) fn picture(chrome: &Chrome, scene: &Scene, paint: Paint, width: u32) -> String {
    let language = chrome.language();
    let rows: Vec<Bar> = scene
        .agreement(language)
        .into_iter()
        .map(|it| Bar { label: it.0, value: it.1, incomplete: false })
        .collect();
    let frame = Frame {
        id: "recoupement".to_owned(),
        title: finding(chrome, scene),
        description: chrome.t("crosscheck-chart-text"),
        language,
        paint,
        width,
        words: graphics::Words {
            no_data: chrome.t("crosscheck-nothing-to-compare"),
            incomplete: String::new(),
        },
    };
    bars(&frame, Some("%"), &rows)
}

/// The tolerance in words.
pub(super) fn tolerance(chrome: &Chrome, source: &Source) -> String {
    let language = chrome.language();
    let it = &source.mapping.tolerance;
    chrome.t2(
        "crosscheck-tolerance-is",
        ("percent", language.written(&it.percent)),
        ("absolute", language.written(&it.absolute)),
    )
}

/// A figure, or a dash.
pub(super) fn number(language: Language, it: Option<Decimal>) -> String {
    it.map_or_else(|| "–".to_owned(), |it| language.decimal(it.normalize()))
}

fn signed(language: Language, it: Option<Decimal>) -> String {
    let plus = it.is_some_and(|it| it > Decimal::ZERO);
    format!("{}{}", if plus { "+" } else { "" }, number(language, it))
}

/// A gap in hundredths of ours; a dash where ours is zero or absent.
pub(super) fn percent(language: Language, gap: &Gap) -> String {
    match gap.percent() {
        None => "–".to_owned(),
        found => format!("{}\u{a0}%", signed(language, found)),
    }
}

#[derive(Clone, Default, Deserialize)]
#[serde(default)]
struct Asked {
    voir: String,
}

async fn view(visit: &Visit, id: &str, asked: &str) -> Result<View, PageFailure> {
    let scene = scene(visit, id).await?;
    let language = visit.language;
    let place = scene.ground.name(scene.ground.place()).to_owned();
    let chrome = visit
        .chrome_titled(scene.source.name.clone())
        .with_place(place.clone())
        .with_invented(scene.ground.invented);
    let open = |it: &Gap| it.standing == Standing::Differs && it.decided.is_none();
    let kept = |it: &&Gap| match asked {
        "decides" => it.decided.is_some(),
        "absents" => matches!(it.standing, Standing::OnlyTheirs | Standing::OnlyOurs),
        "accords" => it.standing == Standing::Agrees,
        "tous" => true,
        _ => open(it),
    };
    let shown: Vec<&Gap> = scene.gaps.iter().filter(kept).collect();
    let more = shown.len().saturating_sub(SHOWN);
    let number = |it| number(language, it);
    let lines = shown
        .into_iter()
        .take(SHOWN)
        .map(|it| {
            let may = visit.may(Action::CrossCheck, &scene.ground.object(&it.unit));
            let said = it.decided.as_ref().map(|it| {
                let words = chrome.t(&format!("crosscheck-decided-{}", it.decision));
                let by = chrome.t2(
                    "crosscheck-asked-by",
                    ("office", &it.office),
                    ("day", language.short_date(it.day)),
                );
                format!("{words} {by}")
            });
            Line {
                id: format!("{}.{}.{}", it.unit, it.period, it.target)
                    .replace(['|', '=', ';'], "."),
                unit: scene.ground.name(&it.unit).to_owned(),
                code: it.unit.clone(),
                what: named(&scene.questionnaire, &it.target, language),
                target: it.target.clone(),
                period: language.period(it.period),
                period_code: it.period.to_string(),
                ours: number(it.ours),
                partial: it
                    .answered
                    .filter(|it| it.0 < it.1)
                    .map(|it| format!("{}/{}", it.0, it.1))
                    .unwrap_or_default(),
                theirs: number(it.theirs),
                difference: signed(language, it.difference()),
                percent: percent(language, it),
                decided: said.unwrap_or_default(),
                reason: it.decided.as_ref().map(|it| it.reason.clone()).unwrap_or_default(),
                may_decide: may && it.standing != Standing::Agrees,
                may_correct: it.theirs.is_some(),
                typed: String::new(),
                error: String::new(),
            }
        })
        .collect();
    let counted = |kept: &dyn Fn(&Gap) -> bool| scene.gaps.iter().filter(|it| kept(it)).count();
    let tab = |word: &str, count: usize| {
        let is_open = word == "ecarts";
        let href = match is_open {
            true => format!("/suivi/recoupement/{id}"),
            false => format!("/suivi/recoupement/{id}?voir={word}"),
        };
        let known = ["decides", "absents", "accords", "tous"].contains(&asked);
        let current = if is_open { !known } else { asked == word };
        (href, chrome.t(&format!("crosscheck-see-{word}")), current, count.to_string())
    };
    let tabs = vec![
        tab("ecarts", counted(&open)),
        tab("decides", counted(&|it| it.decided.is_some())),
        tab("absents", scene.count(Standing::OnlyTheirs) + scene.count(Standing::OnlyOurs)),
        tab("accords", scene.count(Standing::Agrees)),
        tab("tous", scene.gaps.len()),
    ];
    let agreement = scene
        .agreement(language)
        .into_iter()
        .map(|(name, share, agreed, both)| {
            let share = share
                .map_or_else(|| "–".to_owned(), |it| format!("{}\u{a0}%", language.decimal(it)));
            (name, share, format!("{agreed}/{both}"))
        })
        .collect();
    Ok(View {
        id: id.to_owned(),
        action: format!("/suivi/recoupement/{id}/decision"),
        lede: chrome.t1("crosscheck-result-lede", "place", &place),
        finding: finding(&chrome, &scene),
        compared: scene.both() != 0,
        svg: picture(&chrome, &scene, Paint::Page, 640),
        agreement,
        tabs,
        lines,
        more,
        source_line: chrome.t2(
            "crosscheck-source-line",
            ("file", &scene.source.file),
            ("day", language.short_date(scene.source.day)),
        ),
        tolerance: tolerance(&chrome, &scene.source),
        agrees: scene.count(Standing::Agrees).to_string(),
        differs: scene.count(Standing::Differs).to_string(),
        only_theirs: scene.count(Standing::OnlyTheirs).to_string(),
        only_ours: scene.count(Standing::OnlyOurs).to_string(),
        chrome,
    })
}

async fn show(
    visit: Visit,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, PageFailure> {
    visit.page(&view(&visit, &id, &asked.voir).await?)
}

#[derive(Clone, Default, Deserialize)]
#[serde(default)]
struct Fields {
    unite: String,
    periode: String,
    donnee: String,
    decision: String,
    motif: String,
}

async fn act(
    visit: Visit,
    Path(id): Path<String>,
    Form(fields): Form<Fields>,
) -> Result<Response, PageFailure> {
    let (typed, key) = (fields.clone(), id.clone());
    let done = visit
        .app
        .write(&visit.actor, move |ctx| {
            let source = source(ctx.tx, &key)?.ok_or(Failure::NotFound)?;
            let about = About { unit: &typed.unite, period: &typed.periode, target: &typed.donnee };
            let decision = Decision::of_word(&typed.decision);
            let decision = decision.ok_or(Stop::Refused(super::Refused::NoGap))?;
            decide(ctx, &source, &about, decision, &typed.motif)
        })
        .await;
    match done {
        Ok(()) => {
            Ok(Redirect::to(&format!("/suivi/recoupement/{id}?voir=decides")).into_response())
        }
        Err(Stop::Refused(rule)) => {
            let mut view = view(&visit, &id, "tous").await?;
            let said = visit.app.tell(visit.language, &rule.message());
            let here = |it: &&mut Line| {
                it.code == fields.unite
                    && it.period_code == fields.periode
                    && it.target == fields.donnee
            };
            match view.lines.iter_mut().find(here) {
                Some(line) => {
                    line.typed = fields.motif;
                    line.error = said;
                    visit.correct(&view)
                }
                None => Err(PageFailure::Refused(rule.message())),
            }
        }
        Err(Stop::Failed(failure)) => Err(failure.into()),
    }
}
