//! Which places are a reader's own, where what is not published may be seen.

use super::answer::Time;
use super::land::Land;
use ::cube::Span;
use identity::{Action, Actor, Object, allow};

/// Of which places a reader may see what is not published, under the maps of a period. Under another
/// map than that of the period, that is asked of everything that is counted in a place.
pub(super) enum Theirs<'a> {
    All,
    Nothing,
    /// Those whose path the rights allow.
    By(&'a Actor),
    /// Those that lie wholly in these sets of units.
    Within(Vec<&'a Span>),
}

impl<'a> Theirs<'a> {
    pub(super) fn of(actor: &'a Actor, time: &Time<'a>) -> Self {
        if actor.is_program() {
            return Self::All;
        }
        if !actor.is_signed_in() {
            return Self::Nothing;
        }
        if time.restated.is_none() {
            return Self::By(actor);
        }
        let places = actor.offices.iter().filter_map(|it| time.counted.place(&it.place));
        let theirs = places.filter(|it| may(actor, time.counted, *it));
        Self::Within(theirs.map(|it| &time.counted.spans[it]).collect())
    }

    pub(super) fn hold(&self, time: &Time<'_>, place: usize) -> bool {
        match self {
            Self::All => true,
            Self::Nothing => false,
            Self::By(actor) => may(actor, time.shown, place),
            Self::Within(theirs) => {
                let span = time.span(place);
                let theirs_is = |unit: u32| theirs.iter().any(|it| it.has(unit));
                (theirs.iter().any(|it| it.holds(span)) || span.units().all(theirs_is))
                    && time.portions(place).iter().all(|it| theirs_is(it.unit))
            }
        }
    }
}

fn may(actor: &Actor, land: &Land, place: usize) -> bool {
    allow(actor, Action::ReadUnpublished, &Object::at(land.path(place)))
}
