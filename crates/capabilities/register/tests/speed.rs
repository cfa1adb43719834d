//! A register of 100 000 partnerships answers at once. Ignored by default: it writes a large base.
//! `cargo test -p register --features generate --test speed -- --ignored --nocapture`
#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]
#![cfg(feature = "generate")]

mod support;

use std::time::Instant;

use journal::{Draft, JournalError};
use register::Typed;

#[test]
#[ignore = "writes a large base"]
fn a_hundred_thousand_partnerships_answer_at_once() {
    for base in db::testing::both() {
        let journal = support::filled(&base);
        let started = Instant::now();
        for it in register::generate(100_000, 7).unwrap() {
            base.db
                .write(|tx| {
                    let draft: Draft = support::draft(it);
                    journal.append(tx, draft).map(|_| ())
                })
                .map_err(|it: JournalError| it)
                .unwrap();
        }
        println!("{}: loaded in {:?}", base.engine, started.elapsed());
        if base.engine == "PostgreSQL" {
            // What the server does by itself within a minute of so many rows.
            base.db.write(|tx| tx.batch("analyze;")).unwrap();
        }
        let questions: &[&[(&str, &str)]] = &[
            &[],
            &[("page", "1500")],
            &[("q", "ouelessebougou")],
            &[("q", "sanankoroba montville")],
            &[("q", "saint")],
            &[("q", "loire")],
            &[("q", "mont")],
            &[("q", "ka")],
            &[("q", "san")],
            &[("q", "bougou")],
            &[("pays", "FR")],
            &[("pays", "DE"), ("statut", "actif")],
            &[("pays", "FR"), ("region", "2"), ("statut", "actif")],
            &[("niveau", "commune")],
            &[("niveau", "departement")],
            &[("lieu", "ML0204")],
            &[("lieu", "Kati")],
            &[("region", "1"), ("annee_min", "1980"), ("annee_max", "1990")],
            &[("annee_min", "2001")],
            &[("q", "saint martin"), ("pays", "FR")],
            &[("tri", "annee")],
            &[("tri", "lieu"), ("pays", "FR")],
        ];
        let mut all = Vec::new();
        for pairs in questions {
            let typed: Vec<(String, String)> =
                pairs.iter().map(|it| (it.0.to_owned(), it.1.to_owned())).collect();
            let typed = Typed::read(&typed);
            let mut times = Vec::new();
            let mut found = 0;
            for _ in 0..5 {
                let started = Instant::now();
                base.db
                    .read(|tx| {
                        let (filter, refused) = typed.understand(tx)?;
                        assert_eq!(refused, []);
                        let (count, list) = register::page(tx, &filter)?;
                        found = count;
                        Ok::<_, db::DbError>(list)
                    })
                    .unwrap();
                times.push(started.elapsed());
            }
            times.sort();
            all.push(times[2]);
            println!("{:>9.3} ms  {found:>7}  {pairs:?}", times[2].as_secs_f64() * 1000.0);
        }
        all.sort();
        println!("{}: p95 {:?}", base.engine, all[all.len() * 95 / 100]);
    }
}
