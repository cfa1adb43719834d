//! The list of gaps as a spreadsheet, and on paper.

use super::mapping::named;
use super::result_page::{Scene, finding, picture, scene, tolerance};
use super::{Gap, Standing};
use axum::extract::Path;
use axum::response::Response;
use documents::{Align, Block, Document, Figure, Kind, Orientation, Sheet, Table, Workbook, xlsx};
use graphics::Paint;
use identity::Action;
use kernel::{Decimal, Failure};
use web::{Access, Chrome, PageFailure, Routes, Visit};

pub(super) fn routes() -> Routes {
    let access = Access::Needs(Action::ReadUnpublished);
    Routes::new().get("/suivi/recoupement/{source}/ecarts.xlsx", access, as_xlsx).get(
        "/suivi/recoupement/{source}/ecarts.pdf",
        access,
        as_pdf,
    )
}

fn decided(chrome: &Chrome, gap: &Gap) -> (String, String) {
    match &gap.decided {
        Some(it) => (chrome.t(&format!("crosscheck-decided-{}", it.decision)), it.reason.clone()),
        None => (String::new(), String::new()),
    }
}

async fn as_xlsx(visit: Visit, Path(id): Path<String>) -> Result<Response, PageFailure> {
    let scene = scene(&visit, &id).await?;
    let chrome = visit.chrome_titled(scene.source.name.clone());
    let today = visit.today();
    let work = move || {
        let mut sheet = Sheet::new(chrome.t("crosscheck-see-tous"))
            .column(chrome.t("crosscheck-col-code"), Kind::Text)
            .column(chrome.t("crosscheck-col-place"), Kind::Text)
            .column(chrome.t("crosscheck-col-data-code"), Kind::Text)
            .column(chrome.t("crosscheck-col-data"), Kind::Text)
            .column(chrome.t("crosscheck-col-period"), Kind::Text)
            .column(chrome.t("crosscheck-col-ours"), Kind::Number { places: 0 })
            .column(chrome.t("crosscheck-col-theirs"), Kind::Number { places: 0 })
            .column(chrome.t("crosscheck-col-difference"), Kind::Number { places: 0 })
            .column(chrome.t("crosscheck-col-percent"), Kind::Number { places: 1 })
            .column(chrome.t("crosscheck-col-standing"), Kind::Text)
            .column(chrome.t("crosscheck-col-decision"), Kind::Text)
            .column(chrome.t("crosscheck-reason"), Kind::Text);
        for it in &scene.gaps {
            let (decision, reason) = decided(&chrome, it);
            sheet.rows.push(vec![
                it.unit.as_str().into(),
                scene.ground.name(&it.unit).into(),
                it.target.as_str().into(),
                named(&scene.questionnaire, &it.target, chrome.language()).into(),
                it.period.to_string().into(),
                it.ours.into(),
                it.theirs.into(),
                it.difference().into(),
                it.percent().into(),
                chrome.t(&format!("crosscheck-standing-{}", it.standing.word())).into(),
                decision.into(),
                reason.into(),
            ]);
        }
        let workbook = Workbook {
            language: chrome.language(),
            title: scene.source.name.clone(),
            made_on: today,
            sources: vec![scene.source.file.clone(), tolerance(&chrome, &scene.source)],
            sheets: vec![sheet],
        };
        xlsx::write(&workbook).map_err(Failure::broken)
    };
    let bytes = visit.app.work(work).await?;
    let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    Ok(visit.file("recoupement.xlsx", kind, bytes))
}

async fn as_pdf(visit: Visit, Path(id): Path<String>) -> Result<Response, PageFailure> {
    let scene = scene(&visit, &id).await?;
    let chrome = visit.chrome_titled(scene.source.name.clone());
    let document = document(&visit, &chrome, &scene);
    let writer = visit.app.shell().pdf;
    let bytes = visit.app.work(move || writer(&document)).await?;
    Ok(visit.file("recoupement.pdf", "application/pdf", bytes))
}

fn document(visit: &Visit, chrome: &Chrome, scene: &Scene) -> Document {
    let language = chrome.language();
    let number = |it: Option<Decimal>| {
        it.map_or_else(|| "–".to_owned(), |it| language.decimal(it.normalize()))
    };
    let mut blocks = vec![Block::Paragraph(tolerance(chrome, &scene.source).into())];
    let mut twin = Table::new(chrome.t("crosscheck-agreement"))
        .column(chrome.t("crosscheck-col-data"), Align::Start, 5)
        .column(chrome.t("crosscheck-col-agreed"), Align::End, 1);
    for (name, _, agreed, both) in scene.agreement(language) {
        twin = twin.row([name, format!("{agreed}/{both}")]);
    }
    blocks.push(Block::Figure(Figure {
        svg: picture(chrome, scene, Paint::Alone, 640),
        caption: finding(chrome, scene),
        alternative: chrome.t("crosscheck-chart-text"),
        twin: Some(twin),
    }));
    for (standings, key) in [
        (vec![Standing::Differs], "crosscheck-list-differs"),
        (vec![Standing::OnlyTheirs, Standing::OnlyOurs], "crosscheck-list-absent"),
    ] {
        let mut table = Table::new(chrome.t(key))
            .column(chrome.t("crosscheck-col-place"), Align::Start, 3)
            .column(chrome.t("crosscheck-col-data"), Align::Start, 5)
            .column(chrome.t("crosscheck-col-ours"), Align::End, 2)
            .column(chrome.t("crosscheck-col-theirs"), Align::End, 2)
            .column(chrome.t("crosscheck-col-percent"), Align::End, 2)
            .column(chrome.t("crosscheck-col-decision"), Align::Start, 4);
        let mut any = false;
        for it in scene.gaps.iter().filter(|it| standings.contains(&it.standing)) {
            any = true;
            let (decision, reason) = decided(chrome, it);
            let what = named(&scene.questionnaire, &it.target, language);
            table = table.row([
                scene.ground.name(&it.unit).to_owned(),
                format!("{what}, {}", language.period(it.period)),
                number(it.ours),
                number(it.theirs),
                number(it.percent()),
                format!("{decision} {reason}").trim().to_owned(),
            ]);
        }
        if any {
            blocks.push(Block::Heading(1, chrome.t(key)));
            blocks.push(Block::Table(table));
        }
    }
    Document {
        language,
        orientation: Orientation::Portrait,
        kind: chrome.t("crosscheck-title"),
        title: scene.source.name.clone(),
        subtitle: String::new(),
        place: scene.ground.name(scene.ground.place()).to_owned(),
        period: String::new(),
        made_on: visit.today(),
        code: None,
        sources: vec![chrome.t2(
            "crosscheck-source-line",
            ("file", &scene.source.file),
            ("day", language.short_date(scene.source.day)),
        )],
        blocks,
    }
}
