//! A mail server that says what the story wants, and remembers what it took.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};

#[derive(Clone, Default)]
pub struct Peer {
    /// What the next recipients are answered; then all are taken.
    answers: Arc<Mutex<VecDeque<&'static str>>>,
    taken: Arc<Mutex<Vec<String>>>,
}

impl Peer {
    /// Listens, and gives the address for `--mail`.
    pub async fn listen(answers: &[&'static str]) -> (Peer, String) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("smtp://{}", listener.local_addr().unwrap());
        let peer =
            Peer { answers: Arc::new(Mutex::new(answers.iter().copied().collect())), ..Peer::default() };
        let listening = peer.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(listening.clone().talk(stream));
            }
        });
        (peer, address)
    }

    /// The mails it took, as they came.
    pub fn taken(&self) -> Vec<String> {
        self.taken.lock().unwrap().clone()
    }

    async fn talk(self, stream: TcpStream) {
        let (read, mut write) = stream.into_split();
        let mut lines = BufReader::new(read).lines();
        write.write_all(b"220 here\r\n").await.unwrap();
        while let Ok(Some(line)) = lines.next_line().await {
            let verb = line.split([' ', ':']).next().unwrap_or_default().to_uppercase();
            let answer = match verb.as_str() {
                "RCPT" => self.answers.lock().unwrap().pop_front().unwrap_or("250 ok"),
                "DATA" => "354 go on",
                "QUIT" => "221 bye",
                _ => "250 ok",
            };
            if write.write_all(format!("{answer}\r\n").as_bytes()).await.is_err() {
                return;
            }
            if verb == "DATA" {
                let mut mail = Vec::new();
                while let Ok(Some(line)) = lines.next_line().await {
                    if line == "." {
                        break;
                    }
                    mail.push(line);
                }
                self.taken.lock().unwrap().push(mail.join("\r\n"));
                write.write_all(b"250 taken\r\n").await.unwrap();
            }
        }
    }
}
