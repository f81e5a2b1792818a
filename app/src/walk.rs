//! How does the program walk to an address of ours?

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use send_wrapper::SendWrapper;
use std::cell::Cell;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;

thread_local! {
    /// Somebody walks on by themselves, and not by Back.
    static ON: Cell<bool> = const { Cell::new(false) };
}

/// Says that somebody walks on by themselves: they follow a link, say.
pub fn walks_on() {
    ON.set(true);
}

/// Did somebody walk on by themselves since this was asked last? Otherwise a page comes by Back or Forward.
pub fn walked_on() -> bool {
    ON.replace(false)
}

/// Walks to an address that [`Site::href`](crate::Site::href) wrote: it holds its language already, so the router must
/// not put the language before it again.
pub fn use_walker() -> impl Fn(&str, How) + Clone + 'static {
    let navigate = use_navigate();
    move |address, how| {
        let options = NavigateOptions {
            resolve: false,
            replace: matches!(how, How::Instead | How::InsteadInPlace),
            scroll: matches!(how, How::Step | How::Instead),
            ..NavigateOptions::default()
        };
        if matches!(how, How::Step | How::Instead) {
            walks_on();
        }
        navigate(address, options);
    }
}

/// What Back undoes, and where the page is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// Back leads to the address before; the page is shown from its top.
    Step,
    /// Back leads to the address before; the page stays where it is.
    StepInPlace,
    /// The address before is replaced; the page is shown from its top.
    Instead,
    /// The address before is replaced; the page stays where it is.
    InsteadInPlace,
}

/// Hears every event of this name before anybody else does its work, for as long as the page lives.
pub fn before(name: &'static str, hear: impl Fn(&web_sys::Event) + Clone + 'static) {
    Effect::new(move || {
        let hear = hear.clone();
        let ear = Closure::<dyn FnMut(web_sys::Event)>::new(move |event| hear(&event));
        _ = window().add_event_listener_with_callback_and_bool(name, ear.as_ref().unchecked_ref(), true);
        let ear = SendWrapper::new(ear);
        on_cleanup(move || {
            let ear = ear.as_ref().unchecked_ref();
            _ = window().remove_event_listener_with_callback_and_bool(name, ear, true);
        });
    });
}
