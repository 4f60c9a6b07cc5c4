"""An explorer without a kernel: pictures drawn beforehand and a few lines of script."""

from __future__ import annotations

import itertools
import json
from typing import TYPE_CHECKING, Any

from course_lib import theme
from course_lib.explorer.controls import Control, Run, Slider, Switch, TypedFormula
from course_lib.explorer.encoding import PaletteEncoder
from course_lib.explorer.stage import Stage

if TYPE_CHECKING:
    from course_lib.explorer.declaration import Explorer

__all__ = ["MAX_BYTES", "MAX_FRAMES", "frames_html"]

MAX_FRAMES = 60
MAX_BYTES = 1_500_000

# The frames are numbered like an odometer, the last control turning fastest. Keys and touches stay
# with the control: in a slide deck they would turn the slide.
_SCRIPT = """
(root => {
  const data = JSON.parse(root.querySelector("script[type='application/json']").textContent);
  const inputs = [...root.querySelectorAll("input, select")];
  const image = root.querySelector("img"), caption = root.querySelector("figcaption");
  const position = input => input.type === "checkbox" ? Number(input.checked) : Number(input.value);
  const show = () => {
    let frame = 0;
    inputs.forEach((input, i) => {
      frame = frame * data.texts[i].length + position(input);
      const text = data.texts[i][position(input)];
      if (input.type === "range") {
        input.setAttribute("aria-valuetext", text);
        input.nextElementSibling.textContent = text;
      }
    });
    image.src = "data:image/png;base64," + data.frames[frame];
    image.alt = data.alt + " " + data.captions[frame];
    caption.textContent = data.captions[frame];
  };
  inputs.forEach(input => {
    input.addEventListener("input", show);
    for (const kind of ["keydown", "keyup", "keypress", "touchstart", "touchmove", "touchend",
                        "pointerdown", "pointermove"])
      input.addEventListener(kind, event => event.stopPropagation(), { passive: true });
  });
})(document.currentScript.parentElement);
"""


def frames_html(explorer: Explorer) -> str:
    """Return a self-contained HTML fragment that shows `explorer` without a kernel.

    Parameters
    ----------
    explorer : Explorer
        Its controls say at which values they are frozen; one that does not stays at its start.

    Returns
    -------
    str
        HTML with native controls, one image, a caption, the frames and a short script.

    Raises
    ------
    ValueError
        If there would be more than 60 frames or 1.5 MB.
    """
    frozen = [control for control in explorer.controls if control.frozen]
    count = 1
    for control in frozen:
        count *= len(control.frozen)
    if count > MAX_FRAMES:
        sizes = " x ".join(f"{len(control.frozen)} ({control.name})" for control in frozen)
        raise ValueError(
            f"explorer {explorer.name!r} must have at most {MAX_FRAMES} frames; got {count} = "
            f"{sizes}. Freeze its controls at fewer values."
        )
    html = _page(explorer, frozen)
    if len(html) > MAX_BYTES:
        raise ValueError(
            f"the frames of explorer {explorer.name!r} must take at most {MAX_BYTES:,} bytes; got "
            f"{len(html):,} in {count} frames. Freeze its controls at fewer values, or draw less."
        )
    return html


def _page(explorer: Explorer, frozen: list[Control]) -> str:
    pictures, captions = _draw_all(explorer, frozen)
    first = 0
    for control in frozen:
        first = first * len(control.frozen) + _first(control)
    data = {
        "alt": explorer.alt,
        "texts": [[str(c.show(value)) for value in c.frozen] for c in frozen],
        "captions": captions,
        "frames": [theme.data_uri(png).partition(",")[2] for png in pictures],
    }
    # "</" would end the script element wherever it stands.
    text = json.dumps(data, ensure_ascii=False).replace("</", "<\\/")
    alt = theme.escape(f"{explorer.alt} {captions[first]}")
    controls = "".join(_control(control) for control in frozen)
    return (
        f'<div role="group" aria-label="{theme.escape(explorer.title)}">'
        f'<div style="font-size:1.1em;font-weight:600">{theme.escape(explorer.title)}</div>'
        f'<div style="display:flex;flex-wrap:wrap;gap:4px 24px">{controls}</div>'
        f'<figure style="margin:0"><img alt="{alt}" src="{theme.data_uri(pictures[first])}" '
        'style="max-width:100%;height:auto">'
        f'<figcaption aria-live="polite" style="font-size:0.9em;line-height:1.45">'
        f"{theme.escape(captions[first])}</figcaption></figure>{_notice(explorer)}"
        f'<script type="application/json">{text}</script><script>{_SCRIPT}</script></div>'
    )


def _draw_all(explorer: Explorer, frozen: list[Control]) -> tuple[list[bytes], list[str]]:
    stage, encoder = Stage(explorer.draw, explorer.update, explorer.size), PaletteEncoder()
    pictures, captions = [], []
    for combination in itertools.product(*(control.frozen for control in frozen)):
        chosen = {c.name: value for c, value in zip(frozen, combination, strict=True)}
        values = _with_states(frozen, {**explorer.start, **chosen})
        caption, pixels = stage.show(**values)
        captions.append(caption)
        pictures.append(encoder.encode(pixels))
    return pictures, captions


def _with_states(frozen: list[Control], values: dict[str, Any]) -> dict[str, Any]:
    """Replace the number of steps of each run by the state after them."""
    runs = [control for control in frozen if isinstance(control, Run)]
    inputs = {k: v for k, v in values.items() if k not in {run.name for run in runs}}
    states = dict(inputs)
    for run in runs:
        steps = itertools.chain([None], run.steps(**inputs))
        states[run.name] = next(itertools.islice(steps, values[run.name], None), None)
    return {name: states[name] for name in values}


def _first(control: Control) -> int:
    return control.frozen.index(control.start) if control.start in control.frozen else 0


def _control(control: Control) -> str:
    label, first = theme.escape(control.label), _first(control)
    texts = [theme.escape(control.show(value)) for value in control.frozen]
    if isinstance(control, (Slider, Run)):
        return (
            f'<label>{label} <input type="range" min="0" max="{len(texts) - 1}" step="1" '
            f'value="{first}" aria-valuetext="{texts[first]}" '
            f'style="vertical-align:middle;width:220px"> '
            f"<output>{texts[first]}</output></label>"
        )
    if isinstance(control, Switch) and len(texts) == 2:
        checked = " checked" if control.start else ""
        return f'<label><input type="checkbox"{checked}> {label}</label>'
    options = "".join(
        f'<option value="{i}"{" selected" if i == first else ""}>{text}</option>'
        for i, text in enumerate(texts)
    )
    return f"<label>{label} <select>{options}</select></label>"


def _notice(explorer: Explorer) -> str:
    """Say what needs a kernel: typing, training, and whatever was not frozen."""
    still = [c.label for c in explorer.controls if not c.frozen]
    typed = [c.label for c in explorer.controls if isinstance(c, TypedFormula) and c.frozen]
    parts = []
    if typed:
        parts.append(f"In the notebook you can type any {', '.join(typed)}; here is a short list.")
    if still:
        parts.append(f"In the notebook you can also change: {', '.join(still)}.")
    text = theme.escape(" ".join(parts))
    return f'<div style="font-size:0.85em;font-style:italic">{text}</div>' if text else ""
