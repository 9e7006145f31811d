"""The table of messages to authors; placeholders are filled in by `Problem.values`."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from forms.checking.form_messages import CHOICES, EXPRESSIONS
from forms.checking.parameter_messages import PARAMETERS
from forms.checking.row_messages import GROUPS, ROWS
from forms.checking.sheet_messages import CHOICE_FILES, FILES, SHEETS
from forms.checking.wording import Message

MESSAGES: Mapping[str, Message] = MappingProxyType(
    FILES | CHOICE_FILES | SHEETS | ROWS | GROUPS | PARAMETERS | CHOICES | EXPRESSIONS
)
