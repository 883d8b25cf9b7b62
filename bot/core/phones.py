"""Phone numbers as people write them, in one form."""

import re


def normal(text: str) -> str | None:
    """ "0812-3456-7890", "62812…" or "+62 812…" as "+62812…"; None when it is no Indonesian mobile number."""
    digits = re.sub(r"[\s().\-]", "", text.strip())
    if digits.startswith("+"):
        digits = digits[1:]
    elif digits.startswith("0"):
        digits = "62" + digits[1:]
    return f"+{digits}" if re.fullmatch(r"628\d{7,11}", digits) else None


def dialled(text: str) -> str | None:
    """A number as it is phoned here: a mobile one in one form, else the digits of a landline; None when it is none."""
    if (mobile := normal(text)) is not None:
        return mobile
    digits = re.sub(r"[\s().\-/]", "", text.strip())
    return digits if re.fullmatch(r"0\d{6,12}|1\d{2,5}", digits) else None
