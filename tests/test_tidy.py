"""The house's measures: sizes, names, and what may not be written where."""

import ast
import re
from fnmatch import fnmatch
from statistics import median

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.sources import REPOSITORY, Source, production, project, sources

FILE_LINES_MAX, FILE_LINES_MEDIAN = 300, 120
FUNCTION_LINES_MAX, FUNCTION_LINES_MEDIAN = 50, 10
LINE_COLUMNS_MAX = 100

# Names that say nothing of what is inside.
EMPTY_NAMES = {"utils", "helpers", "common", "misc", "services", "managers"}

# What reads the world, where the world should be handed in.
AMBIENT = {
    "datetime.now",
    "datetime.utcnow",
    "datetime.datetime.now",
    "datetime.datetime.utcnow",
    "date.today",
    "datetime.date.today",
    "time.time",
    "time.sleep",
    "os.environ",
    "os.getenv",
}
# Where the world is read, once, and handed on.
ENTRY_POINTS = {
    "*/cli.py": "a command is where a person's wish, the clock and the environment come in",
    "*/cli/*.py": "the same, one command a file",
    "*/settings.py": "the one reading of the environment",
    "*/__main__.py": "a command",
    "field_app/tablet.py": "starts the tablet's process",
    "field_app/office.py": "starts the office's screens in the server's process",
    "*/migrations/env.py": "Alembic's entry point",
    "scripts/*.py": "commands for developers",
}
# Tests may set the stage, but may not wait for time to pass.
BANNED_IN_TESTS = {"time.sleep"}

# One letter in brackets, so that this file does not hold what it looks for.
LEFTOVERS = re.compile(
    r"\bTO[D]O\b|\bFIX[M]E\b|\bXX[X]\b|NotImplemented[E]rror|break[p]oint\("
    r"|pytest\.(mark\.)?(sk[i]p|sk[i]pif|xf[a]il|import[o]rskip)\b"
)
ELSEWHERE = re.compile(
    r"/wor[k]/(main|shared)|/tm[p]/plan|/roo[t]/|/op[t]/"
    r"|py[p]i\.org|python[h]osted\.org|npm[j]s\.(com|org)"
)
TEXTS = {".py", ".toml", ".md", ".txt", ".ini", ".po", ".html", ".yaml", ".yml", ".json", ""}
MADE_HERE = re.compile(r"\.(?!ci/|gitignore)|build/|dist/|node_modules/|.*__pycache__")


def names_used(source: Source) -> set[str]:
    """Every dotted name that a file mentions, such as `os.environ`."""
    nodes = (node for node in ast.walk(source.tree) if isinstance(node, ast.Attribute))
    return {ast.unparse(node) for node in nodes}


def is_entry_point(source: Source) -> bool:
    return any(fnmatch(source.path, pattern) for pattern in ENTRY_POINTS)


def test_no_file_is_longer_than_its_measure() -> None:
    long = {source.path: source.lines for source in sources() if source.lines > FILE_LINES_MAX}

    assert long == {}


def test_half_the_files_are_short() -> None:
    # A package's `__init__.py` of one sentence would make the measure easy.
    lengths = [source.lines for source in sources() if source.lines > 5]

    assert median(lengths) <= FILE_LINES_MEDIAN


def test_no_function_is_longer_than_its_measure() -> None:
    long = {
        f"{source.path}:{name}": lines
        for source in sources()
        if not source.is_revision
        for name, lines in source.functions()
        if lines > FUNCTION_LINES_MAX
    }

    assert long == {}


def test_half_the_functions_are_short() -> None:
    lengths = [lines for source in sources() for _, lines in source.functions()]

    assert median(lengths) <= FUNCTION_LINES_MEDIAN


def test_no_line_is_wider_than_its_measure() -> None:
    wide = [
        f"{source.path}:{number}"
        for source in sources()
        for number, line in enumerate(source.text.splitlines(), start=1)
        if len(line) > LINE_COLUMNS_MAX
    ]

    assert wide == []


def test_every_name_says_what_is_inside() -> None:
    empty = [s.path for s in sources() if EMPTY_NAMES & set(s.module.split("."))]

    assert empty == []


def test_only_entry_points_read_the_clock_and_the_environment() -> None:
    reading = {
        source.path: sorted(found)
        for source in production()
        if not is_entry_point(source) and (found := AMBIENT & names_used(source))
    }

    assert reading == {}


def test_no_test_waits_for_time_to_pass() -> None:
    waiting = [
        source.path
        for source in sources()
        if source.path.startswith("tests/") and BANNED_IN_TESTS & names_used(source)
    ]

    assert waiting == []


def test_nothing_is_left_for_later() -> None:
    left = [
        f"{source.path}:{number}: {line.strip()}"
        for source in sources()
        for number, line in enumerate(source.text.splitlines(), start=1)
        if LEFTOVERS.search(line)
    ]

    assert left == []


def test_nothing_names_one_machine_or_a_package_host() -> None:
    texts = {
        name: path.read_text(encoding="utf-8", errors="replace")
        for path in REPOSITORY.rglob("*")
        if not MADE_HERE.match(name := path.relative_to(REPOSITORY).as_posix())
        and path.suffix in TEXTS
        and path.is_file()
    }

    assert [name for name, text in texts.items() if ELSEWHERE.search(text)] == []


def test_decision_records_are_numbered_without_gap_or_double() -> None:
    records = sorted((REPOSITORY / "docs" / "decisions").glob("*.md"))
    numbers = [record.name[:5] for record in records]

    assert numbers == [f"{number:04}-" for number in range(1, len(records) + 1)]


def test_the_changelog_opens_on_the_version_of_the_project() -> None:
    text = (REPOSITORY / "CHANGELOG.md").read_text(encoding="utf-8")
    versions = re.findall(r"^## (\S+)", text, flags=re.MULTILINE)

    assert versions[0] == project()["project"]["version"]


def test_the_lock_holds_everything_that_the_project_asks_for() -> None:
    declared = project()["project"]
    groups = [declared["dependencies"], *declared["optional-dependencies"].values()]
    wanted = {canonicalize_name(Requirement(line).name) for group in groups for line in group}
    lock = (REPOSITORY / "requirements" / "all.txt").read_text(encoding="utf-8")

    assert wanted - set(re.findall(r"^([a-z0-9.-]+)==", lock, flags=re.MULTILINE)) == set()
