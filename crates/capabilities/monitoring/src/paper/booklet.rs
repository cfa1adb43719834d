//! The forms of one place as a booklet, from the same sheet as the screen shows: same questions,
//! same order, last values, but boxes instead of fields.

use super::code::PaperCode;
use crate::entry::{Part, Question, Row, Sheet, sheet};
use crate::questionnaire::{self, Element, Kind, Level, Questionnaire, Tier};
use crate::store::Ground;
use db::Tx;
use documents::paper::{Booklet, Boxes, PaperCell, PaperForm, PaperLine, PaperWords};
use graphics::Resistance;
use identity::Actor;
use kernel::{Failure, Language, Quarter};
use web::Catalogue;

/// Boxes for a whole number or an amount whose largest value the questionnaire does not say.
const WHOLE: u8 = 6;
const AMOUNT: u8 = 10;
/// Beside so many boxes, a label of so many letters would take three lines: the short one is used.
const WIDE: u8 = 9;
const LONG: usize = 34;
/// Boxes after the comma.
const DECIMALS: u8 = 2;

/// The words around the boxes.
pub fn words(catalogue: &Catalogue, language: Language) -> PaperWords {
    let say = |key: &str| catalogue.say(language, key, &[]);
    PaperWords {
        page: say("paper-page"),
        of: say("paper-of"),
        code: say("paper-code"),
        unknown: say("grid-unknown"),
        help: vec![say("paper-help"), say("paper-help-more")],
        source: say("paper-source"),
        day: say("paper-day"),
        signature: say("paper-signature"),
    }
}

/// The booklet of a unit for a quarter.
///
/// # Errors
///
/// [`Failure::NotFound`] if there is no such unit or if it has no forms; or if the store fails.
pub fn booklet(
    tx: &mut Tx<'_>,
    actor: &Actor,
    (unit, quarter, tier): (&str, Quarter, Tier),
    (catalogue, language): (&Catalogue, Language),
) -> Result<Booklet, Failure> {
    let questionnaire = questionnaire::in_force(tx, quarter)?;
    let (mut forms, mut seen) = (Vec::new(), None);
    for set in questionnaire.data_sets() {
        let Some(it) = sheet(tx, actor, (unit, quarter, &set.code), tier, language)? else {
            continue;
        };
        if it.parts.is_empty() {
            continue;
        }
        let title = format!("{} {}", set.code, set.label.say(language));
        let period = it.period != kernel::Period::Quarter(quarter);
        let title = match period {
            true => format!("{title} ({})", language.period(it.period)),
            false => title,
        };
        forms.push(form(&it, title, unit, (catalogue, language))?);
        seen = Some(it.ground);
    }
    let ground = seen.ok_or(Failure::NotFound)?;
    let say = |key: &str| catalogue.say(language, key, &[]);
    let tier_word = match tier {
        Tier::Core => say("entry-core"),
        Tier::Complete => say("entry-complete"),
    };
    let version = [("tier", tier_word), ("mark", questionnaire.mark().to_owned())];
    Ok(Booklet {
        place: format!("{} ({unit})", ground.name(unit)),
        above: above(&ground),
        period: language.quarter(quarter),
        version: catalogue.say(language, "paper-version", &version),
        forms,
        signatures: match ground.level() {
            Level::Commune => vec![say("paper-filled"), say("paper-secretary"), say("paper-typed")],
            _ => vec![say("paper-filled"), say("paper-adviser"), say("paper-typed")],
        },
    })
}

fn above(ground: &Ground) -> String {
    let names: Vec<&str> = ground.above.iter().map(|it| ground.name(&it.0)).collect();
    names.join(", ")
}

fn form(
    sheet: &Sheet,
    title: String,
    unit: &str,
    (catalogue, language): (&Catalogue, Language),
) -> Result<PaperForm, Failure> {
    let questionnaire = &*sheet.questionnaire;
    let code = PaperCode::new(questionnaire, unit, sheet.quarter, sheet.data_set, sheet.tier);
    let code = code.ok_or(Failure::NotFound)?.letters();
    let set = &questionnaire.data_sets()[usize::from(sheet.data_set)];
    // Capital letters and digits take half the room in a QR code, and it also reads by itself.
    let content = format!("BENKADI 1 {code} {unit} {} {}", sheet.quarter, set.code);
    let alternative = format!("QR {code}");
    let qr = graphics::qr(content.as_bytes(), Resistance::Medium, &alternative);
    let writer = Writer { questionnaire, catalogue, language };
    Ok(PaperForm {
        title,
        last: language.period(sheet.last),
        code,
        qr: qr.ok_or_else(|| Failure::told("a code does not fit into its drawing"))?,
        lines: sheet.parts.iter().flat_map(|it| writer.part(it)).collect(),
    })
}

struct Writer<'a> {
    questionnaire: &'a Questionnaire,
    catalogue: &'a Catalogue,
    language: Language,
}

impl Writer<'_> {
    fn say(&self, key: &str) -> String {
        self.catalogue.say(self.language, key, &[])
    }

    fn part(&self, part: &Part) -> Vec<PaperLine> {
        let head = part
            .split
            .then(|| PaperLine::Group { label: part.label.clone(), code: part.code.clone() });
        let cells = part.rows.iter().map(|row| {
            let boxes = self.boxes(row);
            let is_wide = matches!(boxes, Boxes::Digits { whole, .. } if WIDE <= whole);
            let element = self.questionnaire.element(row.cell.element);
            let short = is_wide && !part.split && LONG < row.label.chars().count();
            PaperLine::Cell(PaperCell {
                label: match short {
                    true => element.short_label.say(self.language).to_owned(),
                    false => row.label.clone(),
                },
                code: if part.split { String::new() } else { part.code.clone() },
                is_part: part.split,
                boxes,
                unit: part.unit.clone(),
                last: self.last(row),
            })
        });
        head.into_iter().chain(cells).collect()
    }

    fn last(&self, row: &Row) -> String {
        match (&row.question, row.last.as_str()) {
            (Question::YesNo, "1") => self.say("word-yes"),
            (Question::YesNo, "0") => self.say("word-no"),
            (_, it) => it.to_owned(),
        }
    }

    fn boxes(&self, row: &Row) -> Boxes {
        match &row.question {
            Question::YesNo => Boxes::Choices(vec![self.say("word-yes"), self.say("word-no")]),
            Question::Choice(options) => {
                Boxes::Choices(options.iter().map(|it| it.1.clone()).collect())
            }
            Question::Number => digits(self.questionnaire.element(row.cell.element)),
        }
    }
}

/// As many boxes as the largest value that is taken has figures.
fn digits(element: &Element) -> Boxes {
    let usual = if element.kind == Kind::Amount { AMOUNT } else { WHOLE };
    let most = element.most.map(|it| it.trunc().normalize().to_string().len());
    let whole = most.and_then(|it| u8::try_from(it).ok()).unwrap_or(usual).clamp(1, 12);
    let signed = element.least.is_some_and(|it| it.is_sign_negative() && !it.is_zero())
        || (element.least.is_none() && element.kind == Kind::Amount);
    let decimals = if element.kind == Kind::Decimal { DECIMALS } else { 0 };
    Boxes::Digits { whole, decimals, signed }
}
