// Dropping and pasting files: names are shown, a dropped file is sent at once, and of a pasted
// table its cells are kept. Without script the same form chooses files or takes pasted text.
(() => {
  "use strict";
  const form = document.querySelector("[data-drop]");
  if (!form) return;
  const files = form.querySelector("[type=file]");
  const names = form.querySelector("[data-names]");
  const pasted = form.querySelector("[name=pasted]");
  const markup = form.querySelector("[name=pasted_html]");

  const show = () => {
    names.textContent = [...files.files].map((file) => file.name).join(", ");
  };
  files.addEventListener("change", () => {
    show();
    if (files.files.length) form.requestSubmit();
  });

  const over = (is) => form.classList.toggle("is-over", is);
  document.addEventListener("dragover", (event) => {
    event.preventDefault();
    over(true);
  });
  document.addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) over(false);
  });
  document.addEventListener("drop", (event) => {
    event.preventDefault();
    over(false);
    if (!event.dataTransfer.files.length) return;
    files.files = event.dataTransfer.files;
    show();
    form.requestSubmit();
  });

  const take = (data) => {
    const table = data.getData("text/html");
    const text = data.getData("text/plain");
    if (!text.trim()) return false;
    pasted.closest("details").open = true;
    pasted.value = text;
    markup.value = /<table/i.test(table) ? table : "";
    return true;
  };
  document.addEventListener("paste", (event) => {
    const data = event.clipboardData;
    if (data.files.length) {
      files.files = data.files;
      show();
      form.requestSubmit();
      event.preventDefault();
    } else if ((event.target === pasted || !event.target.closest("input, textarea")) && take(data)) {
      event.preventDefault();
      form.querySelector("[data-look]").focus();
    }
  });
  // What is typed by hand over a pasted table counts, not the table.
  pasted.addEventListener("input", () => { markup.value = ""; });
  form.addEventListener("submit", () => form.querySelector("[data-look]").setAttribute("aria-busy", "true"));
})();
