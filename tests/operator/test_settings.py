"""Wrong settings name their key and line; the example file loads; what must not run is refused."""

import re
import tomllib
from datetime import date
from pathlib import Path

import pytest

from bot.config import ConfigError, Settings, load_settings, policy_from_json, policy_json
from bot.core.escalation import URGENCIES
from bot.core.sorts import Reach, Sort
from bot.preflight import check_overrides, check_start

EXAMPLE = Path(__file__).parents[2] / "config.example.toml"


def test_the_example_loads_and_shows_the_defaults() -> None:
    settings = load_settings(EXAMPLE)
    assert settings.escalation == Settings().escalation
    assert settings.summary == Settings().summary
    assert (
        tomllib.loads(EXAMPLE.read_text("utf-8"))["limits"]["overall_per_second"] == settings.limits.overall_per_second
    )


def test_what_the_example_only_shows_loads_too(tmp_path: Path) -> None:
    hidden = EXAMPLE.read_text("utf-8").split("# Other ladders")[1].splitlines()
    toml = (line.removeprefix("# ") for line in hidden)
    path = tmp_path / "config.toml"
    path.write_text("\n".join(line for line in toml if re.match(r'[\[\]"]| +\{|[a-z]+ = ', line)), "utf-8")
    settings = load_settings(path)
    assert settings.escalation.ladder("biasa", "35.29.23")[1] == Reach("35.29.23")
    assert settings.escalation.ladder("biasa", "35.07.24", Sort("anak"))[1] == Reach(None, "category", "anak")
    assert settings.escalation.ladder("darurat", None, Sort("lain", "seksual"))[1] == Reach(None, "flag", "seksual")
    check_overrides(settings)
    assert settings.holidays == {date(2027, 1, 4): "Hari Jadi Kabupaten", date(2027, 12, 24): False}


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ('[telegram]\ntoken = "x"\n', "line 2: [telegram] token: must look like"),
        ("[telegram]\nfoo = 1\n", "line 2: [telegram] foo: unknown key"),
        (
            '[escalation.biasa]\nrepeat = "1x"\nrungs = [{after="0s", ask=["tksk"]}]\n',
            "line 2: [escalation.biasa] repeat",
        ),
        ('[limits]\nchat_burst = "a"\n', "line 2: [limits] chat_burst"),
        ('[jsc]\nwebhook_url = "http://jsc.example.org"\n', "https is needed"),
        ('[holidays]\n"2027-01-01" = "Tahun Baru"\n"2027-13-01" = "x"\n', "line 3: [holidays] 2027-13-01: a date"),
        ("[holidays]\n2027-01-01 = true\n", "line 2: [holidays] 2027-01-01: the name of a day off"),
        ("holidays = 3\n", 'line 1: [holidays] holidays: lines such as "2027-03-10"'),
        ('[summary]\nat = "20:00"\n', 'line 2: [summary] at: a time before 20:00 such as "07:00"'),
        ('[summary]\nroles = ["volunteer"]\n', "line 2: [summary.roles] 0: one of tksk, "),
        ("x", "not TOML"),
        ('[telegram.webhook]\nlisten = "8443"\n', "line 2: [telegram.webhook] listen: HOST:PORT is expected"),
        ('[telegram.webhook]\nlisten = "127.0.0.1:"\n', "line 2: [telegram.webhook] listen: HOST:PORT"),
        ('[telegram.webhook]\nlisten = "127.0.0.1:https"\n', "line 2: [telegram.webhook] listen: HOST:PORT"),
        ('[telegram.webhook]\nlisten = "127.0.0.1:65536"\n', "line 2: [telegram.webhook] listen: HOST:PORT"),
        ('[telegram.webhook]\nlisten = "127.0.0.1:0"\n', "line 2: [telegram.webhook] listen: HOST:PORT"),
        ('[telegram.webhook]\nurl = "bot.example.go.id"\n', "line 2: [telegram.webhook] url: must begin with"),
        ('[telegram.webhook]\nurl = "https:///telegram"\n', "line 2: [telegram.webhook] url: names no host"),
        ('[telegram.webhook]\nurl = "https://a.example:b/"\n', "line 2: [telegram.webhook] url: the port"),
        ('[telegram]\nmode = "webhook"\n', "line 1: [telegram.webhook] url: mode = webhook needs"),
        ('[jsc]\nwebhook_url = "https://[::1/"\n', "line 2: [jsc] webhook_url: is no address"),
        ('[jsc]\nwebhook_url = "https://a.example:99999/"\n', "line 2: [jsc] webhook_url: the port"),
    ],
)
def test_a_wrong_setting_names_key_and_line(tmp_path: Path, body: str, said: str) -> None:
    path = tmp_path / "config.toml"
    path.write_text(body, "utf-8")
    with pytest.raises(ConfigError) as caught:
        load_settings(path)
    assert said in str(caught.value)


def test_a_missing_file_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"Copy config\.example\.toml"):
        load_settings(tmp_path / "none.toml")


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("http://api.telegram.org", "http sends the token in clear"),
        ("http://10.0.0.5:8081", "http sends the token in clear"),
        ("HTTP://api.telegram.org", "must begin with http:// or https://"),
        ("http://127.0.0.1@api.telegram.org", "http sends the token in clear"),
        ("http://api.telegram.org\\\\@127.0.0.1", "is no address"),
        ("https://api.telegram.org /", "is no address"),
        ("https://[::1", "is no address"),
        ("https://[::g]/", "is no address"),
        ("https://", "names no host"),
        ("https://:8081", "names no host"),
        ("https://api.telegram.org:https", "the port must be"),
        ("https://api.telegram.org:70000", "the port must be"),
        ("https://api.telegram.org:0", "the port must be"),
        ("https://api.telegram.org?x=1", "ends before ? and #"),
        ("ftp://127.0.0.1", "must begin with http:// or https://"),
        ("api.telegram.org", "must begin with http:// or https://"),
        ("", "must begin with http:// or https://"),
    ],
)
def test_a_wrong_api_url_names_key_and_line(tmp_path: Path, url: str, said: str) -> None:
    path = tmp_path / "config.toml"
    path.write_text(f'[telegram]\n\napi_url = "{url}"\n', "utf-8")
    with pytest.raises(ConfigError) as caught:
        load_settings(path)
    assert f"{path}, line 3: [telegram] api_url: {said}" in str(caught.value)
    assert "\n" not in str(caught.value)


NAMED = {"controller": "Dinsos", "contact": "pdp@example.go.id"}


def bot_at(url: str, **privacy: str) -> Settings:
    return Settings.model_validate({"telegram": {"token": "123456:abcDEF", "api_url": url}, "privacy": privacy})


@pytest.mark.parametrize(
    "url",
    [
        "https://api.telegram.org",
        "https://API.telegram.org",
        "https://api.telegram.org:443",
        "https://api.telegram.org/",
        "https://botapi.example.go.id",
        "https://10.0.0.5:8081",
    ],
)
def test_nobody_faces_people_without_a_controller(url: str) -> None:
    for named in ({}, {"controller": "Dinsos"}, {"contact": "pdp@example.go.id"}, NAMED | {"controller": " "}):
        with pytest.raises(ConfigError, match="controller"):
            check_start(bot_at(url, **named), None)
    check_start(bot_at(url, **NAMED), None)
    with pytest.raises(ConfigError, match="turned clock"):
        check_start(bot_at(url, **NAMED), "http://127.0.0.1:1")


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:8081", "http://[::1]:8081", "http://LOCALHOST/x", "https://127.9.9.9"]
)
def test_a_bot_api_server_of_this_machine_needs_no_controller(url: str) -> None:
    check_start(bot_at(url), "http://127.0.0.1:1")


@pytest.mark.parametrize("urgency", URGENCIES)
def test_a_policy_survives_being_kept(urgency: str) -> None:
    policy = Settings().escalation.policy(urgency)
    assert policy_from_json(policy_json(policy)[1]) == policy
