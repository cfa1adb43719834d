//! The table of what was measured, with its gates.

use crate::data::Data;
use crate::peers::Peer;
use crate::questions::Ours;
use crate::reference::{self, Sources};

const NAMES: [&str; 10] = [
    "sum of one element by region",
    "ratio over a year by region",
    "pivot: 10 elements × 4 quarters × cercles",
    "series: 5 elements, all quarters, one region",
    "ten largest communes of a year",
    "completeness: region × quarter",
    "20 rules over everything",
    "kind of commune × sector × quarter",
    "report of a cercle: all elements, 8 quarters",
    "series as the tree was",
];

/// Prints it; says whether every gate held.
pub fn print(
    data: &Data,
    scale: &str,
    ours: &Ours,
    postgres: Option<&Peer>,
    duckdb: Option<&Peer>,
) -> bool {
    println!(
        "Scale {scale}: {} values, {} quarters, {} communes. Medians over 200 sets of parameters, \
         in milliseconds. Ours are measured through HTTP on the loopback address, to the last byte \
         of JSON; the peers by their own client in the same process or on a socket, without HTTP \
         and JSON.\n",
        data.values,
        data.quarters(),
        data.units.len()
    );
    println!("| Question | Benkadi | p95 | PostgreSQL, DHIS2 way | ratio | DuckDB | ratio |");
    println!("|---|---|---|---|---|---|---|");
    let mut held = true;
    let (mut over_pg, mut over_duckdb) = (Vec::new(), Vec::new());
    for (at, name) in (1..).zip(NAMES) {
        let mine = ours.median[&at];
        let cell = |peer: Option<&Peer>, ratios: &mut Vec<f64>| {
            let theirs = peer.and_then(|it| it.median.get(&at));
            theirs.map_or_else(
                || "– | –".to_owned(),
                |it| {
                    ratios.push(it / mine);
                    format!("{} | **{}**", round(*it), round(it / mine))
                },
            )
        };
        let pg = cell(postgres, &mut over_pg);
        let duck = cell(duckdb, &mut over_duckdb);
        println!("| Q{at} {name} | {} | {} | {pg} | {duck} |", round(mine), round(ours.p95[&at]));
    }
    println!("\n| Measure | Measured | Gate | |\n|---|---|---|---|");
    let mut gate = |what: &str, value: f64, unit: &str, sign: &str, limit: f64| {
        let good = if sign == "≥" { limit <= value } else { value <= limit };
        held &= good;
        let word = if good { "held" } else { "**missed**" };
        println!("| {what} | {} {unit} | {sign} {} {unit} | {word} |", round(value), round(limit));
    };
    if !over_pg.is_empty() {
        gate("geometric mean of PostgreSQL / ours", mean(&over_pg), "×", "≥", 100.0);
        let least = over_pg.iter().copied().fold(f64::INFINITY, f64::min);
        gate("least of them", least, "×", "≥", 10.0);
    }
    if !over_duckdb.is_empty() && scale != "s" {
        gate("geometric mean of DuckDB / ours", mean(&over_duckdb), "×", "≥", 10.0);
    }
    let values = data.values as f64;
    gate("CSV to the durable record", values / ours.load, "values/s", "≥", 300_000.0);
    gate("start to the first answer, nothing kept", ours.first_answer, "s", "≤", 60.0);
    gate("start to the first answer, figures kept", ours.second_answer, "s", "≤", 3.0);
    gate("storage, all included", ours.bytes / values, "bytes a value", "≤", 35.0);
    gate("memory after all questions", ours.memory / 1024.0 / 1024.0, "MiB", "≤", 400.0);
    gate("two clients, mixed questions", ours.throughput, "a second", "≥", 1000.0);
    gate("a value filed, in every sum", ours.visible.shown, "ms", "≤", 10.0);
    gate("one value in a hundred corrected, durable", ours.correction, "s", "≤", 1.0);
    gate("answers unlike the reference", ours.wrong.len() as f64, "", "≤", 0.0);
    println!(
        "\n{} answers were held against the plain reference, a part of them after the corrections. \
         Filing a return through its page took {} ms; “in every sum” is the time from then until the \
         sums of the nation and the region, of the quarter and the year, hold it. The corrections \
         stood in the answers {} s after the program was started on them.",
        ours.held,
        round(ours.visible.filed),
        round(ours.corrected_answer)
    );
    for wrong in ours.wrong.iter().take(10) {
        println!("- {wrong}");
    }
    for (name, peer) in [("PostgreSQL, DHIS2 way", postgres), ("DuckDB", duckdb)] {
        let Some(peer) = peer else { continue };
        let told = |it: Option<f64>| it.map_or_else(|| "–".to_owned(), round);
        println!(
            "\n{name}: load {} s, {} bytes a value, {} questions a second with two clients, one \
             value in a hundred corrected and seen in {} s.{}",
            told(peer.load),
            told(peer.bytes.map(|it| it / values)),
            told(peer.throughput),
            told(peer.refresh),
            disagreements(data, peer)
        );
        if let Some((minutes, last)) = &peer.cut {
            println!(
                "\n{name} was stopped after {minutes} minutes, with {} of 9 questions answered; the \
                 last that it said: `{}`.",
                peer.median.len(),
                last.trim()
            );
        }
    }
    if !over_duckdb.is_empty() {
        println!("\nGeometric mean of DuckDB / ours: {} ×.", round(mean(&over_duckdb)));
    }
    held
}

/// Where a peer answers otherwise than the reference to the first sets of a question.
fn disagreements(data: &Data, peer: &Peer) -> String {
    let mut other = Vec::new();
    for (question, answers) in &peer.answers {
        let sets = &data.questions[question];
        let agrees = answers.iter().zip(sets).all(|(it, set)| {
            let expected = reference::answer(data, *question, set, Sources::First);
            // Rules that nothing breaks are told by some.
            let same = (it.sum - expected.sum).abs() <= 1e-6 * expected.sum.abs().max(1.0);
            if *question == 7 { same } else { it.agrees(&expected) }
        });
        if !agrees {
            other.push(format!("Q{question}"));
        }
    }
    match other.as_slice() {
        [] if peer.answers.is_empty() => String::new(),
        [] => " Its first answers to each question equal the reference.".to_owned(),
        some => format!(
            " Its first answers differ from the reference in {}: the way of DHIS2 leaves zeros out, so \
             that it counts too few cells.",
            some.join(", ")
        ),
    }
}

fn mean(ratios: &[f64]) -> f64 {
    (ratios.iter().map(|it| it.ln()).sum::<f64>() / ratios.len() as f64).exp()
}

fn round(value: f64) -> String {
    match value.abs() {
        it if it >= 100.0 => format!("{value:.0}"),
        it if it >= 10.0 => format!("{value:.1}"),
        it if it >= 0.1 || it == 0.0 => format!("{value:.2}"),
        _ => format!("{value:.4}"),
    }
}
