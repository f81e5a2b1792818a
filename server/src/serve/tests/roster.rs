//! What a district's people see of the rosters it sent.

use super::{Answer, Site, site};
use crate::serve::gate::SESSION;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use backend::people::demo;
use backend::roster::{self, Asked, MayEnd};
use domain::policy::Actor;

async fn seen(site: &Site, address: &str, name: &str) -> Answer {
    let (database, clock) = (&site.app.database, &site.app.clock);
    let offered = demo::offered(database).await.unwrap();
    let person = offered.iter().find(|offered| offered.name == name).unwrap().id;
    let token = demo::walk_as(database, clock, person, "test").await.unwrap().unwrap();
    let request = Request::get(address).header(header::COOKIE, format!("{SESSION}={token}"));
    site.ask(request.body(Body::empty()).unwrap()).await
}

#[tokio::test]
async fn an_analyst_sees_which_rows_wait_and_why_in_both_languages() {
    let site = site(&["--demo"]).await;
    let before = seen(&site, "/rosters", "Hana Yoshida").await;
    assert!(before.body.contains("No roster has come yet."));
    assert!(before.body.contains("pathways import roster export.zip"));

    let file = site.folder.path().join("students.csv");
    let table = "school,student_number,given_name,family_name,birth_date\n\
                 Cedar Middle,1,Ana,Ibarra,2013-05-31\nCedar Middle,2,<b>Leo</b>,Sato,31/5/2013\n";
    std::fs::write(&file, table).unwrap();
    let asked = Asked {
        source: "Cedar <i>office</i>",
        district: Some("Jacaranda Unified (demo)"),
        dry_run: false,
        may_end: MayEnd::Quarter,
    };
    let report =
        roster::import(&site.app.database, &site.app.clock, &Actor::Machine, &file, &asked).await.unwrap();

    let list = seen(&site, "/rosters", "Hana Yoshida").await;
    let address = format!("/rosters/{}", report.run);
    assert!(list.body.contains(&format!("href=\"{address}\"")), "{}", list.body);
    assert!(list.body.contains("Cedar &lt;i&gt;office&lt;/i&gt;") && list.body.contains("1 row"));
    for (prefix, why) in [("", "Write it like 2013-05-31."), ("/es", "Escríbala así: 2013-05-31.")] {
        let run = seen(&site, &format!("{prefix}{address}"), "Hana Yoshida").await;
        assert_eq!(run.status, StatusCode::OK);
        for part in ["students.csv", "<th scope=\"row\">3</th>", "birth_date", why] {
            assert!(run.body.contains(part), "{part} in {}", run.body);
        }
        assert!(!run.body.contains("31/5/2013"), "the value itself is not kept");
    }
    let (teacher, operator) =
        (seen(&site, "/rosters", "Rosa Delgado").await, seen(&site, &address, "Omar Haddad").await);
    assert_eq!((teacher.status, operator.status), (StatusCode::FORBIDDEN, StatusCode::OK));
    let nothing = seen(&site, "/rosters/0198a5c2-1234-7abc-8def-0123456789ab", "Omar Haddad").await;
    assert_eq!(nothing.status, StatusCode::NOT_FOUND);
}
