//! The alerts of a place for a quarter: what is doubted, why, and what was said of it.

use super::alerts::{Doubt, answer, doubts, oddities};
use super::question_pages::{self, ask_href};
use super::send_back::{send_back, withdraw};
use super::threads::{self, About, Thread};
use crate::control::unusual::{Against, Numbers, Unusual};
use crate::entry::page::{self, chrome, form_href, gravity, severity_key, side};
use crate::questionnaire::{self, Level, Questionnaire, Severity, Tier};
use crate::store::{Answer, Ground, SentBack, State, passages};
use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use identity::Action;
use kernel::{Failure, Quarter, Reject, Stop};
use serde::Deserialize;
use web::{Access, Chrome, Form, PageFailure, Routes, Visit};

pub(super) fn routes() -> Routes {
    let address = "/suivi/alertes/{place}/{quarter}";
    Routes::new()
        .get(address, Access::Needs(Action::ReadUnpublished), show)
        .post(address, Access::Needs(Action::EnterValues), explain)
        .post("/suivi/alertes/{place}/{quarter}/renvoi", Access::Needs(Action::CloseQuarter), ask)
}

/// One alert as the page shows it.
struct Line {
    doubt: Doubt,
    unit: String,
    /// Both values, if the rule compares two.
    sides: Option<String>,
    /// Where the figure is typed, if it is on a form of the unit.
    cell: Option<String>,
    may_answer: bool,
    /// The alert waits for an office that the reader does not hold.
    is_for_adviser: bool,
    /// The figures may be sent back to the commune, or the request withdrawn.
    may_send_back: bool,
    typed: String,
    error: String,
    asked: String,
    ask_error: String,
    /// The sentence of an unusual value.
    odd: Option<String>,
    /// The questions of the region or the nation on this alert.
    questions: Vec<question_pages::Line>,
    /// Where one is written, for those who may.
    question_href: String,
}

impl Line {
    fn id(&self) -> String {
        self.doubt.anchor()
    }

    fn gravity(&self) -> &'static str {
        gravity(self.doubt.alert.severity)
    }

    fn severity_key(&self) -> &'static str {
        severity_key(self.doubt.alert.severity)
    }
}

#[derive(Template)]
#[template(path = "circuit/alerts.html")]
struct View {
    chrome: Chrome,
    ground: Ground,
    quarter: Quarter,
    lines: Vec<Line>,
    /// Unusual values, apart: information only.
    unusual: Vec<Line>,
    open: usize,
}

impl View {
    fn count(&self) -> String {
        self.chrome.t2("alerts-count", ("count", self.lines.len()), ("open", self.open))
    }

    fn answered(&self, answer: &Answer) -> String {
        let day = self.chrome.language().short_date(answer.day);
        self.chrome.t2("alert-answered", ("office", &answer.office), ("day", day))
    }

    fn asked(&self, request: &SentBack) -> String {
        let day = self.chrome.language().short_date(request.day);
        self.chrome.t2("alert-answered", ("office", &request.office), ("day", day))
    }
}

async fn view(visit: &Visit, place: &str, quarter: Quarter) -> Result<View, PageFailure> {
    let (code, actor) = (place.to_owned(), visit.actor.clone());
    let read = visit.app.read(move |tx| {
        let ground = page::visible(tx, &actor, &code, quarter)?;
        let doubts = doubts(tx, &actor, &ground, quarter)?;
        let state = passages(tx, &ground)?;
        let questionnaire = questionnaire::in_force(tx, quarter)?;
        let odd = oddities(tx, &actor, &ground, quarter)?;
        let threads = threads::threads(tx, &ground, quarter)?;
        Ok::<_, Failure>((ground, doubts, state, questionnaire, odd, threads))
    });
    let (ground, doubts, state, questionnaire, odd, threads) =
        read.await.map_err(|it: Failure| PageFailure::from(it))?;
    let open = doubts.iter().filter(|it| it.is_open()).count();
    let seen = Seen { questionnaire: &questionnaire, ground: &ground, state: &state, threads };
    let lines: Result<Vec<Line>, Failure> =
        doubts.into_iter().map(|it| line(visit, &seen, it)).collect();
    let mut unusual = Vec::new();
    for it in odd {
        let mut line = line(visit, &seen, it.doubt)?;
        line.odd = Some(say_odd(visit, &questionnaire, &it.unusual));
        line.may_answer = line.cell.is_some();
        unusual.push(line);
    }
    let words = visit.app.catalogue().say(visit.language, "alerts-title", &[]);
    let title = format!("{words} {}", visit.language.short_quarter(quarter));
    Ok(View {
        chrome: chrome(visit, title, &ground, quarter),
        lines: lines?,
        unusual,
        open,
        quarter,
        ground,
    })
}

/// What the lines of the page are made from.
struct Seen<'a> {
    questionnaire: &'a Questionnaire,
    ground: &'a Ground,
    state: &'a State,
    threads: Vec<Thread>,
}

/// The sentence of an unusual value, with its numbers and the rule.
fn say_odd(visit: &Visit, questionnaire: &Questionnaire, it: &Unusual) -> String {
    let language = visit.language;
    let number = |it: kernel::Decimal| language.decimal(it.round_dp(1).normalize());
    let numbers = Numbers::of(questionnaire);
    let key = match it.against {
        Against::Past => "unusual-past",
        Against::Sisters => "unusual-sisters",
    };
    let given = [
        ("value", number(it.value)),
        ("median", number(it.median)),
        ("deviation", number(it.deviation)),
        ("count", it.count.to_string()),
        ("factor", number(numbers.factor)),
    ];
    visit.app.catalogue().say(language, key, &given)
}

fn line(visit: &Visit, seen: &Seen<'_>, doubt: Doubt) -> Result<Line, Failure> {
    let Seen { questionnaire, ground, state, threads } = seen;
    let (unit, quarter) = (doubt.alert.unit.clone(), doubt.alert.quarter);
    let object = ground.object(&unit);
    let is_open = state.furthest(ground, &unit, quarter).is_none();
    let may_enter = visit.may(Action::EnterValues, &object) && is_open;
    let needs_adviser = doubt.alert.severity == Severity::Blocking;
    let may_answer = may_enter
        && doubt.alert.severity != Severity::Information
        && (!needs_adviser || visit.may(Action::CloseQuarter, &object));
    let rule = questionnaire.rules().iter().find(|it| it.code == doubt.alert.rule);
    // The first element of the rule that is on a form of this unit: where to correct.
    let of_rule = rule.and_then(|rule| {
        let form = rule.data_set.map(|it| &questionnaire.data_sets()[usize::from(it)])?;
        Some((form, rule.elements.iter().find(|it| form.elements.contains(it))?))
    });
    let own = doubt.alert.element.as_ref().filter(|_| rule.is_none());
    let of_element = own.and_then(|own| {
        let form = questionnaire.data_sets().iter().find(|it| it.elements.contains(own))?;
        Some((form, own))
    });
    let cell = of_rule.or(of_element).map(|(form, here)| {
        let at = (unit.as_str(), quarter, form.code.as_str());
        let element = questionnaire.element(*here);
        form_href(at, element.tier.max(Tier::Core), &format!("p-{}", element.code))
    });
    let is_commune =
        ground.tree.place(&unit).map(|it| ground.tree.units()[it].level) == Some(Level::Commune);
    Ok(Line {
        may_send_back: is_commune && is_open && visit.may(Action::CloseQuarter, &object),
        asked: String::new(),
        ask_error: String::new(),
        odd: None,
        questions: threads
            .iter()
            .filter(|it| it.unit == unit && it.about == About::Alert(doubt.rule.clone()))
            .map(|it| question_pages::Line::of(visit, questionnaire, ground, it))
            .collect(),
        question_href: match threads::may_ask(&visit.actor, ground, &unit) && rule.is_some() {
            true => ask_href(&unit, quarter, &About::Alert(doubt.rule.clone())),
            false => String::new(),
        },
        unit: ground.name(&unit).to_owned(),
        sides: sides(visit, &doubt),
        cell: cell.filter(|_| may_enter),
        may_answer,
        is_for_adviser: needs_adviser && may_enter && !may_answer,
        typed: doubt.answer.as_ref().map(|it| it.reason.clone()).unwrap_or_default(),
        error: String::new(),
        doubt,
    })
}

fn sides(visit: &Visit, doubt: &Doubt) -> Option<String> {
    let side = |it: String| side(visit.language, it);
    let given = [("left", side(doubt.left())), ("right", side(doubt.right()))];
    let both = given.iter().all(|it| !it.1.is_empty());
    both.then(|| visit.app.catalogue().say(visit.language, "alert-sides", &given))
}

async fn show(
    visit: Visit,
    Path((place, quarter)): Path<(String, String)>,
) -> Result<Response, PageFailure> {
    visit.page(&view(&visit, &place, page::quarter(&quarter, visit.today())?).await?)
}

#[derive(Clone, Default, Deserialize)]
#[serde(default)]
struct Fields {
    unite: String,
    regle: String,
    motif: String,
}

async fn explain(
    visit: Visit,
    Path((place, quarter)): Path<(String, String)>,
    Form(fields): Form<Fields>,
) -> Result<Response, PageFailure> {
    let quarter = page::quarter(&quarter, visit.today())?;
    let typed = fields.clone();
    let done = visit
        .app
        .write(&visit.actor, move |ctx| {
            answer(ctx, &typed.unite, quarter, &typed.regle, &typed.motif)
        })
        .await;
    match done {
        Ok(_) => {
            let anchor = format!("{}.{}", fields.unite, fields.regle.replace('/', "."));
            let at = format!("/suivi/alertes/{place}/{quarter}#{anchor}");
            Ok(Redirect::to(&at).into_response())
        }
        Err(Stop::Refused(rule)) => {
            let mut view = view(&visit, &place, quarter).await?;
            let said = visit.app.tell(visit.language, &rule.message());
            let here = |it: &&mut Line| {
                it.doubt.rule == fields.regle && it.doubt.alert.unit == fields.unite
            };
            match view.lines.iter_mut().chain(&mut view.unusual).find(here) {
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

#[derive(Clone, Default, Deserialize)]
#[serde(default)]
struct Asked {
    unite: String,
    regle: String,
    motif: String,
    faire: String,
}

/// Sends figures back to their commune, or takes that back.
async fn ask(
    visit: Visit,
    Path((place, quarter)): Path<(String, String)>,
    Form(asked): Form<Asked>,
) -> Result<Response, PageFailure> {
    let quarter = page::quarter(&quarter, visit.today())?;
    let typed = asked.clone();
    let done = visit
        .app
        .write(&visit.actor, move |ctx| match typed.faire.as_str() {
            "retirer" => withdraw(ctx, &typed.unite, quarter, &typed.regle),
            _ => send_back(ctx, &typed.unite, quarter, &typed.regle, &typed.motif),
        })
        .await;
    match done {
        Ok(_) => {
            let anchor = format!("{}.{}", asked.unite, asked.regle.replace('/', "."));
            let at = format!("/suivi/alertes/{place}/{quarter}#{anchor}");
            Ok(Redirect::to(&at).into_response())
        }
        Err(Stop::Refused(rule)) => {
            let mut view = view(&visit, &place, quarter).await?;
            let said = visit.app.tell(visit.language, &rule.message());
            let here =
                |it: &&mut Line| it.doubt.rule == asked.regle && it.doubt.alert.unit == asked.unite;
            match view.lines.iter_mut().chain(&mut view.unusual).find(here) {
                Some(line) if line.may_send_back => {
                    line.asked = asked.motif;
                    line.ask_error = said;
                    visit.correct(&view)
                }
                _ => Err(PageFailure::Refused(rule.message())),
            }
        }
        Err(Stop::Failed(failure)) => Err(failure.into()),
    }
}
