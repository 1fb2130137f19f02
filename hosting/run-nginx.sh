#!/usr/bin/env bash
# Starts nginx for a test: run-nginx.sh ROOT TEMP PORT [brotli]. It stays in front; end it by its id.
set -euo pipefail
root=$1 temp=$2 port=$3 brotli=${4:-}
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$temp"
for file in nginx.conf pos-aid.conf; do
  sed -e "s|@ROOT@|$root|; s|@LISTEN@|127.0.0.1:$port|; s|@TEMP@|$temp|" \
    ${brotli:+-e "s|# \(load_module\)|\1|; s|# \(brotli_static\)|\1|"} "$here/$file" >"$temp/$file"
done
exec nginx -p "$temp" -c "$temp/nginx.conf"
