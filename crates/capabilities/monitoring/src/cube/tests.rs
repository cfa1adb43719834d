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

#[test]
fn a_file_of_figures_is_read_where_the_base_has_been_and_nowhere_else() {
    let base = testing::sqlite();
    let folds = Folds::new(vec![territory::fold(), store::fold()]);
    let journal = Journal::open(base.db.clone(), folds).unwrap();
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
