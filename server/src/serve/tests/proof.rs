//! Before what gives lasting access, somebody who signed in a while ago shows once more who they are.

use super::{Answer, Site, site};
use crate::serve::gate::SESSION;
use crate::serve::router;
use crate::settings::{Command, Settings};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use backend::people::demo;
use backend::{Clock, Millis};
use clap::Parser as _;
use domain::people::factor::PROOF_HOLDS;

/// A site whose clock stands.
async fn standing() -> Site {
    let mut site = site(&[]).await;
    site.app.clock = Clock::standing(Millis(1_780_000_000_000));
    let Command::Serve(settings) = Settings::parse_from(["pathways", "serve"]).command else {
        unreachable!()
    };
    site.router = router::router(site.app.clone(), &settings);
    site.teacher().await;
    site
}

impl Site {
    /// Sends a form that stands on this page.
    async fn post_on(&self, page: &str, address: &str, cookie: &str) -> Answer {
        let request = Request::post(address)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(header::COOKIE, cookie)
            .header(header::HOST, "127.0.0.1:3000")
            .header(header::REFERER, page)
            .header("sec-fetch-site", "same-origin");
        self.ask(request.body(Body::empty()).unwrap()).await
    }
}

#[tokio::test]
async fn who_signed_in_a_while_ago_shows_who_they_are_and_goes_on() {
    let site = standing().await;
    let (_, session) = site.sign_in("").await;
    assert_eq!(site.get_as("/account/keys", &session).await.status, StatusCode::OK, "just signed in");
    let led = site.get_as("/account/prove?then=%2Faccount%2Fkeys", &session).await;
    assert_eq!(led.header(header::LOCATION), "/account/keys", "nothing to show yet");

    site.app.clock.advance(PROOF_HOLDS + 1);
    assert_eq!(site.get_as("/account", &session).await.status, StatusCode::OK, "the rest goes on");
    for (path, to) in [
        ("/account/keys", "/account/prove?then=%2Faccount%2Fkeys"),
        ("/es/account/keys/app?a=b", "/es/account/prove?then=%2Faccount%2Fkeys%2Fapp%3Fa%3Db"),
    ] {
        let led = site.get_as(path, &session).await;
        assert_eq!((led.status, led.header(header::LOCATION)), (StatusCode::SEE_OTHER, to));
    }
    for (page, then) in [
        ("http://127.0.0.1:3000/account/keys", "%2Faccount%2Fkeys"),
        ("http://127.0.0.1:3000/es/account/keys?done=app", "%2Faccount%2Fkeys"),
        ("http://127.0.0.1:3000.evil.example/x", "%2Faccount"),
        ("https://evil.example/", "%2Faccount"),
        ("", "%2Faccount"),
    ] {
        for deed in ["/api/people/recovery", "/api/people/app/begin", "/api/people/passkey/remove"] {
            let led = site.post_on(page, deed, &session).await;
            assert_eq!(led.header(header::LOCATION), format!("/account/prove?then={then}"), "{page} {deed}");
        }
    }

    let page = site.get_as("/account/prove?then=%2Faccount%2Fkeys", &session).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("Show that it's you") && page.body.contains("/api/people/prove/password"));
    assert!(!page.body.contains("/api/people/prove/code"), "only what they have");
    let wrong = site.post("/api/people/prove/password", &session, "password=no&then=%2Faccount%2Fkeys").await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        wrong.body.contains("Wrong password. Try again.") && wrong.body.contains("value=\"/account/keys\"")
    );
    assert!(wrong.cookie(SESSION).is_none());

    let body = "password=three+plain+words&then=%2Faccount%2Fkeys";
    let right = site.post("/api/people/prove/password", &session, body).await;
    assert_eq!((right.status, right.header(header::LOCATION)), (StatusCode::SEE_OTHER, "/account/keys"));
    let fresh = right.cookie(SESSION).unwrap();
    assert_eq!(site.get_as("/account/keys", &fresh).await.status, StatusCode::OK);
    assert_eq!(
        site.post("/api/people/app/begin", &fresh, "").await.header(header::LOCATION),
        "/account/keys/app"
    );
    let old = site.get_as("/account", &session).await;
    assert_eq!(old.header(header::LOCATION), "/sign-in?then=%2Faccount", "the old token is over");
}

#[tokio::test]
async fn from_a_proof_nobody_is_led_to_another_site() {
    let site = standing().await;
    let (_, session) = site.sign_in("").await;
    site.app.clock.advance(PROOF_HOLDS + 1);
    let page = site.get_as("/account/prove?then=%2F%2Fevil.example", &session).await;
    assert!(!page.body.contains("evil.example"));
    let body = "password=three+plain+words&then=https%3A%2F%2Fevil.example";
    let right = site.post("/api/people/prove/password", &session, body).await;
    assert_eq!(right.header(header::LOCATION), "/home");
    // The change of a password shows who somebody is by itself.
    let fresh = right.cookie(SESSION).unwrap();
    site.app.clock.advance(PROOF_HOLDS + 1);
    let body = "old-password=three+plain+words&password=quite+another+one";
    let changed = site.post("/api/people/password", &fresh, body).await;
    assert_eq!(changed.header(header::LOCATION), "/account?done=password");
}

#[tokio::test]
async fn a_students_account_has_a_card_and_no_other_key() {
    let site = site(&["--demo"]).await;
    let offered = demo::offered(&site.app.database).await.unwrap();
    let maya = offered.iter().find(|offered| offered.name == "Maya Okafor").unwrap().id;
    let token = demo::walk_as(&site.app.database, &site.app.clock, maya, "test").await.unwrap().unwrap();
    let session = format!("{SESSION}={token}");
    let page = site.get_as("/account", &session).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(!page.body.contains("/account/keys") && !page.body.contains("/api/people/password"));
    assert_eq!(site.get_as("/account/keys", &session).await.status, StatusCode::FORBIDDEN);
    for deed in ["/api/people/passkey/make", "/api/people/app/begin", "/api/people/recovery"] {
        assert_eq!(site.post(deed, &session, "").await.status, StatusCode::FORBIDDEN, "{deed}");
    }
}
