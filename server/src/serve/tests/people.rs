//! Getting in, and what a form may not do.

use super::{Answer, Site, site};
use crate::serve::gate::{DEVICE, SESSION};
use crate::serve::router;
use crate::settings::{Command, Settings};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use backend::people::invitation::{self, Accepting, Wanted};
use backend::people::making;
use backend::people::sign_in::From;
use clap::Parser as _;
use domain::people::{Kind, Role};
use domain::policy::Actor;

const FORM: &str = "application/x-www-form-urlencoded";
const PASSWORD: &str = "three plain words";

impl Site {
    pub(super) async fn post(&self, address: &str, cookie: &str, body: &str) -> Answer {
        self.post_from(address, cookie, body, ("sec-fetch-site", "same-origin")).await
    }

    pub(super) async fn post_from(
        &self,
        address: &str,
        cookie: &str,
        body: &str,
        from: (&str, &str),
    ) -> Answer {
        let request = Request::post(address)
            .header(header::CONTENT_TYPE, FORM)
            .header(header::COOKIE, cookie)
            .header(from.0, from.1)
            .body(Body::from(body.to_owned()));
        self.ask(request.unwrap()).await
    }

    pub(super) async fn get_as(&self, address: &str, cookie: &str) -> Answer {
        self.ask(Request::get(address).header(header::COOKIE, cookie).body(Body::empty()).unwrap()).await
    }

    /// A teacher with a password, who is not signed in.
    pub(super) async fn teacher(&self) {
        let (database, clock) = (&self.app.database, &self.app.clock);
        let school = making::organisation(database, clock, &Actor::Machine, Kind::School, "Oak Middle", None)
            .await
            .unwrap();
        let wanted = Wanted {
            email: "teacher@example.org",
            role: Role::Teacher,
            at: Some(school),
            tongue: "en",
            mailed: false,
        };
        let token = invitation::invite(database, clock, &Actor::Machine, &wanted).await.unwrap();
        let given = Accepting {
            given_name: "Alex",
            family_name: "Example",
            password: PASSWORD,
            tongue: "en",
            from: From { device: None, name: "?", before: None },
        };
        invitation::accept(database, clock, &token, &given).await.unwrap().session.unwrap();
    }

    pub(super) async fn sign_in(&self, cookie: &str) -> (Answer, String) {
        let body = "email=teacher%40example.org&password=three+plain+words&then=%2Faccount";
        let answer = self.post("/api/people/sign-in", cookie, body).await;
        let session = answer.cookie(SESSION).unwrap_or_default();
        (answer, session)
    }
}

impl Answer {
    /// `name=value` of a cookie that the answer sets.
    pub(super) fn cookie(&self, name: &str) -> Option<String> {
        self.headers
            .get_all(header::SET_COOKIE)
            .into_iter()
            .filter_map(|line| line.to_str().ok()?.split(';').next().map(str::to_owned))
            .find(|pair| pair.starts_with(&format!("{name}=")))
    }
}

#[tokio::test]
async fn who_signs_in_comes_where_they_wanted_with_a_cookie_no_script_reads() {
    let site = site(&[]).await;
    site.teacher().await;
    let answer = site.get("/account").await;
    assert_eq!(
        (answer.status, answer.header(header::LOCATION)),
        (StatusCode::SEE_OTHER, "/sign-in?then=%2Faccount")
    );
    let answer = site.get("/people?q=x&role=mentor").await;
    assert_eq!(answer.header(header::LOCATION), "/sign-in?then=%2Fpeople%3Fq%3Dx%26role%3Dmentor");
    let (answer, session) = site.sign_in("").await;
    assert_eq!((answer.status, answer.header(header::LOCATION)), (StatusCode::SEE_OTHER, "/account"));
    for line in answer.headers.get_all(header::SET_COOKIE) {
        let line = line.to_str().unwrap();
        assert!(line.starts_with("__Host-"), "{line}");
        for word in ["; Path=/", "; Secure", "; HttpOnly", "; SameSite=Lax"] {
            assert!(line.contains(word), "{line}");
        }
        assert!(!line.contains("Domain"), "{line}");
    }
    assert!(answer.cookie(DEVICE).is_some());
    let page = site.get_as("/account", &session).await;
    assert_eq!(page.status, StatusCode::OK);
    assert_eq!(page.header(header::CACHE_CONTROL), "no-store");
    assert!(page.body.contains("Alex Example"));
    let page = site.get_as("/es/account", &session).await;
    assert!(page.body.contains("<html lang=\"es\">") && page.body.contains("Mi cuenta"));
}

#[tokio::test]
async fn a_session_that_somebody_planted_is_worth_nothing_after_signing_in() {
    let site = site(&[]).await;
    site.teacher().await;
    let planted = format!("{SESSION}={}", "ab".repeat(32));
    let (_, session) = site.sign_in(&planted).await;
    assert_ne!(session, planted);
    assert_eq!(site.get_as("/account", &planted).await.status, StatusCode::SEE_OTHER);
    // Signing in again makes a new one too.
    let (_, again) = site.sign_in(&session).await;
    assert_ne!(session, again);
    assert_eq!(
        site.get_as("/account", &session).await.status,
        StatusCode::SEE_OTHER,
        "and the old one is over"
    );
    assert_eq!(site.get_as("/account", &again).await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_session_that_ended_cannot_be_replayed() {
    let site = site(&[]).await;
    site.teacher().await;
    let (_, session) = site.sign_in("").await;
    let answer = site.post("/api/people/sign-out", &session, "").await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    assert_eq!(answer.cookie(SESSION).as_deref(), Some("__Host-session="));
    assert_eq!(site.get_as("/account", &session).await.status, StatusCode::SEE_OTHER);
    assert_eq!(site.post("/api/people/end-others", &session, "").await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_form_of_another_site_does_nothing() {
    let site = site(&["--origin", "https://pathways.example"]).await;
    site.teacher().await;
    let (_, session) = site.sign_in("").await;
    for from in [
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
        ("origin", "https://evil.example"),
        ("origin", "https://pathways.example.evil.example"),
        ("origin", "null"),
    ] {
        let answer = site.post_from("/api/people/sign-out", &session, "", from).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{from:?}");
        let body = "email=teacher%40example.org&password=three+plain+words";
        let answer = site.post_from("/api/people/sign-in", "", body, from).await;
        assert!(answer.status == StatusCode::FORBIDDEN && answer.cookie(SESSION).is_none(), "{from:?}");
    }
    assert_eq!(site.get_as("/account", &session).await.status, StatusCode::OK, "still signed in");
}

#[tokio::test]
async fn nobody_is_led_to_another_site() {
    let site = site(&[]).await;
    site.teacher().await;
    for then in [
        "https://evil.example",
        "//evil.example",
        "/\\evil.example",
        "/%0d%0aSet-Cookie:%20a=b",
        "javascript:x",
    ] {
        let then: String = form_urlencoded::byte_serialize(then.as_bytes()).collect();
        let body = format!("email=teacher%40example.org&password=three+plain+words&then={then}");
        let answer = site.post("/api/people/sign-in", "", &body).await;
        let location = answer.header(header::LOCATION);
        assert!(
            location.starts_with('/') && !location.starts_with("//") && !location.contains("evil"),
            "{location}"
        );
        let page = site.get(&format!("/sign-in?then={then}")).await;
        assert!(!page.body.contains("value=\"https:") && !page.body.contains("value=\"//"), "{then}");
    }
}

#[tokio::test]
async fn no_header_can_be_smuggled_in() {
    let site = site(&[]).await;
    site.teacher().await;
    let body =
        "email=teacher%40example.org&password=three+plain+words&then=%2Fhome%0D%0ASet-Cookie%3A+evil%3D1";
    let answer = site.post("/api/people/sign-in", "", body).await;
    assert_eq!(answer.header(header::LOCATION), "/home");
    assert!(answer.cookie("evil").is_none());
}

#[tokio::test]
async fn an_oversized_form_is_refused_before_it_is_read() {
    let site = site(&[]).await;
    let body = format!("email={}", "a".repeat(100_000));
    let answer = site.post("/api/people/sign-in", "", &body).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    for (prefix, sentence) in [("", "This form is too long."), ("/es", "Este formulario es demasiado largo.")]
    {
        let answer = site.post(&format!("{prefix}/api/people/sign-in"), "", &body).await;
        assert_eq!(answer.header(header::CACHE_CONTROL), "no-store");
        assert!(answer.body.contains(sentence) && answer.body.contains("</html>"), "{}", answer.body);
    }
    let long = format!("email={}%40example.org&password=x", "a".repeat(60_000));
    let answer = site.post("/api/people/sign-in", "", &long).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "long, and simply wrong");
}

#[tokio::test]
async fn what_was_typed_comes_back_but_never_the_password() {
    let site = site(&[]).await;
    let body = "email=%22%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E&password=my+secret+word";
    let answer = site.post("/api/people/sign-in", "", body).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.body.contains("&gt;&lt;script&gt;alert(1)") && !answer.body.contains("<script>alert"));
    assert!(!answer.body.contains("my secret word"));
}

#[tokio::test]
async fn what_stands_below_api_and_is_no_deed_is_not_found() {
    let site = site(&[]).await;
    for address in ["/api/nothing", "/es/api/people/nothing", "/api/people"] {
        assert_eq!(site.post(address, "", "").await.status, StatusCode::NOT_FOUND, "{address}");
        assert_eq!(site.get(address).await.status, StatusCode::NOT_FOUND, "{address}");
    }
}

#[tokio::test]
async fn without_a_demo_nobody_is_walked_as() {
    let site = site(&[]).await;
    backend::people::demo::ensure(&site.app.database, &site.app.clock).await.unwrap();
    let person = backend::people::demo::offered(&site.app.database).await.unwrap().remove(0).id;
    let answer = site.post("/api/people/demo", "", &format!("person={person}")).await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    assert!(answer.cookie(SESSION).is_none());
    assert!(!site.get("/sign-in").await.body.contains("api/people/demo"));
}

#[tokio::test]
async fn a_record_leads_only_where_its_reader_may_go() {
    let site = site(&["--demo"]).await;
    let maya = walker(&site, "Maya Okafor").await.0;
    for (name, record, reads) in [
        ("Rosa Delgado", false, false),
        ("Sam Whitfield", false, false),
        ("Hana Yoshida", false, false),
        ("Grace Liu", false, true),
    ] {
        let (_, cookie) = walker(&site, name).await;
        let page = site.get_as(&format!("/people/{maya}"), &cookie).await;
        if page.status != StatusCode::OK {
            continue;
        }
        let links = |path: &str| page.body.contains(&format!("href=\"{path}\""));
        assert_eq!(links(&format!("/record/{maya}")), record, "{name}");
        assert_eq!(links(&format!("/record/{maya}/reads")), reads, "{name}");
        if reads {
            let reads = site.get_as(&format!("/record/{maya}/reads"), &cookie).await;
            assert_eq!(reads.status, StatusCode::OK, "{name}");
        }
    }
    let (_, staff) = walker(&site, "Sam Whitfield").await;
    let screening = site.get_as(&format!("/screening/{maya}"), &staff).await;
    assert_eq!(screening.status, StatusCode::NOT_FOUND, "a child has no screening");
}

#[tokio::test]
async fn cards_that_were_made_are_not_made_twice_and_a_class_can_get_all_new_ones() {
    let site = site(&["--demo"]).await;
    let (_, teacher) = walker(&site, "Rosa Delgado").await;
    let class = backend::people::demo::class(&site.app.database).await.unwrap().unwrap();
    let make = format!("/api/people/cards/{class}");
    site.post(&make, &teacher, "").await;
    let twice = site.post(&make, &teacher, "").await;
    assert!(twice.body.contains("every student has a card already"), "{}", twice.body);
    assert!(
        !twice.body.contains("Print this page now") && twice.body.contains("New cards for the whole class")
    );
    let again = site.post(&format!("{make}/again"), &teacher, "").await;
    assert_eq!(again.status, StatusCode::OK);
    assert!(again.body.contains("Print this page now") && again.body.contains("class=\"pin-card\""));
    let cards: Vec<&str> = again.body.split("<section").filter(|part| part.contains("pin-card\"")).collect();
    assert!(cards.len() > 1);
    for card in cards {
        let spanish = card.contains("lang=\"es\"");
        assert_eq!(card.contains("Código de respaldo"), spanish, "{card}");
        assert_eq!(card.contains("Backup code"), !spanish, "{card}");
        assert!(card.contains("/sign-in</b>") && card.contains("/es/sign-in</b>") == spanish, "{card}");
    }
    assert_eq!(again.header(header::CACHE_CONTROL), "no-store");
}

#[tokio::test]
async fn a_student_in_several_places_has_one_role_and_nothing_to_change() {
    let site = site(&["--demo"]).await;
    let (_, student) = walker(&site, "Maya Okafor").await;
    assert!(!site.get_as("/home", &student).await.body.contains("Change role"));
    let (_, both) = walker(&site, "Priya Nair").await;
    assert!(site.get_as("/home", &both).await.body.contains("Change role"));
}

#[tokio::test]
async fn an_invitation_leads_to_this_site_whatever_host_was_asked_for() {
    let site = site(&["--demo"]).await;
    let (_, operator) = walker(&site, "Omar Haddad").await;
    let request = Request::post("/api/people/invite")
        .header(header::CONTENT_TYPE, FORM)
        .header(header::COOKIE, operator)
        .header(header::HOST, "evil.example")
        .header("sec-fetch-site", "same-origin")
        .body(Body::from("email=new%40school.org&role=operator&tongue=en"));
    let answer = site.ask(request.unwrap()).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    assert!(answer.body.contains("http://127.0.0.1:3000/invited/"), "{}", answer.body);
    assert!(!answer.body.contains("evil.example"));
}

#[tokio::test]
async fn where_mail_reaches_the_world_no_page_shows_the_link_of_an_invitation() {
    let mut site = site(&["--demo"]).await;
    let (_, operator) = walker(&site, "Omar Haddad").await;
    let body = "email=new%40school.org&role=operator&tongue=en";
    let invite = async |site: &Site| site.post("/api/people/invite", &operator, body).await.body;
    let deed = |page: &str, word: &str| {
        let deeds =
            page.split('"').find(|part| part.starts_with("/api/people/invitation/") && part.ends_with(word));
        deeds.unwrap().to_owned()
    };
    let here = invite(&site).await;
    assert!(here.contains("/invited/") && here.contains("It is shown only now"), "{here}");
    let again = site.post(&deed(&here, "/again"), &operator, "").await.body;
    assert!(again.contains("/invited/"), "{again}");

    site.app.mailed = true;
    let Command::Serve(settings) = Settings::parse_from(["pathways", "serve"]).command else {
        unreachable!()
    };
    site.router = router::router(site.app.clone(), &settings);
    let away = invite(&site).await;
    assert!(away.contains("new@school.org") && away.contains("Only that mail shows the link"), "{away}");
    let again = site.post(&deed(&away, "/again"), &operator, "").await.body;
    assert!(again.contains("Only that mail shows the link"), "{again}");
    for page in [&away, &again, &site.get_as("/invite", &operator).await.body] {
        assert!(!page.contains("/invited/"), "{page}");
    }
    let gone = site.post(&deed(&away, "/withdraw"), &operator, "").await;
    assert_eq!(gone.header(header::LOCATION), "/invite?done=withdrawn");
    let twice = site.post(&deed(&away, "/withdraw"), &operator, "").await;
    assert_eq!(twice.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_server_knows_whether_its_mail_reaches_the_world() {
    let smtp = ["--mail", "smtps://mail.pathways.school", "--mail-from", "a@pathways.school"];
    assert!(site(&smtp).await.app.mailed);
    assert!(!site(&[]).await.app.mailed);
}

/// Somebody of the demo: who they are, and the cookie of a session.
pub(super) async fn walker(site: &Site, name: &str) -> (String, String) {
    let (database, clock) = (&site.app.database, &site.app.clock);
    let people = backend::people::demo::offered(database).await.unwrap();
    let person = people.iter().find(|person| person.name == name).unwrap().id;
    let token = backend::people::demo::walk_as(database, clock, person, "?").await.unwrap().unwrap();
    (person.to_string(), format!("{SESSION}={token}"))
}
