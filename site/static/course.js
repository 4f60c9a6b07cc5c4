// What scrolls sideways, wide code, tables and formulas, can be reached and scrolled with the keyboard.
const reachable = () => {
  const boxes = "pre, .table-wrapper, .output.text_html, div.math, mjx-container[display]";
  for (const box of document.querySelectorAll(boxes)) {
    if (box.scrollWidth > box.clientWidth + 1) box.tabIndex = 0;
  }
};
addEventListener("load", reachable);
addEventListener("resize", reachable);

// Small gaps that Sphinx and MyST-NB leave to a screen reader.
addEventListener("DOMContentLoaded", () => {
  for (const caption of document.querySelectorAll("p.caption[role='heading']")) {
    caption.setAttribute("aria-level", "2");
  }
  for (const summary of document.querySelectorAll("details.hide > summary")) {
    summary.removeAttribute("aria-label"); // the words that are shown say it
  }
  document.querySelector(".sidebar-drawer")?.setAttribute("aria-label", "All pages");
  document.querySelector(".toc-drawer")?.setAttribute("aria-label", "On this page");
});
