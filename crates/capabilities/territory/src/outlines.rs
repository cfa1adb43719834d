//! Official outlines: read from a file, matched with the units, loaded by an entry, laid over the
//! approximate ones that we ship.
//!
//! Several files may be loaded, one for each level: a later one lies over the earlier ones. An entry
//! may also go back to the shipped outlines alone; the journal keeps what was loaded before.

mod file;
mod prepare;

use std::collections::{BTreeSet, VecDeque};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use db::{DbError, Row, Tx};
use graphics::Outlines;
use identity::{Action, Ctx, Fact, Object};
use journal::{Audience, Entry, FoldError, Journal, Position};
use kernel::{Failure, Message, Reject, Stop};
use serde::{Deserialize, Serialize};

use crate::OUTLINES_LOADED;

pub(crate) use prepare::LARGEST;
pub use prepare::{Prepared, prepare_outlines};

/// The longest source or mention, in letters.
const LONGEST: usize = 200;
/// The bases whose outlines are kept unfolded; a program has one, its tests several.
const BASES_KEPT: usize = 4;

/// What an entry `territory.outlines-loaded` carries.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "kebab-case")]
pub enum OutlinesLoaded {
    /// The outlines of a file.
    Official {
        /// Who publishes them, and what they are, as a person wrote it.
        source: String,
        /// The licence and the mention that it asks for; may be empty.
        mention: String,
        /// The name of the file.
        file: String,
        /// BLAKE3 of the file's bytes, in hexadecimal.
        hash: String,
        /// The outlines, simplified, as [`Outlines::to_compact`] writes them.
        outlines: String,
    },
    /// No official outlines any more: those shipped.
    Shipped,
}

/// Official outlines that are in use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Official {
    /// Who publishes them, and what they are.
    pub source: String,
    /// The licence and the mention that it asks for; may be empty.
    pub mention: String,
    /// The name of the file.
    pub file: String,
    /// BLAKE3 of the file's bytes, in hexadecimal.
    pub hash: String,
    /// When they were loaded, in milliseconds since 1970.
    pub at_millis: i64,
    /// The codes of the places that they draw, in order.
    pub codes: Vec<String>,
}

/// The rules that a file of outlines can break. Nothing was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OutlinesRefused {
    /// No file was chosen, or it is empty.
    NoFile,
    /// The file is larger than 64 MiB.
    TooLarge,
    /// It is neither GeoJSON nor a zip.
    OtherKind,
    /// What it holds is refused, whatever its form.
    Boundaries(graphics::ImportError),
    /// The zip cannot be opened or unpacked.
    Zip {
        /// What the reader met, in English, for the operator.
        detail: String,
    },
    /// A part of the Shapefile is not in the zip.
    Missing {
        /// `.shp` or `.dbf`.
        part: &'static str,
    },
    /// Several Shapefiles are in the zip.
    Several {
        /// Their names.
        names: String,
    },
    /// A part is larger than it may be once unpacked.
    PartTooLarge {
        /// The part.
        part: &'static str,
        /// The limit in MiB.
        limit: u64,
    },
    /// A part cannot be read.
    Part {
        /// The part.
        part: &'static str,
    },
    /// The geometry of an object cannot be read.
    Geometry {
        /// The object, from 1.
        object: usize,
    },
    /// The line of an object in the table cannot be read.
    Line {
        /// The object, from 1.
        object: usize,
    },
    /// The table has not one line for each geometry.
    Counts,
    /// No code of the file is that of a unit.
    NoMatch {
        /// Some of the codes.
        codes: String,
    },
    /// The places lie where they are once latitude and longitude change places.
    Crossed,
    /// The source is not written.
    NoSource,
    /// The source or the mention is too long.
    TooLong {
        /// `source` or `mention`.
        field: &'static str,
    },
    /// The preview is no longer kept.
    Gone,
}

impl OutlinesRefused {
    /// The field of the form that has to be corrected.
    pub fn field(&self) -> &'static str {
        match self {
            Self::NoSource => "source",
            Self::TooLong { field } => field,
            _ => "fichier",
        }
    }
}

impl From<graphics::ImportError> for OutlinesRefused {
    fn from(error: graphics::ImportError) -> Self {
        Self::Boundaries(error)
    }
}

impl Reject for OutlinesRefused {
    fn message(&self) -> Message {
        match self {
            Self::NoFile => Message::new("outlines-no-file"),
            Self::TooLarge => {
                Message::new("outlines-too-large").with("limit", LARGEST / (1024 * 1024))
            }
            Self::OtherKind => Message::new("outlines-other-kind"),
            Self::Boundaries(it) => it.message(),
            Self::Zip { detail } => Message::new("outlines-zip").with("detail", detail),
            Self::Missing { part } => Message::new("outlines-missing").with("part", part),
            Self::Several { names } => Message::new("outlines-several").with("names", names),
            Self::PartTooLarge { part, limit } => {
                Message::new("outlines-part-too-large").with("part", part).with("limit", limit)
            }
            Self::Part { part } => Message::new("outlines-part").with("part", part),
            Self::Geometry { object } => Message::new("outlines-geometry").with("object", object),
            Self::Line { object } => Message::new("outlines-line").with("object", object),
            Self::Counts => Message::new("outlines-counts"),
            Self::NoMatch { codes } => Message::new("outlines-no-match").with("codes", codes),
            Self::Crossed => Message::new("outlines-crossed"),
            Self::NoSource => Message::new("outlines-no-source"),
            Self::TooLong { .. } => Message::new("outlines-too-long").with("limit", LONGEST),
            Self::Gone => Message::new("outlines-gone"),
        }
    }
}

/// Checks what a person wrote beside a file: the source and the mention, without spaces around.
///
/// # Errors
///
/// If there is no source, or one of them is too long.
pub(crate) fn described(source: &str, mention: &str) -> Result<(String, String), OutlinesRefused> {
    let (source, mention) = (source.trim(), mention.trim());
    if source.is_empty() {
        return Err(OutlinesRefused::NoSource);
    }
    for (field, text) in [("source", source), ("mention", mention)] {
        if LONGEST < text.chars().count() || text.chars().any(char::is_control) {
            return Err(OutlinesRefused::TooLong { field });
        }
    }
    Ok((source.to_owned(), mention.to_owned()))
}

/// Loads the outlines of a file that was prepared, over those that are there.
///
/// # Errors
///
/// If the source is not written or too long, if the actor may not change the territory of a country
/// that the file draws, or if the store fails.
pub fn load_outlines(
    ctx: &mut Ctx<'_, '_>,
    prepared: &Prepared,
    source: &str,
    mention: &str,
) -> Result<(), Stop<OutlinesRefused>> {
    for country in &prepared.countries {
        ctx.authorize(Action::EditTerritory, &Object::at([country]))?;
    }
    let (source, mention) = described(source, mention).map_err(Stop::Refused)?;
    let payload = OutlinesLoaded::Official {
        source,
        mention,
        file: prepared.file.clone(),
        hash: prepared.hash.clone(),
        outlines: prepared.text.clone(),
    };
    Ok(record(ctx, &prepared.hash, &payload)?)
}

/// Goes back to the outlines that we ship, for all places.
///
/// # Errors
///
/// If the actor may not change the territory of Mali, or if the store fails.
pub fn restore_shipped_outlines(ctx: &mut Ctx<'_, '_>) -> Result<(), Failure> {
    ctx.authorize(Action::EditTerritory, &Object::at(["ML"]))?;
    record(ctx, "shipped", &OutlinesLoaded::Shipped)
}

fn record(ctx: &mut Ctx<'_, '_>, subject: &str, payload: &OutlinesLoaded) -> Result<(), Failure> {
    ctx.record(Fact {
        kind: OUTLINES_LOADED,
        subject,
        // As all lists: for every post below.
        audience: Audience::Nomenclature,
        scope: "*",
        reason: "",
        payload,
    })?;
    Ok(())
}

/// Applies an entry to the table.
///
/// # Errors
///
/// If its outlines cannot be read, or the store fails.
pub(crate) fn apply(tx: &mut Tx<'_>, entry: &Entry) -> Result<(), FoldError> {
    let loaded = entry.read()?;
    let OutlinesLoaded::Official { source, mention, file, hash, outlines } = loaded else {
        tx.execute(include_str!("../sql/drop_all_outlines.sql"), &[])?;
        return Ok(());
    };
    let read = Outlines::from_compact(&outlines).map_err(|error| FoldError::Payload {
        kind: entry.kind.clone(),
        reason: error.to_string(),
    })?;
    let codes: BTreeSet<&str> = read.all_codes().collect();
    let mut rank = 0;
    for row in tx.query(include_str!("../sql/outlines_known.sql"), &[])? {
        rank = row.int("rank")?;
        // What lies wholly under the new outlines is never seen again.
        if row.text("codes")?.split(' ').all(|it| codes.contains(it)) {
            tx.execute(include_str!("../sql/drop_outlines.sql"), &[rank.into()])?;
        }
    }
    let places = i64::try_from(codes.len()).unwrap_or(i64::MAX);
    let codes = codes.into_iter().collect::<Vec<_>>().join(" ");
    tx.execute(
        include_str!("../sql/put_outlines.sql"),
        &[
            (rank + 1).into(),
            source.into(),
            mention.into(),
            file.into(),
            hash.into(),
            entry.at_millis.into(),
            places.into(),
            codes.into(),
            outlines.into(),
        ],
    )?;
    Ok(())
}

fn official(row: &Row) -> Result<Official, DbError> {
    Ok(Official {
        source: row.text("source")?.to_owned(),
        mention: row.text("mention")?.to_owned(),
        file: row.text("file")?.to_owned(),
        hash: row.text("hash")?.to_owned(),
        at_millis: row.int("at_millis")?,
        codes: row.text("codes")?.split(' ').map(str::to_owned).collect(),
    })
}

/// The official outlines in use, in the order in which they were loaded.
///
/// # Errors
///
/// If the store fails.
pub fn official_outlines(tx: &mut Tx<'_>) -> Result<Vec<Official>, DbError> {
    tx.query(include_str!("../sql/outlines_known.sql"), &[])?.iter().map(official).collect()
}

static KEPT: Mutex<VecDeque<(Position, Arc<Outlines>)>> = Mutex::new(VecDeque::new());

fn shipped() -> Arc<Outlines> {
    static SHIPPED: OnceLock<Arc<Outlines>> = OnceLock::new();
    Arc::clone(SHIPPED.get_or_init(|| Arc::new(Outlines::shipped().clone())))
}

/// The outlines of every map: the official ones laid over those that we ship. Unfolded once for
/// each entry that loads some.
///
/// # Errors
///
/// If the store fails.
pub fn outlines(tx: &mut Tx<'_>) -> Result<Arc<Outlines>, Failure> {
    let Some(state) = Journal::last_of(tx, &[OUTLINES_LOADED])? else { return Ok(shipped()) };
    {
        let kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, found)) = kept.iter().find(|it| it.0 == state) {
            return Ok(Arc::clone(found));
        }
    }
    let mut whole = shipped();
    for row in tx.query(include_str!("../sql/outlines.sql"), &[])? {
        let it = official(&row)?;
        let read = Outlines::from_compact(row.text("outlines")?).map_err(Failure::broken)?;
        whole = Arc::new(whole.overlaid(&read.credited(&credit(&it.source, &it.mention))));
    }
    let mut kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
    kept.push_back((state, Arc::clone(&whole)));
    while BASES_KEPT < kept.len() {
        kept.pop_front();
    }
    Ok(whole)
}

/// « COD-AB Mali, 2017 (DNCT, OCHA Mali, CC BY 4.0) ».
pub(crate) fn credit(source: &str, mention: &str) -> String {
    let (source, mention) = (source.trim_end_matches('.'), mention.trim_end_matches('.'));
    if mention.is_empty() { source.to_owned() } else { format!("{source} ({mention})") }
}

/// What must be said under a map of the outlines that it shows: who drew them, or that they are
/// approximate. `say` gives the words of a key, with the value of its argument `source`.
pub fn map_sources(drawn: &graphics::Map, say: impl Fn(&str, &str) -> String) -> Vec<String> {
    let mut out = Vec::new();
    let others = !drawn.credits.is_empty();
    if others {
        out.push(say("territory-map-official", &drawn.credits.join(" · ")));
    }
    if drawn.approximate {
        out.push(say(
            if others { "territory-map-others" } else { "territory-map-approximate" },
            "",
        ));
    }
    out
}
