"""The fix for each advice that the plugin's notes give, and whether it is safe.

A fix is safe if the conversion cannot fail for any value of the type. Every fix may make a lookup succeed
that never did: that is its purpose.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from keyview.mypy.host.run import Message

__all__ = ["ADVICE", "UNHASHABLE", "WITHOUT_FIX", "Fix", "fix_for"]


@dataclass(frozen=True)
class Fix:
    """How to convert a query."""

    #: The new code, with `{}` for the query.
    code: str
    is_safe: bool
    #: The module to import, and the name to import from it if it is not the module itself.
    module: str = ""
    name: str | None = None
    #: The types of query and key that the fix is for, as mypy shows them; None for all with this advice.
    of: str | None = None
    to: str | None = None


#: The fixes for each advice. The first that fits the types of the error is used.
ADVICE: Final[dict[str, tuple[Fix, ...]]] = {
    "look up str(path)": (Fix("str({})", is_safe=True),),
    "look up str(uuid)": (Fix("str({})", is_safe=True),),
    "look up str(address)": (Fix("str({})", is_safe=True),),
    # For a float or a Decimal, several texts stand for one number.
    "look up str(number)": (
        Fix("str({})", is_safe=True, of="int"),
        Fix("str({})", is_safe=False),
    ),
    "look up bytes(buffer)": (Fix("bytes({})", is_safe=True),),
    "look up tuple(items)": (Fix("tuple({})", is_safe=True),),
    "look up frozenset(items)": (Fix("frozenset({})", is_safe=True),),
    "look up Path(text)": (
        Fix("Path({})", is_safe=True, module="pathlib", name="Path", to="Path"),
    ),
    "look up uuid.UUID(text)": (Fix("uuid.UUID({})", is_safe=False, module="uuid"),),
    "look up int(text)": (Fix("int({})", is_safe=False),),
    "look up float(text)": (Fix("float({})", is_safe=False),),
    "look up Decimal(text)": (Fix("Decimal({})", is_safe=False, module="decimal", name="Decimal"),),
    "look up ipaddress.ip_address(text)": (
        Fix("ipaddress.ip_address({})", is_safe=False, module="ipaddress"),
    ),
    "decode it first": (Fix("{}.decode()", is_safe=False),),
    "encode it first": (Fix("{}.encode()", is_safe=False),),
    "look up its .value": (Fix("{}.value", is_safe=False),),
}
#: Advice that leaves something to decide.
WITHOUT_FIX: Final = frozenset(
    {
        "look up str(buffer, encoding)",
        "look up moment.isoformat(), if that is how it is stored",
        "look up date.isoformat(), if that is how it is stored",
        "look up datetime.fromisoformat(text)",
        "look up date.fromisoformat(text)",
        "look up its .value or .name",
        "look up the member",
        "look up frozendict(mapping)",
    }
)
#: The notes whose advice may be about the whole query. Others are about the elements of a tuple.
WHOLE: Final = re.compile(
    r'"(?P<of>[^"]*)" (?:and "(?P<to>[^"]*)" never compare equal|can change, and so has no hash)'
    r"; (?P<advice>.*)"
)
#: What an error says of a query that cannot be hashed; such an error names no operation.
UNHASHABLE: Final = " cannot be hashed, so this lookup in "
#: What an error says is looked up. The note of a union names one of its members alone.
ASKED: Final = re.compile(
    rf'(?:(?:.*? looks up|Invalid index type) (?=")|(?=.*"{UNHASHABLE}))"(?P<type>[^"]*)"'
)


def fix_for(message: Message) -> Fix | None:
    """The fix for the advice in the notes of an error, if there is one."""
    asked = ASKED.match(message.text)
    for note in message.notes:
        match = WHOLE.fullmatch(note)
        if match is None or asked is None or asked["type"] != match["of"]:
            continue
        for fix in ADVICE.get(match["advice"], ()):
            if fix.of in (None, match["of"]) and fix.to in (None, match["to"]):
                return fix
    return None
