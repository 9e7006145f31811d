"""A questionnaire with every control that there is, in scripts of either direction, and two lists of all countries."""

# ruff: noqa: E501 - a form drawn as a table is read across

from babel import Locale

_SURVEY = """
| survey |
| | type | name | label::English (en) | label::العربية (ar) | label::中文 (zh) | label::русский (ru) | label::Kiswahili (sw) | hint::English (en) | guidance_hint::English (en) | required | relevant | appearance | parameters | calculation | read_only | constraint | constraint_message::English (en) |
| | begin_group | choosing | Where you are | أين أنتم | 您在哪里 | Где вы | Ulipo | | | | | field-list | | | | | |
| | select_one country | country | In which country do you work? | في أي بلد تعملون؟ | 您在哪个国家工作？ | В какой стране вы работаете? | Unafanya kazi katika nchi gani? | Only your region is kept. | We need it for the region, and nothing else. | yes | | | | | | | |
| | select_multiple country | others | In which other countries have you worked? | في أي بلدان أخرى عملتم؟ | 您还在哪些国家工作过？ | В каких ещё странах вы работали? | Umefanya kazi katika nchi gani nyingine? | | | | | | | | | | |
| | select_one years | years | For how many years? | منذ كم سنة؟ | 工作了多少年？ | Сколько лет? | Kwa miaka mingapi? | | | | | minimal | | | | | |
| | select_one place or_other | place | Where do you meet clients? | أين تلتقون الزبائن؟ | 您在哪里见客户？ | Где вы встречаетесь с клиентами? | Mnakutana na wateja wapi? | | | yes | | | | | | | |
| | select_multiple place | safe | Where are you safe? | أين تشعرون بالأمان؟ | 您在哪里感到安全？ | Где вы в безопасности? | Uko salama wapi? | | | | | columns | | | | | |
| | end_group | | | | | | | | | | | | | | | | |
| | begin_group | table | How much do these people respect you? | إلى أي مدى يحترمكم هؤلاء؟ | 这些人尊重您吗？ | Насколько вас уважают эти люди? | Watu hawa wanakuheshimu kiasi gani? | | | | | table-list field-list | | | | | |
| | select_one agree | police | The police | الشرطة | 警察 | Полиция | Polisi | | | yes | | | | | | | |
| | select_one agree | clinic | People who work in clinics and hospitals | العاملون في العيادات والمستشفيات | 诊所和医院的工作人员 | Люди, которые работают в клиниках и больницах | Wafanyakazi wa kliniki na hospitali | | | | | | | | | | |
| | select_one agree | owners | Landlords | أصحاب البيوت | 房东 | Владельцы жилья | Wenye nyumba | | | | | | | | | | |
| | end_group | | | | | | | | | | | | | | | | |
| | begin_group | numbers | Orders and numbers | الترتيب والأرقام | 排序和数字 | Порядок и числа | Mpangilio na namba | | | | | field-list | | | | | |
| | select_one agree | law | The law protects me. | القانون يحميني. | 法律保护我。 | Закон меня защищает. | Sheria inanilinda. | | | | | likert | | | | | |
| | rank need | needs | Put these in order. | رتبوا ما يلي. | 请排序。 | Расставьте по порядку. | Panga kwa mpangilio. | | | yes | | | randomize=true | | | | |
| | integer | age | How old are you? | كم عمركم؟ | 您多大年纪？ | Сколько вам лет? | Una miaka mingapi? | | | yes | | | | | | . > 17 | This is for adults. |
| | decimal | share | What share do you keep? | ما النسبة التي تحتفظون بها؟ | 您能留下多少？ | Какую долю вы оставляете себе? | Unabaki na sehemu gani? | | | | | | | | | | |
| | range | calm | How safe do you feel? | إلى أي مدى تشعرون بالأمان؟ | 您觉得有多安全？ | Насколько вы чувствуете себя в безопасности? | Unajisikia salama kiasi gani? | | | | | | start=0 end=10 | | | | |
| | range | hours | How many hours do you work in a week? | كم ساعة تعملون في الأسبوع؟ | 您每周工作多少小时？ | Сколько часов в неделю вы работаете? | Unafanya kazi saa ngapi kwa wiki? | | | | | | start=0 end=90 step=0.5 | | | | |
| | end_group | | | | | | | | | | | | | | | | |
| | begin_group | times | Days and times | الأيام والأوقات | 日期和时间 | Дни и время | Siku na saa | | | | | field-list | | | | | |
| | date | began | When did you begin? | متى بدأتم؟ | 您什么时候开始的？ | Когда вы начали? | Ulianza lini? | | | yes | | | | | | | |
| | date | month | When did you come here? | متى جئتم إلى هنا؟ | 您什么时候来这里的？ | Когда вы сюда приехали? | Ulifika hapa lini? | | | | | month-year | | | | | |
| | date | born | In what year were you born? | في أي سنة ولدتم؟ | 您哪一年出生？ | В каком году вы родились? | Ulizaliwa mwaka gani? | | | | | year | | | | | |
| | time | opens | When do you begin work? | متى تبدؤون العمل؟ | 您几点开始工作？ | Во сколько вы начинаете? | Unaanza kazi saa ngapi? | | | | | | | | | | |
| | datetime | seen | When did you last see a doctor? | متى زرتم الطبيب آخر مرة؟ | 您上次看医生是什么时候？ | Когда вы последний раз были у врача? | Ulionana na daktari lini? | | | | | | | | | | |
| | end_group | | | | | | | | | | | | | | | | |
| | calculate | twice | | | | | | | | | | | | ${age} * 2 | | | |
| | begin_group | writing | In your words | بكلماتكم | 用您自己的话 | Вашими словами | Kwa maneno yako | | | | | field-list | | | | | |
| | note | said | You are ${age} and work in ${country}. | عمركم ${age} وتعملون في ${country}. | 您 ${age} 岁，在${country}工作。 | Вам ${age}, вы работаете в стране ${country}. | Una miaka ${age}. | | | | | | | | | | |
| | text | name | What do you call your work? | ماذا تسمون عملكم؟ | 您怎样称呼自己的工作？ | Как вы называете свою работу? | Unaiitaje kazi yako? | One or two words will do. | | yes | | | | | | | |
| | text | helpline | A helpline that you know | خط مساعدة تعرفونه | 您知道的求助热线 | Телефон доверия | Namba ya msaada | | | | | numbers | | | | | |
| | text | story | Tell us what should change. | قولوا لنا ما يجب أن يتغير. | 请告诉我们应该改变什么。 | Расскажите, что нужно изменить. | Tuambie nini kibadilike. | | | | | multiline | | | | | |
| | text | shown | What you said before | ما قلتموه | 您之前说的 | Что вы сказали | Ulichosema | | | | | | | concat('Age: ', ${age}) | yes | | |
| | acknowledge | agreed | I take part freely. | أشارك بحرية. | 我自愿参加。 | Я участвую добровольно. | Ninashiriki kwa hiari. | | | yes | | | | | | | |
| | end_group | | | | | | | | | | | | | | | | |
| | begin_repeat | job | Workplace | مكان العمل | 工作地点 | Место работы | Mahali pa kazi | | | | | | | | | | |
| | text | doing | What is it like there? | كيف هو المكان؟ | 那里怎么样？ | Как там? | Pakoje? | | | | | | | | | | |
| | end_repeat | | | | | | | | | | | | | | | | |
| choices |
| | list_name | name | label::English (en) | label::العربية (ar) | label::中文 (zh) | label::русский (ru) | label::Kiswahili (sw) |
| | years | few | Up to five | حتى خمس | 五年以内 | До пяти | Hadi mitano |
| | years | many | More than five | أكثر من خمس | 五年以上 | Больше пяти | Zaidi ya mitano |
| | place | street | On the street | في الشارع | 在街上 | На улице | Barabarani |
| | place | flat | In a flat that I share with others | في شقة أتشاركها مع آخرين | 在与他人合租的公寓里 | В квартире, которую я делю с другими | Katika nyumba ninayoshiriki na wengine |
| | place | web | On the internet | على الإنترنت | 在网上 | В интернете | Mtandaoni |
| | agree | no | Not at all | أبدا | 完全不 | Совсем нет | Hata kidogo |
| | agree | hardly | Hardly | قليلا | 不太 | Скорее нет | Kidogo |
| | agree | mostly | Mostly | غالبا | 比较 | Скорее да | Kiasi |
| | agree | fully | Fully | تماما | 完全 | Полностью | Kabisa |
| | need | health | Health care without judgement | رعاية صحية بلا أحكام | 不带评判的医疗 | Медицинская помощь без осуждения | Huduma za afya bila hukumu |
| | need | home | A home | سكن | 住房 | Жильё | Makazi |
| | need | money | Fair pay | أجر عادل | 公平的报酬 | Справедливая оплата | Malipo ya haki |
| | need | law | Good laws | قوانين جيدة | 好的法律 | Хорошие законы | Sheria nzuri |
"""
_LANGUAGES = ("en", "ar", "zh", "ru", "sw")


def _countries() -> list[str]:
    """Rows of the choices sheet: every territory with a code of two letters, in the English alphabet."""
    names = {language: Locale.parse(language).territories for language in _LANGUAGES}
    codes = [code for code in names["en"] if code.isalpha() and code not in {"EU", "EZ", "UN", "ZZ", "QO", "XA", "XB"}]
    codes.sort(key=lambda code: names["en"][code])
    return [
        f"| | country | {code.lower()} | {' | '.join(names[language].get(code, '') for language in _LANGUAGES)} |"
        for code in codes
    ]


FORM = _SURVEY + "\n".join(_countries()) + "\n"
