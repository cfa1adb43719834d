//! The typesetter, made once: fonts read, template parsed, neither files nor network.

use std::sync::OnceLock;

use typst::diag::SourceDiagnostic;
use typst::foundations::{Bytes, Dict};
use typst::text::{Font, FontWeight};
use typst_as_lib::{TypstAsLibError, TypstEngine, TypstTemplateMainFile};
use typst_layout::PagedDocument;

use crate::WriteError;

const TEMPLATE: &str = include_str!("template.typ");
const PAPER: &str = include_str!("paper.typ");

/// The family of the text; the other one lends the letters that it lacks.
pub(crate) const FAMILY: &str = "Libertinus Serif";
const SPARE_FAMILY: &str = "DejaVu Sans Mono";

/// The fonts that documents embed, without those that are there for formulas.
pub(crate) fn fonts() -> &'static [Font] {
    static FONTS: OnceLock<Vec<Font>> = OnceLock::new();
    FONTS.get_or_init(|| {
        typst_assets::fonts()
            .flat_map(|it| Font::iter(Bytes::new(it)))
            .filter(|it| {
                let info = it.info();
                // The bold faces lack ɛ and its like; semibold stands for them everywhere.
                let whole = info.variant.weight != FontWeight::BOLD;
                info.family == SPARE_FAMILY || (info.family == FAMILY && whole)
            })
            .collect()
    })
}

fn engine() -> &'static TypstEngine<TypstTemplateMainFile> {
    static ENGINE: OnceLock<TypstEngine<TypstTemplateMainFile>> = OnceLock::new();
    ENGINE.get_or_init(|| {
        TypstEngine::builder().main_file(TEMPLATE).fonts(fonts().iter().cloned()).build()
    })
}

fn paper_engine() -> &'static TypstEngine<TypstTemplateMainFile> {
    static ENGINE: OnceLock<TypstEngine<TypstTemplateMainFile>> = OnceLock::new();
    ENGINE.get_or_init(|| {
        TypstEngine::builder().main_file(PAPER).fonts(fonts().iter().cloned()).build()
    })
}

/// Reads the fonts now, so that the first document does not wait for them.
pub fn warm_up() {
    engine();
}

/// The pages of the template filled with these values.
pub(crate) fn lay_out(inputs: Dict) -> Result<PagedDocument, WriteError> {
    set(engine(), inputs)
}

/// The pages of the template of forms filled with these values.
pub(crate) fn lay_out_paper(inputs: Dict) -> Result<PagedDocument, WriteError> {
    set(paper_engine(), inputs)
}

fn set(
    engine: &TypstEngine<TypstTemplateMainFile>,
    inputs: Dict,
) -> Result<PagedDocument, WriteError> {
    let compiled = engine.compile_with_input(inputs);
    compiled.output.map_err(|it| match it {
        TypstAsLibError::TypstSource(errors) => WriteError::Layout(tell(&errors)),
        other => WriteError::Layout(other.to_string()),
    })
}

/// What the typesetter said, on one line.
pub(crate) fn tell(errors: &[SourceDiagnostic]) -> String {
    errors.iter().map(|it| it.message.as_str()).collect::<Vec<_>>().join("; ")
}
