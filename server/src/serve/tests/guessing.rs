//! What does a guesser learn, and whom does a flood stop?

use super::{Site, site};
use crate::serve::gate::{DEVICE, SESSION};
use crate::serve::ways::ways;
use axum::http::{StatusCode, header};
use backend::people::card::{self, Card};
use domain::policy::Actor;

impl Site {
    /// Lets everybody try as often again as at first.
    async fn forget_tries(&self) {
        let text = "delete from wrong_try";
        match &self.app.database {
            backend::Database::Sqlite(pool) => drop(sqlx::query(text).execute(pool).await.unwrap()),
            backend::Database::Postgres(pool) => drop(sqlx::query(text).execute(pool).await.unwrap()),
        }
    }
}

#[tokio::test]
async fn whether_somebody_is_here_is_told_by_neither_words_nor_time() {
    let site = site(&[]).await;
    site.teacher().await;
    let ask = async |email: &str| {
        let began = std::time::Instant::now();
        let answer =
            site.post("/api/people/sign-in", "", &format!("email={email}&password=not+this+one")).await;
        let words = answer.body.replace(email, "").replace(&email.replace('@', "%40"), "");
        (answer.status, words, began.elapsed())
    };
    // Both compute the same hash: the quickest of all differ by less than half of it. What else runs on the machine
    // makes single answers slow, and never quick.
    let (mut here, mut nobody) = (f64::MAX, f64::MAX);
    for at in 0..40 {
        if at % 8 == 0 {
            site.forget_tries().await;
        }
        let (status, words, took) = ask("teacher@example.org").await;
        let other = ask(&format!("nobody{at}@example.org")).await;
        assert_eq!((status, words), (other.0, other.1), "{at}");
        here = here.min(took.as_secs_f64());
        nobody = nobody.min(other.2.as_secs_f64());
        if at >= 7 && here / nobody < 1.5 && nobody / here < 1.5 {
            return;
        }
    }
    panic!("{here} s against {nobody} s");
}

#[tokio::test]
async fn who_asks_for_a_new_password_learns_nothing_about_others() {
    let site = site(&[]).await;
    site.teacher().await;
    let ask = async |email: &str| {
        let answer = site.post("/api/people/forgot", "", &format!("email={email}")).await;
        (answer.status, answer.body.replace(email, "").replace(&email.replace('@', "%40"), ""))
    };
    let here = ask("teacher@example.org").await;
    assert_eq!(here.0, StatusCode::OK);
    assert_eq!(here, ask("nobody12@example.org").await);
    for _ in 0..30 {
        assert_eq!(ask("teacher@example.org").await, here, "also when no more letters go");
    }
    let unknown = "0".repeat(64);
    for key in ["x", &unknown] {
        assert_eq!(site.get(&format!("/forgot/{key}")).await.status, StatusCode::NOT_FOUND, "{key}");
        let answer = site.post(&format!("/api/people/forgot/{key}"), "", "password=a+fine+new+secret").await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{key}");
    }
}

#[tokio::test]
async fn too_many_deeds_of_one_account_wait_and_others_go_on() {
    let site = site(&["--demo"]).await;
    let people = backend::people::demo::offered(&site.app.database).await.unwrap();
    let mut cookies = Vec::new();
    for person in &people[..2] {
        let (database, clock) = (&site.app.database, &site.app.clock);
        let token = backend::people::demo::walk_as(database, clock, person.id, "?").await.unwrap().unwrap();
        cookies.push(format!("{SESSION}={token}"));
    }
    let mut last = StatusCode::OK;
    for _ in 0..80 {
        last = site.post("/api/people/end-others", &cookies[0], "").await.status;
    }
    assert_eq!(last, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(site.post("/api/people/end-others", &cookies[1], "").await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_flood_from_an_address_does_not_stop_a_browser_that_was_here_before() {
    let site = site(&[]).await;
    site.teacher().await;
    let (answer, _) = site.sign_in("").await;
    let known = answer.cookie(DEVICE).unwrap();
    let mut flood = StatusCode::OK;
    for _ in 0..1_300 {
        flood = site.post("/api/people/card", "", "class=x&pin=1").await.status;
    }
    assert_eq!(flood, StatusCode::TOO_MANY_REQUESTS);
    let made_up = format!("{DEVICE}={}", "ab".repeat(32));
    for stranger in ["", &made_up] {
        assert_eq!(site.sign_in(stranger).await.0.status, StatusCode::TOO_MANY_REQUESTS, "{stranger}");
    }
    assert_eq!(site.sign_in(&known).await.0.status, StatusCode::SEE_OTHER);
}

/// New cards of the demo's class.
async fn cards(site: &Site) -> Vec<Card> {
    let (database, clock) = (&site.app.database, &site.app.clock);
    let class = backend::people::demo::class(database).await.unwrap().unwrap();
    card::make_again(database, clock, &Actor::Machine, class).await.unwrap()
}

#[tokio::test]
async fn a_flood_from_an_address_does_not_stop_a_student_who_holds_a_card() {
    let site = site(&["--demo"]).await;
    let cards = cards(&site).await;
    let card = &cards[0];
    let by_pin =
        format!("class={}&pin={}&then=%2Faccount", card.code, card.pin.to_string().replace(' ', "+"));
    let by_code = format!("class={}&pin={}&then=%2Faccount", card.code, card.backup);
    for _ in 0..1_300 {
        site.post("/api/people/card", "", "class=x&pin=1").await;
    }
    for (prefix, sentence) in [
        ("", "Type the backup code on your card instead of the PIN."),
        ("/es", "Escribe el código de respaldo de tu tarjeta en lugar del PIN."),
    ] {
        let told = site.post(&format!("{prefix}/api/people/card"), "", &by_pin).await;
        assert_eq!(told.status, StatusCode::TOO_MANY_REQUESTS);
        assert!(told.body.contains(sentence) && told.body.contains("role=\"alert\""), "{}", told.body);
        assert!(told.body.contains(&format!("value=\"{}\"", card.code)), "what was typed is kept");
        assert!(told.body.contains("name=\"then\" value=\"/account\""), "and where to");
        assert!(!told.body.contains(&card.pin.to_string()), "the PIN does not travel back");
        assert_eq!(told.body.matches(" autofocus").count(), 1);
        assert!(told.cookie(SESSION).is_none());
    }
    let wrong =
        site.post("/api/people/card", "", &by_code.replace(&card.backup.to_string(), "0000-0000-0000")).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let foreign = site.post_from("/api/people/card", "", &by_code, ("sec-fetch-site", "cross-site")).await;
    assert_eq!(foreign.status, StatusCode::FORBIDDEN, "a form of another site does nothing here either");
    let entered = site.post("/api/people/card", "", &by_code).await;
    assert_eq!((entered.status, entered.header(header::LOCATION)), (StatusCode::SEE_OTHER, "/account"));
    let session = entered.cookie(SESSION).unwrap();
    assert!(site.get_as("/account", &session).await.body.contains(&card.name));
    let own = entered.cookie(DEVICE).unwrap();
    let by_pin = site.post("/api/people/card", &own, &by_pin).await;
    assert_eq!(by_pin.status, StatusCode::SEE_OTHER, "this browser is known from now on");
}

#[tokio::test]
async fn whose_pin_was_guessed_at_is_told_of_the_backup_code_and_a_wrong_one_tells_nothing() {
    let site = site(&["--demo"]).await;
    let cards = cards(&site).await;
    let card = &cards[0];
    let ask = async |class: &str, typed: &str| {
        let typed = typed.replace(' ', "+");
        let answer = site.post("/api/people/card", "", &format!("class={class}&pin={typed}")).await;
        (answer.status, answer.body.replace(class, ""))
    };
    let secret = if card.pin.secret() == "000000" { "000001" } else { "000000" };
    let guess = format!("{}{secret}", card.pin.number());
    for _ in 0..10 {
        assert_eq!(ask(&card.code, &guess).await.0, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let (status, page) = ask(&card.code, &card.pin.to_string()).await;
    assert_eq!(status, StatusCode::TOO_MANY_REQUESTS);
    assert!(
        page.contains("Too many wrong tries. Type the backup code on your card instead of the PIN."),
        "{page}"
    );
    assert!(page.contains("Or wait 15 minutes.") && page.matches(" autofocus").count() == 1, "{page}");
    assert!(!page.contains("inputmode=\"numeric\""), "a phone shows letters");

    let no_such_code = ask(&card.code, "0000-0000-0000").await;
    assert_eq!(no_such_code.0, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(no_such_code.1.contains("This class code and backup code don't match."), "{}", no_such_code.1);
    assert_eq!(ask("0000-0000", "0000-0000-0000").await, no_such_code, "whether there is such a class");
    assert_eq!(ask("0000-0000", &card.backup.to_string()).await, no_such_code, "or such a card");
    let (status, page) = ask(&card.code, "K7QX-3MDH-9").await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("A backup code has twelve letters and digits."), "{page}");
    let typed = card.backup.to_string().to_lowercase().replace('-', " ");
    assert_eq!(ask(&card.code.to_lowercase(), &typed).await.0, StatusCode::SEE_OTHER);
}

#[test]
fn only_the_deed_of_cards_counts_itself() {
    let counts: Vec<&str> = ways().iter().filter(|way| way.counts).map(|way| way.path).collect();
    assert_eq!(counts, ["/api/people/card"]);
}
