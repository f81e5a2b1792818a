//! How does a mail leave the machine? To a mail server, or into a folder while Pathways is tried out.

use crate::fault::Fault;
use domain::outbox::Unsent;
use lettre::transport::smtp::Error;
use lettre::{AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor};
use std::fmt;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// How long a mail server may take for each of its answers.
const PATIENCE: Duration = Duration::from_secs(20);

/// Where mails go.
#[derive(Clone)]
pub enum Post {
    /// To a mail server.
    Smtp(AsyncSmtpTransport<Tokio1Executor>),
    /// Into a folder, each a file that ends in `.eml`.
    Folder(PathBuf),
}

impl Post {
    /// Opens `folder:PATH`, `smtps://USER:PASSWORD@HOST` or `smtp://USER:PASSWORD@HOST`. The last begins in plain words
    /// and demands encryption before anything is said, except to this machine itself, where `?tls=required` demands it
    /// too. Whom a certificate must come from says the machine, or `SSL_CERT_FILE`. Needs a running `tokio`.
    ///
    /// # Errors
    /// [`Fault::Post`] for anything else.
    pub fn open(address: &str) -> Result<Post, Fault> {
        if let Some(folder) = address.strip_prefix("folder:").filter(|folder| !folder.is_empty()) {
            return Ok(Post::Folder(PathBuf::from(folder)));
        }
        let refused = || Fault::Post("nothing but ?tls=required may follow the host".to_owned());
        let address = match address.split_once('?') {
            _ if address.contains('#') => return Err(refused()),
            // It means nothing for smtps, which is encrypted from its first byte.
            None if !is_here(address) => format!("{address}?tls=required"),
            None | Some((_, "tls=required")) => address.to_owned(),
            // `opportunistic`, or a word that is none, would let a mail go in plain words after all.
            Some(_) => return Err(refused()),
        };
        let server = AsyncSmtpTransport::<Tokio1Executor>::from_url(&address);
        let server = server.map_err(|error| Fault::Post(error.to_string()))?;
        Ok(Post::Smtp(server.timeout(Some(PATIENCE)).build()))
    }

    /// Does mail reach the world?
    pub const fn leaves(&self) -> bool {
        matches!(self, Post::Smtp(_))
    }

    /// Sends a mail; `id` names the file, if it becomes one.
    pub(super) async fn send(&self, id: &str, message: Message) -> Result<(), Failed> {
        match self {
            Post::Smtp(server) => {
                server.send(message).await.map(drop).map_err(|error| Failed::by_server(&error))
            }
            Post::Folder(folder) => write(folder, id, &message.formatted()).await.map_err(|cause| {
                tracing::warn!(folder = %folder.display(), %cause, "a mail could not be written");
                Failed::Later
            }),
        }
    }
}

impl fmt::Debug for Post {
    /// Without the password of the mail server.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Post::Smtp(_) => f.write_str("Smtp(..)"),
            Post::Folder(folder) => f.debug_tuple("Folder").field(folder).finish(),
        }
    }
}

/// Is the mail server this machine itself?
fn is_here(address: &str) -> bool {
    let host = address.trim_start_matches("smtp://").split('/').next().unwrap_or_default();
    let host = host.rsplit_once('@').map_or(host, |(_, host)| host);
    let host = host.rsplit_once(':').filter(|(_, port)| !port.ends_with(']')).map_or(host, |(host, _)| host);
    matches!(host, "localhost" | "127.0.0.1" | "[::1]")
}

/// A mail appears whole or not at all, also to whoever watches the folder.
async fn write(folder: &Path, id: &str, text: &[u8]) -> std::io::Result<()> {
    tokio::fs::create_dir_all(folder).await?;
    let unfinished = folder.join(format!("{id}.part"));
    tokio::fs::write(&unfinished, text).await?;
    tokio::fs::rename(&unfinished, folder.join(format!("{id}.eml"))).await
}

/// Why a mail did not go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Failed {
    /// This mail will never be taken.
    Never,
    /// Another time it may.
    Later,
}

impl Failed {
    /// A server that refuses us, because of a password or because it wants encryption, says nothing of the mail.
    fn by_server(error: &Error) -> Failed {
        let code = error.status().map(u16::from);
        // The text of the answer may hold the address of the reader, so only the number is logged.
        tracing::warn!(code, kind = %error.to_string().split(':').next().unwrap_or_default(), "a mail was not taken");
        match code {
            Some(530 | 534 | 535 | 538) => Failed::Later,
            Some(500..600) => Failed::Never,
            _ => Failed::Later,
        }
    }

    pub(super) const fn problem(self) -> Unsent {
        match self {
            Failed::Never => Unsent::Refused,
            Failed::Later => Unsent::Unreachable,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn an_address_says_where_mail_goes() {
        assert!(
            matches!(Post::open("folder:data/mail"), Ok(Post::Folder(folder)) if folder == Path::new("data/mail"))
        );
        for smtp in [
            "smtp://localhost:2525",
            "smtp://127.0.0.1",
            "smtp://ada:secret@localhost:2525?tls=required",
            "SMTP://mail.example.org",
            "smtps://ada:secret@mail.example.org",
            "smtp://ada:secret@mail.example.org:587",
        ] {
            let post = Post::open(smtp).unwrap();
            assert!(post.leaves() && !format!("{post:?}").contains("secret"), "{smtp}");
        }
        for wrong in [
            "",
            "folder:",
            "mail.example.org",
            "http://mail.example.org",
            "smtp://",
            "smtp://a?tls=maybe",
            "smtp://a?tls=opportunistic",
            "smtp://a?x",
            "smtp://a#tls=required",
            "smtp://a#?tls=required",
            "smtp://a#@localhost",
        ] {
            let fault = Post::open(wrong).unwrap_err().to_string();
            assert!(fault.contains("folder:PATH"), "{wrong}: {fault}");
        }
    }

    #[test]
    fn only_this_machine_is_spoken_to_in_plain_words() {
        for here in ["smtp://localhost", "smtp://127.0.0.1:25/", "smtp://a:b@localhost:25", "smtp://[::1]:25"]
        {
            assert!(is_here(here), "{here}");
        }
        for away in [
            "smtp://mail.example.org",
            "smtp://localhost@mail.example.org",
            "smtp://localhost.example.org:25",
            "SMTP://mail.example.org",
            "smtps://localhost",
        ] {
            assert!(!is_here(away), "{away}");
        }
    }
}
