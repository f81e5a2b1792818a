//! What would a district's provider answer, honest or not?
//!
//! Four pages over plain HTTP on this machine: what it is, its keys, the token, and what it knows about somebody. A
//! story says what each claims.

use backend::Clock;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::hmac;
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

pub const CLIENT: &str = "pathways";
pub const SECRET: &str = "a secret of the district";

/// How the token is signed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Signed {
    /// With the key that is published.
    Well,
    /// With a key that is not.
    ByAnother,
    /// Not at all.
    ByNobody,
    /// With the secret that Pathways knows, too.
    BySecret,
}

/// What the provider says at the moment.
pub struct Says {
    /// Claims of the token over the honest ones; `null` leaves one out.
    pub token: Value,
    /// What it tells beside the token; `null` and it does not answer there.
    pub beside: Value,
    pub signed: Signed,
    /// What it calls itself.
    pub issuer: Option<String>,
    /// Whether it lets the code through.
    pub lets_in: bool,
    /// It publishes that it says with each answer who answers.
    pub promises: bool,
    /// What happens here, once, before it gives a token.
    pub meanwhile: Option<Pin<Box<dyn Future<Output = ()> + Send>>>,
    key: EcdsaKeyPair,
    /// What was sent for the last token, and the header that came with it.
    pub asked: HashMap<String, String>,
    pub proof: String,
}

pub struct Provider {
    pub issuer: String,
    pub says: Arc<Mutex<Says>>,
}

fn key() -> EcdsaKeyPair {
    let random = SystemRandom::new();
    let made = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &random).unwrap();
    EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, made.as_ref(), &random).unwrap()
}

impl Provider {
    pub async fn start() -> Provider {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let issuer = format!("http://{}", listener.local_addr().unwrap());
        let says = Says {
            token: json!({}),
            beside: json!({}),
            signed: Signed::Well,
            issuer: None,
            lets_in: true,
            promises: false,
            meanwhile: None,
            key: key(),
            asked: HashMap::new(),
            proof: String::new(),
        };
        let provider = Provider { issuer, says: Arc::new(Mutex::new(says)) };
        let (issuer, says) = (provider.issuer.clone(), Arc::clone(&provider.says));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                answer(stream, &issuer, &says).await;
            }
        });
        provider
    }

    /// Makes a new key and forgets the old one.
    pub fn new_key(&self) {
        self.says.lock().unwrap().key = key();
    }
}

async fn answer(mut stream: TcpStream, issuer: &str, says: &Mutex<Says>) {
    let mut read = Vec::new();
    let (head, body) = loop {
        let mut part = [0; 4096];
        let length = stream.read(&mut part).await.unwrap();
        read.extend_from_slice(&part[..length]);
        let text = String::from_utf8_lossy(&read).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let wanted = header(head, "content-length").parse().unwrap_or(0);
            if body.len() >= wanted || length == 0 {
                break (head.to_owned(), body.to_owned());
            }
        }
    };
    let path = head.split_whitespace().nth(1).unwrap_or_default().to_owned();
    let meanwhile = if path == "/token" { says.lock().unwrap().meanwhile.take() } else { None };
    if let Some(meanwhile) = meanwhile {
        meanwhile.await;
    }
    let (status, body) = page(&path, &head, &body, issuer, &mut says.lock().unwrap());
    let text = body.to_string();
    let length = text.len();
    let answer = format!(
        "HTTP/1.1 {status} X\r\ncontent-type: application/json\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{text}"
    );
    stream.write_all(answer.as_bytes()).await.unwrap();
}

fn header(head: &str, name: &str) -> String {
    let line = head.lines().find(|line| line.to_lowercase().starts_with(&format!("{name}:")));
    line.and_then(|line| line.split_once(':')).map(|(_, value)| value.trim().to_owned()).unwrap_or_default()
}

fn page(path: &str, head: &str, body: &str, issuer: &str, says: &mut Says) -> (u16, Value) {
    match path {
        "/.well-known/openid-configuration" => {
            let at = |page: &str| format!("{issuer}{page}");
            let about = json!({
                "issuer": says.issuer.as_deref().unwrap_or(issuer),
                "authorization_endpoint": at("/auth"), "token_endpoint": at("/token"),
                "userinfo_endpoint": at("/me"), "jwks_uri": at("/keys"),
                "response_types_supported": ["code"], "subject_types_supported": ["public"],
                "id_token_signing_alg_values_supported": ["ES256", "HS256", "none"],
                "authorization_response_iss_parameter_supported": says.promises,
            });
            (200, about)
        }
        "/keys" => {
            let (x, y) = says.key.public_key().as_ref()[1..].split_at(32);
            let [x, y] = [x, y].map(|part| URL_SAFE_NO_PAD.encode(part));
            (
                200,
                json!({"keys": [{"kty": "EC", "crv": "P-256", "alg": "ES256", "use": "sig", "x": x, "y": y}]}),
            )
        }
        "/token" => {
            says.asked = form(body);
            says.proof = header(head, "authorization");
            if says.lets_in {
                let token = token(issuer, says);
                (200, json!({"access_token": "access", "token_type": "Bearer", "id_token": token}))
            } else {
                (400, json!({"error": "invalid_grant"}))
            }
        }
        "/me" if says.beside.is_null() => (503, json!({})),
        "/me" => (200, says.beside.clone()),
        _ => (404, json!({})),
    }
}

fn form(body: &str) -> HashMap<String, String> {
    let pairs = body.split('&').filter_map(|pair| pair.split_once('='));
    pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}

fn token(issuer: &str, says: &Says) -> String {
    let now = Clock::System.now().0 / 1_000;
    let mut claims = json!({"iss": issuer, "aud": CLIENT, "sub": "s-1", "iat": now, "exp": now + 300});
    for (name, value) in says.token.as_object().unwrap() {
        claims[name] = value.clone();
    }
    claims.as_object_mut().unwrap().retain(|_, value| !value.is_null());
    let name = match says.signed {
        Signed::Well | Signed::ByAnother => "ES256",
        Signed::ByNobody => "none",
        Signed::BySecret => "HS256",
    };
    let head = URL_SAFE_NO_PAD.encode(json!({"alg": name}).to_string());
    let text = format!("{head}.{}", URL_SAFE_NO_PAD.encode(claims.to_string()));
    let by = |key: &EcdsaKeyPair| key.sign(&SystemRandom::new(), text.as_bytes()).unwrap().as_ref().to_vec();
    let signature = match says.signed {
        Signed::Well => by(&says.key),
        Signed::ByAnother => by(&key()),
        Signed::ByNobody => Vec::new(),
        Signed::BySecret => {
            hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, SECRET.as_bytes()), text.as_bytes())
                .as_ref()
                .to_vec()
        }
    };
    format!("{text}.{}", URL_SAFE_NO_PAD.encode(signature))
}
