//! What could a plan look like that does it all?

use super::course::{Class, Course, Subject, Year};
use super::plan::YearPlan;

impl YearPlan {
    /// A usual spread over four years that fulfils A-G, and the diploma with [`CREDITS`](YearPlan::CREDITS) a class:
    /// six classes a year, the list finished but for one English and the elective before grade 12. It keeps what
    /// this plan has from middle school and goes on from there. An example, not advice.
    #[must_use]
    pub fn example(&self) -> YearPlan {
        use Subject::{Arts, Elective, English, History, Language, Math, Other, Science};
        const SPREAD: [(Year, [Subject; 6]); 4] = [
            (Year::Ninth, [English, Math, Science, Language, Arts, Other]),
            (Year::Tenth, [History, English, Math, Science, Language, Other]),
            (Year::Eleventh, [History, English, Math, Other, Other, Other]),
            (Year::Twelfth, [English, Elective, Other, Other, Other, Other]),
        ];
        let mut plan = YearPlan::default();
        for course in self.courses(Year::Middle) {
            plan.add(Year::Middle, *course);
        }
        for (year, subjects) in SPREAD {
            for subject in subjects {
                let class = Class::at_level(subject, plan.next_level(subject)).unwrap_or(Class::of(subject));
                plan.add(year, Course::planned(class));
            }
        }
        plan
    }

    /// The level after the highest one that is there with a grade that counts, or planned.
    fn next_level(&self, subject: Subject) -> u8 {
        let counts = |course: &&Course| course.grade.for_college() != super::Standing::Not;
        let of_subject =
            self.all().map(|(_, course)| course).filter(|course| course.class.subject() == subject);
        1 + of_subject.filter(counts).filter_map(|course| course.class.level()).max().unwrap_or(0)
    }
}
