// The browser's half of `invoke serve`. Sent by the server only; no file of the site holds it.
(() => {
  const me = document.currentScript;
  let shown = Number(me.dataset.build);
  const overlay = document.createElement("frontispiece-problems");
  const look = new CSSStyleSheet();
  const inside = overlay.attachShadow({ mode: "open" });

  // Let `before` become `after`, touching only what differs: scroll, focus and decoded pictures stay.
  function become(before, after) {
    if (before.isEqualNode(after)) return;
    if (before.nodeType !== after.nodeType || before.nodeName !== after.nodeName) {
      before.replaceWith(document.importNode(after, true));
      return;
    }
    if (before.nodeType !== Node.ELEMENT_NODE) {
      before.nodeValue = after.nodeValue;
      return;
    }
    for (const { name } of [...before.attributes]) if (!after.hasAttribute(name)) before.removeAttribute(name);
    for (const { name, value } of after.attributes)
      if (before.getAttribute(name) !== value) before.setAttribute(name, value);
    const olds = [...before.childNodes], news = [...after.childNodes];
    let tail = null; // What is the same at both ends stays; only the middle is worked on.
    while (olds.length && news.length && olds[0].isEqualNode(news[0])) olds.shift(), news.shift();
    while (olds.length && news.length && olds.at(-1).isEqualNode(news.at(-1))) (tail = olds.pop()), news.pop();
    for (let i = 0; i < Math.max(olds.length, news.length); i++) {
      if (!news[i]) olds[i].remove();
      else if (!olds[i]) before.insertBefore(document.importNode(news[i], true), tail);
      else become(olds[i], news[i]);
    }
  }

  async function refresh(build) {
    const answer = await fetch(location.href, { cache: "no-store", headers: { accept: "text/html" } });
    const type = answer.headers.get("content-type") ?? "";
    if (answer.redirected || !type.startsWith("text/html")) return location.reload();
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const script = page.querySelector("script[data-build]");
    if (script) script.dataset.build = me.dataset.build; // this very script: it stays
    const runs = 'script:not([data-build], [type="application/ld+json"])';
    if (page.querySelector(runs)) return location.reload(); // it would not run again
    if ([...document.images].some((picture) => changed.has(new URL(picture.currentSrc || picture.src).pathname)))
      return location.reload();
    overlay.remove();
    become(document.documentElement, page.documentElement);
    for (const sheet of document.querySelectorAll("link[rel=stylesheet]")) {
      const address = new URL(sheet.href);
      if (address.origin !== location.origin || !changed.has(address.pathname)) continue;
      address.searchParams.set("build", build);
      const fresh = sheet.cloneNode();
      fresh.href = address;
      fresh.onload = () => sheet.remove();
      sheet.after(fresh);
    }
    changed.clear();
    shown = build;
  }

  function show(problems) {
    look.replaceSync(`
      :host { position: fixed; inset: auto 0 0 0; z-index: 2147483647; max-block-size: 60vh; overflow: auto;
        font: 15px/1.5 ui-monospace, monospace; color: #fff; background: #7a1420; box-shadow: 0 0 2rem #0008 }
      :host([hidden]) { display: none }
      ol { list-style: none; margin: 0; padding: 1rem 1.5rem }
      li + li { margin-block-start: 1rem }
      strong { display: block } em { display: block; font-style: normal; color: #ffd7a8 }
    `);
    inside.adoptedStyleSheets = [look];
    inside.replaceChildren(Object.assign(document.createElement("ol"), { role: "alert" }));
    overlay.hidden = problems.length === 0;
    for (const { path, line, key, message, hint } of problems) {
      const item = document.createElement("li");
      const place = document.createElement("strong");
      place.textContent = line ? `${path}:${line}` : path;
      item.append(place, key ? `${key}: ${message}` : message);
      if (hint) item.append(Object.assign(document.createElement("em"), { textContent: hint }));
      inside.querySelector("ol").append(item);
    }
    document.documentElement.append(overlay);
  }

  const changed = new Set();
  const events = new EventSource(me.src.replace(/[^/]*$/, "events"));
  let refreshing = Promise.resolve();
  events.onmessage = ({ data }) => {
    const state = JSON.parse(data);
    for (const path of state.changed) changed.add(path);
    refreshing = refreshing.then(async () => {
      if (state.build !== shown) await refresh(state.build);
      show(state.problems);
    }).catch(() => location.reload());
  };
  addEventListener("pagehide", () => events.close());
})();
