//! Who may write what, and whom it concerns.

use db::{DbError, Tx};
use journal::{Audience, Planted, planted};
use kernel::Stop;

use crate::posts::{is_above, within};
use crate::{Card, Posts, Refused, Territory};

/// A chain's audience and place.
pub(crate) type Place<'a> = (Audience, &'a str);
/// The place that means everywhere.
pub(crate) const EVERYWHERE: &str = "*";

/// Whether `reader` may take what `writer` wrote for this place.
///
/// A post writes for places of its own territory. Only what is written for all (lists, the
/// questionnaire) comes from a post above for everywhere.
///
/// # Errors
///
/// The rule broken, or a failure of the store.
pub(crate) fn may_write(
    tx: &mut Tx<'_>,
    posts: &Posts,
    territory: &dyn Territory,
    reader: &Card,
    writer: &str,
    (audience, scope): Place<'_>,
) -> Result<(), Stop<Refused>> {
    let Some(known) = posts.get(writer) else {
        if planted(Planted::StrangerTaken) {
            return Ok(());
        }
        return Err(Refused::UnknownPost { name: writer.to_owned(), id: writer.to_owned() }.into());
    };
    let card = &known.card;
    if planted(Planted::ForeignPlaceTaken) {
        return Ok(());
    }
    if audience == Audience::Local && planted(Planted::LocalSent) {
        return Ok(());
    }
    if audience == Audience::Local {
        return Err(Refused::Private { post: card.name.clone() }.into());
    }
    let own_place = if scope == EVERYWHERE {
        audience == Audience::Nomenclature
            && (card.public_key == reader.public_key || is_above(tx, territory, card, reader)?)
    } else {
        within(tx, territory, &card.territory, scope)?
    };
    if own_place {
        Ok(())
    } else {
        Err(Refused::ForeignPlace { post: card.name.clone(), place: scope.to_owned() }.into())
    }
}

/// Whether what is written for this place is for `reader`: all of its own territory, and what is
/// written for all of a territory in which its own lies. Never another place's data.
///
/// # Errors
///
/// If the store fails.
pub(crate) fn concerns(
    tx: &mut Tx<'_>,
    territory: &dyn Territory,
    reader: &Card,
    (audience, scope): Place<'_>,
) -> Result<bool, DbError> {
    if audience == Audience::Local {
        return Ok(planted(Planted::LocalSent));
    }
    if planted(Planted::NeighbourSent) && scope != EVERYWHERE {
        return Ok(true);
    }
    let for_all = audience == Audience::Nomenclature;
    if scope == EVERYWHERE {
        return Ok(for_all);
    }
    Ok(within(tx, territory, &reader.territory, scope)?
        || (for_all && within(tx, territory, scope, &reader.territory)?))
}
