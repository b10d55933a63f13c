import threading
from datetime import timedelta

import pytest
from django.db import connections

from laurels.foundation import rate_limits
from laurels.foundation.models import RateCount
from tests.factories.foundation import NOON, seconds

HOUR = timedelta(hours=1)


def count(key="ana", *, now=NOON, name="codes", limit=3):
    return rate_limits.count(RateCount, name=name, key=key, limit=limit, period=HOUR, now=now)


@pytest.mark.django_db
def test_count_refuses_above_the_limit_and_says_until_when():
    counts = [count(now=NOON + seconds(number)) for number in range(3)]

    with pytest.raises(rate_limits.LimitReached) as reached:
        count(now=NOON + seconds(59 * 60))

    assert counts == [1, 2, 3]
    assert reached.value.resets_at == NOON + HOUR


@pytest.mark.django_db
def test_count_begins_anew_when_its_period_is_over():
    for _ in range(3):
        count()

    assert count(now=NOON + HOUR) == 1
    assert RateCount.objects.get().resets_at == NOON + 2 * HOUR


@pytest.mark.django_db
def test_keys_and_names_are_counted_apart():
    assert [count(), count("bo"), count(name="mails"), count()] == [1, 1, 1, 2]


@pytest.mark.django_db
def test_purge_deletes_periods_that_are_over():
    count()
    count("bo", now=NOON + seconds(1))

    deleted = rate_limits.purge(RateCount, now=NOON + HOUR)

    assert deleted == 1
    assert RateCount.objects.get().key == "bo"


@pytest.mark.django_db(transaction=True)
def test_counts_of_threads_add_up():
    def work():
        for _ in range(10):
            count(limit=1000)
        connections.close_all()

    threads = [threading.Thread(target=work) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert RateCount.objects.get().count == 50
