//! Empty bases of both engines, for the tests of every slice.
//!
//! PostgreSQL is a real server: `cargo x test` starts it and names it in `BENKADI_TEST_POSTGRES`.

use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};

use crate::Database;

/// The variable that names the server: `postgresql://user@host:port/postgres`.
pub const SERVER: &str = "BENKADI_TEST_POSTGRES";

static COUNT: AtomicU32 = AtomicU32::new(0);

/// An empty base, and the engine's name for the failure message. Its file or database goes when
/// this is dropped.
pub struct Empty {
    /// The base.
    pub db: Database,
    /// `SQLite` or `PostgreSQL`.
    pub engine: &'static str,
    folder: Option<PathBuf>,
    database: Option<(String, String)>,
}

impl Empty {
    /// The same embedded base, opened as another program would.
    ///
    /// # Panics
    ///
    /// If it is a server's, or cannot be opened.
    pub fn reopened(&self) -> Database {
        let folder = self.folder.as_ref().expect("an embedded base");
        Database::open(&folder.join("benkadi.db")).expect("the base opens twice")
    }
}

impl Drop for Empty {
    fn drop(&mut self) {
        if let Some(folder) = &self.folder {
            let _ = std::fs::remove_dir_all(folder);
        }
        if let Some((server, name)) = &self.database
            && let Ok(mut client) = postgres::Client::connect(server, postgres::NoTls)
        {
            let _ = client.batch_execute(&format!("drop database if exists {name} with (force)"));
        }
    }
}

/// An empty base of each engine.
///
/// # Panics
///
/// If no server is named, or a base cannot be made: a test of the store that runs on one engine
/// only would prove half of what it says.
pub fn both() -> [Empty; 2] {
    [sqlite(), postgres()]
}

fn name() -> String {
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    format!("benkadi_test_{}_{count}", std::process::id())
}

/// An empty embedded base.
///
/// # Panics
///
/// If its file cannot be made.
pub fn sqlite() -> Empty {
    let folder = std::env::temp_dir().join(name());
    std::fs::create_dir_all(&folder).expect("a folder for the test");
    let db = Database::open(&folder.join("benkadi.db")).expect("an empty SQLite base");
    let engine = db.engine();
    Empty { db, engine, folder: Some(folder), database: None }
}

/// An empty embedded base in memory, for trials that open thousands of them. It is gone when the
/// last clone of it is dropped. One thread at a time: readers do not stand beside a writer here.
///
/// # Panics
///
/// If the engine refuses.
pub fn memory() -> Database {
    let sqlite = crate::embedded::Sqlite::in_memory(&name()).expect("a base in memory");
    Database::of(crate::Engine::Sqlite(Box::new(sqlite)))
}

/// An empty database on the server.
///
/// # Panics
///
/// If no server is named or it refuses.
pub fn postgres() -> Empty {
    let server = std::env::var(SERVER).unwrap_or_else(|_| {
        panic!("{SERVER} names no PostgreSQL server: run the tests by `cargo x test`")
    });
    let name = name();
    let mut client =
        postgres::Client::connect(&server, postgres::NoTls).expect("the test server answers");
    client
        .batch_execute(&format!(
            "create database {name} template template0 encoding 'UTF8' lc_collate 'C' lc_ctype 'C'"
        ))
        .expect("an empty database");
    let (base, _) = server.rsplit_once('/').expect("an address that ends with a database");
    let db = Database::connect(&format!("{base}/{name}")).expect("the new database answers");
    let engine = db.engine();
    Empty { db, engine, folder: None, database: Some((server, name)) }
}
