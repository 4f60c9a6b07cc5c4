// What tools/shoot_slides.py asks of the slide that is shown: what leaves the frame, and by how
// many pixels; the smallest text; a dollar sign that MathJax left.
() => {
  const slide = Reveal.getCurrentSlide();
  const frame = document.querySelector(".slides").getBoundingClientRect();
  const isShown = element => !element.closest("aside.notes, script, style, mjx-assistive-mml, option")
    && element.getClientRects().length > 0;
  const shown = [...slide.querySelectorAll("*")].filter(isShown);

  let width = 0, height = 0;
  for (const element of shown) {
    const box = element.getBoundingClientRect();
    if (box.width === 0 || box.height === 0) continue;
    width = Math.max(width, box.right - frame.right, frame.left - box.left);
    height = Math.max(height, box.bottom - frame.bottom, frame.top - box.top);
    // What a box with a scroll bar, or one that clips, does not show. Formulas measure themselves.
    if (element.clientWidth > 0 && !element.closest("mjx-container, label, select"))
      width = Math.max(width, element.scrollWidth - element.clientWidth - 1);
  }

  const texts = [], walker = document.createTreeWalker(slide, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode, text = node.textContent.trim();
    if (text && isShown(node.parentElement))
      texts.push({ text, size: parseFloat(getComputedStyle(node.parentElement).fontSize),
                   isCode: !!node.parentElement.closest("code, pre") });
  }
  const smallest = texts.reduce((a, b) => (b.size < a.size ? b : a), { text: "", size: 99 });
  return {
    heading: slide.querySelector("h1, h2, h3, h4")?.innerText.trim() ?? "(no heading)",
    too_wide: Math.max(0, Math.round(width)),
    too_tall: Math.max(0, Math.round(height)),
    smallest_text: smallest.size,
    smallest_sample: smallest.text.slice(0, 30),
    has_raw_dollar: texts.some(({ text, isCode }) => !isCode && text.includes("$")),
    words: texts.flatMap(({ text }) => text.split(/\s+/)).length,
  };
}
