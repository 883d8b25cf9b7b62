"""Typed settings: arguments > environment TERSAPA_SECTION__KEY > TOML. Wrong ones name their key and line."""

import base64
import hashlib
import json
import re
import tomllib
from collections.abc import Mapping, Sequence
from datetime import date, time, timedelta
from ipaddress import ip_address, ip_network
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import SplitResult, urlsplit

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PrivateAttr,
    SecretStr,
    ValidationError,
    model_validator,
)
from pydantic_settings import BaseSettings, NoDecode, PydanticBaseSettingsSource, SettingsConfigDict

from bot.core.escalation import Policy, Rung
from bot.core.hours import Hours
from bot.core.knowledge import URGENCIES
from bot.core.roles import LADDER_ROLES, ROLES
from bot.environment import check_environment, variable_of

TOKEN = re.compile(r"\d{3,16}:[A-Za-z0-9_-]{3,}")
SECRET = re.compile(r"[A-Za-z0-9_-]{16,256}")
MAIL_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*")
SMTPS = 465
"""The port on which mail is encrypted from the first byte on."""
PUBLIC_API = "https://api.telegram.org"
_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


class ConfigError(Exception):
    """The settings cannot be used; the text says which key, where, and what is expected."""


def duration(value: object) -> timedelta:
    """ "90s", "15m", "1h30m", "2d" as a length of time; ValueError otherwise."""
    if isinstance(value, timedelta):
        return value
    if not isinstance(value, str) or not re.fullmatch(r"(?:\d+[smhd])+", value):
        raise ValueError('a duration such as "15m", "1h30m" or "2d" is expected')
    return timedelta(seconds=sum(int(n) * _UNITS[u] for n, u in re.findall(r"(\d+)([smhd])", value)))


def hours(value: object) -> Hours:
    """ "always", "06:00-22:00" or "07:00-20:00 not sunday" as hours in WIB; ValueError otherwise."""
    if isinstance(value, Hours):
        return value
    found = re.fullmatch(r"(\d\d):(\d\d)-(\d\d):(\d\d)( not sunday)?", value) if isinstance(value, str) else None
    if value == "always":
        return Hours()
    if found is None:
        raise ValueError('"always", "06:00-22:00" or "07:00-20:00 not sunday" is expected')
    opens, closes = time(int(found[1]), int(found[2])), time(int(found[3]) % 24, int(found[4]))
    return Hours(opens, closes, sunday=found[5] is None)


def days_off(value: object) -> Mapping[date, str | Literal[False]]:
    """[holidays]: dates with the name of a day off, or false for a day that is none; ValueError names the date."""
    if not isinstance(value, Mapping):
        raise ValueError('lines such as "2027-03-10" = "Idul Fitri" are expected')
    found: dict[date, str | Literal[False]] = {}
    for key, name in value.items():
        try:
            day = key if isinstance(key, date) else date.fromisoformat(str(key))
        except ValueError:
            raise ValueError(f'"{key}": a date such as "2027-03-10" is expected') from None
        if name is not False and not (isinstance(name, str) and name.strip()):
            raise ValueError(f'"{key}": the name of a day off is expected, or false for a working day')
        found[day] = name
    return found


def daily(value: object) -> time | None:
    """ "07:00" as a time of day before 20.00 WIB, "never" as None; ValueError otherwise."""
    if value is None or value == "never":
        return None
    found = re.fullmatch(r"([01]\d):([0-5]\d)", value) if isinstance(value, str) else None
    if found is None:
        raise ValueError('a time before 20:00 such as "07:00", or "never" is expected')
    return time(int(found[1]), int(found[2]))


Duration = Annotated[timedelta, BeforeValidator(duration)]
Daily = Annotated[time | None, BeforeValidator(daily)]
OpenHours = Annotated[Hours, NoDecode, BeforeValidator(hours)]  # or the environment would have to say it in JSON
DaysOff = Annotated[Mapping[date, str | Literal[False]], BeforeValidator(days_off)]
SUMMARY_ROLES = tuple(role.code for role in ROLES.values() if role.summary is not None)


def one_of(known: Sequence[str]) -> AfterValidator:
    """Refuses a word that is none of these."""

    def check(value: str) -> str:
        if value not in known:
            raise ValueError(f"one of {', '.join(known)} is expected")
        return value

    return AfterValidator(check)


LadderRole = Annotated[str, one_of(LADDER_ROLES)]
SummaryRole = Annotated[str, one_of(SUMMARY_ROLES)]


def web_address(key: str, url: str) -> SplitResult:
    """The parts of an http or https address; a ValueError that begins with the key says what is wrong with it."""
    if not url.startswith(("http://", "https://")):
        raise ValueError(f"{key}: must begin with http:// or https://")
    try:
        parts = urlsplit(url)
        if ":" in (parts.hostname or ""):
            ip_address(parts.hostname or "")
        if re.search(r"[\s\\]", url):  # others may read another host in it
            raise ValueError
    except ValueError:
        raise ValueError(f"{key}: is no address of the web") from None
    if not parts.hostname:
        raise ValueError(f"{key}: names no host")
    if (port := parts.netloc.rpartition("@")[2].rpartition("]")[2].partition(":")[2]) and not _is_port(port):
        raise ValueError(f"{key}: the port must be a number from 1 to 65535")
    return parts


def _is_port(text: str) -> bool:
    return bool(re.fullmatch(r"[0-9]{1,5}", text)) and 1 <= int(text) <= 65535


class Section(BaseModel):
    """A frozen part of the settings; a key it does not know is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


class Webhook(Section):
    """Where Telegram delivers updates in webhook mode."""

    url: str = ""
    listen: str = "127.0.0.1:8443"
    secret: SecretStr = SecretStr("")

    @model_validator(mode="after")
    def _check(self) -> "Webhook":
        if self.url:
            web_address("url", self.url)
        _, colon, port = self.listen.rpartition(":")
        if not colon or not _is_port(port):
            raise ValueError("listen: HOST:PORT is expected, such as 127.0.0.1:8443")
        return self


class Telegram(Section):
    """The bot at Telegram, or at a Bot API server of one's own."""

    token: SecretStr = SecretStr("")
    api_url: str = PUBLIC_API
    mode: Literal["polling", "webhook"] = "polling"
    webhook: Webhook = Webhook()

    @model_validator(mode="after")
    def _check(self) -> "Telegram":
        token = self.token.get_secret_value()
        if token and not TOKEN.fullmatch(token):
            raise ValueError("token: must look like 123456:ABC-DEF (from @BotFather)")
        api = web_address("api_url", self.api_url)
        if api.query or api.fragment:
            raise ValueError("api_url: ends before ? and #")
        if api.scheme == "http" and not is_loopback(self.api_url):
            raise ValueError(
                "api_url: http sends the token in clear; https is needed (plain http only to this machine)"
            )
        if self.mode == "webhook":
            if not self.webhook.url:
                raise ValueError("webhook.url: mode = webhook needs the address Telegram calls")
            if not SECRET.fullmatch(self.webhook.secret.get_secret_value()):
                raise ValueError("webhook.secret: 16 to 256 of A-Z a-z 0-9 _ - are needed")
        return self


class DatabaseSettings(Section):
    """Where everything is kept."""

    url: str = "tersapa.db"


class Jsc(Section):
    """The province's case team: signed webhook, group, mail."""

    webhook_url: str = ""
    webhook_secret: SecretStr = SecretStr("")
    webhook_old_secret: SecretStr = SecretStr("")
    webhook_hosts: tuple[str, ...] = ()
    webhook_networks: tuple[str, ...] = ()
    chat_id: int | None = None
    emails: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _check(self) -> "Jsc":
        if self.webhook_url:
            parts = web_address("webhook_url", self.webhook_url)
            loopback = is_loopback(self.webhook_url)
            if parts.scheme != "https" and not loopback:
                raise ValueError("webhook_url: https is needed (plain http only to this machine)")
            if not loopback and parts.hostname not in {host.lower() for host in self.webhook_hosts}:
                raise ValueError("webhook_hosts: must name the host of webhook_url")
            if not _is_webhook_secret(self.webhook_secret):
                raise ValueError("webhook_secret: whsec_ and 24 to 64 bytes in base64 are needed")
        if self.webhook_old_secret.get_secret_value() and not _is_webhook_secret(self.webhook_old_secret):
            raise ValueError("webhook_old_secret: whsec_ and 24 to 64 bytes in base64 are needed")
        for network in self.webhook_networks:
            try:
                ip_network(network)
            except ValueError:
                raise ValueError('webhook_networks: networks such as "10.20.0.0/16" are expected') from None
        _check_addresses("emails", self.emails)
        return self


class Smtp(Section):
    """The mail server; `admins` hear by mail when Telegram itself is silent."""

    host: str = ""
    port: int = Field(587, ge=1, le=65535)
    user: str = ""
    password: SecretStr = SecretStr("")
    sender: str = ""
    starttls: bool = True
    admins: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _check(self) -> "Smtp":
        _check_addresses("admins", self.admins)
        if self.sender or self.host:
            _check_addresses("sender", (self.sender,))
        if self.admins and not self.host:
            raise ValueError("admins: a mail server is needed (host and sender)")
        clear = not self.starttls and self.port != SMTPS
        if clear and self.password.get_secret_value() and not is_loopback(f"smtp://{self.host}"):
            raise ValueError("starttls: a password never leaves this machine in clear; use starttls or port 465")
        return self


def _check_addresses(key: str, addresses: Sequence[str]) -> None:
    for address in addresses:
        if not MAIL_ADDRESS.fullmatch(address):
            raise ValueError(f"{key}: plain mail addresses such as piket@jsc.example.go.id are expected")


def _is_webhook_secret(secret: SecretStr) -> bool:
    """Whether this is whsec_ and 24 to 64 bytes in base64, padded or not; the signer itself would take five bytes."""
    prefix, _, text = secret.get_secret_value().partition("_")
    try:
        key = base64.b64decode(text + "=" * (-len(text) % 4), validate=True)
    except ValueError:
        return False
    return prefix == "whsec" and 24 <= len(key) <= 64


class RungSettings(Section):
    """One rung: after how long, whom, and when each is reminded."""

    after: Duration
    ask: tuple[LadderRole, ...] = Field(min_length=1)
    remind: tuple[Duration, ...] = ()


class Ladder(Section):
    """The ladder of one urgency."""

    rungs: tuple[RungSettings, ...] = Field(min_length=1)
    repeat: Duration
    hours: OpenHours = Hours()

    @model_validator(mode="after")
    def _check(self) -> "Ladder":
        self.policy()
        return self

    def policy(self) -> Policy:
        """The ladder as the core knows it."""
        rungs = tuple(Rung(rung.after, tuple(rung.ask), rung.remind) for rung in self.rungs)
        return Policy(rungs, self.repeat, self.hours)


def _ladder(hours: str, repeat: str, *rungs: tuple[str, str, str]) -> Ladder:
    parsed = [{"after": after, "ask": ask.split(), "remind": remind.split()} for after, ask, remind in rungs]
    return Ladder.model_validate({"rungs": parsed, "repeat": repeat, "hours": hours})


class Override(Section):
    """Other ladders for some kecamatan, or for the whole of a kabupaten/kota: islands a day away by boat (row 144)."""

    kecamatan: tuple[str, ...] = Field(min_length=1)
    darurat: Ladder | None = None
    mendesak: Ladder | None = None
    biasa: Ladder | None = None

    @model_validator(mode="after")
    def _check(self) -> "Override":
        if not (self.darurat or self.mendesak or self.biasa):
            raise ValueError("kecamatan: a ladder is missing: darurat, mendesak or biasa")
        return self


class Escalation(Section):
    """The ladders (design: the table of urgencies)."""

    darurat: Ladder = _ladder(
        "always",
        "15m",
        ("0s", "tksk koordinator dinsos", "5m 10m"),
        ("15m", "jsc", ""),
        ("25m", "jsc jsc2", ""),
    )
    mendesak: Ladder = _ladder(
        "06:00-22:00",
        "3h",
        ("0s", "tksk", "1h"),
        ("2h", "deputy koordinator", ""),
        ("4h", "dinsos", ""),
        ("8h", "jsc", ""),
    )
    biasa: Ladder = _ladder(
        "07:00-20:00 not sunday",
        "24h",
        ("0s", "tksk", "4h 20h"),
        ("24h", "deputy koordinator", ""),
        ("48h", "dinsos", ""),
        ("72h", "jsc", ""),
    )

    override: tuple[Override, ...] = ()

    @model_validator(mode="after")
    def _check(self) -> "Escalation":
        seen: set[str] = set()
        for number, override in enumerate(self.override):
            for code in override.kecamatan:
                if code in seen:
                    raise ValueError(f"override.{number}.kecamatan: {code} stands twice")
                seen.add(code)
        return self

    def policy(self, urgency: str, place: str | None = None) -> Policy:
        """The ladder of an urgency at a place (code of a kecamatan or kabupaten/kota)."""
        return self.ladder(urgency, place)[0].policy()

    def ladder(self, urgency: str, place: str | None) -> tuple[Ladder, str | None]:
        """The ladder, and the code of the override it stands in: that of the kecamatan before the kabupaten's."""
        assert urgency in URGENCIES
        for code in dict.fromkeys((place, place[:5])) if place else ():
            for override in self.override:
                ladder: Ladder | None = getattr(override, urgency)
                if ladder is not None and code in override.kecamatan:
                    return ladder, code
        default: Ladder = getattr(self, urgency)
        return default, None


class Privacy(Section):
    """Who answers for the data; without both, `run` serves an api_url of this machine only (row 152)."""

    controller: str = ""
    contact: str = ""
    keys_file: Path | None = None


class Limits(Section):
    """How fast the bot speaks; 0 = no limit."""

    overall_per_second: float = Field(28.0, ge=0)
    chat_per_second: float = Field(1.0, ge=0)
    chat_burst: float = Field(3.0, ge=1)
    group_per_minute: float = Field(18.0, ge=0)


class SummarySettings(Section):
    """The morning summary: when it is sent (WIB), and to which roles."""

    at: Daily = time(7)
    roles: tuple[SummaryRole, ...] = SUMMARY_ROLES


class Settings(BaseSettings):
    """All settings of one bot."""

    model_config = SettingsConfigDict(extra="forbid", frozen=True, env_prefix="TERSAPA_", env_nested_delimiter="__")
    telegram: Telegram = Telegram()
    database: DatabaseSettings = DatabaseSettings()
    jsc: Jsc = Jsc()
    smtp: Smtp = Smtp()
    escalation: Escalation = Escalation()
    privacy: Privacy = Privacy()
    limits: Limits = Limits()
    holidays: DaysOff = Field(default_factory=dict)
    summary: SummarySettings = SummarySettings()
    _text: str = PrivateAttr("")
    _path: Path | None = PrivateAttr(None)

    @model_validator(mode="after")
    def _check(self) -> "Settings":
        if self.jsc.emails and not self.smtp.host:
            raise ValueError("jsc.emails: a mail server is needed ([smtp] host and sender)")
        return self

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment wins over the file, which comes in as arguments."""
        return (env_settings, init_settings)

    def fault(self, where: Sequence[str | int], message: str) -> ConfigError:
        """What is wrong with a key, found out where its meaning is known; said as every other wrong setting is."""
        return ConfigError(_explain({"loc": where, "msg": message, "type": ""}, self._text, self._path))


def load_settings(path: Path | None) -> Settings:
    """The settings of a TOML file (None: only the environment); ConfigError names key and line."""
    text, body = "", {}
    if path is not None:
        try:
            text = path.read_text("utf-8")
            body = tomllib.loads(text)
        except OSError as error:
            hint = " Copy config.example.toml to begin." if isinstance(error, FileNotFoundError) else ""
            raise ConfigError(f"{path}: cannot be read ({error.strerror}).{hint}") from None
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise ConfigError(f"{path}: not TOML: {error}") from None
    try:
        check_environment(Settings)
    except ValueError as error:
        raise ConfigError(str(error)) from None
    try:
        settings = Settings(**body)
    except ValidationError as error:
        lines = [_explain(detail, text, path) for detail in error.errors(include_url=False, include_input=False)]
        raise ConfigError("\n".join(lines)) from None
    settings._text, settings._path = text, path
    return settings


def _explain(detail: Mapping[str, Any], text: str, path: Path | None) -> str:
    where = [str(part) for part in detail["loc"]]
    message = str(detail["msg"]).removeprefix("Value error, ")
    if found := re.match(r'([a-z_.0-9]+|"[^"]+"): (.*)', message):
        below = [found[1].strip('"')] if found[1].startswith('"') else found[1].split(".")
        where, message = [*where, *below], found[2]
    if detail["type"] == "extra_forbidden":
        message = "unknown key"
    line = _line_of(where, text)
    place = variable_of(where) or (f"{path}, line {line}" if line else str(path or "settings"))
    return f"{place}: [{'.'.join(where[:-1]) or where[-1]}] {where[-1]}: {message}"


def _line_of(where: list[str], text: str) -> int | None:
    """The line of a key: its table's header first, then the key below it; a number picks one of [[several]]."""
    lines = text.splitlines()
    headers = [line.split("#")[0].replace(" ", "") for line in lines]
    first, end = 0, len(lines)
    names: list[str] = []
    for part in where:
        if not part.isdigit():
            names.append(part)
            continue
        starts = [n for n, header in enumerate(headers) if header == f"[[{'.'.join(names)}]]"]
        if int(part) < len(starts):
            first, end = starts[int(part)], [*starts, len(lines)][int(part) + 1]
    for depth in range(len(names), -1, -1):
        name = ".".join(names[:depth])
        found = (n for n in range(first, end) if headers[n] in (f"[{name}]", f"[[{name}]]"))
        start = next(found, None) if depth else -1
        if start is None:
            continue
        for number in range(start + 1, end):
            line = lines[number].strip()
            if depth and line.startswith("["):
                break
            if depth < len(names) and re.match(rf"[\"']?{re.escape(names[depth])}[\"']?\s*[=.]", line):
                return number + 1
        if depth:
            return start + 1
    return None


def is_loopback(url: str) -> bool:
    """Whether an address points at this machine."""
    host = urlsplit(url).hostname or ""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def policy_json(policy: Policy) -> tuple[str, str]:
    """A ladder as text to be kept with a case, and its id (the hash of that text)."""
    seconds = timedelta(seconds=1)
    body = json.dumps(
        {
            "rungs": [
                {"after": r.after // seconds, "ask": list(r.ask), "remind": [w // seconds for w in r.remind]}
                for r in policy.rungs
            ],
            "repeat": policy.repeat // seconds,
            "hours": [policy.hours.opens.isoformat(), policy.hours.closes.isoformat(), policy.hours.sunday],
        },
        sort_keys=True,
    )
    return hashlib.sha256(body.encode()).hexdigest()[:16], body


def policy_from_json(body: str) -> Policy:
    """The ladder that `policy_json` wrote."""
    data = json.loads(body)
    rungs = tuple(
        Rung(
            timedelta(seconds=r["after"]),
            tuple(a for a in r["ask"] if a in LADDER_ROLES),
            tuple(timedelta(seconds=w) for w in r["remind"]),
        )
        for r in data["rungs"]
    )
    opens, closes, sunday = data["hours"]
    return Policy(
        rungs,
        timedelta(seconds=data["repeat"]),
        Hours(time.fromisoformat(opens), time.fromisoformat(closes), sunday),
    )
