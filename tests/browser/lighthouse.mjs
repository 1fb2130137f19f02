// Asks Lighthouse what it thinks of pages that are being served.
//
//   node lighthouse.mjs [--performance N] [--runs N] URL [URL...]
//
// Accessibility, best practices and SEO do not depend on the machine, so nothing below 100 passes. Performance does:
// it has a floor, 90 unless told otherwise, and the median of several runs counts.
import { parseArgs } from "node:util";
import lighthouse from "lighthouse";
import puppeteer from "puppeteer-core";

const { values, positionals: urls } = parseArgs({
  allowPositionals: true,
  options: {
    performance: { type: "string", default: "90" },
    runs: { type: "string", default: "1" },
  },
});
const floor = Number(values.performance);
const runs = Number(values.runs);
if (!urls.length || !(floor >= 0) || !(runs >= 1)) {
  console.error("usage: node lighthouse.mjs [--performance N] [--runs N] URL [URL...]");
  process.exit(2);
}

const CATEGORIES = ["performance", "accessibility", "best-practices", "seo"];
// What the browser fetches for itself would be measured with the page. Root, as in containers, has no sandbox.
const ARGUMENTS = [
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
];

/** How often the recording of a page may go wrong; on a busy machine the browser loses the start of it now and then. */
const ATTEMPTS = 5;

/** A report of one run. What Lighthouse could not record says nothing about the page, so it is asked again and told. */
async function run(url) {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await once(url);
    } catch (error) {
      if (attempt === ATTEMPTS) throw error;
      console.log(`    attempt ${attempt} of ${ATTEMPTS} went wrong: ${error.message}`);
    }
  }
}

/** One run in a browser of its own, so that nothing is left from the run before. */
async function once(url) {
  const executablePath = process.env.CHROME || "/usr/bin/chromium";
  const browser = await puppeteer.launch({ executablePath, args: ARGUMENTS });
  try {
    const page = await browser.newPage();
    // Lighthouse's own defaults: a phone, and slow 4G and a processor four times slower, both simulated.
    const flags = { onlyCategories: CATEGORIES, formFactor: "mobile", logLevel: "error" };
    const { lhr } = await lighthouse(url, flags, undefined, page);
    if (lhr.runtimeError) throw new Error(`${url}: ${lhr.runtimeError.message}`);
    const without = CATEGORIES.filter((name) => lhr.categories[name].score === null);
    if (without.length) throw new Error(`${url}: no score for ${without.join(", ")}`);
    return lhr;
  } finally {
    await browser.close();
  }
}

/** In whole points, as Lighthouse shows it. */
const points = (category) => Math.round(category.score * 100);

/** The audits that took points from a category. */
function costs(lhr, category) {
  return category.auditRefs
    .map(({ id, weight }) => ({ weight, ...lhr.audits[id] }))
    .filter(({ weight, score }) => weight > 0 && score !== null && score < 1)
    .sort((a, b) => b.weight * (1 - b.score) - a.weight * (1 - a.score));
}

/** The first places that an audit complains about, as far as it names any. */
function places({ details }) {
  const name = (item) => item.node?.selector ?? item.source?.url ?? item.url ?? item.description;
  return (details?.items ?? []).map(name).filter((text) => typeof text === "string").slice(0, 3);
}

const widths = [-44, 11, 13, 14, 3, 7, 6, 6];
const row = (cells) => console.log(cells.map((cell, at) => (widths[at] < 0 ? String(cell).padEnd(-widths[at]) : String(cell).padStart(widths[at]))).join("  "));

let failed = false;
let head = true;
for (const url of urls) {
  const reports = [];
  for (let at = 0; at < runs; at += 1) reports.push(await run(url));
  reports.sort((a, b) => a.categories.performance.score - b.categories.performance.score);
  // Of an even number of runs the worse of the two in the middle, so that chance helps nobody.
  const median = reports[Math.floor((reports.length - 1) / 2)];
  // What does not depend on the machine must hold in every run.
  const chosen = CATEGORIES.map((name) => {
    const worse = (a, b) => (b.categories[name].score < a.categories[name].score ? b : a);
    return [name, name === "performance" ? median : reports.reduce(worse)];
  });
  const scores = chosen.map(([name, lhr]) => points(lhr.categories[name]));
  const figure = (id) => median.audits[id].numericValue;
  if (head) {
    console.log(`Lighthouse ${median.lighthouseVersion}, ${median.environment.hostUserAgent.match(/Chrome\/[\d.]+/)?.[0]}, mobile, simulated throttling, median of ${runs}; this machine's benchmark index is ${Math.round(median.environment.benchmarkIndex)}`);
    row(["page", "performance", "accessibility", "best practices", "SEO", "LCP ms", "CLS", "TBT ms"]);
    head = false;
  }
  row([
    new URL(url).pathname,
    ...scores,
    Math.round(figure("largest-contentful-paint")),
    figure("cumulative-layout-shift").toFixed(3),
    Math.round(figure("total-blocking-time")),
  ]);
  for (const [at, [name, lhr]] of chosen.entries()) {
    if (scores[at] < (name === "performance" ? floor : 100)) failed = true;
    if (scores[at] === 100) continue;
    for (const audit of costs(lhr, lhr.categories[name])) {
      const value = audit.displayValue ? ` (${audit.displayValue})` : "";
      console.log(`    ${name}: ${audit.id}, “${audit.title}”, score ${audit.score}, weight ${audit.weight}${value}`);
      for (const place of places(audit)) console.log(`        ${place}`);
    }
  }
  for (const warning of new Set(reports.flatMap((lhr) => lhr.runWarnings))) console.log(`    warning: ${warning}`);
}
process.exitCode = failed ? 1 : 0;
