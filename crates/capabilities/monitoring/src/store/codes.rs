//! Values as they are stored.

use crate::questionnaire::{Element, Kind};
use crate::values::{UNKNOWN, Value};
use kernel::Decimal;

/// A value as the journal writes it, read back without the checks of the door that it went
/// through. `None` if it is not one, which only another program can have written.
pub fn stored_value(element: &Element, text: &str) -> Option<Value> {
    if text == UNKNOWN {
        return Some(Value::Unknown);
    }
    match element.kind {
        Kind::Choice(_) => Some(Value::Choice(text.to_owned())),
        _ => text.parse::<Decimal>().ok().map(Value::Number),
    }
}
