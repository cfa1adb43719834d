//! Taking in the values of another source, whole, and keeping how it was read.

use super::store::{MAPPING_SAVED, MappingSaved, SOURCE_LOADED, SourceLoaded, sources};
use super::{Mapping, Refused, Taken};
use identity::{Action, Ctx, Fact};
use journal::Audience;
use kernel::{Failure, Id, Stop};
use std::collections::BTreeMap;

/// What is taken in.
#[derive(Clone, Debug)]
pub struct Loading<'a> {
    /// The name of the source.
    pub name: &'a str,
    /// The place for which it is imported.
    pub place: &'a str,
    /// The name of the file.
    pub file: &'a str,
    /// BLAKE3 of its bytes, in hexadecimal.
    pub hash: &'a str,
    /// How it was read.
    pub mapping: &'a Mapping,
    /// The places that a person confirmed or left out.
    pub places: &'a BTreeMap<String, String>,
}

/// Takes in a source: two entries, one transaction. Gives its identifier.
///
/// # Errors
///
/// [`Refused::Faults`] if one cell of it cannot be used, [`Refused::Nothing`],
/// [`Refused::LoadedBefore`]; the lack of the right to cross-check there.
pub fn load(
    ctx: &mut Ctx<'_, '_>,
    it: &Loading<'_>,
    taken: Taken,
) -> Result<String, Stop<Refused>> {
    let ground = crate::store::ground(ctx.tx, it.place, ctx.today())?.ok_or(Failure::NotFound)?;
    ctx.authorize(Action::CrossCheck, &ground.object(it.place))?;
    if taken.faulty != 0 {
        return Err(Stop::Refused(Refused::Faults(taken.faulty)));
    }
    if taken.values.is_empty() {
        return Err(Stop::Refused(Refused::Nothing));
    }
    let same = |other: &super::Source| {
        other.hash == it.hash && other.place == it.place && other.mapping == *it.mapping
    };
    if sources(ctx.tx)?.iter().any(same) {
        return Err(Stop::Refused(Refused::LoadedBefore));
    }
    let id = Id::mint().to_string();
    let name = it.name.trim().to_owned();
    let payload = SourceLoaded {
        name: name.clone(),
        place: it.place.to_owned(),
        file: it.file.to_owned(),
        hash: it.hash.to_owned(),
        day: ctx.today(),
        mapping: it.mapping.clone(),
        values: taken.values,
    };
    ctx.record(Fact {
        kind: SOURCE_LOADED,
        subject: &id,
        audience: Audience::Territory,
        scope: it.place,
        reason: "",
        payload: &payload,
    })?;
    let saved = MappingSaved { name, mapping: it.mapping.clone(), places: it.places.clone() };
    ctx.record(Fact {
        kind: MAPPING_SAVED,
        subject: &id,
        audience: Audience::Local,
        scope: it.place,
        reason: "",
        payload: &saved,
    })?;
    Ok(id)
}
