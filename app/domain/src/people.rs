//! Who is somebody in Pathways? Roles, the organisations where they are worn, age bands, and the names of rows.

mod band;
pub mod card;
pub mod factor;
mod id;
pub mod lock;
pub mod name;
mod recovery;
mod role;
pub mod screening;
pub mod suspension;
mod words;

pub use band::Band;
pub use id::{GrantId, NoId, OrganisationId, PersonId};
pub use recovery::{NoRecoveryCode, RECOVERY_CODES, RecoveryCode};
pub use role::{Kind, Role};
