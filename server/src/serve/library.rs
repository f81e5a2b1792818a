//! Everything that is the same for everyone: the catalogue and the words, and the addresses they are kept under.

use super::assets::{Asset, content_hash, read_site};
use super::cache::PageCache;
use super::reload::Reload;
use app::Site;
use app::room::{RoomData, Rooms};
use axum::http::HeaderValue;
use backend::database::Database;
use backend::rulebook::Editions;
use bytes::Bytes;
use domain::explorer::Explorer;
use domain::explorer::catalogue::{Catalogue, Details};
use domain::explorer::school::Cds;
use domain::plan::Day;
use domain::plan::rulebook::Rulebook;
use domain::trip::Network;
use leptos::prelude::*;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, RwLock};
use std::time::Duration;
use text::{Lang, RoomText, Text};

/// The style that every document carries.
const STYLE: &str = include_str!(concat!(env!("OUT_DIR"), "/first.css"));

/// What rooms carry beside it.
const ROOM_STYLE: &str = include_str!(concat!(env!("OUT_DIR"), "/rooms.css"));

/// What pages that only the server draws carry beside both.
const DRAWN_STYLE: &str = include_str!(concat!(env!("OUT_DIR"), "/drawn.css"));

/// One edition: what is served until an import brings the next.
pub(crate) struct Library {
    explorer: Arc<Explorer>,
    details: Arc<Details>,
    rooms: [Arc<RoomData>; 2],
    files: HashMap<String, Asset>,
    /// Addresses the documents name.
    pub(super) names: Names,
    /// Pages that were drawn from this edition.
    pub(super) pages: PageCache,
    /// The content security policy of its documents.
    pub(super) policy: HeaderValue,
    version: i64,
}

/// The addresses of hashed files, and the styles that documents carry.
#[derive(Clone, Debug, Default)]
pub(super) struct Names {
    /// The glue script.
    pub(super) script: String,
    /// The program.
    pub(super) program: String,
    /// What every document carries: it is small, and inline it saves the first view a round trip.
    pub(super) style: &'static str,
    /// What rooms carry beside it.
    pub(super) room_style: &'static str,
    /// The same as a file, for who walks to a room from another page.
    pub(super) room_sheet: String,
    /// What pages that only the server draws carry beside both.
    pub(super) drawn_style: &'static str,
    /// The catalogue.
    pub(super) catalogue: String,
    /// The details.
    pub(super) details: String,
    /// The words, English then Spanish.
    pub(super) words: [String; 2],
    /// The words of the rooms, in the same order.
    pub(super) room_words: [String; 2],
    /// The timetable of a school morning.
    pub(super) network: String,
    /// Rules, dates and doors, English then Spanish.
    pub(super) rules: [String; 2],
    /// The script that fetches the second part of the program.
    pub(super) splitter: String,
    /// The second part of the program.
    pub(super) rooms: String,
    /// What makes an open page follow the next build, under development.
    pub(super) reload: Option<Reload>,
}

impl Library {
    /// Reads the built site and the catalogue of the database.
    ///
    /// # Errors
    /// When either cannot be read.
    pub(crate) async fn open(
        site: &Path,
        rules: &Editions,
        database: &Database,
    ) -> Result<Library, Box<dyn std::error::Error>> {
        let version = backend::explorer::catalogue_version(database).await?;
        let (catalogue, details) = backend::explorer::load_catalogue(database).await?;
        let network = backend::transit::network(database).await?;
        Library::new(site, &catalogue, details, network, rules, version)
    }

    /// A made-up catalogue of any size, for measuring.
    ///
    /// # Errors
    /// When the built site cannot be read.
    pub(crate) fn synthetic(site: &Path, schools: usize) -> Result<Library, Box<dyn std::error::Error>> {
        let catalogue = domain::explorer::synthetic::catalogue(schools);
        let network = Network::decode(backend::transit::SHIPPED)?;
        Library::new(site, &catalogue, Details::default(), network, backend::rulebook::shipped(), 0)
    }

    fn new(
        site: &Path,
        catalogue: &Catalogue,
        details: Details,
        network: Network,
        rules: &Editions,
        version: i64,
    ) -> Result<Library, Box<dyn std::error::Error>> {
        let mut files = read_site(site).map_err(|error| {
            format!("the built site is not at {} ({error}); build it with `make run`", site.display())
        })?;
        // The build leaves one file of each, named `<stem>.<hash>.<ending>`; for development without the hash.
        let built = |stem: &str, ending: &str| {
            let named = |name: &&String| {
                let parts = name.strip_prefix("/pkg/").map(|rest| rest.split('.').collect::<Vec<_>>());
                matches!(parts.as_deref(), Some([first, .., last]) if *first == stem && *last == ending)
            };
            files.keys().find(named).cloned().unwrap_or_default()
        };
        let mut names = Names {
            script: built("pathways", "js"),
            program: built("pathways", "wasm"),
            splitter: built("__wasm_split", "js"),
            rooms: built("split_rooms", "wasm"),
            style: STYLE,
            room_style: ROOM_STYLE,
            drawn_style: DRAWN_STYLE,
            reload: Reload::of_this_build(),
            ..Names::default()
        };
        let mut keep = |folder: &str, ending: &str, kind: &'static str, body: Bytes| {
            let name = format!("/{folder}/{}.{ending}", content_hash(&body));
            files.insert(name.clone(), Asset::hashed(kind, body));
            name
        };
        // The pages are drawn from the very bytes that the browser reads, or a distance could differ by a rounding.
        let packed = catalogue.encode();
        let catalogue = Catalogue::decode(&packed)?;
        names.catalogue = keep("data", "catalogue", "application/octet-stream", packed.into());
        names.details = keep("data", "details", "application/octet-stream", details.encode().into());
        names.words = Lang::ALL
            .map(|lang| keep("words", lang.code(), "text/plain; charset=utf-8", Text::file(lang).into()));
        names.room_words = Lang::ALL
            .map(|lang| keep("words", lang.code(), "text/plain; charset=utf-8", RoomText::file(lang).into()));
        names.room_sheet = keep("style", "css", "text/css; charset=utf-8", ROOM_STYLE.into());
        names.network = keep("data", "network", "application/octet-stream", network.encode().into());
        let rulebooks = [&rules.en, &rules.es];
        names.rules =
            rulebooks.map(|book| keep("data", "rules", "application/octet-stream", book.encode().into()));
        let network = Arc::new(network);
        let rooms = Lang::ALL.map(|lang| {
            let rulebook = rulebooks[lang as usize].clone();
            Arc::new(RoomData { text: RoomText::of(lang), network: Arc::clone(&network), rulebook })
        });
        let policy = HeaderValue::try_from(super::headers::policy(&names))?;
        Ok(Library {
            explorer: Arc::new(Explorer::new(catalogue)),
            details: Arc::new(details),
            rooms,
            files,
            names,
            pages: PageCache::default(),
            policy,
            version,
        })
    }

    /// The file at an address.
    pub(super) fn file(&self, address: &str) -> Option<&Asset> {
        self.files.get(address)
    }

    /// The addresses of all files.
    pub(super) fn addresses(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    /// What a page needs to draw itself. Call it inside a reactive owner.
    pub(super) fn site(&self, lang: Lang, today: Day) -> Site {
        Site {
            text: Text::of(lang),
            explorer: Arc::clone(&self.explorer),
            details: RwSignal::new(Some(Arc::clone(&self.details))),
            offline_since: None,
            today,
            rooms: RwSignal::new(Rooms::Here(Arc::clone(&self.rooms[lang as usize]))),
            twin: RwSignal::new(Rooms::Here(Arc::clone(&self.rooms[lang.other() as usize]))),
        }
    }

    /// The rules, dates and doors in a language.
    pub(super) fn rulebook(&self, lang: Lang) -> &Rulebook {
        &self.rooms[lang as usize].rulebook
    }

    /// The schools.
    pub(super) fn explorer(&self) -> &Explorer {
        &self.explorer
    }

    /// Is there a school with this code?
    pub(super) fn knows(&self, cds: Cds) -> bool {
        self.explorer.find(cds).is_some()
    }

    /// How many schools it holds.
    pub(super) fn schools(&self) -> usize {
        self.explorer.catalogue().schools.len()
    }
}

/// Where the edition in use stands.
#[derive(Clone)]
pub(crate) struct Shelf(Arc<RwLock<Arc<Library>>>);

impl Shelf {
    /// A shelf with its first edition.
    pub(crate) fn new(library: Library) -> Shelf {
        Shelf(Arc::new(RwLock::new(Arc::new(library))))
    }

    /// The edition in use.
    pub(super) fn library(&self) -> Arc<Library> {
        Arc::clone(&self.0.read().unwrap_or_else(std::sync::PoisonError::into_inner))
    }

    /// Puts another edition into use. Whoever reads the old one reads it to its end.
    pub(super) fn replace(&self, library: Library) {
        *self.0.write().unwrap_or_else(std::sync::PoisonError::into_inner) = Arc::new(library);
    }

    /// Brings the next edition whenever an import made one. A catalogue that cannot be read leaves the old one.
    pub(crate) async fn follow(
        self,
        database: Database,
        site: PathBuf,
        rules: Arc<Editions>,
        pause: Duration,
    ) {
        loop {
            tokio::time::sleep(pause).await;
            let newest = match backend::explorer::catalogue_version(&database).await {
                Ok(newest) => newest,
                Err(error) => {
                    tracing::warn!(%error, "cannot look for a new catalogue");
                    continue;
                }
            };
            if newest == self.library().version {
                continue;
            }
            match Library::open(&site, &rules, &database).await {
                Ok(library) => {
                    tracing::info!(schools = library.schools(), "new catalogue");
                    self.replace(library);
                }
                Err(error) => tracing::error!(%error, "the new catalogue cannot be read; the old one stays"),
            }
        }
    }
}
