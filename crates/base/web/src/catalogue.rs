//! The words that people see: Fluent catalogues, French the source, English complete.

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use kernel::{Language, Message};
use unic_langid::LanguageIdentifier;

/// All catalogues of all slices.
pub struct Catalogue {
    french: FluentBundle<FluentResource>,
    english: FluentBundle<FluentResource>,
}

/// The catalogues shipped with the program do not hold together.
#[derive(Debug, thiserror::Error)]
pub enum CatalogueError {
    /// A catalogue's text cannot be read.
    #[error("a catalogue cannot be read: {0}")]
    Syntax(String),
    /// Two slices define one key.
    #[error("a key is defined twice: {0}")]
    Twice(String),
}

impl Catalogue {
    /// Joins the catalogues of the slices, each as (French, English).
    ///
    /// # Errors
    ///
    /// If one cannot be read or two define one key.
    pub fn new(parts: &[(&str, &str)]) -> Result<Self, CatalogueError> {
        let french = bundle("fr", parts.iter().map(|it| it.0))?;
        let english = bundle("en", parts.iter().map(|it| it.1))?;
        Ok(Self { french, english })
    }

    /// The sentence of a key; the key itself in double question marks when there is none, which
    /// the browser tests look for on every page.
    pub fn say(&self, language: Language, key: &str, arguments: &[(&str, String)]) -> String {
        let bundle = match language {
            Language::French => &self.french,
            Language::English => &self.english,
        };
        let (id, attribute) = match key.split_once('.') {
            Some((id, attribute)) => (id, Some(attribute)),
            None => (key, None),
        };
        let pattern = bundle.get_message(id).and_then(|it| match attribute {
            Some(name) => it.get_attribute(name).map(|it| it.value()),
            None => it.value(),
        });
        let Some(pattern) = pattern else { return format!("??{key}??") };
        let mut given = FluentArgs::new();
        for (name, value) in arguments {
            given.set(*name, argument(value));
        }
        let mut errors = Vec::new();
        bundle.format_pattern(pattern, Some(&given), &mut errors).into_owned()
    }

    /// A message of the rules.
    pub fn tell(&self, language: Language, message: &Message) -> String {
        let arguments: Vec<(&str, String)> =
            message.arguments.iter().map(|it| (it.0.as_str(), it.1.clone())).collect();
        self.say(language, &message.key, &arguments)
    }

    /// Whether a key has its sentence in this language.
    pub fn has(&self, language: Language, key: &str) -> bool {
        match language {
            Language::French => self.french.has_message(key),
            Language::English => self.english.has_message(key),
        }
    }
}

/// A small whole number stays a number, so that « { $count -> [one] … } » can choose; everything
/// else is a text already written for people.
fn argument(value: &str) -> FluentValue<'static> {
    match value.parse::<u32>() {
        Ok(number) if number < 1000 && number.to_string() == value => FluentValue::from(number),
        _ => FluentValue::from(value.to_owned()),
    }
}

fn bundle<'a>(
    code: &str,
    texts: impl Iterator<Item = &'a str>,
) -> Result<FluentBundle<FluentResource>, CatalogueError> {
    let language: LanguageIdentifier =
        code.parse().map_err(|_| CatalogueError::Syntax(code.to_owned()))?;
    let mut bundle = FluentBundle::new_concurrent(vec![language]);
    // The marks that isolate arguments for right-to-left scripts would show in old browsers.
    bundle.set_use_isolating(false);
    for text in texts {
        let resource = FluentResource::try_new(text.to_owned()).map_err(|(_, errors)| {
            CatalogueError::Syntax(errors.first().map(ToString::to_string).unwrap_or_default())
        })?;
        bundle.add_resource(resource).map_err(|errors| {
            CatalogueError::Twice(errors.first().map(ToString::to_string).unwrap_or_default())
        })?;
    }
    Ok(bundle)
}
