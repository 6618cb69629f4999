"""The director's page on the screen: its numbers, their lists, its age, and without a link."""

from datetime import timedelta
from typing import Any

from asset_model.errors import Refused
from tests.ui.boards import a_board, a_list, a_week, an_order, tablet
from tests.ui.desk import add_director, asked_once, with_desk
from tests.ui.town import Town

SAID = (
    "Bons d’urgence ouverts",
    "4 selon la loi · 16 selon la politique",
    "8 sur 10",
    "1 hors service",
    "3,2 semaines-équipe",
    "12\u00a0340\u00a0$",
    "+12\u00a0%",
    "88\u00a0%",
    "2 lignes n’ont pas de taux",
    "La règle du chiffre.",
)


def charts_said(screen: Any) -> str:
    return "\n".join(
        control.label
        for control in screen.controls()
        if getattr(control, "exclude_semantics", False) and control.label
    )


def test_the_director_comes_to_the_figures_first(town: Town) -> None:
    director, desk = add_director(town), with_desk(town, dashboard=a_board())

    with town.signed_in(director) as screen:
        asked_once(screen, desk)

        assert screen.has("go-board")
        assert not screen.has("go-new")
        for said in SAID:
            assert said in screen.text, said
        assert screen.failures == []


def test_what_a_chart_shows_is_said_in_words(town: Town) -> None:
    director, desk = add_director(town), with_desk(town, dashboard=a_board())

    with town.signed_in(director) as screen:
        asked_once(screen, desk)

        said = charts_said(screen)
        assert "Voirie\u00a0: 3,2 semaines-équipe" in said
        assert "Déneigement\u00a0: 11\u00a0000\u00a0$ l’an dernier" in said
        assert "7 prête" in said
        assert "1 hors service" in said


def test_quiet_tablets_are_told_above_all_numbers(town: Town) -> None:
    long_ago = (town.now - timedelta(hours=9)).isoformat()
    tablets = [
        tablet("T214", long_ago, quiet=True),
        tablet("T215", town.now.isoformat(), quiet=False),
    ]
    fresh = {"tablets": tablets, "to_settle": 3}
    director, desk = add_director(town), with_desk(town, dashboard=a_board(freshness=fresh))

    with town.signed_in(director) as screen:
        asked_once(screen, desk)

        told = screen.text
        assert "1 tablette non synchronisée depuis 9\u00a0h\u00a0: son travail" in told
        assert told.index("1 tablette non") < told.index("Bons d’urgence ouverts")
        assert "T214 · Voirie nord" in told
        assert "3 changements attendent" in told


def test_each_number_opens_its_list_with_the_same_narrowing(town: Town) -> None:
    director = add_director(town)
    desk = with_desk(town, dashboard=a_board(), dashboard_list=a_list(rows=[an_order()]))

    with town.signed_in(director) as screen:
        asked_once(screen, desk)
        screen.tap("board-crew-c1")
        screen.tap("month-before")
        asked_once(screen, desk, 3)
        screen.tap("board-overdue")
        asked_once(screen, desk, 4)

        narrowed = {"crew": "c1", "month": "2026-10"}
        assert desk.asked[-2:] == [
            ("dashboard", narrowed),
            ("dashboard-list", {**narrowed, "figure": "overdue"}),
        ]
        assert "1 ligne" in screen.text
        assert "en retard de 2\u00a0jours" in screen.text
        assert "Classe 4, 14 jours" in screen.text
        assert "selon la loi" in screen.text
        screen.tap("row-o1")
        assert screen.page.route == "/orders/o1"


def test_the_filters_stay_when_one_comes_back(town: Town) -> None:
    director = add_director(town)
    desk = with_desk(town, dashboard=a_board(), dashboard_list=a_list())

    with town.signed_in(director) as screen:
        asked_once(screen, desk)
        screen.tap("board-district-d1")
        asked_once(screen, desk, 2)
        screen.tap("board-emergencies")
        asked_once(screen, desk, 3)
        assert "Rien à compter ici." in screen.text
        screen.tap("back")

        assert screen.one("board-district-d1").checked


def test_without_a_link_the_last_word_is_shown_with_its_age(town: Town) -> None:
    director, desk = add_director(town), with_desk(town, dashboard=a_board())
    with town.signed_in(director) as screen:
        asked_once(screen, desk)

    desk.silent, town.now = True, town.now + timedelta(hours=3)
    with town.signed_in(director) as screen:
        screen.until(lambda: "ne répond pas" in screen.text)

        assert "Ce que vous voyez date de 03:12, il y a 3\u00a0h." in screen.text
        assert "8 sur 10" in screen.text
        desk.silent = False
        screen.tap("ask-again")
        screen.until(lambda: "ne répond pas" not in screen.text)


def test_before_anything_was_told_it_says_what_to_do(town: Town) -> None:
    director, desk = add_director(town), with_desk(town, dashboard=a_board())
    desk.silent = True

    with town.signed_in(director) as screen:
        screen.until(lambda: "ne répond pas" in screen.text)
        assert "Tableau de bord" in screen.text

        desk.silent = False
        screen.tap("ask-again")
        asked_once(screen, desk)
        assert "8 sur 10" in screen.text


def test_a_refusal_of_the_server_is_told_in_its_words(town: Town) -> None:
    director, desk = add_director(town), with_desk(town, dashboard=a_board())
    desk.refusal = Refused("person_inactive")

    with town.signed_in(director) as screen:
        screen.until(lambda: "ne travaille plus ici" in screen.text)

        assert screen.failures == []


def test_others_are_not_shown_the_page_and_do_not_ask_for_it(town: Town) -> None:
    desk = with_desk(town, dashboard=a_board())

    with town.signed_in("luc", route="/board") as screen:
        assert "Cette page n’est pas de votre rôle" in screen.text
        assert desk.asked == []
        assert not screen.has("go-board")


def test_a_long_list_is_read_page_by_page(town: Town) -> None:
    director = add_director(town)
    rows = [an_order(f"o{number}") for number in range(50)]
    listed = a_list(rows=rows, count=120, pages=3)
    desk = with_desk(town, dashboard=a_board(), dashboard_list=listed)

    with town.signed_in(director, route="/board/backlog/roads", width=800) as screen:
        asked_once(screen, desk)
        assert "Page 1 sur 3" in screen.text
        assert "120 lignes" in screen.text

        screen.tap("page-1")
        asked_once(screen, desk, 2)
        wanted = {"figure": "backlog", "part": "roads", "page": "1"}
        assert desk.asked[-1] == ("dashboard-list", wanted)
        shown = [key for key in screen.keys() if key.startswith("row-")]  # noqa: SIM118
        assert len(shown) == 50


def opened(screen: Any, key: str) -> Any:
    """What a browser is given that follows a button's link."""
    address = screen.one(key).action.url
    make = screen.page.data.workplace.printouts.maker_at(f"/office/{address}")
    assert make is not None
    return make()


def test_the_page_is_taken_away_narrowed_as_it_is_shown(town: Town) -> None:
    director, desk = add_director(town), with_desk(town, dashboard=a_board())

    with town.signed_in(director) as screen:
        asked_once(screen, desk)
        screen.tap("board-crew-c1")
        asked_once(screen, desk, 2)

        made = opened(screen, "take-pdf-en")
        assert made.content == b"/files/dashboard.pdf [('crew', 'c1'), ('language', 'en')]"
        assert opened(screen, "take-csv").content.startswith(b"/files/dashboard.csv")
        desk.silent = True
        made = opened(screen, "take-xml")
        assert (made.refused, made.content) == (True, "Le serveur ne répond pas.".encode())


def named(screen: Any, key: str) -> str:
    """What a screen reader says of a button."""
    labels: list[str] = [
        control.label for control in screen.controls() if getattr(control, "identifier", "") == key
    ]
    return labels[0]


def test_the_week_is_compared_in_words_with_two_others(town: Town) -> None:
    director, desk = add_director(town), with_desk(town, dashboard=a_board())

    with town.signed_in(director) as screen:
        asked_once(screen, desk)

        said = {
            "week-opened-week_before": "Bons créés, la semaine précédente 11, 4 de moins",
            "week-opened-year_before": "Bons créés, la même semaine l’an dernier 7, pareil",
            "week-calls-week_before": "Appels et signalements 311, la semaine précédente 5, "
            "4 de plus",
            "week-week_cost-week_before": "Coût du travail, la semaine précédente "
            "1\u00a0000\u00a0$, 240\u00a0$ de plus",
            "week-week_cost-winter-year_before": "Déneigement, la même semaine l’an dernier "
            "0\u00a0$, rien cette semaine-là",
            "week-week_compliance-week_before": "Respect des plans, la semaine précédente "
            "90\u00a0%, pas encore comparable",
            "week-spread": "Matériau épandu 1,24\u00a0t, 2 passages sans poids connu",
            "week-streets": "Rues parcourues 14,9\u00a0km, "
            "épandage 12,4\u00a0km · patrouille 2,5\u00a0km",
        }
        assert {key: named(screen, key) for key in said} == said
        assert "rien d’inscrit avant le 2026-01-12" in screen.text
        assert not screen.has("week-calls-year_before")
        assert "Semaine du 2026-11-23, jusqu’à" in screen.text


def test_a_number_of_another_week_opens_the_list_of_that_week(town: Town) -> None:
    director = add_director(town)
    a_pass = {
        "id": "p1", "table": "pass", "number": "TR-12", "status": "spreading", "place": None,
        "title": {"fr": "Rue du Pont", "en": "Rue du Pont"}, "at": "2026-11-17T08:12:00.000Z",
        "material": "salt", "rate": 120.0, "rate_unit": "kg_per_km", "metres": 251.0,
        "route": "/assets/tr",
    }  # fmt: skip
    before = {"first": "2026-11-16", "last": "2026-11-17", "until": None}
    listed = a_list("streets", rows=[a_pass], week=before)
    desk = with_desk(town, dashboard=a_board(), dashboard_list=listed)

    with town.signed_in(director) as screen:
        asked_once(screen, desk)
        screen.tap("week-before")
        asked_once(screen, desk, 2)
        screen.tap("week-streets-week_before")
        asked_once(screen, desk, 3)

        wanted = {"week": "2026-11-16", "figure": "streets", "beside": "week_before"}
        assert desk.asked[-1] == ("dashboard-list", wanted)
        assert "Semaine du 2026-11-16" in screen.text
        assert "0,25\u00a0km · sel 120\u00a0kg/km" in screen.text


def test_there_is_no_week_after_the_one_of_today(town: Town) -> None:
    director, over = add_director(town), a_week(first="2026-11-09", until=None)
    desk = with_desk(town, dashboard=a_board(week=over))

    with town.signed_in(director) as screen:
        asked_once(screen, desk)
        assert screen.has("week-after")

    with_desk(town, dashboard=a_board())
    town.now += timedelta(minutes=5)
    with town.signed_in(director) as screen:
        screen.until(lambda: "jusqu’à" in screen.text)
        assert not screen.has("week-after")
