"""An issue that somebody wrote with one of the forms, as answers to its questions.

GitHub turns a form into Markdown: a heading for each question, and what was typed beneath. Anybody can
type anything there, headings too; so an issue is read only if its headings are the form's, in order.
"""

import dataclasses
from collections.abc import Iterator, Mapping

from vlm_survey.errors import CatalogError
from vlm_survey.forms import Question, questions
from vlm_survey.model.taxonomy import Taxonomy
from vlm_survey.model.value import shortened

_HEADING = "### "
_NO_ANSWER = "_No response_"
MOST_CHARACTERS = 65_536
"""GitHub takes no more."""


class IssueError(CatalogError):
    """An issue that cannot be taken over as it is; the text says what to change in it."""


@dataclasses.dataclass(frozen=True)
class Issue:
    """A form that was filled in.

    Attributes:
        form: The form's file name.
        answers: Question's id -> what was typed, lines kept; empty where nothing was.
    """

    form: str
    answers: Mapping[str, str]


def read_issue(body: str, taxonomy: Taxonomy) -> Issue:
    """The answers in an issue's text.

    Raises:
        IssueError: It is not as a form makes it.
    """
    if len(body) > MOST_CHARACTERS:
        raise IssueError(f"the issue has more than {MOST_CHARACTERS} characters; shorten it")
    sections = list(_sections(body.replace("\r\n", "\n").replace("\r", "\n")))
    headings = [heading for heading, _ in sections]
    forms = questions(taxonomy)
    for form, asked in forms.items():
        if headings == [question.label for question in asked]:
            answers = {
                question.id: _answer(question, text)
                for question, (_, text) in zip(asked, sections, strict=True)
            }
            return Issue(form, answers)
    raise IssueError(_mismatch(headings, forms))


def _sections(body: str) -> Iterator[tuple[str, str]]:
    """Each heading with the text beneath it. In a fence nothing is a heading."""
    heading = None
    lines: list[str] = []
    fenced = False
    for line in body.split("\n"):
        if line.startswith("```"):
            fenced = not fenced
        if line.startswith(_HEADING) and not fenced:
            if heading is not None:
                yield heading, "\n".join(lines).strip()
            elif "".join(lines).strip():
                raise IssueError("there is text before the first question; remove it")
            heading, lines = line.removeprefix(_HEADING).strip(), []
        else:
            lines.append(line)
    if heading is None:
        raise IssueError(
            "the issue was not created with an issue form; create a new issue with a form"
        )
    yield heading, "\n".join(lines).strip()


def _answer(question: Question, text: str) -> str:
    if text == _NO_ANSWER:
        return ""
    if question.is_code and text:
        first, _, rest = text.partition("\n")
        code, fence, after = rest.rpartition("\n```")
        if not first.startswith("```") or not fence or after.strip() or "\n```" in code:
            raise IssueError(f'"{question.label}" contains more than one code block')
        return code.strip()
    return text


def _mismatch(headings: list[str], forms: Mapping[str, list[Question]]) -> str:
    """What keeps the headings from being those of the form that they resemble most."""
    known = [[question.label for question in asked] for asked in forms.values()]
    labels = max(known, key=lambda labels: len(set(labels) & set(headings)))
    for heading in headings:
        if heading not in labels or headings.count(heading) > 1:
            return (
                f'unexpected or repeated heading "{shortened(heading)}"; '
                f"remove lines that begin with {_HEADING.strip()} from the answers"
            )
    missing = next((label for label in labels if label not in headings), labels[0])
    return f'the question "{missing}" is not where the form has it; open an issue with the form'
