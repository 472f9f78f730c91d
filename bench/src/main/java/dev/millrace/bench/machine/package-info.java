/** What a figure was measured on, and what processes cost. */
package dev.millrace.bench.machine;
