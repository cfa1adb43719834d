//! An indicator of a place on paper.

use axum::extract::Query;
use axum::response::Response;
use documents::{Align, Block, Document, Figure, KeyFigure, List, Orientation, Table, Text};
use graphics::Paint;
use kernel::{Decimal, Reject};
use web::{PageFailure, Visit};

use crate::questionnaire::Indicator;

use super::page::{Scene, scene, some_names};
use super::{Canvas, Definition, Mapped, Picture, Say, define, finding, over_time, side_by_side};

/// Units of width of the pictures on A4 paper.
pub(crate) const PAPER: Canvas = Canvas { paint: Paint::Alone, width: 640 };
/// A line is low and wide there, so that an indicator stands on one page.
const PAPER_LINE: Canvas = Canvas { paint: Paint::Alone, width: 840 };
/// Units of width of maps on A4 paper, where two of them stand on a page.
pub(crate) const PAPER_MAP: u32 = 460;
/// More bars than this would fill a page.
const MOST_BARS: usize = 30;

/// `/suivi/indicateurs.pdf`: each indicator asked for; the first of the list if none is.
pub(super) async fn show(
    visit: Visit,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Response, PageFailure> {
    let seer = visit.clone();
    let found = visit.app.read::<_, PageFailure>(move |tx| {
        let scene = scene(tx, &seer, &pairs)?;
        Ok(scene.map(|scene| document(&seer, &scene)))
    });
    let document = match found.await? {
        Ok(document) => document,
        Err(refused) => return Err(PageFailure::Refused(refused.message())),
    };
    let writer = visit.app.shell().pdf;
    let bytes = visit.app.work(move || writer(&document)).await?;
    Ok(visit.file("indicateurs.pdf", "application/pdf", bytes))
}

fn document(visit: &Visit, scene: &Scene) -> Document {
    let say = scene.say(visit);
    let indicators = scene.sight.computed.questionnaire().indicators();
    let numbers: Vec<usize> = match scene.asked.indicators.as_slice() {
        [] => vec![0],
        some => some.to_vec(),
    };
    let title = match numbers.as_slice() {
        [one] => indicators[*one].label.say(say.language).to_owned(),
        _ => say.t("analysis-title"),
    };
    let mut blocks = Vec::new();
    for number in &numbers {
        if 1 < numbers.len() {
            let name = indicators[*number].label.say(say.language);
            blocks.push(Block::Heading(1, name.to_owned()));
        }
        blocks.extend(of_indicator(&say, scene, *number));
    }
    let mut sources = vec![say.t("analysis-source-questionnaire"), scene.stamp.told(&say)];
    sources.extend(Some(scene.map_rule(&say)).filter(|it| !it.is_empty()));
    if scene.sight.computed.land.invented {
        sources[0] = say.t("analysis-source-invented");
    }
    Document {
        language: say.language,
        orientation: Orientation::Portrait,
        kind: say.t("analysis-paper-kind"),
        title,
        subtitle: String::new(),
        place: scene.name().to_owned(),
        period: say.quarter(scene.quarter),
        made_on: scene.stamp.day().unwrap_or_else(|| visit.today()),
        code: None,
        sources,
        blocks,
    }
}

fn of_indicator(say: &Say<'_>, scene: &Scene, number: usize) -> Vec<Block> {
    let questionnaire = scene.sight.computed.questionnaire();
    let indicator = &questionnaire.indicators()[number];
    let figure = scene.sight.figure(number, &scene.place).unwrap_or_default();
    let definition = define(say, questionnaire, indicator);
    let value = figure.rounded(indicator);
    let mut blocks = Vec::new();
    if scene.sight.provisional {
        blocks.push(Block::Callout(documents::Callout {
            tone: documents::Tone::Attention,
            title: say.t("analysis-provisional-title"),
            text: say.t("analysis-provisional-text").into(),
        }));
    }
    let (year_before, _) = scene.earlier(number, &scene.place, 4);
    let lede = super::page::lede(say, indicator, scene, value, year_before);
    blocks.push(Block::Paragraph(lede.into()));
    blocks.push(Block::KeyFigures(vec![
        KeyFigure {
            value: say.value(indicator, value),
            label: definition.name.clone(),
            note: say.respondents(indicator, &figure),
        },
        KeyFigure {
            value: say.number(figure.numerator),
            label: say.t("analysis-tile-numerator"),
            note: definition.numerator.clone(),
        },
        KeyFigure {
            value: say.number(figure.denominator),
            label: say.t("analysis-tile-denominator"),
            note: definition.denominator.clone(),
        },
    ]));
    blocks.extend(missing(say, scene, number));
    blocks.extend(pictures(say, scene, number));
    blocks.push(Block::Heading(2, say.t("analysis-paper-explained")));
    blocks.push(Block::List(explained(say, &definition)));
    blocks
}

fn missing(say: &Say<'_>, scene: &Scene, number: usize) -> Option<Block> {
    let land = &scene.sight.computed.land;
    let codes = scene.sight.computed.missing(number, &scene.place);
    let names: Vec<&str> = codes.iter().map(|it| land.name(it)).collect();
    (!names.is_empty()).then(|| {
        let told = format!(" {}.", some_names(say, &names));
        Block::Paragraph(Text::default().bold(say.t("analysis-missing")).plain(told))
    })
}

fn pictures(say: &Say<'_>, scene: &Scene, number: usize) -> Vec<Block> {
    let indicator = &scene.sight.computed.questionnaire().indicators()[number];
    let land = &scene.sight.computed.land;
    let mut blocks = Vec::new();
    let points = scene.series.points(number, &scene.place);
    if 1 < points.iter().filter(|it| it.1.is_some()).count() {
        let picture = over_time(say, PAPER_LINE, indicator, scene.name(), &points);
        let mut twin = Table::new(indicator.label.say(say.language))
            .column(say.t("analysis-col-period"), Align::Start, 2)
            .column(say.t("analysis-col-value"), Align::End, 1);
        for (quarter, value) in &points {
            twin = twin.row([say.language.short_quarter(*quarter), say.bare(indicator, *value)]);
        }
        blocks.push(figure_block(indicator, say, picture, Some(twin)));
    }
    let children = land.children(&scene.place);
    let collected =
        children.first().is_some_and(|it| scene.sight.computed.figure(number, it).is_some());
    if collected {
        let units = super::page::shown(scene, number, &children);
        if 1 < units.len() && units.len() <= MOST_BARS {
            let value = |it: &str| scene.sight.value(number, it);
            let title = finding::of_children(
                say,
                indicator,
                &scene.sight.computed,
                number,
                &scene.place,
                &value,
            );
            let picture = side_by_side(say, PAPER, indicator, title, &units);
            blocks.push(figure_block(indicator, say, picture, None));
        }
        if let Some(found) =
            super::page::mapped(say, scene, number, Canvas { width: PAPER_MAP, ..PAPER })
        {
            blocks.extend(map_blocks(say, indicator, found));
        }
        blocks.push(Block::Table(units_table(say, scene, number, &children)));
    }
    blocks
}

/// A drawing with its words. Its caption names the indicator, then states the finding.
pub(crate) fn figure_block(
    indicator: &Indicator,
    say: &Say<'_>,
    picture: Picture,
    twin: Option<Table>,
) -> Block {
    let name = indicator.label.say(say.language);
    let arguments = [("indicator", name.to_owned()), ("finding", picture.title)];
    Block::Figure(Figure {
        svg: picture.svg,
        caption: say.with("analysis-caption", &arguments),
        alternative: picture.description,
        twin,
    })
}

/// A map with what must be said under it.
pub(crate) fn map_blocks(say: &Say<'_>, indicator: &Indicator, found: Mapped) -> Vec<Block> {
    let mut notes = found.sources;
    if !found.undrawn.is_empty() {
        let names: Vec<&str> = found.undrawn.iter().map(String::as_str).collect();
        notes.push(format!("{} {}.", say.t("analysis-undrawn"), some_names(say, &names)));
    }
    let mut blocks = vec![figure_block(indicator, say, found.picture, None)];
    if !notes.is_empty() {
        blocks.push(Block::Paragraph(Text::default().italic(notes.join(" "))));
    }
    blocks
}

fn units_table(say: &Say<'_>, scene: &Scene, number: usize, children: &[&str]) -> Table {
    let indicator = &scene.sight.computed.questionnaire().indicators()[number];
    let land = &scene.sight.computed.land;
    let unit = say.unit(&indicator.unit);
    let level = scene.child_level().word().to_owned();
    let caption = say.with(
        "analysis-children-caption",
        &[
            ("level", level.clone()),
            ("place", scene.name().to_owned()),
            ("quarter", say.quarter(scene.quarter)),
        ],
    );
    let value = say.t("analysis-col-value");
    let value = if unit.is_empty() { value } else { format!("{value} ({unit})") };
    let mut table = Table::new(caption)
        .column(say.t(&format!("analysis-level-{level}")), Align::Start, 5)
        .column(value, Align::End, 3)
        .column(say.t("analysis-col-numerator"), Align::End, 3)
        .column(say.t("analysis-col-denominator"), Align::End, 3)
        .column(say.t("analysis-col-respondents"), Align::End, 3)
        .column(say.language.short_quarter(scene.quarter.plus(-4)), Align::End, 2);
    let cells = |code: &str| -> Vec<String> {
        let figure = scene.sight.figure(number, code);
        let part = |it: Option<Option<Decimal>>| it.map_or("–".to_owned(), |it| say.number(it));
        let (year_before, _) = scene.earlier(number, code, 4);
        vec![
            land.name(code).to_owned(),
            scene.cell(say, number, code).text,
            part(figure.map(|it| it.numerator)),
            part(figure.map(|it| it.denominator)),
            figure.map(|it| it.respondents_text()).unwrap_or_default(),
            say.bare(indicator, year_before),
        ]
    };
    for code in children {
        table = table.row(cells(code));
    }
    table.total(cells(&scene.place)).note(say.t("analysis-nd"))
}

/// The definition as a list.
pub(crate) fn explained(say: &Say<'_>, definition: &Definition) -> List {
    let mut items = Vec::new();
    let mut add = |key: &str, value: &str| {
        if !value.is_empty() {
            let key = say.t(key);
            let colon = match say.language {
                kernel::Language::French => "\u{a0}: ",
                kernel::Language::English => ": ",
            };
            items.push(Text::default().bold(format!("{key}{colon}")).plain(value));
        }
    };
    add("analysis-definition-numerator", &definition.numerator);
    add("analysis-definition-denominator", &definition.denominator);
    add("analysis-definition-making", &definition.making);
    add("analysis-definition-formula", &definition.formula);
    add("analysis-definition-gathering", &definition.gathering);
    add(
        "analysis-definition-direction",
        &format!("{} {}", definition.direction, definition.rhythm),
    );
    add(
        "analysis-definition-source",
        format!("{} {}", definition.status, definition.reference).trim(),
    );
    add("analysis-definition-note", &definition.note);
    List { ordered: false, items }
}
