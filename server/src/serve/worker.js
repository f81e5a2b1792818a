// Keeps Pathways working without a network, after the first visit.
//
// The server puts EDITION and FILES in front of this text. An edition is kept as a whole or not at all: its files are
// named by their content, so a page of one edition never meets a script or data of another, and an edition that did
// not arrive whole leaves the one before as it was. Pages are asked of the network first; without one, the empty page
// of the edition is filled by the program.
const CACHE = `pathways-${EDITION}`;
// Longer than the slowest page should take; after that what is kept is better than waiting.
const PATIENCE = 8000;

self.addEventListener('install', (event) => event.waitUntil(keep()));
self.addEventListener('activate', (event) => event.waitUntil(forgetOthers()));
self.addEventListener('fetch', (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== 'GET' || url.origin !== self.location.origin) return;
  const opens = event.request.mode === 'navigate';
  // What a class or an account tells is never kept; without a network its page says so.
  if (/^(\/es)?\/api(\/|$)/.test(url.pathname) || (!opens && /^(\/es)?\/class(\/|$)/.test(url.pathname))) return;
  if (opens) event.respondWith(page(event.request, url));
  else event.respondWith(file(event.request));
});

async function keep() {
  try {
    const cache = await caches.open(CACHE);
    // What carries its hash in its name may come from the browser's own store; the rest must be new.
    await cache.addAll(FILES.map((name) => new Request(name, { cache: /\.[\w-]{16,}\.|\/[0-9a-f]{16}\./.test(name) ? 'default' : 'reload' })));
  } catch (error) {
    await caches.delete(CACHE);
    throw error;
  }
}

// Runs when no page of an earlier edition is open any more.
async function forgetOthers() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith('pathways-') && name !== CACHE).map((name) => caches.delete(name)));
  await self.clients.claim();
}

async function page(request, url) {
  const spanish = url.pathname === '/es' || url.pathname.startsWith('/es/');
  const kept = async () => (await caches.open(CACHE)).match(spanish ? '/es/offline' : '/offline');
  let late;
  const patience = new Promise((resolve) => (late = setTimeout(resolve, PATIENCE)));
  try {
    const answer = await Promise.race([fetch(request), patience]);
    // A gateway without a server behind it is no network either.
    if (answer && ![502, 503, 504].includes(answer.status)) return answer;
    return (await kept()) ?? answer ?? Response.error();
  } catch {
    return (await kept()) ?? Response.error();
  } finally {
    clearTimeout(late);
  }
}

async function file(request) {
  return (await caches.match(request, { ignoreVary: true })) ?? fetch(request);
}
