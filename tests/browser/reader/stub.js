// A stand-in for WebUSB and Web Serial, for tests: a plain script to be evaluated in the page before the
// reader check is used. It defines
//   stubReader(scenario, system)  puts both in place; `null` for a side removes it from the navigator
//   touched                       everything that the page touched since, and every setup packet, as strings
//   leftOpen()                    listeners, devices, ports and readers that the page has not let go of
//   unplug(key, kind)             takes a device away; without a kind, whatever has the key
//   replug(thing, kept)           a NEW object comes back. Without a kept grant the page is told nothing and
//                                 the chooser offers it; as in Chromium a USB grant is kept if there is a serial number
// What is touched outside the list of safe calls (facts/probe/requests.json) is recorded as "forbidden …" and throws.
//
// A scenario, every part of it optional:
//   { usb: null | { denied, known: [D], pick: {device: D, after} | {fail: [name, message]} | "never",
//                   open: "ok" | {after} | "never" | [name, message],
//                   answers: {device, configuration, status, current} | "never" | [name, message] },
//     serial: null | { denied, known: [P], pick: {port: P, after} | …, open: …,
//                      signals: {cts, dsr, dcd, ri} | [name, message],
//                      bytes: [sizes], end: "lost" | "done" | an error's name | [name, message], more: [sizes] },
//     engine: "firefox", secure: false }
// D and P are what the shim tells, without the key. An answer is hex, "stall", "never" or [name, message].
// Where a text was measured, the comment names its row of measured.jsonl: environment, step.
(() => {
  const CARD = "%B4111111111111111^TEST";
  const NOISE = new Set(["then", "toJSON", "toString", "constructor", "inspect", "nodeType"]);
  // bRequest and wValue of the safe requests of facts/probe/probe.md 2.2, and the key of their answers.
  const SAFE = { "06 0100": "device", "06 0200": "configuration", "00 0000": "status", "08 0000": "current" };
  const SAFE_CALLS = {
    usb: ["getDevices", "requestDevice", "addEventListener", "removeEventListener"],
    device: [
      "vendorId", "productId", "manufacturerName", "productName", "serialNumber",
      "usbVersionMajor", "usbVersionMinor", "usbVersionSubminor",
      "deviceVersionMajor", "deviceVersionMinor", "deviceVersionSubminor",
      "deviceClass", "deviceSubclass", "deviceProtocol",
      "configuration", "configurations", "opened", "open", "close", "forget", "controlTransferIn",
    ],
    configuration: ["configurationValue", "configurationName", "interfaces"],
    interface: ["interfaceNumber", "alternates", "alternate"],
    alternate: [
      "alternateSetting", "interfaceClass", "interfaceSubclass", "interfaceProtocol", "interfaceName", "endpoints",
    ],
    serial: ["getPorts", "requestPort", "addEventListener", "removeEventListener"],
    port: ["getInfo", "connected", "open", "close", "forget", "getSignals", "readable"],
    readable: ["getReader"],
    reader: ["read", "cancel", "releaseLock"],
    chunk: ["byteLength"],
  };

  let plugged, listeners, firefox;

  const hex = (number, digits) => number.toString(16).padStart(digits, "0");
  const error = (name, message) =>
    name === "TypeError" ? new TypeError(message) : new DOMException(message, name);
  const never = () => new Promise(() => {});
  const keyOf = ({ vendor, product, serial }) =>
    `${hex(vendor ?? 0, 4)}:${hex(product ?? 0, 4)}:${(serial ?? "").slice(0, 64)}`;

  /** "ok" or nothing goes on, `{after}` goes on later, "never" hangs; a name and a message are thrown. */
  async function play(outcome) {
    if (outcome === "never") await never();
    if (outcome?.after) await new Promise((resolve) => setTimeout(resolve, outcome.after));
    if (Array.isArray(outcome)) throw error(...outcome);
  }

  function forbid(what) {
    touched.push(`forbidden ${what}`);
    throw new Error(`forbidden ${what}`);
  }

  function guard(what, target) {
    const refuse = (_, property) => forbid(`${what}.${String(property)}`);
    return new Proxy(target, {
      get(_, property) {
        if (property === "toString") return () => `[stub ${what}]`;
        if (typeof property === "symbol" || NOISE.has(property)) return undefined;
        if (!SAFE_CALLS[what].includes(property)) forbid(`${what}.${property}`);
        touched.push(`${what}.${property}`);
        const value = Reflect.get(target, property, target);
        return typeof value === "function" ? value.bind(target) : value;
      },
      set: refuse,
      defineProperty: refuse,
      deleteProperty: refuse,
    });
  }

  /** An EventTarget that knows who still listens. */
  function source(what, calls) {
    const target = Object.assign(new EventTarget(), calls, {
      addEventListener(type, listener) {
        listeners.push({ what, type, listener });
        EventTarget.prototype.addEventListener.call(target, type, listener);
      },
      removeEventListener(type, listener) {
        listeners = listeners.filter((l) => l.what !== what || l.type !== type || l.listener !== listener);
        EventTarget.prototype.removeEventListener.call(target, type, listener);
      },
    });
    return { target, page: guard(what, target) };
  }

  function device(said, scenario) {
    const [usb, version] = [said.usb, said.version].map((dotted) => dotted.split(".").map(Number));
    const configuration = guard("configuration", {
      configurationValue: 1,
      configurationName: null,
      interfaces: said.interfaces.map((part) => {
        const alternates = part.alternates.map((alternate, alternateSetting) =>
          guard("alternate", {
            alternateSetting,
            interfaceClass: alternate.class,
            interfaceSubclass: alternate.subclass,
            interfaceProtocol: alternate.protocol,
            interfaceName: alternate.name,
            endpoints: Array.from({ length: alternate.endpoints }, () => ({})),
          }));
        return guard("interface", { interfaceNumber: part.number, alternates, alternate: alternates[0] });
      }),
    });
    const state = { kind: "usb", said, granted: false, here: true, opened: false };
    // env "same, udevd running, QMP hot-plug", steps "stale open", "stale ctl"
    const left = (call) =>
      error("NotFoundError", `Failed to execute '${call}' on 'USBDevice': The device was disconnected.`);
    state.page = guard("device", {
      vendorId: said.vendor,
      productId: said.product,
      usbVersionMajor: usb[0],
      usbVersionMinor: usb[1],
      usbVersionSubminor: usb[2],
      deviceVersionMajor: version[0],
      deviceVersionMinor: version[1],
      deviceVersionSubminor: version[2],
      deviceClass: said.class[0],
      deviceSubclass: said.class[1],
      deviceProtocol: said.class[2],
      manufacturerName: said.maker,
      productName: said.model,
      serialNumber: said.serial,
      configuration: said.configured ? configuration : null,
      configurations: [configuration],
      get opened() {
        return state.opened;
      },
      async open() {
        if (!state.here) throw left("open");
        await play(scenario.open);
        // env "Chromium … usb-ccid + usb-kbd", steps "CCID open", "CCID open again"
        state.opened = true;
      },
      async close() {
        // env "Chromium … usb-ccid + usb-kbd", step "CCID close"
        state.opened = false;
      },
      async forget() {
        state.granted = false;
        state.opened = false;
      },
      async controlTransferIn({ requestType, recipient, request, value, index }, length) {
        const packet = `80 ${hex(request, 2)} ${hex(value, 4)} ${hex(index, 4)} ${length}`;
        touched.push(`setup ${packet}`);
        const what = SAFE[`${hex(request, 2)} ${hex(value, 4)}`];
        if (!what || requestType !== "standard" || recipient !== "device" || index !== 0 || length > 512) {
          forbid(`setup ${requestType} ${recipient} ${packet}`);
        }
        if (!state.here) throw left("controlTransferIn");
        if (!state.opened) {
          // env "Chromium … usb-ccid + usb-kbd", step "CCID ctl before open"
          const text = "Failed to execute 'controlTransferIn' on 'USBDevice': The device must be opened first.";
          throw error("InvalidStateError", text);
        }
        const { answers = {} } = scenario;
        const answer = Array.isArray(answers) || answers === "never" ? answers : answers[what] ?? "stall";
        await play(answer);
        // env "same, + usb-serial (FTDI)", step "FTDI class IN device-recipient idx0": a stall has no data
        if (answer === "stall") return { status: "stall", data: null };
        const bytes = answer.match(/../g).slice(0, length).map((two) => parseInt(two, 16));
        // A view into a larger buffer, as browsers may give one.
        return { status: "ok", data: new DataView(Uint8Array.from([255, ...bytes, 255]).buffer, 1, bytes.length) };
      },
    });
    const fire = (type) =>
      plugged.usb.target.dispatchEvent(Object.assign(new Event(type), { device: state.page }));
    state.leave = () => {
      state.here = false;
      state.opened = false;
      fire("disconnect");
    };
    state.come = () => fire("connect");
    return state;
  }

  function port(said, scenario) {
    const state = { kind: "serial", said, granted: false, here: true, opened: false, reading: false };
    const plan = [...(scenario.bytes ?? []), ...(scenario.end ? [scenario.end] : []), ...(scenario.more ?? [])];
    let stream = null, page = null, control, clock;

    /** The next chunk, or the next error; after an error the plan goes on in the next stream. */
    function next() {
      const step = plan.shift();
      if (step === undefined) return;
      if (step === "lost") return lose();
      if (step === "done") {
        // env "Firefox ESR 153.7.0", steps "disconnect 0", "close after loss"
        state.opened = false;
        control.close();
        page = null;
        return;
      }
      if (typeof step !== "number") {
        page = null;
        const [name, message] = Array.isArray(step) ? step : [step, ""];
        return control.error(error(name, message));
      }
      const bytes = Uint8Array.from({ length: step }, (_, at) => CARD.charCodeAt(at % CARD.length));
      control.enqueue(guard("chunk", bytes));
      clock = setTimeout(next, 40);
    }

    function lose() {
      clearTimeout(clock);
      state.lost = true;
      page = null;
      // env "same, udevd running, QMP hot-plug", step "serial after del"
      if (stream) control.error(error("NetworkError", "The device has been lost."));
    }

    function open() {
      stream = new ReadableStream({
        start: (given) => void (control = given),
        cancel: () => clearTimeout(clock),
      });
      clearTimeout(clock);
      clock = setTimeout(next, 40);
      const here = stream;
      page = guard("readable", {
        getReader() {
          const reader = here.getReader();
          state.reading = true;
          return guard("reader", {
            read: () => reader.read(),
            cancel: () => reader.cancel(),
            releaseLock() {
              state.reading = false;
              reader.releaseLock();
            },
          });
        },
      });
      return page;
    }

    state.page = guard("port", {
      getInfo() {
        const info = {};
        if (said.vendor !== null) Object.assign(info, { usbVendorId: said.vendor, usbProductId: said.product });
        if (said.bluetooth) info.bluetoothServiceClassId = "00001101-0000-1000-8000-00805f9b34fb";
        return info;
      },
      get connected() {
        return said.connected === null ? undefined : state.here;
      },
      async open({ baudRate, flowControl, ...others }) {
        touched.push(`open ${baudRate} ${flowControl}`);
        if (baudRate === 1200 || flowControl !== "none" || Object.keys(others).length > 0) {
          forbid(`port.open(${baudRate}, ${flowControl}, ${Object.keys(others)})`);
        }
        if (state.opened) {
          // env "Chromium … pty bind-mounted" and "Firefox ESR 153.7.0", steps "open twice"
          const text = "Failed to execute 'open' on 'SerialPort': The port is already open.";
          throw error("InvalidStateError", firefox ? "Port is already open" : text);
        }
        if (!state.here) {
          // env "Chromium … pty bind-mounted" and "Firefox ESR 153.7.0", steps "open gone"
          const text = "Failed to execute 'open' on 'SerialPort': Failed to open serial port.";
          throw error("NetworkError", firefox ? "Failed to open port" : text);
        }
        await play(scenario.open);
        state.opened = true;
      },
      async getSignals() {
        if (!state.opened) {
          // env "Chromium … pty bind-mounted", step "getSignals closed"; env "Firefox ESR 153.7.0", "signals closed"
          const text = "Failed to execute 'getSignals' on 'SerialPort': The port is closed.";
          throw error("InvalidStateError", firefox ? "Port is not open" : text);
        }
        if (state.lost) {
          // env "same, udevd running, QMP hot-plug", step "serial signals lost"
          const text = "Failed to execute 'getSignals' on 'SerialPort': Failed to get control signals.";
          throw error("NetworkError", text);
        }
        await play(scenario.signals);
        // env "Firefox ESR 153.7.0", step "signals": all low
        const { cts = false, dsr = false, dcd = false, ri = false } = scenario.signals ?? {};
        return { clearToSend: cts, dataSetReady: dsr, dataCarrierDetect: dcd, ringIndicator: ri };
      },
      get readable() {
        if (!state.opened || state.lost) return null;
        return page ?? open();
      },
      async close() {
        if (state.reading) {
          // env "Chromium … pty bind-mounted", step "close while reader locked"
          throw error("TypeError", "Failed to execute 'close' on 'SerialPort': Cannot cancel a locked stream");
        }
        // env "Firefox ESR 153.7.0", step "close after loss"
        if (!state.opened) throw error("InvalidStateError", "Port is not open");
        clearTimeout(clock);
        state.opened = state.lost = false;
        stream = page = null;
      },
      async forget() {
        state.granted = false;
      },
    });
    // The events of a port bubble up to navigator.serial and keep the port as their target.
    const fire = (type) =>
      plugged.serial.target.dispatchEvent(Object.defineProperty(new Event(type), "target", { value: state.page }));
    state.leave = () => {
      state.here = false;
      if (state.opened) lose();
      fire("disconnect");
    };
    state.come = () => fire("connect");
    return state;
  }

  /** One side of the navigator: what is granted, and what the chooser gives. */
  function side(kind, scenario, make) {
    const things = [];
    const add = (said, granted) => {
      const thing = make(said, scenario);
      thing.granted = granted;
      things.push(thing);
      return thing;
    };
    const [listCall, pickCall, owner] =
      kind === "usb" ? ["getDevices", "requestDevice", "USB"] : ["getPorts", "requestPort", "Serial"];
    const gate = (call) => {
      if (!scenario.denied) return;
      // env "Chromium … no USB bus", steps "deny navigator.usb.getDevices()" and the three like it
      const text = `Access to the feature "${kind}" is disallowed by permissions policy.`;
      throw error("SecurityError", `Failed to execute '${call}' on '${owner}': ${text}`);
    };
    for (const said of scenario.known ?? []) add(said, true);
    return {
      things,
      add,
      ...source(kind, {
        async [listCall]() {
          gate(listCall);
          return things.filter((thing) => thing.here && thing.granted).map((thing) => thing.page);
        },
        async [pickCall](options) {
          touched.push(`${pickCall} ${JSON.stringify(options)}`);
          gate(pickCall);
          const { pick } = scenario;
          await play(pick);
          const said = pick?.device ?? pick?.port;
          // env "Firefox ESR 153.7.0", step "request none"
          if (!said) throw error(...(pick?.fail ?? ["NotFoundError", "No port selected"]));
          const there = things.find((thing) => thing.here && keyOf(thing.said) === keyOf(said));
          const thing = there ?? add(said, true);
          thing.granted = true;
          return thing.page;
        },
      }),
    };
  }

  /** The real one leaves the prototype until the next load, since only that makes `"usb" in navigator` false. */
  function put(name, value) {
    delete navigator[name];
    delete Navigator.prototype[name];
    if (value) Object.defineProperty(navigator, name, { configurable: true, get: () => value });
  }

  function override(object, name, value) {
    if (value === undefined) delete object[name];
    else Object.defineProperty(object, name, { configurable: true, get: () => value });
  }

  const SYSTEMS = {
    windows: "Windows NT 10.0; Win64; x64",
    macos: "Macintosh; Intel Mac OS X 10_15_7",
    linux: "X11; Linux x86_64",
    android: "Linux; Android 10; K",
    chromeos: "X11; CrOS x86_64 14541.0.0",
    ios: "iPhone; CPU iPhone OS 18_5 like Mac OS X",
    other: "Phone; OpenHarmony 5.0",
  };
  const AGENTS = {
    firefox: (system) => `Mozilla/5.0 (${system}; rv:153.0) Gecko/20100101 Firefox/153.0`,
    safari: (system) => `Mozilla/5.0 (${system}) AppleWebKit/605.1.15 Version/18.5 Mobile/15E148 Safari/604.1`,
    chromium: (system) => `Mozilla/5.0 (${system}) AppleWebKit/537.36 Chrome/156.0.0.0 Safari/537.36`,
  };

  window.stubReader = (scenario = {}, system = null) => {
    window.touched = [];
    listeners = [];
    const { engine = "chromium" } = scenario;
    firefox = engine === "firefox";
    plugged = {
      usb: scenario.usb === null ? null : side("usb", scenario.usb ?? {}, device),
      serial: scenario.serial === null ? null : side("serial", scenario.serial ?? {}, port),
    };
    put("usb", plugged.usb?.page);
    put("serial", plugged.serial?.page);
    override(navigator, "userAgent", system ? AGENTS[engine](SYSTEMS[system]) : undefined);
    override(navigator, "userAgentData", system ? null : undefined);
    override(window, "isSecureContext", scenario.secure ?? true);
    // Only Chromium has it.
    const policy = { allowsFeature: (name) => !scenario[name]?.denied };
    override(document, "featurePolicy", engine === "chromium" ? policy : null);
  };

  const all = () => [...(plugged.usb?.things ?? []), ...(plugged.serial?.things ?? [])];

  window.unplug = (key, kind) => {
    const [name, nth = 1] = key.split("#");
    const leaving = ["usb", "serial"].map((one) => {
      const alike = all().filter((thing) => thing.here && thing.kind === one && keyOf(thing.said) === name);
      return kind && kind !== one ? undefined : alike[nth - 1];
    });
    if (!leaving.some(Boolean)) throw new Error(`Nothing plugged in has the key ${key}.`);
    for (const thing of leaving) thing?.leave();
  };

  window.replug = (said, kept = Boolean(said.serial)) => {
    const kind = said.interfaces ? "usb" : "serial";
    const thing = plugged[kind].add(said, kept);
    if (kept) thing.come();
  };

  window.leftOpen = () => [
    ...listeners.map(({ what, type }) => `${what} ${type} listener`),
    ...all().filter((thing) => thing.opened).map((thing) => `${thing.kind} ${keyOf(thing.said)} open`),
    ...all().filter((thing) => thing.reading).map((thing) => `${thing.kind} ${keyOf(thing.said)} reader`),
  ];
})();
