"""The mails and letters of this room, with what it fills in."""

from socialewifi.core import texts
from socialewifi.initiatives.texts import INITIATOR

texts.register(
    {
        "panel-invitation": texts.Kind(
            "Kijk je mee?",
            {
                "title": "naam van het initiatief",
                "page": "adres van het initiatief in het panel, na base_url",
                "closes": "de laatste dag voor een advies",
            },
        ),
        "ambassador-question": texts.Kind(
            "Een vraag aan de gemeente",
            {
                "title": "naam van het initiatief",
                "page": "adres van de vraag, na base_url",
                "question": "de vraag",
                "due": "de laatste dag voor een antwoord",
                "asker": "wie het vraagt",
            },
        ),
        "outcome": texts.Kind(
            "Zo gaan we verder",
            {
                **INITIATOR,
                "outcome": "de uitkomst in een zin",
                "reason": "waarom",
                "parts": "wat er gebeurt, een regel per deel",
                "alternative": "waar iemand terechtkan als het niet past",
            },
        ),
    }
)
