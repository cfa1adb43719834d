//! What all handlers share.

use std::sync::{Arc, OnceLock};
use std::time::{SystemTime, UNIX_EPOCH};

use db::Tx;
use identity::{Actor, Ctx, Sessions};
use journal::Journal;
use kernel::{Date, Failure, Language, Message};
use tokio::sync::{Mutex, Semaphore};

use crate::panels::{Duties, OfPlace};
use crate::{Catalogue, Room};

/// Writes a document as PDF. Given by the program, since only it knows the typesetter.
pub type PdfWriter = fn(&documents::Document) -> Result<Vec<u8>, Failure>;
/// Writes forms to be filled in by hand as PDF.
pub type PaperWriter = fn(&documents::paper::Booklets) -> Result<Vec<u8>, Failure>;
/// A drawing (SVG) as PNG, so many points wide. Given by the program, as the typesetter is.
pub type PictureWriter = fn(&str, u32) -> Result<Vec<u8>, Failure>;
/// Sentences of the status line, for this person.
pub type StatusProvider =
    fn(&mut Tx<'_>, &Actor, Language, &Catalogue) -> Result<Vec<String>, Failure>;
/// The name of a place on a day.
pub type PlaceName = fn(&mut Tx<'_>, &str, Date) -> Result<Option<String>, Failure>;

/// How an empty base is filled with the content that the program ships.
#[derive(Clone, Copy)]
pub struct Fill {
    /// Whether the base lacks it.
    pub is_due: fn(&mut Tx<'_>) -> Result<bool, Failure>,
    /// Fills the base, all or nothing. Slow.
    pub run: fn(&Journal) -> Result<(), Failure>,
}

/// Secrets are compared by so few at once: each takes 19 MiB and a processor for a moment, and a
/// crowd of guesses must leave both to the others.
const DOORS: usize = 2;

/// What the program tells the shell about the slices.
#[derive(Clone)]
pub struct Shell {
    /// The main menu: address and catalogue key.
    pub menu: Vec<(&'static str, &'static str)>,
    /// The status line's providers.
    pub status: Vec<StatusProvider>,
    /// Who has something to say on the page of a place, in the order of the page.
    pub places: Vec<OfPlace>,
    /// Who knows what waits for a person.
    pub duties: Vec<Duties>,
    /// How places are named.
    pub place_name: PlaceName,
    /// The typesetter.
    pub pdf: PdfWriter,
    /// The same, for forms.
    pub paper: PaperWriter,
    /// The maker of pictures.
    pub picture: PictureWriter,
}

/// The application: journal, words, shell. Cheap to clone.
#[derive(Clone)]
pub struct App(Arc<Inner>);

struct Inner {
    journal: Journal,
    catalogue: Catalogue,
    shell: Shell,
    rooms: OnceLock<Vec<Room>>,
    secret: [u8; 32],
    sessions: Sessions,
    doors: Semaphore,
    fill: Option<Fill>,
    filling: Mutex<()>,
}

impl App {
    /// The application over this journal.
    pub fn new(journal: Journal, catalogue: Catalogue, shell: Shell) -> Self {
        Self::with_fill(journal, catalogue, shell, None)
    }

    /// The application, which can fill an empty base when it is set up.
    pub fn with_fill(
        journal: Journal,
        catalogue: Catalogue,
        shell: Shell,
        fill: Option<Fill>,
    ) -> Self {
        // Derived from the post's key, so that several servers of one centre agree on it.
        let secret = *blake3::hash(&journal.key().sign(b"benkadi page tokens 1\0")).as_bytes();
        Self(Arc::new(Inner {
            journal,
            catalogue,
            shell,
            rooms: OnceLock::new(),
            secret,
            sessions: Sessions::default(),
            doors: Semaphore::new(DOORS),
            fill,
            filling: Mutex::new(()),
        }))
    }

    /// The journal.
    pub fn journal(&self) -> &Journal {
        &self.0.journal
    }

    /// The words.
    pub fn catalogue(&self) -> &Catalogue {
        &self.0.catalogue
    }

    /// The sessions found before.
    pub(crate) fn sessions(&self) -> &Sessions {
        &self.0.sessions
    }

    /// The shell.
    pub fn shell(&self) -> &Shell {
        &self.0.shell
    }

    /// Takes the rooms of the routes that are served; those of the first service hold.
    pub(crate) fn open_rooms(&self, rooms: &[Room]) {
        self.0.rooms.get_or_init(|| rooms.to_vec());
    }

    /// The rooms of all parts of the product.
    pub(crate) fn rooms(&self) -> &[Room] {
        self.0.rooms.get().map_or(&[], Vec::as_slice)
    }

    /// The post's clock, in milliseconds since 1970.
    pub fn now_millis(&self) -> i64 {
        now_millis()
    }

    /// The token that the forms of this session carry.
    pub(crate) fn token(&self, session: &str) -> String {
        blake3::keyed_hash(&self.0.secret, session.as_bytes()).to_hex()[..32].to_owned()
    }

    /// A sentence.
    pub fn tell(&self, language: Language, message: &Message) -> String {
        self.0.catalogue.tell(language, message)
    }

    /// Reads on a snapshot, away from the threads that serve connections.
    ///
    /// # Errors
    ///
    /// Whatever `work` returns.
    pub async fn read<T, E>(
        &self,
        work: impl FnOnce(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<db::DbError> + From<Failure> + Send + 'static,
    {
        let app = self.clone();
        let done = tokio::task::spawn_blocking(move || app.journal().db().read(work)).await;
        done.unwrap_or_else(|_| Err(Failure::told("a reader stopped").into()))
    }

    /// One act of one person, in one transaction.
    ///
    /// # Errors
    ///
    /// Whatever `work` returns; nothing is written then.
    pub async fn write<T, E>(
        &self,
        actor: &Actor,
        work: impl FnOnce(&mut Ctx<'_, '_>) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<db::DbError> + From<Failure> + Send + 'static,
    {
        let app = self.clone();
        let actor = actor.clone();
        let done = tokio::task::spawn_blocking(move || {
            app.journal()
                .db()
                .write(|tx| work(&mut Ctx::new(tx, app.journal(), &actor, app.now_millis())))
        })
        .await;
        done.unwrap_or_else(|_| Err(Failure::told("a writer stopped").into()))
    }

    /// Runs work that hashes or compares a secret; it opens its own transactions.
    pub(crate) async fn prove<T, E>(
        &self,
        work: impl FnOnce(&Journal) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Failure> + Send + 'static,
    {
        let _permit = self.0.doors.acquire().await.map_err(Failure::broken)?;
        let app = self.clone();
        let done = tokio::task::spawn_blocking(move || work(app.journal())).await;
        done.unwrap_or_else(|_| Err(Failure::told("a door stopped").into()))
    }

    /// Whether the base lacks the content that the program ships, and the program can fill it.
    pub(crate) async fn is_fill_due(&self) -> Result<bool, Failure> {
        match self.0.fill {
            Some(fill) => self.read(fill.is_due).await,
            None => Ok(false),
        }
    }

    /// Fills an empty base; once, whoever asks at the same time.
    pub(crate) async fn fill(&self) -> Result<(), Failure> {
        let Some(fill) = self.0.fill else { return Err(Failure::NotFound) };
        let _one = self.0.filling.lock().await;
        if !self.is_fill_due().await? {
            return Ok(());
        }
        let app = self.clone();
        self.work(move || (fill.run)(app.journal())).await
    }

    /// Runs work that touches no base away from the threads that serve connections.
    ///
    /// # Errors
    ///
    /// Whatever `work` returns.
    pub async fn work_on<T, E>(
        &self,
        work: impl FnOnce() -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Failure> + Send + 'static,
    {
        let done = tokio::task::spawn_blocking(work).await;
        done.unwrap_or_else(|_| Err(Failure::told("a work stopped").into()))
    }

    /// Runs long work (a PDF, a spreadsheet) away from the threads that serve connections.
    ///
    /// # Errors
    ///
    /// Whatever `work` returns.
    pub async fn work<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, Failure> {
        let done = tokio::task::spawn_blocking(work).await;
        done.unwrap_or_else(|_| Err(Failure::told("a work stopped")))
    }
}

/// The clock, in milliseconds since 1970. The one place where it is read.
pub(crate) fn now_millis() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}
