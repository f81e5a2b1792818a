//! How is a form with a file read, without ever holding the file in memory?

use super::super::form::Fields;
use super::super::gate::Halt;
use super::super::signed::Signed;
use axum::extract::multipart::{Field, Multipart};
use axum::extract::{DefaultBodyLimit, FromRequest as _, Request};
use backend::roster::upload::{Incoming, MOST_BYTES, TooLarge};
use backend::{Fault, Stop};
use std::path::Path;

/// The longest field beside the file, in bytes; what is longer is cut.
const LONGEST_FIELD: usize = 1_000;

/// The most fields; a form of ours has four.
const MOST_FIELDS: usize = 16;

/// How much of a body is read before the line is cut. A browser only shows what we answer when it could send
/// everything, so a file that is too large is read on and thrown away, up to here.
const MOST_READ: u64 = 4 * MOST_BYTES;

/// A form that came whole.
pub(super) struct Sent {
    pub(super) fields: Fields,
    pub(super) file: Option<Incoming>,
}

/// Why a form did not come whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bad {
    TooLarge,
    /// It is no such form, or the line was cut.
    Cut,
}

impl Sent {
    /// The file, if one was chosen.
    pub(super) async fn path(&mut self) -> Result<Option<&Path>, Fault> {
        match &mut self.file {
            Some(file) => file.whole().await,
            None => Ok(None),
        }
    }
}

/// Reads a form. Of a file that is too large nothing is kept.
pub(super) async fn receive(signed: &Signed, mut request: Request) -> Result<Result<Sent, Bad>, Halt> {
    DefaultBodyLimit::disable().apply(&mut request);
    let Ok(mut form) = Multipart::from_request(request, &()).await else { return Ok(Err(Bad::Cut)) };
    let mut sent = Sent { fields: Vec::new(), file: None };
    let (mut read, mut too_large) = (0_u64, false);
    for _ in 0..MOST_FIELDS {
        let mut part = match form.next_field().await {
            Ok(Some(part)) => part,
            Ok(None) => return Ok(if too_large { Err(Bad::TooLarge) } else { Ok(sent) }),
            Err(_) => return Ok(Err(Bad::Cut)),
        };
        let is_file = part.name() == Some("file") && part.file_name().is_some();
        if is_file && sent.file.is_none() && !too_large {
            sent.file = Some(signed.app.uploads.receive(signed.clock(), &signed.actor()).await?);
        }
        let name = part.name().unwrap_or_default().to_owned();
        let mut typed = Vec::new();
        while let Some(piece) = match piece(&mut part).await {
            Ok(piece) => piece,
            Err(bad) => return Ok(Err(bad)),
        } {
            read += piece.len() as u64;
            if read > MOST_READ {
                return Ok(Err(Bad::TooLarge));
            }
            if !is_file {
                let room = LONGEST_FIELD.saturating_sub(typed.len());
                typed.extend_from_slice(&piece[..piece.len().min(room)]);
            } else if let Some(file) = &mut sent.file {
                match file.write(&piece).await {
                    Ok(()) => {}
                    Err(Stop::Wrong(TooLarge)) => (sent.file, too_large) = (None, true),
                    Err(Stop::Refused(refusal)) => return Err(refusal.into()),
                    Err(Stop::Fault(fault)) => return Err(fault.into()),
                }
            }
        }
        if !is_file {
            sent.fields.push((name, String::from_utf8_lossy(&typed).into_owned()));
        }
    }
    Ok(Err(Bad::Cut))
}

async fn piece(part: &mut Field<'_>) -> Result<Option<bytes::Bytes>, Bad> {
    part.chunk().await.map_err(|_| Bad::Cut)
}
