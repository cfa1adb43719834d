//! What a page shows of a row, column by column, and how each is typed.

use crate::questionnaire::Sheet;

/// How a column is typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Typing {
    /// What names the row: typed once.
    Code,
    /// A line of text.
    Text,
    /// Several lines of text.
    Long,
    /// One of these words.
    Word(&'static [&'static str]),
    /// A formula.
    Formula,
    /// A number.
    Number,
    /// The code of a form.
    Form,
}

use Typing::{Code, Form, Formula, Long, Number, Text, Word};

/// A column.
pub(crate) type Column = (&'static str, Typing);

const STATUS: Typing = Word(&["proposition", "secteur_source", "source"]);
const TIER: Typing = Word(&["noyau", "complet"]);
const LEVEL: Typing = Word(&["commune", "cercle"]);
const YEARLY: Typing = Word(&["trimestrielle", "annuelle"]);

/// The columns of a table, in the order in which people read them.
pub(crate) fn columns(sheet: Sheet) -> &'static [Column] {
    match sheet {
        Sheet::Forms => &[
            ("code", Code),
            ("libelle_fr", Text),
            ("libelle_en", Text),
            ("periodicite", Word(&["trimestrielle", "annuelle", "annuelle (année scolaire)"])),
            ("niveau_saisie", LEVEL),
            ("echeance", Text),
            ("responsable", Text),
            ("circuit", Text),
            ("secteur", Text),
            ("statut", STATUS),
        ],
        Sheet::Options => &[
            ("dimension", Code),
            ("libelle_dimension_fr", Text),
            ("libelle_dimension_en", Text),
            ("option", Code),
            ("libelle_fr", Text),
            ("libelle_en", Text),
        ],
        Sheet::Elements => &[
            ("code", Code),
            ("libelle_fr", Text),
            ("libelle_court", Text),
            ("libelle_en", Text),
            ("definition_fr", Long),
            ("definition_en", Long),
            ("jeu", Form),
            ("secteur", Text),
            ("niveau_saisie", LEVEL),
            ("type", Word(&["entier", "montant", "decimal", "oui_non", "choix"])),
            ("unite", Text),
            ("ventilations", Text),
            ("liste_choix", Text),
            ("periodicite", YEARLY),
            ("cumul_temps", Word(&["somme", "dernier"])),
            ("cumul_territoire", Word(&["somme", "moyenne", "compte_oui", "aucun"])),
            ("palier", TIER),
            ("obligatoire", Word(&["non", "oui"])),
            ("min", Number),
            ("max", Number),
            ("fournisseur", Text),
            ("diffusion", Word(&["publique", "restreinte"])),
            ("statut", STATUS),
            ("reference", Text),
        ],
        Sheet::Parameters => &[
            ("code", Code),
            ("libelle_fr", Text),
            ("libelle_en", Text),
            ("valeur", Number),
            ("unite", Text),
            ("periode_validite", Text),
            ("origine", Text),
            ("statut", Text),
        ],
        Sheet::Rules => &[
            ("code", Code),
            ("libelle_fr", Text),
            ("libelle_en", Text),
            ("gravite", Word(&["information", "avertissement", "bloquante"])),
            ("nature", Text),
            ("jeu", Form),
            ("niveau", LEVEL),
            ("condition", Formula),
            ("gauche", Formula),
            ("operateur", Word(&["<=", ">=", "=", "entre", "variation<=", "present_si", "nul_si"])),
            ("droite", Formula),
            ("tolerance_relative", Number),
            ("message_fr", Long),
            ("message_en", Long),
            ("action_conseillee", Long),
            ("action_en", Long),
            ("statut", STATUS),
            ("reference", Text),
        ],
        Sheet::Indicators => &[
            ("code", Code),
            ("libelle_fr", Text),
            ("libelle_en", Text),
            ("secteur", Text),
            ("numerateur", Formula),
            ("denominateur", Formula),
            ("facteur", Number),
            ("unite", Text),
            ("decimales", Word(&["0", "1", "2", "3", "4"])),
            ("agregation", Text),
            ("sens", Word(&["hausse", "baisse", "neutre", "cible_1"])),
            ("periodicite", YEARLY),
            ("ventilations", Text),
            ("odd", Text),
            ("seuil_attention", Number),
            ("seuil_bon", Number),
            ("note", Long),
            ("note_en", Long),
            ("palier", TIER),
            ("statut", STATUS),
            ("reference", Text),
        ],
        Sheet::English => &[("kind", Code), ("code", Code), ("field", Code), ("text", Long)],
    }
}

/// The tables that have a page of their own.
pub(crate) const SHOWN: [Sheet; 6] = [
    Sheet::Forms,
    Sheet::Elements,
    Sheet::Options,
    Sheet::Rules,
    Sheet::Indicators,
    Sheet::Parameters,
];

/// The key of the words for a column.
pub(crate) fn word(column: &str) -> String {
    format!("qf-{}", column.replace('_', "-"))
}
