//! Why did nothing come of what was asked?

use crate::fault::Fault;
use domain::policy::Refusal;
use std::convert::Infallible;

/// Why a use case wrote nothing. `W` is what can be wrong with what a person sent: a closed enum of the feature.
#[derive(Debug, thiserror::Error)]
pub enum Stop<W: std::error::Error = Infallible> {
    /// The actor may not; a person is told.
    #[error(transparent)]
    Refused(Refusal),
    /// What was sent is wrong; a person is told, and loses nothing of what they typed.
    #[error(transparent)]
    Wrong(W),
    /// Something broke; the operator is told.
    #[error(transparent)]
    Fault(Fault),
}

impl<W: std::error::Error> From<Refusal> for Stop<W> {
    fn from(refusal: Refusal) -> Stop<W> {
        Stop::Refused(refusal)
    }
}

impl<W: std::error::Error> From<Fault> for Stop<W> {
    fn from(fault: Fault) -> Stop<W> {
        Stop::Fault(fault)
    }
}

impl<W: std::error::Error> From<sqlx::Error> for Stop<W> {
    fn from(cause: sqlx::Error) -> Stop<W> {
        Stop::Fault(cause.into())
    }
}
