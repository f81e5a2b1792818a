//! How is a kind of notice called, when does one come, and why was one not sent?

use domain::outbox::{NoticeKind, Unsent, Way};
use text::ServerText;

/// The kind in the language in use.
pub fn kind(text: ServerText, kind: NoticeKind) -> &'static str {
    match kind {
        NoticeKind::Invited => text.notices_kind_invited(),
        NoticeKind::NewDevice => text.notices_kind_new_device(),
        NoticeKind::KeysChanged => text.notices_kind_keys_changed(),
        NoticeKind::NewPassword => text.notices_kind_new_password(),
        NoticeKind::ScreeningStopped => text.notices_kind_screening_stopped(),
        NoticeKind::ScreeningDone => text.notices_kind_screening_done(),
        NoticeKind::DeletionAsked => text.notices_kind_deletion_asked(),
        NoticeKind::Reinstated => text.notices_kind_reinstated(),
        NoticeKind::Suspended => text.notices_kind_suspended(),
        NoticeKind::ScreeningEnds => text.notices_kind_screening_ends(),
        NoticeKind::ScreeningBoard => text.notices_kind_screening_board(),
        NoticeKind::GuardianJoined => text.notices_kind_guardian_joined(),
        NoticeKind::ConsentChanged => text.notices_kind_consent_changed(),
        NoticeKind::CorrectionAnswered => text.notices_kind_correction_answered(),
        NoticeKind::Deleted => text.notices_kind_deleted(),
    }
}

/// When notices come.
pub fn way(text: ServerText, way: Way) -> &'static str {
    match way {
        Way::Now => text.notices_way_now(),
        Way::Digest => text.notices_way_digest(),
        Way::Never => text.notices_way_never(),
    }
}

/// Why a notice was not sent, for the operator.
pub fn unsent(text: ServerText, why: Unsent) -> &'static str {
    match why {
        Unsent::Deleted => text.operations_unsent_deleted(),
        Unsent::Suspended => text.operations_unsent_suspended(),
        Unsent::NoAddress => text.operations_unsent_no_address(),
        Unsent::MadeUp => text.operations_unsent_made_up(),
        Unsent::NotWanted => text.operations_unsent_not_wanted(),
        Unsent::Refused => text.operations_unsent_refused(),
        Unsent::Unreachable => text.operations_unsent_unreachable(),
        Unsent::Unreadable => text.operations_unsent_unreadable(),
    }
}
