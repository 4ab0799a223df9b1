"""The desk of the real house: every question of a page goes to one use case of `engine.app`."""

from collections.abc import Mapping

from engine.app import approvals as agreeing
from engine.app import (
    closing,
    estimating,
    exporting,
    giving_scores,
    house_credits,
    next_amount,
    ownerless,
    payouts,
    public_pools,
    receivables,
    repayments,
    rules,
    run_views,
    users,
    why_not_pay,
)
from engine.app import deals as deal_use
from engine.app import earnings as pay
from engine.app import explaining as why
from engine.app.board import board
from engine.app.calculating.calculation import calculate
from engine.app.dealwright import Dealwright
from engine.app.shell import shell
from engine.app.views.approvals import ApprovalList, ApprovalRow
from engine.app.views.board import Board
from engine.app.views.deals import DealFilter, DealPage, DealView
from engine.app.views.earnings import EarningsView, LineView, TeamTotals
from engine.app.views.estimates import DealEstimate, NextView
from engine.app.views.explaining import Explanation
from engine.app.views.house_credits import HouseReport
from engine.app.views.payouts import Export, PeriodRow, RunRow, RunView
from engine.app.views.pools import OwnerlessView, PoolFilter, PoolView
from engine.app.views.receivables import Receivables
from engine.app.views.rules import RuleFileView, RuleList
from engine.app.views.score_sheets import ScoresGiven, ScoreSheets
from engine.app.views.users import Session, Shell, User, UserRow
from engine.app.views.waiting import WaitingRoom
from engine.app.waiting_room import waiting_room
from engine.core.problems import Language, Problem
from webui.answers import Answer, answer_to
from webui.customer_desk import CustomerDesk
from webui.desk import Move
from webui.queue_desk import QueueDesk
from webui.service_desk import ServiceDesk
from webui.tasks_desk import TasksDesk


class HouseDesk(TasksDesk, QueueDesk, ServiceDesk, CustomerDesk):
    """A Desk over an open house."""

    def __init__(self, dw: Dealwright, *, demo: bool = False) -> None:
        super().__init__(dw)
        self._demo = demo

    def sign_in(self, name: str, password: str, address: str) -> Session | None:
        """A session, or None."""
        return users.sign_in(self._dw, name, password, address)

    def user_of(self, token: str) -> User | None:
        """Who holds the token."""
        return users.user_of(self._dw, token)

    def sign_out(self, token: str) -> None:
        """The session ends on the server."""
        users.sign_out(self._dw, token)

    def keep_language(self, viewer: User, language: Language) -> None:
        """The viewer's language from now on."""
        users.keep_language(self._dw, viewer.name, language)

    def shell(self, viewer: User | None) -> Shell:
        """What stands around every page."""
        return shell(self._dw, viewer, demo=self._demo)

    def log_activity(self, deal_id: str, kind: str, outcome: str, note: str, viewer: User) -> Answer:
        """Log a touch."""
        body = {"kind": kind, "outcome": outcome, "note": note, "by": viewer.person}
        return answer_to(deal_use.act(self._dw, deal_id, "activity.logged", viewer, body))

    def deals(self, filters: DealFilter, viewer: User) -> DealPage:
        """One page of deals."""
        return deal_use.deals(self._dw, filters, viewer)

    def deal(self, deal_id: str, viewer: User) -> DealView:
        """One deal in full."""
        return deal_use.deal_view(self._dw, deal_id, viewer)

    def follow(self, deal_id: str, what: str, asked: Mapping[str, str], viewer: User) -> Answer:
        """Ask something of a cadence for a deal."""
        return answer_to(deal_use.follow(self._dw, deal_id, what, asked, viewer))

    def move(self, deal_id: str, asked: Move, viewer: User) -> Answer:
        """Move a deal to a stage; facts that come with it are validated like those of any door."""
        return answer_to(
            deal_use.move(self._dw, deal_id, asked.stage, asked.reason, asked.override, asked.facts, viewer)
        )

    def pool(self, asked: PoolFilter, viewer: User) -> PoolView:
        """What lies in the public pools."""
        return public_pools.pool_view(self._dw, asked, viewer)

    def claim(self, kind: str, id: str, viewer: User) -> Answer:
        """Take a deal or a customer out of its pool."""
        return answer_to(public_pools.claim(self._dw, kind, id, viewer))

    def give_back(self, kind: str, id: str, reason: str, viewer: User) -> Answer:
        """Put a deal or a customer back."""
        return answer_to(public_pools.give_back(self._dw, kind, id, reason, viewer))

    def ownerless(self, viewer: User) -> OwnerlessView:
        """What nobody has."""
        return ownerless.ownerless(self._dw)

    def hand_to(self, kind: str, id: str, person: str, viewer: User) -> Answer:
        """Give somebody what nobody has."""
        return answer_to(public_pools.hand_to(self._dw, kind, id, person, viewer))

    def request_approval(self, deal_id: str, approval: str, reason: str, viewer: User) -> Answer:
        """Ask for an approval by hand."""
        body = {"approval": approval, "reason": reason}
        return answer_to(deal_use.act(self._dw, deal_id, "approval.requested", viewer, body))

    def board(self, pipeline: str, owner: str, viewer: User) -> Board:
        """The open deals by stage."""
        return board(self._dw, pipeline, owner, viewer)

    def approvals(self, viewer: User) -> ApprovalList:
        """What waits for whom."""
        return agreeing.approvals(self._dw, viewer)

    def approval(self, approval_id: str, viewer: User) -> ApprovalRow:
        """One request."""
        return agreeing.approval(self._dw, approval_id, viewer)

    def say(self, approval_id: str, word: str, reason: str, to: str, viewer: User) -> Answer:
        """A word about a request."""
        return answer_to(agreeing.decide(self._dw, approval_id, word, viewer, reason, to))

    def earnings(self, payee: str, period: str, viewer: User) -> EarningsView:
        """A payee's period."""
        return pay.my_earnings(self._dw, payee, period, viewer)

    def team(self, period: str, viewer: User) -> TeamTotals | None:
        """The team's sums, for its manager."""
        return pay.team_totals(self._dw, period, viewer)

    def line(self, key: str, viewer: User) -> LineView:
        """One earning line in full."""
        return pay.line_page(self._dw, key, viewer)

    def estimate(self, deal_id: str, amount: str, on: str, viewer: User) -> DealEstimate:
        """What a deal would earn."""
        return estimating.estimate_deal(self._dw, deal_id, amount, on, viewer)

    def next_amount(self, payee: str, amount: str, on: str, viewer: User) -> NextView:
        """What the next amount would pay."""
        return next_amount.next_view(self._dw, payee, amount, on, viewer)

    def why_not_pay(
        self, payee: str, component: str, wanted: str, on: str, viewer: User
    ) -> Explanation | tuple[Problem, ...]:
        """Why not that rate or amount."""
        return why_not_pay.why_not_pay(self._dw, payee, component, wanted, on, viewer)

    def runs(self, viewer: User) -> tuple[RunRow, ...]:
        """All payout runs."""
        return run_views.runs(self._dw)

    def run(self, run_id: str, viewer: User) -> RunView:
        """One payout run."""
        return run_views.run_view(self._dw, run_id, viewer)

    def calculate(self, period: str, viewer: User) -> Answer:
        """A draft run."""
        return answer_to(calculate(self._dw, period, viewer.actor))

    def approve(self, run_id: str, viewer: User) -> Answer:
        """Agree to a run."""
        return _stepped(payouts.approve(self._dw, run_id, viewer.actor))

    def post(self, run_id: str, viewer: User) -> Answer:
        """Post a run."""
        return _stepped(payouts.post(self._dw, run_id, viewer.actor))

    def export(self, run_id: str, profile: str, form: str, language: Language, viewer: User) -> Export | Answer:
        """A file, or why there is none."""
        made = exporting.export(self._dw, run_id, profile, form, language, viewer.actor)
        return Answer(False, made) if isinstance(made, tuple) else made

    def score_sheets(self, period: str, viewer: User) -> ScoreSheets:
        """What the viewer is asked to tell of others."""
        return giving_scores.score_sheets(self._dw, period, viewer)

    def give_scores(self, period: str, values: Mapping[str, str], seen: Mapping[str, str], viewer: User) -> ScoresGiven:
        """Values of KPIs told."""
        return giving_scores.give_scores(self._dw, period, values, seen, viewer)

    def house_credits(self, period: str, viewer: User) -> HouseReport:
        """What the house was credited."""
        return house_credits.house_credits(self._dw, period, viewer)

    def house_file(self, period: str, language: Language, viewer: User) -> Export:
        """The same as a file."""
        return house_credits.house_file(self._dw, period, language, viewer)

    def receivables(self, viewer: User) -> Receivables:
        """Who owes what apart from their pay."""
        return receivables.receivables(self._dw, viewer)

    def book_repayment(self, asked: Mapping[str, str], viewer: User) -> Answer:
        """A repayment booked."""
        payee, amount, reference, on, note = (
            asked.get(name, "") for name in ("payee", "amount", "reference", "on", "note")
        )
        return _stepped(repayments.book(self._dw, payee, amount, reference, on, note, viewer.actor))

    def decide_repayment(self, id: str, state: str, viewer: User) -> Answer:
        """A repayment posted or declined."""
        return _stepped(repayments.decide(self._dw, id, state, viewer.actor))

    def take_back_repayment(self, id: str, note: str, viewer: User) -> Answer:
        """A posted repayment booked to be undone."""
        return _stepped(repayments.take_back(self._dw, id, note, viewer.actor))

    def periods(self, viewer: User) -> tuple[PeriodRow, ...]:
        """All periods."""
        return run_views.periods(self._dw, viewer)

    def close(self, period: str, viewer: User) -> Answer:
        """Close a period."""
        return _stepped(closing.close(self._dw, period, viewer.actor))

    def rules(self, viewer: User) -> RuleList:
        """All rules."""
        return rules.rule_list(self._dw)

    def rule_file(self, path: str, viewer: User) -> RuleFileView:
        """One rule file."""
        return rules.rule_file(self._dw, path)

    def check(self, path: str, text: str, viewer: User) -> tuple[Problem, ...]:
        """The problems of a text."""
        return rules.check_text(self._dw, path, text)

    def waiting(self, viewer: User) -> WaitingRoom:
        """What waits."""
        return waiting_room(self._dw)

    def explain(self, id: str, viewer: User) -> Explanation:
        """Why something is as it is."""
        return why.explain(self._dw, id, viewer)

    def users(self, viewer: User) -> tuple[UserRow, ...]:
        """All users."""
        return users.users(self._dw)


def _stepped(step: payouts.Step) -> Answer:
    return Answer(not step.problems, step.problems, id=step.id)
