//! How soon a value that a person saves stands in the sums above it: her form is filled in and filed
//! through its pages, and the sums are asked for until they have moved.

use std::time::Instant;

use crate::Problem;
use crate::data::{Data, MISSING};
use crate::http::{Client, Server};
use crate::product::{Product, element};

const ROUNDS: i64 = 30;

/// Medians in milliseconds.
#[derive(Clone, Copy, Debug, Default)]
pub struct Visible {
    /// From the question to file until its answer: the return is on the disk.
    pub filed: f64,
    /// From that answer until the sums of the nation and of the region, of the quarter and of the
    /// year, hold the value.
    pub shown: f64,
}

/// Files a return again and again, each time with one other value; the last has the first value.
pub fn measure(
    data: &Data,
    product: &Product,
    server: &Server,
    reader: &str,
) -> Result<Visible, Problem> {
    let last = data.quarters() - 1;
    let row = data.row(0, last);
    let unit = row.iter().position(|it| *it != MISSING).ok_or("a quarter without any value")?;
    let first = row[unit];
    let (code, quarter) = (format!("BN-{unit:05}"), data.quarter(last));
    let writer = product.secretary(server, &code)?;
    let mut secretary = Client::new(&server.host, &writer)?;
    let mut reader = Client::new(&server.host, reader)?;
    let form = format!("/suivi/saisie/{code}/{quarter}/B{:02}", data.sectors[0]);
    let forms = format!("/suivi/saisie/{code}/{quarter}");
    let token = secretary.token(&forms)?;
    let question = format!(
        "/api/analyses?forme=grille&partiel=1&mesure={}&lieu=BN,BN-R{}&periode={quarter},{}",
        element(data, 0),
        data.units[unit].region,
        data.first_year + last / 4
    );
    let mut ask = || -> Result<Vec<i64>, Problem> {
        let answer: serde_json::Value = serde_json::from_slice(reader.get(&question)?)?;
        let values = answer["valeurs"].as_array().ok_or("valeurs")?;
        Ok(values.iter().filter_map(serde_json::Value::as_i64).collect())
    };
    let before = ask()?;
    let (mut filed, mut shown) = (Vec::new(), Vec::new());
    for round in (0..ROUNDS).rev() {
        let cell = format!("jeton={token}&v.{}.SEXE-F={}", element(data, 0), first + round);
        if secretary.post(&form, &cell)? != 303 {
            return Err(format!("{form}: the value was not taken").into());
        }
        let begun = Instant::now();
        if secretary.post(&forms, &format!("jeton={token}"))? != 303 {
            return Err(format!("{forms}: the return was not filed").into());
        }
        filed.push(begun.elapsed().as_secs_f64() * 1e3);
        let begun = Instant::now();
        while ask()?.iter().zip(&before).any(|(now, before)| *now != before + round) {
            if 10 < begun.elapsed().as_secs() {
                return Err("a value that was filed is not seen".into());
            }
        }
        shown.push(begun.elapsed().as_secs_f64() * 1e3);
    }
    let median = |times: &mut Vec<f64>| {
        times.sort_by(f64::total_cmp);
        times[times.len() / 2]
    };
    Ok(Visible { filed: median(&mut filed), shown: median(&mut shown) })
}
