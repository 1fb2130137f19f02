// How long somebody with a slow phone on a slow network waits for the app.
//
//   node page.mjs [--runs N] [--cause PATH] URL
//
// Measures the start page below URL, up to the first question after a tap on the first complaint, and a page that was
// made beforehand. Cold is an empty profile; warm is another start of the browser with the same profile, after the
// worker has kept everything. It judges nothing: it is a bench.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import puppeteer from "puppeteer-core";
import { throttling } from "lighthouse/core/config/constants.js";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    runs: { type: "string", default: "3" },
    cause: { type: "string", default: "en/cardholder/cause/chip-dirty/" },
  },
});
const runs = Number(values.runs);
if (positionals.length !== 1 || !(runs >= 1)) {
  console.error("usage: node page.mjs [--runs N] [--cause PATH] URL");
  process.exit(2);
}
const start = new URL(positionals[0]);
const cause = new URL(values.cause, start);

// Lighthouse's slow 4G in the figures that it uses where a browser really is slowed down: a browser delays requests,
// not packets, so that the delay is 3.75 times the round trip, and 0.9 times the throughput makes up for the rest.
const SLOW = throttling.mobileSlow4G;
const kilobits = (kbps) => (kbps * 1024) / 8;
const NETWORK = {
  offline: false,
  latency: SLOW.requestLatencyMs,
  downloadThroughput: kilobits(SLOW.downloadThroughputKbps),
  uploadThroughput: kilobits(SLOW.uploadThroughputKbps),
};
const VIEWPORT = { width: 360, height: 740, deviceScaleFactor: 2, isMobile: true, hasTouch: true };
const PATIENCE = 60000;
// What the browser fetches for itself would be measured with the page. Root, as in containers, has no sandbox.
const ARGUMENTS = [
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--lang=en-US",
  ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
];

/** Runs in the page before its own scripts, and tells what can be seen and when. */
function observe() {
  const seen = { lcp: 0, cls: 0 };
  globalThis.bench = seen;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) seen.lcp = entry.startTime;
  }).observe({ type: "largest-contentful-paint", buffered: true });
  // As defined for the web vitals: the worst burst of shifts, with gaps of less than a second, five seconds long at most.
  let burst = { sum: 0, first: 0, last: -Infinity };
  new PerformanceObserver((list) => {
    for (const { hadRecentInput, startTime, value } of list.getEntries()) {
      if (hadRecentInput) continue;
      if (startTime - burst.last > 1000 || startTime - burst.first > 5000) burst = { sum: 0, first: startTime };
      burst.sum += value;
      burst.last = startTime;
      seen.cls = Math.max(seen.cls, burst.sum);
    }
  }).observe({ type: "layout-shift", buffered: true });

  const now = () => performance.now();
  const visible = (element) => element?.getClientRects().length > 0;
  const heading = () => document.querySelector("#app h1");
  const tell = (what) => globalThis.told(JSON.stringify(what));
  // A message that is sent when a frame is about to be drawn arrives when it has been.
  const drawn = (then) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => then(now());
    port2.postMessage(null);
  };
  let first = "";
  const look = () => {
    const app = document.getElementById("app");
    if (!("app" in seen) && app && !app.hidden) {
      seen.app = -1;
      drawn((at) => ((seen.app = at), tell({ app: at })));
    }
    const complaint = document.querySelector("#app .choices a");
    if (!("list" in seen) && visible(complaint) && visible(heading())) {
      seen.list = -1;
      first = heading().innerText;
      // Somebody who sees the list sees it from the top; what lies below has to be scrolled to.
      if (complaint.getBoundingClientRect().bottom > innerHeight) complaint.scrollIntoView({ block: "center", behavior: "instant" });
      drawn((at) => {
        const { x, y, width, height } = complaint.getBoundingClientRect();
        tell({ list: (seen.list = at), x: x + width / 2, y: y + height / 2, scrolled: scrollY });
      });
    }
    if (first && !("question" in seen) && visible(heading()) && heading().innerText !== first) {
      seen.question = -1;
      const text = heading().innerText;
      drawn((at) => tell({ question: (seen.question = at), text, tap: seen.tap }));
    }
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
  // When the browser had the finger, on the clock of the page.
  addEventListener("touchstart", (event) => (seen.tap ??= event.timeStamp), { capture: true, passive: true });
}

async function launch(userDataDir) {
  const executablePath = process.env.CHROME || "/usr/bin/chromium";
  return puppeteer.launch({ executablePath, userDataDir, args: ARGUMENTS });
}

/** One visit in a browser that has just been started. With `tap`, up to the first question. */
async function visit(browser, url, { tap }) {
  const page = await browser.newPage();
  await page.setViewport(VIEWPORT);
  const session = await page.createCDPSession();
  let bytes = 0;
  const count = (of) => of.on("Network.loadingFinished", (event) => (bytes += event.encodedDataLength));
  count(session);
  await session.send("Network.enable");
  await session.send("Network.emulateNetworkConditions", NETWORK);
  await session.send("Emulation.setCPUThrottlingRate", { rate: SLOW.cpuSlowdownMultiplier });
  // The worker has connections of its own; it waits until they are slow, too.
  const all = await browser.target().createCDPSession();
  const slowed = [session];
  let network = NETWORK;
  all.on("sessionattached", async (worker) => {
    count(worker);
    slowed.push(worker);
    const orders = [worker.send("Network.enable"), worker.send("Network.emulateNetworkConditions", network), worker.send("Runtime.runIfWaitingForDebugger")];
    await Promise.allSettled(orders);
  });
  const filter = [{ type: "service_worker" }, { exclude: true }];
  await all.send("Target.setAutoAttach", { autoAttach: true, waitForDebuggerOnStart: true, flatten: true, filter });

  const got = {};
  const waiting = {};
  const until = (name) => {
    if (name in got) return got[name];
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`${url}: no ${name} within ${PATIENCE} ms`)), PATIENCE);
      waiting[name] = (value) => (clearTimeout(late), resolve(value));
    });
  };
  session.on("Runtime.bindingCalled", ({ name, payload }) => {
    if (name !== "told") return;
    const what = JSON.parse(payload);
    const [key] = Object.keys(what);
    // What came later was not needed for what is seen now.
    got[key] = { ...what, bytes };
    waiting[key]?.(got[key]);
  });
  await session.send("Runtime.enable");
  await session.send("Runtime.addBinding", { name: "told" });
  await page.evaluateOnNewDocument(observe);

  const begun = session.send("Page.navigate", { url: url.href });
  const app = await until("app");
  await begun;
  let question = {};
  let list = {};
  let taps = 0;
  if (tap) {
    list = await until("list");
    const asked = until("question");
    const point = [{ x: list.x, y: list.y }];
    // One tap is enough if the list that is seen is alive; what was lost is tapped again, and told.
    while (!("question" in got) && taps < 20) {
      taps += 1;
      await session.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: point });
      await session.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
      await Promise.race([asked, new Promise((go) => setTimeout(go, 2000))]);
    }
    question = await asked;
  }
  await page.waitForFunction("'ready' in document.documentElement.dataset", { timeout: PATIENCE });
  const ready = bytes;
  const vitals = await page.evaluate("({ lcp: bench.lcp, cls: bench.cls })");
  // Nobody waits for what the worker keeps, and neither does the bench.
  network = { ...NETWORK, latency: 0, downloadThroughput: -1, uploadThroughput: -1 };
  await Promise.allSettled(slowed.map((one) => one.send("Network.emulateNetworkConditions", network)));
  await session.send("Emulation.setCPUThrottlingRate", { rate: 1 });
  await page.waitForFunction("'kept' in document.documentElement.dataset", { timeout: PATIENCE });
  const kept = await page.evaluate("document.documentElement.dataset.kept");
  if (kept !== "0") throw new Error(`${url}: the worker did not keep everything, it says “${kept}”`);
  return { ...vitals, app: app.app, appBytes: app.bytes, list: list.list, scrolled: list.scrolled, taps, question: question.question, tap: question.tap, text: question.text, questionBytes: question.bytes, ready, all: bytes };
}

/** A cold and a warm visit in a profile of their own. */
async function both(url, options) {
  const profile = await mkdtemp(join(tmpdir(), "pos-aid-bench-"));
  const visits = [];
  let version;
  try {
    for (let at = 0; at < 2; at += 1) {
      const browser = await launch(profile);
      try {
        version = await browser.version();
        visits.push(await visit(browser, url, options));
      } finally {
        await browser.close();
      }
    }
  } finally {
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  }
  return { version, cold: visits[0], warm: visits[1] };
}

const sorted = (numbers) => [...numbers].sort((a, b) => a - b);
/** Of an even number the mean of the two in the middle. */
function median(numbers) {
  const all = sorted(numbers);
  const at = all.length / 2;
  return all.length % 2 ? all[Math.floor(at)] : (all[at - 1] + all[at]) / 2;
}

function line(what, visits, figure, unit, digits = 0) {
  const numbers = visits.map(figure);
  const shown = (number) => number.toFixed(digits);
  const spread = runs > 1 ? `   ${shown(Math.min(...numbers))} to ${shown(Math.max(...numbers))}` : "";
  console.log(`  ${what.padEnd(52)}${shown(median(numbers)).padStart(8)} ${unit.padEnd(5)}${spread}`.trimEnd());
}

const reports = [];
for (let at = 0; at < runs; at += 1) {
  reports.push({
    // A tap ends what counts as the largest paint, so that the vitals come from a visit without one.
    tapped: await both(start, { tap: true }),
    watched: await both(start, { tap: false }),
    cause: await both(cause, { tap: false }),
  });
}

const rate = (kbps) => `${Math.round(kbps)} kbps`;
console.log(`${reports[0].tapped.version}, viewport ${VIEWPORT.width}x${VIEWPORT.height}, touch`);
console.log(
  `Throttled for real: ${rate(SLOW.downloadThroughputKbps)} down, ${rate(SLOW.uploadThroughputKbps)} up, ${SLOW.requestLatencyMs} ms more for each request; these are Lighthouse's factors for its slow 4G (${rate(SLOW.throughputKbps)}, ${SLOW.rttMs} ms round trip). Main thread ${SLOW.cpuSlowdownMultiplier} times slower; the worker is as slow as this machine, its network is slow, too.`,
);
console.log(`Median of ${runs}, each with a profile of its own; times from the start of the navigation.`);
for (const [state, name] of [["cold", "cold: an empty profile"], ["warm", "warm: the browser started again, everything kept"]]) {
  const of = (kind) => reports.map((report) => report[kind][state]);
  const tapped = of("tapped");
  console.log(`\n${start.pathname}, ${name}`);
  line("largest contentful paint", of("watched"), (v) => v.lcp, "ms");
  line("cumulative layout shift", of("watched"), (v) => v.cls, "", 4);
  line("app takes over at", tapped, (v) => v.app, "ms");
  line("list is seen at", tapped, (v) => v.list, "ms");
  line("first question answers the tap at", tapped, (v) => v.question, "ms");
  line("  from tap to question", tapped, (v) => v.question - v.tap, "ms");
  line("transferred until then", tapped, (v) => v.questionBytes, "bytes");
  line("transferred until everything is loaded", of("watched"), (v) => v.ready, "bytes");
  line("transferred until everything is kept", of("watched"), (v) => v.all, "bytes");
  const lost = tapped.filter((v) => v.taps > 1).length;
  if (lost) console.log(`  in ${lost} of ${runs} runs the first tap was lost`);
  if (tapped.some((v) => v.scrolled > 0)) console.log("  the first complaint had to be scrolled to");
  console.log(`  the question: ${[...new Set(tapped.map((v) => v.text))].join(" / ")}`);
  console.log(`\n${cause.pathname}, ${name}`);
  line("largest contentful paint", of("cause"), (v) => v.lcp, "ms");
  line("cumulative layout shift", of("cause"), (v) => v.cls, "", 4);
  line("app takes over at", of("cause"), (v) => v.app, "ms");
  line("transferred until then", of("cause"), (v) => v.appBytes, "bytes");
  line("transferred until everything is loaded", of("cause"), (v) => v.ready, "bytes");
}
