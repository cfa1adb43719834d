//! What must hold once all are at rest.

use std::collections::{BTreeMap, BTreeSet};

use db::{DbError, Row, Tx};
use journal::{Audience, unpack};

use crate::slice::{LATER, Revision, SAID};
use crate::world::{Said, World};
use crate::{Done, Stops};

/// An entry as a base holds it.
struct Held {
    stream: String,
    seq: i64,
    kind: String,
    subject: String,
    scope: String,
    audience: String,
    post_id: String,
    sealed: Vec<u8>,
    payload: Vec<u8>,
}

impl World {
    /// Compares everything.
    ///
    /// # Errors
    ///
    /// If the store fails.
    pub fn compares(&mut self) -> Result<(), String> {
        let alive: Vec<usize> = (0..self.posts.len()).filter(|it| self.posts[*it].alive).collect();
        let mut held: BTreeMap<usize, Vec<Held>> = BTreeMap::new();
        for &post in &alive {
            held.insert(post, self.held(post)?);
        }
        self.places(&held);
        self.forgeries(&held);
        self.chains(&held);
        self.losses_found(&held);
        self.queues(&alive)?;
        self.tables(&alive)?;
        self.idempotent(&alive)?;
        self.refolded(&alive)
    }

    fn held(&self, post: usize) -> Result<Vec<Held>, String> {
        let sql = "select entry.stream_id, entry.seq, entry.kind, entry.subject, stream.scope,
                          stream.audience, stream.post_id, entry.header, entry.signature,
                          entry.payload
                   from entry join stream on stream.stream_id = entry.stream_id
                   order by entry.arrival";
        let read = |row: &Row| {
            Ok::<_, DbError>(Held {
                stream: row.text("stream_id")?.to_owned(),
                seq: row.int("seq")?,
                kind: row.text("kind")?.to_owned(),
                subject: row.text("subject")?.to_owned(),
                scope: row.text("scope")?.to_owned(),
                audience: row.text("audience")?.to_owned(),
                post_id: row.text("post_id")?.to_owned(),
                sealed: [row.bytes("header")?, row.bytes("signature")?].concat(),
                payload: row.bytes("payload").map(|it| unpack(it).into_owned()).unwrap_or_default(),
            })
        };
        let all = |tx: &mut Tx<'_>| tx.query(sql, &[])?.iter().map(read).collect();
        self.posts[post].journal.db().read(all).map_err(|it: DbError| it.to_string())
    }

    /// Whether a post is entitled to what is written for a place. Written here a second time, from
    /// the page on the exchange, so that it does not agree with the product by construction.
    fn entitled(&self, post: usize, audience: &str, scope: &str) -> bool {
        let own = self.posts[post].place.as_str();
        match audience {
            "local" => false,
            "nomenclature" => scope == "*" || scope.starts_with(own) || own.starts_with(scope),
            _ => scope.starts_with(own),
        }
    }

    /// I5: no post holds what is another place's.
    fn places(&mut self, held: &BTreeMap<usize, Vec<Held>>) {
        for (&post, entries) in held {
            let me = self.posts[post].id();
            for it in entries.iter().filter(|it| it.post_id != me) {
                self.out.checks += 1;
                if !self.entitled(post, &it.audience, &it.scope) {
                    let place = &self.posts[post].place;
                    let what = format!("{place} holds {} {} {}", it.audience, it.scope, it.subject);
                    self.violation("I5", &what);
                }
            }
        }
    }

    /// I10: what a post holds was said by somebody, word for word. I11: also what it cannot read.
    fn forgeries(&mut self, held: &BTreeMap<usize, Vec<Held>>) {
        for (&post, entries) in held {
            let me = self.posts[post].id();
            for it in entries.iter().filter(|it| it.kind == SAID || it.kind == LATER) {
                self.out.checks += 1;
                let said = self.said.get(&it.subject);
                let read: Option<Revision> = serde_json::from_slice(&it.payload).ok();
                let right = match (said, &read) {
                    (Some(said), Some(read)) => said.revision == *read && said.kind == it.kind,
                    // What a hostile hand wrote stays in its own base.
                    (None, Some(_)) => it.post_id == me && it.subject.starts_with('x'),
                    _ => false,
                };
                if !right {
                    let rule = if it.kind == LATER { "I11" } else { "I10" };
                    let what = format!("{} holds {} otherwise", self.posts[post].place, it.subject);
                    self.violation(rule, &what);
                }
            }
        }
    }

    /// I8 and I11: two posts never hold two entries of one number, and what they hold is the same to
    /// the byte.
    fn chains(&mut self, held: &BTreeMap<usize, Vec<Held>>) {
        let mut seen: BTreeMap<(&str, i64), &Held> = BTreeMap::new();
        let mut wrong = Vec::new();
        for it in held.values().flatten().filter(|it| it.audience != "local") {
            self.out.checks += 1;
            let first = seen.entry((it.stream.as_str(), it.seq)).or_insert(it);
            if first.sealed != it.sealed || first.payload != it.payload {
                let rule = if it.sealed == first.sealed { "I11" } else { "I8" };
                wrong.push((rule, format!("two entries {} of {}", it.seq, it.scope)));
            }
        }
        for (rule, what) in wrong {
            self.violation(rule, &what);
        }
    }

    /// I1: what was acknowledged is with all who are entitled, unless every disk that held it died.
    fn losses_found(&mut self, held: &BTreeMap<usize, Vec<Held>>) {
        let ids: BTreeMap<usize, BTreeSet<&str>> = held
            .iter()
            .map(|(post, all)| (*post, all.iter().map(|it| it.subject.as_str()).collect()))
            .collect();
        let mut missing = Vec::new();
        for (id, said) in &self.said {
            let has = |post: &usize| ids.get(post).is_some_and(|it| it.contains(id.as_str()));
            let survived = ids.keys().any(has);
            let excused = said.disk_lost || said.audience == Audience::Local;
            self.out.checks += 1;
            if !survived {
                if !excused {
                    missing.push(format!("{id} of {} is nowhere", said.scope));
                }
                continue;
            }
            let word = said.audience.word();
            let of = |post: &usize| self.entitled(*post, word, &said.scope) || said.by == *post;
            for post in ids.keys().filter(|it| of(it) && said.audience != Audience::Local) {
                if !has(post) {
                    missing.push(format!(
                        "{id} of {} is not at {}",
                        said.scope, self.posts[*post].place
                    ));
                }
            }
        }
        for what in missing {
            self.violation("I1", &what);
        }
    }

    /// I2: at rest, no page says that something of people waits to be sent or receipted.
    fn queues(&mut self, alive: &[usize]) -> Result<(), String> {
        for &post in alive {
            for (to, waits) in self.posts[post].waits()? {
                self.out.checks += 1;
                if waits != exchange::Unsent::default() {
                    let what = format!("{} for {to}: {waits:?}", self.posts[post].place);
                    self.violation("I2", &what);
                }
            }
        }
        Ok(())
    }

    /// I2, I4 and I9: equal tables for each place, and exactly those that the revisions say, whoever
    /// heard what first and whatever the clocks showed.
    fn tables(&mut self, alive: &[usize]) -> Result<(), String> {
        for &post in alive {
            let newer = self.posts[post].newer;
            let mine: BTreeSet<String> = self.ids(post)?;
            let of =
                |said: &&Said| mine.contains(&said.revision.id) && (newer || said.kind == SAID);
            let known: Vec<&Said> = self.said.values().filter(of).collect();
            let replaced: BTreeSet<&String> =
                known.iter().flat_map(|it| &it.revision.replaces).collect();
            let mut rows: BTreeSet<String> = BTreeSet::new();
            let mut counts: BTreeMap<String, i64> = BTreeMap::new();
            let mut heads: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
            for said in &known {
                let it = &said.revision;
                let gone = replaced.contains(&it.id);
                rows.insert(format!("{} {} {} {gone}", it.id, it.record, it.value));
                let key = format!("{} {} {}", said.scope, said.audience, said.kind);
                *counts.entry(key).or_default() += 1;
                if !gone {
                    heads.entry(&it.record).or_default().push(&it.id);
                }
            }
            let open = heads.values().filter(|it| 1 < it.len());
            let conflicts: BTreeSet<String> =
                open.clone().flatten().map(|it| (*it).to_owned()).collect();
            let open = open.count();
            let (found, listed, counted) = self.found(post)?;
            self.out.checks += 3;
            let place = self.posts[post].place.clone();
            if found != rows {
                let other = found.symmetric_difference(&rows).next().cloned().unwrap_or_default();
                self.violation("I2", &format!("the revisions of {place}: {other}"));
            }
            if listed != conflicts {
                let other =
                    listed.symmetric_difference(&conflicts).next().cloned().unwrap_or_default();
                self.violation("I4", &format!("the conflicts of {place}: {other}"));
            }
            if counted != counts {
                self.violation("I6", &format!("{place} folded {counted:?}, not {counts:?}"));
            }
            self.out.conflicts = self.out.conflicts.max(open);
        }
        Ok(())
    }

    #[allow(clippy::type_complexity, reason = "three tables, read once, in one place")]
    fn found(
        &self,
        post: usize,
    ) -> Result<(BTreeSet<String>, BTreeSet<String>, BTreeMap<String, i64>), String> {
        let read = |tx: &mut Tx<'_>| {
            let rows = tx.query("select * from trial_revision where known = 1", &[])?;
            let hostile = |it: &Row| it.text("revision_id").is_ok_and(|it| it.starts_with('x'));
            let mut revisions = BTreeSet::new();
            for it in rows.iter().filter(|it| !hostile(it)) {
                let (id, record) = (it.text("revision_id")?, it.text("record")?);
                let gone = it.int("replaced")? == 1;
                revisions.insert(format!("{id} {record} {} {gone}", it.text("value")?));
            }
            let foreign: BTreeMap<String, i64> = rows.iter().filter(|it| hostile(it)).try_fold(
                BTreeMap::new(),
                |mut sum: BTreeMap<String, i64>, it| {
                    let key = format!(
                        "{} {} {}",
                        it.text("scope")?,
                        it.text("audience")?,
                        it.text("kind")?
                    );
                    *sum.entry(key).or_default() += 1;
                    Ok::<_, DbError>(sum)
                },
            )?;
            let mut conflicts = BTreeSet::new();
            for it in &tx.query("select * from trial_conflict", &[])? {
                if !hostile(it) {
                    conflicts.insert(it.text("revision_id")?.to_owned());
                }
            }
            let mut counts = BTreeMap::new();
            for it in &tx.query("select * from trial_count", &[])? {
                let key =
                    format!("{} {} {}", it.text("scope")?, it.text("audience")?, it.text("kind")?);
                let own = it.int("entries")? - foreign.get(&key).copied().unwrap_or_default();
                if own != 0 {
                    counts.insert(key, own);
                }
            }
            Ok::<_, DbError>((revisions, conflicts, counts))
        };
        self.posts[post].journal.db().read(read).map_err(|it| it.to_string())
    }

    /// I6: what was brought before changes nothing more.
    fn idempotent(&mut self, alive: &[usize]) -> Result<(), String> {
        // A stick that was lost may hold what a disk that died held alone.
        let lost = self.out.restores + self.out.put_back + self.out.clones + self.out.lost != 0;
        for _ in 0..12 {
            let Some(stick) = self.luck.pick(&self.archive).cloned() else { break };
            if !alive.contains(&stick.to) {
                continue;
            }
            let before = self.posts[stick.to].extent()?;
            let done = self.posts[stick.to].takes(&stick.bytes, self.minute, Stops::Never)?;
            self.out.checks += 1;
            let place = self.posts[stick.to].place.clone();
            let new = if let Done::Yes(it) = done { it.new } else { 0 };
            if new == 0 && self.posts[stick.to].extent()? != before {
                self.violation("I6", &format!("an old package changed {place}"));
            }
            if new != 0 && !lost {
                self.violation("I6", &format!("{place} lacked what an old package held"));
            }
        }
        Ok(())
    }

    /// The tables are the fold of the journal, and nobody touched it: the product's own audit.
    fn refolded(&mut self, alive: &[usize]) -> Result<(), String> {
        for _ in 0..2 {
            let Some(&post) = self.luck.pick(alive) else { break };
            let verdict =
                self.posts[post].journal.verify(&mut |_| {}).map_err(|it| it.to_string())?;
            self.out.checks += 1;
            if let Some(fault) = verdict.faults.first() {
                let place = self.posts[post].place.clone();
                self.violation("fold", &format!("{place}: {fault:?}"));
            }
        }
        for &post in alive {
            let digests = self.posts[post].digests()?;
            let text = format!("{} {digests:?}", self.posts[post].place);
            self.note(&text);
        }
        Ok(())
    }
}
