"""The options of ``rejoinder report`` and ``rejoinder reports``."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]


def add(report: argparse.ArgumentParser, reports: argparse.ArgumentParser) -> None:
    """Give both commands what they take."""
    actions = report.add_subparsers(dest="action", required=True, metavar="ACTION")
    _adding(actions)
    _recording(actions)
    _looking(actions)
    _on(reports)
    reports.add_argument("--ics", type=Path, metavar="FILE", help="write all deadlines there")
    _with_json(reports)


def _adding(actions: "Commands") -> None:
    command = _action(actions, "add", "propose a case from a report and write its sheet")
    command.add_argument("file", metavar="FILE", help="a file, or the name of an indexed document")
    command.add_argument("--published", metavar="DATE", help="the day, which you confirm by this")
    command.add_argument("--rule", help="s55 or stated_date")
    command.add_argument("--by", metavar="DATE", help="the day that a letter states")
    _sheet(command)
    command = _action(actions, "link", "add a second report to a case and write its sheet")
    _case(command)
    command.add_argument("file", metavar="OTHER_REPORT", help="a file, or an indexed document")
    _sheet(command)
    command = _action(actions, "respond", "read a published response into a case, old or new")
    _case(command)
    command.add_argument("file", metavar="FILE", help="a file, or an indexed document")
    _sheet(command)
    command = _action(actions, "sheet", "write the sheet of a case anew")
    _case(command)
    _sheet(command)
    command = _action(actions, "confirm", "keep what a person corrected and confirmed on a sheet")
    command.add_argument("sheet", type=Path, metavar="CASE.yaml")
    _person(command)
    _with_json(command)


def _recording(actions: "Commands") -> None:
    command = _action(actions, "chief", "record the invitation to the chief officer, and comments")
    _case(command)
    command.add_argument("step", choices=("invited", "received", "none"))
    _on(command, required=True)
    command.add_argument("--until", metavar="DATE", help="the day set for the comments")
    _person(command)
    _with_json(command)
    command = _action(actions, "status", "record what a document says has become of an item")
    _case(command)
    command.add_argument("item", type=int, metavar="ITEM", help="the item's id")
    command.add_argument("--status", required=True, help="such as closed or in_progress")
    _on(command, required=True)
    command.add_argument("--source", required=True, metavar="FILE", help="what says so")
    command.add_argument("--page", required=True, type=int, metavar="N")
    command.add_argument("--quote", required=True, metavar="WORDS", help="its words on that page")
    _person(command)
    _with_json(command)


def _looking(actions: "Commands") -> None:
    _earlier(actions)
    command = _action(actions, "show", "show a case: its clock, its items, who said what")
    _case(command)
    _on(command)
    _with_json(command)
    command = _action(actions, "open", "list the items that are still open on the record")
    command.add_argument("--year", type=int, help="only of reports published in this year")
    _with_json(command)


def _earlier(actions: "Commands") -> None:
    words = "list earlier reports that may raise the same, or say of one that it does"
    command = _action(actions, "earlier", words)
    _case(command)
    command.add_argument("item", type=int, nargs="?", metavar="ITEM", help="the item's id")
    said = command.add_mutually_exclusive_group()
    said.add_argument("--same", metavar="NAME", help="it raises the same as this suggestion")
    said.add_argument("--not-same", metavar="NAME", help="it does not")
    _person(command)
    _with_json(command)


def _action(actions: "Commands", name: str, words: str) -> argparse.ArgumentParser:
    return actions.add_parser(name, help=words, description=words[0].upper() + words[1:] + ".")


def _case(command: argparse.ArgumentParser) -> None:
    command.add_argument("case", metavar="CASE", help="such as peel-2023-25-fernshire")


def _sheet(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--out", type=Path, default=Path(), metavar="FOLDER", help="where the sheet goes"
    )
    _person(command)
    _with_json(command)


def _person(command: argparse.ArgumentParser) -> None:
    command.add_argument("--as", dest="person", metavar="USER", help="who says this")


def _on(command: argparse.ArgumentParser, *, required: bool = False) -> None:
    words = "the day on which it happened" if required else "the day to count for (default: today)"
    command.add_argument("--on", required=required, metavar="DATE", help=words)


def _with_json(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--json", action="store_true", help="print one JSON document on standard output"
    )
