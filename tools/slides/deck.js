// Lays out the slides, typesets the mathematics, fits text and pictures and starts reveal.js.
(() => {
  const WIDTH = 1280, HEIGHT = 720, BOTTOM = 52, RIGHT = 64;
  const TEXT = [34, 31, 28, 26, 24], TEXT_BY_PICTURE = [28, 26, 24];
  const LARGEST = 1.44, STEP = 0.02;

  // The longest caption of an explorer decides how much room every frame leaves for it.
  const keepRoomForCaptions = explorer => {
    const data = explorer.querySelector("script[type='application/json']");
    const caption = explorer.querySelector("figcaption");
    const shown = caption.textContent;
    let tallest = 0;
    caption.style.minHeight = "0";
    for (const text of new Set(JSON.parse(data.textContent).captions)) {
      caption.textContent = text;
      tallest = Math.max(tallest, caption.offsetHeight);
    }
    caption.textContent = shown;
    caption.style.minHeight = `${tallest}px`;
  };

  const fits = slide => {
    const frame = slide.getBoundingClientRect();
    const boxes = selected => [...slide.querySelectorAll(selected)].map(e => e.getBoundingClientRect());
    const tall = boxes(":scope > *").some(box =>
      box.bottom > frame.top + HEIGHT - BOTTOM || box.top < frame.top);
    const wide = boxes("img, mjx-container, pre, table").some(box => box.right > frame.left + WIDTH - RIGHT + 1);
    const clipped = [...slide.querySelectorAll("pre")].some(pre => pre.scrollWidth > pre.clientWidth + 1);
    return !(tall || wide || clipped);
  };

  // Pictures keep their proportions; `factor` is relative to the size they have in a notebook.
  const scale = (pictures, factor) => {
    for (const image of pictures) {
      image.style.width = `${(Number(image.getAttribute("width")) || image.naturalWidth) * factor}px`;
      image.style.maxWidth = "100%";
    }
  };

  // The largest text for which everything fits; pictures are not made smaller than they were drawn
  // unless the smallest text leaves them no choice.
  const fit = slide => {
    const pictures = [...slide.querySelectorAll("img")];
    const explorers = [...slide.querySelectorAll("[role='group']")].filter(e => e.querySelector("figcaption"));
    const sizes = pictures.length ? TEXT_BY_PICTURE : TEXT;
    for (const size of sizes) {
      slide.style.fontSize = `${size}px`;
      explorers.forEach(keepRoomForCaptions);
      const smallest = size === sizes.at(-1) ? 0.5 : 1;
      for (let factor = LARGEST; factor >= (pictures.length ? smallest : LARGEST); factor -= STEP) {
        scale(pictures, factor);
        if (fits(slide)) return;
      }
    }
    scale(pictures, 1); // it is not the pictures; the tests will say what is too large
  };

  const start = async () => {
    const root = document.documentElement;
    await document.fonts.ready;
    await MathJax.startup.promise;
    await MathJax.typesetPromise([document.querySelector(".slides")]);
    await Promise.all([...document.images].map(image => image.decode().catch(() => {})));
    document.querySelectorAll("section.leaf").forEach(fit);
    root.classList.remove("laying-out");
    await Reveal.initialize({
      width: WIDTH, height: HEIGHT, margin: 0, center: false, hash: true, transition: "none", backgroundTransition: "none",
      navigationMode: "linear", slideNumber: "c/t", controlsTutorial: false, help: true,
      pdfSeparateFragments: false, pdfMaxPagesPerSlide: 1,
      plugins: window.RevealNotes ? [RevealNotes] : [],
    });
    // A slider that keeps the focus would keep the keys that turn the slide.
    Reveal.on("slidechanged", () => document.activeElement?.blur());
    root.dataset.ready = "true";
  };

  // A presenter's clicker sends PageUp and PageDown: they turn the slide even on a slider.
  document.addEventListener("keydown", event => {
    const turn = { PageDown: () => Reveal.next(), PageUp: () => Reveal.prev() }[event.key];
    if (!turn || !event.target.matches?.("input, select")) return;
    event.preventDefault();
    event.stopPropagation();
    turn();
  }, { capture: true });

  addEventListener("load", start);
})();
