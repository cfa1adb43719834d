//! The seam behaves alike on both engines.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

use db::{DbError, Value, testing};

#[test]
fn what_is_written_reads_back_alike() {
    for base in testing::both() {
        base.db
            .write(|tx| {
                tx.batch(
                    "create table note (id text not null primary key, rank bigint, body bytea);",
                )?;
                let body = vec![0, 255, 39];
                tx.execute(
                    "insert into note (id, rank, body) values ($1, $2, $3)",
                    &["it’s $1".into(), 7.into(), body.into()],
                )?;
                // The parameters are numbered, not taken in order of appearance.
                tx.execute(
                    "insert into note (rank, id) values ($2, $1)",
                    &["second".into(), Value::Null],
                )
            })
            .unwrap();
        let rows = base
            .db
            .read(|tx| {
                tx.query(
                    "select id, rank, body, '$1' as sign from note where id = $1 or rank is null order by id",
                    &["it’s $1".into()],
                )
            })
            .unwrap();
        assert_eq!(rows.len(), 2, "{}", base.engine);
        assert_eq!(rows[0].text("id").unwrap(), "it’s $1");
        assert_eq!(rows[0].text("sign").unwrap(), "$1");
        assert_eq!(rows[0].bytes("body").unwrap(), [0, 255, 39]);
        assert_eq!(rows[1].opt_int("rank").unwrap(), None, "{}", base.engine);
        assert!(rows[0].int("id").is_err());
        assert!(rows[0].text("absent").is_err());
    }
}

#[test]
fn a_refused_write_leaves_no_trace() {
    for base in testing::both() {
        base.db.write(|tx| tx.batch("create table note (id text not null primary key);")).unwrap();
        let refused: Result<(), DbError> = base.db.write(|tx| {
            tx.execute("insert into note (id) values ($1)", &["kept?".into()])?;
            Err(DbError::Unreadable("the rule is broken".to_owned()))
        });
        assert!(refused.is_err());
        let rows = base.db.read(|tx| tx.query("select id from note", &[])).unwrap();
        assert!(rows.is_empty(), "{}", base.engine);
    }
}

#[test]
fn a_reader_cannot_write() {
    for base in testing::both() {
        base.db.write(|tx| tx.batch("create table note (id text not null primary key);")).unwrap();
        let written = base.db.read(|tx| tx.execute("insert into note values ('a')", &[]));
        assert!(written.is_err(), "{}", base.engine);
        // And the reader is usable afterwards.
        base.db.read(|tx| tx.query("select id from note", &[])).unwrap();
    }
}

#[test]
fn a_text_with_nul_finds_nothing_and_fails_on_neither_engine() {
    for base in testing::both() {
        base.db
            .write(|tx| {
                tx.batch("create table note (id text not null primary key);")?;
                tx.execute("insert into note (id) values ($1)", &["Ban\0co".into()])
            })
            .unwrap();
        let ids = |typed: &str| {
            let sql = "select id from note where id = $1";
            let rows = base.db.read(|tx| tx.query(sql, &[typed.into()])).unwrap();
            rows.iter().map(|it| it.text("id").unwrap().to_owned()).collect::<Vec<_>>()
        };
        assert!(ids("Ban").is_empty(), "{}", base.engine);
        assert_eq!(ids("Ban\0co"), ["Ban\u{fffd}co"], "{}", base.engine);
    }
}

#[test]
fn the_first_error_is_told_when_the_engine_gave_up_by_itself() {
    let base = testing::sqlite();
    base.db.write(|tx| tx.batch("create table note (id text not null primary key);")).unwrap();
    let told: Result<(), DbError> = base.db.write(|tx| {
        // As the engine does when the disk is full.
        tx.batch("rollback;")?;
        Err(DbError::Unreadable("the first error".to_owned()))
    });
    assert_eq!(told.unwrap_err().to_string(), "unreadable value in the store: the first error");
    base.db.write(|tx| tx.execute("insert into note values ('a')", &[])).unwrap();
}

#[test]
fn a_full_disk_has_its_own_error() {
    let base = testing::sqlite();
    base.db.write(|tx| tx.batch("create table note (body text);")).unwrap();
    let filled = base.db.write(|tx| {
        tx.batch("pragma max_page_count = 10;")?;
        for _ in 0..100 {
            tx.execute("insert into note values ($1)", &["sable ".repeat(500).into()])?;
        }
        Ok::<_, DbError>(())
    });
    assert!(matches!(filled, Err(DbError::Full)), "{filled:?}");
    let rows = base.db.read(|tx| tx.query("select body from note", &[])).unwrap();
    assert!(rows.is_empty());
}

#[test]
fn a_server_that_sorts_by_a_language_is_refused() {
    let base = testing::postgres();
    let rows = base
        .db
        .read(|tx| tx.query("select cast(current_database() as text) as name", &[]))
        .unwrap();
    let server = std::env::var(testing::SERVER).unwrap();
    let (host, _) = server.rsplit_once('/').unwrap();
    let name = format!("{}_icu", rows[0].text("name").unwrap());
    let mut client = postgres::Client::connect(&server, postgres::NoTls).unwrap();
    // Debian builds PostgreSQL with ICU; a server without it would prove nothing here, and says so.
    client
        .batch_execute(&format!(
            "create database {name} template template0 encoding 'UTF8' locale 'C'
                locale_provider icu icu_locale 'fr'"
        ))
        .expect("a test server that knows the sorting rules of languages (ICU)");
    let refused = db::Database::connect(&format!("{host}/{name}"));
    client.batch_execute(&format!("drop database {name} with (force)")).unwrap();
    assert!(matches!(refused, Err(DbError::Collation(_))));
}

#[test]
fn the_pieces_of_a_base_are_named_alike() {
    let schema = "create table note (id text not null primary key, rank bigint);
        create index note_by_rank on note (rank);";
    let expected = db::expected_shape(&[schema]).unwrap();
    assert_eq!(expected.len(), 2);
    for base in testing::both() {
        base.db.write(|tx| tx.batch(schema)).unwrap();
        let present = base.db.read(|tx| tx.shape()).unwrap();
        assert!(expected.is_subset(&present), "{}: {present:?}", base.engine);
        assert!(base.db.read(|tx| tx.engine_faults()).unwrap().is_empty());
    }
}

#[cfg(unix)]
#[test]
fn a_new_base_is_its_owners_alone() {
    use std::os::unix::fs::PermissionsExt;
    let folder = std::env::temp_dir().join(format!("benkadi_owner_{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join("benkadi.db");
    let base = db::Database::open(&file).unwrap();
    base.write(|tx| tx.batch("create table note (id text);")).unwrap();
    for name in ["benkadi.db", "benkadi.db-wal", "benkadi.db-shm"] {
        let mode = std::fs::metadata(folder.join(name)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{name}");
    }
    std::fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn looking_at_a_base_creates_none() {
    let folder = std::env::temp_dir().join(format!("benkadi_look_{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join("benkadi.db");
    assert!(db::Database::open_to_read(&file).is_err());
    assert!(!file.exists());
    let written = db::Database::open(&file).unwrap();
    written.write(|tx| tx.batch("create table note (id text);")).unwrap();
    let base = db::Database::open_to_read(&file).unwrap();
    assert!(base.read(|tx| tx.query("select id from note", &[])).unwrap().is_empty());
    std::fs::remove_dir_all(&folder).unwrap();
}

#[cfg(unix)]
#[test]
fn a_base_is_read_from_a_folder_that_refuses_writing() {
    use std::os::unix::fs::PermissionsExt;
    let allow = |path: &std::path::Path, mode| {
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
    };
    let folder = std::env::temp_dir().join(format!("benkadi clé {}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join("benkadi.db");
    let written = db::Database::open(&file).unwrap();
    written.write(|tx| tx.batch("create table note (id text);")).unwrap();
    drop(written);
    allow(&file, 0o400);
    allow(&folder, 0o500);
    let seen = db::Database::open_to_read(&file).unwrap();
    let rows = seen.read(|tx| tx.query("select id from note", &[]));
    let refuses = std::fs::write(folder.join("essai"), "").is_err();
    let read_only = seen.is_read_only();
    let added = seen.write(|tx| tx.execute("insert into note values ('a')", &[]));
    allow(&folder, 0o700);
    std::fs::remove_dir_all(&folder).unwrap();
    assert!(rows.unwrap().is_empty());
    // Nothing refuses the user that may do everything.
    assert_eq!(read_only, refuses);
    assert_eq!(matches!(added, Err(DbError::ReadOnly)), refuses, "{added:?}");
}
