//! The ten questions, asked of the program through its address, timed from the first byte of the
//! question to the last byte of the answer, and held against the reference.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use crate::Problem;
use crate::data::Data;
use crate::http::{Client, Server};
use crate::product::{Product, element};
use crate::reference::{self, Digest, Sources};
use crate::visible::{self, Visible};

/// The questions of a mixed load: mostly small ones, as people ask.
const MIX: [usize; 17] = [1, 1, 1, 1, 2, 2, 2, 3, 3, 4, 4, 5, 6, 8, 9, 9, 1];
const MIXED_SECONDS: u64 = 10;

/// What the program needed, and whether it was right.
#[derive(Debug, Default)]
pub struct Ours {
    pub median: BTreeMap<usize, f64>,
    pub p95: BTreeMap<usize, f64>,
    /// The answers held against the reference, and those that differed.
    pub held: usize,
    pub wrong: Vec<String>,
    /// Seconds to take all values over, and of the first answer after a start.
    pub load: f64,
    pub first_answer: f64,
    /// The same after a clean stop, with what it left.
    pub second_answer: f64,
    /// Bytes that the values take on the disk, all included.
    pub bytes: f64,
    pub memory: f64,
    /// Questions a second with two clients.
    pub throughput: f64,
    /// Seconds to correct one value in a hundred through a file, and from the start of the program
    /// on it until the first answer that holds the corrections.
    pub correction: f64,
    pub corrected_answer: f64,
    pub visible: Visible,
}

/// Of each question, how many answers are held against the reference again after the corrections.
const HELD_AGAIN: usize = 25;

/// Fills a base, asks, corrects, asks again.
pub fn measure(data: &mut Data, folder: &Path) -> Result<Ours, Problem> {
    let product = Product::fill(data, folder)?;
    let mut ours = Ours { load: product.load, ..Ours::default() };
    let server = product.start()?;
    let cookie = product.sign_in(&server)?;
    ours.first_answer = first(data, &server, &cookie)?;
    for question in 1..=10 {
        let (mut times, mut client) = (Vec::new(), Client::new(&server.host, &cookie)?);
        ask_all(data, &mut client, question, usize::MAX, (&mut ours, &mut times))?;
        times.sort_by(f64::total_cmp);
        ours.median.insert(question, times[times.len() / 2]);
        ours.p95.insert(question, times[times.len() * 95 / 100]);
    }
    ours.throughput = mixed(data, &server, &cookie)?;
    ours.memory = server.memory()? as f64;
    ours.visible = visible::measure(data, &product, &server, &cookie)?;
    server.stop()?;
    ours.bytes = (product.size()?.saturating_sub(product.bytes.0)) as f64;
    let server = product.start()?;
    let cookie = product.sign_in(&server)?;
    ours.second_answer = first(data, &server, &cookie)?;
    server.stop()?;
    ours.correction = product.correct(data, folder)?;
    data.correct();
    let begun = Instant::now();
    let server = product.start()?;
    let cookie = product.sign_in(&server)?;
    first(data, &server, &cookie)?;
    ours.corrected_answer = begun.elapsed().as_secs_f64();
    for question in 1..=10 {
        let mut client = Client::new(&server.host, &cookie)?;
        ask_all(data, &mut client, question, HELD_AGAIN, (&mut ours, &mut Vec::new()))?;
    }
    server.stop()?;
    Ok(ours)
}

fn first(data: &Data, server: &Server, cookie: &str) -> Result<f64, Problem> {
    let mut client = Client::new(&server.host, cookie)?;
    let begun = Instant::now();
    client.get(&path(data, 1, &data.questions[&1][0]))?;
    Ok(begun.elapsed().as_secs_f64())
}

/// Asks with the sets of parameters of a question, at most so many, and holds each answer against
/// the reference; gives the milliseconds of each.
fn ask_all(
    data: &Data,
    client: &mut Client,
    question: usize,
    most: usize,
    (ours, times): (&mut Ours, &mut Vec<f64>),
) -> Result<(), Problem> {
    let sets = &data.questions[&question];
    for set in sets.iter().take(3) {
        client.get(&path(data, question, set))?;
    }
    for set in sets.iter().take(most) {
        let path = path(data, question, set);
        let begun = Instant::now();
        let body = client.get(&path)?;
        times.push(begun.elapsed().as_secs_f64() * 1e3);
        let found = digest(data, question, body)?;
        let expected = reference::answer(data, question, set, Sources::Both);
        ours.held += 1;
        if !found.agrees(&expected) {
            ours.wrong.push(format!("{question} {set:?}: {found:?}, expected {expected:?}"));
        }
    }
    Ok(())
}

/// Two clients with mixed questions: answers a second.
fn mixed(data: &Data, server: &Server, cookie: &str) -> Result<f64, Problem> {
    let begun = Instant::now();
    let until = begun + Duration::from_secs(MIXED_SECONDS);
    let count = AtomicUsize::new(0);
    let work = |from: usize| -> Result<(), String> {
        let mut client = Client::new(&server.host, cookie).map_err(|it| it.to_string())?;
        let mut at = from;
        while Instant::now() < until {
            let question = MIX[at % MIX.len()];
            let set = &data.questions[&question][at % 200];
            client.get(&path(data, question, set)).map_err(|it| it.to_string())?;
            count.fetch_add(1, Ordering::Relaxed);
            at += 2;
        }
        Ok(())
    };
    std::thread::scope(|scope| {
        let other = scope.spawn(|| work(1));
        work(0)?;
        other.join().map_err(|_| "a client broke".to_owned())?
    })?;
    Ok(count.load(Ordering::Relaxed) as f64 / begun.elapsed().as_secs_f64())
}

/// The address of a question. Peers know today's tree only, so that all but the last ask for it.
fn path(data: &Data, question: usize, set: &[usize]) -> String {
    let code = |at: usize| element(data, at);
    let codes = |all: &[usize]| all.iter().map(|it| code(*it)).collect::<Vec<_>>().join(",");
    let year = |at: usize| (data.first_year + at).to_string();
    let quarters = |from: usize, to: usize| format!("{}..{}", data.quarter(from), data.quarter(to));
    let of_year = |at: usize| quarters(at * 4, at * 4 + 3);
    let all = || quarters(0, data.quarters() - 1);
    let place = |at: usize| data.place(at);
    let values = "/api/analyses?forme=grille&carte=actuelle&partiel=1";
    match question {
        1 => format!(
            "{values}&mesure={}&lieu={}&sous=region&periode={}",
            code(set[0]),
            place(set[2]),
            data.quarter(set[1])
        ),
        2 => format!(
            "{values}&rapport={}/{}&lieu={}&sous=region&periode={}",
            set[..3].iter().map(|it| code(*it)).collect::<Vec<_>>().join(";"),
            code(set[3]),
            place(set[5]),
            year(set[4])
        ),
        3 => format!(
            "{values}&mesure={}&lieu={}&sous=cercle&periode={}",
            set[..10]
                .iter()
                .map(|it| format!("{}%7CSEXE%3DF", code(*it)))
                .collect::<Vec<_>>()
                .join(","),
            place(set[11]),
            of_year(set[10])
        ),
        4 => {
            format!("{values}&mesure={}&lieu={}&periode={}", codes(&set[..5]), place(set[5]), all())
        }
        5 => format!(
            "/api/analyses/premiers?carte=actuelle&partiel=1&mesure={}&lieu={}&sous=commune&\
             periode={}&nombre=10",
            code(set[0]),
            place(set[2]),
            year(set[1])
        ),
        6 => format!(
            "/api/analyses/completude?carte=actuelle&lieu={}&sous=region&periode={}",
            place(set[1]),
            of_year(set[0])
        ),
        7 => {
            let rules = data.rules.iter().flat_map(|it| {
                ["F", "H"].map(|option| {
                    format!(
                        "{}%7CSEXE%3D{option}%3E{}*{}%7CSEXE%3D{option}",
                        code(it.left),
                        it.times,
                        code(it.right)
                    )
                })
            });
            let rules: Vec<String> = rules.collect();
            format!(
                "/api/analyses/comparaisons?lieu=BN&periode={}&regle={}",
                all(),
                rules.join(",")
            )
        }
        8 => format!(
            "/api/analyses/groupes?lieu={}&par=milieu&periode={}",
            place(set[1]),
            of_year(set[0])
        ),
        9 => format!(
            "{values}&mesure={}&lieu={}&periode={}",
            codes(&(0..data.elements).collect::<Vec<_>>()),
            place(set[1]),
            quarters(set[0] * 4 - 4, set[0] * 4 + 3)
        ),
        _ => {
            let mut former: Vec<usize> = data.units.iter().map(|it| it.former_region).collect();
            former.sort_unstable();
            former.dedup();
            let former = former.into_iter().map(|it| format!("BN-A{it}"));
            let regions: Vec<String> = former.chain(data.regions().map(|it| place(it.0))).collect();
            format!(
                "/api/analyses?forme=grille&carte=epoque&partiel=1&mesure={}&lieu={}&periode={}",
                code(set[0]),
                regions.join(","),
                all()
            )
        }
    }
}

/// What an answer says.
fn digest(data: &Data, question: usize, body: &[u8]) -> Result<Digest, Problem> {
    let answer: serde_json::Value = serde_json::from_slice(body)?;
    let number = |it: &serde_json::Value| match it {
        serde_json::Value::String(text) => text.parse().ok(),
        other => other.as_f64(),
    };
    if question == 5 {
        let first = answer["premiers"].as_array().ok_or("premiers")?;
        return Ok(Digest::of(first.iter().filter_map(|it| number(&it["valeur"]))));
    }
    let rows = answer["valeurs"].as_array().ok_or("valeurs")?;
    if question == 7 {
        let mut broken = vec![0.0; data.rules.len()];
        for (at, row) in rows.iter().enumerate() {
            broken[at / 2] += number(&row[2]).ok_or("infractions")?;
        }
        return Ok(Digest::of(broken.into_iter().filter(|it| 0.0 < *it)));
    }
    let second = |row: &serde_json::Value| question == 8 && row[1] == "Secteur 12";
    let rows = rows.iter().filter(|it| !second(it));
    match question {
        6 => Ok(Digest::of(rows.filter_map(|it| number(&it[2])))),
        8 => Ok(Digest::of(rows.filter_map(|it| number(&it[4])))),
        2 => {
            // The quotient is rounded to be shown; its two sides are exact.
            let side = |name: &str| answer[name].as_array().cloned().ok_or_else(|| name.to_owned());
            let (over, under) = (side("numerateurs")?, side("denominateurs")?);
            let both = over.iter().zip(&under);
            Ok(Digest::of(both.filter_map(|(a, b)| Some(100.0 * number(a)? / number(b)?))))
        }
        _ => Ok(Digest::of(rows.filter_map(number))),
    }
}
