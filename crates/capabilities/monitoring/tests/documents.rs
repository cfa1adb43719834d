//! The standard documents: made whole, issued, kept, recognised, handed on.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

mod common;

use common::served::{get, pages, serve, text};
use common::{Content, Post, TODAY, adviser, bases, day, officer, quarter, secretary};
use identity::{Actor, OfficeKind};
use journal::{Audience, Draft};
use kernel::{Failure, Language, Stop};
use monitoring::reports::issue::{self, IssueRefused, Made};
use monitoring::reports::recommend::{self, State};
use monitoring::reports::{self, Kind, Order, Writers};
use monitoring::store;
use web::Catalogue;

const Q: &str = "2024T4";

fn catalogue() -> Catalogue {
    let mut parts = web::words().to_vec();
    parts.extend([graphics::words(), register::words()]);
    parts.extend(monitoring::words());
    Catalogue::new(&parts).unwrap()
}

fn writers() -> Writers {
    Writers {
        pdf: |document| pdf::write(document).map_err(Failure::broken),
        picture: |svg, width| pdf::picture(svg, width).map_err(Failure::broken),
    }
}

fn nation() -> Actor {
    officer(OfficeKind::NationalOfficer, "EX-NATION")
}

fn made(post: &Post, actor: &Actor, place: &str, kind: Kind) -> Made {
    let words = catalogue();
    let order = Order {
        catalogue: &words,
        language: Language::French,
        actor,
        today: day(TODAY),
        place,
        quarter: quarter(Q),
        kind,
        writers: writers(),
    };
    post.base.db.read(|tx| reports::made(tx, order)).unwrap()
}

fn issued(
    post: &Post,
    actor: &Actor,
    place: &str,
    made: &Made,
) -> Result<issue::Issued, Stop<IssueRefused>> {
    post.act(actor, |ctx| {
        let ground = store::ground(ctx.tx, place, quarter(Q).last_day())?.unwrap();
        issue::issue(ctx, &ground, quarter(Q), made)
    })
}

const ALL: [(&str, Kind); 5] = [
    ("EX-CERCLE", Kind::Activity),
    ("EX-CERCLE", Kind::Clo),
    ("EX-REGION", Kind::Cro),
    ("EX-NATION", Kind::Cno),
    ("EX-C1", Kind::Commune),
];

#[test]
fn every_document_is_whole_in_every_format_and_comes_out_the_same() {
    let [base, _] = bases();
    let post = Post::open(base, Content::Example);
    for (place, kind) in ALL {
        let begun = std::time::Instant::now();
        let first = made(&post, &Actor::anonymous(), place, kind);
        assert!(begun.elapsed().as_secs() < 60, "{kind:?}: a debug build is slow, not that slow");
        // The edition of a published quarter is the same for everybody.
        let again = made(&post, &nation(), place, kind);
        for (one, two) in first.files.iter().zip(&again.files) {
            assert_eq!(one, two, "{kind:?} {}", one.format);
        }
        assert!(pdf::conforms(&first.files[0].bytes), "{kind:?}");
        if let Some(folder) = std::env::var_os("BENKADI_SAMPLES") {
            for it in &first.files {
                let name = format!("{}.{}", kind.word(), it.format);
                std::fs::write(std::path::Path::new(&folder).join(name), &it.bytes).unwrap();
            }
        }
        let count = pages(&first.files[0].bytes);
        assert!(count <= kind.most_pages(), "{kind:?}: {count} pages");
    }
}

/// The return of a commune filed once more with another figure, then closed, as a correction is.
fn corrected(post: &Post) {
    let now = day(TODAY).to_millis() + 1_000;
    post.base
        .db
        .write(|tx| {
            let filing = store::filings(tx, "EX-C1", quarter(Q))?.pop().unwrap();
            let mut content = filing.content()?;
            let cells = content.values.get_mut(Q).unwrap();
            for value in cells.values_mut() {
                if value.parse::<i64>().is_ok_and(|it| 10 < it) {
                    *value = "11".to_owned();
                }
            }
            let drafts = [(store::RETURN_FILED, serde_json::to_vec(&content).unwrap())];
            for (kind, payload) in drafts {
                let draft = Draft {
                    audience: Audience::Local,
                    scope: "EX-C1".to_owned(),
                    person: "programme".to_owned(),
                    office: String::new(),
                    reason: String::new(),
                    kind: kind.to_owned(),
                    subject: format!("EX-C1/{Q}"),
                    payload,
                    at_millis: now,
                };
                post.journal.append(tx, draft).map_err(Failure::from)?;
            }
            Ok::<_, Failure>(())
        })
        .unwrap();
}

/// The same country with a commune called otherwise, as a later list of places brings it.
fn renamed(post: &Post) {
    let places = territory::example().unwrap();
    let text = String::from_utf8(places.payload).unwrap();
    let before = post
        .base
        .db
        .read(|tx| territory::version_near(tx, "EX-C1", day(TODAY)))
        .unwrap()
        .unwrap()
        .name;
    let payload = text.replace(&before, "Commune rebaptisée").into_bytes();
    let draft = Draft {
        audience: Audience::Local,
        scope: "*".to_owned(),
        person: "programme".to_owned(),
        office: String::new(),
        reason: String::new(),
        kind: places.kind.to_owned(),
        subject: places.subject,
        payload,
        at_millis: day(TODAY).to_millis() + 2_000,
    };
    post.base.db.write(|tx| post.journal.append(tx, draft).map(|_| ())).unwrap();
    let after =
        post.base.db.read(|tx| territory::version_near(tx, "EX-C1", day(TODAY))).unwrap().unwrap();
    assert_eq!(after.name, "Commune rebaptisée");
}

#[test]
fn a_published_document_comes_out_again_byte_for_byte_whatever_changed_since() {
    for base in bases() {
        let post = Post::open(base, Content::Example);
        let public = Actor::anonymous();
        let first = made(&post, &public, "EX-CERCLE", Kind::Clo);
        let entered = issued(&post, &adviser(), "EX-CERCLE", &first).unwrap();
        assert_eq!((entered.version, entered.stage.as_str()), (1, "published"));
        // A correction that nobody published yet changes nothing, not even when made anew.
        corrected(&post);
        assert_eq!(made(&post, &public, "EX-CERCLE", Kind::Clo).files, first.files);
        // A new map does change what is made anew, and nothing of what was issued.
        renamed(&post);
        let anew = made(&post, &public, "EX-CERCLE", Kind::Clo);
        assert_ne!(anew.files, first.files);
        let kept = |hash: &str| {
            post.base.db.read(|tx| issue::kept_file(tx, hash)).unwrap().expect("the file is kept")
        };
        for (file, known) in first.files.iter().zip(&entered.files) {
            assert_eq!(kept(&known.hash), file.bytes, "{}", known.format);
        }
        // It can be issued as a second version; the first is still there, and known by its code.
        let second = issued(&post, &adviser(), "EX-CERCLE", &anew).unwrap();
        assert_eq!(second.version, 2);
        post.journal.rebuild(&mut |_| {}).unwrap();
        let found = |asked: &str| post.base.db.read(|tx| issue::found(tx, asked)).unwrap();
        assert_eq!(found(&entered.code)[0].issued, entered);
        assert_eq!(found(&entered.files[0].hash[..12])[0].issued, entered);
        assert_eq!(found(&second.files[1].hash)[0].issued, second);
        assert!(found("0011223344").is_empty() && found("%").is_empty() && found("").is_empty());
        assert_eq!(kept(&entered.files[0].hash), first.files[0].bytes);
    }
}

/// The quarter opened again, a figure corrected, closed, validated and published again, all at one
/// post.
fn published_again(post: &Post) {
    use monitoring::{circuit, entry};
    let region = officer(OfficeKind::RegionalOfficer, "EX-REGION");
    let why = "Vérifié sur les registres.";
    let ask = |ctx: &mut identity::Ctx<'_, '_>| {
        circuit::ask_reopening(ctx, "EX-CERCLE", quarter(Q), "Une session oubliée.")
    };
    let mark = post.act(&adviser(), ask).unwrap().mark();
    for actor in [region.clone(), nation()] {
        post.act(&actor, |ctx| circuit::answer_reopening(ctx, &mark, true, why)).unwrap();
    }
    let questionnaire = monitoring::questionnaire::Questionnaire::shipped().unwrap();
    let cell = questionnaire.cell_of("EDI_SESS_ORD").unwrap();
    let typed = entry::Typed { text: "3".to_owned(), ..entry::Typed::default() };
    let enter = |ctx: &mut identity::Ctx<'_, '_>| {
        entry::enter(ctx, "EX-C1", quarter(Q), &[(cell, typed.clone())])
    };
    assert_eq!(post.act(&secretary("EX-C1"), enter).unwrap(), 1);
    let doubts = post.base.db.read(|tx| {
        let ground = circuit::ground_of(tx, "EX-CERCLE", quarter(Q))?;
        circuit::doubts(tx, &adviser(), &ground, quarter(Q))
    });
    for it in doubts.unwrap().into_iter().filter(|it| it.is_open()) {
        let unit = it.alert.unit.clone();
        let answer = |ctx: &mut identity::Ctx<'_, '_>| {
            circuit::answer(ctx, &unit, quarter(Q), &it.rule, why)
        };
        post.act(&adviser(), answer).unwrap();
    }
    post.act(&adviser(), |ctx| circuit::close(ctx, "EX-CERCLE", quarter(Q), None)).unwrap();
    for (actor, place) in [(region, "EX-REGION"), (nation(), "EX-NATION")] {
        post.act(&actor, |ctx| circuit::pass_on(ctx, place, quarter(Q), None)).unwrap();
    }
}

#[test]
fn a_quarter_published_again_is_served_as_it_stands_and_the_old_file_at_its_own_address() {
    let [base, _] = bases();
    let post = Post::open(base, Content::Example);
    let public = Actor::anonymous();
    let first = made(&post, &public, "EX-CERCLE", Kind::Clo);
    let entered = issued(&post, &adviser(), "EX-CERCLE", &first).unwrap();
    published_again(&post);
    let anew = made(&post, &public, "EX-CERCLE", Kind::Clo);
    assert_ne!(anew.mark, first.mark, "another publication");
    serve(&post, |server| {
        let here = format!("/suivi/rapports/EX-CERCLE/{Q}/{}", Kind::Clo.word());
        let page = text(server, &here);
        assert!(page.contains(&anew.mark) && !page.contains(&first.mark));
        for (old, (new, known)) in first.files.iter().zip(anew.files.iter().zip(&entered.files)) {
            let format = old.format;
            assert_ne!(old.bytes, new.bytes, "{format}");
            let (status, served) = get(server, &format!("{here}.{format}"));
            assert!(status == 200 && served == new.bytes, "{format}: as the page");
            let own = format!("/suivi/documents/emis/{}.{format}", known.hash);
            let (status, served) = get(server, &own);
            assert!(status == 200 && served == old.bytes, "{format}: as issued");
        }
        let documents = text(server, &format!("/suivi/documents/EX-CERCLE/{Q}"));
        assert!(documents.contains("la nation a republié ce trimestre le"), "{documents}");
        let verify =
            |asked: &str| text(server, &format!("/suivi/documents/verifier?empreinte={asked}"));
        // The whole hash tells the very file; what can be copied from a page does not.
        let whole = verify(&entered.files[0].hash);
        assert!(whole.contains("Document authentique"), "{whole}");
        assert!(whole.contains("La nation a republié ce trimestre le"), "{whole}");
        for asked in [&entered.code, &entered.files[0].hash[..8]] {
            let told = verify(asked);
            assert!(told.contains("Un document de ce code existe"), "{told}");
            assert!(!told.contains("Document authentique"), "{told}");
        }
    });
}

/// The nation gives other words and another formula to what the documents of before show, from the
/// quarter after theirs.
fn edited(post: &Post) {
    use monitoring::questionnaire::{self, Sheet};
    let nation = nation();
    let cells = |pairs: &[(&str, &str)]| -> std::collections::BTreeMap<String, String> {
        pairs.iter().map(|it| (it.0.to_owned(), it.1.to_owned())).collect()
    };
    post.act(&nation, |ctx| questionnaire::start(ctx, "2025T1", "Autres mots")).unwrap();
    for (sheet, key, row) in [
        (
            Sheet::Indicators,
            "I010",
            cells(&[
                ("libelle_fr", "Femmes parmi les élus"),
                ("numerateur", "[EDI_CONS|SEXE=F]+[EDI_BUREAU|SEXE=F]"),
            ]),
        ),
        (Sheet::Elements, "EDI_CONS", cells(&[("libelle_fr", "Élus du conseil")])),
        (Sheet::Forms, "J03", cells(&[("libelle_fr", "Autre fiche")])),
    ] {
        let write = |ctx: &mut identity::Ctx<'_, '_>| {
            questionnaire::write_row(ctx, sheet, Some(key), &row, None)
        };
        post.act(&nation, write).unwrap();
    }
    for (sheet, key) in [(Sheet::Rules, "V043"), (Sheet::Indicators, "I111")] {
        post.act(&nation, |ctx| questionnaire::retire(ctx, sheet, key)).unwrap();
    }
    assert_eq!(post.act(&nation, questionnaire::issue).unwrap(), 2);
}

#[test]
fn a_new_edition_of_the_questionnaire_changes_nothing_of_a_quarter_before_it() {
    let [base, _] = bases();
    let post = Post::open(base, Content::Example);
    let public = Actor::anonymous();
    let all = [("EX-CERCLE", Kind::Clo), ("EX-NATION", Kind::Cno), ("EX-C1", Kind::Commune)];
    let make = || all.map(|(place, kind)| made(&post, &public, place, kind));
    let first = make();
    let entered = issued(&post, &adviser(), "EX-CERCLE", &first[0]).unwrap();
    edited(&post);
    for (before, now) in first.iter().zip(make()) {
        for (before, now) in before.files.iter().zip(now.files) {
            assert!(before.bytes == now.bytes, "{:?} {}", now.format, before.format);
        }
    }
    // Nor of what was issued, though the tables are made anew.
    post.journal.rebuild(&mut |_| {}).unwrap();
    for (file, known) in first[0].files.iter().zip(&entered.files) {
        let kept = post.base.db.read(|tx| issue::kept_file(tx, &known.hash)).unwrap();
        assert_eq!(kept.as_ref(), Some(&file.bytes), "{}", known.format);
    }
}

#[test]
fn who_may_issue_what_and_when() {
    let [base, _] = bases();
    let post = Post::open(base, Content::Example);
    let synthesis = made(&post, &Actor::anonymous(), "EX-CERCLE", Kind::Clo);
    for actor in [secretary("EX-C1"), officer(OfficeKind::Administrator, "EX-CERCLE")] {
        let done = issued(&post, &actor, "EX-CERCLE", &synthesis);
        assert!(matches!(done, Err(Stop::Failed(Failure::Denied(_)))));
    }
    let hand = |to: &str, on: &str| {
        post.act(&adviser(), |ctx| {
            let ground = store::ground(ctx.tx, "EX-CERCLE", quarter(Q).last_day())?.unwrap();
            issue::hand(ctx, &ground, quarter(Q), Kind::Clo, (to, "en main propre", on))
        })
    };
    let refused = |done: Result<_, Stop<IssueRefused>>| match done {
        Err(Stop::Refused(rule)) => rule,
        _ => panic!("not refused"),
    };
    assert_eq!(refused(hand("Préfet", "")), IssueRefused::NotIssued);
    issued(&post, &adviser(), "EX-CERCLE", &synthesis).unwrap();
    let twice = issued(&post, &adviser(), "EX-CERCLE", &synthesis).map(|_| ());
    assert!(matches!(twice, Err(Stop::Refused(IssueRefused::Already { version: 1, .. }))));
    assert_eq!(refused(hand("  ", "")), IssueRefused::NoReceiver);
    assert_eq!(refused(hand("Préfet", "2031-01-01")), IssueRefused::Day("2031-01-01".to_owned()));
    hand("Préfet du cercle", "2025-01-09").unwrap();
    let list = post.base.db.read(|tx| issue::handings(tx, "EX-CERCLE", Q)).unwrap();
    assert_eq!(list.len(), 1);
    assert_eq!((list[0].handed.to.as_str(), list[0].handed.version), ("Préfet du cercle", 1));
    let open = Made { stage: None, ..synthesis };
    assert!(matches!(
        issued(&post, &adviser(), "EX-CERCLE", &open),
        Err(Stop::Refused(IssueRefused::Open(_)))
    ));
}

#[test]
fn recommendations_are_followed_from_one_synthesis_to_the_next() {
    for base in bases() {
        let post = Post::open(base, Content::Example);
        let make = |text: &str, owner: &str, due: &str, of: &str| {
            post.act(&adviser(), |ctx| {
                let ground = store::ground(ctx.tx, "EX-CERCLE", quarter(of).last_day())?.unwrap();
                recommend::make(ctx, &ground, quarter(of), (text, owner, due))
            })
        };
        for (text, owner, due, field) in [
            ("", "Maire", "2025-06-30", "texte"),
            ("Réparer", " ", "2025-06-30", "responsable"),
            ("Réparer", "Maire", "", "echeance"),
            ("Réparer", "Maire", "hier", "echeance"),
            ("Réparer", "Maire", "2024-01-01", "echeance"),
        ] {
            match make(text, owner, due, Q) {
                Err(Stop::Refused(rule)) => assert_eq!(rule.field(), field),
                _ => panic!("{text:?} {owner:?} {due:?}"),
            }
        }
        make("Réparer les forages en panne", "Maire de la commune 2", "2025-06-30", "2024T3")
            .unwrap();
        make("Tenir les restitutions", "Conseiller du centre", "2025-03-31", Q).unwrap();
        let all = || post.base.db.read(|tx| recommend::recommendations(tx, "EX-CERCLE")).unwrap();
        let id = all()[0].made.id;
        post.act(&adviser(), |ctx| {
            let ground = store::ground(ctx.tx, "EX-CERCLE", quarter(Q).last_day())?.unwrap();
            recommend::follow(ctx, &ground, id, ("under-way", "pièces commandées"))
        })
        .unwrap();
        assert_eq!(all()[0].state(), State::UnderWay);
        assert_eq!(all()[1].state(), State::Open);
        assert!(!all()[0].is_late(day(TODAY)) && all()[0].is_late(day("2025-07-01")));
        let words = catalogue();
        let order = Order {
            catalogue: &words,
            language: Language::French,
            actor: &Actor::anonymous(),
            today: day(TODAY),
            place: "EX-CERCLE",
            quarter: quarter(Q),
            kind: Kind::Clo,
            writers: Writers {
                pdf: |document| Ok(format!("{document:?}").into_bytes()),
                picture: |_, _| Err(Failure::NotFound),
            },
        };
        let made = post.base.db.read(|tx| reports::made(tx, order)).unwrap();
        let told = String::from_utf8_lossy(&made.files[0].bytes).into_owned();
        for words in ["Réparer les forages", "pièces commandées", "en cours", "restitutions"] {
            assert!(told.contains(words), "{words}");
        }
        post.journal.rebuild(&mut |_| {}).unwrap();
        assert_eq!(all().len(), 2);
    }
}

#[test]
fn published_results_go_down_and_are_read_where_no_return_is_held() {
    for base in bases() {
        let above = Post::open(base, Content::Example);
        let [below, _] = bases();
        let below = Post::open(below, Content::Nothing);
        below.base.db.write(|tx| journal::Journal::set_setting(tx, "post.place", "EX-C3")).unwrap();
        let denied = above.act(&adviser(), |ctx| {
            monitoring::national::publish_results(ctx, "EX-NATION", quarter(Q))
        });
        assert!(matches!(denied, Err(Stop::Failed(Failure::Denied(_)))));
        let sent = above
            .act(&nation(), |ctx| {
                monitoring::national::publish_results(ctx, "EX-NATION", quarter(Q))
            })
            .unwrap();
        let places: Vec<&str> = sent.iter().map(|it| it.place.as_str()).collect();
        assert_eq!(places, ["EX-NATION", "EX-REGION"]);
        let latest = |post: &Post| post.base.db.read(monitoring::national::latest).unwrap();
        assert_eq!(latest(&below), None);
        above.send_down_to(&below);
        assert_eq!(latest(&below).unwrap().0, quarter(Q));
        let words = catalogue();
        let line = below
            .base
            .db
            .read(|tx| monitoring::national::status(tx, &adviser(), Language::French, &words));
        assert_eq!(line.unwrap(), ["Données nationales du 7\u{a0}février 2025 (T4\u{a0}2024)"]);
        let figure = |post: &Post, code: &str, unit: &str| {
            let found = post.base.db.read(|tx| {
                let version = monitoring::analysis::Version::Published;
                monitoring::analysis::consolidated(tx, "EX-NATION", quarter(Q), version)
            });
            found.unwrap().unwrap().computed.of(code, unit)
        };
        for unit in ["EX-NATION", "EX-REGION", "EX-CERCLE", "EX-C1"] {
            assert_eq!(figure(&below, "I010", unit), figure(&above, "I010", unit), "{unit}");
        }
        // Its own figures are those of its own returns, which it has not; restricted ones stay.
        assert_eq!(figure(&below, "I010", "EX-C3").unwrap().respondents, 0);
        assert!(figure(&above, "I003", "EX-C1").unwrap().numerator.is_some());
        assert_eq!(figure(&below, "I003", "EX-C1"), None);
        below.journal.rebuild(&mut |_| {}).unwrap();
        assert_eq!(figure(&below, "I010", "EX-REGION"), figure(&above, "I010", "EX-REGION"));
    }
}

/// A partnership of a commune of the example, as a person of the register writes it.
fn partnership(post: &Post, change: impl FnOnce(&mut serde_json::Value)) -> kernel::Id {
    let id = kernel::Id::mint();
    let mut payload = serde_json::json!({
        "id": id, "origins": {"source": register::BY_HAND}, "form": "jumelage-cooperation",
        "malian": [{
            "written": "Commune 1", "name": "Commune d’exemple 1", "level": "commune",
            "place": "EX-C1", "region_found": "EX-REGION", "confidence": "haute",
        }],
        "foreign": [{
            "id": kernel::Id::mint(), "written": "ANGERS", "name": "Angers", "country": "FR",
            "level": "commune",
        }],
        "origin": {"written": "1974", "years": [1974]},
        "statuses": [{"status": "convention", "from": "2019-03-14"}],
        "contact": {"written": "Mme X, 02 41 00 00 00", "phone": "02 41 00 00 00", "personal": true},
    });
    change(&mut payload);
    let draft = Draft {
        audience: Audience::Territory,
        scope: "EX-C1".to_owned(),
        person: "programme".to_owned(),
        office: String::new(),
        reason: String::new(),
        kind: register::ADDED.to_owned(),
        subject: id.to_string(),
        payload: serde_json::to_vec(&payload).unwrap(),
        at_millis: day(TODAY).to_millis() + 500,
    };
    post.base.db.write(|tx| post.journal.append(tx, draft).map(|_| ())).unwrap();
    id
}

#[test]
fn the_sheet_of_a_partnership_says_what_is_known_and_what_is_absent() {
    for base in bases() {
        let post = Post::open(base, Content::Example);
        let words = catalogue();
        let id = partnership(&post, |_| {});
        let sheet = || {
            let spoken = (&words, Language::French);
            post.base
                .db
                .read(|tx| reports::partnership::made(tx, spoken, id, day(TODAY), writers()))
        };
        let first = sheet().unwrap();
        assert_eq!(first.files, sheet().unwrap().files);
        assert_eq!(first.name, "Angers – Commune d’exemple 1");
        if let Some(folder) = std::env::var_os("BENKADI_SAMPLES") {
            for it in &first.files {
                let name = format!("fiche-part.{}", it.format);
                std::fs::write(std::path::Path::new(&folder).join(name), &it.bytes).unwrap();
            }
        }
        assert!(pages(&first.files[0].bytes) <= Kind::Partnership.most_pages());
        assert!(pdf::conforms(&first.files[0].bytes));
        let docx = text_of(&first.files[1].bytes);
        for told in [
            "1974",
            "14 mars 2019",
            "convention signée",
            "pas encore tenu au registre",
            "Réciprocité",
            "4e trimestre 2024",
        ] {
            assert!(docx.contains(told), "{told}");
        }
        // The contact names a person: neither the name nor the number leaves the register.
        assert!(docx.contains("Il n’est pas publié") && !docx.contains("02 41"));

        let about = |actor: &Actor, made: &Made| {
            post.act(actor, |ctx| {
                let it = register::find_partnership(ctx.tx, id).map_err(Failure::from)?.unwrap();
                let about = reports::partnership::about(ctx.tx, &it, day(TODAY))?;
                issue::issue_about(ctx, &about, made)
            })
        };
        // Only who may write in the register for the place issues its sheet.
        let far = officer(OfficeKind::RegisterKeeper, "ML01");
        assert!(matches!(about(&far, &first), Err(Stop::Failed(Failure::Denied(_)))));
        let keeper = officer(OfficeKind::RegisterKeeper, "EX-C1");
        let entered = about(&keeper, &first).unwrap();
        assert_eq!((entered.version, entered.stage.as_str()), (1, "register"));
        assert!(matches!(
            about(&keeper, &first),
            Err(Stop::Refused(IssueRefused::Already { version: 1, .. }))
        ));
        // Another partnership of the same place counts its own versions.
        let other = partnership(&post, |it| it["foreign"][0]["name"] = "Kayl".into());
        let spoken = (&words, Language::French);
        let made = post
            .base
            .db
            .read(|tx| reports::partnership::made(tx, spoken, other, day(TODAY), writers()))
            .unwrap();
        let second = post.act(&keeper, |ctx| {
            let it = register::find_partnership(ctx.tx, other).map_err(Failure::from)?.unwrap();
            let about = reports::partnership::about(ctx.tx, &it, day(TODAY))?;
            issue::issue_about(ctx, &about, &made)
        });
        assert_eq!(second.unwrap().version, 1);
        post.journal.rebuild(&mut |_| {}).unwrap();
        let found = |asked: &str| post.base.db.read(|tx| issue::found(tx, asked)).unwrap();
        assert_eq!(found(&entered.code)[0].issued, entered);
        let kept = post.base.db.read(|tx| issue::kept_file(tx, &entered.files[0].hash)).unwrap();
        assert_eq!(kept.unwrap(), first.files[0].bytes);
    }
}

/// The words of a DOCX.
fn text_of(docx: &[u8]) -> String {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(docx)).unwrap();
    let mut file = archive.by_name("word/document.xml").unwrap();
    let mut xml = String::new();
    std::io::Read::read_to_string(&mut file, &mut xml).unwrap();
    let mut inside = false;
    let kept = xml.chars().filter(|it| {
        match it {
            '<' => inside = true,
            '>' => {
                inside = false;
                return false;
            }
            _ => {}
        }
        !inside
    });
    kept.map(|it| if matches!(it, '\u{a0}' | '\u{202f}') { ' ' } else { it }).collect()
}
