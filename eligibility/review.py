"""What a catalogue lacks: stale, unsourced, contradicted, untranslated, missing contacts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from eligibility.catalogue import Catalogue
from eligibility.conditions import Condition
from eligibility.days import Day
from eligibility.loading import read_all
from eligibility.model import Scheme
from eligibility.problems import ProfileError, did_you_mean

FRESH = timedelta(days=180)
"""How long what a source said is taken as still true."""


def review(catalogue: Catalogue, on: date, region: str | None = None) -> list[str]:
    """Return what is to be looked after, one line each.

    Args:
        catalogue: What is looked through.
        on: The day from which age is counted.
        region: A region of ``places.yml``: also list the contacts missing there.

    Raises:
        ProfileError: There is no such region.
    """
    lines: list[str] = []
    for scheme in catalogue.schemes.values():
        lines += _scheme(scheme, on)
    for kind, things in (
        ("programme", catalogue.programmes),
        ("institution", catalogue.institutions),
        ("document", catalogue.documents),
    ):
        for thing in things.values():
            if not thing.source:
                lines.append(f"unsourced: {kind} {thing.id} names no source")
            if thing.as_of is not None and _is_stale(thing.as_of, on):
                lines.append(f"stale: {kind} {thing.id}, as of {thing.as_of}")
    for problem in read_all(catalogue.path, on).problems:
        if problem.warning:
            lines.append(f"untranslated: {problem.file}:{problem.line}: {problem.message}")
    if region is not None:
        lines += contacts(catalogue, region, on)
    return lines


def _is_stale(day: Day, on: date) -> bool:
    return day.last is None or on - day.last > FRESH


def _scheme(scheme: Scheme, on: date) -> Iterator[str]:
    if _is_stale(scheme.as_of, on):
        yield f"stale: scheme {scheme.id}, as of {scheme.as_of}"
    for one in _conditions(scheme):
        sourced = one.source or any(part.source for part in one.parts)
        if not sourced and not one.applicant:
            yield f"unsourced: scheme {scheme.id}, condition {one.id}"
        others = set(one.margin.source) - set(one.source) if one.margin else set()
        if others and one.source:
            yield (
                f"contradicted: scheme {scheme.id}, condition {one.id}: "
                f"{', '.join(one.source)} against {', '.join(sorted(others))}"
            )
    for number, benefit in enumerate(scheme.gives, 1):
        if not benefit.source:
            yield f"unsourced: scheme {scheme.id}, benefit {number} ({benefit.kind})"
    if scheme.documents is None:
        yield f"missing: scheme {scheme.id}, its papers are unknown"
    for item in scheme.open_questions:
        yield f"open: scheme {scheme.id}: {item.text.get('fr', '')}"


def _conditions(scheme: Scheme) -> Iterator[Condition]:
    for one in scheme.requires:
        yield one
        if one.applicant:
            yield from one.parts


def contacts(catalogue: Catalogue, region: str, on: date) -> Iterator[str]:
    """Yield what is missing or stale among a region's contacts, one line each.

    Raises:
        ProfileError: There is no such region.
    """
    regions = [place.id for place in catalogue.places.values() if place.region is None]
    if region not in regions:
        raise ProfileError(region, f"there is no such region{did_you_mean(region, regions)}")
    wanted = sorted({kind for scheme in catalogue.schemes.values() for kind in scheme.where})
    for place in catalogue.places.values():
        if place.region != region:
            continue
        for kind in wanted:
            if kind not in catalogue.office_kinds:
                continue
            offices = catalogue.offices_for(kind, place.id)
            near = [office for office in offices if not office.national]
            if not near:
                yield f"missing contact: no {kind} known for {place.id}"
            elif not any(office.phone or office.email or office.address for office in near):
                yield f"missing contact: {near[0].id} has no telephone, address or email"
    for office in catalogue.offices:
        if office.region == region and office.as_of is not None and _is_stale(office.as_of, on):
            yield f"stale: office {office.id}, as of {office.as_of}"
