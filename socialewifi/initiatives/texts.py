"""The mails and letters of this room, with what it fills in."""

from socialewifi.core import texts

# What initiators always get (initiatives.actions.inform).
INITIATOR = {
    "title": "naam van het initiatief",
    "page": "adres van de eigen pagina, na base_url",
    "link": "adres dat de eigen pagina opent; alleen in een mail",
    "access_code": "korte code die de eigen pagina opent; alleen in een brief",
    "contact.name": "naam van de contactpersoon; leeg als er nog geen is",
    "contact.phone": "telefoonnummer van de contactpersoon",
    "contact.working_days": "werkdagen van de contactpersoon",
    "contact.organisation": "organisatie van de contactpersoon",
}
OTHER = "naam van het andere initiatief"
WRITER = {"writer": "wie het aanpaste"}

texts.register(
    {
        "address-changed": texts.TextKind(
            "Je e-mailadres is veranderd, naar het oude adres", {**INITIATOR, **WRITER}, leads_nowhere=True
        ),
        "address-new": texts.TextKind("Vanaf nu mailen we je hier, naar het nieuwe adres", {**INITIATOR, **WRITER}),
        "report-confirmed": texts.TextKind(
            "We hebben je idee",
            {
                **INITIATOR,
                "due": "de dag van het eerste contact",
                "writer": "wie het idee opschreef, als iemand anders dat deed",
            },
        ),
        "written-for-you": texts.TextKind(
            "Er is iets voor je opgeschreven",
            {**INITIATOR, "writer": "wie het opschreef", "words": "wat er is opgeschreven"},
        ),
        "contact-taken": texts.TextKind("Je hebt een contactpersoon", INITIATOR),
        "contact-changed": texts.TextKind("Je hebt een nieuwe contactpersoon", INITIATOR),
        "message-received": texts.TextKind(
            "Er is een bericht voor je", {**INITIATOR, "sender": "wie het schreef", "words": "het bericht"}
        ),
        "invitation": texts.TextKind(
            "Doe je mee?",
            {
                "title": "naam van het initiatief",
                "inviter": "wie je uitnodigt",
                "link": "het adres van de uitnodiging",
                "days": "hoeveel dagen het werkt",
            },
            is_for_outsiders=True,
        ),
        "story-invitation": texts.TextKind("Vertel hoe het ging", INITIATOR),
        "check-in": texts.TextKind("Hoe gaat het", INITIATOR),
        "withdrawn": texts.TextKind("Je bent gestopt", INITIATOR, leads_nowhere=True),
        "redirect-confirmed": texts.TextKind("Je bent aangekomen", {**INITIATOR, "partner": "wie het overneemt"}),
        "join-asked": texts.TextKind(
            "Willen jullie samen verder?",
            {**INITIATOR, "other": OTHER, "asker": "wie het vraagt", "due": "de laatste dag voor een antwoord"},
        ),
        "initiatives-joined": texts.TextKind("Samen verder met een ander idee", {**INITIATOR, "other": OTHER}),
        "initiatives-split": texts.TextKind("Weer zelf verder", {**INITIATOR, "other": OTHER}),
    }
)
