//! How does the program walk to an address of ours?

use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

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
