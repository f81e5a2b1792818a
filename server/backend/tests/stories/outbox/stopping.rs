//! Choosing what comes: on the page, or with one click in a mail.

use super::{HOUR, answered, delivered, device, mails, person, room, told};
use crate::world::World;
use backend::Stop;
use backend::outbox::choice::{self, Choice};
use backend::outbox::{Notice, stopping};
use domain::outbox::{NoticeKind, Way};
use domain::people::PersonId;
use domain::policy::{Actor, Refusal, Strength, Wearer};

fn wearing(person: PersonId) -> Actor {
    Actor::Person(Wearer {
        person,
        role: None,
        at: None,
        strength: Strength::Password,
        proved: true,
        band: None,
        allowed: false,
        cleared: false,
    })
}

async fn ways(world: &World, person: PersonId) -> Vec<(NoticeKind, Way)> {
    let choices = choice::choices(&world.database, &world.clock, &wearing(person)).await.unwrap();
    choices.into_iter().map(|choice| (choice.kind, choice.way)).collect()
}

/// The link of the only mail that there is.
async fn link(world: &World) -> String {
    let mail = mails(world).await.pop().unwrap();
    let header = mail.header("List-Unsubscribe").unwrap();
    assert_eq!(mail.header("List-Unsubscribe-Post").as_deref(), Some("List-Unsubscribe=One-Click"));
    let address = header.trim_start_matches('<').trim_end_matches('>').to_owned();
    assert!(mail.plain.contains(&address), "{}", mail.plain);
    address.strip_prefix("https://pathways.school/stop/").unwrap().to_owned()
}

#[tokio::test]
async fn one_click_stops_one_kind_for_one_person_as_often_as_it_is_clicked() {
    let world = World::new().await;
    let ana = person(&world, "Ana", "en", "mentor").await;
    let eva = person(&world, "Eva", "en", "mentor").await;
    told(&world, ana, &Notice::ScreeningEnds { step: "trained".into(), on: "2026-06-30".into() }).await;
    let link = link(&world).await;
    let kinds = stopping::look(&world.database, &world.clock, &link).await.unwrap();
    assert_eq!(kinds, [NoticeKind::ScreeningEnds]);
    assert_eq!(world.number("select count(*) from notice_choice").await, 0, "looking stops nothing");
    for _ in 0..2 {
        let stopped = stopping::stop(&world.database, &world.clock, &link).await.unwrap();
        assert_eq!(stopped, [NoticeKind::ScreeningEnds]);
        assert_eq!(world.number("select count(*) from notice_choice").await, 1);
    }
    assert!(ways(&world, ana).await.contains(&(NoticeKind::ScreeningEnds, Way::Never)));
    assert!(ways(&world, eva).await.contains(&(NoticeKind::ScreeningEnds, Way::Now)));
    told(&world, ana, &Notice::ScreeningEnds { step: "trained".into(), on: "2026-06-30".into() }).await;
    told(&world, ana, &device()).await;
    let sent = delivered(&world, &room(&world)).await;
    assert_eq!((sent.mails, sent.dropped), (1, 1), "a warning comes all the same");
    world.end().await;
}

#[tokio::test]
async fn a_link_that_expired_or_was_made_up_stops_nothing() {
    let world = World::new().await;
    let ana = person(&world, "Ana", "en", "mentor").await;
    told(&world, ana, &Notice::ScreeningEnds { step: "trained".into(), on: "2026-06-30".into() }).await;
    let link = link(&world).await;
    let wrong = |stop: Result<Vec<NoticeKind>, Stop<stopping::Wrong>>| match stop {
        Err(Stop::Wrong(wrong)) => wrong,
        other => panic!("{other:?}"),
    };
    let mut forged = link.clone().into_bytes();
    forged[60] = if forged[60] == b'A' { b'B' } else { b'A' };
    let forged = String::from_utf8(forged).unwrap();
    for made_up in ["", "x", &forged] {
        let stop = stopping::stop(&world.database, &world.clock, made_up).await;
        assert_eq!(wrong(stop), stopping::Wrong::NoLink);
    }
    world.clock.advance(60 * 24 * HOUR);
    assert_eq!(wrong(stopping::look(&world.database, &world.clock, &link).await), stopping::Wrong::Expired);
    assert_eq!(wrong(stopping::stop(&world.database, &world.clock, &link).await), stopping::Wrong::Expired);
    assert_eq!(world.number("select count(*) from notice_choice").await, 0);
    world.end().await;
}

#[tokio::test]
async fn a_link_of_somebody_who_is_gone_writes_nothing() {
    let world = World::new().await;
    let ana = person(&world, "Ana", "en", "mentor").await;
    told(&world, ana, &Notice::ScreeningEnds { step: "trained".into(), on: "2026-06-30".into() }).await;
    let link = link(&world).await;
    world.write(format!("update person set deleted_at = 1 where id = '{ana}'")).await;
    stopping::stop(&world.database, &world.clock, &link).await.unwrap();
    assert_eq!(world.number("select count(*) from notice_choice").await, 0);
    world.end().await;
}

#[tokio::test]
async fn what_somebody_chose_holds_and_what_cannot_be_chosen_is_refused_whole() {
    let world = World::new().await;
    let ana = person(&world, "Ana", "en", "guardian").await;
    let kinds: Vec<NoticeKind> = ways(&world, ana).await.into_iter().map(|(kind, _)| kind).collect();
    assert!(kinds.contains(&NoticeKind::ConsentChanged) && !kinds.contains(&NoticeKind::ScreeningEnds));
    let chosen = |kind, way| Choice { kind, way };
    let choose = async |choices: &[Choice]| {
        choice::choose(&world.database, &world.clock, &wearing(ana), choices).await
    };
    choose(&[chosen(NoticeKind::CorrectionAnswered, Way::Now)]).await.unwrap();
    told(&world, ana, &answered()).await;
    assert_eq!(mails(&world).await.len(), 1, "it does not wait for the digest");
    let both =
        [chosen(NoticeKind::CorrectionAnswered, Way::Never), chosen(NoticeKind::KeysChanged, Way::Never)];
    let wrong = choose(&both);
    assert!(matches!(wrong.await, Err(Stop::Wrong(choice::Wrong::NotThisWay(NoticeKind::KeysChanged)))));
    assert!(ways(&world, ana).await.contains(&(NoticeKind::CorrectionAnswered, Way::Now)));
    let nobody = choice::choices(&world.database, &world.clock, &Actor::Machine).await;
    assert!(matches!(nobody, Err(Stop::Refused(Refusal::SignIn))));
    assert_eq!(world.number("select count(*) from audit where action = 'ChangeNotices'").await, 1);
    world.end().await;
}
