// The search palette: a text field that steers a list (the combobox pattern). htmx fetches the
// hits by POST; here only the choosing.
(() => {
  "use strict";
  const dialog = document.getElementById("palette");
  if (!dialog) return;
  const form = dialog.querySelector("form");
  const text = document.getElementById("palette-text");
  const hits = document.getElementById("palette-hits");
  // What was asked last, of what the hits are, and whether Enter was pressed before they came.
  let asked = "";
  let answered = "";
  let isWaiting = false;
  const options = () => [...hits.querySelectorAll("[role=option]")];
  const chosen = () => hits.querySelector("[aria-selected=true]");

  const choose = (option) => {
    chosen()?.setAttribute("aria-selected", "false");
    if (!option) {
      text.removeAttribute("aria-activedescendant");
      return;
    }
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    text.setAttribute("aria-activedescendant", option.id);
  };

  text.addEventListener("keydown", (event) => {
    const all = options();
    const here = all.indexOf(chosen());
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      choose(all[(here + step + all.length) % all.length]);
    } else if (event.key === "Enter" && answered !== text.value) {
      // The hits on show are of an earlier text: those of this one are opened when they come.
      event.preventDefault();
      isWaiting = true;
      if (asked !== text.value) form.requestSubmit();
    } else if (event.key === "Enter" && chosen()) {
      event.preventDefault();
      chosen().click();
    }
  });
  text.addEventListener("input", () => {
    isWaiting = false;
  });

  form.addEventListener("htmx:beforeRequest", () => {
    asked = text.value;
  });
  hits.addEventListener("htmx:afterSwap", () => {
    const all = options();
    answered = asked;
    text.setAttribute("aria-expanded", String(all.length > 0));
    choose(all[0]);
    if (isWaiting && answered === text.value) {
      isWaiting = false;
      chosen()?.click();
    }
  });

  // What was looked for does not stay behind on a shared screen.
  dialog.addEventListener("close", () => {
    text.value = asked = answered = "";
    isWaiting = false;
    hits.replaceChildren();
    text.setAttribute("aria-expanded", "false");
  });
})();
