//! Cubes in a file: written whole, read whole or not at all.
//!
//! The file is a head, the mark of its writer, the rows, and the BLAKE3 hash of all that. Numbers
//! are little-endian. A row that several cubes share is written once.

use crate::row::{Cells, Row};
use crate::store::Cube;
use std::collections::HashMap;
use std::io::{self, Read, Write};
use std::sync::Arc;

const HEAD: &[u8; 8] = b"BKCUBE01";
const HASH: usize = 32;
/// The longest mark that is read: a list of places and a position.
const LONGEST_MARK: usize = 64 << 20;

/// Why a file was not read. Nothing is lost: cubes are made again from the record.
#[derive(Debug, thiserror::Error)]
pub enum Unread {
    /// The file could not be read.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// Some byte is not as it was written, or another program wrote it.
    #[error("the file of figures is damaged, or of another version")]
    Damaged,
}

/// Writes cubes with the mark that says what they were made from.
///
/// # Errors
///
/// If the file cannot be written.
pub fn write(mark: &[u8], cubes: &[&Cube], out: &mut impl Write) -> io::Result<()> {
    let mut out = Hashed { out, hasher: blake3::Hasher::new() };
    out.put(HEAD)?;
    out.number(mark.len() as u64)?;
    out.put(mark)?;
    out.number(cubes.len() as u64)?;
    // Looked up by address, never walked through.
    let mut known: HashMap<*const Row, u64> = HashMap::new();
    let mut bytes = Vec::new();
    for cube in cubes {
        out.number(cube.series.into())?;
        out.number(cube.units as u64)?;
        out.number(cube.slots.len() as u64)?;
        for slot in &cube.slots {
            out.put(&[u8::from(!slot.is_empty())])?;
            for row in slot.iter() {
                let Some(row) = row else {
                    out.put(&[0])?;
                    continue;
                };
                if let Some(number) = known.get(&Arc::as_ptr(row)) {
                    out.put(&[9])?;
                    out.number(*number)?;
                    continue;
                }
                known.insert(Arc::as_ptr(row), known.len() as u64);
                bytes.clear();
                let width = match &row.cells {
                    Cells::Short(it) => {
                        bytes.extend(it.iter().flat_map(|it| it.to_le_bytes()));
                        2
                    }
                    Cells::Word(it) => {
                        bytes.extend(it.iter().flat_map(|it| it.to_le_bytes()));
                        4
                    }
                    Cells::Long(it) => {
                        bytes.extend(it.iter().flat_map(|it| it.to_le_bytes()));
                        8
                    }
                };
                out.put(&[width])?;
                out.number(row.len() as u64)?;
                out.put(&bytes)?;
            }
        }
    }
    let hash = out.hasher.finalize();
    out.out.write_all(hash.as_bytes())?;
    out.out.flush()
}

/// Reads what [`write`] wrote: the mark and the cubes.
///
/// # Errors
///
/// If one byte is not as it was written. Nothing is kept of such a file.
pub fn read(from: &mut impl Read) -> Result<(Vec<u8>, Vec<Cube>), Unread> {
    let mut bytes = Vec::new();
    from.read_to_end(&mut bytes)?;
    let body = bytes.len().checked_sub(HASH).ok_or(Unread::Damaged)?;
    let (body, hash) = bytes.split_at(body);
    if blake3::hash(body).as_bytes() != hash {
        return Err(Unread::Damaged);
    }
    let mut left = Left(body);
    if left.take(HEAD.len())? != HEAD {
        return Err(Unread::Damaged);
    }
    let mark = left.length(LONGEST_MARK)?;
    let mark = left.take(mark)?.to_vec();
    let mut rows: Vec<Arc<Row>> = Vec::new();
    let count = left.length(body.len())?;
    let mut cubes = Vec::new();
    for _ in 0..count {
        let series = u32::try_from(left.number()?).map_err(|_| Unread::Damaged)?;
        let units = left.length(u32::MAX as usize)?;
        let slots = left.length(body.len())?;
        let mut cube = Cube { series, units, slots: Vec::new() };
        for _ in 0..slots {
            if left.take(1)? == [0] {
                cube.slots.push(Arc::default());
                continue;
            }
            // Each row takes a byte at least: a number of series beyond the file is a lie.
            if left.0.len() < series as usize {
                return Err(Unread::Damaged);
            }
            let mut slot = Vec::with_capacity(series as usize);
            for _ in 0..series {
                slot.push(left.row(&mut rows)?);
            }
            cube.slots.push(Arc::new(slot));
        }
        cubes.push(cube);
    }
    if left.0.is_empty() { Ok((mark, cubes)) } else { Err(Unread::Damaged) }
}

struct Hashed<'a, W> {
    out: &'a mut W,
    hasher: blake3::Hasher,
}

impl<W: Write> Hashed<'_, W> {
    fn put(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.hasher.update(bytes);
        self.out.write_all(bytes)
    }

    fn number(&mut self, number: u64) -> io::Result<()> {
        self.put(&number.to_le_bytes())
    }
}

/// What is left to read.
struct Left<'a>(&'a [u8]);

impl<'a> Left<'a> {
    fn take(&mut self, count: usize) -> Result<&'a [u8], Unread> {
        let (taken, left) = self.0.split_at_checked(count).ok_or(Unread::Damaged)?;
        self.0 = left;
        Ok(taken)
    }

    fn number(&mut self) -> Result<u64, Unread> {
        let bytes = self.take(8)?.try_into().map_err(|_| Unread::Damaged)?;
        Ok(u64::from_le_bytes(bytes))
    }

    fn length(&mut self, most: usize) -> Result<usize, Unread> {
        let number = usize::try_from(self.number()?).map_err(|_| Unread::Damaged)?;
        if number <= most { Ok(number) } else { Err(Unread::Damaged) }
    }

    fn row(&mut self, rows: &mut Vec<Arc<Row>>) -> Result<Option<Arc<Row>>, Unread> {
        let width = self.take(1)?[0];
        let cells = match width {
            0 => return Ok(None),
            9 => {
                let number = self.length(rows.len())?;
                return rows.get(number).cloned().map(Some).ok_or(Unread::Damaged);
            }
            2 => Cells::Short(self.cells(i16::from_le_bytes)?),
            4 => Cells::Word(self.cells(i32::from_le_bytes)?),
            8 => Cells::Long(self.cells(i64::from_le_bytes)?),
            _ => return Err(Unread::Damaged),
        };
        let row = Arc::new(Row::from_cells(cells).map_err(|()| Unread::Damaged)?);
        rows.push(Arc::clone(&row));
        Ok(Some(row))
    }

    fn cells<T, const N: usize>(&mut self, read: fn([u8; N]) -> T) -> Result<Box<[T]>, Unread> {
        let count = self.length(self.0.len() / N)?;
        let bytes = self.take(count * N)?;
        Ok(bytes.as_chunks::<N>().0.iter().map(|it| read(*it)).collect())
    }
}
