"""What initiators do with what is theirs, and what is written down at work when an initiator says it there (R10)."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from socialewifi.core.deeds import Deed
from socialewifi.core.lazy import StrOrPromise
from socialewifi.initiatives import rules
from socialewifi.initiatives.actions import claims, conversation, doubles, road
from socialewifi.initiatives.models import Initiative, Initiator, Invitation, JoinProposal
from socialewifi.initiatives.queries.joining import joining_of
from socialewifi.initiatives.queries.standing import joined_in_name_of
from socialewifi.owners import forms
from socialewifi.owners.actions import invitations, ownership
from socialewifi.people.models import User
from socialewifi.publication.actions import consents, stories

Fields = Mapping[str, Any]
WRITTEN_DOWN = _("Het is opgeschreven.")


def _about_story(words: StrOrPromise) -> Any:
    return lambda story: str(words) % {"title": story.title}


def _about_name(words: StrOrPromise) -> Any:
    return lambda someone, _fields=None: str(words) % {"name": someone.name}


def _left(initiative: Initiative, _fields: Fields) -> StrOrPromise:
    return gettext("Je doet niet meer mee met ‘%(title)s’.") % {"title": initiative.title}


def _link_or_call(invitation: Invitation) -> StrOrPromise:
    if invitation.email:
        return gettext("De link in de mail werkt dan niet meer.")
    return gettext("We bellen diegene er dan niet meer over.")


def _together_with(initiative: Initiative) -> StrOrPromise:
    joining = joining_of(initiative)
    return gettext("Samen verder met ‘%(title)s’?") % {"title": joining.other.title_for_all if joining else ""}


def _what_now(initiative: Initiative, fields: Fields) -> StrOrPromise:
    """Say what an answer brought, and what happens next."""
    if not fields["agrees"]:
        return gettext(
            "Je zei nee. Jullie gaan niet samen: alles blijft zoals het was. De anderen lezen niet wie nee zei."
        )
    proposal = JoinProposal.objects.about(initiative).latest("asked_at", "pk")
    if proposal.accepted_at:
        return gettext("Je zei ja, en nu zei iedereen ja. Jullie gaan samen verder.")
    if proposal.is_waiting:
        return gettext(
            "Je zei ja. Zodra iedereen heeft geantwoord, hoor je hoe het verdergaat. Tot dan verandert er niets."
        )
    return gettext(
        "Je zei ja. Maar de ideeën kunnen nu niet samengaan: de vraag is ingetrokken. Alles blijft zoals het was."
    )


def _joining(_user: User, initiative: Initiative) -> dict[str, Any]:
    return {"joining": joining_of(initiative)}


def _joining_at_work(user: User, initiative: Initiative) -> dict[str, Any]:
    return {"joining": joining_of(initiative, reader=user)}


def _claimed(initiator: Initiator, fields: Fields) -> str:
    return reverse("mine-initiative", args=[initiator.initiative.key]) if fields["is_mine"] else reverse("mine-list")


def _what_becomes_of_it(_initiator: Initiator, fields: Fields) -> StrOrPromise:
    if fields["is_mine"]:
        return gettext("Dit idee staat nu bij jouw initiatieven.")
    return gettext("Dank je wel. We mailen je er niet meer over.")


def _joined_in_name(_user: User, initiator: Initiator) -> dict[str, Any]:
    return {"joined": joined_in_name_of(initiator).exclude(pk=initiator.pk).order_by("pk")}


def _newest_version(_user: User, initiative: Initiative) -> dict[str, Any]:
    return {"newest": initiative.plan_versions.latest("number")}


OF_INITIATIVE = (
    Deed(
        name="plan",
        path="plan",
        verb=_("Plan aanpassen"),
        done=_("Jullie plan is bewaard."),
        may=rules.can_edit_plan,
        act=ownership.edit_plan,
        form=forms.PlanForm,
        heading=_("Jullie plan"),
        explanation=_("Schrijf zoals je praat. Veranderen mag altijd, en alles wat er eerder stond blijft bewaard."),
        button=_("Bewaar ons plan"),
        above="owners/deeds/plan.html",
        context=_newest_version,
    ),
    Deed(
        name="reach",
        path="gegevens",
        verb=_("Zo bereiken we je"),
        done=_("Bewaard. Zo bereiken we je voortaan."),
        may=rules.can_correct_reach,
        act=ownership.correct_reach,
        form=forms.OwnReachForm,
        explanation=_("Dit zien alleen de mensen die jullie helpen."),
        button=_("Bewaar"),
        takes_session=True,
    ),
    Deed(
        name="stop",
        path="stoppen",
        verb=_("Stoppen met het idee"),
        done=_("Je bent gestopt. Dank je wel voor je idee."),
        may=rules.can_withdraw,
        act=road.withdraw_initiative,
        form=forms.StopForm,
        heading=_("Wil je stoppen?"),
        explanation=_("Dat mag altijd. Het is jouw idee."),
        button=_("Ja, ik stop ermee"),
        is_rare=True,
        is_drastic=True,
        above="owners/stop_words.html",
    ),
    Deed(
        name="again",
        path="verder",
        verb=_("Weer verder gaan"),
        done=_("Je idee gaat weer verder."),
        may=rules.can_reopen,
        act=road.reopen_initiative,
        form=forms.AgainForm,
        heading=_("Wil je weer verder?"),
        explanation=_("Fijn! Alles wat je eerder vertelde, is bewaard."),
        button=_("Ga weer verder"),
    ),
    Deed(
        name="question",
        path="vraag",
        verb=_("Een nieuwe vraag stellen"),
        done=_("Je vraag is verstuurd."),
        may=rules.can_ask_new_question,
        act=road.take_new_question,
        form=forms.QuestionForm,
        heading=_("Heb je een nieuwe vraag?"),
        explanation=_("Dan helpen we weer mee. Iemand neemt contact met je op."),
        button=_("Stel mijn vraag"),
    ),
    Deed(
        name="leave",
        path="samen/weggaan",
        verb=_("Niet meer meedoen"),
        done=_left,
        may=rules.can_leave,
        act=ownership.leave_initiative,
        heading=_("Wil je niet meer meedoen?"),
        explanation=_("De anderen gaan verder. Jij ziet deze pagina dan niet meer."),
        button=_("Ja, ik stop met meedoen"),
        is_rare=True,
        is_drastic=True,
        above="owners/leave_words.html",
    ),
    Deed(
        name="story-tell",
        path="verhalen/vertel",
        verb=_("Vertel wat het bracht"),
        done=_("Dank je wel. Jullie verhaal is bewaard."),
        may=rules.can_tell_story,
        act=stories.tell_story,
        form=forms.StoryForm,
        explanation=_("Een kort verhaal, in je eigen woorden. Anderen leren ervan. Meer vragen we niet."),
        button=_("Bewaar ons verhaal"),
    ),
)
OF_POSTS = (
    Deed(
        name="post",
        path="berichten/nieuw",
        verb=_("Verstuur"),
        done=_("Je bericht is verstuurd."),
        may=rules.can_write_to_contact,
        act=conversation.write_to_contact,
        form=forms.PostForm,
        heading=_("Je bericht"),
        above="owners/who_reads.html",
    ),
)
OF_OWNERS = (
    Deed(
        name="invite",
        path="samen/vragen",
        verb=_("Iemand erbij vragen"),
        done=_("Je vraag om mee te doen is onderweg."),
        may=rules.can_invite,
        act=invitations.invite_initiator,
        form=forms.InviteForm,
        explanation=_("Diegene kiest zelf. Met een e-mailadres sturen we een link. Met een telefoonnummer bellen we."),
        button=_("Vraag om mee te doen"),
    ),
)
OF_INVITATION = (
    Deed(
        name="revoke",
        path="intrekken",
        verb=_("Trek in"),
        done=_about_name(_("De vraag aan %(name)s is ingetrokken.")),
        may=rules.can_revoke_invitation,
        act=invitations.revoke_invitation,
        heading=_about_name(_("Wil je de vraag aan %(name)s intrekken?")),
        explanation=_link_or_call,
        button=_("Ja, trek in"),
    ),
)
OF_JOIN = (
    Deed(
        name="join",
        path="samengaan",
        verb=_("Geef antwoord"),
        done=_what_now,
        may=rules.can_answer_join,
        act=doubles.answer_join,
        form=forms.OwnJoinAnswerForm,
        heading=_together_with,
        above="owners/deeds/join.html",
        context=_joining,
    ),
)
OF_PAGE = (
    Deed(
        name="public",
        path="openbaar",
        verb=_("Ja, laat de pagina zien"),
        done=_("Bewaard."),
        may=rules.can_edit_plan,
        act=consents.publish_page,
        form=forms.PublicTextForm,
        heading=_("Jullie pagina voor anderen"),
        template="owners/public.html",
    ),
    Deed(
        name="public-text",
        path="openbaar/tekst",
        verb=_("Bewaar de tekst"),
        done=_("Bewaard."),
        may=rules.can_edit_plan,
        act=consents.edit_public_text,
        form=forms.PublicTextForm,
        heading=_("Jullie pagina voor anderen"),
        template="owners/public.html",
    ),
    Deed(
        name="hide",
        path="openbaar/weg",
        verb=_("Niet meer laten zien"),
        done=_("De pagina is van internet gehaald."),
        may=rules.can_withdraw_consent,
        act=consents.withdraw_consent,
        heading=_("Wil je de pagina niet meer laten zien?"),
        explanation=_("Dan zien alleen jullie hem nog. Dat gaat meteen in. Later weer laten zien kan altijd."),
        button=_("Ja, haal hem van internet"),
    ),
)
OF_STORY = (
    Deed(
        name="agree",
        path="ja",
        verb=_("Anderen laten lezen"),
        done=_("Dank je wel. Je ja is bewaard."),
        may=rules.can_agree_to_story,
        act=consents.agree_to_story,
        heading=_about_story(_("Mogen anderen ‘%(title)s’ lezen?")),
        explanation=_("Het staat op internet zodra jullie allemaal ja zeggen."),
        button=_("Ja, dat mag"),
    ),
    Deed(
        name="hide",
        path="weg",
        verb=_("Niet meer laten lezen"),
        done=_("Het verhaal is van internet gehaald."),
        may=rules.can_hide_story,
        act=consents.hide_story,
        heading=_about_story(_("Wil je ‘%(title)s’ niet meer laten lezen?")),
        explanation=_("Dan lezen alleen jullie het nog. Dat gaat meteen in."),
        button=_("Ja, haal het van internet"),
    ),
    Deed(
        name="take-back",
        path="terug",
        verb=_("Verhaal terugnemen"),
        done=_("Je verhaal is teruggenomen."),
        may=rules.can_take_back_story,
        act=stories.take_back_story,
        heading=_about_story(_("Wil je ‘%(title)s’ terugnemen?")),
        explanation=_("Dan leest niemand het meer. Een nieuw verhaal vertellen kan altijd."),
        button=_("Ja, neem terug"),
    ),
)
OF_CLAIM = (
    Deed(
        name="claim",
        path="van-mij",
        verb=_("Bewaar mijn antwoord"),
        done=_what_becomes_of_it,
        may=rules.can_recognise,
        act=claims.answer_claim,
        form=forms.ClaimForm,
        heading=_("Is dit jouw idee?"),
        leads=_claimed,
        above="owners/deeds/claim.html",
        context=_joined_in_name,
    ),
)

# Written down at work.
FOR_INITIATIVE = (
    Deed(
        name="consent",
        path="toestemming",
        verb=_("Toestemming opschrijven"),
        done=WRITTEN_DOWN,
        may=rules.can_record_consent,
        act=consents.record_consent,
        form=forms.RecordConsentForm,
        explanation=_("Voor wie het op papier, aan de telefoon of in een gesprek zegt. Je naam komt erbij te staan."),
        button=_("Bewaar"),
    ),
    Deed(
        name="story",
        path="verhaal",
        verb=_("Verhaal opschrijven"),
        done=WRITTEN_DOWN,
        may=rules.can_write_story,
        act=stories.write_story,
        form=forms.ToldForm,
        explanation=_("Schrijf het op in de woorden van wie het vertelt. De initiatiefnemers lezen wat je opschrijft."),
        button=_("Bewaar"),
    ),
)
FOR_JOIN = (
    Deed(
        name="join-answer",
        path="samengaan",
        verb=_("Antwoord over samengaan opschrijven"),
        done=WRITTEN_DOWN,
        may=rules.can_answer_for_join,
        act=doubles.write_join_answer,
        form=forms.WrittenJoinAnswerForm,
        explanation=_("Lees voor wat er gevraagd wordt. Diegene hoort ook wat je opschrijft."),
        button=_("Bewaar"),
        above="owners/join_words.html",
        context=_joining_at_work,
    ),
)
FOR_OWNER = (
    Deed(
        name="reach",
        path="gegevens",
        verb=_("Gegevens aanpassen"),
        done=WRITTEN_DOWN,
        may=rules.can_write_reach,
        act=ownership.write_reach,
        form=forms.ReachForm,
        heading=_about_name(_("Gegevens van %(name)s aanpassen")),
        explanation=_about_name(_("Zoals %(name)s het zegt. De initiatiefnemers lezen dat jij het opschreef.")),
        button=_("Bewaar"),
    ),
)
FOR_INVITED = (
    Deed(
        name="invitation",
        path="antwoord",
        verb=_("Antwoord opschrijven"),
        done=WRITTEN_DOWN,
        may=rules.can_write_answer,
        act=invitations.write_answer,
        form=forms.AnswerForm,
        heading=_about_name(_("Antwoord van %(name)s opschrijven")),
        explanation=_about_name(_("%(name)s beslist zelf. Leg uit wat het is om samen de baas te zijn van een idee.")),
        button=_("Bewaar"),
    ),
)
