"""What no page of somebody who may be watched says aloud."""

import re

# In the languages of the guide too, without what depends on the alphabet's accents.
NAMED = re.compile(
    r"prostitu|exploit|explota|explora|sexuel|sexual|proxén|proxen|víctim|vítim|victim|fugue|fuga"
    r"|runaway|دعارة|بغاء|استغلال|جنس|ضحي|هروب|هارب",
    re.IGNORECASE,
)
