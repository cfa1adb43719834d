//! The tables of this slice as a fold of its entries.

use super::payload::{
    ALERT_ANSWERED, AlertAnswered, Answer, CELL_ENTERED, CellEntered, DRAFT_TAKEN_OVER,
    DraftTakenOver, QUARTER_CLOSED, QUARTER_PUBLISHED, QUARTER_VALIDATED, QuarterPassed,
    RETURN_FILED, RETURN_SENT_BACK, ReturnFiled, ReturnSentBack, SEND_BACK_WITHDRAWN,
    SendBackWithdrawn, VALUES_CORRECTED, VALUES_IMPORTED, ValuesCorrected, ValuesImported,
};
use super::states::Stage;
use crate::circuit::fold as circuit;
use crate::entry::attachments::{self, ATTACHMENT_ADDED, ATTACHMENT_WITHDRAWN};
use crate::explorer::kept::fold as kept;
use crate::explorer::{QUERY_KEPT, QUERY_RETIRED};
use crate::national::{self, RESULTS_PUBLISHED};
use crate::questionnaire;
use crate::questionnaire::records::{
    EDITION_CHANGED, EDITION_CHOSEN, EDITION_DROPPED, EDITION_ISSUED, EDITION_STARTED,
    QUESTIONNAIRE_ADOPTED,
};
use crate::reports::{
    DOCUMENT_HANDED, DOCUMENT_ISSUED, DOCUMENT_KEPT, HIGHLIGHTS_WRITTEN, RECOMMENDATION_FOLLOWED,
    RECOMMENDATION_MADE, fold,
};
use crate::support::{self, SUPPORT_ASKED, SUPPORT_ASSIGNED, SUPPORT_CLOSED};
use db::{DbError, Tx, Value};
use journal::{Entry, Fold, FoldError};
use kernel::Date;

pub(super) struct Monitoring;

impl Fold for Monitoring {
    fn name(&self) -> &'static str {
        "monitoring"
    }

    fn schema(&self) -> &'static str {
        concat!(
            include_str!("../sql/schema.sql"),
            include_str!("../reports/sql/schema.sql"),
            include_str!("../circuit/sql/schema.sql"),
            include_str!("../entry/attachments/sql/schema.sql"),
            include_str!("../questionnaire/sql/schema.sql"),
            include_str!("../reports/issue/sql/schema.sql"),
            include_str!("../explorer/kept/sql/schema.sql"),
            include_str!("../national/sql/schema.sql"),
            include_str!("../support/sql/schema.sql"),
        )
    }

    fn tables(&self) -> &'static [&'static str] {
        &[
            "draft_value",
            "filed_return",
            "filed_correction",
            "alert_answer",
            "sent_back",
            "quarter_state",
            "reopening",
            "reopening_answer",
            "question",
            "question_message",
            "second_draw",
            "second_entry",
            "second_decision",
            "circuit_plan",
            attachments::TABLE,
            "questionnaire_edition",
            "questionnaire_choice",
            "questionnaire_whole",
            "questionnaire_state",
            "edition_draft",
            "edition_draft_change",
            "report_text",
            "recommendation",
            "recommendation_step",
            "issued_document",
            "issued_file",
            "document_handed",
            kept::TABLE,
            "published_result",
            support::fold::TABLES[0],
            support::fold::TABLES[1],
        ]
    }

    fn kinds(&self) -> &'static [&'static str] {
        &[
            CELL_ENTERED,
            DRAFT_TAKEN_OVER,
            VALUES_IMPORTED,
            ALERT_ANSWERED,
            RETURN_SENT_BACK,
            SEND_BACK_WITHDRAWN,
            RETURN_FILED,
            VALUES_CORRECTED,
            QUARTER_CLOSED,
            QUARTER_VALIDATED,
            QUARTER_PUBLISHED,
            HIGHLIGHTS_WRITTEN,
            QUERY_KEPT,
            QUERY_RETIRED,
            ATTACHMENT_ADDED,
            ATTACHMENT_WITHDRAWN,
            circuit::REOPENING_ASKED,
            circuit::REOPENING_ANSWERED,
            circuit::QUESTION_ASKED,
            circuit::QUESTION_CONTINUED,
            circuit::SECOND_DRAWN,
            circuit::SECOND_KEYED,
            circuit::SECOND_DECIDED,
            circuit::CIRCUIT_SET,
            SUPPORT_ASKED,
            SUPPORT_ASSIGNED,
            SUPPORT_CLOSED,
            EDITION_STARTED,
            EDITION_CHANGED,
            EDITION_DROPPED,
            EDITION_ISSUED,
            EDITION_CHOSEN,
            QUESTIONNAIRE_ADOPTED,
            RECOMMENDATION_MADE,
            RECOMMENDATION_FOLLOWED,
            DOCUMENT_ISSUED,
            DOCUMENT_KEPT,
            DOCUMENT_HANDED,
            RESULTS_PUBLISHED,
        ]
    }

    fn apply(&self, tx: &mut Tx<'_>, entry: &Entry) -> Result<(), FoldError> {
        match entry.kind.as_str() {
            kind if questionnaire::KINDS.contains(&kind) => questionnaire::apply(tx, entry)?,
            CELL_ENTERED => enter(tx, entry, &entry.read()?)?,
            DRAFT_TAKEN_OVER => take_over(tx, entry, entry.read()?)?,
            VALUES_IMPORTED => import(tx, entry, entry.read()?)?,
            ALERT_ANSWERED => {
                let it: AlertAnswered = entry.read()?;
                answer(tx, (&it.unit, &it.quarter, &it.rule), &it.answer)?;
            }
            RETURN_SENT_BACK => send_back(tx, &entry.read()?)?,
            SEND_BACK_WITHDRAWN => {
                let it: SendBackWithdrawn = entry.read()?;
                let sql = include_str!("../sql/forget_sent_back.sql");
                tx.execute(sql, &[it.unit.into(), it.quarter.into(), it.rule.into()])?;
            }
            QUERY_KEPT | QUERY_RETIRED => kept::apply(tx, entry)?,
            ATTACHMENT_ADDED | ATTACHMENT_WITHDRAWN => attachments::apply(tx, entry)?,
            RETURN_FILED => file(tx, entry, &entry.read()?)?,
            VALUES_CORRECTED => correct(tx, entry, &entry.read()?)?,
            QUARTER_CLOSED => pass_on(tx, entry, Stage::Closed)?,
            QUARTER_VALIDATED => pass_on(tx, entry, Stage::Validated)?,
            HIGHLIGHTS_WRITTEN
            | RECOMMENDATION_MADE
            | RECOMMENDATION_FOLLOWED
            | DOCUMENT_ISSUED
            | DOCUMENT_KEPT
            | DOCUMENT_HANDED => fold::apply(tx, entry)?,
            RESULTS_PUBLISHED => national::apply(tx, entry)?,
            SUPPORT_ASKED | SUPPORT_ASSIGNED | SUPPORT_CLOSED => support::fold::apply(tx, entry)?,
            QUARTER_PUBLISHED => pass_on(tx, entry, Stage::Published)?,
            _ => circuit::apply(tx, entry)?,
        }
        Ok(())
    }
}

fn enter(tx: &mut Tx<'_>, entry: &Entry, it: &CellEntered) -> Result<(), DbError> {
    tx.execute(
        include_str!("../sql/draft.sql"),
        &[
            (&it.unit).into(),
            (&it.period).into(),
            (&it.cell).into(),
            it.value.as_ref().into(),
            it.comment.as_ref().into(),
            it.source.as_ref().into(),
            (&entry.person).into(),
            entry.at_millis.into(),
            (&entry.post_id).into(),
        ],
    )?;
    Ok(())
}

fn take_over(tx: &mut Tx<'_>, entry: &Entry, it: DraftTakenOver) -> Result<(), DbError> {
    for (period, cell) in it.cells {
        tx.execute(
            include_str!("../sql/take_over.sql"),
            &[(&it.unit).into(), period.into(), cell.into(), (&entry.person).into()],
        )?;
    }
    Ok(())
}

fn import(tx: &mut Tx<'_>, entry: &Entry, it: ValuesImported) -> Result<(), DbError> {
    let rows: Vec<Vec<Value>> = it
        .cells
        .into_iter()
        .map(|it| {
            vec![
                it.unit.into(),
                it.period.into(),
                it.cell.into(),
                it.value.into(),
                Value::Null,
                (&entry.person).into(),
                entry.at_millis.into(),
                (&entry.post_id).into(),
            ]
        })
        .collect();
    // A file brings no comments: those that are there stay.
    tx.insert(
        "draft_value",
        &["unit", "period", "cell", "value", "comment", "person", "at_millis", "post_id"],
        "on conflict (unit, period, cell) do update set value = excluded.value, \
         person = excluded.person, at_millis = excluded.at_millis, post_id = excluded.post_id",
        &rows,
    )?;
    Ok(())
}

fn answer(
    tx: &mut Tx<'_>,
    (unit, quarter, rule): (&str, &str, &str),
    it: &Answer,
) -> Result<(), DbError> {
    tx.execute(
        include_str!("../sql/answer.sql"),
        &[
            unit.into(),
            quarter.into(),
            rule.into(),
            (&it.reason).into(),
            (&it.left).into(),
            (&it.right).into(),
            (&it.office).into(),
            it.day.to_string().into(),
        ],
    )?;
    Ok(())
}

fn send_back(tx: &mut Tx<'_>, it: &ReturnSentBack) -> Result<(), DbError> {
    tx.execute(
        include_str!("../sql/send_back.sql"),
        &[
            (&it.unit).into(),
            (&it.quarter).into(),
            (&it.rule).into(),
            (&it.request.reason).into(),
            (&it.request.left).into(),
            (&it.request.right).into(),
            (&it.request.office).into(),
            it.request.day.to_string().into(),
        ],
    )?;
    Ok(())
}

fn file(tx: &mut Tx<'_>, entry: &Entry, it: &ReturnFiled) -> Result<(), DbError> {
    keep_return(tx, entry, (&it.unit, &it.quarter), it.day)?;
    let typed = tx.query(
        include_str!("../sql/drafts_of_post.sql"),
        &[(&it.unit).into(), (&entry.post_id).into()],
    )?;
    for row in &typed {
        let (period, cell) = (row.text("period")?, row.text("cell")?);
        // What was typed and differs, as when a file brings returns, is not lost.
        let draft = row.opt_text("value")?;
        let filed = it.values.get(period).and_then(|it| it.get(cell));
        let valued = filed.is_some_and(|it| draft == Some(it.as_str()));
        let emptied = || it.emptied.get(period).is_some_and(|it| it.iter().any(|it| it == cell));
        if valued || emptied() {
            tx.execute(
                include_str!("../sql/forget_draft.sql"),
                &[(&it.unit).into(), period.into(), cell.into()],
            )?;
        }
    }
    tx.execute(
        include_str!("../sql/forget_answers.sql"),
        &[(&it.unit).into(), (&it.quarter).into()],
    )?;
    for (rule, given) in &it.answers {
        answer(tx, (&it.unit, &it.quarter, rule), given)?;
    }
    Ok(())
}

fn keep_return(
    tx: &mut Tx<'_>,
    entry: &Entry,
    (unit, quarter): (&str, &str),
    day: Date,
) -> Result<(), DbError> {
    tx.execute(
        include_str!("../sql/file_return.sql"),
        &[
            unit.into(),
            quarter.into(),
            entry.arrival.into(),
            day.to_string().into(),
            (&entry.person).into(),
            (&entry.office).into(),
            entry.mark().into(),
        ],
    )?;
    Ok(())
}

fn correct(tx: &mut Tx<'_>, entry: &Entry, it: &ValuesCorrected) -> Result<(), DbError> {
    for (quarter, _) in it.quarters.iter().filter(|it| it.1.of.is_empty()) {
        keep_return(tx, entry, (&it.unit, quarter), it.day)?;
    }
    let (first, last) = (it.quarters.keys().next(), it.quarters.keys().next_back());
    let Some((first, last)) = first.zip(last) else { return Ok(()) };
    tx.execute(
        include_str!("../sql/correct_returns.sql"),
        &[
            (&it.unit).into(),
            entry.arrival.into(),
            first.into(),
            last.into(),
            (&entry.person).into(),
            (&entry.office).into(),
            entry.mark().into(),
        ],
    )?;
    Ok(())
}

fn pass_on(tx: &mut Tx<'_>, entry: &Entry, stage: Stage) -> Result<(), FoldError> {
    let it: QuarterPassed = entry.read()?;
    let covers: Vec<String> = it.covers.iter().map(|it| format!("{}={}", it.0, it.1)).collect();
    tx.execute(
        include_str!("../sql/pass_on.sql"),
        &[
            it.place.into(),
            it.quarter.into(),
            stage.word().into(),
            entry.arrival.into(),
            it.day.to_string().into(),
            (&entry.person).into(),
            (&entry.office).into(),
            (&entry.reason).into(),
            it.missing.join(" ").into(),
            covers.join(" ").into(),
            it.under
                .map_or(Ok(String::new()), |it| serde_json::to_string(&it))
                .unwrap_or_default()
                .into(),
            entry.mark().into(),
        ],
    )?;
    Ok(())
}
