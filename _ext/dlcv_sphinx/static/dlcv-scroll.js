/* The Tab key stops at what scrolls sideways, and at nothing that does not. Chromium and Firefox do so
   by themselves. */
addEventListener("DOMContentLoaded", () => {
  const watch = new ResizeObserver((seen) => {
    for (const { target } of seen) {
      if (target.scrollWidth > target.clientWidth) target.tabIndex = 0;
      else target.removeAttribute("tabindex");
    }
  });
  const boxes = "pre, div.math, .math.is-long, .dlcv-picture, .table-wrapper";
  for (const box of document.querySelectorAll(boxes)) watch.observe(box);
});
