"""`portal2fa plan`: what would run against a target, and why not the rest."""

from __future__ import annotations

from collections import Counter

import click

from portal2fa.cli.options import allow_option, filter_options, locale_option, target_option


@click.command("plan")
@target_option
@locale_option
@filter_options
@allow_option
def command(
    target: str,
    locale: str,
    tags: tuple[str, ...],
    clauses: tuple[str, ...],
    norms: tuple[str, ...],
    allow: tuple[str, ...],
) -> int:
    """Show what would run against a target, and why not the rest; no browser, no network."""
    from portal2fa.clauses import read_scenarios
    from portal2fa.consent import allowed_on, consented
    from portal2fa.gates import gate
    from portal2fa.profile_files import find_root, load_target
    from portal2fa.selection import select

    root = find_root()
    chosen = select(read_scenarios(root / "features"), tags=tags, clauses=clauses, norms=norms)
    profile = load_target(target, root, locale=locale).profile
    allowed = allowed_on(profile, consented(allow, profile))
    counts: Counter[str] = Counter()
    feature = ""
    for row in chosen.scenarios:
        if row.feature != feature:
            feature = row.feature
            click.echo(f"\n{feature}")
        left_out = gate(profile, row.tags, allowed=allowed)
        word = left_out[0].value if left_out else "runs"
        counts[word] += 1
        click.echo(f"  {word:<12} {row.name}" + (f"\n               {left_out[1]}" if left_out else ""))
    click.echo(
        f"\n{profile.title} ({profile.name}): " + ", ".join(f"{number} {word}" for word, number in counts.items())
    )
    return 0
