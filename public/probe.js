// The only script of the app that reaches WebUSB and Web Serial. It looks and never touches: what
// could change, hold or command a device is not here at all, so that no mistake elsewhere can call it.
// It judges nothing either: it tells what the browser answered, and the app says what that means.

const CHOOSER_LIMIT = 8000;
// The browser itself would wait for ever for a device that does not answer.
const ANSWER_LIMIT = 3000;
const OPEN_LIMIT = 5000;
const LATE = new DOMException("No answer in time.", "TimeoutError");

// 1200 is not among them: for many devices that rate is the knock that starts their bootloader.
const RATES = new Set([2400, 4800, 9600, 19200, 38400, 57600, 115200]);

// After these a port goes on with a new reader.
const LINE_ERRORS = new Set(["BufferOverrunError", "BreakError", "FramingError", "ParityError"]);

// Everything that is ever asked of a device: standard requests that only read.
const REQUESTS = Object.freeze([
  Object.freeze({ what: "device", request: 6, value: 0x0100, length: 18 }),
  Object.freeze({ what: "configuration", request: 6, value: 0x0200, length: 9, longest: 512 }),
  Object.freeze({ what: "status", request: 0, value: 0, length: 2 }),
  Object.freeze({ what: "current", request: 8, value: 0, length: 1 }),
]);

// What differs between the two. A book holds the newest object of each key, because a device that
// comes back is a new object.
const USB = {
  kind: "usb",
  book: new Map(),
  there: () => Boolean(navigator.usb),
  listCall: "getDevices",
  list: () => navigator.usb.getDevices(),
  pickCall: "requestDevice",
  pick: (filters) => navigator.usb.requestDevice({ filters }),
  describe: (device) => ({
    vendor: device.vendorId,
    product: device.productId,
    usb: `${device.usbVersionMajor}.${device.usbVersionMinor}.${device.usbVersionSubminor}`,
    version: `${device.deviceVersionMajor}.${device.deviceVersionMinor}.${device.deviceVersionSubminor}`,
    class: [device.deviceClass, device.deviceSubclass, device.deviceProtocol],
    maker: clean(device.manufacturerName),
    model: clean(device.productName),
    serial: clean(device.serialNumber),
    configured: Boolean(device.configuration),
    interfaces: ((device.configuration ?? device.configurations[0])?.interfaces ?? []).map((part) => ({
      number: part.interfaceNumber,
      alternates: part.alternates.map((alternate) => ({
        class: alternate.interfaceClass,
        subclass: alternate.interfaceSubclass,
        protocol: alternate.interfaceProtocol,
        name: clean(alternate.interfaceName),
        endpoints: alternate.endpoints.length,
      })),
    })),
  }),
};
const SERIAL = {
  kind: "serial",
  book: new Map(),
  there: () => Boolean(navigator.serial),
  listCall: "getPorts",
  list: () => navigator.serial.getPorts(),
  pickCall: "requestPort",
  pick: (filters) => navigator.serial.requestPort({ filters }),
  describe: (port) => {
    const { usbVendorId, usbProductId, bluetoothServiceClassId } = port.getInfo();
    return {
      vendor: usbVendorId ?? null,
      product: usbProductId ?? null,
      bluetooth: bluetoothServiceClassId !== undefined,
      connected: port.connected ?? null,
    };
  },
};

const ORDERS = new Map([
  ["gates", gates],
  ["known-usb", () => known(USB, (devices) => ({ heard: "usb-known", devices }))],
  ["known-serial", () => known(SERIAL, (ports) => ({ heard: "serial-known", ports }))],
  ["pick-usb", ({ filters }) => pick(USB, filters, (device, filtered) => ({ heard: "usb-picked", device, filtered }))],
  ["pick-serial", ({ filters }) => pick(SERIAL, filters, (port) => ({ heard: "serial-picked", port }))],
  ["read-usb", ({ key }) => readUsb(key)],
  ["listen", ({ key, rate, seconds }) => listen(key, rate, seconds)],
  ["watch", watch],
  ["forget", ({ kind, key }) => forget(kind === "serial" ? SERIAL : USB, key)],
  ["stop", stop],
]);

// What `watch` listens to, where it is there.
const EVENTS = [
  [() => navigator.usb, "disconnect", (event) => gone(USB, event.device)],
  [() => navigator.usb, "connect", (event) => back(USB, event.device, (device) => ({ device }))],
  [() => navigator.serial, "disconnect", (event) => gone(SERIAL, event.target)],
  [() => navigator.serial, "connect", (event) => back(SERIAL, event.target, (port) => ({ port }))],
  [() => window, "keydown", typed],
  [() => document, "visibilitychange", () => tell({ heard: document.hidden ? "hidden" : "visible" })],
];

// Android calls itself Linux too, so the order counts.
const SYSTEMS = [
  ["android", /Android/],
  ["chromeos", /CrOS/],
  ["windows", /Windows/],
  ["ios", /iPhone|iPad|iPod/],
  ["macos", /Macintosh/],
  ["linux", /Linux/],
];
const BROWSERS = [
  ["Chromium", /Chrom(?:e|ium)\/(\d+)/],
  ["Firefox", /Firefox\/(\d+)/],
  ["Safari", /Version\/(\d+).* Safari\//],
];

// Keys that follow each other faster than this, in milliseconds, come from no person; and how many of them are
// no accident.
const FAST = 40;
const SWIPE = 8;

/** What is open, or being opened, and can be ended. */
const running = new Set();
let tell;

/** Tells `listener` everything from now on, and returns what takes orders. A second call replaces the listener. */
export function start(listener) {
  tell = (said) => listener(JSON.stringify(said));
  addEventListener("pagehide", () => {
    // A page that the browser keeps aside hears nothing, and must not count that as silence.
    tell({ heard: "hidden" });
    stop();
  });
  addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    watch();
    tell({ heard: "visible" });
  });
  // Up to its first wait `obey` runs within the click, as choosers demand. What is no order ends here.
  return (text) => void obey(text).catch(() => {});
}

async function obey(text) {
  const order = JSON.parse(text);
  await ORDERS.get(order.order)?.(order);
}

async function gates() {
  tell({
    heard: "gates",
    secure: isSecureContext,
    framed: self !== top,
    usb: USB.there(),
    serial: SERIAL.there(),
    usbAllowed: await allowed(USB),
    serialAllowed: await allowed(SERIAL),
    system: system(navigator),
    browser: browser(navigator),
  });
}

async function allowed(side) {
  if (!side.there()) return true;
  if (document.featurePolicy) return document.featurePolicy.allowsFeature(side.kind);
  // Listing asks nobody, and a page that is not allowed is told so.
  return within(side.list()).then(() => true, (error) => error?.name !== "SecurityError");
}

function system({ userAgent, maxTouchPoints }) {
  const [name] = SYSTEMS.find(([, pattern]) => pattern.test(userAgent)) ?? ["other"];
  // An iPad calls itself a Mac, but no Mac has a touch screen.
  return name === "macos" && maxTouchPoints > 1 ? "ios" : name;
}

/** The family, because its members answer alike, and its version. */
function browser({ userAgent, userAgentData }) {
  const brand = userAgentData?.brands?.find((one) => one.brand === "Chromium");
  if (brand) return `Chromium ${brand.version}`;
  for (const [family, pattern] of BROWSERS) {
    const found = pattern.exec(userAgent);
    if (found) return `${family} ${found[1]}`;
  }
  return "";
}

async function known(side, said) {
  try {
    tell(said(await list(side)));
  } catch (error) {
    failed(side.listCall, side, error);
  }
}

async function list(side) {
  const objects = await side.list();
  // Who left while nobody watched is not in the list.
  for (const entry of side.book.values()) entry.here = objects.includes(entry.object);
  return objects.map((object) => describe(side, object));
}

async function pick(side, filters, said) {
  try {
    const choice = side.pick(filters);
    const silence = setTimeout(() => tell({ heard: "silent", call: side.pickCall }), CHOOSER_LIMIT);
    const object = await choice.finally(() => clearTimeout(silence));
    // Else a device that left unseen would keep its key from the one that was picked now.
    await within(list(side)).catch(() => {});
    tell(said(describe(side, object), filters.length > 0));
  } catch (error) {
    failed(side.pickCall, side, error);
  }
}

async function readUsb(key) {
  // A second click is answered by the reading under way; its own close would cut that short.
  if ([...running].some((task) => task.reads === key)) return;
  const task = begin(key);
  const answers = [];
  let device, problem = null, opened = false, timeout = false;
  try {
    device = held(USB, key);
    await device.open();
    opened = true;
    for (const request of REQUESTS) {
      const answer = await ask(device, request, request.length, task);
      answers.push(answer);
      if (!request.longest) continue;
      // The head says in bytes 2 and 3 how long the whole is, and the whole replaces it.
      const total = parseInt(answer.hex.slice(6, 8) + answer.hex.slice(4, 6), 16);
      if (total > request.length) {
        answers.splice(-1, 1, await ask(device, request, Math.min(total, request.longest), task));
      }
    }
  } catch (error) {
    timeout = error === LATE;
    if (!timeout) problem = { call: opened ? "controlTransferIn" : "open", ...plain(error) };
  } finally {
    if (opened) await within(device.close()).catch(() => {});
    running.delete(task);
  }
  tell({ heard: "usb-read", key, opened, answers, failed: problem, timeout });
}

async function ask(device, { what, request, value }, length, task) {
  if (task.ended) throw new DOMException("Stopped.", "AbortError");
  const setup = { requestType: "standard", recipient: "device", request, value, index: 0 };
  const result = await Promise.race([within(device.controlTransferIn(setup, length)), task.over]);
  if (!result) throw new DOMException("Stopped.", "AbortError");
  const { status, data } = result;
  const bytes = data ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength) : [];
  return { what, status, hex: Array.from(bytes, (byte) => hex(byte, 2)).join("") };
}

async function listen(key, rate, seconds) {
  const task = begin();
  let port;
  try {
    if (!RATES.has(rate)) throw new RangeError(`${rate} baud is not allowed.`);
    port = held(SERIAL, key);
    const opening = port.open({ baudRate: rate, flowControl: "none" });
    // One that opens after all is closed at once.
    await within(opening, OPEN_LIMIT).catch((error) => {
      opening.then(() => port.close()).catch(() => {});
      throw error;
    });
  } catch (error) {
    running.delete(task);
    failed("open", SERIAL, error);
    return;
  }
  tell({ heard: "listening" });
  const clock = setTimeout(() => {
    whole = true;
    task.end();
  }, seconds * 1000);
  let count = 0, told = 0, lost = false, whole = false, pause, last;
  const tellCount = () => {
    pause = undefined;
    if (count === told) return;
    told = count;
    tell({ heard: "bytes", count });
    pause = setTimeout(tellCount, 250);
  };
  tellSignals(port, task);
  try {
    lost = await drain(port, task, (length) => {
      count += length;
      if (!pause) tellCount();
      // That something came is nearly all that there is to know: a moment more shows whether the line is sound.
      whole = true;
      last ??= setTimeout(task.end, 500);
    });
  } catch (error) {
    lost = error?.name === "NetworkError";
    failed("read", SERIAL, error);
  }
  task.end();
  clearTimeout(clock);
  clearTimeout(last);
  clearTimeout(pause);
  // A port that is gone refuses to be closed in some browsers, and need not be.
  const closed = await within(port.close()).then(() => true, () => lost);
  running.delete(task);
  tell({ heard: "serial-end", key, lost, count, closed, whole });
}

async function tellSignals(port, task) {
  for (const pause of [0, 300, 300]) {
    await Promise.race([wait(pause), task.over]);
    if (task.ended) return;
    try {
      const { clearToSend: cts, dataSetReady: dsr, dataCarrierDetect: dcd, ringIndicator: ri } =
        await port.getSignals();
      if (!task.ended) tell({ heard: "signals", cts, dsr, dcd, ri });
    } catch (error) {
      // A port without these lines will not have them 300 ms later either.
      if (!task.ended) failed("getSignals", SERIAL, error);
      return;
    }
  }
}

/**
 * Takes what arrives until the task is ended, and lets nothing but lengths out: it may be card data.
 * Says whether the port is gone.
 */
async function drain(port, task, arrived) {
  while (!task.ended) {
    const reader = port.readable?.getReader();
    if (!reader) return true;
    try {
      while (!task.ended) {
        const step = await Promise.race([reader.read(), task.over]);
        if (step?.done) return true;
        if (step) arrived(step.value.byteLength);
      }
      await within(reader.cancel());
    } catch (error) {
      if (!LINE_ERRORS.has(error?.name)) throw error;
      tell({ heard: "line-error", name: error.name });
    } finally {
      reader.releaseLock();
    }
    // At a wrong rate every byte is an error, and the page has to breathe.
    await Promise.race([wait(100), task.over]);
  }
  return false;
}

async function forget(side, key) {
  try {
    await held(side, key).forget();
    side.book.delete(key);
    tell({ heard: "forgotten", kind: side.kind });
  } catch (error) {
    failed("forget", side, error);
  }
}

function watch() {
  // Before anything on the page hears it.
  for (const [source, name, heard] of EVENTS) source()?.addEventListener(name, heard, true);
}

function unwatch() {
  for (const [source, name, heard] of EVENTS) source()?.removeEventListener(name, heard, true);
}

function gone(side, object) {
  const { key } = describe(side, object);
  side.book.get(key).here = false;
  tell({ heard: "gone", kind: side.kind, key });
}

function back(side, object, said) {
  const described = describe(side, object);
  tell({ heard: "back", kind: side.kind, key: described.key, ...said(described) });
}

let fast = 0;
let last = 0;

/**
 * A stripe reader with a keyboard's plug types what it reads. Nothing of it is kept or looked at: keys that come
 * that fast are thrown away, and only that they came is told.
 */
function typed(event) {
  if (event.isComposing || event.keyCode === 229 || event.repeat) return;
  // Of a key only this is looked at: whether it writes something, or ends a line.
  if (event.key.length !== 1 && event.key !== "Enter") return;
  fast = event.timeStamp - last < FAST ? fast + 1 : 1;
  last = event.timeStamp;
  if (fast < SWIPE) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (fast === SWIPE) tell({ heard: "swiped" });
}

function stop() {
  for (const task of running) task.end();
  unwatch();
}

/** Something that `stop` can end; `over` settles, with nothing, when it is ended. */
function begin(reads) {
  const task = { reads, ended: false };
  task.over = new Promise((resolve) => {
    task.end = () => {
      task.ended = true;
      resolve();
    };
  });
  running.add(task);
  return task;
}

function describe(side, object) {
  const said = side.describe(object);
  return { key: keyOf(side, object, said), ...said };
}

/** The key that the object has, else the first of its name that nothing else here has. */
function keyOf({ book }, object, { vendor, product, serial }) {
  for (const [key, entry] of book) {
    if (entry.object !== object) continue;
    entry.here = true;
    return key;
  }
  const name = `${hex(vendor ?? 0, 4)}:${hex(product ?? 0, 4)}:${clean((serial ?? "").slice(0, 64))}`;
  let key = name;
  for (let n = 2; book.get(key)?.here; n += 1) key = `${name}#${n}`;
  book.set(key, { object, here: true });
  return key;
}

function held(side, key) {
  const entry = side.book.get(key);
  if (!entry) throw new DOMException("Nothing has this key.", "NotFoundError");
  return entry.object;
}

function failed(call, side, error) {
  tell({ heard: "failed", call, kind: side.kind, ...plain(error) });
}

function plain(error) {
  return { name: String(error?.name ?? "Error"), message: clean(String(error?.message ?? error)) };
}

/** Text from outside, without the halves of characters that a strict reader of JSON refuses. */
function clean(text) {
  return text?.replace(/\p{Surrogate}/gu, "\ufffd") ?? null;
}

function hex(number, digits) {
  return number.toString(16).padStart(digits, "0");
}

function wait(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** The promise, or a rejection with `LATE` if that takes too long. */
function within(promise, limit = ANSWER_LIMIT) {
  let clock;
  const late = new Promise((_, reject) => (clock = setTimeout(reject, limit, LATE)));
  return Promise.race([promise, late]).finally(() => clearTimeout(clock));
}
