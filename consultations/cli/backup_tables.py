"""What a backup does with each table: kept with the data, kept with the keys, split between both, or never kept.

The data file alone opens nothing, even with every passphrase: all sealed keys, and all that proves who somebody is, are
in the keys file. Whoever keeps old data files and only the newest keys file has shredded what was shredded since.
"""

from __future__ import annotations

#: Tables that a backup has, and leaves empty. Each says here why.
NEVER_IN_BACKUPS = (
    "invitations",  # deleted at closing; a copy would tell for ever who could answer, and in which region
    "drafts",  # answers that nobody has sent yet; their time is counted in days
    "sent_hashes",  # ties answers to pages on phones until closing
    "staff_sessions",  # half of a key that is in use
    "pending_sign_ins",  # the same
    "passkey_challenges",  # minutes old, and good for one sign-in
    "staff_links",  # a link that was used since would work again
    "workers",  # processes of this machine
    "jobs",  # what they were at
    "job_keys",  # sealed to keys in their memory
    "daily_runs",  # a run that is repeated does no harm, one that is left out does
)

#: Sealed answers and interviews, public results, and everything that is no secret.
WITH_THE_DATA = (
    "countries",
    "organisations",
    "questionnaires",
    "consultations",
    "invitation_quotas",
    "remembered_mappings",
    "imported_files",
    "sealed_responses",
    "sealed_counts",
    "snapshots",
    "snapshot_parts",
    "releases",
    "gate_runs",
    "indicators",
    "quotes",
    "papers",
    "case_studies",
    "interviews",
    "passages",
)

#: Sealed keys, who may sign in and how, and what must not be forgotten when older data come back: which answers were
#: taken back, and what the audit log certifies.
WITH_THE_KEYS = (
    "users",
    "user_limits",
    "sign_in_notices",
    "one_time_secrets",
    "passkeys",
    "recovery_codes",
    "recovery_keys",
    "key_grants",
    "recovery_grants",
    "withdrawals",
    "audit_entries",
    "audit_heads",
)

#: Rows that are in both, and the columns of them that are in the keys file alone. A row whose key is missing there was
#: destroyed since.
SPLIT = {
    "keyrings": ("public_key", "to_turn"),
    "epochs": ("sealed_key",),
    "snapshot_keys": ("sealed_key",),
    "interview_keys": ("sealed_key",),
}

#: What opens with a key of `SPLIT`, and so goes when that is gone: (table, its columns that name the row with the key).
OPENED_BY = {
    "epochs": (("sealed_responses", ("consultation_id", "epoch_id")),),
    "snapshot_keys": (("snapshots", ("consultation_id",)), ("snapshot_parts", ("consultation_id",))),
    "interview_keys": (("interviews", ("id",)), ("passages", ("interview_id",))),
}
