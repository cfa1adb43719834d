//! The consolidation of 703 communes for one quarter: all indicators at all levels.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Instant;

use kernel::{Date, Quarter};
use monitoring::questionnaire::{CellKey, Questionnaire};
use monitoring::store::{RETURN_FILED, ReturnFiled};
use monitoring::values::{example, read_file};

use crate::{Problem, Row, append, base, sorted};

/// The quarter measured: the last whole one under the map of 703 communes.
pub const QUARTER: &str = "2022T4";
/// The clock of the measure: 1 January 2026.
pub const NOW_MILLIS: i64 = 1_767_225_600_000;
/// The worked example's years become earlier by this much, so that they end in that quarter.
const EARLIER: u16 = 2;
const ROUNDS: usize = 5;

/// The values of the second commune of the worked example, as a file for these units: it is the
/// one without an alert.
pub fn values_for(units: &[String], periods: &[&str]) -> String {
    let mut out = String::from("element,unite_org,periode,options,valeur\n");
    for line in example::VALUES.lines().skip(1) {
        let mut parts: Vec<String> = line.split(',').map(str::to_owned).collect();
        if parts.get(1).map(String::as_str) != Some("EX-C2") {
            continue;
        }
        parts[2] = earlier(&parts[2]);
        if !periods.is_empty() && !periods.contains(&parts[2].as_str()) {
            continue;
        }
        for unit in units {
            parts[1].clone_from(unit);
            out.push_str(&parts.join(","));
            out.push('\n');
        }
    }
    out
}

fn earlier(period: &str) -> String {
    let (year, rest) = period.split_at(4);
    let year: u16 = year.parse().unwrap_or_default();
    format!("{}{rest}", year - EARLIER)
}

pub fn measure(folder: &Path) -> Result<Vec<Row>, Problem> {
    let journal = base(&folder.join("country"))?;
    let quarter: Quarter = QUARTER.parse()?;
    let on = quarter.last_day();
    let units: Vec<String> = journal.db().read(|tx| {
        Ok::<_, db::DbError>(
            territory::subtree(tx, "ML", on)?
                .into_iter()
                .filter(|it| it.1 == territory::Level::Commune)
                .map(|it| it.0)
                .collect(),
        )
    })?;
    let questionnaire = Questionnaire::shipped()?;
    let one = ["X".to_owned()];
    let entries = read_file(questionnaire, "valeurs.csv", &values_for(&one, &[]))?;
    let mut values: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
    for it in &entries {
        let key: CellKey = questionnaire.key(it.cell);
        values
            .entry(it.period.to_string())
            .or_default()
            .insert(key.to_string(), it.value.to_string());
    }
    journal.db().write(|tx| {
        for unit in &units {
            // The oldest first, as they were filed; each shows the yearly cells too.
            for back in (0..4).rev() {
                let of = quarter.plus(-back);
                let filed = ReturnFiled {
                    unit: unit.clone(),
                    quarter: of.to_string(),
                    questionnaire: String::new(),
                    day: Date::from_millis(NOW_MILLIS),
                    values: values
                        .iter()
                        .filter(|it| *it.0 == of.to_string() || it.0.len() == 4)
                        .map(|it| (it.0.clone(), it.1.clone()))
                        .collect(),
                    emptied: BTreeMap::new(),
                    comments: BTreeMap::new(),
                    sources: BTreeMap::new(),
                    answers: BTreeMap::new(),
                    double_entry: BTreeMap::new(),
                };
                let payload = serde_json::to_vec(&filed).unwrap_or_default();
                append(&journal, tx, (RETURN_FILED, format!("{unit}/{of}")), payload)?;
            }
        }
        Ok::<_, journal::JournalError>(())
    })?;
    let mut times = Vec::new();
    for _ in 0..ROUNDS {
        let begun = Instant::now();
        let computed =
            journal.db().read(|tx| monitoring::analysis::consolidate(tx, "ML", quarter))?;
        times.push(begun.elapsed().as_secs_f64());
        let figure = computed.of("I040", "ML").ok_or("the nation has no result")?;
        if figure.respondents_text() != format!("{0}/{0}", units.len()) {
            return Err(format!("{} of {}", figure.respondents_text(), units.len()).into());
        }
    }
    let times = sorted(times);
    Ok(vec![Row {
        what: format!(
            "Consolidation of {} communes × 1 quarter, all indicators and levels (median of {ROUNDS})",
            units.len()
        ),
        measured: times[ROUNDS / 2],
        unit: "s",
        gate: 10.0,
    }])
}
