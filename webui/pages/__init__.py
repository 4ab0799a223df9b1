"""The pages, one blueprint each. Every view states its action with `needs`; one that states none is shut."""

from webui.pages import (
    approvals,
    deals,
    earnings,
    estimates,
    explaining,
    helping,
    home,
    payouts,
    periods,
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
        approvals,
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
