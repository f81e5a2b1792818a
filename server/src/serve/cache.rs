//! Was this page already drawn for someone else?
//!
//! A public page is a plain function of its address and the edition, so its bytes can serve the next person. The
//! cache forgets the page that was asked for longest ago once it holds too many bytes.

use super::encoding::Encoding;
use axum::http::StatusCode;
use bytes::Bytes;
use domain::plan::Day;
use lru::LruCache;
use std::sync::Mutex;

/// Bytes of drawn pages kept in memory.
const MOST_BYTES: usize = 10 << 20;

/// A drawn page, ready to send.
#[derive(Clone, Debug)]
pub(super) struct Page {
    /// 200, or 404 for an address that leads nowhere.
    pub(super) status: StatusCode,
    /// The document in the encoding it was asked for.
    pub(super) body: Bytes,
    /// Its encoding.
    pub(super) encoding: Encoding,
}

type Key = (String, Encoding);

/// The pages drawn from one edition.
pub(super) struct PageCache(Mutex<Kept>);

struct Kept {
    /// The day the pages were drawn on; some say what is due.
    day: Option<Day>,
    pages: LruCache<Key, Page>,
    bytes: usize,
}

impl Default for PageCache {
    fn default() -> Self {
        PageCache(Mutex::new(Kept { day: None, pages: LruCache::unbounded(), bytes: 0 }))
    }
}

impl PageCache {
    /// Forgets the pages of another day.
    pub(super) fn begin(&self, today: Day) {
        let mut kept = self.kept();
        if kept.day != Some(today) {
            kept.pages.clear();
            kept.bytes = 0;
            kept.day = Some(today);
        }
    }

    /// The page at an address, drawn now if nobody asked for it lately.
    pub(super) fn page(&self, address: &str, encoding: Encoding, draw: impl FnOnce() -> Page) -> Page {
        let key = (address.to_owned(), encoding);
        if let Some(page) = self.kept().pages.get(&key) {
            return page.clone();
        }
        let page = draw();
        // A page of nowhere is cheap to draw, and there is no end of addresses that lead nowhere.
        if page.status == StatusCode::OK {
            let mut kept = self.kept();
            kept.bytes += page.body.len();
            if let Some((_, before)) = kept.pages.push(key, page.clone()) {
                kept.bytes -= before.body.len();
            }
            while kept.bytes > MOST_BYTES
                && let Some((_, oldest)) = kept.pages.pop_lru()
            {
                kept.bytes -= oldest.body.len();
            }
        }
        page
    }

    fn kept(&self) -> std::sync::MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(status: StatusCode, bytes: usize) -> Page {
        Page { status, body: Bytes::from(vec![0; bytes]), encoding: Encoding::Plain }
    }

    #[test]
    fn a_page_is_drawn_once_for_each_address_and_encoding() {
        let cache = PageCache::default();
        let mut drawn = 0;
        for encoding in [Encoding::Plain, Encoding::Plain, Encoding::Gzip] {
            cache.page("/schools", encoding, || {
                drawn += 1;
                page(StatusCode::OK, 10)
            });
        }
        assert_eq!(drawn, 2);
    }

    #[test]
    fn a_new_day_has_new_pages() {
        let cache = PageCache::default();
        let day = |day| Day::new(2026, 12, day).expect("it is in the calendar");
        for (today, kept) in [(day(1), 0), (day(1), 10), (day(2), 0)] {
            cache.begin(today);
            assert_eq!(cache.kept().bytes, kept);
            cache.page("/dates", Encoding::Plain, || page(StatusCode::OK, 10));
        }
    }

    #[test]
    fn a_page_of_nowhere_is_not_kept() {
        let cache = PageCache::default();
        cache.page("/nowhere", Encoding::Plain, || page(StatusCode::NOT_FOUND, 10));
        assert_eq!(cache.kept().bytes, 0);
    }

    #[test]
    fn memory_is_bounded_and_the_newest_stay() {
        let cache = PageCache::default();
        for at in 0..40 {
            cache.page(&format!("/{at}"), Encoding::Plain, || page(StatusCode::OK, 1 << 20));
        }
        let kept = cache.kept();
        assert!(kept.bytes <= MOST_BYTES);
        assert_eq!(kept.bytes, kept.pages.iter().map(|(_, page)| page.body.len()).sum::<usize>());
        assert!(kept.pages.contains(&("/39".to_owned(), Encoding::Plain)));
    }
}
