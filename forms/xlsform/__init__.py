"""XLSForm workbooks: rows <-> a questionnaire."""
