//! Who is somebody in Pathways? Roles, the organisations where they are worn, age bands, and the names of rows.

mod band;
pub mod card;
mod id;
pub mod lock;
mod role;
pub mod screening;
pub mod suspension;
mod words;

pub use band::Band;
pub use id::{GrantId, NoId, OrganisationId, PersonId};
pub use role::{Kind, Role};
