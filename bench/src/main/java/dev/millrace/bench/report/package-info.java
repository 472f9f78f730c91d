/** What a suite found: results, medians, and how they are printed. The same for every suite. */
package dev.millrace.bench.report;
