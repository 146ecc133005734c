// The shell: dialogs, theme, hints on hover, toasts, tabs. No framework; every part also works
// without script, as a form or a page.
(() => {
  "use strict";
  const body = document.body;
  const later = (wait, act) => setTimeout(act, wait);

  const open = (id) => {
    const dialog = document.getElementById(id);
    if (dialog && !dialog.open) dialog.showModal();
    return dialog;
  };

  const toast = (text, tone) => {
    const box = document.createElement("div");
    box.className = `toast ${tone}`;
    const words = document.createElement("p");
    words.textContent = text;
    const close = document.createElement("button");
    close.type = "button";
    close.textContent = "×";
    close.dataset.dismiss = "";
    close.setAttribute("aria-label", body.dataset.close);
    box.append(words, close);
    document.getElementById("toasts").append(box);
  };

  const setTheme = (value) => {
    document.cookie = `theme=${value};path=/;max-age=31536000;samesite=lax`;
    if (value === "auto") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = value;
    for (const button of document.querySelectorAll("[data-theme-choice] button")) {
      button.setAttribute("aria-pressed", String(button.value === value));
    }
  };

  const showTab = (tab) => {
    const tabs = tab.closest("[data-tabs]");
    for (const other of tabs.querySelectorAll("[data-tab-to]")) {
      other.setAttribute("aria-selected", String(other === tab));
      other.tabIndex = other === tab ? 0 : -1;
    }
    for (const panel of tabs.querySelectorAll("[data-tab]")) {
      panel.classList.toggle("is-off", panel.dataset.tab !== tab.dataset.tabTo);
    }
  };

  document.addEventListener("click", (event) => {
    const on = (selector) => event.target.closest(selector);
    const opener = on("[data-open]");
    if (opener) open(opener.dataset.open);
    else if (on("[data-sheet]") && document.getElementById("entry-sheet") && !(event.ctrlKey || event.metaKey || event.shiftKey)) {
      // An entry opens over the card; with a key held it opens as the page it also is.
      event.preventDefault();
      const sheet = open("entry-sheet");
      sheet.replaceChildren();
      htmx.ajax("GET", on("[data-sheet]").href, { target: sheet, swap: "innerHTML" });
    } else if (on("[data-close-dialog]")) on("dialog").close();
    else if (on("[data-dismiss]")) on(".toast").remove();
    else if (on("[data-print]")) print();
    else if (on("[data-uncheck]")) {
      for (const box of on("form").querySelectorAll("[type=checkbox]")) box.checked = false;
    } else if (on("[data-tab-to]")) showTab(on("[data-tab-to]"));
    else if (on("[data-theme-choice] button")) {
      event.preventDefault();
      setTheme(on("button").value);
    } else if (event.target.matches("dialog[open]")) event.target.close();
  });

  document.addEventListener("keydown", (event) => {
    const tab = event.target.closest?.("[role=tab]");
    if (!tab || !["ArrowLeft", "ArrowRight"].includes(event.key)) return;
    const tabs = [...tab.parentElement.children];
    const step = event.key === "ArrowRight" ? 1 : -1;
    const next = tabs[(tabs.indexOf(tab) + step + tabs.length) % tabs.length];
    next.focus();
    showTab(next);
  });

  // A hint opens by click or key on its own; a resting mouse opens it too, and leaving closes it.
  let opening;
  let closing;
  let hovered;
  const target = (hint) => document.getElementById(hint.getAttribute("popovertarget"));
  document.addEventListener("pointerover", (event) => {
    if (event.pointerType !== "mouse") return;
    const hint = event.target.closest("[data-hint]");
    const inside = hovered && event.target.closest("[popover]") === target(hovered);
    clearTimeout(opening);
    if (inside || (hint && hint === hovered)) {
      clearTimeout(closing);
    } else if (hint) {
      opening = later(350, () => {
        hovered = hint;
        const pop = target(hint);
        if (!pop.matches(":popover-open")) pop.showPopover({ source: hint });
      });
    } else if (hovered) {
      clearTimeout(closing);
      closing = later(200, () => {
        const pop = hovered && target(hovered);
        if (pop?.matches(":popover-open") && !pop.contains(document.activeElement)) pop.hidePopover();
        hovered = undefined;
      });
    }
  });

  // A term is explained as soon as the keyboard is on it.
  document.addEventListener("focusin", ({ target: on }) => {
    if (!on.matches("[data-term]:focus-visible")) return;
    const pop = target(on);
    if (!pop.matches(":popover-open")) pop.showPopover({ source: on });
  });
  document.addEventListener("focusout", ({ target: left }) => {
    const pop = left.matches("[data-term]") && target(left);
    if (pop && pop.matches(":popover-open")) pop.hidePopover();
  });

  // A filter that is not set stays out of the address.
  body.addEventListener("htmx:configRequest", ({ detail }) => {
    if (detail.verb !== "get") return;
    for (const [name, value] of Object.entries(detail.parameters)) {
      if (value === "") delete detail.parameters[name];
    }
  });
  // What a dialog asked for stands on the page now: the dialog has done its work.
  body.addEventListener("htmx:afterRequest", ({ detail }) => {
    if (detail.successful && detail.elt.matches("[data-closes-dialog]")) detail.elt.closest("dialog").close();
  });
  body.addEventListener("htmx:responseError", () => toast(body.dataset.failed, "bad"));
  body.addEventListener("htmx:sendError", () => toast(body.dataset.offline, "bad"));

  const selected = document.querySelector("[data-tabs] [aria-selected=true]");
  if (selected) showTab(selected);
  for (const box of document.querySelectorAll(".toast:is(.good, .info):not([data-stays])")) later(6000, () => box.remove());
})();
