//! The pages on people at a post: sign-in, lock, switch, first-run set-up, persons and offices.

mod account;
mod persons;
mod setup;
mod sign_in;

use crate::Routes;

pub(crate) fn routes() -> Routes {
    sign_in::routes().and(setup::routes()).and(persons::routes()).and(account::routes())
}

/// An address of this site to go on to, or `/`: never another site. Browsers drop tabs and line
/// ends from addresses and read `\` as `/`, hence only visible signs of ASCII.
fn onward(wanted: &str) -> &str {
    let visible = wanted.bytes().all(|it| it.is_ascii_graphic() && it != b'\\');
    if visible && wanted.starts_with('/') && !wanted.starts_with("//") { wanted } else { "/" }
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
            ("/\t/ailleurs", "/"),
            ("/\n/ailleurs", "/"),
            ("/\r\nset-cookie: a=b", "/"),
            ("/registre?q=S%C3%A9gou&page=2", "/registre?q=S%C3%A9gou&page=2"),
            ("/registre?q=Ségou", "/"),
        ] {
            assert_eq!(super::onward(wanted), expected, "{wanted}");
        }
    }
}
