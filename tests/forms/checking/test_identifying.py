"""Questions that ask who somebody is are found, and those that only sound like it are not."""

import pytest

from forms.checking.identifying import asks_who
from forms.questionnaire import Question, Source, Text


def asks(words, type="text", column="label"):
    return asks_who(Question("q", type, "/data/q", Source("survey", 2), **{column: Text({"und": words})}))


@pytest.mark.parametrize(
    "words",
    [
        *("Name", "What is your name?", "Full name:", "E-mail", "Your email", "Phone number", "Home address"),
        *("Passport number", "Votre nom", "Prénom", "Adresse e-mail", "Numéro de téléphone", "Carte d’identité"),
        *("Nombre y apellido", "Correo electrónico", "Su dirección", "Documento de identidad"),
        *("Как вас зовут?", "Номер телефона", "Электронная почта", "ФИО", "Паспортные данные"),
        *("您的姓名是什么？", "姓名：", "电话号码", "身份证号码"),
        *("ما اسمك؟", "رقم الهاتف", "البريد الإلكتروني", "بطاقة الهوية"),
    ],
)
def test_what_asks_who(words):
    assert asks(words)


@pytest.mark.parametrize(
    "words",
    [
        *("Name of the organisation", "How often do you use e-mail?", "Name three barriers", "Do you have a phone?"),
        *("What would you address first?", "Le nom de l’organisation", "¿Cómo se llama la organización?"),
        *("Название организации", "该组织的名称", "ما اسم المنظمة؟", ""),
    ],
)
def test_what_only_sounds_like_it(words):
    assert not asks(words)


def test_a_hint_counts_and_a_choice_does_not():
    assert asks("Your full name, please", column="hint")
    assert not asks("Your name", type="select_one")
