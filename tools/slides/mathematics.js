// MathJax reads this before it starts. The deck asks it to typeset once, when every slide is laid
// out (deck.js): on a hidden slide nothing can be measured.
window.MathJax = {
  tex: {
    inlineMath: [["$", "$"], ["\\(", "\\)"]],
    displayMath: [["$$", "$$"], ["\\[", "\\]"]],
    processEscapes: true,
    packages: { "[-]": ["autoload", "require"] },
  },
  svg: { fontCache: "local" },
  options: { enableMenu: false, skipHtmlTags: ["script", "style", "pre", "code", "textarea"] },
  startup: { typeset: false },
};
