"""Words that mean the same in the office, such as "sergeants" and "supervisors"."""

from functools import lru_cache

from retrieval.words import terms

# Each line is one meaning. Words that mean several things in reports are left out.
_KIN = (
    "supervisor supervisors supervise supervised supervision supervisory sergeant sergeants "
    "oversight oversee oversees overseen",
    "vacancy vacancies vacant posts post recruit recruited recruiting recruitment hire hired "
    "staffed staffing",
    "audit audits audited auditing sample sampled sampling dip",
    "child children young youngster",
    "record records recorded recording log logged logs enter entered entering note noted",
    "leave leaves leaver leavers leaving left resign resigns resigned exit turnover",
    "late delay delays delayed",
    "train training trained trains",
    "review reviews reviewed reviewing check checks checked checking examine examined",
    "complete completes completed completion completing fill filled fills",
    "taker takers handler handlers operator operators",
    "risk risks",
    "interview interviews interviewed",
    "tell tells told inform informed informs telling explain explained",
    "caller callers",
    "quick quickly sooner soon prompt promptly fast faster timely",
    "answer answers answered answering",
    "evaluate evaluates evaluated evaluation assess assesses assessed assessment assessments",
    "listen listens listening",
    "reduce reduces reduced cut cuts lower lowered fewer",
    "meeting meetings",
    "knowledge knows know understand understands understood understanding learn learns",
    "investigate investigates investigated investigation investigations investigating",
    "repeat repeated repeatedly",
    "vet vetted vetting",
    "district districts",
    "weekly week",
    "capacity resources resourced staff",
    "reach reaches reached read",
    "offer offers offered",
    "abandon abandoned abandons abandonment give up",
)
_CLASS = {
    stem: f"={place}" for place, line in enumerate(_KIN) for stem in dict.fromkeys(terms(line))
}


@lru_cache(maxsize=4096)
def kin(text: str) -> frozenset[str]:
    """The terms of a text, those that mean the same under one name."""
    return frozenset(_CLASS.get(term, term) for term in terms(text))
