#!/usr/bin/python3
"""Give a command fake USB devices (umockdev), and plug them in and out while it runs.

    umockdev-wrapper /usr/bin/python3 plug.py DEVICES.jsonl -- COMMAND...

(Started without the wrapper, it starts itself again under it.) One device per line of DEVICES.jsonl:
  {"kind":"usb","vendor":"072f","product":"90cc","version":"0100","usb":"0200","maker":..|null,"model":..|null,
   "serial":..|null,"class":[0,0,0],"configuration":"<hex of the whole configuration>","absent":true?}
  {"kind":"tty","name":"ttyS0","vendor":"0403","product":"6001","maker":..,"model":..,"serial":..}
"absent":true = known, but not plugged in at the start.

COMMAND finds in the environment PLUG=127.0.0.1:PORT. Each line sent there is an order, each answer one line:
  unplug N | plug N     N = line number in DEVICES.jsonl, from 0   -> "ok"
  fault N none|error|stall|silent   how N answers control transfers from now on (also a field "fault" of the line)
  send N HEX            the serial device N says these bytes
  took N                -> "ok HEX": what the page has written to serial device N since the last time (must stay empty)
  list                  -> "ok" and the numbers plugged in
  quit                  -> "ok", then COMMAND's process group gets SIGTERM
  anything else         -> "error ..."
Exits with COMMAND's status (128+signal if killed); what is left of its process group then gets SIGTERM.
"""
import fcntl, json, os, select, signal, socket, struct, subprocess, sys, tty

if "libumockdev-preload" not in os.environ.get("LD_PRELOAD", ""):
    os.execvp("umockdev-wrapper", ["umockdev-wrapper", "/usr/bin/python3", *sys.argv])

import gi
gi.require_version("UMockdev", "1.0")
from gi.repository import UMockdev


class Wire(UMockdev.IoctlBase):
    """The usbfs node of one plugged-in device: answers the standard IN requests of a control transfer.

    Chromium hands in a transfer (SUBMITURB), waits until the node is writable, and takes the result (REAPURBNDELAY).
    A plain file cannot be waited for, so the node is a FIFO that is kept full (not writable) while no result is ready.
    """
    SUBMIT, REAP, DISCARD, DRIVER = 0x8038550A, 0x4008550D, 0x550B, 0x41045508
    EAGAIN, ENODEV, EPROTO, EPIPE, ENODATA, ENOENT, ENOTTY = 11, 19, 71, 32, 61, 2, 25

    def __init__(self, device):
        super().__init__()
        self.device, self.dead, self.clients = device, False, {}   # client -> [results ready, requests kept silent]

    def attach(self, bed, node):
        self.name, path = "/dev/" + node, os.path.join(bed.get_root_dir(), "dev", node)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        os.mkfifo(path, 0o666)
        self.fifo = os.open(path, os.O_RDWR | os.O_NONBLOCK)
        fcntl.fcntl(self.fifo, 1031, 4096)  # F_SETPIPE_SZ
        self.ready(False)
        bed.attach_ioctl(self.name, self)

    def gone(self, bed):
        self.dead = True
        self.ready(True)

    def ready(self, yes):
        try:
            while True:
                os.read(self.fifo, 4096) if yes else os.write(self.fifo, b"\0" * 4096)
        except BlockingIOError:
            pass

    def answer(self, setup):
        """(urb status, bytes) of one request; setup = the eight bytes."""
        kind, request, value, index, length = struct.unpack("<BBHHH", setup)
        d, row = self.device, self.device.row
        data = None
        if kind == 0x80 and request == 6:                       # GET_DESCRIPTOR
            what, which = value >> 8, value & 255
            if what == 1:
                data = d.device
            elif what == 2 and which == 0:
                data = d.config
            elif what == 3 and which == 0:
                data = b"\x04\x03\x09\x04"
            elif what == 3 and which in (1, 2, 3) and row[("maker", "model", "serial")[which - 1]]:
                text = row[("maker", "model", "serial")[which - 1]].encode("utf-16-le")
                data = bytes([2 + len(text), 3]) + text
        elif kind == 0x80 and request == 0:                     # GET_STATUS
            data = b"\0\0"
        elif kind == 0x80 and request == 8:                     # GET_CONFIGURATION
            data = b"\x01"
        return (-self.EPIPE, b"") if data is None else (0, data[:length])   # everything else: stall

    def do_client_vanished(self, client):   # closed: its urbs are freed, handing one to the next opener would kill Chromium
        self.clients.pop(client, None)
        if not self.dead:
            self.ready(any(c[0] for c in self.clients.values()))

    def do_handle_ioctl(self, client):
        try:
            r, mine = client.get_request() & 0xFFFFFFFF, self.clients.setdefault(client, [[], []])
            if self.dead:
                client.complete(-1, self.ENODEV)
            elif r == self.SUBMIT:
                urb = client.get_arg().resolve(0, 56)
                raw = bytes(urb.retrieve())
                size = struct.unpack_from("<i", raw, 24)[0]
                fault = self.device.fault
                if raw[0] != 2 or raw[1] & 15:                  # not a control transfer on endpoint 0
                    client.complete(-1, self.ENOENT)
                    return True
                buffer = urb.resolve(16, size)
                status, data = self.answer(bytes(buffer.retrieve())[:8])
                if fault == "error":
                    status, data = -self.EPROTO, b""
                elif fault == "stall":
                    status, data = -self.EPIPE, b""
                if data:
                    buffer.update(8, list(data))
                urb.update(4, list(struct.pack("<i", status)))
                urb.update(28, list(struct.pack("<i", len(data))))
                address = struct.pack("<Q", urb.client_addr)                # where Chromium keeps the urb
                mine[1 if fault == "silent" else 0].append(address)
                self.ready(bool(mine[0]))
                client.complete(0, 0)
            elif r == self.REAP:
                if mine[0]:
                    client.get_arg().resolve(0, 8).update(0, list(mine[0].pop(0)))
                    client.complete(0, 0)
                else:
                    self.ready(any(c[0] for c in self.clients.values()))
                    client.complete(-1, self.EAGAIN)
            elif r == self.DISCARD:
                mine[0] += mine[1]
                mine[1] = []
                self.ready(bool(mine[0]))
                client.complete(0, 0)
            elif r == self.DRIVER:
                client.complete(-1, self.ENODATA)
            else:                                               # claim, release, set configuration, ...: as before
                client.complete(0, 0)
        except Exception as e:
            print("plug.py: ioctl", e, file=sys.stderr)
            client.complete(-1, self.EPROTO)
        return True


class Line(UMockdev.IoctlBase):
    """The node of one serial port: a pty of our own. ioctls are done for real, except the modem lines a pty has not."""
    TIOCMGET, TIOCMBIS, TIOCMBIC, TIOCMSET, TIOCGSERIAL = 0x5415, 0x5416, 0x5417, 0x5418, 0x541E
    DTR, RTS, CTS, CD, DSR = 2, 4, 0x20, 0x40, 0x100

    def attach(self, bed, node):
        self.master, self.slave = os.openpty()
        tty.setraw(self.slave)
        os.set_blocking(self.master, False)
        self.bits = self.CTS | self.DSR     # a device that is switched on
        os.symlink(os.ttyname(self.slave), os.path.join(bed.get_root_dir(), "dev", node))
        self.name = "/dev/" + node
        bed.attach_ioctl(self.name, self)

    def gone(self, bed):                    # the reader of the port sees the end, as from a pulled adapter
        bed.detach_ioctl(self.name)
        os.close(self.slave)
        os.close(self.master)

    def do_handle_ioctl(self, client):
        r = client.get_request() & 0xFFFFFFFF
        if r == self.TIOCMGET:
            client.get_arg().resolve(0, 4).update(0, list(struct.pack("<I", self.bits)))
            client.complete(0, 0)
        elif r in (self.TIOCMBIS, self.TIOCMBIC, self.TIOCMSET):
            v = struct.unpack("<I", bytes(client.get_arg().resolve(0, 4).retrieve()))[0] & (self.DTR | self.RTS)
            self.bits = self.bits | v if r == self.TIOCMBIS else self.bits & ~v if r == self.TIOCMBIC else \
                self.bits & ~(self.DTR | self.RTS) | v
            client.complete(0, 0)
        else:
            client.complete(*client.execute())
        return True


class Device:
    """One line of DEVICES.jsonl. A replugged USB device gets a new DEVNUM, as from a real kernel."""
    last_devnum = 1

    def __init__(self, n, row):
        self.n, self.row, self.path, self.wire, self.fault = n, row, None, None, row.get("fault", "none")
        if row.get("kind", "usb") == "usb":
            d = bytearray(bytes.fromhex("12010000") + bytes(row.get("class", [0, 0, 0])) + b"\x08")
            d[2:4] = bytes.fromhex(row.get("usb", "0200"))[::-1]
            for key in ("vendor", "product", "version"):
                d += bytes.fromhex(row[key])[::-1]
            d += bytes([1 if row["maker"] else 0, 2 if row["model"] else 0, 3 if row["serial"] else 0, 1])
            self.device = bytes(d)
            self.config = bytes.fromhex(row["configuration"])

    def block(self):
        """The device in umockdev's own text format, without "N:" line: the nodes are made here (umockdev's own could not
        be waited for, and it aborts when a tty of the same name comes a second time)."""
        r, esc = self.row, lambda s: s.replace("\\", "\\\\").replace("\n", "\\n")
        if r.get("kind") == "tty":
            path, self.node = f"/devices/pci0000:00/0000:00:15.0/tty/{r['name']}", r["name"]
            lines = [f"P: {path}", "E: SUBSYSTEM=tty", f"E: DEVNAME=/dev/{r['name']}",
                     # Chromium drops majors that /proc/tty/drivers (the real one) does not list as serial
                     "E: MAJOR=4", "E: MINOR=64", "E: ID_BUS=usb",
                     f"E: ID_VENDOR_ID={r['vendor']}", f"E: ID_MODEL_ID={r['product']}"]
            for key, name in (("maker", "ID_VENDOR_ENC"), ("model", "ID_MODEL_ENC"), ("serial", "ID_SERIAL_SHORT")):
                if r.get(key):
                    lines.append(f"E: {name}={esc(r[key])}")
            return path, "\n".join(lines) + "\n"
        Device.last_devnum += 1
        devnum, path = Device.last_devnum, f"/devices/pci0000:00/0000:00:14.0/usb1/1-{self.n + 1}"
        bus, num = 1 + (devnum - 1) // 127, 1 + (devnum - 1) % 127      # 1..127 on each bus
        node = self.node = f"bus/usb/{bus:03}/{num:03}"
        ids = [int(r[k], 16) for k in ("vendor", "product", "version")]
        lines = [f"P: {path}", "E: DEVTYPE=usb_device", "E: SUBSYSTEM=usb", f"E: DEVNAME=/dev/{node}",
                 f"E: BUSNUM={bus:03}", f"E: DEVNUM={num:03}", "E: MAJOR=189", f"E: MINOR={devnum - 1}",
                 "E: PRODUCT=%x/%x/%x" % tuple(ids), "E: TYPE=%d/%d/%d" % tuple(self.device[4:7]),
                 f"A: busnum={bus}\\n", f"A: devnum={num}\\n", "A: bConfigurationValue=1\\n",
                 "A: bNumConfigurations=1\\n", f"A: bNumInterfaces={self.config[4]:2}\\n", "A: speed=12\\n",
                 f"A: idVendor={r['vendor']}\\n", f"A: idProduct={r['product']}\\n", f"A: bcdDevice={r['version']}\\n"]
        for key, name in (("maker", "manufacturer"), ("model", "product"), ("serial", "serial")):
            if r[key] is not None:
                lines.append(f"A: {name}={esc(r[key])}\\n")
        lines.append(f"H: descriptors={(self.device + self.config).hex().upper()}")
        return path, "\n".join(lines) + "\n"

    def plug(self, bed):
        if self.path:
            raise ValueError("already plugged in")
        path, text = self.block()
        # first the node, then the device: a page may open it within the "connect" event
        self.wire = Line() if self.row.get("kind") == "tty" else Wire(self)
        self.wire.attach(bed, self.node)
        if not bed.add_from_string(text):   # sends the "add" event by itself; a second one would double serial ports
            raise ValueError("umockdev refused the description")
        self.path = "/sys" + path

    def unplug(self, bed):
        if not self.path:
            raise ValueError("not plugged in")
        bed.uevent(self.path, "remove")     # first the event (its properties are read from the device), then the device
        bed.remove_device(self.path)
        if self.wire:
            self.wire.gone(bed)
        node = os.path.join(bed.get_root_dir(), "dev", self.node)
        if os.path.lexists(node):           # umockdev leaves it
            os.unlink(node)
        self.path = None


def obey(line, bed, devices):
    word, *rest = line.split() or [""]
    try:
        if word in ("plug", "unplug"):
            device = dict(enumerate(devices))[int(rest[0])]
            device.plug(bed) if word == "plug" else device.unplug(bed)
            return "ok"
        if word == "fault" and rest[1] in ("none", "error", "stall", "silent"):
            dict(enumerate(devices))[int(rest[0])].fault = rest[1]
            return "ok"
        if word == "send":
            os.write(dict(enumerate(devices))[int(rest[0])].wire.master, bytes.fromhex("".join(rest[1:])))
            return "ok"
        if word == "took":
            try:
                return "ok " + os.read(dict(enumerate(devices))[int(rest[0])].wire.master, 65536).hex()
            except BlockingIOError:
                return "ok "
        if word == "list":
            return "ok " + " ".join(str(d.n) for d in devices if d.path)
        if word == "quit":
            return "ok"
        return "error unknown order"
    except Exception as e:                  # a wrong order must not end the test bed
        return f"error {e}"


def main():
    if len(sys.argv) < 4 or sys.argv[2] != "--":
        sys.exit(__doc__)
    devices = [Device(n, json.loads(line)) for n, line in enumerate(open(sys.argv[1], encoding="utf-8"))]
    bed = UMockdev.Testbed.new()
    for d in devices:
        if not d.row.get("absent"):
            d.plug(bed)

    server = socket.create_server(("127.0.0.1", 0))
    # umockdev sets UMOCKDEV_DIR in the C environment only; Python's os.environ does not see it: hand it over by name.
    env = dict(os.environ, UMOCKDEV_DIR=bed.get_root_dir(), PLUG="127.0.0.1:%d" % server.getsockname()[1])
    woken, wake = os.pipe()                 # SIGCHLD ends select() at once
    os.set_blocking(wake, False)
    signal.set_wakeup_fd(wake)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    child = subprocess.Popen(sys.argv[3:], env=env, start_new_session=True)
    end = lambda *_: os.killpg(child.pid, signal.SIGTERM)
    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)

    talks = {}                              # connection -> bytes not yet ended by a newline
    while child.poll() is None:
        for s in select.select([server, woken, *talks], [], [])[0]:
            if s is woken:
                os.read(woken, 64)
            elif s is server:
                talks[server.accept()[0]] = b""
            else:
                try:
                    data = s.recv(4096)
                except OSError:
                    data = b""
                if not data:
                    del talks[s]
                    s.close()
                    continue
                *lines, talks[s] = (talks[s] + data).split(b"\n")
                for line in lines:
                    text = line.decode("utf-8", "replace").strip()
                    s.sendall((obey(text, bed, devices) + "\n").encode())
                    if text == "quit":
                        end()
    try:
        end()                               # what COMMAND has left behind (a chromedriver after a failed test)
    except ProcessLookupError:
        pass
    sys.exit(child.returncode if child.returncode >= 0 else 128 - child.returncode)


main()
