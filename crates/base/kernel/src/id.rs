//! Opaque identifiers. Human codes (a commune's, an indicator's) are attributes, never identity.

use std::fmt;
use std::str::FromStr;

/// A random 128-bit identifier (UUIDv7), minted on any post without asking another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id(uuid::Uuid);

impl Id {
    /// A new identifier.
    pub fn mint() -> Self {
        Self(uuid::Uuid::now_v7())
    }

    /// The identifier that every post gives to the same line of the same shipped source, so that
    /// reference content filled in twice is recognised as one. `hash` is the first 16 bytes of a
    /// cryptographic hash of source and line.
    pub fn from_hash(hash: [u8; 16]) -> Self {
        Self(uuid::Builder::from_custom_bytes(hash).into_uuid())
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.hyphenated().fmt(f)
    }
}

impl FromStr for Id {
    type Err = uuid::Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        uuid::Uuid::try_parse(text).map(Self)
    }
}

impl serde::Serialize for Id {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> serde::Deserialize<'de> for Id {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <String as serde::Deserialize>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}
