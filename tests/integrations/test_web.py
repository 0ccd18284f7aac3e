"""SQLAlchemy, Flask, Django, Jinja, requests."""

from __future__ import annotations

import json
from importlib import import_module
from typing import TYPE_CHECKING, Any

import django.http
import django.template
import flask
import jinja2
import pytest
import requests
import sqlalchemy
from django.conf import settings
from flask.json.provider import DefaultJSONProvider
from sqlalchemy import orm

if TYPE_CHECKING:
    from tests.integrations.conftest import Family

if not settings.configured:
    engine = "django.template.backends.django.DjangoTemplates"
    settings.configure(TEMPLATES=[{"BACKEND": engine}])
    django.setup()

#: Django calls what can be called, Jinja does not.
DJANGO = "{{ m.a }} {% for key, value in m.items %}{{ key }}={{ value }} {% endfor %}{{ m.none }}"
JINJA = DJANGO.replace("m.items", "m.items()")


def test_sqlalchemy(family: Family) -> None:
    """SQLAlchemy: rows of two columns make a map, a map is a row to insert, or a value of a JSON column."""
    module = import_module("keyview.integrations.json")
    table = sqlalchemy.Table(
        "towns",
        sqlalchemy.MetaData(),
        sqlalchemy.Column("name", sqlalchemy.String),
        sqlalchemy.Column("visits", sqlalchemy.Integer),
        sqlalchemy.Column("more", sqlalchemy.JSON),
    )
    engine = sqlalchemy.create_engine(
        "sqlite://",
        json_serializer=lambda value: json.dumps(value, default=module.default),
    )
    with orm.Session(engine) as session:
        table.create(session.connection())
        for cls in family.maps:
            session.execute(table.delete())
            session.execute(table.insert(), [cls(name="Lyon", visits=5, more=cls(rank=1))])
            pairs = session.execute(sqlalchemy.select(table.c.name, table.c.visits))
            assert cls(pairs.all()) == cls(Lyon=5)
            [row] = session.execute(sqlalchemy.select(table)).mappings()
            assert cls(row) == cls(name="Lyon", visits=5, more={"rank": 1})
        for cls in family.sets:
            named = sqlalchemy.select(table.c.visits).where(table.c.name.in_(cls(["Lyon"])))
            assert session.execute(named).scalars().all() == [5]
    engine.dispose()


def test_flask(family: Family) -> None:
    """Flask: `jsonify`, and the results of views, with a JSON provider that knows the collections."""
    default = import_module("keyview.integrations.json").default

    class Provider(DefaultJSONProvider):
        @staticmethod
        def default(value: Any) -> Any:
            try:
                return DefaultJSONProvider.default(value)
            except TypeError:
                return default(value)

    for example in family.examples({"a": 1}):
        app = flask.Flask("test")
        app.json = Provider(app)
        app.add_url_rule("/", view_func=lambda example=example: flask.jsonify(example))
        assert app.test_client().get("/").json in ({"a": 1}, ["a"])


def test_django(family: Family) -> None:
    """Django: templates, `QueryDict` both ways, and `JsonResponse(dict(m))`; it does not take `m` itself."""
    template = django.template.Template(DJANGO)
    query = django.http.QueryDict("a=1&a=2&b=3")
    for cls in family.maps:
        assert template.render(django.template.Context({"m": cls(a=1)})) == "1 a=1 "
        assert django.http.JsonResponse(dict(cls(a=1))).content == b'{"a": 1}'
        with pytest.raises(TypeError, match="safe parameter"):
            django.http.JsonResponse(cls(a=1))
        assert cls(query.lists()) == cls(a=["1", "2"], b=["3"])
        assert cls(query) == cls(a="2", b="3")


def test_jinja(family: Family) -> None:
    """Jinja: templates and filters; `tojson` after `default` was put into `policies`."""
    default = import_module("keyview.integrations.json").default
    environment = jinja2.Environment()
    environment.policies["json.dumps_kwargs"] = {"sort_keys": True, "default": default}
    for cls in family.maps:
        render = environment.from_string(JINJA).render
        assert render(m=cls(a=1)) == "1 a=1 "
        tests = "{{ m|dictsort }} {{ m|length }} {{ m is mapping }} {{ m|tojson }}"
        shown = environment.from_string(tests).render(m=cls(a=1))
        assert shown == "[('a', 1)] 1 True " + '{"a": 1}'


def test_clients(family: Family) -> None:
    """requests: `params`, `data`, `headers` and `cookies` take a map; for `json`, write `dict(m)`."""
    for cls in family.maps:
        asked: dict[str, Any] = {
            name: cls(a="1") for name in ("params", "data", "headers", "cookies")
        }
        sent = requests.Request("POST", "http://localhost/", **asked).prepare()
        assert sent.url == "http://localhost/?a=1"
        assert sent.body == sent.headers["Cookie"] == "a=1"
        assert sent.headers["a"] == "1"
        with pytest.raises(TypeError, match="JSON"):
            requests.Request("POST", "http://localhost/", json=cls(a=1)).prepare()
