"""The program `vlm-survey`, also as `python -m vlm_survey`."""

import signal

# Whoever ends it while it still loads wants no traceback.
signal.signal(signal.SIGINT, signal.SIG_DFL)

from vlm_survey.cli import main  # noqa: E402

if __name__ == "__main__":
    main()
