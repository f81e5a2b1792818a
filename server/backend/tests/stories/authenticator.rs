//! What would a passkey in a browser answer?
//!
//! An authenticator in software: one key on the curve P-256, attestation `none`, and a counter that the story can set.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair as _};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

/// The owner is there (1) and unlocked the key (4).
const UNLOCKED: u8 = 0x05;

pub struct Authenticator {
    origin: String,
    keys: EcdsaKeyPair,
    id: [u8; 32],
    /// Whose it is, as it was told when it was made.
    pub handle: String,
    pub counter: u32,
    /// Whether its owner unlocks it.
    pub unlocked: bool,
    /// Whether the page that asks stands inside one of another site.
    pub framed: bool,
}

impl Authenticator {
    /// A key in the browser that shows this site.
    pub fn at(origin: &str) -> Authenticator {
        let random = SystemRandom::new();
        let keys = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, &random).unwrap();
        let keys = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, keys.as_ref(), &random).unwrap();
        let id = Sha256::digest(keys.public_key().as_ref()).into();
        Authenticator {
            origin: origin.to_owned(),
            keys,
            id,
            handle: String::new(),
            counter: 0,
            unlocked: true,
            framed: false,
        }
    }

    /// The same key shown to another site, as a page that fishes for it would have it.
    pub fn lured_to(mut self, origin: &str) -> Authenticator {
        origin.clone_into(&mut self.origin);
        self
    }

    /// Answers `navigator.credentials.create`.
    pub fn make(&mut self, options: &str) -> String {
        let options: Value = serde_json::from_str(options).unwrap();
        options["user"]["id"].as_str().unwrap().clone_into(&mut self.handle);
        let mut data = self.data(options["rp"]["id"].as_str().unwrap(), 0x40);
        data.extend([0; 16]);
        data.extend([0, 32]);
        data.extend(self.id);
        // {1: 2 (EC2), 3: -7 (ES256), -1: 1 (P-256), -2: x, -3: y}
        let (x, y) = self.keys.public_key().as_ref()[1..].split_at(32);
        data.extend([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20]);
        data.extend(x);
        data.extend([0x22, 0x58, 0x20]);
        data.extend(y);
        // {"fmt": "none", "attStmt": {}, "authData": ...}
        let mut object = b"\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x58".to_vec();
        object.push(u8::try_from(data.len()).unwrap());
        object.extend(data);
        let client = self.client("webauthn.create", &options);
        self.answer(json!({
            "clientDataJSON": URL_SAFE_NO_PAD.encode(client), "attestationObject": URL_SAFE_NO_PAD.encode(object),
        }))
    }

    /// Answers `navigator.credentials.get`.
    pub fn show(&mut self, options: &str) -> String {
        let options: Value = serde_json::from_str(options).unwrap();
        let data = self.data(options["rpId"].as_str().unwrap(), 0);
        let client = self.client("webauthn.get", &options);
        let signed = [data.as_slice(), &Sha256::digest(&client)].concat();
        let signature = self.keys.sign(&SystemRandom::new(), &signed).unwrap();
        self.answer(json!({
            "clientDataJSON": URL_SAFE_NO_PAD.encode(client), "authenticatorData": URL_SAFE_NO_PAD.encode(data),
            "signature": URL_SAFE_NO_PAD.encode(signature), "userHandle": self.handle,
        }))
    }

    #[expect(clippy::needless_pass_by_value, reason = "it is made for this call")]
    fn answer(&self, response: Value) -> String {
        let id = URL_SAFE_NO_PAD.encode(self.id);
        let answer = json!({
            "id": id, "rawId": id, "type": "public-key", "clientExtensionResults": {}, "response": response,
        });
        answer.to_string()
    }

    fn data(&self, site: &str, flags: u8) -> Vec<u8> {
        let mut data = Sha256::digest(site).to_vec();
        data.push(flags | if self.unlocked { UNLOCKED } else { 1 });
        data.extend(self.counter.to_be_bytes());
        data
    }

    fn client(&self, kind: &str, options: &Value) -> Vec<u8> {
        let client = json!({"type": kind, "challenge": options["challenge"], "origin": self.origin, "crossOrigin": self.framed});
        client.to_string().into_bytes()
    }
}
