//! Posts of the worked example, for the stories.
#![allow(dead_code, reason = "each story uses a part of it")]

pub mod served;

use std::collections::BTreeMap;

use db::testing::{self, Empty};
use identity::{Actor, Ctx, Office, OfficeKind};
use journal::{Audience, Draft, Folds, Journal, Stream};
use kernel::{Date, Failure, Id, Quarter, Stop};
use monitoring::aggregation::Data;
use monitoring::questionnaire::{Gathering, Questionnaire};
use monitoring::store::{self, View};
use monitoring::values::example;
use monitoring::{circuit, results};

pub struct Post {
    pub base: Empty,
    pub journal: Journal,
}

/// What a post opens on.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Content {
    /// Not even places.
    Empty,
    Nothing,
    Exercise,
    Example,
}

pub fn day(text: &str) -> Date {
    text.parse().unwrap()
}

pub fn quarter(text: &str) -> Quarter {
    text.parse().unwrap()
}

/// Two months after the last quarter of the example.
pub const TODAY: &str = "2025-01-10";

impl Post {
    pub fn open(base: Empty, content: Content) -> Self {
        let journal = Journal::open(base.db.clone(), Self::folds()).unwrap();
        let post = Self { base, journal };
        let now = day(TODAY).to_millis();
        let places = territory::example().unwrap();
        let mut drafts = vec![Draft {
            audience: Audience::Local,
            scope: "*".to_owned(),
            person: "programme".to_owned(),
            office: String::new(),
            reason: String::new(),
            kind: places.kind.to_owned(),
            subject: places.subject,
            payload: places.payload,
            at_millis: now,
        }];
        if content == Content::Empty {
            drafts.clear();
        }
        drafts.extend(match content {
            Content::Empty | Content::Nothing => Vec::new(),
            Content::Exercise => circuit::exercise(now).unwrap(),
            Content::Example => circuit::example(now).unwrap(),
        });
        let write = post.base.db.write(|tx| {
            drafts.into_iter().try_for_each(|it| post.journal.append(tx, it).map(|_| ()))
        });
        write.unwrap();
        post
    }

    pub fn folds() -> Folds {
        Folds::new(vec![territory::fold(), identity::fold(), register::fold(), store::fold()])
    }

    /// One act of one person.
    pub fn act<T, R>(
        &self,
        actor: &Actor,
        work: impl FnOnce(&mut Ctx<'_, '_>) -> Result<T, Stop<R>>,
    ) -> Result<T, Stop<R>> {
        let now = day(TODAY).to_millis();
        self.base.db.write(|tx| work(&mut Ctx::new(tx, &self.journal, actor, now)))
    }

    /// All that may leave this post goes to another one above it, as the exchange carries it.
    pub fn send_to(&self, other: &Self) {
        self.send(other, |it| it.audience != Audience::Local);
    }

    /// What goes down to a post below: what is written for all, and what concerns its own places.
    pub fn send_down_with(&self, other: &Self, places: &[&str]) {
        self.send(other, |it| match it.audience {
            Audience::Local => false,
            Audience::Nomenclature => true,
            _ => places.contains(&it.scope.as_str()),
        });
    }

    /// What goes down to a post below: only what is written for all.
    pub fn send_down_to(&self, other: &Self) {
        self.send(other, |it| it.audience == Audience::Nomenclature);
    }

    /// Only what this post wrote itself goes to another one.
    pub fn send_own_to(&self, other: &Self) {
        let mine = self.journal.post_id().to_owned();
        self.send(other, |it| it.audience != Audience::Local && it.post_id == mine);
    }

    fn send(&self, other: &Self, goes: impl Fn(&Stream) -> bool) {
        let receiver = other.journal.post_id().to_owned();
        let goes = |it: &Stream| it.post_id != receiver && goes(it);
        let mine = self.base.db.read(|tx| {
            let streams = Journal::streams(tx)?;
            let mut out = Vec::new();
            for stream in streams.into_iter().filter(goes) {
                for (arrival, sealed) in Journal::travelling_after(tx, &stream.id, 0, 100_000)? {
                    out.push((arrival, stream.clone(), sealed));
                }
            }
            Ok::<_, journal::JournalError>(out)
        });
        let mut mine = mine.unwrap();
        mine.sort_by_key(|it| it.0);
        other
            .base
            .db
            .write(|tx| {
                for (_, stream, sealed) in mine {
                    other.journal.receive(tx, &stream, sealed, day(TODAY).to_millis())?;
                }
                Ok::<_, journal::ReceiveError>(())
            })
            .unwrap();
    }

    /// The lines of `example_results.csv`, as this post computes them for a unit and calls it
    /// `shown_as`.
    pub fn results(&self, actor: &Actor, view: View, units: &[(&str, &str)]) -> Vec<String> {
        let quarter = quarter("2024T4");
        let questionnaire = Questionnaire::shipped().unwrap();
        let lines = self.base.db.read(|tx| {
            let ground = circuit::ground_of(tx, "EX-NATION", quarter)?;
            let span = (store::first_period_of(quarter), quarter);
            let values = store::values_between(tx, actor, &ground, view, span)?;
            let returns = BTreeMap::new();
            let data =
                Data { questionnaire, tree: &ground.tree, values: &values, returns: &returns };
            let mut lines = Vec::new();
            for (indicator, unit, it) in results::compute(&data, quarter).iter() {
                let Some((_, shown_as)) = units.iter().find(|(code, _)| *code == unit) else {
                    continue;
                };
                if indicator.gathering != Gathering::Counted {
                    lines.push(format!(
                        "{},{shown_as},{quarter},{},{},{},{}",
                        indicator.code,
                        it.numerator_text(),
                        it.denominator_text(),
                        it.shown,
                        it.respondents_text()
                    ));
                }
            }
            Ok::<_, Failure>(lines)
        });
        let mut lines = lines.unwrap();
        lines.sort();
        lines
    }
}

/// The lines expected for units whose code passes.
pub fn expected(keep: impl Fn(&str) -> bool) -> Vec<String> {
    let lines = example::RESULTS.lines().skip(1);
    let mut lines: Vec<String> =
        lines.filter(|it| it.split(',').nth(1).is_some_and(&keep)).map(str::to_owned).collect();
    lines.sort();
    lines
}

/// The values of the example for its last quarter: those of the quarter and those of the year.
pub fn last_quarter() -> String {
    let mut lines = example::VALUES.lines();
    let heading = lines.next().unwrap();
    let last = lines.filter(|it| matches!(it.split(',').nth(2), Some("2024T4" | "2024")));
    std::iter::once(heading).chain(last).map(|it| format!("{it}\n")).collect()
}

pub fn officer(kind: OfficeKind, place: &str) -> Actor {
    let today = day(TODAY);
    let id = Id::mint();
    let office = Office {
        id: Id::mint(),
        person_id: id,
        kind,
        title: format!("titulaire, {place}"),
        place: place.to_owned(),
        from: today.plus_days(-300),
        to: None,
    };
    Actor::person(id, "A. Traoré".to_owned(), vec![office], today)
}

pub fn adviser() -> Actor {
    officer(OfficeKind::CercleAdviser, "EX-CERCLE")
}

pub fn secretary(unit: &str) -> Actor {
    officer(OfficeKind::MunicipalSecretary, unit)
}

pub fn bases() -> [Empty; 2] {
    testing::both()
}

/// Holds the figures that pages read, in both versions, to those that are computed one by one.
/// Returns how many were compared.
pub fn holds_to_reference(post: &Post, root: &str, quarters: &[Quarter]) -> usize {
    use monitoring::analysis::{self, Version};
    let mut compared = 0;
    let plain = |it: Option<kernel::Decimal>| it.map(|it| it.normalize().to_string());
    post.base
        .db
        .read(|tx| {
            for (quarter, version) in
                quarters.iter().flat_map(|it| [(*it, Version::Working), (*it, Version::Published)])
            {
                let expected = analysis::reference(tx, root, quarter, version)?;
                let found = analysis::consolidated(tx, root, quarter, version)?;
                let (Some(expected), Some(found)) = (&expected, &found) else {
                    assert_eq!(expected.is_some(), found.is_some(), "{root} {quarter}");
                    continue;
                };
                let found = &found.computed;
                let questionnaire = expected.questionnaire();
                for (number, indicator) in questionnaire.indicators().iter().enumerate() {
                    for unit in expected.land.tree.units() {
                        let what =
                            format!("{} {} {quarter} {version:?}", indicator.code, unit.code);
                        let parts = |it: &analysis::Computed| {
                            it.figure(number, &unit.code).map(|it| {
                                let sides = (plain(it.numerator), plain(it.denominator));
                                (sides, it.respondents, it.expected, it.shown(indicator))
                            })
                        };
                        assert_eq!(parts(found), parts(expected), "{what}");
                        let missing = |it: &analysis::Computed| -> Vec<String> {
                            let codes = it.missing(number, &unit.code);
                            codes.into_iter().map(str::to_owned).collect()
                        };
                        assert_eq!(missing(found), missing(expected), "{what}");
                        compared += 1;
                    }
                }
            }
            Ok::<_, Failure>(())
        })
        .unwrap();
    compared
}
