//! What surrounds every page.

use kernel::{Language, Message};

use crate::App;

/// An entry of the main menu.
#[derive(Clone, Debug)]
pub struct MenuItem {
    /// Its address.
    pub href: String,
    /// Its words.
    pub label: String,
    /// Whether the page lies under it.
    pub current: bool,
}

/// Who is signed in.
#[derive(Clone, Debug)]
pub struct ViewerCard {
    /// The person.
    pub name: String,
    /// The office.
    pub office: String,
    /// The place of the office.
    pub place: String,
    /// Pages about people that this person may open.
    pub links: Vec<MenuItem>,
}

/// The shell of one page: templates hold it as their field `chrome`.
#[derive(Clone)]
pub struct Chrome {
    /// The page's title.
    pub title: String,
    /// The main menu.
    pub menu: Vec<MenuItem>,
    /// The rooms of the part of the product that the page lies in.
    pub rooms: Vec<MenuItem>,
    /// Who is signed in.
    pub viewer: Option<ViewerCard>,
    /// The place (and period) that the page is about.
    pub place_line: Option<String>,
    /// The status line.
    pub status: Vec<String>,
    /// The token that forms carry.
    pub jeton: String,
    /// Whether the page shows invented data.
    pub invented: bool,
    /// The same page in the other language.
    pub other_language_href: String,
    pub(crate) app: App,
    pub(crate) language: Language,
}

impl Chrome {
    /// The page's language.
    pub fn language(&self) -> Language {
        self.language
    }

    /// `fr` or `en`.
    pub fn lang_code(&self) -> &'static str {
        self.language.code()
    }

    /// The words of a key.
    pub fn t(&self, key: &str) -> String {
        self.app.catalogue().say(self.language, key, &[])
    }

    /// The words of a key, if the catalogue has it: for names that come from data.
    pub fn known(&self, key: &str) -> Option<String> {
        self.app.catalogue().has(self.language, key).then(|| self.t(key))
    }

    /// The words of a key with one argument.
    pub fn t1(&self, key: &str, name: &str, value: impl std::fmt::Display) -> String {
        self.app.catalogue().say(self.language, key, &[(name, value.to_string())])
    }

    /// The words of a key with two arguments.
    pub fn t2(
        &self,
        key: &str,
        (first, value): (&str, impl std::fmt::Display),
        (second, other): (&str, impl std::fmt::Display),
    ) -> String {
        let arguments = [(first, value.to_string()), (second, other.to_string())];
        self.app.catalogue().say(self.language, key, &arguments)
    }

    /// The sentence of a message.
    pub fn tell(&self, message: &Message) -> String {
        self.app.tell(self.language, message)
    }

    /// Says that the page shows invented data.
    #[must_use]
    pub fn with_invented(mut self, invented: bool) -> Self {
        self.invented = invented;
        self
    }

    /// Says which place and period the page is about.
    #[must_use]
    pub fn with_place(mut self, line: impl Into<String>) -> Self {
        self.place_line = Some(line.into());
        self
    }
}
