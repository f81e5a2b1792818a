//! Before what gives lasting access, somebody who signed in a while ago shows once more who they are.

use super::{Answer, Site, site};
use crate::serve::gate::SESSION;
use crate::serve::router;
use crate::settings::{Command, Settings};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use backend::people::invitation::{self, Wanted};
use backend::people::sso::{self, Prompt, Setting};
use backend::people::{demo, making};
use backend::{Clock, Database, Millis};
use clap::Parser as _;
use domain::people::Role;
use domain::people::factor::PROOF_HOLDS;
use domain::policy::Actor;

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

/// Everybody set up an app in another browser, or it was taken away there.
async fn app(site: &Site, there: bool) {
    let text = if there {
        "insert into totp (person_id, secret, confirmed_at, last_step)
         select id, 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP', 1, 0 from person"
    } else {
        "delete from totp"
    };
    run(site, text).await;
}

async fn run(site: &Site, text: &'static str) {
    match &site.app.database {
        Database::Sqlite(pool) => drop(sqlx::query(text).execute(pool).await.unwrap()),
        Database::Postgres(pool) => drop(sqlx::query(text).execute(pool).await.unwrap()),
    }
}

#[tokio::test]
async fn half_a_sign_in_is_led_to_its_other_half_and_back() {
    let site = standing().await;
    let (_, session) = site.sign_in("").await;
    app(&site, true).await;
    for (path, to) in [
        ("/account", "/sign-in/second?then=%2Faccount"),
        ("/es/people?q=x&page=2", "/es/sign-in/second?then=%2Fpeople%3Fq%3Dx%26page%3D2"),
    ] {
        let led = site.get_as(path, &session).await;
        assert_eq!((led.status, led.header(header::LOCATION)), (StatusCode::SEE_OTHER, to));
    }
    for (page, then) in [
        ("http://127.0.0.1:3000/invite?done=withdrawn", "%2Finvite"),
        ("https://evil.example/", "%2Fhome"),
        ("", "%2Fhome"),
    ] {
        for deed in ["/api/people/invite", "/api/people/end-others", "/api/people/app/begin"] {
            let led = site.post_on(page, deed, &session).await;
            let to = format!("/sign-in/second?then={then}");
            assert_eq!(
                (led.status, led.header(header::LOCATION)),
                (StatusCode::SEE_OTHER, to.as_str()),
                "{deed}"
            );
        }
    }
    let page = site.get_as("/sign-in/second?then=%2Finvite", &session).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(
        page.body.contains("name=\"then\" value=\"/invite\"") && !page.body.contains("Set up"),
        "{}",
        page.body
    );
    // No key opens what that row holds: they are told, and keep their way.
    let wrong = site.post("/api/people/second/code", &session, "digits=000000&then=%2Finvite").await;
    assert!(wrong.body.contains("We cannot check the codes of your app right now"), "{}", wrong.body);
    assert!(wrong.status == StatusCode::UNPROCESSABLE_ENTITY && wrong.body.contains("value=\"/invite\""));
}

#[tokio::test]
async fn only_who_has_no_second_step_is_told_to_set_one_up() {
    let site = site(&[]).await;
    let (database, clock) = (&site.app.database, &site.app.clock);
    let wanted =
        Wanted { email: "omar@example.org", role: Role::Operator, at: None, tongue: "en", mailed: false };
    let token = invitation::invite(database, clock, &Actor::Machine, &wanted).await.unwrap();
    let body = "given-name=Omar&family-name=Haddad&password=three+plain+words&tongue=en";
    let came = site.post(&format!("/api/people/accept/{token}"), "", body).await;
    let session = came.cookie(SESSION).unwrap();
    let told = site.post("/api/people/organisation", &session, "kind=district&name=Valley").await;
    assert_eq!(told.status, StatusCode::FORBIDDEN);
    assert!(told.body.contains("href=\"/account/keys\"") && told.body.contains("Set up"), "{}", told.body);

    // Somebody whose app was taken away while they owed its code begins anew, and is not sent in a circle.
    app(&site, true).await;
    let entered = site
        .post(
            "/api/people/sign-in",
            "",
            "email=omar%40example.org&password=three+plain+words&then=%2Faccount",
        )
        .await;
    assert_eq!(entered.header(header::LOCATION), "/sign-in/second?then=%2Faccount");
    let half = entered.cookie(SESSION).unwrap();
    app(&site, false).await;
    let led = site.get_as("/sign-in/second?then=%2Faccount", &half).await;
    assert_eq!(led.header(header::LOCATION), "/sign-in?then=%2Faccount");
    assert_eq!(site.get_as("/sign-in?then=%2Faccount", &half).await.status, StatusCode::OK);
}

#[tokio::test]
async fn whom_only_a_district_knows_shows_it_there_and_keeps_it() {
    let site = standing().await;
    let (database, clock) = (&site.app.database, &site.app.clock);
    let school = making::find_organisation(database, "Oak Middle").await.unwrap()[0].id;
    let setting = Setting {
        organisation: school,
        issuer: "http://127.0.0.1:9".to_owned(),
        client_id: "pathways".to_owned(),
        client_secret: "secret".to_owned(),
        role_claim: "job".to_owned(),
        role_map: [("teacher".to_owned(), Role::Teacher)].into(),
        domains: Vec::new(),
        vouches_second_factor: false,
        prompt: Prompt::Nothing,
    };
    sso::set(database, clock, &Actor::Machine, &setting).await.unwrap();
    let (_, session) = site.sign_in("").await;
    run(&site, "insert into sso_subject (issuer, subject, person_id) select 'http://127.0.0.1:9', 's', id from person")
        .await;
    let own = site.get_as("/account", &session).await.body;
    assert!(own.contains("Disconnect Oak Middle"), "{own}");
    assert_eq!(
        site.get_as("/account/prove/district", &session).await.status,
        StatusCode::NOT_FOUND,
        "own keys"
    );
    site.app.clock.advance(PROOF_HOLDS + 1);
    assert!(
        !site.get_as("/account/prove", &session).await.body.contains("/account/prove/district"),
        "nor is it offered"
    );
    let form = format!("district={school}");
    let led = site.post("/api/people/district/disconnect", &session, &form).await;
    assert_eq!(led.header(header::LOCATION), "/account/prove?then=%2Faccount", "a fresh proof first");

    run(&site, "delete from password").await;
    run(&site, "update session set strength = 'district', vouched_by = (select organisation_id from organisation_sso)")
        .await;
    let page = site.get_as("/es/account/prove?then=%2Finvite", &session).await.body;
    assert!(page.contains("href=\"/es/account/prove/district?then=%2Finvite\""), "{page}");
    assert!(
        page.contains("Entrar otra vez con Oak Middle") && !page.contains("/api/people/prove/"),
        "{page}"
    );
    let away = site.get_as("/account/prove/district?then=%2Finvite", &session).await;
    assert_eq!(away.status, StatusCode::BAD_GATEWAY, "nobody listens there");
    let kept = site.get_as("/account", &session).await.body;
    assert!(kept.contains("It is your only way in") && !kept.contains("Disconnect"), "{kept}");
    let refused = site.post("/api/people/district/disconnect", &session, &form).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    assert!(refused.body.contains("This needs your own password or passkey"), "{}", refused.body);
}
