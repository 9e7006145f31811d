"""The interview guide: the questions that every key-informant interview goes through, in this order."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from consultations.errors import N_

#: Open questions, one for each right of the codebook and two around them; a consultant notes what was said to each.
GUIDE: Mapping[str, str] = MappingProxyType(
    {
        "setting": N_("How do sex workers work where you are: indoors, outdoors, online, together or alone?"),
        "organise": N_("Can sex workers meet, organise and register an organisation? What stands in the way?"),
        "law": N_("Which laws and rules are used against sex workers, and how? Which ones protect them?"),
        "violence": N_("Where does violence come from, and what happens when somebody reports it?"),
        "discrimination": N_(
            "Where are sex workers treated worse than others: housing, banks, school, family, courts?"
        ),
        "privacy": N_(
            "How is the privacy of sex workers respected or broken, by the police, landlords, clinics or media?"
        ),
        "health": N_("Which health services can sex workers use as they are, and which can they not use?"),
        "movement": N_("What do sex workers meet who move or migrate, within the country or across borders?"),
        "work": N_("Which rights at work do sex workers have in practice, and who decides on working conditions?"),
        "change": N_("What has changed in the last two years, and what works well that others could learn from?"),
    }
)
