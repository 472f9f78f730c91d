package dev.millrace.bench.rounds;

import java.nio.file.Path;

/**
 * What is asked of a test in rounds.
 *
 * @param folder for the servers' data and the processes' logs
 * @param rounds acts
 * @param seed of the order of the acts, and of the records
 * @param rate records a second
 */
public record Asked(Path folder, int rounds, long seed, int rate) {}
