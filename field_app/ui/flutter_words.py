"""Flutter's own words, in the language of the screen: menus of a field, names of its parts."""

import flet as ft

SPOKEN = (ft.Locale("fr", "CA"), ft.Locale("en", "CA"))


def speak(page: ft.Page, language: str) -> None:
    """To be told to the page with its next update."""
    current = next((one for one in SPOKEN if one.language_code == language), SPOKEN[0])
    page.locale_configuration = ft.LocaleConfiguration(list(SPOKEN), current)
