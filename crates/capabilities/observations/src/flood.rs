//! A flood of observations must not keep the others out, nor bury the person in charge.

use std::collections::VecDeque;
use std::net::{IpAddr, Ipv6Addr, SocketAddr};
use std::sync::{Mutex, PoisonError};

use db::{DbError, Tx};

/// Sendings from one address within an hour: a village may share one telephone.
const FROM_ONE: usize = 12;
/// An hour, in milliseconds.
const HOUR: i64 = 3_600_000;
/// Sendings at this post within an hour, from whatever address.
const IN_AN_HOUR: i64 = 200;
/// Of these, for one commune: the flood of one does not close the post to the others.
const SHARE: i64 = 40;
/// Sendings within an hour that each commune has in any case, even if the post is full.
const KEPT_FREE: i64 = 5;
/// Observations of one commune that wait for a decision at once.
const WAITING: i64 = 60;
/// Addresses remembered.
const REMEMBERED: usize = 5000;

/// Who sent lately: address and instant. In memory alone; an address is never written down.
static LATELY: Mutex<VecDeque<(IpAddr, i64)>> = Mutex::new(VecDeque::new());

/// The address that counts as the sender's: that of the other end or, if a program on this machine
/// stands before us, the last one of `X-Forwarded-For`, which that program wrote itself. `None` for
/// the person at this machine.
///
/// Of an IPv6 address the first half counts: the other half is chosen by the sender.
pub(crate) fn sender(peer: Option<IpAddr>, forwarded: Option<&str>) -> Option<IpAddr> {
    let peer = peer?.to_canonical();
    let address = if peer.is_loopback() {
        let last = forwarded?.rsplit(',').next()?.trim();
        let with_port = || last.parse::<SocketAddr>().map(|it| it.ip());
        last.parse::<IpAddr>().or_else(|_| with_port()).ok()?.to_canonical()
    } else {
        peer
    };
    let address = match address {
        IpAddr::V6(it) if !it.is_loopback() => {
            let [a, b, c, d, ..] = it.segments();
            IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
        }
        it => it,
    };
    Some(address).filter(|it| !it.is_loopback())
}

/// Whether one more sending from this address is taken now; counts it.
pub(crate) fn takes_from(address: Option<IpAddr>, now_millis: i64) -> bool {
    let Some(address) = address else { return true };
    let mut lately = LATELY.lock().unwrap_or_else(PoisonError::into_inner);
    takes(&mut lately, address, now_millis)
}

fn takes(lately: &mut VecDeque<(IpAddr, i64)>, address: IpAddr, now_millis: i64) -> bool {
    while lately.front().is_some_and(|it| it.1 + HOUR < now_millis) || REMEMBERED < lately.len() {
        lately.pop_front();
    }
    if FROM_ONE <= lately.iter().filter(|it| it.0 == address).count() {
        return false;
    }
    lately.push_back((address, now_millis));
    true
}

/// Whether the post takes one more for this commune now.
pub(crate) fn takes_for(tx: &mut Tx<'_>, commune: &str, now_millis: i64) -> Result<bool, DbError> {
    let first = |rows: Vec<db::Row>| rows.first().map_or(Ok(0), |it| it.int("n"));
    let waiting = first(tx.query(include_str!("../sql/waiting_in.sql"), &[commune.into()])?)?;
    let since = now_millis - HOUR;
    let here = [commune.into(), since.into()];
    let here = first(tx.query(include_str!("../sql/sent_since_in.sql"), &here)?)?;
    let lately = first(tx.query(include_str!("../sql/sent_since.sql"), &[since.into()])?)?;
    Ok(has_room(waiting, here, lately))
}

/// Of one commune: so many wait, so many came within the hour; so many came for all.
fn has_room(waiting: i64, here: i64, lately: i64) -> bool {
    waiting < WAITING && here < SHARE && (here < KEPT_FREE || lately < IN_AN_HOUR)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ip(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[test]
    fn one_address_is_slowed_down_and_the_others_are_not() {
        let mut lately = VecDeque::new();
        let (one, other) = (ip("192.168.1.7"), ip("192.168.1.8"));
        for at in 0..12 {
            assert!(takes(&mut lately, one, at), "{at}");
        }
        assert!(!takes(&mut lately, one, 13));
        assert!(takes(&mut lately, other, 13));
        assert!(takes(&mut lately, one, HOUR + 14));
    }

    #[test]
    fn an_address_is_that_of_the_sender_and_not_of_the_proxy() {
        for (peer, forwarded, expected) in [
            ("203.0.113.7", "", Some("203.0.113.7")),
            // Somebody far away may write what they like into the header.
            ("203.0.113.7", "198.51.100.1", Some("203.0.113.7")),
            ("127.0.0.1", "", None),
            ("::1", "::1", None),
            ("127.0.0.1", "nobody", None),
            // Behind a proxy the last address is the one that the proxy saw itself.
            ("127.0.0.1", "198.51.100.1, 203.0.113.7", Some("203.0.113.7")),
            ("127.0.0.1", "203.0.113.7:4711", Some("203.0.113.7")),
            ("::ffff:127.0.0.1", "[2001:db8:1:2:3:4:5:6]:80", Some("2001:db8:1:2::")),
            // One line of the Internet has 2^64 addresses: it counts as one.
            ("2001:db8:1:2:aaaa::1", "", Some("2001:db8:1:2::")),
            ("::ffff:203.0.113.7", "", Some("203.0.113.7")),
        ] {
            let seen = sender(Some(ip(peer)), Some(forwarded).filter(|it| !it.is_empty()));
            assert_eq!(seen, expected.map(ip), "{peer} {forwarded}");
        }
    }

    #[test]
    fn the_flood_of_one_commune_closes_no_other() {
        for (waiting, here, lately, expected) in [
            (0, 0, 0, true),
            (WAITING, 0, 0, false),
            // One commune takes its share and no more.
            (0, SHARE, SHARE, false),
            (0, 0, SHARE, true),
            // Many communes together fill the post: what is kept free for each stays free.
            (0, KEPT_FREE, IN_AN_HOUR, false),
            (0, KEPT_FREE - 1, IN_AN_HOUR, true),
        ] {
            assert_eq!(has_room(waiting, here, lately), expected, "{waiting} {here} {lately}");
        }
    }
}
