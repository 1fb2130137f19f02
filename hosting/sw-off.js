// Served as sw.js, this takes the worker back: it removes what was kept and itself, and pages come from
// the network again. For development builds, and for a host that wants no worker any more.
addEventListener("install", (event) => event.waitUntil(skipWaiting()));
addEventListener("activate", (event) => event.waitUntil(leave()));

async function leave() {
  const ours = `pos-aid-${new URL("./", location.href).pathname}-`;
  for (const name of await caches.keys()) {
    if (name.startsWith(ours)) await caches.delete(name);
  }
  await (await caches.open("pos-aid")).delete(new URL("lang", location.href));
  await registration.unregister();
}
