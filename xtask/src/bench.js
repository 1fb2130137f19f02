import init, { measure, measure_search } from "./app.js";

const bytes = async (name) => new Uint8Array(await (await fetch(name)).arrayBuffer());
const show = (text) => (document.getElementById("out").textContent = text);
const [base, ...files] = await Promise.all(
  ["base.bin", "words-zh-CN.bin", "words-en.bin", "look-up.bin", "look-up-zh-CN.bin", "look-up-en.bin"].map(bytes),
);
const queries = await (await fetch("queries.txt")).text();
await init({ module_or_path: "app.wasm" });
// Whoever opens the page slows the processor down first.
window.search = () => {
  try {
    return measure_search(base, ...files, queries);
  } catch (error) {
    return String(error);
  }
};
try {
  show(measure(base));
} catch (error) {
  show(String(error));
}
