"""The public data sets that the product is run on: which file each import profile reads, and which quarters are paid.

Nothing of the data is part of the project: it is read where it lies, under `data/` of the shared folder that the
variable DEALWRIGHT_SHARED names, or of `../shared`.
"""

import os
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent


@dataclass(frozen=True, slots=True)
class RealSet:
    """One data set: profiles with the file that each reads, in any order, the periods that are paid, in order, and the
    plans that its `full_plans.py` reconciles."""

    name: str
    files: tuple[tuple[str, str], ...]
    periods: tuple[str, ...]
    full_plans: tuple[str, ...]

    @property
    def rules(self) -> Path:
        """Its rule folder."""
        return HERE / self.name / "rules"


def quarters(first: int, last: int) -> tuple[str, ...]:
    """All quarters of those years."""
    return tuple(f"{year}-Q{quarter}" for year in range(first, last + 1) for quarter in range(1, 5))


SETS = {
    real.name: real
    for real in (
        RealSet(
            "crm_sales_opportunities",
            (("teams", "sales_teams.csv"), ("opportunities", "sales_pipeline.csv")),
            quarters(2017, 2017),
            ("agent-quota", "team-quota", "head-of-sales"),
        ),
        RealSet(
            "adventureworks",
            (
                ("people", "sales_people.csv"),
                ("quotas", "sales_quota.csv"),
                ("resellers", "resellers.csv"),
                ("orders", "reseller_sales.csv"),
            ),
            quarters(2010, 2012),
            ("field-sales", "sales-managers", "reseller-programme"),
        ),
        RealSet(
            "olist_funnel",
            (
                ("leads", "marketing_qualified_leads.csv"),
                ("closed-deals", "closed_deals.csv"),
                ("order-items", "order_items.csv"),
                ("order-payments", "order_payments.csv"),
            ),
            # Instalments of 2018 run into the summer of 2020; what comes in after 2018 is paid in one run at their end.
            (*quarters(2018, 2018), "2020-Q3"),
            ("seller-success",),
        ),
    )
}


def data_folder(name: str) -> Path | None:
    """The folder of a set, or None where there is none."""
    shared = Path(os.environ.get("DEALWRIGHT_SHARED") or HERE.parent.parent.parent / "shared")
    folder = shared / "data" / name
    return folder if folder.is_dir() else None
