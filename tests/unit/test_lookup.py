"""`by` and Lookup, Concat, Slice, prefixed, slices_of: text that stands for a key."""

from __future__ import annotations

import ctypes
from array import array
from typing import TYPE_CHECKING, Any

import pytest

from tests.kit.cases import cases
from tests.kit.keys import ShortKey
from tests.kit.soundness import assert_sound, derived, unchanged

if TYPE_CHECKING:
    from collections.abc import Callable

TEXTS = {
    "ascii": "say hello twice",
    "latin-1": "déjà vu où ça",
    "ucs-2": "日本語のテキスト abc",
    "ucs-4": "ab \N{PILE OF POO} ascii é \N{SNOWMAN} cd",
    "surrogate": "a\ud800b",
    "nul": "a\0b\0c",
    "empty": "",
}
BUFFERS: dict[str, Callable[[bytes], Any]] = {
    "bytes": bytes,
    "bytearray": bytearray,
    "memoryview": memoryview,
    "writable memoryview": lambda data: memoryview(bytearray(data)),
    "array": lambda data: array("B", data),
}
BOUNDS: list[tuple[int | None, int | None]] = [
    (0, 3),
    (2, 7),
    (None, None),
    (3, None),
    (None, -2),
    (-4, -1),
    (-100, 100),
    (5, 2),
    (50, 60),
]


def _short(kind: Any) -> Any:
    """A text of 80 characters, of one byte each, of which none is as at the same place from the end."""
    return "".join(map(chr, range(160, 240))) if kind is str else bytes(range(80))


class TestConcat:
    @cases(text=TEXTS)
    @cases(cut=[0, 1, 3, 100])
    def test_of_text(self, kv: Any, text: str, cut: int) -> None:
        view = kv.Concat(text[:cut], text[cut:])
        assert hash(view) == hash(text)
        assert view == text
        assert view != text + "x"
        assert kv.HashMap({text: 1})[view] == 1
        assert {text: 1}[view] == 1
        assert kv.HashMap({text + "x": 1}).get(view) is None

    @cases(first=TEXTS)
    @cases(second=TEXTS)
    def test_of_text_of_every_two_widths(self, kv: Any, first: str, second: str) -> None:
        m = kv.HashMap({first + second + first: 1})
        assert m[kv.Concat(first, second, first)] == 1

    @cases(make=BUFFERS)
    def test_of_buffers(self, kv: Any, make: Callable[[bytes], Any]) -> None:
        m = kv.HashMap({b"GET /": 1})
        assert m[kv.Concat(b"GET", make(b" /"))] == 1
        assert m[kv.Concat(make(b"GET"), make(b" "), make(b"/"))] == 1
        assert m.get(kv.Concat(make(b"GET"))) is None

    def test_of_many_long_parts(self, kv: Any) -> None:
        parts = [str(n) * n for n in range(200)]
        assert kv.HashMap({"".join(parts): 1})[kv.Concat(*parts)] == 1

    @cases(kind=[str, bytes])
    def test_of_short_texts_of_every_length(self, kv: Any, kind: Any) -> None:
        text = _short(kind)
        for cut in range(10):
            for end in range(cut, cut + 67):
                view = kv.Concat(text[:cut], text[cut:end])
                assert (hash(view), view) == (hash(text[:end]), text[:end])

    @cases(kind=[str, bytes])
    def test_one_other_character_is_another_text(self, kv: Any, kind: Any) -> None:
        text, other = _short(kind), _short(kind)[::-1]
        for end in range(2, 70):
            for place in range(end):
                changed = text[:place] + other[place : place + 1] + text[place + 1 : end]
                assert kv.Concat(text[:1], text[1:end]) != changed

    def test_the_hash_follows_a_part_that_changes(self, kv: Any) -> None:
        part = bytearray(b"a")
        view = kv.Concat(b"_", part)
        assert hash(view) == hash(b"_a")
        part[:] = b"bc"
        assert hash(view) == hash(b"_bc")
        assert kv.HashMap({b"_a": 1, b"_bc": 2})[view] == 2

    @cases(parts=[("_", "a"), (b"_", b"a"), ("\u0100", "a", "")])
    def test_it_may_be_looked_up_many_times(self, kv: Any, parts: Any) -> None:
        key = parts[0] + parts[1]
        view = kv.Concat(*parts)
        for _ in range(3):
            assert hash(view) == hash(key)
            assert kv.HashMap({key: 1})[view] == {key: 1}[view] == 1

    def test_text_is_not_bytes(self, kv: Any) -> None:
        assert kv.Concat("a", "b") != b"ab"
        assert kv.HashMap({b"ab": 1}).get(kv.Concat("a", "b")) is None

    def test_no_parts(self, kv: Any) -> None:
        with pytest.raises(TypeError, match="no parts"):
            kv.Concat()

    @cases(parts=[("a", b"b"), (b"a", "b"), ("a", bytearray()), ("", b"")])
    def test_mixed_parts(self, kv: Any, parts: tuple[Any, ...]) -> None:
        with pytest.raises(TypeError, match="all str or all bytes-like"):
            kv.Concat(*parts)

    @cases(part=[5, None, ["a"], object(), memoryview(b"strided")[::2]])
    def test_parts_that_are_no_text(self, kv: Any, part: object) -> None:
        with pytest.raises(TypeError, match=r"str or \(contiguous\) bytes-like"):
            kv.Concat(part)
        with pytest.raises(TypeError, match=r"str or \(contiguous\) bytes-like"):
            kv.prefixed(part)

    def test_stores_str_or_bytes(self, kv: Any) -> None:
        m = kv.HashMap()
        m[kv.Concat("a", "b")] = 1
        m[kv.Concat(b"a", bytearray(b"b"))] = 2
        assert list(m) == ["ab", b"ab"]
        assert [type(key) for key in m] == [str, bytes]


class TestSlice:
    @cases(text=TEXTS)
    @pytest.mark.parametrize(("start", "stop"), BOUNDS)
    def test_of_text(self, kv: Any, text: str, start: int | None, stop: int | None) -> None:
        expected = text[start:stop]
        view = kv.Slice(text, start, stop)
        assert hash(view) == hash(expected)
        assert view == expected
        assert kv.HashMap({expected: 1})[view] == 1
        assert {expected: 1}[view] == 1
        assert kv.HashMap({expected + "x": 1}).get(view) is None

    @cases(make=BUFFERS)
    @pytest.mark.parametrize(("start", "stop"), BOUNDS)
    def test_of_buffers(
        self, kv: Any, make: Callable[[bytes], Any], start: int | None, stop: int | None
    ) -> None:
        data = b"say hello twice"
        m = kv.HashMap({data[start:stop]: 1})
        assert m[kv.Slice(make(data), start, stop)] == 1

    def test_of_wide_items_counts_bytes(self, kv: Any) -> None:
        words = array("H", [0x4141, 0x4242])
        assert kv.HashMap({b"AB": 1})[kv.Slice(words, 1, 3)] == 1

    def test_a_foreign_byte_order_is_bytes_too(self, kv: Any) -> None:
        numbers = (ctypes.c_uint16.__ctype_be__ * 2)(0x4142, 0x4344)
        assert kv.HashMap({b"BC": 1})[kv.Slice(numbers, 1, 3)] == 1
        assert kv.HashMap({b"ABCD": 1})[kv.Concat(numbers)] == 1

    @cases(bound=["1", 1.5, [1]])
    def test_bounds_are_integers_or_none(self, kv: Any, bound: object) -> None:
        with pytest.raises(TypeError, match="bounds are integers or None"):
            kv.Slice("abc", bound, 2)
        with pytest.raises(TypeError, match="bounds are integers or None"):
            kv.Slice(b"abc", 0, bound)

    @cases(buffer=[5, None, ["a"], memoryview(b"strided")[::2]])
    def test_of_what_is_no_text(self, kv: Any, buffer: object) -> None:
        with pytest.raises(TypeError, match=r"str or \(contiguous\) bytes-like"):
            kv.Slice(buffer, 0, 1)
        with pytest.raises(TypeError, match=r"str or \(contiguous\) bytes-like"):
            kv.slices_of(buffer)

    def test_stores_str_or_bytes(self, kv: Any) -> None:
        m = kv.HashMap()
        m[kv.Slice("xaby", 1, 3)] = 1
        m[kv.Slice(bytearray(b"xaby"), 1, 3)] = 2
        assert list(m) == ["ab", b"ab"]
        assert [type(key) for key in m] == [str, bytes]


class TestPrefixed:
    @pytest.mark.parametrize(
        ("prefix", "rest", "key"),
        [
            ("_", "hello", "_hello"),
            ("é", "\N{PILE OF POO}", "é\N{PILE OF POO}"),
            ("", "a", "a"),
            (b"_", b"hello", b"_hello"),
            (bytearray(b"_"), memoryview(b"hello"), b"_hello"),
        ],
    )
    def test_finds(self, kv: Any, prefix: Any, rest: Any, key: Any) -> None:
        m = kv.HashMap({key: 1})
        lookup = m.by(kv.prefixed(prefix))
        assert lookup[rest] == 1
        assert rest in lookup

    def test_what_is_asked_must_be_of_its_kind(self, kv: Any) -> None:
        m = kv.HashMap(a=1)
        with unchanged(m), pytest.raises(TypeError):
            m.by(kv.prefixed("_"))[b"a"]
        with unchanged(m), pytest.raises(TypeError):
            m.by(kv.prefixed("_")).get(5)


class TestSlicesOf:
    def test_finds(self, kv: Any) -> None:
        m = kv.HashMap({b"hello": 1, b"say": 2})
        word = m.by(kv.slices_of(bytearray(b"say hello twice")))
        assert word[4:9] == 1
        assert word[:3] == 2
        assert word[-11:-6] == 1
        assert word[0:3:1] == 2
        assert slice(9, 9) not in word

    @cases(step=[2, -1, 0])
    def test_a_step_is_refused(self, kv: Any, step: int) -> None:
        m = kv.HashMap(a=1)
        with unchanged(m), pytest.raises(ValueError, match="step of 1"):
            m.by(kv.slices_of("abc"))[0:2:step]

    @cases(asked=[1, "a", (0, 1), None])
    def test_only_slices_can_be_asked_for(self, kv: Any, asked: object) -> None:
        m = kv.HashMap(a=1)
        with unchanged(m), pytest.raises(TypeError, match="it looks up slices"):
            m.by(kv.slices_of("abc"))[asked]

    def test_sees_a_buffer_that_changes(self, kv: Any) -> None:
        buffer = bytearray(b"one")
        word = kv.HashMap({b"one": 1, b"two": 2}).by(kv.slices_of(buffer))
        assert word[0:3] == 1
        buffer[:] = b"two"
        assert word[0:3] == 2


@cases(use=["getitem", "in", "entry", "view", "prefixed", "concat", "miss"])
def test_no_buffer_stays_exported(kv: Any, use: str) -> None:
    """A bytearray with an export cannot be resized."""
    buffer = bytearray(b"hello")
    m = kv.HashMap({b"hello": 1})
    adapted = m.by(kv.slices_of(buffer))
    whole = kv.Slice(buffer, None, None)
    joined = kv.Concat(b"", buffer)
    prefixed = m.by(kv.prefixed(buffer))
    uses: dict[str, Callable[[], Any]] = {
        "getitem": lambda: adapted[:],
        "in": lambda: slice(0, 5) in adapted,
        "entry": lambda: adapted.entry(slice(0, 2)),
        "view": lambda: m.get(whole),
        "prefixed": lambda: prefixed.get(b""),
        "concat": lambda: m.get(joined),
        "miss": lambda: adapted.get(slice(1, 2)),
    }
    held: list[Any] = []
    for _ in range(2):
        held.append(uses[use]())
        buffer.append(0)
        buffer.pop()


class TestLookup:
    @pytest.fixture
    def short(self, kv: Any) -> Any:
        return kv.HashMap(_a=1, _b=2).by(ShortKey)

    def test_finds(self, short: Any) -> None:
        assert short["a"] == 1
        assert "a" in short
        assert "_a" not in short
        assert short.get("a") == 1
        assert short.get("x") is None
        assert short.get("x", 5) == 5
        assert short.get_key_value("b") == ("_b", 2)
        assert short.get_key_value("x") is None
        assert short.pop("x", None) is None

    def test_changes_the_map(self, kv: Any) -> None:
        m = kv.HashMap(_a=1, _b=2)
        short = m.by(ShortKey)
        assert short.pop("a") == 1
        short.entry("c").or_insert(3)
        short.entry("b").value += 10
        assert list(m.items()) == [("_b", 12), ("_c", 3)]
        assert_sound(m)

    def test_is_live(self, kv: Any) -> None:
        m = kv.HashMap()
        short = m.by(ShortKey)
        m["_a"] = 1
        assert short["a"] == 1

    @cases(adapter=[str.casefold, lambda text: text.lower()])
    def test_an_adapter_may_give_the_key_itself(
        self, kv: Any, adapter: Callable[[str], str]
    ) -> None:
        assert kv.HashMap(strasse=1).by(adapter)["STRASSE"] == 1

    def test_calls_the_adapter_once_a_lookup(self, kv: Any) -> None:
        calls: list[str] = []

        def adapter(asked: str) -> str:
            calls.append(asked)
            return asked

        lookup = kv.HashMap(a=1).by(adapter)
        assert calls == []
        _ = lookup["a"], "a" in lookup, lookup.get("a"), lookup.entry("a"), lookup.pop("a")
        assert calls == ["a"] * 5

    def test_ignores_missing(self, kv: Any) -> None:
        m = derived(kv.HashMap, __missing__=lambda self, key: "missing")()
        with pytest.raises(KeyError):
            m.by(ShortKey)["a"]

    @cases(use=[iter, len, list, reversed])
    def test_is_not_iterable(self, short: Any, use: Callable[[Any], object]) -> None:
        with pytest.raises(TypeError):
            use(short)

    @cases(adapter=[None, 5, "a"])
    def test_the_adapter_must_be_callable(self, kv: Any, adapter: object) -> None:
        with pytest.raises(TypeError, match=r"by was given .* cannot be called"):
            kv.HashMap().by(adapter)

    def test_keeps_its_map_alive(self, short: Any) -> None:
        assert short["a"] == 1


def test_a_lookup_asks_no_override_of_a_subclass(kv: Any) -> None:
    """As a dict's views: it looks into the map itself."""

    def never(*_: object) -> Any:
        raise AssertionError

    names = ("__getitem__", "__missing__", "__contains__", "get", "pop", "entry", "get_key_value")
    overrides: dict[str, Any] = dict.fromkeys(names, never)
    cls = derived(kv.HashMap, **overrides)
    lookup = cls(_a=1, _b=2).by(kv.prefixed("_"))
    assert lookup["a"] == lookup.get("a") == lookup.entry("a").value == 1
    assert "a" in lookup
    assert lookup.get_key_value("a") == ("_a", 1)
    assert lookup.pop("b") == 2
    with pytest.raises(KeyError, match="'c'"):
        lookup["c"]


@pytest.mark.parametrize(
    "text", ["a\x7f\x80\xff", "a\x80\xff\u0100\uffff", "a\xff\u0100\uffff\U00010000\U0010ffff"]
)
def test_every_part_of_a_text_is_found_whatever_its_width(kv: Any, text: str) -> None:
    bounds = [(a, b) for a in range(len(text)) for b in range(a + 1, len(text) + 1)]
    m = kv.HashMap((text[a:b], (a, b)) for a, b in bounds)
    part = m.by(kv.slices_of(text))
    for a, b in bounds:
        assert part[a:b] == m[kv.Slice(text, a, b)] == (a, b)


@cases(kind=[str, bytes])
def test_short_texts_of_every_length_are_found(kv: Any, kind: Any) -> None:
    text = _short(kind)
    for cut in range(10):
        m = kv.HashMap({text[:end]: end for end in range(cut, cut + 67)})
        prefixed, part = m.by(kv.prefixed(text[:cut])), m.by(kv.slices_of(text[cut:] + text))
        for end in range(cut, cut + 67):
            assert prefixed[text[cut:end]] == end
            assert part[80 - cut : 80 - cut + end] == end
        assert text[cut + 67 :] not in prefixed


@cases(buffer=["abc", b"abc", bytearray(b"abc")])
def test_bounds_beyond_every_buffer(kv: Any, buffer: Any) -> None:
    m = kv.HashMap({"abc": 1, b"abc": 1, "": 2, b"": 2, "b": 3, b"b": 3})
    part = m.by(kv.slices_of(buffer))
    far = 10**30
    assert (part[:far], part[-far:], part[-far:far], part[: 2**40]) == (1, 1, 1, 1)
    assert (part[far:], part[:-far], part[far:-far], part[2:1], part[5:]) == (2, 2, 2, 2, 2)
    assert (part[-2:-1], part[1:2], part[True:2]) == (3, 3, 3)


def test_longer_and_longer_texts_are_found(kv: Any) -> None:
    for length in (511, 512, 513, 514, 700, 5000, 600, 70_000, 800):
        text = "_" + "\xe9" * (length - 1)
        m = kv.HashMap({text: length, text.encode(): -length})
        assert m.by(kv.prefixed("_"))[text[1:]] == length
        assert m.by(kv.prefixed(b"_"))[text.encode()[1:]] == -length
        assert m.by(kv.slices_of("\u0100" + text + "\u0100"))[1:-1] == length
        assert m.by(kv.slices_of(bytearray(text.encode())))[:] == -length


@cases(base=[str, bytes])
@cases(answer=[None, True, False])
def test_a_stored_key_of_a_class_of_its_own_is_asked(kv: Any, base: Any, answer: Any) -> None:
    own: dict[str, Any] = {} if answer is None else {"__eq__": lambda self, other: answer}
    whole: Any = "_a" if base is str else b"_a"
    m = kv.HashMap({derived(base, __hash__=base.__hash__, **own)(whole): 1})
    assert m.by(kv.prefixed(whole[:1])).get(whole[1:]) == m.get(whole)
    assert m.by(kv.slices_of(whole + whole)).get(slice(2)) == m.get(whole)
