// Starts the app: fetches everything at once, then hands over. If anything fails, now or later,
// the static page comes back with a sentence and a button; the case is in the address, so a
// reload goes on where it stopped.
const files = document.getElementById("boot").dataset;
const LANGUAGES = { en: files.en, "zh-CN": files.zh };
const LOOK_UP_WORDS = { en: files.lookUpEn, "zh-CN": files.lookUpZh };

// A page that was made beforehand lies deeper, and stands for a place in the app.
const root = new URL(files.up ?? "./", location.href);
const route = location.hash.startsWith("#/") ? location.hash : files.route ?? "";

/** The language of the link, else the one chosen before, else the browser's. */
function language() {
  const linked = route.split("/")[1];
  if (linked in LANGUAGES) return linked;
  try {
    const kept = localStorage.getItem("pos-aid-lang");
    if (kept in LANGUAGES) return kept;
  } catch {
    // Storage is refused here; the browser's language will do.
  }
  return (navigator.language || "").toLowerCase().startsWith("zh") ? "zh-CN" : "en";
}

async function bytes(url) {
  // On a network that hangs, saying so beats waiting; a reload goes on where it stopped.
  const signal = AbortSignal.timeout?.(30000);
  const response = await fetch(new URL(url, root), { signal });
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}

function show(id) {
  document.getElementById("app").hidden = true;
  document.getElementById("static").hidden = false;
  document.getElementById("loading").hidden = true;
  document.getElementById(id).hidden = false;
}

for (const button of document.querySelectorAll("button.again")) {
  button.addEventListener("click", () => {
    // A newer version may be the cure of this one.
    import(new URL(files.offline, root)).then((m) => m.again()).catch(() => location.reload());
  });
}

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

function paint() {
  for (const canvas of document.querySelectorAll("canvas[data-photo]")) {
    const { photo } = canvas.dataset;
    if (canvas.painted === photo) continue;
    canvas.painted = photo;
    const bytes = Uint8Array.from(atob(photo.split(",")[1]), (c) => c.charCodeAt(0));
    bitmap(new Blob([bytes], { type: "image/jpeg" }), 640).then((drawn) => {
      canvas.width = drawn.width;
      canvas.height = drawn.height;
      canvas.getContext("2d").drawImage(drawn, 0, 0);
    }, console.warn);
  }
}

// The pages that are loaded when somebody opens them; it gets what the app got.
const got = { words: [], rooms: [] };

// What looks at readers comes with the room for it, and only with it: nothing else can reach a device.
let look = () => {};
const probe = (order) => look(order);

async function office(room) {
  const loading = import(new URL(files[room], root));
  if (room === "reader") {
    const script = await import(new URL(files.probe, root));
    look = script.start((text) => got.app.heard(text));
  }
  const [module, shelf] = await Promise.all([
    loading,
    bytes(files.shelf),
    loading.then((module) => module.default({ module_or_path: new URL(files[`${room}Wasm`], root) })),
  ]);
  const address = root.origin + root.pathname;
  module.open(got.base, new TextDecoder().decode(shelf), address);
  got.words.forEach((words) => module.add_words(words));
  got.rooms.push(module);
  return module;
}

/** A newer version waits: told, and taken only by the button. */
function offer(accept) {
  const newer = document.getElementById("newer");
  newer.querySelector("button").onclick = accept;
  newer.hidden = false;
}

// Within a bank's page: what that page asks for, and what it is told. Nothing that somebody typed leaves.
const AROUND = {
  go: (hash) => (location.hash = hash),
  set({ lang, audience, theme }) {
    if (theme) document.documentElement.dataset.theme = theme;
    const place = location.hash.split("/");
    if (!lang && !audience) return;
    if (lang) place[1] = lang;
    if (audience) place[2] = audience;
    location.hash = place.join("/");
  },
  config: () => console.warn("This version of POS Aid reads no configuration."),
};

/** Where the visitor is now, in words of the rules. */
function step(around) {
  const [page = "start", id] = location.hash.split("/").slice(2).filter((part) => !/^(cardholder|staff)$/.test(part));
  const ours = document.querySelector("#app [data-outcome]")?.dataset;
  around.step(ours ? { page: "case", id: page } : id ? { page, id } : { page });
  if (ours && ours.outcome !== "ask" && ours.outcome !== "try") around.outcome({ kind: ours.outcome, id: ours.about });
}

async function surrounded() {
  if (self === top || !new URLSearchParams(location.search).has("embed")) return;
  const frame = await import(new URL(files.frame, root));
  return frame.connect(AROUND);
}

const around = surrounded();

async function start() {
  const lang = language();
  const [app, base, words] = await Promise.all([
    import(new URL(files.app, root)),
    bytes(files.base),
    bytes(LANGUAGES[lang]),
    import(new URL(files.app, root)).then((app) => app.default({ module_or_path: new URL(files.wasm, root) })),
  ]);
  // From here on an uncaught error is a crash of the app itself.
  addEventListener("error", () => show("crashed"));
  got.app = app;
  got.base = base;
  got.words.push(words);
  // From here on the app moves by fragments of its own address; a page that was made beforehand gives way.
  if (files.up) history.replaceState(history.state, "", root.pathname + location.search + route);
  app.start(base, words, { office, bytes, shrink, paint, probe });
  document.getElementById("static").hidden = true;
  document.getElementById("app").hidden = false;
  const frame = await around;
  if (frame) {
    frame.ready();
    step(frame);
    addEventListener("hashchange", () => requestAnimationFrame(() => requestAnimationFrame(() => step(frame))));
    addEventListener("error", () => frame.error({ code: "crashed" }));
  }
  // The look-up, which nobody should wait for; then the other language, so that the switch works when
  // the network is gone.
  const other = Object.keys(LANGUAGES).find((l) => l !== lang);
  try {
    app.add_look_up(...(await Promise.all([bytes(files.lookUp), bytes(LOOK_UP_WORDS[lang])])));
  } catch (error) {
    console.warn("The look-up could not be loaded.", error);
    app.miss_look_up();
  }
  const add_words = (words) => {
    got.words.push(words);
    got.rooms.forEach((module) => module.add_words(words));
    app.add_words(words);
  };
  for (const [file, add] of [
    [LANGUAGES[other], add_words],
    [LOOK_UP_WORDS[other], app.add_look_up_words],
  ]) {
    try {
      add(await bytes(file));
    } catch (error) {
      console.warn("The other language could not be loaded.", error);
      app.miss_words();
    }
  }
  document.documentElement.dataset.ready = "";
  // Builds for developers name no such file.
  if (files.offline) {
    import(new URL(files.offline, root)).then((m) => m.offline({ lang, offer })).catch(console.warn);
  } else {
    document.documentElement.dataset.kept = "none";
  }
}

start().catch(async (error) => {
  console.error(error);
  show("failed");
  (await around)?.error({ code: "failed" });
});
