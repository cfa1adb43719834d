//! What came of a run, and of many.

use std::fmt;

/// What came of one seed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// The seed.
    pub seed: u64,
    /// Days of work of a post, and files brought.
    pub steps: usize,
    /// Revisions that people entered.
    pub entries: usize,
    /// Revisions whose entering was cut off, or that hostile hands wrote.
    pub unsaved: usize,
    /// Packages made.
    pub made: usize,
    /// Packages lost.
    pub lost: usize,
    /// Packages taken in.
    pub taken: usize,
    /// Packages refused.
    pub refused: usize,
    /// Of those, because two entries bear one number.
    pub forks: usize,
    /// Hostile packages.
    pub hostile: usize,
    /// Posts restored from a copy.
    pub restores: usize,
    /// Disks put back.
    pub put_back: usize,
    /// Disks copied and used twice.
    pub clones: usize,
    /// Open conflicts at the end, at the post that has most.
    pub conflicts: usize,
    /// The largest package, in bytes.
    pub largest: usize,
    /// Rounds of exchange until all were at rest.
    pub rounds: usize,
    /// Invariants checked.
    pub checks: usize,
    /// The hash of all that happened.
    pub trace: String,
    /// What did not hold.
    pub violations: Vec<String>,
}

impl Outcome {
    /// Nothing yet.
    pub fn of(seed: u64) -> Self {
        Self { seed, ..Self::default() }
    }
}

/// What came of many seeds.
#[derive(Clone, Debug, Default)]
pub struct Summary {
    /// Seeds.
    pub seeds: usize,
    /// Of them, run a second time and found the same.
    pub twice: usize,
    sum: Outcome,
    /// Seeds with a violation, and the first one.
    pub broken: Vec<(u64, String)>,
}

impl Summary {
    /// Adds a seed.
    pub fn add(&mut self, it: &Outcome) {
        self.seeds += 1;
        let sum = &mut self.sum;
        for (sum, it) in [
            (&mut sum.steps, it.steps),
            (&mut sum.entries, it.entries),
            (&mut sum.made, it.made),
            (&mut sum.lost, it.lost),
            (&mut sum.taken, it.taken),
            (&mut sum.refused, it.refused),
            (&mut sum.forks, it.forks),
            (&mut sum.hostile, it.hostile),
            (&mut sum.restores, it.restores),
            (&mut sum.put_back, it.put_back),
            (&mut sum.clones, it.clones),
            (&mut sum.conflicts, it.conflicts),
            (&mut sum.checks, it.checks),
        ] {
            *sum += it;
        }
        sum.largest = sum.largest.max(it.largest);
        sum.rounds = sum.rounds.max(it.rounds);
        if let Some(first) = it.violations.first() {
            self.broken.push((it.seed, first.clone()));
        }
    }

    /// Adds what another thread found.
    pub fn join(&mut self, other: Self) {
        let seeds = self.seeds + other.seeds;
        self.add(&Outcome { violations: Vec::new(), ..other.sum });
        self.seeds = seeds;
        self.twice += other.twice;
        self.broken.extend(other.broken);
        self.broken.sort();
    }
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let it = &self.sum;
        writeln!(f, "seeds                     {} ({} run twice, equal)", self.seeds, self.twice)?;
        writeln!(f, "steps                     {}", it.steps)?;
        writeln!(f, "revisions entered         {}", it.entries)?;
        writeln!(f, "packages made             {}", it.made)?;
        writeln!(f, "  lost                    {}", it.lost)?;
        writeln!(f, "  taken in                {}", it.taken)?;
        writeln!(f, "  refused                 {}", it.refused)?;
        writeln!(f, "    as a fork             {}", it.forks)?;
        writeln!(f, "  of hostile hands        {}", it.hostile)?;
        writeln!(f, "  largest                 {} bytes", it.largest)?;
        writeln!(f, "posts restored            {}", it.restores)?;
        writeln!(f, "disks put back            {}", it.put_back)?;
        writeln!(f, "disks used twice          {}", it.clones)?;
        writeln!(f, "conflicts open at the end {}", it.conflicts)?;
        writeln!(f, "rounds to rest, at most   {}", it.rounds)?;
        writeln!(f, "invariants checked        {}", it.checks)?;
        writeln!(f, "violations                {}", self.broken.len())?;
        for (seed, what) in self.broken.iter().take(30) {
            writeln!(f, "  seed {seed}: {what}")?;
        }
        Ok(())
    }
}
