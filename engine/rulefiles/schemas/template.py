"""Schema of `template`: the words of a message."""

from marshmallow import ValidationError

from engine.rulefiles.located import problem_at
from engine.rulefiles.schemas.base import Form, HeaderSchema
from engine.rulefiles.schemas.fields import Choice, Name
from engine.rulefiles.schemas.shapes import Words
from engine.rulefiles.schemas.workflow import TASK_CHANNELS

_WITH_SUBJECT = ("email", "mail", "letter")


class TemplateSchema(HeaderSchema):
    """`template:`, the words of a message, with facts in braces."""

    id = Name(data_key="template", required=True)
    channel = Choice(*TASK_CHANNELS, required=True)
    subject = Words()
    body = Words(required=True)

    def made(self, form: Form) -> Form:
        """The template, once its channel has a place for what it says."""
        if "subject" in form and form["channel"] not in _WITH_SUBJECT:
            wrong = problem_at(form.source.key("subject"), "R392", channel=form["channel"])
            raise ValidationError({"subject": [wrong]})
        return form
