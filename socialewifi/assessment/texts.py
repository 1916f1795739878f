"""The mails and letters of this room, with what it fills in."""

from socialewifi.core import texts
from socialewifi.initiatives.texts import INITIATOR

texts.register(
    {
        "ambassador-question": texts.TextKind(
            "Een vraag aan de gemeente",
            {
                "title": "naam van het initiatief",
                "page": "adres van de vraag, na base_url",
                "question": "de vraag",
                "due": "de laatste dag voor een antwoord",
                "asker": "wie het vraagt",
            },
            is_for_outsiders=True,
        ),
        "advice-written": texts.TextKind(
            "Er is een advies voor je opgeschreven",
            {
                "title": "naam van het initiatief",
                "page": "adres van de eigen bladzijde van het panellid, na base_url",
                "writer": "wie het opschreef",
                "choice": "het advies in een paar woorden",
                "reason": "waarom",
            },
            is_for_outsiders=True,
        ),
        "municipality-answer-written": texts.TextKind(
            "Er is een antwoord van je gemeente opgeschreven",
            {
                "title": "naam van het initiatief",
                "page": "adres van de vraag, na base_url",
                "writer": "wie het opschreef",
                "colleague.phone": "telefoonnummer van wie het opschreef",
                "speaker": "wie het namens de gemeente zei",
                "answer": "het antwoord",
                "words": "de toelichting",
            },
            is_for_outsiders=True,
        ),
        "outcome": texts.TextKind(
            "Zo gaan we verder",
            {
                **INITIATOR,
                "outcome": "de uitkomst in een zin",
                "reason": "waarom",
                "parts": "wat er gebeurt, een regel per deel",
                "alternative": "waar iemand terechtkan als het niet past",
                "advices": "wat de inwoners adviseerden, zonder naam, een regel per advies",
                "municipality": "wat de gemeente antwoordde, als die is gevraagd",
            },
        ),
        "weighing-returned": texts.TextKind(
            "We zoeken eerst nog iets uit", {**INITIATOR, "reason": "wat er eerst nog uitgezocht wordt"}
        ),
    }
)
