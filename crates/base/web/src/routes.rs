//! Every address of the product, with who may come in. A handler cannot be reached without its row.

use std::time::Duration;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request};
use axum::handler::Handler;
use axum::http::Method;
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, get, post};
use identity::Action;

use crate::receive::{self, receive};
use crate::{App, PageFailure, Room, Visit};

/// Who may ask for an address. The use case behind it still asks for the place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Anybody.
    Public,
    /// Anybody signed in.
    SignedIn,
    /// A person who has this right somewhere.
    Needs(Action),
}

/// The routes of a slice.
#[derive(Default)]
pub struct Routes {
    router: Router<App>,
    table: Vec<(Method, String, Access)>,
    rooms: Vec<Room>,
}

impl Routes {
    /// No route yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// A page or file to read.
    #[must_use]
    pub fn get<H, T>(self, path: &str, access: Access, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        self.add(Method::GET, path, access, get(handler))
    }

    /// An act.
    #[must_use]
    pub fn post<H, T>(self, path: &str, access: Access, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        self.act(path, access, (receive::FORM_BYTES, receive::FORM_TIME), handler)
    }

    /// An act that brings a file of at most `bytes`.
    #[must_use]
    pub fn upload<H, T>(self, path: &str, access: Access, bytes: usize, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        self.act(path, access, (bytes, receive::FILE_TIME), handler)
    }

    fn act<H, T>(
        self,
        path: &str,
        access: Access,
        (most, within): (usize, Duration),
        handler: H,
    ) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        let received = post(handler)
            .layer(DefaultBodyLimit::max(most))
            .layer(from_fn(move |request, next| receive(most, within, request, next)));
        self.add(Method::POST, path, access, received)
    }

    fn add(
        mut self,
        method: Method,
        path: &str,
        access: Access,
        handler: MethodRouter<App>,
    ) -> Self {
        let guarded = match access {
            Access::Public => handler,
            _ => handler
                .layer(from_fn(move |request: Request, next: Next| admit(access, request, next))),
        };
        self.router = self.router.route(path, guarded);
        self.table.push((method, path.to_owned(), access));
        self
    }

    /// These routes and those.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        self.router = self.router.merge(other.router);
        self.table.extend(other.table);
        self.rooms.extend(other.rooms);
        self
    }

    /// These routes, with the rooms that lead to them, in the order in which people see them.
    #[must_use]
    pub fn with_rooms(mut self, rooms: &[Room]) -> Self {
        self.rooms.extend(rooms);
        self
    }

    /// The rooms.
    pub fn rooms(&self) -> &[Room] {
        &self.rooms
    }

    /// The table: method, address, who may come in.
    pub fn table(&self) -> &[(Method, String, Access)] {
        &self.table
    }

    pub(crate) fn into_router(self) -> Router<App> {
        self.router
    }
}

async fn admit(access: Access, request: Request, next: Next) -> Response {
    let Some(visit) = request.extensions().get::<Visit>() else {
        return PageFailure::SignIn.into_response();
    };
    if !visit.actor.is_signed_in() {
        return PageFailure::SignIn.into_response();
    }
    if let Access::Needs(action) = access {
        // The widest question: does any office of this person carry the right at all?
        let somewhere = visit.actor.offices.iter().any(|it| {
            identity::allow(&visit.actor, action, &identity::Object::at([it.place.as_str()]))
        });
        if !somewhere {
            return PageFailure::Denied.into_response();
        }
    }
    next.run(request).await
}
