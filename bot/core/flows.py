"""Every conversation there is, by its name; a new one is a tuple of steps in its own file, and a line here."""

from bot.core.contact_flow import CONTACT
from bot.core.correct_flow import CORRECT
from bot.core.flow import Flow
from bot.core.leave_flow import LEAVE
from bot.core.reason_flow import REASON
from bot.core.rename_flow import RENAME
from bot.core.report_flow import REPORT

FLOWS: dict[str, Flow] = {flow.name: flow for flow in (REPORT, LEAVE, CORRECT, RENAME, CONTACT, REASON)}
