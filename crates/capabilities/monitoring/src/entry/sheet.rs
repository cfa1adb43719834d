//! A form of a unit for a quarter, as a person sees it: questions in paper order, what is held, what
//! was said last time, totals and alerts.

use super::ownership::{Theirs, theirs};
use crate::circuit::{About, Doubt, Thread, doubts_of, ground_of, threads};
use crate::questionnaire::{self, CellId, Kind, Level, Questionnaire, Severity, Tier, earlier};
use crate::store::{
    Ground, Passed, Remark, View, drafts, first_period_of, locked, passages, remarks,
    values_between,
};
use crate::support;
use crate::values::{Completeness, Value, Values};
use db::Tx;
use identity::Actor;
use kernel::{Decimal, Failure, Language, Period, Quarter};
use std::sync::Arc;

/// What one must type in a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Question {
    /// A number.
    Number,
    /// One of these: what is stored, and its words.
    Choice(Vec<(String, String)>),
    /// Yes or no.
    YesNo,
}

/// One cell of the sheet.
#[derive(Clone, Debug)]
pub struct Row {
    /// The cell.
    pub cell: CellId,
    /// Its name in addresses, forms and anchors: `DEM_POP.SEXE-F.AGE_POP-A00`.
    pub name: String,
    /// What is asked.
    pub label: String,
    /// How it is answered.
    pub question: Question,
    /// The value, as people type it; empty if there is none.
    pub value: String,
    /// The value, as it is stored: what the page held.
    pub held: String,
    /// « Je ne sais pas ».
    pub unknown: bool,
    /// The value of the period before.
    pub last: String,
    /// What the log of support holds for the cell; it is never written by itself.
    pub logged: Option<u32>,
    /// What was said of the cell.
    pub comment: String,
    /// Where the value comes from.
    pub source: String,
}

/// A total that nobody types.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Total {
    /// The sum of the cells filled in.
    pub value: String,
    /// Whether all of them are.
    pub whole: bool,
    /// The total of the period before, if it was whole.
    pub last: String,
}

/// An element with its cells.
#[derive(Clone, Debug)]
pub struct Part {
    /// The code of the element.
    pub code: String,
    /// What is counted.
    pub label: String,
    /// What exactly.
    pub definition: String,
    /// The unit of the values.
    pub unit: String,
    /// Whether it is split into several cells.
    pub split: bool,
    /// The cells, in paper order.
    pub rows: Vec<Row>,
    /// The total, where there is one.
    pub total: Option<Total>,
}

/// An alert, where the sheet shows it.
#[derive(Clone, Debug)]
pub struct Note {
    /// The code of the element under which it speaks; empty for the head of the sheet.
    pub part: String,
    /// The alert and its answer.
    pub doubt: Doubt,
}

/// The sheet.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// The questionnaire of the quarter.
    pub questionnaire: Arc<Questionnaire>,
    /// The unit, alone.
    pub ground: Ground,
    /// The quarter.
    pub quarter: Quarter,
    /// The number of the form's data set.
    pub data_set: u16,
    /// The period of its values.
    pub period: Period,
    /// The period before.
    pub last: Period,
    /// Core or complete.
    pub tier: Tier,
    /// The elements, in paper order.
    pub parts: Vec<Part>,
    /// The alerts of this form.
    pub notes: Vec<Note>,
    /// The questions asked about cells of this form.
    pub questions: Vec<Thread>,
    /// How far it is filled in.
    pub completeness: Completeness,
    /// What locks it.
    pub locked: Option<Passed>,
    /// Who else is typing on this form: it is theirs until it is taken over.
    pub theirs: Vec<Theirs>,
    /// The alerts of the unit, on all its forms, that wait for an answer.
    pub open: usize,
}

/// A value as people read and type it. Numbers are typed with spaces in both languages, since
/// « 1,234 » would be read as a decimal.
pub fn shown(language: Language, value: &Value) -> String {
    let text = value.to_string();
    match (value, language) {
        (Value::Number(_), Language::French) => language.written(&text),
        (Value::Number(_), Language::English) => Language::French.written(&text).replace(',', "."),
        _ => text,
    }
}

/// The name of a cell in addresses and forms.
fn name(questionnaire: &Questionnaire, cell: CellId) -> String {
    questionnaire.cell_text(cell).replace(['|', ';'], ".").replace('=', "-")
}

/// The cell of this name.
pub(crate) fn cell_named(questionnaire: &Questionnaire, wanted: &str) -> Option<CellId> {
    let (code, _) = wanted.split_once('.').unwrap_or((wanted, ""));
    let number = questionnaire.element_number(code)?;
    let cells = (0..).zip(&questionnaire.element(number).cells);
    let mut ids = cells.map(|(cell, _)| CellId { element: number, cell });
    ids.find(|it| name(questionnaire, *it) == wanted)
}

/// Reads the sheet of a form. `None` if the questionnaire has no such form for this unit.
///
/// # Errors
///
/// [`Failure::NotFound`] if there is no such unit; or if the store fails.
pub fn sheet(
    tx: &mut Tx<'_>,
    actor: &Actor,
    (unit, quarter, form): (&str, Quarter, &str),
    tier: Tier,
    language: Language,
) -> Result<Option<Sheet>, Failure> {
    let held = questionnaire::in_force(tx, quarter)?;
    let questionnaire = &*held;
    let ground = ground_of(tx, unit, quarter)?;
    let Some((number, data_set)) = questionnaire.data_set(form) else { return Ok(None) };
    if data_set.level != ground.level() || !data_set.in_force {
        return Ok(None);
    }
    let span = (first_period_of(quarter), quarter);
    let values = values_between(tx, actor, &ground, View::Working, span)?;
    let mut questions = threads(tx, &ground, quarter)?;
    questions.retain(|it| it.unit == unit && matches!(it.about, About::Cell(_)));
    let said = remarks(tx, unit, (quarter, quarter))?;
    let doubts: Vec<Doubt> = doubts_of(tx, actor, &ground, &values, quarter)?
        .into_iter()
        .filter(|it| it.alert.unit == unit)
        .collect();
    let typed = drafts(tx, unit)?;
    let here = typed.iter().filter(|it| {
        let element = questionnaire.element(it.cell.element);
        element.data_set == number && element.rhythm.period(quarter) == it.period
    });
    let theirs = theirs(tx, actor, &here.collect::<Vec<_>>())?;
    let state = passages(tx, &ground)?;
    let period = data_set.rhythm.period(quarter);
    let locked = locked(&state, &ground, unit, (data_set.rhythm, period)).cloned();
    let layout = questionnaire.form(number, tier);
    let is_logged = |it: &u16| {
        matches!(questionnaire.element(*it).code.as_str(), support::RECEIVED | support::DELIVERED)
    };
    let logged = match data_set.elements.iter().any(is_logged) {
        true => support::counts(tx, &ground, unit, quarter)?,
        false => support::Counts::default(),
    };
    let writer = Writer {
        questionnaire,
        language,
        unit,
        values: &values,
        said: &said,
        logged: &logged,
        quarter,
    };
    let parts: Vec<Part> = layout.parts.iter().map(|it| writer.part(it)).collect();
    let here = |code: &str| parts.iter().any(|it| it.code == code);
    let open = doubts.iter().filter(|it| it.is_open()).count();
    let notes = doubts
        .into_iter()
        .filter_map(|doubt| {
            let rule = questionnaire.rules().iter().find(|it| it.code == doubt.alert.rule)?;
            let elements = rule.elements.iter().map(|it| questionnaire.element(*it).code.clone());
            let part = elements.into_iter().find(|it| here(it));
            (rule.data_set == Some(number)).then(|| Note { part: part.unwrap_or_default(), doubt })
        })
        .collect();
    let completeness = values
        .of(unit)
        .map(|it| it.completeness(questionnaire, number, tier, quarter))
        .unwrap_or_else(|| {
            let cells = parts.iter().map(|it| it.rows.len()).sum::<usize>();
            Completeness { cells: u32::try_from(cells).unwrap_or(u32::MAX), ..Default::default() }
        });
    Ok(Some(Sheet {
        questions,
        questionnaire: Arc::clone(&held),
        quarter,
        data_set: number,
        period,
        last: before(period),
        tier,
        parts,
        notes,
        completeness,
        locked,
        theirs,
        open,
        ground,
    }))
}

fn before(period: Period) -> Period {
    earlier(period, 1)
}

struct Writer<'a> {
    questionnaire: &'a Questionnaire,
    language: Language,
    unit: &'a str,
    values: &'a Values,
    said: &'a Remark,
    logged: &'a support::Counts,
    quarter: Quarter,
}

impl Writer<'_> {
    fn part(&self, part: &crate::questionnaire::FormPart) -> Part {
        let element = self.questionnaire.element(part.element);
        let period = element.rhythm.period(self.quarter);
        let cells: Vec<CellId> = part.rows.iter().flat_map(|it| it.cells.clone()).collect();
        let split = !element.dimensions.is_empty();
        let adds = matches!(element.kind, Kind::Whole | Kind::Amount | Kind::Decimal);
        let total = (split && adds).then(|| {
            let sum = |period| -> (Decimal, usize) {
                let held = cells.iter().filter_map(|it| self.number(period, *it));
                held.fold((Decimal::ZERO, 0), |(sum, count), it| {
                    (sum.checked_add(it).unwrap_or(sum), count + 1)
                })
            };
            let ((now, filled), (then, then_filled)) = (sum(period), sum(before(period)));
            let write = |it| shown(self.language, &Value::Number(it));
            Total {
                value: if filled == 0 { String::new() } else { write(now) },
                whole: filled == cells.len(),
                last: if then_filled == cells.len() { write(then) } else { String::new() },
            }
        });
        Part {
            code: element.code.clone(),
            label: element.label.say(self.language).to_owned(),
            definition: element.definition.say(self.language).to_owned(),
            unit: element.unit.say(self.language).to_owned(),
            split,
            rows: cells.iter().map(|it| self.row(*it, period, split)).collect(),
            total,
        }
    }

    fn number(&self, period: Period, cell: CellId) -> Option<Decimal> {
        self.values.get(self.unit, period, cell)?.number()
    }

    fn row(&self, cell: CellId, period: Period, split: bool) -> Row {
        let element = self.questionnaire.element(cell.element);
        let value = self.values.get(self.unit, period, cell);
        let last = self.values.get(self.unit, before(period), cell);
        let said = self.said.get(&(period, cell));
        let label = if split {
            let options = self.questionnaire.cell_options(cell);
            let words: Vec<&str> = options.map(|(_, it)| it.label.say(self.language)).collect();
            words.join(", ")
        } else {
            element.label.say(self.language).to_owned()
        };
        let question = match element.kind {
            Kind::YesNo => Question::YesNo,
            Kind::Choice(dimension) => {
                let options = &self.questionnaire.dimensions()[usize::from(dimension)].options;
                let said = |it: &crate::questionnaire::Choice| {
                    (it.code.clone(), it.label.say(self.language).to_owned())
                };
                let asked = options.iter().filter(|it| it.in_force);
                Question::Choice(asked.map(said).collect())
            }
            _ => Question::Number,
        };
        let write = |it: &Value| match (&question, it) {
            (_, Value::Unknown) => String::new(),
            (Question::Number, it) => shown(self.language, it),
            (_, it) => it.to_string(),
        };
        Row {
            cell,
            name: name(self.questionnaire, cell),
            label,
            value: value.map(write).unwrap_or_default(),
            held: value.map(ToString::to_string).unwrap_or_default(),
            unknown: value == Some(&Value::Unknown),
            last: last.map(|it| self.last(&question, it)).unwrap_or_default(),
            logged: self.logged(cell),
            comment: said.map(|it| it.comment.clone()).unwrap_or_default(),
            source: said.map(|it| it.source.clone()).unwrap_or_default(),
            question,
        }
    }

    /// What the log of support counts for a cell.
    fn logged(&self, cell: CellId) -> Option<u32> {
        let element = self.questionnaire.element(cell.element);
        let mut options = self.questionnaire.cell_options(cell);
        let area = options.find(|it| it.0.code == support::DIMENSION)?.1;
        self.logged.of(&element.code, &area.code)
    }

    /// The value of the period before, in words where it is one of a list. `oui` and `non` are the
    /// page's own words.
    fn last(&self, question: &Question, value: &Value) -> String {
        match (question, value) {
            (Question::Choice(options), Value::Choice(code)) => {
                let found = options.iter().find(|it| it.0 == *code);
                found.map_or_else(|| code.clone(), |it| it.1.clone())
            }
            (_, it) => shown(self.language, it),
        }
    }
}

impl Sheet {
    /// The row of this name.
    pub fn row(&self, name: &str) -> Option<&Row> {
        self.parts.iter().flat_map(|it| &it.rows).find(|it| it.name == name)
    }

    /// The part that holds a cell.
    pub fn part_of(&self, cell: CellId) -> Option<&Part> {
        self.parts.iter().find(|it| it.rows.iter().any(|it| it.cell == cell))
    }

    /// The alerts under an element.
    pub fn notes_of(&self, part: &str) -> impl Iterator<Item = &Note> {
        self.notes.iter().filter(move |it| it.part == part)
    }

    /// Whether the form may be typed on by the reader.
    pub fn is_open(&self) -> bool {
        self.locked.is_none() && self.theirs.is_empty()
    }

    /// The level of the unit.
    pub fn level(&self) -> Level {
        self.ground.level()
    }

    /// The gravest alert under an element.
    pub fn gravest(&self, part: &str) -> Option<Severity> {
        self.notes_of(part).map(|it| it.doubt.alert.severity).max()
    }
}
