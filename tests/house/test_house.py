"""The tools that keep the house in order, run as pyproject.toml configures them."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
SCRIPTS = Path(sys.executable).parent

SCHEMAS = {
    "dependabot": ".github/dependabot.yml",
    "github-actions": "action.yml",
    "github-issue-config": ".github/ISSUE_TEMPLATE/config.yml",
    "github-issue-forms": ".github/ISSUE_TEMPLATE/[!c]*.yml",
    "github-workflows": ".github/workflows/*.yml",
    "gitlab-ci": "templates/gitlab-ci.yml",
}
TOOLS = {
    "mypy": [sys.executable, "-m", "mypy"],
    "ruff check": [sys.executable, "-m", "ruff", "check"],
    "ruff format": [sys.executable, "-m", "ruff", "format", "--check"],
    **{
        schema: [
            *(str(SCRIPTS / "check-jsonschema"), "--builtin-schema", f"vendor.{schema}"),
            *map(str, sorted(ROOT.glob(files))),
        ]
        for schema, files in SCHEMAS.items()
    },
    "pre-commit": [str(SCRIPTS / "pre-commit"), "validate-manifest", ".pre-commit-hooks.yaml"],
    "clang-format": [
        *(str(SCRIPTS / "clang-format"), "--dry-run", "--Werror"),
        *(str(path) for path in sorted((ROOT / "src").rglob("*.[ch]"))),
    ],
    "import-linter": [str(SCRIPTS / "lint-imports"), "--no-cache"],
}


@pytest.mark.parametrize("command", TOOLS.values(), ids=TOOLS)
def test_a_tool_finds_nothing(command: list[str]) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"{done.stdout}{done.stderr}"


# -- the plugin -----------------------------------------------------------------------------------

PLUGIN = ROOT / "src" / "keyview" / "mypy"
HOST = PLUGIN / "host"
OUTSIDE_OF_HOST = [path for path in PLUGIN.rglob("*.py") if HOST not in path.parents]

#: The public modules of mypy: its trees and types, and functions about them.
SHOWN = {
    "mypy.errorcodes",
    "mypy.expandtype",
    "mypy.maptype",
    "mypy.meet",
    "mypy.messages",
    "mypy.nodes",
    "mypy.options",
    "mypy.patterns",
    "mypy.plugin",
    "mypy.plugins.default",
    "mypy.subtypes",
    "mypy.typeops",
    "mypy.types",
    "mypy.typevars",
}
FULL_NAME = re.compile(r"(keyview|[a-z_]+)(\.\w+)*\.[A-Za-z]\w*")


def nodes_of(path: Path) -> Iterator[ast.AST]:
    return ast.walk(ast.parse(path.read_text("utf-8")))


def is_for_annotations(node: ast.AST, path: Path) -> bool:
    """Whether a node is an import for type checkers only."""
    blocks = (
        block
        for block in nodes_of(path)
        if isinstance(block, ast.If) and ast.unparse(block.test) == "TYPE_CHECKING"
    )
    return any(
        isinstance(node, ast.ImportFrom) and ast.unparse(node) == ast.unparse(each)
        for block in blocks
        for each in block.body
    )


@pytest.mark.parametrize("path", OUTSIDE_OF_HOST, ids=lambda path: path.stem)
def test_only_the_host_touches_what_is_private_to_mypy(path: Path) -> None:
    for node in nodes_of(path):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("mypy"):
            assert node.module in SHOWN or is_for_annotations(node, path), ast.unparse(node)
        if isinstance(node, ast.Attribute) and node.attr.startswith("_"):
            # What a named tuple has is public, in spite of its name.
            is_public = node.attr.startswith("__") or node.attr in (
                "_asdict",
                "_fields",
                "_replace",
            )
            assert is_public or ast.unparse(node.value) == "self", ast.unparse(node)


@pytest.mark.parametrize("path", sorted(PLUGIN.rglob("*.py")), ids=lambda path: path.stem)
def test_full_names_are_written_in_names_alone(path: Path) -> None:
    names = [
        node.value
        for node in nodes_of(path)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and FULL_NAME.fullmatch(node.value)
        and node.value.partition(".")[0] in {"keyview", *sys.stdlib_module_names}
    ]
    assert len(set(names)) == len(names)
    assert path.stem == "names" or not names
