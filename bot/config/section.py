"""What all sections of the settings have in common."""

from collections.abc import Sequence

from pydantic import AfterValidator, BaseModel, ConfigDict


class Section(BaseModel):
    """A frozen part of the settings; a key it does not know is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


def one_of(known: Sequence[str]) -> AfterValidator:
    """Refuses a word that is none of these."""

    def check(value: str) -> str:
        if value not in known:
            raise ValueError(f"one of {', '.join(known)} is expected")
        return value

    return AfterValidator(check)
