"""Explorers without a kernel, on a slide or on a page of the site: worked by keyboard."""

from __future__ import annotations

from playwright.sync_api import Locator

EXPLORER = "[role=group]:has(> figure figcaption)"
_SHOWN = "e => [e.querySelector('img').src, e.querySelector('figcaption').textContent]"
# Some positions show the same picture, and say so: |x| looks alike at every magnification.
_ROUNDS = 3


def unmoved_controls(explorer: Locator) -> list[str]:
    """Work every control by keyboard; tell which change nothing, and which never the picture."""
    title = explorer.get_attribute("aria-label")
    sliders, menus = explorer.locator("input[type=range]"), explorer.locator("select")
    first = sliders if sliders.count() else menus
    silent: list[str] = []
    still = set(range(first.count()))
    for _ in range(_ROUNDS):
        for controls, kind in ((sliders, "slider"), (menus, "menu")):
            for number in range(controls.count()):
                picture, words = explorer.evaluate(_SHOWN)
                _press(controls.nth(number))
                new_picture, new_words = explorer.evaluate(_SHOWN)
                if (new_picture, new_words) == (picture, words):
                    silent.append(f"{title}: {kind} {number}")
                if controls is first and new_picture != picture:
                    still.discard(number)
        if silent or not still:
            break
    return silent + [f"{title}: control {number}, the picture" for number in sorted(still)]


def _press(control: Locator) -> None:
    control.focus()
    if control.get_attribute("type") == "range":
        at_end = control.evaluate("e => e.value === e.max")
        control.press("ArrowLeft" if at_end else "ArrowRight")
    else:
        at_end = control.evaluate("e => e.selectedIndex === e.options.length - 1")
        control.press("ArrowUp" if at_end else "ArrowDown")
