"""Plans to formatted text, in as few steps as the cache allows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from pathlib import Path

from chariot_gen.diagnostics import Diagnostic
from chariot_gen.errors import TemplateError
from chariot_gen.files import FilePlan
from chariot_gen.hooks.timing import Timing
from chariot_gen.merge.shape import plain
from chariot_gen.pipeline.extras import extra_text
from chariot_gen.pipeline.formatting import Formatting, lots
from chariot_gen.pipeline.memory import render_key
from chariot_gen.resources import template_root
from chariot_gen.workspace.tree import digest_of

__all__ = ["Texts"]

_BUG = "what was rendered cannot be formatted; this is a bug in chariot-gen, please report it with your spec"


class Texts:
    """The text of every planned file, made when somebody asks and then kept.

    ``known`` maps a path to the key and the hash of its last rendering: where the key
    still fits, the hash is answered without rendering. ``sources`` holds, by entity, a
    hash of all that its files are made from.
    """

    def __init__(
        self,
        plans: Sequence[FilePlan],
        known: Mapping[str, tuple[str, str]],
        generator: str,
        backend: Path,
        sources: Mapping[str, str],
    ) -> None:
        """Take the plans; nothing is rendered yet."""
        self._plans = {plan.path: plan for plan in plans}
        self._generator, self._sources = generator, sources
        self._keys: dict[str, str] = {}
        self._backend = backend
        self._known = known
        self._texts: dict[str, str] = {}
        self._made: dict[str, str] = {}
        self.timings: tuple[Timing, ...] = ()

    def digests(self) -> Mapping[str, str]:
        """Return the hash of every planned text, rendering those that nothing is known of."""
        # In turn, because a key may take as long as a text: meanwhile others are formatted.
        self._make(plan for plan in _in_turn(self._plans.values()) if not self._is_known(plan))
        return {path: self._made.get(path) or self._known[path][1] for path in self._plans}

    def renders(self) -> Mapping[str, tuple[str, str]]:
        """Return what the cache is to remember."""
        digests = self.digests()
        return {path: (self._key(plan), digests[path]) for path, plan in self._plans.items()}

    def make(self, paths: Iterable[str]) -> None:
        """Render and format these files; one lot is formatted while the next is rendered."""
        self._make(_in_turn([self._plans[path] for path in set(paths)]))

    def _make(self, plans: Iterable[FilePlan]) -> None:
        missing = (plan for plan in plans if plan.path not in self._texts)
        first = next(missing, None)
        if first is None:
            return
        from chariot_gen.render.renderer import render  # noqa: PLC0415 - Jinja is slow to import

        formatting = Formatting(self._backend)
        with formatting:
            for lot in lots(chain([first], missing)):
                formatting.start({
                    plan.path: render(plan, template_root()).text if plan.template else extra_text(plan.path)
                    for plan in lot
                })  # fmt: skip
        self._note(formatting.timings)
        if formatting.findings:
            raise TemplateError("\n".join([*map(self._complaint, formatting.findings), _BUG]))
        self._texts |= formatting.texts
        self._made |= {path: digest_of(text) for path, text in formatting.texts.items()}

    def __getitem__(self, path: str) -> str:
        """Return one text; many are cheaper made together before."""
        self.make([path])
        return self._texts[path]

    def laid_out(self, texts: Mapping[str, str]) -> Mapping[str, str]:
        """Return merged texts in the formatters' layout.

        One stays as it is where they cannot read it. A byte order mark, and line endings as
        on Windows, are kept from gofmt, which would change them.
        """
        bodies = {path: plain(text) for path, text in texts.items()}
        unread = {path: body for path, (body, _) in bodies.items() if "\r\n" not in body}
        while unread:
            formatting = Formatting(self._backend)
            with formatting:
                formatting.start(unread)
            self._note(formatting.timings)
            if not formatting.findings:
                new = {path: bodies[path][1].apply(text) for path, text in formatting.texts.items()}
                return {**texts, **new}
            refused = {finding.location.path for finding in formatting.findings}
            unread = {path: text for path, text in unread.items() if path not in refused}
        return texts

    def _is_known(self, plan: FilePlan) -> bool:
        """Report whether the hash of a text is known without it."""
        key, digest = self._known.get(plan.path, ("", ""))
        return plan.path in self._made or (digest != "" and key == self._key(plan))

    def _key(self, plan: FilePlan) -> str:
        if plan.path not in self._keys:
            source = self._sources.get(plan.entity, "")
            self._keys[plan.path] = render_key(plan, self._generator, source)
        return self._keys[plan.path]

    def _note(self, timings: Iterable[Timing]) -> None:
        seconds = {timing.hook: timing.seconds for timing in self.timings}
        for timing in timings:
            seconds[timing.hook] = seconds.get(timing.hook, 0) + timing.seconds
        self.timings = tuple(Timing(hook, spent) for hook, spent in seconds.items())

    def _complaint(self, finding: Diagnostic) -> str:
        plan = self._plans.get(finding.location.path)
        return f"{finding.location}: {finding.message} (template {plan.template if plan else 'unknown'})"


def _in_turn(plans: Iterable[FilePlan]) -> list[FilePlan]:
    """Return the plans in order, those with no formatter of ours last: they fill the wait for the Go."""
    return sorted(plans, key=lambda plan: (not plan.path.endswith(".go"), plan.path))
