/* Opens the tab (and the fold-outs) around the target of a link, a search in the page or a text
   fragment. The radio buttons of sphinx-design stay the only state. */
addEventListener("DOMContentLoaded", () => {
  const PANEL = ".sd-tab-content";
  const sets = [...document.querySelectorAll(".sd-tab-set")];
  const panelsOf = (set) => [...set.querySelectorAll(`:scope > ${PANEL}`)];
  const inputOf = (panel) => document.getElementById(panel.id.replace(/-content$/, ""));
  const labelOf = (panel) => panel.previousElementSibling;
  const canBeFound = "onbeforematch" in document.body;

  // Closed panels are hidden "until found": the browser's search looks into them.
  function refresh(set) {
    for (const panel of panelsOf(set)) {
      const isOpen = inputOf(panel).checked;
      panel.ariaHidden = !isOpen; // else it is listed, with nothing in it
      if (isOpen) panel.removeAttribute("hidden");
      else if (canBeFound) panel.setAttribute("hidden", "until-found");
      for (const entry of document.querySelectorAll(`.toc-tree a[href="#${labelOf(panel).id}"]`)) {
        if (isOpen) entry.setAttribute("aria-current", "true");
        else entry.removeAttribute("aria-current");
      }
    }
  }

  function open(panel) {
    const input = inputOf(panel);
    const wasShut = !input.checked; // sphinx-design may have opened it, and says so to nobody
    input.checked = true;
    refresh(panel.parentElement);
    return wasShut;
  }

  function follow(hash, scroll) {
    let id;
    try { id = decodeURIComponent(hash.slice(1)).split("&")[0]; } catch { return; } // a stray % is no target
    reveal(id && document.getElementById(id), scroll);
  }

  function reveal(target, scroll) {
    if (!target) return;
    // The label of a tab stays in sight: its panel is where to go.
    const place = target.matches(".sd-tab-label") ? target.nextElementSibling : target;
    let moved = false;
    for (let at = place; at; at = at.parentElement) {
      if (at.matches(PANEL)) moved = open(at) || moved;
      else if (at.matches("details")) at.open = true;
    }
    if (moved || scroll) place.scrollIntoView();
  }

  for (const set of sets) {
    set.setAttribute("role", "group");
    set.setAttribute("aria-label", "Sections of this page");
    for (const panel of panelsOf(set)) {
      panel.setAttribute("role", "region");
      if (labelOf(panel).id) panel.setAttribute("aria-labelledby", labelOf(panel).id);
      inputOf(panel).setAttribute("aria-controls", panel.id);
      panel.addEventListener("beforematch", () => open(panel));
    }
    set.addEventListener("change", (event) => {
      if (event.target.parentElement !== set) return;
      sets.forEach(refresh); // a set may be in step with another
      const label = document.querySelector(`label[for="${event.target.id}"]`);
      if (label.id && event.isTrusted) history.replaceState(history.state, "", `#${label.id}`);
      const panel = label.nextElementSibling; // not the middle of it, where the other one was left
      if (panel.getBoundingClientRect().top < 0) panel.scrollIntoView();
    });
    refresh(set);
  }

  addEventListener("pageshow", () => sets.forEach(refresh)); // a browser may have kept what was chosen
  addEventListener("hashchange", () => {
    const top = history.state?.top; // back to where a link of this page was followed
    if (location.href.includes("#")) follow(location.hash, top === undefined);
    else for (const set of sets) open(panelsOf(set).find((panel) => inputOf(panel).defaultChecked));
    const back = () => { if (top !== undefined) scrollTo({ top, behavior: "instant" }); };
    back();
    requestAnimationFrame(() => requestAnimationFrame(back)); // after the browser, which restores where it was then
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href*='#']");
    if (!link?.hash || link.pathname !== location.pathname) return;
    if (link.href === location.href) follow(link.hash, true); // the same target again: no hashchange
    else history.replaceState({ top: scrollY }, "");
  });
  // Sphinx's search leads to a page and marks its words there, 10 ms after the page is ready.
  if (!location.hash) setTimeout(() => reveal(document.querySelector("[role=main] .highlighted"), false), 20);
  if (location.hash) {
    follow(location.hash, false);
    addEventListener("load", () => follow(location.hash, true), { once: true }); // fonts have moved it
  }
});
