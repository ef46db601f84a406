"""The tags that a page's maker put in, as a tree."""

import ctypes
from typing import Any

from pypdfium2 import raw

from retrieval.reading.pdf.sheet import Node

_DEEPEST = 60
_NOWHERE = -1  # a child on another page


def nodes(page: Any, most: int) -> tuple[Node, ...]:
    """The top tags of a page; () when it has none.

    A tag lists its children on all pages, so that a long file costs its square: one with more than
    ``most`` children is taken as empty, and its page will be read by its lines.
    """
    tree = raw.FPDF_StructTree_GetForPage(page)
    if not tree:
        return ()
    try:
        count = max(raw.FPDF_StructTree_CountChildren(tree), 0)
        tops = (raw.FPDF_StructTree_GetChildAtIndex(tree, index) for index in range(count))
        return tuple(_node(top, most, 0) for top in tops if top)
    finally:
        raw.FPDF_StructTree_Close(tree)


def _node(element: Any, most: int, depth: int) -> Node:
    count = raw.FPDF_StructElement_CountChildren(element)
    children: list[Node | int] = []
    for index in range(count if 0 < count <= most else 0):
        child = raw.FPDF_StructElement_GetChildAtIndex(element, index)
        if child and depth < _DEEPEST:
            children.append(_node(child, most, depth + 1))
        elif not child:
            children.append(raw.FPDF_StructElement_GetChildMarkedContentID(element, index))
    return Node(_tag_name(element), tuple(one for one in children if one != _NOWHERE))


def _tag_name(element: Any) -> str:
    buffer = ctypes.create_string_buffer(128)
    size = raw.FPDF_StructElement_GetType(element, buffer, 128)
    return buffer.raw[: max(min(size, 128) - 2, 0)].decode("utf-16-le", "replace")
