//! The end of a run: everybody exchanges until nobody learns anything more, and then all is
//! compared.

use journal::Audience;

use crate::slice::{Revision, SAID};
use crate::world::{Said, World};
use crate::{Done, Stops};

/// How many rounds up and down the whole tree may take to come to rest. Three levels of exchange
/// up and down, and what a fork or a gap needs to be found, asked for again and healed.
const ROUNDS: usize = 12;

impl World {
    /// What is on the way arrives, second disks are given up, and all exchange until they rest.
    ///
    /// # Errors
    ///
    /// If the product fails.
    pub fn comes_to_rest(&mut self) -> Result<(), String> {
        self.swarm = crate::Swarm::default();
        self.minute = (self.shape.days + 120) * 1440;
        self.bring_due(i64::MAX)?;
        let posts: Vec<usize> = (0..self.posts.len()).collect();
        for &post in &posts {
            if self.posts[post].twin_of.is_some() {
                self.give_up_disk(post)?;
            }
        }
        // The nation's list goes down to all: a disk that was put back is found out by it at last.
        self.publishes()?;
        for round in 1..=ROUNDS {
            self.minute += 1440;
            let mut moved = false;
            for &post in posts.iter().rev() {
                moved |= self.exchanges_up(post)?;
            }
            for &post in &posts {
                moved |= self.exchanges_down(post)?;
            }
            if !moved {
                self.out.rounds = round;
                self.note(&format!("at rest after {round} rounds"));
                return Ok(());
            }
        }
        self.violation("I2", &format!("not at rest after {ROUNDS} rounds"));
        Ok(())
    }

    fn publishes(&mut self) -> Result<(), String> {
        let record = "*/list9".to_owned();
        let replaces = self.posts[0].sees(&record)?;
        let id = format!("e{:05}", self.said.len() + self.out.unsaved);
        let value = "published".to_owned();
        let revision = Revision { id: id.clone(), record, value, withdrawn: false, replaces };
        let place = (SAID, Audience::Nomenclature, "*");
        self.posts[0].writes(place, &revision, self.minute, Stops::Never)?;
        self.out.entries += 1;
        let (scope, audience) = ("*".to_owned(), Audience::Nomenclature);
        let said = Said { revision, kind: SAID, audience, scope, by: 0, disk_lost: false };
        self.said.insert(id, said);
        Ok(())
    }

    /// The people of a copied disk bring all it holds to the post above, and use it no more.
    fn give_up_disk(&mut self, twin: usize) -> Result<(), String> {
        let Some(above) = self.posts[twin].parent else { return Ok(()) };
        for _ in 0..4 {
            self.minute += 60;
            if self.hands(twin, above, true)? {
                break;
            }
            // Refused as a fork: the copy that was heard first comes back, and this one gives way.
            self.hands(above, twin, true)?;
        }
        self.posts[twin].alive = false;
        self.note(&format!("{} is used no more", self.posts[twin].name));
        Ok(())
    }

    /// Makes a package and brings it at once; says whether it was taken in.
    fn hands(&mut self, from: usize, to: usize, whole: bool) -> Result<bool, String> {
        let receiver = self.posts[to].id();
        let made = match self.posts[from].sends(&receiver, whole, self.minute, Stops::Never)? {
            Done::Yes(it) => it,
            _ => return Ok(true),
        };
        self.out.made += 1;
        let done = self.posts[to].takes(&made.bytes, self.minute, Stops::Never)?;
        let names = format!("{} to {}", self.posts[from].name, self.posts[to].name);
        match done {
            Done::Yes(it) => {
                self.out.taken += 1;
                self.note(&format!("{names}: taken, {} new", it.new));
                Ok(true)
            }
            Done::Refused(it) => {
                self.out.refused += 1;
                self.note(&format!("{names}: refused, {it}"));
                self.hears((from, to), to, &it)?;
                Ok(false)
            }
            Done::Stopped => Ok(false),
        }
    }

    fn exchanges_up(&mut self, post: usize) -> Result<bool, String> {
        match self.posts[post].parent {
            Some(above) if self.posts[post].alive => self.exchange(post, above),
            _ => Ok(false),
        }
    }

    fn exchanges_down(&mut self, post: usize) -> Result<bool, String> {
        match self.posts[post].parent {
            Some(above) if self.posts[post].alive => self.exchange(above, post),
            _ => Ok(false),
        }
    }

    /// One package, if there is something to send. Says whether it brought something, or was
    /// refused: the last receipts travel again and again until there is something to answer.
    fn exchange(&mut self, from: usize, to: usize) -> Result<bool, String> {
        self.minute += 1;
        let whole = self.whole.remove(&(from, to));
        let (before, refused) = (self.posts[to].extent()?, self.out.refused);
        self.hands(from, to, whole)?;
        Ok(self.posts[to].extent()? != before || self.out.refused != refused)
    }
}
