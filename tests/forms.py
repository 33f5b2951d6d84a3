"""Issues as GitHub makes them of its forms, for tests."""

from vlm_survey import Taxonomy
from vlm_survey.forms import questions


def filled(form: str, taxonomy: Taxonomy, **answers: str) -> str:
    """The text of an issue: `answers` by the questions' ids, `_` for `-`."""
    parts = []
    for question in questions(taxonomy)[form]:
        answer = answers.pop(question.id.removeprefix("facet-").replace("-", "_"), "")
        if question.is_code and answer:
            answer = f"```bibtex\n{answer}\n```"
        parts.append(f"### {question.label}\n\n{answer or '_No response_'}")
    assert not answers, f"no such question: {answers}"
    return "\n\n".join(parts)
