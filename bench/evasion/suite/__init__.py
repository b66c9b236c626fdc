"""The evasion suite: programs, ways to disguise them, and what a scanner says of the result."""
