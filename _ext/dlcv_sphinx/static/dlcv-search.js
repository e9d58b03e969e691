/* Results as you type, from the index that Pagefind made of all sections; from files, or without that
   index, from Sphinx's own search. */
"use strict";
{
  const SHOWN = 30;
  const ranking = { metaWeights: { module: 10, formula: 8, term: 6, example: 4, title: 2, where: 0.1, kind: 0.1 } };
  const root = document.documentElement.dataset.content_root;
  const [form, status, list] = document.querySelectorAll("[id^=dlcv-search]");
  const input = form.elements.q;
  const asked = new URLSearchParams(location.search).get("q") ?? "";
  const isFile = location.protocol === "file:";
  let engine, isAble = !isFile, turn = 0;

  async function search() {
    const mine = ++turn;
    const words = input.value.trim();
    const kind = form.elements.kind?.value ?? "";
    history.replaceState(null, "", `?q=${encodeURIComponent(words)}`);
    if (!words && !kind) return show("", [], 0);
    let found, hits;
    try {
      engine ??= import(new URL(`${root}pagefind/pagefind.js`, location)).then((it) => it.createInstance({ ranking }));
      found = await (await engine).debouncedSearch(`${words} ${kind}`, {}, 120);
      hits = await Promise.all((found?.results ?? []).slice(0, SHOWN).map((hit) => hit.data()));
    } catch {
      isAble = false;
      if (words !== asked) status.textContent = "The index cannot be loaded. Enter searches without it.";
      return askSphinx(words);
    }
    if (mine === turn) show(words, hits, found.results.length);
  }

  function show(words, hits, count) {
    // Of an unknown word Pagefind takes the longest beginning that it knows, be it "a".
    const marks = hits[0]?.excerpt.match(/<mark>\P{L}*\p{L}+/gu);
    if (/\p{L}{3}/u.test(words) && marks && !/\p{L}{3}(,|$)/u.test(marks)) hits = [];
    const lower = (text = "") => text.toLowerCase();
    const name = lower(words);
    const rank = ({ meta }) => (lower(meta.title) === name) + 2 * lower(meta.module).includes(name);
    list.replaceChildren(...hits.sort((a, b) => rank(b) - rank(a)).map(item));
    const of = words && ` for “${words}”`;
    const some = count > SHOWN ? `, ${SHOWN} shown` : "";
    if (hits.length) status.textContent = `Results${of}: ${count}${some}`;
    else status.textContent = of && `Nothing found${of}. Check the spelling or try fewer words.`;
  }

  function item({ excerpt, meta, raw_url }) {
    const made = document.createElement("li");
    // Pagefind escapes all but its marks.
    made.innerHTML = `<a href="${root}${raw_url.slice(1)}"></a><small></small><p>${excerpt}</p>`;
    const [link, where] = made.children;
    link.textContent = meta.title;
    where.textContent = meta.where;
    return made;
  }

  function askSphinx(words) {
    form.classList.add("is-plain");
    if (!words || words !== asked) return; // Enter asks for them
    if (isFile) DOCUMENTATION_OPTIONS.SHOW_SEARCH_SUMMARY = false;
    for (const name of ["_static/language_data.js", "_static/searchtools.js", "searchindex.js"]) {
      document.body.append(Object.assign(document.createElement("script"), { src: root + name, async: false }));
    }
  }

  input.value = asked;
  if (isFile) askSphinx(asked);
  else if (asked) search();
  form.addEventListener("input", () => isAble && search());
  form.addEventListener("submit", (event) => isAble && event.preventDefault());
  document.addEventListener("keydown", (event) => {
    const stops = [input, ...list.querySelectorAll("a")];
    const at = stops.indexOf(document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Escape: 0 }[event.key];
    if (at < 0 || to === undefined) return;
    if (to === at) input.blur();
    else stops[to]?.focus();
    event.preventDefault();
  });
}
