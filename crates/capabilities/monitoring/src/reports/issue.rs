//! The register of issued documents. Issuing a document writes down what it was (kind, place,
//! quarter, version, hash of each file) and keeps its files at this post, so that it comes out
//! again byte for byte years later, whatever changed since: values, map, questionnaire, program.

mod base64;
mod payload;
mod record;
mod store;

pub use payload::{
    DOCUMENT_HANDED, DOCUMENT_ISSUED, DOCUMENT_KEPT, Handed, Issued, IssuedFile, KeptFile,
};
pub(crate) use record::OF_THE_REGISTER;
pub use record::{
    About, IssueRefused, LONGEST, Made, MadeFile, hand, hand_about, issue, issue_about,
};
pub(crate) use store::apply;
pub use store::{Handing, Issue, found, handings, issues, issues_about, kept_file, latest_issue};
