// <pos-aid>: frames the app, or lets inline.js run it in the page, passes commands in and events out: see embed.md.
const APP = new URL("index.html", import.meta.url);
const NAMES = ["lang", "start", "audience", "jurisdiction", "theme", "config", "allow", "mode"];
const POWERS = ["usb", "serial", "clipboard-write"];
const WORDS = {
  loading: ["正在打开刷卡急救……", "Opening POS Aid…"],
  unsupported: ["刷卡急救在这里打不开。", "POS Aid cannot open here."],
  "not-allowed": ["这个网页不允许刷卡急救这样做。", "This page does not let POS Aid do that."],
  link: ["在新标签页打开刷卡急救", "Open POS Aid in a new tab"],
  title: ["刷卡急救：刷卡没成功怎么办", "POS Aid: first aid for a failed card payment"],
};

const told = new Set();
function tell(text) {
  if (!told.has(text)) console.warn(`<pos-aid> ${text}`);
  told.add(text);
}

const make = (tag, properties) => Object.assign(document.createElement(tag), properties);

// A few short words, numbers and marks; nothing as long as a card or phone number.
function harmless(detail) {
  const entries = Object.entries(detail ?? {});
  const fits = ([name, value]) =>
    /^[a-z]{1,24}$/i.test(name) &&
    (value === !!value ||
      (Number.isInteger(value) && Math.abs(value) < 1e5) ||
      (typeof value === "string" && /^[\w.-]{0,64}$/.test(value) && !/(\d[._-]*){6}/.test(value)));
  return entries.length < 13 && entries.every(fits) && Object.fromEntries(entries);
}

class PosAid extends HTMLElement {
  static observedAttributes = NAMES;
  #root = this.attachShadow({ mode: "open" });
  #link = make("a", { target: "_blank", rel: "noopener" });
  #changed = new Set();
  #life;
  #near;
  #frame;
  #ready;
  #met;
  #timer;
  #drawing;
  #height;
  #fetching;
  #config;
  #count = 0;

  connectedCallback() {
    // Properties that were set before this file came hide the ones defined below.
    for (const name of NAMES) {
      if (!Object.hasOwn(this, name)) continue;
      const value = this[name];
      delete this[name];
      this[name] = value;
    }
    this.#changed.clear();
    if (!this.#root.firstChild) this.#build();
    this.#life = new AbortController();
    const { signal } = this.#life;
    addEventListener("message", (event) => this.#hear(event), { signal });
    document.addEventListener("securitypolicyviolation", (event) => this.#refused(event), { signal });
    this.#show("loading");
    if (!self.IntersectionObserver) return this.reload();
    const seen = (entries) => entries.some((e) => e.isIntersecting) && this.reload();
    this.#near = new IntersectionObserver(seen, { rootMargin: "600px" });
    this.#near.observe(this);
  }

  disconnectedCallback() {
    this.#life.abort();
    this.#close();
  }

  attributeChangedCallback(name) {
    // Several changes at a time are one message.
    if (!this.#changed.size) queueMicrotask(() => this.#change());
    this.#changed.add(name);
  }

  /** Shows another place, in the words of `start`. */
  go(start) {
    this.start = start;
  }

  /** Begins anew at `start`. */
  reload() {
    if (!this.isConnected) return;
    this.#close();
    this.#show("loading");
    this.#open();
  }

  get #lang() {
    const { lang } = this.closest("[lang]") ?? document.documentElement;
    return /^zh\b/i.test(lang || navigator.language) ? "zh-CN" : "en";
  }

  /** An attribute that looks as it should, or a word on the console. */
  #read(name, pattern) {
    const value = this[name].trim();
    if (!value || pattern.test(value)) return value;
    tell(`${name}="${value}" is not understood and left out`);
    return "";
  }

  get #settings() {
    return {
      lang: this.#lang,
      audience: this.#read("audience", /^(cardholder|staff)$/),
      jurisdiction: this.#read("jurisdiction", /^[a-z]{2}$/),
      theme: this.#read("theme", /^(auto|light|dark)$/) || "auto",
    };
  }

  get #route() {
    const { lang, audience, jurisdiction } = this.#settings;
    const start = this.#read("start", /^((complaint|message|code|cause|guide|right):)?[a-z\d-]{1,48}$/);
    const page = start.replace("complaint:", "").replace("right:", "rights:").replace(":", "/");
    const place = page.startsWith("rights/") && jurisdiction;
    return `#/${[lang, audience, page, place].filter(Boolean).join("/")}`;
  }

  #build() {
    const say = (element, name) => {
      const [zh, en] = WORDS[name];
      const span = (lang, textContent) => make("span", { lang, textContent });
      const both = [span("zh-CN", zh), " · ", span("en", en)];
      element.append(...(this.#lang === "en" ? both.reverse() : both));
      return element;
    };
    // Screen readers read an output out when it changes.
    const status = make("output");
    for (const name of ["loading", "unsupported", "not-allowed"]) status.append(say(make("slot", { name }), name));
    this.#root.append(status, say(this.#link, "link"));
    try {
      // Strict policies forbid style elements, but not this.
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(":host{display:block}[hidden],:host([hidden]){display:none}");
      this.#root.adoptedStyleSheets = [sheet];
    } catch {}
  }

  /** Shows one of the slots, or none. */
  #show(state) {
    for (const slot of this.#root.querySelectorAll("slot")) slot.hidden = slot.name !== state;
    this.#link.hidden = !state || state === "loading";
    this.#link.href = APP + (this.#frame?.app?.place ?? this.#route);
  }

  #fire(name, detail) {
    this.dispatchEvent(new CustomEvent(`pos-aid:${name}`, { bubbles: true, composed: true, detail }));
  }

  #fail(state, code = state) {
    this.#show(state);
    this.#fire("error", { code });
  }

  #wait(seconds) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#fail("unsupported", "timeout"), seconds * 1000);
  }

  #post(type, body) {
    const { app, contentWindow } = this.#frame;
    if (app) app.post(type, body);
    else contentWindow?.postMessage({ posAid: 1, type, ...body }, APP.origin);
  }

  // The app hears from here on, and may wait for its configuration.
  #meet() {
    this.#met = true;
    if (this.#config) this.#post("config", { config: this.#config });
  }

  async #inline() {
    const frame = (this.#frame = make("div", { hidden: true }));
    this.#root.append(frame);
    this.#wait(60);
    this.#configure();
    const said = (data) => frame === this.#frame && this.#said(data);
    try {
      const { open } = await import(new URL("inline.js", APP));
      if (frame !== this.#frame) return;
      frame.app = open(frame, this.#route, this.#settings, !!this.config, said);
      this.#meet();
    } catch (why) {
      tell(why);
      said({ type: "error", detail: { code: "failed" } });
    }
  }

  #open() {
    if (this.#read("mode", /^(inline|frame)$/) === "inline") return this.#inline();
    // The app answers to an origin; a file has none, nor has a sandbox without one.
    if (!/^http/.test(self.origin)) return this.#fail("not-allowed");
    const wanted = this.allow.split(/[\s,;]+/).filter(Boolean);
    for (const name of wanted) if (!POWERS.includes(name)) tell(`allow="${name}" is not understood and left out`);
    const own = APP.origin === self.origin;
    const query = new URLSearchParams({ embed: 1, host: self.origin, theme: this.#settings.theme });
    if (this.config) query.set("config", 1);
    this.#frame = make("iframe", {
      part: "frame",
      title: WORDS.title[+(this.#lang === "en")],
      referrerPolicy: "no-referrer",
      sandbox:
        "allow-scripts allow-same-origin allow-forms allow-modals allow-popups allow-popups-to-escape-sandbox allow-downloads",
      // A frame of the host's own origin would inherit what is not asked for.
      allow: POWERS.map((name) => (wanted.includes(name) ? name : own && `${name} 'none'`)).filter(Boolean).join(";"),
      src: `${APP}?${query}${this.#route}`,
      onload: () => {
        // Later pages are the visitor's own way.
        if (!this.#ready) this.#wait(20);
        this.#post("hello");
      },
    });
    // Unseen until the app has spoken, for it may be the browser's own error page.
    Object.assign(this.#frame.style, { display: "block", width: "100%", height: "320px", border: 0, visibility: "hidden" });
    this.#root.append(this.#frame);
    this.#wait(60);
    this.#configure();
  }

  #close() {
    this.#near?.disconnect();
    this.#fetching?.abort();
    clearTimeout(this.#timer);
    cancelAnimationFrame(this.#drawing);
    this.#frame?.app?.close();
    this.#frame?.remove();
    this.#frame = this.#ready = this.#met = this.#drawing = this.#fetching = this.#config = undefined;
  }

  #refused({ effectiveDirective, blockedURI, disposition }) {
    const ours = effectiveDirective === "frame-src" && blockedURI.startsWith(APP.origin);
    if (!this.#frame || !ours || disposition !== "enforce") return;
    this.#close();
    this.#fail("not-allowed");
  }

  #change() {
    const changed = this.#changed;
    this.#changed = new Set();
    this.#link.href = APP + this.#route;
    if (!this.#frame || !changed.size) return;
    // Before the app is ready there is nothing to keep.
    if (changed.has("allow") || changed.has("mode") || !this.#ready) return this.reload();
    if (!this.#frame.app) this.#frame.title = WORDS.title[+(this.#lang === "en")];
    const set = Object.entries(this.#settings).filter(([name]) => changed.has(name));
    if (set.length) this.#post("set", Object.fromEntries(set));
    if (changed.has("start")) this.#post("go", { route: this.#route });
    if (changed.has("config")) this.#configure();
  }

  // The host page fetches it, for the app's policy lets it ask its own origin only.
  async #configure() {
    const { config } = this;
    this.#fetching?.abort();
    const fetching = (this.#fetching = new AbortController());
    let found;
    let late;
    const timer = setTimeout(() => fetching.abort((late = "it did not come within 5 s")), 5000);
    try {
      if (config) {
        const answer = await fetch(new URL(config, document.baseURI), { signal: fetching.signal });
        if (!answer.ok) throw `the server answered ${answer.status}`;
        const bytes = await answer.arrayBuffer();
        if (bytes.byteLength > 2e5) throw "it is larger than 200 KB";
        const text = new TextDecoder().decode(bytes);
        found = JSON.parse(text);
        if (!/^\s*{/.test(text)) throw "it is no JSON object";
      }
    } catch (why) {
      found = undefined;
      if (fetching === this.#fetching) tell(`config="${config}" is left out: ${late ?? why}`);
    }
    clearTimeout(timer);
    // Another one was asked for, or the element is gone.
    if (fetching !== this.#fetching) return;
    // An empty one takes the one before back, and says that there is none to wait for.
    this.#config = found ?? (config || this.#config ? {} : undefined);
    if (this.#met) this.#meet();
  }

  #hear({ source, origin, data }) {
    const frame = this.#frame;
    if (!frame || source !== frame.contentWindow || origin !== APP.origin || !data) return;
    if (data.posAid > 1) return tell("left out a message of a newer version");
    if (data.posAid !== 1 || typeof data.type !== "string") return;
    if (frame.style.visibility) {
      // From here on the app's static page helps, if nothing else.
      frame.style.visibility = "";
      this.#show();
    }
    if (data.first === true) this.#meet();
    this.#said(data);
  }

  #said({ type, ...data }) {
    const frame = this.#frame;
    if (type === "resize") {
      if (!Number.isFinite(data.height) || data.height < 1 || data.height > 5e4) return;
      this.#height = Math.ceil(data.height);
      this.#drawing ??= requestAnimationFrame(() => {
        this.#drawing = undefined;
        frame.style.height = `${this.#height}px`;
        this.#fire("resize", { height: this.#height });
      });
    } else if (type === "ready") {
      clearTimeout(this.#timer);
      this.#show();
      this.#ready = true;
      if (!data.again) {
        const { theme, jurisdiction } = this.#settings;
        this.#post("set", { theme, jurisdiction });
        if (!this.#met) this.#meet();
        this.#fire("ready", {});
      }
    } else if (/^(step|outcome|error)$/.test(type)) {
      const detail = harmless(data.detail);
      if (!this.#count++) setTimeout(() => (this.#count = 0), 1000);
      if (!detail || this.#count > 20) return;
      if (type === "step") this.#show();
      const lost = frame.app ? /^(failed|crashed)$/.test(detail.code) : !this.#ready && detail.code !== "config";
      if (type === "error" && lost) {
        clearTimeout(this.#timer);
        this.#show("unsupported");
      }
      if (detail.code === "not-allowed") this.#show("not-allowed");
      // Who answered at the bottom of a long page wants the next one from its top.
      const above = !frame.app && document.activeElement === this && this.getBoundingClientRect().top < 0;
      if (type === "step" && above) this.scrollIntoView();
      this.#fire(type, detail);
    } else tell("left out a message of an unknown type");
  }
}

for (const name of NAMES.slice(1)) {
  Object.defineProperty(PosAid.prototype, name, {
    get() {
      return this.getAttribute(name) ?? "";
    },
    set(value) {
      if (value == null) this.removeAttribute(name);
      else this.setAttribute(name, value);
    },
  });
}

// The first of two versions on a page wins.
if (!customElements.get("pos-aid")) customElements.define("pos-aid", PosAid);
