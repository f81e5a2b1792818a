//! What needs somebody now, and the rooms of their role.

use super::super::gate::{Answer, Halt};
use super::super::signed::Signed;
use super::super::visitor::Visitor;
use app::people::home::{self as view, Door, Home};
use backend::admin::operations;
use backend::admin::rights::{correction, deletion};
use backend::clock::today_in_los_angeles;
use backend::family::Child;
use backend::people::{card, screening};
use backend::{Stop, family};
use domain::people::Role;
use domain::policy::{Action, Actor, Reach, Strength};
use text::ServerText;
use text::day::day_words;

/// Home.
pub(in super::super) async fn page(signed: Signed) -> Answer {
    let text = signed.visitor.text();
    let role = signed.session.wearer.role;
    let children = children(&signed).await?;
    let home = Home {
        now: now(&signed, text, &children).await?,
        rooms: match role {
            Some(role) => [classes(&signed, text, role).await?, rooms(text, role, &children)].concat(),
            None => Vec::new(),
        },
        student: role == Some(Role::Student),
        empty: match role {
            None => Some(text.own_home_no_role()),
            Some(Role::Ambassador) => Some(text.own_home_ambassador()),
            Some(_) => None,
        },
    };
    let name = signed.session.person.given_name.clone();
    Ok(signed.page(text.people_home(), |site| view::page(site, &name, &home)))
}

fn door(path: &str, title: &str, why: impl Into<String>) -> Door {
    Door { path: path.to_owned(), title: title.to_owned(), why: why.into() }
}

/// The children of a guardian; nobody else has any.
async fn children(signed: &Signed) -> Result<Vec<Child>, Halt> {
    match signed.session.wearer.role {
        Some(Role::Guardian) => {
            family::children(signed.database(), signed.clock(), &signed.actor()).await.map_err(never)
        }
        _ => Ok(Vec::new()),
    }
}

/// The way to the record of each child who does not decide alone yet.
fn records(text: ServerText, children: &[Child]) -> Vec<Door> {
    let minors = children.iter().filter(|child| !child.of_age);
    let record = |child: &Child| {
        let (path, title) = (format!("/record/{}", child.id), text.family_record_of(&child.given_name));
        door(&path, &title, text.own_home_record_of())
    };
    minors.map(record).collect()
}

/// Most classes that have a door of their own; who has more finds them in the list.
const MOST_CLASSES: usize = 6;

/// The way to each class of a teacher: who lost a card stands there.
async fn classes(signed: &Signed, text: ServerText, role: Role) -> Result<Vec<Door>, Halt> {
    if role != Role::Teacher || signed.session.wearer.strength < Strength::Two {
        return Ok(Vec::new());
    }
    let most = i64::try_from(MOST_CLASSES + 1).unwrap_or(i64::MAX);
    let classes = card::classes(signed.database(), &signed.actor(), most).await?;
    if classes.len() > MOST_CLASSES {
        return Ok(Vec::new());
    }
    let class = |class: card::Class| {
        let path = format!("/organisations/{}", class.id);
        door(&path, &class.name, text.own_home_class_of(class.students))
    };
    Ok(classes.into_iter().map(class).collect())
}

/// What waits, most pressing first.
async fn now(signed: &Signed, text: ServerText, children: &[Child]) -> Result<Vec<Door>, Halt> {
    let wearer = &signed.session.wearer;
    let mut now = Vec::new();
    let Some(role) = wearer.role else { return Ok(now) };
    if role.needs_second_factor() && wearer.strength == Strength::District {
        return Ok(vec![door("/account", text.own_home_no_second(), text.own_home_no_second_why())]);
    }
    if role.needs_second_factor() && wearer.strength < Strength::Two {
        // Nothing else opens before that.
        return Ok(vec![door("/account/keys", text.people_set_up(), text.people_refused_second_factor())]);
    }
    let (database, clock, actor) = (signed.database(), signed.clock(), signed.actor());
    for child in children.iter().filter(|child| child.waits) {
        let (path, name) = (format!("/family#c-{}", child.id), &child.given_name);
        now.push(door(&path, &text.family_waits(name), text.family_waits_why(name)));
    }
    if role != Role::Guardian && may_see(&actor, Action::SeeFamily) {
        let waiting = family::waiting(database, clock, &actor).await.map_err(never)?;
        match role {
            _ if waiting == 0 => {}
            Role::Student => now.push(door("/family", text.own_home_own_yes(), text.own_home_own_yes_how())),
            _ => now.push(door(
                "/family?waits=1",
                &text.own_home_waiting(waiting),
                text.own_home_waiting_how(),
            )),
        }
    }
    if matches!(role, Role::Guardian | Role::Teacher | Role::Staff) {
        let going = deletion::waiting(database, &actor).await?;
        now.extend(going.into_iter().map(|going| told_deletion(&signed.visitor, role, &going)));
    }
    if matches!(role, Role::Staff | Role::Safety) {
        let running_out = screening::board(database, clock, &actor).await?.runs_out().len();
        if running_out > 0 {
            let title = text.own_home_runs_out(running_out);
            now.push(door("/screening#urgent", &title, text.own_home_runs_out_how()));
        }
    }
    if role == Role::Mentor && !wearer.cleared {
        now.push(door("/screening", text.own_home_own_screening(), text.own_home_own_screening_how()));
    }
    if may_see(&actor, Action::AnswerCorrection) {
        let open = correction::waiting(database, &actor).await?;
        if open > 0 {
            now.push(door("/corrections", &text.own_home_open(open), text.own_home_corrections_why()));
        }
    }
    if role == Role::Operator {
        let unsent = operations::look(database, clock, &actor).await?.outbox.given_up;
        let unsent: i64 = unsent.iter().map(|(_, many)| many).sum();
        if let Ok(unsent @ 1..) = usize::try_from(unsent) {
            now.push(door("/operations", &text.own_home_unsent(unsent), text.own_home_unsent_how()));
        }
    }
    Ok(now)
}

/// A deletion that waits: whose, and for what.
fn told_deletion(visitor: &Visitor, role: Role, going: &deletion::Waiting) -> Door {
    let text = visitor.text();
    let day = day_words(*text, &today_in_los_angeles(going.due_at).to_string());
    let record = format!("/record/{}", going.person);
    if role == Role::Guardian && going.agreed {
        door(&record, &text.rights_title_of(&going.given_name), text.rights_going_on(&day))
    } else if role == Role::Guardian {
        door(&record, &text.own_home_wished(&going.given_name), text.own_home_wished_yours())
    } else {
        let why = text.own_home_wished_place();
        door(&format!("/people/{}", going.person), &text.own_home_wished(&going.name), why)
    }
}

/// Whether the role has a row for this at all.
fn may_see(actor: &Actor, action: Action) -> bool {
    actor.role().is_some_and(|role| action.reach(role) != Reach::No)
}

/// Counting what waits takes nothing from a person, so nothing can be wrong with it.
fn never(stop: Stop<backend::family::Wrong>) -> Halt {
    match stop {
        Stop::Refused(refusal) => refusal.into(),
        Stop::Fault(fault) => fault.into(),
        Stop::Wrong(_) => Halt::Missing,
    }
}

/// The rooms of a role, those used most first.
fn rooms(text: ServerText, role: Role, children: &[Child]) -> Vec<Door> {
    let organisations = || door("/organisations", text.places_title(), text.own_home_organisations());
    let people = || door("/people", text.own_home_people(), text.own_home_people_why());
    let invite = || door("/invite", text.invite_title(), text.own_home_invite());
    let family = || door("/family", text.own_home_family(), text.own_home_family_why());
    let screening = || door("/screening", text.own_home_screening(), text.own_home_screening_why());
    let corrections = || door("/corrections", text.own_home_corrections(), text.own_home_corrections_why());
    let rosters = || door("/rosters", text.own_home_rosters(), text.own_home_rosters_why());
    let explore = || door("/start", text.frame_start(), text.own_home_explore());
    match role {
        Role::Student => vec![
            explore(),
            door("/list", text.frame_list(), text.own_home_list()),
            door("/record", text.account_record(), text.own_home_record()),
            family(),
        ],
        Role::Guardian => {
            let explore = door("/start", text.frame_start(), text.own_home_explore_with());
            [vec![family()], records(text, children), vec![explore]].concat()
        }
        Role::Mentor => vec![screening()],
        Role::Ambassador => vec![],
        Role::Teacher => {
            vec![
                people(),
                door("/organisations", text.places_classes(), text.own_home_classes()),
                family(),
                door("/class", text.frame_class(), text.own_home_class()),
            ]
        }
        Role::Staff => {
            vec![people(), screening(), family(), organisations(), invite(), corrections(), rosters()]
        }
        Role::Safety => vec![
            people(),
            screening(),
            door("/holds", text.own_home_holds(), text.own_home_holds_why()),
            organisations(),
        ],
        Role::Analyst => vec![rosters(), people(), organisations(), invite(), corrections()],
        Role::Operator => vec![
            door("/operations", text.own_home_operations(), text.own_home_operations_why()),
            organisations(),
            invite(),
            rosters(),
        ],
    }
}
