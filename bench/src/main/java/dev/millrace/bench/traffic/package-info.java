/** Records that are published at a rate, and the rows they must end up as. */
package dev.millrace.bench.traffic;
