// What scrolls sideways, wide code, tables and formulas, can be reached and scrolled with the keyboard.
const reachable = () => {
  const boxes = "pre, .table-wrapper, .output.text_html, div.math, mjx-container[display]";
  for (const box of document.querySelectorAll(boxes)) {
    if (box.scrollWidth > box.clientWidth + 1) box.tabIndex = 0;
  }
};
addEventListener("load", reachable);
addEventListener("resize", reachable);

// Gaps that Sphinx and Furo leave for those who do not see the page, or work it by keyboard.
addEventListener("DOMContentLoaded", () => {
  for (const caption of document.querySelectorAll("p.caption[role='heading']")) {
    caption.setAttribute("aria-level", "2");
  }
  document.querySelector("article").tabIndex = -1; // where the link that skips the menu leads
  const drawers = { __navigation: "All pages", __toc: "On this page" };
  for (const [id, name] of Object.entries(drawers)) {
    const place = id === "__toc" ? ".toc-drawer" : ".sidebar-drawer";
    document.querySelector(place)?.setAttribute("aria-label", name);
    for (const icon of document.querySelectorAll(`label[for="${id}"]:not(.overlay)`)) {
      icon.tabIndex = 0;
      icon.setAttribute("role", "button");
      icon.setAttribute("aria-label", name);
      icon.addEventListener("keydown", (event) => {
        if (event.key !== "Enter" && event.key !== " ") return;
        event.preventDefault();
        icon.click();
      });
    }
  }
});
