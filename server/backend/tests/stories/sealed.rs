//! What does somebody get who copies the database: nothing that makes a code?

use crate::factors::{NEW, code, half, run, show, somebody, with_app, worth, wrong};
use crate::world::World;
use backend::Database;
use backend::admin::backup;
use backend::people::factors::{self, Typed};
use backend::people::proof;
use backend::people::{session, totp};
use backend::seal::Key;
use domain::people::Role;
use domain::policy::{Actor, Strength};

#[tokio::test]
async fn the_secret_of_an_app_stands_nowhere_and_opens_in_no_other_row() {
    let world = World::new().await;
    let rosa = somebody(&world, "rosa", Role::Staff).await;
    let sam = somebody(&world, "sam", Role::Staff).await;
    let (secret, _) = with_app(&world, &rosa).await;
    let plain = secret.replace(' ', "");
    with_app(&world, &sam).await;
    assert!(!world.holds(&plain).await, "not in any table, nor in what was written on the way");
    let kept = world.words("select secret from totp").await;
    assert_eq!(kept.len(), 2);
    assert!(
        kept.iter().all(|kept| kept.len() == 2 * (24 + 32 + 16)),
        "a nonce, 32 letters and a seal: {kept:?}"
    );

    // Who can write into the database puts a secret that they know into somebody's row: their own, or one as it was.
    for known in
        [format!("(select secret from totp where person_id = '{}')", rosa.person), format!("'{plain}'")]
    {
        run(&world, &format!("update totp set secret = {known} where person_id = '{}'", sam.person)).await;
        let typed = code(&world, &secret);
        assert_eq!(
            wrong(show(&world, "sam", Typed::App(&typed)).await),
            factors::Wrong::Unreadable,
            "{known}"
        );
    }
    let typed = code(&world, &secret);
    show(&world, "rosa", Typed::App(&typed)).await.unwrap();
    world.end().await;
}

#[tokio::test]
async fn without_its_key_an_app_is_no_way_in_and_a_code_on_paper_is() {
    let mut world = World::new().await;
    let rosa = somebody(&world, "rosa", Role::Staff).await;
    let ben = somebody(&world, "ben", Role::Staff).await;
    let (secret, codes) = with_app(&world, &rosa).await;
    totp::begin(&world.database, &world.clock, &world.key, &Actor::Person(ben)).await.unwrap();
    assert_eq!(totp::unreadable(&world.database, &world.key).await.unwrap(), 0);
    let right = std::mem::replace(&mut world.key, Key::new().unwrap());
    assert_eq!(totp::unreadable(&world.database, &world.key).await.unwrap(), 1, "the operator is told");

    let (database, clock, key) = (&world.database, &world.clock, &world.key);
    let token = half(&world, "rosa").await;
    let session = session::load(database, clock, &token).await.unwrap().unwrap();
    for _ in 0..20 {
        let typed = code(&world, &secret);
        let shown = factors::show(database, clock, key, &session, &token, Typed::App(&typed), &NEW).await;
        assert_eq!(wrong(shown), factors::Wrong::Unreadable);
        let typed = proof::Typed::Code(Typed::App(&typed));
        let shown = proof::show(database, clock, key, &session, &token, typed).await;
        assert_eq!(wrong(shown), proof::Wrong::Unreadable);
    }
    let tried = world.number("select count(*) from wrong_try").await;
    assert_eq!(tried, 0, "nobody typed anything wrong");
    let typed = codes[0].to_string();
    let shown = factors::show(database, clock, key, &session, &token, Typed::Recovery(&typed), &NEW).await;
    assert_eq!(worth(&world, &shown.unwrap().token).await, Some(Strength::Two));

    // An app that was only begun is begun anew.
    let ben = Actor::Person(ben);
    assert_eq!(totp::begun(database, clock, key, &ben).await.unwrap(), None);
    let begun = totp::begin(database, clock, key, &ben).await.unwrap();
    assert_eq!(totp::begun(database, clock, key, &ben).await.unwrap(), Some(begun));

    world.key = right;
    let typed = code(&world, &secret);
    show(&world, "rosa", Typed::App(&typed)).await.expect("the key is back");
    world.end().await;
}

#[tokio::test]
async fn a_database_that_was_restored_opens_with_the_key_it_had() {
    let mut world = World::new().await;
    let rosa = somebody(&world, "rosa", Role::Staff).await;
    let (secret, _) = with_app(&world, &rosa).await;
    let file = world.folder().join("saved.zip");
    backup::write(&world.database, &world.clock, &file).await.unwrap();
    let path = world.folder().join("again.db");
    let again = Database::open(&format!("sqlite:{}", path.display())).await.unwrap();
    again.migrate().await.unwrap();
    backup::restore(&again, &file).await.unwrap();
    std::mem::replace(&mut world.database, again).close().await;
    let typed = code(&world, &secret);
    show(&world, "rosa", Typed::App(&typed)).await.unwrap();
    world.end().await;
}
