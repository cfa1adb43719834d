//! Answers as JSON and CSV, written straight into bytes: most of the time of an answer is spent
//! here.

use crate::cube::compare::Comparison;
use crate::cube::filled::Filled;
use crate::cube::groups::Grouped;
use crate::cube::rank::Rank;
use crate::cube::{Answer, Ask, Figures, Measure, Part, Shown, Standing, Term, Value};
use crate::questionnaire::{Questionnaire, places};
use ::cube::Breach;
use kernel::{Decimal, Language, Period};
use std::io::Write;

/// The decimals of a ratio of the asker's own.
const RATIO_PLACES: u32 = 4;
const COLUMNS: &str = "\"mesure\",\"lieu\",\"periode\",\"valeur\",\"numerateur\",\"denominateur\",\
                       \"repondants\",\"attendus\",\"etat\"";

/// How a value stands, in the words of the door.
fn word(standing: Standing) -> &'static str {
    match standing {
        Standing::Published => "publie",
        Standing::Provisional => "provisoire",
        Standing::Withheld => "restreint",
        Standing::Unpublished => "non-publie",
        Standing::NotThere => "absent",
    }
}

/// The same of a value: what its quarter publishes without it is `reserve`.
fn state(value: &Value) -> &'static str {
    if value.reserved { "reserve" } else { word(value.standing) }
}

struct Out(Vec<u8>);

impl Out {
    fn raw(&mut self, text: &str) {
        self.0.extend_from_slice(text.as_bytes());
    }

    /// A text as JSON writes it.
    fn text(&mut self, text: &str) {
        self.0.push(b'"');
        // Hardly any has a sign that must be written otherwise.
        if text.bytes().all(|it| 31 < it && it != b'"' && it != b'\\') {
            self.raw(text);
            return self.0.push(b'"');
        }
        for it in text.chars() {
            match it {
                '"' | '\\' => {
                    self.0.push(b'\\');
                    self.0.push(it as u8);
                }
                it if (it as u32) < 32 => {
                    let _ = write!(self.0, "\\u{:04x}", it as u32);
                }
                it => {
                    let mut room = [0; 4];
                    self.raw(it.encode_utf8(&mut room));
                }
            }
        }
        self.0.push(b'"');
    }

    /// An array.
    fn list<T>(&mut self, all: impl IntoIterator<Item = T>, mut one: impl FnMut(&mut Self, T)) {
        self.0.push(b'[');
        for (at, it) in all.into_iter().enumerate() {
            if at != 0 {
                self.0.push(b',');
            }
            one(self, it);
        }
        self.0.push(b']');
    }

    /// The array of one column, or its one value if all lines have the same.
    fn column<T: PartialEq>(
        &mut self,
        values: &[Value],
        of: impl Fn(&Value) -> T,
        mut one: impl FnMut(&mut Self, &T),
    ) {
        let first = values.first().map(&of);
        match first.filter(|first| values.iter().all(|it| of(it) == *first)) {
            Some(same) => one(self, &same),
            None => self.list(values, |out, it| one(out, &of(it))),
        }
    }

    fn integer(&mut self, value: u64) {
        if let Ok(digit @ 0..10) = u8::try_from(value) {
            return self.0.push(b'0' + digit);
        }
        let mut room = [0_u8; 20];
        let mut at = room.len();
        let mut left = value;
        loop {
            at -= 1;
            room[at] = b'0' + u8::try_from(left % 10).unwrap_or_default();
            left /= 10;
            if left == 0 {
                break;
            }
        }
        self.0.extend_from_slice(&room[at..]);
    }

    /// A decimal as it is, without zeros at its end; `absent` if there is none.
    fn decimal(&mut self, value: Option<Decimal>, absent: &str) {
        let Some(value) = value else { return self.raw(absent) };
        let value = value.normalize();
        // Whole numbers, which most are, go fast.
        if value.scale() == 0
            && let Ok(whole) = u64::try_from(value.mantissa())
        {
            return self.integer(whole);
        }
        let _ = write!(self.0, "{value}");
    }
}

/// The name of a measure in addresses and answers.
fn code(questionnaire: &Questionnaire, measure: &Measure) -> String {
    let term = |it: &Term| {
        let element = questionnaire.element(it.element);
        match it.part {
            Part::Whole => element.code.clone(),
            Part::Cell(cell) => {
                let id = crate::questionnaire::CellId { element: it.element, cell };
                questionnaire.cell_text(id).to_owned()
            }
            Part::Option { dimension, option } => {
                let dimension = questionnaire.dimensions().get(usize::from(dimension));
                let option =
                    dimension.and_then(|it| Some((it, it.options.get(usize::from(option))?)));
                option.map_or_else(String::new, |(dimension, option)| {
                    format!("{}|{}={}", element.code, dimension.code, option.code)
                })
            }
        }
    };
    let joined = |terms: &[Term]| terms.iter().map(term).collect::<Vec<_>>().join(";");
    match measure {
        Measure::Indicator(number) => {
            questionnaire.indicators().get(*number).map_or_else(String::new, |it| it.code.clone())
        }
        Measure::Element(it) => term(it),
        Measure::Ratio { over, under, .. } => format!("{}/{}", joined(over), joined(under)),
    }
}

/// The decimals with which a measure is shown; `None` as it is.
fn decimals(questionnaire: &Questionnaire, measure: &Measure) -> Option<u32> {
    match measure {
        Measure::Indicator(number) => questionnaire.indicators().get(*number).map(|it| it.decimals),
        Measure::Ratio { .. } => Some(RATIO_PLACES),
        Measure::Element(_) => None,
    }
}

fn shown(out: &mut Out, value: &Value, decimals: Option<u32>, absent: &str) {
    match (value.value, decimals) {
        (Some(it), Some(decimals)) => out.raw(&places(it, decimals)),
        (it, _) => out.decimal(it, absent),
    }
}

fn names(out: &mut Out, shown: &[Shown]) {
    for (at, it) in shown.iter().enumerate() {
        out.raw(if at == 0 { "{\"code\":" } else { ",{\"code\":" });
        out.text(&it.code);
        out.raw(",\"nom\":");
        out.text(&it.name);
        out.raw(",\"niveau\":");
        out.text(it.level.word());
        out.raw("}");
    }
}

/// The values of a question.
pub(super) fn json(figures: &Figures, ask: &Ask, answer: &Answer) -> Vec<u8> {
    let questionnaire = figures.questionnaire();
    let count = ask.measures.len() * answer.places.len() * answer.periods.len();
    let mut out = Out(Vec::with_capacity(256 + 72 * count + 64 * answer.places.len()));
    out.raw("{\"donnees_du\":");
    match figures.day() {
        Some(day) => out.text(&day.to_string()),
        None => out.raw("null"),
    }
    out.raw(",\"lieux\":[");
    names(&mut out, &answer.places);
    out.raw("],\"colonnes\":[");
    out.raw(COLUMNS);
    out.raw("],\"valeurs\":[");
    let periods: Vec<String> = answer.periods.iter().map(ToString::to_string).collect();
    let mut first = true;
    let mut written = (usize::MAX, String::new(), None);
    for (m, p, t, value) in answer.iter() {
        if written.0 != m {
            let measure = &ask.measures[m];
            let mut name = Out(Vec::new());
            name.text(&code(questionnaire, measure));
            let name = String::from_utf8(name.0).unwrap_or_default();
            written = (m, name, decimals(questionnaire, measure));
        }
        out.raw(if first { "[" } else { ",[" });
        first = false;
        out.raw(&written.1);
        out.raw(",");
        out.text(&answer.places[p].code);
        out.raw(",\"");
        out.raw(&periods[t]);
        out.raw("\",");
        shown(&mut out, value, written.2, "null");
        out.raw(",");
        out.decimal(value.numerator, "null");
        out.raw(",");
        out.decimal(value.denominator, "null");
        out.raw(",");
        out.integer(value.respondents.into());
        out.raw(",");
        out.integer(value.expected.into());
        out.raw(",\"");
        out.raw(state(value));
        out.raw("\"]");
    }
    out.raw("]}");
    out.0
}

/// The same values without a line for each: the axes once, then one array for each column, by
/// measure, then place, then period. A column that says the same everywhere says it once.
pub(super) fn grid(figures: &Figures, ask: &Ask, answer: &Answer) -> Vec<u8> {
    let questionnaire = figures.questionnaire();
    let count = ask.measures.len() * answer.places.len() * answer.periods.len();
    let mut out = Out(Vec::with_capacity(512 + 20 * count + 64 * answer.places.len()));
    out.raw("{\"donnees_du\":");
    match figures.day() {
        Some(day) => out.text(&day.to_string()),
        None => out.raw("null"),
    }
    out.raw(",\"forme\":\"grille\",\"mesures\":");
    out.list(&ask.measures, |out, it| out.text(&code(questionnaire, it)));
    out.raw(",\"lieux\":[");
    names(&mut out, &answer.places);
    out.raw("],\"periodes\":");
    out.list(&answer.periods, |out, it| out.text(&it.to_string()));
    out.raw(",\"valeurs\":");
    let places: Vec<Option<u32>> =
        ask.measures.iter().map(|it| decimals(questionnaire, it)).collect();
    let by_measure = (answer.places.len() * answer.periods.len()).max(1);
    let values = answer.values();
    out.list(values.iter().enumerate(), |out, (at, it)| {
        shown(out, it, places[at / by_measure], "null");
    });
    // The numerator of what is no quotient is its value.
    if values.iter().any(|it| it.denominator.is_some()) {
        out.raw(",\"numerateurs\":");
        out.list(values, |out, it| out.decimal(it.numerator, "null"));
        out.raw(",\"denominateurs\":");
        out.list(values, |out, it| out.decimal(it.denominator, "null"));
    }
    out.raw(",\"repondants\":");
    out.column(values, |it| it.respondents, |out, it| out.integer((*it).into()));
    out.raw(",\"attendus\":");
    out.column(values, |it| it.expected, |out, it| out.integer((*it).into()));
    out.raw(",\"etats\":");
    out.column(values, state, |out, it| out.text(it));
    out.raw("}");
    out.0
}

/// The same as CSV: comma, LF, point decimals; nothing where there is no value.
pub(super) fn csv(figures: &Figures, ask: &Ask, answer: &Answer) -> Vec<u8> {
    let questionnaire = figures.questionnaire();
    let mut out = Out(Vec::new());
    out.raw(&COLUMNS.replace('"', ""));
    out.raw("\n");
    let cell = |text: &str| {
        if text.contains([',', '"', '\n']) {
            format!("\"{}\"", text.replace('"', "\"\""))
        } else {
            text.to_owned()
        }
    };
    for (m, p, t, value) in answer.iter() {
        let measure = &ask.measures[m];
        out.raw(&cell(&code(questionnaire, measure)));
        out.raw(",");
        out.raw(&cell(&answer.places[p].code));
        out.raw(",");
        out.raw(&answer.periods[t].to_string());
        out.raw(",");
        shown(&mut out, value, decimals(questionnaire, measure), "");
        out.raw(",");
        out.decimal(value.numerator, "");
        out.raw(",");
        out.decimal(value.denominator, "");
        out.raw(",");
        out.integer(value.respondents.into());
        out.raw(",");
        out.integer(value.expected.into());
        out.raw(",");
        out.raw(state(value));
        out.raw("\n");
    }
    out.0
}

/// The first places, in order.
pub(super) fn top(figures: &Figures, rank: &Rank, found: &[(Shown, Value)]) -> Vec<u8> {
    let questionnaire = figures.questionnaire();
    let mut out = Out(Vec::with_capacity(128 + 128 * found.len()));
    out.raw("{\"mesure\":");
    out.text(&code(questionnaire, &rank.measure));
    out.raw(",\"premiers\":[");
    let decimals = decimals(questionnaire, &rank.measure);
    for (at, (place, value)) in found.iter().enumerate() {
        out.raw(if at == 0 { "{\"lieu\":" } else { ",{\"lieu\":" });
        out.text(&place.code);
        out.raw(",\"nom\":");
        out.text(&place.name);
        out.raw(",\"valeur\":");
        shown(&mut out, value, decimals, "null");
        out.raw(",\"etat\":");
        out.text(state(value));
        out.raw("}");
    }
    out.raw("]}");
    out.0
}

/// How far returns are filled in.
pub(super) fn filled(ask: &Ask, found: &[Filled]) -> Vec<u8> {
    let mut out = Out(Vec::with_capacity(128 + 64 * found.len()));
    out.raw("{\"colonnes\":[\"lieu\",\"periode\",\"cellules\",\"fiches\",\"etat\"],\"valeurs\":[");
    for (at, it) in found.iter().enumerate() {
        let (place, period) = (at / ask.periods.len(), at % ask.periods.len());
        out.raw(if at == 0 { "[" } else { ",[" });
        out.text(&ask.places[place]);
        out.raw(",");
        out.text(&ask.periods[period].to_string());
        out.raw(",");
        out.integer(it.cells);
        out.raw(",");
        out.integer(it.filed);
        out.raw(",");
        out.text(word(it.standing));
        out.raw("]");
    }
    out.raw("]}");
    out.0
}

/// What comparisons found.
pub(super) fn compared(rules: &[(String, Comparison)], found: &[Breach]) -> Vec<u8> {
    let mut out = Out(Vec::with_capacity(64 + 64 * found.len()));
    out.raw("{\"colonnes\":[\"regle\",\"compares\",\"infractions\"],\"valeurs\":[");
    for (at, (rule, it)) in rules.iter().zip(found).enumerate() {
        out.raw(if at == 0 { "[" } else { ",[" });
        out.text(&rule.0);
        out.raw(",");
        out.integer(it.compared);
        out.raw(",");
        out.integer(it.broken);
        out.raw("]");
    }
    out.raw("]}");
    out.0
}

/// Sums by group.
pub(super) fn grouped(periods: &[Period], found: &[Grouped], language: Language) -> Vec<u8> {
    let mut out = Out(Vec::with_capacity(128 + 128 * found.len()));
    out.raw("{\"colonnes\":[\"groupe\",\"secteur\",\"unite\",\"periode\",\"total\",\"cellules\",\"etat\"],");
    out.raw("\"valeurs\":[");
    for (at, it) in found.iter().enumerate() {
        out.raw(if at == 0 { "[" } else { ",[" });
        out.text(&it.group);
        out.raw(",");
        out.text(it.sector.say(language));
        out.raw(",");
        out.text(it.unit.say(language));
        out.raw(",");
        out.text(&periods[it.period].to_string());
        out.raw(",");
        out.decimal(it.total, "null");
        out.raw(",");
        out.integer(it.cells);
        out.raw(",");
        out.text(word(it.standing));
        out.raw("]");
    }
    out.raw("]}");
    out.0
}
