"""The pages, one blueprint each. Every view states its action with `needs`; one that states none is shut."""

from webui.pages import (
    approvals,
    bulk,
    deals,
    earnings,
    estimates,
    explaining,
    helping,
    home,
    house_credits,
    payouts,
    periods,
    pool,
    queue,
    receivables,
    rules,
    scores,
    sign_in,
    tasks,
    team,
    tickets,
    users,
    waiting,
)

PAGES = tuple(
    module.page
    for module in (
        home,
        sign_in,
        bulk,
        tasks,
        queue,
        team,
        deals,
        tickets,
        pool,
        approvals,
        earnings,
        estimates,
        scores,
        payouts,
        receivables,
        house_credits,
        periods,
        rules,
        waiting,
        explaining,
        helping,
        users,
    )
)
