//! How is an address read, also one that a person shortened, mistyped or made up?

use domain::explorer::figure::Fact;
use domain::explorer::query::{Grades, Kind, Query, Size, Sort};
use domain::explorer::school::Cds;

#[test]
fn an_address_is_read_as_far_as_it_makes_sense() {
    for (raw, address) in [
        ("", ""),
        ("?", ""),
        ("q=bravo", "q=bravo"),
        ("?q=+boyle++heights+", "q=boyle++heights"),
        ("q=pe%C3%B1aloza", "q=pe%C3%B1aloza"),
        ("q=100%", "q=100%25"),
        ("q=%+5", "q=%25+5"),
        ("q=%ff", "q=%EF%BF%BD"),
        ("q=%01+a", "q=a"),
        ("q=a&q=b", "q=b"),
        ("miles=5", ""),
        ("miles=4&from=90033", "from=90033&miles=4"),
        ("kind=magnet,charter,magnet,prep", "kind=charter,magnet"),
        ("kind=magnet&kind=charter", "kind=charter,magnet"),
        ("size=large&grades=9-12,6-12", "size=large&grades=9-12,6-12"),
        ("absence=20&graduation=90&graduation=95", "graduation=95&absence=20"),
        ("graduation=101", ""),
        ("math=3", ""),
        ("gopass=1&rail=yes&alternative=1&virtual=0", "gopass=1&alternative=1"),
        ("sort=distance", "sort=distance"),
        ("sort=stars", ""),
        ("sort=fit", ""),
        ("pin=19647331932888", "pin=19647331932888"),
        ("pin=1964733193288", ""),
        ("s=19647331932888&s=19647331995448,x", "s=19647331932888,19647331995448"),
        ("s=19647331995448,19647331932888,19647331995448", "s=19647331995448,19647331932888"),
        ("page=0", ""),
        ("page=3", "page=3"),
        ("page=70000", ""),
        ("&&=&utm=x", ""),
    ] {
        assert_eq!(Query::parse(raw).to_address(), address, "{raw}");
    }
}

#[test]
fn a_long_text_is_cut_where_it_can_be_read_again() {
    let query = Query::parse(&format!("q={}+b", "a".repeat(79)));
    assert_eq!(query.text.len(), 79);
    assert_eq!(Query::parse(&query.to_address()), query);
}

#[test]
fn every_word_of_an_address_stands_for_one_choice() {
    assert!(Kind::ALL.iter().all(|kind| Kind::from_slug(kind.slug()) == Some(*kind)));
    assert!(Size::ALL.iter().all(|size| Size::from_slug(size.slug()) == Some(*size)));
    assert!(Grades::ALL.iter().all(|grades| Grades::from_slug(grades.slug()) == Some(*grades)));
    assert!(Sort::all().all(|sort| Sort::from_slug(sort.slug()) == Some(sort)));
    assert_eq!(Sort::from_slug("stars"), None);
    // Every fact that a card or a school page shows has its order.
    assert!(Fact::ALL.into_iter().all(|fact| Sort::from_slug(fact.slug()) == Some(Sort::Best(fact))));
    assert_eq!(Sort::Best(Fact::AgReady).slug(), "a-g");
}

#[test]
fn a_question_narrows_only_when_something_beyond_the_defaults_is_asked() {
    for (raw, narrows) in [
        ("", false),
        ("from=90033&sort=name&pin=19647331932888&page=4&alternative=1&s=19647331995448", false),
        ("miles=4", false),
        ("from=90033&miles=4", true),
        ("q=bravo", true),
        ("rail=1", true),
        ("absence=10", true),
    ] {
        assert_eq!(Query::parse(raw).narrows(), narrows, "{raw}");
    }
}

#[test]
fn picks_have_four_places_and_the_pinned_school_takes_one() {
    let code = |at: u64| Cds::from_parts(1_964_733, at).expect("short enough");
    let codes = |from: u64, to: u64| (from..=to).map(code).collect::<Vec<_>>();
    let asked = codes(1, 6).iter().map(Cds::to_string).collect::<Vec<_>>().join(",");
    let query = Query::parse(&format!("s={asked}"));
    assert_eq!((query.picks_most(), &query.picked), (4, &codes(1, 4)));
    // Wherever the pin stands in the address, and whether it was picked or not.
    for raw in [format!("pin={}&s={asked}", code(1)), format!("s={asked}&pin={}", code(1))] {
        let query = Query::parse(&raw);
        assert_eq!((query.picks_most(), &query.picked), (3, &codes(2, 4)));
    }
    assert_eq!(query.with(|query| query.pin = Some(code(9))).picked, codes(1, 3));
    assert_eq!(query.with(|query| query.pin = Some(code(2))).picked, [code(1), code(3), code(4)]);
    assert_eq!(query.with(|query| query.pick(code(7), true)).picked, codes(1, 4));
    assert_eq!(query.with(|query| query.pick(code(1), false)).picked, codes(2, 4));
}
