"""Reads the first sheet of an XLSX workbook as text. The only module that imports openpyxl."""

from __future__ import annotations

import io
import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import openpyxl
from defusedxml.common import DefusedXmlException
from openpyxl.utils.exceptions import InvalidFileException

from server.errors import CannotDo

SIGNATURE = b"PK\x03\x04"
UNPACKED_MOST = 200 * 1024 * 1024  # bytes of all parts together; 200,000 rows of 20 columns have about 120 MB
RATIO_MOST = 200  # of a part's size to its packed size; sheets of people are packed to a tenth
PARTS_MOST = 2_000
ROWS_MOST, COLUMNS_MOST, CELL_MOST = 200_001, 200, 2_000
BOMB = "The workbook would grow to more than {megabytes} MB when unpacked, so it was not opened. Save only the sheet of people."
NOT_A_WORKBOOK = "This is not an XLSX workbook that can be read. Save it again, or save it as CSV."
TOO_MANY_ROWS = "The list has more than {most} rows. Split it into several files."
TOO_MANY_COLUMNS = "The list has more than {most} columns. Delete those that are not about people."
DAMAGED: tuple[
    type[Exception], ...
] = (  # what zipfile, the XML parsers and openpyxl raise for bytes that they cannot read
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, OSError, EOFError),
    *(SyntaxError, DefusedXmlException, InvalidFileException),  # every XML parser's own error is a SyntaxError
    *(LookupError, ValueError, TypeError, AttributeError, ArithmeticError),
    RuntimeError,  # an encrypted ZIP; NotImplementedError, an unknown packing, is one too
)


def is_workbook(data: bytes) -> bool:
    """Return whether the bytes are a ZIP archive, as every XLSX workbook is."""
    return data.startswith(SIGNATURE)


def records(data: bytes) -> Iterator[tuple[int, list[str] | str]]:
    """Yield (row number, cells) of the first sheet, without empty rows at the top. Raises CannotDo.

    Sizes are checked before anything is unpacked, because a few kilobytes can unpack to gigabytes.
    """
    _check_sizes(data)
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()  # a workbook may say that it has a million columns
        yield from _rows(sheet.iter_rows(max_row=ROWS_MOST + 1, max_col=COLUMNS_MOST + 1, values_only=True))
    except DAMAGED as error:
        raise CannotDo(NOT_A_WORKBOOK) from error


def _check_sizes(data: bytes) -> None:
    try:
        parts = zipfile.ZipFile(io.BytesIO(data)).infolist()
    except DAMAGED as error:
        raise CannotDo(NOT_A_WORKBOOK) from error
    packed = sum(part.compress_size for part in parts)
    unpacked = sum(part.file_size for part in parts)
    bomb = unpacked > UNPACKED_MOST or (unpacked > max(packed, 1) * RATIO_MOST and unpacked > 10 * 1024 * 1024)
    if bomb or len(parts) > PARTS_MOST:
        raise CannotDo(BOMB, megabytes=UNPACKED_MOST // 1024 // 1024)


def _rows(rows: Iterator[tuple[Any, ...]]) -> Iterator[tuple[int, list[str] | str]]:
    begun = False
    for number, values in enumerate(rows, 1):
        cells = [_text(value) for value in values]
        while cells and not cells[-1]:
            cells.pop()
        begun = begun or bool(cells)
        if number > ROWS_MOST and cells:
            raise CannotDo(TOO_MANY_ROWS, most=ROWS_MOST - 1)
        if len(cells) > COLUMNS_MOST:
            raise CannotDo(TOO_MANY_COLUMNS, most=COLUMNS_MOST)
        if begun:
            yield number, cells


def _text(value: Any) -> str:
    """Write a cell as a CSV file would: whole numbers without a decimal point, dates as 2026-11-30."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime):
        return (
            value.date().isoformat()
            if value.hour == value.minute == value.second == 0
            else value.isoformat(" ", "seconds")
        )
    if isinstance(value, date):
        return value.isoformat()
    return " ".join(str(value)[:CELL_MOST].split())
