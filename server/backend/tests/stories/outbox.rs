//! What is told to whom, from the deed to the mail.

mod mails;
mod peer;
mod stopping;

use super::world::World;
use backend::outbox::deliver::{Delivered, Mailroom, deliver};
use backend::outbox::post::Post;
use backend::outbox::{Notice, To, tell};
use domain::people::PersonId;
use mails::{Mail, read};
use peer::Peer;
use uuid::Uuid;

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;

/// Thursday 2026-05-28, 13:26 in Los Angeles: when stories begin.
const ORIGIN: &str = "https://pathways.school";

pub async fn person(world: &World, name: &str, tongue: &str, role: &str) -> PersonId {
    let id = PersonId::new(Uuid::now_v7());
    let email = format!("{}-{}@mail.pathways.school", role, &id.to_string()[24..]);
    world
        .write(format!(
            "insert into person (id, given_name, family_name, sort_key, tongue, email, email_key, demo, made_at)
             values ('{id}', '{name}', 'Story', '{id}', '{tongue}', '{email}', '{email}', false, 0)"
        ))
        .await;
    world
        .write(format!(
            "insert into role_grant (id, person_id, role, made_at) values ('{}', '{id}', '{role}', 0)",
            Uuid::now_v7()
        ))
        .await;
    id
}

pub async fn told(world: &World, person: PersonId, notice: &Notice) {
    let mut transaction = world.database.begin().await.unwrap();
    tell(&mut transaction.conn(), world.clock.now(), &To::Person(person), notice).await.unwrap();
    transaction.commit().await.unwrap();
}

/// What is sent into a folder.
pub fn room(world: &World) -> Mailroom {
    Mailroom::new(Post::Folder(world.folder().join("mail")), "Pathways <mail@pathways.school>", ORIGIN)
        .unwrap()
}

pub fn smtp(address: &str) -> Mailroom {
    Mailroom::new(Post::open(address).unwrap(), "mail@pathways.school", ORIGIN).unwrap()
}

pub async fn delivered(world: &World, room: &Mailroom) -> Delivered {
    deliver(&world.database, &world.clock, room).await.unwrap()
}

/// What is sent now, and the mails of the story that nobody has read yet.
pub async fn mails(world: &World) -> Vec<Mail> {
    delivered(world, &room(world)).await;
    read(&world.folder().join("mail"))
}

async fn given_up(world: &World, why: &'static str) -> bool {
    world
        .write(format!("update outbox set tries = tries where given_up_at is not null and problem = '{why}'"))
        .await
        == 1
}

pub fn answered() -> Notice {
    Notice::CorrectionAnswered
}

pub fn device() -> Notice {
    Notice::NewDevice { device: "Chrome on ChromeOS".into() }
}

#[tokio::test]
async fn a_notice_is_told_with_the_deed_or_not_at_all() {
    let world = World::new().await;
    let ana = person(&world, "Ana", "en", "mentor").await;
    let mut undone = world.database.begin().await.unwrap();
    tell(&mut undone.conn(), world.clock.now(), &To::Person(ana), &Notice::KeysChanged).await.unwrap();
    undone.rollback().await.unwrap();
    assert_eq!(mails(&world).await.len(), 0);
    told(&world, ana, &Notice::KeysChanged).await;
    let all = mails(&world).await;
    assert_eq!(all.len(), 1);
    assert_eq!(all[0].subject, "How you sign in to Pathways has changed");
    assert!(all[0].to.starts_with("mentor-") && all[0].plain.starts_with("Hello Ana,"), "{}", all[0].plain);
    assert!(all[0].plain.contains("https://pathways.school/notices"));
    assert_eq!(delivered(&world, &room(&world)).await, Delivered::default(), "it is not sent again");
    assert_eq!(
        world.number("select count(*) from outbox where body = '{}' and sent_at is not null").await,
        1,
        "what it said is not kept"
    );
    world.end().await;
}

#[tokio::test]
async fn an_invitation_leads_to_its_link_in_the_language_of_the_invited() {
    let world = World::new().await;
    let to = To::Address { email: "neu@mail.pathways.school", tongue: "es" };
    let notice = Notice::Invited {
        token: "00ff".into(),
        role: "teacher".into(),
        place: "Peña & Hijos <b>".into(),
        by: "Ana Soto".into(),
        until: "2026-06-11".into(),
    };
    let mut transaction = world.database.begin().await.unwrap();
    tell(&mut transaction.conn(), world.clock.now(), &to, &notice).await.unwrap();
    transaction.commit().await.unwrap();
    let mail = mails(&world).await.remove(0);
    assert_eq!(
        (mail.to.as_str(), mail.subject.as_str()),
        ("neu@mail.pathways.school", "Tiene una invitación a Pathways")
    );
    assert!(mail.plain.contains("https://pathways.school/es/invited/00ff"), "{}", mail.plain);
    assert!(mail.plain.contains("maestro/a o consejero/a en Peña & Hijos <b>."), "{}", mail.plain);
    assert!(
        mail.plain.contains("Le invita Ana Soto.") && mail.plain.contains("El último día es el 11 de junio"),
        "{}",
        mail.plain
    );
    assert!(
        mail.html.contains("Peña &amp; Hijos &lt;b&gt;") && mail.html.contains("<html lang=\"es\">"),
        "{}",
        mail.html
    );
    assert!(
        !mail.plain.contains("/notices") && mail.header("List-Unsubscribe").is_none(),
        "who is not here has nothing to choose"
    );
    assert_eq!(mail.header("Auto-Submitted").as_deref(), Some("auto-generated"));
    assert_eq!(world.number("select count(*) from outbox where address is null and body = '{}'").await, 1);
    world.end().await;
}

#[tokio::test]
async fn no_name_writes_a_header_or_a_second_reader() {
    let world = World::new().await;
    let evil = "Eve\r\nBcc: all@mail.pathways.school\r\n\r\n<script>x</script>\u{202e}";
    let eve = person(&world, evil, "en", "mentor").await;
    told(&world, eve, &Notice::NewDevice { device: evil.into() }).await;
    for (email, place) in [
        ("ada@mail.pathways.school", evil),
        ("ada@mail.pathways.school\r\nBcc: all@mail.pathways.school", "x"),
        ("ada@mail.pathways.school, all@mail.pathways.school", "x"),
        ("<ada@mail.pathways.school>\nSubject: y", "x"),
    ] {
        let notice = Notice::Invited {
            token: "00".into(),
            role: "mentor".into(),
            place: place.into(),
            by: String::new(),
            until: "2026-06-11".into(),
        };
        let mut transaction = world.database.begin().await.unwrap();
        let to = To::Address { email, tongue: "en" };
        tell(&mut transaction.conn(), world.clock.now(), &to, &notice).await.unwrap();
        transaction.commit().await.unwrap();
    }
    let sent = delivered(&world, &room(&world)).await;
    assert_eq!((sent.mails, sent.dropped), (2, 3), "an address that is none is never written to");
    for mail in read(&world.folder().join("mail")) {
        assert!(mail.header("Bcc").is_none() && mail.to.ends_with("@mail.pathways.school"), "{}", mail.raw);
        let head = mail.raw.split("\r\n\r\n").next().unwrap();
        assert!(!head.contains("Eve") && !head.contains("Bcc"), "{head}");
        assert!(mail.plain.contains("Eve Bcc: all@mail.pathways.school <script>"), "{}", mail.plain);
        assert!(!mail.html.contains("<script"), "{}", mail.html);
    }
    let kept = "select count(*) from outbox where problem = 'no-address' and body = '{}' and address is null";
    assert_eq!(world.number(kept).await, 3, "nor is a link that nobody will get kept in clear");
    world.end().await;
}

#[tokio::test]
async fn a_name_with_line_breaks_is_no_sender_either() {
    for wrong in ["", "Pathways", "a@b.org\r\nBcc: c@d.org", "Pathways <a@b.org>, c@d.org"] {
        assert!(Mailroom::new(Post::Folder("x".into()), wrong, ORIGIN).is_err(), "{wrong:?}");
    }
}

#[tokio::test]
async fn quiet_hours_move_a_notice_and_a_warning_comes_at_night() {
    let world = World::new().await;
    let (student, adult) =
        (person(&world, "Sol", "en", "student").await, person(&world, "Ana", "en", "mentor").await);
    told(&world, student, &device()).await;
    assert_eq!(delivered(&world, &room(&world)).await.waiting, 1, "13:26 on a Thursday is school");
    world.clock.advance(HOUR);
    assert_eq!(mails(&world).await.len(), 0);
    world.clock.advance(34 * MINUTE);
    assert_eq!(mails(&world).await.len(), 1, "15:00 is not");
    world.clock.advance(8 * HOUR);
    told(&world, adult, &Notice::Deleted).await;
    told(&world, adult, &device()).await;
    let night = delivered(&world, &room(&world)).await;
    assert_eq!((night.mails, night.waiting), (1, 1), "at 23:00 the warning comes and the rest waits");
    world.clock.advance(8 * HOUR - MINUTE);
    assert_eq!(delivered(&world, &room(&world)).await, Delivered::default());
    world.clock.advance(2 * MINUTE);
    assert_eq!(delivered(&world, &room(&world)).await.mails, 1, "at 7:00 it comes");
    world.end().await;
}

#[tokio::test]
async fn a_digest_joins_the_notices_of_one_person_into_one_mail() {
    let world = World::new().await;
    let ana = person(&world, "Ana", "es", "guardian").await;
    let eva = person(&world, "Eva", "en", "guardian").await;
    let consent = Notice::ConsentChanged { consent: "photo".into(), given: false };
    for who in [ana, eva] {
        told(&world, who, &consent).await;
    }
    told(&world, ana, &answered()).await;
    assert_eq!(delivered(&world, &room(&world)).await, Delivered { waiting: 3, ..Delivered::default() });
    world.clock.advance(2 * HOUR);
    told(&world, ana, &answered()).await;
    world.clock.advance(34 * MINUTE);
    let sent = delivered(&world, &room(&world)).await;
    assert_eq!((sent.mails, sent.told), (2, 4), "at 16:00, one each");
    let all = read(&world.folder().join("mail"));
    let spanish = all.iter().find(|mail| mail.subject == "Pathways: 3 avisos de hoy").unwrap();
    assert!(spanish.plain.contains("Se retiró un permiso de su hija o hijo: fotos."), "{}", spanish.plain);
    assert_eq!(spanish.plain.matches("Ya tiene respuesta.").count(), 2);
    assert!(
        all.iter().any(|mail| mail.subject == "A permission for your child changed"),
        "one notice needs no digest"
    );
    told(&world, ana, &answered()).await;
    assert_eq!(delivered(&world, &room(&world)).await.waiting, 1, "what comes later waits for tomorrow");
    world.end().await;
}

#[tokio::test]
async fn nobody_is_told_who_is_suspended_deleted_or_made_up() {
    let world = World::new().await;
    let ana = person(&world, "Ana", "en", "mentor").await;
    world.write(format!("update person set suspended_at = 1 where id = '{ana}'")).await;
    told(&world, ana, &device()).await;
    told(&world, ana, &Notice::Suspended).await;
    let all = mails(&world).await;
    assert_eq!(all.len(), 1, "only that they are suspended");
    assert_eq!(all[0].subject, "Your Pathways account is on hold");
    assert!(given_up(&world, "suspended").await);
    let eva = person(&world, "Eva", "en", "mentor").await;
    told(&world, eva, &device()).await;
    world.write(format!("update person set deleted_at = 1 where id = '{eva}'")).await;
    assert_eq!(delivered(&world, &room(&world)).await.dropped, 1);
    assert!(given_up(&world, "deleted").await);
    let bob = person(&world, "Bob", "en", "student").await;
    world.write(format!("update person set email = null where id = '{bob}'")).await;
    told(&world, bob, &device()).await;
    assert_eq!(delivered(&world, &room(&world)).await.dropped, 1, "a student needs no address");

    let demo = person(&world, "Demo", "en", "mentor").await;
    world.write(format!("update person set demo = true where id = '{demo}'")).await;
    told(&world, demo, &device()).await;
    let mut transaction = world.database.begin().await.unwrap();
    let to = To::Address { email: "ana@demo.example", tongue: "en" };
    tell(&mut transaction.conn(), world.clock.now(), &to, &device()).await.unwrap();
    transaction.commit().await.unwrap();
    let (peer, address) = Peer::listen(&[]).await;
    assert_eq!(delivered(&world, &smtp(&address)).await.dropped, 2);
    assert_eq!(peer.taken(), Vec::<String>::new());
    told(&world, demo, &device()).await;
    assert_eq!(delivered(&world, &room(&world)).await.mails, 1, "a folder may hold it");
    world.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn several_processes_at_once_send_each_mail_once() {
    let world = World::new().await;
    for _ in 0..30 {
        let ana = person(&world, "Ana", "en", "mentor").await;
        told(&world, ana, &device()).await;
        told(&world, ana, &Notice::KeysChanged).await;
    }
    let (peer, address) = Peer::listen(&[]).await;
    let mut processes = Vec::new();
    for _ in 0..3 {
        let (database, clock, room) = (world.another_process().await, world.clock.clone(), smtp(&address));
        processes.push(tokio::spawn(async move {
            let delivered = deliver(&database, &clock, &room).await.unwrap();
            database.close().await;
            delivered.mails
        }));
    }
    let mut sent = 0;
    for process in processes {
        sent += process.await.unwrap();
    }
    let taken = peer.taken();
    let mut ids: Vec<&str> =
        taken.iter().map(|mail| mail.lines().find(|line| line.starts_with("Message-ID:")).unwrap()).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!((sent, taken.len(), ids.len()), (60, 60, 60));
    assert_eq!(world.number("select count(*) from outbox where tries <> 1 or sent_at is null").await, 0);
    world.end().await;
}

#[tokio::test]
async fn what_a_process_claimed_before_it_died_comes_back() {
    let world = World::new().await;
    let ana = person(&world, "Ana", "en", "mentor").await;
    told(&world, ana, &device()).await;
    let until = world.clock.now().0 + 5 * MINUTE;
    world.write(format!("update outbox set claimed_by = 'dead', claimed_until = {until}, tries = 1")).await;
    assert_eq!(mails(&world).await.len(), 0, "somebody may still be sending it");
    world.clock.advance(5 * MINUTE);
    assert_eq!(mails(&world).await.len(), 1);
    assert_eq!(world.number("select tries from outbox").await, 2);
    world.end().await;
}

#[tokio::test]
async fn a_mail_that_fails_is_tried_again_ever_later_and_then_given_up() {
    let world = World::new().await;
    let ana = person(&world, "Ana", "en", "mentor").await;
    told(&world, ana, &device()).await;
    let (peer, address) = Peer::listen(&["451 later"; 7]).await;
    let room = smtp(&address);
    assert_eq!(delivered(&world, &room).await.failed, 1);
    for minutes in [1, 5, 30, 120, 480, 1_440] {
        world.clock.advance(minutes * MINUTE - 1);
        assert_eq!(delivered(&world, &room).await, Delivered::default(), "not before {minutes} minutes");
        world.clock.advance(1);
        assert_eq!(delivered(&world, &room).await.failed, 1, "after {minutes} minutes");
    }
    assert!(given_up(&world, "unreachable").await);
    world.clock.advance(48 * HOUR);
    assert_eq!(delivered(&world, &room).await, Delivered::default());
    assert_eq!(peer.taken().len(), 0);
    world.end().await;
}

#[tokio::test]
async fn what_a_mail_server_never_takes_is_given_up_at_once_and_what_it_says_of_us_is_not() {
    let world = World::new().await;
    let ana = person(&world, "Ana", "en", "mentor").await;
    told(&world, ana, &device()).await;
    let (peer, address) = Peer::listen(&["550 nobody here", "530 first say who you are"]).await;
    assert_eq!(delivered(&world, &smtp(&address)).await.failed, 1);
    assert!(given_up(&world, "refused").await);
    told(&world, ana, &Notice::KeysChanged).await;
    assert_eq!(delivered(&world, &smtp(&address)).await.failed, 1);
    world.clock.advance(MINUTE);
    assert_eq!(delivered(&world, &smtp(&address)).await.mails, 1);
    assert_eq!(peer.taken().len(), 1);
    let nowhere = smtp("smtp://127.0.0.1:1");
    told(&world, ana, &Notice::KeysChanged).await;
    assert_eq!(delivered(&world, &nowhere).await.failed, 1, "a server that is down is tried again");
    assert_eq!(
        world
            .number("select count(*) from outbox where problem = 'unreachable' and given_up_at is null")
            .await,
        1
    );
    world.end().await;
}
