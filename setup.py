"""The native backend, and the links in the package's metadata; everything else is in pyproject.toml.

The C is compiled by default; if that is not possible, the native backend is left out, with a message on
stderr. With `KEYVIEW_REQUIRE_EXTENSION=1` that is an error, with `KEYVIEW_NO_EXTENSION=1` nothing is
compiled. With `KEYVIEW_DEBUG=1` the C checks itself; `KEYVIEW_CFLAGS` has more flags for the compiler.
With either of the last two the library keeps its symbols, for debuggers, profilers and sanitizers;
otherwise it is stripped.
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
    """The native backend: one translation unit, whose headers are in the same folder."""
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
    """Leaves the native backend out if it cannot be compiled, unless it is required."""

    def run(self) -> None:
        try:
            super().run()
        except (BaseError, CCompilerError) as error:  # setuptools' own, of a compiler or of none
            if is_set("KEYVIEW_REQUIRE_EXTENSION"):
                sys.exit(
                    f"keyview: KEYVIEW_REQUIRE_EXTENSION asks for the native backend, which could not be "
                    f"compiled: {error}; install a C compiler and Python's headers, or unset it"
                )
            print(
                f"keyview: the native backend could not be compiled: {error}; keyview will be pure Python, "
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
    """The native backend, unless KEYVIEW_NO_EXTENSION is set."""
    if not is_set("KEYVIEW_NO_EXTENSION"):
        return [core()]
    if is_set("KEYVIEW_REQUIRE_EXTENSION"):
        sys.exit(
            "keyview: KEYVIEW_REQUIRE_EXTENSION asks for the native backend, KEYVIEW_NO_EXTENSION for none; "
            "unset one of them"
        )
    return []


if __name__ == "__main__":
    setup(
        ext_modules=extensions(),
        cmdclass={"build_ext": OptionalBuild},
        project_urls=runpy.run_path("src/keyview/_about.py")["urls"](),
    )
