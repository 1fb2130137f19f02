// Keeps the app on the device by a worker, where there may be one; without one nothing is different but
// that a reload needs the network. Called when the app is ready, so that nobody waits for it.
//
// New versions are looked for by the browser alone, once for each load of a page, as it does anyway:
// nothing is asked here later, because the app promises no request after load.
const ROOT = new URL("./", import.meta.url);

/**
 * Registers the worker, asks it for the rest when the page is idle, and calls `offer` with a function
 * when a newer version waits; that function lets it take over and reloads the page.
 */
export async function offline({ lang, offer }) {
  // How many files are still to be kept; tests wait for it.
  const kept = (missing) => (document.documentElement.dataset.kept = missing);
  if (framed()) return kept("none");
  try {
    const workers = navigator.serviceWorker;
    // Noted where the worker can read it at any time: a message would have to come in time, and a query
    // would make another worker of every language. Updates find the language of the latest visit.
    const notes = await caches.open("pos-aid");
    await notes.put(new URL("lang", ROOT), new Response(lang));
    const registration = await workers.register(new URL("sw.js", ROOT), { updateViaCache: "none" });
    const look = () => {
      // On a first visit the worker waits a moment, too, but for nobody.
      if (registration.active && registration.waiting) offer(() => takeOver(registration));
    };
    const watch = () => registration.installing?.addEventListener("statechange", look);
    registration.addEventListener("updatefound", watch);
    watch();
    look();
    workers.addEventListener("message", ({ data }) => {
      if (data?.type === "kept") kept(data.missing);
    });
    // Visitors who asked their browser to save data keep what they used.
    if (navigator.connection?.saveData) return kept("none");
    const idle = window.requestIdleCallback ?? ((then) => setTimeout(then, 2000));
    const { active } = await workers.ready;
    idle(() => active.postMessage({ type: "rest" }));
  } catch (error) {
    // No workers in this window, or no storage: private, blocked, a file, an insecure address.
    console.info("The app is not kept for use without a network.", error);
    kept("none");
  }
}

/** For the buttons of a page that could not start: a version that waits may be the cure. */
export async function again() {
  try {
    takeOver(await navigator.serviceWorker.getRegistration(ROOT));
  } catch {
    location.reload();
  }
}

/** Only the page where the visitor wished so is loaded anew; others go on with what they have. */
function takeOver(registration) {
  if (!registration?.waiting) {
    // It took over already, from another page.
    location.reload();
    return;
  }
  const reload = () => location.reload();
  // What the old one still fetches can hold it; then the page comes anew as it is, and the button is there again.
  setTimeout(reload, 8000);
  navigator.serviceWorker.addEventListener("controllerchange", reload, { once: true });
  registration.waiting.postMessage({ type: "take-over" });
}

/** Within somebody else's page, which did not ask us to keep anything. */
function framed() {
  try {
    return top.location.origin !== location.origin;
  } catch {
    return true;
  }
}
