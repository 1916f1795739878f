"""
Every deed of the rooms of an initiative, as something that anyone can try at any moment.

Whoever adds a deed adds it to the module of what it is about; ``test_rules_by_property`` says which are missing.
"""

from tests.journeys.property.deeds import ideas, owners, support, weighing
from tests.journeys.property.deeds.ideas import tell_idea
from tests.journeys.property.deeds.trying import DEEDS

__all__ = ["DEEDS", "ideas", "owners", "support", "tell_idea", "weighing"]
