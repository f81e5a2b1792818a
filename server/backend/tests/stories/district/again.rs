//! How does somebody whom only a district knows show once more who they are?

use super::town::{Town, wrong};
use crate::factors::run;
use backend::Stop;
use backend::people::session::{self, Session};
use backend::people::sso::{self, Came, Wrong};
use backend::secret::Token;
use domain::people::Role;
use domain::people::factor::PROOF_HOLDS;
use domain::policy::Refusal;
use serde_json::{Value, json};

fn ana(signed_in_at: &Value) -> Value {
    json!({"email": "ana@valley.example", "email_verified": true, "job": ["lead", "data"], "amr": ["mfa"],
           "auth_time": signed_in_at})
}

impl Town {
    /// Ana, who came in a while ago.
    async fn ana(&self) -> (Session, Token) {
        let (_, token) = self.session(ana(&Value::Null)).await.unwrap();
        self.world.clock.advance(PROOF_HOLDS + 1);
        let session = self.open(&token).await.unwrap();
        assert!(!session.wearer.proved);
        (session, token)
    }

    fn seconds(&self) -> i64 {
        self.world.clock.now().0 / 1_000
    }
}

const LINES: &str = "select count(*) from audit where action = 'ProveAgain' and detail = 'district'";

#[tokio::test]
async fn who_signs_in_there_again_goes_on_under_a_new_token() {
    let town = Town::new().await;
    let (before, token) = town.ana().await;
    let asks = sso::asks_again(&town.world.database, &before).await.unwrap().unwrap();
    assert_eq!(asks.id, town.district);
    let away = town.leave_again(&before).await.unwrap();
    town.world.clock.advance(90_000);
    let came =
        town.back_again(&away, ana(&json!(town.seconds() - 20)), Some((&before, &token))).await.unwrap();
    let Came::Again(fresh, then) = came else { panic!("{came:?}") };
    assert_eq!(then, "/es/invite");
    assert!(town.open(&token).await.is_none(), "who saw the old token has no part in it");
    let after = town.open(&fresh).await.unwrap();
    assert!(after.wearer.proved);
    assert_eq!(
        (after.wearer.person, after.wearer.strength, after.vouched_by, after.worn),
        (before.wearer.person, before.wearer.strength, before.vouched_by, before.worn)
    );
    assert_eq!(town.world.number(LINES).await, 1);
    let again = town.back_again(&away, ana(&json!(town.seconds())), Some((&after, &fresh))).await;
    assert_eq!(wrong(again), Wrong::Expired, "a replay");
    town.world.end().await;
}

#[tokio::test]
async fn to_be_signed_in_there_is_no_proof() {
    let town = Town::new().await;
    let (session, token) = town.ana().await;
    let morning = town.seconds() - 3_600;
    for said in [Value::Null, json!(morning), json!(0), json!(town.seconds() + 3_600)] {
        let away = town.leave_again(&session).await.unwrap();
        let came = town.back_again(&away, ana(&said), Some((&session, &token))).await;
        assert_eq!(wrong(came), Wrong::NotAgain, "{said}");
        assert!(!town.open(&token).await.unwrap().wearer.proved, "{said}");
    }
    assert_eq!(town.world.number(LINES).await, 0);
    town.world.end().await;
}

#[tokio::test]
async fn a_proof_is_for_the_session_and_the_person_that_were_asked() {
    let town = Town::new().await;
    let (session, token) = town.ana().await;
    let now = || json!(town.seconds());
    let sessions = "select count(*) from session";

    let away = town.leave_again(&session).await.unwrap();
    assert_eq!(
        wrong(town.back_again(&away, ana(&now()), None).await),
        Wrong::Expired,
        "signed out meanwhile"
    );
    assert_eq!(town.world.number(sessions).await, 1, "and nobody came in");

    let away = town.leave_again(&session).await.unwrap();
    let mut other = ana(&now());
    other["sub"] = json!("s-2");
    other["email"] = json!("ben@valley.example");
    let came = town.back_again(&away, other.clone(), Some((&session, &token))).await;
    assert_eq!(wrong(came), Wrong::Another);
    assert_eq!(town.people().await, 1, "nobody new by this door");

    let (ben, ben_token) = {
        let (_, token) = town.session(other).await.unwrap();
        (town.open(&token).await.unwrap(), token)
    };
    let away = town.leave_again(&session).await.unwrap();
    let came = town.back_again(&away, ana(&now()), Some((&ben, &ben_token))).await;
    assert_eq!(wrong(came), Wrong::Expired, "somebody else sits there by now");

    let away = town.leave_again(&session).await.unwrap();
    session::end(&town.world.database, &token).await.unwrap();
    let came = town.back_again(&away, ana(&now()), Some((&session, &token))).await;
    assert_eq!(wrong(came), Wrong::Expired, "a session that ended stays ended");
    assert_eq!(town.world.number(LINES).await, 0);
    town.world.end().await;
}

#[tokio::test]
async fn what_the_district_takes_meanwhile_is_taken() {
    let town = Town::new().await;
    let (session, token) = town.ana().await;
    assert_eq!(session.wearer.role, Some(Role::Analyst));
    let away = town.leave_again(&session).await.unwrap();
    let mut less = ana(&json!(town.seconds()));
    less["job"] = json!(["lead"]);
    let came = town.back_again(&away, less, Some((&session, &token))).await;
    assert_eq!(wrong(came), Wrong::Expired, "the session in which it was worn is over");
    let open = "select count(*) from role_grant where ended_at is null";
    assert_eq!(town.world.number(open).await, 1);
    assert!(town.open(&token).await.is_none());
    town.world.end().await;
}

#[tokio::test]
async fn who_has_another_way_is_not_sent_there() {
    let town = Town::new().await;
    let (session, token) = town.ana().await;
    let person = session.wearer.person;
    let away = town.leave_again(&session).await.unwrap();
    run(&town.world, &format!("insert into password values ('{person}', 'x', 0)")).await;
    assert!(sso::asks_again(&town.world.database, &session).await.unwrap().is_none());
    assert!(matches!(town.leave_again(&session).await, Err(Stop::Refused(Refusal::NotYours))));
    let came = town.back_again(&away, ana(&json!(town.seconds())), Some((&session, &token))).await;
    assert!(matches!(came, Err(Stop::Refused(Refusal::OwnKeys))), "{came:?}");

    run(&town.world, "delete from password").await;
    let own = Session { vouched_by: None, ..session };
    assert!(
        matches!(town.leave_again(&own).await, Err(Stop::Refused(Refusal::NotYours))),
        "came by no district"
    );
    town.world.end().await;
}
