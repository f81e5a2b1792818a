//! A family comes in with a paper, says yes and no, and is helped by its school: by plain forms alone.

use super::{Answer, Site, site};
use crate::serve::gate::{DEVICE, SESSION};
use axum::http::{StatusCode, header};
use backend::people::demo;

const RELATION: &str = "relation=parent";

/// A demo, and how to be somebody in it.
struct Town {
    site: Site,
}

impl Town {
    async fn new() -> Town {
        Town { site: site(&["--demo"]).await }
    }

    async fn id(&self, name: &str) -> String {
        let offered = demo::offered(&self.site.app.database).await.unwrap();
        offered.iter().find(|offered| offered.name == name).unwrap().id.to_string()
    }

    async fn cookie(&self, name: &str) -> String {
        let (database, clock) = (&self.site.app.database, &self.site.app.clock);
        let id = self.id(name).await.parse().unwrap();
        let token = demo::walk_as(database, clock, id, "test").await.unwrap().unwrap();
        format!("{SESSION}={token}")
    }

    async fn get(&self, address: &str, cookie: &str) -> Answer {
        self.site.get_as(address, cookie).await
    }

    async fn post(&self, address: &str, cookie: &str, body: &str) -> Answer {
        self.site.post(address, cookie, body).await
    }

    /// The code on a paper that the teacher prints.
    async fn paper(&self, student: &str) -> String {
        self.paper_of("Rosa Delgado", student).await
    }

    /// The same, that somebody else prints.
    async fn paper_of(&self, who: &str, student: &str) -> String {
        let printer = self.cookie(who).await;
        let answer = self.post("/api/family/code", &printer, &format!("student={student}")).await;
        assert_eq!(answer.status, StatusCode::OK);
        between(&answer.body, "<b class=\"code-big\">", "<")
    }
}

fn between(text: &str, open: &str, close: &str) -> String {
    text.split(open).nth(1).unwrap().split(close).next().unwrap().to_owned()
}

fn leads_to(answer: &Answer) -> &str {
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    answer.header(header::LOCATION)
}

#[tokio::test]
async fn a_paper_becomes_an_account_and_a_first_yes_opens() {
    let town = Town::new().await;
    let mateo = town.id("Mateo Ruiz").await;
    let student = town.cookie("Mateo Ruiz").await;
    let waiting = town.get("/es/family", &student).await;
    assert!(waiting.body.contains("Primero dice que sí tu familia"), "{}", waiting.body);

    let teacher = town.cookie("Rosa Delgado").await;
    let sheet = town.post("/api/family/code", &teacher, &format!("student={mateo}")).await;
    let [spanish, english] =
        ["Para la familia de Mateo", "For the family of Mateo"].map(|half| sheet.body.find(half).unwrap());
    assert!(spanish < english, "the family's language stands on top");
    assert_eq!(sheet.body.matches("<svg").count(), sheet.body.matches("</svg>").count());
    assert_eq!(sheet.header(header::CACHE_CONTROL), "no-store");
    let code = between(&sheet.body, "<b class=\"code-big\">", "<");

    let held = town.get(&format!("/es/join?code={}", code.to_lowercase()), "").await;
    assert!(held.body.contains("Esta hoja es para Mateo.") && held.body.contains("Abrir mi cuenta"));
    assert!(held.body.contains("/es/sign-in?then=%2Fjoin%3Fcode%3D"), "who has an account comes back here");
    let new =
        format!("code={code}&{RELATION}&given-name=Ana&family-name=Ruiz&email=ana%40example.org&tongue=es");
    let weak = town.post("/es/api/family/new", "", &format!("{new}&password=corta")).await;
    assert_eq!(weak.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        weak.body.contains("ana@example.org") && !weak.body.contains("corta\""),
        "a secret does not come back"
    );
    let made = town.post("/api/family/new", "", &format!("{new}&password=una+frase+larga")).await;
    assert_eq!(leads_to(&made), "/es/family?done=join", "Spanish from the first page on, once chosen");
    let ana = made.cookie(SESSION).unwrap();
    let page = town.get("/es/family?done=join", &ana).await;
    assert!(
        page.body.contains("Mateo ya está en su familia") && page.body.contains("Mateo espera su permiso")
    );

    let ask = |was: &str, say: &str, read: &str| {
        format!("student={mateo}&was+take-part={was}&say+take-part={say}&read+take-part={read}")
    };
    let old = town.post("/es/api/family/decide", &ana, &ask("no", "yes", "2019-01")).await;
    assert_eq!(old.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(old.body.contains("El texto cambió"));
    let same = town.post("/es/api/family/decide", &ana, &ask("yes", "yes", "2026-11")).await;
    let saved = format!("/es/family?done=saved&of={mateo}#c-{mateo}");
    assert_eq!(leads_to(&same), saved);
    assert!(
        town.get("/es/family", &student).await.body.contains("Primero dice que sí"),
        "what was not changed is not said again"
    );
    let yes = town.post("/es/api/family/decide", &ana, &ask("no", "yes", "2026-11")).await;
    assert_eq!(leads_to(&yes), saved);
    let told = town.get(&format!("/es/family?done=saved&of={mateo}"), &ana).await;
    let (at, news) = (told.body.find(&format!("id=\"c-{mateo}\"")), told.body.find("Guardado."));
    assert!(at.is_some() && at < news, "it is said where it was done");
    assert!(!town.get("/es/family", &student).await.body.contains("Primero dice que sí"));
    let no = town.post("/es/api/family/decide", &ana, &ask("yes", "no", "2026-11")).await;
    assert_eq!(leads_to(&no), saved);
    assert!(
        town.get("/es/family", &student).await.body.contains("Primero dice que sí"),
        "with the next page"
    );
}

#[tokio::test]
async fn a_paper_joins_somebody_who_is_here_and_puts_the_role_on() {
    let town = Town::new().await;
    let kofi = town.id("Kofi Mensah").await;
    let teacher = town.cookie("Rosa Delgado").await;
    let own = town.paper(&kofi).await;
    let refused = town.post("/api/family/join", &teacher, &format!("code={own}&relation=parent")).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("You made this paper."), "{}", refused.body);
    let code = town.paper_of("Sam Whitfield", &kofi).await;
    let held = town.get(&format!("/join?code={code}"), &teacher).await;
    assert!(held.body.contains("Add Kofi to my family") && !held.body.contains("Make my account"));
    let joined = town.post("/api/family/join", &teacher, &format!("code={code}&relation=relative")).await;
    assert_eq!(leads_to(&joined), format!("/family?done=join&of={kofi}"));
    let guardian = joined.cookie(SESSION).unwrap();
    let page = town.get(&format!("/family?done=join&of={kofi}"), &guardian).await;
    assert!(page.body.contains("Welcome. Kofi is now in your family."), "{}", page.body);
    let again = town.get(&format!("/join?code={code}"), "").await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(again.body.contains("No paper has this code"));

    let student = town.cookie("Maya Okafor").await;
    let held = town.get(&format!("/join?code={}", town.paper(&kofi).await), &student).await;
    assert!(held.body.contains("A grown-up uses this paper") && !held.body.contains("/api/family/join"));
}

#[tokio::test]
async fn codes_cannot_be_tried_out() {
    let town = Town::new().await;
    assert_eq!(town.get("/join?code=K7QX", "").await.status, StatusCode::UNPROCESSABLE_ENTITY);
    for _ in 0..31 {
        let answer = town.get("/join?code=K7QX-3MDH-9FT5", "").await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    assert_eq!(town.get("/join?code=K7QX-3MDH-9FT5", "").await.status, StatusCode::TOO_MANY_REQUESTS);
    let new = "code=K7QX3MDH9FT5&given-name=A&family-name=B&email=a%40example.org&password=three+plain+words";
    assert_eq!(town.post("/api/family/new", "", new).await.status, StatusCode::TOO_MANY_REQUESTS);
}

#[tokio::test]
async fn staff_restrict_a_guardian_and_the_page_is_empty_at_once() {
    let town = Town::new().await;
    let (maya, chidi) = (town.id("Maya Okafor").await, town.id("Chidi Okafor").await);
    let (staff, guardian) = (town.cookie("Sam Whitfield").await, town.cookie("Chidi Okafor").await);
    assert!(town.get("/family", &guardian).await.body.contains("What Maya may do"));
    let page = town.get(&format!("/family/{maya}"), &staff).await;
    assert!(page.body.contains("Restrict Chidi Okafor"));
    let body = format!("student={maya}&guardian={chidi}&restricted=yes");
    let done = town.post("/api/family/restrict", &staff, &body).await;
    assert_eq!(leads_to(&done), format!("/family/{maya}?done=restricted"));
    let empty = town.get("/family", &guardian).await;
    assert!(empty.body.contains("No child is linked to you yet.") && !empty.body.contains("Maya"));
    let give = format!("student={maya}&say+photo=yes&read+photo=2026-11");
    assert_eq!(town.post("/api/family/decide", &guardian, &give).await.status, StatusCode::NOT_FOUND);
    let teacher = town.cookie("Rosa Delgado").await;
    assert!(!town.get(&format!("/family/{maya}"), &teacher).await.body.contains("/api/family/restrict"));
}

#[tokio::test]
async fn a_teacher_writes_down_a_signed_paper() {
    let town = Town::new().await;
    let teacher = town.cookie("Rosa Delgado").await;
    let list = town.get("/family?q=ruiz", &teacher).await;
    assert!(list.body.contains("Ruiz, Mateo") && list.body.contains("waits for a yes"));
    let mateo = town.id("Mateo Ruiz").await;
    let form = town.get(&format!("/family/{mateo}/form"), &teacher).await;
    assert!(
        form.body.contains("Firma") && form.body.contains("Para la familia de Mateo Ruiz"),
        "as they read"
    );
    assert!(form.body.contains("Mateo Ruiz puede usar Pathways."), "about him, by name");
    let english = town.get(&format!("/family/{mateo}/form?tongue=en"), &teacher).await;
    assert!(english.body.contains("Signature") && english.body.contains("Mateo Ruiz may use Pathways."));
    let nothing = format!("student={mateo}&signer=other&tongue=es&name=Carmen");
    let nothing = town.post("/api/family/record", &teacher, &nothing).await;
    assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(nothing.body.contains("Tick at least one thing"), "{}", nothing.body);
    let body =
        format!("student={mateo}&paper=take-part+2026-11&paper=photo+2026-11&signer=other&tongue=es&name=");
    let wrong = town.post("/api/family/record", &teacher, &body).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let (field, told) = (wrong.body.find("name=\"name\""), wrong.body.find("Type the name on the paper"));
    assert!(field.is_some() && field < told, "what is wrong stands beside its field");
    assert!(
        wrong.body.contains("autofocus") && wrong.body.matches(" checked").count() >= 3,
        "and all that was chosen stays"
    );
    let done = town.post("/api/family/record", &teacher, &format!("{body}Carmen+Ruiz")).await;
    assert_eq!(leads_to(&done), format!("/family/{mateo}?done=recorded"));
    let page = town.get(&format!("/family/{mateo}"), &teacher).await;
    assert_eq!(page.body.matches("Carmen Ruiz, on paper").count(), 2, "each yes is kept by itself");
    assert!(!page.body.contains("Nothing opens before"));
    let back =
        town.post("/api/family/record-back", &teacher, &format!("student={mateo}&kind=take-part")).await;
    assert_eq!(leads_to(&back), format!("/family/{mateo}?done=back"));
    assert!(town.get("/family?q=ruiz", &teacher).await.body.contains("waits for a yes"));
}

#[tokio::test]
async fn a_guardian_finds_the_record_of_each_child_and_who_waits_first() {
    let town = Town::new().await;
    let elena = town.cookie("Elena Salazar").await;
    let (diego, lucia) = (town.id("Diego Salazar").await, town.id("Lucía Salazar").await);
    for page in ["/home", "/family"] {
        let seen = town.get(page, &elena).await.body;
        for (name, id) in [("Diego", &diego), ("Lucía", &lucia)] {
            assert!(seen.contains(&format!("href=\"/record/{id}\"")), "{page}: {name}");
            assert!(seen.contains(&format!("See and correct the record of {name}")), "{page}: {name}");
        }
        assert!(seen.contains("Lucía waits for your yes"), "{page}");
    }
    assert!(town.get("/es/home", &elena).await.body.contains("Lucía espera su permiso"));
    let family = town.get("/family", &elena).await.body;
    let at = |id: &str| family.find(&format!("id=\"c-{id}\"")).unwrap();
    assert!(at(&lucia) < at(&diego), "who waits stands first");
    assert_eq!(town.get(&format!("/record/{diego}"), &elena).await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_restricted_guardian_with_a_fresh_paper_is_told_that_it_is_no_good() {
    let town = Town::new().await;
    let (maya, chidi) = (town.id("Maya Okafor").await, town.id("Chidi Okafor").await);
    let (staff, guardian) = (town.cookie("Sam Whitfield").await, town.cookie("Chidi Okafor").await);
    let body = format!("student={maya}&guardian={chidi}&restricted=yes");
    town.post("/api/family/restrict", &staff, &body).await;
    let code = town.paper(&maya).await;
    let answer = town.post("/api/family/join", &guardian, &format!("code={code}&{RELATION}")).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.body.contains("No paper has this code"), "{}", answer.body);
}

#[tokio::test]
async fn a_student_whose_guardian_is_here_asks_them_and_reads_what_concerns_them() {
    let town = Town::new().await;
    let lucia = town.cookie("Lucía Salazar").await;
    let page = town.get("/family", &lucia).await.body;
    assert!(page.contains("Ask your mom, dad or guardian to say yes here."), "{page}");
    assert!(!page.contains("Ask your teacher for the family paper."));
    assert!(page.contains("Your parent or guardian can read everything."), "{page}");
    assert!(!page.contains("You are in every conversation"), "that is said to the guardian");
    let mateo = town.get("/family", &town.cookie("Mateo Ruiz").await).await.body;
    assert!(mateo.contains("Ask your teacher for the family paper."));
}

#[tokio::test]
async fn a_paper_leads_back_to_the_family_and_its_holder_keeps_the_browser() {
    let town = Town::new().await;
    let mateo = town.id("Mateo Ruiz").await;
    let teacher = town.cookie("Rosa Delgado").await;
    let form = town.get(&format!("/family/{mateo}/form"), &teacher).await.body;
    assert!(form.contains("← Family of Mateo Ruiz") && !form.contains("Back to the class"));
    let code = town.paper(&mateo).await;
    let new =
        format!("code={code}&{RELATION}&given-name=Ana&family-name=Ruiz&email=ana%40example.org&tongue=es");
    let joined = town.post("/api/family/new", "", &format!("{new}&password=una+frase+larga")).await;
    assert!(joined.cookie(DEVICE).is_some(), "the browser is known from now on");
}
