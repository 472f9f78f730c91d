package dev.millrace.bench.sketch;

import dev.millrace.bench.report.Samples;

/**
 * What one step of some work costs with one sketch.
 *
 * @param nanos of processor time, a sample a round
 */
record Cost(Work work, Sketch sketch, Samples nanos) {}
