"""The C core, where it can be had, and the package's links; everything else is in pyproject.toml.

The core is compiled by default, and a core that cannot be compiled is left out, with a word on stderr.
`KEYVIEW_REQUIRE_EXTENSION=1` insists on it, `KEYVIEW_NO_EXTENSION=1` leaves it out, `KEYVIEW_DEBUG=1` has
it check itself; `KEYVIEW_CFLAGS` are more flags for the compiler. With either of the last two the library
keeps its symbols, for debuggers, profilers and sanitizers; else it is stripped of what nobody links to.
"""

import os
import runpy
import sys
from glob import glob

from setuptools import Extension, setup
from setuptools.command.build_ext import build_ext
from setuptools.errors import BaseError, CCompilerError

NATIVE = "src/keyview/_native"
#: What has the linker leave out the symbols; on Windows they are in a file of their own.
STRIP = {"darwin": ["-Wl,-S,-x"], "linux": ["-Wl,--strip-all"]}


def is_set(name: str) -> bool:
    return os.environ.get(name, "") not in ("", "0")


def core() -> Extension:
    """The core: one translation unit, whose headers are in the same folder."""
    flags = [] if sys.platform == "win32" else ["-std=c11", "-fvisibility=hidden"]
    more = os.environ.get("KEYVIEW_CFLAGS", "").split()
    is_release = not more and not is_set("KEYVIEW_DEBUG")
    return Extension(
        "keyview._core",
        [f"{NATIVE}/module.c"],
        depends=glob(f"{NATIVE}/*.h"),
        extra_compile_args=flags + more,
        extra_link_args=STRIP.get(sys.platform, []) if is_release else [],
        define_macros=[("KEYVIEW_DEBUG", "1")] if is_set("KEYVIEW_DEBUG") else [],
    )


class OptionalBuild(build_ext):
    """A core that cannot be compiled is left out, unless it is required."""

    def run(self) -> None:
        try:
            super().run()
        except (BaseError, CCompilerError) as error:  # setuptools' own, of a compiler or of none
            if is_set("KEYVIEW_REQUIRE_EXTENSION"):
                sys.exit(
                    f"keyview: KEYVIEW_REQUIRE_EXTENSION asks for the C core, which could not be "
                    f"compiled: {error}; install a C compiler and Python's headers, or unset it"
                )
            print(
                f"keyview: the C core could not be compiled: {error}; keyview will be pure Python, "
                f"complete but slower",
                file=sys.stderr,
            )
            self.leave_out()

    def leave_out(self) -> None:
        """What is built from here on is for every platform, and a wheel's name must say so."""
        self.extensions = self.distribution.ext_modules = []
        if wheel := self.distribution.get_command_obj("bdist_wheel", create=False):
            wheel.root_is_pure = True


def extensions() -> list[Extension]:
    """The core, unless it is not wanted."""
    if not is_set("KEYVIEW_NO_EXTENSION"):
        return [core()]
    if is_set("KEYVIEW_REQUIRE_EXTENSION"):
        sys.exit(
            "keyview: KEYVIEW_REQUIRE_EXTENSION asks for the C core and KEYVIEW_NO_EXTENSION for none; "
            "unset one of them"
        )
    return []


if __name__ == "__main__":
    setup(
        ext_modules=extensions(),
        cmdclass={"build_ext": OptionalBuild},
        project_urls=runpy.run_path("src/keyview/_about.py")["urls"](),
    )
