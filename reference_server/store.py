"""The SQLite file: many readers, and one path by which anything is ever written."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import aiosqlite

SCHEMA = Path(__file__).with_name("schema.sql")


async def fetch(db: aiosqlite.Connection, sql: str, *values: object) -> sqlite3.Row | None:
    """Return the first row of a query, or None; the cursor is always exhausted, so no old snapshot stays open."""
    rows = list(await db.execute_fetchall(sql, values))
    return rows[0] if rows else None


async def change(db: aiosqlite.Connection, sql: str, *values: object) -> int:
    """Run one statement and return how many rows it changed."""
    async with db.execute(sql, values) as cursor:
        return cursor.rowcount


@dataclass(slots=True)
class Store:
    """Two connections to one file in WAL mode; writers queue on a lock and never see each other half done."""

    path: Path
    _reader: aiosqlite.Connection | None = None
    _writer: aiosqlite.Connection | None = None
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def open(self) -> None:
        """Connect and make the tables that are missing; raises sqlite3.Error when the file cannot be used."""
        self._writer = await _connect(self.path)
        await self._writer.executescript(SCHEMA.read_text(encoding="utf-8"))
        self._reader = await _connect(self.path)
        await self._reader.execute("PRAGMA query_only = ON")

    async def close(self) -> None:
        """Close both connections; a second call does nothing."""
        for connection in (self._reader, self._writer):
            if connection is not None:
                await connection.close()
        self._reader = self._writer = None

    @property
    def reader(self) -> aiosqlite.Connection:
        """The connection for looking; it cannot write."""
        if self._reader is None:
            raise RuntimeError("the store is not open")
        return self._reader

    @asynccontextmanager
    async def write(self) -> AsyncIterator[aiosqlite.Connection]:
        """Hold the one write transaction: committed at the end of the block, rolled back when it raises."""
        if self._writer is None:
            raise RuntimeError("the store is not open")
        async with self._turn:
            await self._writer.execute("BEGIN IMMEDIATE")
            try:
                yield self._writer
            except BaseException:
                await self._writer.execute("ROLLBACK")
                raise
            await self._writer.execute("COMMIT")


async def _connect(path: Path) -> aiosqlite.Connection:
    connection = await aiosqlite.connect(path, isolation_level=None, timeout=5)
    connection.row_factory = sqlite3.Row
    for pragma in ("journal_mode = WAL", "synchronous = NORMAL", "foreign_keys = ON", "secure_delete = ON"):
        await connection.execute(f"PRAGMA {pragma}")
    return connection
