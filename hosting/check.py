"""What a host must send: check.py URL DIST, or check.py rules DIST for _headers and vercel.json."""

import json, pathlib, re, subprocess, sys, urllib.error, urllib.request

HERE = pathlib.Path(__file__).parent
CSP = ("default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self'; "
       "connect-src 'self'; manifest-src 'self'")
ALL = {"Content-Security-Policy": CSP, "Referrer-Policy": "no-referrer", "X-Content-Type-Options": "nosniff",
       "Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Resource-Policy": "cross-origin"}
FOREVER = "public, max-age=31536000, immutable"
TYPES = {"html": "text/html", "js": "text/javascript", "css": "text/css", "wasm": "application/wasm", "txt": "text/plain",
         "bin": "application/octet-stream", "svg": "image/svg+xml", "png": "image/png", "webmanifest": "application/manifest+json",
         "json": "application/json"}
HASHED = re.compile(r"\.[0-9a-f]{16}\.[a-z0-9]+$")
problems = 0


def must(ok, what):
  global problems
  if not ok:
    problems += 1
    print("NOT SO:", what)


def names(dist):
  files = (f for f in pathlib.Path(dist).iterdir() if f.is_file() and f.suffix not in (".br", ".gz"))
  return sorted(f.name for f in files)


def ask(url, encoding="br, gzip", method="GET"):
  request = urllib.request.Request(url, headers={"Accept-Encoding": encoding, "Origin": "https://bank.example"}, method=method)
  try:
    with urllib.request.urlopen(request) as answer:
      return answer.status, answer.headers, answer.read()
  except urllib.error.HTTPError as error:
    return error.code, error.headers, error.read()


def host(base, dist):
  dist = pathlib.Path(dist)
  encodings = {}
  # Of the pages that were made beforehand, one of each language stands for all.
  pages = ["en/about/", "zh-CN/cardholder/"]
  for name in ["", *pages, *names(dist), "missing.txt", "app.0123456789abcdef.wasm"]:
    status, headers, body = ask(base + name)
    exists = name == "" or name in pages or (dist / name).is_file()
    must(status == (200 if exists else 404), f"{name}: {status}")
    for key, value in ALL.items():
      must(headers.get_all(key) == [value], f"{name}: {key}: {headers.get_all(key)}")
    policy = headers["Permissions-Policy"] or ""
    for part in ("usb=(self)", "serial=(self)", "hid=()", "camera=()", "geolocation=()"):
      must(part in policy, f"{name}: Permissions-Policy lacks {part}")
    must(headers["X-Frame-Options"] is None, f"{name}: X-Frame-Options")
    keep = headers.get_all("Cache-Control")
    if not exists:
      must(keep in (None, ["no-cache"]), f"{name}: {keep} though it is not there")
      continue
    must(keep == [FOREVER if HASHED.search(name) else "no-cache"], f"{name}: Cache-Control {keep}")
    shared = HASHED.search(name) or re.match(r"(embed[^/]*|inline)\.js", name)
    must(headers.get_all("Access-Control-Allow-Origin") == (["*"] if shared else None), f"{name}: allow origin")
    ending = "html" if not name or name in pages else name.rsplit(".", 1)[-1]
    must((headers["Content-Type"] or "").split(";")[0] == TYPES[ending], f"{name}: {headers['Content-Type']}")
    encoding = headers["Content-Encoding"]
    encodings[encoding] = encodings.get(encoding, 0) + 1
    if encoding:
      must("accept-encoding" in (headers["Vary"] or "").lower(), f"{name}: Vary {headers['Vary']}")
    original = (dist / (f"{name}index.html" if ending == "html" and not name.endswith(".html") else name)).read_bytes()
    if encoding == "br":
      body = subprocess.run(["brotli", "-dc"], input=body, capture_output=True, check=True).stdout
    elif encoding == "gzip":
      import gzip
      body = gzip.decompress(body)
    must(body == original, f"{name}: other bytes")
    status, headers, body = ask(base + name, "identity")
    must(body == original and not headers["Content-Encoding"], f"{name}: plain bytes")
    if headers["ETag"] or headers["Last-Modified"]:
      request = urllib.request.Request(base + name, headers={k: v for k, v in (("If-None-Match", headers["ETag"]), ("If-Modified-Since", headers["Last-Modified"])) if v})
      try:
        again = urllib.request.urlopen(request).status
      except urllib.error.HTTPError as error:
        again = error.code
      must(again == 304, f"{name}: asked again {again}")
  print("encodings:", encodings)


def rules(dist):
  blocks, path = {}, None
  for line in (HERE / "_headers").read_text().splitlines():
    if line.startswith("/"):
      path = line.strip()
      blocks[path] = []
    elif line.startswith("  "):
      blocks[path].append(line.strip().split(": ", 1))
  must(len(blocks) <= 100, "more than 100 rules")
  vercel = json.loads((HERE / "vercel.json").read_text())["headers"]
  for name in ["", *names(dist), "embed.js", "en/index.html"]:
    got = {}
    for path, headers in blocks.items():
      if re.fullmatch(".*".join(map(re.escape, path.split("*"))), "/" + name):
        for key, value in headers:
          got.setdefault(key, []).append(value)
    last = {}
    for rule in vercel:
      if re.fullmatch(rule["source"], "/" + name):
        last.update({h["key"]: h["value"] for h in rule["headers"]})
    for key, value in ALL.items():
      must(got.get(key) == [value], f"_headers, {name}: {key} {got.get(key)}")
      must(last.get(key) == value, f"vercel.json, {name}: {key} {last.get(key)}")
    hashed = bool(HASHED.search(name))
    must(got.get("Cache-Control") == ([FOREVER] if hashed else None), f"_headers, {name}: {got.get('Cache-Control')}")
    must(last.get("Cache-Control") == (FOREVER if hashed else "no-cache"), f"vercel.json, {name}: {last.get('Cache-Control')}")
    shared = hashed or name in ("embed.js", "embed-1.js", "inline.js")
    must(got.get("Access-Control-Allow-Origin") == (["*"] if shared else None), f"_headers, {name}: allow origin {got.get('Access-Control-Allow-Origin')}")
    must(last.get("Access-Control-Allow-Origin") == ("*" if shared else None), f"vercel.json, {name}: allow origin")


rules(sys.argv[2]) if sys.argv[1] == "rules" else host(*sys.argv[1:])
print("fine" if not problems else f"{problems} problems")
sys.exit(problems > 0)
