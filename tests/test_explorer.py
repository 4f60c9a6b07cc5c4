"""Explorers: every picture is compared with an ordinary savefig of the same figure."""

from __future__ import annotations

import asyncio
import io
import json
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import ipywidgets
import numpy as np
import pytest
from matplotlib import style
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from PIL import Image

from course_lib.explorer import Choice, Explorer, Run, Scene, Slider, Switch, TypedFormula
from course_lib.explorer import frames as frames_module
from course_lib.explorer.encoding import PaletteEncoder
from course_lib.explorer.live import Live
from course_lib.explorer.stage import Stage
from course_lib.figures import course_style, set_band
from course_lib.formula import parse_formula

SIZE = (5.0, 2.4)
X = np.linspace(0, 1, 50)


def draw_all_kinds(figure: Figure) -> Scene:
    """All five moving kinds, among artists that stay below and above them."""
    left, right = figure.subplots(1, 2)
    left.set(xlim=(0, 1), ylim=(-1, 1), title="still title", xlabel="x")
    left.axhline(0, color="black", zorder=2.5)
    left.add_patch(Rectangle((0.4, -0.8), 0.2, 1.6, color="orange", zorder=1.5))
    left.plot(X, 0.3 * X, label="still", zorder=5)
    left.legend()
    right.set(xlim=(0, 1), ylim=(0, 1))
    right.text(0.5, 0.5, "above", zorder=4)
    return Scene(
        line=left.plot(X, X)[0],
        points=left.scatter(X, X, zorder=3),
        band=left.fill_between(X, 0 * X, X, alpha=0.4),
        image=right.imshow(np.zeros((4, 4)), extent=(0, 1, 0, 1), vmin=0, vmax=1, alpha=0.7),
        text=right.text(0.1, 0.1, "moving"),
    )


def move_all_kinds(scene: Scene, *, t: float) -> str:
    scene.line.set_ydata(np.sin(6 * (X + t)))
    scene.points.set_offsets(np.column_stack([X, np.cos(6 * (X + t))]))
    set_band(scene.band, X, -t, X - t)
    scene.image.set_data(np.arange(16).reshape(4, 4) / 16 * t)
    scene.text.set(text=f"t = {t}", position=(0.1 + t / 2, 0.3))
    return f"t is {t}"


def by_savefig(stage: Stage) -> np.ndarray[Any, np.dtype[np.uint8]]:
    buffer = io.BytesIO()
    with course_style():
        stage.figure.savefig(buffer, format="png", dpi=100)
    return np.asarray(Image.open(buffer).convert("RGB"))


def compare(
    draw: Callable[[Figure], Scene], update: Callable[..., str], values: list[dict[str, Any]]
) -> None:
    """Move one figure by blitting and another by savefig; they must agree to the last bit."""
    blitted, plain = Stage(draw, update, SIZE), Stage(draw, update, SIZE)
    for step in values:
        pixels = blitted.show(**step)[1][..., :3].copy()
        plain.show(**step)
        np.testing.assert_array_equal(pixels, by_savefig(plain))


def test_five_kinds_look_as_in_savefig() -> None:
    compare(draw_all_kinds, move_all_kinds, [{"t": t} for t in (0.0, 0.3, 0.9, 0.1)])


@pytest.mark.parametrize(
    "change",
    [
        lambda axes, t: axes.set_xlim(0, 1 + t),
        lambda axes, t: axes.set_yticks([0, t]),
        lambda axes, t: axes.set_title(f"title {t}"),
        lambda axes, t: axes.lines[1].set_visible(t < 0.5),
        lambda axes, t: axes.axvline(t),
        lambda axes, t: axes.set_yscale("symlog" if t > 0.5 else "linear"),
        lambda axes, t: axes.grid(t > 0.5),
    ],
)
def test_a_stale_background_is_noticed(change: Callable[[Any, float], Any]) -> None:
    def update(scene: Scene, *, t: float) -> str:
        change(scene.line.axes, t)
        return move_all_kinds(scene, t=t)

    compare(draw_all_kinds, update, [{"t": 0.25}, {"t": 0.75}, {"t": 0.5}])


def test_a_second_axes_on_top_stays_on_top() -> None:
    def draw(figure: Figure) -> Scene:
        axes = figure.subplots()
        twin = axes.twinx()
        twin.plot(X, 1 - X, color="red", linewidth=6)
        inset = axes.inset_axes((0.5, 0.5, 0.4, 0.4))
        inset.plot(X, X**2)
        axes.set_xlim(0, 1)
        return Scene(line=axes.plot(X, X, linewidth=8)[0])

    def update(scene: Scene, *, t: float) -> str:
        scene.line.set_ydata(X**t)
        return ""

    compare(draw, update, [{"t": 1}, {"t": 2}, {"t": 0.1}])


def test_invisible_artists_stay_invisible() -> None:
    def update(scene: Scene, *, t: float) -> str:
        scene.points.set_visible(t > 0.5)
        return move_all_kinds(scene, t=t)

    compare(draw_all_kinds, update, [{"t": 0.2}, {"t": 0.8}, {"t": 0.2}])


def test_a_learners_own_style_changes_nothing() -> None:
    plain = MOVING.png(t=0.5)
    with style.context("dark_background"):
        assert MOVING.png(t=0.5) == plain


def test_the_background_is_drawn_once(monkeypatch: pytest.MonkeyPatch) -> None:
    stage = Stage(draw_all_kinds, move_all_kinds, SIZE)
    drawn = []
    whole = Stage._draw_background
    monkeypatch.setattr(
        Stage, "_draw_background", lambda self, canvas: (drawn.append(1), whole(self, canvas))[1]
    )
    for t in (0.1, 0.2, 0.3):
        stage.show(t=t)
    assert drawn == [1]


def test_a_scene_takes_five_kinds_only() -> None:
    axes = Figure().subplots()
    with pytest.raises(TypeError, match=r"`box` must be a line, .* got Rectangle. Use plot"):
        Scene(box=axes.add_patch(Rectangle((0, 0), 1, 1)))
    scene = Scene(curve=axes.plot([0], [0])[0])
    with pytest.raises(AttributeError, match=r"no artist 'curv'; `draw` returned curve"):
        scene.curv  # noqa: B018


# --- encoding ------------------------------------------------------------------------------------


def decode(png: bytes) -> np.ndarray[Any, np.dtype[np.int64]]:
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGB")).astype(int)


def test_the_palette_keeps_every_pixel_near() -> None:
    stage, encoder = Stage(draw_all_kinds, move_all_kinds, SIZE), PaletteEncoder()
    for t in (0.0, 0.4, 1.0):
        pixels = stage.show(t=t)[1].copy()
        difference = np.abs(decode(encoder.encode(pixels)) - pixels[..., :3])
        assert difference.max() <= 14 + 7
        white = (pixels[..., :3] == 255).all(axis=-1)
        assert white.sum() > 1000
        assert difference[white].max() == 0


def test_more_colors_than_a_palette_holds_are_approximated() -> None:
    rng = np.random.default_rng(0)
    pixels = rng.integers(0, 256, (40, 50, 4), dtype=np.uint8)
    pixels[..., 3] = 255
    difference = np.abs(decode(PaletteEncoder().encode(pixels)) - pixels[..., :3])
    assert difference.mean() < 50  # 85 for two unrelated pictures


# --- declarations --------------------------------------------------------------------------------

T = Slider.linear("t", "time", low=0, high=1, step=0.25, start=0.25, frozen=(0.0, 0.5, 1.0))
MOVING = Explorer("moving", "All <kinds>", (T,), draw_all_kinds, move_all_kinds, "things.", SIZE)


def draw_line(figure: Figure) -> Scene:
    axes = figure.subplots()
    axes.set(xlim=(0, 1), ylim=(-2, 2))
    return Scene(line=axes.plot(X, X)[0])


def line_explorer(update: Callable[..., str], *controls: Any) -> Explorer:
    return Explorer("line", "A line", controls, draw_line, update, "a line.", SIZE)


def test_sliders_have_round_values() -> None:
    assert T.values == (0.0, 0.25, 0.5, 0.75, 1.0)
    log = Slider.log("b", "b", low=0.1, high=100, per_decade=2, start=1.0)
    assert log.values == (0.1, 0.316, 1.0, 3.16, 10.0, 31.6, 100.0)


@pytest.mark.parametrize(
    "make",
    [
        lambda: Slider("t", "t", values=(1, 2), start=3),
        lambda: Slider("t", "t", values=(1, 2), start=1, frozen=(1, 5)),
        lambda: Choice("t", "t", values=("a", "b"), start="c"),
        lambda: Run("t", "t", steps=lambda: iter(()), total=3, frozen=(4,)),
    ],
)
def test_a_control_starts_and_freezes_among_its_values(make: Callable[[], object]) -> None:
    with pytest.raises(ValueError, match="of control 't' must be among its values"):
        make()


def test_a_declaration_is_checked() -> None:
    with pytest.raises(ValueError, match="different names that are Python identifiers"):
        line_explorer(lambda scene: "", T, T)
    with pytest.raises(ValueError, match="`alt` of explorer 'x' must say in words"):
        Explorer("x", "x", (), draw_line, lambda scene: "", " ")


# --- with a kernel -------------------------------------------------------------------------------


def test_a_moved_slider_sends_the_picture_before_all_else(monkeypatch: pytest.MonkeyPatch) -> None:
    live = Live(MOVING)
    slider = next(v for v in live.inputs.values() if isinstance(v, ipywidgets.SelectionSlider))
    sent: list[tuple[Any, str]] = []
    monkeypatch.setattr(
        ipywidgets.Widget,
        "_send",
        lambda self, message, **_: sent.append((self, message["method"])),
    )
    slider.set_state({"index": slider.index + 1})  # what a key press makes the browser ask for
    assert sent[0] == (live.image, "update")
    assert "echo_update" not in [method for _, method in sent]


def test_a_slider_moves_the_picture_and_the_caption() -> None:
    live = Live(MOVING)
    before = live.png
    live.inputs["t"].value = 1.0
    assert live.text == "t is 1.0"
    assert live.png != before
    plain = Stage(draw_all_kinds, move_all_kinds, SIZE)
    plain.show(t=0.25)
    plain.show(t=1.0)
    assert np.abs(decode(live.png) - by_savefig(plain)).max() <= 14 + 7


def test_the_widget_is_simple_and_described() -> None:
    box = MOVING.widget()
    assert isinstance(box, ipywidgets.VBox)
    heading, _, image, caption = box.children
    assert "All &lt;kinds&gt;" in heading.value
    assert "things." in heading.value
    assert (image.format, image.width, image.height) == ("url", "500", "240")
    assert bytes(image.value).startswith(b"data:image/png;base64,")
    assert 'aria-live="polite"' in caption.value
    assert not any(
        isinstance(w, ipywidgets.Output) for w in (*box.children, *box.children[1].children)
    )


def test_a_formula_that_fails_becomes_the_caption() -> None:
    def update(scene: Scene, *, text: str) -> str:
        if text == "bad <":
            raise ValueError("position 4: '<' has nothing to its right")
        scene.line.set_ydata(X * len(text))
        return f"drew {text}"

    live = Live(line_explorer(update, TypedFormula("text", "f(x)", start="x")))
    before = live.png
    live.inputs["text"].value = "bad <"
    assert live.text == "position 4: '<' has nothing to its right"
    assert "&lt;" in live.box.children[-1].value
    assert live.png == before
    live.inputs["text"].value = "xx"
    assert live.text == "drew xx"
    assert live.png != before


def test_an_error_that_points_keeps_its_lines() -> None:
    def update(scene: Scene, *, text: str) -> str:
        parse_formula(text)
        return "drew"

    live = Live(line_explorer(update, TypedFormula("text", "f(x)", start="x")))
    assert "pre-wrap" not in live.box.children[-1].value
    live.inputs["text"].value = "x + * 2"
    caption = live.box.children[-1].value
    assert "pre-wrap" in caption
    assert "monospace" in caption
    assert "\n        ^" in caption, "the caret stands below the culprit"


def test_switch_and_choice() -> None:
    def update(scene: Scene, *, on: bool, sign: str) -> str:
        scene.line.set_ydata(X if sign == "+" else -X)
        return f"{on} {sign}"

    controls = Switch("on", "on?"), Choice("sign", "sign", values=("+", "-"), start="+")
    live = Live(line_explorer(update, *controls))
    live.inputs["on"].value = True
    live.inputs["sign"].value = "-"
    assert live.text == "True -"


def counted(scene: Scene, *, n: int | None, t: float = 0) -> str:
    scene.line.set_ydata(X * (n or 0) / 10)
    return f"n = {n}"


def steps(**values: float) -> Iterator[int]:
    yield from range(1, 11)


def test_run_steps_and_stops() -> None:
    run = Run("n", "Train", steps=steps, total=10)
    live = Live(line_explorer(counted, T, run))
    button, bar = live.inputs["n"].children

    async def scenario() -> None:
        button.click()
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        assert button.description == "Stop"
        assert 1 <= bar.value < 10
        button.click()
        await asyncio.sleep(0.01)
        assert button.description == "Train"
        stopped = bar.value
        await asyncio.sleep(0.01)
        assert bar.value == stopped < 10
        button.click()
        while button.description == "Stop" or bar.value < 10:
            await asyncio.sleep(0.001)
        assert live.text == "n = 10"
        live.inputs["t"].value = 1.0  # a run belongs to the values it was started with
        assert live.text == "n = None"
        assert bar.value == 0

    asyncio.run(asyncio.wait_for(scenario(), 20))


def test_a_run_that_ends_early_shows_its_last_state() -> None:
    def few(**values: float) -> Iterator[int]:
        yield from (1, 2, 3)

    live = Live(line_explorer(counted, Run("n", "Train", steps=few, total=100)))

    async def scenario() -> None:
        live.inputs["n"].children[0].click()
        await asyncio.sleep(0.2)

    asyncio.run(scenario())
    assert live.text == "n = 3"


def test_an_error_in_a_run_becomes_the_caption() -> None:
    def failing(**values: float) -> Iterator[int]:
        yield 1
        raise ValueError("the loss is not finite; choose a smaller step")

    live = Live(line_explorer(counted, Run("n", "Train", steps=failing, total=3)))

    async def scenario() -> None:
        live.inputs["n"].children[0].click()
        await asyncio.sleep(0.05)

    asyncio.run(scenario())
    assert live.text == "the loss is not finite; choose a smaller step"


def test_a_notebook_shows_widget_still_and_text() -> None:
    bundle, again = MOVING._repr_mimebundle_(), MOVING._repr_mimebundle_()
    assert bundle["text/plain"] == "Explorer: All <kinds>"
    assert bundle["text/html"] == again["text/html"]
    assert '<img alt="things." src="data:image/png;base64,' in bundle["text/html"]
    assert "t is 0.25 Run this cell to make it move." in bundle["text/html"]
    view = bundle["application/vnd.jupyter.widget-view+json"]
    assert view["version_major"] == 2
    assert isinstance(view["model_id"], str)


def test_one_switch_puts_frames_in_the_place_of_the_still(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COURSE_EXPLORERS", "frames")
    assert MOVING._repr_mimebundle_() == {
        "text/plain": "Explorer: All <kinds>",
        "text/html": MOVING.frames(),
    }
    monkeypatch.setenv("COURSE_EXPLORERS", "film")
    with pytest.raises(ValueError, match="must be 'live' or 'frames'; got 'film'"):
        MOVING._repr_mimebundle_()


# --- without a kernel ----------------------------------------------------------------------------


def read_frames(html: str) -> dict[str, Any]:
    found = re.search(r'<script type="application/json">(.*?)</script>', html, re.DOTALL)
    assert found
    data: dict[str, Any] = json.loads(found.group(1))
    return data


def test_frames_hold_every_combination() -> None:
    def update(scene: Scene, *, t: float, on: bool) -> str:
        scene.line.set_ydata(X * t * (1 if on else -1))
        return f"{t} {on} </script>"

    html = line_explorer(update, T, Switch("on", "on?", frozen=(False, True))).frames()
    data = read_frames(html)
    assert [c.split()[:2] for c in data["captions"]] == [
        [str(t), str(on)] for t in (0.0, 0.5, 1.0) for on in (False, True)
    ]
    assert len(data["frames"]) == 6
    assert data["texts"] == [["0", "0.5", "1"], ["off", "on"]]
    assert html.count("</script>") == 2


def test_frames_need_nothing_from_elsewhere() -> None:
    html = MOVING.frames()
    assert not re.search(r"https?:|<link|src=\"(?!data:)", html)
    assert 'aria-live="polite"' in html
    assert html == MOVING.frames()


def test_frames_say_what_needs_a_kernel() -> None:
    def update(scene: Scene, *, text: str, t: float) -> str:
        return text

    controls = (
        TypedFormula("text", "formula", start="x", frozen=("x", "x^2")),
        Slider("t", "slope", values=(1, 2), start=1),
    )
    html = line_explorer(update, *controls).frames()
    assert "<select><option" in html
    assert "In the notebook you can type any formula; here is a short list." in html
    assert "In the notebook you can also change: slope." in html


def test_a_run_is_frozen_at_numbers_of_steps() -> None:
    run = Run("n", "Train", steps=steps, total=10, frozen=(0, 1, 10))
    assert read_frames(line_explorer(counted, run).frames())["captions"] == [
        "n = None", "n = 1", "n = 10",
    ]  # fmt: skip


def test_too_many_frames_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    values = tuple(range(61))
    many = line_explorer(
        lambda scene, t: "", Slider("t", "t", values=values, start=0, frozen=values)
    )
    with pytest.raises(ValueError, match=r"at most 60 frames; got 61 = 61 \(t\). Freeze"):
        many.frames()
    monkeypatch.setattr(frames_module, "MAX_BYTES", 1000)
    with pytest.raises(ValueError, match=r"must take at most 1,000 bytes; got .* in 3 frames"):
        MOVING.frames()


@pytest.mark.browser
def test_frames_move_by_keyboard_and_keep_the_slide(tmp_path: Path) -> None:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        pytest.skip("there is no Chromium")
    playwright = pytest.importorskip("playwright.sync_api")
    page_file = tmp_path / "frames.html"
    page_file.write_text(f'<!doctype html><meta charset="utf-8">{MOVING.frames()}')
    with playwright.sync_playwright() as p:
        browser = p.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page()
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(page_file.as_uri())
        page.evaluate("window.turned = 0; document.addEventListener('keydown', () => ++turned)")
        before = page.get_attribute("img", "src")
        page.focus("input")
        page.keyboard.press("ArrowRight")
        assert page.inner_text("figcaption") == "t is 0.5"
        assert page.get_attribute("img", "alt") == "things. t is 0.5"
        assert page.get_attribute("input", "aria-valuetext") == "0.5"
        assert page.get_attribute("img", "src") != before
        assert page.evaluate("turned") == 0
        assert errors == []
        browser.close()


def test_the_image_has_no_tooltip() -> None:
    # ipywidgets 8.1 sets it on a picture that is not there yet: "Click to show javascript error".
    assert Live(MOVING).image.tooltip is None
