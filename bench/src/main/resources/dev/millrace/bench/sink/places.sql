SELECT partition, next_offset FROM millrace.sink_progress WHERE sink = ? AND topic = ?
