"""Concat and Slice: views of a key that is several texts joined, or a part of one."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, Self, SupportsIndex, TypeVar, final, overload

from keyview._final import final_class
from keyview._messages import (
    mixed_parts,
    no_parts,
    not_a_bound,
    not_a_slice,
    not_text,
    slice_with_step,
)
from keyview._protocols import Buffer, BytesPrefix
from keyview.views import KeyView

__all__ = ["Concat", "Slice", "prefixed", "slices_of"]

S = TypeVar("S", str, bytes)


def _check_text(caller: str, text: object) -> None:
    if isinstance(text, str):
        return
    try:
        with memoryview(text) as view:  # type: ignore[arg-type]  # the only way to ask before 3.12
            bytes_like = view.c_contiguous
    except TypeError:
        bytes_like = False
    if not bytes_like:
        raise not_text(caller, text)


class TextView(KeyView[S]):
    """What the two views share: they order as the text does that they stand for."""

    __slots__ = ()

    def __lt__(self, other: object, /) -> bool:
        key: Any = self.__key__()
        return bool(key < other)

    def __le__(self, other: object, /) -> bool:
        key: Any = self.__key__()
        return bool(key <= other)

    def __gt__(self, other: object, /) -> bool:
        key: Any = self.__key__()
        return bool(key > other)

    def __ge__(self, other: object, /) -> bool:
        key: Any = self.__key__()
        return bool(key >= other)


@final_class
@final
class Concat(TextView[S]):
    """Stands for the concatenation of its parts, all `str` or all bytes-like.

    Raises `TypeError` for no parts or mixed parts. O(total length) a lookup. The native backend builds
    the key only to store it; the pure backend builds it at each lookup.

    >>> HashMap({"_hello": 1})[Concat("_", "hello")]
    1
    >>> HashMap({b"GET /": 1})[Concat(b"GET ", memoryview(b"/"))]
    1
    """

    __slots__ = ("_parts",)

    @overload
    def __init__(self: Concat[str], first: str, /, *rest: str) -> None: ...
    @overload
    def __init__(self: Concat[bytes], first: Buffer, /, *rest: Buffer) -> None: ...
    def __init__(self, *parts: Any) -> None:
        if not parts:
            raise no_parts()
        for part in parts:
            _check_text("Concat", part)
            if isinstance(part, str) != isinstance(parts[0], str):
                raise mixed_parts(parts[0], part)
        self._parts = parts

    def __key__(self) -> S:
        """The concatenation: a `str`, or a `bytes`."""
        joiner: Any = "" if isinstance(self._parts[0], str) else b""
        key: S = joiner.join(self._parts)
        return key

    def __reduce__(self) -> tuple[type[Self], tuple[Any, ...]]:
        return type(self), self._parts

    def __repr__(self) -> str:
        return f"Concat({', '.join(map(repr, self._parts))})"


@final_class
@final
class Slice(TextView[S]):
    """Stands for `buffer[start:stop]`, of a `str` or a bytes-like object.

    Bounds are those of slicing: they may be negative, None or beyond the end. O(stop - start) a lookup.
    The native backend builds the key only to store it; the pure backend builds it at each lookup.

    >>> HashMap({b"value": 1})[Slice(b"key=value", 4, None)]
    1
    """

    __slots__ = ("_buffer", "_start", "_stop")

    @overload
    def __init__(
        self: Slice[str], buffer: str, start: SupportsIndex | None, stop: SupportsIndex | None, /
    ) -> None: ...
    @overload
    def __init__(
        self: Slice[bytes],
        buffer: Buffer,
        start: SupportsIndex | None,
        stop: SupportsIndex | None,
        /,
    ) -> None: ...
    def __init__(self, buffer: Any, start: Any, stop: Any, /) -> None:
        _check_text("Slice", buffer)
        for bound in (start, stop):
            if bound is not None and not hasattr(type(bound), "__index__"):
                raise not_a_bound(bound)
        self._buffer = buffer
        self._start = start
        self._stop = stop

    def __key__(self) -> S:
        """The part of the buffer: a `str`, or a `bytes`."""
        key: S = self._cut(slice(self._start, self._stop))
        return key

    def _cut(self, bounds: slice) -> Any:
        if isinstance(self._buffer, str):
            return str.__getitem__(self._buffer, bounds)
        # Do not keep the memoryview: a bytearray could not be resized while there is one.
        with memoryview(self._buffer) as whole:
            try:
                flat = whole.cast("B")
            except (
                TypeError
            ):  # The elements cannot be cast, for example because of their byte order.
                return whole.tobytes()[bounds]
            with flat, flat[bounds] as window:
                return bytes(window)

    def __reduce__(self) -> tuple[type[Self], tuple[Any, ...]]:
        return type(self), (self._buffer, self._start, self._stop)

    def __repr__(self) -> str:
        return f"Slice({self._buffer!r}, {self._start!r}, {self._stop!r})"


@overload
def prefixed(prefix: str, /) -> Callable[[str], Concat[str]]: ...
@overload
def prefixed(prefix: Buffer, /) -> BytesPrefix[Concat[bytes]]: ...
def prefixed(prefix: Any, /) -> Callable[[Any], Any]:
    """An adapter for `HashMap.by`: `lookup[rest]` looks up the key `prefix + rest`, without building it.

    Raises `TypeError` if `prefix` is neither `str` nor bytes-like. O(total length) a lookup.

    >>> short = HashMap({"_hello": 1}).by(prefixed("_"))
    >>> short["hello"]
    1
    """
    _check_text("prefixed", prefix)
    return partial(Concat, prefix)


@overload
def slices_of(buffer: str, /) -> Callable[[slice], Slice[str]]: ...
@overload
def slices_of(buffer: Buffer, /) -> Callable[[slice], Slice[bytes]]: ...
def slices_of(buffer: Any, /) -> Callable[[slice], Any]:
    """An adapter for `HashMap.by`: `lookup[i:j]` looks up the key `buffer[i:j]`, without building it.

    Raises `TypeError` if `buffer` is neither `str` nor bytes-like; a lookup raises `TypeError` if it is
    given no slice and `ValueError` if the slice has a step other than 1. Between lookups the buffer is
    not exported, so that a bytearray may be resized. O(length of the slice) a lookup.

    >>> word = HashMap({b"hello": 1}).by(slices_of(b"say hello twice"))
    >>> word[4:9]
    1
    """
    _check_text("slices_of", buffer)

    def window(bounds: slice, /) -> Any:
        if not isinstance(bounds, slice):
            raise not_a_slice(bounds)
        if bounds.step is not None and bounds.step != 1:
            raise slice_with_step(bounds)
        return Slice(buffer, bounds.start, bounds.stop)

    return window
