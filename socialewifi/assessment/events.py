"""
What can happen while an initiative is weighed, with the sentence its initiators read (R6).

Nothing here tells what a panel member advised, and nothing about advices has words for the initiators: they read them
without names, beside the outcome (R8, R9).
"""

from django.utils.translation import gettext_lazy as _

from socialewifi.assessment.models import AmbassadorQuestion, Outcome
from socialewifi.core.events import EventKind, day, label_of, register

register(
    {
        "assessment.assessment.opened": EventKind(
            _("Weging begonnen, met %(members)s panelleden"),
            _("Buren kijken nu mee met je idee. Zij lezen en geven advies. Je hoort uiterlijk %(due)s wat het wordt."),
            reads={"due": day},
        ),
        "assessment.panel.extended": EventKind(_("Panellid gevraagd: %(member)s")),
        "assessment.panel.recused": EventKind(_("Panellid stapt opzij, omdat die erbij betrokken is: %(member)s")),
        "assessment.panel.recusal_written": EventKind(
            _("Opgeschreven dat een panellid opzij stapt, omdat die erbij betrokken is: %(member)s")
        ),
        "assessment.panel.released": EventKind(_("Panellid stapt opzij, omdat die er nu zelf aan werkt: %(member)s")),
        "assessment.advice.objected": EventKind(
            _("Bezwaar van een panellid: wat is opgeschreven, klopt niet (%(member)s)")
        ),
        "assessment.advice.given": EventKind(_("Advies van een panellid ontvangen")),
        "assessment.criterion.scored": EventKind(_("Uitgangspunt bekeken: %(criterion)s")),
        "assessment.municipality.asked": EventKind(
            _("Gevraagd: gemeente %(municipality)s, omdat: %(because)s"),
            _("We vroegen ook de gemeente %(municipality)s. Het gaat om: %(because)s."),
        ),
        "assessment.municipality.moved": EventKind(
            _("Vraag aan gemeente %(municipality)s vervalt, want de plek is nu in een andere gemeente"),
            _("De gemeente %(municipality)s hoeft niet meer te antwoorden: je idee ligt in een andere gemeente."),
        ),
        "assessment.municipality.answered": EventKind(
            _("Gemeente %(municipality)s antwoordt: %(answer)s. %(words)s"),
            _("De gemeente %(municipality)s antwoordt: %(answer)s. %(words)s"),
            reads={"answer": label_of(AmbassadorQuestion.Answer)},
        ),
        "assessment.municipality.answer_written": EventKind(
            _("Gemeente %(municipality)s antwoordt bij monde van %(spoken_by)s: %(answer)s. %(words)s"),
            _("De gemeente %(municipality)s antwoordt: %(answer)s. %(words)s"),
            reads={"answer": label_of(AmbassadorQuestion.Answer)},
        ),
        "assessment.assessment.concluded": EventKind(
            _("Uitkomst: %(outcome)s"),
            _("De uitkomst is er: %(outcome)s. %(reason)s"),
            reads={"outcome": label_of(Outcome)},
        ),
        "assessment.assessment.returned": EventKind(
            _("Terug naar verkennen: %(reason)s"), _("We zoeken eerst samen nog iets uit: %(reason)s")
        ),
    }
)
