"""Words with a capital letter that are no names, so that they are not offered for replacement."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


#: Words that sentences often begin with, in the languages with capitals; casefolded. Not a full list: what is missing
#: is only offered once too often.
STARTERS = _words(
    """
    a after all also although and another as at because before but by even every everyone everything for from he her
    here his how however if in it it's its maybe most my no nobody not now of on one or our people she so some
    sometimes still that the their then there these they this those to we what when where which while who why with
    yes you your i'm i've i'd i'll don't last later many yesterday
    alors après au aussi avec avant beaucoup c'est ce ces cela cette chaque comme dans de depuis des donc elle elles
    en et il ils j'ai je la le les leur ma mais mes mon nos notre nous on ou où parce parfois pendant personne pour
    quand que qui quelqu'un sa si son souvent sur tous tout toutes un une vous
    al algunas algunos antes así aunque cada con cuando del después el ella ellas ellos entonces era es esa
    ese eso esta este esto hay las lo los más me mi mis mucha muchas muchos nadie nosotras nosotros nuestra
    para pero por porque quien se sí siempre sin sobre también todas todo todos tu una y ya yo
    а без был была были бы в вот все всё всегда вы где да для до его ее её если есть еще ещё же за и из или их к как
    когда кто ли мне многие мои мой мы на наш наша наши не нет никто но ну о об один одна он она они от очень по
    поэтому после потом потому при раньше с сейчас со так также там теперь то тогда тоже только ты у уже что чтобы
    это я тут вчера
    """
)

#: Capital letters inside a sentence that are no names, in English.
CALENDAR = _words(
    """
    January February March April May June July August September October November December
    Monday Tuesday Wednesday Thursday Friday Saturday Sunday
    """
)
