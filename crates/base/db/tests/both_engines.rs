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
