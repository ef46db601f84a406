"""A small PDF writer for tests: text where we put it, in the tags, colours and modes we choose."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

_HEIGHT = 842


@dataclass(frozen=True)
class Ink:
    """Words at a place; ``tag`` is the marked-content number, ``grey`` 0 for black, 1 for white."""

    text: str
    x: float = 72
    y: float = 700
    size: float = 11
    bold: bool = False
    grey: float = 0
    mode: int = 0
    tag: int | None = None
    artifact: bool = False

    def drawn(self) -> bytes:
        font = "F2" if self.bold else "F1"
        words = self.text.encode("cp1252").replace(b"\\", b"\\\\")
        words = words.replace(b"(", b"\\(").replace(b")", b"\\)")
        look = f"BT /{font} {self.size} Tf {self.grey} g {self.mode} Tr {self.x} {self.y} Td ("
        text = look.encode() + words + b") Tj ET"
        if self.tag is not None:
            return f"/Span <</MCID {self.tag}>> BDC ".encode() + text + b" EMC"
        return b"/Artifact BMC " + text + b" EMC" if self.artifact else text


@dataclass(frozen=True)
class Box:
    """A filled box, or only its frame when ``grey`` is None."""

    x: float
    y: float
    width: float
    height: float
    grey: float | None = 0.8

    def drawn(self) -> bytes:
        place = f"{self.x} {self.y} {self.width} {self.height} re"
        return (f"{place} S" if self.grey is None else f"{self.grey} g {place} f").encode()


@dataclass(frozen=True)
class Photo:
    """A grey picture over the whole page, as a scan is."""

    def drawn(self) -> bytes:
        return f"q 595 0 0 {_HEIGHT} 0 0 cm /Im1 Do Q".encode()


Drawn = Ink | Box | Photo


@dataclass(frozen=True)
class Tag:
    """A tag with its children: tags, or marked-content numbers of its page."""

    name: str
    children: tuple["Tag | int", ...]


@dataclass(frozen=True)
class Leaf:
    """One page: what is drawn on it, in order, the tags for it, and more page settings."""

    drawn: Sequence[Drawn]
    tags: Sequence[Tag] = ()
    more: str = ""


@dataclass
class _File:
    objects: list[bytes] = field(default_factory=list)

    def add(self, body: bytes = b"") -> int:
        self.objects.append(body)
        return len(self.objects)

    def put(self, number: int, body: str) -> None:
        self.objects[number - 1] = body.encode()

    def written(self, root: int, info: int, more: str) -> bytes:
        out, places = b"%PDF-1.7\n", []
        for number, body in enumerate(self.objects, start=1):
            places.append(len(out))
            out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
        start = len(out)
        out += f"xref\n0 {len(places) + 1}\n0000000000 65535 f \n".encode()
        out += b"".join(f"{place:010} 00000 n \n".encode() for place in places)
        trailer = f"<</Size {len(places) + 1}/Root {root} 0 R/Info {info} 0 R{more}>>"
        return out + f"trailer\n{trailer}\nstartxref\n{start}\n%%EOF".encode()


def lines(*texts: str, top: float = 700, step: float = 14, x: float = 72) -> list[Ink]:
    """Lines below each other in the usual letters."""
    return [Ink(text, x=x, y=top - step * place) for place, text in enumerate(texts)]


def write(path: Path, *leaves: Leaf, title: str = "", locked: bool = False) -> Path:
    """A PDF file of these pages; ``locked`` asks for a password that nobody has."""
    path.write_bytes(_written(leaves, title, locked))
    return path


def _written(leaves: Sequence[Leaf], title: str, locked: bool) -> bytes:
    file = _File()
    root, pages, tree = file.add(), file.add(), file.add()
    fonts = [
        file.add(f"<</Type/Font/Subtype/Type1/BaseFont/{name}/Encoding/WinAnsiEncoding>>".encode())
        for name in ("Helvetica", "Helvetica-Bold")
    ]
    picture = file.add(
        b"<</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray"
        b"/BitsPerComponent 8/Length 1>>\nstream\n\xdd\nendstream"
    )
    numbers = [
        _page(file, leaf, pages, [*fonts, picture], place) for place, leaf in enumerate(leaves)
    ]
    kids = " ".join(f"{number} 0 R" for number in numbers)
    file.put(pages, f"<</Type/Pages/Kids[{kids}]/Count {len(numbers)}>>")
    tagged = any(leaf.tags for leaf in leaves)
    mark = f"/MarkInfo<</Marked true>>/StructTreeRoot {tree} 0 R" if tagged else ""
    file.put(root, f"<</Type/Catalog/Pages {pages} 0 R{mark}>>")
    file.put(tree, _tree(file, tree, leaves, numbers))
    info = file.add(f"<</Title({title})/CreationDate(D:20240102030405Z)>>".encode())
    return file.written(root, info, _lock(file) if locked else "")


def _page(file: _File, leaf: Leaf, above: int, shared: list[int], place: int) -> int:
    *fonts, picture = shared
    stream = b"\n".join(one.drawn() for one in leaf.drawn)
    content = file.add(f"<</Length {len(stream)}>>\nstream\n".encode() + stream + b"\nendstream")
    resources = f"<</Font<</F1 {fonts[0]} 0 R/F2 {fonts[1]} 0 R>>/XObject<</Im1 {picture} 0 R>>>>"
    return file.add(
        f"<</Type/Page/Parent {above} 0 R/MediaBox[0 0 595 {_HEIGHT}]{leaf.more}"
        f"/StructParents {place}/Resources{resources}/Contents {content} 0 R>>".encode()
    )


def _tree(file: _File, tree: int, leaves: Sequence[Leaf], numbers: list[int]) -> str:
    document = file.add()
    kids: list[int] = []
    parents = []
    for place, (leaf, page) in enumerate(zip(leaves, numbers, strict=True)):
        owners: dict[int, int] = {}
        kids += [_element(file, tag, document, page, owners) for tag in leaf.tags]
        row = " ".join(f"{owners[number]} 0 R" for number in sorted(owners))
        parents.append(f"{place}[{row}]")
    listed = " ".join(f"{kid} 0 R" for kid in kids)
    file.put(document, f"<</Type/StructElem/S/Document/P {tree} 0 R/K[{listed}]>>")
    numbered = " ".join(parents)
    return f"<</Type/StructTreeRoot/K {document} 0 R/ParentTree<</Nums[{numbered}]>>>>"


def _element(file: _File, tag: Tag, parent: int, page: int, owners: dict[int, int]) -> int:
    number = file.add()
    kids = []
    for child in tag.children:
        if isinstance(child, int):
            owners[child] = number
            kids.append(str(child))
        else:
            kids.append(f"{_element(file, child, number, page, owners)} 0 R")
    file.put(
        number,
        f"<</Type/StructElem/S/{tag.name}/P {parent} 0 R/Pg {page} 0 R/K[{' '.join(kids)}]>>",
    )
    return number


def _lock(file: _File) -> str:
    """An encryption entry whose check values fit no password."""
    nothing = "<" + "00" * 32 + ">"
    lock = file.add(f"<</Filter/Standard/V 1/R 2/Length 40/P -4/O {nothing}/U {nothing}>>".encode())
    return f"/Encrypt {lock} 0 R/ID[<00><00>]"
