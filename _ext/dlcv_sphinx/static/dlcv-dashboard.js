/* The dashboard: where to go on, how far each group is, which cards are shown, progress as a file.
   It counts what dlcv-progress.js has painted. Without script it is a page of links. */
addEventListener("DOMContentLoaded", () => {
  const { find, fill, parse, write, load, keep, change, isKept } = dlcvProgress;
  const main = document.querySelector(".actions .go");
  const start = [main?.href, main?.textContent];
  const form = document.querySelector(".filter");
  const panel = document.querySelector(".progress-tools");

  function paint() {
    const { next } = load();
    const tab = find(".card i").find((segment) => segment.dataset.tab === next);
    const link = tab?.closest(".card").querySelector("a");
    if (main) {
      [main.href, main.textContent] = link
        ? [`${link.href}#${next}`, fill(main.dataset.continue, { module: link.textContent, tab: tab.title })] : start;
    }
    for (const station of find(".path a")) {
      const group = document.querySelector(station.hash).parentElement;
      station.style.setProperty("--done", find(".on", group).length / find("i", group).length);
      station.classList.toggle("done", !group.querySelector(".progress:not(.done)"));
    }
    panel.querySelector("a").href = `data:application/json,${encodeURIComponent(write(load()))}`;
  }

  function filter() {
    const { group, words } = form.elements;
    const wanted = words.value.toLowerCase().split(/\s+/);
    for (const section of find(".card-group")) {
      const heading = section.firstElementChild;
      for (const card of find(".card", section)) {
        const text = (heading.textContent + card.textContent).toLowerCase();
        card.hidden = (group.value && group.value !== heading.id) || !wanted.every((word) => text.includes(word));
      }
      section.hidden = !section.querySelector(".card:not([hidden])");
    }
    const status = form.querySelector("[role=status]");
    const shown = find(".card:not([hidden])").length;
    status.textContent = shown ? fill(status.dataset.text, { shown }) : status.dataset.none;
  }
  if (form) {
    form.hidden = false;
    form.addEventListener("input", filter);
    form.addEventListener("reset", () => setTimeout(filter));
    for (const station of find(".path a")) station.addEventListener("click", () => { form.reset(); filter(); });
    addEventListener("pageshow", filter); // a browser may have kept what was chosen
  }

  const say = (words) => { panel.lastElementChild.textContent = words; };
  panel.querySelector("input").addEventListener("change", async ({ target }) => {
    const [file] = target.files;
    const taken = parse(await file.text());
    target.value = ""; // the same file may be chosen again
    if (!taken) return say(fill(panel.dataset.bad, file));
    change((state) => {
      for (const tab of taken.read) state.read.add(tab);
      for (const module of taken.done) state.done.add(module);
      state.next ||= taken.next;
    });
    say(fill(panel.dataset.taken, { read: taken.read.size, done: taken.done.size }));
  });
  panel.querySelector("button").addEventListener("click", () => {
    if (!confirm(panel.dataset.ask)) return;
    keep(null);
    say(panel.dataset.cleared);
  });
  panel.hidden = false;
  if (!isKept()) say(panel.dataset.blocked);

  for (const event of ["dlcv-progress", "storage", "pageshow"]) addEventListener(event, paint);
  paint();
});
