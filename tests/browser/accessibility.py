"""What axe-core finds on a page that keeps people out."""

from __future__ import annotations

from typing import Any

from assets import asset
from playwright.sync_api import Page

_RUN = """async ([scope, rule]) => {
    // preload would ask for style sheets again, which a page from a disk may not.
    const options = { resultTypes: ["violations"], preload: false };
    if (rule) options.runOnly = [rule];
    const found = await axe.run(scope, options);
    return found.violations.filter(v => ["serious", "critical"].includes(v.impact)).flatMap(v =>
        v.nodes.map(n => `${v.id} (${v.impact}): ${n.html.slice(0, 160)} — ${n.failureSummary}`));
}"""


def barriers(page: Page, scope: dict[str, Any] | str = "html", rule: str = "") -> list[str]:
    """Return the serious and critical violations within `scope`, a selector or a context of axe.

    With `rule` only that rule of axe is asked, such as "color-contrast".
    """
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(asset("axe-core/axe.min.js").read_text(encoding="utf-8"))
    found: list[str] = page.evaluate(_RUN, [scope, rule])
    return found
