//! Which words of a provider are not taken?

use super::provider::CLIENT;
use super::town::{Town, rosa, wrong};
use backend::people::sso::{Answer, Came, Prompt, Setting, Wrong};
use domain::people::Role;
use serde_json::{Value, json};

#[tokio::test]
async fn a_provider_that_promises_to_say_who_answers_does_so() {
    let town = Town::new().await;
    town.person("rosa@valley.example", Role::Teacher, Some(town.school)).await;
    town.provider.says.lock().unwrap().promises = true;
    let answer = async |issuer: Option<&str>| {
        let away = town.leave().await.unwrap();
        {
            let mut says = town.provider.says.lock().unwrap();
            says.token = rosa();
            says.token["nonce"] = json!(away.nonce);
        }
        let (organisation, state) = (town.district, Some(away.state.as_str()));
        town.back(&away, &Answer { organisation, code: Some("code"), state, issuer }).await
    };
    assert_eq!(wrong(answer(None).await), Wrong::NotBelieved);
    assert!(matches!(answer(Some(&town.provider.issuer)).await, Ok(Came::In(..))));
    town.world.end().await;
}

#[tokio::test]
async fn a_token_for_another_client_or_without_an_end_is_not_believed() {
    let town = Town::new().await;
    town.person("rosa@valley.example", Role::Teacher, Some(town.school)).await;
    let with = |name: &str, value: Value| {
        let mut claims = rosa();
        claims[name] = value;
        claims
    };
    for claims in
        [with("azp", json!("another-client")), with("sub", json!("s".repeat(256))), with("sub", json!(""))]
    {
        assert_eq!(wrong(town.come(claims).await), Wrong::NotBelieved);
    }
    town.enter(with("azp", json!(CLIENT))).await.unwrap();
    town.world.end().await;
}

#[tokio::test]
async fn what_is_no_address_is_none() {
    let town = Town::new().await;
    for email in
        ["a b c\n<x>", "rosa@valley", "@valley.example", "rosa@valley.example\nBcc: x@valley.example", ""]
    {
        let claims = json!({"email": email, "email_verified": true, "job": "data"});
        assert_eq!(wrong(town.come(claims).await), Wrong::NotInvited, "{email:?}");
    }
    assert_eq!(town.people().await, 0);
    town.world.end().await;
}

#[tokio::test]
async fn who_is_signed_in_there_is_asked_as_the_operator_says() {
    let town = Town::new().await;
    town.leave().await.unwrap();
    for (prompt, word) in [(Prompt::Login, Some("login")), (Prompt::Nothing, None)] {
        town.set(&Setting { prompt, ..town.setting() }).await.unwrap();
        let address = town.ask().await.unwrap().address;
        let asked = address.split(['?', '&']).find_map(|pair| pair.strip_prefix("prompt="));
        assert_eq!(asked, word, "{prompt:?}");
    }
    town.world.end().await;
}
