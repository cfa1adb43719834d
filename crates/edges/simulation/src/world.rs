//! The tree of posts, its people, and its days.

use std::collections::{BTreeMap, BTreeSet};

use exchange::Level;
use journal::{Audience, Planted};

use crate::report::Outcome;
use crate::slice::{Folly, LATER, Revision, SAID};
use crate::swarm::{Clock, Swarm};
use crate::{Done, Luck, Post, Stops};

/// How large a run is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shape {
    /// Regions.
    pub regions: usize,
    /// Cercles in each region.
    pub cercles: usize,
    /// Communes that have a post, in all.
    pub communes: usize,
    /// Days.
    pub days: i64,
    /// How often a post is at work on a day, in thousandths.
    pub busy: u64,
}

impl Shape {
    /// A nation, two regions, six cercles, three communes, sixty days.
    pub const SHORT: Self = Self { regions: 2, cercles: 3, communes: 3, days: 60, busy: 250 };
    /// 1 + 20 + 160 posts and 300 of communes, two years.
    pub const WIDE: Self = Self { regions: 20, cercles: 8, communes: 300, days: 730, busy: 40 };
}

/// What was planted in a run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Bug {
    /// In the journal or the exchange.
    pub fault: Option<Planted>,
    /// In the slice of the trials.
    pub folly: Option<Folly>,
}

/// A revision that somebody entered and was told is kept.
#[derive(Clone, Debug)]
pub struct Said {
    /// The revision.
    pub revision: Revision,
    /// Its kind.
    pub kind: &'static str,
    /// Its audience.
    pub audience: Audience,
    /// Its place.
    pub scope: String,
    /// The post.
    pub by: usize,
    /// Whether the only disk that held it was lost.
    pub disk_lost: bool,
}

/// A file under way.
#[derive(Clone, Debug)]
pub struct Stick {
    /// Who made it.
    pub from: usize,
    /// Where it is brought.
    pub to: usize,
    /// On which day.
    pub due: i64,
    /// The file.
    pub bytes: Vec<u8>,
    /// Whether a refusal is the only right answer.
    pub bad: bool,
}

/// A disk that will be lost, and what remains of it.
pub struct Plan {
    /// The post.
    pub post: usize,
    /// The day of the copy.
    pub copied: i64,
    /// The day of the loss.
    pub lost: i64,
    /// What happens.
    pub how: Loss,
    /// The copy, once it is made.
    pub copy: Option<Vec<u8>>,
}

/// How a disk is lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Loss {
    /// Restored by the product from its own copy.
    Restored,
    /// An image of the disk is put back: the program does not know.
    PutBack,
    /// A copy of the disk is used beside the first.
    Cloned,
}

/// A run.
pub struct World {
    pub(crate) luck: Luck,
    pub(crate) shape: Shape,
    pub(crate) swarm: Swarm,
    pub(crate) bug: Bug,
    pub(crate) posts: Vec<Post>,
    pub(crate) said: BTreeMap<String, Said>,
    pub(crate) sticks: Vec<Stick>,
    pub(crate) archive: Vec<Stick>,
    pub(crate) plans: Vec<Plan>,
    pub(crate) whole: BTreeSet<(usize, usize)>,
    pub(crate) upgrades: BTreeMap<usize, i64>,
    pub(crate) stranger: Option<Post>,
    pub(crate) minute: i64,
    pub(crate) out: Outcome,
    pub(crate) told: Vec<String>,
    pub(crate) trace: blake3::Hasher,
    pub(crate) talkative: bool,
}

impl World {
    /// The posts, not yet enrolled.
    ///
    /// # Errors
    ///
    /// If the product fails.
    pub fn new(seed: u64, shape: Shape, bug: Bug, talkative: bool) -> Result<Self, String> {
        let luck = Luck::of(seed);
        let swarm = Swarm::drawn(&luck);
        let mut world = Self {
            luck,
            shape,
            swarm,
            bug,
            posts: Vec::new(),
            said: BTreeMap::new(),
            sticks: Vec::new(),
            archive: Vec::new(),
            plans: Vec::new(),
            whole: BTreeSet::new(),
            upgrades: BTreeMap::new(),
            stranger: None,
            minute: 0,
            out: Outcome::of(seed),
            told: Vec::new(),
            trace: blake3::Hasher::new(),
            talkative,
        };
        world.settle()?;
        world.plan();
        let first = format!("swarm {:?}", world.swarm);
        world.note(&first);
        Ok(world)
    }

    /// Notes what happened: for the trace, and for whoever reads one seed.
    pub(crate) fn note(&mut self, what: &str) {
        self.trace.update(what.as_bytes());
        self.trace.update(b"\n");
        if self.talkative {
            self.told.push(format!("day {:3} {what}", self.minute / 1440));
        }
    }

    pub(crate) fn violation(&mut self, rule: &str, what: &str) {
        let line = format!("{rule}: {what}");
        self.note(&format!("VIOLATION {line}"));
        if self.out.violations.len() < 20 {
            self.out.violations.push(line);
        }
    }

    pub(crate) fn today(&self) -> i64 {
        self.minute / 1440
    }

    fn settle(&mut self) -> Result<(), String> {
        let nation = self.add("CCN".to_owned(), "ML".to_owned(), Level::Nation, None)?;
        let mut cercles = Vec::new();
        for region in 1..=self.shape.regions {
            let place = format!("ML{region:02}");
            let above =
                self.add(format!("CSR {place}"), place.clone(), Level::Region, Some(nation))?;
            for cercle in 1..=self.shape.cercles {
                let place = format!("ML{region:02}{cercle:02}");
                cercles.push(self.add(
                    format!("CCC {place}"),
                    place,
                    Level::Cercle,
                    Some(above),
                )?);
            }
        }
        for commune in 0..self.shape.communes {
            // Two in the first cercle, then one in each.
            let at = if commune < 2 { 0 } else { (commune * 3) % cercles.len() };
            let (Some(&above), number) = (cercles.get(at), commune + 1) else { continue };
            let place = format!("{}{number:03}", self.posts[above].place);
            self.add(format!("Mairie {place}"), place, Level::Commune, Some(above))?;
        }
        if 0 < self.swarm.hostile {
            let of = ("Inconnu".to_owned(), "ML0101".to_owned(), Level::Cercle, Some(1));
            let post = Post::open(of, (true, Clock::Right, None), &self.luck)?;
            post.notes(&self.posts[1], 0)?;
            self.stranger = Some(post);
        }
        Ok(())
    }

    fn add(
        &mut self,
        name: String,
        place: String,
        level: Level,
        parent: Option<usize>,
    ) -> Result<usize, String> {
        let luck = self.luck.clone();
        let clock =
            if luck.happens(self.swarm.clocks) { Clock::wrong(&luck) } else { Clock::Right };
        let newer = !luck.happens(self.swarm.older);
        let of = (name, place, level, parent);
        let mut post = Post::open(of, (newer, clock, self.bug.folly), &luck)?;
        if level < Level::Region {
            post.joins = luck.between(0, self.shape.days / 4);
        }
        let number = self.posts.len();
        if !newer && luck.happens(700) {
            self.upgrades.insert(number, luck.between(self.shape.days / 3, self.shape.days));
        }
        if let Some(above) = parent {
            post.joins = post.joins.max(self.posts[above].joins);
            self.posts[above].leaf = false;
        }
        self.posts.push(post);
        Ok(number)
    }

    /// Draws which disks will be lost, and when.
    fn plan(&mut self) {
        for post in 0..self.posts.len() {
            let leaf = self.posts[post].leaf;
            let (luck, days) = (self.luck.clone(), self.shape.days);
            let joined = self.posts[post].joins;
            let mut draw = |rate: u64, how: Loss| {
                if luck.happens(rate) {
                    let copied = luck.between(joined + 1, days - 3);
                    let lost = luck.between(copied + 1, days - 1);
                    self.plans.push(Plan { post, copied, lost, how, copy: None });
                }
            };
            draw(self.swarm.restored, Loss::Restored);
            draw(self.swarm.restored / 3, Loss::Restored);
            // A post between others that runs twice is not healed yet: see the crate's page.
            if leaf {
                let (put_back, cloned) = (self.swarm.put_back, self.swarm.cloned);
                match luck.below(2) {
                    0 => draw(put_back, Loss::PutBack),
                    _ => draw(cloned, Loss::Cloned),
                }
            }
        }
    }

    /// All the days.
    ///
    /// # Errors
    ///
    /// If the product fails otherwise than by a refusal.
    pub fn live(&mut self) -> Result<(), String> {
        for day in 0..self.shape.days {
            self.minute = day * 1440;
            self.enrolments(day)?;
            self.losses(day)?;
            let mut order: Vec<usize> = (0..self.posts.len()).collect();
            for at in (1..order.len()).rev() {
                order.swap(at, self.luck.below(at + 1));
            }
            for post in order {
                if self.posts[post].alive && self.posts[post].joins <= day {
                    self.minute = day * 1440 + self.luck.between(480, 1080);
                    self.works(post)?;
                }
            }
            self.minute = day * 1440 + 1200;
            self.bring_due(day)?;
        }
        Ok(())
    }

    fn enrolments(&mut self, day: i64) -> Result<(), String> {
        for post in 0..self.posts.len() {
            let (parent, joins, twin) = {
                let it = &self.posts[post];
                (it.parent, it.joins, it.twin_of)
            };
            let (Some(above), true, None) = (parent, joins == day, twin) else { continue };
            self.posts[above].enrols(&self.posts[post], self.minute)?;
            self.posts[post].notes(&self.posts[above], self.minute)?;
            self.note(&format!("{} is enrolled", self.posts[post].place));
        }
        for (post, on) in self.upgrades.clone() {
            if on == day {
                self.posts[post].upgrades()?;
                self.note(&format!("{} gets the newer release", self.posts[post].place));
            }
        }
        Ok(())
    }

    /// What people of a post do in a day.
    fn works(&mut self, post: usize) -> Result<(), String> {
        let luck = self.luck.clone();
        self.out.steps += 1;
        if luck.happens(self.shape.busy) {
            for _ in 0..=luck.below(3) {
                self.enters(post)?;
            }
        }
        if luck.happens(self.shape.busy / 2) {
            let peers = self.peers(post);
            if let Some(&to) = luck.pick(&peers) {
                self.sends(post, to)?;
            }
        }
        if luck.happens(self.swarm.hostile) {
            self.hostile(post)?;
        }
        if luck.happens(self.swarm.crash) {
            self.posts[post].restarts()?;
        }
        Ok(())
    }

    /// The posts with which one exchanges.
    pub(crate) fn peers(&self, post: usize) -> Vec<usize> {
        let twin = self.posts[post].twin_of;
        let children = (0..self.posts.len()).filter(|it| {
            let other = &self.posts[*it];
            twin.is_none()
                && other.parent == Some(post)
                && other.joins <= self.today()
                && other.twin_of.is_none()
        });
        self.posts[post].parent.into_iter().chain(children).collect()
    }

    pub(crate) fn stops(&self) -> Stops {
        if !self.luck.happens(self.swarm.crash) {
            return Stops::Never;
        }
        if self.luck.happens(500) { Stops::Before } else { Stops::After }
    }

    /// Somebody enters a revision of a record of the place, or of one below.
    fn enters(&mut self, post: usize) -> Result<(), String> {
        let luck = self.luck.clone();
        let own = self.posts[post].place.clone();
        let scope = if luck.happens(self.swarm.concurrent) {
            let below: Vec<String> = self
                .posts
                .iter()
                .filter(|it| it.place.starts_with(&own))
                .map(|it| it.place.clone())
                .collect();
            luck.pick(&below).cloned().unwrap_or(own)
        } else {
            own
        };
        let above = Level::Region <= self.posts[post].level;
        let (class, audience, scope) = match luck.below(10) {
            0 if self.posts[post].level == Level::Nation => {
                ("list", Audience::Nomenclature, "*".to_owned())
            }
            0 if above => ("list", Audience::Nomenclature, scope),
            1 => ("person", Audience::Personal, scope),
            2 => ("draft", Audience::Local, scope),
            3 | 4 => ("mark", Audience::Territory, scope),
            _ => ("fact", Audience::Territory, scope),
        };
        let later = self.posts[post].newer && class == "fact" && luck.happens(200);
        let (kind, class) = if later { (LATER, "later") } else { (SAID, class) };
        let record = format!("{scope}/{class}{}", luck.below(3));
        let mut replaces = self.posts[post].sees(&record)?;
        if 1 < replaces.len() && luck.happens(300) {
            // Somebody answers one side of a conflict and leaves the other open.
            replaces.truncate(1);
        }
        let id = format!("e{:05}", self.said.len() + self.out.unsaved);
        let withdrawn = !replaces.is_empty() && luck.happens(60);
        let value = if withdrawn { String::new() } else { luck.below(10_000).to_string() };
        let revision = Revision { id: id.clone(), record, value, withdrawn, replaces };
        let stops = self.stops();
        let place = (kind, audience, scope.as_str());
        let done = self.posts[post].writes(place, &revision, self.minute, stops)?;
        self.note(&format!("{} enters {id} {} {stops:?}", self.posts[post].place, revision.record));
        let kept = match done {
            Done::Yes(()) => true,
            Done::Stopped => stops == Stops::After,
            Done::Refused(_) => false,
        };
        if kept {
            let by = self.posts[post].twin_of.unwrap_or(post);
            self.out.entries += 1;
            self.said.insert(id, Said { revision, kind, audience, scope, by, disk_lost: false });
        } else {
            self.out.unsaved += 1;
        }
        if stops != Stops::Never {
            self.posts[post].restarts()?;
        }
        Ok(())
    }
}
