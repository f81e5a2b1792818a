//! Every page and every deed, asked for by nobody and by everybody, on what is theirs and on what is not.
//!
//! `sweep.txt` is what they were answered: for each way a line on what belongs to their own place and one on what
//! belongs to another, the same on either database. A new way must say in [`value`] what its parts and fields stand for.
//! What is nowhere must be answered as what belongs to another, letter by letter: that is asserted, and has no line.

use super::place::Place;
use super::{Site, answered, site};
use crate::serve::App;
use crate::serve::gate::{Door, SESSION, Way};
use crate::serve::router::router;
use crate::serve::ways::ways;
use crate::settings::{Command, Settings};
use axum::Router;
use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use backend::Database;
use backend::admin::rights::correction;
use backend::people::{demo, making, session};
use backend::roster;
use clap::Parser as _;
use domain::admin::rights::Field;
use domain::people::{Kind, OrganisationId, PersonId, Role};
use domain::policy::Actor;
use futures_util::future::join_all;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;

/// Identifiers by what they stand for.
type Things = BTreeMap<&'static str, String>;

/// A town beside the demo's: the same kinds of things, none of which anybody of the demo may touch.
async fn foreign(site: &Site) -> Things {
    let (database, clock) = (&site.app.database, &site.app.clock);
    let make =
        |kind, name, parent| making::organisation(database, clock, &Actor::Machine, kind, name, parent);
    let district = make(Kind::District, "Elsewhere Unified", None).await.unwrap();
    let school = make(Kind::School, "Elsewhere Middle", Some(district)).await.unwrap();
    let class = make(Kind::Class, "Elsewhere 1", Some(school)).await.unwrap();
    let new = making::NewStudent {
        given_name: "Foreign",
        family_name: "Student",
        born: "2013-05-31",
        tongue: "en",
    };
    let student = making::student(database, clock, &Actor::Machine, class, &new).await.unwrap();
    let programme = make(Kind::Programme, "Elsewhere Mentors", None).await.unwrap();
    let adult = town_mentor(site, programme).await;
    let run = roster_of(site, &district.to_string()).await;
    let correction = correction_of(site, student).await;
    let invitation = invitation_to(site, programme).await;
    things([&class.to_string(), &student.to_string(), &adult, &adult, &run, &correction, &invitation])
}

/// A roster of a district that was taken in.
async fn roster_of(site: &Site, district: &str) -> String {
    let table = "school,student_number,given_name,family_name\nElsewhere High,1,Foreign,Pupil\n";
    let file = site.folder.path().join("roster.csv");
    std::fs::write(&file, table).unwrap();
    let asked = roster::Asked {
        source: district,
        district: Some(district),
        dry_run: false,
        may_end: roster::MayEnd::Quarter,
    };
    let (database, clock) = (&site.app.database, &site.app.clock);
    roster::import(database, clock, &Actor::Machine, &file, &asked).await.unwrap().run
}

/// Something in a student's record that is said to be wrong, and waits for an answer.
async fn correction_of(site: &Site, student: PersonId) -> String {
    let (database, clock) = (&site.app.database, &site.app.clock);
    correction::ask(database, clock, &Actor::Machine, student, Field::Other, "this").await.unwrap();
    let open = correction::queue(database, clock, &Actor::Machine).await.unwrap();
    open.into_iter().find(|open| open.person == student).unwrap().id
}

/// An invitation to a programme that waits for an answer.
async fn invitation_to(site: &Site, programme: OrganisationId) -> String {
    use backend::people::invitation::{self, Wanted};
    let (database, clock) = (&site.app.database, &site.app.clock);
    let email = format!("{programme}@example.org");
    let wanted =
        Wanted { email: &email, role: Role::Mentor, at: Some(programme), tongue: "en", mailed: false };
    invitation::invite(database, clock, &Actor::Machine, &wanted).await.unwrap();
    let waiting = invitation::waiting(database, clock, &Actor::Machine).await.unwrap();
    waiting.into_iter().find(|waiting| waiting.email == email).unwrap().id
}

async fn town_mentor(site: &Site, programme: OrganisationId) -> String {
    use backend::people::invitation::{self, Accepting, Wanted};
    use backend::people::sign_in::From;
    let (database, clock) = (&site.app.database, &site.app.clock);
    let wanted = Wanted {
        email: "elsewhere@example.org",
        role: Role::Mentor,
        at: Some(programme),
        tongue: "en",
        mailed: false,
    };
    let token = invitation::invite(database, clock, &Actor::Machine, &wanted).await.unwrap();
    let given = Accepting {
        given_name: "Foreign",
        family_name: "Mentor",
        password: "some plain words",
        tongue: "en",
        from: From { device: None, name: "?", before: None },
    };
    let session = invitation::accept(database, clock, &token, &given).await.unwrap().session.unwrap();
    let session = backend::people::session::load(database, clock, &session).await.unwrap().unwrap();
    session.wearer.person.to_string()
}

fn things(all: [&str; 7]) -> Things {
    let names = ["class", "student", "adult", "guardian", "run", "correction", "invitation"];
    names.into_iter().zip(all.map(str::to_owned)).collect()
}

/// Identifiers of the same kind that are of nobody and of nothing.
fn nowhere() -> Things {
    let ids: [String; 7] = std::array::from_fn(|n| format!("0198a5c2-1234-7abc-8def-00000000000{n}"));
    things(ids.each_ref().map(String::as_str))
}

/// What stands for a part of a path, or a field of a form.
fn value(name: &str, things: &Things) -> Option<String> {
    Some(match name {
        "class" | "organisation" | "at" | "parent" => things["class"].clone(),
        "student" | "child" => things["student"].clone(),
        "person" | "adult" => things["adult"].clone(),
        "guardian" | "run" | "invitation" => things[name].clone(),
        "id" => things["correction"].clone(),
        "token" | "code" | "receipt" => "0198a5c2-1234-7abc-8def-0123456789ab".to_owned(),
        _ => return None,
    })
}

fn address(path: &str, things: &Things) -> String {
    let mut out = String::new();
    for part in path.split('/').skip(1) {
        out.push('/');
        match part.strip_prefix('{').and_then(|part| part.strip_suffix('}')) {
            Some(name) => out.push_str(
                &value(name, things).unwrap_or_else(|| panic!("say in `value` what {{{name}}} of {path} is")),
            ),
            None => out.push_str(part),
        }
    }
    out
}

fn form(things: &Things) -> String {
    let names =
        ["class", "organisation", "at", "student", "person", "adult", "id", "guardian", "token", "code"];
    let pairs = names.iter().filter_map(|name| Some(format!("{name}={}", value(name, things)?)));
    pairs.collect::<Vec<_>>().join("&")
        + "&kind=take-part&step=references&cause=concern&reason=review&role=mentor&email=new%40example.org&name=New"
        + "&field=other&wanted=this&sure=1&answer=done&why=report&plan=s%3D19647331932888"
        + "&paper=take-part+2026-11&signer=other&version=2026-11&restricted=yes"
        + "&say+take-part=yes&read+take-part=2026-11"
}

/// One letter or number for an answer: what matters is who gets further, not every status.
fn sign(status: StatusCode, location: &str) -> String {
    match status {
        StatusCode::SEE_OTHER if location.contains("/sign-in") => "in?".to_owned(),
        StatusCode::SEE_OTHER => "done".to_owned(),
        status => status.as_u16().to_string(),
    }
}

async fn ask(router: Router, deed: bool, address: &str, cookie: &str, body: &str) -> (String, String) {
    let method = if deed { Method::POST } else { Method::GET };
    let request = Request::builder()
        .method(method)
        .uri(address)
        .header(header::COOKIE, cookie)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header("sec-fetch-site", "same-origin")
        .body(if deed { Body::from(body.to_owned()) } else { Body::empty() })
        .unwrap();
    let answer = answered(router, request).await;
    (sign(answer.status, answer.header(header::LOCATION)), answer.body)
}

#[tokio::test]
async fn nobody_gets_further_than_their_role_and_place() {
    let site = site(&["--demo"]).await;
    let offered = demo::offered(&site.app.database).await.unwrap();
    let named = |name: &str| offered.iter().find(|offered| offered.name == name).unwrap().id;
    let (student, adult) = (named("Maya Okafor"), named("Tom Becker"));
    let class = demo::class(&site.app.database).await.unwrap().unwrap();
    let programme =
        making::find_organisation(&site.app.database, "Spring cohort (demo)").await.unwrap()[0].id;
    let own = things([
        &class.to_string(),
        &student.to_string(),
        &adult.to_string(),
        &named("Chidi Okafor").to_string(),
        &roster_of(&site, "Jacaranda Unified (demo)").await,
        &correction_of(&site, student).await,
        &invitation_to(&site, programme).await,
    ]);
    let (foreign, nowhere) = (foreign(&site).await, nowhere());
    let mut people = vec![("nobody", None)];
    for (short, name) in [
        ("stud", "Maya Okafor"),
        ("guard", "Chidi Okafor"),
        ("mentor", "Tom Becker"),
        ("teach", "Rosa Delgado"),
        ("staff", "Sam Whitfield"),
        ("safety", "Grace Liu"),
        ("ambas", "Victor Amari"),
        ("analyst", "Hana Yoshida"),
        ("oper", "Omar Haddad"),
    ] {
        people.push((short, Some(named(name))));
    }
    // Each way begins with the same town, for each of them on a copy of their own.
    site.app.database.tidy().await.unwrap();
    site.app.database.close().await;
    let copies = join_all(people.iter().map(|_| site.place.copy())).await;
    let mut table = format!("{:46}", "");
    for (short, _) in &people {
        _ = write!(table, "{short:>8}");
    }
    table.push('\n');
    for way in ways() {
        if way.path.contains("/demo") {
            continue;
        }
        for (whose, things) in [("own", &own), ("foreign", &foreign)] {
            if whose == "foreign" && !way.path.contains('{') && !way.deed {
                continue;
            }
            _ = write!(
                table,
                "{:46}",
                format!(
                    "{}{}{}",
                    if way.deed { "+ " } else { "  " },
                    way.path,
                    if whose == "foreign" { " ✗" } else { "" }
                )
            );
            let tries = |things| {
                let whom = people.iter().zip(&copies);
                join_all(whom.map(|(whom, copy)| try_as(&site, copy, &way, whose, things, whom)))
            };
            let told = tries(things).await;
            for told in &told {
                _ = write!(table, "{:>8}", told.sign);
            }
            table.push('\n');
            if whose == "foreign" {
                for ((told, absent), (short, _)) in told.iter().zip(tries(&nowhere).await).zip(&people) {
                    told.is_told_of_what_is_nowhere(&absent, way.path, short);
                }
            }
        }
    }
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/serve/tests/sweep.txt");
    let agreed = std::fs::read_to_string(&kept).unwrap_or_default();
    if table != agreed {
        let found = site.folder.path().parent().unwrap().join("sweep.txt");
        std::fs::write(&found, &table).unwrap();
        panic!("not what was agreed ({}); now, also in {}:\n{table}", kept.display(), found.display());
    }
}

/// What somebody was answered.
struct Told {
    sign: String,
    /// With the names of things instead of their identifiers: an address stands in the link to the other language.
    body: String,
}

impl Told {
    /// Nobody may learn from an answer which things of others there are.
    fn is_told_of_what_is_nowhere(&self, absent: &Told, path: &str, short: &str) {
        let refused = ["401", "403", "404"].contains(&self.sign.as_str());
        // Whoever reaches everything finds what is there, and is told of what is not.
        if refused || short != "oper" {
            assert_eq!(self.sign, absent.sign, "{path} tells {short} what there is");
        }
        if refused {
            assert_eq!(self.body, absent.body, "{path} tells {short} what there is");
        }
    }
}

/// What somebody is answered, in a town where nothing happened yet.
async fn try_as(
    site: &Site,
    copy: &Place,
    way: &Way,
    whose: &str,
    things: &Things,
    (short, person): &(&str, Option<PersonId>),
) -> Told {
    copy.renew(&site.place).await;
    let database = Database::open(&copy.address()).await.unwrap();
    let app = App { database, limits: Arc::default(), ..site.app.clone() };
    let Command::Serve(settings) = Settings::parse_from(["pathways", "serve", "--demo"]).command else {
        unreachable!()
    };
    let router = router(app.clone(), &settings);
    let cookie = match person {
        Some(person) => {
            let token = demo::walk_as(&app.database, &app.clock, *person, "test").await.unwrap().unwrap();
            format!("{SESSION}={token}")
        }
        None => String::new(),
    };
    let (sign, mut body) = ask(router, way.deed, &address(way.path, things), &cookie, &form(things)).await;
    assert_ne!(sign, "500", "{} as {short}", way.path);
    if way.door == Door::In && person.is_none() {
        assert!(["in?", "401"].contains(&sign.as_str()), "{} lets nobody in: {sign}", way.path);
    }
    if whose == "foreign" && way.path.contains('{') && *short != "oper" {
        assert!(!body.contains("Foreign"), "{} shows {short} what is not theirs", way.path);
    }
    app.database.close().await;
    for (name, id) in things {
        body = body.replace(id, name);
    }
    Told { sign, body }
}

#[tokio::test]
async fn what_happened_in_a_copy_is_gone_when_it_is_renewed() {
    let site = site(&["--demo"]).await;
    let clock = &site.app.clock;
    let somebody = demo::offered(&site.app.database).await.unwrap()[0].id;
    site.app.database.tidy().await.unwrap();
    site.app.database.close().await;
    let copy = site.place.copy().await;
    let mut token = None;
    for _ in 0..2 {
        copy.renew(&site.place).await;
        let database = Database::open(&copy.address()).await.unwrap();
        if let Some(before) = &token {
            assert!(session::load(&database, clock, before).await.unwrap().is_none());
        }
        let fresh = demo::walk_as(&database, clock, somebody, "test").await.unwrap().unwrap();
        assert!(session::load(&database, clock, &fresh).await.unwrap().is_some());
        token = Some(fresh);
        database.close().await;
    }
}
