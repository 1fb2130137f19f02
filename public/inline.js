// The app within somebody else's page, for <pos-aid mode="inline">: it gets a small window of its own, so that the
// page's address, history, title, language, storage, focus and scroll stay as they are.

// The build fills in what index.html names. What looks at readers is not among it: a device would be allowed to the page
// around, and to whatever else runs there.
const FILES = {};
const ROOT = new URL("./", import.meta.url);
const APP = new URL("index.html", ROOT).href;
const READER = /^#\/[\w-]+(\/(cardholder|staff))?\/reader(\/|$)/;

// A module is there once a page, and so is its program: every further app has its own, under a name of its own. What
// ended is used again.
const free = [];
let most = 0;

/** The style sheet. Sizes follow the text size of the page around where that is larger, and are never below our own. */
async function look() {
  const answer = await fetch(new URL(FILES.style, ROOT));
  if (!answer.ok) throw new Error(`${FILES.style}: ${answer.status}`);
  const text = await answer.text();
  return text.replace(/([\d.]+)rem\b/g, (rem, n) => `max(${rem}, ${n * 16}px)`);
}

/** Gives it to a document or a shadow: not as an element, which a policy may forbid. */
function dress(scope, text, { CSSStyleSheet } = self) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  scope.adoptedStyleSheets = [...scope.adoptedStyleSheets, sheet];
  return () => (scope.adoptedStyleSheets = [...scope.adoptedStyleSheets].filter((s) => s !== sheet));
}

/** The window of an app whose element in the page is `outside`. */
class Home extends EventTarget {
  /** Whether the page around moves the app just now. */
  led = false;
  /** The style sheet, for printing. */
  look = "";
  #root;
  #outside;
  #past;
  #at = 0;

  constructor(root, outside, route) {
    super();
    this.#root = root;
    this.#outside = outside;
    this.#past = [{ hash: route, state: null }];
    const shadow = root.getRootNode();
    const home = this;
    this.document = {
      title: "",
      documentElement: root,
      getElementById: (id) => shadow.getElementById(id),
      querySelector: (what) => shadow.querySelector(what),
      querySelectorAll: (what) => shadow.querySelectorAll(what),
      get activeElement() {
        return shadow.activeElement ?? document.activeElement;
      },
    };
    this.location = {
      get hash() {
        return home.#here.hash;
      },
      set hash(hash) {
        home.go(hash, true);
      },
    };
    this.history = {
      get state() {
        return home.#here.state;
      },
      pushState: (state, _, hash) => this.#push({ hash, state }),
      replaceState: (state, _, hash = this.#here.hash) => (this.#past[this.#at] = { hash, state }),
      back: () => {
        this.#at = Math.max(0, this.#at - 1);
        this.#changed();
      },
    };
  }

  get #here() {
    return this.#past[this.#at];
  }

  #push(place) {
    this.#past.splice((this.#at += 1), Infinity, place);
  }

  #changed(led = false) {
    this.led = led;
    this.dispatchEvent(new Event("hashchange"));
    this.led = false;
  }

  go(hash, led) {
    if (hash === this.#here.hash || READER.test(hash)) return;
    this.#push({ hash, state: null });
    this.#changed(led);
  }

  // How far somebody has read: as far as the element's top is above the window's.
  get scrollY() {
    return Math.max(0, -this.#outside.getBoundingClientRect().top);
  }

  scrollTo(_, y) {
    const { top } = this.#outside.getBoundingClientRect();
    if (y) scrollBy(0, top + y);
    else if (top < 0) this.#outside.scrollIntoView();
  }

  /** Prints what is shown, and nothing of the page around. */
  print() {
    const frame = document.createElement("iframe");
    frame.ariaHidden = "true";
    frame.tabIndex = -1;
    Object.assign(frame.style, { position: "fixed", width: 0, height: 0, border: 0 });
    frame.onload = () => {
      frame.onload = null;
      const page = frame.contentDocument;
      const copy = this.#root.cloneNode(true);
      const canvases = copy.querySelectorAll("canvas");
      this.#root.querySelectorAll("canvas").forEach((drawn, n) => canvases[n].getContext("2d").drawImage(drawn, 0, 0));
      page.documentElement.lang = this.#root.lang;
      page.title = this.document.title;
      page.body.append(copy);
      dress(page, this.look, frame.contentWindow);
      frame.contentWindow.onafterprint = () => frame.remove();
      frame.contentWindow.print();
    };
    this.#root.getRootNode().append(frame);
  }

  /** A click on a link: a place in the app is gone to here, everything else opens in a tab of its own. */
  follow(event) {
    const link = event.target.closest?.("a[href]:not([download])");
    if (!link || event.defaultPrevented) return;
    const place = link.getAttribute("href");
    const within = place.startsWith("#");
    const plain = !(event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
    if (within && plain && !READER.test(place)) {
      event.preventDefault();
      this.go(link.hash);
    } else if (within) {
      // The host's address with our fragment leads nowhere; the app's own page does.
      Object.assign(link, { href: APP + place, target: "_blank", rel: "noopener" });
      setTimeout(() => {
        link.setAttribute("href", place);
        link.removeAttribute("target");
      });
    } else if (/^https?:$/.test(new URL(place, ROOT).protocol)) {
      // Pages beside the app lie there, not beside the page around.
      Object.assign(link, { href: new URL(place, ROOT), target: "_blank", rel: "noopener" });
    }
  }
}

/**
 * Starts the app in `root`, an element in the shadow of another one. `settings` are as for a frame, and `waits` whether
 * a configuration will be posted; `tell` gets what a frame would post. Gives what a frame can be told, and its end.
 */
export function open(root, route, { lang, theme }, waits, tell) {
  const number = free.pop() ?? (most += 1);
  const shadow = root.getRootNode();
  const page = new Home(root, shadow.host, route);
  const quit = new AbortController();
  const { signal } = quit;
  const own = (name) => new URL(number > 1 ? `${name}?${number}` : name, ROOT);
  Object.assign(root, { id: "app", className: "guest", hidden: true, lang });
  Object.assign(root.dataset, { embed: "", theme });
  for (const name of ["click", "auxclick"]) shadow.addEventListener(name, (event) => page.follow(event), { signal });

  let app;
  let broken;
  let undress = () => {};
  const waiting = [];
  const post = (type) => (detail) => tell({ type, detail });
  function close() {
    if (signal.aborted) return;
    quit.abort();
    app?.stop();
    undress();
    // Not before nothing is under way any more.
    running.then(() => broken || free.push(number));
  }
  function fail(code, why) {
    if (signal.aborted) return;
    broken = true;
    root.hidden = true;
    if (why) console.error(why);
    quit.abort();
    try {
      app?.stop();
    } catch {
      // What has crashed cannot put itself in order.
    }
    undress();
    tell({ type: "error", detail: { code } });
  }

  const running = (async () => {
    const { create } = await import(new URL(FILES.boot, ROOT));
    app = create({ files: FILES, root: ROOT, page, lang, host: location.origin, own });
    for (const todo of waiting) app[todo[0]](todo[1]);
    const [draw, text] = await Promise.all([app.load(waits), look()]);
    if (signal.aborted) return;
    undress = dress(shadow, (page.look = text));
    draw();
    root.hidden = false;
    // Of all errors on this page, those of this app's own program.
    const ours = `${own(FILES.app)}:`;
    const crashed = ({ error }) => String(error?.stack).includes(ours) && fail("crashed");
    addEventListener("error", crashed, { signal });
    app.meet({
      ready: () => tell({ type: "ready" }),
      step: post("step"),
      outcome: post("outcome"),
      error: post("error"),
    });
    await app.rest();
  })().catch((why) => fail("failed", why));

  return {
    close,
    // For the link to the app's own page, should it be needed.
    get place() {
      return page.location.hash;
    },
    post(type, body) {
      const value = { go: body.route, set: body, config: body.config }[type];
      if (signal.aborted) return;
      if (app) app[type](value);
      else waiting.push([type, value]);
    },
  };
}
