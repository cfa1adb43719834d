//! The server engine, for the centre.

use std::collections::HashMap;
use std::error::Error;
use std::sync::{Arc, Mutex, PoisonError};

use postgres::types::private::BytesMut;
use postgres::types::{IsNull, ToSql, Type, to_sql_checked};
use postgres::{Client, NoTls, Statement};

use crate::{DbError, Inner, Row, Tx, Value};

/// Readers kept connected between pages.
const KEPT_READERS: usize = 8;
/// The lock that makes the writers of several program instances wait for one another: the letters
/// "BENKADI" read as a number.
const WRITER_LOCK: i64 = 0x42_45_4e_4b_41_44_49;

pub(crate) struct Postgres {
    address: String,
    writer: Mutex<Option<Link>>,
    readers: Mutex<Vec<Link>>,
}

/// A connection with the statements that it has prepared.
struct Link {
    client: Client,
    prepared: HashMap<String, Statement>,
}

pub(crate) struct Transaction<'a> {
    inner: postgres::Transaction<'a>,
    prepared: &'a mut HashMap<String, Statement>,
}

impl Postgres {
    pub(crate) fn connect(address: &str) -> Result<Self, DbError> {
        let mut writer = link(address)?;
        check_order(&mut writer.client)?;
        Ok(Self {
            address: address.to_owned(),
            writer: Mutex::new(Some(writer)),
            readers: Mutex::new(Vec::new()),
        })
    }

    pub(crate) fn read<T, E: From<DbError>>(
        &self,
        work: impl FnOnce(&mut Tx<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let kept = self.readers.lock().map_err(|_| DbError::Poisoned)?.pop();
        let mut reader = match kept.filter(|it| !it.client.is_closed()) {
            Some(it) => it,
            None => link(&self.address)?,
        };
        let result = {
            let mut begin = reader.client.build_transaction();
            begin = begin.read_only(true).isolation_level(postgres::IsolationLevel::RepeatableRead);
            let inner = begin.start().map_err(DbError::from)?;
            let mut tx = Tx(Inner::Postgres(Transaction { inner, prepared: &mut reader.prepared }));
            work(&mut tx)
        };
        let mut readers = self.readers.lock().map_err(|_| DbError::Poisoned)?;
        if readers.len() < KEPT_READERS && !reader.client.is_closed() {
            readers.push(reader);
        }
        result
    }

    pub(crate) fn write<T, E: From<DbError>>(
        &self,
        work: impl FnOnce(&mut Tx<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut held = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        // A server that came back after a failure is found again here.
        if held.as_ref().is_none_or(|it| it.client.is_closed()) {
            *held = Some(link(&self.address)?);
        }
        let Some(writer) = held.as_mut() else { return Err(DbError::Poisoned.into()) };
        let mut inner = writer.client.transaction().map_err(DbError::from)?;
        inner
            .execute("select pg_advisory_xact_lock($1)", &[&WRITER_LOCK])
            .map_err(DbError::from)?;
        let mut tx = Tx(Inner::Postgres(Transaction { inner, prepared: &mut writer.prepared }));
        let result = work(&mut tx);
        let Inner::Postgres(transaction) = tx.0 else { return Err(DbError::Poisoned.into()) };
        match result {
            Ok(it) => {
                transaction.inner.commit().map_err(DbError::from)?;
                Ok(it)
            }
            Err(stop) => {
                // The first error is the one to tell; a lost connection gives up by itself.
                let _ = transaction.inner.rollback();
                Err(stop)
            }
        }
    }
}

fn link(address: &str) -> Result<Link, DbError> {
    let client = Client::connect(address, NoTls)?;
    Ok(Link { client, prepared: HashMap::new() })
}

/// Lists, copies and digests count on texts in the order of their bytes, as SQLite has them. What
/// the server does is asked, since its settings name the order in several ways.
fn check_order(client: &mut Client) -> Result<(), DbError> {
    let row = client.query_one(
        "select 'B' < 'a' and 'a b' < 'aa' and 'f' < 'é' as by_bytes,
            cast(datcollate as text) as collation
        from pg_database where datname = current_database()",
        &[],
    )?;
    if row.try_get::<_, bool>("by_bytes")? {
        return Ok(());
    }
    Err(DbError::Collation(row.try_get("collation")?))
}

impl Transaction<'_> {
    fn prepare(&mut self, sql: &str) -> Result<Statement, DbError> {
        if let Some(it) = self.prepared.get(sql) {
            return Ok(it.clone());
        }
        let statement = self.inner.prepare(sql)?;
        self.prepared.insert(sql.to_owned(), statement.clone());
        Ok(statement)
    }

    pub(crate) fn query(&mut self, sql: &str, parameters: &[Value]) -> Result<Vec<Row>, DbError> {
        let statement = self.prepare(sql)?;
        let columns: Arc<[String]> =
            statement.columns().iter().map(|it| it.name().to_owned()).collect();
        let parameters: Vec<&(dyn ToSql + Sync)> =
            parameters.iter().map(|it| it as &(dyn ToSql + Sync)).collect();
        let rows = self.inner.query(&statement, &parameters)?;
        rows.iter()
            .map(|row| {
                let values = (0..columns.len())
                    .map(|at| read(row, at))
                    .collect::<Result<Vec<_>, DbError>>()?;
                Ok(Row { columns: Arc::clone(&columns), values })
            })
            .collect()
    }

    pub(crate) fn execute(&mut self, sql: &str, parameters: &[Value]) -> Result<u64, DbError> {
        let statement = self.prepare(sql)?;
        let parameters: Vec<&(dyn ToSql + Sync)> =
            parameters.iter().map(|it| it as &(dyn ToSql + Sync)).collect();
        Ok(self.inner.execute(&statement, &parameters)?)
    }

    pub(crate) fn batch(&mut self, sql: &str) -> Result<(), DbError> {
        // A table may come back with another shape: statements prepared before are forgotten.
        self.prepared.clear();
        Ok(self.inner.batch_execute(sql)?)
    }
}

fn read(row: &postgres::Row, at: usize) -> Result<Value, DbError> {
    let kind = row.columns()[at].type_();
    Ok(match *kind {
        Type::INT8 => row.try_get::<_, Option<i64>>(at)?.into(),
        Type::INT4 => row.try_get::<_, Option<i32>>(at)?.map(i64::from).into(),
        Type::BOOL => row.try_get::<_, Option<bool>>(at)?.map(i64::from).into(),
        Type::TEXT | Type::VARCHAR | Type::NAME => row.try_get::<_, Option<String>>(at)?.into(),
        Type::BYTEA => row.try_get::<_, Option<Vec<u8>>>(at)?.into(),
        _ => return Err(DbError::Dialect(kind.name().to_owned())),
    })
}

impl ToSql for Value {
    fn to_sql(
        &self,
        kind: &Type,
        out: &mut BytesMut,
    ) -> Result<IsNull, Box<dyn Error + Sync + Send>> {
        match self {
            Value::Null => Ok(IsNull::Yes),
            Value::Int(it) if *kind == Type::INT4 => i32::try_from(*it)?.to_sql(kind, out),
            Value::Int(it) => it.to_sql(kind, out),
            Value::Text(it) => crate::value::without_nul(it).as_ref().to_sql(kind, out),
            Value::Bytes(it) => it.to_sql(kind, out),
        }
    }

    fn accepts(kind: &Type) -> bool {
        matches!(
            *kind,
            Type::INT8 | Type::INT4 | Type::TEXT | Type::VARCHAR | Type::NAME | Type::BYTEA
        )
    }

    to_sql_checked!();
}
