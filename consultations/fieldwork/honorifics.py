"""How names are written and introduced in several languages: capitals, titles and phrases."""

from __future__ import annotations

import re

_UPPER = "[A-ZÀ-ÖØ-ÞĀ-ŽА-ЯЁІЇЄҐΑ-Ω]"
_LOWER = "[^\\W\\d_A-ZÀ-ÖØ-ÞА-ЯЁІЇЄҐΑ-Ω]"
#: A letter, or an apostrophe or hyphen between letters save the English possessive: O'Brien, but Maria of Maria's.
_INNER = r"(?:[^\W\d_]|['’-](?!s(?!\w))(?=[^\W\d_]))"
#: A capital, and at least one small letter: HIV and ONG are not names.
_CAPITALISED = rf"(?<!\w){_UPPER}(?=[\w'’-]*{_LOWER}){_INNER}+(?!\w)"
_PARTICLES = "de la|de los|de las|del|della|de|di|da|dos|do|du|van der|van|von|bin|ibn|al|el"

#: One to four capitalised words, with the particles of family names between them: María del Carmen Ruiz.
NAME = re.compile(rf"{_CAPITALISED}(?:[ \u00a0](?:(?:{_PARTICLES})[ \u00a0])?{_CAPITALISED}){{0,3}}")

_TITLES = (
    r"Mrs?\.?|Ms\.?|Miss|Madam|Sister|Brother|Auntie|Uncle|Dr\.?|Prof\.?|Officer|Inspector"
    r"|Mme|Mlle|Madame|Monsieur|Sra?\.?|Srta\.?|Señora?|Señorita|Don|Doña"
    r"|[Гг]осподин|[Гг]оспожа|[Гг]-н|[Гг]-жа|[Тт]ётя|[Тт]етя|[Дд]ядя|[Дд]октор"
)
_PHRASES = (
    r"my name is|(?:is|am|was) called|je m['’]appelle|elle s['’]appelle|il s['’]appelle|me llamo|se llama"
    r"|меня зовут|е[её] зовут|его зовут|اسمي|اسمها|اسمه"
)
_ARABIC_TITLES = "السيدة|السيد|الدكتورة|الدكتور|الأستاذة|الأستاذ|الحاجة|الحاج|أم|أبو"
#: The hundred most common Chinese family names, less those that mostly stand for something else.
_FAMILY_NAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱林郭罗梁宋郑谢韩唐冯董萧曹袁邓许傅沈曾彭吕苏卢蒋蔡贾魏薛阎潘杜戴钟汪姜范姚谭廖邹熊陆郝崔邱秦"
    "顾侯邵孟段钱汤尹黎乔贺赖龚"
)
_CHINESE_TITLES = "先生|女士|小姐|老师|医生|大夫|律师|警官|阿姨|叔叔|姐|哥"
_CHINESE_PHRASES = "名叫|叫做|叫|名字是"
_IDEOGRAPH = "[\u4e00-\u9fff]"

#: Each finds names by what stands beside them. A title belongs to the name, because it tells the gender (Mrs, 女士),
#: and in Chinese because the rest is often one letter that means other things too. After a Chinese phrase, two and
#: three letters are both offered: nothing in the writing says where the name ends.
INTRODUCED = (
    re.compile(rf"(?<!\w)(?P<name>(?:{_TITLES})[ \u00a0]{NAME.pattern})"),
    re.compile(rf"(?<!\w)(?i:{_PHRASES})\s+(?P<name>\w+)"),
    re.compile(rf"(?<!\w)[ولبك]?(?:{_ARABIC_TITLES})\s+(?P<name>\w+)"),
    re.compile(rf"(?P<name>[{_FAMILY_NAMES}]{_IDEOGRAPH}{{0,2}}?(?:{_CHINESE_TITLES}))"),
    re.compile(rf"(?P<name>[小老][{_FAMILY_NAMES}]|阿(?!姨){_IDEOGRAPH})"),
    re.compile(rf"(?:{_CHINESE_PHRASES})(?P<name>[{_FAMILY_NAMES}]{_IDEOGRAPH})"),
    re.compile(rf"(?:{_CHINESE_PHRASES})(?P<name>[{_FAMILY_NAMES}]{_IDEOGRAPH}{{2}})"),
)

TITLE = re.compile(rf"(?:{_TITLES})(?:[ \u00a0]|$)")
