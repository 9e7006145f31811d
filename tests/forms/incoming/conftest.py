"""A questionnaire in two languages with a question of every kind that other tools export."""

from __future__ import annotations

import pytest

from forms.questionnaire import Questionnaire
from forms.xlsform.importing import import_file

FORM = """
| survey |
| | type | name | label::en | label::fr | relevant | constraint | required | choice_filter | default |
| | begin group | home | Home | Chez soi | | | | | |
| | select_one region | region | Where do you live? | Où vivez-vous ? | | | | | |
| | end group | | | | | | | | |
| | select_one yn | safe | Do you feel safe? | Êtes-vous en sécurité ? | | | yes | | |
| | text | why | Why not? | Pourquoi ? | ${safe} = 'no' | | | | |
| | select_multiple needs | needs | What do you need? | De quoi avez-vous besoin ? | | | | | |
| | text | needs_other | What else? | Quoi d’autre ? | | | | | |
| | rank order | order | What comes first? | Quoi d’abord ? | | | | | |
| | integer | age | How old are you? | Quel âge ? | | . > 15 | | | |
| | decimal | pay | What do you earn? | Combien ? | | | | | 10 |
| | date | since | Since when? | Depuis quand ? | | | | | |
| | dateTime | at | At what moment? | À quel moment ? | | | | | |
| | time | hour | At what hour? | À quelle heure ? | | | | | |
| | acknowledge | sure | Are you sure? | Êtes-vous sûre ? | | | | | |
| | select_one town | town | Which town? | Quelle ville ? | | | | region = ${region} | |
| | begin repeat | child | Child | Enfant | | | | | |
| | text | pet | Pet | Animal | | | | | |
| | end repeat | | | | | | | | |
| choices |
| | list_name | name | label::en | label::fr | region |
| | region | africa | Africa | Afrique | |
| | region | europe | Europe, all of it | Europe | |
| | yn | yes | Yes | Oui | |
| | yn | no | No | Non | |
| | needs | care | Health care | Soins | |
| | needs | money | Money | Argent | |
| | needs | other | Other | Autre | |
| | order | law | The law | La loi | |
| | order | work | Work | Travail | |
| | town | nairobi | Nairobi | Nairobi | africa |
| | town | lyon | Lyon | Lyon | europe |
"""


@pytest.fixture(scope="package")
def form() -> Questionnaire:
    found = import_file("form.md", FORM.encode())
    assert found.questionnaire, found.problems
    return found.questionnaire
