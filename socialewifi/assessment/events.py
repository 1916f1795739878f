"""
What can happen while an initiative is weighed, with the sentence its initiators read (R6).

Nothing here tells what a panel member advised, and nothing about advices has words for the initiators: they read them
without names, beside the outcome (R8, R9).
"""

from django.utils.translation import gettext_lazy as _

from socialewifi.core.events import Kind, register

register(
    {
        "assessment.assessment.opened": Kind(
            _("Weging begonnen, met %(members)s panelleden"),
            _("Buren kijken nu mee met je idee. Zij lezen en geven advies. Je hoort uiterlijk %(due)s wat het wordt."),
        ),
        "assessment.panel.extended": Kind(_("Panellid gevraagd: %(member)s")),
        "assessment.panel.recused": Kind(_("Panellid stapt opzij, omdat die erbij betrokken is: %(member)s")),
        "assessment.panel.released": Kind(_("Panellid stapt opzij, omdat die er nu zelf aan werkt: %(member)s")),
        "assessment.advice.objected": Kind(_("Bezwaar van een panellid: wat is opgeschreven, klopt niet (%(member)s)")),
        "assessment.advice.given": Kind(_("Advies van een panellid ontvangen")),
        "assessment.criterion.scored": Kind(_("Uitgangspunt bekeken: %(criterion)s")),
        "assessment.municipality.asked": Kind(
            _("Gevraagd: gemeente %(municipality)s, omdat: %(because)s"),
            _("We vroegen ook de gemeente %(municipality)s. Het gaat om: %(because)s."),
        ),
        "assessment.municipality.moved": Kind(
            _("Vraag aan gemeente %(municipality)s vervalt, want de plek is nu in een andere gemeente"),
            _("De gemeente %(municipality)s hoeft niet meer te antwoorden: je idee ligt in een andere gemeente."),
        ),
        "assessment.municipality.answered": Kind(
            _("Gemeente %(municipality)s antwoordt: %(answer)s. %(words)s"),
            _("De gemeente %(municipality)s antwoordt: %(answer)s. %(words)s"),
            chosen=("answer",),
        ),
        "assessment.municipality.answer_written": Kind(
            _("Gemeente %(municipality)s antwoordt bij monde van %(spoken_by)s: %(answer)s. %(words)s"),
            _("De gemeente %(municipality)s antwoordt: %(answer)s. %(words)s"),
            chosen=("answer",),
        ),
        "assessment.assessment.concluded": Kind(
            _("Uitkomst: %(outcome)s"), _("De uitkomst is er: %(outcome)s. %(reason)s"), chosen=("outcome",)
        ),
        "assessment.assessment.returned": Kind(
            _("Terug naar verkennen: %(reason)s"), _("We zoeken eerst samen nog iets uit: %(reason)s")
        ),
    }
)
