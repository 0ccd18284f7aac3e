"""The full names that mypy gives to classes of keyview, of the standard library, and of packages it knows.

Each name is written once, here. The names are those of mypy's typeshed, which has `collections.abc.Set`
as `typing.AbstractSet`.
"""

from __future__ import annotations

from typing import Final

# -- keyview's ------------------------------------------------------------------------------------

PLUGIN: Final = "keyview.mypy"

VIEWS: Final = "keyview.views"
KEY_VIEW: Final = "keyview.views.KeyView"
BORROW: Final = "keyview.views.Borrow"
ORDERED_BORROW: Final = "keyview.order.OrderedBorrow"

HASH_MAP: Final = "keyview.hashmap.HashMap"
HASH_SET: Final = "keyview.hashset.HashSet"
SORTED_MAP: Final = "keyview.sortedmap.SortedMap"
#: Not `SORTED_SET`, which is that of sortedcontainers.
OUR_SORTED_SET: Final = "keyview.sortedset.SortedSet"
#: The base from which every map has its methods.
MAP: Final = "keyview._pure.map.HashMap"
#: The base from which every HashSet has its methods, and that from which sets have their algebra.
OWN_SET: Final = "keyview._pure.set.HashSet"
SET_ALGEBRA: Final = "keyview._pure.set_algebra.SetAlgebra"
#: The bases from which sorted maps, sorted sets and their ranges have their methods.
ORDERED_MAP: Final = "keyview._pure.sorted_map.SortedMap"
ORDERED_SET: Final = "keyview._pure.sorted_set.SortedSet"
ANY_RANGE: Final = "keyview._pure.range.AnyRange"
#: The bases of all collections whose first type argument is the type of the keys.
COLLECTIONS: Final = (MAP, OWN_SET, ORDERED_MAP, ORDERED_SET)
#: The classes of the objects that `by` returns.
LOOKUP: Final = "keyview._pure.adapted.Lookup"
SET_LOOKUP: Final = "keyview._pure.set.SetLookup"
#: The function that returns an entry of any mapping.
ENTRY: Final = "keyview._pure.foreign_storage.entry"
REVERSE: Final = "keyview._reverse.Reverse"
LIVE_VIEW: Final = "keyview._pure.live_views.LiveView"

# -- the standard library's -----------------------------------------------------------------------

OBJECT: Final = "builtins.object"
TYPE: Final = "builtins.type"
NONE: Final = "builtins.None"
NONE_TYPE: Final = "types.NoneType"
FUNCTION: Final = "builtins.function"
PROPERTY: Final = "builtins.property"
CLASS_METHOD: Final = "builtins.classmethod"
STATIC_METHOD: Final = "builtins.staticmethod"
UNION_TYPE: Final = "types.UnionType"

BOOL: Final = "builtins.bool"
INT: Final = "builtins.int"
FLOAT: Final = "builtins.float"
COMPLEX: Final = "builtins.complex"
NUMBER: Final = "numbers.Number"
COMPLEX_NUMBER: Final = "numbers.Complex"
DECIMAL: Final = "decimal.Decimal"
FRACTION: Final = "fractions.Fraction"

STR: Final = "builtins.str"
USER_STRING: Final = "collections.UserString"

BYTES: Final = "builtins.bytes"
BYTEARRAY: Final = "builtins.bytearray"
MEMORYVIEW: Final = "builtins.memoryview"
ARRAY: Final = "array.array"
CTYPES_ARRAY: Final = "_ctypes.Array"
MMAP: Final = "mmap.mmap"

TUPLE: Final = "builtins.tuple"
LIST: Final = "builtins.list"
USER_LIST: Final = "collections.UserList"
DEQUE: Final = "collections.deque"
RANGE: Final = "builtins.range"
SLICE: Final = "builtins.slice"
SET: Final = "builtins.set"
FROZENSET: Final = "builtins.frozenset"
DICT: Final = "builtins.dict"
FROZENDICT: Final = "builtins.frozendict"
DEFAULTDICT: Final = "collections.defaultdict"
COUNTER: Final = "collections.Counter"
MAPPING_PROXY: Final = "types.MappingProxyType"

ABSTRACT_SET: Final = "typing.AbstractSet"
COLLECTION: Final = "typing.Collection"
CONTAINER: Final = "typing.Container"
HASHABLE: Final = "typing.Hashable"
ITEMS_VIEW: Final = "typing.ItemsView"
ITERABLE: Final = "typing.Iterable"
KEYS_VIEW: Final = "typing.KeysView"
MAPPING: Final = "typing.Mapping"
MUTABLE_MAPPING: Final = "typing.MutableMapping"
MUTABLE_SEQUENCE: Final = "typing.MutableSequence"
MUTABLE_SET: Final = "typing.MutableSet"
SEQUENCE: Final = "typing.Sequence"
VALUES_VIEW: Final = "typing.ValuesView"

MAP_EACH: Final = "builtins.map"
FILTER: Final = "builtins.filter"
SORTED: Final = "builtins.sorted"
MIN: Final = "builtins.min"
MAX: Final = "builtins.max"
PARTIAL: Final = "functools.partial"
CONTAINS: Final = "_operator.contains"
COUNT_OF: Final = "_operator.countOf"
INDEX_OF: Final = "_operator.indexOf"
ITEM_GETTER: Final = "operator.itemgetter"

ABC_META: Final = "abc.ABCMeta"
AUTO: Final = "enum.auto"
ENUM: Final = "enum.Enum"
FLAG: Final = "enum.Flag"
UUID: Final = "uuid.UUID"
DATE: Final = "datetime.date"
DATETIME: Final = "datetime.datetime"
TIME: Final = "datetime.time"
TIMEDELTA: Final = "datetime.timedelta"
IP_ADDRESS: Final = "ipaddress._BaseAddress"
PURE_PATH: Final = "pathlib.PurePath"
PURE_POSIX_PATH: Final = "pathlib.PurePosixPath"
PURE_WINDOWS_PATH: Final = "pathlib.PureWindowsPath"

MODULE_SPEC: Final = "_frozen_importlib.ModuleSpec"
CHARSET: Final = "email.charset.Charset"
HEADER: Final = "email.header.Header"
OPTION_VALUES: Final = "optparse.Values"
FRAME_SUMMARY: Final = "traceback.FrameSummary"
MOCK_CALL: Final = "unittest.mock._Call"
QNAME: Final = "xml.etree.ElementTree.QName"
XMLRPC_BINARY: Final = "xmlrpc.client.Binary"
XMLRPC_DATETIME: Final = "xmlrpc.client.DateTime"

# -- other packages' ------------------------------------------------------------------------------

SORTED_SET: Final = "sortedcontainers.sortedset.SortedSet"

CASE_INSENSITIVE_DICT: Final = "requests.structures.CaseInsensitiveDict"
MULTI_MAPPING: Final = "multidict._abc.MultiMapping"

NUMPY_BOOL: Final = "numpy.bool"
NUMPY_BYTES: Final = "numpy.bytes_"
NUMPY_DATETIME: Final = "numpy.datetime64"
NUMPY_NUMBER: Final = "numpy.number"
NUMPY_STR: Final = "numpy.str_"
NUMPY_TIMEDELTA: Final = "numpy.timedelta64"
PANDAS_TIMEDELTA: Final = "pandas._libs.tslibs.timedeltas.Timedelta"
PANDAS_TIMESTAMP: Final = "pandas._libs.tslibs.timestamps.Timestamp"
