/* What a reader has read, kept in this browser alone, in localStorage under "dlcv-progress":
     {"version": 1, "read": [labels of tabs], "done": [ids of modules], "next": label of a tab}
   progress.py says when a tab is read. What cannot be understood counts as nothing; where nothing
   can be stored, progress lasts as long as the page. */
const dlcvProgress = (() => {
  const KEY = "dlcv-progress";
  const LEAST = 10; // seconds that a tab is open before it can be read
  const words = document.currentScript.dataset;
  const find = (selector, within = document) => [...within.querySelectorAll(selector)];
  const fill = (template, values) => template.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  let memory = null;
  let isKept = true;

  const isList = (said) => Array.isArray(said) && said.every((item) => typeof item === "string");
  function parse(text) {
    let said;
    try { said = JSON.parse(text); } catch { return null; } // not ours
    if (said?.version !== 1 || !isList(said.read) || !isList(said.done)) return null;
    return { read: new Set(said.read), done: new Set(said.done), next: String(said.next ?? "") };
  }
  const write = ({ read, done, next }) => JSON.stringify({ version: 1, read: [...read], done: [...done], next });

  function load() {
    let text = memory;
    try { text = localStorage.getItem(KEY); } catch { isKept = false; }
    return parse(text) ?? { read: new Set(), done: new Set(), next: "" };
  }
  function keep(state) {
    memory = state && write(state);
    try {
      if (state) localStorage.setItem(KEY, memory);
      else localStorage.removeItem(KEY);
    } catch { isKept = false; }
    dispatchEvent(new Event("dlcv-progress"));
  }
  function change(by) {
    const state = load();
    by(state);
    keep(state);
  }

  function paint() {
    const { read, done } = load();
    for (const place of find(".progress")) {
      const { module, text, label, done: said } = place.dataset;
      const isDone = done.has(module);
      for (const segment of find("i", place)) segment.classList.toggle("on", read.has(segment.dataset.tab));
      const count = { read: find(".on", place).length, all: find("i", place).length };
      place.firstChild.textContent = isDone ? said : fill(text, count);
      place.lastChild.ariaLabel = (isDone ? `${said}, ` : "") + fill(label, count);
      place.classList.toggle("done", isDone);
      place.hidden = false;
    }
    for (const mark of find(".mark")) mark.textContent = mark.dataset[done.has(mark.dataset.module) ? "undo" : "do"];
    for (const ring of find(".ring")) {
      const isBegun = [...read].some((tab) => tab.startsWith(`${ring.dataset.module}-tab-`));
      ring.dataset.state = done.has(ring.dataset.module) ? "read" : isBegun ? "begun" : "";
      ring.parentElement.lastChild.textContent = words[ring.dataset.state] ?? "";
    }
    for (const place of find("[data-of]")) {
      const { of, text, plain = place.textContent } = place.dataset;
      const n = find(of).length;
      place.dataset.plain = plain;
      place.textContent = n ? fill(text, { done: n }) : plain;
    }
  }

  function finish(end) {
    const { tab, module, next } = end.dataset;
    change((state) => {
      if (state.read.has(tab)) return; // a module that its reader calls not done stays so
      state.read.add(tab);
      state.next = next;
      if (find("i", end).every((segment) => state.read.has(segment.dataset.tab))) state.done.add(module);
    });
  }
  const seconds = {};
  function watch() {
    const end = document.querySelector("input:checked + label + .sd-tab-content > .tab-end");
    if (!end || document.hidden) return;
    const { tab } = end.dataset;
    seconds[tab] = (seconds[tab] ?? 0) + 1;
    if (seconds[tab] < LEAST || load().read.has(tab)) return;
    if (end.getBoundingClientRect().top < innerHeight) finish(end);
    else if (load().next !== tab) change((state) => { state.next = tab; });
  }
  const ends = find(".tab-end");
  for (const end of ends) {
    end.hidden = false;
    end.querySelector(".go").addEventListener("click", () => finish(end));
    end.querySelector(".mark")?.addEventListener("click", () => {
      const { module, next } = end.dataset;
      change((state) => {
        if (state.done.delete(module)) return;
        state.done.add(module);
        state.next = next;
      });
    });
  }
  if (ends.length) setInterval(watch, 1000);

  for (const event of ["dlcv-progress", "storage", "pageshow"]) addEventListener(event, paint);
  paint();
  return { find, fill, parse, write, load, keep, change, isKept: () => isKept };
})();
