//! What does a guesser learn, and whom does a flood stop?

use super::{Site, site};
use crate::serve::gate::{DEVICE, SESSION};
use axum::http::StatusCode;

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
