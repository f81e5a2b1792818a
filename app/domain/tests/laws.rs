//! Laws that every answer keeps, whatever the catalogue and the question.

#[path = "laws/made.rs"]
mod made;

use domain::explorer::catalogue::on_grid;
use domain::explorer::figure::Fact;
use domain::explorer::query::{BOUNDS, Grades, Kind, MILES, PER_PAGE, Query, Size, Sort};
use domain::explorer::school::School;
use domain::explorer::{Catalogue, Explorer, StartAnswer, Understood};
use proptest::prelude::*;
use std::collections::BTreeSet;

fn set(explorer: &Explorer, query: &Query) -> BTreeSet<u32> {
    explorer.all_hits(query).into_iter().collect()
}

fn total(explorer: &Explorer, query: &Query, change: impl FnOnce(&mut Query)) -> usize {
    explorer.ask(&query.with(change)).total
}

/// Each choice, as a change that narrows a question.
fn narrowings(query: &Query) -> Vec<Query> {
    let mut all = vec![
        query.with(|query| query.gopass = true),
        query.with(|query| query.rail = true),
        query.with(|query| query.alternative = false),
        query.with(|query| query.virtual_too = false),
    ];
    if query.kinds.is_empty() {
        all.extend(Kind::ALL.iter().map(|kind| query.with(|query| query.kinds = vec![*kind])));
    }
    if query.sizes.is_empty() {
        all.extend(Size::ALL.iter().map(|size| query.with(|query| query.sizes = vec![*size])));
    }
    if query.grades.is_empty() {
        all.extend(Grades::ALL.iter().map(|grades| query.with(|query| query.grades = vec![*grades])));
    }
    all.extend(
        MILES
            .iter()
            .filter(|miles| query.miles.is_none_or(|asked| **miles <= asked))
            .map(|miles| query.with(|query| query.miles = Some(*miles))),
    );
    for (fact, bounds) in
        BOUNDS.into_iter().filter(|(fact, _)| query.bounds.iter().all(|(other, _)| other != fact))
    {
        all.extend(bounds.iter().map(|bound| query.with(|query| query.bounds.push((fact, *bound)))));
    }
    if query.text.is_empty() {
        all.extend(["high", "roosvelt", "90033"].map(|text| query.with(|query| query.text = text.into())));
    }
    all
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, ..ProptestConfig::default() })]

    #[test]
    fn a_filter_never_adds(catalogue in made::catalogue(40), query in made::query()) {
        let explorer = Explorer::new(catalogue);
        let before = set(&explorer, &query);
        for narrower in narrowings(&query) {
            prop_assert!(set(&explorer, &narrower).is_subset(&before), "{}", narrower.to_address());
        }
    }

    #[test]
    fn a_result_is_what_was_asked_for(catalogue in made::catalogue(40), query in made::query()) {
        let explorer = Explorer::new(catalogue);
        let start = explorer.ask(&query).start;
        for at in explorer.all_hits(&query) {
            let school = explorer.school(at);
            prop_assert!(query.alternative || school.alternative.is_none());
            prop_assert!(query.kinds.is_empty() || query.kinds.iter().any(|kind| kind.fits(school)));
            prop_assert!(query.sizes.is_empty()
                || school.students.is_some_and(|students| query.sizes.contains(&Size::of(students))));
            prop_assert!(!query.gopass || school.gopass == Some(true));
            prop_assert!(!query.rail || school.rail.is_some());
            for (fact, bound) in &query.bounds {
                let tenths = school.figure(*fact).tenths();
                let bound = i16::from(*bound) * 10;
                let more = fact.more_is_better();
                prop_assert!(tenths.is_some_and(|tenths| tenths == bound || (tenths > bound) == more));
            }
            if let (Some(start), Some(miles)) = (&start, query.miles) {
                let far = school.point.map(|point| start.point.miles_to(point));
                prop_assert!(far.is_some_and(|far| far <= f32::from(miles) + 0.001));
            }
        }
    }

    #[test]
    fn counts_are_what_asking_gives(catalogue in made::catalogue(40), query in made::query()) {
        let explorer = Explorer::new(catalogue);
        let counts = explorer.ask(&query).counts;
        let before = set(&explorer, &query);
        // Of a group: what is on is counted in the results; what is off is what a tap leaves, or adds beside others.
        let told = |count: usize, on: bool, alone: bool, fits: &dyn Fn(&School) -> bool, tapped: Query| {
            let after = explorer.ask(&tapped).total;
            match (on, alone) {
                (true, _) => count == before.iter().filter(|at| fits(explorer.school(**at))).count(),
                (false, true) => count == after,
                (false, false) => count == after - before.len(),
            }
        };
        for kind in Kind::ALL {
            let tapped = query.with(|query| query.kinds.push(*kind));
            let (on, alone) = (query.kinds.contains(kind), query.kinds.is_empty());
            prop_assert!(told(counts.kind(*kind), on, alone, &|school| kind.fits(school), tapped));
        }
        for size in Size::ALL {
            let tapped = query.with(|query| query.sizes.push(*size));
            let (on, alone) = (query.sizes.contains(size), query.sizes.is_empty());
            let fits = |school: &School| school.students.map(Size::of) == Some(*size);
            prop_assert!(told(counts.size(*size), on, alone, &fits, tapped));
        }
        for grades in Grades::ALL {
            let tapped = query.with(|query| query.grades.push(*grades));
            let (on, alone) = (query.grades.contains(grades), query.grades.is_empty());
            let fits = |school: &School| Grades::from_lowest(school.grades.0) == *grades;
            prop_assert!(told(counts.grades(*grades), on, alone, &fits, tapped));
        }
        let tapped = query.with(|query| query.alternative = true);
        let fits = |school: &School| school.alternative.is_some();
        prop_assert!(told(counts.alternative, query.alternative, false, &fits, tapped));
        let tapped = query.with(|query| query.virtual_too = true);
        let fits = |school: &School| school.setting != SETTING || !school.in_county;
        prop_assert!(told(counts.virtual_too, query.virtual_too, false, &fits, tapped));
        for miles in MILES {
            prop_assert_eq!(counts.miles(miles), total(&explorer, &query, |query| query.miles = Some(miles)));
        }
        for (fact, bounds) in BOUNDS {
            for bound in bounds {
                let asked = total(&explorer, &query, |query| {
                    query.bounds.retain(|(other, _)| *other != fact);
                    query.bounds.push((fact, *bound));
                });
                prop_assert_eq!(counts.bound(fact, *bound), asked);
            }
        }
        prop_assert_eq!(counts.gopass, total(&explorer, &query, |query| query.gopass = true));
        prop_assert_eq!(counts.rail, total(&explorer, &query, |query| query.rail = true));
    }

    #[test]
    fn a_near_miss_tells_the_truth(
        catalogue in made::catalogue(40),
        mut query in made::query(),
        pin in proptest::option::of(0_usize..40),
    ) {
        query.pin = pin.and_then(|at| catalogue.schools.get(at)).map(|school| school.cds);
        let explorer = Explorer::new(catalogue);
        let near_misses = explorer.ask(&query).near_misses;
        let pinned = query.pin.and_then(|pin| explorer.find(pin));
        prop_assert!(near_misses.len() <= 3);
        let before = set(&explorer, &query);
        for near in near_misses {
            let after = explorer.all_hits(&near.query);
            let all: BTreeSet<u32> = after.iter().copied().collect();
            prop_assert!(before.is_subset(&all), "{:?}", near.change);
            prop_assert!(near.adds > 0);
            prop_assert_eq!(near.query.page, 1);
            // The pinned school stands above the results before and after.
            let added: Vec<u32> =
                after.into_iter().filter(|at| !before.contains(at) && Some(*at) != pinned).collect();
            prop_assert_eq!(added.len(), near.adds);
            prop_assert_eq!(&added[..added.len().min(3)], near.examples);
        }
    }

    #[test]
    fn a_hidden_school_that_is_named_is_a_near_miss(catalogue in made::catalogue(20)) {
        let explorer = Explorer::new(catalogue);
        for (at, school) in (0_u32..).zip(&explorer.catalogue().schools) {
            let query = Query { text: school.name.clone(), page: 1, ..Query::default() };
            let answer = explorer.ask(&query);
            let zip = matches!(answer.understood, Understood::Zip { .. });
            let shown = explorer.all_hits(&query).contains(&at);
            let offered = answer.near_misses.iter().any(|near| explorer.all_hits(&near.query).contains(&at));
            // One that is hidden for two reasons may have to wait until one of them is gone.
            let one_reason = school.alternative.is_none() || school.in_county && school.setting == SETTING;
            prop_assert!(zip || shown || offered || !one_reason);
        }
    }

    #[test]
    fn pages_part_the_results(catalogue in made::catalogue(90), query in made::query()) {
        let explorer = Explorer::new(catalogue);
        let first = explorer.ask(&query);
        let mut paged = Vec::new();
        for page in 1..=first.pages {
            let answer = explorer.ask(&Query { page, ..query.clone() });
            prop_assert_eq!((answer.page, answer.pages, answer.total), (page, first.pages, first.total));
            prop_assert!(answer.hits.len() <= PER_PAGE);
            prop_assert!(page == answer.pages || answer.hits.len() == PER_PAGE);
            paged.extend(answer.hits.iter().map(|hit| hit.school));
        }
        prop_assert_eq!(&paged, &explorer.all_hits(&query));
        prop_assert_eq!(paged.iter().collect::<BTreeSet<_>>().len(), first.total);
        prop_assert_eq!(explorer.ask(&Query { page: u16::MAX, ..query }).page, first.pages);
    }

    #[test]
    fn order_is_total_and_independent_of_the_file(catalogue in made::catalogue(40), query in made::query()) {
        let mut turned = catalogue.clone();
        turned.schools.reverse();
        let (one, other) = (Explorer::new(catalogue), Explorer::new(turned));
        prop_assert_eq!(one.ask(&query), other.ask(&query));
        prop_assert_eq!(one.all_hits(&query), other.all_hits(&query));
        prop_assert_eq!(one.all_hits(&query), one.all_hits(&query));
    }

    #[test]
    fn what_is_not_known_stands_last(catalogue in made::catalogue(40), query in made::query()) {
        let explorer = Explorer::new(catalogue);
        for sort in Sort::all() {
            let query = query.with(|query| query.sort = sort);
            if explorer.ask(&query).closest_first {
                prop_assert!(matches!(sort, Sort::Fit | Sort::Distance) && !query.text.is_empty());
                continue;
            }
            let answer = explorer.ask(&query);
            let hits = explorer.all_hits(&query);
            let unknown = |at: &u32| {
                let school = explorer.school(*at);
                let fit = || [Fact::Graduation, Fact::AgReady, Fact::Absence];
                match sort {
                    Sort::Name => false,
                    Sort::Students => school.students.is_none(),
                    Sort::Best(fact) => school.figure(fact).tenths().is_none(),
                    Sort::Distance if answer.start.is_some() => school.point.is_none(),
                    Sort::Fit | Sort::Distance => has_no_fit(&explorer, *at, &fit()),
                }
            };
            let known = hits.iter().take_while(|at| !unknown(at)).count();
            prop_assert!(hits[known..].iter().all(unknown), "{:?}", sort);
            prop_assert_eq!(hits.len() - known, answer.unknown_last, "{:?}", sort);
            if let Sort::Best(fact) = sort {
                let values: Vec<_> = hits[..known].iter().filter_map(|at| explorer.school(*at).figure(fact).tenths()).collect();
                let mut best = values.clone();
                best.sort_unstable();
                if fact.more_is_better() {
                    best.reverse();
                }
                prop_assert_eq!(values, best);
            }
        }
    }

    #[test]
    fn a_chosen_order_is_the_same_with_and_without_a_text(catalogue in made::catalogue(40), query in made::query()) {
        let explorer = Explorer::new(catalogue);
        let started = explorer.ask(&query).start.is_some();
        let chosen = |sort: &Sort| *sort != Sort::Fit && (*sort != Sort::Distance || started);
        for sort in Sort::all().filter(chosen) {
            let query = query.with(|query| query.sort = sort);
            let found = set(&explorer, &query);
            let all = explorer.all_hits(&query.with(|query| query.text.clear()));
            let expected: Vec<u32> = all.into_iter().filter(|at| found.contains(at)).collect();
            prop_assert_eq!(explorer.all_hits(&query), expected, "{:?}", sort);
        }
    }

    #[test]
    fn an_offered_kind_is_what_asking_gives(
        catalogue in made::catalogue(40),
        query in made::query(),
        text in proptest::sample::select(&["magnet", "escuelas charter", "high school"][..]),
    ) {
        let explorer = Explorer::new(catalogue);
        let query = query.with(|query| query.text = text.into());
        let answer = explorer.ask(&query);
        if let Some(offer) = answer.offer {
            prop_assert_eq!(explorer.ask(&offer.query).total, offer.total);
            prop_assert!(offer.total > answer.total);
            prop_assert_eq!(offer.query.text, "");
            prop_assert_eq!(offer.query.kinds, offer.kind.into_iter().collect::<Vec<_>>());
        }
    }

    #[test]
    fn a_school_is_found_by_each_of_its_names_on_the_first_page(catalogue in made::catalogue(20)) {
        let explorer = Explorer::new(catalogue);
        for (at, school) in (0_u32..).zip(&explorer.catalogue().schools) {
            for name in std::iter::once(&school.name).chain(&school.aliases) {
                let text = name.to_uppercase();
                let query = Query { text, alternative: true, virtual_too: true, page: 1, ..Query::default() };
                let answer = explorer.ask(&query);
                let zip = matches!(answer.understood, Understood::Zip { .. });
                prop_assert!(zip || answer.hits.iter().any(|hit| hit.school == at), "{}", name);
            }
        }
    }

    #[test]
    fn picks_change_nothing_in_the_answer(catalogue in made::catalogue(40), query in made::query()) {
        let explorer = Explorer::new(catalogue);
        let unpicked = query.with(|query| query.picked.clear());
        let (mut answer, other) = (explorer.ask(&query.with(|_| ())), explorer.ask(&unpicked));
        for near in &mut answer.near_misses {
            prop_assert_eq!(&near.query.picked, &query.picked);
            near.query.picked.clear();
        }
        if let Some(offer) = &mut answer.offer {
            prop_assert_eq!(&offer.query.picked, &query.picked);
            offer.query.picked.clear();
        }
        prop_assert_eq!(answer, other);
        prop_assert_eq!(explorer.all_hits(&query), explorer.all_hits(&unpicked));
    }

    #[test]
    fn an_address_says_the_same_question(query in made::query()) {
        prop_assert_eq!(Query::parse(&query.to_address()), query);
    }

    #[test]
    fn any_address_is_read_the_same_the_second_time(raw in "\\PC{0,200}") {
        let query = Query::parse(&raw);
        prop_assert_eq!(Query::parse(&query.to_address()), query);
    }

    #[test]
    fn a_start_is_found_by_its_key(catalogue in made::catalogue(3)) {
        let explorer = Explorer::new(catalogue);
        for start in &explorer.catalogue().starts {
            if start.key.trim() == start.key && !domain::explorer::fold(&start.key).is_empty() {
                let StartAnswer::Found(found) = explorer.start(&start.key) else { panic!("{} not found", start.key) };
                prop_assert_eq!(&found.key, &start.key);
            }
        }
    }

    #[test]
    fn a_catalogue_comes_back_as_it_was(catalogue in made::catalogue(30)) {
        let mut expected: Catalogue = catalogue.clone();
        expected.schools.iter_mut().for_each(|school| school.point = school.point.map(on_grid));
        expected.starts.iter_mut().for_each(|start| start.point = on_grid(start.point));
        let moved = catalogue.starts.iter().zip(&expected.starts);
        for (before, after) in moved {
            prop_assert!(before.point.miles_to(after.point) * 1_609.344 <= 5.0);
        }
        let decoded = Catalogue::decode(&catalogue.encode());
        prop_assert_eq!(decoded.as_ref(), Ok(&expected));
        let again = Catalogue::decode(&expected.encode());
        prop_assert_eq!(again.as_ref(), Ok(&expected));
    }
}

const SETTING: domain::explorer::school::Setting = domain::explorer::school::Setting::Classroom;

/// Is the fit of a school not known: are there fewer than two facts that both it and some choosable school have?
fn has_no_fit(explorer: &Explorer, at: u32, facts: &[Fact]) -> bool {
    let schools = &explorer.catalogue().schools;
    let ranked = |fact: &&Fact| schools.iter().any(|s| s.is_default() && s.figure(**fact).tenths().is_some());
    facts.iter().filter(ranked).filter(|fact| explorer.school(at).figure(**fact).tenths().is_some()).count()
        < 2
}
