//! The parameters, each with the time for which it holds.

use super::faults::Faults;
use super::{Laid, both, said};
use crate::questionnaire::content::{ContentProblem, Line};
use crate::questionnaire::element::{Dated, Parameter};
use crate::questionnaire::{ContentError, Questionnaire, Validity};

impl Questionnaire {
    pub(super) fn read_parameters(&mut self, rows: &[Laid<'_>], faults: &mut Faults) {
        for it in rows {
            let done = self.read_parameter(it.line);
            faults.keep(&it.line, done);
        }
    }

    fn read_parameter(&mut self, line: Line<'_>) -> Result<(), ContentError> {
        let code = line.filled("code")?;
        let empty = || line.stop("valeur", ContentProblem::Empty);
        let value = line.number("valeur")?.ok_or_else(empty)?;
        let written = line.text("periode_validite");
        let not_a_time =
            || line.stop("periode_validite", ContentProblem::NotATime(written.to_owned()));
        let validity = Validity::read(written).ok_or_else(not_a_time)?;
        line.filled("libelle_fr")?;
        let label = both(line, "libelle_fr", "libelle_en");
        let dated = Dated { value, validity, said: said(line, "periode_validite") };
        let parameter = self.parameters.entry(code.to_owned()).or_insert_with(|| Parameter {
            code: code.to_owned(),
            label,
            value,
            unit: said(line, "unite"),
            origin: said(line, "origine"),
            status: line.text("statut").to_owned(),
            validity: said(line, "periode_validite"),
            dated: Vec::new(),
        });
        if parameter.dated.iter().any(|it| it.validity.begins() == validity.begins()) {
            return Err(line.stop("code", ContentProblem::Twice(code.to_owned())));
        }
        if parameter.unit != said(line, "unite") {
            return Err(line.stop("unite", ContentProblem::OtherMeaning(code.to_owned())));
        }
        parameter.dated.push(dated);
        parameter.hold_on(None);
        Ok(())
    }
}
