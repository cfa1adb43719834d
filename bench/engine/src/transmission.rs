//! What a cercle of twelve communes sends for one quarter.

use std::path::Path;

use exchange::{Hand, Level, Places};
use identity::{Actor, Ctx};
use journal::Journal;
use kernel::{Date, Failure, Stop};
use monitoring::circuit;

use crate::country::{NOW_MILLIS, QUARTER, values_for};
use crate::{Problem, Row, base};

pub fn measure(folder: &Path) -> Result<Vec<Row>, Problem> {
    let quarter = QUARTER.parse()?;
    let cercle = base(&folder.join("cercle"))?;
    let region = base(&folder.join("region"))?;
    let day = Date::from_millis(NOW_MILLIS);
    let places = Places::on(day);
    let hand =
        Hand { person: "programme".to_owned(), office: String::new(), at_millis: NOW_MILLIS };
    let (code, communes, above) = twelve(&cercle)?;
    let open = |journal: &Journal, name: &str, level, code: &str| {
        journal
            .db()
            .write(|tx| exchange::open_post(journal, tx, &places, &hand, (name, level, code)))
            .map_err(refused)
    };
    let parent = open(&region, "Région", Level::Region, &above)?;
    open(&cercle, "Cercle", Level::Cercle, &code)?;
    cercle
        .db()
        .write(|tx| exchange::note_parent(&cercle, tx, &places, &hand, &parent))
        .map_err(refused)?;

    let actor = Actor::program();
    let text = varied(&values_for(&communes, &[QUARTER, "2022"]));
    let bytes = cercle
        .db()
        .write(|tx| -> Result<_, Stop<String>> {
            let mut ctx = Ctx::new(tx, &cercle, &actor, NOW_MILLIS);
            monitoring::entry::import(&mut ctx, "valeurs.csv", &text, None).map_err(told)?;
            let closing = circuit::closing(ctx.tx, &actor, &code, quarter)?;
            let open: Vec<(String, String)> =
                closing.open_doubts().map(|it| (it.alert.unit.clone(), it.rule.clone())).collect();
            for (unit, rule) in open {
                circuit::answer(&mut ctx, &unit, quarter, &rule, "Chiffre vérifié au registre.")
                    .map_err(told)?;
            }
            // The cercle's own two forms are not filled in here.
            circuit::close(&mut ctx, &code, quarter, Some("Mesure.")).map_err(told)?;
            let parent = parent.id();
            exchange::export(&cercle, ctx.tx, &places, &hand, (&parent, false))
                .map(|it| it.bytes)
                .map_err(told)
        })
        .map_err(|it| match it {
            Stop::Refused(it) => it,
            Stop::Failed(it) => it.to_string(),
        })?;
    Ok(vec![Row {
        what: format!(
            "Transmission of {} communes × 1 quarter, encrypted and signed",
            communes.len()
        ),
        measured: bytes.len() as f64 / 1000.0,
        unit: "kB",
        gate: 30.0,
    }])
}

/// The same file with another figure in each commune: equal communes would compress to nothing and
/// measure nothing. Figures of two digits and more grow by up to a tenth.
fn varied(text: &str) -> String {
    let mut out = String::new();
    for line in text.lines() {
        let (head, value) = line.rsplit_once(',').unwrap_or((line, ""));
        match value.parse::<u64>() {
            Ok(value) if 10 <= value => {
                let noise = head.bytes().fold(7_u64, |sum, it| {
                    sum.wrapping_mul(1_099_511_628_211).wrapping_add(u64::from(it))
                });
                out.push_str(&format!("{head},{}\n", value + (noise >> 32) % (value / 10 + 1)));
            }
            _ => {
                out.push_str(line);
                out.push('\n');
            }
        }
    }
    out
}

/// A cercle of twelve communes, with its region.
fn twelve(journal: &Journal) -> Result<(String, Vec<String>, String), Problem> {
    let on: Date = "2022-12-31".parse()?;
    let found = journal.db().read(|tx| {
        for (code, level) in territory::subtree(tx, "ML", on)? {
            if level != territory::Level::Cercle {
                continue;
            }
            let communes: Vec<String> =
                territory::children(tx, &code, on)?.into_iter().map(|it| it.code).collect();
            if communes.len() == 12 {
                let above = territory::region_of(tx, &code, on)?.unwrap_or_default();
                return Ok(Some((code, communes, above)));
            }
        }
        Ok::<_, db::DbError>(None)
    })?;
    found.ok_or_else(|| "no cercle of twelve communes".into())
}

fn told<R: std::fmt::Debug>(stop: Stop<R>) -> Stop<String> {
    match stop {
        Stop::Refused(rule) => Stop::Refused(format!("{rule:?}")),
        Stop::Failed(failure) => Stop::Failed(failure),
    }
}

fn refused<R: std::fmt::Debug>(stop: Stop<R>) -> Problem {
    match stop {
        Stop::Refused(rule) => format!("{rule:?}").into(),
        Stop::Failed(failure) => Failure::to_string(&failure).into(),
    }
}
