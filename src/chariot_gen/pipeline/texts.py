"""Plans to formatted text, in as few steps as the cache allows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from chariot_gen.diagnostics import Diagnostic
from chariot_gen.errors import TemplateError
from chariot_gen.files import FilePlan
from chariot_gen.hooks.find import Phase, find_hooks
from chariot_gen.hooks.run import rewrite
from chariot_gen.hooks.timing import Timing
from chariot_gen.pipeline.extras import extra_text
from chariot_gen.pipeline.memory import render_key
from chariot_gen.resources import template_root
from chariot_gen.workspace.scratch import read_back, scratch
from chariot_gen.workspace.tree import digest_of

__all__ = ["Texts"]

_BUG = "what was rendered cannot be formatted; this is a bug in chariot-gen, please report it with your spec"


class Texts:
    """The text of every planned file, made when somebody asks and then kept.

    ``known`` maps a path to the key and the hash of its last rendering: where the key
    still fits, the hash is answered without rendering.
    """

    def __init__(
        self, plans: Sequence[FilePlan], known: Mapping[str, tuple[str, str]], generator: str, backend: Path
    ) -> None:
        """Take the plans; nothing is rendered yet."""
        self._plans = {plan.path: plan for plan in plans}
        self._keys = {plan.path: render_key(plan, generator) for plan in plans}
        self._backend = backend
        self._known = {
            path: sha for path, (key, sha) in known.items() if path in self._keys and self._keys[path] == key
        }
        self._texts: dict[str, str] = {}
        self.timings: tuple[Timing, ...] = ()

    def digests(self) -> Mapping[str, str]:
        """Return the hash of every planned text, rendering those that nothing is known of."""
        self.make(path for path in self._plans if path not in self._known)
        made = {path: digest_of(text) for path, text in self._texts.items()}
        return {path: made.get(path) or self._known[path] for path in self._plans}

    def renders(self) -> Mapping[str, tuple[str, str]]:
        """Return what the cache is to remember."""
        return {path: (self._keys[path], digest) for path, digest in self.digests().items()}

    def make(self, paths: Iterable[str]) -> None:
        """Render and format these files, all in one go."""
        missing = [self._plans[path] for path in sorted(set(paths)) if path not in self._texts]
        if not missing:
            return
        from chariot_gen.render.renderer import render  # noqa: PLC0415 - Jinja is slow to import

        raw = {
            plan.path: render(plan, template_root()).text if plan.template else extra_text(plan.path)
            for plan in missing
        }
        self._texts |= self._format(raw)

    def __getitem__(self, path: str) -> str:
        """Return one text; many are cheaper made together before."""
        self.make([path])
        return self._texts[path]

    def laid_out(self, path: str, text: str) -> str:
        """Return a merged text in the formatters' layout.

        It stays as it is where they cannot read it, and where its lines end as on
        Windows, which gofmt would change.
        """
        if "\r\n" in text:
            return text
        with scratch({path: text.encode("utf-8", "surrogateescape")}) as root:
            findings, timings = rewrite(find_hooks(Phase.FORMAT, self._backend), root, [path])
            self.timings += timings
            if findings:
                return text
            return (read_back(root, path) or b"").decode("utf-8", "surrogateescape")

    def _format(self, raw: Mapping[str, str]) -> dict[str, str]:
        with scratch({path: text.encode() for path, text in raw.items()}) as root:
            findings, timings = rewrite(find_hooks(Phase.FORMAT, self._backend), root, sorted(raw))
            self.timings += timings
            if findings:
                raise TemplateError("\n".join([*map(self._complaint, findings), _BUG]))
            return {path: (read_back(root, path) or b"").decode() for path in raw}

    def _complaint(self, finding: Diagnostic) -> str:
        plan = self._plans.get(finding.location.path)
        return f"{finding.location}: {finding.message} (template {plan.template if plan else 'unknown'})"
