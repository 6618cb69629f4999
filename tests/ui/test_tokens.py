"""Every colour can be read where it is used (WCAG 2.2, contrast of relative luminances)."""

import pytest

from field_app.ui.tokens import LOOKS, MAIN_PX, ROW_PX, TARGET_PX, Palette

AA = 4.5
WORDS = ("ink", "soft", "action", "good", "warn", "bad")
FILLS = ("action_fill", "good_fill", "warn_fill", "bad_fill")


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.fixture(params=sorted(LOOKS))
def palette(request: pytest.FixtureRequest) -> Palette:
    return LOOKS[request.param]


@pytest.mark.parametrize("word", WORDS)
def test_words_are_legible_on_ground_and_on_surface(palette: Palette, word: str) -> None:
    colour = getattr(palette, word)

    assert _contrast(colour, palette.ground) >= AA
    assert _contrast(colour, palette.surface) >= AA


@pytest.mark.parametrize("fill", FILLS)
def test_ink_is_legible_on_every_fill(palette: Palette, fill: str) -> None:
    assert _contrast(palette.ink, getattr(palette, fill)) >= AA


@pytest.mark.parametrize("filled", ["action", "good", "warn", "bad", "soft"])
def test_the_words_of_a_chosen_answer_are_legible(palette: Palette, filled: str) -> None:
    assert _contrast(palette.surface, getattr(palette, filled)) >= AA


def test_the_main_action_is_legible(palette: Palette) -> None:
    assert _contrast(palette.on_action, palette.action) >= AA


def test_a_main_action_that_cannot_be_taken_yet_is_legible(palette: Palette) -> None:
    assert _contrast(palette.soft, palette.off_fill) >= AA


def test_what_is_chosen_is_legible_and_stands_out_from_the_rest(palette: Palette) -> None:
    assert _contrast(palette.action, palette.action_fill) >= AA
    assert _contrast(palette.action_fill, palette.surface) > 1.15


def test_what_is_chosen_stands_out_most_in_high_contrast() -> None:
    for name in ("contrast_day", "contrast_night"):
        assert _contrast(LOOKS[name].action_fill, LOOKS[name].surface) > 2


def test_what_cannot_be_pressed_yet_does_not_look_like_what_can_in_any_look(
    palette: Palette,
) -> None:
    assert _contrast(palette.off_fill, palette.surface) > 1.3


CONTRAST = ("contrast_day", "contrast_night")
AAA = 7.0
PAIRS = [
    *((word, under) for word in WORDS for under in ("ground", "surface")),
    *((word, f"{word}_fill") for word in ("good", "warn", "bad")),
    *((word, "action_fill") for word in WORDS),  # Of a row that is chosen.
    *(("ink", fill) for fill in FILLS),
    *(("surface", filled) for filled in ("action", "good", "warn", "bad", "soft")),
    ("on_action", "action"), ("soft", "off_fill"), ("line", "ground"), ("line", "surface"),
]  # fmt: skip


@pytest.mark.parametrize("name", CONTRAST)
@pytest.mark.parametrize(("word", "under"), PAIRS)
def test_in_high_contrast_every_pair_is_seven_to_one(name: str, word: str, under: str) -> None:
    look = LOOKS[name]

    assert _contrast(getattr(look, word), getattr(look, under)) >= AAA


def test_high_contrast_has_thick_edges() -> None:
    assert [LOOKS[name].edge_px for name in CONTRAST] == [3, 3]


def test_targets_fit_a_gloved_finger() -> None:
    assert (TARGET_PX, ROW_PX, MAIN_PX) == (48, 56, 64)
