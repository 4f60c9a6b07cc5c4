"""Live explorers in an open notebook: every control worked by keyboard, one at a time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

from lab import until_answered
from playwright.sync_api import Locator, Page
from playwright.sync_api import TimeoutError as TooLate

_PATIENCE = 30_000  # milliseconds until a run must have drawn, or stopped
_FORMULA = "x**2 / 2"  # no explorer opens with it
Undo = Callable[[], None]


@dataclass(frozen=True)
class LiveExplorer:
    """An explorer on the page, with its title for messages."""

    page: Page
    box: Locator
    title: str

    def faults(self) -> list[str]:
        """Work every control from where the explorer opens; tell what is not as it should be."""
        self.box.scroll_into_view_if_needed()
        controls = self.box.locator(", ".join(_WORK)).all()
        found = [*self.box.evaluate(_BADLY_NAMED), *self._out_of_reach(controls)]
        still = self._unmoved(controls, found)
        if still:
            # |x| looks alike at every magnification; a typed formula has to be chosen first.
            for menu in self.box.locator("select").all():
                menu.press("End")
            until_answered(self.page)
            still = self._unmoved(still, found)
        found += [f"{_name(control)!r} leaves the picture as it is" for control in still]
        return [f"{self.title!r}: {fault}" for fault in dict.fromkeys(found)]

    def _out_of_reach(self, controls: list[Locator]) -> list[str]:
        """Return the controls to which the tab key does not lead from the one before."""
        found = []
        for before, control in pairwise(controls):
            before.press("Tab")
            if not control.evaluate("e => e === document.activeElement"):
                found.append(
                    f"the tab key does not lead from {_name(before)!r} to {_name(control)!r}"
                )
        return found

    def _unmoved(self, controls: list[Locator], found: list[str]) -> list[Locator]:
        """Work each and take it back; return those that moved nothing, add to `found` bad names."""
        unmoved = []
        for control in controls:
            seen = [self.box.element_handle(), self.box.evaluate(_SEEN)]
            undo = self._work(control)
            found += self.box.evaluate(_BADLY_NAMED)
            if not self._comes_true(_LOOKS_OTHERWISE, seen, control):
                unmoved.append(control)
            undo()
            until_answered(self.page)
        return unmoved

    def _work(self, control: Locator) -> Undo:
        work = next(w for kind, w in _WORK.items() if control.evaluate(_MATCHES, kind))
        undo = work(control)
        until_answered(self.page)
        return undo

    def _comes_true(self, condition: str, arg: object, control: Locator) -> bool:
        if not control.evaluate(_MATCHES, "button"):
            return bool(self.page.evaluate(condition, arg))
        try:  # a run draws after the kernel has answered
            self.page.wait_for_function(condition, arg=arg, timeout=_PATIENCE)
        except TooLate:
            return False
        return True


def _name(control: Locator) -> str:
    return str(control.evaluate(_NAME))


_MATCHES = "(e, kind) => e.matches(kind)"
# What an explorer shows. An image has a new address when, and only when, it has new bytes; the
# catalog shows a table. What a run will begin with is told in the caption until it is started.
_SEEN = """box => {
    const picture = box.querySelector("img.widget-image")?.src
        ?? box.querySelector("table").outerHTML;
    const caption = box.querySelector("[role=status]").textContent;
    return box.querySelector("button") ? picture + caption : picture;
}"""
_LOOKS_OTHERWISE = f"([box, seen]) => ({_SEEN})(box) !== seen"
_NAME = (
    """e => (e.ariaLabel || (e.matches("button") ? e : e.labels?.[0])?.textContent || "").trim()"""
)
# Labels, readouts and pictures that are not told to whoever does not see them.
_BADLY_NAMED = f"""box => {{
    const faults = [], name = {_NAME};
    for (const slider of box.querySelectorAll(".widget-slider")) {{
        const handle = slider.querySelector("[role=slider]");
        const told = [handle.ariaLabel, handle.ariaValueText].join(": ");
        const seen = [".widget-label", ".widget-readout"]
            .map(part => slider.querySelector(part).textContent).join(": ");
        if (told !== seen) faults.push(`a slider shows “${{seen}}” and tells “${{told}}”`);
    }}
    for (const field of box.querySelectorAll("select, input, button"))
        if (!name(field)) faults.push(`a control without a name: ${{field.outerHTML}}`);
    for (const image of box.querySelectorAll("img"))
        if (!image.alt.trim()) faults.push("a picture without a text alternative");
    return faults;
}}"""


# --- by keyboard; each returns how to take it back -----------------------------------------------


def _slide(handle: Locator) -> Undo:
    at_end = handle.get_attribute("aria-valuenow") == handle.get_attribute("aria-valuemax")
    return _there_and_back(handle, "ArrowRight", "ArrowLeft", at_end)


def _choose(menu: Locator) -> Undo:
    at_end = menu.evaluate("e => e.selectedIndex === e.options.length - 1")
    return _there_and_back(menu, "ArrowDown", "ArrowUp", at_end)


def _there_and_back(control: Locator, onward: str, back: str, at_end: bool) -> Undo:
    there, again = (back, onward) if at_end else (onward, back)
    control.press(there)
    return lambda: control.press(again)


def _switch(box: Locator) -> Undo:
    box.press("Space")
    return lambda: box.press("Space")


def _write(field: Locator) -> Undo:
    def enter(text: str) -> None:
        field.fill(text)
        field.press("Enter")

    before = field.input_value()
    # A placeholder of ipywidgets is a space of no width, if none is given.
    enter((field.get_attribute("placeholder") or "").strip("\u200b") or _FORMULA)
    return lambda: enter(before)


def _run(button: Locator) -> Undo:
    label = button.inner_text()

    def stop() -> None:
        if button.inner_text() != label:
            button.press("Enter")
        button.filter(has_text=label).wait_for(timeout=_PATIENCE)

    button.press("Enter")
    return stop


_WORK: dict[str, Callable[[Locator], Undo]] = {
    ".noUi-handle": _slide,
    "select": _choose,
    "input[type=checkbox]": _switch,
    "input[type=text]": _write,
    "button": _run,
}
