from .sorteddict import (
    SortedDict as SortedDict,
)
from .sorteddict import (
    SortedItemsView as SortedItemsView,
)
from .sorteddict import (
    SortedKeysView as SortedKeysView,
)
from .sorteddict import (
    SortedValuesView as SortedValuesView,
)
from .sortedlist import SortedKeyList as SortedKeyList
from .sortedlist import SortedList as SortedList
from .sortedlist import SortedListWithKey as SortedListWithKey
from .sortedset import SortedSet as SortedSet

__all__ = [
    "SortedDict",
    "SortedItemsView",
    "SortedKeyList",
    "SortedKeysView",
    "SortedList",
    "SortedListWithKey",
    "SortedSet",
    "SortedValuesView",
]

__title__: str
__version__: str
__build__: int
__author__: str
__license__: str
__copyright__: str
