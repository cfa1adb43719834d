//! Sending an observation: by anybody, without an account.

use identity::Ctx;
use journal::{Audience, Journal};
use kernel::search::fold;
use kernel::{Date, Failure, Id, Message, Reject, Stop, base64};
use territory::Level;

use crate::observation::{Photo, Sent, Subject};
use crate::photo::{Clean, PhotoRefused};
use crate::plain::unturned;
use crate::{SENT, flood, private};

/// The longest text of an observation, in letters.
pub const LONGEST_TEXT: usize = 1200;
/// The shortest, in letters: « panne » alone helps nobody.
const SHORTEST_TEXT: usize = 10;
/// The longest name of a village, in letters.
const LONGEST_VILLAGE: usize = 80;
/// The longest contact, in letters.
const LONGEST_CONTACT: usize = 120;

/// An observation as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Typed {
    /// The secret of the form: 16 bytes or more, as text. The same twice is one observation.
    pub secret: String,
    /// The commune's code.
    pub commune: String,
    /// The village.
    pub village: String,
    /// The subject's word.
    pub subject: String,
    /// What was seen.
    pub text: String,
    /// Whether the village is to be hidden.
    pub hide_village: bool,
    /// How the sender can be reached; may be empty.
    pub contact: String,
}

/// What the sender keeps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// The code with which they come back, as it is read aloud.
    pub code: String,
    /// Whether it had come in before.
    pub again: bool,
}

/// What is wrong, field by field.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SendRefused(pub Vec<(&'static str, Message)>);

impl SendRefused {
    fn one(field: &'static str, key: &str) -> Stop<Self> {
        Stop::Refused(Self(vec![(field, Message::new(key))]))
    }
}

/// The name of a village as the census spells it, or as typed.
fn spelled(ctx: &mut Ctx<'_, '_>, commune: &str, typed: &str) -> Result<String, Failure> {
    let plain = typed.split_whitespace().collect::<Vec<_>>().join(" ");
    let wanted = fold(&plain);
    let villages = territory::localities(ctx.tx, commune)?;
    let known = villages.into_iter().find(|it| fold(&it.name) == wanted);
    Ok(known.map_or(plain, |it| it.name))
}

/// Whether this post takes observations of a place: a commune, within its own territory if it has
/// one, since nobody here could decide about another's.
///
/// # Errors
///
/// If the store fails.
pub(crate) fn takes_of(
    tx: &mut db::Tx<'_>,
    code: &str,
    today: Date,
) -> Result<Option<territory::Place>, Failure> {
    let Some(place) = territory::place_near(tx, code, today)? else { return Ok(None) };
    if place.level != Level::Commune || territory::version_on(tx, code, today)?.is_none() {
        return Ok(None);
    }
    let Some(own) = Journal::setting(tx, "post.place")? else { return Ok(Some(place)) };
    let above = territory::chain(tx, code, today)?;
    let is_ours = own == code || above.iter().any(|it| it.code == own);
    Ok(is_ours.then_some(place))
}

/// Takes an observation in.
///
/// # Errors
///
/// What cannot be used, field by field; nothing was written.
pub fn send(
    ctx: &mut Ctx<'_, '_>,
    typed: &Typed,
    photo: Result<Option<Clean>, PhotoRefused>,
) -> Result<Receipt, Stop<SendRefused>> {
    let secret = typed.secret.trim();
    let is_secret = (32..=64).contains(&secret.len())
        && secret.bytes().all(|it| it.is_ascii_hexdigit() || it == b'-');
    if !is_secret {
        return Err(SendRefused::one("", "observations-form-old"));
    }
    let id = {
        let hash = blake3::derive_key("benkadi observation id 1", secret.as_bytes());
        let mut first = [0; 16];
        first.copy_from_slice(&hash[..16]);
        Id::from_hash(first).to_string()
    };
    let code = private::code_of(secret);
    if crate::observation(ctx.tx, &id)?.is_some() {
        return Ok(Receipt { code: private::told(&code), again: true });
    }
    let typed = &Typed {
        village: unturned(&typed.village),
        text: unturned(&typed.text),
        contact: unturned(&typed.contact),
        ..typed.clone()
    };
    let today = ctx.today();
    let mut refused = SendRefused::default();
    let mut refuse = |field, key: &str| refused.0.push((field, Message::new(key)));
    let place = takes_of(ctx.tx, &typed.commune, today)?.ok_or(Failure::NotFound)?;
    let subject: Option<Subject> = typed.subject.parse().ok();
    if subject.is_none() {
        refuse("sujet", "observations-no-subject");
    }
    let text = typed.text.trim();
    match text.chars().count() {
        0 => refuse("texte", "observations-no-text"),
        1..SHORTEST_TEXT => refuse("texte", "observations-short-text"),
        SHORTEST_TEXT..=LONGEST_TEXT => {}
        long => refused.0.push((
            "texte",
            Message::new("observations-long-text").with("letters", long).with("most", LONGEST_TEXT),
        )),
    }
    let mut bounded = |field, text: &str, most: usize| {
        if most < text.trim().chars().count() {
            refused.0.push((field, Message::new("observations-long-line").with("most", most)));
        }
    };
    bounded("village", &typed.village, LONGEST_VILLAGE);
    bounded("contact", &typed.contact, LONGEST_CONTACT);
    let photo = photo.unwrap_or_else(|rule| {
        refused.0.push(("photo", rule.message()));
        None
    });
    let Some(subject) = subject.filter(|_| refused.0.is_empty()) else {
        return Err(Stop::Refused(refused));
    };
    if !flood::takes_for(ctx.tx, &typed.commune, ctx.now_millis)? {
        return Err(SendRefused::one("", "observations-flood"));
    }
    let village = spelled(ctx, &typed.commune, &typed.village)?;
    let sent = Sent {
        subject,
        village,
        hide_village: typed.hide_village,
        text: text.to_owned(),
        photo: photo.map(|it| Photo {
            kind: it.kind.ending().to_owned(),
            hash: blake3::hash(&it.bytes).to_hex().to_string(),
            content: base64::encode(&it.bytes),
        }),
        day: today,
        invented: place.invented,
    };
    // A signed-in person sends as anybody does: no name and no office enters the journal.
    let nobody = identity::Actor::anonymous();
    let mut anonymous = Ctx::new(ctx.tx, ctx.journal(), &nobody, ctx.now_millis);
    anonymous.record(identity::Fact {
        kind: SENT,
        subject: &id,
        audience: Audience::Local,
        scope: &typed.commune,
        reason: "",
        payload: &sent,
    })?;
    private::keep(ctx.tx, &id, &code, typed.contact.trim(), ctx.now_millis)?;
    Ok(Receipt { code: private::told(&code), again: false })
}
