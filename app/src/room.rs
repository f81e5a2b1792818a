//! Which pages wait for the second part of the program, and how do they open?
//!
//! The first view needs the list of schools and their pages; every other page is a room. Its code, its words and its
//! data are fetched once, when the first room is entered, so that nobody waits for them who only looks for a school.
//! On the server all of it is at hand, and a room is drawn like any other page.

use crate::drawn::DrawnPage;
use crate::explorer::compare::Compare;
use crate::explorer::map::MapPage;
use crate::explorer::sources::SourcesPage;
use crate::plan::dates::DatesPage;
use crate::plan::fit::FitPage;
use crate::plan::list::ListPage;
use crate::plan::start::StartPage;
use crate::plan::take_home::TakeHomePage;
use crate::plan::voices::VoicesPage;
use crate::site::Site;
use crate::whole::Whole;
use crate::years::Years;
use domain::plan::rulebook::Rulebook;
use domain::trip::Network;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use std::sync::Arc;
use text::RoomText;
#[cfg(target_arch = "wasm32")]
use text::Text;

/// The rooms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Room {
    /// Schools side by side.
    Compare,
    /// The list of this device or address.
    List,
    /// The map of the schools.
    Map,
    /// Where the numbers come from.
    Sources,
    /// The six questions.
    Start,
    /// The schools that fit the answers.
    Fit,
    /// Where a student and a guardian agree.
    Voices,
    /// The calendar of all doors.
    Dates,
    /// The page for paper.
    TakeHome,
    /// The planner of four years.
    Years,
}

/// What rooms need beyond the [`Site`].
pub struct RoomData {
    /// The words, with those that only rooms say.
    pub text: RoomText,
    /// The timetable of a school morning.
    pub network: Arc<Network>,
    /// Rules, dates and doors, in the language of the words.
    pub rulebook: Rulebook,
}

#[cfg(target_arch = "wasm32")]
impl RoomData {
    /// The data from the files of an edition; none when one of them is not of this program's.
    fn read(text: Text, words: Vec<u8>, network: &[u8], rules: &[u8]) -> Option<RoomData> {
        Some(RoomData {
            text: RoomText::read(text, String::from_utf8(words).ok()?)?,
            network: Arc::new(Network::decode(network).ok()?),
            rulebook: Rulebook::decode(rules).ok()?,
        })
    }
}

/// Whether the rooms can be entered yet.
#[derive(Clone, Default)]
pub enum Rooms {
    /// Nobody asked for one.
    #[default]
    Away,
    /// Someone stands before the door; the program fetches what is missing.
    Wanted,
    /// It did not come: no network, most likely.
    Failed,
    /// Open.
    Here(Arc<RoomData>),
}

/// What each room is called in its address.
const NAMES: [(&str, Room); 10] = [
    ("compare", Room::Compare),
    ("list", Room::List),
    ("map", Room::Map),
    ("sources", Room::Sources),
    ("start", Room::Start),
    ("fit", Room::Fit),
    ("voices", Room::Voices),
    ("dates", Room::Dates),
    ("take-home", Room::TakeHome),
    ("years", Room::Years),
];

impl Room {
    /// The room of this name.
    fn named(name: &str) -> Option<Room> {
        NAMES.into_iter().find(|(other, _)| *other == name).map(|(_, room)| room)
    }

    /// Is the page at this path (without its language) a room?
    pub fn at(path: &str) -> bool {
        path.strip_prefix('/').and_then(Room::named).is_some()
    }

    fn draw(self) -> AnyView {
        match self {
            Room::Compare => Whole(Compare()).into_any(),
            Room::List => Whole(ListPage()).into_any(),
            Room::Map => Whole(MapPage()).into_any(),
            Room::Sources => Whole(SourcesPage()).into_any(),
            Room::Start => Whole(StartPage()).into_any(),
            Room::Fit => Whole(FitPage()).into_any(),
            Room::Voices => Whole(VoicesPage()).into_any(),
            Room::Dates => Whole(DatesPage()).into_any(),
            Room::TakeHome => Whole(TakeHomePage()).into_any(),
            Room::Years => Whole(Years()).into_any(),
        }
    }
}

/// The page at an address of one word: the room of that name, or what to do while it is not there. Any other word is
/// the server's.
#[component]
pub fn RoomPage() -> impl IntoView {
    let site = Site::here();
    let rooms = site.rooms;
    let params = use_params_map();
    let room = Memo::new(move |_| params.with(|params| Room::named(params.get_str("room")?)));
    Effect::new(move || {
        let away = || rooms.with_untracked(|rooms| matches!(rooms, Rooms::Away | Rooms::Failed));
        if room.get().is_some() && away() {
            rooms.set(Rooms::Wanted);
        }
    });
    move || match (room.get(), rooms.get()) {
        (None, _) => DrawnPage().into_any(),
        (Some(room), Rooms::Here(data)) => {
            provide_context(data);
            open(room)
        }
        (Some(_), Rooms::Away | Rooms::Wanted) => {
            view! { <p class="quiet" role="status">{site.text.room_wait()}</p> }.into_any()
        }
        (Some(_), Rooms::Failed) => view! {
            <section class="plain">
                <h1>{site.text.room_failed_title()}</h1>
                <p>{site.text.room_failed()}</p>
                <button type="button" class="btn main" on:click=move |_| rooms.set(Rooms::Wanted)>
                    {site.text.room_again()}
                </button>
            </section>
        }
        .into_any(),
    }
}

/// The [`Site`] of a room: the same, with the words and the data that only rooms need.
#[derive(Clone)]
pub struct RoomSite {
    site: Site,
    /// The words, with those that only rooms say.
    pub text: RoomText,
    data: Arc<RoomData>,
}

impl RoomSite {
    /// The site of the room that is being drawn.
    ///
    /// # Panics
    /// When called outside a room, which only a program error does.
    pub fn here() -> RoomSite {
        RoomSite::of(Site::here(), expect_context::<Arc<RoomData>>())
    }

    fn of(site: Site, data: Arc<RoomData>) -> RoomSite {
        let text = data.text;
        RoomSite { site: Site { text: *text, ..site }, text, data }
    }

    /// The site of a room in a language, for a page of the server's own; none when the rooms were not put there.
    #[cfg(not(target_arch = "wasm32"))]
    pub fn on_server(site: &Site, lang: text::Lang) -> Option<RoomSite> {
        let rooms = if lang == site.lang() { site.rooms } else { site.twin };
        match rooms.get_untracked() {
            Rooms::Here(data) => Some(RoomSite::of(site.clone(), data)),
            _ => None,
        }
    }

    /// The same room in the other language; none until its words are there (see [`Site::twin`]).
    pub fn in_other_language(&self) -> Option<RoomSite> {
        match self.twin.get() {
            Rooms::Here(data) => Some(RoomSite::of(self.site.clone(), data)),
            _ => None,
        }
    }
}

impl RoomSite {
    /// The timetable of a school morning.
    pub fn network(&self) -> &Network {
        &self.data.network
    }

    /// Rules, dates and doors.
    pub fn rulebook(&self) -> &Rulebook {
        &self.data.rulebook
    }
}

impl std::ops::Deref for RoomSite {
    type Target = Site;

    fn deref(&self) -> &Site {
        &self.site
    }
}

#[cfg(not(target_arch = "wasm32"))]
fn open(room: Room) -> AnyView {
    room.draw()
}

#[cfg(target_arch = "wasm32")]
use part::open;
#[cfg(target_arch = "wasm32")]
pub use part::{fetch, read};

#[cfg(target_arch = "wasm32")]
#[allow(
    clippy::unnecessary_wraps,
    reason = "the splitter hands a failed fetch over in what it makes of `draw`"
)]
mod part {
    use super::{Room, RoomData};
    use futures_util::FutureExt as _;
    use leptos::prelude::*;
    use leptos::wasm_split::SplitLoaderError;
    use leptos::wasm_split::wasm_split;
    use text::Text;

    /// The second part of the program begins here: what only this function reaches is not in the first.
    #[wasm_split(rooms, wasm_split_path = leptos::wasm_split, preload(fetch_part), fallible)]
    fn draw(room: Room) -> Result<AnyView, SplitLoaderError> {
        Ok(room.draw())
    }

    /// Reads the data of the rooms, which none but they can.
    #[wasm_split(rooms, wasm_split_path = leptos::wasm_split, fallible)]
    fn reading(
        text: Text,
        words: Vec<u8>,
        network: Vec<u8>,
        rules: Vec<u8>,
    ) -> Result<Option<RoomData>, SplitLoaderError> {
        Ok(RoomData::read(text, words, &network, &rules))
    }

    /// Fetches the code of the rooms and reads their data; none when one of them did not come. A later call tries again.
    pub async fn read(text: Text, words: Vec<u8>, network: Vec<u8>, rules: Vec<u8>) -> Option<RoomData> {
        reading(text, words, network, rules).await.ok().flatten()
    }

    /// Fetches the code of the rooms; false when it did not come. A later call tries again.
    pub async fn fetch() -> bool {
        fetch_part().await.is_ok()
    }

    /// Draws a room whose code is there.
    pub(super) fn open(room: Room) -> AnyView {
        match draw(room).now_or_never() {
            Some(Ok(view)) => view,
            _ => ().into_any(),
        }
    }
}
