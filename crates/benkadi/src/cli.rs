//! The command line.

use std::net::{SocketAddr, ToSocketAddrs};
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use kernel::{Language, Period};

/// Benkadi : la coopération décentralisée des collectivités.
///
/// Sans commande : ouvre le programme sur un dossier de données du dossier courant.
#[derive(Parser)]
#[command(version, about, disable_help_subcommand = true)]
pub struct Arguments {
    /// Réponses en JSON, pour les programmes.
    #[arg(long, global = true)]
    pub json: bool,
    /// Langue des réponses : fr ou en.
    #[arg(long, global = true, default_value = "fr", value_parser = ["fr", "en"])]
    langue: String,
    #[command(flatten)]
    pub base: Base,
    #[command(subcommand)]
    pub command: Option<Command>,
}

impl Arguments {
    /// The language of the answers.
    pub fn language(&self) -> Language {
        Language::from_code(&self.langue).unwrap_or_default()
    }
}

/// Where the data lie.
#[derive(Args, Clone)]
pub struct Base {
    /// Dossier des données.
    #[arg(long, global = true, value_name = "DOSSIER", default_value = "donnees")]
    pub data: PathBuf,
    /// Adresse d'un serveur PostgreSQL, au lieu de la base intégrée.
    #[arg(
        long,
        global = true,
        value_name = "ADRESSE",
        env = "BENKADI_DATABASE",
        hide_env_values = true
    )]
    pub database: Option<String>,
}

/// What to do.
#[derive(Subcommand)]
pub enum Command {
    /// Ouvre le programme à une adresse locale.
    Serve(Serve),
    /// Prépare une base : lieu du poste et contenu.
    Init(Init),
    /// Prend un fichier dans la base : valeurs, contours officiels ou envoi d'un autre poste.
    Import(Import),
    /// Écrit un fichier depuis la base.
    Export(Export),
    /// Refait toutes les tables depuis le journal.
    Rebuild,
    /// Contrôle tout le journal et toutes les tables.
    Verify,
    /// Copie toute la base dans un fichier.
    Backup {
        /// Le fichier à écrire.
        file: PathBuf,
    },
    /// Reprend une copie dans une base vide.
    Restore {
        /// Le fichier à lire.
        file: PathBuf,
    },
    /// Dit comment va ce poste.
    Doctor,
    /// Ajoute une personne, ou lui redonne accès ; le mot de passe se lit sur l'entrée standard.
    Person(NewPerson),
}

/// Options of `serve`.
#[derive(Args)]
pub struct Serve {
    /// Adresse d'écoute.
    #[arg(
        long,
        value_name = "HÔTE:PORT",
        default_value = "127.0.0.1:8400",
        value_parser = address
    )]
    pub listen: SocketAddr,
    /// Ne remplit pas une base vide.
    #[arg(long)]
    pub empty: bool,
}

/// Options of `init`.
#[derive(Args)]
pub struct Init {
    /// Code du lieu du poste.
    #[arg(long, value_name = "CODE")]
    pub place: Option<String>,
    /// Nom du poste.
    #[arg(long, value_name = "NOM")]
    pub name: Option<String>,
    /// Contenu de départ.
    #[arg(long, value_enum, default_value = "example")]
    pub content: Content,
}

/// What an empty base is filled with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Content {
    /// Nothing.
    Empty,
    /// Territory, register, questionnaire.
    Reference,
    /// As `Reference`, with the invented example up to its last quarter but one, to practise on.
    Exercise,
    /// As `Reference`, with the whole invented example, closed and published.
    Example,
}

/// Options of `import`.
#[derive(Args)]
pub struct Import {
    /// Ce que le fichier contient.
    #[arg(value_enum)]
    pub what: Importable,
    /// Le fichier, ou le dossier d’un questionnaire.
    pub file: PathBuf,
    /// Montre ce qui changerait, sans rien écrire.
    #[arg(long)]
    pub preview: bool,
    /// D’où viennent les contours ou les valeurs, et de quand ils datent.
    #[arg(long, value_name = "SOURCE")]
    pub source: Option<String>,
    /// Le fichier corrige des cases de fiches déjà déposées, et ne nomme qu’elles.
    #[arg(long)]
    pub corrections: bool,
    /// Le premier trimestre d’un questionnaire.
    #[arg(long, value_name = "TRIMESTRE", required_if_eq("what", "questionnaire"))]
    pub from: Option<String>,
    /// La licence des contours et la mention qu'elle demande.
    #[arg(long, value_name = "MENTION", default_value = "")]
    pub mention: String,
    /// Le pays de la liste des collectivités.
    #[arg(long, value_name = "CODE", default_value = "ML")]
    pub country: String,
}

/// What can be imported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Importable {
    /// A CSV of values: `element,unite_org,periode,options,valeur`.
    Values,
    /// A CSV of values of past quarters, of any size, filed at once: a whole history taken over.
    Returns,
    /// A package of another post.
    Package,
    /// The card of the post above or of one below.
    Card,
    /// Official boundaries: GeoJSON, or a Shapefile in a zip.
    Outlines,
    /// The official list of the units of a country: CSV, XLSX or ODS.
    Units,
    /// A whole questionnaire: a folder of CSV files in the shape of `reference/oise`.
    Questionnaire,
}

/// Options of `export`.
#[derive(Args)]
pub struct Export {
    /// Ce qu'il faut écrire.
    #[arg(value_enum)]
    pub what: Exportable,
    /// Le fichier (ou, pour un envoi, le dossier) à écrire.
    pub to: PathBuf,
    /// Le poste qui recevra l'envoi.
    #[arg(long, value_name = "POSTE")]
    pub post: Option<String>,
    /// Le lieu des résultats.
    #[arg(long, value_name = "CODE")]
    pub place: Option<String>,
    /// La période des résultats.
    #[arg(long, value_name = "PÉRIODE")]
    pub period: Option<Period>,
}

/// What can be exported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Exportable {
    /// A package for another post.
    Package,
    /// This post's card.
    Card,
    /// The register, as CSV.
    Register,
    /// The results of a place and a quarter, as CSV.
    Indicators,
}

/// Options of `person`.
#[derive(Args)]
pub struct NewPerson {
    /// Identifiant.
    #[arg(long, value_name = "IDENTIFIANT")]
    pub login: String,
    /// Donne un nouveau mot de passe à une personne qui existe ; ferme ses sessions.
    #[arg(long, conflicts_with_all = ["name", "office", "title", "place"])]
    pub reset: bool,
    /// Prénom et nom.
    #[arg(long, value_name = "NOM", required_unless_present = "reset")]
    pub name: Option<String>,
    /// Fonction : administrator, municipal-secretary, cercle-adviser, regional-officer,
    /// national-officer, register-keeper, state-representative, partner.
    #[arg(long, value_name = "FONCTION", required_unless_present = "reset")]
    pub office: Option<String>,
    /// Titre de la fonction.
    #[arg(long, value_name = "TITRE", required_unless_present = "reset")]
    pub title: Option<String>,
    /// Code du lieu.
    #[arg(long, value_name = "CODE", required_unless_present = "reset")]
    pub place: Option<String>,
}

/// An address to listen at: `127.0.0.1:8400`, `[::1]:8400`, `localhost:8400`. A name may stand for
/// several addresses; the older kind is what most programs of this machine try.
fn address(text: &str) -> Result<SocketAddr, String> {
    let all: Vec<SocketAddr> = text.to_socket_addrs().map_err(|it| it.to_string())?.collect();
    all.iter().find(|it| it.is_ipv4()).or(all.first()).copied().ok_or_else(|| format!("{text}: 0"))
}
