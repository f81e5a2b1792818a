//! Is any address a plan that says the same when read again, and can be counted?
#![no_main]

use domain::years::{Year, YearPlan};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let plan = YearPlan::parse(&String::from_utf8_lossy(bytes));
    assert_eq!(YearPlan::parse(&plan.to_address()), plan);
    assert!(plan.tally().college().left <= plan.tally_through(Year::Middle).college().left);
    plan.remarks();
    assert_eq!(plan.example().tally().college().left, 0);
});
