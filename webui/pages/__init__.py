"""The pages, one blueprint each. Every view states its action with `needs`; one that states none is shut."""

from webui.pages import (
    deals,
    earnings,
    estimates,
    explaining,
    helping,
    home,
    payouts,
    periods,
    pool,
    queue,
    rules,
    sign_in,
    tasks,
    users,
    waiting,
)

PAGES = tuple(
    module.page
    for module in (
        home,
        sign_in,
        tasks,
        queue,
        deals,
        pool,
        earnings,
        estimates,
        payouts,
        periods,
        rules,
        waiting,
        explaining,
        helping,
        users,
    )
)
