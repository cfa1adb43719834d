//! Forms that bring a file.

use axum::extract::Multipart;
use web::{PageFailure, Visit};

/// The parts of such a form, once its token was found to be this session's.
#[derive(Default)]
pub(super) struct Upload {
    /// The file; empty if none was chosen.
    pub(super) file: Vec<u8>,
    /// The text field beside it.
    pub(super) text: String,
}

impl Upload {
    /// Reads the file `fichier`, the text `carte` and the token.
    ///
    /// # Errors
    ///
    /// If the request is unreadable, too long, or comes from no page of this session.
    pub(super) async fn read(visit: &Visit, mut form: Multipart) -> Result<Self, PageFailure> {
        let mut upload = Self::default();
        let mut token = String::new();
        while let Some(part) = form.next_field().await.map_err(|_| PageFailure::Unreadable)? {
            let name = part.name().unwrap_or_default().to_owned();
            let bytes = part.bytes().await.map_err(|_| PageFailure::Unreadable)?;
            let text = || String::from_utf8_lossy(&bytes).into_owned();
            match name.as_str() {
                "fichier" => upload.file = bytes.to_vec(),
                "carte" => upload.text = text(),
                "jeton" => token = text(),
                _ => {}
            }
        }
        if token == visit.chrome_titled("").jeton { Ok(upload) } else { Err(PageFailure::Denied) }
    }
}
