//! A district with its provider, and a browser at its sign-in.

use super::provider::{CLIENT, Provider, SECRET};
use crate::factors::{NEW, run};
use crate::world::World;
use backend::Stop;
use backend::people::session::{self, Session};
use backend::people::sign_in::From;
use backend::people::sso::{
    self, Answer, Asked, BadSetting, Came, Leaving, Prompt, Providers, Setting, Wrong,
};
use backend::secret::Token;
use domain::people::{OrganisationId, PersonId, Role};
use domain::policy::Actor;
use serde_json::{Value, json};
use uuid::Uuid;

const BACK: &str = "https://pathways.example.org/sign-in/district/one-of-its-own/back";

/// A district with one school, its provider, and another district.
pub(super) struct Town {
    pub(super) world: World,
    pub(super) provider: Provider,
    pub(super) providers: Providers,
    pub(super) district: OrganisationId,
    pub(super) school: OrganisationId,
    pub(super) elsewhere: OrganisationId,
}

/// A browser at the district's sign-in.
pub(super) struct Away {
    pub(super) token: Token,
    pub(super) state: String,
    pub(super) nonce: String,
    pub(super) challenge: String,
}

impl Town {
    pub(super) async fn new() -> Town {
        let world = World::new().await;
        let district = organisation(&world, "district", "Valley Unified", &[]).await;
        let school = organisation(&world, "school", "North High", &[district]).await;
        let elsewhere = organisation(&world, "district", "Harbor Unified", &[]).await;
        let provider = Provider::start().await;
        let town =
            Town { world, provider, providers: Providers::new().unwrap(), district, school, elsewhere };
        town.set(&town.setting()).await.unwrap();
        town
    }

    pub(super) fn setting(&self) -> Setting {
        Setting {
            organisation: self.district,
            issuer: self.provider.issuer.clone(),
            client_id: CLIENT.to_owned(),
            client_secret: SECRET.to_owned(),
            role_claim: "job".to_owned(),
            role_map: [("data".to_owned(), Role::Analyst), ("lead".to_owned(), Role::Staff)].into(),
            domains: vec!["valley.example".to_owned(), "post.valley.example".to_owned()],
            vouches_second_factor: false,
            prompt: Prompt::SelectAccount,
        }
    }

    pub(super) async fn set(&self, setting: &Setting) -> Result<(), Stop<BadSetting>> {
        sso::set(&self.world.database, &self.world.clock, &Actor::Machine, setting).await
    }

    pub(super) async fn ask(&self) -> Result<Asked, Stop<Wrong>> {
        let (database, clock) = (&self.world.database, &self.world.clock);
        let leaving = Leaving { organisation: self.district, back: BACK, then: "/es/home", tongue: "es" };
        sso::begin(database, clock, &self.providers, &leaving).await
    }

    pub(super) async fn leave(&self) -> Result<Away, Stop<Wrong>> {
        let (away, rest) = self.away(self.ask().await?);
        assert_eq!(rest, ["select_account", ""]);
        Ok(away)
    }

    /// A browser that leaves, and what it is to show there: the prompt, and how lately it must have been.
    fn away(&self, asked: Asked) -> (Away, [String; 2]) {
        let (page, query) = asked.address.split_once('?').unwrap();
        assert_eq!(page, format!("{}/auth", self.provider.issuer));
        let field = |name: &str| {
            let found = query.split('&').find_map(|pair| pair.strip_prefix(&format!("{name}=")));
            found.unwrap_or_default().to_owned()
        };
        assert_eq!([field("code_challenge_method"), field("scope")], ["S256", "openid+email+profile"]);
        let away = Away {
            token: asked.token,
            state: field("state"),
            nonce: field("nonce"),
            challenge: field("code_challenge"),
        };
        (away, [field("prompt"), field("max_age")])
    }

    /// Who is signed in leaves to sign in there again.
    pub(super) async fn leave_again(&self, session: &Session) -> Result<Away, Stop<Wrong>> {
        let (database, clock) = (&self.world.database, &self.world.clock);
        let leaving = Leaving { organisation: self.district, back: BACK, then: "/es/invite", tongue: "es" };
        let asked = sso::begin_again(database, clock, &self.providers, session, &leaving).await?;
        let (away, rest) = self.away(asked);
        assert_eq!(rest, ["login", "600"], "who is signed in there signs in again, and it says when");
        Ok(away)
    }

    /// Comes back in a browser that is signed in like this, with what the provider says in the token.
    pub(super) async fn back_again(
        &self,
        away: &Away,
        claims: Value,
        session: Option<(&Session, &Token)>,
    ) -> Result<Came, Stop<Wrong>> {
        {
            let mut says = self.provider.says.lock().unwrap();
            says.token = claims;
            says.token["nonce"] = json!(away.nonce);
        }
        let organisation = self.district;
        let answer = Answer { organisation, code: Some("code"), state: Some(&away.state), issuer: None };
        self.back_in(away, &answer, &NEW, session).await
    }

    pub(super) async fn back(&self, away: &Away, answer: &Answer<'_>) -> Result<Came, Stop<Wrong>> {
        self.back_from(away, answer, &NEW).await
    }

    async fn back_from(
        &self,
        away: &Away,
        answer: &Answer<'_>,
        from: &From<'_>,
    ) -> Result<Came, Stop<Wrong>> {
        self.back_in(away, answer, from, None).await
    }

    async fn back_in(
        &self,
        away: &Away,
        answer: &Answer<'_>,
        from: &From<'_>,
        session: Option<(&Session, &Token)>,
    ) -> Result<Came, Stop<Wrong>> {
        let (database, clock) = (&self.world.database, &self.world.clock);
        assert_eq!(sso::tongue_of(answer.state), if answer.state.is_some() { "es" } else { "en" });
        sso::finish(database, clock, &self.providers, &away.token, answer, from, session).await
    }

    /// The whole way, with what the provider says in the token, of somebody who comes in.
    pub(super) async fn enter(&self, claims: Value) -> Result<PersonId, Stop<Wrong>> {
        self.session(claims).await.map(|(session, _)| session.wearer.person)
    }

    /// The same, with the session.
    pub(super) async fn session(&self, claims: Value) -> Result<(Session, Token), Stop<Wrong>> {
        match self.come(claims).await? {
            Came::In(entered, then) => {
                assert_eq!(then, "/es/home");
                let session = self.open(&entered.token).await.unwrap();
                assert_eq!(session.vouched_by, Some(self.district), "whoever answered for them is known");
                Ok((session, entered.token))
            }
            other => panic!("nobody asked for that: {other:?}"),
        }
    }

    /// The session of a token; none when it is over.
    pub(super) async fn open(&self, token: &Token) -> Option<Session> {
        session::load(&self.world.database, &self.world.clock, token).await.unwrap()
    }

    /// The whole way, whatever becomes of it.
    pub(super) async fn come(&self, claims: Value) -> Result<Came, Stop<Wrong>> {
        self.come_from(claims, &NEW).await
    }

    /// The same in a browser that was here before.
    pub(super) async fn come_from(&self, claims: Value, from: &From<'_>) -> Result<Came, Stop<Wrong>> {
        let away = self.leave().await?;
        {
            let mut says = self.provider.says.lock().unwrap();
            says.token = claims;
            if says.token.get("nonce").is_none() {
                says.token["nonce"] = json!(away.nonce);
            }
        }
        let organisation = self.district;
        let answer = Answer { organisation, code: Some("code"), state: Some(&away.state), issuer: None };
        self.back_from(&away, &answer, from).await
    }

    pub(super) async fn person(&self, email: &str, role: Role, at: Option<OrganisationId>) -> PersonId {
        let id = Uuid::now_v7();
        let text = format!(
            "insert into person (id, given_name, family_name, sort_key, tongue, email, email_key, demo, made_at)
             values ('{id}', 'Rosa', 'Ruiz', 'ruiz', 'es', '{email}', '{email}', false, 0)"
        );
        run(&self.world, &text).await;
        let id = PersonId::new(id);
        self.give(id, role, at).await;
        id
    }

    pub(super) async fn give(&self, person: PersonId, role: Role, at: Option<OrganisationId>) {
        let at = at.map_or("null".to_owned(), |at| format!("'{at}'"));
        let text = format!(
            "insert into role_grant (id, person_id, role, organisation_id, made_at)
             values ('{}', '{person}', '{}', {at}, 0)",
            Uuid::now_v7(),
            role.slug()
        );
        run(&self.world, &text).await;
    }

    pub(super) async fn people(&self) -> i64 {
        self.world.number("select count(*) from person").await
    }
}

pub(super) async fn organisation(
    world: &World,
    kind: &str,
    name: &str,
    above: &[OrganisationId],
) -> OrganisationId {
    let id = OrganisationId::new(Uuid::now_v7());
    let key = name.to_lowercase();
    let text = format!(
        "insert into organisation (id, kind, name, sort_key, made_at) values ('{id}', '{kind}', '{name}', '{key}', 0)"
    );
    run(world, &text).await;
    for above in above.iter().chain([&id]) {
        let text =
            format!("insert into organisation_above (organisation_id, above_id) values ('{id}', '{above}')");
        run(world, &text).await;
    }
    id
}

pub(super) fn wrong<T: std::fmt::Debug, W: std::error::Error>(answer: Result<T, Stop<W>>) -> W {
    match answer {
        Err(Stop::Wrong(wrong)) => wrong,
        other => panic!("not wrong: {other:?}"),
    }
}

pub(super) fn rosa() -> Value {
    json!({"email": "rosa@valley.example", "email_verified": true, "job": "teacher"})
}
