//! Disks that die, are put back, or are copied.

use std::collections::BTreeSet;

use crate::world::{Loss, World};

impl World {
    /// Copies and losses of the day.
    pub(crate) fn losses(&mut self, day: i64) -> Result<(), String> {
        for at in 0..self.plans.len() {
            let (post, copied, lost, how) = {
                let it = &self.plans[at];
                (it.post, it.copied, it.lost, it.how)
            };
            if copied == day {
                self.plans[at].copy = Some(self.posts[post].copy()?);
            }
            if lost == day
                && let Some(copy) = self.plans[at].copy.take()
            {
                match how {
                    Loss::Restored => self.restore(post, &copy, false)?,
                    Loss::PutBack => self.restore(post, &copy, true)?,
                    Loss::Cloned => self.clone_disk(post, &copy)?,
                }
            }
        }
        Ok(())
    }

    fn restore(&mut self, post: usize, copy: &[u8], image: bool) -> Result<(), String> {
        let held = self.ids(post)?;
        let journal = self.posts[post].restored(copy, image)?;
        self.posts[post].journal = journal;
        let left = self.ids(post)?;
        let gone: Vec<String> = held.difference(&left).cloned().collect();
        let elsewhere = self.ids_elsewhere(post)?;
        for id in &gone {
            if let Some(said) = self.said.get_mut(id) {
                // A stick under way may still bring it; nobody can be sure of it.
                said.disk_lost |= !elsewhere.contains(id);
            }
        }
        let place = self.posts[post].place.clone();
        if image {
            self.out.put_back += 1;
        } else {
            self.out.restores += 1;
        }
        self.note(&format!("{place} is restored (image: {image}), {} entries gone", gone.len()));
        Ok(())
    }

    /// An older copy of the disk is used beside it from now on.
    fn clone_disk(&mut self, post: usize, copy: &[u8]) -> Result<(), String> {
        if self.posts.iter().any(|it| it.twin_of == Some(post)) {
            return Ok(());
        }
        let journal = self.posts[post].restored(copy, true)?;
        let twin = self.posts[post].twin(post, journal);
        self.posts.push(twin);
        self.out.clones += 1;
        self.note(&format!("the disk of {} is copied", self.posts[post].place));
        Ok(())
    }

    /// The revisions that a post holds.
    pub(crate) fn ids(&self, post: usize) -> Result<BTreeSet<String>, String> {
        self.posts[post]
            .journal
            .db()
            .read(|tx| {
                let sql = "select subject from entry where kind in ('trial.said', 'trial.later')";
                let rows = tx.query(sql, &[])?;
                rows.iter().map(|it| it.text("subject").map(str::to_owned)).collect()
            })
            .map_err(|it: db::DbError| it.to_string())
    }

    /// The revisions that any other disk holds.
    fn ids_elsewhere(&self, post: usize) -> Result<BTreeSet<String>, String> {
        let mut all = BTreeSet::new();
        for other in (0..self.posts.len()).filter(|it| *it != post && self.posts[*it].alive) {
            all.append(&mut self.ids(other)?);
        }
        Ok(all)
    }
}
