//! What the register and the monitoring know of a partnership, as anybody may read it.

use db::Tx;
use documents::{Cell, Kind as Sort, Sheet, Table};
use identity::Actor;
use kernel::search::fold;
use kernel::{Date, Failure, Id};
use register::{Partnership, Status};

use crate::analysis::{PAPER, Say};
use crate::questionnaire::french;
use crate::reports::blocks;
use crate::reports::material::{Material, Reader};
use crate::reports::origin::Origin;
use crate::store;

/// What is known of the cooperation of the place as a whole.
const FIGURES: [&str; 7] =
    ["COO_PART", "COO_CONV", "COO_ACT", "I160", "COO_RECU", "COO_JUST", "I165"];

/// The cooperation of the place in the last published quarter.
pub(crate) struct Figures {
    pub(super) told: String,
    pub(super) table: Table,
    pub(super) sheet: Sheet,
}

/// All that the sheet shows.
pub(crate) struct Facts<'a> {
    pub(crate) say: Say<'a>,
    pub(crate) partnership: Partnership,
    pub(crate) origin: Origin,
    pub(crate) today: Date,
    /// The parties: name, level, country or region, as the source writes it.
    pub(super) parties: Vec<[String; 4]>,
    /// Key of the label, value, remark.
    pub(super) headline: Vec<(&'static str, String, String)>,
    pub(super) contact: String,
    /// The reading questions that stand open.
    pub(super) questions: Vec<String>,
    /// Day and event, oldest first.
    pub(super) events: Vec<(String, String)>,
    pub(super) figures: Option<Figures>,
}

/// The place of the entries about a partnership.
pub(super) fn scope(it: &Partnership) -> String {
    it.malian.iter().find_map(|it| it.place.clone()).unwrap_or_else(|| "*".to_owned())
}

impl<'a> Facts<'a> {
    /// Reads them; `None` if the register has no such partnership.
    ///
    /// # Errors
    ///
    /// If the store fails.
    pub(crate) fn read(
        tx: &mut Tx<'_>,
        say: Say<'a>,
        id: Id,
        today: Date,
    ) -> Result<Option<Self>, Failure> {
        let Some(known) = register::known_on(tx, id, None)? else { return Ok(None) };
        let it = known.partnership;
        let mut origin = known.steps.last().map_or_else(Origin::default, |step| Origin {
            day: Some(Date::from_millis(step.entry.known_millis)),
            position: step.entry.arrival,
            mark: step.entry.mark().chars().take(8).collect(),
            published: false,
        });
        let figures = figures(tx, say, &it, today, &mut origin)?;
        // The status of the day of the last fact, so that the same facts give the same sheet.
        let day = origin.day.unwrap_or(today);
        Ok(Some(Self {
            parties: parties(tx, &say, &it)?,
            headline: headline(&say, &it, day),
            contact: contact(&say, &it),
            questions: questions(&say, &it),
            events: events(&say, &it),
            figures,
            origin,
            today,
            say,
            partnership: it,
        }))
    }

    /// « Angers – Bamako ».
    pub(crate) fn name(&self) -> String {
        let it = &self.partnership;
        french(&format!("{} – {}", it.foreign_name(), it.malian_name()))
    }

    /// What is known of a term of the convention.
    pub(super) fn term(&self, term: &str) -> String {
        let signed =
            |it: &&register::StatusEvent| matches!(it.status, Status::Convention | Status::Signe);
        match (term, self.partnership.statuses.iter().filter(signed).max_by_key(|it| it.from)) {
            ("signed", Some(it)) => match it.from {
                Some(day) => self.say.language.long_date(day),
                None => self.say.t("part-signed-no-day"),
            },
            _ => self.say.t("part-not-held"),
        }
    }
}

fn parties(tx: &mut Tx<'_>, say: &Say<'_>, it: &Partnership) -> Result<Vec<[String; 4]>, Failure> {
    let quoted = |text: &str| {
        if text.is_empty() { "–".to_owned() } else { french(text) }
    };
    let mut lines = Vec::new();
    for side in &it.malian {
        let name = if side.name.is_empty() { &side.written } else { &side.name };
        let region = match side.region() {
            Some(code) => territory::place_near(tx, code, register::map_of_the_register())?
                .map_or_else(|| code.to_owned(), |it| it.name),
            None => say.t("register-not-stated"),
        };
        lines.push([
            french(name),
            say.t(&format!("register-malian-level-{}", side.level.word())),
            say.with("part-region", &[("name", french(&region))]),
            quoted(&side.written),
        ]);
    }
    for side in &it.foreign {
        lines.push([
            french(&side.name),
            say.t(&format!("register-foreign-level-{}", side.level.word())),
            country(say, &side.country),
            quoted(&side.written),
        ]);
    }
    Ok(lines)
}

fn country(say: &Say<'_>, code: &str) -> String {
    let key = format!("country-{code}");
    if say.catalogue.has(say.language, &key) { say.t(&key) } else { code.to_owned() }
}

fn headline(say: &Say<'_>, it: &Partnership, day: Date) -> Vec<(&'static str, String, String)> {
    let first = match it.origin.years.first() {
        Some(year) => year.to_string(),
        None => say.t("register-not-stated"),
    };
    let written = match it.origin.written.as_str() {
        "" => String::new(),
        text => say.with("part-as-written", &[("text", french(text))]),
    };
    let since = match it.status_event_on(day) {
        Some(event) => match event.from {
            Some(from) => say.with("part-since", &[("day", say.language.short_date(from))]),
            None => say.t("part-status-no-day"),
        },
        None => String::new(),
    };
    let status = say.t(&format!("register-status-{}", it.status_on(day).word()));
    vec![
        ("part-first-year", first, written),
        ("part-status", status, since),
        ("part-form", say.t(&format!("register-form-{}", it.form.word())), String::new()),
    ]
}

/// The contact as far as everybody may read it: where the source names a person, nothing.
fn contact(say: &Say<'_>, it: &Partnership) -> String {
    if it.contact.personal {
        return say.t("part-contact-personal");
    }
    let parts = [it.contact.url.as_str(), it.contact.phone.as_str()];
    let known: Vec<&str> = parts.into_iter().filter(|it| !it.is_empty()).collect();
    if known.is_empty() {
        return say.t("part-contact-none");
    }
    let mut told = format!("{}.", known.join(", "));
    if it.origins.source != register::BY_HAND {
        told = format!("{told} {}", say.t("register-contacts-are-old"));
    }
    told
}

fn questions(say: &Say<'_>, it: &Partnership) -> Vec<String> {
    let known = it.questions().into_iter().filter(|it| register::FLAGS.contains(it));
    known
        .map(|it| say.t(&format!("register-question-{}", it.to_lowercase().replace('_', "-"))))
        .collect()
}

fn events(say: &Say<'_>, it: &Partnership) -> Vec<(String, String)> {
    let mut lines: Vec<(String, String)> = it
        .origin
        .years
        .iter()
        .enumerate()
        .map(|(at, year)| {
            let key = if at == 0 { "part-event-first" } else { "part-event-year" };
            (year.to_string(), say.t(key))
        })
        .collect();
    let mut statuses: Vec<_> = it.statuses.iter().collect();
    statuses.sort_by_key(|it| it.from);
    for event in statuses {
        let day =
            event.from.map_or_else(|| say.t("register-no-day"), |it| say.language.long_date(it));
        let status = say.t(&format!("register-status-{}", event.status.word()));
        let mut told = status.clone();
        for more in [&event.written, &event.motive] {
            // Sources often write the status itself.
            let says_more = !more.is_empty() && fold(more).trim() != fold(&status).trim();
            if says_more {
                told = format!("{told}. {}", french(more));
            }
        }
        lines.push((day, told));
    }
    lines
}

/// What the place publishes of its cooperation as a whole, in the last quarter that is public.
fn figures(
    tx: &mut Tx<'_>,
    say: Say<'_>,
    it: &Partnership,
    today: Date,
    origin: &mut Origin,
) -> Result<Option<Figures>, Failure> {
    let place = scope(it);
    let Some(ground) = store::ground(tx, &place, today)? else { return Ok(None) };
    let root = ground.above.last().map_or(place.as_str(), |it| it.0.as_str());
    let Some(quarter) = store::published(tx, root)?.pop() else { return Ok(None) };
    let anybody = Actor::anonymous();
    let reader = Reader { say, canvas: PAPER, actor: &anybody, today, internal: false };
    let Ok(material) = Material::read(tx, reader, &place, quarter)? else { return Ok(None) };
    if origin.position < material.origin.position {
        *origin = Origin { published: false, ..material.origin.clone() };
    }
    let given = [("place", material.name().to_owned()), ("quarter", say.quarter(quarter))];
    let table = blocks::measures(&material, say.with("part-figures-caption", &given), &FIGURES);
    let mut sheet = Sheet::new(say.t("part-figures"))
        .column(say.t("analysis-col-code"), Sort::Text)
        .column(say.t("report-col-measure"), Sort::Text)
        .column(say.t("analysis-col-period"), Sort::Text)
        .column(say.t("analysis-col-value"), Sort::Number { places: 2 });
    for measure in FIGURES.iter().filter_map(|it| material.measure(it)) {
        let value = match material.value(measure, &place, 0) {
            Some(it) => Cell::Number(it.normalize()),
            None => Cell::Text(material.told(measure, &place, 0)),
        };
        sheet.rows.push(vec![
            measure.code().into(),
            material.label(measure).into(),
            quarter.to_string().into(),
            value,
        ]);
    }
    Ok(Some(Figures { told: say.with("part-figures-told", &given), table, sheet }))
}
