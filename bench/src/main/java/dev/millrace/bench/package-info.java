/** Benchmarks: the suites of {@code ./millrace bench}, and JMH's of single steps. */
package dev.millrace.bench;
