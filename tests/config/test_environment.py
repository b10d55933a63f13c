from pathlib import Path

import pytest

from laurels.config.environment import Environment, EnvironmentIsIncompleteError


def test_every_problem_is_named_in_one_message():
    env = Environment({"PORT": "eighty", "DEMO": "perhaps"})
    env.text("SECRET")
    env.number("PORT", 8000)
    env.flag("DEMO")

    with pytest.raises(EnvironmentIsIncompleteError) as problem:
        env.finish()

    assert str(problem.value).splitlines() == [
        "Laurels cannot start:",
        "  SECRET is not set.",
        "  PORT is 'eighty'; write a whole number.",
        "  DEMO is 'perhaps'; write 1 or 0.",
        "docs/operate.md lists every variable.",
    ]


def test_values_are_read_by_type():
    env = Environment(
        {"DEMO": "YES", "OFF": "0", "PORT": "81", "HOSTS": "a.example, b.example", "DATA": "/data"}
    )

    assert env.flag("DEMO") is True
    assert env.flag("OFF", default=True) is False
    assert env.number("PORT", 8000) == 81
    assert env.words("HOSTS") == ["a.example", "b.example"]
    assert env.path("DATA", Path("/elsewhere")) == Path("/data")
    env.finish()


@pytest.mark.parametrize("empty", ["", "  "])
def test_an_empty_variable_counts_as_missing(empty):
    env = Environment({"SECRET": empty})

    assert env.text("SECRET", "default") == "default"
    env.text("SECRET")
    assert env.problems == ["SECRET is not set."]
