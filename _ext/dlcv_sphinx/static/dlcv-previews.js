/* What a link leads to, beside the link, for a resting pointer and the keyboard. */
addEventListener("DOMContentLoaded", () => {
  const LINKS = "a.internal:is([href*='#equation-'], [href*='#term-'], [href*='#id'], :has(.std-numref))";
  const TARGETS = ".formula, .dlcv-figure, .worked-example, .glossary dt, .citation";
  const LEFT_OUT = "script, button, input, .dlcv-player, .dlcv-sheet, .headerlink, .label";
  const LOST = /^(id|name|for|open|tabindex|aria-label.*)$/;
  const main = document.querySelector("[role=main], main") ?? document.body;
  const box = document.createElement("div");
  if (!box.showPopover) return;
  const pages = {};
  let timer, next, shown, target;

  async function read(url) {
    // Offline, or in a folder, its words have to do.
    const text = location.host && await fetch(url).then((got) => got.text(), () => delete pages[url] && "");
    return new DOMParser().parseFromString(text, "text/html");
  }

  async function find({ href, pathname }) {
    const [url, id] = href.split("#");
    const page = pathname === location.pathname ? document : await (pages[url] ??= read(url));
    return page.getElementById(id)?.closest(TARGETS);
  }

  function copy(base) {
    const dd = target.parentElement.querySelector(`dt[id="${target.id}"] ~ dd`) ?? "";
    const made = document.createElement(dd ? "dl" : "div");
    made.append(target.cloneNode(true), dd && dd.cloneNode(true));
    for (const part of made.querySelectorAll(LEFT_OUT)) part.remove();
    for (const part of made.querySelectorAll("*")) {
      for (const { name, value } of [...part.attributes]) {
        if (LOST.test(name)) part.removeAttribute(name);
        if (/^(href|src)$/.test(name)) part.setAttribute(name, new URL(value, base));
      }
    }
    return made;
  }

  function close() {
    clearTimeout(timer);
    box.hidePopover();
    shown?.removeAttribute("aria-details");
    target?.classList.remove("dlcv-previewed");
    next = shown = null;
  }

  async function open(link) {
    const found = await find(link);
    if (next !== link) return;
    close();
    [shown, target] = [link, found];
    const { top, bottom } = (target ?? link).getBoundingClientRect();
    if (target?.checkVisibility() && top >= 0 && bottom <= innerHeight) {
      target.classList.add("dlcv-previewed"); // it is in sight
    } else if (target || link.ariaDescription) {
      box.replaceChildren(target ? copy(link.href) : link.ariaDescription);
      box.showPopover();
      link.setAttribute("aria-details", box.id); // the style sheet goes by it
    }
  }

  const later = (act, wait) => { clearTimeout(timer); timer = setTimeout(act, wait); };
  const enter = ({ target: link, pointerType }) => {
    if (pointerType === "touch") return;
    next = link;
    later(() => open(link), 300);
  };
  const leave = () => {
    next = null;
    later(() => shown?.matches(":hover, :focus-visible") || box.matches(":hover, :focus-within") || close(), 250);
  };

  for (const link of main.querySelectorAll(LINKS)) {
    Object.assign(link, { onpointerenter: enter, onfocus: enter, onpointerleave: leave, onblur: leave });
    if (link.title) [link.ariaDescription, link.title] = [link.title, ""]; // no second box
  }
  main.append(Object.assign(box, { id: "dlcv-preview", popover: "manual", role: "note", onpointerleave: leave }));
  addEventListener("click", ({ target: at }) => at.closest("a") && close());
  addEventListener("keydown", ({ key }) => key === "Escape" && close());
});
