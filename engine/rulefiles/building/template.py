"""Builds message templates."""

from engine.core.messages import facts_named
from engine.core.rules.header import Header, Title
from engine.core.rules.template import Template
from engine.rulefiles.building.workshop import Workshop
from engine.rulefiles.schemas.base import Form
from engine.rulefiles.values import nearest_first


def build_template(form: Form, header: Header, workshop: Workshop) -> Template:
    """The template's record; R391 for each name in braces that is no fact."""
    template = Template(header, form["channel"], form.get("subject", Title()), form["body"], form.place)
    for key, words in (("subject", template.subject), ("body", template.body)):
        for name in facts_named(words):
            if name not in workshop.facts:
                near = ", ".join(nearest_first(name, workshop.facts)[:3])
                workshop.report(form.at(key), "R391", found=name, known=near)
    return template
