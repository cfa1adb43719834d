use proptest::prelude::*;

use super::*;

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn said(mark: &str, act: Act) -> Said {
    Said { mark: mark.to_owned(), office: String::new(), reason: String::new(), act }
}

fn sent() -> Said {
    said(
        "a",
        Act::Sent(Sent {
            subject: Subject::Forage,
            village: "BANCO".to_owned(),
            hide_village: false,
            text: "La pompe est en panne.".to_owned(),
            photo: None,
            day: day("2025-01-10"),
            invented: false,
        }),
    )
}

fn published(mark: &str, on: &str) -> Said {
    said(
        mark,
        Act::Published(Published {
            subject: Subject::Forage,
            village: "BANCO".to_owned(),
            hidden: false,
            text: "La pompe est en panne.".to_owned(),
            photo: None,
            sent: day("2025-01-10"),
            day: day(on),
            invented: false,
        }),
    )
}

fn withdrawn(mark: &str, of: &str) -> Said {
    let it = Withdrawn { publication: of.to_owned(), ground: Ground::Faux, day: day("2025-01-20") };
    said(mark, Act::Withdrawn(it))
}

fn answered(mark: &str, replaces: &[&str]) -> Said {
    let it = Answered {
        text: "Le réparateur vient lundi.".to_owned(),
        contests: false,
        replaces: replaces.iter().map(|it| (*it).to_owned()).collect(),
        day: day("2025-01-15"),
    };
    said(mark, Act::Answered(it))
}

fn settled(mark: &str) -> Said {
    let it = Settled { by_sender: true, text: String::new(), day: day("2025-01-22") };
    said(mark, Act::Settled(it))
}

fn reopened(mark: &str, of: &str) -> Said {
    let it = Reopened { settled: vec![of.to_owned()], day: day("2025-02-01") };
    said(mark, Act::Reopened(it))
}

fn asked(mark: &str) -> Said {
    let it = Asked { text: "Depuis quand ?".to_owned(), day: day("2025-01-11") };
    said(mark, Act::Asked(it))
}

fn completed(mark: &str, question: &str) -> Said {
    let it = Completed {
        question: question.to_owned(),
        text: "Depuis dimanche.".to_owned(),
        day: day("2025-01-12"),
    };
    said(mark, Act::Completed(it))
}

fn refused(mark: &str) -> Said {
    said(mark, Act::Refused(Refused { ground: Ground::Faux, day: day("2025-01-12") }))
}

fn of(acts: Vec<Said>) -> Observation {
    Observation::of("id".to_owned(), "ML020503".to_owned(), acts)
}

#[test]
fn the_state_follows_from_what_was_done() {
    use State::*;
    let publication = || published("p", "2025-01-13");
    for (acts, expected) in [
        (vec![sent()], Attente),
        (vec![sent(), asked("q")], Question),
        (vec![sent(), asked("q"), completed("c", "q")], Attente),
        (vec![sent(), refused("r")], Refusee),
        // Who refused may think again: a later entry, never an erased one.
        (vec![sent(), refused("r"), publication()], Signalee),
        (vec![publication()], Signalee),
        (vec![publication(), answered("x", &[])], Repondue),
        (vec![publication(), settled("s")], Reglee),
        (vec![publication(), answered("x", &[]), settled("s")], Reglee),
        (vec![publication(), answered("x", &[]), settled("s"), reopened("o", "s")], Repondue),
        (vec![publication(), settled("s"), reopened("o", "s"), settled("t")], Reglee),
        (vec![publication(), withdrawn("w", "p")], Retiree),
        (vec![publication(), answered("x", &[]), withdrawn("w", "p")], Retiree),
        (vec![publication(), withdrawn("w", "p"), published("p2", "2025-02-02")], Signalee),
        // The answer came before the publication: another post had sent it first.
        (vec![answered("x", &[])], Attente),
    ] {
        let told = format!("{acts:?}");
        assert_eq!(of(acts).state(), expected, "{told}");
    }
}

#[test]
fn a_corrected_answer_takes_the_place_of_the_first() {
    let it = of(vec![published("p", "2025-01-13"), answered("x", &[]), answered("y", &["x"])]);
    assert_eq!(it.answers().iter().map(|it| it.0.mark.as_str()).collect::<Vec<_>>(), ["y"]);
}

#[test]
fn words_may_be_left_out_and_none_put_in() {
    let sent = "Le maire Untel a pris l’argent du forage.";
    for (shown, expected) in [
        (sent, true),
        ("Le maire […] a pris l’argent du forage.", true),
        ("[…] a pris l’argent du forage.", true),
        ("Le maire […]", true),
        ("Le […] a pris […] forage.", true),
        ("[…]", true),
        ("Le  maire\n[…] a pris l’argent du forage.", true),
        ("Le maire a pris l’argent du forage.", false),
        ("Le maire […] a rendu l’argent du forage.", false),
        ("", false),
        ("Le maire Untel a pris l’argent du forage. Honte !", false),
    ] {
        assert_eq!(masks(sent, shown), expected, "{shown}");
    }
}

proptest! {
    /// Posts learn the acts in different orders, some of them twice, and agree.
    #[test]
    fn the_order_in_which_acts_arrive_changes_nothing(
        picks in proptest::collection::vec(0..11usize, 0..11),
        shuffle in any::<u64>(),
    ) {
        let all = || [
            sent(), asked("q"), completed("c", "q"), refused("r"), published("p", "2025-01-13"),
            published("p2", "2025-02-02"), withdrawn("w", "p"), answered("x", &[]),
            answered("y", &["x"]), settled("s"), reopened("o", "s"),
        ];
        let first: Vec<Said> = picks.iter().map(|it| all()[*it].clone()).collect();
        let mut second = first.clone();
        let mut seed = shuffle;
        for at in (1..second.len()).rev() {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            second.swap(at, usize::try_from(seed >> 33).unwrap_or(0) % (at + 1));
        }
        let (first, second) = (of(first), of(second));
        prop_assert_eq!(first.state(), second.state());
        prop_assert_eq!(first, second);
    }
}
