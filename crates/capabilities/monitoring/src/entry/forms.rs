//! The forms of a unit for a quarter, and filing its return.

use super::page::{self, Progress, chrome, form_href, forms_href, tier, tier_word};
use crate::circuit::{Doubt, doubts_of, submit};
use crate::questionnaire::{self, Severity, Tier};
use crate::store::{
    Ground, View as Sight, deadline, drafts, filings, first_period_of, passages, values_between,
};
use crate::values::{Completeness, UnitValues};
use askama::Template;
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Redirect, Response};
use identity::Action;
use kernel::{Failure, Quarter, Reject, Stop};
use serde::Deserialize;
use web::{Access, Chrome, Form, PageFailure, Routes, Visit};

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/suivi/saisie/{unit}/{quarter}", Access::Needs(Action::ReadUnpublished), show)
        .post("/suivi/saisie/{unit}/{quarter}", Access::Needs(Action::EnterValues), file)
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Asked {
    palier: String,
    depose: Option<String>,
}

/// A form in the list.
struct Line {
    href: String,
    code: String,
    label: String,
    period: String,
    count: Completeness,
    blocking: usize,
    warning: usize,
}

impl Line {
    fn done(&self) -> u32 {
        self.count.filled + self.count.unknown
    }

    fn kind(&self) -> &'static str {
        match (self.blocking, self.warning, self.done()) {
            (1.., _, _) => "blocked",
            (0, 1.., _) => "late",
            (0, 0, 0) => "todo",
            (0, 0, done) if done == self.count.cells => "done",
            _ => "current",
        }
    }

    /// The key of its words.
    fn key(&self) -> &'static str {
        match self.kind() {
            "blocked" => "forms-blocked",
            "late" => "forms-doubted",
            "todo" => "forms-empty",
            "done" => "forms-whole",
            _ => "forms-begun",
        }
    }
}

#[derive(Template)]
#[template(path = "entry/forms.html")]
struct View {
    chrome: Chrome,
    ground: Ground,
    quarter: Quarter,
    tier: &'static str,
    progress: Progress,
    lines: Vec<Line>,
    done: u32,
    cells: u32,
    open: usize,
    is_late: bool,
    due: String,
    may_file: bool,
    receipt: Option<String>,
    refusal: Option<String>,
    /// What the cercle asks: the rule, its anchor among the alerts, the reason, who and when.
    asked: Vec<(String, String, String, String)>,
}

impl View {
    fn here(&self, tier: &str) -> String {
        forms_href(self.ground.place(), self.quarter, page::tier(tier))
    }

    fn receipt_href(&self) -> String {
        crate::paper::receipt_href(self.ground.place(), self.quarter)
    }

    fn alerts_href(&self) -> String {
        format!("/suivi/alertes/{}/{}", self.ground.place(), self.quarter)
    }
}

async fn view(
    visit: &Visit,
    (unit, quarter): (&str, Quarter),
    tier: Tier,
) -> Result<View, PageFailure> {
    let (code, actor) = (unit.to_owned(), visit.actor.clone());
    let read = visit.app.read(move |tx| {
        let ground = page::visible(tx, &actor, &code, quarter)?;
        let span = (first_period_of(quarter), quarter);
        let values = values_between(tx, &actor, &ground, Sight::Working, span)?;
        let mut doubts = doubts_of(tx, &actor, &ground, &values, quarter)?;
        doubts.retain(|it| it.alert.unit == code);
        let filed = match filings(tx, &code, quarter)?.pop() {
            Some(it) => Some((it.written_at(tx)?, it)),
            None => None,
        };
        let typed = !drafts(tx, &code)?.is_empty();
        let state = passages(tx, &ground)?;
        let held = questionnaire::in_force(tx, quarter)?;
        Ok::<_, Failure>((ground, values, doubts, filed, typed, state, held))
    });
    let (ground, values, doubts, filed, typed, state, questionnaire) =
        read.await.map_err(|it: Failure| PageFailure::from(it))?;
    let questionnaire = &*questionnaire;
    let empty = UnitValues::default();
    let held = values.of(unit).unwrap_or(&empty);
    let due_cells = held.mandatory(questionnaire, ground.level(), quarter);
    let on = |doubt: &&Doubt, number: u16, severity| {
        let rule = questionnaire.rules().iter().find(|it| it.code == doubt.alert.rule);
        doubt.is_open()
            && doubt.alert.severity == severity
            && rule.is_some_and(|it| it.data_set == Some(number))
    };
    let lines: Vec<Line> = (0..)
        .zip(questionnaire.data_sets())
        .filter(|(_, it)| it.in_force && it.level == ground.level())
        .map(|(number, it)| Line {
            href: form_href((unit, quarter, &it.code), tier, ""),
            code: it.code.clone(),
            label: it.label.say(visit.language).to_owned(),
            period: visit.language.period(it.rhythm.period(quarter)),
            count: held.completeness(questionnaire, number, tier, quarter),
            blocking: doubts.iter().filter(|it| on(it, number, Severity::Blocking)).count(),
            warning: doubts.iter().filter(|it| on(it, number, Severity::Warning)).count(),
        })
        .collect();
    if lines.is_empty() {
        return Err(PageFailure::NotFound);
    }
    let progress = Progress::of(&state, &ground, unit, quarter, (filed.is_some(), typed));
    let due = deadline(&ground, questionnaire, unit, quarter);
    let open = doubts.iter().filter(|it| it.is_open());
    let asked = doubts
        .iter()
        .filter_map(|it| {
            let request = it.sent_back.as_ref()?;
            let day = visit.language.short_date(request.day);
            let given = [("office", request.office.clone()), ("day", day)];
            let by = visit.app.catalogue().say(visit.language, "alert-answered", &given);
            Some((it.rule.clone(), it.anchor(), request.reason.clone(), by))
        })
        .collect();
    let title = format!("{} {}", visit.app.catalogue().say(visit.language, "forms-title", &[]), {
        ground.name(unit)
    });
    let may_file = visit.may(Action::EnterValues, &ground.object(unit))
        && matches!(progress, Progress::Todo | Progress::Draft | Progress::Filed);
    Ok(View {
        chrome: chrome(visit, title, &ground, quarter),
        tier: tier_word(tier),
        done: due_cells.filled + due_cells.unknown,
        cells: due_cells.cells,
        lines,
        open: open.count(),
        is_late: filed.is_none() && due < visit.today() && may_file,
        due: visit.language.short_date(due),
        may_file,
        receipt: filed.map(|(at, it)| {
            // What was taken over from another system has a day and no hour.
            let when = at
                .map_or_else(|| visit.language.short_date(it.day), |at| visit.language.instant(at));
            let given = [("when", when), ("code", it.mark)];
            visit.app.catalogue().say(visit.language, "forms-receipt", &given)
        }),
        refusal: None,
        asked,
        progress,
        quarter,
        ground,
    })
}

async fn show(
    visit: Visit,
    Path((unit, quarter)): Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> Result<Response, PageFailure> {
    let at = (unit.as_str(), page::quarter(&quarter, visit.today())?);
    let mut view = view(&visit, at, tier(&asked.palier)).await?;
    if asked.depose.is_none() && matches!(view.progress, Progress::Draft) {
        // What was typed since is not in the receipt.
        view.receipt = view.receipt.filter(|_| false);
    }
    visit.page(&view)
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Fields {
    palier: String,
}

async fn file(
    visit: Visit,
    Path((unit, quarter)): Path<(String, String)>,
    Form(fields): Form<Fields>,
) -> Result<Response, PageFailure> {
    let quarter = page::quarter(&quarter, visit.today())?;
    let code = unit.clone();
    let done = visit.app.write(&visit.actor, move |ctx| submit(ctx, &code, quarter)).await;
    match done {
        Ok(filing) => {
            let here = forms_href(&unit, quarter, tier(&fields.palier));
            Ok(Redirect::to(&format!("{here}&depose={}", filing.mark)).into_response())
        }
        Err(Stop::Refused(rule)) => {
            let mut view = view(&visit, (&unit, quarter), tier(&fields.palier)).await?;
            view.refusal = Some(visit.app.tell(visit.language, &rule.message()));
            visit.correct(&view)
        }
        Err(Stop::Failed(failure)) => Err(failure.into()),
    }
}
