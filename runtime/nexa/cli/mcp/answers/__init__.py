"""How each tool answers, one a file; imported when the tool is first called, since most need the compiler."""
