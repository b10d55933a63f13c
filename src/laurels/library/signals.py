from django.dispatch import Signal

# "Which editions' outcomes may be shown?", sent with `request`. Whoever knows answers with their
# keys; while nobody answers, none may.
outcomes_asked = Signal()
