//! The rooms of a part of the product: the line of links under the main menu.
//!
//! A room is declared beside the routes to which it leads, so that a part of the product that is
//! not there has no link either.

use identity::{Actor, Object, allow};
use kernel::Language;

use crate::chrome::MenuItem;
use crate::{Access, Catalogue};

/// A link of the line under the main menu. It shows on every page under the same entry of the menu.
#[derive(Clone, Copy, Debug)]
pub struct Room {
    /// Its address: `/suivi/explorer`.
    pub href: &'static str,
    /// The key of its words.
    pub key: &'static str,
    /// Who sees the link. A right held at one place is enough: the pages ask again.
    pub access: Access,
    /// Other beginnings of addresses that lie in this room: `/suivi/saisie`.
    pub also: &'static [&'static str],
}

impl Room {
    fn is_for(&self, actor: &Actor) -> bool {
        match self.access {
            Access::Public => true,
            Access::SignedIn => actor.is_signed_in(),
            Access::Needs(action) => actor
                .offices
                .iter()
                .any(|it| allow(actor, action, &Object::at([it.place.as_str()]))),
        }
    }

    /// How much of an address this room names; `None` if the address lies elsewhere.
    fn reach(&self, path: &str) -> Option<usize> {
        let begins = |it: &&str| {
            path.strip_prefix(*it)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '.']))
        };
        std::iter::once(&self.href)
            .chain(self.also)
            .copied()
            .filter(begins)
            .map(|it| it.len())
            .max()
    }
}

/// The rooms beside a page, as this person sees them: none on pages of other parts.
pub(crate) fn beside(
    rooms: &[Room],
    menu: &[(&str, &str)],
    path: &str,
    actor: &Actor,
    language: Language,
    catalogue: &Catalogue,
) -> Vec<MenuItem> {
    let under = |entry: &str, path: &str| {
        path.strip_prefix(entry).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    let Some((entry, _)) = menu.iter().find(|it| under(it.0, path)) else { return Vec::new() };
    let here = rooms.iter().filter(|it| under(entry, it.href) && it.is_for(actor));
    let here: Vec<&Room> = here.collect();
    let nearest = here.iter().filter_map(|it| it.reach(path)).max();
    let current = |it: &Room| nearest.is_some() && it.reach(path) == nearest;
    here.iter()
        .map(|it| MenuItem {
            href: it.href.to_owned(),
            label: catalogue.say(language, it.key, &[]),
            current: current(it),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROOMS: [Room; 3] = [
        Room { href: "/suivi", key: "a", access: Access::Public, also: &["/suivi/saisie"] },
        Room { href: "/suivi/explorer", key: "b", access: Access::Public, also: &[] },
        Room { href: "/suivi/alertes", key: "c", access: Access::SignedIn, also: &[] },
    ];

    #[test]
    fn the_nearest_room_is_the_current_one() {
        let catalogue = Catalogue::new(&[("a = A\nb = B\nc = C\n", "a = A\nb = B\nc = C\n")]);
        let catalogue = catalogue.unwrap();
        let menu = [("/registre", "x"), ("/suivi", "y")];
        let told = |path: &str| -> String {
            let actor = Actor::anonymous();
            beside(&ROOMS, &menu, path, &actor, Language::French, &catalogue)
                .iter()
                .map(|it| if it.current { format!("[{}]", it.label) } else { it.label.clone() })
                .collect()
        };
        for (path, expected) in [
            ("/suivi", "[A]B"),
            ("/suivi/saisie/ML0205/2024T4", "[A]B"),
            ("/suivi/explorer", "A[B]"),
            ("/suivi/explorer/notes", "A[B]"),
            ("/suivi/explorer.csv", "A[B]"),
            ("/suivi/explorers", "[A]B"),
            ("/registre", ""),
            ("/suivis", ""),
        ] {
            assert_eq!(told(path), expected, "{path}");
        }
    }
}
