//! What did a form bring back: what was typed, and what is wrong with it?

use maud::{Markup, html};

/// A form as a page draws it: empty at first, and as it was sent when something is wrong.
#[derive(Clone, Debug, Default)]
pub struct Form {
    typed: Vec<(String, String)>,
    problem: Option<(&'static str, String)>,
    done: Option<String>,
}

impl Form {
    /// What was sent, with what is wrong: the name of the field (or nothing, for all of it) and a sentence.
    pub fn wrong(typed: Vec<(String, String)>, field: &'static str, sentence: impl Into<String>) -> Form {
        // A secret is typed again: it does not travel back.
        let typed =
            typed.into_iter().filter(|(name, _)| !name.contains("password") && name != "pin").collect();
        Form { typed, problem: Some((field, sentence.into())), done: None }
    }

    /// An empty form below the news that the last one was done.
    pub fn done(sentence: Option<impl Into<String>>) -> Form {
        Form { done: sentence.map(Into::into), ..Form::default() }
    }

    /// What was typed into a field.
    pub fn value(&self, name: &str) -> &str {
        self.typed.iter().find(|(other, _)| other == name).map_or("", |(_, value)| value)
    }

    /// What was typed into a field, or else this.
    pub fn value_or<'a>(&'a self, name: &str, otherwise: &'a str) -> &'a str {
        self.typed.iter().find(|(other, _)| other == name).map_or(otherwise, |(_, value)| value)
    }

    /// Is this the field that is wrong?
    pub fn is_wrong(&self, name: &str) -> bool {
        self.problem.as_ref().is_some_and(|(field, _)| *field == name)
    }

    /// The sentence above the form, read out when the page opens.
    pub fn note(&self) -> Markup {
        html! {
            @if let Some((_, problem)) = &self.problem { p.problem role="alert" id="problem" { (problem) } }
            @if let Some(done) = &self.done { p.done role="status" { (done) } }
        }
    }

    /// A field with its label, what was typed, and a mark when it is the wrong one. `more` are attributes such as
    /// `autocomplete`; `kind` is the type of the input.
    pub fn field(&self, name: &'static str, kind: &str, label: &str, autocomplete: &str) -> Markup {
        let wrong = self.is_wrong(name);
        html! {
            label.field { (label)
                input name=(name) type=(kind) value=(if kind == "password" { "" } else { self.value(name) })
                    autocomplete=(autocomplete) required maxlength="256"
                    aria-invalid=[wrong.then_some("true")] aria-describedby=[wrong.then_some("problem")];
            }
        }
    }
}
