//! The synthetic country as files that the program takes in through its own doors: a list of
//! units under two maps, a questionnaire, values.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use crate::Problem;
use crate::data::{Data, MISSING};
use crate::http::{Client, Server};

/// The kinds of communes, as the generator numbers them.
pub const GROUPS: [&str; 4] = ["urbaine", "rurale", "nomade", "frontalière"];

const LOGIN: &str = "awa";
const PASSWORD: &str = "une phrase courte";

/// The code of an element; those of the second source follow.
pub fn element(data: &Data, at: usize) -> String {
    if at < data.elements { format!("E{at:03}") } else { format!("X{:03}", at - data.elements) }
}

/// The program on the synthetic country, and what it took.
pub struct Product {
    base: PathBuf,
    /// Seconds to take all values over.
    pub load: f64,
    /// Bytes of the base before and after the values.
    pub bytes: (u64, u64),
}

impl Product {
    /// Fills a base through the commands of the program.
    pub fn fill(data: &Data, folder: &Path) -> Result<Self, Problem> {
        let files = folder.join("files");
        let base = folder.join("base");
        let _ = fs::remove_dir_all(&base);
        fs::create_dir_all(files.join("questionnaire"))?;
        units(data, &files.join("units.csv"))?;
        questionnaire(data, &files.join("questionnaire"))?;
        let values_file = files.join("values.csv");
        values(data, &values_file)?;
        let it = |words: &[&str]| run(&base, words, "");
        it(&["init", "--content", "empty"])?;
        let units = files.join("units.csv");
        it(&["import", "units", path(&units)?, "--country", "BN", "--source", "Synthetic"])?;
        let folder = files.join("questionnaire");
        let from = data.quarter(0);
        it(&["import", "questionnaire", path(&folder)?, "--from", &from])?;
        let office = ["--office", "national-officer", "--title", "Cellule", "--place", "BN"];
        let person = ["person", "--login", LOGIN, "--name", "Awa Traoré"];
        run(&base, &[&person[..], &office[..]].concat(), &format!("{PASSWORD}\n"))?;
        let before = size(&base)?;
        let begun = Instant::now();
        it(&["import", "returns", path(&values_file)?, "--source", "Synthetic"])?;
        let load = begun.elapsed().as_secs_f64();
        let after = size(&base)?;
        fs::remove_file(&values_file)?;
        Ok(Self { base, load, bytes: (before, after) })
    }

    /// Starts the program.
    pub fn start(&self) -> Result<Server, Problem> {
        Server::start(&self.base)
    }

    /// The size of the base now, in bytes.
    pub fn size(&self) -> Result<u64, Problem> {
        size(&self.base)
    }

    /// Signs the national officer in.
    pub fn sign_in(&self, server: &Server) -> Result<String, Problem> {
        Client::sign_in(&server.host, LOGIN, PASSWORD)
    }

    /// Adds the person who fills in the forms of a commune, and signs her in.
    pub fn secretary(&self, server: &Server, unit: &str) -> Result<String, Problem> {
        let login = "binta";
        let person = ["person", "--login", login, "--name", "Binta Diarra"];
        let office = ["--office", "municipal-secretary", "--title", "Secrétaire", "--place", unit];
        run(&self.base, &[&person[..], &office[..]].concat(), &format!("{PASSWORD}\n"))?;
        Client::sign_in(&server.host, login, PASSWORD)
    }

    /// Corrects returns by a file while the program is stopped; gives the seconds until all is on
    /// the disk, the start of the program included.
    pub fn correct(&self, data: &Data, folder: &Path) -> Result<f64, Problem> {
        let file = folder.join("files/corrections.csv");
        let mut out = BufWriter::new(File::create(&file)?);
        writeln!(out, "element,unite_org,periode,options,valeur")?;
        for (series, quarter, unit, value) in &data.updates {
            line(&mut out, data, (*series, *quarter, *unit), *value)?;
        }
        out.flush()?;
        let begun = Instant::now();
        let words = ["import", "returns", path(&file)?, "--corrections", "--source", "Synthetic"];
        run(&self.base, &words, "")?;
        Ok(begun.elapsed().as_secs_f64())
    }
}

fn path(file: &Path) -> Result<&str, Problem> {
    file.to_str().ok_or_else(|| "a path that is no text".into())
}

fn run(base: &Path, words: &[&str], input: &str) -> Result<(), Problem> {
    eprintln!("· benkadi {}", words[..words.len().min(2)].join(" "));
    let mut child = Command::new(std::env::var("BENKADI_PROGRAM")?)
        .args(words)
        .arg("--data")
        .arg(base)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()?;
    child.stdin.take().ok_or("no input")?.write_all(input.as_bytes())?;
    let out = child.wait_with_output()?;
    if out.status.success() {
        return Ok(());
    }
    Err(format!("{words:?}: {}", String::from_utf8_lossy(&out.stderr)).into())
}

fn size(base: &Path) -> Result<u64, Problem> {
    let mut sum = 0;
    for entry in fs::read_dir(base)? {
        sum += entry?.metadata()?.len();
    }
    Ok(sum)
}

/// Before the reform, larger regions and cercles; after it, today's.
fn units(data: &Data, file: &Path) -> Result<(), Problem> {
    let mut out = BufWriter::new(File::create(file)?);
    writeln!(out, "code,nom,niveau,parent,du,au,genre")?;
    let begin = "2000-01-01".to_owned();
    let year = data.first_year + data.reform / 4;
    let month = data.reform % 4 * 3 + 1;
    let from = format!("{year}-{month:02}-01");
    let eve = match month {
        1 => format!("{}-12-31", year - 1),
        4 => format!("{year}-03-31"),
        7 => format!("{year}-06-30"),
        _ => format!("{year}-09-30"),
    };
    writeln!(out, "BN,Pays,pays,,{begin},,")?;
    let mut former: Vec<(usize, usize)> =
        data.units.iter().map(|it| (it.former_region, it.former_cercle)).collect();
    former.sort_unstable();
    former.dedup();
    let mut regions: Vec<usize> = former.iter().map(|it| it.0).collect();
    regions.dedup();
    for it in regions {
        writeln!(out, "BN-A{it},Ancienne région {it},région,BN,{begin},{eve},")?;
    }
    for (region, it) in former {
        writeln!(out, "BN-B{it},Ancien cercle {it},cercle,BN-A{region},{begin},{eve},")?;
    }
    for (it, _) in data.regions() {
        writeln!(out, "BN-R{it},Région {it},région,BN,{from},,")?;
    }
    for (it, node) in data.cercles() {
        let region = node.parent.ok_or("a cercle without a region")?;
        writeln!(out, "BN-C{it},Cercle {it},cercle,BN-R{region},{from},,")?;
    }
    for (at, it) in data.units.iter().enumerate() {
        let kind = GROUPS[it.group];
        let (before, now) = (it.former_cercle, it.cercle);
        writeln!(out, "BN-{at:05},Commune {at:05},commune,BN-B{before},{begin},{eve},{kind}")?;
        writeln!(out, "BN-{at:05},Commune {at:05},commune,BN-C{now},{from},,{kind}")?;
    }
    out.flush()?;
    Ok(())
}

fn questionnaire(data: &Data, folder: &Path) -> Result<(), Problem> {
    let write = |name: &str, lines: &[String]| {
        let text: String = lines.iter().map(|it| format!("{it}\n")).collect();
        fs::write(folder.join(name), text)
    };
    let all = data.elements + data.second;
    let sector = |at: usize| data.sectors.get(at).copied().unwrap_or(at % 12);
    let form = |at: usize| if at < data.elements { sector(at) } else { 12 };
    let mut lines = vec![
        "code,libelle_fr,libelle_en,periodicite,niveau_saisie,echeance,responsable,circuit,\
         secteur,nb_elements,nb_elements_noyau,nb_cases,nb_cases_noyau,pages_papier_cible,statut"
            .to_owned(),
    ];
    for it in 0..13 {
        let count = (0..all).filter(|at| form(*at) == it).count();
        lines.push(format!(
            "B{it:02},Fiche {it},Form {it},trimestrielle,commune,P_DELAI_SAISIE,Secrétaire \
             général,Commune > cercle > région > national,Secteur {it},{count},{count},{c},\
             {c},1,proposition",
            c = count * 2
        ));
    }
    write("datasets.csv", &lines)?;
    let mut lines = vec![
        "code,libelle_fr,libelle_court,libelle_en,secteur,jeu,niveau_saisie,type,unite,\
         ventilations,liste_choix,periodicite,cumul_temps,cumul_territoire,palier,obligatoire,min,\
         max,fournisseur,diffusion,definition_fr,statut,reference"
            .to_owned(),
    ];
    for it in 0..all {
        let code = element(data, it);
        let form = form(it);
        lines.push(format!(
            "{code},Donnée {code},{code},Element {code},Secteur {form},B{form:02},commune,\
             entier,personnes,SEXE,,trimestrielle,somme,somme,noyau,non,0,,Commune,publique,\
             Donnée {code}.,proposition,"
        ));
    }
    write("data_elements.csv", &lines)?;
    let text = |it: &str| it.to_owned();
    write(
        "categories.csv",
        &[
            text(
                "dimension,libelle_dimension_fr,libelle_dimension_en,option,libelle_fr,libelle_en,ordre",
            ),
            text("SEXE,Sexe,Sex,F,Femmes / filles,Women / girls,1"),
            text("SEXE,Sexe,Sex,H,Hommes / garçons,Men / boys,2"),
        ],
    )?;
    write(
        "parameters.csv",
        &[
            text("code,libelle_fr,valeur,unite,origine,statut,periode_validite"),
            text("P_DELAI_SAISIE,Délai de saisie,15,jours,Essai,a_confirmer,"),
        ],
    )?;
    let mut lines = vec![text(
        "code,libelle_fr,nature,gravite,jeu,niveau,condition,gauche,operateur,droite,\
         tolerance_relative,message_fr,action_conseillee,statut,reference",
    )];
    for (at, it) in data.rules.iter().enumerate() {
        let form = form(it.left);
        let (left, right) = (element(data, it.left), element(data, it.right));
        for option in ["F", "H"] {
            lines.push(format!(
                "R{at:02}{option},Règle {at},coherence,information,B{form:02},commune,,\
                 [{left}|SEXE={option}],<=,{} * [{right}|SEXE={option}],0,{{gauche}} passe \
                 {{droite}}.,Vérifier.,proposition,",
                it.times
            ));
        }
    }
    write("validation_rules.csv", &lines)?;
    write(
        "indicators.csv",
        &[text(
            "code,libelle_fr,libelle_en,secteur,numerateur,denominateur,facteur,unite,decimales,\
             sens,periodicite,ventilations,odd,seuil_attention,seuil_bon,note,statut,reference,\
             palier,agregation",
        )],
    )?;
    let mut lines = vec![text("kind,code,field,text")];
    lines.extend((0..13).map(|it| format!("sector,Secteur {it},label,Sector {it}")));
    write("english.csv", &lines)?;
    Ok(())
}

fn values(data: &Data, file: &Path) -> Result<(), Problem> {
    let mut out = BufWriter::with_capacity(1 << 20, File::create(file)?);
    writeln!(out, "element,unite_org,periode,options,valeur")?;
    for series in 0..data.series() {
        for quarter in 0..data.quarters() {
            for (unit, value) in data.row(series, quarter).iter().enumerate() {
                if *value != MISSING {
                    line(&mut out, data, (series, quarter, unit), *value)?;
                }
            }
        }
    }
    out.flush()?;
    Ok(())
}

fn line(
    out: &mut impl Write,
    data: &Data,
    (series, quarter, unit): (usize, usize, usize),
    value: i64,
) -> Result<(), Problem> {
    let code = element(data, series / 2);
    let option = ["F", "H"][series % 2];
    writeln!(out, "{code},BN-{unit:05},{},SEXE={option},{value}", data.quarter(quarter))?;
    Ok(())
}
