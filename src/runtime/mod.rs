//! Process, interpreters, thread states, the GIL, starting and ending.
