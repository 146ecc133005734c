"""Start of the room `pipeline`."""

from django.apps import AppConfig


class PipelineConfig(AppConfig):
    """Hands in what must hold between the database and what is derived from it."""

    name = "klantbeeld.pipeline"
    label = "pipeline"

    def ready(self) -> None:
        """Register the checks, and then what other packages hand in."""
        from klantbeeld.core import erasing, extensions, fields, free_text, registry, regular
        from klantbeeld.pipeline import (
            checks,
            erasing_steps,
            informing,
            jobs,
            part_erasing,
            register,
            screening,
            stores,
            withheld,
        )

        registry.add_checks(checks.CHECKS)
        free_text.set_screening(screening.free_text)
        for panel in informing.PANELS:
            registry.add_panel(panel)
        registry.add_store(stores.STORE)
        fields.register_columns(register.FIELDS)
        registry.add_columns(stores.COLUMNS)
        for step in (*erasing_steps.STEPS, part_erasing.STEP):
            erasing.add_step(step)
        withheld.register()
        regular.add("consent-terms", 6 * regular.HOUR, jobs.pass_terms.enqueue)
        regular.add("contact", 24 * regular.HOUR, jobs.judge_contact.enqueue)
        regular.add("mails", 5 * regular.MINUTE, jobs.send_mails.enqueue)
        regular.add("erasures", regular.HOUR, jobs.go_on_erasing.enqueue)
        regular.add("restrictions", regular.HOUR, jobs.end_restrictions.enqueue)
        regular.add("retention", 24 * regular.HOUR, jobs.keep_terms.enqueue)
        # The last room to start: every own panel is registered, so none can be replaced.
        extensions.load()
