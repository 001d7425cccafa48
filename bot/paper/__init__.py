"""Paper: what is to be printed, drawn as a PDF in a process of its own."""
