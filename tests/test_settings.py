"""Wrong settings name their key and line; the example file loads; what must not run is refused."""

import re
import tomllib
from datetime import date
from pathlib import Path

import pytest

from bot.config import ConfigError, Settings, load_settings, policy_from_json, policy_json
from bot.core.knowledge import URGENCIES
from bot.preflight import check_start

EXAMPLE = Path(__file__).parents[1] / "config.example.toml"


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
    assert settings.escalation.ladder("biasa", "35.29.23")[1] == "35.29.23"
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
        ('[summary]\nroles = ["volunteer"]\n', "line 2: [summary.roles] 0: Input should be"),
        ("x", "not TOML"),
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


def test_nobody_faces_the_public_telegram_without_a_controller() -> None:
    settings = Settings.model_validate({"telegram": {"token": "123456:abcDEF"}})
    with pytest.raises(ConfigError, match="controller"):
        check_start(settings, None)
    named = {"controller": "Dinsos", "contact": "pdp@example.go.id"}
    faced = Settings.model_validate({"telegram": {"token": "123456:abcDEF"}, "privacy": named})
    with pytest.raises(ConfigError, match="turned clock"):
        check_start(faced, "http://127.0.0.1:1")


@pytest.mark.parametrize("urgency", URGENCIES)
def test_a_policy_survives_being_kept(urgency: str) -> None:
    policy = Settings().escalation.policy(urgency)
    assert policy_from_json(policy_json(policy)[1]) == policy
