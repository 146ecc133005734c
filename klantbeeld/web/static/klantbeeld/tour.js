// The tour of the start page: a few steps, each beside what it tells of; left with Escape or the
// cross, and taken again whenever one likes. Without script there is no button for it.
(() => {
  "use strict";
  const tour = document.getElementById("tour");
  if (!tour) return;
  const steps = [...tour.querySelectorAll("[data-step]")];
  const shownNow = (step) => {
    const place = document.querySelector(step.dataset.step);
    return place && place.offsetParent !== null ? place : null;
  };
  let at = 0;
  let there = [];

  const leaveMark = () => document.querySelector(".is-toured")?.classList.remove("is-toured");

  const show = (number) => {
    leaveMark();
    at = number;
    for (const step of steps) step.hidden = step !== there[at];
    const place = shownNow(there[at]);
    place.classList.add("is-toured");
    place.scrollIntoView({ block: "center" });
    tour.querySelector("[data-tour-place]").textContent = `${at + 1} / ${there.length}`;
    tour.querySelector("[data-tour-back]").disabled = at === 0;
    const next = tour.querySelector("[data-tour-next]");
    next.textContent = at === there.length - 1 ? next.dataset.done : next.dataset.next;
    next.focus();
  };

  const start = () => {
    // Only what this page has: an empty panel is not told of.
    there = steps.filter(shownNow);
    if (!there.length || tour.open) return;
    tour.showModal();
    show(0);
  };

  document.addEventListener("click", ({ target }) => {
    if (target.closest("[data-tour]")) start();
    else if (target.closest("[data-tour-back]")) show(at - 1);
    else if (target.closest("[data-tour-next]")) {
      if (at === there.length - 1) tour.close();
      else show(at + 1);
    }
  });
  tour.addEventListener("close", () => {
    leaveMark();
    if (location.hash === "#tour") history.replaceState(null, "", location.pathname);
  });
  addEventListener("hashchange", () => location.hash === "#tour" && start());
  if (location.hash === "#tour") start();
})();
