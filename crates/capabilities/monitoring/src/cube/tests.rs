//! The file of figures: read whole and true, or not at all.

use super::file::{read, write};
use super::{Ask, Figures, Measure};
use crate::{circuit, store};
use db::testing;
use identity::Actor;
use journal::{Audience, Draft, Folds, Journal};
use kernel::{Failure, Period};

fn values(figures: &Figures) -> Vec<super::Value> {
    let measures = (0..figures.questionnaire().indicators().len()).map(Measure::Indicator);
    let places = ["EX-NATION", "EX-CERCLE", "EX-C1", "EX-C2"].map(str::to_owned);
    let quarters = ["2023T4", "2024T4"].map(|it| Period::Quarter(it.parse().unwrap()));
    let ask = Ask {
        measures: measures.collect(),
        places: places.to_vec(),
        periods: quarters.to_vec(),
        ..Ask::default()
    };
    let mut out = Vec::new();
    for actor in [Actor::program(), Actor::anonymous()] {
        let answer = figures.answer(&actor, &ask).unwrap();
        out.extend(answer.iter().map(|it| *it.3));
    }
    out
}

/// The worked example: its territory, then its returns, published.
fn example() -> Vec<Draft> {
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
        at_millis: 1_736_500_000_000,
    }];
    drafts.extend(circuit::example(1_736_500_000_000).unwrap());
    drafts
}

#[test]
fn restricted_figures_are_not_found_from_their_parts_their_year_or_what_is_incomplete() {
    let base = testing::sqlite();
    let folds = Folds::new(vec![territory::fold(), store::fold()]);
    let journal = Journal::open(base.db.clone(), folds).unwrap();
    // Women and men helped by three communes, in quarters that differ from all others.
    let given = |commune: &str, quarter: &str| match (quarter, commune) {
        ("2024T1", _) => (Some("20"), Some("2")),
        ("2024T2", "EX-C3") => (None, None),
        ("2024T3", "EX-C3") => (Some("7"), None),
        _ => (Some("20"), Some("30")),
    };
    let mut drafts = example();
    for draft in drafts.iter_mut().filter(|it| it.kind == store::RETURN_FILED) {
        let (commune, quarter) = draft.subject.split_once('/').unwrap();
        if !commune.starts_with("EX-C") || commune == "EX-CERCLE" {
            continue;
        }
        let (women, men) = given(commune, quarter);
        let mut payload: serde_json::Value = serde_json::from_slice(&draft.payload).unwrap();
        for (cell, value) in [("SOC_INDIG|SEXE=F", women), ("SOC_INDIG|SEXE=H", men)] {
            let cells = payload["values"][quarter].as_object_mut().unwrap();
            match value {
                Some(value) => drop(cells.insert(cell.to_owned(), value.into())),
                None => drop(cells.remove(cell)),
            }
        }
        draft.payload = serde_json::to_vec(&payload).unwrap();
    }
    let all = base
        .db
        .write(|tx| drafts.into_iter().try_for_each(|it| journal.append(tx, it).map(|_| ())));
    all.unwrap();
    let figures = base.db.read(|tx| {
        let head = Journal::head(tx)?;
        Figures::build(tx, head)
    });
    let figures = figures.unwrap();
    let questionnaire = figures.questionnaire();
    let element = questionnaire.element_number("SOC_INDIG").unwrap();
    let dimension = questionnaire.element(element).dimensions[0];
    let mut measures = vec![Measure::element(questionnaire, "SOC_INDIG").unwrap()];
    measures.extend(Measure::split(questionnaire, element, dimension));
    let parts = measures.len();
    // The same parts, named as cells.
    measures.extend(
        (0..)
            .take(parts - 1)
            .map(|cell| Measure::Element(super::Term { element, part: super::Part::Cell(cell) })),
    );
    let seen = |actor: &Actor, place: &str, period: &str, partial: bool| {
        let ask = Ask {
            measures: measures.clone(),
            places: vec![place.to_owned()],
            periods: vec![period.parse().unwrap()],
            partial,
            ..Ask::default()
        };
        figures.answer(actor, &ask).unwrap().values().to_vec()
    };
    let public = Actor::anonymous();
    for (period, whole, theirs) in [
        ("2023T1", Some(150), true),
        ("2023", Some(600), true),
        // Six men: the women of the same whole would tell them.
        ("2024T1", Some(66), false),
        ("2024T2", Some(100), true),
        // The third commune gave women alone: the parts less the whole would tell them.
        ("2024T3", Some(100), false),
        ("2024T4", Some(150), true),
        // It lacks two quarters: the year less the quarters of the others would tell.
        ("2024", None, false),
    ] {
        for place in ["EX-CERCLE", "EX-NATION"] {
            let found = seen(&public, place, period, false);
            assert_eq!(found[0].value, whole.map(kernel::Decimal::from), "{place} {period}");
            assert_eq!(found[0].standing == super::Standing::Withheld, whole.is_none());
            for it in &found[1..] {
                assert_eq!(it.is_seen(), theirs, "{place} {period}: {it:?}");
            }
            let partial = seen(&public, place, period, true);
            assert!(partial.iter().all(|it| it.standing == super::Standing::Withheld));
        }
        let found = seen(&public, "EX-C1", period, false);
        assert!(found.iter().all(|it| it.standing == super::Standing::Withheld), "{period}");
    }
    // Those in charge see them, and are told that nobody else does.
    for it in seen(&Actor::program(), "EX-C1", "2024T4", false) {
        assert!(it.value.is_some() && it.reserved, "{it:?}");
    }
    assert!(!seen(&Actor::program(), "EX-CERCLE", "2024T4", false)[0].reserved);
}

#[test]
fn a_file_of_figures_is_read_where_the_base_has_been_and_nowhere_else() {
    let base = testing::sqlite();
    let folds = Folds::new(vec![territory::fold(), store::fold()]);
    let journal = Journal::open(base.db.clone(), folds).unwrap();
    let mut drafts = example();
    let later = drafts.split_off(drafts.len() - 5);
    let learn = |drafts: Vec<Draft>| {
        let all = base
            .db
            .write(|tx| drafts.into_iter().try_for_each(|it| journal.append(tx, it).map(|_| ())));
        all.unwrap();
    };
    learn(drafts);
    let folder = std::env::temp_dir().join(format!("benkadi-chiffres-{}", kernel::Id::mint()));
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join("chiffres.benkadi");
    let now = |base: &db::Database| {
        let made = base.read(|tx| {
            let head = Journal::head(tx)?;
            Figures::build(tx, head)
        });
        made.unwrap()
    };
    let kept = |base: &db::Database| base.read(|tx| read(tx, &folder)).unwrap();
    assert!(kept(&base.db).is_none());
    let then = now(&base.db);
    write(&then, &folder).unwrap();
    let read_back = kept(&base.db).unwrap();
    assert_eq!(values(&read_back), values(&then));
    assert_eq!((read_back.head, read_back.known), (then.head, then.known));
    // What came since is added to it.
    learn(later);
    let read_back = kept(&base.db).unwrap();
    assert_eq!(read_back.head, then.head);
    let caught_up = base.db.read(|tx| {
        let head = Journal::head(tx)?;
        Ok::<_, Failure>(read_back.caught_up(tx, head)?.unwrap())
    });
    let caught_up = caught_up.unwrap();
    assert_eq!(values(&caught_up), values(&now(&base.db)));
    assert_ne!(values(&caught_up), values(&then));
    // Another base never went through there; a damaged file is none.
    let other = testing::sqlite();
    let folds = Folds::new(vec![territory::fold(), store::fold()]);
    let _other_journal = Journal::open(other.db.clone(), folds).unwrap();
    assert!(kept(&other.db).is_none());
    let mut bytes = std::fs::read(&file).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(&file, bytes).unwrap();
    assert!(kept(&base.db).is_none());
    std::fs::remove_dir_all(&folder).unwrap();
}
