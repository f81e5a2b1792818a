//! Do the short list, the doors, the check and the calendar hold what they promise?

#[path = "plan/calendar.rs"]
mod calendar;
#[path = "plan/check.rs"]
mod check;
#[path = "plan/date.rs"]
mod date;
#[path = "plan/door.rs"]
mod door;
#[path = "plan/made.rs"]
mod made;
#[path = "plan/rulebook.rs"]
mod rulebook;
#[path = "plan/short_list.rs"]
mod short_list;
