"""mypy's own tests, without the plugin and with it: `python -m tools.mypy_suite CHECKOUT [PYTEST OPTIONS]`.

CHECKOUT is mypy's source, of the version that is installed: what is installed has the code of the tests, but
not the programs that they check. Some 8,000 programs and 700 of the daemon take seven minutes in all. Prints
the tests that one of the two runs fails and the other does not, each with the lines that differ from what
mypy expects. Such a test should have an error of ours in place of mypy's, or one that mypy misses.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT: Final = Path(__file__).resolve().parents[1]
SUITES: Final = ("mypy.test.testcheck", "mypy.test.testfinegrained")
#: For the tests: a file that configures the plugin.
CONFIG: Final = "KEYVIEW_MYPY_CONFIG"


def main(checkout: Path, options: list[str]) -> None:
    data = checkout / "test-data" / "unit"
    if not data.is_dir():
        sys.exit(f"{checkout} has no test-data/unit; name a folder with mypy's source")
    with tempfile.TemporaryDirectory(prefix="keyview-mypy-") as folder:
        config = Path(folder, "mypy.ini")
        config.write_text("[mypy]\nplugins = keyview.mypy\n", "utf-8")
        without, with_it = (
            failures(checkout, Path(folder, "report.xml"), options, setting)
            for setting in ("", str(config))
        )
    for name in sorted(without.keys() ^ with_it.keys()):
        which, lines = ("with", with_it) if name in with_it else ("without", without)
        print(f"{name}: fails {which} the plugin", *lines[name], sep="\n")


def failures(checkout: Path, report: Path, options: list[str], config: str) -> dict[str, list[str]]:
    """The tests that fail, and the lines in which mypy says something else than they expect."""
    pytest = [sys.executable, "-m", "pytest", "-q", "--tb=no", "-p", "no:cacheprovider"]
    plugins = ["-p", "mypy.test.data", "-p", "tools.mypy_suite"]
    written = [f"--junitxml={report}", "-o", "junit_logging=all"]
    environment = {
        **os.environ,
        "MYPY_TEST_PREFIX": str(checkout),
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "src")]),
        CONFIG: config,
    }
    done = subprocess.run(
        [*pytest, *plugins, *written, "--pyargs", *SUITES, *options],
        cwd=checkout / "test-data",  # Without the configuration of anybody's tests.
        env=environment,
        check=False,
    )
    if done.returncode not in (0, 1):  # All passed, or some failed.
        raise SystemExit(done.returncode)
    return {
        # Two files may have a test of one name.
        f"{case.get('classname')}.{case.get('name')}": differing(case.findtext("system-err") or "")
        for case in ET.parse(report).iter("testcase")
        if case.find("failure") is not None
    }


def differing(output: str) -> list[str]:
    """The lines that mypy's tests mark as different."""
    lines = (re.sub(r"\x1b\[\d*m|#x1B\[\d*m", "", line) for line in output.splitlines())
    return [line.removesuffix(" (diff)") for line in lines if line.endswith(" (diff)")]


def pytest_configure() -> None:
    """In the processes that run the tests: let mypy have the plugin, if there is a configuration."""
    if config := os.environ.get(CONFIG):
        for suite in map(import_module, SUITES):
            suite.parse_options = with_plugin(suite.parse_options, config)  # type: ignore[attr-defined]


def with_plugin(parse_options: Callable[..., Any], config: str) -> Callable[..., Any]:
    def parse(*arguments: Any, **named: Any) -> Any:
        options = parse_options(*arguments, **named)
        options.config_file = options.config_file or config
        options.plugins = [*options.plugins, "keyview.mypy"]
        return options

    return parse


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve(), sys.argv[2:])
