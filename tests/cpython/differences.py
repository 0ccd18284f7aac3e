"""What does not hold of a HashMap or a HashSet in CPython's tests, by the reason.

The reasons are the list "What a dict does otherwise" in docs/reference/hashmap.md, and "What a set does
otherwise" in docs/reference/hashset.md, word by word. One that begins with "defect:" is not: it is to be
mended, and then it has to be taken out here.
"""

from __future__ import annotations

from tests.cpython.suites import Difference

_ORDERED = "test_ordered_dict.OrderedDictTests"

DIFFERENCES: dict[str, list[Difference]] = {
    "The `repr` of a `HashMap` begins with the name of its class: `HashMap({})`. So do those of its live "
    "views.": [
        Difference(
            "mapping_tests.TestHashMappingProtocol.test_repr", "self.assertEqual(repr(d), '"
        ),
        Difference("test_dict.DictTest.test_repr", "self.assertEqual(repr(d), '"),
        Difference("test_userdict.UserDictTest.test_all", "self.assertEqual(str(u0), str(d0))"),
        Difference("test_userdict.UserDictTest.test_all", "self.assertEqual(repr(u1), repr(d1))"),
        Difference("test_userdict.UserDictTest.test_all", "self.assertIn(repr(u2), "),
        Difference("test_userdict.UserDictTest.test_repr"),
        # An OrderedDict leaves the braces out if it is empty.
        Difference("test_ordered_dict.CPythonOrderedDictSubclassTests.test_repr", since=(3, 12)),
    ],
    "A `HashMap` is not a `dict`. It cannot be used where a `dict` is required: as an object's `__dict__`, "
    "in the methods of `dict`, as the keywords that `__getnewargs_ex__` returns. And "
    "`frozendict() | HashMap()` is a `HashMap`.": [
        Difference("test_dict.DictTest.test_store_evilattr", "obj.__dict__ = {}"),
        Difference("test_copy.TestCopy.test_copy_inst_getnewargs_ex"),
        Difference("test_copy.TestCopy.test_deepcopy_inst_getnewargs_ex"),
        *(
            Difference(f"{_ORDERED}.test_dict_{method}", f"dict.{attribute}(od")
            for method, attribute in [
                ("clear", "clear"),
                ("delitem", "__delitem__"),
                ("pop", "pop"),
                ("popitem", "popitem"),
                ("setdefault", "setdefault"),
                ("setitem", "__setitem__"),
                ("update", "update"),
            ]
        ),
        Difference(
            f"{_ORDERED}.test_merge_operator",
            "self.assertIs(type(frozendict(a) | b), frozendict)",
            since=(3, 15),
        ),
    ],
    "The garbage collector always tracks a `HashMap`. Before Python 3.14, it did not track a `dict` of "
    "numbers and strings.": [
        Difference(f"test_dict.DictTest.{name}", "self._not_tracked(", before=(3, 14))
        for name in ("test_track_literals", "test_track_dynamic")
    ],
    "`sys.getsizeof` returns other numbers than for a `dict` or an `OrderedDict`, and copying an empty "
    "`HashMap` may need no memory: that of one which is freed is kept for the next.": [
        Difference(
            "test_dict.DictTest.test_copy_empty_no_memory",
            "with self.assertRaises(MemoryError)",
            backends=("native",),
            since=(3, 15),
        ),
        # By chance an empty map has the size of an empty OrderedDict: it fails later than with a dict.
        Difference("test_ordered_dict.CPythonOrderedDictTests.test_sizeof_exact"),
    ],
    "An iterator raises `RuntimeError` after a key was added or removed, even if the length is the same. An "
    "iterator over a `dict` may not notice that, and continue or end.": [
        Difference(
            "test_dict.DictTest.test_reversed_dict_after_clear_and_restore",
            "self.assertEqual(list(it), [])",
        ),
    ],
    "The messages of exceptions are worded differently; the classes are the same.": [
        Difference(
            "test_dict.DictTest.test_reversed_dict_keys_changed_during_iteration",
            "with self.assertRaisesRegex(RuntimeError, 'keys changed')",
        ),
        Difference("test_dict.DictTest.test_unhashable_key", "with check_unhashable_key()"),
        Difference(
            "test_dict.DictTest.test_update_type_error",
            "self.assertEqual(str(cm.exception), 'object is not iterable')",
        ),
        Difference(
            "test_dict.DictTest.test_update_type_error", "self.assertEqual(cm.exception.__notes__"
        ),
    ],
    "`__reduce__`, for `copy` and `pickle`, returns the class, the `default_factory` with the attributes of "
    "a subclass, and the pairs.": [
        Difference(
            f"{_ORDERED}.test_reduce_not_too_fat", "self.assertEqual(od.__reduce__()[2], {'x': 10})"
        ),
    ],
    "`popitem` takes an argument `last`, like that of an `OrderedDict`.": [
        Difference(
            "mapping_tests.BasicTestMappingProtocol.test_popitem",
            "self.assertRaises(TypeError, d.popitem, 42)",
        ),
        Difference("test_dict.GeneralMappingTests.test_popitem"),
        Difference("test_dict.SubclassMappingTests.test_popitem"),
        Difference("test_userdict.UserDictTest.test_popitem"),
    ],
}

SET_DIFFERENCES: dict[str, list[Difference]] = {
    "The `repr` of a `HashSet` begins with the name of the class: `HashSet({1, 2})`.": [
        *(
            Difference(f"test_set.TestBasicOps{name}.test_repr")
            for name in ("Bytes", "Empty", "MixedStringBytes", "Singleton", "String", "Tuple")
        ),
        Difference("test_set.TestSet.test_cyclical_repr"),
    ],
    "A `HashSet` hashes the elements of a `dict` or a `set` again, although these know the hashes. It does "
    "not hash the elements of another `HashSet`.": [
        Difference(f"test_set.{name}.test_do_not_rehash_dict_keys")
        for name in ("TestSet", "TestSetSubclass")
    ],
    "An iterator raises `RuntimeError` after an element was added, removed or moved, even if the length is "
    "the same. An iterator over a `set` may not notice that.": [
        Difference("test_set.TestWeirdBugs.test_iter_and_mutate", "list(si)"),
    ],
    "A `HashSet` is not a `set`: `x in s` for a `set` `s` looks up a `frozenset` of `x` if `x` is a `set`, "
    "but not if `x` is a `HashSet`.": [
        Difference(f"test_set.{name}.test_set_membership", since=(3, 14))
        for name in ("TestSet", "TestSetSubclass")
    ],
    "The messages of exceptions are worded differently; the classes are the same.": [
        Difference(
            "test_set.TestOperationsMutating.check_set_op_does_not_crash",
            "self.assertIn('changed size during iteration', str(e))",
        ),
    ],
}
