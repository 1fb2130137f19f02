// Keeps the app on the device, so that it opens without a network. One version is one cache: its pages
// and the files that they name are taken together, and a page of one version never meets another's.
// The build writes the next line. It holds names only; but for the pages, they tell their content.
const BUILD = { version: "", page: [], apart: [], first: { both: [] }, rest: [] };

const here = (name) => new URL(name, location.href).href;
// Two copies of the app may live under one origin, each in its folder.
const OURS = `pos-aid-${new URL("./", location.href).pathname}-`;
const CACHE = OURS + BUILD.version;
const { both, ...LANGUAGES } = BUILD.first;
const PAGES = new Set([...BUILD.page, ...BUILD.apart].map(here));
const FILES = new Set([...both, ...Object.values(LANGUAGES).flat(), ...BUILD.rest].map(here));
// Pages are asked with queries like ?embed. What a host varies on (the encoding) is undone by now.
const LOOSELY = { ignoreSearch: true, ignoreVary: true };

addEventListener("install", (event) => event.waitUntil(install()));
addEventListener("activate", (event) => event.waitUntil(activate()));

// A new version never takes over by itself: the page asks, when the visitor did.
addEventListener("message", (event) => {
  if (event.data?.type === "take-over") event.waitUntil(skipWaiting());
  if (event.data?.type === "rest") event.waitUntil(rest(event.source));
});

// Nothing is asked of the network but what the page asks for, and only if it is not here.
addEventListener("fetch", (event) => {
  const { request } = event;
  // Parts of files are the network's business: a cache holds wholes.
  if (request.method !== "GET" || request.headers.has("range")) return;
  const { origin, pathname } = new URL(request.url);
  const address = origin + pathname;
  if (request.mode === "navigate") {
    event.respondWith(PAGES.has(address) ? page(address, request) : other(pathname, request));
  } else if (FILES.has(address)) {
    event.respondWith(file(address, request, event));
  }
});

/** Pages, what both languages need and the visitor's language: all of it or no new version. */
async function install() {
  const names = [...BUILD.page, ...both, ...(await language())];
  const fresh = !(await caches.has(CACHE));
  const cache = await caches.open(CACHE);
  try {
    // Each is put where it is to be as it comes: an answer that nobody reads keeps its connection, and
    // browsers have six for a host.
    await Promise.all(names.map(here).map(async (url) => cache.put(url, await take(url))));
  } catch (error) {
    // The version before stays as it is. The browser tries again when a page is opened.
    if (fresh) await caches.delete(CACHE);
    throw error;
  }
}

/** The files of the language that the page noted, else of the browser's. */
async function language() {
  const note = await (await caches.open("pos-aid")).match(here("lang"));
  const noted = note && (await note.text());
  const browsers = navigator.language.toLowerCase().startsWith("zh") ? "zh-CN" : "en";
  return LANGUAGES[noted] ?? LANGUAGES[browsers] ?? [];
}

/** What older versions hold of this one's files is kept, then they go. */
async function activate() {
  const cache = await caches.open(CACHE);
  for (const name of await caches.keys()) {
    if (!name.startsWith(OURS) || name === CACHE) continue;
    try {
      for (const url of await missing(cache, FILES)) {
        const held = await caches.match(url, { ...LOOSELY, cacheName: name });
        if (held) await cache.put(url, held);
      }
    } catch (error) {
      console.warn("Not everything was kept from the version before.", error);
    }
    await caches.delete(name);
  }
  // So that the page of a first visit has what is kept, too. It was loaded from files of these names.
  await clients.claim();
}

let filling;

/** Fetches what is not here yet, file by file, and tells the page how many files are still missing. */
async function rest(asker) {
  filling ??= fill().finally(() => (filling = undefined));
  asker?.postMessage({ type: "kept", missing: await filling });
}

async function fill() {
  const cache = await caches.open(CACHE);
  // The pages, too: somebody may have emptied the cache since.
  const all = [...PAGES, ...FILES];
  for (const url of await missing(cache, all)) {
    // A version that takes over would have to wait for this one to end.
    if (registration.waiting) break;
    try {
      await cache.put(url, await take(url, { priority: "low" }));
    } catch (error) {
      // One file fails, the next may not; but where there is no room, there is none for the next.
      if (error.name === "QuotaExceededError") break;
    }
  }
  return (await missing(cache, all)).length;
}

async function missing(cache, urls) {
  const held = new Set((await cache.keys()).map((request) => request.url));
  return [...urls].filter((url) => !held.has(url));
}

/** A sound answer for one address of this version, or an error. */
async function take(url, options) {
  // A name that tells its content is the same file in any version.
  const held = FILES.has(url) && (await find(url));
  if (held) return held;
  // Pages are asked for anew: their names tell nothing.
  const cache = PAGES.has(url) ? "no-cache" : "default";
  const signal = AbortSignal.timeout?.(60000);
  const response = await fetch(url, { cache, signal, ...options });
  if (!sound(response, PAGES.has(url))) throw new Error(`${url}: ${response.status} is no file of ours`);
  if (!PAGES.has(url)) return response;
  // Between two builds, or behind a slow proxy, a page may be of another version than this worker.
  const text = await response.text();
  if (!text.includes(BUILD.version)) throw new Error(`${url} is of another version`);
  // Made anew, because browsers refuse to open a page from an answer that was redirected.
  return new Response(text, { headers: response.headers });
}

/** Whole, from here, and not the page that some hosts send for whatever they do not have. */
function sound(response, page) {
  const html = (response.headers.get("content-type") ?? "").startsWith("text/html");
  return response.status === 200 && response.type === "basic" && html === page;
}

/** From this version's cache, else from another version's; a storage that fails holds nothing. */
async function find(url) {
  try {
    const own = await caches.match(url, { ...LOOSELY, cacheName: CACHE });
    if (own || !FILES.has(url)) return own;
    for (const cacheName of await caches.keys()) {
      const held = cacheName.startsWith(OURS) && (await caches.match(url, { ...LOOSELY, cacheName }));
      if (held) return held;
    }
  } catch {
    // The network then.
  }
}

/** This version's page; the network's, which is whole in itself, only if that is lost. */
async function page(url, request) {
  const held = await find(url);
  if (held || BUILD.page.some((name) => here(name) === url)) return held ?? fetch(request);
  // Not here yet, or no longer: the app says that there is no such place in it.
  return other(new URL(url).pathname, request);
}

/** A page that is not kept. Without a network its place in the app is opened instead. */
async function other(pathname, request) {
  try {
    return await fetch(request);
  } catch {
    const root = new URL("./", location.href);
    const place = pathname.slice(root.pathname.length).replace(/(\/|\/?index\.html|\.html)$/, "");
    return Response.redirect(`${root}#/${place}`);
  }
}

async function file(url, request, event) {
  const held = await find(url);
  if (held) return held;
  const response = await fetch(request);
  if (sound(response, false)) {
    const copy = response.clone();
    const keep = async () => (await caches.open(CACHE)).put(url, copy);
    // No room is no reason not to answer.
    event.waitUntil(keep().catch(() => {}));
  }
  return response;
}
