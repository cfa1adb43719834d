//! The filters of the list: as typed, then as understood. Whatever cannot be understood is refused
//! with the name of its field; nothing is silently left out.

use db::{DbError, Tx};
use kernel::search::fold;
use kernel::{Date, Message, Reject};
use territory::{Asked, Hit};

use crate::countries::country;
use crate::{Form, Status};

/// The filters as typed in the address, so that a page can show them again.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Typed {
    /// Words.
    pub q: String,
    /// A country.
    pub pays: String,
    /// A level of one of the partners.
    pub niveau: String,
    /// A region of Mali.
    pub region: String,
    /// A place of Mali, by code or name.
    pub lieu: String,
    /// A status.
    pub statut: String,
    /// The first year of origin.
    pub annee_min: String,
    /// The last year of origin.
    pub annee_max: String,
    /// A form.
    pub forme: String,
    /// A source.
    pub source: String,
    /// How the list is sorted.
    pub tri: String,
    /// The page.
    pub page: String,
}

impl Typed {
    /// Reads the pairs of an address; names that are none of ours are left alone, since the shell
    /// has its own. A name given twice keeps its last value.
    pub fn read(pairs: &[(String, String)]) -> Self {
        let mut out = Self::default();
        for (name, value) in pairs {
            if let Some(slot) = out.slot(name) {
                *slot = value.trim().to_owned();
            }
        }
        out
    }

    fn slot(&mut self, name: &str) -> Option<&mut String> {
        Some(match name {
            "q" => &mut self.q,
            "pays" => &mut self.pays,
            "niveau" => &mut self.niveau,
            "region" => &mut self.region,
            "lieu" => &mut self.lieu,
            "statut" => &mut self.statut,
            "annee_min" => &mut self.annee_min,
            "annee_max" => &mut self.annee_max,
            "forme" => &mut self.forme,
            "source" => &mut self.source,
            "tri" => &mut self.tri,
            "page" => &mut self.page,
            _ => return None,
        })
    }

    /// The filters in force, in the order of the form: name and value.
    pub fn pairs(&self) -> Vec<(&'static str, &str)> {
        [
            ("q", &self.q),
            ("pays", &self.pays),
            ("niveau", &self.niveau),
            ("region", &self.region),
            ("lieu", &self.lieu),
            ("statut", &self.statut),
            ("annee_min", &self.annee_min),
            ("annee_max", &self.annee_max),
            ("forme", &self.forme),
            ("source", &self.source),
        ]
        .into_iter()
        .filter(|it| !it.1.is_empty())
        .map(|(name, value)| (name, value.as_str()))
        .collect()
    }
}

/// How a list is sorted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// By the name of the foreign partner.
    #[default]
    Name,
    /// By the name of the Malian side.
    Place,
    /// By the first year; those without one come last.
    Year,
}

/// The filters as understood.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Words that must all be found.
    pub words: Vec<Asked>,
    /// A country, ISO 3166-1 alpha-2.
    pub country: Option<String>,
    /// A level of one of the partners, Malian or foreign.
    pub level: Option<String>,
    /// A region of Mali, as a code of the territory: found or declared.
    pub region: Option<String>,
    /// Places of Mali, as codes.
    pub places: Option<Vec<String>>,
    /// A status.
    pub status: Option<Status>,
    /// The first year.
    pub year_from: Option<i64>,
    /// The last year.
    pub year_to: Option<i64>,
    /// A form.
    pub form: Option<Form>,
    /// A source.
    pub source: Option<String>,
    /// The order.
    pub sort: Sort,
    /// The page, from 1.
    pub page: i64,
}

/// A filter that cannot be understood.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the filter {field} cannot be {value:?}")]
pub struct FilterRefused {
    /// The field, by its name in the address.
    pub field: &'static str,
    /// What was typed.
    pub value: String,
    /// The rule, also the end of the catalogue key: `unknown`, `number`, `order`, `long`,
    /// `no-word`.
    pub rule: &'static str,
}

impl Reject for FilterRefused {
    fn message(&self) -> Message {
        let field = self.field.replace('_', "-");
        let key = match self.rule {
            "unknown" => format!("register-filter-{field}-unknown"),
            rule => format!("register-filter-{rule}"),
        };
        Message::new(key).with("value", &self.value)
    }
}

/// The levels that a filter may name: those of either side.
pub const LEVELS: [&str; 8] = [
    "commune",
    "cercle",
    "departement",
    "region",
    "district",
    "intercommunalite",
    "autre",
    "non-precise",
];

/// The longest question, in letters: names are short, and a longer one is a mistake of copying.
const LONGEST: usize = 120;

/// The map under which the sources of the register were written.
pub fn map_of_the_register() -> Date {
    // The guide describes about 2005; Date::new fails for no such day.
    Date::new(2006, 1, 1).unwrap_or(Date::from_millis(0))
}

impl Typed {
    /// Understands what was typed.
    ///
    /// # Errors
    ///
    /// If the store fails. Filters that cannot be understood are in the list beside the filter.
    pub fn understand(&self, tx: &mut Tx<'_>) -> Result<(Filter, Vec<FilterRefused>), DbError> {
        let mut refused = Vec::new();
        let mut no = |field, value: &str, rule| {
            refused.push(FilterRefused { field, value: value.to_owned(), rule });
        };
        let mut out = Filter { page: 1, ..Filter::default() };
        if LONGEST < self.q.chars().count() {
            no("q", &self.q, "long");
        } else {
            out.words = territory::asked(&self.q);
            if out.words.is_empty() && !self.q.trim().is_empty() {
                // Signs alone would otherwise find everything.
                no("q", &self.q, "no-word");
            }
        }
        if !self.pays.is_empty() {
            match country(&self.pays) {
                Some(code) => out.country = Some(code.to_owned()),
                None => no("pays", &self.pays, "unknown"),
            }
        }
        if !self.niveau.is_empty() {
            let typed = fold(&self.niveau).replace(' ', "-");
            match LEVELS.iter().find(|it| **it == typed) {
                Some(level) => out.level = Some((*level).to_owned()),
                None => no("niveau", &self.niveau, "unknown"),
            }
        }
        if !self.region.is_empty() {
            out.region = region(tx, &self.region)?;
            if out.region.is_none() {
                no("region", &self.region, "unknown");
            }
        }
        if !self.lieu.is_empty() {
            let places = places(tx, &self.lieu)?;
            if places.is_empty() {
                no("lieu", &self.lieu, "unknown");
            }
            out.places = Some(places);
        }
        if !self.statut.is_empty() {
            let typed = fold(&self.statut).replace(' ', "-");
            let typed = if typed == "non-renseigne" { "inconnu" } else { &typed };
            match typed.parse() {
                Ok(status) => out.status = Some(status),
                Err(_) => no("statut", &self.statut, "unknown"),
            }
        }
        if !self.forme.is_empty() {
            match fold(&self.forme).replace(' ', "-").parse() {
                Ok(form) => out.form = Some(form),
                Err(_) => no("forme", &self.forme, "unknown"),
            }
        }
        if !self.source.is_empty() {
            let known = crate::sources(tx)?.into_iter().find(|it| it.name == self.source);
            let by_hand = self.source == crate::BY_HAND;
            match known.map(|it| it.name).or(by_hand.then(|| self.source.clone())) {
                Some(name) => out.source = Some(name),
                None => no("source", &self.source, "unknown"),
            }
        }
        let mut year = |field, text: &str| {
            let read = text.parse::<i64>().ok().filter(|it| (1000..=9999).contains(it));
            if read.is_none() && !text.is_empty() {
                no(field, text, "year");
            }
            read
        };
        out.year_from = year("annee_min", &self.annee_min);
        out.year_to = year("annee_max", &self.annee_max);
        if let (Some(from), Some(to)) = (out.year_from, out.year_to)
            && to < from
        {
            no("annee_max", &self.annee_max, "order");
        }
        out.sort = match self.tri.as_str() {
            "" | "nom" => Sort::Name,
            "lieu" => Sort::Place,
            "annee" => Sort::Year,
            other => {
                no("tri", other, "unknown");
                Sort::Name
            }
        };
        if !self.page.is_empty() {
            match self.page.parse::<i64>().ok().filter(|it| (1..=1_000_000).contains(it)) {
                Some(page) => out.page = page,
                None => no("page", &self.page, "page"),
            }
        }
        Ok((out, refused))
    }
}

/// A region by its old number (`2`, `D`), its code or its name.
fn region(tx: &mut Tx<'_>, typed: &str) -> Result<Option<String>, DbError> {
    let wanted = fold(typed);
    let regions = territory::children(tx, "ML", map_of_the_register())?;
    for it in regions {
        let number = match it.code.strip_prefix("ML0") {
            Some("9") => "d",
            Some(number) => number,
            None => "",
        };
        let named = fold(&it.name) == wanted || fold(&it.name).ends_with(&format!(" {wanted}"));
        if fold(&it.code) == wanted || number == wanted || named {
            return Ok(Some(it.code));
        }
    }
    Ok(None)
}

/// The places that a code or a name means, with all that lies under them: a name may be that of a
/// cercle and of its chief town, or of a village, whose commune is meant.
fn places(tx: &mut Tx<'_>, typed: &str) -> Result<Vec<String>, DbError> {
    let map = map_of_the_register();
    let mut roots = Vec::new();
    let code = typed.to_uppercase();
    for code in [typed, code.as_str()] {
        if territory::unit(tx, code)?.is_some() {
            roots.push(code.to_owned());
            break;
        }
    }
    if roots.is_empty() {
        let wanted = fold(typed);
        for hit in territory::search(tx, typed, map, 200)? {
            match hit {
                Hit::Unit(it) => {
                    let aliases = territory::unit(tx, &it.code)?.map(|it| it.aliases);
                    let named = fold(&it.name) == wanted
                        || aliases.unwrap_or_default().iter().any(|it| fold(it) == wanted);
                    if named {
                        roots.push(it.code);
                    }
                }
                Hit::Locality(village, commune) if fold(&village.name) == wanted => {
                    roots.push(commune.code);
                }
                Hit::Locality(..) | Hit::Foreign(_) => {}
            }
        }
    }
    let mut out = Vec::new();
    for root in roots {
        let below = territory::subtree(tx, &root, map)?;
        out.extend(below.into_iter().map(|it| it.0));
        out.push(root);
    }
    out.sort_unstable();
    out.dedup();
    Ok(out)
}
