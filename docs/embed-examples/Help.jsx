import { useEffect, useRef } from "react";

const EMBED = "https://pos-aid.example/embed.js";

/** POS Aid in a React page (18 or later). Attributes are plain strings, so both versions pass them on. */
export function Help({ start, lang, audience = "cardholder", onOutcome, onError }) {
  const element = useRef(null);

  useEffect(() => {
    // A script of another origin is no module of the bundle; it is loaded once a page. Under a policy with
    // 'strict-dynamic' or without the app in script-src, put the tag into the page instead.
    if (document.querySelector(`script[src="${EMBED}"]`)) return;
    document.head.append(Object.assign(document.createElement("script"), { type: "module", src: EMBED }));
  }, []);

  useEffect(() => {
    // JSX has no name for an event with a colon, so they are listened to by hand.
    const heard = new AbortController();
    const { signal } = heard;
    element.current.addEventListener("pos-aid:outcome", (event) => onOutcome?.(event.detail), { signal });
    element.current.addEventListener("pos-aid:error", (event) => onError?.(event.detail), { signal });
    return () => heard.abort();
  }, [onOutcome, onError]);

  return (
    <pos-aid ref={element} start={start} lang={lang} audience={audience}>
      <a href="https://pos-aid.example/index.html">POS Aid · 刷卡急救</a>
    </pos-aid>
  );
}
