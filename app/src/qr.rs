//! How does a page open on another phone? By a square code.
//!
//! The server does not know by which address it is seen while it draws a page that serves everyone, so there the code
//! is a picture of its own. In the browser, also without a network, it is drawn in place.

use maud::{Markup, html};

/// Longest address in a code: beyond it the squares are too small for a phone to read from paper.
pub const LONGEST: usize = 500;

/// The code that opens an address of ours (with its language, as in `/es/list?s=...`).
#[cfg(not(target_arch = "wasm32"))]
pub fn code(address: &str, name: &str) -> Markup {
    let mut to = String::with_capacity(address.len() + 16);
    domain::address::encode(address, &mut to);
    html! { img.code src=(format!("/qr.svg?to={to}")) width="120" height="120" alt=(name); }
}

/// The code that opens an address of ours (with its language, as in `/es/list?s=...`).
#[cfg(target_arch = "wasm32")]
pub fn code(address: &str, name: &str) -> Markup {
    let origin = leptos::prelude::window().location().origin().unwrap_or_default();
    let Ok(code) =
        qrcode::QrCode::with_error_correction_level(format!("{origin}{address}"), qrcode::EcLevel::M)
    else {
        return Markup::default();
    };
    let width = code.width();
    // One stroke for each run of dark squares.
    let mut path = String::new();
    for (row, line) in code.to_colors().chunks(width).enumerate() {
        let mut at = 0;
        while at < width {
            let run = line[at..].iter().take_while(|color| **color == qrcode::Color::Dark).count();
            if run > 0 {
                path.push_str(
                    &[
                        "M",
                        &at.to_string(),
                        " ",
                        &row.to_string(),
                        "h",
                        &run.to_string(),
                        "v1h-",
                        &run.to_string(),
                        "z",
                    ]
                    .concat(),
                );
            }
            at += run.max(1);
        }
    }
    let side = (width + 8).to_string();
    html! {
        svg.code role="img" aria-label=(name) width="120" height="120" viewBox=(["-4 -4 ", &side, " ", &side].concat()) shape-rendering="crispEdges" {
            rect x="-4" y="-4" width=(side) height=(side) fill="#fff" {}
            path d=(path) fill="#000" {}
        }
    }
}
