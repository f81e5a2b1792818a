//! The whole router, asked as a browser would ask it, on SQLite or, when `TEST_DATABASE_URL` names a PostgreSQL, on that.

use super::library::{Library, Shelf};
use super::origin::Origin;
use super::{App, router};
use crate::settings::{Command, Settings};
use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use backend::Database;
use clap::Parser;
use domain::explorer::Change;
use domain::explorer::query::Query;
use http_body_util::BodyExt as _;
use place::Place;
use tower::ServiceExt as _;

mod classroom;
mod doors;
mod family;
mod guessing;
mod outbox;
mod people;
mod place;
mod proof;
mod rights;
mod roster;
mod sweep;
mod upload;

struct Site {
    router: Router,
    app: App,
    folder: tempfile::TempDir,
    place: Place,
}

struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: String,
}

/// A site with 60 made-up schools, a program that does nothing, and an empty database.
async fn site(flags: &[&str]) -> Site {
    _ = any_spawner::Executor::init_tokio();
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("site");
    std::fs::create_dir_all(root.join("pkg")).unwrap();
    std::fs::write(root.join("pkg/pathways.abc.js"), "export default()=>{};".repeat(40)).unwrap();
    std::fs::write(root.join("pkg/pathways.abc.wasm"), [0; 400]).unwrap();
    std::fs::write(root.join("notes.md"), "not for the world").unwrap();
    let place = Place::new().await;
    let database = Database::open(&place.address()).await.unwrap();
    database.migrate().await.unwrap();
    let mut words = vec!["pathways", "serve"];
    words.extend(flags);
    let Command::Serve(settings) = Settings::parse_from(words).command else { unreachable!() };
    let address = "127.0.0.1:3000".parse().unwrap();
    if settings.demo {
        backend::people::demo::ensure(&database, &backend::Clock::System).await.unwrap();
    }
    let app = App {
        shelf: Shelf::new(Library::synthetic(&root, 60).unwrap()),
        database,
        clock: backend::Clock::System,
        rules: std::sync::Arc::new(backend::rulebook::shipped().clone()),
        origin: Origin::new(settings.origin.as_deref(), address).unwrap(),
        proxies: settings.proxies,
        limits: std::sync::Arc::default(),
        terms: settings.terms.into(),
        demo: settings.demo,
        key: std::sync::Arc::new(backend::seal::Key::new().unwrap()),
        mailed: super::jobs::mailroom(&settings, address).unwrap().leaves(),
        providers: std::sync::Arc::new(backend::people::sso::Providers::new().unwrap()),
        uploads: backend::roster::upload::Uploads::new(folder.path().join("uploads")),
    };
    Site { router: router::router(app.clone(), &settings), app, folder, place }
}

async fn answered(router: Router, request: Request<Body>) -> Answer {
    let response = router.oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    let body = body.collect().await.unwrap().to_bytes();
    Answer { status: parts.status, headers: parts.headers, body: String::from_utf8_lossy(&body).into_owned() }
}

impl Site {
    async fn ask(&self, request: Request<Body>) -> Answer {
        answered(self.router.clone(), request).await
    }

    async fn get(&self, address: &str) -> Answer {
        self.ask(Request::get(address).body(Body::empty()).unwrap()).await
    }
}

impl Answer {
    fn header(&self, name: impl header::AsHeaderName) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

#[tokio::test]
async fn every_page_is_whole_without_script_in_both_languages() {
    let site = site(&[]).await;
    for page in
        ["/", "/schools", "/schools?q=maple&kind=magnet&page=2", "/compare", "/map", "/list", "/sources"]
    {
        for prefix in ["", "/es"] {
            let address =
                if page == "/" && !prefix.is_empty() { prefix.into() } else { format!("{prefix}{page}") };
            let answer = site.get(&address).await;
            assert_eq!(answer.status, StatusCode::OK, "{address}");
            assert_eq!(answer.body.matches("<h1").count(), 1, "{address}");
            let lang = if prefix.is_empty() { "<html lang=\"en\">" } else { "<html lang=\"es\">" };
            assert!(answer.body.contains(lang), "{address}");
            assert!(answer.body.contains("</html>"), "{address}");
        }
    }
}

#[tokio::test]
async fn an_address_that_leads_nowhere_is_a_page_with_a_way_out() {
    let site = site(&[]).await;
    for address in
        ["/nowhere", "/es/nada", "/schools/1", "/schools/99999999999999", "/pkg/none.js", "/../etc/passwd"]
    {
        let answer = site.get(address).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{address}");
        assert!(answer.body.contains("/schools\""), "{address}");
    }
    assert_eq!(
        site.get("/notes.md").await.status,
        StatusCode::NOT_FOUND,
        "an unknown kind of file stays inside"
    );
}

#[tokio::test]
async fn every_answer_carries_the_security_headers() {
    let site = site(&[]).await;
    for address in ["/", "/schools", "/nowhere", "/healthz", "/pkg/pathways.abc.js", "/qr.svg?to=x"] {
        let answer = site.get(address).await;
        assert_eq!(answer.header(header::X_CONTENT_TYPE_OPTIONS), "nosniff", "{address}");
        assert_eq!(answer.header(header::X_FRAME_OPTIONS), "DENY", "{address}");
        assert_eq!(answer.header(header::REFERRER_POLICY), "same-origin", "{address}");
        let policy = answer.header(header::CONTENT_SECURITY_POLICY);
        assert!(policy.starts_with("default-src 'none'"), "{address}");
        assert!(!policy.contains("unsafe-inline") && !policy.contains("http"), "{address}: {policy}");
        assert_eq!(answer.header(header::STRICT_TRANSPORT_SECURITY), "", "{address}: plain http here");
    }
}

#[tokio::test]
async fn the_policy_allows_exactly_the_inline_script_and_style_of_the_document() {
    let site = site(&[]).await;
    // The style of every page, of rooms, and of what only the server draws.
    for (address, styles) in [("/schools", 1), ("/es/schools", 1), ("/es/compare", 2), ("/sign-in", 3)] {
        let answer = site.get(address).await;
        let policy = answer.header(header::CONTENT_SECURITY_POLICY).to_owned();
        // What answers meanwhile, what begins to fetch, and what starts the program.
        let scripts = if address.ends_with("/schools") { 3 } else { 2 };
        for (open, close, count) in [("<script", "</script>", scripts), ("<style", "</style>", styles)] {
            let elements = answer.body.split(open).skip(1).map(|rest| rest.split(close).next().unwrap());
            let inside: Vec<_> = elements.map(|element| element.split_once('>').unwrap().1).collect();
            assert_eq!(inside.len(), count, "{address}: {open}");
            for text in inside {
                assert!(policy.contains(&super::document::source_hash(text)), "{address}: {text}");
            }
        }
        assert!(!answer.body.contains(" style=\"") && !answer.body.contains(" onclick"), "{address}");
    }
}

#[tokio::test]
async fn strict_transport_is_said_only_where_people_come_by_https() {
    let site = site(&["--origin", "https://pathways.example"]).await;
    assert!(site.get("/").await.header(header::STRICT_TRANSPORT_SECURITY).starts_with("max-age="));
}

#[tokio::test]
async fn what_was_typed_comes_back_as_text_only() {
    let site = site(&[]).await;
    let answer = site.get("/schools?q=%3Cscript%3Ealert(1)%3C/script%3E&from=%22%3E%3Cimg%20src=x%3E").await;
    assert_eq!(answer.status, StatusCode::OK);
    assert!(!answer.body.contains("<script>alert") && !answer.body.contains("<img src=x"));
    assert!(answer.body.contains("&lt;script&gt;"));
}

#[tokio::test]
async fn a_script_gets_the_inside_of_a_page_alone() {
    let site = site(&[]).await;
    for _ in 0..2 {
        let whole = site.get("/schools?q=bravo").await;
        assert!(whole.body.starts_with("<!DOCTYPE html>") && whole.body.contains("<style>"));
        let inside =
            site.ask(Request::get("/schools?q=bravo").header("x-inside", "1").body(Body::empty()).unwrap());
        let inside = inside.await;
        assert!(!inside.body.contains("<head>") && !inside.body.contains("<script"));
        assert!(whole.body.contains(&inside.body), "it is the same page");
        assert!(inside.header(header::VARY).contains("x-inside"));
    }
}

#[tokio::test]
async fn a_named_school_that_the_list_leaves_out_is_told_with_the_way_to_it() {
    let site = site(&[]).await;
    let library = site.app.shelf.library();
    let explorer = library.explorer();
    let alone = |query: &Query| {
        let answer = explorer.ask(query);
        let miss = answer.near_misses.first().filter(|miss| miss.adds == 1 && answer.total == 0)?;
        (miss.change == Change::WithAlternative).then(|| explorer.school(miss.examples[0]).name.clone())
    };
    let named = explorer.catalogue().schools.iter().filter(|school| school.alternative.is_some());
    let mut asked = named.map(|school| Query { text: school.name.clone(), ..Query::default() });
    let query = asked.find(|query| alone(query).is_some()).unwrap();
    let page = site.get(&format!("/schools?{}", query.to_address())).await.body;
    assert!(page.contains(&format!("The state lists {} as: ", alone(&query).unwrap())), "{page}");
    assert!(page.contains("Show it</a>") && !page.contains("No school fits all of that"), "{page}");
}

#[tokio::test]
async fn files_are_compressed_and_kept_for_ever() {
    let site = site(&[]).await;
    let request = Request::get("/pkg/pathways.abc.js").header(header::ACCEPT_ENCODING, "gzip, br");
    let answer = site.ask(request.body(Body::empty()).unwrap()).await;
    assert_eq!(answer.header(header::CONTENT_ENCODING), "br");
    assert_eq!(answer.header(header::CACHE_CONTROL), "public, max-age=31536000, immutable");
    assert_eq!(answer.header(header::VARY), "accept-encoding");
    let tag = answer.header(header::ETAG).to_owned();
    let again = Request::get("/pkg/pathways.abc.js").header(header::IF_NONE_MATCH, tag);
    assert_eq!(site.ask(again.body(Body::empty()).unwrap()).await.status, StatusCode::NOT_MODIFIED);
    let plain = site.get("/pkg/pathways.abc.js").await;
    assert_eq!(plain.header(header::CONTENT_ENCODING), "");
    assert!(plain.body.starts_with("export default"));
}

#[tokio::test]
async fn a_page_names_files_that_are_there() {
    let site = site(&[]).await;
    let page = site.get("/es/schools").await.body;
    let words = page.split(['"', ' ']);
    let names =
        words.filter(|word| ["/pkg/", "/data/", "/words/", "/style/"].iter().any(|at| word.starts_with(at)));
    let mut seen = 0;
    for name in names {
        assert_eq!(site.get(name).await.status, StatusCode::OK, "{name}");
        seen += 1;
    }
    assert!(seen >= 5, "program, glue, catalogue, words, details: {seen}");
}

#[tokio::test]
async fn who_asks_for_an_icon_without_reading_a_page_finds_one() {
    let answer = site(&[]).await.get("/favicon.ico").await;
    assert_eq!(
        (answer.status, answer.header(header::LOCATION)),
        (StatusCode::PERMANENT_REDIRECT, "/icon-192.png")
    );
}

#[tokio::test]
async fn methods_and_sizes_that_make_no_sense_are_refused() {
    let site = site(&["--body-limit", "1000"]).await;
    for method in [Method::POST, Method::PUT, Method::DELETE, Method::PATCH] {
        let request = Request::builder().method(method.clone()).uri("/schools").body(Body::empty()).unwrap();
        assert_eq!(site.ask(request).await.status, StatusCode::METHOD_NOT_ALLOWED, "{method}");
    }
    let large =
        Request::post("/schools").header(header::CONTENT_LENGTH, "2000").body(Body::from(vec![0; 2000]));
    assert_eq!(site.ask(large.unwrap()).await.status, StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn an_address_that_is_too_long_is_told_so_and_nothing_broke() {
    let site = site(&[]).await;
    for (path, title) in
        [("/schools", "This address is too long"), ("/es/schools", "Esta dirección es demasiado larga")]
    {
        let answer = site.get(&format!("{path}?q={}", "a".repeat(5000))).await;
        assert_eq!(answer.status, StatusCode::URI_TOO_LONG);
        assert!(answer.body.contains(&format!("<h1>{title}</h1>")), "{}", answer.body);
    }
}

#[tokio::test]
async fn a_slash_too_many_leads_to_the_page_before_it_is_drawn() {
    let site = site(&[]).await;
    let led = async |address: &str| {
        let answer = site.get(address).await;
        assert_eq!(answer.status, StatusCode::PERMANENT_REDIRECT, "{address}");
        answer.header(header::LOCATION).to_owned()
    };
    let rooms = ["/compare", "/dates", "/fit", "/list", "/map", "/sources", "/start", "/take-home", "/years"];
    for room in rooms.into_iter().chain(["/schools", "/schools/19647331932888", "/class/K7QX-3MDH"]) {
        for prefix in ["", "/es"] {
            let page = format!("{prefix}{room}");
            assert_eq!(led(&format!("{page}/?s=1&q=a%2Fb")).await, format!("{page}?s=1&q=a%2Fb"));
            assert_eq!(led(&format!("/{page}")).await, page);
        }
    }
    assert_eq!(led("/es/").await, "/es");
    assert_eq!(led("//example.org/").await, "/example.org", "never to another host");
    let form = Request::post("/api/sign-in/").body(Body::empty()).unwrap();
    assert_eq!(site.ask(form).await.status, StatusCode::NOT_FOUND, "a form is not sent on");
}

#[test]
fn the_key_stands_beside_the_database_unless_the_operator_says_where() {
    let file = |said: Option<&str>, database: Option<&str>| {
        super::key_file(said.map(std::path::Path::new), database.map(std::path::Path::new))
    };
    assert_eq!(file(None, Some("data/pathways.db")).to_str(), Some("data/pathways.key"));
    assert_eq!(file(None, Some("/var/lib/p/town.db")).to_str(), Some("/var/lib/p/town.key"));
    assert_eq!(file(None, None).to_str(), Some("data/pathways.key"));
    assert_eq!(file(Some("/etc/p.key"), Some("data/pathways.db")).to_str(), Some("/etc/p.key"));
}

#[tokio::test]
async fn health_tells_alive_from_ready() {
    let site = site(&[]).await;
    assert_eq!(site.get("/healthz").await.status, StatusCode::OK);
    let ready = site.get("/readyz").await;
    assert_eq!(ready.status, StatusCode::OK);
    assert!(ready.body.contains("60 schools"));
}

#[tokio::test]
async fn the_second_person_gets_the_page_drawn_for_the_first() {
    let site = site(&[]).await;
    let (first, second) = (site.get("/schools?q=maple").await, site.get("/schools?q=maple").await);
    assert_eq!(first.body, second.body);
}

#[tokio::test]
async fn a_code_is_a_drawing_and_leads_only_to_lists() {
    let site = site(&[]).await;
    let answer = site.get("/qr.svg?to=/list%3Fs%3D19647331932888").await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(answer.header(header::CONTENT_TYPE), "image/svg+xml");
    assert!(answer.body.contains("<svg"));
    assert_eq!(site.get("/qr.svg?to=https://example.org").await.status, StatusCode::BAD_REQUEST);
}
