"""A report as the cards see it, made without a database: for tests of what a card shows."""

import tomllib
from copy import deepcopy
from datetime import UTC, datetime
from importlib.resources import files
from typing import Any

from bot.core.flow import Known
from bot.core.knowledge import Knowledge
from bot.core.media import Care
from bot.core.pictures import shown
from bot.core.report import Report
from bot.data.knowledge import knowledge
from bot.data.known import load_known
from bot.texts.case_facts import CaseFacts, unpicked
from tests.support.world import SINGOSARI

KNOWN = load_known()
FIELD = KNOWN.knowledge
FIELDS: dict[str, Any] = tomllib.loads(files("bot.data").joinpath("categories.toml").read_text("utf-8"))
"""The same as it stands in the file."""
NOW = datetime(2026, 3, 2, 16, 0, tzinfo=UTC)
"""Monday 2 March, 23.00 WIB."""
FULL: dict[str, Any] = {
    "setuju": "2026-11",
    "siapa": "jalan",
    "jenis": "odgj",
    "bahaya": "serang",
    "_gawat": True,
    "gawat": "sudah",
    "tempat": {"kab": "35.07", "kec": SINGOSARI, "desa": "35.07.24.2016", "how": "pin", "pin": [-7.89, 112.66]},
    "patokan": {"teks": "dekat masjid"},
    "kapan": "kemarin",
    "cerita": {"teks": "bawa parang"},
    "foto": "ada",
    "kontak": "telepon",
    "hp": "+6281234567890",
    "_media": [{"jenis": "photo", "berkas": "F1", "unik": "U1", "rupa": "gambar", "untuk": "foto"}],
}
"""Every answer of the flow."""


def changed(table: str, code: str, **values: Any) -> Knowledge:
    """The field's knowledge with other values in one place of the file."""
    fields = deepcopy(FIELDS)
    (fields[table][code] if code else fields[table]).update(values)
    return knowledge(fields, FIELD.numbers_112)


def facts(report: Report, known: Known = KNOWN, **more: Any) -> CaseFacts:
    """What a card may tell of a case that this report began."""
    field, category, danger = known.knowledge, report.category, report.danger
    on_tap = field.care(category, danger) is not Care.WITH_CASE

    def label(code: str | None) -> str | None:
        place = known.places.get(code) if code else None
        return place.label if place else None

    return CaseFacts(
        case_id="0" * 12,
        round=1,
        number="TS-ABC234",
        urgency=field.urgency(category, danger, quick=report.quick),
        category=category,
        danger=danger,
        flag=field.categories[category].flag(danger),
        desa=label(report.desa),
        kecamatan=label(report.kecamatan),
        kabupaten=label(report.kabupaten),
        created_at=NOW,
        who=report.who,
        reach=report.reach,
        seen=report.seen,
        seen_on=report.seen_on,
        phoned=report.phoned,
        photos=len(report.media),
        pictures=len(shown(report.media)) if on_tap else 0,
        on_tap=on_tap,
        unkept=report.unkept > 0,
        recorded=report.recorded,
        mentioned=unpicked(report.mentioned, category, field.categories[category].flag(danger)),
        quick=report.quick,
        contact=report.contact,
        warnings=field.warnings(category, danger),
        unphoned=field.unphoned(category, danger),
        first_step=field.first_step(category, danger),
        shielded=field.shielded(category, danger),
        escorted=field.escorted(category, danger),
        **more,
    )
