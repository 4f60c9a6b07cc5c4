"""An explorer with a kernel: ipywidgets controls, one image, one caption."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, Any

import ipywidgets as widgets
import traitlets

from course_lib import theme
from course_lib.explorer.controls import Choice, Control, Run, Slider, Switch
from course_lib.explorer.encoding import PaletteEncoder
from course_lib.explorer.speech import spoken_names
from course_lib.explorer.stage import Stage

if TYPE_CHECKING:
    from course_lib.explorer.declaration import Explorer

__all__ = ["Live"]

_FRAME_TIME = 0.1  # seconds between two pictures of a run, so that training gets most of the time
_LABEL = {"description_width": "initial"}


class _Slider(widgets.SelectionSlider):  # type: ignore[misc]
    """A slider whose position is not sent back by the kernel, ahead of the picture.

    The echo is for a second browser on the same kernel, whose handle stays where it was.
    """

    index = traitlets.Int().tag(sync=True, echo_update=False)


class Live:
    """The widgets of one explorer and the figure behind them.

    Drawing happens inside the handler of a change. ipywidgets holds the next change of a control
    back until the kernel is idle and then sends the newest only, so a slow machine skips
    positions and never falls behind.

    Parameters
    ----------
    explorer : Explorer
        What to show.

    Attributes
    ----------
    box : ipywidgets.VBox
        To be displayed.
    image : ipywidgets.Image
        The picture.
    png : bytes
        The picture that was sent, a palette PNG.
    text : str
        The caption.
    inputs : dict
        The widget of each control, by its name.
    """

    def __init__(self, explorer: Explorer) -> None:
        self._explorer = explorer
        self._stage = Stage(explorer.draw, explorer.update, explorer.size)
        self._encoder = PaletteEncoder()
        self._states: dict[str, Any] = {}  # of runs: what their last step yielded
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._bars: list[widgets.IntProgress] = []
        width, height = (round(inches * theme.DPI) for inches in explorer.size)
        self.image = widgets.Image(
            format="url",  # with the picture in it: a browser shows that sooner than bytes
            width=width,
            height=height,
            layout=widgets.Layout(max_width="100%", height="auto"),
        )
        self.text = ""
        self.png = b""
        self._caption = widgets.HTML()
        self.inputs = {control.name: self._input(control) for control in explorer.controls}
        self.show()
        heading = widgets.HTML(
            f'<div style="font-size:16px;font-weight:600">{theme.escape(explorer.title)}</div>'
            f"{spoken_names(explorer.alt)}"
        )
        row = widgets.HBox(
            list(self.inputs.values()),
            layout=widgets.Layout(flex_flow="row wrap", grid_gap="4px 20px"),
        )
        self.box = widgets.VBox([heading, row, self.image, self._caption])

    def values(self) -> dict[str, Any]:
        """Return the value of every control, by its name."""
        return {
            control.name: self._states.get(control.name)
            if isinstance(control, Run)
            else self.inputs[control.name].value
            for control in self._explorer.controls
        }

    def show(self) -> None:
        """Draw the picture for the present values and write its caption."""
        try:
            caption, pixels = self._stage.show(**self.values())
        except ValueError as error:
            self._write(str(error))
            return
        self.png = self._encoder.encode(pixels)
        # First of all: the eye is on the picture.
        self.image.value = theme.data_uri(self.png).encode("ascii")
        self._write(caption)

    def _write(self, text: str) -> None:
        self.text = text
        # An error points with a caret below the formula: its lines and spaces must stay.
        kept = "white-space:pre-wrap;font-family:monospace;" if "\n" in text else ""
        self._caption.value = (
            f'<div role="status" aria-live="polite" style="{kept}font-size:14px;line-height:1.45;'
            f'max-width:{self.image.width}px">{theme.escape(text)}</div>'
        )

    def _input(self, control: Control) -> Any:
        if isinstance(control, Run):
            return self._run_buttons(control)
        common = {"description": control.label, "style": _LABEL}
        if isinstance(control, Slider):
            options = [(control.show(value), value) for value in control.values]
            layout = widgets.Layout(width="360px")
            made = _Slider(options=options, value=control.start, layout=layout, **common)
            made.tooltip = ""  # without one, the label's says "null" (ipywidgets 8.1)
        elif isinstance(control, Choice):
            made = widgets.Dropdown(options=control.values, value=control.start, **common)
        elif isinstance(control, Switch):
            made = widgets.Checkbox(value=control.start, indent=False, description=control.label)
        else:
            made = widgets.Text(value=control.start, continuous_update=False, **common)
        made.observe(self._changed, "value")
        return made

    def _changed(self, change: Any) -> None:
        # A run belongs to the values it was started with.
        for task in self._tasks.values():
            task.cancel()
        self._states.clear()
        for bar in self._bars:
            bar.value = 0
        self.show()

    def _run_buttons(self, control: Run) -> Any:
        button = widgets.Button(description=control.label, icon="play")
        bar = widgets.IntProgress(max=control.total, layout=widgets.Layout(width="160px"))
        self._bars.append(bar)

        def clicked(_: Any) -> None:
            task = self._tasks.get(control.name)
            if task is not None and not task.done():
                task.cancel()
                return
            work = self._run(control, button, bar)
            self._tasks[control.name] = asyncio.get_running_loop().create_task(work)

        button.on_click(clicked)
        return widgets.HBox([button, bar])

    async def _run(self, control: Run, button: Any, bar: Any) -> None:
        """Step through the work, drawing now and then, until it ends or is cancelled."""
        others = {name: value for name, value in self.values().items() if name != control.name}
        button.description, button.icon = "Stop", "stop"
        drawn, count, shown = 0.0, 0, 0
        try:
            for count, state in enumerate(control.steps(**others), start=1):
                self._states[control.name] = state
                bar.value = count
                if time.monotonic() - drawn >= _FRAME_TIME:
                    self.show()
                    drawn, shown = time.monotonic(), count
                await asyncio.sleep(0)  # here a click on Stop is heard
            if shown < count:
                self.show()
        except ValueError as error:
            self._write(str(error))
        finally:
            button.description, button.icon = control.label, "play"
