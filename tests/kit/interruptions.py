"""Where CPython lets other code in between two instructions of Python."""

from __future__ import annotations

import re

__all__ = ["may_be_interrupted"]

#: Instructions after which it does not, as keyview uses them: they call nothing, jump forwards, and make
#: nothing that the collector watches. One that is not named here is taken to let it in.
UNINTERRUPTED = re.compile(
    """
    (BINARY_(OP|SUBSCR)|COMPARE_OP|CONTAINS_OP|IS_OP|UNARY_NOT|TO_BOOL|DELETE_SUBSCR|STORE_(SUBSCR|ATTR)
    |LOAD_(ATTR|COMMON_CONSTANT|CONST|DEREF|GLOBAL|SMALL_INT)|(LOAD|STORE)_FAST.*|COPY|SWAP|NOP
    |NOT_TAKEN|EXTENDED_ARG|PUSH_NULL|POP_(TOP|ITER)|JUMP_FORWARD|POP_JUMP_(FORWARD_)?IF_.*|RETURN_.*)
    """,
    re.VERBOSE,
)


def may_be_interrupted(instruction: str) -> bool:
    """Whether a signal handler, the collector or another thread may come in after an instruction."""
    return UNINTERRUPTED.fullmatch(instruction) is None
