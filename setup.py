"""The optional C core; everything else about the package is in pyproject.toml.

The core is young, and built only when it is asked for: `KEYVIEW_BUILD_EXTENSION=1` tries to,
`KEYVIEW_REQUIRE_EXTENSION=1` insists. `KEYVIEW_DEBUG=1` has it check itself.
"""

import os
import sys
from glob import glob

from setuptools import Extension, setup
from setuptools.command.build_ext import build_ext

NATIVE = "src/keyview/_native"


def core() -> Extension:
    """The core: one translation unit, whose headers are in the same folder."""
    flags = [] if sys.platform == "win32" else ["-std=c11", "-fvisibility=hidden"]
    return Extension(
        "keyview._core",
        [f"{NATIVE}/module.c"],
        depends=glob(f"{NATIVE}/*.h"),
        extra_compile_args=flags + os.environ.get("KEYVIEW_CFLAGS", "").split(),
        define_macros=[("KEYVIEW_DEBUG", "1")] if os.environ.get("KEYVIEW_DEBUG") else [],
    )


class OptionalBuild(build_ext):
    """A core that cannot be compiled is left out, with a word; installing never fails for it."""

    def run(self) -> None:
        """Build, or say why not."""
        try:
            super().run()
        except Exception as error:  # whatever a compiler, or its absence, may raise
            if os.environ.get("KEYVIEW_REQUIRE_EXTENSION"):
                raise
            print(
                f"keyview: its C core was not built, because of this: {error}\n"
                f"keyview: it is installed in pure Python: slower, but complete",
                file=sys.stderr,
            )
            self.extensions = []


def is_wanted() -> bool:
    """Whether someone has asked for the core."""
    names = ("KEYVIEW_BUILD_EXTENSION", "KEYVIEW_REQUIRE_EXTENSION")
    return any(os.environ.get(name) for name in names)


if __name__ == "__main__":
    setup(
        ext_modules=[core()] if is_wanted() else [],
        cmdclass={"build_ext": OptionalBuild},
    )
