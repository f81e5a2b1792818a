//! Choosing which notices come, and stopping one from a mail, as a browser and a mail program do it.

use super::{Answer, Site, site};
use crate::serve::gate::SESSION;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use backend::clock::moment_in_los_angeles;
use backend::outbox::deliver::{Mailroom, deliver};
use backend::outbox::post::Post;
use backend::outbox::{Notice, To, tell};
use backend::people::invitation::{self, Accepting, Wanted};
use backend::people::{demo, session};
use backend::{Clock, Millis};
use domain::outbox::Local;
use domain::people::{PersonId, Role};
use domain::policy::Actor;

const FORM: &str = "application/x-www-form-urlencoded";

async fn post(site: &Site, address: &str, cookie: &str, from: Option<&str>, body: &str) -> Answer {
    let request = Request::post(address).header(header::CONTENT_TYPE, FORM).header(header::COOKIE, cookie);
    let request = match from {
        Some(from) => request.header("sec-fetch-site", from),
        None => request,
    };
    site.ask(request.body(Body::from(body.to_owned())).unwrap()).await
}

async fn get_as(site: &Site, address: &str, cookie: &str) -> Answer {
    site.ask(Request::get(address).header(header::COOKIE, cookie).body(Body::empty()).unwrap()).await
}

/// An operator with an address, and their cookie.
async fn ada(site: &Site) -> (PersonId, String) {
    let (database, clock) = (&site.app.database, &site.app.clock);
    let wanted =
        Wanted { email: "ada@example.org", role: Role::Operator, at: None, tongue: "es", mailed: false };
    let token = invitation::invite(database, clock, &Actor::Machine, &wanted).await.unwrap();
    let given = Accepting {
        given_name: "Ada",
        family_name: "Example",
        password: "three plain words",
        tongue: "es",
        from: backend::people::sign_in::From { device: None, name: "?", before: None },
    };
    let token = invitation::accept(database, clock, &token, &given).await.unwrap().session.unwrap();
    let session = session::load(database, clock, &token).await.unwrap().unwrap();
    (session.wearer.person, format!("{SESSION}={token}"))
}

/// The path of the link that stops what the mail of the day tells.
async fn link(site: &Site, person: PersonId) -> String {
    let now = moment_in_los_angeles(Local::at(site.app.clock.today(), 17));
    let mut transaction = site.app.database.begin().await.unwrap();
    let yesterday = Millis(now.0 - 24 * 3_600_000);
    tell(&mut transaction.conn(), yesterday, &To::Person(person), &Notice::CorrectionAnswered).await.unwrap();
    transaction.commit().await.unwrap();
    let folder = site.folder.path().join("mail");
    let room = Mailroom::new(Post::Folder(folder.clone()), "mail@pathways.school", "https://pathways.school");
    deliver(&site.app.database, &Clock::standing(now), &room.unwrap()).await.unwrap();
    let mails =
        std::fs::read_dir(folder).unwrap().map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap());
    let mail = mails.into_iter().find(|mail| mail.contains("List-Unsubscribe: ")).unwrap();
    let header = mail.split("List-Unsubscribe: <https://pathways.school").nth(1).unwrap();
    header.split('>').next().unwrap().to_owned()
}

#[tokio::test]
async fn a_mail_program_stops_a_mail_with_one_click_and_a_scanner_that_looks_does_not() {
    let site = site(&[]).await;
    let (ada, cookie) = ada(&site).await;
    let link = link(&site, ada).await;
    assert!(link.starts_with("/es/stop/"), "{link}");
    let chosen = r#"name="correction-answered" value="never" checked"#;
    for _ in 0..2 {
        let looked = site.get(&link).await;
        assert_eq!((looked.status, looked.header(header::CACHE_CONTROL)), (StatusCode::OK, "no-store"));
        assert!(
            looked.body.contains(&format!("action=\"{link}\"")) && looked.body.contains("dato equivocado")
        );
    }
    assert!(!get_as(&site, "/notices", &cookie).await.body.contains(chosen));
    // RFC 8058: no cookie, no origin, this body.
    let stopped = post(&site, &link, "", None, "List-Unsubscribe=One-Click").await;
    assert_eq!(stopped.status, StatusCode::OK);
    assert!(stopped.body.contains("Ya no llega"), "{}", stopped.body);
    assert!(get_as(&site, "/notices", &cookie).await.body.contains(chosen));
    assert_eq!(post(&site, &link, "", Some("same-origin"), "").await.status, StatusCode::OK, "twice is once");
}

#[tokio::test]
async fn a_forged_link_stops_nothing_and_another_site_cannot_click() {
    let site = site(&[]).await;
    let (ada, _) = ada(&site).await;
    let link = link(&site, ada).await;
    assert_eq!(post(&site, &link, "", Some("cross-site"), "").await.status, StatusCode::FORBIDDEN);
    for forged in
        [format!("{link}A"), "/stop/x".to_owned(), "/stop/%ff".to_owned(), link.replace("/stop/", "/stop/A")]
    {
        assert!(site.get(&forged).await.status.is_client_error(), "{forged}");
        assert!(
            post(&site, &forged, "", None, "List-Unsubscribe=One-Click").await.status.is_client_error(),
            "{forged}"
        );
    }
}

#[tokio::test]
async fn what_is_chosen_on_the_page_holds_and_what_cannot_be_chosen_is_said() {
    let site = site(&[]).await;
    let (_, cookie) = ada(&site).await;
    let address = "/api/outbox/choose";
    let saved = post(
        &site,
        address,
        &cookie,
        Some("same-origin"),
        "correction-answered=now&deleted=digest&nonsense=x",
    )
    .await;
    assert_eq!(
        (saved.status, saved.header(header::LOCATION)),
        (StatusCode::SEE_OTHER, "/notices?done=saved")
    );
    let page = get_as(&site, "/notices?done=saved", &cookie).await;
    assert!(page.body.contains("role=\"status\""));
    for held in
        ["name=\"correction-answered\" value=\"now\" checked", "name=\"deleted\" value=\"digest\" checked"]
    {
        assert!(page.body.contains(held), "{held}");
    }
    let wrong =
        post(&site, address, &cookie, Some("same-origin"), "correction-answered=never&keys-changed=never")
            .await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains("role=\"alert\"") && wrong.body.contains("value=\"now\" checked"));
}

#[tokio::test]
async fn an_operator_sees_jobs_and_mail_in_both_languages() {
    let site = site(&["--demo"]).await;
    let offered = demo::offered(&site.app.database).await.unwrap();
    let omar = offered.iter().find(|offered| offered.role == Role::Operator).unwrap().id;
    let (database, clock) = (&site.app.database, &site.app.clock);
    let token = demo::walk_as(database, clock, omar, "test").await.unwrap().unwrap();
    let cookie = format!("{SESSION}={token}");
    let job =
        backend::admin::job::Job::new("count the stars", std::time::Duration::from_mins(1), |_, _| async {
            Err(backend::Fault::Chance)
        });
    job.turn(database, clock).await.unwrap();
    let page = get_as(&site, "/operations", &cookie).await;
    assert_eq!(page.status, StatusCode::OK);
    let engine = database.engine();
    for said in [
        "count the stars",
        "Problem: this machine gives no random numbers",
        &format!("{engine} answers"),
        "up to date (8)",
    ] {
        assert!(page.body.contains(said), "{said}");
    }
    let spanish = get_as(&site, "/es/operations", &cookie).await;
    assert!(spanish.body.contains(&format!("{engine} responde")) && spanish.body.contains("al día (8)"));
    let again = post(&site, "/api/operations/retry", &cookie, Some("same-origin"), "").await;
    assert_eq!(
        (again.status, again.header(header::LOCATION)),
        (StatusCode::SEE_OTHER, "/operations?done=retry")
    );
}
