"""What the script of course_lib.explorer.speech does to a box such as ipywidgets makes."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page
from witness import Witness

from course_lib.explorer.speech import spoken_names

pytestmark = pytest.mark.browser

_BOX = f"""<div class="widget-vbox"><div>{spoken_names("a line.")}</div>
    <div class="widget-slider"><label class="widget-label">slope</label>
        <div role="slider" tabindex="0" aria-valuetext="1"></div>
        <div class="widget-readout" contenteditable="true">0.5</div></div>
    <img class="widget-image"><select></select></div>"""
_HANDLE = """() => {
    const handle = document.querySelector("[role=slider]");
    return [handle.ariaLabel, handle.ariaValueText];
}"""


@pytest.fixture
def page(witness: Witness) -> Page:
    witness.page.set_content(_BOX)
    witness.page.wait_for_selector("[aria-label]", state="attached")
    return witness.page


def test_a_slider_tells_its_label_and_its_value_also_after_moving(page: Page) -> None:
    assert page.evaluate(_HANDLE) == ["slope", "0.5"]
    page.evaluate("() => { document.querySelector('.widget-readout').textContent = '0.75'; }")
    assert page.evaluate(_HANDLE) == ["slope", "0.75"]


def test_the_value_beside_a_slider_is_no_stop_of_the_tab_key(page: Page) -> None:
    page.locator("[role=slider]").press("Tab")
    assert page.evaluate("() => document.activeElement.tagName") == "SELECT"


def test_the_picture_has_a_text_and_the_unseen_sentence_is_gone(page: Page) -> None:
    assert page.locator("img").get_attribute("alt") == "a line."
    assert page.get_by_text("The picture below shows").count() == 0
