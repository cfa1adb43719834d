//! What a page says when it cannot be shown. Three readers: the person who can correct, the person
//! who should ask another, the operator.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use kernel::{Failure, Message};

/// A failure on its way to a page. The page itself is written further out, where the visitor's
/// language is known.
#[derive(Clone, Debug)]
pub enum PageFailure {
    /// 404: nothing is there, or the visitor may not know that there is.
    NotFound,
    /// 403: another person could do it.
    Denied,
    /// 303 to the sign-in page (401 for programs): nobody is signed in, or the session is locked.
    SignIn,
    /// 422: a rule that the person can correct, where there is no form to show again.
    Refused(Message),
    /// 400: the request itself is not readable.
    Unreadable,
    /// 413: the body is longer than so many bytes.
    TooLarge(usize),
    /// 408: the body did not come in time.
    TooSlow,
    /// 421: the address names another machine.
    Elsewhere,
    /// 500: the operator must look; the number is in the log.
    Broken(String),
}

impl From<Failure> for PageFailure {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::NotFound => Self::NotFound,
            Failure::Denied(_) => Self::Denied,
            Failure::Broken(error) => {
                let number = kernel::Id::mint().to_string()[24..].to_owned();
                // The chain of causes, for the operator; no value that a person typed is in it.
                let mut chain = error.to_string();
                let mut cause = error.source();
                while let Some(it) = cause {
                    chain.push_str(&format!(": {it}"));
                    cause = it.source();
                }
                eprintln!("operation {number}: {chain}");
                Self::Broken(number)
            }
        }
    }
}

impl PageFailure {
    /// The same failure in the catalogue's words.
    pub(crate) fn message(&self) -> Message {
        Message::new(match self {
            Self::NotFound => "error-not-found-text",
            Self::Denied => "error-denied-text",
            Self::SignIn => "error-sign-in-text",
            Self::Refused(message) => return message.clone(),
            Self::Unreadable => "error-unreadable-text",
            Self::TooLarge(most) => {
                // Rounded down: what is said to fit, fits.
                let tenths = most * 10 / (1024 * 1024);
                let (whole, tenth) = (tenths / 10, tenths % 10);
                return Message::new("error-too-large").with("whole", whole).with("tenth", tenth);
            }
            Self::TooSlow => "error-too-slow",
            Self::Elsewhere => "error-elsewhere",
            Self::Broken(_) => "error-broken-text",
        })
    }
}

impl From<db::DbError> for PageFailure {
    fn from(error: db::DbError) -> Self {
        Failure::from(error).into()
    }
}

impl From<journal::JournalError> for PageFailure {
    fn from(error: journal::JournalError) -> Self {
        Failure::from(error).into()
    }
}

impl PageFailure {
    pub(crate) fn status(&self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Denied => StatusCode::FORBIDDEN,
            Self::SignIn => StatusCode::UNAUTHORIZED,
            Self::Refused(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Unreadable => StatusCode::BAD_REQUEST,
            Self::TooLarge(_) => StatusCode::PAYLOAD_TOO_LARGE,
            Self::TooSlow => StatusCode::REQUEST_TIMEOUT,
            Self::Elsewhere => StatusCode::MISDIRECTED_REQUEST,
            Self::Broken(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

impl IntoResponse for PageFailure {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}
