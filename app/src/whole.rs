//! How is a page taken over in few bytes?
//!
//! Every view brings two ways of taking over what the server drew: at once, and piece by piece while parts of the
//! program still arrive. Ours is there as a whole, so the second, as large as the first, would only be downloaded.

use leptos::prelude::*;
use leptos::tachys::html::attribute::Attribute;
use leptos::tachys::html::attribute::any_attribute::AnyAttribute;
use leptos::tachys::hydration::Cursor;
use leptos::tachys::ssr::StreamBuilder;
use leptos::tachys::view::{Position, PositionState};

/// A view that is only taken over at once.
pub struct Whole<V>(pub V);

impl<V: Render> Render for Whole<V> {
    type State = V::State;

    fn build(self) -> Self::State {
        self.0.build()
    }

    fn rebuild(self, state: &mut Self::State) {
        self.0.rebuild(state);
    }
}

impl<V: AddAnyAttr> AddAnyAttr for Whole<V> {
    type Output<Added: Attribute> = Whole<V::Output<Added>>;

    fn add_any_attr<Added: Attribute>(self, attribute: Added) -> Self::Output<Added>
    where
        Self::Output<Added>: RenderHtml,
    {
        Whole(self.0.add_any_attr(attribute))
    }
}

impl<V: RenderHtml> RenderHtml for Whole<V> {
    type AsyncOutput = V::AsyncOutput;
    type Owned = Whole<V::Owned>;

    const MIN_LENGTH: usize = V::MIN_LENGTH;
    const EXISTS: bool = V::EXISTS;

    fn dry_resolve(&mut self) {
        self.0.dry_resolve();
    }

    async fn resolve(self) -> Self::AsyncOutput {
        self.0.resolve().await
    }

    fn to_html_with_buf(
        self,
        out: &mut String,
        position: &mut Position,
        escape: bool,
        mark_branches: bool,
        added: Vec<AnyAttribute>,
    ) {
        self.0.to_html_with_buf(out, position, escape, mark_branches, added);
    }

    fn to_html_async_with_buf<const OUT_OF_ORDER: bool>(
        self,
        out: &mut StreamBuilder,
        position: &mut Position,
        escape: bool,
        mark_branches: bool,
        added: Vec<AnyAttribute>,
    ) {
        self.0.to_html_async_with_buf::<OUT_OF_ORDER>(out, position, escape, mark_branches, added);
    }

    fn hydrate<const FROM_SERVER: bool>(self, cursor: &Cursor, position: &PositionState) -> Self::State {
        self.0.hydrate::<FROM_SERVER>(cursor, position)
    }

    // `hydrate_async` is left as the trait has it: it takes over at once.

    fn into_owned(self) -> Self::Owned {
        Whole(self.0.into_owned())
    }
}
