"""A person in front of a screen of ours: looks, scrolls, presses, types."""

import re
from collections.abc import Iterator

from playwright.sync_api import FloatRect, Locator, Page, expect

PATIENCE_MS = 40_000
LOOK_MS = 600
"""How long a person looks before scrolling on."""

TWO_FRAMES = """new Promise((done, fail) => {
  requestAnimationFrame(() => requestAnimationFrame(done));
  setTimeout(() => fail(new Error("nothing was drawn for a minute")), 60_000);
})"""
STIRS_MAX = 200
"""Pairs of frames after which what still moves will not stop."""
STANDS = 3
"""Turns of the wheel after which what has not moved will not."""

FOCUSED = """() => {
  const named = document.activeElement?.closest("[flt-semantics-identifier]");
  return named ? named.getAttribute("flt-semantics-identifier") : "";
}"""
"""The key of what the focus rests on."""

GREY = '[aria-disabled="true"]'
"""A button that cannot be pressed yet: the screen is a moment behind what was entered."""
CHOSEN = ("aria-current", "true")

BARS = re.compile(r"^(main|create|report|try-now|pill|undo|go-.*|to-.*|reason-.*|key-.*)$")
"""Keys of what mostly stands still in a bar; all else scrolls, and the bar at the foot may cover
it.
"""
BAR_PX = 90


class Person:
    """Finds things by the keys of our controls, which are what assistive technology also meets."""

    def __init__(self, page: Page) -> None:
        self.page = page
        page.set_default_timeout(PATIENCE_MS)

    def opens(self, address: str) -> None:
        self.page.goto(address)
        self.wakes_semantics()

    def wakes_semantics(self) -> None:
        """Flutter draws on a canvas; a screen reader's first press makes it tell what it draws."""
        placeholder = self.page.locator("flt-semantics-placeholder")
        placeholder.wait_for(state="attached", timeout=PATIENCE_MS)
        placeholder.evaluate("element => element.click()")
        self.page.locator("flt-semantics-host flt-semantics").first.wait_for(state="attached")

    def key(self, key: str) -> Locator:
        return self.page.locator(f'[flt-semantics-identifier="{key}"]').first

    def sees(self, words: str | re.Pattern[str]) -> None:
        """Somewhere in what the screen says, soon; scrolling down if it must."""
        self._scrolls_to(self.told(words))

    def told(self, words: str | re.Pattern[str]) -> Locator:
        """What is said, as text or as the name of something that holds others."""
        text = self.page.locator("flt-semantics-host").filter(has_text=words)
        return text.or_(self.page.get_by_label(words)).first

    def sees_at(self, key: str, words: str | re.Pattern[str]) -> None:
        expect(self.key(key)).to_contain_text(words, timeout=PATIENCE_MS)

    def tabs(self, times: int) -> list[str]:
        """The keys of what the focus comes to, one Tab after the other."""
        met: list[str] = []
        for _ in range(times):
            before = self.page.evaluate(FOCUSED)
            self.page.keyboard.press("Tab")
            self.page.wait_for_function(f"before => ({FOCUSED})() !== before", arg=before)
            met.append(self.page.evaluate(FOCUSED))
        return met

    def presses(self, key: str) -> None:
        place = self.key(key)
        self._scrolls_to(place, bar_px=0 if BARS.match(key) else BAR_PX)
        expect(place.locator(GREY)).to_have_count(0, timeout=PATIENCE_MS)
        place.click(force=True)

    def chooses(self, key: str) -> None:
        """Presses one of a few answers, and looks whether it is taken before going on."""
        self.presses(key)
        expect(self.key(key)).to_have_attribute(*CHOSEN, timeout=PATIENCE_MS)

    def presses_until(self, key: str, words: str) -> None:
        """Right after another press, one is taken for its second half and passed over: a person
        looks, and presses again.
        """
        for _ in range(5):
            self.presses(key)
            try:
                expect(self.key(key)).to_contain_text(words, timeout=PATIENCE_MS / 5)
            except AssertionError:
                continue
            return
        self.sees_at(key, words)

    def presses_name(self, name: str | re.Pattern[str]) -> None:
        place = self.page.get_by_role("button", name=name).first
        self._scrolls_to(place)
        place.click(force=True)

    def types(self, label: str, words: str, *, then: str = "Tab") -> None:
        box = self.page.get_by_role("textbox", name=label).first
        self._scrolls_to(box)
        self._until_focused(box)
        self.page.keyboard.type(words, delay=10)
        expect(box).to_have_value(words, timeout=PATIENCE_MS)
        self.page.keyboard.press(then)

    def _until_focused(self, box: Locator) -> None:
        """A press while the page is being laid out again may miss: one presses once more.

        The browser's field has the focus a frame before Flutter listens to it: a letter typed in
        between is set back. No finger is that fast.
        """
        for _ in range(5):
            box.click(force=True)
            try:
                expect(box).to_be_focused(timeout=2_000)
            except AssertionError:
                continue
            break
        expect(box).to_be_focused(timeout=PATIENCE_MS)
        self.page.evaluate(TWO_FRAMES)

    def signs_in(self, name: str, pin: str) -> None:
        """By name and PIN; on a narrow screen who was here last finds the PIN pad at once."""
        names = self.page.get_by_role("button", name=name)
        names.or_(self.key("other")).first.wait_for(state="attached")
        if names.count():
            self.presses_name(name)
        for digit in pin:
            self.presses(f"key-{digit}")
        self.presses("key-ok")
        self.key("pill").wait_for(state="attached")

    def _scrolls_to(self, place: Locator, *, bar_px: int = BAR_PX) -> None:
        """Down in the pane of the order or the form, then up again, until it lies in view, above
        what a bar at the foot covers. What some turns of the wheel do not move is in a bar itself.
        """
        expect(self.page.locator("flt-semantics-host")).to_be_attached(timeout=PATIENCE_MS)
        met, stood = None, 0
        for turn_px in _turns():
            box = self._box_of(place)
            if self._in_view(box, bar_px) or (stood == STANDS and self._in_view(box, 0)):
                return
            met, stood = box, min(stood + 1, STANDS) if box and box == met else 0
            self._turns_wheel(box, turn_px)
        expect(place).to_be_attached(timeout=LOOK_MS)

    def _turns_wheel(self, box: FloatRect | None, turn_px: int) -> None:
        """Over the pane that the place is in; over the right one where that is not known yet."""
        size = self.page.viewport_size or {"width": 1280, "height": 800}
        x = box["x"] + box["width"] / 2 if box else size["width"] * 0.7
        self.page.mouse.move(x, size["height"] * 0.5)
        self.page.mouse.wheel(0, turn_px)

    def _in_view(self, box: FloatRect | None, bar_px: int) -> bool:
        height = (self.page.viewport_size or {"height": 800})["height"]
        return box is not None and box["y"] >= 0 and box["y"] + box["height"] <= height - bar_px

    def _box_of(self, place: Locator) -> FloatRect | None:
        try:
            place.wait_for(state="attached", timeout=LOOK_MS)
        except Exception:  # noqa: BLE001 -- Playwright's time-out: not there yet
            return None
        return self._box_at_rest(place)

    def _box_at_rest(self, place: Locator) -> FloatRect | None:
        """Where it lies once it has stopped moving."""
        box = place.bounding_box()
        for _ in range(STIRS_MAX):
            self.page.evaluate(TWO_FRAMES)
            before, box = box, place.bounding_box() if place.count() else None
            if box == before:
                return box
        raise AssertionError(f"{place} never stops moving; it is at {box}")


def _turns() -> Iterator[int]:
    """Enough patience for something to arrive, and to be found."""
    for _ in range(4):
        yield from (250,) * 10
        yield from (-400,) * 8
