//! The pages on people at a post: sign-in, lock, switch, first-run set-up, persons and offices.

mod account;
mod persons;
mod setup;
mod sign_in;

use crate::Routes;

pub(crate) fn routes() -> Routes {
    sign_in::routes().and(setup::routes()).and(persons::routes()).and(account::routes())
}

/// An address of this site to go on to, or `/`: never another site.
fn onward(wanted: &str) -> &str {
    let inside = wanted.starts_with('/') && !wanted.starts_with("//") && !wanted.contains('\\');
    if inside { wanted } else { "/" }
}

#[cfg(test)]
mod tests {
    #[test]
    fn one_is_never_sent_to_another_site() {
        for (wanted, expected) in [
            ("/registre?q=Kati", "/registre?q=Kati"),
            ("", "/"),
            ("https://ailleurs", "/"),
            ("//ailleurs", "/"),
            ("/\\ailleurs", "/"),
        ] {
            assert_eq!(super::onward(wanted), expected, "{wanted}");
        }
    }
}
