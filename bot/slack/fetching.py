"""One file out of Slack onto the disk, by the bot's token, which goes to nobody but Slack."""

import hashlib
import http.client
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any
from urllib.error import HTTPError
from urllib.parse import quote, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from bot.jobs import TryAgain
from bot.slack.calling import SECONDS
from retrieval.documents import Refused

_SLACK = re.compile(r"(?:[a-z0-9-]+\.)*(?:slack\.com|slack-files\.com)")
_AS_IT_IS = "%/:?&=#@+,;~!$'()*[]"  # in an address; a space, say, is written as %20
_PIECE = 1 << 16
_GONE = (403, 404, 410)
_NOT_KEPT = "is not kept in Slack itself, so I do not read it: send the file"
_ELSEWHERE = "lies at an address that is not Slack's, so I do not fetch it: send the file"
_DELETED = "is no longer there in Slack: send it again"


@dataclass(frozen=True)
class Source:
    """Where files come from: the Web API's address, the bot's token, the largest size in MB."""

    api: str
    token: str
    most: int


def fetch(told: Mapping[str, Any], part: Path, source: Source) -> str:
    """Write a file that ``files.info`` tells of to ``part``; the SHA-256 of its bytes in hex.

    Refused says why it is not fetched. TryAgain when Slack does not give it now.
    """
    name, size = str(told.get("name") or "The file"), _size(told)
    address = quote(str(told.get("url_private_download") or ""), safe=_AS_IT_IS)
    if told.get("is_external") or not address:
        raise Refused(f"{name} {_NOT_KEPT}")
    if not allowed(address, source.api):
        raise Refused(f"{name} {_ELSEWHERE}")
    _refuse_size(name, size, source.most)
    try:
        return _written(name, address, part, size, source)
    except HTTPError as no:
        no.close()
        if no.code in _GONE:
            raise Refused(f"{name} {_DELETED}") from None
        raise TryAgain(f"download: {no.code}") from None
    except (OSError, http.client.HTTPException) as cause:
        raise TryAgain(f"download: {type(cause).__name__}") from None


def allowed(address: str, api: str) -> bool:
    """Whether the token may be sent to an address: Slack's own, or that of the Web API we use.

    >>> allowed("https://files.slack.com/a", "https://slack.com/api/")
    True
    >>> allowed("https://files.slack.com.example.org/a", "https://slack.com/api/")
    False
    """
    try:
        wanted, ours = urlsplit(address), urlsplit(api)
        ports = wanted.port, ours.port
    except ValueError:
        return False
    if wanted.username or wanted.password:
        return False
    if (wanted.scheme, wanted.hostname, ports[0]) == (ours.scheme, ours.hostname, ports[1]):
        return True
    is_slack = bool(_SLACK.fullmatch(wanted.hostname or ""))
    return is_slack and wanted.scheme == "https" and ports[0] in (None, 443)


class _AmongSlack(HTTPRedirectHandler):
    """Follows a redirection to where the token may go, and to nowhere else."""

    def __init__(self, name: str, api: str) -> None:
        self._name = name
        self._api = api

    def redirect_request(
        self,
        req: Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: http.client.HTTPMessage,
        newurl: str,
    ) -> Request | None:
        if not allowed(newurl, self._api):
            raise Refused(f"{self._name} {_ELSEWHERE}")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _written(name: str, address: str, part: Path, size: int | None, source: Source) -> str:
    request = Request(address, headers={"Authorization": f"Bearer {source.token}"})
    opener = build_opener(_AmongSlack(name, source.api))
    digest, length = hashlib.sha256(), 0
    with opener.open(request, timeout=SECONDS) as answer, part.open("wb") as file:
        while piece := answer.read(_PIECE):
            length += len(piece)
            _refuse_size(name, length, source.most)
            digest.update(piece)
            file.write(piece)
    if size is not None and length != size:
        raise TryAgain("download: not the whole file, or a page in its place")
    return digest.hexdigest()


def _size(told: Mapping[str, Any]) -> int | None:
    size = told.get("size")
    return size if isinstance(size, int) else None


def _refuse_size(name: str, size: int | None, most: int) -> None:
    if size is not None and size > most * 1_000_000:
        raise Refused(
            f"{name} has more than {most:,} MB, the limit: split it, or ask the people who run "
            "Rejoinder to raise the limit"
        )
