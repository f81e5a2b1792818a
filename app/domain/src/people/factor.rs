//! What did somebody show, what does that make them, and what are they asked for next?

use super::Role;
use crate::policy::Strength;

/// One thing that somebody showed while signing in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Proof {
    /// A student's card, with its digits.
    Card,
    /// A password.
    Password,
    /// A passkey that asked its owner for a finger, a face or a PIN: what they have, and what they are or know.
    Passkey,
    /// Six digits of an app on a phone.
    Code,
    /// A recovery code from paper.
    Recovery,
    /// The sign-in of a district.
    District,
    /// A second factor that the district asked for: its provider says so ([`are_two`]), or the operator answers for it.
    DistrictSecond,
}

/// Which second factors somebody has set up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Factors {
    /// How many passkeys.
    pub passkeys: u32,
    /// An app that shows codes, from which a right one was typed.
    pub app: bool,
    /// How many recovery codes are left. They help out, and are no factor to live on.
    pub recovery: u32,
}

/// What comes after somebody showed something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Next {
    /// They are in.
    In,
    /// They show a second factor first.
    ShowSecond,
    /// They are in, and set up a second factor before their role opens anything.
    SetUpSecond,
}

impl Factors {
    /// Whether a password alone is not enough for this account.
    pub const fn is_set_up(self) -> bool {
        self.passkeys > 0 || self.app
    }

    /// What is left when one passkey goes.
    #[must_use]
    pub const fn without_a_passkey(self) -> Factors {
        Factors { passkeys: self.passkeys.saturating_sub(1), ..self }
    }

    /// What is left when the app goes.
    #[must_use]
    pub const fn without_the_app(self) -> Factors {
        Factors { app: false, ..self }
    }
}

/// How sure what was shown makes us; none when it proves nothing by itself.
pub fn strength(shown: &[Proof], has: Factors) -> Option<Strength> {
    let showed = |proof| shown.contains(&proof);
    let code = showed(Proof::Code) || showed(Proof::Recovery);
    if showed(Proof::District) && (showed(Proof::DistrictSecond) || showed(Proof::Passkey) || code) {
        return Some(Strength::Sso);
    }
    if showed(Proof::Passkey) {
        return Some(Strength::Two);
    }
    if showed(Proof::Password) || showed(Proof::District) {
        return Some(match (code, has.is_set_up()) {
            (true, _) => Strength::Two,
            (false, true) => Strength::Half,
            (false, false) if showed(Proof::District) => Strength::District,
            (false, false) => Strength::Password,
        });
    }
    showed(Proof::Card).then_some(Strength::Pin)
}

/// Did a provider see two factors, by the words with which it says how somebody signed in? They are those of RFC 8176:
/// `mfa` itself, or two of what somebody knows, has and is. Any other word proves nothing.
pub fn are_two<'a>(words: impl IntoIterator<Item = &'a str>) -> bool {
    let (mut said, mut knows, mut has, mut is) = (false, false, false, false);
    for word in words {
        match word {
            "mfa" => said = true,
            "pwd" | "pin" | "kba" => knows = true,
            "otp" | "hwk" | "swk" | "sc" | "sms" | "tel" => has = true,
            "face" | "fpt" | "iris" | "retina" | "vbm" => is = true,
            _ => {}
        }
    }
    said || (knows && has) || (knows && is) || (has && is)
}

/// What comes next for somebody with these roles.
pub fn may_get_in(strength: Strength, roles: &[Role]) -> Next {
    match strength {
        Strength::Half => Next::ShowSecond,
        Strength::Pin | Strength::Password | Strength::District if must_have_second(roles) => {
            Next::SetUpSecond
        }
        Strength::Pin | Strength::Password | Strength::District | Strength::Two | Strength::Sso => Next::In,
    }
}

/// What a session is worth when its person has a second factor by now: a password, or a district's word, that was
/// enough when it was given is half a sign-in from then on.
pub const fn worth_now(strength: Strength, second_is_set_up: bool) -> Strength {
    match strength {
        Strength::Password | Strength::District if second_is_set_up => Strength::Half,
        strength => strength,
    }
}

/// For how long it holds that somebody showed who they are, in milliseconds, where lasting access is given.
pub const PROOF_HOLDS: i64 = 10 * 60_000;

/// Whether what was shown at `proved_at` still holds, both in milliseconds.
pub const fn proof_holds(proved_at: i64, now: i64) -> bool {
    now - proved_at <= PROOF_HOLDS
}

/// How far the clock of a district may be off, in milliseconds.
const CLOCKS_DIFFER: i64 = 60_000;

/// Did somebody sign in at a district because they were asked to at `asked_at`? That they are signed in there still,
/// which is all that a provider says without a time, proves nothing. All in milliseconds.
pub const fn signed_in_again(signed_in_at: Option<i64>, asked_at: i64, now: i64) -> bool {
    match signed_in_at {
        Some(at) => at >= asked_at - CLOCKS_DIFFER && at <= now + CLOCKS_DIFFER,
        None => false,
    }
}

/// Whether one of the roles opens nothing before a second factor was shown.
pub fn must_have_second(roles: &[Role]) -> bool {
    roles.iter().any(|role| role.needs_second_factor())
}

/// May somebody with these roles be left with these factors? Who must have one keeps the last one.
pub fn may_be_left_with(left: Factors, roles: &[Role]) -> bool {
    left.is_set_up() || !must_have_second(roles)
}

/// May a district speak for somebody? `worn` holds each role they wear now, and whether it is worn at the district or
/// below. What needs a second factor elsewhere, a district's sign-in does not open: it would be one district's word
/// for another's students.
pub fn district_may_speak_for(worn: &[(Role, bool)]) -> bool {
    worn.iter().all(|(role, inside)| *inside || !role.needs_second_factor())
}

#[cfg(test)]
mod tests {
    use super::*;

    const NONE: Factors = Factors { passkeys: 0, app: false, recovery: 0 };
    const APP: Factors = Factors { app: true, recovery: 10, ..NONE };
    const KEY: Factors = Factors { passkeys: 1, ..NONE };

    #[test]
    fn what_was_shown_makes_us_so_sure() {
        use Proof::{Card, Code, District, DistrictSecond, Passkey, Password, Recovery};
        for (shown, has, sure) in [
            (&[] as &[Proof], APP, None),
            (&[Card], NONE, Some(Strength::Pin)),
            (&[Password], NONE, Some(Strength::Password)),
            (&[Password], APP, Some(Strength::Half)),
            (&[Password], KEY, Some(Strength::Half)),
            (&[Password], Factors { recovery: 10, ..NONE }, Some(Strength::Password)),
            (&[Password, Code], APP, Some(Strength::Two)),
            (&[Password, Recovery], APP, Some(Strength::Two)),
            (&[Password, Passkey], KEY, Some(Strength::Two)),
            (&[Passkey], KEY, Some(Strength::Two)),
            // A code or a piece of paper that somebody found opens nothing by itself.
            (&[Code], APP, None),
            (&[Recovery], APP, None),
            (&[Code, Recovery], APP, None),
            (&[Card, Code], APP, Some(Strength::Pin)),
            (&[District], NONE, Some(Strength::District)),
            (&[District], APP, Some(Strength::Half)),
            (&[District, DistrictSecond], APP, Some(Strength::Sso)),
            (&[District, Code], APP, Some(Strength::Sso)),
            (&[District, Passkey], KEY, Some(Strength::Sso)),
            (&[DistrictSecond], NONE, None),
            (&[Password, DistrictSecond], NONE, Some(Strength::Password)),
        ] {
            assert_eq!(strength(shown, has), sure, "{shown:?} of {has:?}");
        }
    }

    #[test]
    fn no_more_proof_ever_makes_us_less_sure() {
        use Proof::{Card, Code, District, DistrictSecond, Passkey, Password, Recovery};
        let all = [Card, Password, Passkey, Code, Recovery, District, DistrictSecond];
        for has in [NONE, APP, KEY] {
            for set in 0..1_u32 << all.len() {
                let shown: Vec<Proof> =
                    (0..all.len()).filter(|at| set >> at & 1 == 1).map(|at| all[at]).collect();
                for more in all {
                    // A password, or a district, turns a card into half a sign-in: it asks for the rest.
                    if matches!(more, Password | District) && shown.contains(&Card) {
                        continue;
                    }
                    let with: Vec<Proof> = shown.iter().copied().chain([more]).collect();
                    assert!(strength(&with, has) >= strength(&shown, has), "{shown:?} and {more:?}");
                }
            }
        }
    }

    #[test]
    fn a_password_is_half_a_sign_in_once_there_is_a_second_factor() {
        for strength in Strength::ALL {
            assert_eq!(worth_now(strength, false), strength);
            let worth = worth_now(strength, true);
            let alone = matches!(strength, Strength::Password | Strength::District);
            assert_eq!(worth, if alone { Strength::Half } else { strength });
            assert_eq!(worth_now(worth, true), worth);
        }
    }

    #[test]
    fn a_proof_holds_for_ten_minutes() {
        for (now, holds) in [(5, true), (5 + PROOF_HOLDS, true), (6 + PROOF_HOLDS, false), (i64::MAX, false)]
        {
            assert_eq!(proof_holds(5, now), holds, "{now}");
        }
    }

    #[test]
    fn each_role_gets_in_or_learns_what_is_missing() {
        for role in Role::ALL {
            let next = |strength| may_get_in(strength, &[Role::Guardian, *role]);
            assert_eq!(next(Strength::Half), Next::ShowSecond);
            assert_eq!(next(Strength::Two), Next::In);
            assert_eq!(next(Strength::Sso), Next::In);
            let alone = if role.needs_second_factor() { Next::SetUpSecond } else { Next::In };
            assert_eq!(next(Strength::Password), alone, "{role:?}");
            assert_eq!(next(Strength::District), alone, "{role:?}");
        }
        assert_eq!(may_get_in(Strength::Pin, &[Role::Student]), Next::In);
        assert_eq!(may_get_in(Strength::Password, &[]), Next::In);
    }

    #[test]
    fn two_factors_are_two_of_a_kind_each() {
        for (words, two) in [
            (&["mfa"] as &[&str], true),
            (&["pwd", "otp"], true),
            (&["pwd", "mfa", "rsa"], true),
            (&["hwk", "fpt"], true),
            (&["pin", "face"], true),
            (&["pwd", "pin", "kba"], false),
            (&["otp", "sms"], false),
            (&["hwk", "user"], false),
            (&["pwd", "mca"], false),
            (&["MFA"], false),
            (&[], false),
        ] {
            assert_eq!(are_two(words.iter().copied()), two, "{words:?}");
        }
    }

    #[test]
    fn who_must_have_a_second_factor_keeps_the_last_one() {
        for (left, roles, fine) in [
            (APP.without_the_app(), &[Role::Staff] as &[Role], false),
            (KEY.without_a_passkey(), &[Role::Guardian, Role::Mentor], false),
            (Factors { passkeys: 2, ..NONE }.without_a_passkey(), &[Role::Operator], true),
            (Factors { app: true, ..KEY }.without_a_passkey(), &[Role::Safety], true),
            (KEY.without_a_passkey(), &[Role::Teacher], true),
            (APP.without_the_app(), &[], true),
        ] {
            assert_eq!(may_be_left_with(left, roles), fine, "{left:?} {roles:?}");
        }
    }

    #[test]
    fn to_be_signed_in_at_a_district_is_not_to_sign_in_again() {
        let (asked, now) = (1_000_000_000, 1_000_090_000);
        for (at, again) in [
            (None, false),
            (Some(0), false),
            (Some(asked - 60_001), false),
            (Some(asked - 60_000), true),
            (Some(asked + 20_000), true),
            (Some(now + 60_000), true),
            (Some(now + 60_001), false),
            (Some(i64::MAX), false),
        ] {
            assert_eq!(signed_in_again(at, asked, now), again, "{at:?}");
        }
    }

    #[test]
    fn a_district_speaks_only_for_what_is_its_own() {
        for (worn, may) in [
            (&[] as &[(Role, bool)], true),
            (&[(Role::Teacher, true), (Role::Guardian, false)], true),
            (&[(Role::Student, true), (Role::Student, false)], true),
            (&[(Role::Analyst, true)], true),
            (&[(Role::Teacher, true), (Role::Operator, false)], false),
            (&[(Role::Teacher, true), (Role::Mentor, false)], false),
        ] {
            assert_eq!(district_may_speak_for(worn), may, "{worn:?}");
        }
    }
}
