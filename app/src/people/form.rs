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

    /// Was this one of the values that were chosen in a field?
    pub fn has(&self, name: &str, value: &str) -> bool {
        self.typed.iter().any(|(other, chosen)| other == name && chosen == value)
    }

    /// Is this the field that is wrong?
    pub fn is_wrong(&self, name: &str) -> bool {
        self.problem.as_ref().is_some_and(|(field, _)| *field == name)
    }

    /// Something is wrong with it.
    pub fn has_problem(&self) -> bool {
        self.problem.is_some()
    }

    /// For `aria-invalid` of a field.
    pub fn mark(&self, name: &str) -> Option<&'static str> {
        self.is_wrong(name).then_some("true")
    }

    /// For `aria-describedby` of a field: where it stands what is wrong with it.
    pub fn told(&self, name: &str) -> Option<&'static str> {
        self.is_wrong(name).then_some("problem")
    }

    /// What is wrong with a field, right below it: a page that is longer than the screen opens at that field, for its
    /// field takes the focus. No script has a part in that.
    pub fn beside(&self, name: &str) -> Markup {
        html! {
            @if let Some((_, problem)) = self.problem.as_ref().filter(|(field, _)| *field == name) {
                p.problem role="alert" id="problem" { (problem) }
            }
        }
    }

    /// The same where nothing can take the focus but the sentence itself: the field is one that nobody sees.
    pub fn instead(&self, name: &str) -> Markup {
        html! {
            @if let Some((_, problem)) = self.problem.as_ref().filter(|(field, _)| *field == name) {
                p.problem role="alert" id="problem" tabindex="-1" autofocus { (problem) }
            }
        }
    }

    /// The sentence above the form, read out when the page opens: what came of it, or what is wrong with all of it.
    /// What is wrong with one field stands [beside](Self::beside) it.
    pub fn note(&self) -> Markup {
        html! {
            (self.instead(""))
            @if let Some(done) = &self.done { p.done role="status" { (done) } }
        }
    }

    /// A field with its label, what was typed, and a mark when it is the wrong one. `more` are attributes such as
    /// `autocomplete`; `kind` is the type of the input.
    pub fn field(&self, name: &'static str, kind: &str, label: &str, autocomplete: &str) -> Markup {
        html! {
            label.field { (label)
                input name=(name) type=(kind) value=(if kind == "password" { "" } else { self.value(name) })
                    autocomplete=(autocomplete) required maxlength="256"
                    aria-invalid=[self.mark(name)] aria-describedby=[self.told(name)] autofocus[self.is_wrong(name)];
            }
            (self.beside(name))
        }
    }
}
