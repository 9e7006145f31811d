"""The words of the made-up paper, long because six languages say all of it: one row of `TEXTS` for each."""
# ruff: noqa: E501 - sentences in six languages are easier to check unbroken

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class TextsOf:
    """Everything that the made-up paper says in one language."""

    title: str
    subtitle: str
    publisher: str
    date: str
    notice: str
    licence: str
    contents: str
    table: str
    figure: str
    page: str
    translated: str
    not_shown: str
    attribution: str
    corner: str
    note: str
    headings: tuple[str, str, str, str]
    paragraphs: tuple[str, str, str]
    captions: tuple[str, str, str]
    rights: tuple[str, ...]
    regions: tuple[str, ...]
    scale: tuple[str, ...]


QUOTES = {
    "en": "We went to the station together, four of us, and for once they wrote down what we said.",
    "fr": "Nous sommes allées au poste à quatre et, pour une fois, on a écrit ce que nous disions.",
    "ru": "Мы пошли в участок вчетвером, и впервые там записали то, что мы говорили.",
    "es": "Fuimos cuatro juntas a la comisaría y, por una vez, escribieron lo que dijimos.",
    "zh": "我们四个人一起去了派出所，这一次，他们终于把我们说的话记了下来。",
    "ar": "ذهبنا نحن الأربع معًا إلى المركز، ولأول مرة كتبوا ما قلناه.",
}

TEXTS = {
    "en": TextsOf(
        title="Sex work and access to justice",
        subtitle="What members of an invented network told us in an online consultation",
        publisher="An Invented Network",
        date="22 November 2026",
        notice="Synthetic sample: no real person answered",
        licence="Creative Commons Attribution 4.0",
        contents="Contents",
        table="Table {number}",
        figure="Figure {number}",
        page="Page {page} of {pages}",
        translated="Translated from the original",
        not_shown="not shown",
        attribution="Member, Latin America",
        corner="Right",
        note="Base: 600 answers. Counts under 5 and shares of fewer than 20 answers are not shown. Figures are rounded.",
        headings=(
            "What members told us",
            "The law as it is lived",
            "Differences between regions",
            "A drop-in centre that listens",
        ),
        paragraphs=(
            "Six out of ten members say that their right to **associate and organise** is respected at least in part. "
            "Far fewer can count on the protection of the law: where sex work is criminalised, a report of violence "
            "may end with the arrest of the person who reports it. The answers agree across regions, which suggests "
            "a cause in legislation rather than in local practice.",
            "Members ask governments for three things:\n\n- repeal laws that criminalise sex workers, clients or third parties;\n"
            "- make it safe to report violence, *without* questions about work or migration status;\n"
            "- fund organisations led by sex workers. See the [guidance](https://example.org/guidance) for the wording.",
            "Health services were the exception. Where clinics had trained staff and an agreement with a local "
            "organisation, most members felt welcome and came back; elsewhere, fear of being reported kept them away "
            "for months, whatever the service cost or how near it was.",
        ),
        captions=(
            "Members who say that a right is mostly respected",
            "How far each right is respected where you live",
            "Rights mostly respected, by region",
        ),
        rights=(
            "To associate and organise",
            "To be protected by the law",
            "To be free from violence",
            "To privacy and freedom from arbitrary interference",
            "To health",
        ),
        regions=("Africa", "Asia and the Pacific", "Europe", "Latin America", "North America and the Caribbean"),
        scale=("Not at all", "A little", "In part", "Mostly", "Fully"),
    ),
    "fr": TextsOf(
        title="Travail du sexe et accès à la justice",
        subtitle="Ce que les membres d’un réseau imaginaire nous ont dit lors d’une consultation en ligne",
        publisher="Un réseau imaginaire",
        date="22 novembre 2026",
        notice="Exemple fictif : aucune personne réelle n’a répondu",
        licence="Creative Commons Attribution 4.0",
        contents="Sommaire",
        table="Tableau {number}",
        figure="Graphique {number}",
        page="Page {page} sur {pages}",
        translated="Traduit de la langue d’origine",
        not_shown="non affiché",
        attribution="Membre, Amérique latine",
        corner="Droit",
        note="Base : 600 réponses. Les effectifs inférieurs à 5 et les parts de moins de 20 réponses ne sont pas affichés.",
        headings=(
            "Ce que les membres nous ont dit",
            "La loi telle qu’elle est vécue",
            "Différences entre régions",
            "Un centre d’accueil qui écoute",
        ),
        paragraphs=(
            "Six membres sur dix déclarent que leur droit de **s’associer et de s’organiser** est respecté, au moins en "
            "partie. Bien moins nombreuses sont les personnes qui peuvent compter sur la protection de la loi : là où le "
            "travail du sexe est criminalisé, signaler une violence peut conduire à l’arrestation de la personne qui la "
            "signale. Les réponses concordent d’une région à l’autre, ce qui indique une cause législative.",
            "Les membres demandent trois choses aux gouvernements :\n\n- abroger les lois qui criminalisent les travailleuses "
            "et travailleurs du sexe, les clients ou les tiers ;\n- permettre de signaler les violences *sans* question sur "
            "le travail ou le statut migratoire ;\n- financer les organisations dirigées par des travailleuses et travailleurs "
            "du sexe. Voir les [recommandations](https://example.org/guidance).",
            "Les services de santé font exception. Là où le personnel est formé et où un accord existe avec une organisation "
            "locale, la plupart des membres se sentent accueillis et reviennent ; ailleurs, la peur d’être signalé les tient "
            "à distance pendant des mois, quels que soient le prix ou la proximité du service.",
        ),
        captions=(
            "Membres qui déclarent qu’un droit est plutôt respecté",
            "Dans quelle mesure chaque droit est respecté là où vous vivez",
            "Droits plutôt respectés, par région",
        ),
        rights=(
            "S’associer et s’organiser",
            "Être protégé par la loi",
            "Vivre sans violence",
            "Vie privée et protection contre les immixtions arbitraires",
            "Santé",
        ),
        regions=("Afrique", "Asie et Pacifique", "Europe", "Amérique latine", "Amérique du Nord et Caraïbes"),
        scale=("Pas du tout", "Un peu", "En partie", "Plutôt", "Entièrement"),
    ),
    "ru": TextsOf(
        title="Секс-работа и доступ к правосудию",
        subtitle="Что рассказали участницы и участники вымышленной сети в ходе онлайн-консультации",
        publisher="Вымышленная сеть",
        date="22 ноября 2026 г.",
        notice="Вымышленный пример: реальные люди не отвечали",
        licence="Creative Commons Attribution 4.0",
        contents="Содержание",
        table="Таблица {number}",
        figure="Рисунок {number}",
        page="Страница {page} из {pages}",
        translated="Перевод с языка оригинала",
        not_shown="не показано",
        attribution="Участница, Латинская Америка",
        corner="Право",
        note="База: 600 ответов. Значения меньше 5 и доли менее чем от 20 ответов не показаны. Цифры округлены.",
        headings=(
            "О чём нам рассказали",
            "Закон в повседневной жизни",
            "Различия между регионами",
            "Центр, в котором слушают",
        ),
        paragraphs=(
            "Шесть из десяти участниц и участников говорят, что их право **на объединение и самоорганизацию** соблюдается "
            "хотя бы отчасти. Гораздо меньше людей могут рассчитывать на защиту закона: там, где секс-работа "
            "криминализована, заявление о насилии может закончиться задержанием того, кто его подал. Ответы из разных "
            "регионов совпадают, что указывает на законодательство, а не на местную практику.",
            "Участницы и участники просят правительства о трёх вещах:\n\n- отменить законы, которые криминализуют секс-работников, "
            "клиентов или третьих лиц;\n- сделать обращение в полицию безопасным, *без* вопросов о работе и миграционном "
            "статусе;\n- финансировать организации, которыми руководят сами секс-работники. См. [рекомендации](https://example.org/guidance).",
            "Исключением стали медицинские услуги. Там, где персонал обучен и есть договорённость с местной организацией, "
            "большинство чувствует себя желанными посетителями и возвращается; в других местах страх огласки удерживает "
            "людей от обращения месяцами, независимо от цены и расстояния.",
        ),
        captions=(
            "Доля тех, кто говорит, что право в основном соблюдается",
            "Насколько соблюдается каждое право там, где вы живёте",
            "Права, которые в основном соблюдаются, по регионам",
        ),
        rights=(
            "На объединение и самоорганизацию",
            "На защиту закона",
            "На жизнь без насилия",
            "На частную жизнь и защиту от произвольного вмешательства",
            "На здоровье",
        ),
        regions=("Африка", "Азия и Тихий океан", "Европа", "Латинская Америка", "Северная Америка и Карибы"),
        scale=("Совсем нет", "Немного", "Отчасти", "В основном", "Полностью"),
    ),
    "es": TextsOf(
        title="Trabajo sexual y acceso a la justicia",
        subtitle="Lo que contaron las integrantes de una red inventada en una consulta en línea",
        publisher="Una red inventada",
        date="22 de noviembre de 2026",
        notice="Ejemplo ficticio: no respondió ninguna persona real",
        licence="Creative Commons Atribución 4.0",
        contents="Índice",
        table="Tabla {number}",
        figure="Gráfico {number}",
        page="Página {page} de {pages}",
        translated="Traducido del original",
        not_shown="no se muestra",
        attribution="Integrante, América Latina",
        corner="Derecho",
        note="Base: 600 respuestas. No se muestran recuentos menores de 5 ni proporciones de menos de 20 respuestas.",
        headings=(
            "Lo que nos contaron",
            "La ley tal como se vive",
            "Diferencias entre regiones",
            "Un centro de acogida que escucha",
        ),
        paragraphs=(
            "Seis de cada diez integrantes dicen que su derecho a **asociarse y organizarse** se respeta al menos en parte. "
            "Muchas menos pueden contar con la protección de la ley: donde el trabajo sexual está criminalizado, denunciar "
            "la violencia puede terminar con la detención de quien denuncia. Las respuestas coinciden entre regiones, lo que "
            "apunta a la legislación y no a prácticas locales.",
            "Las integrantes piden tres cosas a los gobiernos:\n\n- derogar las leyes que criminalizan a quienes ejercen el trabajo "
            "sexual, a los clientes o a terceros;\n- que denunciar la violencia sea seguro, *sin* preguntas sobre el trabajo ni "
            "la situación migratoria;\n- financiar organizaciones dirigidas por trabajadoras sexuales. Véase la [guía](https://example.org/guidance).",
            "Los servicios de salud fueron la excepción. Donde el personal estaba formado y había un acuerdo con una "
            "organización local, la mayoría se sintió bienvenida y volvió; en otros lugares, el miedo a ser denunciadas las "
            "alejó durante meses, sin que importaran el precio ni la distancia.",
        ),
        captions=(
            "Integrantes que dicen que un derecho se respeta en gran medida",
            "En qué medida se respeta cada derecho donde usted vive",
            "Derechos que se respetan en gran medida, por región",
        ),
        rights=(
            "A asociarse y organizarse",
            "A la protección de la ley",
            "A vivir sin violencia",
            "A la privacidad y a no sufrir injerencias arbitrarias",
            "A la salud",
        ),
        regions=("África", "Asia y el Pacífico", "Europa", "América Latina", "América del Norte y el Caribe"),
        scale=("Nada", "Poco", "En parte", "En gran medida", "Del todo"),
    ),
    "zh": TextsOf(
        title="性工作与诉诸司法",
        subtitle="一个虚构网络的成员在网上咨询中告诉我们的事",
        publisher="一个虚构的网络",
        date="2026年11月22日",
        notice="虚构样本：没有真实的人作答",
        licence="知识共享署名 4.0",
        contents="目录",
        table="表 {number}",
        figure="图 {number}",
        page="第 {page} 页，共 {pages} 页",
        translated="译自原文",
        not_shown="不显示",
        attribution="成员，拉丁美洲",
        corner="权利",
        note="基数：600 份答卷。少于 5 的数目和少于 20 份答卷的比例不予显示，数字均已取整。",
        headings=("成员告诉我们什么", "生活中的法律", "各地区的差异", "一个愿意倾听的服务中心"),
        paragraphs=(
            "十名成员中有六名表示，她们**结社和组织起来**的权利至少得到了部分尊重。能够指望法律保护的人则少得多：在性工作被定罪的地方，"
            "举报暴力的结果，可能是举报者本人被捕。各地区的回答十分一致，这说明原因在于“立法”，而不在于各地的做法。",
            "成员向各国政府提出三点要求：\n\n- 废除将性工作者、客户或第三方定罪的法律；\n- 让举报暴力变得安全，*不再*追问工作和移民身份；\n"
            "- 资助由性工作者领导的组织。措辞参见[指南](https://example.org/guidance)。",
            "医疗服务是个例外。在工作人员受过培训、并且与当地组织订有协议的诊所，大多数成员感到受欢迎，也愿意再来；而在其他地方，"
            "无论费用高低、距离远近，害怕被举报的心理使她们好几个月都不敢前往。朱镕、龘、㐀等罕见字也应当能够显示。",
        ),
        captions=(
            "认为某项权利大体得到尊重的成员比例",
            "在您居住的地方，各项权利得到多大程度的尊重",
            "大体得到尊重的权利（按地区）",
        ),
        rights=("结社和组织的权利", "受法律保护的权利", "免受暴力的权利", "隐私权以及不受任意干涉的权利", "健康权"),
        regions=("非洲", "亚洲及太平洋", "欧洲", "拉丁美洲", "北美洲和加勒比"),
        scale=("完全没有", "很少", "部分", "大部分", "完全"),
    ),
    "ar": TextsOf(
        title="العمل الجنسي والوصول إلى العدالة",
        subtitle="ما قاله لنا أعضاء شبكة متخيَّلة في استشارة على الإنترنت",
        publisher="شبكة متخيَّلة",
        date="22 نوفمبر 2026",
        notice="نموذج مصطنع: لم يُجب أي شخص حقيقي",
        licence="المشاع الإبداعي، نَسب المُصنَّف 4.0",
        contents="المحتويات",
        table="الجدول {number}",
        figure="الشكل {number}",
        page="الصفحة {page} من {pages}",
        translated="مترجم عن الأصل",
        not_shown="غير معروض",
        attribution="عضوة، أمريكا اللاتينية",
        corner="الحق",
        note="الأساس: 600 إجابة. لا تُعرض الأعداد التي تقل عن 5 ولا النسب المحسوبة من أقل من 20 إجابة.",
        headings=("ما قاله لنا الأعضاء", "القانون كما يُعاش", "الفروق بين المناطق", "مركز استقبال يُصغي"),
        paragraphs=(
            "يقول ستة من كل عشرة أعضاء إن حقهم في **تكوين الجمعيات والتنظيم** محترم جزئيًا على الأقل. أما من يستطيعون الاعتماد "
            "على حماية القانون فأقل بكثير: فحيث يُجرَّم العمل الجنسي، قد ينتهي الإبلاغ عن العنف باعتقال من أبلغ عنه. وتتفق "
            "الإجابات بين المناطق، مما يشير إلى سبب في التشريع لا في الممارسة المحلية.",
            "يطلب الأعضاء من الحكومات ثلاثة أمور:\n\n- إلغاء القوانين التي تجرّم العاملات والعاملين في الجنس أو الزبائن أو الأطراف الثالثة؛\n"
            "- جعل الإبلاغ عن العنف آمنًا، *دون* أسئلة عن العمل أو وضع الهجرة؛\n"
            "- تمويل المنظمات التي يقودها العاملون والعاملات في الجنس. انظر [الإرشادات](https://example.org/guidance).",
            "كانت الخدمات الصحية هي الاستثناء. فحيث تلقّى الموظفون تدريبًا ووُجد اتفاق مع منظمة محلية، شعر معظم الأعضاء بالترحيب "
            "وعادوا؛ أما في الأماكن الأخرى فقد أبعدهم الخوف من الإبلاغ عنهم شهورًا، مهما كانت الكلفة أو المسافة (12 % فقط).",
        ),
        captions=(
            "الأعضاء الذين يقولون إن حقًا ما محترم في معظمه",
            "إلى أي مدى يُحترم كل حق حيث تعيشون",
            "الحقوق المحترمة في معظمها، حسب المنطقة",
        ),
        rights=(
            "تكوين الجمعيات والتنظيم",
            "الحماية بموجب القانون",
            "العيش دون عنف",
            "الخصوصية وعدم التعرض للتدخل التعسفي",
            "الصحة",
        ),
        regions=("أفريقيا", "آسيا والمحيط الهادئ", "أوروبا", "أمريكا اللاتينية", "أمريكا الشمالية والكاريبي"),
        scale=("إطلاقًا", "قليلًا", "جزئيًا", "غالبًا", "كليًا"),
    ),
}
