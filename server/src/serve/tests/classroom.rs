//! A class as plain forms: what a browser without script, and one that means harm, would send.

use super::{Answer, Site, site};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};

/// What a class is known by.
struct Opened {
    room: String,
    projector: String,
    code: String,
}

async fn post(site: &Site, address: &str, form: &str, more: &[(&str, &str)]) -> Answer {
    let mut request =
        Request::post(address).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    for (name, value) in more {
        request = request.header(*name, *value);
    }
    site.ask(request.body(Body::from(form.to_owned())).unwrap()).await
}

async fn open(site: &Site) -> Opened {
    let answer = post(site, "/class/open", "hours=8", &[]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    let room = answer.header(header::LOCATION).to_owned();
    let page = site.get(&room).await.body;
    let between = |open: &str, close: char| {
        let rest = page.split(open).nth(1).unwrap();
        rest.split(close).next().unwrap().to_owned()
    };
    let code = between("<p class=\"code-big\">", '<');
    let projector = format!("/class/projector/{}", between("/class/projector/", '"'));
    Opened { room, projector, code }
}

/// The cookie that an answer leaves, as the browser sends it back.
fn cookie(answer: &Answer) -> String {
    answer.header(header::SET_COOKIE).split(';').next().unwrap().to_owned()
}

#[tokio::test]
async fn a_class_goes_from_open_to_gone() {
    let site = site(&[]).await;
    let class = open(&site).await;
    let joined = post(&site, "/es/class/join", &format!("code={}", class.code.to_lowercase()), &[]).await;
    assert_eq!(joined.header(header::LOCATION), format!("/es/class/{}", class.code));

    let wall = site.get(&class.projector).await;
    assert!(wall.body.contains("class=\"square-code\"") && wall.body.contains("<svg"), "a phone scans it");

    let page = site.get(&format!("/class/{}", class.code)).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("Exactly what is sent"));
    let form = "certain=1&questions=few&worry=friends&worry=made-up&s=my+name+is+Ana&name=Ana";
    let sent = post(&site, &format!("/class/{}/send", class.code), form, &[]).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER);
    let own = cookie(&sent);
    let again = site.ask(
        Request::get(format!("/class/{}", class.code))
            .header(header::COOKIE, &own)
            .body(Body::empty())
            .unwrap(),
    );
    let again = again.await;
    assert!(again.body.contains("Take it back") && !again.body.contains("Ana"));

    let counts = site.get(&format!("{}/counts", class.room)).await;
    assert!(counts.body.contains("<dd class=\"num\">1</dd>"), "{}", counts.body);
    let version = counts.body.split("data-version=\"").nth(1).unwrap().split('"').next().unwrap();
    let known = site.get(&format!("{}/counts?v={version}", class.room)).await;
    assert_eq!(known.status, StatusCode::NO_CONTENT, "no news");

    let back = post(&site, &format!("/class/{}/back", class.code), "", &[("cookie", &own)]).await;
    assert!(back.header(header::SET_COOKIE).contains("Max-Age=0"));
    let counts = site.get(&format!("{}/counts?v={version}", class.room)).await;
    assert!(!counts.body.contains("<dd class=\"num\">1</dd>"), "{}", counts.body);

    let ended = post(&site, &format!("{}/end", class.room), "", &[("origin", "null")]).await;
    assert_eq!(ended.header(header::LOCATION), "/class/ended");
    for gone in [&class.room, &class.projector, &format!("/class/{}", class.code)] {
        assert_eq!(site.get(gone).await.status, StatusCode::NOT_FOUND, "{gone}");
    }
}

#[tokio::test]
async fn nothing_of_a_class_is_kept_by_a_browser_or_told_to_another_page() {
    let site = site(&["--origin", "https://pathways.example"]).await;
    let class = open(&site).await;
    let seat = format!("/class/{}", class.code);
    let sheets = format!("{}/sheets", class.room);
    for address in
        ["/class", "/es/class/script", "/class/nothing/here", &seat, &class.room, &sheets, &class.projector]
    {
        let answer = site.get(address).await;
        assert_eq!(answer.header(header::CACHE_CONTROL), "no-store", "{address}");
        assert!(
            answer.header(header::CONTENT_SECURITY_POLICY).starts_with("default-src 'none'"),
            "{address}"
        );
        assert!(
            answer.body.contains("noindex") && answer.body.contains("<header class=\"top\""),
            "{address}"
        );
        assert_eq!(answer.body.matches("<h1").count(), 1, "{address}");
        let key = address.contains("/room/") || address.contains("/projector/");
        let referrer = if key { "no-referrer" } else { "same-origin" };
        assert_eq!(answer.header(header::REFERRER_POLICY), referrer, "{address}");
    }
    let secret = class.room.rsplit('/').next().unwrap();
    assert!(!site.get(&class.projector).await.body.contains(secret), "the wall cannot tell the secret");
    assert!(!site.get(&seat).await.body.contains(secret));
    let answer = post(&site, &format!("{seat}/send"), "", &[]).await;
    let cookie = answer.header(header::SET_COOKIE);
    assert!(cookie.starts_with("__Host-class-") && cookie.contains("Path=/; "), "{cookie}");
    assert!(cookie.contains("; HttpOnly; SameSite=Lax; Secure"), "{cookie}");
}

#[tokio::test]
async fn a_form_of_another_site_does_nothing() {
    let site = site(&[]).await;
    let class = open(&site).await;
    let foreign: [&[(&str, &str)]; 3] = [
        &[("sec-fetch-site", "cross-site"), ("origin", "https://evil.example")],
        &[("sec-fetch-site", "same-site")],
        &[("origin", "https://evil.example")],
    ];
    for from in foreign {
        let addresses = [
            "/class/open",
            "/class/join",
            &format!("/class/{}/send", class.code),
            &format!("{}/end", class.room),
        ]
        .map(str::to_owned);
        for address in addresses {
            assert_eq!(
                post(&site, &address, "", from).await.status,
                StatusCode::FORBIDDEN,
                "{address} {from:?}"
            );
        }
    }
    assert_eq!(post(&site, "/class/open", "", &[("origin", "null")]).await.status, StatusCode::FORBIDDEN);
    assert_eq!(site.get(&class.room).await.status, StatusCode::OK, "it is still there");
}

/// Who plays with codes at a school's address stops no class there.
#[tokio::test]
async fn wrong_codes_stop_a_guesser_and_no_class() {
    let site = site(&["--proxies", "1"]).await;
    let (ours, theirs) = (open(&site).await, open(&site).await);
    let school = [("x-forwarded-for", "203.0.113.7")];
    let get = |address: String| {
        let [(name, value)] = school;
        site.ask(Request::get(address).header(name, value).body(Body::empty()).unwrap())
    };
    let seat = format!("/class/{}", ours.code);
    // One student has come in; no summary is sent yet.
    assert_eq!(get(seat.clone()).await.status, StatusCode::OK);
    let mut seen = Vec::new();
    for _ in 0..302 {
        seen.push(post(&site, "/class/join", "code=0000-0000", &school).await.status);
    }
    assert_eq!(seen.iter().filter(|status| **status == StatusCode::NOT_FOUND).count(), 300);
    assert_eq!(seen.last(), Some(&StatusCode::TOO_MANY_REQUESTS));

    // The class goes on: its pages, who is in, who comes now, and what they send.
    for address in [&ours.room, &format!("{}/counts", ours.room), &ours.projector, &seat] {
        assert_eq!(get(address.clone()).await.status, StatusCode::OK, "{address}");
    }
    let joined = post(&site, "/class/join", &format!("code={}", ours.code), &school).await;
    assert_eq!(joined.header(header::LOCATION), seat);
    let sent = post(&site, &format!("{seat}/send"), "certain=1", &school).await;
    assert_eq!(sent.header(header::LOCATION), seat);

    // Of a class that nobody here has opened even the right guess tells nothing, until its counselor's page is.
    let other = format!("/class/{}", theirs.code);
    let shut = get(other.clone()).await;
    assert_eq!(shut.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(shut.body.contains("Too many wrong codes"));
    assert_eq!(post(&site, &format!("{other}/send"), "", &school).await.status, shut.status);
    assert_eq!(get(theirs.room.clone()).await.status, StatusCode::OK);
    assert_eq!(get(other).await.status, StatusCode::OK);
}

/// A device that moves to an address whose tries are used up is known by its cookie; a made-up one is not.
#[tokio::test]
async fn a_device_that_the_class_knows_may_come_from_anywhere() {
    let site = site(&["--proxies", "1"]).await;
    let class = open(&site).await;
    let seat = format!("/class/{}", class.code);
    let own = cookie(&post(&site, &format!("{seat}/send"), "", &[]).await);
    let cafe = ("x-forwarded-for", "198.51.100.4");
    for _ in 0..300 {
        post(&site, "/class/join", "code=0000-0000", &[cafe]).await;
    }
    let name = own.split('=').next().unwrap();
    let made_up = format!("{name}={}", "0".repeat(32));
    for (device, status) in [(made_up, StatusCode::TOO_MANY_REQUESTS), (own, StatusCode::SEE_OTHER)] {
        let answer = post(&site, &format!("{seat}/back"), "", &[cafe, ("cookie", &device)]).await;
        assert_eq!(answer.status, status);
    }
}

/// Nobody guesses 256 bits, so a wrong key of a room costs the class beside it nothing.
#[tokio::test]
async fn the_key_of_a_room_is_not_counted() {
    let site = site(&[]).await;
    let class = open(&site).await;
    let wrong = format!("/class/room/{}", "0".repeat(64));
    for _ in 0..310 {
        assert_eq!(site.get(&wrong).await.status, StatusCode::NOT_FOUND);
    }
    let joined = post(&site, "/class/join", &format!("code={}", class.code), &[]).await;
    assert_eq!(joined.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn an_address_opens_ten_classes_an_hour() {
    let site = site(&["--proxies", "1"]).await;
    for _ in 0..10 {
        let answer = post(&site, "/class/open", "", &[("x-forwarded-for", "203.0.113.7")]).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER);
    }
    for (made_up, status) in [
        ("203.0.113.7", StatusCode::TOO_MANY_REQUESTS),
        ("198.51.100.1, 203.0.113.7", StatusCode::TOO_MANY_REQUESTS),
        ("203.0.113.8", StatusCode::SEE_OTHER),
    ] {
        let answer = post(&site, "/class/open", "", &[("x-forwarded-for", made_up)]).await;
        assert_eq!(answer.status, status, "{made_up}");
    }
}

#[tokio::test]
async fn a_code_is_put_in_its_usual_form_and_keeps_the_list_that_came_with_it() {
    let site = site(&[]).await;
    let class = open(&site).await;
    let loose = class.code.replace('-', "").to_lowercase();
    let answer = site.get(&format!("/es/class/{loose}?s=19647331932888")).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    assert_eq!(answer.header(header::LOCATION), format!("/es/class/{}?s=19647331932888", class.code));
    let seat = site.get(answer.header(header::LOCATION)).await;
    assert!(seat.body.contains("name=\"s\" value=\"19647331932888\""));
}
