// Lays out the slides, typesets the mathematics, fits text and pictures and starts reveal.js.
(() => {
  const WIDTH = 1280, HEIGHT = 720, BOTTOM = 52, RIGHT = 64;
  const TEXT = [38, 36, 34, 31, 28, 26, 24], TEXT_BY_PICTURE = [28, 26, 24];
  const LARGE = 28, LARGEST = 1.8, STEP = 0.02;
  const ROW = [13, 9, 5]; // the room over and under the text of a table's row
  const SLIDER = [300, 240, 180];
  const LOWER = 0.4, LOWEST = 72; // how much of the room that is left goes above the text

  const explorersOf = slide =>
    [...slide.querySelectorAll("[role='group']")].filter(e => e.querySelector("figcaption"));

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

  // The longest sliders with which the controls need the fewest lines: the rest is the picture's.
  const fitSliders = explorer => {
    const controls = explorer.querySelector("label").parentElement;
    const tried = SLIDER.map(width => {
      explorer.style.setProperty("--slider", `${width}px`);
      return { width, height: controls.offsetHeight };
    });
    const lowest = Math.min(...tried.map(({ height }) => height));
    explorer.style.setProperty("--slider", `${tried.find(({ height }) => height === lowest).width}px`);
  };

  const bottomOf = slide => Math.max(...[...slide.children].map(e => e.getBoundingClientRect().bottom));

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

  // Tries text of these sizes, the largest first, and with each the widest rows and the largest
  // pictures; true at the first that fits. Pictures are not made smaller than they were drawn unless
  // the smallest text leaves them no choice. A card's sketch grows with its text.
  const tryToFit = (slide, sizes) => {
    const pictures = [...slide.querySelectorAll("figure > img")].filter(image => !image.closest(".card"));
    const rows = slide.querySelector("table") ? ROW : ROW.slice(-1);
    for (const size of sizes) {
      slide.style.fontSize = `${size}px`;
      explorersOf(slide).forEach(keepRoomForCaptions);
      const smallest = pictures.length === 0 ? LARGEST : size === TEXT.at(-1) ? 0.5 : 1;
      for (const row of rows) {
        slide.style.setProperty("--row", `${row}px`);
        for (let factor = LARGEST; factor >= smallest; factor -= STEP) {
          scale(pictures, factor);
          if (fits(slide)) return true;
        }
      }
    }
    scale(pictures, 1); // it is not the pictures; the tests will say what is too large
    return false;
  };

  // The cells of a computed table stay on one line if the text can be large all the same.
  const fit = slide => {
    const hasCard = slide.querySelector(".card");
    const sizes = slide.querySelector("figure > img") && !hasCard ? TEXT_BY_PICTURE : TEXT;
    explorersOf(slide).forEach(fitSliders);
    slide.classList.add("unwrapped");
    const isLarge = size => size >= LARGE && !hasCard && slide.querySelector(".outputs table");
    if (tryToFit(slide, sizes.filter(isLarge))) return;
    slide.classList.remove("unwrapped");
    tryToFit(slide, sizes);
  };

  // What stands below the heading moves down a little if it leaves much of the frame empty.
  const lower = slide => {
    const heading = slide.querySelector("h2, h3");
    if (!heading || slide.matches(".opening, .question, .exercise")) return;
    const left = slide.getBoundingClientRect().top + HEIGHT - BOTTOM - bottomOf(slide);
    const margin = parseFloat(getComputedStyle(heading).marginBottom);
    heading.style.marginBottom = `${margin + Math.max(0, Math.min(LOWEST, LOWER * left))}px`;
  };

  // In a line of text a fraction is set small; in a table it may be as large as the rest.
  const enlargeFractions = () => {
    const cells = document.querySelectorAll(".outputs table :is(th, td)");
    for (const cell of [...cells].filter(cell => !cell.closest(".card")))
      for (const node of cell.childNodes)
        if (node.nodeType === Node.TEXT_NODE && node.data.includes("\\frac"))
          node.data = node.data.replace(/\$([^$]+)\$/g, "$$\\displaystyle $1$$");
  };

  // The speaker's window gets the notes without MathJax's style sheet, which would hide the formulas
  // for screen readers: each would stand there twice.
  const hideReadFormulas = () => {
    for (const formula of document.querySelectorAll("aside.notes mjx-assistive-mml"))
      formula.style.cssText = "position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%)";
  };

  // The course's cards, which say in their style how wide they are.
  const markCards = () => {
    for (const card of document.querySelectorAll(".outputs [style*='max-width:860px']"))
      card.classList.add("card");
  };

  const start = async () => {
    const root = document.documentElement;
    await Promise.all([...document.fonts].map(face => face.load())); // or they are measured in another
    await MathJax.startup.promise;
    markCards();
    enlargeFractions();
    await MathJax.typesetPromise([document.querySelector(".slides")]);
    hideReadFormulas();
    await Promise.all([...document.images].map(image => image.decode().catch(() => {})));
    document.querySelectorAll("section.leaf").forEach(slide => { fit(slide); lower(slide); });
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
