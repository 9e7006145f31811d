"""What a language's script asks of typography: its direction, its quotation marks, its tag in HTML."""

from __future__ import annotations

from translations import phrases
from translations.fallback import fallback_chain

_RIGHT_TO_LEFT = frozenset({"ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})

#: Opening and closing mark; French sets a narrow no-break space inside (Imprimerie nationale, Lexique).
_QUOTATION_MARKS = {
    "ar": ("«", "»"),
    "de": ("„", "“"),
    "en": ("“", "”"),
    "es": ("«", "»"),
    "fa": ("«", "»"),
    "fr": ("«\u202f", "\u202f»"),
    "it": ("«", "»"),
    "ja": ("「", "」"),
    "ru": ("«", "»"),
    "uk": ("«", "»"),
    "zh": ("“", "”"),
    "zh-Hant": ("「", "」"),
}


def direction(language: str) -> str:
    """`rtl` or `ltr` for a BCP 47 code, by its base language."""
    return "rtl" if fallback_chain(language)[-1] in _RIGHT_TO_LEFT else "ltr"


def quoted(text: str, language: str) -> str:
    """`text` between the quotation marks of its own language; of English where we know none."""
    for code in fallback_chain(language):
        if code in _QUOTATION_MARKS:
            opening, closing = _QUOTATION_MARKS[code]
            break
    else:
        opening, closing = _QUOTATION_MARKS["en"]
    return phrases.joined("", (opening, phrases.stripped(text), closing))


def html_language(language: str) -> str:
    """The tag for `lang=`: a bare `zh` may be drawn with Japanese letter forms, so it becomes `zh-Hans`."""
    return {"zh": "zh-Hans", phrases.UNNAMED: ""}.get(language, language)
