// The app's end of <pos-aid>: hears the page around it, and tells it what happens here. The messages
// are in docs/embed.md; embed.js is their other end.
const VERSION = 1;
// Of each kind of command one in this many milliseconds; the last holds.
const PACE = 50;
const LARGEST = 200000;
// How often the page may grow because its frame grew, before that counts as a circle.
const ECHOES = 5;
const SET = {
  lang: /^(en|zh-CN)$/,
  theme: /^(auto|light|dark)$/,
  audience: /^(cardholder|staff)$/,
  jurisdiction: /^([a-z]{2})?$/,
};
const ORDER = ["config", "set", "go"];

const told = new Set();
function tell(text) {
  if (!told.has(text)) console.warn(`POS Aid, embedded: ${text}`);
  told.add(text);
}

/** The text if it is the origin of a page on the web. */
function origin(text) {
  try {
    const url = new URL(text);
    return /^https?:$/.test(url.protocol) && url.origin === text ? text : "";
  } catch {
    return "";
  }
}

/** What of a detail may leave: a few short words, numbers and marks; nothing as long as a card or phone number. */
function harmless(detail) {
  const fits = ([name, value]) => {
    const fine =
      /^[a-z]{1,24}$/i.test(name) &&
      (typeof value === "boolean" ||
        (Number.isInteger(value) && Math.abs(value) < 1e5) ||
        (typeof value === "string" && /^[\w.-]{0,64}$/.test(value) && !/(\d[._-]*){6}/.test(value)));
    if (!fine) tell(`"${name.slice(0, 24)}" is no detail that may leave; it is kept here`);
    return fine;
  };
  return Object.fromEntries(Object.entries(detail ?? {}).filter(fits).slice(0, 12));
}

/** What of a `set` is understood. */
function settings(data) {
  const known = Object.entries(SET).filter(([name, fits]) => typeof data[name] === "string" && fits.test(data[name]));
  return Object.fromEntries(known.map(([name]) => [name, data[name]]));
}

// What others show must not open in our frame: most of them forbid it, and then nothing would open.
function openOutside({ target }) {
  const link = target instanceof Element && target.closest("a[href]");
  if (!link || !/^https?:$/.test(link.protocol)) return;
  // What is about the app is no app, and would not tell its height.
  if (link.origin === location.origin && !link.pathname.endsWith("/about/")) {
    // The next page is in the same frame.
    link.search ||= location.search;
    return;
  }
  link.target = "_blank";
  link.rel = "noopener";
}

/**
 * Connects the app with the page around it. `app` is what the page may ask for: `go(hash)`,
 * `set({ lang, theme, audience, jurisdiction })` with any of them, and `config(object)`, where an empty object takes
 * the one before back. They are called from `ready()` on; but the theme in the address is set at once, and a
 * configuration is handed over when it comes, so that nobody sees the app without it first.
 */
export function connect(app) {
  const query = new URLSearchParams(location.search);
  const host = origin(query.get("host"));
  if (!host || parent === self) {
    tell("the address names no page around it; nothing is sent or heard");
    const quiet = () => {};
    return { ready: quiet, step: quiet, outcome: quiet, error: quiet };
  }

  const root = document.documentElement;
  // For the style sheet: in a frame that is as high as its page, a share of the viewport is no measure.
  root.dataset.embed = "";
  let open = false;
  let posted = 0;
  let first = true;
  let width = innerWidth;
  let tall = innerHeight;
  let resized;
  let echoes = 0;
  let held = {};
  let pace;

  const post = (type, body) => parent.postMessage({ posAid: VERSION, type, ...body }, host);
  const report = (type) => (detail) => {
    post(type, { detail: harmless(detail) });
    // A new page has a new height, and observers rest while the frame is out of sight.
    measure();
  };
  const error = report("error");

  function measure(always) {
    const height = Math.min(50000, Math.ceil(root.getBoundingClientRect().height));
    if (height < 1 || (height === posted && !always)) return;
    // The frame may just have got the height that was asked for; browsers differ in whether an observer or the
    // resize event comes first. Growing once more then may be chance; growing again and again means that the page
    // is as high as its frame and a bit.
    const echo = innerWidth === width && (resized || innerHeight !== tall);
    if (!always) echoes = echo ? echoes + (height > posted) : 0;
    if (!always && echo && height > posted && echoes > ECHOES) {
      // At the end of an animation it was chance, so it is measured once more.
      if (echoes === ECHOES + 1) setTimeout(measure, 500, true);
      return;
    }
    posted = height;
    // The first of a page asks for the configuration, too.
    post("resize", first ? { height, first } : { height });
    first = false;
  }

  function run() {
    const todo = held;
    held = {};
    clearTimeout(pace);
    pace = undefined;
    for (const type of ORDER) {
      if (!(type in todo)) continue;
      if (!open && type !== "config") {
        held[type] = todo[type];
        continue;
      }
      pace ??= setTimeout(run, PACE);
      try {
        // Only here, since this is the dear part.
        if (type === "config" && new Blob([JSON.stringify(todo.config)]).size > LARGEST) throw "larger than 200 KB";
        app[type](todo[type]);
      } catch (why) {
        console.error(`POS Aid, embedded: ${type} failed:`, why);
        error({ code: "command" });
      }
    }
  }

  function hold(type, value) {
    held[type] = value;
    if ((open || type === "config") && !pace) run();
  }

  function hear({ source, origin, data }) {
    if (source !== parent || origin !== host || !data || typeof data !== "object") return;
    const { posAid, type } = data;
    if (Number.isInteger(posAid) && posAid > VERSION) return tell("left out a message of a newer version");
    if (posAid !== VERSION || typeof type !== "string") return;
    if (type === "hello") {
      if (open) post("ready", { again: true });
      measure(true);
    } else if (type === "go") {
      const { route } = data;
      if (typeof route === "string" && /^#\/[\w\-./%]{0,1000}$/.test(route)) hold("go", route);
    } else if (type === "set") {
      const set = settings(data);
      if (Object.keys(set).length) hold("set", { ...held.set, ...set });
    } else if (type === "config") {
      if (Object.prototype.toString.call(data.config) === "[object Object]") hold("config", data.config);
    } else tell("left out a message of an unknown type");
  }

  addEventListener("message", hear);
  addEventListener("click", openOutside, true);
  addEventListener("hashchange", () => (echoes = 0));
  addEventListener("resize", () => {
    clearTimeout(resized);
    resized = innerWidth === width ? setTimeout(() => (resized = 0), 100) : 0;
    width = innerWidth;
    tall = innerHeight;
  });
  const observer = new ResizeObserver(() => measure());
  observer.observe(root);
  observer.observe(document.body);
  measure();

  const theme = settings({ theme: query.get("theme") });
  if (theme.theme) {
    try {
      app.set(theme);
    } catch (why) {
      console.error("POS Aid, embedded: set failed:", why);
    }
  }

  return {
    ready() {
      if (open) return;
      open = true;
      post("ready", { again: false });
      measure();
      run();
    },
    step: report("step"),
    outcome: report("outcome"),
    error,
  };
}
