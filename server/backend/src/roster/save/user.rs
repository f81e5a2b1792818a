//! Which person is meant, and what changes of them?
//!
//! A person is known by the roster's identifier alone. Nobody is found by name or e-mail address: an address that
//! somebody else has makes the row wait for a person to look at it.

use crate::database::Conn;
use crate::database::query::{fetch_in, insert_all};
use crate::fault::Fault;
use crate::people::organisation::sort_key;
use crate::people::person::email_key;
use crate::roster::Run;
use crate::roster::item::{Reason, User};
use crate::roster::link::{Fresh, Link, Page};
use domain::people::PersonId;
use domain::roster::Word;
use std::collections::HashMap;
use uuid::Uuid;

#[derive(sqlx::FromRow)]
struct Person {
    id: String,
    given_name: String,
    family_name: String,
    email: Option<String>,
    gone: bool,
}

/// A person as they are to be.
struct ToBe<'a> {
    id: String,
    user: &'a User,
    sort_key: String,
    email: Option<&'a str>,
    email_key: Option<String>,
}

/// Makes people, or corrects their names.
pub(super) async fn save(
    conn: &mut Conn<'_>,
    run: &Run<'_>,
    page: &mut Page,
    fresh: Vec<Fresh<User>>,
) -> Result<Vec<Link>, Fault> {
    let people = loaded(conn, &fresh).await?;
    let mut owners = owners(conn, &fresh).await?;
    let (mut links, mut to_be) = (Vec::with_capacity(fresh.len()), Vec::with_capacity(fresh.len()));
    for row in &fresh {
        let person = row.known.as_ref().and_then(|known| people.get(&known.local_id));
        // Nothing brings back what a family asked to be deleted, be the row still there or not.
        if row.known.is_some() && person.is_none_or(|person| person.gone) {
            page.refuse(row, "sourcedId", Reason::Deleted);
            continue;
        }
        let told = row.known.as_ref().and_then(|known| Word::from_slug(&known.word));
        let Some(word) = row.item.word.or(told) else {
            page.refuse(row, "role", Reason::NoRole);
            continue;
        };
        let id = person.map_or_else(|| PersonId::new(Uuid::now_v7()).to_string(), |person| person.id.clone());
        // An address is a way in, so a roster gives one to somebody who has none and never changes it.
        let email = row.item.email.as_deref().filter(|_| person.is_none_or(|person| person.email.is_none()));
        let key = email.map(email_key);
        if let Some(key) = &key {
            let owner = owners.entry(key.clone()).or_insert_with(|| id.clone());
            if *owner != id {
                page.refuse(row, "email", Reason::EmailTaken);
                continue;
            }
        }
        let mut link = row.link(id.clone(), false);
        link.word = word.slug();
        link.fields = person.map(|person| differing(person, &row.item)).unwrap_or_default();
        links.push(link);
        let sort_key = sort_key(&format!("{} {}", row.item.family_name, row.item.given_name));
        to_be.push(ToBe { id, user: &row.item, sort_key, email, email_key: key });
    }
    insert_all!(
        conn,
        "insert into person (id, given_name, family_name, sort_key, tongue, email, email_key, demo, made_at)",
        &to_be,
        |person| [
            &person.id,
            &person.user.given_name,
            &person.user.family_name,
            &person.sort_key,
            person.user.tongue.unwrap_or("en"),
            person.email,
            &person.email_key,
            false,
            run.now,
        ],
        "on conflict (id) do update set given_name = excluded.given_name, family_name = excluded.family_name,
           sort_key = excluded.sort_key, email = coalesce(person.email, excluded.email),
           email_key = coalesce(person.email_key, excluded.email_key)",
    )?;
    Ok(links)
}

fn differing(person: &Person, user: &User) -> Vec<&'static str> {
    let mut fields = Vec::new();
    if person.given_name != user.given_name {
        fields.push("givenName");
    }
    if person.family_name != user.family_name {
        fields.push("familyName");
    }
    if person.email.is_none() && user.email.is_some() {
        fields.push("email");
    }
    fields
}

async fn loaded(conn: &mut Conn<'_>, fresh: &[Fresh<User>]) -> Result<HashMap<String, Person>, Fault> {
    let ids: Vec<&str> =
        fresh.iter().filter_map(|row| row.known.as_ref()).map(|known| known.local_id.as_str()).collect();
    let people = fetch_in!(
        conn,
        Person, &ids,
        "select id, given_name, family_name, email, deleted_at is not null as gone from person where id in " [])?;
    Ok(people.into_iter().map(|person| (person.id.clone(), person)).collect())
}

/// Who has the addresses that the rows bring.
async fn owners(conn: &mut Conn<'_>, fresh: &[Fresh<User>]) -> Result<HashMap<String, String>, Fault> {
    let keys: Vec<String> = fresh.iter().filter_map(|row| row.item.email.as_deref()).map(email_key).collect();
    let owners =
        fetch_in!(conn, (String, String), &keys, "select email_key, id from person where email_key in " [])?;
    Ok(owners.into_iter().collect())
}
