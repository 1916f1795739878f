"""Telling a region's sample year from beginning to end."""

from datetime import datetime
from pathlib import Path

from django.db import transaction

from socialewifi.initiatives.models import Step
from socialewifi.site.demo.after import make_calls, redirect, support, sustain
from socialewifi.site.demo.calendar import Calendar
from socialewifi.site.demo.cast import Cast
from socialewifi.site.demo.script import Script
from socialewifi.site.demo.walk import Walk, explore, report
from socialewifi.site.demo.weighing import weigh


@transaction.atomic
def tell_year(*, folder: Path, until: datetime) -> int:
    """
    Carry out every deed of the sample year at its own moment, and return how many initiatives it has.

    :raises RefusedRegion: if a file of the year cannot be followed
    """
    script = Script(folder)
    first = script.initiatives[0].reported
    cast = Cast(script.cast, since=first.replace(day=1), until=until)
    for number, entry in enumerate(script.initiatives):
        calendar = Calendar(entry.reported, number=number, end=until)
        _walk(Walk(entry, script.voices, cast, calendar, report(entry, cast, calendar)))
    return len(script.initiatives)


def _walk(walk: Walk) -> None:
    if walk.goes_as_far_as(Step.EXPLORING):
        explore(walk)
        make_calls(walk)
    if walk.goes_as_far_as(Step.ASSESSING):
        weigh(walk)
        make_calls(walk)
    if walk.entry.until == Step.REDIRECTED:
        redirect(walk)
    if walk.goes_as_far_as(Step.SUPPORTING):
        support(walk)
        make_calls(walk)
    if walk.goes_as_far_as(Step.SUSTAINING):
        sustain(walk)
