//! An observation as everybody sees it: what was seen, and what the commune says, side by side.

use web::Chrome;

use crate::State;
use crate::observation::Observation;

/// An observation, in words.
pub(super) struct Card {
    pub href: String,
    pub subject: String,
    pub sector: String,
    pub commune: String,
    pub commune_href: String,
    pub village: String,
    pub hidden: bool,
    pub day: String,
    pub text: String,
    pub photo: String,
    pub answers: Vec<Reply>,
    pub settled: Vec<String>,
    pub icon: &'static str,
    pub state: String,
    pub invented: bool,
}

/// An answer of the commune.
pub(super) struct Reply {
    pub text: String,
    pub contests: bool,
    pub who: String,
    pub day: String,
}

impl Card {
    /// The card of what is public; `None` if nothing is.
    pub fn of(chrome: &Chrome, it: &Observation, commune: String) -> Option<Self> {
        let public = it.public()?;
        let language = chrome.language();
        let state = it.state();
        let answers = it.answers().into_iter().map(|(said, answer)| Reply {
            text: answer.text.clone(),
            contests: answer.contests,
            who: said.office.clone(),
            day: language.long_date(answer.day),
        });
        let settled = it.settlements().into_iter().map(|(_, settled)| {
            let day = language.long_date(settled.day);
            if settled.by_sender {
                chrome.t1("observations-settled-by-sender", "day", day)
            } else {
                chrome.t2(
                    "observations-settled-by-moderator",
                    ("day", day),
                    ("text", &settled.text),
                )
            }
        });
        Some(Self {
            href: format!("/observations/{}", it.id),
            subject: chrome.t(&format!("observations-subject-{}", public.subject)),
            sector: chrome.t(&format!("observations-sector-{}", public.subject)),
            commune_href: format!("/territoire/{}", it.commune),
            commune,
            village: public.village.clone(),
            hidden: public.hidden,
            day: language.long_date(public.sent),
            text: public.text.clone(),
            photo: match public.photo {
                Some(_) => format!("/observations/{}/photo", it.id),
                None => String::new(),
            },
            answers: answers.collect(),
            settled: settled.collect(),
            icon: state.icon(),
            state: chrome.t(&format!("observations-state-{}", state.word())),
            invented: public.invented,
        })
    }
}

/// A line of a list for those who decide or answer.
pub(super) struct Line {
    pub href: String,
    pub subject: String,
    pub place: String,
    pub day: String,
    pub icon: &'static str,
    pub state: String,
}

impl Line {
    pub fn of(chrome: &Chrome, it: &Observation, commune: &str, href: String) -> Option<Self> {
        let (subject, village, day) = match (it.sent(), it.public()) {
            (_, Some(public)) => (public.subject, public.village.clone(), public.sent),
            (Some(sent), None) => (sent.subject, sent.village.clone(), sent.day),
            (None, None) => return None,
        };
        let state: State = it.state();
        let place =
            if village.is_empty() { commune.to_owned() } else { format!("{commune}, {village}") };
        Some(Self {
            href,
            subject: chrome.t(&format!("observations-subject-{subject}")),
            place,
            day: chrome.language().long_date(day),
            icon: state.icon(),
            state: chrome.t(&format!("observations-state-{}", state.word())),
        })
    }
}
