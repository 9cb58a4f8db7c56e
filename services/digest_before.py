"""What a digest says beside those that came before it: of how much something slips, what is usual, and what was settled
since."""

from collections.abc import Collection, Sequence

from domain.actions import ActionItem
from domain.digest_numbers import Slipping
from domain.digests import Digest
from domain.metrics.participation import USUAL_WEEKS, Count
from services import action_cards
from services.digest_numbers import Span
from services.summary_readers import blockers_for
from storage import actions, blockers, digests, trends


def slipping(span: Span, digest: Digest, slipped: Sequence[ActionItem]) -> Slipping:
    """`slipped` are those it lists, as far as the reader may see them."""
    listed = {each.id for each in slipped}
    others = trends.still_open(
        span.session, **span.at, person_id=span.reader.id, but_of=digest.about_id, but=listed, now=span.now
    )
    earlier = [] if digest.only_if_needed else digests.before(span.session, digest=digest, limit=USUAL_WEEKS)
    ids = {each for found in earlier for each in found.listed.slipped}
    seen = {each.id for each in _items(span, ids)}
    return Slipping(others, tuple(len(seen.intersection(found.listed.slipped)) for found in reversed(earlier)))


def settled(span: Span, digest: Digest) -> Count | None:
    """None where nothing needed the reader in the one before, and for a delegate, who could do nothing about it."""
    if digest.is_for_delegate:
        return None
    for earlier in digests.before(span.session, digest=digest, limit=1):
        before, now = earlier.listed, digest.listed
        of_blockers = set(_blockers(span, before.blockers))
        needed = len(before.approvals) + len(before.own) + len(of_blockers)
        still = len({*before.approvals} & {*now.approvals}) + len({*before.own} & {*now.own})
        still += len(of_blockers & {*now.blockers})
        return Count(needed - still, needed) if needed else None
    return None


def _items(span: Span, ids: Collection[int]) -> list[ActionItem]:
    found = actions.items(span.session, workspace_id=span.reader.workspace_id, ids=ids) if ids else {}
    return action_cards.visible(span.session, list(found.values()), span.reader, span.places, span.now)


def _blockers(span: Span, ids: Collection[int]) -> list[int]:
    found = blockers.by_id(span.session, workspace_id=span.reader.workspace_id, ids=ids) if ids else {}
    here = [each for each in found.values() if span.shows(each.channel_id, each.recorded_at)]
    return [each.id for each in blockers_for(span.session, here, span.reader, span.places, span.now)]
