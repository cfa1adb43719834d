//! Packages, and what happens to them on the way.

use exchange::{Level, Refused};
use journal::{Audience, Planted, plant};

use crate::slice::{Revision, SAID};
use crate::world::{Stick, World};
use crate::{Done, Stops};

/// No package of a run is larger; a true one of such runs holds some tens of kilobytes.
const LARGEST: usize = 4 * 1024 * 1024;

impl World {
    /// A post makes a package for another, and somebody carries it.
    pub(crate) fn sends(&mut self, from: usize, to: usize) -> Result<(), String> {
        let whole = self.whole.remove(&(from, to)) || self.luck.happens(15);
        let stops = self.stops();
        let receiver = self.posts[to].id();
        let done = self.posts[from].sends(&receiver, whole, self.minute, stops)?;
        let names = format!("{} to {}", self.posts[from].place, self.posts[to].place);
        if stops != Stops::Never {
            self.posts[from].restarts()?;
        }
        let package = match done {
            Done::Yes(it) => it,
            Done::Stopped => {
                self.note(&format!("{names}: the machine stopped {stops:?} the package"));
                return Ok(());
            }
            Done::Refused(Refused::NothingToSend { .. } | Refused::UnknownPost { .. }) => {
                return Ok(());
            }
            Done::Refused(it) => {
                self.violation("export", &format!("{names}: {it}"));
                return Ok(());
            }
        };
        self.out.made += 1;
        let size = package.bytes.len();
        self.out.largest = self.out.largest.max(size);
        if LARGEST < size {
            self.violation("I12", &format!("{names}: a package of {size} bytes"));
        }
        let hash = blake3::hash(&package.bytes).to_hex();
        self.note(&format!("{names}: package {} of {} {hash}", package.number, package.entries));
        self.carry(from, to, package.bytes);
        Ok(())
    }

    fn carry(&mut self, from: usize, to: usize, bytes: Vec<u8>) {
        let luck = self.luck.clone();
        let today = self.today();
        let mut due = today + luck.between(0, 2);
        if luck.happens(self.swarm.delayed) {
            due = today + luck.between(1, 90);
        }
        let honest = Stick { from, to, due, bytes, bad: false };
        self.archive.push(honest.clone());
        if luck.happens(self.swarm.lost) {
            self.out.lost += 1;
            return;
        }
        if luck.happens(self.swarm.doubled) {
            let again = Stick { due: due + luck.between(0, 30), ..honest.clone() };
            self.sticks.push(again);
        }
        if luck.happens(self.swarm.misled) {
            let elsewhere = luck.below(self.posts.len());
            // A second disk of the same post is the same receiver.
            let other = self.posts[elsewhere].id() != self.posts[to].id();
            let joined = self.posts[elsewhere].joins <= due && self.posts[elsewhere].alive;
            if other && joined {
                self.sticks.push(Stick { to: elsewhere, bad: true, ..honest.clone() });
            }
        }
        if let Some(bytes) = self.spoilt(&honest) {
            self.sticks.push(Stick { bytes, bad: true, ..honest });
            return;
        }
        if luck.happens(self.swarm.stale) {
            let older: Vec<&Stick> =
                self.archive.iter().filter(|it| it.from == from && it.to == to).collect();
            if let Some(it) = luck.pick(&older) {
                self.sticks.push(Stick { due, ..(*it).clone() });
                return;
            }
        }
        self.sticks.push(honest);
    }

    /// The file as it comes out of a bad stick; `None` if the stick is good.
    fn spoilt(&self, honest: &Stick) -> Option<Vec<u8>> {
        let luck = &self.luck;
        let mut bytes = honest.bytes.clone();
        if luck.happens(self.swarm.cut) {
            bytes.truncate(luck.below(bytes.len()));
            return Some(bytes);
        }
        if luck.happens(self.swarm.flipped) {
            let at = luck.below(bytes.len());
            bytes[at] ^= 1 << luck.below(8);
            return Some(bytes);
        }
        if luck.happens(self.swarm.mixed) {
            let other = luck.pick(&self.archive)?;
            let at = luck.below(bytes.len().min(other.bytes.len()));
            let mixed = [&bytes[..at], &other.bytes[at..]].concat();
            let same = mixed == honest.bytes || mixed == other.bytes;
            return (!same).then_some(mixed);
        }
        None
    }

    /// Brings what is due.
    pub(crate) fn bring_due(&mut self, day: i64) -> Result<(), String> {
        let mut due: Vec<Stick> = Vec::new();
        let mut rest = Vec::new();
        for it in std::mem::take(&mut self.sticks) {
            if it.due <= day { due.push(it) } else { rest.push(it) }
        }
        self.sticks = rest;
        while !due.is_empty() {
            let stick = due.swap_remove(self.luck.below(due.len()));
            self.brings(stick)?;
        }
        Ok(())
    }

    /// The disk that gets what is brought to a post: the first or its copy.
    fn disk_of(&self, to: usize) -> usize {
        let twin = self.posts.iter().position(|it| it.twin_of == Some(to) && it.alive);
        match twin {
            Some(twin) if self.luck.happens(500) => twin,
            _ => to,
        }
    }

    /// Brings a file to a post.
    pub(crate) fn brings(&mut self, stick: Stick) -> Result<(), String> {
        let to = self.disk_of(stick.to);
        if !self.posts[to].alive {
            return Ok(());
        }
        let stops = if stick.bad { Stops::Never } else { self.stops() };
        let before = self.posts[to].extent()?;
        let done = self.posts[to].takes(&stick.bytes, self.minute, stops)?;
        let after = self.posts[to].extent()?;
        let names = format!("{} at {}", self.posts[stick.from].place, self.posts[to].place);
        self.out.steps += 1;
        self.out.checks += 1;
        match done {
            Done::Yes(_) if stick.bad => {
                self.violation("I10", &format!("{names}: a bad file was taken in"));
            }
            Done::Yes(it) => {
                self.out.taken += 1;
                self.note(&format!("{names}: taken, {} new, {} known", it.new, it.known));
                // A restored post may tell of its life, once; then the same file changes nothing.
                if it.new == 0 && after != before {
                    self.posts[to].takes(&stick.bytes, self.minute, Stops::Never)?;
                    if self.posts[to].extent()? != after {
                        self.violation("I6", &format!("{names}: nothing new, and yet written"));
                    }
                }
            }
            Done::Refused(it) => {
                self.out.refused += 1;
                self.note(&format!("{names}: refused, {it}"));
                if after != before {
                    self.violation("I6", &format!("{names}: refused ({it}), and yet written"));
                }
                if !stick.bad {
                    self.hears((stick.from, stick.to), to, &it)?;
                }
            }
            Done::Stopped => {
                self.note(&format!("{names}: the machine stopped {stops:?} taking it"));
                self.posts[to].restarts()?;
                let after = self.posts[to].extent()?;
                if stops == Stops::Before && after != before {
                    self.violation("I1", &format!("{names}: half of it is on the disk"));
                }
                let due = self.today() + 1;
                self.sticks.push(Stick { due, ..stick });
            }
        }
        Ok(())
    }

    /// What people do when an honest package is refused.
    pub(crate) fn hears(
        &mut self,
        (from, to): (usize, usize),
        at: usize,
        refused: &Refused,
    ) -> Result<(), String> {
        let names = self.posts[from].place.clone();
        match refused {
            // « demandez un envoi complet ».
            Refused::Gap { .. } => {
                self.whole.insert((from, to));
            }
            // « Sa base a sans doute été copiée. »
            Refused::Fork { .. } => {
                self.out.forks += 1;
                self.whole.insert((at, from));
            }
            // « Enregistrez d’abord sa carte »: the base was restored from before its enrolment.
            Refused::UnknownPost { id, .. } if *id == self.posts[from].id() => {
                if self.posts[from].parent == Some(to) {
                    self.posts[at].enrols(&self.posts[from], self.minute)?;
                } else if self.posts[to].parent == Some(from) {
                    self.posts[at].notes(&self.posts[from], self.minute)?;
                }
            }
            // Another's enrolment has not come yet, by the post above or the one that enrolled it.
            Refused::UnknownPost { .. } => {}
            other => {
                let place = &self.posts[at].place;
                self.violation("refusal", &format!("{names} at {place}: {other}"));
            }
        }
        Ok(())
    }

    /// A hostile hand at this post makes a package that must be refused.
    pub(crate) fn hostile(&mut self, post: usize) -> Result<(), String> {
        if self.posts[post].twin_of.is_some() {
            return Ok(());
        }
        let Some(above) = self.posts[post].parent else { return Ok(()) };
        let misdeeds = [
            Planted::SendsForeignPlace,
            Planted::ChangesContent,
            Planted::ForgesEntry,
            Planted::ForgesPackage,
        ];
        let Some(&misdeed) = self.luck.pick(&misdeeds) else { return Ok(()) };
        if self.luck.happens(300) {
            return self.stranger_sends();
        }
        if misdeed == Planted::SendsForeignPlace {
            if self.posts[post].level != Level::Cercle {
                return Ok(());
            }
            // Not its own place: the cercle before or after it.
            let own = self.posts[post].place.clone();
            let other = self.posts.iter().find(|it| {
                it.level == Level::Cercle && it.place != own && it.parent == Some(above)
            });
            let Some(scope) = other.map(|it| it.place.clone()) else { return Ok(()) };
            let id = format!("x{:05}", self.out.unsaved + self.said.len());
            self.out.unsaved += 1;
            let revision = Revision {
                record: format!("{scope}/hostile"),
                id,
                value: "666".to_owned(),
                withdrawn: false,
                replaces: Vec::new(),
            };
            let place = (SAID, Audience::Territory, scope.as_str());
            self.posts[post].writes(place, &revision, self.minute, Stops::Never)?;
        }
        let mut faults: Vec<Planted> = self.bug.fault.into_iter().collect();
        faults.push(misdeed);
        plant(&faults);
        let receiver = self.posts[above].id();
        let whole = misdeed != Planted::SendsForeignPlace;
        let done = self.posts[post].sends(&receiver, whole, self.minute, Stops::Never);
        plant(&self.bug.fault.into_iter().collect::<Vec<_>>());
        if let Done::Yes(it) = done?
            && !it.bytes.is_empty()
        {
            self.out.hostile += 1;
            self.note(&format!("{} sends, hostile: {misdeed:?}", self.posts[post].place));
            let due = self.today();
            let stick = Stick { from: post, to: above, due, bytes: it.bytes, bad: true };
            self.brings(stick)?;
        }
        Ok(())
    }

    /// A post that nobody enrolled sends what it wrote for a place that is not its own.
    fn stranger_sends(&mut self) -> Result<(), String> {
        let Some(stranger) = &self.stranger else { return Ok(()) };
        let id = format!("x{:05}", self.out.unsaved + self.said.len());
        self.out.unsaved += 1;
        let revision = Revision {
            id,
            record: "ML0101/hostile".to_owned(),
            value: "666".to_owned(),
            withdrawn: false,
            replaces: Vec::new(),
        };
        let place = (SAID, Audience::Territory, "ML0101");
        stranger.writes(place, &revision, self.minute, Stops::Never)?;
        let done = stranger.sends(&self.posts[1].id(), true, self.minute, Stops::Never)?;
        if let Done::Yes(it) = done {
            self.out.hostile += 1;
            let due = self.today();
            self.brings(Stick { from: 1, to: 1, due, bytes: it.bytes, bad: true })?;
        }
        Ok(())
    }
}
