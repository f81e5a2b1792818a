//! Does the planner count what the rules say, whatever is filled in?

use domain::years::{
    A_TO_G, BEFORE_SENIOR, Class, Course, CourseNote, DIPLOMA, Grade, Length, Remark, Share, Standing,
    Subject, Year, YearPlan, remark::Reach,
};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use std::fmt::Write as _;

fn course() -> impl Strategy<Value = Course> {
    let grade = prop_oneof![2 => Just(Grade::Planned), 3 => select(&Grade::ALL[..])];
    (select(Class::all().collect::<Vec<_>>()), select(&Length::ALL[..]), grade)
        .prop_map(|(class, length, grade)| Course { class, length, grade })
}

fn placed() -> impl Strategy<Value = (Year, Course)> {
    (select(&Year::ALL[..]), course())
}

fn of(courses: &[(Year, Course)], credits: u8, room: u8) -> YearPlan {
    let mut plan = YearPlan::default();
    assert!(plan.set_credits(credits) && plan.set_room(room));
    for (year, course) in courses {
        plan.add(*year, *course);
    }
    plan
}

fn credits() -> impl Strategy<Value = u8> {
    prop_oneof![2 => Just(YearPlan::CREDITS), 1 => (1_u8..=10).prop_map(|half| 2 * half)]
}

fn plan() -> impl Strategy<Value = YearPlan> {
    (vec(placed(), 0..36), credits(), YearPlan::ROOMS)
        .prop_map(|(courses, credits, room)| of(&courses, credits, room))
}

/// The shares of every year's end, then the credits left at each.
fn left(plan: &YearPlan) -> Vec<u16> {
    let tallies: Vec<_> = Year::ALL.into_iter().map(|year| plan.tally_through(year)).collect();
    let shares = tallies.iter().flat_map(|tally| tally.subjects.map(|share| share.left));
    shares.chain(tallies.iter().map(|tally| tally.credits.left)).collect()
}

fn no_more(one: &[u16], other: &[u16]) -> bool {
    one.iter().zip(other).all(|(one, other)| one <= other)
}

proptest! {
    #[test]
    fn an_address_says_the_same_plan(plan in plan()) {
        prop_assert_eq!(YearPlan::parse(&plan.to_address()), plan.clone());
        // As one part of a longer address too.
        let address = format!("?s=1,2&{}&pin=3", plan.to_address());
        prop_assert_eq!(YearPlan::parse(&address), plan);
    }

    #[test]
    fn any_address_is_read_the_same_the_second_time(raw in "\\PC{0,80}", row in "[a-hoABCDFPé0-9h]{0,40}") {
        for raw in [raw, format!("m={row}&9={row}"), format!("c9={row}&g9={row}&10={row}&room={row}")] {
            let plan = YearPlan::parse(&raw);
            prop_assert_eq!(YearPlan::parse(&plan.to_address()), plan);
        }
    }

    #[test]
    fn a_form_says_the_same_as_an_address(plan in plan()) {
        let mut form = format!("credits={}&room={}", plan.credits(), plan.room());
        for year in Year::ALL {
            for course in plan.courses(year) {
                let (class, name) = (course.class.slug(), year.slug());
                _ = write!(form, "&c{name}={class}&l{name}={}&g{name}={}", course.length.slug(), course.grade.slug());
            }
            // Rows that stay empty.
            _ = write!(form, "&c{}=&c{}=", year.slug(), year.slug());
        }
        prop_assert_eq!(YearPlan::parse(&form), plan);
    }

    #[test]
    fn totals_add_up(plan in plan()) {
        for year in Year::ALL {
            let tally = plan.tally_through(year);
            let mut sum = Share::default();
            for (subject, share) in Subject::LIST.into_iter().zip(tally.subjects) {
                prop_assert_eq!(share.need, subject.need());
                prop_assert_eq!(share.done + share.planned + share.left, share.need);
                prop_assert_eq!(tally.share(subject), share);
                sum.need += share.need;
                sum.done += share.done;
                sum.planned += share.planned;
                sum.left += share.left;
            }
            prop_assert_eq!(tally.college(), sum);
            let reached = tally.credits.earned + tally.credits.planned;
            prop_assert_eq!(tally.credits.left, DIPLOMA - reached.min(DIPLOMA));
            let most: u16 = Year::ALL[1..].iter().filter(|other| **other <= year).map(|year| plan.filled(*year)).sum();
            prop_assert!(reached <= most * u16::from(plan.credits()) / 2);
        }
    }

    #[test]
    fn the_order_of_classes_never_matters(plan in plan(), turns in 0_usize..12) {
        let mut turned = of(&[], plan.credits(), plan.room());
        for year in Year::ALL {
            let mut courses = plan.courses(year).to_vec();
            let by = turns % courses.len().max(1);
            courses.rotate_left(by);
            courses.reverse();
            for course in courses {
                assert!(turned.add(year, course));
            }
        }
        for year in Year::ALL {
            prop_assert_eq!(plan.tally_through(year), turned.tally_through(year));
        }
        prop_assert_eq!(plan.remarks(), turned.remarks());
    }

    #[test]
    fn one_more_class_never_leaves_more(mut plan in plan(), more in placed()) {
        let (before, senior) = (plan.clone(), plan.before_senior());
        let added = plan.add(more.0, more.1);
        prop_assert!(added || plan == before);
        prop_assert!(no_more(&left(&plan), &left(&before)));
        prop_assert!(plan.before_senior() >= senior);
        prop_assert!(Year::ALL.into_iter().all(|year| plan.overfull(year) >= before.overfull(year)));
    }

    #[test]
    fn a_later_year_never_leaves_more(plan in plan()) {
        for (year, next) in Year::ALL.into_iter().zip(&Year::ALL[1..]) {
            let (now, then) = (plan.tally_through(year), plan.tally_through(*next));
            prop_assert!(then.credits.left <= now.credits.left && then.credits.earned >= now.credits.earned);
            prop_assert!(now.subjects.iter().zip(&then.subjects).all(|(now, then)| then.left <= now.left && then.done >= now.done));
        }
    }

    #[test]
    fn a_better_grade_never_lowers_anything(courses in vec(placed(), 1..30), which in any::<prop::sample::Index>(), credits in credits()) {
        let at = which.index(courses.len());
        let graded = |grade: Grade| {
            let mut courses = courses.clone();
            courses[at].1.grade = grade;
            of(&courses, credits, YearPlan::ROOM)
        };
        let worst_first = [Grade::F, Grade::D, Grade::Pass, Grade::C, Grade::B, Grade::A].map(graded);
        for pair in worst_first.windows(2) {
            let (worse, better) = (&pair[0], &pair[1]);
            prop_assert!(no_more(&left(better), &left(worse)));
            prop_assert!(better.before_senior() >= worse.before_senior());
            for year in Year::ALL {
                let (worse, better) = (worse.tally_through(year), better.tally_through(year));
                prop_assert!(better.credits.earned >= worse.credits.earned);
                prop_assert!(better.subjects.iter().zip(&worse.subjects).all(|(better, worse)| better.done >= worse.done));
            }
        }
        // A C does everything that a plan hoped for.
        prop_assert_eq!(left(&graded(Grade::C)), left(&graded(Grade::Planned)));
    }

    #[test]
    fn an_example_does_it_all(plan in plan()) {
        let example = plan.example();
        let tally = example.tally();
        prop_assert_eq!((tally.college().left, tally.credits.left), (0, 0));
        prop_assert!(example.before_senior() >= 2 * BEFORE_SENIOR);
        prop_assert_eq!(example.courses(Year::Middle), plan.courses(Year::Middle));
        prop_assert!(Year::ALL.into_iter().all(|year| example.overfull(year) == 0));
        prop_assert!(example.all().all(|(year, course)| year == Year::Middle || course.grade == Grade::Planned));
    }

    #[test]
    fn a_note_is_true(plan in plan()) {
        for year in Year::ALL {
            for (at, course) in plan.courses(year).iter().enumerate() {
                let counts = course.grade.for_college() != Standing::Not;
                match plan.note(year, at) {
                    Some(CourseNote::BelowC { .. }) => prop_assert_eq!(course.grade, Grade::D),
                    Some(CourseNote::Failed { .. }) => prop_assert_eq!(course.grade, Grade::F),
                    Some(CourseNote::Pass) => prop_assert_eq!(course.grade, Grade::Pass),
                    Some(CourseNote::Twice) => prop_assert!(counts && course.class.level().is_some()),
                    Some(CourseNote::Middle) => prop_assert!(counts && year == Year::Middle),
                    None => prop_assert!(course.class.subject() == Subject::Other || counts && year > Year::Middle),
                }
            }
            prop_assert_eq!(plan.note(year, plan.courses(year).len()), None);
        }
    }
}

#[test]
fn the_list_asks_for_fifteen_years() {
    assert_eq!(Subject::LIST.iter().map(|subject| subject.need()).sum::<u16>(), 2 * A_TO_G);
    assert_eq!(Subject::LIST.map(|subject| subject.need() / 2), [2, 4, 3, 2, 2, 1, 1]);
    assert_eq!(YearPlan::default().tally().college(), Share { need: 30, done: 0, planned: 0, left: 30 });
    let fewest = DIPLOMA.div_ceil(4 * u16::from(YearPlan::CREDITS));
    assert_eq!(u16::from(YearPlan::ROOM), fewest);
}

#[test]
fn every_word_of_an_address_stands_for_one_thing() {
    for class in Class::all() {
        assert_eq!(Class::from_slug(&class.slug()), Some(class));
    }
    assert_eq!(Class::all().count(), 16);
    assert!(Year::ALL.into_iter().all(|year| Year::from_slug(year.slug()) == Some(year)));
    assert!(Grade::ALL.into_iter().all(|grade| Grade::from_slug(grade.slug()) == Some(grade)));
    assert_eq!(Class::at_level(Subject::English, 1), None);
    assert_eq!(Class::at_level(Subject::Math, 5), None);
    assert_eq!(Year::Ninth.school_year().map(|year| year.to_string()).as_deref(), Some("2027-28"));
    assert_eq!(Year::Twelfth.school_year().map(|year| year.to_string()).as_deref(), Some("2030-31"));
}

#[test]
fn an_address_is_read_as_far_as_it_makes_sense() {
    for (raw, address) in [
        ("", ""),
        ("?9=bc2De1fh", "9=bc2De1fh"),
        ("9=b&9=c1", "9=bc1"),
        ("m=c1Ae2", "m=c1Ae2"),
        ("m=bc1do", "m=c1"),
        ("9=zbX&10=hhA&11=c9&12=b1", ""),
        ("9=bEc2Ac1é&10=bA", "9=c2A&10=bA"),
        ("8=b&13=c", ""),
        ("credits=8&room=7", "credits=8&room=7"),
        ("credits=7&room=3", ""),
        ("credits=10&room=6", ""),
        ("credits=0&room=11", ""),
        ("credits=-2&room=", ""),
        ("c9=b&l9=h&g9=D&c9=&l9=y&g9=A&c9=c1", "9=bhDc1"),
        ("cm=b&cm=e1", "m=e1"),
        ("g9=A&l9=h", ""),
        ("9=bbbbbbbbbbbbbbb", "9=bbbbbbbbbbbb"),
    ] {
        assert_eq!(YearPlan::parse(raw).to_address(), address, "{raw}");
    }
}

#[test]
fn a_d_counts_for_the_diploma_and_not_for_college() {
    for (address, credits, math) in [
        ("9=c1A", (10, 0), (2, 0)),
        ("9=c1C", (10, 0), (2, 0)),
        ("9=c1D", (10, 0), (0, 0)),
        ("9=c1P", (10, 0), (0, 0)),
        ("9=c1F", (0, 0), (0, 0)),
        ("9=c1", (0, 10), (0, 2)),
        ("9=c1hA", (5, 0), (1, 0)),
        ("9=c1hAc1hB", (10, 0), (2, 0)),
        // Planned once more: it mends the D, and gives its credits once.
        ("9=c1D&10=c1", (10, 0), (0, 2)),
        ("9=c1F&10=c1B", (10, 0), (2, 0)),
        ("9=c1A&10=c1A", (10, 0), (2, 0)),
        // Two classes of math that are not said to be the same count as two.
        ("9=cA&10=cA", (20, 0), (4, 0)),
        // Middle school counts for college alone.
        ("m=c1A", (0, 0), (2, 0)),
        ("m=c1A&9=c1", (0, 10), (2, 0)),
        ("9=c1Ac2Ac3Ac4A", (40, 0), (6, 0)),
        ("9=c1A&credits=6", (6, 0), (2, 0)),
    ] {
        let tally = YearPlan::parse(address).tally();
        assert_eq!((tally.credits.earned, tally.credits.planned), credits, "{address}");
        let share = tally.share(Subject::Math);
        assert_eq!((share.done, share.planned), math, "{address}");
    }
}

#[test]
fn each_class_is_told_what_it_means() {
    for (address, year, note) in [
        ("9=c1D", Year::Ninth, Some(CourseNote::BelowC { again: false })),
        ("9=c1D&10=c1", Year::Ninth, Some(CourseNote::BelowC { again: true })),
        ("9=c1D&10=c1F", Year::Ninth, Some(CourseNote::BelowC { again: false })),
        ("9=bD&10=b", Year::Ninth, Some(CourseNote::BelowC { again: false })),
        ("9=oD", Year::Ninth, None),
        ("9=oF", Year::Ninth, Some(CourseNote::Failed { again: false })),
        ("9=dP", Year::Ninth, Some(CourseNote::Pass)),
        ("9=oP", Year::Ninth, None),
        ("m=e1", Year::Middle, Some(CourseNote::Middle)),
        ("m=e1A&9=e1", Year::Ninth, Some(CourseNote::Twice)),
        ("9=e1h&10=e1h", Year::Ninth, None),
        ("9=bA", Year::Ninth, None),
    ] {
        assert_eq!(YearPlan::parse(address).note(year, 0), note, "{address}");
    }
}

#[test]
fn a_plan_is_told_what_is_left() {
    assert_eq!(YearPlan::default().remarks(), [Remark::Empty]);
    let example = YearPlan::default().example();
    assert_eq!(
        example.remarks(),
        [
            Remark::College(Reach::Planned),
            Remark::Diploma(Reach::Planned),
            Remark::BeforeSenior { halves: 26, enough: true },
        ],
    );
    let done = YearPlan::parse("9=bAbAbAbAc1Ac2Ac3AdAdA&10=aAaAe1Ae2AfAgA&11=oAoAoAoAoAoA&12=oo");
    assert_eq!(
        done.remarks()[..3],
        [
            Remark::College(Reach::Done),
            Remark::Diploma(Reach::Done),
            Remark::BeforeSenior { halves: 30, enough: true },
        ],
    );
    assert_eq!(done.remarks()[3..], [Remark::Overfull { year: Year::Ninth, halves: 6 }]);
    let begun = YearPlan::parse("m=c1A&9=bDb");
    assert_eq!(
        begun.remarks(),
        [
            Remark::College(Reach::Left(26)),
            Remark::Diploma(Reach::Left(190)),
            Remark::BeforeSenior { halves: 4, enough: false },
        ],
    );
    // Eleven before grade 12, not one less.
    assert_eq!(YearPlan::parse("9=aabbbbcccdd").before_senior(), 2 * BEFORE_SENIOR);
    assert_eq!(YearPlan::parse("9=aabbbbcccd&12=de").before_senior(), 2 * (BEFORE_SENIOR - 1));
}

#[test]
fn an_example_goes_on_from_middle_school() {
    let example = YearPlan::parse("m=c1Ae1Dc2&9=bA").example();
    let levels = |year: Year, subject: Subject| {
        example
            .courses(year)
            .iter()
            .find(|course| course.class.subject() == subject)
            .and_then(|course| course.class.level())
    };
    assert_eq!([Year::Ninth, Year::Tenth].map(|year| levels(year, Subject::Math)), [Some(3), Some(4)]);
    assert_eq!([Year::Ninth, Year::Tenth].map(|year| levels(year, Subject::Language)), [Some(1), Some(2)]);
}
