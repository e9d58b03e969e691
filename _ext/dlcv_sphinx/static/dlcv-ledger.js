/* Ledgers: a heading sorts by its numbers, the largest first, then the least, then as computed. */
addEventListener("DOMContentLoaded", () => {
  const NEXT = { descending: "ascending", ascending: null };
  for (const table of document.querySelectorAll("table.ledger-table")) {
    const homes = [...table.tBodies].map((body) => [body, [...body.rows]]);
    const [total] = homes.pop();
    // What moves: a stage with its layers, or a layer.
    const units = homes.flatMap(([body, rows]) => (body.matches(".ledger-group") ? body : rows));
    const text = (unit, n) => (unit.rows?.[0] ?? unit).cells[n].textContent.trim().replaceAll(",", "");
    const heads = [...table.tHead.rows[0].cells];

    function inBody(unit) {
      if (unit.rows) return unit;
      const body = document.createElement("tbody");
      body.append(unit);
      return body;
    }

    function sort(head, n) {
      const order = head.ariaSort ? NEXT[head.ariaSort] : "descending";
      for (const other of heads) other.ariaSort = null;
      head.ariaSort = order;
      for (const body of [...table.tBodies]) body.remove();
      for (const [body, rows] of homes) body.replaceChildren(...rows);
      const sign = order === "ascending" ? 1 : -1;
      const sorted = () => units.toSorted((a, b) => sign * (text(a, n) - text(b, n))).map(inBody);
      table.append(...(order ? sorted() : homes.map(([body]) => body)), total);
    }

    heads.forEach((head, n) => {
      if (!head.matches(".number") || units.some((unit) => isNaN(text(unit, n)))) return;
      const button = document.createElement("button");
      button.append(...head.firstElementChild.childNodes);
      button.addEventListener("click", () => sort(head, n));
      head.firstElementChild.append(button);
    });
  }
});
