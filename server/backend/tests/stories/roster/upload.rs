//! A file that came by a page waits for the one who sent it.

use super::*;
use backend::roster::upload::{MOST_BYTES, Uploads};
use backend::secret::Token;

fn analyst() -> (PersonId, Actor) {
    let person = PersonId::new(Uuid::now_v7());
    let worn = Wearer {
        person,
        role: Some(Role::Analyst),
        at: Some(OrganisationId::new(Uuid::now_v7())),
        strength: Strength::Two,
        band: None,
        allowed: false,
        cleared: false,
    };
    (person, Actor::Person(worn))
}

async fn sent(world: &World, uploads: &Uploads, actor: &Actor, text: &str) -> Token {
    let mut incoming = uploads.receive(&world.clock, actor).await.unwrap();
    incoming.write(text.as_bytes()).await.unwrap();
    assert!(incoming.whole().await.unwrap().is_some());
    incoming.keep()
}

fn kept(world: &World) -> usize {
    std::fs::read_dir(world.folder().join("uploads")).map_or(0, Iterator::count)
}

#[tokio::test]
async fn a_file_waits_for_its_sender_alone_and_goes_before_an_hour_is_over() {
    let world = World::new().await;
    let uploads = Uploads::new(world.folder().join("uploads"));
    let (ana, analyst_ana) = analyst();
    let (leo, analyst_leo) = analyst();
    let first = sent(&world, &uploads, &analyst_ana, "first").await;
    let key = sent(&world, &uploads, &analyst_ana, "second").await;
    assert_eq!(kept(&world), 1, "the next file of a person takes the place of the one before");
    let other = sent(&world, &uploads, &analyst_leo, "other").await;
    for (person, key) in [(ana, &first), (leo, &key), (ana, &other)] {
        assert!(uploads.take(&world.clock, person, key).await.unwrap().is_none());
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = std::fs::read_dir(world.folder().join("uploads")).unwrap().next().unwrap().unwrap();
        assert_eq!(folder.metadata().unwrap().permissions().mode() & 0o077, 0, "nobody else looks in");
    }
    world.clock.advance(44 * 60 * 1_000);
    assert_eq!(uploads.sweep(&world.clock).await.unwrap(), 0);
    // Found after a restart, too.
    let uploads = Uploads::new(world.folder().join("uploads"));
    let taken = uploads.take(&world.clock, ana, &key).await.unwrap().unwrap();
    assert_eq!(std::fs::read_to_string(taken.path()).unwrap(), "second");
    assert!(uploads.take(&world.clock, ana, &key).await.unwrap().is_none(), "nobody takes it twice");
    taken.put_back().await.unwrap();
    let taken = uploads.take(&world.clock, ana, &key).await.unwrap().unwrap();
    assert_eq!(std::fs::read_to_string(taken.path()).unwrap(), "second", "what is put back waits again");
    // What a process that was killed left behind goes like the rest.
    std::mem::forget(taken);
    world.clock.advance(2 * 60 * 1_000);
    assert!(uploads.take(&world.clock, leo, &other).await.unwrap().is_none(), "it waited too long");
    world.clock.advance(5 * 60 * 1_000);
    assert_eq!(uploads.sweep(&world.clock).await.unwrap(), 2);
    assert_eq!(kept(&world), 0);
    world.end().await;
}

#[tokio::test]
async fn a_file_that_does_not_come_whole_leaves_nothing() {
    let world = World::new().await;
    let uploads = Uploads::new(world.folder().join("uploads"));
    let (_, actor) = analyst();
    let mut incoming = uploads.receive(&world.clock, &actor).await.unwrap();
    assert!(incoming.whole().await.unwrap().is_none(), "nothing came");
    let piece = vec![b'x'; usize::try_from(MOST_BYTES / 4).unwrap()];
    for _ in 0..4 {
        incoming.write(&piece).await.unwrap();
    }
    assert!(matches!(incoming.write(b"x").await, Err(Stop::Wrong(_))));
    drop(incoming);
    assert_eq!(kept(&world), 0);
    let nobody = uploads.receive(&world.clock, &Actor::Machine).await;
    assert!(matches!(nobody, Err(Stop::Refused(_))), "a command names its file");
    world.end().await;
}
