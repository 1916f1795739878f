"""The mails and letters of this room, with what it fills in."""

from socialewifi.core import texts

texts.register(
    {
        "sign-in-link": texts.TextKind(
            "Inloggen: de link", {"link": "het adres om in te loggen", "days": "hoeveel dagen het werkt"}
        ),
        "letter-access": texts.TextKind(
            "Brief met een code",
            {
                "access_code": "de code om in te loggen",
                "days": "hoeveel dagen het werkt",
                "title": "naam van het initiatief",
            },
        ),
    }
)
