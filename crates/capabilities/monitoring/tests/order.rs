//! Whatever the order in which the entries of three posts arrive at a fourth, it knows the same:
//! reopenings asked and answered, corrections, questions and answers, validations, publications,
//! plans of the circuit, second keyings, requests for support.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

mod common;

use common::{Content, Post, TODAY, adviser, bases, day, last_quarter, officer, quarter};
use identity::{Actor, OfficeKind};
use journal::{Audience, Journal, Sealed, Stream};
use kernel::{Failure, Stop};
use monitoring::circuit::{self, About, Act, Replan, Saying, Step, double_entry};
use monitoring::entry::{self, Typed};
use monitoring::questionnaire::Questionnaire;
use monitoring::store::{self, View};
use monitoring::support::{self, Asking, Closing, Provider};
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::sync::OnceLock;

const Q: &str = "2024T4";
const WHY: &str = "Vérifié sur les registres.";
const OF_CERCLE: [&str; 4] = ["EX-CERCLE", "EX-C1", "EX-C2", "EX-C3"];
const UNITS: [(&str, &str); 6] = [
    ("EX-C1", "EX-C1"),
    ("EX-C2", "EX-C2"),
    ("EX-C3", "EX-C3"),
    ("EX-CERCLE", "EX-CERCLE"),
    ("EX-REGION", "EX-REGION"),
    ("EX-NATION", "EX-NATION"),
];

/// The chains of the story, each with its entries in order. A chain goes in its own order; the
/// chains among themselves in any.
type Chains = Vec<(Stream, Vec<Sealed>)>;

fn act<T, R: std::fmt::Debug>(
    post: &Post,
    actor: &Actor,
    work: impl FnOnce(&mut identity::Ctx<'_, '_>) -> Result<T, Stop<R>>,
) -> T {
    post.act(actor, work).unwrap_or_else(|stop| panic!("{stop:?}"))
}

fn type_in(post: &Post, actor: &Actor, unit: &str, cell: &str, text: &str) {
    let typed = Typed { text: text.to_owned(), ..Typed::default() };
    let cell = Questionnaire::shipped().unwrap().cell_of(cell).unwrap();
    act(post, actor, |ctx| entry::enter(ctx, unit, quarter(Q), &[(cell, typed)]));
}

fn step(from: &str, within: &str, delay: &str) -> Replan {
    Replan::Add(Step {
        from: from.to_owned(),
        within: within.to_owned(),
        act: Act::File,
        levels: vec!["commune".to_owned(), "cercle".to_owned()],
        office: "municipal-secretary".to_owned(),
        delay: delay.to_owned(),
        to: String::new(),
    })
}

/// A quarter in which everything happens: closed, questioned, validated, reopened with the accord of
/// region and nation, corrected, validated and published anew, under two plans.
fn story() -> Chains {
    let [base, _] = bases();
    let cercle = Post::open(base, Content::Exercise);
    let [base, _] = bases();
    let region = Post::open(base, Content::Nothing);
    let [base, _] = bases();
    let nation = Post::open(base, Content::Nothing);
    let ccc = adviser();
    let csr = officer(OfficeKind::RegionalOfficer, "EX-REGION");
    let ccn = officer(OfficeKind::NationalOfficer, "EX-NATION");
    let up = || {
        cercle.send_to(&region);
        region.send_to(&nation);
    };
    let down = || {
        nation.send_down_with(&region, &["EX-REGION", "EX-CERCLE"]);
        region.send_down_with(&cercle, &OF_CERCLE);
    };

    act(&nation, &ccn, |ctx| circuit::replan(ctx, "EX-NATION", &step(Q, "EX-C2", "9"), WHY));
    down();
    act(&cercle, &ccc, |ctx| entry::import(ctx, "v.csv", &last_quarter(), None));
    let found = cercle.base.db.read(|tx| {
        let ground = circuit::ground_of(tx, "EX-CERCLE", quarter(Q))?;
        circuit::doubts(tx, &ccc, &ground, quarter(Q))
    });
    for it in found.unwrap().into_iter().filter(|it| it.is_open()) {
        let unit = it.alert.unit.clone();
        act(&cercle, &ccc, |ctx| circuit::answer(ctx, &unit, quarter(Q), &it.rule, WHY));
    }
    act(&cercle, &ccc, |ctx| {
        double_entry::draw(ctx, "EX-CERCLE", quarter(Q), "EX-CERCLE 2024T4", 100)
    });
    // Another person keys one form again; its error rate goes up with the return.
    act(&cercle, &adviser(), |ctx| double_entry::key(ctx, ("EX-C1", quarter(Q), "J09"), &[], true));
    act(&cercle, &ccc, |ctx| circuit::close(ctx, "EX-CERCLE", quarter(Q), None));
    let asking = Asking { domain: "FIN", text: "Tenir le compte administratif.", asked_on: "" };
    let mark = act(&cercle, &ccc, |ctx| support::ask(ctx, "EX-C1", &asking)).mark();
    act(&cercle, &ccc, |ctx| {
        support::assign(ctx, &mark, Provider::Association, "AMM, cellule finances")
    });
    up();

    let about = About::Cell("SAN_ACC".to_owned());
    let question = act(&region, &csr, |ctx| {
        circuit::ask(ctx, "EX-C3", quarter(Q), &about, "Pourquoi ce chiffre ?", true)
    });
    let question = question.mark();
    down();
    let say = |post: &Post, actor: &Actor, text: &str, closes: bool| {
        let saying = Saying { text: text.to_owned(), closes, quoted: closes };
        act(post, actor, |ctx| circuit::say(ctx, &question, &saying));
    };
    say(&cercle, &ccc, "Un second CSCOM a ouvert.", false);
    // The region speaks again before it has read the answer: the two do not know each other.
    say(&region, &csr, "Merci de répondre avant vendredi.", false);
    up();
    say(&region, &csr, "", true);
    act(&region, &csr, |ctx| circuit::pass_on(ctx, "EX-REGION", quarter(Q), None));
    up();
    act(&nation, &ccn, |ctx| circuit::pass_on(ctx, "EX-NATION", quarter(Q), None));
    down();

    let reopening = act(&cercle, &ccc, |ctx| {
        circuit::ask_reopening(ctx, "EX-CERCLE", quarter(Q), "Une session oubliée.")
    });
    let reopening = reopening.mark();
    up();
    for (post, actor) in [(&region, &csr), (&nation, &ccn)] {
        act(post, actor, |ctx| circuit::answer_reopening(ctx, &reopening, true, WHY));
        up();
    }
    down();
    type_in(&cercle, &ccc, "EX-C1", "EDI_SESS_ORD", "4");
    act(&cercle, &ccc, |ctx| circuit::close(ctx, "EX-CERCLE", quarter(Q), None));
    let closing = Closing { done: true, report: "Deux jours sur place.", closed_on: "" };
    act(&cercle, &ccc, |ctx| support::close(ctx, &mark, &closing));
    up();
    act(&region, &csr, |ctx| circuit::pass_on(ctx, "EX-REGION", quarter(Q), None));
    up();
    act(&nation, &ccn, |ctx| circuit::pass_on(ctx, "EX-NATION", quarter(Q), None));
    act(&nation, &ccn, |ctx| {
        circuit::replan(ctx, "EX-NATION", &step("2025T1", "EX-C3", "12"), WHY)
    });

    let mut chains = Chains::new();
    for post in [&cercle, &region, &nation] {
        let read = post.base.db.read(|tx| {
            let mut found = Chains::new();
            for stream in Journal::streams(tx)? {
                if stream.post_id == post.journal.post_id() && stream.audience != Audience::Local {
                    let entries = Journal::travelling_after(tx, &stream.id, 0, 100_000)?;
                    found.push((stream, entries.into_iter().map(|it| it.1).collect()));
                }
            }
            Ok::<_, journal::JournalError>(found)
        });
        chains.extend(read.unwrap());
    }
    chains
}

/// All that a post knows afterwards: the tables whose rows name no order of arrival, what stands of
/// the quarter, and the results at each level, worked on and published.
fn known_after(order: &[usize]) -> BTreeMap<String, String> {
    static STORY: OnceLock<Chains> = OnceLock::new();
    let chains = STORY.get_or_init(story);
    let [base, _] = bases();
    let post = Post::open(base, Content::Nothing);
    let mut next = vec![0; chains.len()];
    let mut picks = order.iter().copied().chain(std::iter::repeat(0));
    let written = post.base.db.write(|tx| {
        loop {
            let open: Vec<usize> =
                (0..chains.len()).filter(|it| next[*it] < chains[*it].1.len()).collect();
            if open.is_empty() {
                return Ok::<_, journal::ReceiveError>(());
            }
            let at = open[picks.next().unwrap_or_default() % open.len()];
            let (stream, entries) = &chains[at];
            post.journal.receive(tx, stream, entries[next[at]].clone(), day(TODAY).to_millis())?;
            next[at] += 1;
        }
    });
    written.unwrap();
    let digests = post.base.db.read(|tx| post.journal.digests(tx)).unwrap();
    let same = [
        "reopening",
        "reopening_answer",
        "question",
        "question_message",
        "second_draw",
        "second_entry",
        "second_decision",
        "circuit_plan",
        "support_request",
        "support_step",
        "alert_answer",
        "sent_back",
    ];
    let mut known: BTreeMap<String, String> =
        same.iter().map(|it| ((*it).to_owned(), digests[*it].clone())).collect();
    let public = Actor::anonymous();
    let nation = officer(OfficeKind::NationalOfficer, "EX-NATION");
    for (name, actor, view) in
        [("filed", &nation, View::Filed), ("published", &public, View::Published)]
    {
        known.insert(name.to_owned(), post.results(actor, view, &UNITS).join("\n"));
    }
    let read = post.base.db.read(|tx| {
        let ground = circuit::ground_of(tx, "EX-NATION", quarter(Q))?;
        let state = store::passages(tx, &ground)?;
        let mut told = Vec::new();
        for unit in ["EX-C1", "EX-C2", "EX-C3", "EX-CERCLE"] {
            let taken = state.taken(&ground, unit, quarter(Q));
            told.extend(taken.iter().map(|it| format!("{unit} {:?} {}", it.stage, it.mark)));
            let public = state.public_closing(&ground, unit, quarter(Q));
            told.push(format!("{unit} public {:?}", public.map(|it| &it.mark)));
        }
        for it in circuit::threads(tx, &ground, quarter(Q))? {
            let said: Vec<&str> = it.messages.iter().map(|it| it.text.as_str()).collect();
            told.push(format!("{:?} {}", it.turn(), said.join(" / ")));
        }
        for it in circuit::reopenings(tx, "EX-CERCLE", quarter(Q))? {
            told.push(format!("{:?} {}", it.fate(), it.reason));
        }
        for it in circuit::corrections(tx, &ground, quarter(Q))? {
            told.push(format!("{it:?}"));
        }
        for it in support::requests(tx, "EX-C1")? {
            told.push(format!("{:?} {:?}", it.fate(), it.closed().map(|it| &it.report)));
        }
        for (set, _) in circuit::plans_set(tx, "EX-NATION")? {
            told.push(format!("{} {}", set.number, set.plan.write()));
        }
        let returns = store::returns(tx, &nation, &ground, View::Filed, quarter(Q))?;
        told.push(format!("{returns:?}"));
        Ok::<_, Failure>(told)
    });
    let mut told = read.unwrap();
    // Corrections are listed as they were learned; what they are is the same.
    told.sort();
    known.insert("told".to_owned(), told.join("\n"));
    known
}

#[test]
fn the_story_is_whole() {
    let known = known_after(&[]);
    let told = &known["told"];
    for words in [
        "Settled Pourquoi ce chiffre ? / ",
        "Accepted Une session oubliée.",
        "Done Some(\"Deux jours sur place.\")",
        "EX-C1 Published",
        "EX-C1 public Some",
    ] {
        assert!(told.contains(words), "{words}:\n{told}");
    }
    assert!(!known["published"].is_empty());
    assert_eq!(told.matches("depuis,dans").count(), 2, "two plans");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10))]
    #[test]
    fn entries_in_any_order_give_the_same(order in prop::collection::vec(any::<usize>(), 0..200)) {
        static FIRST: OnceLock<BTreeMap<String, String>> = OnceLock::new();
        let first = FIRST.get_or_init(|| known_after(&[]));
        let known = known_after(&order);
        for (name, expected) in first {
            prop_assert_eq!(&known[name], expected, "{}", name);
        }
    }
}
