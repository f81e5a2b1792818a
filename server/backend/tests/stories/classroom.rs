//! A class without accounts, from its opening to the last row that is gone.

use super::world::World;
use backend::classroom::{self, Device, Secret, Stop};
use backend::{Database, Fault};
use domain::classroom::{Code, MOST_SUMMARIES, Questions, Refusal, Shown, Span, Summary, Tongue, Worry};
use domain::explorer::school::Cds;
use std::collections::BTreeSet;

const HOUR: i64 = 3_600_000;

/// A class that was opened, and what opens it.
struct Opened {
    secret: Secret,
    code: Code,
}

async fn open(world: &World, span: Span) -> Opened {
    let secret = classroom::open(&world.database, &world.clock, span).await.unwrap();
    let code = secret.screen().code().unwrap();
    Opened { secret, code }
}

fn cds(within: u64) -> Cds {
    Cds::from_parts(1_964_733, within).unwrap()
}

fn list(schools: &[u64]) -> Summary {
    Summary { schools: schools.iter().copied().map(cds).collect(), ..Summary::default() }
}

async fn send(world: &World, code: Code, device: &Device, summary: &Summary) -> Result<(), Stop> {
    classroom::send(&world.database, &world.clock, code, device, summary).await.map(drop)
}

async fn room(world: &World, secret: &Secret) -> classroom::Room {
    classroom::room(&world.database, &world.clock, secret).await.unwrap()
}

/// Every row that a class could have left.
async fn rows(world: &World) -> i64 {
    world.number("select (select count(*) from class) + (select count(*) from class_summary)").await
}

fn refused(answer: Result<impl Sized, Stop>) -> Refusal {
    match answer {
        Err(Stop::Refused(refusal)) => refusal,
        Err(Stop::Fault(fault)) => panic!("{fault}"),
        Ok(_) => panic!("it was allowed"),
    }
}

#[tokio::test]
async fn three_students_send_and_the_counselor_sees_counts() {
    let world = World::new().await;
    let class = open(&world, Span::Day).await;
    let devices = [Device::new().unwrap(), Device::new().unwrap(), Device::new().unwrap()];
    let sure = Summary {
        certain: true,
        questions: Questions::Few,
        worries: vec![Worry::Friends, Worry::Cost],
        tongue: Tongue::Spanish,
        ..list(&[2, 1])
    };
    for (device, summary) in devices.iter().zip([&sure, &list(&[1]), &list(&[])]) {
        send(&world, class.code, device, summary).await.unwrap();
    }
    let seen = room(&world, &class.secret).await;
    assert_eq!(seen.code, class.code);
    let counts = &seen.counts;
    assert_eq!(counts.sent, 3);
    let answers = [counts.shared.with_list, counts.shared.no_certain, counts.shared.no_question];
    assert_eq!(answers, [Shown::NotYet; 3], "three are too few to say how many know no certain school");
    assert!(counts.shared.schools.is_empty(), "three are too few to say which schools");
    assert!(counts.shared.worries.iter().all(|(_, shown)| *shown == Shown::NotYet));

    let joined = classroom::join(&world.database, &world.clock, class.code, Some(&devices[0])).await.unwrap();
    assert_eq!(joined.sent, Some(sure), "a device reads back what it sent, in its order");
    let other = classroom::join(&world.database, &world.clock, class.code, None).await.unwrap();
    assert_eq!(other.sent, None);
    assert_eq!(other.expires_at.0, world.clock.now().0 + 8 * HOUR);
    world.end().await;
}

#[tokio::test]
async fn a_replaced_summary_counts_once_and_one_taken_back_not_at_all() {
    let world = World::new().await;
    let class = open(&world, Span::Day).await;
    let (one, other) = (Device::new().unwrap(), Device::new().unwrap());
    send(&world, class.code, &one, &list(&[])).await.unwrap();
    send(&world, class.code, &other, &list(&[1])).await.unwrap();
    let before = room(&world, &class.secret).await;
    send(&world, class.code, &one, &list(&[7])).await.unwrap();
    let after = room(&world, &class.secret).await;
    assert_eq!(after.counts.sent, 2);
    let sheets = classroom::sheets(&world.database, &world.clock, &class.secret).await.unwrap();
    assert_eq!(sheets.len(), 2, "the list that replaced the empty one is there");
    assert!(after.version > before.version, "whoever watches learns that there is news");

    classroom::take_back(&world.database, &world.clock, class.code, &one).await.unwrap();
    assert_eq!(room(&world, &class.secret).await.counts.sent, 1);
    assert_eq!(world.number("select count(*) from class_summary").await, 1, "the row itself is gone");
    classroom::take_back(&world.database, &world.clock, class.code, &one).await.unwrap();
    world.end().await;
}

#[tokio::test]
async fn a_device_of_one_class_is_nobody_in_another() {
    let world = World::new().await;
    let (one, other) = (open(&world, Span::Day).await, open(&world, Span::Day).await);
    let device = Device::new().unwrap();
    send(&world, one.code, &device, &list(&[1])).await.unwrap();
    send(&world, other.code, &device, &list(&[2])).await.unwrap();
    classroom::take_back(&world.database, &world.clock, one.code, &device).await.unwrap();
    assert_eq!(room(&world, &one.secret).await.counts.sent, 0);
    assert_eq!(room(&world, &other.secret).await.counts.sent, 1);
    classroom::end(&world.database, &world.clock, &one.secret).await.unwrap();
    assert_eq!(room(&world, &other.secret).await.counts.sent, 1, "ending one class leaves the other");
    world.end().await;
}

#[tokio::test]
async fn ending_a_class_leaves_no_row() {
    let world = World::new().await;
    let class = open(&world, Span::TwoWeeks).await;
    for _ in 0..5 {
        send(&world, class.code, &Device::new().unwrap(), &list(&[1, 2])).await.unwrap();
    }
    assert_eq!(rows(&world).await, 6);
    classroom::end(&world.database, &world.clock, &class.secret).await.unwrap();
    assert_eq!(rows(&world).await, 0);
    let device = Device::new().unwrap();
    assert_eq!(refused(send(&world, class.code, &device, &list(&[1])).await), Refusal::NoClass);
    assert_eq!(
        refused(classroom::end(&world.database, &world.clock, &class.secret).await),
        Refusal::NoClass,
        "a second press finds nothing"
    );
    world.end().await;
}

#[tokio::test]
async fn a_class_closes_by_itself_and_is_then_swept_away() {
    let world = World::new().await;
    let (short, long) = (open(&world, Span::Day).await, open(&world, Span::Week).await);
    let device = Device::new().unwrap();
    send(&world, short.code, &device, &list(&[1])).await.unwrap();
    world.clock.advance(8 * HOUR - 1);
    assert_eq!(room(&world, &short.secret).await.counts.sent, 1);
    assert_eq!(classroom::sweep(&world.database, &world.clock).await.unwrap(), 0);
    world.clock.advance(1);
    let (database, clock) = (&world.database, &world.clock);
    assert_eq!(refused(classroom::join(database, clock, short.code, None).await), Refusal::NoClass);
    assert_eq!(refused(classroom::room(database, clock, &short.secret).await), Refusal::NoClass);
    assert_eq!(refused(classroom::screen(database, clock, &short.secret.screen()).await), Refusal::NoClass);
    assert_eq!(refused(classroom::sheets(database, clock, &short.secret).await), Refusal::NoClass);
    assert_eq!(refused(send(&world, short.code, &device, &list(&[2])).await), Refusal::NoClass);
    assert_eq!(rows(&world).await, 3, "closed before anything was swept");
    assert_eq!(classroom::sweep(database, clock).await.unwrap(), 1);
    assert_eq!(rows(&world).await, 1);
    assert_eq!(room(&world, &long.secret).await.counts.sent, 0);
    world.end().await;
}

#[tokio::test]
async fn a_class_takes_sixty_and_then_replacements_only() {
    let world = World::new().await;
    let class = open(&world, Span::Day).await;
    let first = Device::new().unwrap();
    send(&world, class.code, &first, &list(&[1])).await.unwrap();
    for _ in 1..MOST_SUMMARIES {
        send(&world, class.code, &Device::new().unwrap(), &list(&[1])).await.unwrap();
    }
    let late = Device::new().unwrap();
    assert_eq!(refused(send(&world, class.code, &late, &list(&[1])).await), Refusal::Full);
    send(&world, class.code, &first, &list(&[2])).await.unwrap();
    assert_eq!(room(&world, &class.secret).await.counts.sent, 60);
    world.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn forty_students_who_send_at_once_are_all_counted() {
    let world = World::new().await;
    let class = open(&world, Span::Day).await;
    let worried = Summary { worries: vec![Worry::GettingIn], ..list(&[1]) };
    let sending: Vec<_> = (0..40)
        .map(|at| {
            let (database, clock, code) = (world.database.clone(), world.clock.clone(), class.code);
            let summary = if at % 2 == 0 { worried.clone() } else { list(&[2]) };
            let device = Device::new().unwrap();
            tokio::spawn(async move { classroom::send(&database, &clock, code, &device, &summary).await })
        })
        .collect();
    for sent in sending {
        sent.await.unwrap().unwrap();
    }
    let counts = room(&world, &class.secret).await.counts;
    assert_eq!((counts.sent, counts.shared.with_list, counts.shared.of), (40, Shown::NearlyAll, 40));
    assert_eq!(counts.shared.schools, [(cds(1), Shown::Exact(20)), (cds(2), Shown::Exact(20))]);
    assert_eq!(counts.shared.worries[0], (Worry::GettingIn, Shown::Exact(20)));
    let turns = world.number("select count(distinct turn) from class_summary").await;
    assert_eq!(turns, 40, "each has its own place in the order");
    world.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_class_is_never_overfilled_by_those_who_come_together() {
    let world = World::new().await;
    let class = open(&world, Span::Day).await;
    let sending: Vec<_> = (0..MOST_SUMMARIES + 15)
        .map(|_| {
            let (database, clock, code) = (world.database.clone(), world.clock.clone(), class.code);
            let device = Device::new().unwrap();
            tokio::spawn(async move { classroom::send(&database, &clock, code, &device, &list(&[1])).await })
        })
        .collect();
    let mut full = 0;
    for sent in sending {
        match sent.await.unwrap() {
            Ok(_) => {}
            Err(Stop::Refused(Refusal::Full)) => full += 1,
            Err(other) => panic!("{other}"),
        }
    }
    assert_eq!(full, 15);
    assert_eq!(room(&world, &class.secret).await.counts.sent, 60);
    world.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_servers_share_one_class() {
    let world = World::new().await;
    let other = second_server(&world).await;
    let class = open(&world, Span::Day).await;
    let device = Device::new().unwrap();
    classroom::send(&other, &world.clock, class.code, &device, &list(&[1])).await.unwrap();
    assert_eq!(room(&world, &class.secret).await.counts.sent, 1);
    send(&world, class.code, &device, &list(&[1, 2])).await.unwrap();
    let there = classroom::room(&other, &world.clock, &class.secret).await.unwrap();
    assert_eq!(there.counts.sent, 1, "the same device through another server");
    let sending: Vec<_> = (0..20)
        .map(|at| {
            let database = if at % 2 == 0 { world.database.clone() } else { other.clone() };
            let (clock, code, device) = (world.clock.clone(), class.code, Device::new().unwrap());
            tokio::spawn(async move { classroom::send(&database, &clock, code, &device, &list(&[3])).await })
        })
        .collect();
    for sent in sending {
        sent.await.unwrap().unwrap();
    }
    assert_eq!(room(&world, &class.secret).await.counts.sent, 21);
    classroom::end(&other, &world.clock, &class.secret).await.unwrap();
    assert_eq!(refused(send(&world, class.code, &device, &list(&[1])).await), Refusal::NoClass);
    assert_eq!(rows(&world).await, 0);
    other.close().await;
    world.end().await;
}

/// Another pool of connections to the story's database, as another process would have.
async fn second_server(world: &World) -> Database {
    match &world.database {
        Database::Sqlite(pool) => {
            let file = pool.connect_options().get_filename().display().to_string();
            Database::open(&format!("sqlite:{file}")).await.unwrap()
        }
        Database::Postgres(pool) => {
            let options = pool.connect_options().as_ref().clone();
            Database::Postgres(sqlx::PgPool::connect_with(options).await.unwrap())
        }
    }
}

#[tokio::test]
async fn the_projector_sees_the_class_but_cannot_reach_the_counselors_page() {
    let world = World::new().await;
    let class = open(&world, Span::Day).await;
    send(&world, class.code, &Device::new().unwrap(), &list(&[1])).await.unwrap();
    let screen = class.secret.screen();
    let shown = classroom::screen(&world.database, &world.clock, &screen).await.unwrap();
    assert_eq!((shown.code, shown.counts.sent), (class.code, 1));
    let stolen: Secret = screen.to_string().parse().unwrap();
    let (database, clock) = (&world.database, &world.clock);
    assert_eq!(refused(classroom::room(database, clock, &stolen).await), Refusal::NoClass);
    assert_eq!(refused(classroom::end(database, clock, &stolen).await), Refusal::NoClass);
    world.end().await;
}

#[tokio::test]
async fn sheets_are_lists_without_names_in_an_order_that_tells_nothing() {
    let world = World::new().await;
    let class = open(&world, Span::Day).await;
    let mut tags = BTreeSet::new();
    for at in 1..=12 {
        let device = Device::new().unwrap();
        tags.insert(device.tag().to_string());
        send(&world, class.code, &device, &list(&[at])).await.unwrap();
    }
    send(&world, class.code, &Device::new().unwrap(), &list(&[])).await.unwrap();
    let sheets = classroom::sheets(&world.database, &world.clock, &class.secret).await.unwrap();
    assert_eq!(sheets.len(), 12, "an empty list is no sheet");
    assert_eq!(sheets.iter().map(|sheet| sheet.tag.to_string()).collect::<BTreeSet<_>>(), tags);
    let sent: Vec<Cds> = (1..=12).map(cds).collect();
    let printed: Vec<Cds> = sheets.iter().flat_map(|sheet| sheet.schools.clone()).collect();
    assert_ne!(printed, sent, "once in 479 million runs chance gives the order of sending");
    world.end().await;
}

#[tokio::test]
async fn the_tables_hold_nothing_that_opens_a_class() {
    let world = World::new().await;
    let class = open(&world, Span::Day).await;
    let device = Device::new().unwrap();
    send(&world, class.code, &device, &list(&[1])).await.unwrap();
    let kept = texts(&world.database).await;
    let plain: String = class.code.symbols().iter().copied().map(char::from).collect();
    let open_it = [
        class.secret.to_string(),
        class.secret.screen().to_string(),
        class.code.to_string(),
        plain,
        device.to_string(),
    ];
    for key in open_it {
        assert!(!kept.contains(&key));
    }
    assert!(kept.contains("19647330000001"), "this looks at the rows");
    world.end().await;
}

/// Everything that the two tables hold as text.
async fn texts(database: &Database) -> String {
    let text = "select c.id || c.code_hash || c.screen_hash || c.secret_hash || s.device_hash || s.schools
                       || s.questions || s.worries || s.tongue from class c join class_summary s on s.class_id = c.id";
    match database {
        Database::Sqlite(pool) => sqlx::query_scalar(text).fetch_one(pool).await.unwrap(),
        Database::Postgres(pool) => sqlx::query_scalar(text).fetch_one(pool).await.unwrap(),
    }
}

/// Only SQLite's file can be looked into; a server's files are its own.
#[tokio::test]
async fn what_was_deleted_cannot_be_read_off_the_disk() {
    let world = World::new().await;
    let Database::Sqlite(pool) = &world.database else { return world.end().await };
    let file = pool.connect_options().get_filename().to_owned();
    let on_disk = || {
        let log = std::fs::read(file.with_extension("db-wal")).unwrap_or_default();
        let bytes = [std::fs::read(&file).unwrap(), log].concat();
        bytes.windows(29).filter(|bytes| bytes == b"19647330000001,19647330000002").count()
    };
    let class = open(&world, Span::Day).await;
    send(&world, class.code, &Device::new().unwrap(), &list(&[1, 2])).await.unwrap();
    assert!(on_disk() > 0, "this looks at the file");
    classroom::end(&world.database, &world.clock, &class.secret).await.unwrap();
    assert_eq!(on_disk(), 0);
    world.end().await;
}

#[tokio::test]
async fn a_row_that_makes_no_sense_is_a_fault_and_not_a_guess() {
    let world = World::new().await;
    let class = open(&world, Span::Day).await;
    send(&world, class.code, &Device::new().unwrap(), &list(&[1])).await.unwrap();
    let spoil = "update class_summary set worries = 'rain'";
    match &world.database {
        Database::Sqlite(pool) => drop(sqlx::query(spoil).execute(pool).await.unwrap()),
        Database::Postgres(pool) => drop(sqlx::query(spoil).execute(pool).await.unwrap()),
    }
    let answer = classroom::room(&world.database, &world.clock, &class.secret).await;
    assert!(matches!(answer, Err(Stop::Fault(Fault::Stored { what: "a worry", .. }))));
    world.end().await;
}
