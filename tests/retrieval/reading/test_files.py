"""Tests of the checks on a file before anything parses it."""

import hashlib
import os
from pathlib import Path

import pytest

from retrieval.documents import Refused
from retrieval.reading import SUFFIXES, Limits, digest_of, files, is_readable

from .making import SENTENCE, write


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("report.pdf", True),
        ("report.PDF", True),
        ("letter.docx", True),
        ("page.html", True),
        ("page.htm", True),
        ("notes.md", True),
        ("notes.markdown", True),
        ("notes.txt", True),
        ("~$letter.docx", False),
        (".hidden.pdf", False),
        ("._report.pdf", False),
        ("sheet.xlsx", False),
        ("report", False),
    ],
)
def test_a_walk_picks_up_what_can_be_read(tmp_path: Path, name: str, wanted: bool) -> None:
    assert is_readable(write(tmp_path / name, SENTENCE)) is wanted
    assert (Path(name).suffix.lower() in SUFFIXES) or not wanted


def test_a_folder_named_like_a_file_is_not_picked_up(tmp_path: Path) -> None:
    (tmp_path / "report.pdf").mkdir()
    assert not is_readable(tmp_path / "report.pdf")


def test_the_digest_is_that_of_the_bytes(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", SENTENCE)
    assert digest_of(path) == hashlib.sha256(SENTENCE.encode()).hexdigest()


def test_a_file_within_bounds_has_a_stamp(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", SENTENCE)
    assert files.checked(path, Limits()).size == len(SENTENCE)


def test_what_is_not_a_file_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "round.txt").symlink_to(tmp_path / "round.txt")
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nothing.txt")
    (tmp_path / "empty.txt").touch()
    for name, told in [
        ("", "is a folder"),
        ("pipe.txt", "pipe or device"),
        ("round.txt", "cannot be opened"),
        ("gone.txt", "is not there"),
        ("empty.txt", "is empty"),
        ("missing.txt", "is not there"),
        ("empty.txt/below.txt", "is not there"),
        ("n" * 300, "cannot be opened"),
    ]:
        with pytest.raises(Refused, match=told):
            files.checked(tmp_path / name, Limits())


def test_a_device_is_refused() -> None:
    with pytest.raises(Refused, match="pipe or device"):
        files.checked(Path("/dev/null"), Limits())


def test_a_file_that_is_too_large_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    with path.open("wb") as file:
        file.truncate(3_000_000)
    with pytest.raises(Refused, match=r"large\.txt has 3 MB and the limit is 2 MB"):
        files.checked(path, Limits(max_megabytes=2))


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read every file")
def test_a_file_without_permission_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "shut.txt", SENTENCE)
    path.chmod(0)
    with pytest.raises(Refused, match="may not be read"):
        files.checked(path, Limits())


def test_a_file_that_changed_meanwhile_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", SENTENCE)
    before = files.checked(path, Limits())
    files.refuse_changed(path, before, Limits())
    write(path, SENTENCE + SENTENCE)
    with pytest.raises(Refused, match="changed while it was being read"):
        files.refuse_changed(path, before, Limits())
