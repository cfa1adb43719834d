//! A commune asks its centre for support (J2.8), on two engines.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

mod common;

use common::{Content, Post, adviser, bases, day, officer, quarter, secretary};
use identity::{Actor, OfficeKind};
use kernel::{Failure, Language, Stop};
use monitoring::entry;
use monitoring::questionnaire::Tier;
use monitoring::support::{self, Asking, Closing, Fate, Provider, Refused};

const TEXT: &str = "Préparer le compte administratif avec le receveur.";

fn refused<T: std::fmt::Debug>(done: Result<T, Stop<Refused>>) -> Refused {
    match done {
        Err(Stop::Refused(it)) => it,
        other => panic!("not refused: {other:?}"),
    }
}

fn denied<T: std::fmt::Debug>(done: Result<T, Stop<Refused>>) {
    assert!(matches!(done, Err(Stop::Failed(Failure::Denied(_)))), "{done:?}");
}

#[test]
fn a_request_is_logged_assigned_closed_and_counted_beside_its_cells() {
    for (base, other) in bases().into_iter().zip(bases()) {
        let (cercle, region) =
            (Post::open(base, Content::Exercise), Post::open(other, Content::Nothing));
        let ccc = adviser();
        let ask = |actor: &Actor, commune: &str, domain: &str, text: &str, day: &str| {
            let asking = Asking { domain, text, asked_on: day };
            cercle.act(actor, |ctx| support::ask(ctx, commune, &asking))
        };
        let today = day(common::TODAY);
        let logged = |of: &str, name: &str| {
            let read = cercle.base.db.read(|tx| {
                let at = ("EX-CERCLE", quarter(of), "J14");
                entry::sheet(tx, &ccc, at, Tier::Core, Language::French)
            });
            read.unwrap().unwrap().row(name).unwrap().logged
        };
        let (dem, app) = ("CCC_DEM.TYPE_APPUI-FIN", "CCC_APP.TYPE_APPUI-FIN");
        assert_eq!(logged("2024T4", dem), None, "nothing was logged yet: nothing is known");

        // Each refusal says its field, and nothing is written.
        for (commune, domain, text, on, refusal) in [
            ("EX-CERCLE", "FIN", TEXT, "", "commune"),
            ("EX-C1", "XXX", TEXT, "", "domaine"),
            ("EX-C1", "FIN", " - ", "", "demande"),
            ("EX-C1", "FIN", &"é".repeat(2001), "", "demande"),
            ("EX-C1", "FIN", TEXT, "demain", "jour"),
            ("EX-C1", "FIN", TEXT, "11/01/2025", "jour"),
            ("EX-C1", "FIN", TEXT, "09/01/2023", "jour"),
        ] {
            let rule = refused(ask(&ccc, commune, domain, text, on));
            assert_eq!(rule.field(), refusal, "{rule:?}");
        }
        denied(ask(&officer(OfficeKind::CercleAdviser, "ML0205"), "EX-C1", "FIN", TEXT, ""));
        denied(ask(&secretary("EX-C2"), "EX-C1", "FIN", TEXT, ""));

        // The commune may log its own; the centre does the rest.
        let mark = ask(&secretary("EX-C1"), "EX-C1", "FIN", TEXT, "20/12/2024").unwrap().mark();
        ask(&ccc, "EX-C2", "FIN", "Revoir le budget.", "31/12/2024").unwrap();
        ask(&ccc, "EX-C2", "PLA", "Mettre le PDSEC à jour.", "").unwrap();
        assert_eq!((logged("2024T4", dem), logged("2024T4", app)), (Some(2), Some(0)));
        assert_eq!(logged("2024T4", "CCC_DEM.TYPE_APPUI-PLA"), Some(0), "it came in January");
        assert_eq!(logged("2025T1", "CCC_DEM.TYPE_APPUI-PLA"), Some(1));

        let assign = |actor: &Actor, name: &str| {
            cercle.act(actor, |ctx| support::assign(ctx, &mark, Provider::Bureau, name))
        };
        denied(assign(&secretary("EX-C1"), "Cabinet Faso"));
        assert_eq!(refused(assign(&ccc, "")), Refused::Empty { field: "prestataire" });
        assign(&ccc, "Cabinet Faso").unwrap();
        let fate = |post: &Post| {
            let read = post.base.db.read(|tx| support::request(tx, &mark));
            read.unwrap().fate()
        };
        assert_eq!(fate(&cercle), Fate::Assigned);
        let close = |done: bool, report: &str, on: &str| {
            let closing = Closing { done, report, closed_on: on };
            cercle.act(&ccc, |ctx| support::close(ctx, &mark, &closing))
        };
        assert_eq!(refused(close(true, "", "")), Refused::Empty { field: "compte" });
        let before = Refused::BeforeAsked { asked: day("2024-12-20") };
        assert_eq!(refused(close(true, TEXT, "19/12/2024")), before);
        close(true, "Compte arrêté, remis au conseil.", "30/12/2024").unwrap();
        assert_eq!(refused(close(true, TEXT, "")), Refused::Closed);
        assert_eq!((logged("2024T4", dem), logged("2024T4", app)), (Some(2), Some(1)));
        let typed = cercle.base.db.read(|tx| monitoring::store::drafts(tx, "EX-CERCLE")).unwrap();
        assert!(typed.is_empty(), "the log writes no cell");

        // It travels up with the commune.
        cercle.send_to(&region);
        assert_eq!(fate(&region), Fate::Done);
        assert!(quarter("2024T4").last_day() < today);
        for post in [&cercle, &region] {
            let before = post.base.db.read(|tx| post.journal.digests(tx)).unwrap();
            post.journal.rebuild(&mut |_| {}).unwrap();
            let after = post.base.db.read(|tx| post.journal.digests(tx)).unwrap();
            assert_eq!(before, after);
        }
    }
}
