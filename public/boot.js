// Starts the app: fetches everything at once, then hands over. On the app's own page it does so by itself; within
// somebody else's, inline.js has it done.
const WAIT = 3000;

// Places whose next part is an id of the rules, and no word of a visitor; a case's is one, too.
const NAMED = /^(now|message|code|cause|guide|say|rights|reader)$/;
// Places without one that may be named to a page around.
const PLAIN = /^(start|more|rules|find|kit|guides|log|upkeep|quiz|print|owner)$/;

// Pictures of terminals: drawn by the page itself, so that a policy may forbid pictures from elsewhere.
async function bitmap(blob, width) {
  const picture = await createImageBitmap(blob);
  const scale = Math.min(1, width / picture.width);
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  return canvas;
}

const shrink = async (file) => (await bitmap(file, 640)).toDataURL("image/jpeg", 0.7);

function paint(canvas) {
  const { photo } = canvas.dataset;
  if (canvas.painted === photo) return;
  canvas.painted = photo;
  const bytes = Uint8Array.from(atob(photo.split(",")[1]), (c) => c.charCodeAt(0));
  bitmap(new Blob([bytes], { type: "image/jpeg" }), 640).then((drawn) => {
    canvas.width = drawn.width;
    canvas.height = drawn.height;
    canvas.getContext("2d").drawImage(drawn, 0, 0);
  }, console.warn);
}

/**
 * One app. `files` are the names of its files in the folder `root`; `page` is the window, or what inline.js lends in
 * its stead; `host` the origin of the page around, if there is one; `own` gives the address of a program's script.
 */
export function create({ files, root, page, lang, host, own = (name) => new URL(name, root) }) {
  const languages = { en: [files.en, files.lookUpEn], "zh-CN": [files.zh, files.lookUpZh] };
  const other = Object.keys(languages).find((l) => l !== lang);
  // What came, as it came; the app; and what was added to it, so that it can be added to the next one.
  let base;
  let mine;
  let app;
  const parts = [];
  // What the rooms of the office get: the same as the app.
  let given;
  let words;
  let rooms;
  // What a page around wants otherwise; the program that puts it into rules and words, and whether it does now.
  let wanted;
  let applied;
  let bank;
  let tokens = [];
  const trouble = new Map();
  let came;
  const first = new Promise((resolve) => (came = resolve));
  let around;
  let gone;

  async function bytes(url) {
    // On a network that hangs, saying so beats waiting; a reload goes on where it stopped.
    const signal = AbortSignal.timeout?.(30000);
    const response = await fetch(new URL(url, root), { signal });
    if (!response.ok) throw new Error(`${url}: ${response.status}`);
    return new Uint8Array(await response.arrayBuffer());
  }

  // Made once: to make one anew would take the ground from under what runs.
  const programs = {};
  function program(script, wasm) {
    const make = async () => {
      const module = await import(own(script));
      await module.default({ module_or_path: new URL(wasm, root) });
      return module;
    };
    programs[script] ??= make().catch((error) => {
      delete programs[script];
      throw error;
    });
    return programs[script];
  }

  // What looks at readers comes with the room for it, and only with it: nothing else can reach a device.
  let look = () => {};

  async function office(room) {
    if (!files[room]) throw new Error(`there is no ${room} here`);
    const loading = program(files[room], files[`${room}Wasm`]);
    if (room === "reader") look = (await import(own(files.probe))).start((text) => app.heard(text));
    const [module, shelf] = await Promise.all([loading, bytes(files.shelf)]);
    module.open(given, new TextDecoder().decode(shelf), root.origin + root.pathname);
    for (const part of words) module.add_words(part);
    rooms.add(module);
    return module;
  }

  const hands = {
    window: page === window ? undefined : page,
    office,
    bytes,
    shrink,
    paint: () => page.document.querySelectorAll("canvas[data-photo]").forEach(paint),
    probe: (order) => look(order),
  };

  /** What came, or what a bank made of it. */
  const made = (how, part) => (bank ? bank[how](part) : part);

  function add_words(part) {
    const ours = made("words", part);
    words.push(ours);
    for (const module of rooms) module.add_words(ours);
    app.add_words(ours);
  }

  function note(at, what) {
    const field = `${at}`;
    if (trouble.has(`${field}: ${what}`)) return;
    const word = { code: "config" };
    if (field) word.field = field.replace(/[^\w-]+/g, ".").slice(0, 64);
    trouble.set(`${field}: ${what}`, word);
    console.warn(`POS Aid, configuration: ${field && `${field}: `}${what}`);
    if (around && trouble.size <= 10) around.error(word);
  }

  /** Puts the bank's part into the rules, as far as it is understood. */
  function configure(module) {
    let said = {};
    bank = undefined;
    given = base;
    applied = wanted;
    if (wanted && module) {
      try {
        said = JSON.parse(module.open(wanted, base, host));
        for (const { at, what } of said.problems) note(at, what);
        if (said.applied) {
          given = module.base();
          bank = module;
        }
      } catch (error) {
        note("", error);
      }
    }
    const { style } = page.document.documentElement;
    for (const name of tokens) style.removeProperty(name);
    tokens = Object.entries(said.tokens ?? {}).map(([name, value]) => (style.setProperty(name, value), name));
  }

  /** The program for what a bank wants; nothing if nothing is wanted, or if it does not come. */
  async function banking() {
    try {
      if (wanted && !files.bank) throw new Error("this app was built with one of its own");
      return wanted && (await program(files.bank, files.bankWasm));
    } catch (error) {
      note("", error);
    }
  }

  function begin() {
    rooms = new Set();
    words = [made("words", mine)];
    app.start(given, words[0], hands);
  }

  function late() {
    if (bank) for (const { at, what } of JSON.parse(bank.problems())) note(at, what);
  }

  /** Adds something to the app that runs, and to every later one. */
  function add(part) {
    if (gone) return;
    part();
    parts.push(part);
  }

  /** Shows the app, or shows it anew. */
  function draw(module) {
    configure(module);
    try {
      begin();
    } catch (error) {
      if (!bank) throw error;
      // Rather the app as it is than none.
      note("", error);
      bank = undefined;
      given = base;
      begin();
    }
    for (const part of parts) {
      try {
        part();
      } catch (error) {
        console.warn(error);
      }
    }
    late();
  }

  /** Where the visitor is now, in words of the rules. */
  function step() {
    const places = page.location.hash.split("/").slice(2);
    const [place = "start", id] = places.filter((part) => !/^(cardholder|staff)$/.test(part));
    const ours = page.document.querySelector("#app [data-outcome]")?.dataset;
    // What somebody typed stands in the address of a search, so that no id leaves but the rules' own.
    if (ours) around.step({ page: "case", id: place });
    else if (NAMED.test(place)) around.step(id ? { page: place, id } : { page: place });
    else if (PLAIN.test(place)) around.step({ page: place });
    if (ours && ours.outcome !== "ask" && ours.outcome !== "try") around.outcome({ kind: ours.outcome, id: ours.about });
  }

  return {
    // What a page around may ask for. Nothing that somebody typed leaves.
    go: (hash) => (page.location.hash = hash),
    set({ lang, audience, theme }) {
      if (theme) page.document.documentElement.dataset.theme = theme;
      if (!lang && !audience) return;
      // An address may leave out its language and its role.
      let [, ...places] = page.location.hash.split("/");
      const take = (fits) => (fits.test(places[0]) ? places.shift() : undefined);
      const [spoken, role] = [take(/^(en|zh-CN)$/), take(/^(cardholder|staff)$/)];
      places = [lang ?? spoken, audience ?? role, ...places].filter(Boolean);
      page.location.hash = `#/${places.join("/")}`;
    },
    async config(value) {
      const text = Object.keys(value).length ? JSON.stringify(value) : undefined;
      if (text !== wanted) trouble.clear();
      wanted = text;
      came();
      if (!given) return;
      const module = await banking();
      // Another one may have come meanwhile, or the same one again.
      if (!gone && wanted !== applied) draw(module);
    },

    /** Fetches what the first page needs; with `waits`, for a while also what the page around wants. */
    async load(waits) {
      if (waits) setTimeout(came, WAIT);
      else came();
      let module;
      [app, base, mine, module] = await Promise.all([
        program(files.app, files.wasm),
        bytes(files.base),
        bytes(languages[lang][0]),
        first.then(banking),
      ]);
      // It may have come too late for that, and still before the rest.
      module ??= await banking();
      return () => draw(module);
    },

    /** Tells the page around that it is there, and from then on where the visitor is. */
    meet(one) {
      around = one;
      around.ready();
      step();
      const soon = (then) => requestAnimationFrame(() => requestAnimationFrame(then));
      page.addEventListener("hashchange", () => soon(() => gone || step()));
      for (const word of [...trouble.values()].slice(0, 10)) around.error(word);
    },

    /** The look-up, which nobody should wait for; then the other language, so that it is there when the network is gone. */
    async rest() {
      try {
        const [found, terms] = await Promise.all([bytes(files.lookUp), bytes(languages[lang][1])]);
        add(() => app.add_look_up(made("look_up", found), made("look_up_words", terms)));
        late();
      } catch (error) {
        console.warn("The look-up could not be loaded.", error);
        add(() => app.miss_look_up());
      }
      for (const [file, take] of [
        [languages[other][0], add_words],
        [languages[other][1], (part) => app.add_look_up_words(made("look_up_words", part))],
      ]) {
        try {
          const part = await bytes(file);
          add(() => take(part));
        } catch (error) {
          console.warn("The other language could not be loaded.", error);
          add(() => app.miss_words());
        }
      }
      if (!gone) late();
    },

    stop() {
      gone = true;
      app?.stop();
    },
  };
}

/**
 * The app on its own page. If anything fails, now or later, the static page comes back with a sentence and a button; the
 * case is in the address, so a reload goes on where it stopped.
 */
async function alone(files) {
  // A page that was made beforehand lies deeper, and stands for a place in the app.
  const root = new URL(files.up ?? "./", location.href);
  const route = location.hash.startsWith("#/") ? location.hash : files.route ?? "";
  const query = new URLSearchParams(location.search);
  const embedded = self !== top && query.has("embed");

  function show(id) {
    document.getElementById("app").hidden = true;
    document.getElementById("static").hidden = false;
    document.getElementById("loading").hidden = true;
    document.getElementById(id).hidden = false;
  }

  for (const button of document.querySelectorAll("button.again")) {
    button.addEventListener("click", () => {
      // On a network that hangs nobody waits for that.
      const patience = setTimeout(afresh, 4000);
      const again = (module) => (clearTimeout(patience), module.again());
      import(new URL(files.offline, root)).then(again).catch(afresh);
    });
  }

  /** Loads the page anew; a newer version, which may be the cure of this one, takes over if it waits. */
  async function afresh() {
    try {
      const registration = await navigator.serviceWorker.getRegistration(root);
      registration?.waiting?.postMessage({ type: "take-over" });
    } catch {
      // No workers here, so there is nothing to take over.
    }
    location.reload();
  }

  /** The language of the link, else the one chosen before, else the browser's. */
  function language() {
    const known = (lang) => lang === "en" || lang === "zh-CN";
    const linked = route.split("/")[1];
    if (known(linked)) return linked;
    try {
      const kept = localStorage.getItem("pos-aid-lang");
      if (known(kept)) return kept;
    } catch {
      // Storage is refused here; the browser's language will do.
    }
    return (navigator.language || "").toLowerCase().startsWith("zh") ? "zh-CN" : "en";
  }

  /** A newer version waits: told, and taken only by the button. */
  function offer(accept) {
    const newer = document.getElementById("newer");
    newer.querySelector("button").onclick = accept;
    newer.hidden = false;
  }

  /** Waits until nothing of a page is still coming, but not for ever. */
  const whole = (app) =>
    new Promise((done) => {
      const look = () => app.querySelector(".loading") || done();
      new MutationObserver(look).observe(app, { childList: true, subtree: true });
      setTimeout(done, 8000);
      look();
    });

  const lang = language();
  const app = create({ files, root, page: window, lang, host: query.get("host") ?? "" });
  const around = embedded ? import(new URL(files.frame, root)).then((frame) => frame.connect(app)) : undefined;
  try {
    const draw = await app.load(embedded && query.has("config"));
    // From here on an uncaught error is a crash of the app itself. An event without one is none: browsers tell so
    // that a size is measured a frame later, and of scripts that are not ours.
    const crash = (then) => addEventListener("error", ({ error }) => error && then());
    crash(() => show("crashed"));
    // From here on the app moves by fragments of its own address; a page that was made beforehand gives way.
    if (files.up) history.replaceState(history.state, "", root.pathname + location.search + route);
    draw();
    const rest = app.rest();
    // What was made beforehand is complete: it gives way to a page, not to a word that one is coming.
    if (files.up) await whole(document.getElementById("app"));
    document.getElementById("static").hidden = true;
    document.getElementById("app").hidden = false;
    const frame = await around;
    if (frame) {
      app.meet(frame);
      crash(() => frame.error({ code: "crashed" }));
    }
    await rest;
    document.documentElement.dataset.ready = "";
    // Builds for developers name no such file.
    if (files.offline) {
      import(new URL(files.offline, root)).then((m) => m.offline({ lang, offer })).catch(console.warn);
    } else {
      document.documentElement.dataset.kept = "none";
    }
  } catch (error) {
    console.error(error);
    show("failed");
    (await around)?.error({ code: "failed" });
  }
}

const boot = document.getElementById("boot")?.dataset;
if (boot?.wasm) alone(boot);
