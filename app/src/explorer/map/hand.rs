//! How does a hand move the map?
//!
//! One listener for everything that happens on the map, and four attributes to change. Nothing here runs on the
//! server, and without it the map is whole.

use super::draw::{frame_of, spot_of};
use crate::walk::{How, use_walker};
use domain::explorer::map::{Spot, Window, between};
use leptos::html::Div;
use leptos::prelude::*;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{Element, Event, KeyboardEvent, MouseEvent, PointerEvent, WheelEvent};

/// What the map listens to.
const EVENTS: [&str; 12] = [
    "pointerdown",
    "pointermove",
    "pointerup",
    "pointercancel",
    "click",
    "wheel",
    "keydown",
    "dragstart",
    "focusin",
    "focusout",
    "pointerover",
    "pointerout",
];

/// How much nearer one press shows the map.
const STEP: f64 = 1.6;
/// Which part of the window one arrow key moves.
const PACE: f64 = 0.15;
/// How far beside a dot a tap still means it, in pixels.
const REACH: f64 = 22.0;
/// Pixels that a finger may tremble while it taps.
const TREMBLE: f64 = 5.0;

/// Serves the map inside `root` once the page lives; each newly drawn map begins at `opening`.
pub(super) fn follow(root: NodeRef<Div>, opening: impl Fn() -> Window + 'static) {
    let walk = use_walker();
    Effect::new(move |before: Option<Option<Listening>>| {
        let opening = opening();
        let navigate = walk.clone();
        let listening = before.flatten().or_else(|| Some(listen(&root.get_untracked()?.into(), navigate)))?;
        listening.hand.borrow_mut().begin(opening);
        Some(listening)
    });
}

/// The hand and its listener, which lives as long as the page.
struct Listening {
    hand: Rc<RefCell<Hand>>,
    _listener: Closure<dyn FnMut(Event)>,
}

fn listen(root: &Element, walk: impl Fn(&str, How) + 'static) -> Listening {
    let hand = Rc::new(RefCell::new(Hand {
        root: root.clone(),
        window: Window::WHOLE,
        touching: Vec::new(),
        dragged: false,
    }));
    let acting = Rc::clone(&hand);
    let listener = Closure::<dyn FnMut(Event)>::new(move |event: Event| {
        // Moving the map may move the focus, which tells us so again while we are at it.
        let Ok(mut hand) = acting.try_borrow_mut() else { return };
        if let Some(address) = hand.act(&event) {
            drop(hand);
            walk(&address, How::Step);
        }
    });
    for name in EVENTS {
        _ = root.add_event_listener_with_callback(name, listener.as_ref().unchecked_ref());
    }
    Listening { hand, _listener: listener }
}

/// A pointer that is down, and where.
struct Touch {
    id: i32,
    x: f64,
    y: f64,
}

struct Hand {
    root: Element,
    window: Window,
    touching: Vec<Touch>,
    /// The last press moved the map, so it is no tap on a link.
    dragged: bool,
}

impl Hand {
    fn begin(&mut self, opening: Window) {
        self.window = opening;
        self.touching.clear();
        if let Some(view) = self.view() {
            _ = view.set_attribute("tabindex", "0");
        }
    }

    fn view(&self) -> Option<Element> {
        self.root.query_selector(".map-view").ok().flatten()
    }

    /// Does what an event asks for; an address to walk to, if it asks for one.
    fn act(&mut self, event: &Event) -> Option<String> {
        let target = event.target()?.dyn_into::<Element>().ok()?;
        let link = target.closest(".map-dots a").ok().flatten();
        match event.type_().as_str() {
            "click" => return self.click(event.dyn_ref()?, &target, link.as_ref()),
            "focusin" => self.reveal(link.as_ref()?)?,
            "pointerover" if link.is_some() => self.name(link.as_ref()),
            "focusout" | "pointerout" if link.is_some() => self.name(None),
            "pointerup" | "pointercancel" => {
                let id = event.dyn_ref::<PointerEvent>()?.pointer_id();
                self.touching.retain(|touch| touch.id != id);
            }
            // The rest is for the map itself, not for the buttons beside it.
            _ if target.closest(".map-view").ok().flatten().is_none() => {}
            // A browser would drag a link instead of the map.
            "dragstart" => event.prevent_default(),
            "pointerdown" => self.press(event.dyn_ref()?),
            "pointermove" => self.drag(event.dyn_ref()?)?,
            "wheel" => self.turn(event.dyn_ref()?)?,
            "keydown" => self.key(event.dyn_ref()?),
            _ => {}
        }
        None
    }

    fn show(&mut self, window: Window) {
        self.window = window;
        if let Ok(Some(frame)) = self.root.query_selector("[data-frame]") {
            for (name, value) in ["x", "y", "width", "height"].iter().zip(frame_of(window)) {
                _ = frame.set_attribute(name, &value);
            }
        }
    }

    fn click(&mut self, event: &MouseEvent, target: &Element, link: Option<&Element>) -> Option<String> {
        if let Some(button) = target.closest("[data-zoom]").ok().flatten() {
            let window = match button.get_attribute("data-zoom")?.as_str() {
                "in" => self.window.zoomed(STEP, 0.5, 0.5),
                "out" => self.window.zoomed(1.0 / STEP, 0.5, 0.5),
                _ => Window::WHOLE,
            };
            self.show(window);
            return None;
        }
        // A key's click tells of no press; only the click that ends a drag is none.
        if std::mem::take(&mut self.dragged) && event.detail() != 0 {
            event.prevent_default();
            return None;
        }
        let near = link.cloned().or_else(|| self.nearest(event, target));
        let address = near?.get_attribute("href")?;
        let plain = event.button() == 0
            && !(event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key());
        if link.is_none() && address.starts_with('#') {
            _ = window().location().set_hash(&address);
        }
        // The router knows links of HTML only. A campus leads down the page, which the browser does best.
        (plain && address.starts_with('/')).then(|| {
            event.prevent_default();
            address
        })
    }

    /// The dot that a tap beside it means: fingers are larger than dots.
    fn nearest(&self, event: &MouseEvent, target: &Element) -> Option<Element> {
        let area = target.closest(".map-view").ok()??.get_bounding_client_rect();
        let corner = self.window.spot_at(0.0, 0.0);
        let scale = area.width() / self.window.width;
        let (x, y) = (f64::from(event.client_x()) - area.left(), f64::from(event.client_y()) - area.top());
        let circles = self.root.query_selector_all(".map-dots circle").ok()?;
        let mut best = (REACH, None);
        for circle in (0..circles.length()).filter_map(|at| circles.item(at)?.dyn_into::<Element>().ok()) {
            let Some(spot) = place_of(&circle) else { continue };
            let far = distance((spot.x - corner.x) * scale - x, (spot.y - corner.y) * scale - y);
            if far < best.0 {
                best = (far, circle.parent_element());
            }
        }
        best.1
    }

    /// Brings a dot that got the focus into view, and says its name.
    fn reveal(&mut self, link: &Element) -> Option<()> {
        let circle = link.query_selector("circle").ok()??;
        let spot = place_of(&circle)?;
        // A dot under the mouse is in view already, and must not slip away from under it.
        if !self.window.shows(spot) {
            self.show(self.window.revealing(spot));
        }
        self.name(Some(link));
        Some(())
    }

    /// Shows the name of the dot under the mouse or with the focus.
    fn name(&self, link: Option<&Element>) {
        let name =
            link.and_then(|link| link.query_selector("title").ok()?).and_then(|title| title.text_content());
        if let Ok(Some(place)) = self.root.query_selector(".map-name") {
            place.set_text_content(name.as_deref());
        }
    }

    fn press(&mut self, event: &PointerEvent) {
        if event.button() != 0 {
            return;
        }
        // A finger that left the page while it rested was never said to be up.
        self.touching.retain(|touch| touch.id != event.pointer_id());
        if self.touching.is_empty() {
            self.dragged = false;
        }
        if self.touching.len() < 2 {
            let (x, y) = (f64::from(event.client_x()), f64::from(event.client_y()));
            self.touching.push(Touch { id: event.pointer_id(), x, y });
        }
    }

    fn drag(&mut self, event: &PointerEvent) -> Option<()> {
        if event.buttons() == 0 {
            self.touching.clear();
        }
        let at = self.touching.iter().position(|touch| touch.id == event.pointer_id())?;
        let (x, y) = (f64::from(event.client_x()), f64::from(event.client_y()));
        let (old_x, old_y) = (self.touching[at].x, self.touching[at].y);
        if !self.dragged && distance(x - old_x, y - old_y) < TREMBLE {
            return None;
        }
        let view = self.view()?;
        if !self.dragged {
            self.dragged = true;
            // From now on the map hears of this finger wherever it goes.
            _ = view.set_pointer_capture(event.pointer_id());
        }
        self.touching[at].x = x;
        self.touching[at].y = y;
        let area = view.get_bounding_client_rect();
        let window = match self.touching.iter().find(|touch| touch.id != event.pointer_id()) {
            None => self.window.panned((old_x - x) / area.width(), (old_y - y) / area.height()),
            // Two fingers: what is under the resting one stays under it, and the moving one brings the map along.
            Some(other) => {
                let times =
                    distance(x - other.x, y - other.y) / distance(old_x - other.x, old_y - other.y).max(1.0);
                let right = (other.x - area.left()) / area.width();
                let down = (other.y - area.top()) / area.height();
                self.window.zoomed(between(times, 0.2, 5.0), right, down)
            }
        };
        self.show(window);
        Some(())
    }

    fn turn(&mut self, event: &WheelEvent) -> Option<()> {
        let area = self.view()?.get_bounding_client_rect();
        let lines = event.delta_mode() != WheelEvent::DOM_DELTA_PIXEL;
        let turned = event.delta_y() * if lines { 16.0 } else { 1.0 };
        // Two fingers on a touchpad come as a wheel with the control key, in small steps.
        let nearer = 1.0 + turned.abs().min(240.0) * if event.ctrl_key() { 0.01 } else { 0.002 };
        let times = if turned > 0.0 { 1.0 / nearer } else { nearer };
        let right = (f64::from(event.client_x()) - area.left()) / area.width();
        let down = (f64::from(event.client_y()) - area.top()) / area.height();
        let window = self.window.zoomed(times, right, down);
        // At either end the wheel is the page's again.
        if window != self.window {
            event.prevent_default();
            self.show(window);
        }
        Some(())
    }

    fn key(&mut self, event: &KeyboardEvent) {
        if event.ctrl_key() || event.meta_key() || event.alt_key() {
            return;
        }
        let window = match event.key().as_str() {
            "ArrowLeft" => self.window.panned(-PACE, 0.0),
            "ArrowRight" => self.window.panned(PACE, 0.0),
            "ArrowUp" => self.window.panned(0.0, -PACE),
            "ArrowDown" => self.window.panned(0.0, PACE),
            "+" | "=" => self.window.zoomed(STEP, 0.5, 0.5),
            "-" | "_" => self.window.zoomed(1.0 / STEP, 0.5, 0.5),
            "Home" => Window::WHOLE,
            _ => return,
        };
        event.prevent_default();
        self.show(window);
    }
}

fn place_of(circle: &Element) -> Option<Spot> {
    spot_of(&circle.get_attribute("cx")?, &circle.get_attribute("cy")?)
}

fn distance(dx: f64, dy: f64) -> f64 {
    (dx * dx + dy * dy).sqrt()
}
