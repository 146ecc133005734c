// The keyboard: Ctrl K or / searches, j and k (or the arrows) walk rows and entries, n and p turn
// pages, g and a letter goes to a screen, e enters a customer, a writes a note on the card, s, d, u
// and z judge a doubtful pair, ? shows them all.
(() => {
  "use strict";
  let waiting = false;

  const visible = (element) => element.checkVisibility();
  const items = () => [...document.querySelectorAll("main [data-item]")].filter(visible);
  const typing = (element) => element.matches("input, textarea, select, [contenteditable]");

  const walk = (step) => {
    const all = items();
    if (!all.length) return false;
    const here = all.indexOf(document.activeElement.closest("[data-item]"));
    const next = here < 0 ? (step > 0 ? 0 : all.length - 1) : here + step;
    if (next < 0 || next >= all.length) return true;
    all[next].focus();
    all[next].scrollIntoView({ block: "nearest" });
    return true;
  };

  const press = (selector) => {
    const found = document.querySelector(`main ${selector}`);
    if (found) found.click();
    return Boolean(found);
  };

  const goTo = (key) => {
    if (!/^[a-z]$/.test(key)) return false;
    const link = document.querySelector(`header > .nav [data-go=${key}]`);
    if (link) link.click();
    return Boolean(link);
  };

  const openDialog = (id) => {
    document.querySelector(`[data-open=${id}]`).click();
    return true;
  };

  const follow = (selector) => {
    const found = document.querySelector(selector);
    if (found) found.click();
    return Boolean(found);
  };

  // On a doubtful pair: the button that carries the key, once: the next pair was not seen yet.
  let judged = false;
  const judge = (key) => {
    if (!judged) judged = follow(`main [data-key=${key}]`);
    return judged;
  };

  const acts = {
    s: () => judge("s"),
    d: () => judge("d"),
    u: () => judge("u"),
    z: () => judge("z"),
    e: () => follow("[data-enter]"),
    a: () => follow("[data-open=note]"),
    "/": () => openDialog("palette"),
    "?": () => openDialog("shortcuts"),
    j: () => walk(1),
    k: () => walk(-1),
    n: () => press("[data-next]"),
    p: () => press("[data-previous]"),
    g: () => {
      waiting = true;
      setTimeout(() => { waiting = false; }, 1200);
      return true;
    },
  };

  const arrow = (event) => {
    // Arrows scroll the page until a row or entry has the focus; then they walk.
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    return step && document.activeElement.closest("[data-list] [data-item]") ? walk(step) : false;
  };

  addEventListener("pageshow", () => { judged = false; });
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
      event.preventDefault();
      openDialog("palette");
      return;
    }
    if ((event.ctrlKey || event.metaKey) && event.key === "Enter") {
      event.target.closest("[data-submit-keys], .enter")?.requestSubmit();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    // A key that is held down walks on, but judges nobody.
    if (event.repeat && "sduz".includes(event.key)) return;
    if (document.querySelector("dialog[open]")) return;
    const done = waiting ? goTo(event.key) : (acts[event.key]?.() || arrow(event));
    if (event.key !== "g") waiting = false;
    if (done) event.preventDefault();
  });
})();
