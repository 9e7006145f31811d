"""Columns that other tools add to answers, and that say who answered, when or from where."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice

from forms.running.typed_choices import folded

#: As their tools write them; compared without case, accents and punctuation.
_NAMES = (
    # Kobo, ODK
    "_id|_uuid|uuid|formhub/uuid|meta/instanceID|meta/rootUuid|instanceID|KEY|PARENT_KEY|_submission_time|SubmissionDate|"
    "start|end|today|deviceid|phonenumber|simserial|subscriberid|username|email|audit|background-audio|_submitted_by|"
    "SubmitterID|SubmitterName|DeviceID|_geolocation|_gps|_gps_latitude|_gps_longitude|_gps_altitude|_gps_precision|"
    "_notes|_tags|_status|_validation_status|_attachments|AttachmentsPresent|AttachmentsExpected|_index|_parent_index|"
    "_parent_table_name|_xform_id_string|_bamboo_dataset_id|__version__|_version_|FormVersion|ReviewState|Edits|Status|"
    # LimeSurvey
    "id|submitdate|lastpage|seed|startdate|datestamp|ipaddr|ipaddress|refurl|token|firstname|lastname|interviewtime|"
    "Response ID|Date submitted|Last page|Seed|Date started|Date last action|IP address|Referrer URL|Access code|"
    "First name|Last name|Email address|Total time|Participant ID|"
    # SurveyMonkey
    "RespondentID|Respondent ID|CollectorID|Collector ID|Start Date|End Date|Custom Data 1|Custom Data|"
    # Qualtrics
    "StartDate|EndDate|Progress|Duration (in seconds)|Finished|RecordedDate|Recorded Date|ResponseId|"
    "RecipientLastName|RecipientFirstName|RecipientEmail|Recipient Last Name|Recipient First Name|Recipient Email|"
    "ExternalReference|External Data Reference|LocationLatitude|LocationLongitude|Location Latitude|"
    "Location Longitude|DistributionChannel|Distribution Channel|Response Type|"
    # EUSurvey
    "Contribution ID|Contribution|User name|Creation Date|Last Update|Invitation number|"
    # Google Forms
    "Timestamp|Horodateur|Marca temporal|Отметка времени|时间戳记|时间戳|طابع زمني|"
    # anybody
    "name|full name|e-mail|mail|phone|telephone|mobile|address|IP|latitude|longitude|GPS|"
    "nom|prénom|téléphone|adresse|courriel|nombre|apellido|apellidos|teléfono|dirección|correo electrónico|"
    "имя|фамилия|телефон|адрес|电话|手机|姓名|地址|邮箱|الاسم|الهاتف|العنوان|البريد الإلكتروني"
)
_KNOWN = frozenset(filter(None, map(folded, _NAMES.split("|"))))
#: `groupTime12`, `Q1Time`: how long somebody took.
_TIMINGS = re.compile(r"(?:group|question)\s?time.*|.*_(?:latitude|longitude|altitude|precision)", re.IGNORECASE)
#: An e-mail address, an IP address (4 and 6), a UUID, a place on the earth, a day with a time of day.
_TELLING = re.compile(
    r"[^@\s]+@[^@\s]+\.[^@\s]{2,}|\d{1,3}(?:\.\d{1,3}){3}|[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){3,7}"
    r"|(?:uuid:)?[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|-?\d{1,3}\.\d{3,}[ ,;]+-?\d{1,3}\.\d{3,}(?: .*)?",
    re.IGNORECASE,
)
_SERIAL = re.compile(r"[0-9]{5,}")
_LOOKED_AT = 500


def is_named_so(heading: tuple[str, ...]) -> bool:
    """Whether a column is called as tools call what they note about respondents."""
    name = folded(heading[0]) or heading[0]
    return name in _KNOWN or bool(_TIMINGS.fullmatch(heading[0]))


def tells_who(cells: Iterable[str]) -> bool:
    """Whether most of what stands in a column are addresses, places or numbers that nobody shares."""
    looked_at = list(islice(cells, _LOOKED_AT))
    telling = sum(bool(_TELLING.fullmatch(cell)) for cell in looked_at)
    if looked_at and telling > len(looked_at) / 2:
        return True
    are_serial = len(looked_at) > 9 and all(map(_SERIAL.fullmatch, looked_at))
    return are_serial and len(set(looked_at)) == len(looked_at)
