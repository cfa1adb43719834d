//! The question as people change it: a form that needs no script, and links.

use kernel::{Date, Period};

use crate::analysis::Say;
use crate::questionnaire::Level;

use super::answer::Answer;
use super::asked::{Axis, Depth, MapDay, Question};
use super::page::PAGE;
use super::time::Time;
use super::told;

/// A line of a list.
pub(crate) struct Option_ {
    pub(crate) value: String,
    pub(crate) label: String,
    pub(crate) chosen: bool,
}

/// What is chosen, with the address of the question without it.
pub(crate) struct Chosen {
    pub(crate) label: String,
    pub(crate) without: String,
}

/// The head of the page.
pub(crate) struct Form {
    pub(crate) measures: Vec<Chosen>,
    pub(crate) places: Vec<Chosen>,
    /// What the fields of the form do not hold, so that it is not lost.
    pub(crate) hidden: Vec<(&'static str, String)>,
    pub(crate) depths: Vec<Option_>,
    pub(crate) times: Vec<Option_>,
    pub(crate) splits: Vec<Option_>,
    pub(crate) across: Vec<Option_>,
    pub(crate) maps: Vec<Option_>,
    /// Empty for those who may see only what is published.
    pub(crate) versions: Vec<Option_>,
    /// Where data and places are chosen.
    pub(crate) choose_measures: String,
    pub(crate) choose_places: String,
    pub(crate) is_empty: bool,
    /// What could not be read, by field, and the period that was written.
    pub(crate) errors: Vec<(&'static str, String)>,
    pub(crate) written: String,
}

impl Form {
    /// What is wrong with a field; empty if nothing is.
    pub(crate) fn error(&self, field: &str) -> String {
        self.errors.iter().find(|it| it.0 == field).map(|it| it.1.clone()).unwrap_or_default()
    }

    /// Whether a field that is folded away is wrong.
    pub(crate) fn is_unfolded(&self) -> bool {
        self.errors.iter().any(|it| matches!(it.0, "ecrit" | "carte" | "version"))
    }

    pub(crate) fn of(say: &Say<'_>, answer: &Answer) -> Self {
        let (question, questionnaire) = (&answer.question, &answer.questionnaire);
        let href = |it: Question| it.href(PAGE, questionnaire);
        let measures = answer
            .measures
            .iter()
            .enumerate()
            .map(|(at, it)| Chosen {
                label: it.name(questionnaire, say.language),
                without: href(question.with(|it| {
                    it.measures.remove(at);
                })),
            })
            .collect();
        let places = question
            .places
            .iter()
            .enumerate()
            .map(|(at, code)| Chosen {
                label: answer.name(code),
                without: if question.places.len() < 2 {
                    String::new()
                } else {
                    href(question.with(|it| {
                        it.places.remove(at);
                    }))
                },
            })
            .collect();
        let mut hidden: Vec<(&'static str, String)> = Vec::new();
        for it in &question.measures {
            hidden.push(("mesure", it.written(questionnaire)));
        }
        for it in &question.places {
            hidden.push(("lieu", it.clone()));
        }
        if let Some(id) = &question.replaces {
            hidden.push(("remplace", id.clone()));
        }
        if question.shape != super::asked::Shape::default() {
            hidden.push(("forme", question.shape.word().to_owned()));
        }
        Self {
            measures,
            places,
            hidden,
            depths: depths(say, answer),
            times: times(say, answer),
            splits: splits(say, answer),
            across: across(say, answer),
            maps: maps(say, answer),
            versions: versions(say, answer),
            choose_measures: question.href(super::choose::MEASURES, questionnaire),
            choose_places: question.href(super::choose::PLACES, questionnaire),
            is_empty: answer.measures.is_empty(),
            errors: Vec::new(),
            written: String::new(),
        }
    }
}

fn depths(say: &Say<'_>, answer: &Answer) -> Vec<Option_> {
    let top = answer
        .question
        .places
        .iter()
        .filter_map(|it| answer.land.level(it))
        .max()
        .unwrap_or(Level::Nation);
    let mut all = vec![Depth::Children, Depth::Alone];
    for level in [Level::Region, Level::Cercle, Level::Commune] {
        if level < top {
            all.push(Depth::All(level));
        }
    }
    if !all.contains(&answer.question.depth) {
        all.push(answer.question.depth);
    }
    all.into_iter()
        .map(|it| Option_ {
            value: it.word().to_owned(),
            label: say.t(&format!("explorer-depth-{}", it.word())),
            chosen: it == answer.question.depth,
        })
        .collect()
}

fn times(say: &Say<'_>, answer: &Answer) -> Vec<Option_> {
    let asked = &answer.question.times;
    let last = answer.seen.last().copied();
    let mut all: Vec<Vec<Time>> = vec![vec![Time::LastQuarters(1)]];
    for count in [4, 8, 12] {
        all.push(vec![Time::LastQuarters(count)]);
    }
    for count in [3, 6] {
        all.push(vec![Time::LastYears(count)]);
    }
    all.extend(answer.seen.iter().rev().take(12).map(|it| vec![Time::One(Period::Quarter(*it))]));
    let mut years: Vec<u16> = answer.seen.iter().map(|it| it.year()).collect();
    years.dedup();
    // A year whose last quarter is not known yet is no year.
    years.retain(|it| last.is_some_and(|last| *it < last.year() || last.number() == 4));
    all.extend(years.iter().rev().map(|it| vec![Time::One(Period::Year(*it))]));
    if !all.contains(asked) {
        all.insert(0, asked.clone());
    }
    all.into_iter()
        .map(|it| Option_ {
            value: it.iter().map(ToString::to_string).collect::<Vec<_>>().join(","),
            label: it.iter().map(|it| told::time(say, *it)).collect::<Vec<_>>().join(", "),
            chosen: it == *asked,
        })
        .collect()
}

fn splits(say: &Say<'_>, answer: &Answer) -> Vec<Option_> {
    let questionnaire = &answer.questionnaire;
    let mut known: Vec<u16> = Vec::new();
    for it in answer.measures.iter().flat_map(|it| it.splits(questionnaire)) {
        if !known.contains(&it) {
            known.push(it);
        }
    }
    let mut all: Vec<Vec<u16>> = vec![Vec::new()];
    all.extend(known.iter().map(|it| vec![*it]));
    // Two by two where there are few.
    if let [one, other] = known.as_slice() {
        all.push(vec![*one, *other]);
    }
    if !all.contains(&answer.question.splits) {
        all.push(answer.question.splits.clone());
    }
    if all.len() < 2 {
        return Vec::new();
    }
    all.into_iter()
        .map(|it| {
            let of = |it: &u16| &questionnaire.dimensions()[usize::from(*it)];
            let names: Vec<&str> = it.iter().map(|it| of(it).label.say(say.language)).collect();
            Option_ {
                value: it.iter().map(|it| of(it).code.as_str()).collect::<Vec<_>>().join(","),
                label: if names.is_empty() {
                    say.t("explorer-split-none")
                } else {
                    names.join(" × ")
                },
                chosen: it == answer.question.splits,
            }
        })
        .collect()
}

fn across(say: &Say<'_>, answer: &Answer) -> Vec<Option_> {
    let many: Vec<Axis> = Axis::ALL.into_iter().filter(|it| 1 < answer.count(*it)).collect();
    if many.len() < 2 {
        return Vec::new();
    }
    let shown = answer.across();
    many.into_iter()
        .map(|it| Option_ {
            value: it.word().to_owned(),
            label: say.t(&format!("explorer-axis-{}", it.word())),
            chosen: it == shown,
        })
        .collect()
}

fn maps(say: &Say<'_>, answer: &Answer) -> Vec<Option_> {
    let day = |it: Date| say.language.long_date(it);
    let mut all = vec![(MapDay::Then, say.t("explorer-map-of-then"))];
    all.push((MapDay::Now, say.t("explorer-map-of-now")));
    for map in &answer.maps {
        let Some(from) = map.from else { continue };
        let title = if map.title.is_empty() { String::new() } else { format!(", {}", map.title) };
        let words = say.with("explorer-map-from", &[("day", day(from))]);
        all.push((MapDay::On(from), format!("{words}{title}")));
    }
    if !all.iter().any(|it| it.0 == answer.question.map)
        && let MapDay::On(it) = answer.question.map
    {
        all.push((answer.question.map, say.with("explorer-map-of-day", &[("day", day(it))])));
    }
    all.into_iter()
        .map(|(it, label)| Option_ {
            value: match it {
                MapDay::Then => "epoque".to_owned(),
                MapDay::Now => "actuelle".to_owned(),
                MapDay::On(day) => day.to_string(),
            },
            label,
            chosen: it == answer.question.map,
        })
        .collect()
}

fn versions(say: &Say<'_>, answer: &Answer) -> Vec<Option_> {
    if !answer.entitled {
        return Vec::new();
    }
    [("travail", false), ("publiee", true)]
        .into_iter()
        .map(|(word, published)| Option_ {
            value: word.to_owned(),
            label: say.t(&format!("explorer-version-{word}")),
            chosen: published == answer.question.published_only,
        })
        .collect()
}
