"""Every form in which a text may lie on a disk: what the attacks search for."""

from __future__ import annotations

import json
import struct
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Callable, Iterator, Mapping
from itertools import cycle, islice
from secrets import choice
from types import MappingProxyType
from urllib.parse import quote, quote_plus

#: Shorter ones would be found by luck: six bytes of some hundred million stand there once in a million searches.
LEAST_BYTES = 6
#: PostgreSQL's own compression (pglz) puts a byte of marks before every eight letters that it has not met before.
_GROUP = 8

#: Letters to draw words from, by language; none that Unicode would compose in another way.
LETTERS: Mapping[str, str] = MappingProxyType(
    {
        "zh": "鹿鹤鲸雁鸥鹭雀蝶莲荷菊兰竹松柏桐槐榆柳梅桃杏梨枣橘柚茶稻麦粟豆麻葛藤苔蕨",
        "en": "bcdfghjklmnpqrstvwxz",
        "fr": "àâçéèêëîïôùûœbdfglmnprst",
        "ru": "бвгджзклмнпрстфхцчшщъыьэюя",
        "es": "áéíñóúübcdfglmnprst",
        "ar": "بتثجحخدذرزسشصضطظعغفقكلمنهوي",
    }
)
_LENGTHS = {"zh": 8}
WORD_LETTERS = 16


def drawn_word(language: str) -> str:
    """A word that nobody ever wrote: 8 signs in Chinese, 16 letters elsewhere, at least 60 bits by chance."""
    return "".join(choice(LETTERS[language]) for _ in range(_LENGTHS.get(language, WORD_LETTERS)))


def drawn_words() -> Iterator[tuple[str, str]]:
    """(language, word) for ever, one language after the other."""
    return ((language, drawn_word(language)) for language in cycle(LETTERS))


def _base64(encode: Callable[[bytes], bytes]) -> Callable[[str], list[bytes]]:
    def forms(text: str) -> list[bytes]:
        return [form for data in (text.encode(), text.encode("utf-16-le")) for form in _thrice(encode, data)]

    return forms


def _thrice(encode: Callable[[bytes], bytes], data: bytes) -> Iterator[bytes]:
    """At each of the three places in a group of three bytes, without the letters that its neighbours change."""
    for shift in range(3):
        start, end = -(-shift * 8 // 6), (shift + len(data)) * 8 // 6
        yield encode(bytes(shift) + data)[start:end]


def _in_pglz(text: str) -> list[bytes]:
    letters, found = text.encode(), []
    for first in range(1, _GROUP + 1):
        whole = (len(letters) - first) // _GROUP
        groups = [letters[:first]] + [letters[first + _GROUP * at :][:_GROUP] for at in range(whole)]
        found.append(b"\0".join(groups))
    return found


def _escaped(text: str) -> list[bytes]:
    """As JSON, HTML, Python and PostgreSQL's log write what is not ASCII."""
    json_text = json.dumps(text)[1:-1]
    letters = text.encode()
    return [
        json_text.encode(),
        "".join(f"\\u{ord(sign):04X}" for sign in text).encode(),
        "".join(f"&#{ord(sign)};" for sign in text).encode(),
        "".join(f"&#x{ord(sign):x};" for sign in text).encode(),
        repr(letters)[2:-1].encode(),
        "".join(chr(byte) if byte < 0x80 else f"\\{byte:03o}" for byte in letters).encode(),
    ]


ENCODINGS: Mapping[str, Callable[[str], list[bytes]]] = MappingProxyType(
    {
        "UTF-8": lambda text: [text.encode()],
        "UTF-16": lambda text: [text.encode("utf-16-le"), text.encode("utf-16-be")],
        "base64": _base64(b64encode),
        "base64 for addresses": _base64(urlsafe_b64encode),
        "hexadecimal": lambda text: [text.encode().hex().encode(), text.encode().hex().upper().encode()],
        "escaped": _escaped,
        "percent": lambda text: [quote(text).encode(), quote(text).lower().encode(), quote_plus(text).encode()],
        "pglz": _in_pglz,
    }
)


def forms_of(text: str) -> dict[bytes, str]:
    """The bytes to look for -> in what encoding they say the text."""
    found = {form: name for name, encode in reversed(ENCODINGS.items()) for form in encode(text)}
    return {form: name for form, name in found.items() if len(form) >= LEAST_BYTES}


def forms_of_number(number: int) -> dict[bytes, str]:
    """A whole number of at least seven digits, as digits and as machines keep numbers."""
    machine = {struct.pack(layout, number): f"number {layout}" for layout in ("<q", ">q", "<d", ">d")}
    return machine | forms_of(str(number))


def forms_of_bytes(data: bytes) -> dict[bytes, str]:
    """A key or a token, as it is and as text."""
    found = {data: "bytes", data.hex().encode(): "hexadecimal"}
    for encode in (b64encode, urlsafe_b64encode):
        found |= dict.fromkeys(_thrice(encode, data), "base64")
    return found


def groups_of_four(code: str) -> str:
    """As codes are shown: `0123 4567`."""
    signs = iter(code)
    return " ".join("".join(islice(signs, 4)) for _ in range(-(-len(code) // 4)))
