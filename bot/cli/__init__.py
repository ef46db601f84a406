"""The command line: one command for each thing staff do. Light until a command is chosen."""

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command: 0 done, 1 the answer is no, 2 wrong use, 3 broken input or setting."""
    given = parser().parse_args(arguments)
    from bot.cli import running

    return running.run(import_module(f"bot.cli.{given.module}").run, given)


def script() -> None:
    """What the ``rejoinder`` command runs."""
    sys.exit(main())


def parser() -> argparse.ArgumentParser:
    """All commands and their options."""
    top = argparse.ArgumentParser(
        prog="rejoinder",
        description="Answers from inspection reports and past responses, with exact quotations.",
        epilog="Exit codes: 0 done, 1 the answer is no, 2 wrong use, 3 broken input or setting.",
    )
    top.add_argument("--version", action="version", version=f"rejoinder {_version()}")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    _index(commands)
    _catalogue(commands)
    _ask(commands)
    _items(commands)
    _eval(commands)
    _doctor(commands)
    _manifest(commands)
    _serve(commands)
    _playground(commands)
    _duty(commands)
    _report(commands)
    _comments(commands)
    _draft(commands)
    _audit(commands)
    return top


def _version() -> str:
    from importlib.metadata import version

    return version("rejoinder")


def _command(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
    name: str,
    module: str,
    words: str,
) -> argparse.ArgumentParser:
    command = commands.add_parser(name, help=words, description=words[0].upper() + words[1:] + ".")
    command.set_defaults(module=module)
    return command


def _with_json(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--json", action="store_true", help="print one JSON document on standard output"
    )


def _index(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    words = "read, split and embed documents that are new or changed"
    command = _command(commands, "index", "indexing", words)
    command.add_argument(
        "paths",
        nargs="*",
        type=Path,
        metavar="PATH",
        help="files or folders; none: REJOINDER_CORPUS, or only mend the index",
    )
    _with_json(command)


def _catalogue(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    words = "propose what each document of a folder is, for a person to correct and confirm"
    command = _command(commands, "catalogue", "cataloguing", words)
    command.add_argument("folder", type=Path, metavar="FOLDER", help="the folder of documents")
    _with_json(command)


def _ask(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    words = "answer a question from the documents; without a question, hold a conversation"
    command = _command(commands, "ask", "asking", words)
    command.add_argument("question", nargs="?", metavar="QUESTION")
    command.add_argument("--as", dest="person", metavar="USER", help="ask as this person")
    command.add_argument(
        "--filter",
        action="append",
        default=[],
        dest="filters",
        metavar="KEY=VALUE",
        help="only documents with this place, body, kind, year or collection; may be repeated",
    )
    _with_json(command)


def _items(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    words = "list what a report asks for; nothing is stored"
    command = _command(commands, "items", "listing", words)
    command.add_argument("file", type=Path, metavar="FILE")
    _with_json(command)


def _eval(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    words = "measure finding and answering on a set of questions"
    command = _command(commands, "eval", "evaluating", words)
    command.add_argument("questions", type=Path, metavar="QUESTIONS.json")
    command.add_argument(
        "--documents", type=Path, required=True, metavar="DIR", help="the documents asked about"
    )
    _with_json(command)


def _doctor(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    words = "say what is set up, what is missing and what to do about it"
    command = _command(commands, "doctor", "examining", words)
    _with_json(command)


def _manifest(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    words = "print the manifest from which Slack makes the app"
    command = _command(commands, "manifest", "manifesting", words)
    command.add_argument(
        "--http",
        metavar="URL",
        help="have Slack post to this address instead of connecting by Socket Mode",
    )


def _serve(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    words = "connect to Slack and answer there, until stopped"
    command = _command(commands, "serve", "serving", words)
    command.add_argument(
        "--http",
        action="store_true",
        help="listen for Slack's requests instead of connecting by Socket Mode",
    )
    words = "do the work of other processes that serve, without receiving from Slack"
    _command(commands, "work", "serving", words)


def _playground(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    words = "try everything in a local Slack with a fictional office; no account is needed"
    command = _command(commands, "playground", "playing", words)
    command.add_argument(
        "--port", type=_port, default=0, metavar="PORT", help="port of the local Slack"
    )
    command.add_argument(
        "--demo", action="store_true", help="play a short conversation first and print it"
    )


def _port(text: str) -> int:
    if not text.isdecimal() or int(text) > 65535:
        raise argparse.ArgumentTypeError("a port is a number up to 65535")
    return int(text)


def _duty(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    words = "work out the last day in law for a response to a report"
    command = _command(commands, "duty", "timing", words)
    command.add_argument("--published", required=True, metavar="DATE", help="such as 2023-12-22")
    command.add_argument("--rule", help="s55 (the default) or stated_date")
    command.add_argument("--by", metavar="DATE", help="the date that a letter states")
    command.add_argument("--on", metavar="DATE", help="the day to count for (default: today)")
    _with_json(command)


def _report(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    from bot.cli import report_options

    words = "take a report in, confirm its items, record what happens with it"
    report = _command(commands, "report", "reporting", words)
    words = "show where every case stands: the day, the last day, what comes next"
    report_options.add(report, _command(commands, "reports", "reports", words))


def _comments(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    words = "match the chief officer's comments to the items of a case, and keep them"
    command = _command(commands, "comments", "commenting", words)
    command.add_argument("case", metavar="CASE", help="such as peel-2023-25-fernshire")
    command.add_argument("file", metavar="FILE", help="a file, or the name of an indexed document")
    command.add_argument(
        "--confirm", metavar="WHICH", help="keep them: all, or with changes: all,3=8b,5=-"
    )
    command.add_argument("--as", dest="person", metavar="USER", help="who says this")
    _with_json(command)


def _draft(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    words = "draft the reply to an item of a case, or to all of ours, and check it"
    command = _command(commands, "draft", "drafting", words)
    command.add_argument("case", metavar="CASE", help="such as peel-2023-25-fernshire")
    command.add_argument("item", nargs="?", type=int, metavar="ITEM", help="the item's id")
    command.add_argument("--as", dest="person", metavar="USER", help="draft as this person")
    _with_json(command)


def _audit(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    words = "check that the record of what happened is whole"
    command = _command(commands, "audit", "auditing", words)
    command.add_argument("action", choices=("verify",))
    _with_json(command)
