"""The usual way: an Application that polls, async SQLModel on aiosqlite, a commit an update, replies awaited in place.

It asks the same questions with as many buttons and tells the worker, and does nothing else: no seal, no outbox, no
inbox, no timeline, no ladder. A press is three calls: its answer, an edit of the pressed bubble, a new bubble; with
`calls` "2" two: the pressed bubble becomes the next question.
"""

import json
import os
import secrets
import sys
from typing import Any

from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine
from sqlmodel import Field, SQLModel
from sqlmodel.ext.asyncio.session import AsyncSession
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import Application, CallbackQueryHandler, CommandHandler, ContextTypes
from telegram.request import HTTPXRequest

from tests.bench.way import STEPS, WORKER

POOL = 256
"""As many calls at once as the Application takes updates at once: the pool is not what loses them."""
Context = ContextTypes.DEFAULT_TYPE


class Row(SQLModel, table=True):
    """Where a chat stands and what it answered."""

    __tablename__ = "usual_draft"
    chat_id: int = Field(primary_key=True)
    step: int = 0
    answers: str = "{}"


class Sent(SQLModel, table=True):
    """A report."""

    __tablename__ = "usual_report"
    number: str = Field(primary_key=True)
    chat_id: int
    body: str


def keyboard(step: int) -> InlineKeyboardMarkup:
    """The buttons of a step, one a row."""
    label, buttons = STEPS[step]
    labels = [label, *(f"Pilihan {n}" for n in range(buttons - 1))]
    rows = [[InlineKeyboardButton(text, callback_data=f"s:{step}:{n}")] for n, text in enumerate(labels)]
    return InlineKeyboardMarkup(rows)


def main(token: str, url: str, database: str, calls: str) -> None:
    """Poll until the end."""
    engine = create_async_engine(f"sqlite+aiosqlite:///{database}")
    make = async_sessionmaker(engine, class_=AsyncSession, expire_on_commit=False)

    async def prepare(_: Any) -> None:
        async with engine.begin() as connection:
            await connection.exec_driver_sql("PRAGMA journal_mode = WAL")
            await connection.exec_driver_sql("PRAGMA synchronous = FULL")
            await connection.run_sync(SQLModel.metadata.create_all)

    async def start(update: Update, _: Context) -> None:
        assert update.effective_chat is not None
        assert update.effective_message is not None
        async with make() as session:
            await session.merge(Row(chat_id=update.effective_chat.id))
            await session.commit()
        await update.effective_message.reply_text("Pertanyaan 0", reply_markup=keyboard(0))

    async def press(update: Update, context: Context) -> None:
        query = update.callback_query
        assert query is not None
        assert query.data is not None
        assert update.effective_chat is not None
        chat_id = update.effective_chat.id
        step = int(query.data.split(":")[1])
        number = ""
        async with make() as session:
            row = await session.get(Row, chat_id)
            assert row is not None
            row.answers = json.dumps({**json.loads(row.answers), str(step): query.data})
            row.step = step + 1
            if row.step == len(STEPS):
                number = "TS-" + secrets.token_hex(3).upper()
                session.add(Sent(number=number, chat_id=chat_id, body=row.answers))
            session.add(row)
            await session.commit()
        await query.answer()
        if calls == "2" and not number:
            await query.edit_message_text(f"Pertanyaan {step + 1}", reply_markup=keyboard(step + 1))
            return
        await query.edit_message_text(f"Pertanyaan {step}: terjawab")
        if number:
            await context.bot.send_message(chat_id, f"Nomor laporan: {number}")
            await context.bot.send_message(WORKER, f"Laporan {number}")
        else:
            await context.bot.send_message(chat_id, f"Pertanyaan {step + 1}", reply_markup=keyboard(step + 1))

    requests = [HTTPXRequest(connection_pool_size=POOL, httpx_kwargs={"trust_env": False}) for _ in range(2)]
    builder = Application.builder().token(token).base_url(f"{url}/bot").request(requests[0])
    application = builder.get_updates_request(requests[1]).concurrent_updates(True).post_init(prepare).build()
    application.add_handler(CommandHandler("start", start))
    application.add_handler(CallbackQueryHandler(press))
    application.run_polling()


if __name__ == "__main__":
    os.environ.setdefault("PTB_TIMEDELTA", "1")
    main(*sys.argv[1:5])
