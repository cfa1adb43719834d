//! The files of a dataset.

use std::io::{Cursor, Write};

use db::Tx;
use identity::Actor;
use kernel::{Date, Failure, Language, Quarter};
use serde_json::json;
use web::Catalogue;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::analysis::{self, Computed, Say, Sight, csv, define, lines};
use crate::questionnaire::Questionnaire;
use crate::reports::Kind;
use crate::reports::issue::{Made, MadeFile};
use crate::store::{self, Stage};

/// The licence of what is published, by its SPDX name and its address.
pub(super) const LICENCE: (&str, &str) =
    ("CC-BY-4.0", "https://creativecommons.org/licenses/by/4.0/deed.fr");

/// A field of a file: name, type, what it holds in French and English.
type Field = (&'static str, &'static str, &'static str, &'static str);

pub(super) const RESULTS: [Field; 7] = [
    ("indicateur", "string", "Code de l’indicateur", "Code of the indicator"),
    ("unite_org", "string", "Code de la collectivité", "Code of the local government"),
    ("periode", "string", "Trimestre, comme 2024T4", "Quarter, like 2024T4"),
    ("numerateur", "number", "Numérateur", "Numerator"),
    ("denominateur", "number", "Dénominateur", "Denominator"),
    (
        "valeur_affichee",
        "number",
        "Valeur arrondie ; n.d. si elle n’est pas disponible",
        "Rounded value; n.d. if it is not available",
    ),
    (
        "repondants",
        "string",
        "Unités qui ont répondu sur unités attendues, comme 11/12",
        "Units that answered out of units expected, like 11/12",
    ),
];
const INDICATORS: [Field; 9] = [
    ("indicateur", "string", "Code", "Code"),
    ("libelle_fr", "string", "Libellé en français", "Label in French"),
    ("libelle_en", "string", "Libellé en anglais", "Label in English"),
    ("secteur", "string", "Secteur", "Sector"),
    ("unite", "string", "Unité", "Unit"),
    ("decimales", "integer", "Décimales de la valeur affichée", "Decimals of the value shown"),
    ("numerateur", "string", "Ce que compte le numérateur", "What the numerator counts"),
    ("denominateur", "string", "Ce que compte le dénominateur", "What the denominator counts"),
    ("calcul", "string", "Passage d’un niveau à l’autre", "From one level to the next"),
];
const UNITS: [Field; 4] = [
    ("unite_org", "string", "Code", "Code"),
    ("nom", "string", "Nom au dernier jour du trimestre", "Name on the last day of the quarter"),
    ("niveau", "string", "commune, cercle, region ou national", "Level"),
    ("au_dessus", "string", "Code de l’unité qui la contient", "Code of the unit that holds it"),
];

/// The dataset of a nation for a published quarter, ready to be issued.
///
/// # Errors
///
/// [`Failure::NotFound`] if the quarter is not published; or if the store fails.
pub(crate) fn make(
    tx: &mut Tx<'_>,
    catalogue: &Catalogue,
    nation: &str,
    quarter: Quarter,
) -> Result<Made, Failure> {
    let passed = store::state(tx, nation, quarter)?.filter(|it| it.stage == Stage::Published);
    let passed = passed.ok_or(Failure::NotFound)?;
    let sight = Sight::open(tx, &Actor::anonymous(), nation, nation, quarter)?;
    let sight = sight.map_err(|_| Failure::NotFound)?;
    let computed = &sight.computed;
    let say = Say { catalogue, language: Language::French };
    let questionnaire = computed.questionnaire();
    let all: Vec<usize> = (0..questionnaire.indicators().len()).collect();
    let units: Vec<String> = computed.land.tree.units().iter().map(|it| it.code.clone()).collect();
    let mut results = lines(computed, &all, &units, sight.withheld(), false);
    // What may not be published is absent: not even its respondents are told.
    results.retain(|it| it.valeur_affichee != analysis::WITHHELD);
    let name = computed.land.name(nation).to_owned();
    let files = [
        ("resultats.csv", csv(&results).map_err(Failure::broken)?),
        ("indicateurs.csv", indicators(&say, questionnaire)?),
        ("unites.csv", places(computed)?),
        ("dictionnaire.csv", dictionary()?),
        ("LISEZMOI.txt", readme(&say, &name, quarter, passed.day, computed).into_bytes()),
        ("LICENCE.txt", format!("{}\n{}\n", LICENCE.0, LICENCE.1).into_bytes()),
    ];
    let about = About { name: &name, nation, quarter, day: passed.day, mark: &passed.mark };
    let package = descriptor(&about, &files)?;
    let bytes = pack(&package, &files).map_err(Failure::broken)?;
    Ok(Made {
        kind: Kind::Data,
        name,
        stage: Some(Stage::Published),
        language: "fr",
        code: String::new(),
        position: passed.arrival,
        mark: passed.mark.chars().take(8).collect(),
        files: vec![MadeFile { format: "zip", bytes }],
    })
}

struct About<'a> {
    name: &'a str,
    nation: &'a str,
    quarter: Quarter,
    day: Date,
    mark: &'a str,
}

fn table(rows: impl IntoIterator<Item = Vec<String>>) -> Result<Vec<u8>, Failure> {
    let mut writer = ::csv::Writer::from_writer(Vec::new());
    for row in rows {
        writer.write_record(&row).map_err(Failure::broken)?;
    }
    writer.into_inner().map_err(|it| Failure::broken(it.into_error()))
}

fn head<const N: usize>(fields: &[Field; N]) -> Vec<String> {
    fields.iter().map(|it| it.0.to_owned()).collect()
}

fn indicators(say: &Say<'_>, questionnaire: &Questionnaire) -> Result<Vec<u8>, Failure> {
    let rows = questionnaire.indicators().iter().map(|it| {
        let definition = define(say, questionnaire, it);
        vec![
            it.code.clone(),
            it.label.say(Language::French).to_owned(),
            it.label.say(Language::English).to_owned(),
            it.sector.say(Language::French).to_owned(),
            it.unit.say(Language::French).to_owned(),
            it.decimals.to_string(),
            definition.numerator,
            definition.denominator,
            definition.gathering,
        ]
    });
    table(std::iter::once(head(&INDICATORS)).chain(rows))
}

fn places(computed: &Computed) -> Result<Vec<u8>, Failure> {
    let units = computed.land.tree.units();
    let rows = units.iter().map(|it| {
        let above = it.parent.map(|at| units[at].code.clone()).unwrap_or_default();
        vec![
            it.code.clone(),
            computed.land.name(&it.code).to_owned(),
            it.level.word().to_owned(),
            above,
        ]
    });
    table(std::iter::once(head(&UNITS)).chain(rows))
}

fn dictionary() -> Result<Vec<u8>, Failure> {
    let heads = ["fichier", "champ", "type", "description_fr", "description_en"];
    let mut rows: Vec<Vec<String>> = vec![heads.map(str::to_owned).to_vec()];
    let files: [(&str, &[Field]); 3] =
        [("resultats.csv", &RESULTS), ("indicateurs.csv", &INDICATORS), ("unites.csv", &UNITS)];
    for (file, fields) in files {
        for (name, kind, french, english) in fields {
            rows.push([file, name, kind, french, english].map(str::to_owned).to_vec());
        }
    }
    table(rows)
}

fn readme(say: &Say<'_>, name: &str, quarter: Quarter, day: Date, computed: &Computed) -> String {
    let given = [
        ("place", name.to_owned()),
        ("quarter", say.quarter(quarter)),
        ("day", say.language.long_date(day)),
        ("licence", LICENCE.0.to_owned()),
    ];
    let mut out = say.with("opendata-readme", &given);
    if computed.land.invented {
        out = format!("{}\n\n{out}", say.t("analysis-source-invented"));
    }
    out.push('\n');
    out
}

/// The descriptor of the package. Source: Frictionless Data Package and Table Schema, version 1.
fn descriptor(about: &About<'_>, files: &[(&str, Vec<u8>)]) -> Result<Vec<u8>, Failure> {
    let schema = |fields: &[Field]| {
        let fields: Vec<_> = fields
            .iter()
            .map(|(name, kind, french, _)| {
                json!({ "name": name, "type": kind, "description": french })
            })
            .collect();
        json!({ "fields": fields, "missingValues": ["", "n.d."] })
    };
    let described: [(&str, &str, &[Field]); 3] = [
        ("resultats", "Résultats", &RESULTS),
        ("indicateurs", "Indicateurs", &INDICATORS),
        ("unites", "Collectivités", &UNITS),
    ];
    let mut resources = Vec::new();
    for (name, title, fields) in described {
        let path = format!("{name}.csv");
        let Some((_, bytes)) = files.iter().find(|it| it.0 == path) else { continue };
        resources.push(json!({
            "name": name,
            "title": title,
            "path": path,
            "profile": "tabular-data-resource",
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8",
            "bytes": bytes.len(),
            "hash": format!("blake3:{}", blake3::hash(bytes).to_hex()),
            "schema": schema(fields),
        }));
    }
    let quarter = about.quarter;
    let package = json!({
        "profile": "tabular-data-package",
        "name": format!("suivi-{}-{quarter}", about.nation.to_lowercase()),
        "title": format!("Suivi des collectivités, {}, {quarter}", about.name),
        "version": about.day.to_string(),
        "created": format!("{}T00:00:00Z", about.day),
        "publication": about.mark,
        "licenses": [{ "name": LICENCE.0, "path": LICENCE.1 }],
        "resources": resources,
    });
    let mut bytes = serde_json::to_vec_pretty(&package).map_err(Failure::broken)?;
    bytes.push(b'\n');
    Ok(bytes)
}

fn pack(package: &[u8], files: &[(&str, Vec<u8>)]) -> zip::result::ZipResult<Vec<u8>> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    archive.start_file("datapackage.json", options)?;
    archive.write_all(package)?;
    for (name, bytes) in files {
        archive.start_file(*name, options)?;
        archive.write_all(bytes)?;
    }
    Ok(archive.finish()?.into_inner())
}
