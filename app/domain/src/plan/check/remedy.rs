//! What mends a warning, in one tap?

use crate::explorer::school::Cds;
use crate::plan::short_list::ShortList;

/// What mends a warning. Those that change the list do so by [`Remedy::apply`]; the others lead somewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Remedy {
    /// Put the pinned school on the list.
    AddPinned(Cds),
    /// Put this school, the nearest that helps, on the list.
    AddNearest(Cds),
    /// Move a school up until it stands just before another.
    MoveUp {
        /// Which school.
        school: Cds,
        /// Before which.
        above: Cds,
    },
    /// Take these schools off the list.
    Remove(Vec<Cds>),
    /// Look at the dates.
    OpenCalendar,
    /// Ask these schools, and mark them as asked.
    AskQuestion(Vec<Cds>),
    /// Say which school is the person's own if they do nothing.
    PinSchool,
}

impl Remedy {
    /// The list as this remedy leaves it; none when it changes no list.
    pub fn apply(&self, list: &ShortList) -> Option<ShortList> {
        let mut mended = list.clone();
        match self {
            Remedy::AddPinned(cds) | Remedy::AddNearest(cds) => _ = mended.add(*cds),
            Remedy::MoveUp { school, above } => _ = mended.move_above(*school, *above),
            Remedy::Remove(codes) => codes.iter().for_each(|cds| _ = mended.remove(*cds)),
            Remedy::OpenCalendar | Remedy::AskQuestion(_) | Remedy::PinSchool => return None,
        }
        Some(mended)
    }
}
