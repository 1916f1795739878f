"""What someone says yes to is what they read: another thing since then is shown first."""

from django.urls import reverse

from socialewifi.core.models import Message
from socialewifi.people.actions import roles
from socialewifi.people.forms import ConfirmRoleForm
from socialewifi.people.models import User
from socialewifi.people.tests.factories import RoleFactory
from socialewifi.people.tests.test_roles_take_two import form_of, give, second_administrator

__all__ = ["second_administrator"]


def test_a_yes_is_for_the_address_that_was_read(client, resident, administrator, second_administrator):
    """Else one administrator waits until another has called, and changes the address while the page is open."""
    role = give(resident, administrator)
    url = reverse("role-confirm", args=[role.pk])
    client.force_login(second_administrator)
    read = form_of(client, url)
    User.objects.filter(pk=resident.pk).update(email="elders@voorbeeld.test")

    answer = client.post(url, read)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Dit is intussen veranderd" in page
    assert "elders@voorbeeld.test" in page
    role.refresh_from_db()
    assert role.confirmed_at is None
    again_read = {field.name: field.value() for field in answer.context["form"].hidden_fields()}
    assert client.post(url, again_read).headers["Location"] == reverse("role-list")


def test_an_address_that_changes_while_a_yes_waits_for_its_turn_is_not_confirmed(
    client, monkeypatch, resident, administrator, second_administrator
):
    role = give(resident, administrator)
    url = reverse("role-confirm", args=[role.pk])
    client.force_login(second_administrator)
    read, lock = form_of(client, url), roles.lock_person

    def hold_after_it_moved(user):
        User.objects.filter(pk=resident.pk).update(email="elders@voorbeeld.test")
        return lock(user)

    monkeypatch.setattr(roles, "lock_person", hold_after_it_moved)

    assert client.post(url, read).status_code == 422
    role.refresh_from_db()
    assert role.confirmed_at is None


def test_an_invitation_goes_where_was_read(client, resident, administrator):
    RoleFactory(user=resident, kind="panel_member")
    url = reverse("person-invite", args=[resident.public_id])
    client.force_login(administrator)
    read = form_of(client, url)
    User.objects.filter(pk=resident.pk).update(email="elders@voorbeeld.test")

    assert client.post(url, read).status_code == 422
    assert not Message.objects.exists()


def test_nobody_looks_for_another_address_with_the_same_mark(resident, administrator, settings):
    """One of the two may be who changes it, and has all the time to look: the mark is keyed, and whole."""
    role = give(resident, administrator)
    here = ConfirmRoleForm(about=role).fields["seen"].initial
    settings.SECRET_KEY = "another key of which nobody knows anything at all, really"

    assert len(here) == 64
    assert ConfirmRoleForm(about=role).fields["seen"].initial != here
