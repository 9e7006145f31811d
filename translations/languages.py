"""The languages that we know: codes, names, writing direction, and the code that a workbook's header means."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from babel import Locale, UnknownLocaleError

from translations.language_names import known_names, long_code, name_elsewhere

INTERFACE_LANGUAGES = ("zh", "en", "fr", "ru", "es", "ar")
OFFICIAL_LANGUAGES = ("zh", "en", "fr", "ru", "es")


@dataclass(frozen=True, slots=True)
class Language:
    """One language: its BCP 47 code, its name for its own readers, in English and elsewhere; `ltr` or `rtl`."""

    code: str
    autonym: str
    english: str
    direction: str = "ltr"
    other_names: tuple[str, ...] = ()


#: Autonyms stand as a reader looks for them in a list. Other names: ISO 639-2/3 codes, and what workbooks really say.
LANGUAGES = (
    Language("zh", "中文", "Chinese", other_names=("zho", "chi", "cmn", "Mandarin", "汉语", "漢語")),
    Language("en", "English", "English", other_names=("eng",)),
    Language("fr", "Français", "French", other_names=("fra", "fre", "Francais")),
    Language("ru", "Русский", "Russian", other_names=("rus", "Русский язык")),
    Language("es", "Español", "Spanish", other_names=("spa", "Espanol", "Castellano")),
    Language("ar", "العربية", "Arabic", "rtl", ("ara", "عربي", "عربية")),
    Language("zh-Hans", "简体中文", "Simplified Chinese", other_names=("Chinese (Simplified)", "中文 (简体)")),
    Language("zh-Hant", "繁體中文", "Traditional Chinese", other_names=("Chinese (Traditional)", "中文 (繁體)")),
    Language("am", "አማርኛ", "Amharic", other_names=("amh",)),
    Language("bn", "বাংলা", "Bangla", other_names=("ben", "Bengali")),
    Language("de", "Deutsch", "German", other_names=("deu", "ger")),
    Language("fa", "فارسی", "Persian", "rtl", ("fas", "per", "Farsi")),
    Language("fa-AF", "دری", "Dari", "rtl", ("prs",)),
    Language("ha", "Hausa", "Hausa", other_names=("hau",)),
    Language("hi", "हिन्दी", "Hindi", other_names=("hin",)),
    Language("ht", "Kreyòl ayisyen", "Haitian Creole", other_names=("hat", "Haitian", "Kreyol", "Kreyòl")),
    Language("hy", "Հայերեն", "Armenian", other_names=("hye", "arm")),
    Language("id", "Bahasa Indonesia", "Indonesian", other_names=("ind", "Bahasa", "Indonesia")),
    Language("it", "Italiano", "Italian", other_names=("ita",)),
    Language("ja", "日本語", "Japanese", other_names=("jpn",)),
    Language("ka", "ქართული", "Georgian", other_names=("kat", "geo")),
    Language("kk", "Қазақша", "Kazakh", other_names=("kaz", "қазақ тілі")),
    Language("ky", "Кыргызча", "Kyrgyz", other_names=("kir", "Kirghiz")),
    Language("luo", "Dholuo", "Luo"),
    Language("mk", "Македонски", "Macedonian", other_names=("mkd", "mac")),
    Language("my", "မြန်မာ", "Burmese", other_names=("mya", "bur", "Myanmar")),
    Language("ne", "नेपाली", "Nepali", other_names=("nep", "npi")),
    Language("pt", "Português", "Portuguese", other_names=("por", "Portugues")),
    Language("ro", "Română", "Romanian", other_names=("ron", "rum", "Romana")),
    Language("sw", "Kiswahili", "Swahili", other_names=("swa", "swh")),
    Language("tet", "Tetun", "Tetum"),
    Language("tl", "Tagalog", "Tagalog", other_names=("tgl",)),
    Language("tg", "Тоҷикӣ", "Tajik", other_names=("tgk",)),
    Language("th", "ไทย", "Thai", other_names=("tha",)),
    Language("uk", "Українська", "Ukrainian", other_names=("ukr",)),
    Language("uz", "Oʻzbekcha", "Uzbek", other_names=("uzb", "o‘zbek", "oʻzbek")),
    Language("vi", "Tiếng Việt", "Vietnamese", other_names=("vie",)),
)

_BY_CODE = MappingProxyType({language.code: language for language in LANGUAGES})
_NAME_AND_CODE = re.compile(r"([^:]*?)\s*[(（\[]\s*([A-Za-z0-9_-]+)\s*[)）\]]\s*")
#: Language, script, region: the parts of RFC 5646 that a translation is ever made for.
_TAG = re.compile(r"([A-Za-z]{2,3})(?:[-_]([A-Za-z]{4}))?(?:[-_]([A-Za-z]{2}|[0-9]{3}))?")


def direction(code: str) -> str:
    """`ltr` or `rtl`; a language that nobody knows is taken to run from left to right."""
    known = _known(code)
    if known:
        return known.direction
    locale = _locale(code)
    return str(locale.text_direction) if locale else "ltr"


def autonym(code: str) -> str:
    """The language's name for its own readers; the code itself when nobody has written the name down."""
    if code in _BY_CODE:
        return _BY_CODE[code].autonym
    locale = _locale(code)
    return (locale.display_name if locale else None) or code


def html_lang(code: str) -> str:
    """The value for a `lang` attribute: plain `zh` says its script, or browsers may choose Japanese letter forms."""
    return "zh-Hans" if code == "zh" else code


def code_of(name: str) -> str | None:
    """The code meant by the language part of a header: `English (en)`, `English(en)`, `french`, `EN`, `Swahili(swa)`.

    A code in parentheses wins over the name before it. None when neither is a language that we or the CLDR know.
    """
    named = _code_of_name(name)
    if named:
        return named
    written = _NAME_AND_CODE.fullmatch(name)
    if not written:
        return _code_of_tag(name.strip()) or name_elsewhere(" ".join(name.split()))
    return _regional(written[1], written[2]) or _code_of_tag(written[2])


def _code_of_name(name: str) -> str | None:
    return _codes_by_name().get(" ".join(name.split()).casefold())


def _regional(name: str, written: str) -> str | None:
    """`Portuguese (BR)` is what Brazil speaks, and not Breton: a country in capitals after a name that we know."""
    code = _code_of_name(name)
    is_country = len(written) == 2 and written.isupper() and written in Locale("en").territories
    return f"{code}-{written}" if code and is_country and code != written.casefold() else None


def _code_of_tag(text: str) -> str | None:
    tag = _TAG.fullmatch(text)
    base = (_codes_by_name().get(tag[1].casefold()) or long_code(tag[1].casefold())) if tag else None
    if tag is None or base is None:
        return None
    script, territory = tag[2], tag[3]
    return "-".join((base, *filter(None, (script and script.title(), territory and territory.upper()))))


def _known(code: str) -> Language | None:
    return _BY_CODE.get(code) or _BY_CODE.get(code.split("-")[0])


@cache
def _codes_by_name() -> dict[str, str]:
    """Every name, casefolded; our own table is read last, so it wins."""
    return known_names() | {name.casefold(): code for code, name in _our_names()}


def _our_names() -> Iterator[tuple[str, str]]:
    for language in LANGUAGES:
        for name in (language.code, language.autonym, language.english, *language.other_names):
            yield language.code, name


@cache
def _locale(code: str) -> Locale | None:
    try:
        return Locale.parse(code, sep="-")
    except (UnknownLocaleError, ValueError):
        return None
