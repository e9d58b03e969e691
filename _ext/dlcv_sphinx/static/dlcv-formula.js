/* Formulas leave the page as LaTeX: by the button of a named formula, and in any copied selection,
   where the browser would put one symbol on each line. */
addEventListener("DOMContentLoaded", () => {
  for (const formula of navigator.clipboard ? document.querySelectorAll(".formula[data-tex]") : []) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "formula-copy";
    button.textContent = "Copy LaTeX";
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(formula.dataset.tex);
      button.textContent = "Copied";
      setTimeout(() => { button.textContent = "Copy LaTeX"; }, 1500);
    });
    formula.querySelector(".formula-head")?.append(button);
  }
});

document.addEventListener("copy", (event) => {
  const selection = getSelection();
  if (selection.isCollapsed || !selection.rangeCount || !event.clipboardData) return;
  const range = selection.getRangeAt(0).cloneRange();
  const around = (node) => (node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement).closest("math");
  // A formula is copied whole.
  if (around(range.startContainer)) range.setStartBefore(around(range.startContainer));
  if (around(range.endContainer)) range.setEndAfter(around(range.endContainer));
  const copied = range.cloneContents();
  const formulas = [...copied.querySelectorAll("math:has(annotation)")];
  if (!formulas.length) return;
  for (const formula of formulas) {
    const fence = formula.getAttribute("display") === "block" ? "$$" : "$";
    formula.replaceWith(fence + formula.querySelector("annotation").textContent + fence);
  }
  for (const link of copied.querySelectorAll(".headerlink")) link.remove();
  event.clipboardData.setData("text/plain", copied.textContent);
  event.preventDefault();
});
