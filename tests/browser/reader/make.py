#!/usr/bin/python3
"""Build devices.jsonl, policy.json and readers.jsonl for the browser tests. No dependency, deterministic.

    make.py pick SAMPLE.jsonl > readers.jsonl   take the PICK list below out of ccid_readers_sample.jsonl
    make.py devices readers.jsonl > devices.jsonl
    make.py policy devices.jsonl [ORIGIN...] > policy.json

What is real in a device: ids, version, strings, interface number and class triple, number of endpoints, and the
54 bytes of the CCID descriptor (dumps of LudovicRousseau/CCID, LGPL-2.1-or-later). What is made up, because the dumps
do not hold it: endpoint addresses, sizes and intervals, bMaxPower, serial numbers, USB speed, device class,
the interfaces of a composite device that are not CCID (drawn as a boot keyboard), and "layout".
"""
import json, struct, sys

# (vid, pid, serial, layout, device class). layout "after" = the CCID descriptor follows the endpoints, as some real
# readers do (the sample does not say which). Serial None = the reader has none.
PICK = [
    ("072f", "90cc", None,           "before", [0, 0, 0]),        # ACR122U; the maker is three blanks
    ("072f", "221a", "RR123-000111", "before", [0, 0, 0]),        # two CCID interfaces, the second with PIN
    ("072f", "2224", None,           "before", [0, 0, 0]),        # 3 slots
    ("072f", "8206", "APG0008201",   "before", [0, 0, 0]),        # PIN pad with display
    ("0a89", "0082", None,           "before", [0, 0, 0]),        # PIN pad, 2 endpoints, T=1 only
    ("0dc3", "1007", None,           "before", [0, 0, 0]),        # no maker, no product; interface 1
    ("23a0", "0003", "100200300",    "after",  [0, 0, 0]),        # T=0 only, 2 endpoints
    ("076b", "3021", None,           "after",  [0, 0, 0]),        # CardMan 3121
    ("04f2", "0967", None,           "before", [0, 0, 0]),        # keyboard with reader, PIN, interface 1
    ("1ffa", "0002", None,           "before", [0, 0, 0]),        # dwProtocols with high bits
    ("096e", "060d", "0A0B0C0D",     "before", [0, 0, 0]),        # four CCID interfaces, 3+3+2+2 endpoints
    ("08e6", "3480", "SIM-PRO-2",    "before", [0, 0, 0]),        # 2 slots
    ("08e6", "2202", None,           "before", [255, 255, 255]),  # class ff/92/00, descriptor type 0xff, interface 1
    ("08e6", "34c0", None,           "before", [0, 0, 0]),        # PIN pad with display
    ("0e0f", "0004", None,           "before", [0, 0, 0]),        # no maker, but product; PIN
    ("1059", "000d", None,           "before", [0, 0, 0]),        # ICCD (protocol 2), one endpoint
    ("076b", "5340", "OK5021",       "before", [255, 255, 255]),  # class ff
    ("1a74", "6354", None,           "before", [0, 0, 0]),        # class ff, protocol 2, no endpoint at all
    ("0c4b", "0500", "1234567890",   "before", [255, 255, 255]),  # class ff, PIN
    ("04e6", "512b", None,           "before", [0, 0, 0]),        # class ff, 2 slots
    ("04e6", "511a", None,           "before", [0, 0, 0]),        # class ff
    ("24a2", "0102", None,           "before", [0, 0, 0]),        # no maker, no product
    ("1c34", "7124", "CSB6-00042",   "before", [0, 0, 0]),        # 5 slots
    ("08df", "0004", None,           "before", [0, 0, 0]),        # T=0 only
]
TTY = {"kind": "tty", "name": "ttyS0", "vendor": "0403", "product": "6001",
       "maker": "FTDI", "model": "FT232R USB UART", "serial": "A50285BI"}

KEYS = ["bInterfaceNumber", "bAlternateSetting", "bNumEndpoints", "bInterfaceClass", "bInterfaceSubClass",
        "bInterfaceProtocol", "file", "hex"]


def say(x):
    print(json.dumps(x, ensure_ascii=False, sort_keys=False))


def pick(sample):
    rows = [json.loads(l) for l in open(sample, encoding="utf-8")]
    for vid, pid, serial, layout, cls in PICK:
        found = [r for r in rows if (r["vid"], r["pid"]) == (vid, pid)]
        found = [r for r in found if r["file"] == found[0]["file"]]
        seen, ifs = set(), []
        for r in found:                       # the same reader twice in a dump (HID_5021_CL): first one only
            if r["bInterfaceNumber"] not in seen:
                seen.add(r["bInterfaceNumber"])
                ifs.append({k: r[k] for k in KEYS})
        r = found[0]
        say({"vid": vid, "pid": pid, "manufacturer": r["manufacturer"], "product": r["product"],
             "bcdDevice": r["bcdDevice"] or "0100", "serial": serial, "layout": layout, "class": cls, "interfaces": ifs})


def endpoint(address, kind, size, interval):
    return struct.pack("<BBBBHB", 7, 5, address, kind, size, interval)


def keyboard(number, address):
    """A boot keyboard, standing for the interfaces of a composite device that are not CCID."""
    return (bytes([9, 4, number, 0, 1, 3, 1, 1, 0]) + bytes([9, 0x21, 0x11, 1, 0, 1, 0x22, 63, 0])
            + endpoint(address, 3, 8, 10))


def configuration(reader, n):
    full = n % 3 != 2                       # every third one is an old full speed device with other sizes
    size = 64 if full else 16
    body, next_ep, ifs = b"", 1, {i["bInterfaceNumber"]: i for i in reader["interfaces"]}
    count = max(ifs) + 1
    for number in range(count):
        i = ifs.get(number)
        if i is None:
            body += keyboard(number, 0x80 | next_ep)
            next_ep += 1
            continue
        eps = b""
        want = i["bNumEndpoints"]
        if want in (1, 3):                  # interrupt IN
            eps += endpoint(0x80 | next_ep, 3, 8 if full else 4, 16 + n)
            next_ep += 1
        if want >= 2:                       # bulk OUT and IN: half of them share a number, half do not
            eps += endpoint(next_ep, 2, size, 0)
            next_ep += n % 2
            eps += endpoint(0x80 | next_ep, 2, size, 0)
            next_ep += 1
        ccid = bytes.fromhex(i["hex"])
        assert len(ccid) == 54 and next_ep <= 16, (reader["vid"], next_ep)
        body += bytes([9, 4, number, i["bAlternateSetting"], want, i["bInterfaceClass"], i["bInterfaceSubClass"],
                       i["bInterfaceProtocol"], 0])
        body += eps + ccid if reader["layout"] == "after" else ccid + eps
    return struct.pack("<BBHBBBBB", 9, 2, 9 + len(body), count, 1, 0, 0x80, 50) + body


def devices(readers):
    for n, line in enumerate(open(readers, encoding="utf-8")):
        r = json.loads(line)
        say({"kind": "usb", "vendor": r["vid"], "product": r["pid"], "version": r["bcdDevice"],
             "usb": "0110" if n % 3 == 2 else "0200", "maker": r["manufacturer"], "model": r["product"],
             "serial": r["serial"], "class": r["class"], "configuration": configuration(r, n).hex(),
             "from": r["interfaces"][0]["file"]})
    say(TTY)


def policy(path, origins):
    origins = origins or ["http://localhost", "http://127.0.0.1"]
    rows = [json.loads(l) for l in open(path, encoding="utf-8")]
    ids = [{"vendor_id": int(r["vendor"], 16), "product_id": int(r["product"], 16)} for r in rows if r["kind"] == "usb"]
    print(json.dumps({"WebUsbAllowDevicesForUrls": [{"devices": ids, "urls": origins}],
                      "SerialAllowAllPortsForUrls": origins}, indent=1))


if __name__ == "__main__":
    what, path, *rest = sys.argv[1:] or ["help", ""]
    if what == "pick": pick(path)
    elif what == "devices": devices(path)
    elif what == "policy": policy(path, rest)
    else: sys.exit(__doc__)
