//! How does a passkey answer a form? Only where a form asks for one does the browser fetch this part.
//!
//! | on the form | what happens when it is sent |
//! |---|---|
//! | `data-passkey-make` | the question is fetched from there, a passkey is made, and its answer is sent along |
//! | `data-passkey-use` | the same, with a passkey that is there |
//!
//! The answer travels in the field `answer`. When there is none, what stands under `data-passkey-failed` is shown.

use gloo_net::http::Request;
use js_sys::{Function, JSON, Object, Promise, Reflect};
use leptos::prelude::{document, window};
use leptos::task::spawn_local;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Element, Event, HtmlFormElement, HtmlInputElement};

/// The forms that ask for a passkey.
const FORMS: &str = "form[data-passkey-make], form[data-passkey-use]";

/// From now on these forms ask the browser.
pub(super) fn begin() {
    let Ok(forms) = document().query_selector_all(FORMS) else { return };
    for at in 0..forms.length() {
        if let Some(form) = forms.get(at).and_then(|form| form.dyn_into::<HtmlFormElement>().ok()) {
            let asked = form.clone();
            // The form lives as long as the page, and so does this.
            let sent = Closure::<dyn FnMut(Event)>::new(move |event: Event| send(&asked, &event));
            _ = form.add_event_listener_with_callback("submit", sent.as_ref().unchecked_ref());
            sent.forget();
            _ = form.set_attribute("data-ready", "");
        }
    }
}

fn send(form: &HtmlFormElement, event: &Event) {
    event.prevent_default();
    let inside = |selector: &str| form.query_selector(selector).ok().flatten();
    let field = inside("[name=answer]").and_then(|field| field.dyn_into::<HtmlInputElement>().ok());
    let Some(field) = field.filter(|_| !form.has_attribute("aria-busy")) else { return };
    let failed: Option<Element> = inside("[data-passkey-failed]");
    if let Some(failed) = &failed {
        _ = failed.set_attribute("hidden", "");
    }
    _ = form.set_attribute("aria-busy", "true");
    let form = form.clone();
    spawn_local(async move {
        match ask(&form).await {
            Ok(answer) => {
                field.set_value(&answer);
                _ = form.submit();
                // An answer is good once: who comes back to this page is asked again.
                field.set_value("");
            }
            Err(_) => _ = failed.map(|failed| failed.remove_attribute("hidden")),
        }
        _ = form.remove_attribute("aria-busy");
    });
}

/// Fetches the question, and gives the browser's answer.
async fn ask(form: &HtmlFormElement) -> Result<String, JsValue> {
    let (from, read, verb) = match form.get_attribute("data-passkey-make") {
        Some(from) => (from, "parseCreationOptionsFromJSON", "create"),
        None => {
            (form.get_attribute("data-passkey-use").unwrap_or_default(), "parseRequestOptionsFromJSON", "get")
        }
    };
    let question = Request::post(&from).send().await.map_err(|_| JsValue::NULL)?;
    if question.redirected() {
        // They signed in a while ago: first comes the page on which they show who they are.
        _ = window().location().set_href(&question.url());
    }
    if !question.ok() || question.redirected() {
        return Err(JsValue::NULL);
    }
    let question = JSON::parse(&question.text().await.map_err(|_| JsValue::NULL)?)?;
    let window = JsValue::from(window());
    let options = Object::new();
    let key = call(&part(&window, "PublicKeyCredential")?, read, &question)?;
    Reflect::set(&options, &"publicKey".into(), &key)?;
    let credentials = part(&part(&window, "navigator")?, "credentials")?;
    let answer = call(&credentials, verb, &options)?.dyn_into::<Promise>()?;
    let answer = JsFuture::from(answer).await?;
    Ok(String::from(JSON::stringify(&answer)?))
}

fn part(of: &JsValue, name: &str) -> Result<JsValue, JsValue> {
    Reflect::get(of, &name.into())
}

fn call(on: &JsValue, name: &str, with: &JsValue) -> Result<JsValue, JsValue> {
    part(on, name)?.dyn_into::<Function>()?.call1(on, with)
}
