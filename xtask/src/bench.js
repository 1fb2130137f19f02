import init, { measure } from "./app.js";
const base = new Uint8Array(await (await fetch("base.bin")).arrayBuffer());
await init({ module_or_path: "app.wasm" });
try {
  document.getElementById("out").textContent = measure(base);
} catch (error) {
  document.getElementById("out").textContent = String(error);
}
