"""The workflow half: stages, cadences, tasks, automations, and the business time they count in."""
