package dev.millrace.bench.soak;

import java.nio.file.Path;
import java.time.Duration;

/**
 * What is asked of a soak.
 *
 * @param folder for the servers' data and the process's log
 * @param rate records a second, of all topics
 * @param length how long records are published
 * @param every time between two samples
 */
record Asked(Path folder, int rate, Duration length, Duration every) {}
