//! What do pages of people with accounts say first: what waits, what is wrong, and where it is mended?

use super::people::walker;
use super::site;
use axum::http::StatusCode;

/// Where a text stands in a page.
fn at(page: &str, text: &str) -> usize {
    page.find(text).unwrap_or_else(|| panic!("{text} is missing in {page}"))
}

#[tokio::test]
async fn home_names_the_task_and_leads_to_those_it_is_about() {
    let site = site(&["--demo"]).await;
    let (_, teacher) = walker(&site, "Rosa Delgado").await;
    let home = site.get_as("/home", &teacher).await.body;
    let waiting = &home[at(&home, "href=\"/family?waits=1\"")..];
    assert!(
        waiting[..120].contains("waits for a yes from home")
            || waiting[..120].contains("wait for a yes from home")
    );
    let list = site.get_as("/family?waits=1", &teacher).await.body;
    assert!(list.contains("Ruiz, Mateo") && !list.contains("Okafor, Maya"), "only those who wait: {list}");
    assert!(home.contains("My classes") && !home.contains("Organizations"), "{home}");

    let class = backend::people::demo::class(&site.app.database).await.unwrap().unwrap();
    let door = &home[at(&home, &format!("href=\"/organisations/{class}\""))..];
    assert!(door[..200].contains("students, cards"), "{door}");
    site.post(&format!("/api/people/cards/{class}"), &teacher, "").await;
    let page = site.get_as(&format!("/organisations/{class}"), &teacher).await.body;
    assert!(page.contains("New card: Maya Okafor"), "a lost card is two steps away: {page}");

    let (_, mateo) = walker(&site, "Mateo Ruiz").await;
    let home = site.get_as("/es/home", &mateo).await.body;
    assert!(home.contains("Falta el sí de tu familia") && home.contains("Tus páginas"), "{home}");
}

#[tokio::test]
async fn a_page_for_others_speaks_of_roles_only_to_who_has_several() {
    let site = site(&["--demo"]).await;
    for (name, said) in
        [("Maya Okafor", "This page is for other people."), ("Priya Nair", "You can change your role")]
    {
        let (_, cookie) = walker(&site, name).await;
        let page = site.get_as("/operations", &cookie).await;
        assert_eq!(page.status, StatusCode::FORBIDDEN, "{name}");
        assert!(page.body.contains(said), "{name}: {}", page.body);
    }
}

#[tokio::test]
async fn what_is_wrong_stands_at_its_field_and_the_field_has_the_focus() {
    let site = site(&["--demo"]).await;
    let wrong = site.post("/api/people/sign-in", "", "email=ana%40example.org&password=not+this+one").await;
    let (field, told) =
        (at(&wrong.body, "autocomplete=\"current-password\""), at(&wrong.body, "id=\"problem\""));
    assert!(field < told && at(&wrong.body, " autofocus") < told, "{}", wrong.body);
    assert_eq!(wrong.body.matches(" autofocus").count(), 1);
    assert!(wrong.body.contains("<details class=\"more\"><summary>Walk around"), "{}", wrong.body);

    let (maya, cookie) = walker(&site, "Maya Okafor").await;
    let untold = site.post(&format!("/api/rights/delete/{maya}"), &cookie, "").await;
    assert_eq!(untold.status, StatusCode::UNPROCESSABLE_ENTITY);
    let told = at(&untold.body, "Please tick the box first.");
    assert!(at(&untold.body, "name=\"sure\"") < told && told < at(&untold.body, "Ask to delete it"));

    let class = site.post("/class/join", "", "code=K7QX-3MDH").await;
    let (field, told) = (at(&class.body, "value=\"K7QX-3MDH\""), at(&class.body, "id=\"problem\""));
    assert!(field < told, "the code that was typed can be mended: {}", class.body);
}

#[tokio::test]
async fn a_mentor_is_told_what_is_theirs_to_do() {
    let site = site(&["--demo"]).await;
    let (tom, cookie) = walker(&site, "Tom Becker").await;
    let page = site.get_as(&format!("/screening/{tom}"), &cookie).await.body;
    assert!(page.contains("Your screening") && page.contains("Send two names to your program"), "{page}");
    assert!(!page.contains("You talked with people who know them."), "that is said to who writes it down");
}
