//! Reads the mails of a folder, with a parser that is not the one that wrote them.

use mail_parser::MessageParser;
use std::path::Path;

pub struct Mail {
    pub to: String,
    pub subject: String,
    pub plain: String,
    pub html: String,
    pub raw: String,
}

impl Mail {
    /// A header as a mail program reads it; none when there is none.
    pub fn header(&self, name: &str) -> Option<String> {
        let message = MessageParser::default().parse(self.raw.as_bytes()).unwrap();
        message.header_raw(name).map(|value| value.split_whitespace().collect::<Vec<_>>().join(" "))
    }
}

/// All mails of a folder, oldest first.
pub fn read(folder: &Path) -> Vec<Mail> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut files: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
        .iter()
        .map(|file| {
            assert!(file.extension().is_some_and(|extension| extension == "eml"), "{}", file.display());
            let raw = std::fs::read_to_string(file).unwrap();
            let message = MessageParser::default().parse(raw.as_bytes()).unwrap();
            let to: Vec<&str> = message.to().unwrap().iter().map(|to| to.address().unwrap()).collect();
            Mail {
                to: to.join(", "),
                subject: message.subject().unwrap().to_owned(),
                plain: message.body_text(0).unwrap().replace("\r\n", "\n"),
                html: message.body_html(0).unwrap().into_owned(),
                raw: raw.clone(),
            }
        })
        .collect()
}
