"""
Dutch words for invented initiatives: enough of them, and unevenly used, so that searching has something to choose from.

A few subjects are told about all the time and most of them now and then, as in life. The same seed gives the same
words.
"""

from itertools import accumulate, product
from random import Random

WHERE = [
    *("buurt", "wijk", "dorps", "straat", "school", "kerk", "park", "plein", "hof", "berg", "veld", "beek"),
    *("molen", "mijn", "maas", "bos", "dijk", "brug", "heuvel", "hoek", "stads", "weide", "station", "haven"),
]
WHAT = [
    *("tuin", "feest", "tafel", "keuken", "koor", "markt", "werkplaats", "bibliotheek", "wandeling", "krant"),
    *("bank", "kas", "winkel", "cirkel", "café", "atelier", "moestuin", "boomgaard", "speelplek", "kamer"),
    *("toneel", "orkest", "film", "fietsclub", "kring", "ontbijt", "maaltijd", "ruilkast", "bus", "wacht"),
    *("biljart", "dansavond", "schaakclub", "naaikamer", "kippenren", "bijenstal", "zwemgroep", "huiskamer"),
]
SUBJECTS = [first + second for second, first in product(WHAT, WHERE)]
# Subjects that everyone comes up with; the searches of the bench ask for some of them.
USUAL = [
    *("moestuin", "eettafel", "wandelgroep", "repaircafé", "taalcafé", "speeltuin", "buurtfeest", "koffieochtend"),
    *("mantelzorggroep", "voorzorgcirkel", "schoolplein", "huiswerkklas", "fietsles", "zangkoor", "ruilwinkel"),
]
WHO = [
    *("buren", "ouderen", "kinderen", "ouders", "jongeren", "nieuwkomers", "mantelzorgers", "vrijwilligers"),
    *("alleenstaanden", "leerlingen", "gezinnen", "grootouders", "tieners", "wandelaars", "koks", "tuiniers"),
    *("klussers", "zangers", "lezers", "fietsers", "hengelaars", "kaarters", "dansers", "schilders", "breiers"),
]
DEEDS = [
    *("samen koken", "aardappels schillen", "bloemen planten", "fietsen maken", "verhalen vertellen", "liedjes zingen"),
    *("bomen snoeien", "brieven schrijven", "taal oefenen", "huiswerk maken", "boodschappen doen", "soep uitdelen"),
    *("banken timmeren", "hekken verven", "truien breien", "lampen repareren", "honden uitlaten", "foto's bekijken"),
    *("kaarten leggen", "muziek maken", "een praatje maken", "een maaltijd delen", "een rondje lopen", "thee drinken"),
]
PLACES = [
    *("het oude klooster", "de gymzaal", "het buurthuis", "de leegstaande winkel", "het veld achter de flat"),
    *("de kerkzaal", "het schoolplein", "de voormalige bakkerij", "het park", "de kantine", "de bibliotheek"),
    *("een garage", "het pleintje", "de loods bij het spoor", "de huisartsenpraktijk", "het verenigingsgebouw"),
]
TIMES = [
    *("elke maandagmorgen", "elke dinsdag", "op woensdagmiddag", "op donderdagavond", "elke vrijdag"),
    *("een keer per maand", "in de zomer", "in de wintermaanden", "op zaterdag", "elke zondagmiddag", "na schooltijd"),
]
NEEDS = [
    *("een sleutel van de zaal", "aarde en zaden", "een verzekering", "tien fietsen", "stoelen en tafels"),
    *("gereedschap", "toestemming van de gemeente", "pannen en borden", "iemand die de weg weet", "een aanhanger"),
    *("een geluidsinstallatie", "boeken", "verf en kwasten", "een bankrekening", "hulp bij de vergunning"),
    *("wat vrijwilligers erbij", "een dirigent", "een hoveniersbedrijf dat meedenkt", "een folder", "een koelkast"),
]
SENTENCES = [
    "Wij willen {time} met {who} {deed} in {place}.",
    "Met een groep {who} beginnen we een {subject}, want in {here} is zoiets er nog niet.",
    "Een {subject} voor {who}, {time} open in {place}.",
    "Nu zit iedereen in {here} thuis achter de voordeur; samen {deed} helpt daartegen.",
    "We zijn met {number} {who} en zoeken nog {need}.",
    "Vroeger was er in {here} een {subject}, en veel {who} missen die.",
    "Wie niet kan lopen, wordt {time} opgehaald door {who}.",
    "Daarna gaan we met elkaar {deed}, en {who} doen mee zo veel als ze willen.",
    "De {who} van {here} vragen hier al {number} jaar om.",
    "In {place} is ruimte, alleen ontbreekt nog {need}.",
    "Zo leren {who} en {other} elkaar kennen.",
    "Het kost weinig: {need} en een kop koffie is genoeg.",
]
TITLES = [
    *("{Subject} in {here}", "{Subject} {here}", "{Subject} voor {who}", "De {subject} van {here}"),
    *("{Deed} met {who}", "{Subject} met {who} in {here}", "{Time} {deed} in {here}"),
]
MESSAGES = [
    "Kun je {time} even bellen over {need}?",
    "De {who} hebben ja gezegd, we kunnen in {place} beginnen.",
    "Ik heb gevraagd naar {need}; het antwoord komt volgende week.",
    "We liepen langs {place} en bespraken hoe de {subject} het beste kan.",
    "Er doen nu {number} {who} mee, en {time} gaan we {deed}.",
    "Wie in {here} weet meer van {need}?",
]
FIRST_NAMES = [
    *("Ada", "Bert", "Cato", "Driek", "Els", "Fien", "Guus", "Hub", "Isa", "Jet", "Koos", "Lies", "Mien", "Nol"),
    *("Oda", "Piet", "Roza", "Sjaak", "Toos", "Urs", "Vik", "Wies", "Yvo", "Zef", "Amira", "Bilal", "Chen", "Dalia"),
]
LAST_NAMES = [
    first + second
    for first, second in product(
        ["Appel", "Berken", "Dauw", "Eiken", "Gras", "Heide", "Klaver", "Linde", "Maan", "Regen", "Ster", "Wilgen"],
        ["bloem", "blad", "droom", "licht", "pad", "steen", "water", "zanger", "vanger", "tak", "storm", "bron"],
    )
]


class Words:
    """What invented people say; everything comes from one row of chances."""

    def __init__(self, chance: Random) -> None:
        self.chance = chance
        # The n-th usual subject is chosen about 1/n as often as the first (Zipf), the rare ones all alike.
        weights = [1 / n for n in range(1, len(USUAL) + 1)] + [0.01] * len(SUBJECTS)
        self._subjects = USUAL + SUBJECTS
        self._until = list(accumulate(weights))

    def subject(self) -> str:
        return self.chance.choices(self._subjects, cum_weights=self._until)[0]

    def title(self, here: str) -> str:
        return self._say(TITLES, here)[:120]

    def text(self, here: str, sentences: int) -> str:
        return " ".join(self._say(SENTENCES, here) for _n in range(sentences))

    def message(self, here: str) -> str:
        return self._say(MESSAGES, here)

    def need(self) -> str:
        return self.chance.choice(NEEDS)

    def people(self) -> str:
        return self.chance.choice(WHO)

    def name(self) -> str:
        return f"{self.chance.choice(FIRST_NAMES)} {self.chance.choice(LAST_NAMES)}"

    def _say(self, forms: list[str], here: str) -> str:
        pick = self.chance.choice
        subject, deed, time = self.subject(), pick(DEEDS), pick(TIMES)
        words = {"here": here, "subject": subject, "deed": deed, "time": time, "who": pick(WHO), "other": pick(WHO)}
        words |= {"place": pick(PLACES), "need": pick(NEEDS), "number": str(2 + int(self.chance.random() * 40))}
        words |= {"Subject": subject.capitalize(), "Deed": deed.capitalize(), "Time": time.capitalize()}
        return pick(forms).format_map(words)
