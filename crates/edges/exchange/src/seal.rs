//! Encryption for the receiver: HPKE (RFC 9180), X25519, HKDF-SHA256, ChaCha20-Poly1305.

use db::Tx;
use hpke::aead::{AeadCtxR, AeadCtxS, ChaCha20Poly1305};
use hpke::kdf::HkdfSha256;
use hpke::kem::X25519HkdfSha256;
use hpke::rand_core::{TryCryptoRng, TryRng};
use hpke::{
    Deserializable, Kem, OpModeR, OpModeS, Serializable, setup_receiver, setup_sender_with_rng,
};
use journal::{Chance, Journal, JournalError};

use crate::text::{hex, unhex};

const SETTING: &str = "exchange.receive-secret";
/// Separates this use of the receive key from any other.
const INFO: &[u8] = b"benkadi package 1";

/// The encapsulated key that opens a package: 32 bytes.
pub(crate) const ENCAPSULATED: usize = 32;
/// What encryption adds to each block: 16 bytes.
pub(crate) const TAG: usize = 16;

/// The post's key for what others encrypt for it. It never leaves the base.
pub(crate) struct ReceiveKey(<X25519HkdfSha256 as Kem>::PrivateKey);

impl ReceiveKey {
    /// The key of this post, if it has one.
    pub(crate) fn find(tx: &mut Tx<'_>) -> Result<Option<Self>, JournalError> {
        let Some(text) = Journal::setting(tx, SETTING)? else { return Ok(None) };
        let key = unhex::<32>(&text)
            .and_then(|it| <X25519HkdfSha256 as Kem>::PrivateKey::from_bytes(&it).ok())
            .ok_or_else(|| JournalError::Damaged("the receive key is unreadable".to_owned()))?;
        Ok(Some(Self(key)))
    }

    /// The key of this post; a new one is made and kept if it has none.
    pub(crate) fn ensure(journal: &Journal, tx: &mut Tx<'_>) -> Result<Self, JournalError> {
        if let Some(it) = Self::find(tx)? {
            return Ok(it);
        }
        let seed = journal.chance().bytes::<32>()?;
        let (secret, _) = X25519HkdfSha256::derive_keypair(&seed);
        Journal::set_setting(tx, SETTING, &hex(&secret.to_bytes()))?;
        Ok(Self(secret))
    }

    /// The half that others encrypt with.
    pub(crate) fn public(&self) -> [u8; 32] {
        X25519HkdfSha256::sk_to_pk(&self.0).to_bytes().into()
    }

    /// Begins to open a package; `None` if the encapsulated key is no point of the curve.
    pub(crate) fn open(&self, encapsulated: &[u8]) -> Option<Opener> {
        let key = <X25519HkdfSha256 as Kem>::EncappedKey::from_bytes(encapsulated).ok()?;
        setup_receiver(&OpModeR::Base, &self.0, &key, INFO).ok().map(Opener)
    }
}

/// Encrypts the blocks of one package, in order.
pub(crate) struct Sealer(AeadCtxS<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>);

impl Sealer {
    /// Begins a package for this receive key; `None` if the key is no point of the curve, or the
    /// system gives no random bytes.
    pub(crate) fn new(
        receive_key: &[u8; 32],
        chance: &Chance,
    ) -> Option<([u8; ENCAPSULATED], Self)> {
        let key = <X25519HkdfSha256 as Kem>::PublicKey::from_bytes(receive_key).ok()?;
        let mut draw = Draw::fresh(chance)?;
        let (encapsulated, context) =
            setup_sender_with_rng::<_, _, X25519HkdfSha256>(&OpModeS::Base, &key, INFO, &mut draw)
                .ok()?;
        Some((encapsulated.to_bytes().into(), Self(context)))
    }

    /// The next block; `beside` is authenticated with it.
    pub(crate) fn next(&mut self, block: &[u8], beside: &[u8]) -> Option<Vec<u8>> {
        self.0.seal(block, beside).ok()
    }
}

/// Random bytes drawn beforehand, since HPKE takes only a source that cannot fail: more than one
/// encapsulation asks for.
struct Draw {
    bytes: [u8; 256],
    at: usize,
}

impl Draw {
    fn fresh(chance: &Chance) -> Option<Self> {
        Some(Self { bytes: chance.bytes().ok()?, at: 0 })
    }
}

impl TryRng for Draw {
    type Error = std::convert::Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Self::Error> {
        let mut out = [0; 4];
        self.try_fill_bytes(&mut out)?;
        Ok(u32::from_le_bytes(out))
    }

    fn try_next_u64(&mut self) -> Result<u64, Self::Error> {
        let mut out = [0; 8];
        self.try_fill_bytes(&mut out)?;
        Ok(u64::from_le_bytes(out))
    }

    fn try_fill_bytes(&mut self, out: &mut [u8]) -> Result<(), Self::Error> {
        // A slice beyond what was drawn stops the program: never twice the same bytes.
        out.copy_from_slice(&self.bytes[self.at..self.at + out.len()]);
        self.at += out.len();
        Ok(())
    }
}

impl TryCryptoRng for Draw {}

/// Decrypts the blocks of one package, in order.
pub(crate) struct Opener(AeadCtxR<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>);

impl Opener {
    /// The next block, or `None` if it is not the one that was sealed in this place.
    pub(crate) fn next(&mut self, block: &[u8], beside: &[u8]) -> Option<Vec<u8>> {
        self.0.open(block, beside).ok()
    }
}
