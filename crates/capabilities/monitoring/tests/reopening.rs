//! A closed quarter is opened again, questions go up and down, forms are keyed twice: over three
//! posts that exchange all that concerns them, on two engines.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

mod common;

use common::{Content, Post, adviser, bases, last_quarter, officer, quarter, secretary};
use identity::{Actor, OfficeKind};
use kernel::{Failure, Stop};
use monitoring::circuit::double_entry;
use monitoring::circuit::{self, About, Fate, Refused, Saying, Turn};
use monitoring::entry::{self, Typed};
use monitoring::store::{self, Stage, View};

const Q: &str = "2024T4";
const WHY: &str = "Vérifié sur les registres.";
/// The places whose entries come down to the post of the cercle.
const OF_CERCLE: [&str; 4] = ["EX-CERCLE", "EX-C1", "EX-C2", "EX-C3"];

fn refused<T: std::fmt::Debug>(done: Result<T, Stop<Refused>>) -> Refused {
    match done {
        Err(Stop::Refused(it)) => it,
        other => panic!("not refused: {other:?}"),
    }
}

fn denied<T: std::fmt::Debug, R: std::fmt::Debug>(done: Result<T, Stop<R>>) {
    assert!(matches!(done, Err(Stop::Failed(Failure::Denied(_)))), "{done:?}");
}

fn cell_of(text: &str) -> Option<monitoring::questionnaire::CellId> {
    monitoring::questionnaire::Questionnaire::shipped().unwrap().cell_of(text)
}

struct Country {
    cercle: Post,
    region: Post,
    nation: Post,
}

fn csr() -> Actor {
    officer(OfficeKind::RegionalOfficer, "EX-REGION")
}

fn ccn() -> Actor {
    officer(OfficeKind::NationalOfficer, "EX-NATION")
}

impl Country {
    /// Each engine has its three posts; the cercle has closed the quarter of the example.
    fn closed() -> Vec<Self> {
        let posts = bases().into_iter().zip(bases()).zip(bases());
        let made = posts.map(|((cercle, region), nation)| {
            let [cercle, region, nation] =
                [cercle, region, nation].map(|it| Post::open(it, Content::Exercise));
            let it = Self { cercle, region, nation };
            let adviser = adviser();
            it.cercle
                .act(&adviser, |ctx| entry::import(ctx, "v.csv", &last_quarter(), None))
                .unwrap();
            answer_all(&it.cercle, &adviser);
            it.close().unwrap();
            it.up();
            it
        });
        made.collect()
    }

    fn close(&self) -> Result<journal::Entry, Stop<Refused>> {
        self.cercle.act(&adviser(), |ctx| circuit::close(ctx, "EX-CERCLE", quarter(Q), None))
    }

    fn validate(&self) -> Result<journal::Entry, Stop<Refused>> {
        self.region.act(&csr(), |ctx| circuit::pass_on(ctx, "EX-REGION", quarter(Q), None))
    }

    fn publish(&self) -> Result<journal::Entry, Stop<Refused>> {
        self.nation.act(&ccn(), |ctx| circuit::pass_on(ctx, "EX-NATION", quarter(Q), None))
    }

    /// All that waits goes up to the nation.
    fn up(&self) {
        self.cercle.send_to(&self.region);
        self.region.send_to(&self.nation);
    }

    /// All that waits comes down to the cercle.
    fn down(&self) {
        self.nation.send_down_with(&self.region, &["EX-REGION", "EX-CERCLE"]);
        self.region.send_down_with(&self.cercle, &OF_CERCLE);
    }

    fn all(&self) -> [&Post; 3] {
        [&self.cercle, &self.region, &self.nation]
    }
}

fn answer_all(post: &Post, actor: &Actor) {
    let found = post.base.db.read(|tx| {
        let ground = circuit::ground_of(tx, "EX-CERCLE", quarter(Q))?;
        circuit::doubts(tx, actor, &ground, quarter(Q))
    });
    for it in found.unwrap().into_iter().filter(|it| it.is_open()) {
        let unit = it.alert.unit.clone();
        post.act(actor, |ctx| circuit::answer(ctx, &unit, quarter(Q), &it.rule, WHY)).unwrap();
    }
}

fn type_in(post: &Post, actor: &Actor, cell: &str, text: &str) -> usize {
    let typed = Typed { text: text.to_owned(), ..Typed::default() };
    let cell = cell_of(cell).unwrap();
    post.act(actor, |ctx| entry::enter(ctx, "EX-C1", quarter(Q), &[(cell, typed)])).unwrap()
}

fn stages(post: &Post) -> Vec<Stage> {
    let found = post.base.db.read(|tx| {
        let ground = circuit::ground_of(tx, "EX-CERCLE", quarter(Q))?;
        let state = store::passages(tx, &ground)?;
        let taken = state.taken(&ground, "EX-CERCLE", quarter(Q));
        Ok::<_, Failure>(taken.into_iter().map(|it| it.stage).collect::<Vec<_>>())
    });
    found.unwrap()
}

fn requests(post: &Post) -> Vec<circuit::Reopening> {
    post.base.db.read(|tx| circuit::reopenings(tx, "EX-CERCLE", quarter(Q))).unwrap()
}

/// What the public reads in a cell of the first commune.
fn public(post: &Post, cell: &str) -> String {
    let found = post.base.db.read(|tx| {
        let ground = circuit::ground_of(tx, "EX-NATION", quarter(Q))?;
        let public = Actor::anonymous();
        store::values_between(tx, &public, &ground, View::Published, (quarter(Q), quarter(Q)))
    });
    let cell = cell_of(cell).unwrap();
    let found = found.unwrap();
    let period = kernel::Period::Quarter(quarter(Q));
    found.get("EX-C1", period, cell).map(ToString::to_string).unwrap_or_default()
}

#[test]
fn a_closed_quarter_is_opened_again_corrected_and_seen_as_not_yet_validated() {
    for it in Country::closed() {
        let engine = it.cercle.base.engine;
        let (adviser, csr) = (adviser(), csr());
        let ask = |why: &str| {
            it.cercle.act(&adviser, |ctx| circuit::ask_reopening(ctx, "EX-CERCLE", quarter(Q), why))
        };
        denied(it.cercle.act(&secretary("EX-C1"), |ctx| {
            circuit::ask_reopening(ctx, "EX-CERCLE", quarter(Q), WHY)
        }));
        assert_eq!(refused(ask(" ")), Refused::NoReason);
        ask("Deux naissances oubliées.").unwrap();
        assert!(matches!(refused(ask(WHY)), Refused::AlreadyAsked { .. }));
        assert_eq!(requests(&it.cercle)[0].fate(), Fate::Waiting);
        // Until somebody accepts, the figures stay locked.
        assert_eq!(stages(&it.cercle), [Stage::Closed], "{engine}");

        // The region refuses once; the cercle asks again, and the region accepts.
        it.up();
        let waiting = it.region.base.db.read(|tx| {
            let ground = circuit::ground_of(tx, "EX-REGION", quarter(Q))?;
            circuit::waiting_for(tx, &ground, quarter(Q))
        });
        let mark = waiting.unwrap()[0].mark.clone();
        let answer = |mark: &str, yes: bool, why: &str| {
            it.region.act(&csr, |ctx| circuit::answer_reopening(ctx, mark, yes, why))
        };
        assert_eq!(refused(answer(&mark, false, "")), Refused::NoReason);
        answer(&mark, false, "Précisez la commune.").unwrap();
        assert!(matches!(refused(answer(&mark, true, WHY)), Refused::Answered { .. }));
        it.down();
        let told = requests(&it.cercle);
        assert_eq!(told[0].fate(), Fate::Refused, "{engine}");
        assert_eq!(told[0].answers[0].reason, "Précisez la commune.");
        ask("Deux sessions oubliées à la commune 1.").unwrap();
        it.up();
        let mark = requests(&it.region).into_iter().find(|it| it.fate() == Fate::Waiting);
        answer(&mark.unwrap().mark, true, "D’accord, cette semaine.").unwrap();
        let nothing = Refused::NothingReceived { quarter: quarter(Q) };
        assert_eq!(refused(it.validate()), nothing, "the closing stands no more");
        it.down();
        assert_eq!(stages(&it.cercle), [], "{engine}: open again");

        // Corrected, closed again, validated: the mark covers the new closing.
        assert_eq!(type_in(&it.cercle, &secretary("EX-C1"), "EDI_SESS_ORD", "3"), 1);
        answer_all(&it.cercle, &adviser);
        it.close().unwrap();
        assert_eq!(stages(&it.cercle), [Stage::Closed]);
        it.up();
        it.validate().unwrap();
        it.down();
        assert_eq!(stages(&it.cercle), [Stage::Closed, Stage::Validated], "{engine}");
        for post in it.all() {
            let before = post.base.db.read(|tx| post.journal.digests(tx)).unwrap();
            post.journal.rebuild(&mut |_| {}).unwrap();
            let after = post.base.db.read(|tx| post.journal.digests(tx)).unwrap();
            assert_eq!(before, after, "{engine}");
        }
    }
}

#[test]
fn a_published_quarter_needs_the_nation_and_stays_as_published_until_it_is_published_again() {
    for it in Country::closed() {
        let engine = it.cercle.base.engine;
        it.validate().unwrap();
        it.up();
        it.publish().unwrap();
        it.down();
        let all = [Stage::Closed, Stage::Validated, Stage::Published];
        assert_eq!(stages(&it.cercle), all);
        let before = public(&it.nation, "EDI_SESS_ORD");
        assert_ne!(before, "3");

        let ask = it.cercle.act(&adviser(), |ctx| {
            circuit::ask_reopening(ctx, "EX-CERCLE", quarter(Q), "Une session oubliée.")
        });
        let mark = ask.unwrap().mark();
        it.up();
        let answer = |post: &Post, actor: &Actor| {
            post.act(actor, |ctx| circuit::answer_reopening(ctx, &mark, true, WHY))
        };
        denied(answer(&it.nation, &ccn()));
        answer(&it.region, &csr()).unwrap();
        it.up();
        it.down();
        assert_eq!(requests(&it.cercle)[0].fate(), Fate::Waiting, "{engine}: the nation too");
        assert_eq!(stages(&it.cercle), all);
        denied(answer(&it.region, &csr()));
        answer(&it.nation, &ccn()).unwrap();
        it.down();
        assert_eq!(requests(&it.cercle)[0].fate(), Fate::Accepted);
        assert_eq!(stages(&it.cercle), [], "{engine}");

        type_in(&it.cercle, &secretary("EX-C1"), "EDI_SESS_ORD", "3");
        answer_all(&it.cercle, &adviser());
        it.close().unwrap();
        it.up();
        assert_eq!(stages(&it.nation), [Stage::Closed], "{engine}: not yet validated");
        assert_eq!(public(&it.nation, "EDI_SESS_ORD"), before, "{engine}: frozen as published");
        let found = it.nation.base.db.read(|tx| {
            let ground = circuit::ground_of(tx, "EX-REGION", quarter(Q))?;
            circuit::corrections(tx, &ground, quarter(Q))
        });
        let found = found.unwrap();
        assert_eq!(found.len(), 1, "{found:?}");
        let told = (found[0].cell.as_str(), found[0].before.as_str(), found[0].after.as_str());
        assert_eq!(told, ("EDI_SESS_ORD", before.as_str(), "3"));
        assert_eq!(
            (found[0].unit.as_str(), found[0].why.as_str()),
            ("EX-C1", "Une session oubliée.")
        );
        it.validate().unwrap();
        it.up();
        it.publish().unwrap();
        assert_eq!(public(&it.nation, "EDI_SESS_ORD"), "3", "{engine}: published again");
    }
}

#[test]
fn a_question_goes_down_is_answered_offline_and_holds_up_the_validation() {
    for it in Country::closed() {
        let engine = it.cercle.base.engine;
        let (adviser, csr) = (adviser(), csr());
        let about = About::Cell("SAN_ACC".to_owned());
        let ask = |actor: &Actor, about: &About, text: &str| {
            it.region.act(actor, |ctx| circuit::ask(ctx, "EX-C3", quarter(Q), about, text, true))
        };
        denied(ask(&adviser, &about, "Pourquoi ?"));
        assert_eq!(refused(ask(&csr, &about, " ")), Refused::NoText);
        let none = About::Cell("SAN_RIEN".to_owned());
        assert!(matches!(refused(ask(&csr, &none, "Pourquoi ?")), Refused::NoSuch(_)));
        let mark =
            ask(&csr, &about, "Ce chiffre double en un trimestre. Pourquoi ?").unwrap().mark();
        let waits = Refused::Questions { quarter: quarter(Q), count: 1 };
        assert_eq!(refused(it.validate()), waits);
        let threads = |post: &Post| {
            let found = post.base.db.read(|tx| {
                let ground = circuit::ground_of(tx, "EX-CERCLE", quarter(Q))?;
                circuit::threads(tx, &ground, quarter(Q))
            });
            found.unwrap()
        };
        it.down();
        let told = &threads(&it.cercle)[0];
        assert_eq!((told.turn(), told.seen.is_empty(), &told.about), (Turn::Asked, false, &about));
        let say = |post: &Post, actor: &Actor, text: &str, closes: bool| {
            let saying = Saying { text: text.to_owned(), closes, quoted: closes };
            post.act(actor, |ctx| circuit::say(ctx, &mark, &saying))
        };
        denied(say(&it.cercle, &adviser, "Réglé.", true));
        say(&it.cercle, &adviser, "Un second CSCOM a ouvert en octobre.", false).unwrap();
        it.up();
        assert_eq!(threads(&it.region)[0].turn(), Turn::Answered, "{engine}");
        it.validate().unwrap();
        say(&it.region, &csr, "Merci.", true).unwrap();
        assert_eq!(refused(say(&it.region, &csr, "Encore.", false)), Refused::Settled);
        it.up();
        it.down();
        for post in it.all() {
            let told = &threads(post)[0];
            assert!(told.is_quoted());
            let words: Vec<&str> = told.messages.iter().map(|it| it.text.as_str()).collect();
            assert_eq!(words.len(), 3);
            assert_eq!(words[1], "Un second CSCOM a ouvert en octobre.");
        }
    }
}

#[test]
fn a_sample_is_keyed_twice_by_two_persons_and_its_error_rate_travels() {
    for base in bases() {
        let post = Post::open(base, Content::Exercise);
        let (first, second) = (adviser(), secretary("EX-CERCLE"));
        post.act(&first, |ctx| entry::import(ctx, "v.csv", &last_quarter(), None)).unwrap();
        let q = quarter(Q);
        let drawn = post.act(&first, |ctx| double_entry::draw(ctx, "EX-CERCLE", q, "Kati", 100));
        let drawn = drawn.unwrap();
        assert_eq!(drawn.drawn.len(), drawn.of);
        let at = ("EX-C1", q, "J02");
        let key = |actor: &Actor, cells: &[(&str, &str)], finished: bool| {
            let typed: Vec<_> = cells
                .iter()
                .map(|(cell, text)| (cell_of(cell).unwrap(), (*text).to_owned()))
                .collect();
            post.act(actor, |ctx| double_entry::key(ctx, at, &typed, finished))
        };
        let stop = key(&first, &[], false);
        assert!(matches!(stop, Err(Stop::Refused(double_entry::Refused::SamePerson))), "{stop:?}");
        let stop = key(&second, &[("EDI_SESS_ORD", "deux")], false);
        assert!(matches!(stop, Err(Stop::Refused(double_entry::Refused::Cells(_)))), "{stop:?}");
        key(&second, &[("EDI_SESS_ORD", "1")], false).unwrap();
        let hidden = |actor: &Actor| {
            post.base.db.read(|tx| double_entry::is_hidden_from(tx, actor, at)).unwrap()
        };
        assert!(hidden(&second) && !hidden(&first));
        // All cells of the form as the first keyed them, but one.
        let values = post.base.db.read(|tx| {
            let ground = circuit::ground_of(tx, "EX-C1", q)?;
            store::values_between(tx, &first, &ground, View::Working, (q, q))
        });
        let values = values.unwrap();
        let questionnaire = monitoring::questionnaire::Questionnaire::shipped().unwrap();
        let set = questionnaire.data_sets().iter().find(|it| it.code == "J02").unwrap();
        let cells: Vec<(String, String)> = values
            .of("EX-C1")
            .unwrap()
            .period(kernel::Period::Quarter(q))
            .filter(|(cell, _)| set.elements.contains(&cell.element))
            .map(|(cell, value)| (questionnaire.cell_text(cell).to_owned(), value.to_string()))
            .map(|(cell, value)| match cell.as_str() {
                "EDI_SESS_ORD" => (cell, "3".to_owned()),
                _ => (cell, value),
            })
            .collect();
        let cells: Vec<(&str, &str)> =
            cells.iter().map(|it| (it.0.as_str(), it.1.as_str())).collect();
        key(&second, &cells, true).unwrap();
        let stop = key(&second, &cells, true);
        assert!(matches!(stop, Err(Stop::Refused(double_entry::Refused::Finished))));
        let found = post.base.db.read(|tx| double_entry::keying(tx, "EX-C1", q, "J02")).unwrap();
        let compared = found.unwrap().compared.unwrap();
        assert_eq!((compared.count.cells as usize, compared.count.errors), (cells.len(), 1));
        assert_eq!(compared.differences[0].cell, "EDI_SESS_ORD");
        let cell = cell_of("EDI_SESS_ORD").unwrap();
        let decide = |choice| {
            post.act(&first, |ctx| {
                double_entry::decide(ctx, at, cell, &choice, "Relu sur le papier.")
            })
        };
        decide(double_entry::Choice::Other("2".to_owned())).unwrap();
        let rates = post.base.db.read(|tx| {
            let ground = circuit::ground_of(tx, "EX-CERCLE", q)?;
            double_entry::rates(tx, &ground, q)
        });
        let rates = rates.unwrap();
        assert_eq!((rates.len(), rates[0].count.errors, rates[0].decided), (1, 1, 1));
        answer_all(&post, &first);
        post.act(&first, |ctx| circuit::close(ctx, "EX-CERCLE", q, None)).unwrap();
        let filed = post.base.db.read(|tx| store::filings(tx, "EX-C1", q)).unwrap().pop().unwrap();
        let content = filed.content().unwrap();
        assert_eq!(content.double_entry["J02"], compared.count);
        assert_eq!(content.values[Q]["EDI_SESS_ORD"], "2");
        let before = post.base.db.read(|tx| post.journal.digests(tx)).unwrap();
        post.journal.rebuild(&mut |_| {}).unwrap();
        assert_eq!(before, post.base.db.read(|tx| post.journal.digests(tx)).unwrap());
    }
}

#[test]
fn the_region_that_must_validate_neither_answers_nor_settles_what_the_nation_asks() {
    for it in Country::closed() {
        let (region, adviser) = (csr(), adviser());
        it.up();
        let ccn = officer(OfficeKind::NationalOfficer, "EX-NATION");
        let about = About::Cell("SAN_ACC".to_owned());
        let mark = it
            .nation
            .act(&ccn, |ctx| circuit::ask(ctx, "EX-C3", quarter(Q), &about, "Pourquoi ?", true))
            .unwrap()
            .mark();
        it.down();
        let say = |post: &Post, actor: &Actor, closes: bool| {
            let saying = Saying { text: "Un second CSCOM.".to_owned(), closes, quoted: false };
            post.act(actor, |ctx| circuit::say(ctx, &mark, &saying))
        };
        let turn =
            |post: &Post| post.base.db.read(|tx| circuit::thread_of(tx, &mark)).unwrap().1.turn();
        let waits = Refused::Questions { quarter: quarter(Q), count: 1 };
        denied(say(&it.region, &region, true));
        say(&it.region, &region, false).unwrap();
        assert_eq!(turn(&it.region), Turn::Asked);
        assert_eq!(refused(it.validate()), waits);
        say(&it.cercle, &adviser, false).unwrap();
        it.up();
        assert_eq!(turn(&it.region), Turn::Answered);
        it.validate().unwrap();
        it.up();
        say(&it.nation, &ccn, true).unwrap();
        assert_eq!(turn(&it.nation), Turn::Settled);
    }
}
