//! A flood of observations must not keep the others out, nor bury the person in charge.

use std::collections::VecDeque;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use db::{DbError, Tx};

/// Sendings from one address within an hour: a village may share one telephone.
const FROM_ONE: usize = 12;
/// An hour, in milliseconds.
const HOUR: i64 = 3_600_000;
/// Sendings at this post within an hour, from whatever address.
const IN_AN_HOUR: i64 = 200;
/// Observations of one commune that wait for a decision at once.
const WAITING: i64 = 60;
/// Addresses remembered.
const REMEMBERED: usize = 5000;

/// Who sent lately: address and instant. In memory alone; an address is never written down.
static LATELY: Mutex<VecDeque<(IpAddr, i64)>> = Mutex::new(VecDeque::new());

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
    let since = (now_millis - HOUR).into();
    let lately = first(tx.query(include_str!("../sql/sent_since.sql"), &[since])?)?;
    Ok(waiting < WAITING && lately < IN_AN_HOUR)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_address_is_slowed_down_and_the_others_are_not() {
        let mut lately = VecDeque::new();
        let (one, other): (IpAddr, IpAddr) =
            ("192.168.1.7".parse().unwrap(), "192.168.1.8".parse().unwrap());
        for at in 0..12 {
            assert!(takes(&mut lately, one, at), "{at}");
        }
        assert!(!takes(&mut lately, one, 13));
        assert!(takes(&mut lately, other, 13));
        assert!(takes(&mut lately, one, HOUR + 14));
    }
}
