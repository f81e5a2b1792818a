//! A small district to tell stories in.

use crate::world::World;
use backend::people::invitation::{self, Accepting, Wanted};
use backend::people::making::{self, NewStudent};
use backend::people::session::{self, Session};
use backend::people::sign_in::From;
use backend::secret::Token;
use domain::people::{GrantId, Kind, OrganisationId, PersonId, Role};
use domain::policy::Actor;

/// Everybody's password.
pub const PASSWORD: &str = "three plain words";

/// A district with a school and a class of forty, another school, a programme; a teacher, staff, an analyst.
pub struct Town {
    pub world: World,
    pub school: OrganisationId,
    pub class: OrganisationId,
    pub other_class: OrganisationId,
    pub programme: OrganisationId,
    pub students: Vec<PersonId>,
}

impl Town {
    pub async fn new() -> Town {
        let world = World::new().await;
        let make = |kind, name, parent| {
            making::organisation(&world.database, &world.clock, &Actor::Machine, kind, name, parent)
        };
        let district = make(Kind::District, "Valley Unified", None).await.unwrap();
        let school = make(Kind::School, "Oak Middle", Some(district)).await.unwrap();
        let other = make(Kind::School, "Elm Middle", Some(district)).await.unwrap();
        let class = make(Kind::Class, "Period 3", Some(school)).await.unwrap();
        let other_class = make(Kind::Class, "Period 1", Some(other)).await.unwrap();
        let programme = make(Kind::Programme, "Mentors", None).await.unwrap();
        let town = Town { world, school, class, other_class, programme, students: Vec::new() };
        town.invited("teacher@example.org", Role::Teacher, Some(school)).await;
        town.invited("staff@example.org", Role::Staff, Some(programme)).await;
        town.invited("analyst@example.org", Role::Analyst, Some(district)).await;
        town
    }

    /// Invites an adult as the machine does, and accepts for them.
    pub async fn invited(&self, email: &str, role: Role, at: Option<OrganisationId>) -> Token {
        let (database, clock) = (&self.world.database, &self.world.clock);
        let wanted = Wanted { email, role, at, tongue: "en", mailed: false };
        let token = invitation::invite(database, clock, &Actor::Machine, &wanted).await.unwrap();
        let given = Accepting {
            given_name: "Alex",
            family_name: "Example",
            password: PASSWORD,
            tongue: "en",
            from: From { device: None, name: "Chrome · ChromeOS", before: None },
        };
        invitation::accept(database, clock, &token, &given).await.unwrap().session.unwrap()
    }

    /// Enters students into the class.
    pub async fn with_students(mut self, count: usize) -> Town {
        for at in 0..count {
            let new = NewStudent {
                given_name: &format!("Student {at}"),
                family_name: "Example",
                born: "2013-05-31",
                tongue: if at % 2 == 0 { "en" } else { "es" },
            };
            let (database, clock) = (&self.world.database, &self.world.clock);
            let made = making::student(database, clock, &Actor::Machine, self.class, &new).await;
            self.students.push(made.unwrap());
        }
        self
    }

    /// Somebody, signed in.
    pub async fn session(&self, token: &Token) -> Session {
        session::load(&self.world.database, &self.world.clock, token).await.unwrap().unwrap()
    }

    /// Somebody at the teacher's desk.
    pub async fn teacher(&self) -> Actor {
        let token = self.world.sign_in("teacher@example.org", PASSWORD, None).await.unwrap().token;
        self.session(&token).await.actor()
    }

    /// The role of whoever has this address.
    pub async fn grant_of(&self, email: &'static str) -> GrantId {
        let text = match email {
            "staff@example.org" => {
                "select g.id from role_grant g join person p on p.id = g.person_id where p.email_key = 'staff@example.org'"
            }
            _ => "select g.id from role_grant g where false",
        };
        self.world.words(text).await[0].parse().unwrap()
    }

    pub async fn end(self) {
        self.world.end().await;
    }
}
