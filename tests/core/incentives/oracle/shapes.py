"""Shapes of plans and histories for which the engine is known to say something else, by name; none is compared."""

CARRIED_EXCESS_TAKEN_BACK_EXACTLY = "excess carried forward of a deal that is taken back exactly"
CARRIED_PAST_THE_DAY = "excess carried into a window that has not begun, because a later credit is known"
EXCESS_HANDED_OVER = "excess of one version of a plan that its successor pays (has examples of its own)"
FIXED_AMOUNTS_ABOVE_THE_HIGHEST = "fixed amounts of tiers above the attainment from which nothing counts"
FIXED_AMOUNTS_BELOW_ZERO = "fixed amounts of tiers while returns outweigh sales"
FLAT_AMOUNT_AFTER_EXACT_CLAWBACK = "the flat amount of a tier reached again after an exact clawback"
NOTHING_TO_BOUND = "bounds per deal of a table that re-rates, in a window in which nothing counts yet"
PART_OF_A_RETURN_RELEASED = "release of a line below zero from which a clawback took nothing"
RERATED_AFTER_KEPT_ATTAINMENT = "re-rating after a clawback that keeps the attainment"
RERATED_ABOVE_THE_HIGHEST = "what goes again, or comes back, of a table that re-rates above the highest attainment"
SALE_THAT_MADE_UP_FOR_A_RETURN = "fixed amounts when a sale goes that had first made up for a return"
TAPERED_TO_NOTHING = "a clawback that has tapered to nothing, of a table that re-rates"

LEFT_OUT = frozenset(
    {
        EXCESS_HANDED_OVER,
        FIXED_AMOUNTS_BELOW_ZERO,
        FLAT_AMOUNT_AFTER_EXACT_CLAWBACK,
        RERATED_ABOVE_THE_HIGHEST,
        TAPERED_TO_NOTHING,
    }
)
