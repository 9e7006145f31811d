"""Questions whose words ask who somebody is: name, e-mail, telephone, address, identity document.

A few words in each of our languages, chosen so that what they find is meant: “name of the organisation” or “how often
do you use e-mail” is not found. It misses much; what it finds, an author should think about again.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from forms.questionnaire import Question, Text

#: As the whole label.
_ALONE = {
    "en": "name|names|e-?mail|phone|telephone|mobile|address|surname|passport|signature",
    "fr": "noms?|prénoms?|nom et prénom|e-?mail|courriel|téléphone|portable|adresse|passeport|signature",
    "es": "nombres?|apellidos?|correo|e-?mail|teléfono|móvil|celular|dirección|domicilio|pasaporte|firma",
    "ru": "имя|фамилия|отчество|фио|телефон|почта|e-?mail|адрес|паспорт|подпись",
    "zh": "姓名|名字|电话|手机|邮箱|地址|住址|护照|签名",
    "ar": "الاسم|الإسم|الهاتف|الجوال|العنوان|البريد الإلكتروني|جواز السفر|التوقيع",
}
#: Anywhere in it, as whole words.
_WITHIN = {
    "en": r"your name|(?:full|first|last|family|legal|given) name|e-?mail address|your e-?mail|"
    r"(?:phone|telephone|mobile|whatsapp|cell) number|your (?:phone|telephone|address)|"
    r"(?:home|street|postal|mailing) address|passport number|(?:identity|id) (?:card|number|document)|national id",
    "fr": r"votre nom|votre prénom|nom complet|nom de famille|nom et prénom|adresse e-?mail|adresse électronique|"
    r"votre courriel|votre e-?mail|numéro de (?:téléphone|portable|passeport)|votre (?:téléphone|adresse)|"
    r"adresse postale|carte d[’']identité|pièce d[’']identité",
    "es": r"su nombre|tu nombre|nombre completo|nombre y apellidos?|correo electrónico|"
    r"número de (?:teléfono|móvil|celular|pasaporte)|(?:su|tu) (?:teléfono|dirección|correo)|"
    r"dirección postal|documento de identidad|cédula de identidad",
    "ru": r"ваше имя|как вас зовут|ваша фамилия|имя и фамилия|фамилия и имя|электронн(?:ая|ой|ую) почт[аыу]|"
    r"адрес электронной почты|номер (?:телефона|паспорта)|ваш (?:телефон|адрес)|домашний адрес|"
    r"паспортные данные|удостоверение личности",
    "zh": "您的姓名|你的姓名|您的名字|你的名字|真实姓名|电话号码|手机号|联系电话|电子邮箱|电子邮件地址|"
    "家庭住址|详细地址|身份证|护照号",
    "ar": r"اسمك|الاسم الكامل|اسم العائلة|بريدك الإلكتروني|عنوان البريد الإلكتروني|"
    r"رقم (?:الهاتف|هاتفك|الجوال|جواز السفر)|عنوانك|عنوان السكن|بطاقة الهوية|رقم الهوية",
}
_EDGES = " \t\n:：?？.。*_-،؟"


def _pattern(words: Mapping[str, str]) -> re.Pattern[str]:
    """Whole words; Chinese has none to see, so that there the characters alone count."""
    joined = "|".join(found for code, found in words.items() if code != "zh")
    return re.compile(rf"(?<!\w)(?:{joined})(?!\w)|{words['zh']}", re.IGNORECASE)


_WHOLE, _PART = re.compile("|".join(_ALONE.values()), re.IGNORECASE), _pattern(_WITHIN)
#: More of a text than this is no question.
_CHARACTERS = 2_000


def asks_who(question: Question) -> bool:
    """Whether a question that is answered in words asks for something that tells who answers."""
    is_answered = question.type == "text" and question.read_only != "true()"
    return is_answered and any(_asks(text) for text in (question.label, question.hint))


def _asks(text: Text) -> bool:
    return any(
        _WHOLE.fullmatch(words.strip(_EDGES)) or _PART.search(words)
        for words in (words[:_CHARACTERS] for words in text.by_language.values())
    )
