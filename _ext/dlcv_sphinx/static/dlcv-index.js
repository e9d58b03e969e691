/* The formula index: a field that keeps the rows with what is typed, and the order from A to Z. */
addEventListener("DOMContentLoaded", () => {
  const lists = [...document.querySelectorAll(".formula-index")];
  if (!lists.length) return;
  const rows = lists.flatMap((list) => [...list.children]);
  const head = (list) => list.previousElementSibling;
  const plain = (row) => row.querySelector("a").textContent.toLowerCase();
  const bar = document.querySelector(".index-bar");
  bar.role = "search";
  bar.innerHTML = `<input type="search" aria-label="Name or LaTeX" placeholder="Name or LaTeX">
    <button type="button" aria-pressed="false">A to Z</button><output></output>`;
  const [field, sort, told] = bar.children;
  const show = () => {
    const words = field.value.toLowerCase().split(/\s+/);
    for (const row of rows) {
      const text = row.textContent.toLowerCase();
      row.hidden = !words.every((word) => text.includes(word));
    }
    for (const list of lists) head(list).hidden = ![...list.children].some((row) => !row.hidden);
    const left = rows.filter((row) => !row.hidden).length;
    told.value = field.value ? `${left} of ${rows.length} shown` : "";
  };
  const homes = new Map(rows.map((row) => [row, row.parentElement]));
  sort.addEventListener("click", () => {
    const on = sort.getAttribute("aria-pressed") === "false";
    sort.setAttribute("aria-pressed", on);
    const order = on ? rows.toSorted((a, b) => plain(a).localeCompare(plain(b))) : rows;
    for (const row of order) (on ? lists[0] : homes.get(row)).append(row);
    show();
    head(lists[0]).hidden ||= on;
  });
  field.addEventListener("input", show);
});
