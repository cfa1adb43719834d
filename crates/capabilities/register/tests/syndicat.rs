//! A syndicat of three communes signs a partnership: it stands in the pages of the three, each with
//! its part (article 21 of law 93-008).
#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]

mod support;

use db::testing;
use identity::{Actor, Ctx};
use kernel::{Failure, Id, Stop};
use register::{Typed, TypedPartnership, TypedStatus};
use territory::{TypedGroup, TypedMember};

const MEMBERS: [(&str, &str); 3] =
    [("ML020501", "1/2"), ("ML020502", "30 %"), ("ML020503", "20 %")];

/// A stop of either slice, or a failure of the store.
#[derive(Debug)]
struct Held(String);

impl From<db::DbError> for Held {
    fn from(it: db::DbError) -> Self {
        Self(it.to_string())
    }
}

fn act<T, R: std::fmt::Debug>(
    journal: &journal::Journal,
    work: impl FnOnce(&mut Ctx<'_, '_>) -> Result<T, Stop<R>>,
) -> Result<T, Held> {
    let actor = Actor::program();
    let now = "2025-06-01".parse::<kernel::Date>().unwrap().to_millis();
    journal.db().write(|tx| {
        work(&mut Ctx::new(tx, journal, &actor, now)).map_err(|it| Held(format!("{it:?}")))
    })
}

#[test]
fn a_syndicat_signs_and_stands_in_the_pages_of_its_members() {
    for base in testing::both() {
        let journal = support::filled(&base);
        let mut typed = TypedGroup {
            name: "Syndicat intercommunal du Sankarani".to_owned(),
            statutes: "statuts du 3 mars 2019".to_owned(),
            from: "15/04/2019".to_owned(),
            members: MEMBERS
                .iter()
                .map(|(place, share)| TypedMember {
                    place: (*place).to_owned(),
                    share: (*share).to_owned(),
                    deliberation: "12/CR-2019".to_owned(),
                    ..TypedMember::default()
                })
                .collect(),
            ..TypedGroup::default()
        };
        let id: Id = act(&journal, |ctx| territory::write_group(ctx, None, &typed, "")).unwrap();
        let partnership = TypedPartnership {
            place: "syndicat intercommunal du sankarani".to_owned(),
            partner: "Communauté de communes du Pays d’Evre et Mauges".to_owned(),
            country: "FR".to_owned(),
            level: territory::ForeignLevel::Commune.to_string(),
            form: register::Form::NonPrecise.to_string(),
            years: "2020".to_owned(),
            status: TypedStatus {
                status: register::Status::Inconnu.to_string(),
                ..TypedStatus::default()
            },
            reason: "convention vue".to_owned(),
            ..TypedPartnership::default()
        };
        let signed = act(&journal, |ctx| register::add(ctx, &partnership)).unwrap();
        // The syndicat changes after: what was signed stays as it was.
        typed.members[0].share = "1/3".to_owned();
        typed.members[1].share = "1/3".to_owned();
        typed.members[2].share = "1/3".to_owned();
        act(&journal, |ctx| territory::write_group(ctx, Some((id, 0)), &typed, "avenant")).unwrap();
        let stale =
            act(&journal, |ctx| territory::write_group(ctx, Some((id, 0)), &typed, "avenant"));
        assert!(stale.unwrap_err().0.contains("group-changed-since"));

        journal
            .db()
            .read(|tx| {
                let it = register::find_partnership(tx, signed)?.unwrap();
                let [side] = it.malian.as_slice() else { panic!("{it:?}") };
                assert_eq!(side.group, Some(id));
                let shares: Vec<String> =
                    side.members.iter().map(|it| it.share.unwrap().to_string()).collect();
                assert_eq!(shares, ["1/2", "3/10", "1/5"]);
                assert!(it.questions().is_empty(), "{:?}", it.questions());
                for (place, _) in MEMBERS {
                    let pairs = vec![("lieu".to_owned(), place.to_owned())];
                    let (filter, refused) = Typed::read(&pairs).understand(tx)?;
                    assert!(refused.is_empty());
                    let found = register::list(tx, &filter, 100, 0)?;
                    let ours = found.iter().filter(|it| it.id == signed).count();
                    assert_eq!(ours, 1, "{place}, {}", base.engine);
                }
                let (all, _) = Typed::default().understand(tx)?;
                assert_eq!(register::count(tx, &all)?, 214, "one partnership more, not three");
                let of = territory::groups_of(tx, "ML020502")?;
                assert_eq!(of.len(), 1);
                // The page of a member names the syndicat, its part of today and what it signed.
                let mut parts = web::words().to_vec();
                parts.extend([territory::words(), register::words()]);
                let reader = web::Reader {
                    actor: &Actor::anonymous(),
                    today: "2025-06-01".parse().unwrap(),
                    language: kernel::Language::French,
                    catalogue: &web::Catalogue::new(&parts).unwrap(),
                };
                let panels = register::of_place(tx, "ML020502", reader.today, &reader)?;
                assert_eq!(
                    panels[1].sentences,
                    ["Syndicat intercommunal du Sankarani\u{a0}: part 1/3, un partenariat au registre."]
                );
                assert_eq!(panels[1].links.len(), 2);
                let before = "2019-04-14".parse().unwrap();
                assert_eq!(register::of_place(tx, "ML020502", before, &reader)?.len(), 1);
                Ok::<_, Failure>(())
            })
            .unwrap();
    }
}
