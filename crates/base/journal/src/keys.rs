//! The post's signing key.

use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};

use crate::entry::hex;
use crate::{Chance, JournalError};

/// The Ed25519 key with which a post signs what it writes.
#[derive(Clone)]
pub struct PostKey(SigningKey);

impl PostKey {
    /// A new key, from the system's random bytes.
    ///
    /// # Errors
    ///
    /// If the system gives none.
    pub fn generate() -> Result<Self, JournalError> {
        Self::of(&Chance::default())
    }

    pub(crate) fn of(chance: &Chance) -> Result<Self, JournalError> {
        Ok(Self(SigningKey::from_bytes(&chance.bytes()?)))
    }

    /// A new key, from these random bytes.
    ///
    /// # Errors
    ///
    /// If there are none.
    #[cfg(feature = "trials")]
    pub fn drawn(chance: &Chance) -> Result<Self, JournalError> {
        Self::of(chance)
    }

    pub(crate) fn from_secret(secret: &[u8; 32]) -> Self {
        Self(SigningKey::from_bytes(secret))
    }

    pub(crate) fn secret(&self) -> [u8; 32] {
        self.0.to_bytes()
    }

    /// The public half.
    pub fn public(&self) -> [u8; 32] {
        self.0.verifying_key().to_bytes()
    }

    /// Signs these bytes. The caller puts a purpose in front of them, so that a signature for one
    /// purpose is worth nothing for another.
    pub fn sign(&self, bytes: &[u8]) -> Vec<u8> {
        self.0.sign(bytes).to_bytes().to_vec()
    }

    /// Whether this signature of these bytes is that of this public key.
    pub fn verify(public: &[u8; 32], bytes: &[u8], signature: &[u8]) -> bool {
        let Ok(key) = VerifyingKey::from_bytes(public) else { return false };
        let Ok(signature) = Signature::from_slice(signature) else { return false };
        key.verify_strict(bytes, &signature).is_ok()
    }
}

/// The short name of a post: the beginning of its key's hash. Not a secret, not a code to type.
pub(crate) fn post_id(public: &[u8; 32]) -> String {
    hex(&blake3::hash(public).as_bytes()[..8])
}
