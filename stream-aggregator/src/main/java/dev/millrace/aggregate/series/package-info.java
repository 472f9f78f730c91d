/** Live series and baselines, and the state stores that keep them through a crash. */
package dev.millrace.aggregate.series;
