//! Many rows in few statements: a fold that loads eleven thousand villages one by one would keep
//! a first start waiting.

use crate::{DbError, Tx, Value};

/// Parameters of one statement. Both engines take more; a larger statement gains nothing.
const PARAMETERS: usize = 960;

impl Tx<'_> {
    /// Inserts rows into a table, some hundreds of parameters per statement. `tail` follows the
    /// values (`on conflict … do nothing`), or is empty. Names are the program's own, never a
    /// request's, and every row has as many values as there are columns.
    ///
    /// # Errors
    ///
    /// If the engine refuses a row.
    pub fn insert(
        &mut self,
        table: &'static str,
        columns: &'static [&'static str],
        tail: &'static str,
        rows: &[Vec<Value>],
    ) -> Result<u64, DbError> {
        let mut touched = 0;
        for chunk in rows.chunks((PARAMETERS / columns.len().max(1)).max(1)) {
            let mut sql = format!("insert into {table} ({}) values ", columns.join(", "));
            for row in 0..chunk.len() {
                sql.push_str(if row == 0 { "(" } else { ", (" });
                for column in 0..columns.len() {
                    let gap = if column == 0 { "$" } else { ", $" };
                    sql.push_str(gap);
                    sql.push_str(&(row * columns.len() + column + 1).to_string());
                }
                sql.push(')');
            }
            sql.push(' ');
            sql.push_str(tail);
            let values: Vec<Value> = chunk.iter().flatten().cloned().collect();
            touched += self.execute(&sql, &values)?;
        }
        Ok(touched)
    }
}
