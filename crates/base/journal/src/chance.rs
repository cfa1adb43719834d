//! Where random bytes come from.

#[cfg(feature = "trials")]
use std::sync::{Arc, Mutex, PoisonError};

use crate::JournalError;

/// The source of a post's random bytes: the system. Only a build for trials can be given another,
/// so that a simulated year can be lived again byte for byte.
#[derive(Clone, Default)]
pub struct Chance {
    #[cfg(feature = "trials")]
    drawn: Option<Drawn>,
}

#[cfg(feature = "trials")]
type Drawn = Arc<Mutex<dyn FnMut(&mut [u8]) + Send>>;

impl Chance {
    /// Bytes that this function draws.
    #[cfg(feature = "trials")]
    pub fn drawn(draw: impl FnMut(&mut [u8]) + Send + 'static) -> Self {
        Self { drawn: Some(Arc::new(Mutex::new(draw))) }
    }

    /// Fills the bytes.
    ///
    /// # Errors
    ///
    /// If the system gives none.
    pub fn fill(&self, bytes: &mut [u8]) -> Result<(), JournalError> {
        #[cfg(feature = "trials")]
        if let Some(drawn) = &self.drawn {
            drawn.lock().unwrap_or_else(PoisonError::into_inner)(bytes);
            return Ok(());
        }
        getrandom::fill(bytes).map_err(|error| JournalError::Random(error.to_string()))
    }

    /// So many bytes.
    ///
    /// # Errors
    ///
    /// If the system gives none.
    pub fn bytes<const N: usize>(&self) -> Result<[u8; N], JournalError> {
        let mut bytes = [0; N];
        self.fill(&mut bytes)?;
        Ok(bytes)
    }
}
