//! People of the register change it: refusals first.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]

mod support;

use identity::OfficeKind;
use support::{app, filled, get, post, serve, sign_in};

#[test]
fn people_change_the_register() {
    let base = db::testing::sqlite();
    let app = app(filled(&base));
    let keeper = sign_in(&app, "awa", OfficeKind::RegisterKeeper, "ML");
    let stranger = sign_in(&app, "moussa", OfficeKind::CercleAdviser, "ML0101");
    let kati = sign_in(&app, "fanta", OfficeKind::CercleAdviser, "ML0204");
    serve(app, |server| {
        let json = get(server, "/registre.json?q=sanankoroba", "").body;
        let list: serde_json::Value = serde_json::from_slice(&json).unwrap();
        let id = list["partenariats"][0]["id"].as_str().unwrap().to_owned();
        let page = format!("/registre/{id}");
        let edit = format!("{page}/modifier");

        // Nobody, then somebody of another cercle.
        assert_eq!(get(server, &edit, "").status, 303);
        assert_eq!(get(server, &edit, &stranger).status, 403);
        assert_eq!(post(server, &edit, &page, &[("raison", "x")], &stranger).status, 403);
        assert!(!get(server, &page, &stranger).text().contains("Joyal"));
        assert!(get(server, &page, &kati).text().contains("Joyal"), "the cercle reads contacts");

        // What is wrong is told field by field, and what was typed is kept.
        let wrong = post(
            server,
            &edit,
            &edit,
            &[
                ("years", "jadis"),
                ("url", "ftp://x"),
                ("malian.0.place", "Atlantide"),
                ("raison", ""),
            ],
            &keeper,
        );
        assert_eq!(wrong.status, 422);
        let text = wrong.text();
        for expected in
            ["jadis", "ftp://x", "Atlantide", "La raison manque", "n’est pas une adresse web"]
        {
            assert!(text.contains(expected), "{expected}: {text}");
        }
        assert!(!text.contains("??"), "{text}");
        let same = post(server, &edit, &edit, &[("raison", "rien")], &keeper);
        assert_eq!(same.status, 422);
        let several =
            post(server, &edit, &edit, &[("malian.0.place", "Kati"), ("raison", "x")], &keeper);
        assert!(
            several.text().contains("ML0204, ML020418")
                || several.text().contains("Plusieurs lieux"),
            "{}",
            several.text()
        );

        rights_and_lengths(server, &edit, &kati);

        // A change, its trace, and its undoing.
        let fields = [("years", "1991, 1996"), ("raison", "convention retrouvée")];
        let done = post(server, &edit, &edit, &fields, &kati);
        assert_eq!((done.status, done.location()), (303, page.clone()), "{}", done.text());
        let text = get(server, &page, &kati).text();
        for expected in ["1991, 1996", "convention retrouvée", "fanta Traoré", "Défaire"] {
            assert!(text.contains(expected), "{expected}: {text}");
        }
        let public = get(server, &page, "").text();
        assert!(!public.contains("fanta Traoré") && public.contains("agent du registre"));
        let mark = text.split("name=\"ecriture\" value=\"").nth(1).unwrap();
        let mark = mark.split('"').next().unwrap().to_owned();
        let undo = format!("{page}/defaire");
        let refused = post(server, &undo, &page, &[("ecriture", "0"), ("raison", "x")], &kati);
        assert_eq!(refused.status, 422);

        // A later change of the same field keeps the first from being undone.
        let fields = [("years", "1991"), ("raison", "une seule convention")];
        assert_eq!(post(server, &edit, &edit, &fields, &keeper).status, 303);
        let refused = post(server, &undo, &page, &[("ecriture", &mark), ("raison", "x")], &kati);
        assert_eq!(refused.status, 422);
        assert!(refused.text().contains("Défaites d’abord le plus récent"), "{}", refused.text());
        let text = get(server, &page, &kati).text();
        let last = text.split("name=\"ecriture\" value=\"").nth(1).unwrap();
        let last = last.split('"').next().unwrap().to_owned();
        for mark in [last, mark] {
            let fields = [("ecriture", mark.as_str()), ("raison", "erreur")];
            assert_eq!(post(server, &undo, &page, &fields, &kati).status, 303);
        }
        let json = get(server, &format!("{page}.json"), "").text();
        assert!(json.contains("\"annees\":[1991]"), "{json}");

        // Statuses.
        let status = format!("{page}/statut");
        for (fields, expected) in [
            (vec![("statut", "actif"), ("depuis", "hier"), ("raison", "x")], "n’est pas une date"),
            (vec![("statut", "actif"), ("depuis", ""), ("raison", "x")], "n’est pas une date"),
            (vec![("statut", "suspendu"), ("depuis", "2020-01-01"), ("raison", "x")], "motif"),
            (
                vec![("statut", "vivant"), ("depuis", "2020-01-01"), ("raison", "x")],
                "Choisissez un statut",
            ),
        ] {
            let answer = post(server, &status, &edit, &fields, &kati);
            assert_eq!(answer.status, 422, "{fields:?}");
            assert!(answer.text().contains(expected), "{expected}: {}", answer.text());
        }
        let fields = [
            ("statut", "suspendu"),
            ("depuis", "2012-03-22"),
            ("motif", "crise"),
            ("raison", "PV"),
        ];
        assert_eq!(post(server, &status, &edit, &fields, &kati).status, 303);
        assert!(get(server, "/registre?statut=suspendu", "").text().contains("Sanankoroba"));

        // A form opened before another's change does not overwrite it.
        let stale = get(server, &edit, &keeper).text();
        assert!(stale.contains("name=\"vu\""));
        a_new_partnership(server, &keeper, &stranger);
    });
}

/// A partnership is not pushed into a place of others, and nothing typed is endless.
fn rights_and_lengths(server: std::net::SocketAddr, edit: &str, kati: &str) {
    for (place, status) in [("ML0101", 403), ("ML02", 403), ("", 403)] {
        let fields = [("malian.0.place", place), ("raison", "déplacé")];
        assert_eq!(post(server, edit, edit, &fields, kati).status, status, "{place}");
    }
    let long = "é".repeat(2001);
    let name = "n".repeat(301);
    let remark = "r".repeat(3001);
    for (fields, expected) in [
        (vec![("years", "1991"), ("raison", &*long)], "2000 lettres"),
        (vec![("foreign.0.name", &*name), ("raison", "x")], "300 lettres"),
        (vec![("malian.0.place", &*name), ("raison", "x")], "300 lettres"),
        (vec![("remark", &*remark), ("raison", "x")], "3\u{202f}000 lettres"),
    ] {
        let answer = post(server, edit, edit, &fields, kati);
        assert_eq!(answer.status, 422, "{expected}");
        assert!(answer.text().contains(expected), "{expected}: {}", answer.text());
    }
    let status = edit.replace("/modifier", "/statut");
    let fields =
        [("statut", "suspendu"), ("depuis", "2020-01-01"), ("motif", &*long), ("raison", "x")];
    assert_eq!(post(server, &status, edit, &fields, kati).status, 422);
    let fields = [("statut", "actif"), ("depuis", "2020-01-01"), ("raison", &*long)];
    assert_eq!(post(server, &status, edit, &fields, kati).status, 422);
}

fn a_new_partnership(server: std::net::SocketAddr, keeper: &str, stranger: &str) {
    let new = "/registre/nouveau";
    assert_eq!(get(server, new, "").status, 303);
    let wrong = post(server, new, new, &[("partenaire", "Nantes")], keeper);
    assert_eq!(wrong.status, 422);
    let text = wrong.text();
    for expected in
        ["Le lieu au Mali manque", "Choisissez le pays", "La raison manque", "value=\"Nantes\""]
    {
        assert!(text.contains(expected), "{expected}: {text}");
    }
    let fields = [
        ("lieu", "Siby"),
        ("partenaire", "Ramonville-Saint-Agne"),
        ("pays", "FR"),
        ("niveau", "commune"),
        ("forme", "jumelage"),
        ("annees", "1990"),
        ("statut", "actif"),
        ("depuis", "1990-05-01"),
        ("url", ""),
        ("telephone", ""),
        ("raison", "délibération"),
    ];
    assert_eq!(post(server, new, new, &fields, stranger).status, 403);
    let done = post(server, new, new, &fields, keeper);
    assert_eq!(done.status, 303, "{}", done.text());
    let text = get(server, &done.location(), "").text();
    assert!(text.contains("Ramonville-Saint-Agne – Siby"), "{text}");
    assert!(get(server, "/registre?q=ramonville&statut=actif", "").text().contains("Siby"));
}
