package dev.millrace.bench.detect;

import java.util.List;

/**
 * What was said of one series.
 *
 * @param findings one an anomaly, in the order of time
 * @param incidents opened
 * @param falseAlarms those of them that are of no anomaly
 * @param judged values in which one could have opened
 */
record Outcome(Plan plan, List<Finding> findings, int incidents, int falseAlarms, int judged) {}
