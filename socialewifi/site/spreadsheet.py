"""A list of initiatives as a spreadsheet. What people typed stays text: no cell of it is ever a formula."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from io import BytesIO

from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.styles import Font
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from socialewifi.initiatives.models import Initiative, Theme
from socialewifi.people.models import User
from socialewifi.site.queries.work_list import rows_for

AT_A_TIME = 2_000
# Some ten seconds' work; a region has some hundreds.
AT_MOST = 20_000
LONGEST_CELL = 32_767
# What a spreadsheet program could take for a formula, also after someone edits the cell.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
WIDTHS = (44, 16, 20, 24, 24, 28, 20, 26, 12, 12, 12)


def as_spreadsheet(keys: Iterable[int], *, user: User, title: str) -> bytes:
    """
    Return the workbook with these initiatives as this person may read them; it is written a part at a time.

    Of more than ``AT_MOST`` it holds the first, and says so in its last row.
    """
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    for number, width in enumerate(WIDTHS):
        sheet.column_dimensions["ABCDEFGHIJK"[number]].width = width
    sheet.append([text_cell(sheet, name, bold=True) for name in _headings()])
    chosen = list(keys)
    for row in _rows(chosen[:AT_MOST], user):
        sheet.append([text_cell(sheet, value) if isinstance(value, str) else value for value in row])
    if (more := len(chosen) - AT_MOST) > 0:
        sheet.append([text_cell(sheet, _("En nog %(count)s. Kies minder in de lijst.") % {"count": more}, bold=True)])
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def text_cell(sheet: WriteOnlyWorksheet, text: str, *, bold: bool = False) -> Cell:
    """Return a cell that holds text and nothing else."""
    cell = WriteOnlyCell(sheet, value=ILLEGAL_CHARACTERS_RE.sub("", text)[:LONGEST_CELL])
    cell.data_type = "s"
    cell.quotePrefix = text.startswith(FORMULA_SIGNS)
    if bold:
        cell.font = Font(bold=True)
    return cell


def _headings() -> list[str]:
    return [
        _("Naam"),
        _("Stap"),
        _("Gemeente"),
        _("Buurt"),
        _("Soort"),
        _("Thema's"),
        _("Kwam binnen via"),
        _("Contactpersoon"),
        _("Gemeld op"),
        _("In stap sinds"),
        _("Eerst klaar op"),
    ]


def _rows(keys: list[int], user: User) -> Iterator[list[str | date]]:
    themes = Prefetch("themes", queryset=Theme.objects.order_by("position"))
    for start in range(0, len(keys), AT_A_TIME):
        for one in rows_for(user, keys[start : start + AT_A_TIME], themes):
            yield _row(one)


def _row(one: Initiative) -> list[str | date]:
    running = getattr(one, "running_deadlines", [])
    return [
        one.title,
        one.get_step_display(),
        str(one.municipality or ""),
        str(one.neighbourhood or one.place_words),
        str(one.kind or ""),
        ", ".join(theme.name for theme in one.themes.all()),
        str(one.channel),
        str(one.contact_person or ""),
        _day(one.reported_at),
        _day(one.step_since),
        running[0].due_on if running else "",
    ]


def _day(moment: datetime) -> date:
    return timezone.localdate(moment)
