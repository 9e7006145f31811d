"""What is put into cells, a long list and no more: what forms, XML, Python and people's keyboards make trouble with."""

from __future__ import annotations

from random import Random

from forms.expressions.signatures import SIGNATURES

#: Bidirectional marks, combining marks, lone surrogates, NUL, astral letters, white space of every kind.
CHARACTERS = (
    *("\x00", "\x0b", "\x1f", "\x7f", "\x85", "\xa0", "\xad", "\u0301", "\u0600", "\u061c", "\u200b", "\u200d"),
    *("\u200e", "\u200f", "\u2028", "\u202e", "\u2066", "\u2069", "\u3000", "\ud800", "\udfff", "\ufeff", "\ufffe"),
    *("\U0001f600", "\U00020000", "\U000e0041", "İ", "ß", "ﬀ", "ﷺ", "٣", "²", "Ⅷ", "é", "e\u0301", "中", "ن", "क्ष"),
    *(
        '"',
        "'",
        "“",
        "<",
        ">",
        "&",
        "|",
        "\\",
        "%",
        "%(",
        "%s",
        "{",
        "}",
        "$",
        "${",
        "\n",
        "\r\n",
        "\t",
        "=",
        "_x000D_",
    ),
)
NUMBERS = (
    *("0", "-0", "1", "-1", "00", "1e9", "1E400", "-1e-400", "nan", "NaN", "inf", "-Infinity", "0x10", "1_000", "٣"),
    *(
        "9" * 30,
        "0." + "0" * 300 + "1",
        "1e99999",
        "²",
        "1,5",
        "1.5",
        "1.",
        ".5",
        "+1",
        "2147483648",
        "-9223372036854775809",
    ),
)
DATES = (
    "2026-02-30",
    "0000-00-00",
    "9999-12-31",
    "-0001-01-01",
    "10000-01-01",
    "24:00",
    "25:61",
    "2026-11-22T99:00Z",
    "1",
)
NAMES = (
    *("", "a", "A", "q1", "region", "member", "age", "meta", "instanceID", "data", "name", "label", "state", "go"),
    *(
        "record_key",
        "language",
        "_shown",
        "age[1]",
        "a/b",
        "..",
        ".",
        "1a",
        "-a",
        "a b",
        "a:b",
        ":",
        "xml",
        "__proto__",
    ),
    *(
        "é",
        "中",
        "e\u0301",
        "\U0001f600",
        "a" * 300,
        "a.b",
        "a-b",
        "a.b.c",
        "${a}",
        "None",
        "true",
        "count",
        "div",
        "%(name)s",
    ),
)
TYPES = (
    *(
        "",
        "text",
        "integer",
        "decimal",
        "range",
        "date",
        "time",
        "dateTime",
        "note",
        "acknowledge",
        "calculate",
        "hidden",
    ),
    *(
        "select_one",
        "select_one ",
        "select_one yn",
        "select_multiple yn or_other",
        "select_one  region  extra",
        "rank yn",
    ),
    *("select_one ${first}", "select_one ${said}", "select_one ${", "rank ${age}", "select_one_from_file fruits.csv"),
    *(
        "select_multiple_from_file ../../x.xml",
        "select_one_from_file x.geojson",
        "select_one_external town",
        "rank town",
    ),
    *(
        "begin_group",
        "end_group",
        "begin_repeat",
        "end_repeat",
        "begin loop over yn",
        "end loop",
        "begin",
        "end",
        "BEGIN  GROUP",
    ),
    *(
        "begin_group table-list",
        "geopoint",
        "start",
        "image",
        "audit",
        "csv-external",
        "xml-external",
        "start-geopoint",
    ),
    *(
        "percentage",
        "phone number",
        "select one from yn",
        "add select one prompt using yn",
        "background-audio",
        "no such",
    ),
)
HEADINGS = (
    *(
        "type",
        "name",
        "label",
        "hint",
        "relevant",
        "constraint",
        "calculation",
        "required",
        "repeat_count",
        "appearance",
    ),
    *(
        "parameters",
        "choice_filter",
        "default",
        "trigger",
        "anonymise",
        "disaggregation",
        "read_only",
        "list_name",
        "value",
    ),
    *("label::", "::", ":", "label::en", "label::English", "label:fr", "label::English (en)", "label::English(en)"),
    *(
        "label::Klingon (tlh)",
        "label::Nowhere",
        "label::(en)",
        "label::en::fr",
        "hint::zh-Hant-TW-x-private",
        "label::und",
    ),
    *("media::image", "media::audio::fr", "bind::relevant", "bind::type", "bind::", "control::appearance", "body::x"),
    *(
        "constraint_message::ar",
        "required_message",
        "guidance_hint::ru",
        "jr:count",
        "jr:constraintMsg",
        "jr:",
        "column::name",
    ),
    *(
        "column::",
        "form_title",
        "form_title::fr",
        "default_language",
        "allow_choice_duplicates",
        "instance_name",
        "version",
    ),
    *("", " ", "Type", "NAME", "caption", "command", "label::" + "x" * 200, "save_to", "disabled", "tag", "extra"),
)
PARAMETERS = (
    *(
        "randomize=true",
        "randomize=true seed=42",
        "randomize=true, seed=${age}",
        "seed=1",
        "randomize=maybe",
        "start=0 end=10 step=2",
    ),
    *(
        "start=1 end=0",
        "start=0 end=inf step=0",
        "start=nan",
        "start=0;end=5;step=1",
        "start=0 end=1 step=1e-9",
        "step=-1",
    ),
    *(
        "start=-1e30 end=1e30",
        "start = 0 end = 3",
        "=",
        "a==b",
        "rows=5",
        "value=name label=label",
        "value=. label=..",
        "tick_interval=2",
    ),
    *(
        "start=0 end=10 step=3",
        "placeholder=5",
        "start=0.1 end=0.7 step=0.2",
        "tick_labelset=yn",
        "seed=${",
        "a" * 5000,
    ),
)
APPEARANCES = (
    *(
        "field-list",
        "table-list",
        "label",
        "list-nolabel",
        "likert",
        "minimal",
        "columns",
        "columns-0",
        "columns-99999999",
    ),
    *(
        "columns-pack",
        "month-year",
        "year",
        "multiline",
        "numbers",
        "thousands-sep",
        "picker",
        "rating",
        "no-ticks vertical",
    ),
    *(
        "quick",
        "search('fruits')",
        "search('x', 'matches', 'a', ${age})",
        "w1 w2 w3",
        "field-list table-list",
        "map",
        "ethiopian",
    ),
)
PATTERNS = (
    *(
        "(a+)+$",
        "^(([a-z])+.)+[A-Z]([a-z])+$",
        "(x+x+)+y",
        "[",
        "(",
        "(?=a)",
        "(?<=a)b",
        r"(a)\1",
        "a{1000}{1000}",
        "(?i)é",
    ),
    *(
        r"\p{L}+",
        r"\d{3}-\d{2}",
        "^[^<>]*$",
        "(a|aa)+$",
        "((((((((((a{0,99}){0,99}",
        r"\u0041",
        "(?P<n>a)(?P=n)",
        "[\\w-[a]]",
        "*",
    ),
)
TEXTS = (
    *(
        "${age}",
        "${region} and ${no}",
        "**${first}**",
        "<b>${age}</b>",
        "[a](javascript:alert(1))",
        "<script>",
        "# " * 50,
        "_" * 200,
    ),
    *(
        "*" * 400,
        "[" * 400,
        "`" * 99,
        "<" * 300,
        "&#0;",
        "&amp;&lt;",
        "a\n\n| b |",
        "-" * 40,
        "%(name)s %d %",
        "${ a }",
        "${}",
        "${${a}}",
    ),
    *(
        "${last-saved#age}",
        "\u202eabc",
        "e" + "\u0301" * 500,
        "ن" * 100,
        "jr:itext('a')",
        "=1+1",
        "http://x/" + "a" * 99,
    ),
)
SETTINGS = (
    "English (en)",
    "fr",
    "xx",
    "und",
    "",
    "Nowhere",
    "yes",
    "no",
    "../../etc",
    "1",
    "A title",
    "household",
    "zh-Hans",
)
LITERALS = (
    "''",
    "'a'",
    "'y'",
    '"it\'s"',
    "'2026-02-30'",
    "today()",
    "now()",
    "true()",
    "false()",
    "0",
    "1",
    "-1",
    "0.1",
    "1 div 0",
    "99999999999999999999",
)
PATHS = (
    *(
        ".",
        "..",
        "../age",
        "../../region",
        "/data/region",
        "/data/member/age",
        "/data/member[1]/age",
        "/data/member[position() = 2]",
    ),
    *(
        "//age",
        "/",
        "current()/../age",
        "instance('town')/root/item[region = 'south']/label",
        "instance('yn')/root/item",
        "@a",
    ),
    *(
        "/data/*",
        "*",
        "node()",
        "../*[1]",
        "ancestor::member/age",
        "../following-sibling::age",
        "/data/r1[../q1 = 1]/r2[last()]/d",
    ),
)
_OPERATORS = ("+", "-", "*", "div", "mod", "=", "!=", "<", "<=", ">", ">=", "and", "or", "|", "^", "%", "==", "&&")
_FUNCTIONS = (*sorted(SIGNATURES), "no-such", "document", "eval")
_BROKEN = (
    "(",
    ")",
    "${",
    "'",
    "[",
    "]]",
    ",",
    "+ +",
    "and",
    "${a} ${b}",
    "$age",
    "#{age}",
    "IF(a)",
    "”",
    "a = = b",
    "::",
    "//",
    "!",
)


def expression(chance: Random, names: tuple[str, ...], depth: int = 3) -> str:
    """An expression that is mostly one, and of anything."""
    roll = chance.random()
    if roll < 0.25 or depth == 0:
        return f"${{{chance.choice(names or ('a',))}}}"
    if roll < 0.33:
        return chance.choice(PATHS)
    if roll < 0.43:
        return chance.choice(LITERALS)
    if roll < 0.46:
        return chance.choice((*_BROKEN, *CHARACTERS))
    if roll < 0.50:
        return f"regex({expression(chance, names, depth - 1)}, '{chance.choice(PATTERNS)}')"
    if roll < 0.75:
        function = chance.choice(_FUNCTIONS)
        least = sum(not argument.startswith(("[", "…")) for argument in SIGNATURES.get(function, ("a",)))
        count = max(0, least + chance.choice((0, 0, 0, 0, 1, 2, -1)))
        return f"{function}({', '.join(expression(chance, names, depth - 1) for _ in range(count))})"
    if roll < 0.78:
        return f"({expression(chance, names, depth - 1)})"
    if roll < 0.80:
        return f"{chance.choice(PATHS)}[{expression(chance, names, depth - 1)}]"
    left, right = expression(chance, names, depth - 1), expression(chance, names, depth - 1)
    return f"{left} {chance.choice(_OPERATORS)} {right}"


def huge_expression(chance: Random, names: tuple[str, ...]) -> str:
    """One that is long or deep."""
    count = chance.choice((10, 50, 200, 1000, 5000))
    one = expression(chance, names, 1)
    return chance.choice(
        (
            "(" * count + one + ")" * count,
            "not(" * count + one + ")" * count,
            " or ".join([one] * count),
            "-" * count + one,
            "/".join([".."] * count),
            one + "[1]" * count,
            f"concat({', '.join([one] * count)})",
            "if(" * count + one + ", 1, 2)" * count,
        )
    )[:40_000]
