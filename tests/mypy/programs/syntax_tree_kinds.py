"""Two kinds of nodes that do not know of each other."""

from __future__ import annotations


class Node: ...


class Statement(Node): ...


class Symbol: ...


class Text(Node, str): ...
