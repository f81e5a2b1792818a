//! Why did nothing come of it, and what now?

use crate::site::Site;
use domain::policy::Refusal;
use maud::{Markup, html};
use text::ServerText;

/// Why nothing came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// There is nothing here, or not for them.
    Missing,
    /// Nobody is signed in (any more).
    SignIn,
    /// The rules say no.
    Rule(Refusal),
    /// The page is for others, and they have no other role to change into.
    ForOthers,
    /// The form came from another site.
    Elsewhere,
    /// Too many deeds in a short time.
    TooOften,
    /// Something broke on our side.
    Broken,
}

/// The page: a sentence and a way on.
pub fn page(site: &Site, title: &str, why: Why) -> Markup {
    let text = ServerText::of(site.lang());
    let sentence = match why {
        Why::Missing => text.people_refused_missing(),
        Why::SignIn | Why::Rule(Refusal::SignIn) => text.people_refused_sign_in(),
        Why::Rule(Refusal::SecondFactor) => text.people_refused_second_factor(),
        Why::Rule(Refusal::OwnKeys) => text.people_refused_own_keys(),
        Why::Rule(Refusal::ProveFirst) => text.prove_lead(),
        Why::Rule(Refusal::ConsentFirst) => text.people_refused_consent(),
        Why::Rule(Refusal::NotCleared) => text.people_refused_not_cleared(),
        Why::Rule(Refusal::OfAge) => text.people_refused_of_age(),
        Why::Rule(Refusal::NotOfAge) => text.people_refused_not_of_age(),
        Why::Rule(Refusal::NotThisRole | Refusal::NotYours) => text.people_refused_role(),
        Why::ForOthers => text.people_refused_others(),
        Why::Elsewhere => text.people_refused_elsewhere(),
        Why::TooOften => text.people_refused_often(),
        Why::Broken => text.broken_why(),
    };
    let (path, label) = match why {
        Why::SignIn | Why::Rule(Refusal::SignIn) => ("/sign-in", text.people_sign_in()),
        Why::Rule(Refusal::SecondFactor) => ("/account/keys", text.people_set_up()),
        Why::Rule(Refusal::ProveFirst) => ("/account/prove", text.second_go()),
        // What to do about it stands there.
        Why::Rule(Refusal::ConsentFirst) => ("/family", text.family_own_title()),
        _ => ("/home", text.people_home()),
    };
    html! {
        section.plain {
            h1 { (title) }
            p { (sentence) }
            p.row { a.btn.main href=(site.href(path)) { (label) } }
        }
    }
}
