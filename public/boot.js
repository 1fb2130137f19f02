// Starts the app: fetches everything at once, then hands over. If anything fails, now or later,
// the static page comes back with a sentence and a button; the case is in the address, so a
// reload goes on where it stopped.
const files = document.getElementById("boot").dataset;
const LANGUAGES = { en: files.en, "zh-CN": files.zh };
const LOOK_UP_WORDS = { en: files.lookUpEn, "zh-CN": files.lookUpZh };

/** The language of the link, else the one chosen before, else the browser's. */
function language() {
  const linked = location.hash.split("/")[1];
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
  const response = await fetch(url, { signal });
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
  button.addEventListener("click", () => location.reload());
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
  const loading = import(new URL(files[room], location.href));
  if (room === "reader") {
    const script = await import(new URL(files.probe, location.href));
    look = script.start((text) => got.app.heard(text));
  }
  const [module, shelf] = await Promise.all([
    loading,
    bytes(files.shelf),
    loading.then((module) => module.default({ module_or_path: files[`${room}Wasm`] })),
  ]);
  const address = location.origin + location.pathname;
  module.open(got.base, new TextDecoder().decode(shelf), address);
  got.words.forEach((words) => module.add_words(words));
  got.rooms.push(module);
  return module;
}

async function start() {
  const lang = language();
  const [app, base, words] = await Promise.all([
    import(new URL(files.app, location.href)),
    bytes(files.base),
    bytes(LANGUAGES[lang]),
    import(new URL(files.app, location.href)).then((app) => app.default({ module_or_path: files.wasm })),
  ]);
  // From here on an uncaught error is a crash of the app itself.
  addEventListener("error", () => show("crashed"));
  got.app = app;
  got.base = base;
  got.words.push(words);
  app.start(base, words, { office, bytes, shrink, paint, probe });
  document.getElementById("static").hidden = true;
  document.getElementById("app").hidden = false;
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
}

start().catch((error) => {
  console.error(error);
  show("failed");
});
