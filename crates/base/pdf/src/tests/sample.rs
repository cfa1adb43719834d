//! An invented activity report of four pages with one of each block.

use std::path::Path;

use documents::{
    Align, Block, Callout, Cell, CheckCode, Document, Figure, KeyFigure, Kind, List, Orientation,
    Sheet, Signature, Table, Text, Tone, Workbook,
};
use kernel::{Decimal, Language};

const COMMUNES: [(&str, i64, i64, &str); 12] = [
    ("Baguinéda-Camp", 61_240, 11_320, "12.5"),
    ("Bougoula", 7_480, 1_404, "−"),
    ("Diago", 5_310, 986, "4.0"),
    ("Dialakoroba", 24_660, 4_310, "9.2"),
    ("Dio-Gare", 12_004, 2_251, "0"),
    ("Kalabancoro", 232_800, 48_920, "31.4"),
    ("Kambila", 21_430, 3_870, "7.1"),
    ("Kati", 124_900, 26_730, "22.8"),
    ("Moribabougou", 38_110, 7_902, "NSP"),
    ("Ouélessébougou", 51_760, 9_640, "18.3"),
    ("Sanankoroba", 45_070, 8_815, "15.0"),
    ("Siby (Ɲɛnɛkɔrɔ, Ŋɔlɔba)", 26_632, 4_777, "6.6"),
];

pub(super) fn report() -> Document {
    let french = Language::French;
    Document {
        language: french,
        orientation: Orientation::Portrait,
        kind: "Rapport d’activité trimestriel".to_owned(),
        title: "Suivi de la coopération décentralisée dans le cercle de Kati".to_owned(),
        subtitle: "Douze communes, cinq partenariats, un trimestre".to_owned(),
        place: "Cercle de Kati".to_owned(),
        period: "4e\u{a0}trimestre 2024".to_owned(),
        made_on: "2025-01-15".parse().unwrap(),
        code: Some(CheckCode::of_hash(&[0x5a; 32])),
        sources: vec![
            "Exemple inventé. Modèle RAP-CCC, version 1, questionnaire OISE 2024.".to_owned(),
            "Journal du poste Kati, écriture 1\u{202f}482.".to_owned(),
        ],
        blocks: blocks(french),
    }
}

fn blocks(french: Language) -> Vec<Block> {
    let key = |value: &str, label: &str, note: &str| KeyFigure {
        value: value.to_owned(),
        label: label.to_owned(),
        note: note.to_owned(),
    };
    vec![
        Block::KeyFigures(vec![
            key("11\u{202f}/\u{202f}12", "communes ont transmis", "manque\u{a0}: Moribabougou"),
            key("651\u{202f}396", "habitants", "recensement de 2022"),
            key("130\u{202f}925", "élèves", "dont 64\u{202f}107 filles"),
            key("14,2\u{202f}%", "du budget exécuté", "−3,1 points en un an"),
        ]),
        Block::Heading(1, "1. Faits marquants".to_owned()),
        Block::Paragraph(
            Text::from("Le trimestre a été marqué par la ")
                .bold("signature de deux conventions")
                .plain(" et par la visite de la ville d’Angers, partenaire de Bamako depuis 1974\u{202f}: «\u{202f}une amitié qui se mesure\u{202f}», a dit le maire. Les communes de Ɲɛnɛkɔrɔ et de Ŋɔlɔba ont ouvert leur ")
                .italic("jɛkafɔ")
                .plain(" (concertation) aux associations de femmes\u{202f}; le compte rendu est annexé. Qui n’a pas encore transmis peut le faire jusqu’au 31\u{a0}janvier."),
        ),
        Block::List(List {
            ordered: false,
            items: vec![
                "Forage de Dialakoroba\u{a0}: réception provisoire le 12\u{a0}novembre.".into(),
                "École de Siby\u{a0}: trois classes livrées sur six prévues.".into(),
                "Centre de santé de Kambila\u{a0}: travaux arrêtés, l’entreprise n’est plus joignable.".into(),
            ],
        }),
        Block::Callout(Callout {
            tone: Tone::Attention,
            title: "Une commune manque".to_owned(),
            text: "Moribabougou n’a pas transmis. Les totaux du cercle portent sur onze communes sur douze\u{202f}; aucun chiffre n’a été estimé.".into(),
        }),
        Block::Heading(2, "1.1 Élèves et budget par commune".to_owned()),
        Block::Table(communes(french)),
        Block::Paragraph("Les effectifs augmentent dans neuf communes. La baisse à Diago suit la fermeture d’une école communautaire. La part du budget exécuté reste la plus faible là où le percepteur n’est pas en poste.".into()),
        Block::Heading(1, "2. Exécution des budgets".to_owned()),
        Block::Figure(Figure {
            svg: chart(),
            caption: "Kalabancoro et Kati exécutent plus du cinquième de leur budget".to_owned(),
            alternative: "Barres horizontales\u{a0}: Kalabancoro 31,4\u{202f}%, Kati 22,8\u{202f}%, Ouélessébougou 18,3\u{202f}%.".to_owned(),
            twin: Some(rates(french)),
        }),
        Block::Heading(2, "2.1 Démarche".to_owned()),
        Block::List(List {
            ordered: true,
            items: vec![
                "La commune relève ses comptes à la fin du trimestre.".into(),
                "Le cercle contrôle, interroge et arrête.".into(),
                "La région valide, puis la nation consolide.".into(),
            ],
        }),
        Block::Callout(Callout {
            tone: Tone::Note,
            title: String::new(),
            text: Text::from("Un taux d’exécution est une somme de dépenses divisée par une somme de crédits\u{202f}; ").bold("jamais une moyenne de taux").plain("."),
        }),
        Block::Heading(1, "3. Définitions".to_owned()),
        Block::Table(definitions()),
        Block::Heading(1, "4. Visa".to_owned()),
        Block::Signatures(vec![
            Signature { office: "Le président du conseil de cercle".to_owned(), name: String::new() },
            Signature { office: "Le préfet".to_owned(), name: "Mme Ɲagalen Kɔnɛ".to_owned() },
        ]),
    ]
}

fn communes(french: Language) -> Table {
    let table = Table::new("Population, élèves et exécution du budget, par commune")
        .column("Commune", Align::Start, 5)
        .column("Population", Align::End, 2)
        .column("Élèves", Align::End, 2)
        .column("Budget exécuté (%)", Align::End, 2)
        .column("Transmis", Align::Center, 2)
        .group("Arrondissement central");
    let table =
        COMMUNES.iter().enumerate().fold(table, |table, (at, (name, people, pupils, rate))| {
            let table = if at == 7 { table.group("Autres arrondissements") } else { table };
            let sent = if *rate == "NSP" { "non" } else { "oui" };
            let cells = [
                *name,
                &french.integer(*people),
                &french.integer(*pupils),
                &french.written(rate),
                sent,
            ];
            table.row(cells)
        });
    let people: i64 = COMMUNES.iter().map(|it| it.1).sum();
    let pupils: i64 = COMMUNES.iter().map(|it| it.2).sum();
    table
        .total([
            "Cercle de Kati",
            &french.integer(people),
            &french.integer(pupils),
            "14,2",
            "11 / 12",
        ])
        .note(
            "NSP\u{a0}: ne sait pas. − : sans objet. Sources\u{a0}: état civil, CAP, perceptions.",
        )
}

fn rates(french: Language) -> Table {
    let table = Table::new("Budget exécuté, en %").column("Commune", Align::Start, 3);
    let table = table.column("Exécuté (%)", Align::End, 1);
    COMMUNES.iter().fold(table, |it, (name, _, _, rate)| it.row([*name, &french.written(rate)]))
}

fn definitions() -> Table {
    let table = Table::new("Indicateurs du rapport")
        .column("Code", Align::Start, 1)
        .column("Indicateur", Align::Start, 4)
        .column("Numérateur", Align::Start, 4)
        .column("Dénominateur", Align::Start, 3);
    (1..=36).fold(table, |it, number| {
        it.row([
            format!("IND{number:03}"),
            format!("Part des dépenses d’investissement exécutées sur financement extérieur, rang {number}"),
            "Dépenses mandatées et payées dans le trimestre".to_owned(),
            "Crédits ouverts au budget".to_owned(),
        ])
    })
}

fn chart() -> String {
    let mut out = String::from(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 640 330\" font-family=\"system-ui, sans-serif\" font-size=\"14\">",
    );
    let mut y = 8;
    for (name, _, _, rate) in COMMUNES {
        out.push_str(&format!(
            "<text x=\"205\" y=\"{}\" text-anchor=\"end\" fill=\"#1d1a16\">{name}</text>",
            y + 14
        ));
        if let Ok(rate) = rate.parse::<Decimal>() {
            let tenths = (rate * Decimal::from(12)).round();
            out.push_str(&format!(
                "<rect x=\"215\" y=\"{y}\" width=\"{tenths}\" height=\"18\" fill=\"#28336b\"/>"
            ));
            let label = format!("{rate}").replace('.', ",");
            out.push_str(&format!(
                "<text x=\"{}\" y=\"{}\" fill=\"#1d1a16\">{label}\u{202f}%</text>",
                tenths + Decimal::from(221),
                y + 14
            ));
        } else {
            out.push_str(&format!("<text x=\"221\" y=\"{}\" fill=\"#5f584d\" font-style=\"italic\">pas de donnée</text>", y + 14));
        }
        y += 26;
    }
    out.push_str("<line x1=\"215\" y1=\"2\" x2=\"215\" y2=\"322\" stroke=\"#5f584d\"/></svg>");
    out
}

/// Writes the report in every format, for people to look at.
pub(super) fn write_all(folder: &Path) {
    let report = report();
    let mut sheet = Sheet::new("Communes")
        .column("Commune", Kind::Text)
        .column("Population", Kind::Number { places: 0 })
        .column("Élèves", Kind::Number { places: 0 })
        .column("Budget exécuté (%)", Kind::Number { places: 1 })
        .column("Relevé le", Kind::Date);
    for (name, people, pupils, rate) in COMMUNES {
        let rate = rate.parse::<Decimal>().map_or_else(|_| Cell::from(rate), Cell::from);
        sheet.rows.push(vec![
            name.into(),
            people.into(),
            pupils.into(),
            rate,
            report.made_on.into(),
        ]);
    }
    sheet.rows.push(vec![
        "=HYPERLINK(\"http://x\")".into(),
        Cell::Empty,
        Cell::Empty,
        Cell::Empty,
        Cell::Empty,
    ]);
    let csv = documents::csv::write(&sheet, documents::csv::Options::default()).unwrap();
    let workbook = Workbook {
        language: report.language,
        title: report.title.clone(),
        made_on: report.made_on,
        sources: report.sources.clone(),
        sheets: vec![sheet],
    };
    let wide = Document { orientation: Orientation::Landscape, ..report.clone() };
    for (name, bytes) in [
        ("report.pdf", super::write(&report).unwrap()),
        ("wide.pdf", super::write(&wide).unwrap()),
        ("report.docx", documents::docx::write(&report).unwrap()),
        ("report.xlsx", documents::xlsx::write(&workbook).unwrap()),
        ("report.csv", csv),
    ] {
        std::fs::write(folder.join(name), bytes).unwrap();
    }
}
