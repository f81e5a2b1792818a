//! A roster comes by a page: what it would change is shown, then it is taken in or left.

use super::{Answer, Site, site};
use crate::serve::gate::SESSION;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use backend::people::{demo, making};
use backend::roster::{self, upload::MOST_BYTES};
use domain::people::Kind;
use domain::policy::Actor;
use http_body_util::BodyExt as _;
use std::io::Write as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

const TABLE: &str = "school,class,student_number,given_name,family_name,birth_date\n\
                     Cedar Middle,Room 4,1,Ana,Ibarra,2013-05-31\nCedar Middle,Room 4,2,Leo,Sato,31/5/2013\n";

async fn walk(site: &Site, name: &str) -> String {
    let (database, clock) = (&site.app.database, &site.app.clock);
    let offered = demo::offered(database).await.unwrap();
    let person = offered.iter().find(|offered| offered.name == name).unwrap().id;
    format!("{SESSION}={}", demo::walk_as(database, clock, person, "test").await.unwrap().unwrap())
}

/// What a browser sends of the form on the page, with a file.
fn form(source: &str, district: &str, file: &[u8]) -> Vec<u8> {
    let mut body = Vec::new();
    for (name, value) in [("district", district), ("source", source)] {
        write!(body, "--x\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").unwrap();
    }
    body.extend(b"--x\r\ncontent-disposition: form-data; name=\"file\"; filename=\"../../a <b>.csv\"\r\n");
    body.extend(b"content-type: text/csv\r\n\r\n");
    body.extend(file);
    body.extend(b"\r\n--x--\r\n");
    body
}

async fn send(site: &Site, cookie: &str, address: &str, body: impl Into<Body>) -> Answer {
    let request = Request::post(address)
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=x")
        .header(header::COOKIE, cookie)
        .header("sec-fetch-site", "same-origin");
    site.ask(request.body(body.into()).unwrap()).await
}

const PREVIEW: &str = "/api/rosters/preview";

/// The value of a hidden field.
fn hidden<'a>(page: &'a str, name: &str) -> &'a str {
    let field = format!("type=\"hidden\" name=\"{name}\" value=\"");
    page.split(&field).nth(1).unwrap_or_else(|| panic!("{name} in {page}")).split('"').next().unwrap()
}

/// How many files wait.
fn waiting(site: &Site) -> usize {
    std::fs::read_dir(site.folder.path().join("uploads")).map_or(0, Iterator::count)
}

/// How many rows each run brought.
async fn runs(site: &Site) -> Vec<i64> {
    let runs = roster::runs(&site.app.database, &Actor::Machine).await.unwrap();
    runs.into_iter().map(|run| run.added).collect()
}

#[tokio::test]
async fn a_file_is_shown_first_and_taken_in_when_its_sender_says_so() {
    let site = site(&["--demo"]).await;
    let hana = walk(&site, "Hana Yoshida").await;
    let page = site.get_as("/rosters", &hana).await.body;
    assert!(page.contains("enctype=\"multipart/form-data\"") && page.contains("/rosters/template.csv"));
    let district = hidden(&page, "district").to_owned();
    let template = site.get_as("/rosters/template.csv", &hana).await;
    assert!(template.body.starts_with("school,school_code,class,") && template.status == StatusCode::OK);

    let preview = send(&site, &hana, PREVIEW, form("Office", &district, TABLE.as_bytes())).await;
    assert_eq!(preview.status, StatusCode::OK, "{}", preview.body);
    for part in
        ["Nothing has changed yet.", "roster.csv", "<th scope=\"row\">3</th>", "Write it like 2013-05-31."]
    {
        assert!(preview.body.contains(part), "{part} in {}", preview.body);
    }
    assert!(!preview.body.contains("31/5/2013") && !preview.body.contains("a &lt;b&gt;"));
    assert_eq!((runs(&site).await, waiting(&site)), (vec![], 1));
    let key = hidden(&preview.body, "key").to_owned();
    let deed = format!("key={key}&source=Office&district={district}");

    // Whoever else has the key has nothing.
    let omar = walk(&site, "Omar Haddad").await;
    let other = site.post("/api/rosters/import", &omar, &deed).await;
    assert_eq!(other.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(other.body.contains("That file is gone."));
    assert_eq!((runs(&site).await, waiting(&site)), (vec![], 1));

    let done = site.post("/es/api/rosters/import", &hana, &deed).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    let run = site.get_as(done.header(header::LOCATION), &hana).await;
    assert!(run.body.contains("Filas en espera") && run.body.contains("Escríbala así: 2013-05-31."));
    assert_eq!((runs(&site).await, waiting(&site)), (vec![6], 0));
    let again = site.post("/api/rosters/import", &hana, &deed).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY, "a file is taken in once");

    let same =
        send(&site, &hana, "/es/api/rosters/preview", form("Office", &district, TABLE.as_bytes())).await;
    assert!(same.body.contains("Esta lista no cambiaría nada."), "{}", same.body);
    let key = hidden(&same.body, "key");
    let left = site.post("/api/rosters/leave", &hana, &format!("key={key}")).await;
    assert_eq!(left.header(header::LOCATION), "/rosters?done=left");
    assert_eq!(waiting(&site), 0);
    assert!(site.get_as("/rosters?done=left", &hana).await.body.contains("The file was deleted."));
}

/// A whole list of so many students, as a OneRoster zip.
fn whole_list(many: u32) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let mut add = |name: &str, text: String| {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    };
    add("manifest.csv", "propertyName,value\nfile.orgs,bulk\nfile.users,bulk\n".to_owned());
    add("orgs.csv", "sourcedId,name,type\ns1,Willow High,school\n".to_owned());
    let student = |n| format!("st{n},s1,student,Given{n},Family{n}\n");
    let students: String = (0..many).map(student).collect();
    add("users.csv", format!("sourcedId,orgSourcedIds,role,givenName,familyName\n{students}"));
    zip.finish().unwrap().into_inner()
}

#[tokio::test]
async fn when_many_would_end_the_file_waits_until_somebody_says_that_just_these_do() {
    let site = site(&["--demo"]).await;
    let hana = walk(&site, "Hana Yoshida").await;
    let district = hidden(&site.get_as("/rosters", &hana).await.body, "district").to_owned();
    let look = async |many| send(&site, &hana, PREVIEW, form("SIS", &district, &whole_list(many))).await;
    let deed =
        |page: &str, more: &str| format!("key={}&source=SIS&district={district}{more}", hidden(page, "key"));
    let import = async |deed: String| site.post("/api/rosters/import", &hana, &deed).await;
    let all = look(40).await;
    assert!(!all.body.contains("name=\"ends\""), "who comes anew ends nothing: {}", all.body);
    assert_eq!(import(deed(&all.body, "")).await.status, StatusCode::SEE_OTHER);

    let cut = look(20).await;
    assert_eq!(cut.status, StatusCode::OK, "{}", cut.body);
    for part in [
        "More than a quarter would end.",
        "Yes, these really end: People: 20 of 40.",
        "value=\"user 20 of 40\"",
    ] {
        assert!(cut.body.contains(part), "{part} in {}", cut.body);
    }
    let before = runs(&site).await;
    for (said, sentence) in
        [("", "Tick the box if they really end."), ("&ends=user+19+of+40", "the numbers have changed")]
    {
        let again = import(deed(&cut.body, said)).await;
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(again.body.contains(sentence) && again.body.contains("role=\"alert\""), "{}", again.body);
        assert_eq!(hidden(&again.body, "key"), hidden(&cut.body, "key"));
        assert_eq!(
            (runs(&site).await, waiting(&site)),
            (before.clone(), 1),
            "it waits on, and nothing happened"
        );
    }
    // Nobody else says yes to it.
    let omar = walk(&site, "Omar Haddad").await;
    let other = site.post("/api/rosters/import", &omar, &deed(&cut.body, "&ends=user+20+of+40")).await;
    assert!(other.body.contains("That file is gone."), "{}", other.body);

    let done = import(deed(&cut.body, "&ends=user+20+of+40")).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    assert_eq!((runs(&site).await.len(), waiting(&site)), (before.len() + 1, 0));
    let ended: Vec<i64> = roster::runs(&site.app.database, &Actor::Machine)
        .await
        .unwrap()
        .iter()
        .map(|run| run.ended)
        .collect();
    assert_eq!(ended, [40, 0], "twenty people and their roles");
}

#[tokio::test]
async fn whoever_may_bring_no_roster_is_refused_before_a_byte_of_the_file_is_read() {
    let site = site(&["--demo"]).await;
    for (name, status) in [
        ("Sam Whitfield", StatusCode::FORBIDDEN),
        ("Rosa Delgado", StatusCode::FORBIDDEN),
        ("", StatusCode::UNAUTHORIZED),
    ] {
        let cookie = if name.is_empty() { String::new() } else { walk(&site, name).await };
        let read = Arc::new(AtomicBool::new(false));
        let seen = Arc::clone(&read);
        let sent = Body::from(form("Office", "", TABLE.as_bytes())).map_frame(move |frame| {
            seen.store(true, Ordering::SeqCst);
            frame
        });
        let body = Body::new(sent);
        assert_eq!(send(&site, &cookie, PREVIEW, body).await.status, status, "{name}");
        assert!(!read.load(Ordering::SeqCst), "{name}");
    }
    // Nor does a page of another site send one.
    let hana = walk(&site, "Hana Yoshida").await;
    let request = Request::post(PREVIEW)
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=x")
        .header(header::COOKIE, hana.as_str())
        .header("sec-fetch-site", "cross-site");
    let body = Body::from(form("Office", "", TABLE.as_bytes()));
    assert_eq!(site.ask(request.body(body).unwrap()).await.status, StatusCode::FORBIDDEN);
    let sam = site.get_as("/rosters", &walk(&site, "Sam Whitfield").await).await;
    assert!(sam.status == StatusCode::OK && !sam.body.contains("multipart/form-data"));
    assert_eq!(waiting(&site), 0);
}

#[tokio::test]
async fn of_a_file_that_is_too_large_or_something_else_nothing_is_kept() {
    let site = site(&["--demo"]).await;
    let hana = walk(&site, "Hana Yoshida").await;
    let district = hidden(&site.get_as("/rosters", &hana).await.body, "district").to_owned();
    let large = vec![b'x'; usize::try_from(MOST_BYTES).unwrap() + 1];
    let twice = b"school,school,student_number,given_name,family_name\n";
    let cases: [(&[u8], StatusCode, &str); 6] = [
        (&large, StatusCode::PAYLOAD_TOO_LARGE, "This file is larger than 64 MB."),
        (
            b"%PDF-1.7 a letter",
            StatusCode::UNPROCESSABLE_ENTITY,
            "neither a OneRoster zip file nor the plain table",
        ),
        (
            b"PK\x03\x04 no zip at all",
            StatusCode::UNPROCESSABLE_ENTITY,
            "This file cannot be read to its end",
        ),
        (
            b"school,given_name\n",
            StatusCode::UNPROCESSABLE_ENTITY,
            "In roster.csv these columns are missing: student_number, family_name.",
        ),
        (twice, StatusCode::UNPROCESSABLE_ENTITY, "In roster.csv the column school appears twice."),
        (b"", StatusCode::UNPROCESSABLE_ENTITY, "Choose a file first."),
    ];
    for (file, status, sentence) in cases {
        let answer = send(&site, &hana, PREVIEW, form("Office", &district, file)).await;
        assert_eq!(answer.status, status, "{sentence}");
        assert!(answer.body.contains(sentence), "{sentence} in {}", answer.body);
        assert!(!answer.body.contains(&*site.folder.path().to_string_lossy()), "{sentence}");
        assert_eq!(waiting(&site), 0, "{sentence}");
    }
    let nameless = send(&site, &hana, PREVIEW, form(" ", &district, TABLE.as_bytes())).await;
    assert!(nameless.body.contains("Say what this roster is called") && waiting(&site) == 0);
    let (database, clock) = (&site.app.database, &site.app.clock);
    let foreign =
        making::organisation(database, clock, &Actor::Machine, Kind::District, "Elsewhere", None).await;
    for district in [foreign.unwrap().to_string(), "0198a5c2-1234-7abc-8def-0123456789ab".to_owned()] {
        let foreign = send(&site, &hana, PREVIEW, form("Office", &district, TABLE.as_bytes())).await;
        assert_eq!(foreign.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(foreign.body.contains("Choose a district of yours.") && waiting(&site) == 0);
    }
    let whole = form("Office", &district, TABLE.as_bytes());
    let cut = send(&site, &hana, PREVIEW, whole[..whole.len() - 60].to_vec()).await;
    assert_eq!((cut.status, waiting(&site)), (StatusCode::BAD_REQUEST, 0));
    let urlencoded = site.post(PREVIEW, &hana, "source=Office").await;
    assert_eq!(urlencoded.status, StatusCode::BAD_REQUEST);
}
