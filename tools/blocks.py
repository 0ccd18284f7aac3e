"""The code blocks of a page, and the programs and files that they make.

A page is Markdown. The language of a block says what it is, and what must be true of it:

- `python`: the unnamed blocks of a page are one program, from top to bottom, which runs and is typed;
  `<!-- new program -->` above a block starts another. `# E: start` ends a line in which mypy must report an
  error.
- `output`, right below such a block: what the block prints, and the exception it ends with, if any, as
  `Traceback (most recent call last):` and the last line of Python's own.
- `python` whose first line is `# name.py`, or `toml` or `ini` whose first line is `# name`: a file. All files
  of a page are in one folder; a later one replaces an earlier one of the same name. A Python file must
  run, and be typed, even if no `console` block below it shows that. A file that imports another file of
  its page is typed only where `$ mypy` shows it.
- `console`: commands (`$ ...`) that are run in that folder, each with the output below it. `python` and
  `mypy` are run as they are, `mypy --config-file= name.py` is mypy without the plugin, `keyview` is the
  command. Any other command needs `<!-- not run: the reason -->` above the block.
- `toml`, `ini`, `yaml`, `json`: must be valid. `rust`, `java`, `csharp`, `cpp`, `zig`: the other language of
  a comparison. `text`: a drawing.

`...` in what is shown stands for anything.
"""

from __future__ import annotations

import ast
import doctest
import re
import shlex
import sys
from typing import TYPE_CHECKING, Final, NamedTuple

from markdown_it import MarkdownIt

import keyview

if TYPE_CHECKING:
    from pathlib import Path

INCLUDE: Final = re.compile(r"```\{include\} (?P<file>\S+)\n(:.*\n)*```\n")
FILE_NAME: Final = re.compile(r"# (?P<name>[\w-]+\.(py|toml|ini))\n")
NOTE: Final = re.compile(r"<!-- (?P<note>new program|not run: .+) -->")

#: The modules that are installed wherever keyview is.
THERE: Final = {"keyview", "typing_extensions", *sys.stdlib_module_names}

#: The configuration in the folder of a page.
CONFIGURATION: Final = '[tool.mypy]\nplugins = ["keyview.mypy"]\n'


class Block(NamedTuple):
    """A code block; `line` is the number of its first line of code, `note` the comment above it."""

    language: str
    line: int
    code: str
    note: str = ""

    @property
    def file(self) -> str | None:
        """The name, if the block is a file."""
        found = FILE_NAME.match(self.code)
        return found["name"] if found else None

    @property
    def commands(self) -> list[Command]:
        """The commands of a console block, each with its output."""
        parts = re.split(r"^\$ (.*)\n", self.code, flags=re.MULTILINE)
        return [
            Command(command, shlex.split(command), output)
            for command, output in zip(parts[1::2], parts[2::2], strict=True)
        ]


class Command(NamedTuple):
    """A command, split into words, and the output shown below it."""

    text: str
    words: list[str]
    output: str


class Snippet(NamedTuple):
    """A block of a program, and the output that the page shows."""

    block: Block
    output: str


def text_of(page: Path) -> str:
    """The text of a page, or of the page that it includes, which is installed with keyview."""
    text = page.read_text("utf-8")
    included = INCLUDE.fullmatch(text)
    return (page.parent / included["file"]).read_text("utf-8") if included else text


def blocks(page: Path) -> list[Block]:
    """The code blocks of a page, in order; not those that are directives of Sphinx."""
    found = []
    note = ""
    for token in MarkdownIt().parse(text_of(page)):
        if token.type == "html_block" and (comment := NOTE.match(token.content)):
            note = comment["note"]
        elif token.type == "fence" and not token.info.startswith("{"):
            assert token.map
            found.append(Block(token.info, token.map[0] + 2, token.content, note))
            note = ""
    return found


def programs(page: Path) -> list[list[Snippet]]:
    """The programs that the unnamed Python blocks of a page make."""
    found: list[list[Snippet]] = []
    all_blocks = blocks(page)
    for number, block in enumerate(all_blocks):
        if block.language == "python" and not block.file:
            if not found or block.note:
                found.append([])
            below = all_blocks[number + 1 : number + 2]
            output = below[0].code if below and below[0].language == "output" else ""
            found[-1].append(Snippet(block, output))
    return found


def story(page: Path) -> list[Block | Command]:
    """The files of a page and the commands that it shows, in order."""
    steps: list[Block | Command] = []
    for block in blocks(page):
        if block.file:
            steps.append(block)
        elif block.language == "console" and not block.note:
            steps.extend(block.commands)
    return steps


def is_shown(steps: list[Block | Command], file: Block, program: str) -> bool:
    """Whether a command shows what `program` says of `file`, before another file takes its name."""
    for step in steps[steps.index(file) + 1 :]:
        if isinstance(step, Block):
            if step.file == file.file:
                break
        elif step.words[0] == program and file.file in step.words:
            return True
    return False


def examples(page: Path) -> list[tuple[Block, str]]:
    """The Python blocks of a page that can be run alone, each with its program up to the block's end."""
    found = [
        (block, block.code) for block in blocks(page) if block.file and block.language == "python"
    ]
    for program in programs(page):
        for number, snippet in enumerate(program, 1):
            so_far = "\n".join(earlier.block.code for earlier in program[:number])
            found.append((snippet.block, so_far))
    return sorted(
        ((block, code) for block, code in found if is_self_contained(code)),
        key=lambda example: example[0].line,
    )


def is_self_contained(program: str) -> bool:
    """Whether a program imports only modules that are installed wherever keyview is."""
    imported = set()
    for node in ast.walk(ast.parse(program)):
        if isinstance(node, ast.Import):
            imported |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            imported.add(node.module or "")
    return {name.partition(".")[0] for name in imported} <= THERE


def program_of_session(session: str) -> str:
    """A program that does and prints what an interactive session with keyview shows."""
    parts = []
    for example in doctest.DocTestParser().get_examples(session):
        source = example.source.rstrip("\n")
        [statement] = ast.parse(source).body
        if isinstance(statement, ast.Expr) and example.want and not example.exc_msg:
            is_same = not example.want.startswith(
                ("'", "(", "b'")
            )  # str() and repr() are the same.
            source = f"print({source})" if is_same else f"print(repr(({source})))"
        parts.append(source)
    code = "\n".join(parts) + "\n"
    names = [name for name in keyview.__all__ if re.search(rf"\b{name}\b", code)]
    return f"from keyview import {', '.join(names)}\n\n{code}"
