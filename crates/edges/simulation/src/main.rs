//! `cargo x simulate [SEEDS] [--from N] [--seed S] [--wide]`.

use std::process::ExitCode;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use simulation::{Bug, Shape, Summary, run, told};

const HELP: &str = "\
cargo x simulate [SEEDS]     run so many seeds (1000), from 1
                 --from N    … from this seed
                 --seed S    run one seed and tell what happens
                 --wide      481 posts over two years, not 12 over sixty days
";

struct Options {
    seeds: u64,
    from: u64,
    one: Option<u64>,
    shape: Shape,
}

fn options() -> Option<Options> {
    let mut options = Options { seeds: 1000, from: 1, one: None, shape: Shape::SHORT };
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        match word.as_str() {
            "--from" => options.from = words.next()?.parse().ok()?,
            "--seed" => options.one = Some(words.next()?.parse().ok()?),
            "--wide" => options.shape = Shape::WIDE,
            it => options.seeds = it.parse().ok()?,
        }
    }
    Some(options)
}

fn main() -> ExitCode {
    let Some(options) = options() else {
        eprint!("{HELP}");
        return ExitCode::from(2);
    };
    if let Some(seed) = options.one {
        let (outcome, lines) = told(seed, options.shape, Bug::default(), true);
        for line in lines {
            println!("{line}");
        }
        println!("{outcome:#?}");
        return if outcome.violations.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE };
    }
    let started = Instant::now();
    let summary = many(&options);
    print!("{summary}");
    println!("time                      {:.1} s", started.elapsed().as_secs_f64());
    if summary.broken.is_empty() {
        return ExitCode::SUCCESS;
    }
    println!("Live a seed again: cargo x simulate --seed S");
    ExitCode::FAILURE
}

/// All seeds, on all cores; each hundredth twice.
fn many(options: &Options) -> Summary {
    let next = AtomicU64::new(options.from);
    let end = options.from + options.seeds;
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let mut whole = Summary::default();
    std::thread::scope(|scope| {
        let work = || {
            let mut part = Summary::default();
            loop {
                let seed = next.fetch_add(1, Ordering::Relaxed);
                if end <= seed {
                    return part;
                }
                let mut outcome = run(seed, options.shape, Bug::default());
                if seed.is_multiple_of(100) {
                    if run(seed, options.shape, Bug::default()) == outcome {
                        part.twice += 1;
                    } else {
                        outcome.violations.push("the same seed ran otherwise".to_owned());
                    }
                }
                for it in &outcome.violations {
                    eprintln!("seed {seed}: {it}");
                }
                part.add(&outcome);
            }
        };
        let all: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        for it in all {
            if let Ok(part) = it.join() {
                whole.join(part);
            }
        }
    });
    whole
}
