//! A record as its people see it: plain pages and forms, asked as a browser without script would ask.

use super::{Answer, Site, site};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};

/// Somebody of the demo who is signed in: the cookie.
struct In(String);

async fn post(site: &Site, who: &In, address: &str, form: &str) -> Answer {
    let request = Request::post(address)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(header::COOKIE, &who.0);
    site.ask(request.body(Body::from(form.to_owned())).unwrap()).await
}

async fn get(site: &Site, who: &In, address: &str) -> Answer {
    site.ask(Request::get(address).header(header::COOKIE, &who.0).body(Body::empty()).unwrap()).await
}

/// Walks as somebody of the demo.
async fn walk(site: &Site, name: &str) -> In {
    let page = site.get("/sign-in").await.body;
    let before = page.split(name).next().unwrap();
    let person = before.rsplit("name=\"person\" value=\"").next().unwrap().split('"').next().unwrap();
    let answer = post(site, &In(String::new()), "/api/people/demo", &format!("person={person}")).await;
    let cookies = answer.headers.get_all(header::SET_COOKIE).into_iter();
    let session = cookies
        .filter_map(|cookie| cookie.to_str().ok())
        .find(|cookie| cookie.starts_with("__Host-session="));
    In(session.unwrap().split(';').next().unwrap().to_owned())
}

/// Where the link with these words leads.
fn link(page: &str, words: &str) -> String {
    let before = page.split(&format!(">{words}</a>")).next().unwrap();
    before.rsplit("href=\"").next().unwrap().split('"').next().unwrap().to_owned()
}

fn leads_to(answer: &Answer) -> &str {
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    answer.header(header::LOCATION)
}

#[tokio::test]
async fn a_guardian_sees_corrects_and_copies_the_record_of_a_child() {
    let site = site(&["--demo"]).await;
    let (elena, sam) = (walk(&site, "Elena Salazar").await, walk(&site, "Sam Whitfield").await);
    let own = get(&site, &elena, "/record").await;
    assert_eq!((own.status, own.body.matches("<h1").count()), (StatusCode::OK, 1));
    let child = link(&own.body, "Diego Salazar");
    let page = get(&site, &elena, &child).await.body;
    assert!(page.contains("The record of Diego Salazar") && page.contains("13 to 17"), "{page}");
    assert!(page.contains("Elena Salazar · parent or guardian") && !page.contains("-01-15"));
    let spanish = get(&site, &elena, &format!("/es{child}")).await.body;
    assert!(
        spanish.contains("El expediente de Diego Salazar") && spanish.contains("Quién leyó este expediente")
    );

    let deed = child.replace("/record/", "/api/rights/correct/");
    let empty = post(&site, &elena, &deed, "field=given-name&wanted=+").await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(empty.body.contains("role=\"alert\"") && empty.body.contains("aria-invalid=\"true\""));
    let sent = post(&site, &elena, &deed, "field=given-name&wanted=Santiago").await;
    assert_eq!(leads_to(&sent), format!("{child}?done=asked"));
    let page = get(&site, &elena, leads_to(&sent)).await.body;
    assert!(page.contains("Sent. A person will answer.") && page.contains("“Santiago”"));

    let queue = get(&site, &sam, "/corrections").await.body;
    assert!(queue.contains("Diego Salazar · First name") && queue.contains("Santiago"));
    let answer = queue.split("/api/rights/answer/").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let answered = post(&site, &sam, &format!("/api/rights/answer/{answer}"), "answer=done").await;
    assert_eq!(leads_to(&answered), "/corrections?done=answered");
    let again = post(&site, &sam, &format!("/api/rights/answer/{answer}"), "answer=done").await;
    assert!(again.body.contains("Somebody else answered this already."));
    assert!(get(&site, &elena, &child).await.body.contains("The record of Santiago Salazar"));

    let copy = get(&site, &elena, &format!("{child}/copy")).await;
    assert_eq!(copy.header(header::CONTENT_TYPE), "application/json");
    assert!(copy.header(header::CONTENT_DISPOSITION).starts_with("attachment"));
    assert_eq!(copy.header(header::CACHE_CONTROL), "no-store");
    assert!(copy.body.contains("\"given_name\": \"Santiago\""));
    assert!(get(&site, &elena, &format!("{child}/reads")).await.body.contains("took a copy"));
}

#[tokio::test]
async fn a_deletion_is_asked_for_has_a_number_for_anybody_and_is_taken_back() {
    let site = site(&["--demo"]).await;
    let maya = walk(&site, "Maya Okafor").await;
    let page = get(&site, &maya, "/record").await.body;
    let deed = format!(
        "/api/rights/delete/{}",
        page.split("/api/rights/delete/").nth(1).unwrap().split('"').next().unwrap()
    );
    let unsure = post(&site, &maya, &deed, "").await;
    assert!(
        unsure.status == StatusCode::UNPROCESSABLE_ENTITY
            && unsure.body.contains("Please tick the box first.")
    );
    assert_eq!(leads_to(&post(&site, &maya, &deed, "sure=1").await), "/record?done=deletion");
    let page = get(&site, &maya, "/record").await.body;
    assert!(page.contains("a parent or guardian has to say yes") && !page.contains("name=\"sure\""));
    let number = page.split("<p class=\"key num\">").nth(1).unwrap().split('<').next().unwrap();
    let receipt = site.get(&format!("/receipt?number={}", number.replace('-', "+"))).await;
    assert!(
        receipt.status == StatusCode::OK && receipt.body.contains(number) && !receipt.body.contains("Okafor")
    );
    let twice = post(&site, &maya, &deed, "sure=1").await;
    assert_eq!(twice.status, StatusCode::UNPROCESSABLE_ENTITY);

    let chidi = walk(&site, "Chidi Okafor").await;
    let child = deed.replace("/api/rights/delete/", "/record/");
    let home = get(&site, &chidi, "/home").await.body;
    assert!(home.contains("Maya asked to delete their record") && home.contains(&child), "{home}");
    let agree = deed.replace("/delete/", "/agree/");
    assert_eq!(post(&site, &maya, &agree, "").await.status, StatusCode::FORBIDDEN, "not oneself");
    assert_eq!(leads_to(&post(&site, &chidi, &agree, "").await), format!("{child}?done=agreed"));
    let page = get(&site, &maya, "/record").await.body;
    assert!(page.contains("This record is going to be deleted"));

    let stay = deed.replace("/delete/", "/stay/");
    assert_eq!(leads_to(&post(&site, &maya, &stay, "").await), "/record?done=stays");
    assert!(site.get(&format!("/receipt?number={number}")).await.body.contains("It was canceled."));
}

#[tokio::test]
async fn a_number_that_is_none_is_told_and_guessing_ends() {
    let site = site(&[]).await;
    assert_eq!(site.get("/es/receipt").await.status, StatusCode::OK);
    let wrong = site.get("/receipt?number=1234").await;
    assert!(wrong.status == StatusCode::NOT_FOUND && wrong.body.contains("value=\"1234\""));
    let mut seen = Vec::new();
    for number in 0..40 {
        seen.push(site.get(&format!("/receipt?number=0000-0000-{number:04}")).await.status);
    }
    assert_eq!(seen.last(), Some(&StatusCode::TOO_MANY_REQUESTS));
}

#[tokio::test]
async fn a_student_keeps_a_list_here_and_takes_it_back() {
    let site = site(&["--demo"]).await;
    let maya = walk(&site, "Maya Okafor").await;
    let none = post(&site, &maya, "/api/rights/plan", "plan=&plan=my+list").await;
    assert!(
        none.status == StatusCode::UNPROCESSABLE_ENTITY && none.body.contains("We found no school in it.")
    );
    let pasted = "plan=&plan=http%3A%2F%2Flocalhost%2Flist%3Fs%3D19647331932888%26from%3D90001";
    assert_eq!(leads_to(&post(&site, &maya, "/api/rights/plan", pasted).await), "/record?done=plan");
    let page = get(&site, &maya, "/record").await.body;
    assert!(page.contains("1 school is kept."), "{page}");
    assert_eq!(link(&page, "Open it on this device"), "/list?s=19647331932888");
    let chidi = walk(&site, "Chidi Okafor").await;
    let child = link(&get(&site, &chidi, "/record").await.body, "Maya Okafor");
    let theirs = get(&site, &chidi, &child).await.body;
    assert!(theirs.contains("List kept on the server") && !theirs.contains("/api/rights/plan"));
    assert_eq!(leads_to(&post(&site, &maya, "/api/rights/plan-back", "").await), "/record?done=plan-back");
    assert!(!get(&site, &maya, "/record").await.body.contains("1 school is kept."));
}

#[tokio::test]
async fn others_find_nothing_where_a_record_is() {
    let site = site(&["--demo"]).await;
    let elena = walk(&site, "Elena Salazar").await;
    let child = link(&get(&site, &elena, "/record").await.body, "Diego Salazar");
    let deed = child.replace("/record/", "/api/rights/delete/");
    for name in ["Maya Okafor", "Chidi Okafor", "Rosa Delgado", "Sam Whitfield", "Grace Liu", "Omar Haddad"] {
        let who = walk(&site, name).await;
        let status = get(&site, &who, &child).await.status;
        assert!([StatusCode::NOT_FOUND, StatusCode::FORBIDDEN].contains(&status), "{name}: {status}");
        let status = post(&site, &who, &deed, "sure=1").await.status;
        assert!([StatusCode::NOT_FOUND, StatusCode::FORBIDDEN].contains(&status), "{name}: {status}");
        let status = get(&site, &who, "/record").await.status;
        assert_eq!(status, StatusCode::OK, "{name} has a record of their own");
    }
    for nothing in ["/record/1", "/record/0198a5c2-0000-7000-8000-000000000001", "/record/1/copy"] {
        assert_eq!(get(&site, &elena, nothing).await.status, StatusCode::NOT_FOUND, "{nothing}");
    }
    assert_eq!(site.get(&child).await.status, StatusCode::SEE_OTHER, "to sign in");
}

#[tokio::test]
async fn a_safety_officer_finds_holds_and_lets_go() {
    let site = site(&["--demo"]).await;
    let (grace, rosa) = (walk(&site, "Grace Liu").await, walk(&site, "Rosa Delgado").await);
    assert_eq!(get(&site, &rosa, "/holds").await.status, StatusCode::FORBIDDEN);
    let found = get(&site, &grace, "/holds?name=salazar").await.body;
    assert!(found.contains("Diego Salazar") && !found.contains("Elena Salazar"), "a guardian is at no place");
    let person =
        found.split("type=\"radio\" name=\"person\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    let form = format!("person={person}&why=report");
    assert_eq!(post(&site, &rosa, "/api/rights/hold", &form).await.status, StatusCode::FORBIDDEN);
    assert_eq!(leads_to(&post(&site, &grace, "/api/rights/hold", &form).await), "/holds?done=held");
    let again = post(&site, &grace, "/api/rights/hold", &form).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(get(&site, &grace, "/es/holds").await.body.contains("Se hizo un reporte de seguridad"));
    let form = format!("person={person}");
    assert_eq!(leads_to(&post(&site, &grace, "/api/rights/release", &form).await), "/holds?done=ended");
    assert!(get(&site, &grace, "/holds").await.body.contains("No record is on hold."));
}
