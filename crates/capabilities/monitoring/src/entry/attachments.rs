//! Pieces of a form: the scan of a register, the photograph of a page. Checked by their content,
//! kept under their hash in the journal of this post, and never part of a package: a telephone's
//! photograph is larger than the figures of a whole cercle.

mod kind;
mod page;
mod store;

pub use kind::{LARGEST, MOST, PieceKind};
pub(crate) use page::routes;
pub use store::{
    ATTACHMENT_ADDED, ATTACHMENT_WITHDRAWN, AttachmentAdded, AttachmentWithdrawn, Piece, Refused,
    attach, content, pieces, withdraw,
};
pub(crate) use store::{TABLE, apply};
