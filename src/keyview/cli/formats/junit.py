"""`--format junit`: a test for each file, which fails if there are messages about the file."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from keyview.cli.formats.common import code_of, path_of, text_of

if TYPE_CHECKING:
    from keyview.cli.result import Result
    from keyview.cli.terminal import Style

__all__ = ["junit"]


def junit(result: Result, _style: Style) -> str:
    """A suite of tests."""
    errors = [message for message in result.shown if message.is_error]
    files = dict.fromkeys([*map(path_of, errors), *result.files])
    suites = Element("testsuites")
    suite = SubElement(suites, "testsuite", name="keyview check", errors="0", skipped="0")
    suite.set("tests", str(len(files)))
    suite.set("failures", str(len({path_of(message) for message in errors})))
    for file in files:
        case = SubElement(suite, "testcase", classname="keyview", name=file, file=file, time="0")
        found = [message for message in errors if path_of(message) == file]
        if found:
            codes = ", ".join(dict.fromkeys(map(code_of, found)))
            failure = SubElement(case, "failure", type=codes, message=found[0].text)
            failure.text = "\n".join(f"{file}:{each.line}: {text_of(each)}" for each in found)
    indent(suites)
    head = '<?xml version="1.0" encoding="utf-8"?>\n'
    return f"{head}{tostring(suites, encoding='unicode')}\n"
