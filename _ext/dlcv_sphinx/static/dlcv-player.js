/* The player of a swept figure: one picture holds all frames, its address says which is shown.
   Without this script a page shows the start frame; nothing is fetched before the first step. */
addEventListener("DOMContentLoaded", () => {
  const ICONS = { back: "M11 2v12L3 8z", play: "M4 2v12l10-6z", pause: "M4 2h3v12H4zM9 2h3v12H9z", on: "M5 2v12l8-6z" };
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const make = (tag, set = {}, ...children) => {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(set)) {
      if (name in made) made[name] = value;
      else made.setAttribute(name, value);
    }
    made.append(...children);
    return made;
  };
  const draw = (button, icon) => {
    button.innerHTML = `<svg viewBox="0 0 16 16" aria-hidden="true"><path d="${ICONS[icon]}"/></svg>`;
  };
  const save = (name, blob) => {
    const link = make("a", { href: URL.createObjectURL(blob), download: name });
    link.click();
    URL.revokeObjectURL(link.href);
  };
  // The hash of a page is "#figure&frame=3".
  const asked = () => new RegExp("^#(.+)&frame=(\\d+)$").exec(decodeURI(location.hash));

  for (const place of document.querySelectorAll(".dlcv-player")) {
    const figure = place.closest("figure");
    const data = JSON.parse(place.querySelector("script").textContent);
    const images = [...figure.querySelectorAll("img[data-stack]")];
    const live = [...figure.querySelectorAll("[data-live]")];
    const counts = data.sweeps.map((sweep) => sweep.values.length);
    const total = data.alts.length;
    let frame = data.start, timer = 0, isBusy = false;

    const indices = (at) => counts.length < 2 ? [at] : [Math.floor(at / counts[1]), at % counts[1]];
    const told = (at) => indices(at).map((k, i) => `${data.sweeps[i].label} ${data.sweeps[i].values[k]}`).join(", ");
    const call = () => indices(frame).reduce((text, k, i) => text.replace(`%${i}`, data.sweeps[i].literals[k]), data.call);
    const visible = () => images.find((image) => image.offsetParent) ?? images[0];

    const button = (label, icon, onclick) => {
      const made = make("button", { type: "button", onclick, "aria-label": label });
      if (icon) draw(made, icon);
      else made.textContent = label;
      return made;
    };
    const ranges = counts.map((n, i) => make("input", {
      type: "range", min: 0, max: n - 1, "aria-label": data.sweeps[i].label,
    }));
    const readout = make("output", {}, make("b"), make("small"));
    const speed = make("select", { "aria-label": "Speed" },
      ...[0.5, 1, 2, 4].map((x) => make("option", { value: x, textContent: `${x}×`, selected: x === 1 })));

    // One decoding at a time; the newest frame wins.
    async function paint() {
      if (isBusy) return;
      isBusy = true;
      for (let at = -1; at !== frame;) {
        at = frame;
        for (const image of images) image.src = `${image.dataset.stack}#f${at}`;
        const image = visible();
        image.loading = "eager";
        try { await image.decode(); } catch { /* replaced by a newer one */ }
      }
      isBusy = false;
    }

    function tell() {
      indices(frame).forEach((k, i) => {
        ranges[i].value = k;
        ranges[i].setAttribute("aria-valuetext", `${data.sweeps[i].label} ${data.sweeps[i].values[k]}: ${data.alts[frame]}`);
      });
      readout.firstChild.textContent = told(frame);
      readout.lastChild.textContent = `${frame + 1} of ${total}`;
      for (const image of images) image.alt = data.alts[frame];
      for (const span of live) span.textContent = data.live[span.dataset.live][frame];
    }

    function show(at, { isKept = true } = {}) {
      if (at === frame) return;
      frame = at;
      tell();
      paint();
      if (isKept && figure.id) history.replaceState(history.state, "", `#${figure.id}&frame=${frame}`);
    }

    const stop = () => {
      clearTimeout(timer);
      timer = 0;
      draw(play, "play");
      play.setAttribute("aria-label", "Play");
    };
    const tick = () => {
      if (frame === total - 1) return stop();
      show(frame + 1);
      timer = setTimeout(tick, calm.matches ? 1000 : 600 / speed.value);
    };
    const start = () => {
      draw(play, "pause");
      play.setAttribute("aria-label", "Pause");
      if (frame === total - 1) show(0);
      timer = setTimeout(tick, calm.matches ? 1000 : 300);
    };
    const step = (by) => { stop(); show(Math.min(Math.max(frame + by, 0), total - 1)); };
    const play = button("Play", "play", () => (timer ? stop() : start()));

    for (const range of ranges) {
      range.addEventListener("input", () => {
        stop();
        show(ranges.reduce((at, each, i) => at * counts[i] + Number(each.value), 0));
      });
      range.addEventListener("keydown", (event) => {
        if (event.key !== " ") return;
        event.preventDefault();
        play.click();
      });
    }
    new IntersectionObserver(([seen]) => { if (!seen.isIntersecting) stop(); }).observe(figure);

    // What a reader may take away. A page read from a folder may not read its own pictures.
    const frameText = async () => {
      const svg = new DOMParser().parseFromString(await (await fetch(visible().dataset.stack)).text(), "image/svg+xml");
      for (const group of svg.querySelectorAll(".f")) if (group.id !== `f${frame}`) group.remove();
      svg.querySelector(".f").removeAttribute("class");
      return new XMLSerializer().serializeToString(svg);
    };
    const saves = {
      SVG: async () => save(`${data.name}-${frame}.svg`, new Blob([await frameText()], { type: "image/svg+xml" })),
      PNG: async () => {
        const [image, canvas] = [visible(), make("canvas")];
        [canvas.width, canvas.height] = [2 * image.width, 2 * image.height];
        const brush = canvas.getContext("2d");
        brush.fillStyle = getComputedStyle(figure).backgroundColor;
        brush.fillRect(0, 0, canvas.width, canvas.height);
        brush.drawImage(image, 0, 0, canvas.width, canvas.height);
        canvas.toBlob((blob) => save(`${data.name}-${frame}.png`, blob));
      },
      CSV: () => {
        const cell = (value) => (/[",\n]/.test(value) ? `"${String(value).replaceAll('"', '""')}"` : value ?? "");
        save(`${data.name}.csv`, new Blob([data.table.map((row) => row.map(cell).join(",") + "\n").join("")], { type: "text/csv" }));
      },
    };
    const doing = (label, act, done = label) => {
      const made = button(label, "", async () => {
        try {
          await act();
          made.textContent = done;
        } catch { made.textContent = "Not available"; } // offline, say
        setTimeout(() => { made.textContent = label; }, 1500);
      });
      return made;
    };
    const copying = (label, text) => doing(label, () => navigator.clipboard.writeText(text()), "Copied");
    const names = location.protocol === "file:" ? ["CSV"] : ["SVG", "PNG", "CSV"];
    const tools = make("details", { className: "dlcv-save" }, make("summary", { textContent: "Save" }),
      ...names.map((name) => doing(name, saves[name])));
    if (navigator.clipboard) {
      tools.append(copying("Python", call),
        copying("Link", () => `${location.href.split("#")[0]}#${figure.id}&frame=${frame}`));
    }

    place.append(button("Back", "back", () => step(-1)), play, button("On", "on", () => step(1)),
      make("span", { className: "dlcv-ranges" }, ...ranges), readout, speed, tools);
    place.setAttribute("role", "group");
    place.setAttribute("aria-label", "Step through the figure");
    tell();

    const follow = () => {
      const found = asked();
      if (found && found[1] === figure.id && found[2] < total) show(Number(found[2]), { isKept: false });
    };
    addEventListener("hashchange", follow);
    follow();
  }
});
