//! A roster of the size of a district: `cargo test --release -p backend --test stories scale -- --ignored --nocapture`,
//! and the same behind `tools/postgres --`.

use super::*;
use std::fmt::Write as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

const STUDENTS: u32 = 13_500;
const CLASSES: u32 = 600;
const SCHOOLS: u32 = 20;

/// Students with one or two guardians each, classes with a teacher, six enrollments a student.
fn made(world: &World) -> Files {
    let files = Files { folder: world.folder().join("made") };
    std::fs::create_dir_all(&files.folder).unwrap();
    let parts = ["orgs", "users", "classes", "enrollments", "demographics"];
    let manifest = parts.map(|part| format!("file.{part},bulk\n")).concat();
    files.write("manifest.csv", format!("propertyName,value\n{manifest}"));
    let mut orgs = "sourcedId,name,type,parentSourcedId\nd,Made Unified,district,\n".to_owned();
    let mut classes = "sourcedId,title,schoolSourcedId\n".to_owned();
    let mut users =
        "sourcedId,status,orgSourcedIds,role,givenName,familyName,email,phone,agentSourcedIds\n".to_owned();
    let mut enrollments = "sourcedId,classSourcedId,userSourcedId,role\n".to_owned();
    let mut births = "userSourcedId,birthDate,sex\n".to_owned();
    for school in 0..SCHOOLS {
        writeln!(orgs, "school-{school},Made School {school},school,d").unwrap();
    }
    for class in 0..CLASSES {
        let school = class % SCHOOLS;
        writeln!(classes, "class-{class},Class {class},school-{school}").unwrap();
        writeln!(users, "teacher-{class},,school-{school},teacher,Tea,Cher{class},tea{class}@example.org,,")
            .unwrap();
        writeln!(enrollments, "teach-{class},class-{class},teacher-{class},teacher").unwrap();
    }
    for student in 0..STUDENTS {
        let school = student % SCHOOLS;
        let second = if student % 2 == 0 { format!(",second-{student}") } else { String::new() };
        writeln!(
            users,
            "student-{student},,school-{school},student,Given{student},Family{},,,\"first-{student}{second}\"",
            student % 4_000
        )
        .unwrap();
        writeln!(
            users,
            "first-{student},,d,parent,First{student},Family,first{student}@example.org,5550100,"
        )
        .unwrap();
        if student % 2 == 0 {
            writeln!(users, "second-{student},,d,guardian,Second{student},Family,,,").unwrap();
        }
        writeln!(births, "student-{student},201{}-0{}-1{},x", 2 + student % 3, 1 + student % 9, student % 10)
            .unwrap();
        for period in 0..6 {
            let class = school + SCHOOLS * ((student / SCHOOLS + period * 5) % (CLASSES / SCHOOLS));
            writeln!(enrollments, "e-{student}-{period},class-{class},student-{student},student").unwrap();
        }
    }
    files.write("orgs.csv", orgs);
    files.write("users.csv", users);
    files.write("classes.csv", classes);
    files.write("enrollments.csv", enrollments);
    files.write("demographics.csv", births);
    files
}

/// The seconds that processors worked for this process; 0 where the system does not tell.
fn worked() -> f64 {
    let tasks = std::fs::read_dir("/proc/self/task").into_iter().flatten().flatten();
    let of_task = |path: PathBuf| std::fs::read_to_string(path.join("schedstat")).unwrap_or_default();
    let nanoseconds =
        |text: String| text.split_whitespace().next().and_then(|first| first.parse::<f64>().ok());
    tasks.filter_map(|task| nanoseconds(of_task(task.path()))).sum::<f64>() / 1e9
}

/// The most memory that this process has had, in MiB; 0 where the system does not tell.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM:"));
    line.and_then(|line| line.split_whitespace().nth(1)?.parse::<u64>().ok()).unwrap_or_default() / 1_024
}

/// Writes a little again and again, as signing in does, and gives the longest that it had to wait, in seconds.
async fn sign_in_meanwhile(database: backend::Database, done: Arc<AtomicBool>) -> (u32, f64) {
    let (mut times, mut longest) = (0, 0.0_f64);
    while !done.load(Ordering::Relaxed) {
        let start = Instant::now();
        let mut transaction = database.begin().await.unwrap();
        let text = "update audit_head set seq = seq where id = 1";
        match transaction.conn() {
            backend::database::Conn::Sqlite(conn) => drop(sqlx::query(text).execute(conn).await.unwrap()),
            backend::database::Conn::Postgres(conn) => drop(sqlx::query(text).execute(conn).await.unwrap()),
        }
        transaction.commit().await.unwrap();
        longest = longest.max(start.elapsed().as_secs_f64());
        times += 1;
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    database.close().await;
    (times, longest)
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "takes a minute where nothing is optimised"]
async fn scale_a_district_of_13_500_students_comes_in_within_a_minute() {
    let world = World::new().await;
    let files = made(&world);
    let begin = peak();
    for (what, dry_run) in [("preview", true), ("first", false), ("second", false)] {
        if what == "second" {
            // As it is by itself a minute later: a planner that knows all of the first run and nothing of this one.
            world.run("analyze").await;
        }
        let done = Arc::new(AtomicBool::new(false));
        let other = tokio::spawn(sign_in_meanwhile(world.another_process().await, Arc::clone(&done)));
        let (start, cpu) = (Instant::now(), worked());
        let report = import_with(&world, &files.folder, Asked { dry_run, ..ASKED }).await.unwrap();
        let seconds = start.elapsed().as_secs_f64();
        let cpu = worked() - cpu;
        done.store(true, Ordering::Relaxed);
        let (times, longest) = other.await.unwrap();
        eprintln!(
            "{what}: {seconds:.1} s, {cpu:.1} s of processors, peak {} MiB (before: {begin} MiB); meanwhile {times} \
             other writes, the longest in {longest:.2} s\n{report}",
            peak()
        );
        assert!(longest < 3.0, "who signs in waits too long");
        assert_eq!(report.problems, []);
        assert_eq!(report.is_unchanged(), what == "second");
        assert!(seconds < 60.0);
    }
    assert_eq!(world.number("select count(*) from birth").await, i64::from(STUDENTS));
    world.end().await;
}
