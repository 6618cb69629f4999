"""What the server must be told: read once, from the environment and an optional file.

Names are ``VOIRIE_DATA``, ``VOIRIE_DATABASE``, ``VOIRIE_PHOTOS``, ``VOIRIE_HOST``,
``VOIRIE_PORT``, and of 311 ``VOIRIE_TOWN``, ``VOIRIE_CONTACT``, ``VOIRIE_JURISDICTION``,
``VOIRIE_PUBLIC_URL``, and how mail leaves (docs/notices.md); the file is ``voirie.toml`` in the
folder it is started from, or the one ``VOIRIE_CONFIG`` names.
"""

import os
import re
from email.utils import parseaddr
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

OPTIONS = ("data", "database", "host", "port")
"""Those that the command line may give as well."""


class BadSettings(Exception):
    """Every problem of the settings, one line each."""


class ServerSettings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="VOIRIE_", extra="ignore", frozen=True)

    data: Path = Path("voirie-data")
    database: str = ""
    photos: str = ""
    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65535)] = 8000
    town: str = "Val-des-Pins"
    contact: str = ""
    jurisdiction: str = ""
    public_url: str = ""
    smtp_host: str = ""
    smtp_port: Annotated[int, Field(ge=0, le=65535)] = 0
    smtp_security: Literal["starttls", "tls", "none"] = "starttls"
    smtp_user: str = ""
    smtp_password: SecretStr = SecretStr("")
    smtp_password_file: Path | None = None
    mail_from: str = ""
    mail_reply_to: str = ""
    mail_folder: Path | None = None

    @field_validator("database")
    @classmethod
    def _is_a_url(cls, url: str) -> str:
        try:
            if url and make_url(url).get_backend_name() not in ("sqlite", "postgresql"):
                raise ValueError(
                    "SQLite and PostgreSQL are supported: sqlite:///… or postgresql+psycopg://…"
                )
        except ArgumentError:
            raise ValueError(
                "an SQLAlchemy URL is expected, such as sqlite:///town.sqlite"
            ) from None
        return url

    @field_validator("photos")
    @classmethod
    def _is_a_place(cls, place: str) -> str:
        if "://" in place and not re.match(r"s3://[^/?]+", place):
            raise ValueError(
                "a folder is expected, or s3://bucket/prefix?endpoint=https://…&region=…"
            )
        return place

    @field_validator("public_url")
    @classmethod
    def _is_an_address(cls, address: str) -> str:
        if address and not re.match(r"https?://[^/]+", address):
            raise ValueError("an address such as https://311.example.ca is expected")
        return address

    @field_validator("mail_from", "mail_reply_to")
    @classmethod
    def _is_a_mail_address(cls, address: str) -> str:
        if address and not re.fullmatch(r"[^@\s]+@[^@\s]+", parseaddr(address)[1]):
            raise ValueError("an address is expected, such as Ville de X <311@example.ca>")
        return address

    @model_validator(mode="after")
    def _can_write(self) -> Self:
        """A mail server needs a sender, and a password needs to be there to be read."""
        if self.smtp_host and not self.mail_from:
            raise ValueError("VOIRIE_SMTP_HOST is given and VOIRIE_MAIL_FROM is not")
        file = self.smtp_password_file
        if file is not None and not os.access(file, os.R_OK):
            raise ValueError(f"VOIRIE_SMTP_PASSWORD_FILE: {file} cannot be read")
        return self

    @property
    def password(self) -> str:
        """That of the mail server, from its file where one is named."""
        if self.smtp_password_file is not None:
            return self.smtp_password_file.read_text("utf-8").strip()
        return self.smtp_password.get_secret_value()

    @property
    def url(self) -> str:
        """The database's URL; a SQLite file in the data folder when none is given."""
        return self.database or f"sqlite:///{self.data.absolute() / 'server.sqlite'}"

    @property
    def base_map(self) -> Path:
        """The folder of the base map: what was drawn, and the packs."""
        return self.data / "basemap"

    @property
    def url_shown(self) -> str:
        """The URL as it may be shown: without its password."""
        return make_url(self.url).render_as_string(hide_password=True)

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls, _file())


def _file() -> Path:
    return Path(os.environ.get("VOIRIE_CONFIG", "voirie.toml"))


def read_settings(**given: Any) -> ServerSettings:
    """The settings; what the command line gives comes before environment and file.

    :raises BadSettings: naming every problem at once, with how to mend each
    """
    try:
        return ServerSettings(**{name: value for name, value in given.items() if value is not None})
    except ValidationError as error:
        raise BadSettings("\n".join(map(_told, error.errors()))) from None
    except (ValueError, OSError) as error:
        raise BadSettings(f"{_file()} cannot be read: {error}") from None


def _told(problem: Any) -> str:
    """One problem, by its variable and its option: either may be what was wrong."""
    name = "_".join(map(str, problem["loc"]))
    if not name:
        return str(problem["msg"]).removeprefix("Value error, ")
    option = f" (--{name})" if name in OPTIONS else ""
    why = problem["msg"].removeprefix("Value error, ")
    return f"VOIRIE_{name.upper()}{option}: {why} (got {_without_password(repr(problem['input']))})"


def _without_password(text: str) -> str:
    """What stands between a URL's user and its host is not for the eyes of a terminal."""
    return re.sub(r"(://[^:/@\s]*:)[^@\s]*@", r"\1***@", text)
