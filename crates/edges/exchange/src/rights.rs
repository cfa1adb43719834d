//! Who may write what, and whom it concerns.

use journal::Audience;

use crate::posts::within;
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
/// The rule broken.
pub(crate) fn may_write(
    posts: &Posts,
    territory: &dyn Territory,
    reader: &Card,
    writer: &str,
    (audience, scope): Place<'_>,
) -> Result<(), Refused> {
    let Some(known) = posts.get(writer) else {
        return Err(Refused::UnknownPost { name: writer.to_owned(), id: writer.to_owned() });
    };
    let card = &known.card;
    if audience == Audience::Local {
        return Err(Refused::Private { post: card.name.clone() });
    }
    let own_place = if scope == EVERYWHERE {
        audience == Audience::Nomenclature
            && (card.public_key == reader.public_key
                || crate::posts::is_above(territory, card, reader))
    } else {
        within(territory, &card.territory, scope)
    };
    if own_place {
        Ok(())
    } else {
        Err(Refused::ForeignPlace { post: card.name.clone(), place: scope.to_owned() })
    }
}

/// Whether what is written for this place is for `reader`: all of its own territory, and what is
/// written for all of a territory in which its own lies. Never another place's data.
pub(crate) fn concerns(
    territory: &dyn Territory,
    reader: &Card,
    (audience, scope): Place<'_>,
) -> bool {
    match audience {
        Audience::Local => false,
        Audience::Nomenclature => {
            scope == EVERYWHERE
                || within(territory, &reader.territory, scope)
                || within(territory, scope, &reader.territory)
        }
        Audience::Territory | Audience::Personal => {
            scope != EVERYWHERE && within(territory, &reader.territory, scope)
        }
    }
}
