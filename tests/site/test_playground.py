"""The playground in a real browser, over HTTP: mypy and the program, in the reader's own hands."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import pytest

from tests.site.test_browser import HERE, skip_without_browser

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ROOT = HERE.parents[1]


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing of each request."""


@pytest.fixture(scope="module")
def origin(site: Path) -> Iterator[str]:
    """The address of the site with its playground."""
    skip_without_browser()
    build = [sys.executable, str(ROOT / "docs/playground/build.py"), str(site / "playground")]
    done = subprocess.run(build, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(site))) as server:
        threading.Thread(target=server.serve_forever).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.fixture(scope="module")
def seen(origin: str, site: Path) -> Any:
    """What playground.mjs saw."""
    command = ["node", str(HERE / "playground.mjs"), origin, str(site)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=500)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_a_link_holds_a_program(seen: Any) -> None:
    assert seen["linked"] == 'import keyview\nprint("Grüße ✓", keyview.backend)\n'
    assert "holds no program" in seen["unreadable"]


def test_it_runs_with_keyview_in_pure_python(seen: Any) -> None:
    assert seen["printed"] == "Grüße ✓ pure\n"
    assert seen["before"].startswith(("Loading Python and mypy, ", "Starting Python"))
    assert "mypy 2." in seen["about"]


def test_no_module_is_compiled_while_the_reader_waits(seen: Any) -> None:
    assert seen["compiledHere"] == "True [] compiled here\n"


def test_what_is_to_run_when_python_is_there_can_be_stopped(seen: Any) -> None:
    assert seen["stoppedLoading"] == {"status": seen["about"], "printed": ""}


def test_a_link_holds_the_options_too(seen: Any) -> None:
    shared = seen["shared"]
    assert shared["link"].endswith("&strict&alone")
    assert shared["after"] == shared["before"]
    told = "".join(shared["after"]["errors"])
    assert "Function is missing a type annotation" in told
    assert "[key-view]" not in told, "mypy alone says nothing of the lookup as such."


def test_a_wrong_lookup_is_an_error_at_its_line_until_it_is_mended(seen: Any) -> None:
    (error,) = seen["wrong"]["errors"]
    assert error.startswith(
        'Line 2 error: "in" looks up "int", which can never find one of the "str"'
    )
    assert seen["wrong"]["lines"] == ["2"]
    assert seen["wrong"]["underlined"] == ["1 in ages"]
    assert seen["wrong"]["page"] == "errors/key-view.html"
    assert seen["mended"] == {"errors": [], "lines": [], "underlined": []}


def test_a_program_leaves_nothing_to_the_next(seen: Any) -> None:
    assert seen["rude"] == "['main.py']\n"
    assert 'File "main.py", line 2' in seen["traceback"]


def test_what_a_program_raises_is_shown_as_python_shows_it(seen: Any) -> None:
    assert seen["traceback"] == (
        "Traceback (most recent call last):\n"
        '  File "main.py", line 4, in <module>\n'
        "    half(1)\n"
        "    ~~~~^^^\n"
        '  File "main.py", line 2, in half\n'
        "    return n / 0\n"
        "           ~~^~~\n"
        "ZeroDivisionError: division by zero\n"
    )
    assert seen["syntaxError"].startswith('  File "main.py", line 1\n')


def test_an_endless_program_can_be_stopped(seen: Any) -> None:
    assert seen["endless"].startswith("on and on\n")
    assert len(seen["endless"]) < 110_000
    assert seen["stopped"] == seen["about"], "There is a spare worker: nothing is loaded."
    assert seen["afterStop"] == "42\n"


def test_the_keyboard_leaves_the_editor(seen: Any) -> None:
    assert (seen["tab"], seen["shiftTab"]) == (False, False)


def test_the_examples_of_the_site_are_there(seen: Any) -> None:
    assert "short_key.py" in seen["examples"]
    assert "word_index.py" not in seen["examples"], "it needs rich"
    assert any("sessions.py" in title for title in seen["examples"])
    assert "NewType" in seen["chosen"]


def test_it_is_readable_and_fetches_nothing_from_elsewhere(seen: Any) -> None:
    assert seen["looks"] == []
    assert seen["diagnostics"] == []


def test_opened_from_a_file_it_says_what_it_needs(seen: Any) -> None:
    assert "serve the site" in seen["file"]["status"]
    assert not seen["file"]["run"]
    assert seen["file"]["program"]
