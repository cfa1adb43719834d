//! The figures in a file beside the base, so that a large base opens at once. The record is the
//! base: a file that is damaged, of another program or of another past is ignored, and the figures
//! are made again.

use super::Figures;
use super::kept::newest;
use super::land::Maps;
use super::layout::Layout;
use super::side::{Calendar, Kept, Side};
use crate::questionnaire;
use ::cube::snapshot;
use db::Tx;
use journal::{Head, Journal};
use kernel::{Failure, Quarter};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufReader, BufWriter};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

const NAME: &str = "chiffres.benkadi";
const PARTIAL: &str = ".chiffres.benkadi.benkadi-partiel";
/// Fewer values than this are made again in a moment: no file is written for them.
const WORTH_KEEPING: u64 = 200_000;
/// At most one file in so long.
const EVERY: Duration = Duration::from_secs(180);

struct Place {
    folder: PathBuf,
    written: Option<(Instant, Head)>,
}

static PLACE: Mutex<Option<Place>> = Mutex::new(None);
static WRITING: AtomicBool = AtomicBool::new(false);

/// What a file says of itself.
#[derive(Debug, Serialize, Deserialize)]
struct Mark {
    // Another version of the program may number or compute otherwise.
    program: String,
    questionnaire: String,
    arrival: i64,
    seal: Vec<u8>,
    first: String,
    known: (String, String),
    units: Vec<String>,
    open: BTreeSet<(u32, u32)>,
    filed: Kept,
    published: Kept,
}

/// Has the figures of this process kept in a file of this folder, for one base.
pub fn keep_in(folder: &Path) {
    let mut place = PLACE.lock().unwrap_or_else(PoisonError::into_inner);
    *place = Some(Place { folder: folder.to_owned(), written: None });
}

/// Writes the file before the program ends, if it lags behind. A file that cannot be written is
/// told to the operator and changes nothing else.
pub fn settle() {
    if let Some(figures) = newest() {
        write_if_due(&figures, Duration::ZERO);
    }
}

/// Writes the file in the background, if it is time.
pub(crate) fn keep(figures: &Arc<Figures>) {
    let is_due = {
        let place = PLACE.lock().unwrap_or_else(PoisonError::into_inner);
        place.as_ref().is_some_and(|it| it.is_due(figures, EVERY))
    };
    if is_due && !WRITING.swap(true, Ordering::AcqRel) {
        let figures = Arc::clone(figures);
        std::thread::spawn(move || {
            write_if_due(&figures, EVERY);
            WRITING.store(false, Ordering::Release);
        });
    }
}

impl Place {
    fn is_due(&self, figures: &Figures, every: Duration) -> bool {
        let lags =
            self.written.is_none_or(|(at, head)| every <= at.elapsed() && head != figures.head);
        lags && WORTH_KEEPING <= figures.values().0
    }
}

fn write_if_due(figures: &Figures, every: Duration) {
    let mut place = PLACE.lock().unwrap_or_else(PoisonError::into_inner);
    let Some(place) = place.as_mut().filter(|it| it.is_due(figures, every)) else { return };
    if let Err(error) = write(figures, &place.folder) {
        eprintln!("the file of figures was not written: {error}");
    }
    // After a failure too: a full disk is not tried at each question.
    place.written = Some((Instant::now(), figures.head));
}

/// Writes the figures into a folder: whole, or not at all.
///
/// # Errors
///
/// If the file cannot be written.
pub fn write(figures: &Figures, folder: &Path) -> io::Result<()> {
    let (first, last) = figures.known.ok_or(io::ErrorKind::InvalidInput)?;
    let mark = Mark {
        program: program(),
        questionnaire: figures.layout.questionnaire.mark().to_owned(),
        arrival: figures.head.arrival,
        seal: figures.head.seal.to_vec(),
        first: figures.calendar.first.to_string(),
        known: (first.to_string(), last.to_string()),
        units: figures.maps.codes().to_vec(),
        open: (*figures.open).clone(),
        filed: figures.filed.kept(),
        published: figures.published.kept(),
    };
    let mark = serde_json::to_vec(&mark)?;
    let partial = folder.join(PARTIAL);
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    // What is not published is its owner's alone, where the system knows owners.
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let written = options.open(&partial).and_then(|file| {
        let mut out = BufWriter::new(file);
        snapshot::write(&mark, &[&figures.filed.cube, &figures.published.cube], &mut out)
    });
    match written.and_then(|()| fs::rename(&partial, folder.join(NAME))) {
        Ok(()) => Ok(()),
        Err(error) => {
            let _ = fs::remove_file(&partial);
            Err(error)
        }
    }
}

/// The figures of the file of this process, as they were when it was written; `None` if there is
/// none that this base went through.
pub(crate) fn read_kept(tx: &mut Tx<'_>) -> Result<Option<Figures>, Failure> {
    let folder = {
        let place = PLACE.lock().unwrap_or_else(PoisonError::into_inner);
        place.as_ref().map(|it| it.folder.clone())
    };
    folder.map_or(Ok(None), |it| read(tx, &it))
}

/// The figures of a file in a folder, as they were when it was written; `None` if there is none
/// that this base went through.
///
/// # Errors
///
/// If the store fails.
pub(crate) fn read(tx: &mut Tx<'_>, folder: &Path) -> Result<Option<Figures>, Failure> {
    let Ok(file) = File::open(folder.join(NAME)) else { return Ok(None) };
    let Ok((mark, cubes)) = snapshot::read(&mut BufReader::new(file)) else { return Ok(None) };
    let Ok(mark) = serde_json::from_slice::<Mark>(&mark) else { return Ok(None) };
    let (Ok(filed), Ok(published)) = <[_; 2]>::try_from(cubes).map_or_else(
        |_| (Err(()), Err(())),
        |[filed, published]: [::cube::Cube; 2]| (Ok(filed), Ok(published)),
    ) else {
        return Ok(None);
    };
    let Ok(seal) = <[u8; 32]>::try_from(mark.seal) else { return Ok(None) };
    let head = Head { arrival: mark.arrival, seal };
    if mark.program != program() || !Journal::has_stood_at(tx, head)? {
        return Ok(None);
    }
    let series = questionnaire::series(tx)?;
    let layout = Arc::new(Layout::new(Arc::clone(series.editions.newest())));
    let maps = Arc::new(Maps::read(tx)?);
    let quarter = |text: &str| text.parse::<Quarter>().ok();
    let known = quarter(&mark.known.0).zip(quarter(&mark.known.1));
    let same = mark.questionnaire == layout.questionnaire.mark()
        && mark.units == maps.codes()
        && filed.series() == layout.series()
        && published.series() == layout.series();
    let (Some(first), Some(known), true) = (quarter(&mark.first), known, same) else {
        return Ok(None);
    };
    let mut figures = Figures {
        calendar: Calendar { first },
        known: Some(known),
        filed: Side::of_kept(filed, mark.filed),
        published: Side::of_kept(published, mark.published),
        series,
        forces: Vec::new(),
        open: Arc::new(mark.open),
        day: crate::analysis::stamp(tx)?.day(),
        layout,
        maps,
        head,
        withheld: Arc::default(),
        counts: Arc::default(),
    };
    figures.lengthen();
    Ok(Some(figures))
}

fn program() -> String {
    format!("benkadi {} 1", env!("CARGO_PKG_VERSION"))
}
