//! What does each entry of a rule file mean, and do the entries fit together?

use super::section::{Reading, Said, Section};
use super::{Editions, Problem};
use domain::plan::date::{Around, Day, When};
use domain::plan::door::{Door, Doors};
use domain::plan::rulebook::{
    DoorText, Ground, Owner, PointKind, Rule, Rulebook, Source, SourceAt, Status, Step, StepKind, Trap,
};
use domain::plan::short_list::POINTS_MOST;
use std::str::FromStr;

/// The two states a rule or a date can be in, with their words.
const STATUSES: [(Status, &str); 2] = [(Status::Confirmed, "confirmed"), (Status::Expected, "expected")];

/// Languages of a [`Said`] by place.
const EN: usize = 0;
const ES: usize = 1;

/// A source in both languages.
struct Named {
    word: String,
    name: Said,
    url: String,
}

/// An entry in both languages.
type Both<T> = [T; 2];

/// Reads the whole file; none when anything is wrong.
pub(super) fn read(document: &Reading<'_>, problems: &mut Vec<Problem>) -> Option<Editions> {
    let mut file = document.whole(problems);
    let head = head(&mut file);
    let sources = file.named("source", |word, section| {
        let name = section.said("name", false);
        let url = section.read("url", "write an address that begins with https://", |url| {
            (url.starts_with("https://") && !url.contains(char::is_whitespace)).then(|| url.to_owned())
        });
        Some(Named { word: word.to_owned(), name: name?, url: url? })
    });
    let sources = Sources(sources);
    let rules = file.each("rule", |section| rule(section, &sources));
    let span = head.as_ref().map(|head| (head.first, head.last));
    let steps = file.each("step", |section| step(section, &sources, span));
    let before = file.problems();
    let doors = file.each("door", |section| door(section, &sources));
    let doors_are_sound = file.problems() == before;
    let points = file.each("point", |section| point(section, &sources));
    for (key, ids) in [
        ("rule", rules.iter().map(|(line, [rule, _])| (*line, rule.id.as_str())).collect::<Vec<_>>()),
        ("step", steps.iter().map(|(line, [step, _])| (*line, step.id.as_str())).collect()),
        ("point", points.iter().map(|(line, [kind, _])| (*line, kind.id.as_str())).collect()),
        ("door", doors.iter().map(|(line, [text, _])| (*line, text.door.slug())).collect()),
    ] {
        twice(&mut file, key, &ids);
    }
    for (door, word) in Door::ALL {
        if doors_are_sound && !doors.iter().any(|(_, [text, _])| text.door == door) {
            file.problem("door", format!("{word} is missing; every door needs its text"));
        }
    }
    file.close();
    let head = head.filter(|_| problems.is_empty())?;
    let edition = |lang: usize| Rulebook {
        sources: sources
            .0
            .iter()
            .map(|s| Source { name: s.name[lang].clone(), url: s.url.clone() })
            .collect(),
        rules: rules.iter().map(|(_, both)| both[lang].clone()).collect(),
        steps: steps.iter().map(|(_, both)| both[lang].clone()).collect(),
        doors: doors.iter().map(|(_, both)| both[lang].clone()).collect(),
        points: points.iter().map(|(_, both)| both[lang].clone()).collect(),
        ..head.clone()
    };
    Some(Editions { en: edition(EN), es: edition(ES) })
}

/// An id that stands there a second time.
fn twice(file: &mut Section<'_>, key: &str, ids: &[(usize, &str)]) {
    for (at, (line, id)) in ids.iter().enumerate() {
        if let Some((before, _)) = ids[..at].iter().find(|(_, other)| other == id) {
            file.problem_on(*line, key, format!("{id:?} stands on line {before} already"));
        }
    }
}

/// What stands at the head of the file, as a rulebook without entries.
fn head(file: &mut Section<'_>) -> Option<Rulebook> {
    let district = file.word("district").map(str::to_owned);
    let entry = |season: &str| {
        let (begins, ends) = season.split_once('-')?;
        let (begins, short): (i16, i16) = (begins.parse().ok()?, ends.parse().ok()?);
        let good = ends.len() == 2 && (1900..2199).contains(&begins) && (begins + 1) % 100 == short;
        good.then_some(begins + 1)
    };
    let season = file.read("season", "write a school year, such as 2026-27", |season| {
        entry(season).map(|entry| (season.to_owned(), entry))
    });
    let [first, last, edited] = ["first", "last", "edited"].map(|key| day(file, key));
    let ((season, entry), first, last) = (season?, first?, last?);
    if last < first {
        file.problem("last", format!("it is before the first day, {first}"));
        return None;
    }
    let book = Rulebook {
        district: district?,
        season,
        entry,
        first,
        last,
        edited: edited?,
        sources: Vec::new(),
        rules: Vec::new(),
        steps: Vec::new(),
        doors: Vec::new(),
        points: Vec::new(),
    };
    Some(book)
}

fn day<'d>(section: &mut Section<'d>, key: &'d str) -> Option<Day> {
    section
        .read(key, "write a day that the calendar has, such as 2026-11-13", |text| Day::from_str(text).ok())
}

fn around<'d>(section: &mut Section<'d>, key: &'d str) -> Option<Around> {
    let how = "write a month and its part: early, mid or late, such as 2027-02 early";
    section.read(key, how, |text| Around::from_str(text).ok())
}

struct Sources(Vec<Named>);

impl Sources {
    fn find(&self, word: &str) -> Option<SourceAt> {
        let at = self.0.iter().position(|source| source.word == word)?;
        u8::try_from(at).ok().map(SourceAt)
    }
}

/// On what an entry rests.
fn ground(section: &mut Section<'_>, sources: &Sources) -> Option<Ground> {
    let status = section.one_of("status", &STATUSES);
    let year = section.read("year", "write when it was last published: 2024-25, 2024-11 or 2025", |year| {
        is_year(year).then(|| year.to_owned())
    });
    let source = section.read("source", "name one of the [source.NAME] tables", |word| sources.find(word));
    Some(Ground { status: status?, year: year?, source: source? })
}

/// `2025`, `2023-24` (a school year, or years from and to) or `2024-11` (a month).
fn is_year(text: &str) -> bool {
    let digits = |part: &str, many| part.len() == many && part.bytes().all(|byte| byte.is_ascii_digit());
    match text.split_once('-') {
        None => digits(text, 4),
        Some((year, rest)) => digits(year, 4) && digits(rest, 2),
    }
}

/// A name that an address or a calendar can carry.
fn id(section: &mut Section<'_>) -> Option<String> {
    section.read("id", "write small letters, digits and hyphens", |id| {
        let good = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        (!id.is_empty() && id.bytes().all(good)).then(|| id.to_owned())
    })
}

fn doors(section: &mut Section<'_>) -> Option<Doors> {
    section.some_of("doors", &Door::ALL).map(|doors| doors.into_iter().fold(Doors::NONE, Doors::with))
}

fn rule(section: &mut Section<'_>, sources: &Sources) -> Option<(usize, Both<Rule>)> {
    let id = id(section);
    let trap = section.one_of("trap", &Trap::ALL);
    let counts = trap.and_then(Trap::number);
    let number = counts.map(|counts| {
        let number = section.number(counts.slug(), 1..366);
        if number.is_none() && !section.has(counts.slug()) {
            section.problem("", format!("{} is missing", counts.slug()));
        }
        number
    });
    let of_doors = trap.is_some_and(Trap::is_of_doors);
    let doors = if of_doors && section.has("doors") { doors(section) } else { Some(Doors::NONE) };
    let says = section.said("says", number.is_some());
    let why = section.said("why", number.is_some());
    let ground = ground(section, sources);
    let number = match number {
        Some(number) => Some(number?),
        None => None,
    };
    let (id, trap, doors, says, why, ground) = (id?, trap?, doors?, says?, why?, ground?);
    let rule = |lang: usize| Rule {
        id: id.clone(),
        trap,
        doors,
        number,
        says: says[lang].clone(),
        why: why[lang].clone(),
        ground: ground.clone(),
    };
    Some((section.line(), [rule(EN), rule(ES)]))
}

fn step(
    section: &mut Section<'_>,
    sources: &Sources,
    span: Option<(Day, Day)>,
) -> Option<(usize, Both<Step>)> {
    let id = id(section);
    let kind = section.one_of("kind", &StepKind::ALL);
    if !section.has("doors") {
        section.problem("", "doors is missing");
    }
    let doors = doors(section);
    let when = when(section, span);
    let owner = section.one_of("owner", &Owner::ALL);
    let name = section.said("name", false);
    let what = section.said("what", false);
    let paper = section.perhaps_said("paper", false);
    let silence = section.perhaps_said("silence", false);
    let ground = ground(section, sources);
    let (id, kind, doors, when, owner) = (id?, kind?, doors?, when?, owner?);
    let (name, what, ground) = (name?, what?, ground?);
    let step = |lang: usize| Step {
        id: id.clone(),
        kind,
        doors,
        when,
        owner,
        name: name[lang].clone(),
        what: what[lang].clone(),
        paper: paper.as_ref().map(|said| said[lang].clone()),
        silence: silence.as_ref().map(|said| said[lang].clone()),
        ground: ground.clone(),
    };
    Some((section.line(), [step(EN), step(ES)]))
}

/// Words for a step without a date.
const UNDATED: [(When, &str); 2] = [(When::AnyTime, "any-time"), (When::EachSchool, "each-school")];

/// `when`: a table that says how surely the date is known.
fn when(section: &mut Section<'_>, span: Option<(Day, Day)>) -> Option<When> {
    if !section.has("when") {
        section.problem("", "when is missing");
    }
    let mut table = section.section("when")?;
    let found = if table.has("on") {
        day(&mut table, "on").map(When::On)
    } else if table.has("from") {
        let (from, to) = (day(&mut table, "from"), day(&mut table, "to"));
        from.zip(to).map(|(from, to)| When::Between(from, to))
    } else if table.has("about-from") {
        let (from, to) = (around(&mut table, "about-from"), around(&mut table, "about-to"));
        from.zip(to).map(|(from, to)| When::AboutBetween(from, to))
    } else if table.has("about") {
        around(&mut table, "about").map(When::About)
    } else if table.has("by-order-from") {
        around(&mut table, "by-order-from").map(When::ByOrder)
    } else if table.has("is") {
        table.one_of("is", &UNDATED)
    } else {
        table.problem("", "write on, from and to, about, about-from and about-to, by-order-from, or is");
        None
    };
    if found.is_some_and(When::is_reversed) {
        table.problem("", "it ends before it begins");
    } else if let (Some(when), Some((first, last))) = (found, span) {
        let days = [when.first(), when.last()];
        if days.into_iter().flatten().any(|day| day < first || last < day) {
            table.problem("", format!("it is not between {first} and {last}, of which this file speaks"));
        }
    }
    table.close();
    found
}

fn door(section: &mut Section<'_>, sources: &Sources) -> Option<(usize, Both<DoorText>)> {
    let door = section.one_of("door", &Door::ALL);
    let [name, who, how] = ["name", "who", "how"].map(|key| section.said(key, false));
    let note = section.perhaps_said("note", false);
    let ground = ground(section, sources);
    let (door, name, who, how, ground) = (door?, name?, who?, how?, ground?);
    let text = |lang: usize| DoorText {
        door,
        name: name[lang].clone(),
        who: who[lang].clone(),
        how: how[lang].clone(),
        note: note.as_ref().map(|said| said[lang].clone()),
        ground: ground.clone(),
    };
    Some((section.line(), [text(EN), text(ES)]))
}

fn point(section: &mut Section<'_>, sources: &Sources) -> Option<(usize, Both<PointKind>)> {
    let id = id(section);
    let points = section.number("points", 1..u16::from(POINTS_MOST) + 1);
    if !section.has("points") {
        section.problem("", "points is missing");
    }
    let what = section.said("what", false);
    let ground = ground(section, sources);
    let (id, points, what, ground) = (id?, u8::try_from(points?).ok()?, what?, ground?);
    let kind =
        |lang: usize| PointKind { id: id.clone(), points, what: what[lang].clone(), ground: ground.clone() };
    Some((section.line(), [kind(EN), kind(ES)]))
}
