"""What is written stays (ADR 6): every table is append-only, or stands here with the reason why it may change."""

import pytest
from django.apps import apps
from django.db import DatabaseError, IntegrityError, connection, models, transaction
from django.utils import timezone

from socialewifi.assessment.models import AskedBecause
from socialewifi.assessment.tests.factories import (
    AdviceObjectionFactory,
    AmbassadorQuestionFactory,
    AssessmentFactory,
    PanelAdviceFactory,
    PanelSeatFactory,
    RoutePartFactory,
    TriggerFactory,
    conclude,
)
from socialewifi.core import append_only
from socialewifi.core.events import record
from socialewifi.core.models import Message, Notice, SentForm
from socialewifi.governance.models import AgreementChange
from socialewifi.governance.tests.factories import AgreementFactory
from socialewifi.initiatives.models import ContactMoment, PlanVersion
from socialewifi.initiatives.tests.factories import (
    ConsentFactory,
    EffectStoryFactory,
    HandoverFactory,
    InitiativeFactory,
    InitiatorFactory,
    InterestFactory,
    InvitationFactory,
    JoinProposalFactory,
    NoteFactory,
    PauseFactory,
    PostFactory,
    SupportPromiseFactory,
)
from socialewifi.people.tests.factories import NOON, AccessKeyFactory, ReadingModeFactory, RoleFactory, UserFactory

pytestmark = pytest.mark.django_db

REGION = "the region's files bring it, and what changes in them changes here"
OF_NOW = "says how it is now; every change of it is an event in the timeline"
MAY_CHANGE = {
    "core.Text": "an administrator writes it; what was sent with it stays in core.Message",
    "core.Heartbeat": "says when the worker was last alive",
    "core.Seal": "another key seals it again",
    "core.PublicChange": "counts how often something public changed",
    "core.Tally": "counts tries until a moment, and is cleared away after it",
    "places.Region": REGION,
    "places.SubRegion": REGION,
    "places.Municipality": REGION,
    "places.Neighbourhood": REGION,
    "people.Organisation": REGION,
    "people.User": OF_NOW,
    "governance.Agreement": "says what is agreed now; what it was stands in governance.AgreementChange",
    "initiatives.Kind": REGION,
    "initiatives.Channel": REGION,
    "initiatives.Theme": REGION,
    "initiatives.TargetGroup": REGION,
    "initiatives.SupportKind": REGION,
    "assessment.Criterion": REGION,
    "assessment.Trigger": REGION,
    "initiatives.Initiative": "says where it stands now; every plan it had stands in initiatives.PlanVersion",
    "initiatives.Draft": "someone is still writing it; what is not sent is cleared away",
    "initiatives.Exploration": OF_NOW,
    "initiatives.Task": OF_NOW,
    "initiatives.JoinAnswer": "someone may think again while it is asked; each answer stands in the timeline",
    "initiatives.Deadline": OF_NOW,
    "assessment.CriterionScore": "it is looked at again while the weighing goes on, and then never (only_while_open)",
}
ROOMS = [config for config in apps.get_app_configs() if config.name.startswith("socialewifi.")]
MODELS = {model._meta.label: model for config in ROOMS for model in config.get_models()}
APPEND_ONLY = [model for model in MODELS.values() if append_only.never_altered(model)]


def message(**fields):
    known = {"channel": "email", "to_email": "roos@voorbeeld.test", "to_name": "Roos", "created_at": NOON}
    return Message.objects.create(
        **{**known, "kind": "confirmation", "subject": "De link /in/geheim/", "body": "Dag Roos. /in/geheim/", **fields}
    )


def asked_because():
    AssessmentFactory().triggers.add(TriggerFactory())
    return AskedBecause.objects.get()


def contact_moment():
    return ContactMoment.objects.create(
        initiative=InitiativeFactory(), at=NOON, by=UserFactory(), through="phone", summary="Gebeld."
    )


def change_of_agreement():
    return AgreementChange.objects.create(
        agreement=AgreementFactory(), at=NOON, by=UserFactory(), old_status="open", new_status="fixed", reason="Ja."
    )


# Rows of each append-only table; together they fill in all that is filled in once.
ROWS = {
    "core.Event": [lambda: record("people.key.used", on=UserFactory(), by=UserFactory(), at=NOON, what="x")],
    "core.SentForm": [lambda: SentForm.objects.create(at=timezone.now())],
    "core.Message": [
        lambda: message(sent_at=NOON, sent_by=UserFactory(), attempts=1),
        lambda: message(channel="letter", withdrawn_at=NOON),
    ],
    "core.Notice": [
        lambda: Notice.objects.create(user=UserFactory(), words="x", path="/", created_at=NOON, message=message())
    ],
    "people.Role": [lambda: RoleFactory(kind="administrator", confirmed_at=None, refused_at=NOON)],
    "people.AccessKey": [lambda: AccessKeyFactory(revoked_at=NOON)],
    "people.ReadingMode": [ReadingModeFactory],
    "governance.AgreementChange": [change_of_agreement],
    "initiatives.PlanVersion": [lambda: PlanVersion.objects.get(initiative=InitiativeFactory())],
    "initiatives.Interest": [InterestFactory],
    "initiatives.JoinProposal": [
        lambda: JoinProposalFactory(accepted_at=NOON, undone_at=NOON),
        lambda: JoinProposalFactory(refused_at=NOON),
        lambda: JoinProposalFactory(dropped_at=NOON),
    ],
    "initiatives.Initiator": [lambda: InitiatorFactory(left=True)],
    "initiatives.Invitation": [
        lambda: InvitationFactory(accepted_at=NOON),
        lambda: InvitationFactory(refused_at=NOON),
        lambda: InvitationFactory(revoked_at=NOON),
    ],
    "initiatives.EffectStory": [lambda: EffectStoryFactory(taken_back=True)],
    "initiatives.Consent": [lambda: ConsentFactory(withdrawn=True)],
    "initiatives.ContactMoment": [contact_moment],
    "initiatives.Post": [lambda: PostFactory(read=True)],
    "initiatives.Note": [NoteFactory],
    "initiatives.Pause": [lambda: PauseFactory(ended_at=NOON)],
    "initiatives.Handover": [
        lambda: HandoverFactory(accepted_at=NOON),
        lambda: HandoverFactory(refused_at=NOON, refused_because="x"),
        lambda: HandoverFactory(dropped_at=NOON),
    ],
    "initiatives.SupportPromise": [
        lambda: SupportPromiseFactory(kept_at=NOON),
        lambda: SupportPromiseFactory(dropped_at=NOON, dropped_because="Het regende."),
    ],
    "assessment.Assessment": [
        lambda: conclude(AssessmentFactory(below_quorum_because="Vakantie."), outcome="decline"),
        lambda: AssessmentFactory(returned=True),
    ],
    "assessment.AskedBecause": [asked_because],
    "assessment.AmbassadorQuestion": [
        lambda: AmbassadorQuestionFactory(answered=True, words="Mits het hek dicht is.", spoken_by="Wethouder Wim"),
        lambda: AmbassadorQuestionFactory(ended_at=NOON),
    ],
    "assessment.PanelSeat": [lambda: PanelSeatFactory(recused=True, recusal_written_by=UserFactory())],
    "assessment.PanelAdvice": [PanelAdviceFactory],
    "assessment.AdviceObjection": [AdviceObjectionFactory],
    "assessment.RoutePart": [RoutePartFactory],
}
# Something else than stood there, by the kind of column.
OTHERWISE = {
    models.BooleanField: "NOT {column}",
    models.DateTimeField: "COALESCE({column}, now()) + interval '1 day'",
    models.DateField: "COALESCE({column}, current_date) + 1",
    models.UUIDField: "gen_random_uuid()",
    models.JSONField: "'[\"anders\"]'",
}


def otherwise(field):
    expression = next((sql for kind, sql in OTHERWISE.items() if isinstance(field, kind)), None)
    if expression is None:
        is_words = isinstance(field, (models.CharField, models.TextField))
        expression = "'nee'" if is_words else "COALESCE({column}, 0) + 1"
    return expression.format(column=f'"{field.column}"')


def refused(sql):
    """Tell whether the database refuses this by the rule that nothing is altered."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(sql)
    except DatabaseError as refusal:
        return "Cannot" in str(refusal)
    return False


def test_every_table_says_whether_it_may_change():
    kept = {model._meta.label for model in APPEND_ONLY}

    assert kept | MAY_CHANGE.keys() == MODELS.keys()
    assert not kept & MAY_CHANGE.keys()
    assert ROWS.keys() == kept


@pytest.mark.parametrize("model", APPEND_ONLY, ids=lambda model: model._meta.label)
def test_no_column_is_altered_and_no_row_removed(model):
    guard = append_only.never_altered(model)
    table = model._meta.db_table
    filled_in = set()
    for make in ROWS[model._meta.label]:
        row = make()
        row.refresh_from_db()
        this_one = f"WHERE \"{model._meta.pk.column}\" = '{row.pk}'"
        for field in model._meta.concrete_fields:
            change = f'UPDATE {table} SET "{field.column}" = {otherwise(field)} {this_one}'
            if field.name in guard.once and getattr(row, field.attname) not in (None, ""):
                filled_in.add(field.name)
                emptied = "NULL" if field.null else "''"
                assert refused(f'UPDATE {table} SET "{field.column}" = {emptied} {this_one}'), field.name
                assert refused(change), field.name
            elif field.name not in {*guard.once, *guard.free}:
                assert refused(change), field.name
        assert refused(f"DELETE FROM {table} {this_one}")
    assert filled_in == set(guard.once)


@pytest.mark.parametrize("model", [*APPEND_ONLY, MODELS["assessment.CriterionScore"]], ids=lambda one: one._meta.label)
def test_no_table_of_these_is_emptied(model):
    assert refused(f"TRUNCATE {model._meta.db_table} CASCADE")


@pytest.mark.parametrize("table", ["people_user", "initiatives_initiative", "assessment_assessment", "core_message"])
def test_nor_by_emptying_what_it_hangs_on(table):
    assert refused(f"TRUNCATE {table} CASCADE")


def test_nobody_tells_the_database_to_look_away():
    event = ROWS["core.Event"][0]()
    with connection.cursor() as cursor:
        cursor.execute("SELECT array_agg(tgname::text) FROM pg_trigger WHERE tgrelid = 'core_event'::regclass")
        cursor.execute("SELECT set_config('pgtrigger.ignore', %s, true)", [str(cursor.fetchone()[0]).replace("'", "")])

    assert refused(f"UPDATE core_event SET kind = 'anders' WHERE id = {event.pk}")
    assert refused("TRUNCATE core_event")


def test_of_the_words_of_a_message_only_a_secret_is_wiped():
    letter = message(secrets=["/in/geheim/"])
    this_one = f"WHERE id = {letter.pk}"

    assert refused(f"UPDATE core_message SET body = 'Dag Roos. Anders' {this_one}")
    assert refused(f"UPDATE core_message SET body = 'Dag. ····', secrets = '{{}}' {this_one}")
    assert refused(f"UPDATE core_message SET body = 'Dag Roos. ····' {this_one}")
    assert refused(f"UPDATE core_message SET secrets = '{{Roos}}' {this_one}")

    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE core_message SET subject = 'De link ····', body = 'Dag Roos. ····', secrets = '{}', "
            f"sent_at = now() {this_one}"
        )
    assert refused(f"UPDATE core_message SET body = 'Dag Roos.' {this_one}")
    assert refused(f"UPDATE core_message SET sent_at = NULL {this_one}")


@pytest.mark.parametrize("channel", ["letter", "email"])
def test_what_is_written_goes_out_or_is_taken_back(channel):
    back, posted = message(channel=channel, withdrawn_at=NOON), message(channel=channel, sent_at=NOON)

    assert refused(f"UPDATE core_message SET withdrawn_at = NULL WHERE id = {back.pk}")
    for one, moment in ((posted, "withdrawn_at"), (back, "sent_at")):
        with pytest.raises(IntegrityError, match="core_message_withdrawn_before_it_went_out"), transaction.atomic():
            Message.objects.filter(pk=one.pk).update(**{moment: NOON})


def test_only_what_gave_access_and_was_sent_is_forgotten():
    kept = [message(sent_at=NOON), message(kind="people.code")]
    gone = message(kind="people.code", sent_at=NOON)

    assert all(refused(f"DELETE FROM core_message WHERE id = {one.pk}") for one in kept)
    gone.delete()


@pytest.mark.parametrize(("make", "column"), [(AccessKeyFactory, "expires_at"), (ReadingModeFactory, "ends_at")])
def test_what_opens_something_only_ends_sooner(make, column):
    row = make()
    table = row._meta.db_table

    assert refused(f"UPDATE {table} SET {column} = {column} + interval '1 second' WHERE id = {row.pk}")
    assert not refused(f"UPDATE {table} SET {column} = {column} - interval '1 second' WHERE id = {row.pk}")


def test_every_trigger_looks_for_its_tables_here_and_not_among_temporary_ones():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT p.proname FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace"
            " WHERE n.nspname = 'public' AND p.prorettype = 'trigger'::regtype"
            " AND NOT 'search_path=public, pg_temp' = ANY(COALESCE(p.proconfig, '{}'))"
        )
        open_to_others = [name for (name,) in cursor.fetchall()]

    assert open_to_others == []
