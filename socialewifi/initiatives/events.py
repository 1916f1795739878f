"""What can happen to an initiative, with the sentence its initiators read (R6)."""

from django.utils.translation import gettext_lazy as _

from socialewifi.core.events import EventKind, label_of, register
from socialewifi.initiatives.models import CallEnds, InsteadOfLetter, LetterEnds
from socialewifi.people.models import User

register(
    {
        "initiatives.initiative.reported": EventKind(
            _("Gemeld via: %(channel)s"), _("Je vertelde je idee. Dat ging via: %(channel)s.")
        ),
        "initiatives.initiator.recognised": EventKind(
            _("%(name)s bevestigde dat dit idee van hem of haar is"), _("%(name)s bevestigde: dit idee is van mij.")
        ),
        "initiatives.initiator.disowned": EventKind(
            _("Het e-mailadres van %(name)s is van iemand anders; zoek uit hoe je %(name)s bereikt"),
            _("We mailen %(name)s niet meer: dat e-mailadres is van iemand anders."),
        ),
        "initiatives.contact.taken": EventKind(
            _("%(name)s is contactpersoon"),
            _("%(name)s (%(organisation)s) is nu jouw contactpersoon."),
            reads={"organisation": lambda name: name or _("het loket")},
        ),
        "initiatives.contact.logged": EventKind(
            _("Gesprek (%(through)s)"),
            _("%(name)s sprak met je (%(through)s): %(summary)s"),
            reads={"through": label_of(User.Channel)},
        ),
        "initiatives.handover.offered": EventKind(
            _("Overdracht gevraagd aan %(receiver)s"),
            _("%(giver)s vraagt %(receiver)s om jouw contactpersoon te worden. Tot die tijd blijft %(giver)s dat."),
        ),
        "initiatives.handover.accepted": EventKind(
            _("%(receiver)s nam het over van %(giver)s"), _("%(receiver)s is nu jouw contactpersoon, na %(giver)s.")
        ),
        "initiatives.handover.refused": EventKind(
            _("%(receiver)s kan het niet overnemen: %(reason)s"), _("%(giver)s blijft jouw contactpersoon.")
        ),
        "initiatives.handover.dropped": EventKind(
            _("Overdracht ingetrokken"), _("%(giver)s blijft jouw contactpersoon.")
        ),
        "initiatives.exploration.recorded": EventKind(
            _("Verkenning bijgewerkt"), _("%(name)s schreef op wat jullie samen hebben uitgezocht.")
        ),
        "initiatives.initiative.placed": EventKind(_("Plek: %(place)s"), _("%(name)s vulde de plek in: %(place)s.")),
        "initiatives.initiative.classified": EventKind(
            _("Soort, thema's of doelgroepen bijgewerkt"),
            _("%(name)s schreef erbij over welke onderwerpen je idee gaat."),
        ),
        "initiatives.initiative.paused": EventKind(
            _("Even stil: %(reason)s"), _("Je idee staat even stil: %(reason)s")
        ),
        "initiatives.initiative.resumed": EventKind(_("Weer verder"), _("We gaan weer verder met je idee.")),
        "initiatives.initiative.withdrawn": EventKind(
            _("Gestopt door de initiatiefnemers"), _("Je bent gestopt met je idee.")
        ),
        "initiatives.initiative.reopened": EventKind(_("Heropend: %(reason)s"), _("Je idee is weer open: %(reason)s")),
        "initiatives.initiative.sustained": EventKind(
            _("Naar bestendigen"), _("De hulp is geregeld. Nu kijken we samen hoe het goed blijft gaan.")
        ),
        "initiatives.initiative.supported_again": EventKind(
            _("Nieuwe vraag: %(question)s"), _("Je hebt een nieuwe vraag: %(question)s. We helpen weer mee.")
        ),
        "initiatives.landing.agreed": EventKind(
            _("Tekenen van landen afgesproken"), _("Jullie spraken af wanneer je idee op eigen benen staat: %(signs)s")
        ),
        "initiatives.initiative.landed": EventKind(_("Geland"), _("Je idee staat op eigen benen. Mooi werk!")),
        "initiatives.redirect.confirmed": EventKind(
            _("%(partner)s heeft het overgenomen"), _("%(partner)s helpt je nu verder.")
        ),
        "initiatives.post.sent": EventKind(_("Bericht aan de initiatiefnemers"), _("%(name)s stuurde je een bericht.")),
        "initiatives.post.received": EventKind(_("Bericht van %(name)s"), _("%(name)s stuurde een bericht.")),
        "initiatives.post.read": EventKind(_("Bericht gelezen door %(name)s"), _("%(name)s las je bericht.")),
        "initiatives.note.written": EventKind(_("Interne notitie")),
        "initiatives.task.added": EventKind(
            _("Taak voor %(name)s: %(what)s"),
            _("Dit gaat %(name)s doen: %(what)s"),
            reads={"name": lambda name: name or _("een van ons")},
        ),
        "initiatives.task.finished": EventKind(_("Gedaan: %(done)s"), _("%(name)s heeft dit gedaan: %(done)s")),
        "initiatives.call.missed": EventKind(
            _("Gebeld, niet bereikt. %(result)s"), _("%(name)s belde, maar kreeg je niet te pakken. We bellen weer.")
        ),
        "initiatives.call.made": EventKind(_("Gebeld: %(what)s")),
        "initiatives.call.unanswered": EventKind(_("Gebeld, niet bereikt: %(what)s")),
        "initiatives.mail.undeliverable": EventKind(
            _("Een mail aan %(to)s kwam niet aan; de contactpersoon belt"),
            _("Een mail aan %(to)s kwam niet aan. Klopt het adres nog? We bellen."),
        ),
        "initiatives.call.dropped": EventKind(
            _("Hoeft niet meer: %(what)s (%(because)s)"), reads={"because": label_of(CallEnds)}
        ),
        "initiatives.support.promised": EventKind(
            _("Hulp beloofd door %(who)s: %(what)s"), _("%(who)s gaat je helpen: %(what)s")
        ),
        "initiatives.support.kept": EventKind(
            _("Hulp gekomen van %(who)s: %(what)s"), _("%(who)s heeft je geholpen: %(what)s")
        ),
        "initiatives.support.dropped": EventKind(
            _("Hulp van %(who)s gaat niet door (%(what)s): %(because)s"),
            _("%(who)s kan toch niet helpen met: %(what)s. Waarom: %(because)s"),
        ),
        "initiatives.interest.declared": EventKind(
            _("%(name)s is zelf betrokken en stapt opzij"),
            _("%(name)s is zelf bij je idee betrokken, en werkt er daarom niet aan mee."),
        ),
        "initiatives.join.asked": EventKind(
            _("%(name)s vroeg of dit samengaat met ‘%(other)s’"),
            _("%(name)s vraagt of jullie samen verder willen met ‘%(other)s’."),
        ),
        "initiatives.join.unanswered": EventKind(
            _("Antwoord van %(initiator)s op het samengaan vervalt"),
            _("%(initiator)s antwoordt opnieuw: het antwoord van eerder telt niet meer."),
        ),
        "initiatives.join.answered": EventKind(
            _("%(initiator)s zei ja op de vraag om samen te gaan"),
            _("%(initiator)s zei ja op de vraag om samen te gaan."),
        ),
        # That it does not go on is told to all; who said no is not for the other initiators to read.
        "initiatives.join.declined": EventKind(_("%(initiator)s zei nee op de vraag om samen te gaan")),
        "initiatives.join.refused": EventKind(
            _("Gaat niet samen met ‘%(other)s’"),
            _("Jullie gaan niet samen verder met ‘%(other)s’. Alles blijft zoals het was."),
        ),
        "initiatives.join.dropped": EventKind(
            _("Vraag om samen te gaan met ‘%(other)s’ ingetrokken"),
            _("De vraag om samen te gaan met ‘%(other)s’ is ingetrokken. Alles blijft zoals het was."),
        ),
        "initiatives.initiative.joined": EventKind(
            _("Gaat verder in ‘%(other)s’"), _("Je idee gaat samen verder met ‘%(other)s’, want ze lijken op elkaar.")
        ),
        "initiatives.initiative.grown": EventKind(
            _("‘%(other)s’ gaat hierin verder"), _("Het idee ‘%(other)s’ gaat samen met jouw idee verder.")
        ),
        "initiatives.initiative.split": EventKind(
            _("Niet meer samen met ‘%(other)s’"), _("Je idee gaat weer zelf verder, los van ‘%(other)s’.")
        ),
    }
)

# What the initiators do themselves (R4).
register(
    {
        "initiatives.post.seen": EventKind(_("%(name)s las het bericht")),
        "initiatives.plan.edited": EventKind(
            _("Plan aangepast: versie %(number)s"), _("%(name)s paste jullie plan aan.")
        ),
        "initiatives.initiator.corrected": EventKind(
            _("%(name)s past aan hoe diegene te bereiken is"), _("De gegevens om %(name)s te bereiken zijn veranderd.")
        ),
        "initiatives.initiator.reach_written": EventKind(
            _("Opgeschreven hoe %(name)s te bereiken is"), _("%(writer)s schreef op hoe we %(name)s bereiken.")
        ),
        "initiatives.initiator.left": EventKind(_("%(name)s doet niet meer mee"), _("%(name)s doet niet meer mee.")),
        "initiatives.invitation.sent": EventKind(
            _("%(invited)s gevraagd om mee te doen"), _("%(name)s vroeg %(invited)s om mee te doen.")
        ),
        "initiatives.invitation.accepted": EventKind(_("%(invited)s doet nu mee"), _("%(invited)s doet nu mee.")),
        "initiatives.invitation.refused": EventKind(_("%(invited)s doet niet mee"), _("%(invited)s doet niet mee.")),
        "initiatives.invitation.revoked": EventKind(
            _("Uitnodiging van %(invited)s ingetrokken"), _("%(name)s hoeft geen antwoord meer van %(invited)s.")
        ),
        "initiatives.page.written": EventKind(
            _("Tekst van de openbare pagina aangepast"), _("%(name)s schreef wat anderen op jullie pagina lezen.")
        ),
        "initiatives.page.consented": EventKind(
            _("%(name)s stemt in met de openbare pagina"), _("%(name)s vindt het goed dat anderen jullie pagina zien.")
        ),
        "initiatives.page.consent_withdrawn": EventKind(
            _("%(name)s trekt de instemming met de openbare pagina in"),
            _("%(name)s wil niet meer dat anderen jullie pagina zien."),
        ),
        "initiatives.page.published": EventKind(_("Pagina openbaar"), _("Iedereen kan nu jullie pagina zien.")),
        "initiatives.page.hidden": EventKind(_("Pagina niet meer openbaar"), _("Alleen jullie zien de pagina nog.")),
        "initiatives.story.told": EventKind(
            _("Verhaal verteld: %(story)s"), _("%(name)s vertelde wat het bracht: ‘%(story)s’.")
        ),
        "initiatives.story.written": EventKind(
            _("Verhaal van %(name)s opgeschreven: %(story)s"),
            _("%(name)s vertelde wat het bracht: ‘%(story)s’. %(writer)s schreef het op."),
        ),
        "initiatives.story.consented": EventKind(
            _("%(name)s stemt in met het verhaal ‘%(story)s’"),
            _("%(name)s vindt het goed dat anderen ‘%(story)s’ lezen."),
        ),
        "initiatives.story.consent_withdrawn": EventKind(
            _("%(name)s trekt de instemming met ‘%(story)s’ in"),
            _("%(name)s wil niet meer dat anderen ‘%(story)s’ lezen."),
        ),
        "initiatives.story.published": EventKind(
            _("Verhaal openbaar: %(story)s"), _("Iedereen kan nu jullie verhaal ‘%(story)s’ lezen.")
        ),
        "initiatives.story.hidden": EventKind(
            _("Verhaal niet meer openbaar: %(story)s"), _("Alleen jullie lezen het verhaal ‘%(story)s’ nog.")
        ),
        "initiatives.story.taken_back": EventKind(
            _("Verhaal teruggenomen: %(story)s"), _("%(name)s nam het verhaal ‘%(story)s’ terug.")
        ),
    }
)

# Letters (R10).
register(
    {
        "initiatives.letter.given": EventKind(
            _("Brief met een code voor %(to)s afgedrukt"),
            _("%(name)s gaf %(to)s een brief met een code voor deze pagina."),
        ),
        "initiatives.letter.printed": EventKind(
            _("Brief aan %(to)s geprint door %(name)s: %(what)s"),
            _("%(name)s printte een brief voor %(to)s: %(what)s."),
        ),
        "initiatives.letter.withdrawn": EventKind(
            _("Brief aan %(to)s (%(what)s) teruggehaald, want %(because)s. %(follows)s"),
            _("Een brief voor %(to)s (%(what)s) gaat niet op de post, want %(because)s. %(follows)s"),
            reads={"because": label_of(LetterEnds), "follows": label_of(InsteadOfLetter)},
        ),
        "initiatives.letter.posted": EventKind(
            _("Brief aan %(to)s verstuurd: %(what)s"), _("%(name)s deed een brief voor %(to)s op de post: %(what)s.")
        ),
    }
)
