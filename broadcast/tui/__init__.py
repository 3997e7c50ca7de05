"""The terminal UI: app, screens, dialogs and widgets, thin. Workflow does the work.

Any module of this package is imported after this one, so what textual reads from the environment
when it is imported is set here.
"""

import os

# With the Kitty keyboard protocol a word that an input method commits ("nghiêng") arrives as
# garbage; people who know better can set the variable themselves.
os.environ.setdefault("TEXTUAL_DISABLE_KITTY_KEY", "1")
