//! The synthetic country that the generator writes: its tree under two maps, its elements, its
//! values in one dense cube, and the questions that every engine is asked.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::Problem;

/// How the generator writes a value that nobody gave.
pub const MISSING: i64 = i64::MIN;

/// A commune, by its position in the current tree.
pub struct Unit {
    pub region: usize,
    pub cercle: usize,
    pub former_region: usize,
    pub former_cercle: usize,
    pub group: usize,
}

/// A node of the current tree above the communes.
pub struct Node {
    pub level: usize,
    pub parent: Option<usize>,
    /// The communes under it, `pre..post`.
    pub pre: usize,
    pub post: usize,
}

/// A rule: broken where an element is more than so many times another.
pub struct Rule {
    pub left: usize,
    pub right: usize,
    pub times: i64,
}

/// All of it.
pub struct Data {
    pub folder: PathBuf,
    pub first_year: usize,
    pub years: usize,
    /// The first quarter of the current map.
    pub reform: usize,
    pub elements: usize,
    pub second: usize,
    pub values: usize,
    pub sectors: Vec<usize>,
    pub units: Vec<Unit>,
    pub nodes: BTreeMap<usize, Node>,
    pub rules: Vec<Rule>,
    /// The parameters of each question, two hundred sets.
    pub questions: BTreeMap<usize, Vec<Vec<usize>>>,
    /// The corrections: series, quarter, commune, value.
    pub updates: Vec<(usize, usize, usize, i64)>,
    cube: Vec<i64>,
}

impl Data {
    /// Reads what the generator wrote.
    pub fn read(folder: &Path) -> Result<Self, Problem> {
        let meta: serde_json::Value = serde_json::from_slice(&fs::read(folder.join("meta.json"))?)?;
        let number = |name: &str| -> Result<usize, Problem> {
            Ok(usize::try_from(meta[name].as_u64().ok_or("meta.json")?)?)
        };
        let rows = |name: &str| rows(&folder.join(name));
        let mut units = Vec::new();
        for it in rows("ou.csv")? {
            units.push(Unit {
                region: it[2].parse()?,
                cercle: it[3].parse()?,
                former_region: it[4].parse()?,
                former_cercle: it[5].parse()?,
                group: it[6].parse()?,
            });
        }
        let mut nodes = BTreeMap::new();
        for it in rows("nodes.csv")? {
            let parent = it[2].parse().ok();
            let node =
                Node { level: it[1].parse()?, parent, pre: it[3].parse()?, post: it[4].parse()? };
            nodes.insert(it[0].parse()?, node);
        }
        let mut rules = Vec::new();
        for it in rows("rules.csv")? {
            rules.push(Rule { left: it[1].parse()?, right: it[2].parse()?, times: it[3].parse()? });
        }
        let mut sectors = Vec::new();
        for it in rows("elements.csv")? {
            sectors.push(it[1].parse()?);
        }
        let mut questions: BTreeMap<usize, Vec<Vec<usize>>> = BTreeMap::new();
        for line in fs::read_to_string(folder.join("params.txt"))?.lines() {
            let numbers: Vec<usize> = line.split(' ').map(str::parse).collect::<Result<_, _>>()?;
            let (question, set) = numbers.split_first().ok_or("params.txt")?;
            questions.entry(*question).or_default().push(set.to_vec());
        }
        let mut updates = Vec::new();
        for line in fs::read_to_string(folder.join("updates.txt"))?.lines() {
            let it: Vec<&str> = line.split(' ').collect();
            updates.push((it[0].parse()?, it[1].parse()?, it[2].parse()?, it[3].parse()?));
        }
        let bytes = fs::read(folder.join("cube.i64"))?;
        let cube = bytes.chunks_exact(8).map(|it| {
            let mut word = [0; 8];
            word.copy_from_slice(it);
            i64::from_le_bytes(word)
        });
        Ok(Self {
            folder: folder.to_owned(),
            first_year: number("y0")?,
            years: number("nyears")?,
            reform: number("reform")?,
            elements: number("NE")?,
            second: number("NSRC2")?,
            values: number("values")?,
            sectors,
            units,
            nodes,
            rules,
            questions,
            updates,
            cube: cube.collect(),
        })
    }

    /// Writes the corrections into the values.
    pub fn correct(&mut self) {
        for at in 0..self.updates.len() {
            let (series, quarter, unit, value) = self.updates[at];
            let row = (series * self.quarters() + quarter) * self.units.len();
            self.cube[row + unit] = value;
        }
    }

    /// The quarters.
    pub fn quarters(&self) -> usize {
        self.years * 4
    }

    /// A quarter as the product writes it.
    pub fn quarter(&self, at: usize) -> String {
        format!("{}T{}", self.first_year + at / 4, at % 4 + 1)
    }

    /// The row of a series and a quarter, over all communes.
    pub fn row(&self, series: usize, quarter: usize) -> &[i64] {
        let units = self.units.len();
        let at = (series * self.quarters() + quarter) * units;
        &self.cube[at..at + units]
    }

    /// How many series: elements by two options, then the second source of some of them.
    pub fn series(&self) -> usize {
        (self.elements + self.second) * 2
    }

    /// The code of a place of the current tree, or of a commune.
    pub fn place(&self, node: usize) -> String {
        match self.nodes.get(&node).map(|it| it.level) {
            Some(2) => "BN".to_owned(),
            Some(3) => format!("BN-R{node}"),
            _ => format!("BN-C{node}"),
        }
    }

    /// The regions of the country.
    pub fn regions(&self) -> impl Iterator<Item = (usize, &Node)> {
        self.nodes.iter().filter(|it| it.1.level == 3).map(|it| (*it.0, it.1))
    }

    /// The cercles of the country.
    pub fn cercles(&self) -> impl Iterator<Item = (usize, &Node)> {
        self.nodes.iter().filter(|it| it.1.level == 4).map(|it| (*it.0, it.1))
    }
}

fn rows(file: &Path) -> Result<Vec<Vec<String>>, Problem> {
    let text = fs::read_to_string(file)?;
    Ok(text.lines().skip(1).map(|it| it.split(',').map(str::to_owned).collect()).collect())
}
