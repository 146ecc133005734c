// The search palette: a text field that steers a list (the combobox pattern). htmx fetches the
// hits by POST; here only the choosing.
(() => {
  "use strict";
  const dialog = document.getElementById("palette");
  if (!dialog) return;
  const text = document.getElementById("palette-text");
  const hits = document.getElementById("palette-hits");
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
    } else if (event.key === "Enter" && chosen()) {
      event.preventDefault();
      chosen().click();
    }
  });

  hits.addEventListener("htmx:afterSwap", () => {
    const all = options();
    text.setAttribute("aria-expanded", String(all.length > 0));
    choose(all[0]);
  });

  // What was looked for does not stay behind on a shared screen.
  dialog.addEventListener("close", () => {
    text.value = "";
    hits.replaceChildren();
    text.setAttribute("aria-expanded", "false");
  });
})();
