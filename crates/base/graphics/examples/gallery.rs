//! Writes one of each picture to a folder, to be looked at:
//! `cargo run -p graphics --example gallery -- TERRITORY.csv FOLDER`. The values are invented.

use std::collections::BTreeMap;
use std::{env, error::Error, fs, path::Path};

use graphics::{
    Area, Bar, Choropleth, Classes, DotRow, Frame, Labels, Layer, Line, Outlines, Paint,
    STYLESHEET, Symbol, Symbols, Words, bars, brand, choropleth, dots, lines, symbols,
};
use kernel::{Decimal, Language, Quarter};

fn frame(id: &str, width: u32) -> Frame {
    Frame {
        id: id.to_owned(),
        title: "Un titre qui dit le résultat".to_owned(),
        description: "Valeurs inventées.".to_owned(),
        language: Language::French,
        paint: Paint::Alone,
        width,
        words: Words {
            no_data: "sans donnée".to_owned(),
            incomplete: "données incomplètes".to_owned(),
        },
    }
}

/// An invented share for a code, without chance; every thirteenth is absent.
fn share(code: &str) -> Option<Decimal> {
    let mixed = code.bytes().fold(7_i64, |sum, it| (sum * 613 + i64::from(it) * 89) % 9973);
    (mixed % 13 != 0).then(|| Decimal::new(mixed % 900 + 40, 1))
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = env::args().skip(1);
    let (Some(territory), Some(folder)) = (arguments.next(), arguments.next()) else {
        return Err("usage: gallery TERRITORY.csv FOLDER".into());
    };
    let folder = Path::new(&folder);
    fs::create_dir_all(folder)?;
    let text = fs::read_to_string(territory)?;
    let mut names: BTreeMap<&str, (&str, i64)> = BTreeMap::new();
    for line in text.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        names.insert(cells[0], (cells[3], cells[8].parse().unwrap_or(0)));
    }
    let name = |code: &str| names.get(code).map_or(code, |it| it.0).to_owned();
    let outlines = Outlines::shipped();
    let areas = |codes: &mut dyn Iterator<Item = &String>, cut: usize| -> Vec<Area> {
        codes
            .map(|code| Area {
                code: code.clone(),
                name: name(code),
                value: share(code),
                incomplete: code.ends_with('3'),
                group: Some(code[..cut.min(code.len())].to_owned()),
                href: Some(format!("/territoire/{code}")),
            })
            .collect()
    };
    let map = |id: &str, areas: &[Area], labels, width, context| {
        let classes = Classes::quantiles(areas.iter().filter_map(|it| it.value), 5);
        let map = Choropleth {
            outlines,
            areas,
            classes: classes.as_ref(),
            unit: Some("%"),
            context: Some(context),
            labels,
        };
        choropleth(&frame(id, width), &map).svg
    };
    let layer = |layer| outlines.codes(layer).iter();
    let all = areas(&mut layer(Layer::Region), 2);
    let kati = |it: &&String| it.starts_with("ML0204");
    let write = |file: &str, svg: &str| fs::write(folder.join(file), svg);
    write("regions.svg", &map("r", &all, Labels::NamesAndValues, 720, "ML"))?;
    write("regions-narrow.svg", &map("r", &all, Labels::Names, 320, "ML"))?;
    write("cercles.svg", &map("c", &areas(&mut layer(Layer::Cercle), 4), Labels::None, 720, "ML"))?;
    write(
        "communes.svg",
        &map("m", &areas(&mut layer(Layer::Commune), 6), Labels::None, 720, "ML"),
    )?;
    let part = areas(&mut layer(Layer::Commune).filter(kati), 6);
    write("kati.svg", &map("k", &part, Labels::NamesAndValues, 720, "ML"))?;
    let mopti = |it: &&String| it.starts_with("ML05");
    let part = areas(&mut layer(Layer::Commune).filter(mopti), 6);
    write("mopti.svg", &map("k", &part, Labels::Names, 720, "ML"))?;
    let circles: Vec<Symbol> = layer(Layer::Cercle)
        .map(|code| Symbol {
            code: code.clone(),
            name: name(code),
            value: share(code).map(|it| (it / Decimal::TEN).floor()),
            ..Symbol::default()
        })
        .collect();
    let ground = outlines.codes(Layer::Region);
    let map = Symbols {
        outlines,
        ground,
        context: Some("ML"),
        symbols: &circles,
        unit: Some("partenariats"),
        names: true,
    };
    write("symbols.svg", &symbols(&frame("s", 720), &map).svg)?;
    let rows: Vec<Bar> = all
        .iter()
        .map(|it| Bar { label: it.name.clone(), value: it.value, incomplete: it.incomplete })
        .collect();
    write("bars.svg", &bars(&frame("b", 640), Some("%"), &rows))?;
    write("bars-narrow.svg", &bars(&frame("b", 320), Some("%"), &rows))?;
    let signed: Vec<Bar> = [("Excédent", 1_250_000), ("Déficit de l’année dernière", -480_000)]
        .map(|(label, value)| Bar {
            label: label.to_owned(),
            value: Some(Decimal::from(value)),
            incomplete: false,
        })
        .to_vec();
    write("bars-signed.svg", &bars(&frame("b", 640), Some("FCFA"), &signed))?;
    let first = Quarter::new(2022, 2).ok_or("quarter")?;
    let line = |label: &str, values: &[i64]| Line {
        label: label.to_owned(),
        points: values
            .iter()
            .enumerate()
            .map(|(at, it)| {
                (
                    first.plus(i32::try_from(at).unwrap_or(0)),
                    (*it > 0).then(|| Decimal::new(*it, 1)),
                )
            })
            .collect(),
    };
    let rows = [
        line("Filles", &[412, 425, 431, 0, 0, 468, 502, 0, 540, 551, 563]),
        line("Garçons", &[520, 528, 535, 0, 0, 548, 551, 560, 566, 571, 568]),
        line("Ensemble", &[466, 476, 483, 0, 0, 508, 527, 0, 553, 561, 566]),
    ];
    write("lines.svg", &lines(&frame("l", 720), Some("%"), true, &rows))?;
    write("lines-narrow.svg", &lines(&frame("l", 320), Some("%"), false, &rows))?;
    let rows: Vec<DotRow> = all
        .iter()
        .map(|it| DotRow {
            label: it.name.clone(),
            values: vec![it.value, it.value.map(|it| it * Decimal::new(7, 1) + Decimal::TEN)],
        })
        .collect();
    let names = ["Femmes".to_owned(), "Hommes".to_owned()];
    write("dots.svg", &dots(&frame("d", 640), Some("%"), &names, &rows))?;
    write("dots-narrow.svg", &dots(&frame("d", 320), Some("%"), &names, &rows))?;
    write("tile.svg", &brand::tile())?;
    write("band.svg", &brand::band("a", 720))?;
    write("mark.svg", &brand::mark(64))?;
    write("plain-mark.svg", &brand::plain_mark(64))?;
    let inline = |id: &str| Frame { paint: Paint::Page, ..frame(id, 640) };
    let classes = Classes::quantiles(all.iter().filter_map(|it| it.value), 5);
    let map = Choropleth {
        outlines,
        areas: &all,
        classes: classes.as_ref(),
        unit: Some("%"),
        context: None,
        labels: Labels::NamesAndValues,
    };
    let trend = [line("Filles", &[412, 425, 0, 0, 468, 502]), line("Garçons", &[520, 0, 540])];
    let page = format!(
        "<!doctype html><meta name=\"color-scheme\" content=\"light dark\"><style>{STYLESHEET}</style>\
         <body>{}{}{}",
        choropleth(&inline("p"), &map).svg,
        lines(&inline("q"), Some("%"), true, &trend),
        dots(&inline("d"), Some("%"), &names, &rows),
    );
    write("page.html", &page)?;
    Ok(())
}
