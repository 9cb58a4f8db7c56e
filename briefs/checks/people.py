"""Check 6: whoever is to do something, or objects, is in the thread and has to do with what is cited."""

from dataclasses import replace

from briefs.checks.drafts import Claim, Draft
from briefs.preparing import Request
from domain.briefs import Doubt, Part


def known(draft: Draft, request: Request) -> Draft:
    checks = {Part.DISSENT: _speaker, Part.ACTION_ITEM: _owner}
    return draft.mapped(lambda each: checks[each.part](each, request) if each.part in checks else each)


def _speaker(claim: Claim, request: Request) -> Claim:
    """Whose words are quoted is known, whoever the model says it was."""
    people = request.pseudonyms.people
    said = people.get(claim.called, "")
    authors = {each.message.by for each in claim.sources(request)} & set(people.values())
    if claim.quoted:
        author = request.lines[claim.quoted].message.by
        said, meant = (author if author in authors else ""), said
        kept = replace(claim, person=said)
        return kept if said and said == meant else kept.doubted(Doubt.NOT_IN_THREAD, is_weak=not said)
    if said in authors:
        return replace(claim, person=said)
    return claim.doubted(Doubt.NOT_IN_THREAD, is_weak=True)


def _owner(claim: Claim, request: Request) -> Claim:
    if not claim.called:
        return claim
    owner = request.pseudonyms.people.get(claim.called)
    if owner is None:
        return claim.doubted(Doubt.NOT_IN_THREAD)
    messages = [each.message for each in claim.sources(request)]
    is_there = any(owner == each.by or owner in each.mentions for each in messages)
    is_named = any(claim.called in each.sent for each in claim.sources(request))
    kept = replace(claim, person=owner)
    return kept if is_there or is_named else kept.doubted(Doubt.OWNER_NOT_NAMED, is_weak=True)
